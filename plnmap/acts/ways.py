"""The ways in which a pattern can match: for each, what a text must contain and how the match begins."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from plnmap.acts.expression import Choice, Parts, Strings, parts
from plnmap.acts.needed import expected, needed
from plnmap.acts.openings import openings

RARE: Final = 0.003
"""Beginnings that are expected less often than so tell enough: more would cost more than it saves."""

_NONE: Final[Strings] = frozenset()


class Way(NamedTuple):
    """One way in which a pattern can match."""

    needs: tuple[Strings, ...]
    """Sets of strings, of each of which one is in every such text."""
    openings: Strings | None
    """Strings with one of which every such match begins; None where that cannot be told."""


def ways(pattern: str, named: Sequence[Strings] = ()) -> list[Way]:
    r"""The ways in which a pattern can match, which are the alternatives that it is made of.

    Parameters
    ----------
    pattern
        A regular expression.
    named
        Sets of strings, of each of which one is known to be in every text that it matches.

    Examples
    --------
    >>> [([sorted(of_set) for of_set in way.needs], way.openings) for way in ways(r"\w{1,9} (?:tip|link)s?")]
    [([[' tip']], None), ([[' link']], None)]
    """
    whole = parts(pattern)
    found = [_way(part, named) for part in ([whole] if named else _alternatives(whole))]
    return [way for way in found if way.needs] + _merged([way for way in found if not way.needs])


def _way(whole: Parts, named: Sequence[Strings]) -> Way:
    begin = openings(whole)
    if begin is None:
        return Way((*named, *needed(whole)), None)
    needs = () if expected(begin)[0] < RARE else needed(whole)
    return Way((*named, *(needs if named else needs[:1])), begin)


def _merged(ways: list[Way]) -> list[Way]:
    """Ways that need nothing are one way where their beginnings are known, and another where not."""
    begin = [way.openings for way in ways if way.openings is not None]
    known = [Way((), _NONE.union(*begin))] if begin else []
    return known + [Way((), None)] * (len(begin) < len(ways))


def _alternatives(whole: Parts) -> list[Parts]:
    """An expression once for each branch of its longest choice, and of choices that are branches."""
    choices = [(len(part.branches), -place) for place, part in enumerate(whole) if isinstance(part, Choice)]
    if not choices:
        return [whole]
    place = -max(choices)[1]
    chosen = whole[place]
    assert isinstance(chosen, Choice)
    return [
        (*whole[:place], *way, *whole[place + 1 :])
        for branch in chosen.branches
        for way in (_alternatives(branch) if len(branch) == 1 else [branch])
    ]
