"""N-grams: what a text is counted by before the model weighs it."""

from __future__ import annotations

import re

import numpy as np
import pytest

from plnmap.acts.linear import counts
from plnmap.acts.ngrams import LENGTHS, Vocabulary, ngrams, read
from plnmap.acts.rules import visible
from tests.acts_vocabulary import BUCKETS, VOCABULARY, vocabulary


def spelled(text: str) -> dict[str, list[str]]:
    """Oracle: the n-grams of characters and of words of one text, one by one."""
    line = re.sub(r"@\w+", " ", text.lower())
    line = re.sub(r"([^\w'\s])\1+", r"\1", re.sub(r"\s+", " ", re.sub(r"\d", "0", line)))
    letters = ["^", *line.lstrip(" "), "$"]
    words = ["^", *re.findall(r"[\w']+|[^\w'\s]", line), "$"]
    return {
        kind: [" ".join(units[at : at + n]) for n in LENGTHS[kind] for at in range(len(units) - n + 1)]
        for kind, units in (("character", letters), ("word", words))
    }


@pytest.mark.parametrize(
    "text", ["try it", "You  should try the 2nd kiln!!!", "@ada don't go, ok?", "a", "@ada", "é à 12"]
)
def test_every_run_of_letters_and_words_is_one_ngram(text: str) -> None:
    grams = list(ngrams(read([visible(text)]), VOCABULARY, BUCKETS))
    for kind, expected in spelled(text).items():
        found = np.concatenate([part.bucket for part in grams if part.kind == kind])
        assert len(found) == len(expected)
        assert len(set(found.tolist())) <= len(set(expected))
        same = dict(zip(expected, found.tolist(), strict=True))
        assert [same[gram] for gram in expected] == found.tolist(), "the same n-gram has the same hash"


@pytest.mark.parametrize(
    ("torn", "whole"),
    [
        ("do n't go , ok ?", "don't go, ok?"),
        ("I 'd ask , they 'll know .", "I'd ask, they'll know."),
        ("  go !  ", "go!"),
    ],
)
def test_words_that_a_corpus_tore_apart_are_whole_again(torn: str, whole: str) -> None:
    rows = counts([visible(torn), visible(whole)], VOCABULARY, BUCKETS).toarray()
    assert np.array_equal(rows[0], rows[1])


def test_a_quotation_and_the_next_word_stay_apart() -> None:
    rows = counts(["said 'hello' now", "said'hello' now"], VOCABULARY, BUCKETS).toarray()
    assert not np.array_equal(rows[0], rows[1])


def buckets(kind: str, text: str, vocabulary: Vocabulary = VOCABULARY) -> list[int]:
    grams = ngrams(read([text]), vocabulary, BUCKETS)
    return [bucket for part in grams if part.kind == kind for bucket in part.bucket.tolist()]


def test_shapes_keep_frequent_words_and_forget_the_others_but_for_their_class_or_ending() -> None:
    def shapes(text: str) -> list[int]:
        return buckets("shape", text)

    assert shapes("you should try the shed") == shapes("you should go the barn")
    assert shapes("you should try the shed") != shapes("you should try the kiln")
    assert shapes("you should try the kiln") == shapes("you should go the kettle")
    assert shapes("you should try") != shapes("the should try")
    assert shapes("walking") == shapes("talking") != shapes("walked")
    assert shapes("sing") != shapes("walking"), "the ending of a short word is no ending"
    assert shapes("try!") != shapes("try?")
    assert shapes("try!") != shapes("try."), "a mark is its own shape"


def test_classes_forget_even_frequent_words_and_know_endings_where_they_know_no_class() -> None:
    def classes(text: str) -> list[int]:
        return buckets("class", text)

    assert classes("try the kiln") == classes("ask the kettle")
    assert classes("the kiln") != classes("the shed")
    assert classes("you") == classes("shed") != classes("the")
    assert classes("gladly") == classes("sadly") != classes("rarely"), "a class goes before an ending"
    assert classes("go!") == classes("go.") != classes("go?"), "a mark without a class is itself"
    none = vocabulary({})
    assert buckets("class", "the kiln", none) == buckets("class", "you shed", none)


@pytest.mark.parametrize(
    ("kind", "text", "same_end"),
    [("opening", "should the you", "should you the"), ("closing", "the you should", "you the should")],
)
def test_openings_and_closings_hold_each_word_against_the_one_at_that_end(
    kind: str, text: str, same_end: str
) -> None:
    found = buckets(kind, text)
    assert len(set(found)) == len(found) == 5, "three words and two ends"
    assert set(found) == set(buckets(kind, same_end)), "between the ends there is no order"
    assert not set(found) & set(buckets(kind, "you should the")), "another word stands at that end"


@pytest.mark.parametrize("sort", ["shape", "class"])
def test_first_words_count_together_and_each_with_its_place(sort: str) -> None:
    together, alone = f"first by {sort}", f"placed by {sort}"
    text, swapped = buckets(together, "the kiln rarely . don't"), buckets(together, "the rarely kiln . don't")
    assert len(set(text)) == 4, "the fifth word is no longer a first one"
    assert [a == b for a, b in zip(text, swapped, strict=True)] == [True, False, False, False]
    text, swapped = buckets(alone, "the kiln rarely . don't"), buckets(alone, "the rarely kiln . don't")
    assert [a == b for a, b in zip(text, swapped, strict=True)] == [True, False, False, True]
    assert len(set(buckets(alone, "the the the the the"))) == 4, "a word is another one in another place"
    assert len(buckets(together, "the kiln")) == len(buckets(alone, "the kiln")) == 2, (
        "a mark of an end is no word"
    )
    assert buckets(together, "") == buckets(alone, "") == []


def test_first_words_say_as_much_in_a_long_text_as_in_a_short_one() -> None:
    short, long = (
        {part.kind: part.scale.tolist() for part in ngrams(read([text]), VOCABULARY, BUCKETS)}
        for text in ("try the kiln", "try the kiln" + " the shed" * 50)
    )
    for kind in LENGTHS:
        assert (short[kind] == long[kind]) == kind.startswith(("first", "placed")), kind
