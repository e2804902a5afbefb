"""Looking for cues before searching: what a pattern needs, how it begins, and where it may be."""

from __future__ import annotations

import re
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnmap.acts import ENGLISH, Rule
from plnmap.acts.expression import UNKNOWN, parts
from plnmap.acts.needed import COMMON, SETS, needed
from plnmap.acts.openings import FIRST, openings
from plnmap.acts.rules import visible
from plnmap.acts.screen import LONGEST, begun, found, letters, screen
from plnmap.acts.ways import ways


def plain(text: str) -> str:
    """As cues see it: white space is a space, with one on either side."""
    return f" {re.sub(chr(92) + 's', ' ', text)} "


ways_of = cache(ways)


def sets(pattern: str) -> list[set[str]]:
    return [set(strings) for strings in needed(parts(pattern))]


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
        ("pleas(?:e|es) help[^.]{0,9}", [{"please"}, {" help"}]),
        (r"try\b.{0,9}salt", [{"salt"}, {"try"}]),
        ("than+x", [{"than"}]),
        ("[ct]ab", [{"cab", "tab"}]),
        (r"^dear\b", [{" dear"}]),
        (r"bye$", [{"bye "}]),
        # A beginning or an end that stands twice is the same one.
        ("^(?:^dear)", [{" dear"}]),
        (r"bye$\Z", [{"bye "}]),
        ("^^", []),
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
        ("thanks for", {"thanks"}),
        ("(?:very )?useful|(?:a|the) tip", {"very u", "useful", "a tip", "the ti"}),
        (r"(?:so ){0,2}hot", {"hot", "so hot", "so so "}),
        (r"(?:so ){2,4}hot", {"so so "}),
        ("o{3,}h*", {"ooo"}),
        ("[ct]ab", {"cab", "tab"}),
        (r"thx[\s,:]you", {"thx yo", "thx,yo", "thx:yo"}),
        (r"(?<!\S)ta\b", {"ta"}),
        (r"(?=lovely)l\w", {"l"}),
        ("a|ab", {"a"}),
        (r"^\W{0,2}@\w", {FIRST}),
        (r"(?:^|, )so", {FIRST, ", so"}),
        # Where one branch may begin with anything, so may all.
        (r"\w{2}|so", None),
        ("(?:so)?", None),
        (r"[a-z]o", None),
        (r"(?i:so)", None),
        ("", None),
    ],
)
def test_how_a_match_begins(pattern: str, expected: set[str] | None) -> None:
    assert openings(parts(pattern)) == expected


HEX = "0123456789abcdef"


def test_of_too_many_beginnings_none_is_followed_further() -> None:
    digits = f"(?:{'|'.join(HEX)})"
    assert set(openings(parts(f"{digits}{digits}z")) or ()) == {f"{one}{two}z" for one in HEX for two in HEX}
    assert set(openings(parts(digits * 4)) or ()) == {one + two for one in HEX for two in HEX}


@pytest.mark.parametrize("pattern", [r"(?i)thanks", r"(a)\1", r"(?(1)a|b)", r"\u2026x"])
def test_of_what_is_not_read_nothing_is_told(pattern: str) -> None:
    assert parts(pattern) == (UNKNOWN,)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        # A beginning that is rare tells enough.
        ("thanks.{0,9}tip", [([], {"thanks"})]),
        (r"(?<!\w)(?:my.{0,9}idea|thanks)!?", [([], {"thanks"}), ([{"idea"}], {"my"})]),
        (r"\b(?:my.{0,9}idea|a.{0,9}(?:tip|clue))", [([{"idea"}], {"my"}), ([{"tip", "clue"}], {"a"})]),
        # What needs nothing is one way, wherever it stands in the list.
        ("thanks|my.{0,9}idea|cheers", [([], {"thanks", "cheers"}), ([{"idea"}], {"my"})]),
        (r"\w{3,9}|\d{3,9}", [([], None)]),
        (r"\w{1,9} (?:tip.{0,9}link|hint)", [([{" tip"}, {"link"}], None), ([{" hint"}], None)]),
        (r"\w{3,9}|thanks", [([], None), ([], {"thanks"})]),
    ],
)
def test_each_alternative_says_what_it_needs_and_how_it_begins(
    pattern: str, expected: list[tuple[list[set[str]], set[str] | None]]
) -> None:
    told = [(sorted(map(sorted, way.needs)), way.openings and sorted(way.openings)) for way in ways(pattern)]
    wanted = [(sorted(map(sorted, needs)), begin and sorted(begin)) for needs, begin in expected]
    assert sorted(told, key=repr) == sorted(wanted, key=repr)


