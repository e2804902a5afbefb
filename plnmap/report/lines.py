"""Lines of a screen: headings, quotations and columns that fit the width they are printed at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Final

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType
from rich.padding import Padding
from rich.text import Text

from plnmap.model import Evidence
from plnmap.report.values import excerpt, fitted

WIDEST_CELL: Final = 40
"""A handle of usual length fits; one that is made to fill the screen is cut."""


def heading(text: str, caption: str) -> RenderableType:
    """A heading after an empty line, with a few words on what is below it."""
    line = Text("\n")
    line.append(text, "bold")
    line.append(f"  {caption}", "dim")
    return line


def indented(text: str, style: str = "", cells: int = 2) -> RenderableType:
    """A text all lines of which begin so many cells from the left."""
    return Padding(Text(text, style), (0, 0, 0, cells))


class Quotation:
    """Words of a post on one line of whatever width there is.

    Parameters
    ----------
    label
        What stands before it.
    fit
        Given a number of cells, the words that fit in.
    after
        What stands behind it, such as the day.
    """

    def __init__(self, label: str, fit: Callable[[int], str], after: str) -> None:
        self.label, self.fit, self.after = label, fit, f" {after}" if after else ""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        room = options.max_width - cell_len(self.label) - cell_len(self.after) - 2
        line = Text(self.label, "dim", no_wrap=True, overflow="ellipsis")
        said = self.fit(room)
        # Words may have been let go, or taken back: then the day is left.
        line.append(f"“{said}”" if said else "its words are not kept", "italic not dim")
        line.append(self.after)
        yield line


def quoted(evidence: Evidence, indent: int) -> Quotation:
    """The part of a post that speaks for something, and its day."""
    return Quotation(" " * indent, partial(excerpt, evidence), str(evidence.day or ""))


class Columns:
    """Rows whose cells line up, one line each.

    Where there is little room some columns are left out, and then the last cell of a long row goes below it.

    Parameters
    ----------
    rows
        Cells, as many in each row as there are styles.
    styles
        One per column.
    right
        Numbers of the columns that are flush right.
    spare
        Numbers of the columns that can be left out, the first of them first.
    indent
        Spaces before each row.
    below
        For each row, what is said below it; nothing if None.
    """

    def __init__(
        self,
        rows: Sequence[Sequence[str]],
        styles: Sequence[str],
        *,
        right: Sequence[int] = (),
        spare: Sequence[int] = (),
        indent: int = 2,
        below: Sequence[Iterable[RenderableType]] | None = None,
    ) -> None:
        self.rows, self.styles, self.right, self.spare = rows, styles, right, spare
        self.indent = " " * indent
        self.below = below or [()] * len(rows)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        room = options.max_width - len(self.indent)
        kept = list(range(len(self.styles)))
        cells = self._cells(kept, room)
        for column in self.spare:
            if all(_width(row) <= room for row in cells):
                break
            kept.remove(column)
            cells = self._cells(kept, room)
        for row, below in zip(cells, self.below, strict=True):
            styled = list(zip(row, (self.styles[column] for column in kept), strict=True))
            if not _width(row):
                # Years above a chart that was left out.
                continue
            if _width(row) <= room:
                yield self._line(styled)
            else:
                yield self._line(styled[:-1])
                yield self._line([("  ", ""), *styled[-1:]])
            yield from below

    def _line(self, cells: Sequence[tuple[str, str]]) -> Text:
        line = Text(self.indent, no_wrap=True, overflow="ellipsis")
        for cell, style in cells:
            line.append(cell, style)
        line.rstrip()
        return line

    def _cells(self, kept: Sequence[int], room: int) -> list[list[str]]:
        rows = [[row[column] for column in kept] for row in self.rows]
        right = [i for i, column in enumerate(kept) if column in self.right]
        return aligned(rows, right, widest=min(WIDEST_CELL, room // 2))


def aligned(
    rows: Sequence[Sequence[str]], right: Sequence[int] = (), gap: int = 2, widest: int = WIDEST_CELL
) -> list[list[str]]:
    """Cells padded so that columns line up, counting wide characters as two.

    The last of a row is as it was, unless it is flush right.

    Parameters
    ----------
    rows
        Cells, the same number in each row.
    right
        Numbers of the columns that are flush right.
    gap
        Spaces between columns.
    widest
        Cells in which all but the last of a row have to fit; what is longer is cut.

    Examples
    --------
    >>> aligned([["a", "10"], ["bcd", "5"]], right=[1])
    [['a    ', '10'], ['bcd  ', ' 5']]
    """
    rows = [[*(fitted(cell, widest) for cell in row[:-1]), *row[-1:]] for row in rows]
    widths = [max(cell_len(cell) for cell in column) for column in zip(*rows, strict=True)]
    last = len(widths) - 1
    padded = []
    for row in rows:
        cells = []
        for i, (cell, width) in enumerate(zip(row, widths, strict=True)):
            space = " " * (width - cell_len(cell))
            if i in right:
                cell = space + cell
            elif i < last:
                cell += space
            cells.append(cell + " " * gap if i < last and width else cell)
        padded.append(cells)
    return padded


def _width(row: Sequence[str]) -> int:
    return cell_len("".join(row).rstrip())
