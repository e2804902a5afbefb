"""From rich renderables and plain values to text."""

from __future__ import annotations

import io
import json
import os
import shutil
import sys
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

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
    return json.dumps(_plain(value), ensure_ascii=False, indent=2) + "\n"


def _plain(value: Any) -> Any:
    if hasattr(value, "_asdict"):
        return _plain(value._asdict())
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds") + "Z"
    if isinstance(value, date):
        return value.isoformat()
    return value
