"""Which of many strings may be in which of many texts, and where, for all texts at once.

A pattern that looks for "thanks for" need not be tried on a text without "thanks", nor anywhere but at that
word. With hundreds of such cues and a hundred thousand texts, looking for them one by one is most of the
work. Here the first characters of every cue are hashed into a table of the sets that have it, and one
look-up per character of the texts finds them all. Two strings may share a hash: a set may be reported that
is not there, and none is missed that is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

LONGEST: Final = 6
"""Characters of a cue that are looked at."""

_BITS: Final = 16  # so that a table stays in the processor's cache
_FACTOR: Final = 0x9E3779B1
_SPACES: Final = bytes.maketrans(b"\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0", b" " * 11)
_WIDE_SPACE: Final = re.compile("[\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
_OF_WORDS: Final = np.array([chr(octet).isalnum() or chr(octet) == "_" for octet in range(256)])

Integers = NDArray[np.intp]
Seen = NDArray[np.bool_]
"""Per set of cues and text, whether a cue of the set may be in the text."""


class Letters(NamedTuple):
    """The characters of many texts one behind the other, each text between two spaces."""

    octets: NDArray[np.uint8]
    """In Latin 1, with "?" for what it lacks; all white space is alike."""
    text: NDArray[np.int32]
    """Number of the text that a character is in."""
    starts: Integers
    """Per text, where its own first character is."""


class Table(NamedTuple):
    """Cues of one length: what begins where so many characters have a certain hash."""

    taken: NDArray[np.bool_]
    """Per hash, whether a cue begins like that; small, since most look-ups end here."""
    bits: NDArray[np.uint64]
    """Per hash, the bits of its sets (`_bits`)."""
    first: NDArray[np.int32]
    """Per hash, where its sets begin in `sets`; those of the next hash begin where they end."""
    sets: NDArray[np.int32]
    """Numbers of the sets with a cue that begins like that, hash by hash."""


class Screen(NamedTuple):
    """Sets of cues made ready to be looked for."""

    n_sets: int
    tables: tuple[Table | None, ...]
    """Of cues of one character, of two, and so on; None where there are no such cues."""


def screen(cues: Sequence[Iterable[str]]) -> Screen:
    """Make a screen of sets of cues."""
    having: list[set[tuple[int, int]]] = [set() for _ in range(LONGEST)]
    hashes: dict[str, int] = {}
    for number, of_set in enumerate(cues):
        for cue in of_set:
            beginning = cue[:LONGEST]
            if beginning not in hashes:
                hashes[beginning] = _hash(beginning)
            having[len(beginning) - 1].add((hashes[beginning], number))
    bits = _bits(len(cues))
    return Screen(len(cues), tuple(_table(sorted(pairs), bits) if pairs else None for pairs in having))


def _bits(n_sets: int) -> NDArray[np.uint64]:
    """Per set one bit of 64; neighbours share one."""
    return np.uint64(1) << (np.arange(n_sets) * 64 // max(n_sets, 1)).astype(np.uint64)


def _hash(cue: str) -> int:
    key = 0
    for octet in _encoded(cue):
        key = (key + octet) * _FACTOR & 0xFFFFFFFF
    return key >> (32 - _BITS)


def _table(pairs: list[tuple[int, int]], bits: NDArray[np.uint64]) -> Table:
    keys, sets = np.array(pairs, np.int32).T
    first = np.searchsorted(keys, np.arange((1 << _BITS) + 1)).astype(np.int32)
    of_sets = np.zeros(1 << _BITS, np.uint64)
    np.bitwise_or.at(of_sets, keys, bits[sets])
    return Table(of_sets != 0, of_sets, first, sets.copy())


def letters(texts: Sequence[str]) -> Letters:
    """The characters of texts as cues are looked for among them."""
    octets = np.frombuffer(_encoded("".join([f" {text} " for text in texts])), np.uint8)
    lengths = np.array([len(text) + 2 for text in texts], np.intp)
    numbers = np.arange(len(texts), dtype=np.int32)
    return Letters(octets, np.repeat(numbers, lengths), lengths.cumsum() - lengths + 1)


def _encoded(text: str) -> bytes:
    return _WIDE_SPACE.sub(" ", text).encode("latin-1", "replace").translate(_SPACES)


def found(screen: Screen, letters: Letters) -> Seen:
    """Which sets of cues have one that may be in a text.

    A space counts in front of each text and behind it, and all white space is alike.
    """
    n_letters, n_texts = len(letters.octets), len(letters.starts)
    padded = np.append(letters.octets, np.zeros(LONGEST, np.uint8))
    seen = np.zeros(screen.n_sets * n_texts, np.bool_)
    columns = (padded[offset : offset + n_letters] for offset in range(LONGEST))
    for places, sets in _looked_up(screen, columns, n_letters):
        seen[sets * n_texts + letters.text[places]] = True
    return seen.reshape(screen.n_sets, n_texts)


def begun(screen: Screen, letters: Letters, may: Seen) -> tuple[Integers, Integers, Integers]:
    """Where a cue may begin, but not inside a word.

    Parameters
    ----------
    screen
        Sets of cues.
    letters
        The texts.
    may
        Per set and text, whether to look at all.

    Returns
    -------
    tuple of arrays
        Number of the set, number of the text, and place in that text, in no order.
    """
    of_words = _OF_WORDS.take(letters.octets)
    edges = np.flatnonzero(~(of_words[1:] & of_words[:-1])) + 1
    padded = np.append(letters.octets, np.zeros(LONGEST, np.uint8))
    columns = (padded[edges + offset] for offset in range(LONGEST))
    found: list[tuple[Integers, Integers]] = [(np.empty(0, np.intp), np.empty(0, np.intp))]
    wanted_in = np.bitwise_or.reduce(np.where(may, _bits(screen.n_sets)[:, None], np.uint64(0)), axis=0)
    for here, sets in _looked_up(screen, columns, len(edges), wanted_in.take(letters.text[edges])):
        places = edges[here]
        wanted = np.flatnonzero(may.take(sets * may.shape[1] + letters.text[places]))
        found.append((sets[wanted], places[wanted]))
    sets, places = (np.concatenate(column) for column in zip(*found, strict=True))
    texts = letters.text[places].astype(np.intp)
    return sets, texts, places - letters.starts[texts]


def _looked_up(
    screen: Screen, columns: Iterable[NDArray[np.uint8]], size: int, wanted: NDArray[np.uint64] | None = None
) -> Iterator[tuple[Integers, Integers]]:
    """Of places where a cue begins, the sets that have it, length by length; a place once for each set.

    Of all places, the first column has the character there, the second the next one, and so on. Sets
    are only looked for where their bits are wanted.
    """
    key = np.zeros(size, np.uint32)
    for column, table in zip(columns, screen.tables, strict=True):
        key += column
        key *= np.uint32(_FACTOR)
        if table is None:
            continue
        hashed = key >> np.uint32(32 - _BITS)
        here = np.flatnonzero(table.taken.take(hashed))  # `take` is quick with any kind of number
        if wanted is not None:
            here = here[(table.bits.take(hashed[here]) & wanted[here]) != 0]
        begins = table.first.take(hashed[here])
        many = table.first.take(hashed[here] + 1) - begins
        nth = np.arange(many.sum()) - np.repeat(many.cumsum() - many, many)
        yield np.repeat(here, many), table.sets.take(np.repeat(begins, many) + nth).astype(np.intp)
