"""How single values are put into words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from rich.cells import cell_len, chop_cells

from plnmap.analysis.topics.about import About
from plnmap.analysis.topics.terms import Topic
from plnmap.model import Event, Evidence, Person
from plnmap.words import plain, plain_marked

_DAY_OF: Final = {"day": "{:%d %b %Y}", "month": "{:%b %Y}", "year": "{:%Y}"}
_NO_BALANCE: Final = {
    "not_observed": "–",
    "insufficient": "too little seen",
    "no_contact": "no contact",
}
"""What is said where there is no share, by the state."""
_LEADING_HANDLES: Final = re.compile(r"(?:\.?@\w+(?:@[\w.-]+)?(?:\s+|$))+")


def number_of(count: int, one: str, many: str | None = None) -> str:
    """A count with its noun.

    >>> number_of(1, "day"), number_of(1200, "day"), number_of(2, "person", "people")
    ('1 day', '1,200 days', '2 people')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def listed(words: Sequence[str], last: str = "and") -> str:
    """Words one after the other, the last one behind a word of its own.

    >>> listed(["a", "b", "c"]), listed(["a"]), listed([], "or")
    ('a, b and c', 'a', '')
    """
    return f" {last} ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def topics_in_words(topics: Sequence[Topic], most: int = 4) -> str:
    """What help is about; words that a single help names are marked as such.

    >>> topics_in_words([Topic("oven", 2, 0.5), Topic("rye bread", 1, 0.2), Topic("#yeast", 1, 0.2)])
    'oven; rye bread, #yeast (once each)'
    >>> topics_in_words([Topic("rye bread", 1, 1.0)])
    'rye bread (once)'
    """
    often = [plain(topic.term) for topic in topics[:most] if topic.times > 1]
    once = [plain(topic.term) for topic in topics[:most] if topic.times == 1]
    marked = f"{', '.join(once)} ({'once' if len(once) == 1 else 'once each'})" if once else ""
    return "; ".join(filter(None, (", ".join(often), marked)))


def on_what(about: About) -> str:
    """On what somebody helped ego; where no two helps agree, what the talk as a whole is about, too.

    >>> from plnmap.analysis.topics.about import UNCLEAR
    >>> rye, trains = Topic("rye bread", 1, 0.5), Topic("trains", 7, 0.1)
    >>> on_what(About("twitter:2", [rye], [], [trains])), on_what(UNCLEAR)
    ('rye bread (once); your talk: trains', 'not clear')
    """
    said = [topics_in_words(about.received) or "not clear"]
    if about.tie and not any(topic.times > 1 for topic in about.received):
        said.append(f"your talk: {talk_in_words(about)}")
    return "; ".join(said)


def talk_in_words(about: About, most: int = 3) -> str:
    """What a tie as a whole is about."""
    return ", ".join(plain(topic.term) for topic in about.tie[:most])


class YearAlone(date):
    """A year of which no day is told: the first of January to calculate with, in words only the year.

    >>> f"{YearAlone(2017, 1, 1):%b %Y}", str(YearAlone(2017, 1, 1))
    ('2017', '2017')
    """

    def __str__(self) -> str:
        return str(self.year)

    def strftime(self, format: str) -> str:
        """The year, in whichever form it is asked for; format specifiers come here, too."""
        return str(self)


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


def both_ways(person: Person, *, with_interval: bool = False) -> str:
    """Whether a tie goes both ways, in words; – where their side is not observed."""
    if person.balance_status in _NO_BALANCE:
        return _NO_BALANCE[person.balance_status]
    assert person.balance_label is not None
    if not with_interval:
        return person.balance_label
    return f"{person.balance_label} {interval(person.balance, person.balance_lo, person.balance_hi)}"


def excerpt(evidence: Evidence, width: int) -> str:
    """The part of a post that speaks for something: its span, with as much around it as fits.

    Parameters
    ----------
    evidence
        The post and its span.
    width
        Cells at most, without quotation marks.

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
    if cell_len(text[:stop]) <= width - 1:
        return shorten(text, 0, width)
    room = max(width - cell_len(text[start:stop]), 0) // 2
    begin = max(start - room, 0)
    while cell_len(text[begin:start]) > room:
        begin += 1
    return shorten(text, begin, width)


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
    """At most `width` cells from about a character on, cut between words, … for what is left out.

    >>> shorten("one two three four", 0, 10), shorten("一二三 四五六", 0, 10)
    ('one two…', '一二三…')
    >>> shorten("and so on… they said", 0, 14)
    'and so on…'
    """
    if begin:
        begin = text.find(" ", begin - 1) + 1 or begin
    head = "…" if begin else ""
    room = width - len(head)
    rest = text[begin:]
    if cell_len(rest) <= room:
        return head + rest
    cut = _cells_of(rest, room - 1)
    whole = cut.rsplit(" ", 1)[0] if " " in cut[len(cut) // 2 :] else cut
    return f"{head}{whole.rstrip(' ,;:…')}…"


def fitted(text: str, width: int) -> str:
    """A name in at most so many cells, … for what is left out.

    >>> fitted("@ada_venn", 9), fitted("@ada_venn", 8), fitted("@学学学", 5)
    ('@ada_venn', '@ada_ve…', '@学…')
    """
    return text if cell_len(text) <= width else f"{_cells_of(text, width - 1)}…"


def _cells_of(text: str, width: int) -> str:
    """As much of the beginning as fits into so many cells, no sign cut in half."""
    pieces = chop_cells(text, width) if width > 1 else [""]
    return pieces[0]


def day_of(event: Event) -> str:
    """The day of an event, as exactly as it was told.

    >>> day_of(Event("twitter:1", date(2015, 3, 1), "month", "new job"))
    'Mar 2015'
    """
    return _DAY_OF[event.precision].format(event.day)
