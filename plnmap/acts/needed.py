"""What a text must contain for a regular expression to match, read off the expression itself.

Every match of "thanks for the (tip|link)s?" contains "thanks", and one of "the tip" and "the link".
Texts without them need not be searched, and that is most of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from plnmap.acts.screen import LONGEST

AT_MOST: Final = 400
"""Strings in a set: more of them are in nearly every text."""

COMMON: Final = 0.5
"""Sets that are expected more often than so are in nearly every text, too."""

SETS: Final = 3
"""Sets of an expression that are worth looking for."""

Strings = frozenset[str]

_RARE: Final = frozenset("@?!#\0")  # of single characters
_GUESS: Final = [1.0, 0.2, 0.04, 0.008, 0.0016, 0.0003, 0.0001]  # by length
_EMPTY: Final = frozenset({""})
_ENDS: Final = frozenset({"AT_BEGINNING", "AT_BEGINNING_STRING", "AT_END", "AT_END_STRING"})
_REPEATS: Final = frozenset({"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"})
_AFTER_SPACE: Final = "(-1, [(IN, [(CATEGORY, CATEGORY_NOT_SPACE)])])"  # that is (?<!\S)
# No public part of the standard library: where it is missing, every text is searched.
_parse: Final = getattr(getattr(re, "_parser", None), "parse", lambda pattern: ())


def needed(pattern: str) -> list[Strings]:
    """Sets of strings, of each of which one is in every text that the pattern matches.

    White space is one space, and one is thought of on either side of the text; of long
    strings the beginning is given. The most telling sets come first. There are none where
    nothing can be told.

    >>> [sorted(strings) for strings in needed("thanks .{0,9}(?:tip|link)s?")]
    [['thanks'], ['link', 'tip']]
    """
    return _telling(_parse(pattern))


def needed_by_way(pattern: str) -> list[list[Strings]]:
    """The same for each alternative of a pattern that is a list of them: a text needs what one of them needs.

    >>> [[sorted(strings) for strings in way] for way in needed_by_way("tip.{0,9}link|advice|(?:hint|clue)s")]
    [[['link'], ['tip']], [['advice', 'clues', 'hints']]]
    """
    ways = [_telling(way) for way in _alternatives(list(_parse(pattern)))]
    # Of those that need one set each, any one is needed: that is one set.
    alone = [way[0] for way in ways if len(way) == 1]
    return [way for way in ways if len(way) != 1] + ([[frozenset().union(*alone)]] if alone else [])


def _alternatives(tree: list[tuple[Any, Any]]) -> list[list[tuple[Any, Any]]]:
    """A part of an expression once for each branch of its longest list, and of lists that are branches."""
    lists = [place for place, (operation, _) in enumerate(tree) if str(operation) == "BRANCH"]
    if not lists:
        return [tree]
    longest = max(lists, key=lambda place: len(tree[place][1][1]))
    branches = [list(branch) for branch in tree[longest][1][1]]
    return [
        [*tree[:longest], *way, *tree[longest + 1 :]]
        for branch in branches
        for way in (_alternatives(branch) if len(branch) == 1 else [branch])
    ]


def _telling(tree: Iterable[tuple[Any, Any]]) -> list[Strings]:
    _, sets = _sequence(tree)
    telling = {_shortest(strings) for strings in sets if _expected(strings)[0] < COMMON}
    return sorted(telling, key=_expected)[:SETS]


def _shortest(strings: Strings) -> Strings:
    """Without those that begin with another one."""
    return frozenset(
        string
        for string in strings
        if not any(string[:length] in strings for length in range(1, len(string)))
    )


def _expected(strings: Strings) -> tuple[float, str]:
    """A guess at how often one of the strings is met; equal guesses go by the alphabet."""
    met = (_GUESS[len(string)] if len(string) > 1 or string in _RARE else 1.0 for string in strings)
    return sum(met), min(strings)


def _sequence(tree: Iterable[tuple[Any, Any]]) -> tuple[Strings | None, list[Strings]]:
    """All that a part of an expression can match, None if that cannot be listed, and what it needs."""
    whole: Strings | None = _EMPTY
    run, sets = _EMPTY, []  # the run is what the elements since the last unknown one can be
    for name, argument in ((str(operation), argument) for operation, argument in tree):
        strings, inside = _element(name, argument)
        if name == "ASSERT_NOT" and str(argument) == _AFTER_SPACE:
            sets.append(run)
            whole, run = None, frozenset({" "})
            continue
        if name in _REPEATS and argument[0] and strings is None:
            once, _ = _sequence(argument[2])
            run = _joined(run, once) or run
        whole = _joined(whole, strings)
        if strings is None:
            sets += [run, *inside]
            run = _EMPTY
        elif (longer := _joined(run, strings)) is None or min(map(len, run)) == LONGEST:
            sets.append(run)
            run = strings
        else:
            run = longer
        if name == "ASSERT":
            sets += inside
    sets.append(run)
    return whole, [strings for strings in sets if "" not in strings]


def _element(name: str, argument: Any) -> tuple[Strings | None, list[Strings]]:
    """The same of one element."""
    if name == "LITERAL":
        return frozenset({_seen(argument)}), []
    if name == "IN":
        return _one_of(argument), []
    if name == "SUBPATTERN":
        return _sequence(argument[-1])
    if name == "BRANCH":
        return _branches([_sequence(branch) for branch in argument[1]])
    if name == "ASSERT":
        return _EMPTY, _sequence(argument[1])[1]
    if name == "AT" and str(argument) in _ENDS:
        return frozenset({" "}), []
    if name in ("AT", "ASSERT_NOT"):
        return _EMPTY, []
    if name in _REPEATS:
        at_least, at_most, repeated = argument
        strings, sets = _sequence(repeated)
        if at_most == 1 and strings is not None:
            return (strings if at_least else strings | _EMPTY), []
        if at_least:
            return None, sets
    return None, []


def _seen(code: int) -> str:
    """A character as texts show it: in lower case, white space as a space."""
    return " " if chr(code).isspace() else chr(code).lower()


def _one_of(members: Iterable[tuple[Any, Any]]) -> Strings | None:
    """The characters of a class; None where there are many."""
    characters = set()
    for name, argument in ((str(kind), argument) for kind, argument in members):
        if name == "LITERAL":
            characters.add(_seen(argument))
        elif name == "CATEGORY" and str(argument) == "CATEGORY_SPACE":
            characters.add(" ")
        else:
            return None
    return frozenset(characters)


def _branches(branches: list[tuple[Strings | None, list[Strings]]]) -> tuple[Strings | None, list[Strings]]:
    """The same of alternatives: what one of them needs, if each needs something."""
    whole: Strings | None = frozenset()
    needs: Strings | None = frozenset()
    for strings, sets in branches:
        whole = None if whole is None or strings is None else whole | strings
        needs = None if needs is None or not sets else needs | sorted(sets, key=_expected)[0]
    return whole, [] if needs is None else [needs]


def _joined(heads: Strings | None, tails: Strings | None) -> Strings | None:
    """Every head with every tail, as far as is looked at; None where one is unknown or they are too many."""
    if heads is None or tails is None:
        return None
    joined = frozenset((head + tail)[:LONGEST] for head in heads for tail in tails)
    return joined if len(joined) <= AT_MOST else None
