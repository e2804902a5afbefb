"""What the screen and the page say in the same words, and that none of them is a number nobody saw."""

from __future__ import annotations

import html
from pathlib import Path
from typing import Any

import pytest

from plnmap.analysis.overview import Overview
from plnmap.analysis.summary import Helped, InTouch, Summary, summarise
from plnmap.model import HeldRole
from plnmap.report.pages.report import _their_side, report_page
from plnmap.report.report import (
    held_in_words,
    help_given_in_words,
    render_report,
    sides_in_words,
    size_in_words,
)
from plnmap.report.terminal import as_text
from plnmap.report.values import both_ways
from plnmap.store import open_store
from tests.analysis.test_parts import role, somebody


@pytest.fixture
def summary(sample_overview: Overview) -> Summary:
    """Of the invented sample."""
    return sample_overview.summary


def test_the_screen_and_the_page_say_the_same_of_the_sources(
    summary: Summary, sample_overview: Overview
) -> None:
    collected = summary._replace(incoming_collected=True)
    page = html.unescape(report_page(sample_overview._replace(summary=collected), posts="none"))
    screen = as_text(render_report(collected), width=120)
    said = [*size_in_words(collected), *sides_in_words(collected)]
    assert "Your side, and what others wrote to you; also the posts of @ada_venn." in said
    assert [each for each in said if each not in page or each not in screen] == []


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({"posts": None}, "Your posts are not in this file"),
        ({"other_sides": []}, "Your side only: what others wrote is not in this file."),
        ({"other_sides": ["@a"]}, "Your side, and that of @a; of all others only your side is here."),
        ({"other_sides": ["@a\x1b[2J\u202e", "@b"]}, "and that of @a[2J and @b;"),
        ({"other_sides": [*"abcde"]}, "and that of a, b and 3 others;"),
        ({"other_sides": [], "incoming_collected": True}, "Your side, and what others wrote to you."),
    ],
)
def test_whose_side_is_in_the_file(known: dict[str, Any], said: str, summary: Summary) -> None:
    assert said in sides_in_words(summary._replace(**known))[0]


def test_nothing_is_counted_of_ego_where_no_source_shows_it(summary: Summary) -> None:
    assert size_in_words(summary._replace(posts=None, followed=None)) == []
    assert size_in_words(summary._replace(posts=0, last_post=None, network_size=1, followed=0)) == [
        "0 posts",
        "1 person talked with",
        "0 followed",
    ]


@pytest.mark.parametrize(
    ("seen", "said"),
    [
        ({}, ""),
        # In contact, but their side is covered only in part, and no help was found in that part.
        ({"days_in": 4}, ""),
        ({"days_in": 4, "offered_days": 2}, "offered help on 2 days"),
        (
            {"days_in": 4, "offered_days": 0, "thanked_back_days": 1},
            "offered help on 0 days, thanked you on 1 day",
        ),
    ],
)
def test_of_their_side_only_what_was_seen_is_counted(seen: dict[str, int], said: str) -> None:
    assert _their_side(somebody(2, **seen)) == said


@pytest.mark.parametrize(
    ("seen", "said"),
    [
        ({}, ""),
        ({"given_days": 0}, ""),
        ({"given_days": 1}, "on 1 day"),
        ({"given_days": None, "thanked_back_days": 3}, "they thanked you on 3 days"),
        ({"given_days": 2, "thanked_back_days": 3}, "on 2 days"),
    ],
)
def test_help_that_ego_gave_is_told_by_whoever_was_seen(seen: dict[str, Any], said: str) -> None:
    assert help_given_in_words(somebody(2, **seen)) == said


def test_whoever_was_not_observed_has_no_number(summary: Summary) -> None:
    unseen = somebody(2, roles="peer_mentor?")
    told = summary._replace(
        helpers=[Helped(unseen, [])],
        helped=[Helped(unseen, [])],
        in_touch=[InTouch(unseen, [0, 0])],
        about={},
    )
    lines = [line for line in as_text(render_report(told), width=80).splitlines() if "@h2" in line]
    assert len(lines) == 4
    assert not any(sign.isdigit() for line in lines for sign in line.replace("@h2", ""))


@pytest.mark.parametrize(
    ("status", "said"),
    [("not_observed", "–"), ("insufficient", "too little seen"), ("no_contact", "no contact")],
)
def test_a_tie_without_a_balance_says_why(status: str, said: str) -> None:
    one = somebody(2, balance_status=status)
    assert both_ways(one) == both_ways(one, with_interval=True) == said


@pytest.mark.parametrize("sure", [True, False])
def test_a_role_that_the_unseen_side_could_change_has_a_question_mark(sure: bool) -> None:
    held: HeldRole = role("peer_mentor", sure=sure)
    assert held_in_words(held) == ("peer mentor" if sure else "peer mentor?")


def test_who_was_thanked_as_often_and_has_no_part_is_counted(summary: Summary, sample_pln: Path) -> None:
    thanked = [each.person.thanked_days for each in summary.helpers]
    assert thanked == [10, 6, 5, 4, 4, 4, 4, 3]
    network = summary.network
    without_parts = network._replace(people=[person._replace(roles="") for person in network.people])
    with open_store(sample_pln) as store:
        counted = summarise(store, without_parts)
    assert (summary.also_thanked, counted.also_thanked) == (0, 8)
    shown = as_text(render_report(summary._replace(also_thanked=8)))
    assert "8 more you thanked on 3 days or more: plnmap thanks" in shown
    assert "more you thanked" not in as_text(render_report(summary))
