"""Every rule of a pack fires on its example and not without what it needs; what a pack is."""

from __future__ import annotations

import runpy
from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest

from benchmarks.written import put
from plnmap.acts import ENGLISH, PACKS, RELIABILITY, language_covered, tag
from plnmap.acts.rules import CONDITIONS, Rule, pack
from plnmap.model import Act
from tests.acts_texts import LINK, assert_no_word_is_cut, english, meeting

LACKING: dict[str, dict[str, Any]] = {
    "reply": {"is_reply": False},
    "addressed": {"is_reply": False, "n_handles": 0},
    "three_handles": {"n_handles": 2},
    "foreign_link": {"author_own_domains": frozenset({"birds.example"})},
    "no_headline": {"is_reply": False, "n_handles": 0, "links": [LINK]},
    "to_all": {"is_reply": True},
    "parent_asks": {"parent_text": "Good morning!"},
    "parent_asks_for_help": {"parent_text": "Good morning! How are you?"},
    "parent_offers": {"parent_answers_author": False},
}
"""For every condition, what makes it fail."""


def rules(hits: Iterable[Act]) -> set[str]:
    return {hit.rule for hit in hits}


# -- every rule -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.id) for rule in ENGLISH.rules])
def test_every_rule_fires_on_its_example_and_not_without_what_it_needs(rule: Rule) -> None:
    text = english(rule.example, **meeting(rule.needs))
    assert f"en.{rule.id}" in rules(tag([text]))
    for need in rule.needs:
        lacking = LACKING[need]
        assert f"en.{rule.id}" not in rules(tag([text._replace(**lacking)])), need


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.id) for rule in ENGLISH.rules])
def test_letters_put_in_anywhere_never_leave_half_a_word_as_evidence(rule: Rule) -> None:
    texts = {
        f"twitter:{at}{letters}": rule.example[:at] + letters + rule.example[at:]
        for at in range(len(rule.example) + 1)
        for letters in ("s", "zz", "é", "7", "_")
    }
    known = meeting(rule.needs)
    hits = tag([english(text, post=post, **known) for post, text in texts.items()])
    for post, of_post in groupby(hits, attrgetter("post")):
        assert_no_word_is_cut(texts[post], of_post)


def test_other_and_unknown_languages_yield_nothing() -> None:
    thanks = english("Thanks for the tip")
    assert tag([thanks._replace(lang="en-GB")])
    for lang in ("de", "und", "", None, "enx"):
        assert tag([thanks._replace(lang=lang)]) == []
        assert not language_covered(lang)


def test_an_empty_text_and_no_texts_yield_nothing() -> None:
    assert tag([]) == tag([english("")]) == tag([english("😀 😀")]) == []


# -- packs ------------------------------------------------------------------------------------------------


def test_a_version_is_stable_and_changes_with_the_rules() -> None:
    rule = Rule("gratitude.merci", "gratitude", r"\bmerci\b", 0.9, "Merci !", object="unknown")
    same = pack("fr", [rule], {}).version
    assert pack("fr", [rule._replace()], {}).version == same
    assert pack("fr", [rule._replace(score=0.8)], {}).version != same
    assert pack("fr", [rule], {"gratitude": "merci"}).version != same
    assert pack("de", [rule], {}).version != same


@pytest.mark.parametrize(
    ("table", "cues", "complaint"),
    [
        (2, {}, "share an id"),
        (1, {"uptake": "x"}, "cues for nothing: uptake"),
        (0, {}, "unknown conditions: moonlight"),
    ],
)
def test_a_wrong_table_is_refused(table: int, cues: dict[str, str], complaint: str) -> None:
    rule = Rule("gratitude.merci", "gratitude", "merci", 0.9, "Merci !")
    odd = rule._replace(needs=("moonlight",))
    with pytest.raises(ValueError, match=complaint):
        pack("fr", [rule] * table or [odd], cues)


def test_rule_ids_conditions_and_figures_are_in_order() -> None:
    assert PACKS["en"] is ENGLISH
    assert all(rule.id.startswith(f"{rule.act}.") for rule in ENGLISH.rules)
    assert set(CONDITIONS) <= {need for rule in ENGLISH.rules for need in rule.needs}
    assert all(0 <= figures.false_positive_rate < figures.recall <= 1 for figures in RELIABILITY.values())
    assert all(figures.recall - figures.false_positive_rate >= 0.1 for figures in RELIABILITY.values())


def test_the_page_shows_the_rules_as_they_are() -> None:
    root = Path(__file__).parents[1]
    script = runpy.run_path(str(root / "benchmarks" / "acts.py"))
    page = (root / "docs" / "acts.md").read_text(encoding="utf-8")
    assert put(page, "rules", script["render_rules"]()) == page
