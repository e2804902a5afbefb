"""Words from people: typed ones are helped along, written ones are made harmless."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

# Control characters can move the cursor or start an escape sequence; marks of
# writing direction can make a text read as something it is not.
_UNSAFE: Final = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)

# A joiner makes one picture of the signs beside it. Without one on both sides it joins nothing, and
# whoever measures the text counts a cell less than the terminal prints.
_LOOSE_JOINER: Final = re.compile(r"(?<![^\x00-\x7f\s\u200d])\u200d+|\u200d+(?![^\x00-\x7f\s])")

# What `plnmap.report.files` does in SQL. The wide signs begin a formula too, in some languages; and
# where a comma is the sign of decimals, a spreadsheet begins a new cell at each semicolon, quoted or not.
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_FORMULA: Final = re.compile(r'(^|;[ "]*)( *[=+\-@＝＋－＠])')


def plain(text: str) -> str:
    r"""Other people's text on one line, without what could steer a terminal.

    >>> plain("one\ntwo \x1b[31mred\u202e")
    'one two [31mred'
    """
    return _tidy(text).strip()


class Marked(NamedTuple):
    """A harmless line of text, and where in it the marked part begins and ends, in characters."""

    text: str
    start: int
    stop: int


def plain_marked(text: str, start: int, stop: int) -> Marked:
    r"""`plain` for a text of which a part is marked; the mark is widened to whole words.

    >>> plain_marked("So\n  thank you!", 5, 8)
    Marked(text='So thank you!', start=3, stop=8)
    """
    while 0 < start < len(text) and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while 0 < stop < len(text) and text[stop - 1].isalnum() and text[stop].isalnum():
        stop += 1
    before = _tidy(text[:start]).lstrip()
    marked = _tidy(text[start:stop])
    if not before or before.endswith(" "):
        marked = marked.lstrip()
    after = _tidy(text[stop:])
    if (before + marked).endswith(" "):
        after = after.lstrip()
    return Marked((before + marked + after).rstrip(), len(before), len(before) + len(marked.rstrip()))


def spreadsheet_cell(text: str) -> str:
    r"""Other people's text as a cell of a CSV: no control characters, and no spreadsheet runs it.

    >>> spreadsheet_cell("=HYPERLINK(1)"), spreadsheet_cell("2 + 2"), spreadsheet_cell("Ada;=1+1")
    ("'=HYPERLINK(1)", '2 + 2', "Ada;'=1+1")
    """
    return _FORMULA.sub(r"\1'\2", _CONTROL.sub(" ", text))


def _tidy(text: str) -> str:
    return re.sub(r"\s+", " ", _LOOSE_JOINER.sub("", _UNSAFE.sub("", text)))


def nearest(word: str, known: Iterable[str], most: int = 3) -> list[str]:
    """The known words closest to what was typed, best first; empty if none is close.

    >>> nearest("reprot", ["report", "people"])
    ['report']
    """
    # Imported only when needed: a right word costs nothing.
    from difflib import get_close_matches

    by_folded = {name.lower(): name for name in known}
    return [by_folded[match] for match in get_close_matches(word.lower(), by_folded, n=most, cutoff=0.6)]
