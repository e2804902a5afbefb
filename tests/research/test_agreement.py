"""Roles against the user's own word: hand-computed agreement, and which answers are taken."""

from __future__ import annotations

import math
from datetime import datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnmap.model import Label, RecallName, RecallRating
from plnmap.report.terminal import as_text
from plnmap.report.validation import render_roles_tested
from plnmap.research.agreement import (
    CLAIMS,
    Agreement,
    RolesTested,
    agreement,
    check_roles,
    cohens_kappa,
    labelled,
    recalled,
)

SAID_AT = datetime.fromisoformat("2024-05-01T12:00:00+00:00")
ME = "twitter:1"


def name(account: str | None, elicited: str = "blind") -> RecallName:
    return RecallName(ME, 1, "somebody", account, None, SAID_AT, elicited)


def rating(account: str, value: int | None, elicited: str | None = "blind") -> RecallRating:
    return RecallRating(ME, 1, account, value, SAID_AT, elicited)


def label(account: str, word: str, elicited: str = "later") -> Label:
    return Label(ME, account, word, SAID_AT, elicited)


def answers(
    both: int, only_told: int, only_found: int, neither: int
) -> tuple[dict[str, bool], dict[str, list[str]]]:
    """People of the four kinds: what the user says, and roles."""
    kinds = [(True, True)] * both + [(True, False)] * only_told
    kinds += [(False, True)] * only_found + [(False, False)] * neither
    told = {str(i): said for i, (said, _) in enumerate(kinds)}
    return told, {str(i): ["mentor?"] for i, (_, shown) in enumerate(kinds) if shown}


def test_agreement_by_hand() -> None:
    # The textbook table: 20 both, 5 and 10 one of the two, 15 neither: κ = (0.7 − 0.5)/(1 − 0.5).
    found = agreement(*answers(20, 5, 10, 15), "mentor")
    assert found[:5] == ("mentor", 50, 25, 30, 20)
    assert found.precision.value == pytest.approx(20 / 30)
    assert found.recall.value == pytest.approx(20 / 25)
    assert found.kappa.value == pytest.approx(0.4)
    # Wilson's interval of 20 of 30.
    assert found.precision[2:4] == pytest.approx((0.4878, 0.8077), abs=1e-4)
    assert found.kappa.n == 50
    assert found.kappa.lo is not None
    assert found.kappa.hi is not None
    # The large-sample error of κ here is 0.127.
    assert found.kappa.lo == pytest.approx(0.4 - 1.96 * 0.127, abs=0.05)
    assert found.kappa.hi == pytest.approx(0.4 + 1.96 * 0.127, abs=0.05)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=5, max_size=60))
def test_kappa_is_that_of_the_definition(pairs: list[tuple[bool, bool]]) -> None:
    n = len(pairs)
    same = sum(a == b for a, b in pairs) / n
    first, second = (sum(pair[side] for pair in pairs) / n for side in (0, 1))
    chance = first * second + (1 - first) * (1 - second)
    cells = [
        sum(pair == kind for pair in pairs)
        for kind in ((True, True), (True, False), (False, True), (False, False))
    ]
    found = float(cohens_kappa(*np.array(cells, dtype=float)))
    if chance == 1:
        assert math.isnan(found)
    else:
        assert found == pytest.approx((same - chance) / (1 - chance))
        assert -1 <= found <= 1 + 1e-12


def test_perfect_agreement_and_its_opposite() -> None:
    assert agreement(*answers(5, 0, 0, 5), "mentor").kappa[1:4] == (1, 1, 1)
    assert agreement(*answers(0, 5, 5, 0), "mentor").kappa[1:3] == (-1, -1)


def test_the_same_answers_give_the_same_interval() -> None:
    cells = answers(8, 3, 2, 9)
    assert agreement(*cells, "mentor") == agreement(*cells, "mentor")
    assert agreement(*cells, "mentor") != agreement(*cells, "mentor", seed=1)


@pytest.mark.parametrize(("people", "status"), [(4, "insufficient"), (5, "value")])
def test_five_answers_are_needed(people: int, status: str) -> None:
    found = agreement(*answers(2, 1, 0, people - 3), "mentor")
    assert {found.precision.status, found.recall.status, found.kappa.status} == {status}
    if status == "insufficient":
        assert found.kappa[4:] == (4, 5, "too few answers")


def test_shares_of_nobody_are_not_numbers() -> None:
    nobody_found = agreement(*answers(0, 3, 0, 4), "mentor")
    assert (nobody_found.precision.status, nobody_found.precision.reason) == (
        "insufficient",
        "the program says it of nobody",
    )
    assert nobody_found.recall.value == 0
    assert nobody_found.kappa.value == 0
    nobody_told = agreement(*answers(0, 0, 3, 4), "mentor")
    assert (nobody_told.recall.status, nobody_told.recall.reason) == ("insufficient", "you say it of nobody")
    assert nobody_told.precision.value == 0
    alike = agreement(*answers(7, 0, 0, 0), "mentor")
    assert (alike.kappa.status, alike.kappa.reason) == ("insufficient", "all answers are alike")


