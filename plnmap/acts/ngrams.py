"""N-grams of words, of characters and of kinds of words, hashed for many texts at once.

With S[i] the sum of code[j]·B^j over j < i, modulo 2^64, the n-gram of length n at i has the hash
(S[i+n] − S[i])·B^−i, wherever it stands (Karp & Rabin 1987): a few sums over all letters of a batch
give all hashes, without a loop over texts or letters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

FORMAT: Final = 3
"""How texts are read and hashed; weights made for another number mean nothing here."""

LENGTHS: Final = {
    "character": (2, 3, 4, 5),
    "word": (1, 2, 3),
    "shape": (1, 2, 3, 4),
    "class": (1, 2, 3, 4),
    "opening": (1,),
    "closing": (1,),
    "first by shape": (1, 2, 3, 4),
    "first by class": (1, 2, 3, 4),
    "placed by shape": (1, 2, 3, 4),
    "placed by class": (1, 2, 3, 4),
}
"""Kind → lengths of its n-grams. Those of characters may reach over spaces. Punctuation marks and the
two ends of a text count as words. The class of a word is that of words which stand in the same places,
and where it has none, its ending. Its shape is the word itself where it is frequent, that it is a verb
where it is one, and else its class. An opening is the shape of a word with that of the first of its
text, a closing with that of the last: an imperative or a question is so from one end to the other.
The first words of a text count once more, all up to a place together and each with its place, and no
less in a long text: most sentences show at once whether they tell, ask or report."""

_FACTOR: Final = {"character": 1.0, "word": 1.5, "shape": 1.0, "class": 1.0, "opening": 0.7, "closing": 0.7}
_FACTOR_OF_FIRST: Final = 0.2
_ENDINGS: Final = ("ing", "ed", "ly", "n't", "er", "s")
_FIRST_CLASS: Final = 16  # smaller numbers stand for verbs and endings
_BATCH: Final = 1 << 16  # characters: the arrays of a batch stay in the processor's cache
_BASE: Final = 0x9E3779B97F4A7C15  # odd, so that it has an inverse modulo 2^64
_START, _STOP, _LINK, _SIGN, _SPACE, _AT = 1, 2, 3, 4, 32, 64
_OUTSIDE_WORDS, _OUTSIDE_SIGNS = 0xFFFF, 0xFFFE  # of what lies behind the first plane

Numbers = NDArray[np.float64]
Integers = NDArray[np.intp]
Hashes = NDArray[np.uint64]
_Flags = NDArray[np.bool_]


class Vocabulary(NamedTuple):
    """Words that shapes and classes tell apart, as sorted hashes (`hashes`)."""

    frequent: Hashes
    verbs: Hashes
    known: Hashes
    """Words that have a class."""
    classes: NDArray[np.uint8]
    """The class of each of them."""


def batches(wordings: Sequence[str]) -> Iterator[list[str]]:
    """The texts in order, so many at a time that the arrays of a batch stay small."""
    batch: list[str] = []
    characters = 0
    for wording in wordings:
        batch.append(wording)
        characters += len(wording)
        if characters >= _BATCH:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


class Ngrams(NamedTuple):
    """All n-grams of one kind and length in a batch of texts."""

    kind: str
    text: Integers
    """Number of the text in the batch."""
    bucket: Integers
    """Where its weight lies."""
    scale: Numbers
    """Per text, what a weight is multiplied by: a long text has more n-grams, not more to say."""
    first: Integers
    """Number of its first letter among all letters of the batch."""
    last: Integers


class Letters(NamedTuple):
    """The texts of a batch, letter by letter and with a mark at either end of each."""

    texts: int
    code: Hashes
    text: Integers
    """Number of the text that a letter is in."""
    at: Integers
    """Its position there; −1 for the mark at the start."""
    in_word: _Flags


def read(batch: Sequence[str]) -> Letters:
    """The letters of texts as they are hashed.

    Handles are left out, all digits are one, and so are runs of spaces and of a sign. No space
    stands before a mark or the ending of a word: some corpora come so ("do n't .").
    """
    marked = "".join(f" {wording} " for wording in batch).encode("utf-32-le", "surrogatepass")
    raw = np.frombuffer(marked, np.uint32)
    emoji = (raw >= 0x1F200) & (raw < 0x1FB00)
    known, of_words = _alphabet()
    code = known[np.where(raw < _OUTSIDE_SIGNS, raw, np.where(emoji, _OUTSIDE_SIGNS, _OUTSIDE_WORDS))]
    _blank_handles(code, of_words[code])
    lengths = np.array([len(wording) + 2 for wording in batch])
    stops = np.cumsum(lengths)
    starts = stops - lengths
    code[starts], code[stops - 1] = _START, _STOP
    before, after = code[:-1], code[1:]
    keep = np.ones(len(code), np.bool_)
    keep[1:] = ((after != before) | of_words[after]) & ((after != _SPACE) | (before != _START))
    kept = np.flatnonzero(keep)
    kept = kept[~_space_before_ending(code[kept], of_words)]
    code = code[kept]
    text = np.repeat(np.arange(len(batch)), lengths)[kept]
    return Letters(len(batch), code.astype(np.uint64), text, kept - starts[text] - 1, of_words[code])


def _space_before_ending(code: NDArray[np.uint16], of_words: _Flags) -> _Flags:
    behind = np.append(code, np.zeros(4, code.dtype))
    one, two, three, four = (behind[n : n + len(code)] for n in (1, 2, 3, 4))
    mark = np.isin(one, [_STOP, *map(ord, ",.!?;:")])
    short = (one == ord("'")) & of_words[two] & ~(of_words[three] & of_words[four])
    denied = (one == ord("n")) & (two == ord("'")) & (three == ord("t"))
    return np.asarray((code == _SPACE) & (mark | short | denied))


@cache
def _alphabet() -> tuple[NDArray[np.uint16], _Flags]:
    """Character → code, and code → whether it is part of words."""
    letters = [chr(number) for number in range(0x10000)]
    of_words = np.array([letter.isalnum() or letter in "_'" for letter in letters])
    code = np.arange(0x10000, dtype=np.uint16)
    code[[letter.isdigit() for letter in letters]] = ord("0")
    code[(code >= 0x2000) & ~of_words] = _SIGN
    code[[letter.isspace() or not letter.isprintable() for letter in letters]] = _SPACE
    code[0], code[ord("…")] = _LINK, ord(".")
    code[_OUTSIDE_SIGNS], code[_OUTSIDE_WORDS] = _SIGN, _OUTSIDE_WORDS
    of_words[_OUTSIDE_WORDS] = True
    return code, of_words


def _blank_handles(code: NDArray[np.uint16], in_word: _Flags) -> None:
    begins = in_word & ~np.append(False, in_word[:-1])
    after_at = begins & np.append(False, code[:-1] == _AT)
    begun = np.maximum.accumulate(np.where(begins, np.arange(len(code)), 0))
    code[in_word & after_at[begun]] = _SPACE
    code[np.append(after_at[1:], False)] = _SPACE


def ngrams(letters: Letters, vocabulary: Vocabulary, buckets: int) -> Iterator[Ngrams]:
    """All n-grams of a batch, one kind and length after the other; none reaches from text to text."""
    here = np.arange(len(letters.code))
    sums, inverse = _sums(letters.code)
    characters = (_mixed((sums[n:] - sums[:-n]) * inverse[: 1 - n]) for n in LENGTHS["character"])
    yield from _within_texts("character", letters, characters, here, here, buckets)
    words, first, last = _words(letters, sums, inverse)
    classes = _classes(words, letters, first, last, vocabulary)
    shapes = _shapes(words, classes, letters.in_word[first], vocabulary)
    for kind, units in (("word", words), ("shape", shapes), ("class", classes)):
        yield from _within_texts(kind, letters, _chained(units, kind), first, last, buckets)
    text = letters.text[first]
    ends = np.cumsum(np.bincount(text, minlength=letters.texts))  # of each text, behind the mark at its stop
    for kind, one in (("opening", np.append(0, ends[:-1]) + 1), ("closing", ends - 2)):
        pairs = _mixed(shapes[one][text] * np.uint64(_BASE) + shapes)
        yield from _within_texts(kind, letters, [pairs], first, last, buckets)
    for sort, units in (("shape", shapes), ("class", classes)):
        yield from _first_words(sort, units, ends, first, last, buckets)


def hashes(words: Iterable[str]) -> Hashes:
    """Of single words, sorted, as a `Vocabulary` needs them."""
    return np.sort(np.array([word_hashes(read([word]))[1] for word in words], np.uint64))


def word_hashes(letters: Letters) -> Hashes:
    """Of each word, mark and punctuation mark, one behind the other, with the two ends of each text."""
    words, _, _ = _words(letters, *_sums(letters.code))
    return words


def _sums(code: Hashes) -> tuple[Hashes, Hashes]:
    """S and the powers of the inverse of B."""
    sums = np.zeros(len(code) + 1, np.uint64)
    np.cumsum(code * _powers(_BASE, len(code)), out=sums[1:])
    return sums, _powers(pow(_BASE, -1, 1 << 64), len(code))


def _words(letters: Letters, sums: Hashes, inverse: Hashes) -> tuple[Hashes, Integers, Integers]:
    """Hash, first and last letter of each word, mark and punctuation mark."""
    inside = letters.in_word
    alone = ~inside & (letters.code != _SPACE)
    first = np.flatnonzero(alone | (inside & ~np.append(False, inside[:-1])))
    last = np.flatnonzero(alone | (inside & ~np.append(inside[1:], False)))
    return _mixed((sums[last + 1] - sums[first]) * inverse[first]), first, last


def _classes(
    words: Hashes, letters: Letters, first: Integers, last: Integers, vocabulary: Vocabulary
) -> Hashes:
    """Of each word the number of its class or else of its ending; of an unknown mark the hash."""
    length = last - first + 1
    in_word = letters.in_word[first]
    classes = np.where(in_word, np.uint64(0), words)
    for number, ending in enumerate(_ENDINGS, 2):
        fits = in_word & (length > len(ending) + 2)
        for back, letter in enumerate(reversed(ending)):
            fits &= letters.code[np.maximum(last - back, 0)] == ord(letter)
        classes[fits & (classes == 0)] = number
    known, place = _among(words, vocabulary.known)
    classes[known] = vocabulary.classes[place[known]] + np.uint64(_FIRST_CLASS)
    return classes


def _shapes(words: Hashes, classes: Hashes, in_word: _Flags, vocabulary: Vocabulary) -> Hashes:
    """Of each frequent word and of each mark the hash, of verbs one number, of others that of the class."""
    shapes = np.where(in_word, classes, words)
    verbs, _ = _among(words, vocabulary.verbs)
    frequent, _ = _among(words, vocabulary.frequent)
    shapes[verbs] = 1
    shapes[frequent] = words[frequent]
    return shapes


def _among(words: Hashes, some: Hashes) -> tuple[_Flags, Integers]:
    """Which of the words are among some sorted ones, and where."""
    if not len(some):
        return np.zeros(len(words), np.bool_), np.zeros(len(words), np.intp)
    places = np.minimum(np.searchsorted(some, words), len(some) - 1)
    return np.asarray(some[places] == words), places


def _chained(words: Hashes, kind: str) -> Iterator[Hashes]:
    """Hashes of runs of 1, 2, 3 … words."""
    chained = words
    for n in LENGTHS[kind]:
        if n > 1:
            chained = _mixed(chained[:-1] * np.uint64(_BASE) + words[n - 1 :])
        yield chained


def _within_texts(
    kind: str,
    letters: Letters,
    hashed: Iterable[Hashes],
    first: Integers,
    last: Integers,
    buckets: int,
) -> Iterator[Ngrams]:
    """N-grams out of the hashes of all runs of units, which reach from letter `first` to `last`."""
    text = letters.text[first]
    units = np.bincount(text, minlength=letters.texts)
    scale = _FACTOR[kind] / np.sqrt(sum(np.maximum(units - n + 1, 0) for n in LENGTHS[kind]))
    for n, of_length in zip(LENGTHS[kind], hashed, strict=True):
        inside = np.flatnonzero(text[: len(of_length)] == text[n - 1 :])
        bucket = _bucket(of_length[inside], kind, n, buckets)
        yield Ngrams(kind, text[inside], bucket, scale, first[inside], last[inside + n - 1])


def _first_words(
    sort: str, units: Hashes, ends: Integers, first: Integers, last: Integers, buckets: int
) -> Iterator[Ngrams]:
    """The first word of each text, the first two … together, and each of them alone with its place."""
    opens = np.append(0, ends[:-1]) + 1
    scale = np.full(len(ends), _FACTOR_OF_FIRST)
    together, alone = f"first by {sort}", f"placed by {sort}"
    for n, run in zip(LENGTHS[together], _chained(units, together), strict=True):
        text = np.flatnonzero(opens + n < ends)  # those of so many words
        begin, stop = opens[text], opens[text] + n - 1
        for kind, hashed, start in ((together, run[begin], begin), (alone, units[stop], stop)):
            yield Ngrams(kind, text, _bucket(hashed, kind, n, buckets), scale, first[start], last[stop])


def _bucket(hashed: Hashes, kind: str, n: int, buckets: int) -> Integers:
    """Where the weights of n-grams lie."""
    salt = np.uint64(16 * sorted(LENGTHS).index(kind) + n)
    return (_mixed(hashed + salt) >> np.uint64(64 - (buckets - 1).bit_length())).astype(np.intp)


def _powers(base: int, size: int) -> Hashes:
    powers = np.full(size, base, np.uint64)
    powers[:1] = 1
    return np.cumprod(powers, dtype=np.uint64)


def _mixed(hashed: Hashes) -> Hashes:
    """Bits spread out: the high ones of a product depend on all of its factors."""
    return (hashed ^ (hashed >> np.uint64(32))) * np.uint64(_BASE)


def word_edges(letters: Letters) -> tuple[Integers, Integers]:
    """Per letter, where an n-gram that begins there opens, and one that ends there closes, in whole words."""
    here = np.arange(len(letters.code))
    seen = (letters.code != _SPACE) & (letters.code != _START) & (letters.code != _STOP)
    begins = seen & ~(letters.in_word & np.append(False, letters.in_word[:-1]))
    ends = seen & ~(letters.in_word & np.append(letters.in_word[1:], False))
    opens = np.maximum.accumulate(np.where(begins, here, 0))
    closes = np.minimum.accumulate(np.where(ends, here, len(here) - 1)[::-1])[::-1]
    opening = np.minimum.accumulate(np.where(seen, opens, len(here) - 1)[::-1])[::-1]
    closing = np.maximum.accumulate(np.where(seen, closes, 0))
    # Marks and spaces without a word before or behind them in their own text get an empty span.
    in_opening, in_closing = letters.text[opening] == letters.text, letters.text[closing] == letters.text
    return (
        np.where(in_opening, letters.at[opening], np.iinfo(np.intp).max),
        np.where(in_closing, letters.at[closing] + 1, 0),
    )
