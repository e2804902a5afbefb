"""`people`: whom a count counts, and roles by either of their names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from plnmap.analysis.overview import Overview
from plnmap.analysis.summary import has_role
from plnmap.cli import run
from plnmap.commands.looking import ROLES, SCREEN_ROLES, _Role
from plnmap.errors import UsageError
from plnmap.report.people import _who_they_are
from plnmap.report.report import ROLE_WORDS


def meant(word: str) -> str:
    """The role that a word on the command line stands for."""
    (role,) = _Role(ROLES).convert(word, None, None)
    return str(role)


@pytest.mark.parametrize(
    ("word", "role"),
    [
        ("just_in_time_helper", "just_in_time_helper"),
        ("quick helper", "just_in_time_helper"),
        ("quick_helper", "just_in_time_helper"),
        ("Quick-Helper?", "just_in_time_helper"),
        ("peer mentor?", "peer_mentor"),
        ("MENTOR", "mentor"),
        ("gone quiet", "gone_quiet"),
    ],
)
def test_a_role_goes_by_its_name_in_files_and_by_its_word_on_screens(word: str, role: str) -> None:
    assert meant(word) == role


def test_every_word_on_screens_is_understood() -> None:
    assert {meant(word) for word in ROLE_WORDS.values()} == set(ROLES) == set(ROLE_WORDS)
    assert set(SCREEN_ROLES.values()) <= set(ROLES)


@pytest.mark.parametrize(("typed", "offered"), [("mentr", "mentor"), ("quik helper", "quick_helper")])
def test_a_slip_is_met_with_the_nearest(typed: str, offered: str) -> None:
    with pytest.raises(UsageError, match="there is no role") as caught:
        meant(typed)
    assert caught.value.hint is not None
    assert offered in caught.value.hint


def test_what_is_no_role_at_all_gets_the_list() -> None:
    with pytest.raises(UsageError) as caught:
        meant("xyzzy")
    assert caught.value.hint == f"one of: {', '.join([*ROLES, *SCREEN_ROLES])}"


def test_several_roles_are_parted_by_commas_or_named_one_by_one(
    sample_pln: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _Role(ROLES).convert("mentor, Quick helper?", None, None) == ("mentor", "just_in_time_helper")
    with pytest.raises(UsageError, match="there is no role 'mentr'"):
        _Role(ROLES).convert("mentee,mentr", None, None)
    listed = []
    for roles in (["--role", "mentee,mentor"], ["--role", "mentor", "--role", "mentee"]):
        assert run(["people", *roles, "--format", "json", "-q", "--pln", str(sample_pln)]) == 0
        listed.append(json.loads(capsys.readouterr().out))
    assert listed[0] == listed[1]
    held = [{role.removesuffix("?") for role in person["roles"].split(";")} for person in listed[0]]
    assert all(roles & {"mentor", "mentee"} for roles in held)
    assert any("mentor" in roles for roles in held)
    assert any("mentor" not in roles for roles in held)


def test_both_names_find_the_same_people(sample_pln: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = []
    for name in ("just_in_time_helper", "quick helper"):
        assert run(["people", "--role", name, "--format", "json", "-q", "--pln", str(sample_pln)]) == 0
        found.append([person["handle"] for person in json.loads(capsys.readouterr().out)])
    assert found[0] == found[1] != []


def test_a_count_says_whom_it_counts(sample_overview: Overview) -> None:
    people = sample_overview.summary.network.people
    talked = sample_overview.summary.network_size
    assert _who_they_are(people, []) == (
        f"{talked} talked with; {len(people) - talked} only followed, passed on or named"
    )
    known = [person for person in people if person.days_out]
    assert _who_they_are(known[:2], []) == "2 talked with"


def test_a_role_that_screens_put_into_another_word_is_said_to_be(sample_overview: Overview) -> None:
    people = sample_overview.summary.network.people
    mentors = [person for person in people if has_role(person, "mentor")]
    peers = [person for person in mentors if has_role(person, "peer_mentor")]
    assert 0 < len(peers) < len(mentors)
    said = _who_they_are(mentors, ["mentor"])
    assert said.endswith(f"; {len(peers)} are shown as peer mentor, the word that needs no unseen side")
    assert _who_they_are(peers, ["peer_mentor"]) == "“peer mentor” holds for all, surely or with a ?"
    either = _who_they_are(mentors, ["mentor", "peer_mentor"])
    assert either == "“mentor” or “peer mentor” holds for all, surely or with a ?"
    assert "; 1 is shown as peer mentor" in _who_they_are(peers[:1], ["mentor"])
