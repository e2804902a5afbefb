"""Looking for cues before searching: what a pattern needs, and where it may be."""

from __future__ import annotations

import re
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnmap.acts import ENGLISH, needed
from plnmap.acts.needed import COMMON, SETS
from plnmap.acts.rules import visible
from plnmap.acts.screen import LONGEST, candidates, found, screen


def plain(text: str) -> str:
    """As cues see it: white space is a space, with one on either side."""
    return f" {re.sub(chr(92) + 's', ' ', text)} "


needed_by_way = cache(needed.needed_by_way)


def sets(pattern: str) -> list[set[str]]:
    return [set(strings) for strings in needed.needed(pattern)]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("thanks", [{"thanks"}]),
        ("a tip|advice", [{"a tip", "advice"}]),
        (r"thx\sfor", [{"thx fo"}]),
        ("recommended", [{"recomm"}, {"ended"}]),
        ("tips?", [{"tip"}]),
        ("(?:good|great) find", [{"good f", "great "}, {"ind"}]),
        ("(?:very )?useful", [{"useful", "very u"}]),
        ("pleas(?:e|es) help[^.]{0,9}", [{"please"}, {" help", "s help"}]),
        (r"try\b.{0,9}salt", [{"salt"}, {"try"}]),
        ("than+x", [{"than"}]),
        ("[ct]ab", [{"cab", "tab"}]),
        (r"^dear\b", [{" dear"}]),
        (r"bye$", [{"bye "}]),
        (r"(?<!\S)ta\b", [{" ta"}]),
        (r"(?=lovely)\w{3,9}", [{"lovely"}]),
        ("Merci", [{"merci"}]),
        # Nothing is needed where one branch needs nothing, or all may be left out.
        (r"thanks|\w{5}", []),
        ("(?:thanks)?", []),
        ("(?:thanks){0,3}", []),
        (r"\w{3,9}", []),
        ("[^a]", []),
        (r"(?!thanks)\w{1,9}", []),
        ("", []),
    ],
)
def test_what_a_pattern_needs(pattern: str, expected: list[set[str]]) -> None:
    assert sorted(map(sorted, sets(pattern))) == sorted(map(sorted, expected))


def test_the_most_telling_sets_come_first_and_few_are_kept() -> None:
    pattern = r"a.b.cd.\bef.ghi.jklm.nopqrs"
    assert sets(pattern) == [{"nopqrs"}, {"jklm"}, {"ghi"}]
    assert len(sets(pattern)) == SETS
    assert sets("(?:a|b|c).thanks") == [{"thanks"}], f"one in {COMMON:.0%} of texts tells nothing"


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("thanks", [[{"thanks"}]]),
        (r"(?<!\w)(?:tip.{0,9}link|my.{0,9}idea)!?", [[{"tip"}, {"link"}], [{"my"}, {"idea"}]]),
        # What needs one set each is one set, wherever it stands in the list.
        (r"\b(?:advice|tip.{0,9}link|(?:hint|clue))", [[{"tip"}, {"link"}], [{"advice", "hint", "clue"}]]),
        (r"a (?:\w{1,9}|tip.{0,9}link)", [[{"a "}], [{"a tip"}, {"link"}]]),
        (r"\w{3,9}|thanks", [[], [{"thanks"}]]),
    ],
)
def test_each_alternative_says_what_it_needs(pattern: str, expected: list[list[set[str]]]) -> None:
    found_ways = [[set(strings) for strings in way] for way in needed.needed_by_way(pattern)]
    for way in expected:
        assert any(sorted(map(sorted, way)) == sorted(map(sorted, each)) for each in found_ways), found_ways
    assert len(found_ways) == len(expected)


def test_without_the_parser_nothing_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(needed, "_parse", lambda pattern: ())
    assert needed.needed("thanks") == [] and needed.needed_by_way("thanks") == [[]]


_WORDS = "thanks for the tip that worked should try you i'd via @ada ? . , ' ta thx if great post ı"
PIECES = st.sampled_from([*_WORDS.split(), "\n"])


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.id) for rule in ENGLISH.rules])
def test_the_example_of_every_rule_has_what_its_pattern_needs(rule: object) -> None:
    pattern, example = rule.pattern, visible(rule.example)  # type: ignore[attr-defined]
    assert all(any(string in plain(example) for string in strings) for strings in sets(pattern))


@given(st.lists(PIECES, max_size=12).map(" ".join))
def test_whatever_matches_has_what_is_needed(text: str) -> None:
    for rule in ENGLISH.rules:
        if re.search(rule.pattern, text):
            for strings in sets(rule.pattern):
                assert any(string in plain(text) for string in strings), rule.id
            ways = needed_by_way(rule.pattern)
            assert any(all(any(s in plain(text) for s in strings) for strings in way) for way in ways), (
                rule.id
            )


@given(
    st.lists(st.lists(st.text("ab @é–", min_size=1, max_size=9), max_size=4), min_size=1, max_size=70),
    st.lists(st.text("ab @é–\n", max_size=12), min_size=1, max_size=6),
)
def test_no_cue_is_missed(cues: list[list[str]], texts: list[str]) -> None:
    seen = found(screen(cues), texts)
    for number, of_set in enumerate(cues):
        (there,) = candidates(seen, [[number]])
        for at, text in enumerate(texts):
            if any(cue in plain(text) for cue in of_set):
                assert at in there


def test_cues_are_told_apart_and_none_reaches_over_two_texts() -> None:
    made = screen([["thanks"], ["tip"], [" x"], ["recommendation"], ["s tip"]])
    seen = found(made, ["thanks", "tip", "x thanks", "", "recommending"])
    assert candidates(seen, [[number] for number in range(5)]) == [[0, 2], [1], [2], [4], []]
    assert len("recomm") == LONGEST, "of longer cues the beginning counts"
    assert candidates(seen, [[0, 2]]) == [[2]]
    assert candidates(seen, [[]]) == [[0, 1, 2, 3, 4]]
