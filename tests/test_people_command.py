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
    return _Role(ROLES).convert(word, None, None)


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
    assert caught.value.hint == f"did you mean: {', '.join(ROLES)}"


def test_both_names_find_the_same_people(sample_pln: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = []
    for name in ("just_in_time_helper", "quick helper"):
        assert run(["people", "--role", name, "--format", "json", "-q", "--pln", str(sample_pln)]) == 0
        found.append([person["handle"] for person in json.loads(capsys.readouterr().out)])
    assert found[0] == found[1] != []


def test_a_count_says_whom_it_counts(sample_overview: Overview) -> None:
    people = sample_overview.summary.network.people
    talked = sample_overview.summary.network_size
    assert _who_they_are(people, None) == (
        f"{talked} talked with; {len(people) - talked} only followed, passed on or named"
    )
    known = [person for person in people if person.days_out]
    assert _who_they_are(known[:2], None) == "2 talked with"


def test_a_role_that_screens_put_into_another_word_is_said_to_be(sample_overview: Overview) -> None:
    people = sample_overview.summary.network.people
    mentors = [person for person in people if has_role(person, "mentor")]
    peers = [person for person in mentors if has_role(person, "peer_mentor")]
    assert 0 < len(peers) < len(mentors)
    said = _who_they_are(mentors, "mentor")
    assert said.endswith(f"; {len(peers)} are shown as peer mentor, the word that needs no unseen side")
    assert _who_they_are(peers, "peer_mentor") == "“peer mentor” holds for all, surely or with a ?"
