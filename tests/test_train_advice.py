"""Training: what stands in the same places is of one class; where the threshold lies."""

from __future__ import annotations

from importlib import import_module

import numpy as np
import pytest

from plnmap.acts.ngrams import hashes

# A folder of scripts is no package, so that types cannot be looked up in it.
train_advice = import_module("data.train_advice")

NOUNS = [f"noun{letter}" for letter in "abcdefghijkl"]
VERBS = [f"verb{letter}" for letter in "abcdefghijkl"]


def sentences(n: int) -> list[str]:
    random = np.random.default_rng(1)
    nouns, verbs = random.choice(NOUNS, (n, 2)), random.choice(VERBS, n)
    return [f"the {a} will {verb} my {b}." for (a, b), verb in zip(nouns, verbs, strict=True)]


def test_words_that_stand_in_the_same_places_are_of_one_class(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(train_advice, "CLASSES", 12)
    monkeypatch.setattr(train_advice, "DIMENSIONS", 6)
    known, classes = train_advice.word_classes(sentences(300))
    assert known.tolist() == sorted(known.tolist())
    assert len(known) == len(classes) == len(NOUNS) + len(VERBS) + 6  # the, will, my, the mark, two ends
    of = dict(zip(known.tolist(), classes.tolist(), strict=True))
    nouns, verbs = ({of[int(hashes([word])[0])] for word in words} for words in (NOUNS, VERBS))
    assert not nouns & verbs
    assert len(nouns | verbs) < len(NOUNS + VERBS)
    assert train_advice.word_classes(sentences(300))[1].tolist() == classes.tolist(), (
        "the same texts, the same classes"
    )


def test_only_the_most_frequent_words_get_a_class(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(train_advice, "CLASSES", 3)
    monkeypatch.setattr(train_advice, "DIMENSIONS", 2)
    monkeypatch.setattr(train_advice, "KNOWN", 4)  # the two ends of the texts are in them
    known, _ = train_advice.word_classes(["go on", "go on", "go up", "on go down"])
    assert set(hashes(["go", "on"]).tolist()) < set(known.tolist())
    assert len(known) == 4


def test_what_stands_behind_a_word_counts_by_how_much_likelier_it_is_than_by_chance(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(train_advice, "PLACES", (1,))
    monkeypatch.setattr(train_advice, "NEIGHBOURS", 2)
    # Behind 0 stands 1 twice, behind 1 stands 0 once: chances of the places are 1 and 2^¾ parts.
    chance = np.array([1, 2**0.75]) / (1 + 2**0.75)
    places = train_advice.beside(np.array([0, 1, 0, 1]), 2).toarray()
    assert places == pytest.approx(np.array([[0, np.log(1 / chance[1])], [np.log(1 / chance[0]), 0]]))


def test_places_before_and_behind_are_told_apart_and_what_is_rarer_than_by_chance_is_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(train_advice, "PLACES", (-1, 1))
    monkeypatch.setattr(train_advice, "NEIGHBOURS", 2)
    before, behind = np.hsplit(train_advice.beside(np.array([0, 0, 1, 0, 0, 1, 0, 2, 0]), 3).toarray(), 2)
    assert before[1, 0] > 0
    assert before[1, 1] == behind[1, 1] == 0
    assert behind[2, 0] > 0
    assert (before >= 0).all()
    assert (behind >= 0).all()


@pytest.mark.parametrize(
    ("falling", "threshold"),
    # The mean of five one to four twentieths off the top lies 0.01, 0.04, 0.09 and 0.14 × falling below it.
    [(0.02, 0.2), (0.03, 0.15), (0.2, 0.05), (2.0, 0.0)],
)
def test_of_thresholds_that_score_alike_it_is_the_highest(falling: float, threshold: float) -> None:
    found = train_advice.best_threshold(lambda log_odds: 1 - falling * abs(log_odds))
    assert found == pytest.approx(threshold)
