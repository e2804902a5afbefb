"""Sentences filled in, and typed as people type."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnmap.research.simulator.noise import Habits, as_typed
from plnmap.research.simulator.texts import FIELDS, TAIL_CHANCE, Order, templates, write

CAREFUL = Habits(lower=0.0, emoji=0.0, typo=0.0)
NEVER = [0.999] * 10
CHANCES = st.lists(st.floats(0, 1, exclude_max=True), min_size=10, max_size=10)
WORDS = st.text(st.sampled_from("abcDEF'@#:/. {}"), min_size=1, max_size=60).filter(str.strip)


def with_draws(**places: float) -> list[float]:
    names = ("contract", "apostrophe", "exclaim", "lower", "emoji", "which", "typo", "where", "how", "spare")
    return [places.get(name, 0.999) for name in names]


def test_a_careful_writer_changes_nothing() -> None:
    assert as_typed("Do not ask @Ada about #RStats", CAREFUL, NEVER) == "Do not ask @Ada about #RStats"


@pytest.mark.parametrize(
    ("text", "draws", "habits", "typed"),
    [
        ("I am sure you know", {"contract": 0.0}, CAREFUL, "I'm sure you know"),
        ("I'm sure it is", {"contract": 0.29}, CAREFUL, "I am sure it is"),
        ("I'm sure", {"contract": 0.3}, CAREFUL, "I'm sure"),
        ("It is yours, with love", {"contract": 0.0}, CAREFUL, "it's yours, with love"),
        ("don't, it's mine", {"apostrophe": 0.0}, CAREFUL, "dont, its mine"),
        ("Well Done @Ada http://A.example/B #Tag", {"lower": 0.4}, Habits(0.5, 0, 0),
         "well done @Ada http://A.example/B #Tag"),
        ("Well Done", {"lower": 0.5}, Habits(0.5, 0, 0), "Well Done"),
        ("well done", {"exclaim": 0.0}, CAREFUL, "well done!"),
        ("well done?", {"exclaim": 0.0}, CAREFUL, "well done?"),
        ("see #done", {"exclaim": 0.0}, CAREFUL, "see #done"),
        ("well done", {"emoji": 0.1, "which": 0.0}, Habits(0, 0.2, 0), "well done 😀"),
        ("a bad word", {"typo": 0.0, "where": 0.0, "how": 0.0}, Habits(0, 0, 1), "a bad wrod"),
        ("a bad word", {"typo": 0.0, "where": 0.0, "how": 0.3}, Habits(0, 0, 1), "a bad wrd"),
        ("a bad word", {"typo": 0.0, "where": 0.0, "how": 0.6}, Habits(0, 0, 1), "a bad woord"),
        ("a bad word", {"typo": 0.0, "where": 0.0, "how": 0.9}, Habits(0, 0, 1), "a bad wprd"),
        ("a bad cat", {"typo": 0.0, "where": 0.0, "how": 0.0}, Habits(0, 0, 1), "a bad cat"),
    ],
)  # fmt: skip
def test_each_way_of_typing(text: str, draws: dict[str, float], habits: Habits, typed: str) -> None:
    assert as_typed(text, habits, with_draws(**draws)) == typed


@given(WORDS, CHANCES, st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_any_text_can_be_typed_and_names_stay(
    text: str, draws: list[float], lower: float, emoji: float, typo: float
) -> None:
    typed = as_typed(f"{text} @Ada_B #Tag9 https://a.example/X", Habits(lower, emoji, typo), draws)
    assert all(fixed in typed.split(" ") for fixed in ("@Ada_B", "#Tag9", "https://a.example/X"))


def orders(act: str, number: int, field: int = 0) -> list[Order]:
    return [Order(act, field, "own_name", "third_name", CAREFUL)] * number


def test_the_same_draws_give_the_same_words() -> None:
    one, two = (write(orders("advice", 50), np.random.default_rng(5)) for _ in range(2))
    assert one == two
    assert len({written.text for written in one}) > 25


@pytest.mark.parametrize("field", range(len(FIELDS)))
def test_every_sentence_of_the_bank_comes_out_filled(field: int) -> None:
    every = [written.text for act in ("help_thanks", "resource", "credit") for written in write(
        orders(act, 400, field), np.random.default_rng(1)
    )]  # fmt: skip
    assert not [text for text in every if re.search(r"[{}]", text)]


def test_links_and_hashtags_are_those_of_the_text() -> None:
    for written in write(orders("promotion", 200), np.random.default_rng(2)):
        assert written.links == re.findall(r"https://\S+", written.text)
        assert all(link.startswith("https://own_name.example/") for link in written.links)
    tagged = write(orders("tip", 200), np.random.default_rng(2))
    assert any(written.hashtags for written in tagged)
    assert all(tag == tag.lower() for written in tagged for tag in written.hashtags)


def test_what_is_handed_on_mostly_lies_elsewhere() -> None:
    links = [
        link
        for written in write(orders("resource", 2_000), np.random.default_rng(3))
        for link in written.links
    ]
    own = sum("own_name" in link for link in links) / len(links)
    assert own == pytest.approx(0.15, abs=0.03)


def test_who_is_named_is_the_one_meant() -> None:
    assert all(
        "@third_name" in written.text for written in write(orders("credit", 100), np.random.default_rng(4))
    )


def test_one_post_in_five_has_a_second_sentence() -> None:
    first = tuple(line for line in templates("praise") if "{" not in line)
    written = write(orders("praise", 3_000), np.random.default_rng(6))
    plain = sum(any(each.text.startswith(f"{line}. ") for line in first) for each in written)
    without = sum(any(each.text.rstrip("!") == line.rstrip("!") for line in first) for each in written)
    assert plain / (plain + without) == pytest.approx(TAIL_CHANCE, abs=0.05)
