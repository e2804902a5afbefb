"""How single values are put into words and small pictures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from rich.cells import cell_len

from plnmap.model import Evidence
from plnmap.words import plain, plain_marked

_EIGHTHS: Final = "▁▂▃▄▅▆▇█"
_LEADING_HANDLES: Final = re.compile(r"(?:\.?@\w+(?:@[\w.-]+)?\s+)+")


def number_of(count: int, one: str, many: str | None = None) -> str:
    """A count with its noun.

    >>> number_of(1, "day"), number_of(1200, "day"), number_of(2, "person", "people")
    ('1 day', '1,200 days', '2 people')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def period(first: date | None, last: date | None) -> str:
    """Years, or months within one year.

    >>> period(date(2017, 3, 1), date(2022, 5, 2)), period(date(2017, 3, 1), date(2017, 3, 9))
    ('2017–2022', 'Mar 2017')
    """
    if first is None or last is None:
        return ""
    if first.year != last.year:
        return f"{first.year}–{last.year}"
    if first.month != last.month:
        return f"{first:%b}–{last:%b %Y}"
    return f"{last:%b %Y}"


def bar(share: float | None, width: int) -> str:
    """A bar of up to `width` cells; at least a sliver for anything above 0, blank for no value.

    >>> bar(0.5, 8), bar(None, 3)
    ('████    ', '   ')
    """
    if share is None:
        return " " * width
    filled = max(round(min(share, 1.0) * width), 1 if share > 0 else 0)
    return ("█" * filled).ljust(width)


def sparkline(counts: Sequence[float]) -> str:
    """One small column per number, a dot for nothing.

    >>> sparkline([0, 1, 4, 8])
    '·▂▅█'
    """
    highest = max(counts, default=0)
    if highest <= 0:
        return "·" * len(counts)
    scale = (len(_EIGHTHS) - 1) / highest
    return "".join(_EIGHTHS[round(count * scale)] if count > 0 else "·" for count in counts)


def interval(value: float | None, lo: float | None, hi: float | None, digits: int = 2) -> str:
    """A number with its interval.

    >>> interval(0.5, 0.306, 0.694)
    '0.50 [0.31, 0.69]'
    """
    if value is None:
        return ""
    if lo is None or hi is None:
        return f"{value:.{digits}f}"
    return f"{value:.{digits}f} [{lo:.{digits}f}, {hi:.{digits}f}]"


def excerpt(evidence: Evidence, width: int) -> str:
    """The part of a post that speaks for something: its span, with as much around it as fits.

    Parameters
    ----------
    evidence
        The post and its span.
    width
        Characters at most, without quotation marks.

    Returns
    -------
    str
        One line, harmless on a terminal, without the handles it begins with;
        ends are cut at words and marked with ….
    """
    marked = plain_marked(evidence.text or "", evidence.start or 0, evidence.stop or 0)
    addressed = _LEADING_HANDLES.match(marked.text)
    skip = addressed.end() if addressed and addressed.end() <= marked.start else 0
    text, start, stop = marked.text[skip:], marked.start - skip, marked.stop - skip
    if stop <= width - 1:
        return shorten(text, 0, width)
    return shorten(text, max(start - max(width - (stop - start), 0) // 2, 0), width)


def unaddressed(text: str) -> str:
    """A text on one line, harmless on a terminal, without the handles it begins with.

    >>> unaddressed("@ada @bo have you tried @cy?")
    'have you tried @cy?'
    """
    line = plain(text)
    addressed = _LEADING_HANDLES.match(line)
    return line[addressed.end() :] if addressed else line


def duration(hours: float) -> str:
    """A span of time in the unit that suits it.

    >>> duration(0.5), duration(1), duration(60)
    ('30 minutes', '1 hour', '2 days')
    """
    if hours < 1:
        return number_of(round(hours * 60), "minute")
    return number_of(round(hours), "hour") if hours < 48 else number_of(round(hours / 24), "day")


def shorten(text: str, begin: int, width: int) -> str:
    """At most `width` characters from about `begin` on, cut between words, … for what is left out.

    >>> shorten("one two three four", 0, 10)
    'one two…'
    """
    if begin:
        begin = text.find(" ", begin - 1) + 1 or begin
    head = "…" if begin else ""
    room = width - len(head)
    rest = text[begin:]
    if len(rest) <= room:
        return head + rest
    cut = rest[: room - 1]
    whole = cut.rsplit(" ", 1)[0] if " " in cut[len(cut) // 2 :] else cut
    return f"{head}{whole.rstrip(' ,;:')}…"


def aligned(rows: Sequence[Sequence[str]], right: Sequence[int] = (), gap: int = 2) -> list[list[str]]:
    """Cells padded so that columns line up, counting wide characters as two.

    Parameters
    ----------
    rows
        Cells, the same number in each row.
    right
        Numbers of the columns that are flush right.
    gap
        Spaces between columns.

    Examples
    --------
    >>> aligned([["a", "10"], ["bcd", "5"]], right=[1])
    [['a    ', '10'], ['bcd  ', ' 5']]
    """
    if not rows:
        return []
    widths = [max(cell_len(cell) for cell in column) for column in zip(*rows, strict=True)]
    padded = []
    for row in rows:
        cells = []
        for i, (cell, width) in enumerate(zip(row, widths, strict=True)):
            space = " " * (width - cell_len(cell))
            tail = " " * gap if i < len(row) - 1 and width else ""
            cells.append((space + cell if i in right else cell + space) + tail)
        padded.append(cells)
    return padded
