"""How single values are put into words and small pictures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from plnmap.model import Evidence
from plnmap.words import plain

_EIGHTHS: Final = "▁▂▃▄▅▆▇█"


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
        Characters at most, without the quotation marks.

    Returns
    -------
    str
        One line, harmless on a terminal; ends cut at words and marked with ….
    """
    text = evidence.text or ""
    start, stop = evidence.start or 0, evidence.stop or 0
    # Cleaning moves characters, so the three parts are cleaned one by one.
    before, span, after = plain(text[:start]), plain(text[start:stop]), plain(text[stop:])
    joined = " ".join(part for part in (before, span, after) if part)
    if len(joined) <= width:
        return joined
    at = len(before) + 1 if before else 0
    spare = max(width - len(span) - 2, 0)
    begin = 0 if at <= spare // 2 else at - spare // 2
    return shorten(joined, begin, width)


def shorten(text: str, begin: int, width: int) -> str:
    """At most `width` characters from about `begin` on, cut between words, with … where something is left out.

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