@pytest.mark.parametrize(
    ("roles", "claims"),
    [
        (["mentor"], {"learned_from", "mentoring", "mentor"}),
        (["mentor?"], {"learned_from", "mentoring", "mentor"}),
        (["peer_mentor?"], {"learned_from", "mentoring", "peer"}),
        (["just_in_time_helper?"], {"learned_from"}),
        (["role_model"], {"learned_from"}),
        (["mentee", "broadcaster?", "gone_quiet"], set()),
        ([""], set()),
    ],
)
def test_which_roles_say_what(roles: list[str], claims: set[str]) -> None:
    told = dict.fromkeys("abcde", True)
    said = {claim for claim in CLAIMS if agreement(told, {"a": roles}, claim).found}
    assert said == claims


def test_people_the_user_said_nothing_of_do_not_count() -> None:
    told, found = answers(3, 1, 1, 2)
    assert agreement(told, found | {"stranger": ["mentor"]}, "mentor") == agreement(told, found, "mentor")


def test_named_people_helped_and_rated_ones_from_two_on() -> None:
    names = [name("a"), name(None), name("late", "later")]
    ratings = [rating("a", 0), rating("b", 1), rating("c", 2), rating("d", 3), rating("skipped", None)]
    ratings += [rating("later", 3, "later"), rating("open", None, None)]
    assert recalled(names, ratings, "blind") == {"a": True, "b": False, "c": True, "d": True}
    assert recalled(names, ratings, "later") == {"late": True, "later": True}


def test_labels_about_learning_are_answers_and_others_are_none() -> None:
    labels = [
        label("a", "mentor"),
        label("a", "peer"),
        label("b", "not-mentor"),
        label("c", "friend"),
        label("d", "peer"),
        label("e", "mentor", "blind"),
    ]
    assert labelled(labels, "mentor", "later") == {"a": True, "b": False, "d": False}
    assert labelled(labels, "peer", "later") == {"a": True, "b": False, "d": True}
    assert labelled(labels, "mentor", "blind") == {"e": True}


def test_blind_answers_and_later_ones_are_kept_apart() -> None:
    names = [name("a"), name(None), name(None, "later")]
    found = check_roles({"a": ["mentor"]}, names, [rating("b", 0)], [label("c", "mentor")])
    assert [(each.claim, each.answers, each.both) for each in found.blind] == [
        ("learned_from", 2, 1),
        ("mentoring", 2, 1),
    ]
    assert [(each.claim, each.answers) for each in found.later] == [("mentor", 1), ("peer", 1)]
    assert found.unseen == 1


@pytest.mark.parametrize("word", ["not-mentor", "brand", "work-tie"])
def test_people_whose_role_a_label_decides_are_left_out(word: str) -> None:
    told = [rating(account, 3) for account in "abcde"]
    alone = check_roles({"a": ["mentor"]}, [], told, [])
    assert alone.blind[0].answers == 5
    assert alone.settled == 0
    found = check_roles({"a": ["mentor"]}, [], told, [label("a", word), label("stranger", "brand")])
    assert [(each.answers, each.found) for each in found.blind] == [(4, 0), (4, 0)]
    # Nobody was asked about the stranger, so nobody is missing.
    assert found.settled == 1
    assert check_roles({}, [], told, [label("a", "friend")]).settled == 0


def words(found: RolesTested) -> str:
    return " ".join(as_text(render_roles_tested(found, " --ego @me"), styled=False, width=80).split())


def one(both: int, only_told: int, only_found: int, neither: int, claim: str = "mentoring") -> Agreement:
    told, found = answers(both, only_told, only_found, neither)
    return agreement(told, found, claim)


def test_words_for_agreement() -> None:
    text = words(RolesTested([one(4, 2, 1, 13)], [one(1, 0, 0, 2, "mentor")], unseen=1, settled=2))
    assert "of 20 people you answered for, you say it of 6, the program of 5, both of 4." in text
    assert "Right where it says so: 0.80 [0.38, 0.96]." in text
    assert "Found of those you mean: 0.67 [0.30, 0.90]." in text
    assert "Agreement beyond chance (kappa): 0.63 [" in text
    assert "You also named 1 person whom nothing in this file shows." in text
    assert "What you said later, when you may have been led by what you saw:" in text
    assert "Mentor: too few answers (3 of 5 needed)" in text
    assert "2 people are left out: a label of yours decides their role." in text
    assert "plnmap recall" not in text


def test_words_where_something_cannot_be_told() -> None:
    text = words(RolesTested([one(0, 3, 0, 5)], [], unseen=0, settled=0))
    assert "Right where it says so: cannot be told, the program says it of nobody." in text
    assert "What you said later" not in text
    assert "You also named" not in text
    assert "left out" not in text


def test_without_blind_answers_recall_is_offered() -> None:
    text = words(RolesTested([], [], 0, 0))
    assert "You were not asked before you saw results" in text
    assert "→ plnmap recall --ego @me" in text
