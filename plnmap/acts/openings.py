"""How the matches of a regular expression begin, read off the expression itself.

Every match of "(?:very )?useful|(?:a|the) tip" begins with "very u", "useful", "a tip" or "the ti". The
expression need only be tried where one of them stands, and in most texts that is nowhere.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from plnmap.acts.expression import (
    AFTER_SPACE,
    END,
    START,
    Beside,
    Choice,
    Part,
    Parts,
    Repeated,
    Strings,
    shortest,
)
from plnmap.acts.screen import LONGEST

AT_MOST: Final = 1000
"""Beginnings of a part: where there are more, what follows is not added to them."""

FIRST: Final = "\x02"
"""Stands for the beginning of the text."""

_NOTHING: Final[Strings] = frozenset()
_EMPTY: Final = frozenset({""})


def openings(parts: Parts) -> Strings | None:
    """Strings with one of which every match begins; None where that cannot be told.

    White space is one space; none of the strings begins with another one.

    >>> from plnmap.acts.expression import parts
    >>> sorted(openings(parts("(?:very )?useful|(?:a|the) tip")))
    ['a tip', 'the ti', 'useful', 'very u']
    """
    whole, begun = _sequence(parts)
    strings = whole | begun
    if "" in strings:
        return None
    return shortest(strings)


@cache
def _sequence(parts: Parts) -> tuple[Strings, Strings]:
    """What a part may be as a whole, and what it may begin with where no more is known or looked at."""
    whole, begun = _EMPTY, _NOTHING
    for part in parts:
        if not whole:
            break
        next_whole, next_begun = _of_one(part)
        if len(whole) * (len(next_whole) + len(next_begun)) > AT_MOST:
            return _NOTHING, begun | whole
        begun |= _joined(whole, next_begun)
        whole = _joined(whole, next_whole)
        full = frozenset([string for string in whole if len(string) == LONGEST])
        whole, begun = whole - full, begun | full
    return whole, begun


def _of_one(part: Part) -> tuple[Strings, Strings]:
    if isinstance(part, str):
        return frozenset({part}), _NOTHING
    if isinstance(part, frozenset):
        return part, _NOTHING
    if isinstance(part, Choice):
        whole, begun = zip(*map(_sequence, part.branches), strict=True)
        return _NOTHING.union(*whole), _NOTHING.union(*begun)
    if isinstance(part, Repeated):
        return _repeated(part)
    if part is START:
        return _NOTHING, frozenset({FIRST})
    if isinstance(part, Beside) or part is END or part is AFTER_SPACE:
        return _EMPTY, _NOTHING
    return _NOTHING, _EMPTY


def _repeated(part: Repeated) -> tuple[Strings, Strings]:
    once, begun = _sequence(part.part)
    fewest = 0 if "" in once else part.at_least
    run, whole = _EMPTY, _NOTHING if fewest else _EMPTY
    all_begun = _NOTHING
    for times in range(1, min(part.at_most, LONGEST) + 1):
        if len(run) * (len(once) + len(begun)) > AT_MOST:
            return whole, all_begun | run
        all_begun |= _joined(run, begun)
        run = _joined(run, once - _EMPTY)
        full = frozenset([string for string in run if len(string) == LONGEST])
        run, all_begun = run - full, all_begun | full
        if times >= fewest:
            whole |= run
    return whole, all_begun


def _joined(heads: Strings, tails: Strings) -> Strings:
    return frozenset([(head + tail)[:LONGEST] for head in heads for tail in tails])
