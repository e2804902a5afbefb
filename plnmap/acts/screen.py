"""Which of many strings may be in which of many texts, for all texts at once.

A pattern that looks for "thanks for" need not be tried on a text without "thank". With hundreds of
such cues and a hundred thousand texts, looking for them one by one is most of the work. Here the
first characters of every cue are hashed into a table of bits, one bit per set of cues, and one
look-up per character of the texts finds them all. Two strings may share a hash: a set may be
reported that is not there, and none is missed that is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

LONGEST: Final = 6
"""Characters of a cue that are looked at."""

_BITS: Final = 16  # so that a table stays in the processor's cache
_FACTOR: Final = 0x9E3779B1
_SPACES: Final = bytes.maketrans(b"\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0", b" " * 11)

Bits = NDArray[np.uint64]


class Table(NamedTuple):
    """Cues of one length: what begins where so many characters have a certain hash."""

    length: int
    taken: NDArray[np.bool_]
    """Per hash, whether a cue begins like that; small, since most look-ups end here."""
    sets: Bits
    """Per hash, a bit for each set with a cue that begins like that."""


class Screen(NamedTuple):
    """Sets of cues made ready to be looked for."""

    n_sets: int
    tables: tuple[Table, ...]


def screen(cues: Sequence[Iterable[str]]) -> Screen:
    """Make a screen of sets of cues."""
    words = _words(len(cues))
    tables: dict[int, Table] = {}
    for number, of_set in enumerate(cues):
        for cue in of_set:
            length = min(len(cue), LONGEST)
            if length not in tables:
                tables[length] = Table(
                    length, np.zeros(1 << _BITS, np.bool_), np.zeros((1 << _BITS, words), np.uint64)
                )
            (key,) = _keys(_octets(cue[:length]), length)
            tables[length].taken[key] = True
            tables[length].sets[key] |= bits(len(cues), [number])
    return Screen(len(cues), tuple(tables.values()))


def found(screen: Screen, texts: Sequence[str]) -> Bits:
    """Per text, a bit for each set of which a cue may be in the text.

    A space counts in front of each text and behind it, and all white space is alike.
    """
    octets = _octets("".join(f" {text} " for text in texts))
    text_of = np.repeat(np.arange(len(texts)), [len(text) + 2 for text in texts])
    seen = np.zeros((len(texts), _words(screen.n_sets)), np.uint64)
    for length, taken, sets in screen.tables:
        keys = _keys(octets, length)
        places = np.flatnonzero(taken[keys])
        if len(places):
            there = text_of[places]
            first = np.flatnonzero(np.append(True, there[1:] != there[:-1]))
            seen[there[first]] |= np.bitwise_or.reduceat(sets[keys[places]], first)
    return seen


def bits(n_sets: int, chosen: Iterable[int]) -> Bits:
    """The bits of some of the sets."""
    row = np.zeros(_words(n_sets), np.uint64)
    for number in chosen:
        row[number // 64] |= np.uint64(1 << number % 64)
    return row


def candidates(seen: Bits, needs: Bits) -> list[list[int]]:
    """Per row of needed sets, the texts in which all of them were seen."""
    can = ((seen & needs[:, np.newaxis]) == needs[:, np.newaxis]).all(axis=2)
    rows, texts = np.nonzero(can)
    ends = np.searchsorted(rows, np.arange(len(needs) + 1)).tolist()
    numbers = texts.tolist()
    return [numbers[start:stop] for start, stop in pairwise(ends)]


def _words(n_sets: int) -> int:
    return -(-n_sets // 64)


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
