"""From rich renderables and plain values to text: screen, JSON, CSV, Markdown."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from plnmap.words import plain, spreadsheet_cell

if TYPE_CHECKING:
    from rich.console import RenderableType

NARROWEST: Final = 60
WIDEST: Final = 120
"""A line longer than this is hard to read; wider terminals keep a margin."""


def as_text(renderable: RenderableType, *, styled: bool = True, width: int | None = None) -> str:
    """A renderable as text for a terminal.

    Parameters
    ----------
    renderable
        What a render function of this package returned.
    styled
        Whether colour may be used; it still needs a terminal and no `NO_COLOR`.
    width
        Columns; by default those of the terminal, between 60 and 120.

    Returns
    -------
    str
        Lines without trailing spaces.
    """
    from rich.console import Console

    in_colour = styled and sys.stdout.isatty() and "NO_COLOR" not in os.environ
    screen = Console(
        file=io.StringIO(),
        width=width or min(max(shutil.get_terminal_size().columns, NARROWEST), WIDEST),
        force_terminal=in_colour,
        color_system="standard" if in_colour else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    with screen.capture() as captured:
        screen.print(renderable)
    return "\n".join(line.rstrip() for line in captured.get().splitlines()) + "\n"


def as_json(value: Any) -> str:
    """A result as JSON: named tuples as objects, times in ISO 8601 with Z."""
    import msgspec

    # With `indent`, the standard library writes in Python, many times slower. Words typed in another
    # encoding hold halves of surrogate pairs.
    compact = json.dumps(_json_ready(value), ensure_ascii=False).encode(errors="surrogatepass")
    return msgspec.json.format(compact, indent=2).decode(errors="surrogatepass") + "\n"


def as_csv(rows: Sequence[dict[str, Any]]) -> str:
    """Rows with the same names as CSV: a header, then a line each; nothing at all for no rows.

    Text is made harmless by `plnmap.words.spreadsheet_cell`.
    """
    written = io.StringIO()
    if rows:
        writer = csv.writer(written, lineterminator="\n")
        writer.writerow(rows[0])
        writer.writerows([_cell(value) for value in row.values()] for row in rows)
    return written.getvalue()


def as_markdown(rows: Sequence[dict[str, Any]]) -> str:
    """Rows with the same names as a Markdown table; other people's text cannot break out of its cell."""
    if not rows:
        return ""
    lines = [
        list(rows[0]),
        ["---"] * len(rows[0]),
        *([_escaped("" if cell is None else str(cell)) for cell in row.values()] for row in rows),
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return spreadsheet_cell(value)
    return "" if value is None else _json_ready(value)


def _escaped(text: str) -> str:
    return "".join(f"\\{sign}" if sign in r"\`*_[]<>|#!" else sign for sign in plain(text))


def _json_ready(value: Any) -> Any:
    if hasattr(value, "_asdict"):
        return _json_ready(value._asdict())
    if is_dataclass(value) and not isinstance(value, type):
        return _json_ready(asdict(value))
    if isinstance(value, dict):
        return {key: _json_ready(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_json_ready(item) for item in value]
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds") + "Z"
    if isinstance(value, date):
        return value.isoformat()
    return value
