"""Small pictures made of characters, and what stands in for them where a terminal has no UTF-8.

Every mark is one cell wide, and so is its stand-in: what lines up in one lines up in the other.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

_EIGHTHS_HIGH: Final = "▁▂▃▄▅▆▇█"
_EIGHTHS_WIDE: Final = "▏▎▍▌▋▊▉█"
_NOTHING: Final = "·"
_VALUE, _RANGE, _MIDDLE = "●", "─", "│"

STAND_INS: Final[Mapping[str, str]] = {
    **dict(zip(_EIGHTHS_HIGH, "__--==##", strict=True)),
    **dict(zip(_EIGHTHS_WIDE, "---====#", strict=True)),
    _NOTHING: ".",
    _VALUE: "*",
    _RANGE: "-",
    _MIDDLE: "|",
    "◐": "+",
    "○": "o",
    "…": "~",
    "–": "-",
    "“": '"',
    "”": '"',
    "’": "'",
    "→": ">",
    "←": "<",
}
"""Every sign beyond ASCII that a screen of ours may hold, and what is printed instead."""

ERRORS: Final = "plnmap.marks"
"""Name of the error handler for `str.encode`, and for streams, that prints the stand-ins."""

_UNKNOWN: Final = re.compile(f"[^{''.join(STAND_INS)}]+")


def bar(share: float | None, width: int) -> str:
    """A bar of up to `width` cells, exact to an eighth; a sliver for anything above 0, blank for no value.

    >>> bar(0.5, 8), bar(0.3, 2), bar(0.001, 2), bar(None, 3)
    ('████    ', '▋ ', '▏ ', '   ')
    """
    if share is None:
        return " " * width
    eighths = max(round(min(share, 1.0) * width * 8), 1 if share > 0 else 0)
    whole, rest = divmod(eighths, 8)
    return ("█" * whole + (_EIGHTHS_WIDE[rest - 1] if rest else "")).ljust(width)


def sparkline(counts: Sequence[float], highest: float | None = None) -> str:
    """One small column per number, a dot for nothing.

    Parameters
    ----------
    counts
        Numbers from 0 up.
    highest
        What a full column stands for; the highest of the numbers if None.

    Examples
    --------
    >>> sparkline([0, 1, 4, 8]), sparkline([0, 1], highest=2), sparkline([])
    ('·▂▅█', '·▅', '')
    """
    highest = max(counts, default=0) if highest is None else highest
    if highest <= 0:
        return _NOTHING * len(counts)
    scale = (len(_EIGHTHS_HIGH) - 1) / highest
    return "".join(_EIGHTHS_HIGH[round(count * scale)] if count > 0 else _NOTHING for count in counts)


def scale_mark(value: float, lo: float | None, hi: float | None, width: int = 9) -> str:
    """Where a share lies between 0 and 1, with its interval; a stroke for the middle where it is free.

    >>> scale_mark(0.3, 0.12, 0.4), scale_mark(1, None, None), scale_mark(0.5, 0, 1)
    ('·─●─│····', '····│···●', '────●────')
    """

    def cell(share: float) -> int:
        return min(int(share * width), width - 1)

    cells = [_NOTHING] * width
    cells[width // 2] = _MIDDLE
    if lo is not None and hi is not None:
        cells[cell(lo) : cell(hi) + 1] = _RANGE * (cell(hi) + 1 - cell(lo))
    cells[cell(value)] = _VALUE
    return "".join(cells)


def stretch(first: date, last: date, years: Sequence[int], *, known_after: bool = True) -> str:
    """One cell per half-year, filled from the first day to the last; blank where nothing is known.

    Parameters
    ----------
    first, last
        The stretch, within the years.
    years
        One after the other.
    known_after
        Whether it is known that the stretch ended.

    Examples
    --------
    >>> stretch(date(2017, 8, 1), date(2018, 2, 1), range(2017, 2020))
    '·██···'
    >>> stretch(date(2017, 8, 1), date(2018, 2, 1), range(2017, 2020), known_after=False)
    '·██   '
    """
    begin, end = (2 * (day.year - years[0]) + (day.month > 6) for day in (first, last))
    after = 2 * len(years) - 1 - end
    return _NOTHING * begin + "█" * (end - begin + 1) + (_NOTHING if known_after else " ") * after


def years_axis(years: Sequence[int], cells_per_year: int = 1) -> str:
    """The first and the last year above a row of cells, as far as there is room.

    >>> years_axis(range(2016, 2023)), years_axis(range(2016, 2023), 2), years_axis([2016])
    ("'16 '22", '2016      2022', '')
    """
    if not years:
        return ""
    width = cells_per_year * len(years)
    for begin, end in ((f"{years[0]}", f"{years[-1]}"), (f"'{years[0] % 100:02}", f"'{years[-1] % 100:02}")):
        if len(begin) + len(end) < width:
            return begin + end.rjust(width - len(begin))
    return ""


def _stand_in(error: UnicodeError) -> tuple[str, int]:
    """An error handler: what a terminal cannot show becomes its stand-in, or a ? for each cell.

    >>> "▁█ “José” 学 → …".encode("ascii", ERRORS)
    b'_# "Jos?" ?? > ~'
    """
    if not isinstance(error, UnicodeEncodeError):
        raise error
    from rich.cells import cell_len

    unshown = error.object[error.start : error.end]
    asked = _UNKNOWN.sub(lambda found: "?" * cell_len(found[0]), unshown)
    return "".join(STAND_INS.get(sign, sign) for sign in asked), error.end


codecs.register_error(ERRORS, _stand_in)
