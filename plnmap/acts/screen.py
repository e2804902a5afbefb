"""Which of many strings may be in which of many texts, for all texts at once.

A pattern that looks for "thanks for" need not be tried on a text without "thank". With hundreds of
such cues and a hundred thousand texts, looking for them one by one is most of the work. Here the
first characters of every cue are hashed into a table of the sets that have it, and one look-up per
character of the texts finds them all. Two strings may share a hash: a set may be reported that is
not there, and none is missed that is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

LONGEST: Final = 6
"""Characters of a cue that are looked at."""

_BITS: Final = 16  # so that a table stays in the processor's cache
_FACTOR: Final = 0x9E3779B1
_SPACES: Final = bytes.maketrans(b"\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0", b" " * 11)

Seen = NDArray[np.bool_]
"""Per set of cues and text, whether a cue of the set may be in the text."""


class Table(NamedTuple):
    """Cues of one length: what begins where so many characters have a certain hash."""

    length: int
    taken: NDArray[np.bool_]
    """Per hash, whether a cue begins like that; small, since most look-ups end here."""
    first: NDArray[np.int64]
    """Per hash, where its sets begin in `sets`; those of the next hash begin where they end."""
    sets: NDArray[np.int64]
    """Numbers of the sets with a cue that begins like that, hash by hash."""


class Screen(NamedTuple):
    """Sets of cues made ready to be looked for."""

    n_sets: int
    tables: tuple[Table, ...]


def screen(cues: Sequence[Iterable[str]]) -> Screen:
    """Make a screen of sets of cues."""
    having: defaultdict[int, set[tuple[int, int]]] = defaultdict(set)
    for number, of_set in enumerate(cues):
        for cue in of_set:
            length = min(len(cue), LONGEST)
            (key,) = _keys(_octets(cue[:length]), length).tolist()
            having[length].add((key, number))
    return Screen(len(cues), tuple(_table(length, sorted(pairs)) for length, pairs in having.items()))


def _table(length: int, pairs: list[tuple[int, int]]) -> Table:
    keys, sets = (np.array(column, np.int64) for column in zip(*pairs, strict=True))
    first = np.searchsorted(keys, np.arange((1 << _BITS) + 1))
    return Table(length, first[1:] > first[:-1], first, sets)


def found(screen: Screen, texts: Sequence[str]) -> Seen:
    """Which sets of cues have one that may be in a text.

    A space counts in front of each text and behind it, and all white space is alike.
    """
    octets = _octets("".join(f" {text} " for text in texts))
    text_of = np.repeat(np.arange(len(texts)), [len(text) + 2 for text in texts])
    seen = np.zeros(screen.n_sets * len(texts), np.bool_)
    for length, taken, first, sets in screen.tables:
        keys = _keys(octets, length)
        places = np.flatnonzero(taken[keys])
        begins, ends = first[keys[places]], first[keys[places] + 1]
        many = ends - begins
        nth = np.arange(many.sum()) - np.repeat(many.cumsum() - many, many)
        seen[sets[np.repeat(begins, many) + nth] * len(texts) + np.repeat(text_of[places], many)] = True
    return seen.reshape(screen.n_sets, len(texts))


def candidates(seen: Seen, needs: Sequence[Sequence[int]]) -> list[list[int]]:
    """Per row of numbers of needed sets, the texts in which all of them were seen."""
    return [np.flatnonzero(seen[list(sets)].all(axis=0)).tolist() for sets in needs]


def _octets(text: str) -> NDArray[np.uint32]:
    # What Latin 1 lacks becomes "?", in cues as in texts.
    return np.frombuffer(text.encode("latin-1", "replace").translate(_SPACES), np.uint8).astype(np.uint32)


def _keys(octets: NDArray[np.uint32], length: int) -> NDArray[np.uint32]:
    """Hash of the characters that begin at each place, as many as there is room for."""
    size = max(0, len(octets) - length + 1)
    key = np.zeros(size, np.uint32)
    for offset in range(length):
        key = (key + octets[offset : offset + size]) * np.uint32(_FACTOR)
    return key >> np.uint32(32 - _BITS)