def test_strings_that_are_named_are_always_needed() -> None:
    (way,) = ways("thanks|tip", [frozenset({"a", "b"})])
    assert way.needs[0] == {"a", "b"}


_WORDS = "thanks for the tip that worked should try you i'd via @ada ? . , ' ta thx if great post ı"
PIECES = st.sampled_from([*_WORDS.split(), "\n"])


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.id) for rule in ENGLISH.rules])
def test_the_example_of_every_rule_is_in_one_of_its_ways(rule: Rule) -> None:
    assert in_one_of_its_ways(rule.pattern, visible(rule.example))


@given(st.lists(PIECES, max_size=12).map(" ".join))
def test_whatever_matches_is_in_one_of_its_ways(text: str) -> None:
    for rule in ENGLISH.rules:
        assert in_one_of_its_ways(rule.pattern, text), rule.id


def in_one_of_its_ways(pattern: str, text: str) -> bool:
    match = re.search(pattern, text)
    return match is None or any(
        all(any(string in plain(text) for string in strings) for strings in way.needs)
        and (way.openings is None or any(begins(text, match.start(), string) for string in way.openings))
        for way in ways_of(pattern)
    )


def begins(text: str, at: int, string: str) -> bool:
    return at == 0 if string == FIRST else plain(text)[at + 1 :].startswith(string)


LITERALS = st.sampled_from(
    ["a", "b", "ab", "a b", r"\s", r"\?", "[ab]", "[^a]", r"\w", "^", "$", r"\b", r"(?<!\S)"]
)
PATTERNS = st.recursive(
    LITERALS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map("".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda branches: f"(?:{'|'.join(branches)})"),
        st.tuples(inner, st.sampled_from(["?", "*", "+", "{0,2}", "{2}", "{1,3}?", "{1,}"])).map(
            lambda pair: f"(?:{pair[0]}){pair[1]}"
        ),
        st.tuples(
            st.sampled_from(["?=", "?!", "?<=", "?>", "?:", ""]), st.sampled_from(["a", "ab", "[ab]"])
        ).map(lambda pair: f"({pair[0]}{pair[1]})"),
    ),
    max_leaves=6,
)


@given(PATTERNS, st.text("ab ?\n", max_size=8))
def test_of_any_expression_whatever_matches_is_in_one_of_its_ways(pattern: str, text: str) -> None:
    assert in_one_of_its_ways(pattern, text)


@given(
    st.lists(st.lists(st.text("ab @é–", min_size=1, max_size=9), max_size=4), min_size=1, max_size=70),
    st.lists(st.text("ab @é–\n\u2003", max_size=12), min_size=1, max_size=6),
)
def test_no_cue_is_missed(cues: list[list[str]], texts: list[str]) -> None:
    seen = found(screen(cues), letters(texts))
    everywhere = np.ones((len(cues), len(texts)), np.bool_)
    places = set(
        zip(*(column.tolist() for column in begun(screen(cues), letters(texts), everywhere)), strict=True)
    )
    for number, of_set in enumerate(cues):
        for at, text in enumerate(texts):
            assert seen[number, at] or not any(cue in plain(text) for cue in of_set)
            for place in range(len(text)):
                edge = re.compile(r"(?!(?<=\w)\w)").match(text, place)
                if edge and any(begins(text, place, cue[:LONGEST]) for cue in of_set):
                    assert (number, at, place) in places


def test_cues_are_told_apart_and_none_reaches_over_two_texts() -> None:
    made = screen([["thanks"], ["tip"], [" x"], ["recommendation"], ["s tip"]])
    texts = letters(["thanks", "tip", "x thanks", "", "recommending"])
    seen = found(made, texts)
    assert [np.flatnonzero(of_set).tolist() for of_set in seen] == [[0, 2], [1], [2], [4], []]
    assert len("recomm") == LONGEST, "of longer cues the beginning counts"


def test_a_cue_begins_where_no_word_is_cut_and_where_it_may() -> None:
    made = screen([["tip"], ["@"]])
    texts = letters(["tip tiptip a-tip", "@tip @", ""])
    may = np.array([[True, False, True], [True, True, True]])
    places = sorted(zip(*(column.tolist() for column in begun(made, texts, may)), strict=True))
    assert places == [(0, 0, 0), (0, 0, 4), (0, 0, 13), (1, 1, 0), (1, 1, 5)]
