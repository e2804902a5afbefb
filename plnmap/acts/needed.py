"""What a text must contain for a regular expression to match, read off the expression itself.

Every match of "thanks for the (tip|link)s?" contains "thanks", and one of "the tip" and "the link".
Texts without them need not be searched, and that is most of them.
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

AT_MOST: Final = 400
"""Strings in a set: more of them are in nearly every text."""

COMMON: Final = 0.5
"""Sets that are expected more often than so are in nearly every text, too."""

SETS: Final = 3
"""Sets of an expression that are worth looking for."""

_RARE: Final = frozenset("@?!#\0")  # of single characters
_GUESS: Final = [1.0, 0.2, 0.04, 0.008, 0.0016, 0.0003, 0.0001]  # by length
_EMPTY: Final = frozenset({""})
_SPACE: Final = frozenset({" "})


def needed(parts: Parts) -> list[Strings]:
    """Sets of strings, of each of which one is in every text that an expression matches.

    White space is one space, and one is thought of on either side of the text; of long
    strings the beginning is given. The most telling sets come first. There are none where
    nothing can be told.

    >>> from plnmap.acts.expression import parts
    >>> [sorted(strings) for strings in needed(parts("thanks .{0,9}(?:tip|link)s?"))]
    [['thanks'], ['link', 'tip']]
    """
    _, sets = _sequence(parts)
    plain = {shortest(frozenset(map(_spaced_once, strings))) for strings in sets}
    telling = [strings for strings in plain if expected(strings)[0] < COMMON]
    return sorted(telling, key=expected)[:SETS]


def _spaced_once(string: str) -> str:
    """Of spaces at either end one: ``^`` and ``$`` may stand twice for the one that is thought of."""
    inside = string.strip(" ")
    return " " * string.startswith(" ") + inside + " " * (inside != "" and string.endswith(" "))


@cache
def expected(strings: Strings) -> tuple[float, str]:
    """A guess at how often one of the strings is met; equal guesses go by the alphabet."""
    met = (_GUESS[len(string)] if len(string) > 1 or string in _RARE else 1.0 for string in strings)
    return sum(met), min(strings)


@cache
def _sequence(parts: Parts) -> tuple[Strings | None, list[Strings]]:
    """All that a part of an expression can match, None if that cannot be listed, and what it needs."""
    whole: Strings | None = _EMPTY
    run, sets = _EMPTY, []  # the run is what the elements since the last unknown one can be
    for part in parts:
        if part is AFTER_SPACE:
            sets.append(run)
            whole, run = None, _SPACE
            continue
        strings, inside = _of_one(part)
        whole = _joined(whole, strings)
        if isinstance(part, Repeated) and part.at_least and strings is None:
            once, _ = _sequence(part.part)
            run = _joined(run, once) or run
        if strings is None:
            sets += [run, *inside]
            run = _EMPTY
            continue
        for piece in _pieces(part) if isinstance(part, str) else [strings]:
            if (longer := _joined(run, piece)) is None or min(map(len, run)) == LONGEST:
                sets.append(run)
                run = piece
            else:
                run = longer
        if isinstance(part, Beside):
            sets += inside
    sets.append(run)
    return whole, [strings for strings in sets if "" not in strings]


def _pieces(text: str) -> list[Strings]:
    return [frozenset({letter}) for letter in text]


def _of_one(part: Part) -> tuple[Strings | None, list[Strings]]:
    if isinstance(part, str):
        return frozenset({part[:LONGEST]}), []
    if isinstance(part, frozenset):
        return part, []
    if isinstance(part, Choice):
        return _branches([_sequence(branch) for branch in part.branches])
    if isinstance(part, Beside):
        return _EMPTY, _sequence(part.part)[1]
    if isinstance(part, Repeated):
        strings, sets = _sequence(part.part)
        if part.at_most == 1 and strings is not None:
            return (strings if part.at_least else strings | _EMPTY), []
        return None, sets if part.at_least else []
    return (_SPACE if part in (START, END) else None), []


def _branches(branches: list[tuple[Strings | None, list[Strings]]]) -> tuple[Strings | None, list[Strings]]:
    """The same of alternatives: what one of them needs, if each needs something."""
    whole: Strings | None = frozenset()
    needs: Strings | None = frozenset()
    for strings, sets in branches:
        whole = None if whole is None or strings is None else whole | strings
        needs = None if needs is None or not sets else needs | min(sets, key=expected)
    return whole, [] if needs is None else [needs]


def _joined(heads: Strings | None, tails: Strings | None) -> Strings | None:
    """Every head with every tail, as far as is looked at; None where one is unknown or they are too many."""
    if heads is None or tails is None:
        return None
    joined = frozenset([(head + tail)[:LONGEST] for head in heads for tail in tails])
    return joined if len(joined) <= AT_MOST else None
