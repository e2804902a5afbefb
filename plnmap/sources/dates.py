"""Dates as the platforms write them, read without asking the locale."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

PLATFORM_BEGAN: Final = 2006
"""No post of any platform read here is older than Twitter."""

LAST_YEAR: Final = 2100
"""Where a source does not say when it was made, later years are taken for noise."""

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NUMBERS: Final = {name: f"{number:02}" for number, name in enumerate(_MONTHS, start=1)}


def parse_moment(written: str | None) -> datetime | None:
    """Read a date in any of the ways the platforms write one.

    Parameters
    ----------
    written
        ``Sat Feb 18 12:33:11 +0000 2023``, ``2009-04-01 05:55:56 +0000`` or ISO
        8601; without an offset it is taken as UTC.

    Returns
    -------
    datetime or None
        The moment in UTC; None where there is no date, or none that can be read.

    Examples
    --------
    >>> parse_moment("Sat Feb 18 12:33:11 +0000 2023").isoformat()
    '2023-02-18T12:33:11+00:00'
    >>> parse_moment("2009-04-01 05:55:56 +0100").isoformat()
    '2009-04-01T04:55:56+00:00'
    >>> parse_moment("yesterday") is None
    True
    """
    if not written:
        return None
    try:
        if len(written) == 30 and written[3] == " ":
            # The month's English name is spelled out: strptime would need an English locale.
            month = _NUMBERS[written[4:7]]
            iso = f"{written[26:]}-{month}-{written[8:10]}T{written[11:19]}{written[20:25]}"
        elif written[-6:-4] in (" +", " -"):
            iso = written[:-6] + written[-5:]
        else:
            iso = written
        moment = datetime.fromisoformat(iso)
        if moment.tzinfo is None:
            return moment.replace(tzinfo=UTC)
        return moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    except (ValueError, KeyError, OverflowError):
        return None


def before_year(made_at: datetime | None) -> int:
    """First year that no post of a source made at this moment can be from; a year's grace for odd clocks.

    >>> before_year(parse_moment("2023-01-03T11:14:58Z")), before_year(None)
    (2025, 2101)
    """
    return (LAST_YEAR if made_at is None else made_at.year + 1) + 1


def parse_past(written: str | None, before: int) -> datetime | None:
    """Read the date of a post; None where no post can have it.

    Parameters
    ----------
    written
        A date as `parse_moment` reads it.
    before
        The first year that the date cannot lie in.

    Examples
    --------
    >>> parse_past("9999-01-01T00:00:00Z", 2024) is None
    True
    """
    moment = parse_moment(written)
    if moment is None or not PLATFORM_BEGAN <= moment.year < before:
        return None
    return moment
