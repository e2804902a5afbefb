"""What holds of any text, and what no text may do to the rules."""

from __future__ import annotations

import random
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plnmap.acts import ENGLISH, Text, engine, tag
from plnmap.acts.rules import LOOK_AT, visible
from plnmap.acts.ways import Way
from tests.acts_texts import LINK, answer, assert_no_word_is_cut, seconds

WORDS = st.sampled_from([
    "thanks", "thx", "ta", "for", "the", "tip", "link", "RT", "advice", "?", ".", ",", "@ada", "you",
    "should", "try", "İ", "“", "”", '"', "https://a.example", "that", "worked", "i'll", "check", "via",
    "how", "do", "no", "anyone", "might", "like", "could use", "thanksgiving", "@", "’", "\n", "😀",
    "grateful", "appreciated", "cheers",
])  # fmt: skip
TEXTS = st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join))


def known(text: str) -> Text:
    return answer(text, links=[LINK], parent_text="Any ideas?")


@given(TEXTS)
def test_spans_lie_in_the_text_and_one_row_stands_per_act_and_rule(text: str) -> None:
    hits = tag([known(text)])
    for hit in hits:
        assert hit.start is not None
        assert hit.stop is not None
        assert 0 <= hit.start < hit.stop <= len(text)
        assert 0 < hit.score <= 1
    assert len({(hit.act, hit.rule) for hit in hits}) == len(hits)
    assert_no_word_is_cut(text, hits)


def test_what_stands_before_the_words_is_not_part_of_the_evidence() -> None:
    text = "@ada thanks! but you could ask at the library"
    (hit,) = (hit for hit in tag([answer(text)]) if hit.act == "advice")
    assert text[hit.start : hit.stop] == "you could ask"


@given(TEXTS)
def test_what_is_visible_keeps_every_position(text: str) -> None:
    seen = visible(text)
    assert len(seen) == min(len(text), LOOK_AT)
    assert all(
        shown in (" ", "\0", "'")
        or shown == letter
        or shown == letter.lower()
        or (shown == "_" and letter in "@.-")
        for shown, letter in zip(seen, text, strict=False)
    )


@given(st.lists(TEXTS, max_size=6), st.randoms(use_true_random=False))
def test_texts_are_judged_one_by_one(texts: list[str], random: random.Random) -> None:
    posts = [known(text)._replace(post=f"twitter:{number}") for number, text in enumerate(texts)]
    assert tag(posts) == [hit for post in posts for hit in tag([post])]
    assert sorted(tag(posts[::-1]), key=repr) == sorted(tag(posts), key=repr)


with patch.object(engine, "ways", return_value=[Way((), None)]):
    TRIES_EVERYTHING = engine.engine("en", ENGLISH.rules, {})


@settings(max_examples=20)  # to try everything takes its time
@given(st.lists(TEXTS, max_size=5))
def test_looking_for_cues_first_saves_time_and_changes_nothing(texts: list[str]) -> None:
    posts = [known(text) for text in texts]
    assert ENGLISH.tag(posts) == engine.tag(TRIES_EVERYTHING, posts)


def test_spans_point_at_the_words_in_the_original() -> None:
    text = "İİ @Ada Thank you for the TIP!"  # lower case makes two letters of each İ
    (hit,) = (hit for hit in tag([answer(text)]) if hit.act == "gratitude")
    assert text[hit.start : hit.stop] == "Thank you for the TIP"


# -- hostile texts ----------------------------------------------------------------------------------------

HOSTILE = [
    "thanks ",
    "thanks for ",
    "for thanks 4 ",
    "@a ",
    "@support ",
    "you should ",
    "i'll will ",
    "? ",
    "?thanks",
    "is ",
    "“",
    '"',
    "«",
    "RT @a ",
    "https://",
    "- - ",
    " ",
    "a",
    "ah oh ",
    "\n",
    "could would ",
    "thank you so ",
    "your tip ",
    "as you said worked ",
    "without you ",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_text_costs_more_than_a_long_post(piece: str) -> None:
    text = known(piece * (LOOK_AT // len(piece) + 1))
    assert seconds(text) < 2, "a rule goes over the text again and again"


def test_of_a_huge_text_only_the_beginning_is_looked_at() -> None:
    huge = known("x" * LOOK_AT + " thanks for the tip" * 500_000)
    assert tag([huge]) == []
    assert seconds(huge) < 2
