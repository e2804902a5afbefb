"""What the screen and the page say in the same words, and that none of them is a number nobody saw."""

from __future__ import annotations

import html
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from plnmap.analysis.overview import Overview
from plnmap.analysis.summary import Helped, InTouch, Summary, name_of, summarise
from plnmap.model import HeldRole
from plnmap.report.pages.report import _their_side, report_page
from plnmap.report.report import (
    NAMES_SHOWN,
    held_in_words,
    help_given_in_words,
    render_report,
    sides_in_words,
    size_in_words,
)
from plnmap.report.show import _course, _help_given, _help_received
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
    assert thanked == [11, 6, 6, 5, 4, 4, 4, 3]
    network = summary.network
    without_parts = network._replace(people=[person._replace(roles="") for person in network.people])
    with open_store(sample_pln) as store:
        counted = summarise(store, without_parts)
    assert (summary.also_thanked, counted.also_thanked) == (0, 8)
    shown = as_text(render_report(summary._replace(also_thanked=8)), width=120)
    said = "8 more you thanked on 3 days or more, no mentors by the rules or by your word: plnmap thanks"
    assert said in shown
    assert "more you thanked" not in as_text(render_report(summary))


def test_whom_the_user_calls_a_mentor_is_there_by_their_word(summary: Summary, sample_pln: Path) -> None:
    last = summary.network.people[-1]
    labelled = {summary.helpers[0].person.account, last.account}
    people = [
        person._replace(labels="mentor") if person.account in labelled else person
        for person in summary.network.people
    ]
    with open_store(sample_pln) as store:
        told = summarise(store, summary.network._replace(people=people))
    assert [person.account for person in told.by_own_word] == [last.account]
    shown = as_text(render_report(told), width=120)
    assert f"by your own word: {name_of(told.by_own_word[0])}\n" in shown
    assert f"by your own word: {name_of(told.by_own_word[0])}" in as_text(
        render_report(told._replace(helpers=[])), width=120
    )
    assert "by your own word:" not in as_text(render_report(summary))


def test_everybody_gone_quiet_is_counted_and_the_way_to_them_named(
    summary: Summary, sample_pln: Path
) -> None:
    quiet = [
        person._replace(roles="gone_quiet", gone_quiet=True)
        for person in summary.network.people[: NAMES_SHOWN + 9]
    ]
    with open_store(sample_pln) as store:
        told = summarise(store, summary.network._replace(people=quiet))
    assert len(told.quiet) == NAMES_SHOWN + 9
    shown = as_text(render_report(told, " --ego x"), width=120)
    assert "and 9 more" in shown
    assert "→ plnmap people --role gone_quiet --ego x" in shown
    few = as_text(render_report(told._replace(quiet=told.quiet[:NAMES_SHOWN])), width=120)
    assert "more" not in few.partition("Gone quiet")[2].partition("────")[0]
    assert "--role gone_quiet" not in few


def test_every_suggested_command_is_about_the_same_file(summary: Summary) -> None:
    shown = as_text(render_report(summary, " --pln f --ego e", " --pln f"), width=120)
    suggested = [
        line.partition("plnmap ")[2] for line in shown.splitlines() if "→ " in line and "plnmap " in line
    ]
    without_ego = [each for each in suggested if each.split()[0] in ("import", "collect", "status")]
    assert len(without_ego) == 3
    assert all(each.endswith(" --pln f") for each in without_ego)
    assert len(suggested) == 6
    assert all(each.endswith(" --pln f --ego e") for each in suggested if each not in without_ego)


@pytest.mark.parametrize(
    ("known", "said"),
    [
        (
            {"scale": "probability"},
            "In touch chance of contact within 30 days; days of contact a year, 2016",
        ),
        ({"ranked_by": "strength"}, "by how recently and how often; days of contact a year, 2016–2022"),
        ({"ranked_by": "days_by_recency"}, "spoke for it (validate); days of contact a year, 2016–2022"),
        ({"as_of": None}, "by how recently and how often @"),
    ],
)
def test_how_people_in_touch_are_ordered_is_said(known: dict[str, Any], said: str, summary: Summary) -> None:
    told = summary._replace(network=summary.network._replace(**known))
    assert said in " ".join(as_text(render_report(told), width=120).split())


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({}, []),
        ({"persistence": 0.344}, ["contact in 34% of the months since the first (persistence)"]),
        ({"burstiness": 0.27}, ["days of contact come more in bursts than by chance (burstiness +0.27)"]),
        ({"burstiness": 0.006}, ["days of contact come more in bursts than by chance (burstiness +0.01)"]),
        ({"burstiness": -0.004}, ["days of contact come as by chance (burstiness -0.00)"]),
        ({"burstiness": -0.3}, ["days of contact come more regular than by chance (burstiness -0.30)"]),
        ({"trend": 0.34}, ["more contact in the last 90 days than in the 90 before (trend +0.34)"]),
        ({"trend": 0.0}, ["as much contact in the last 90 days as in the 90 before (trend +0.00)"]),
        ({"trend": -0.34}, ["less contact in the last 90 days than in the 90 before (trend -0.34)"]),
        ({"circle": 1}, ["circle 1 of your network, the innermost"]),
        ({"circle": 2}, ["circle 2 of your network"]),
    ],
)
def test_what_researchers_call_it_stands_behind_plain_words(known: dict[str, Any], said: list[str]) -> None:
    assert list(_course(somebody(2, **known))) == said


def test_thanks_too_few_for_a_role_stay_thanks() -> None:
    few = {"thanked_days": 2, "thanked_first": date(2019, 1, 1), "thanked_last": date(2019, 2, 1)}
    by_chance = str(_help_received(somebody(2, **few)))
    assert "that could be chance: no ground for a role" in by_chance
    assert "plnmap thanks" in by_chance
    assert "chance" not in str(_help_received(somebody(2, **few, help_in_thanks=3.0)))
    assert "chance" in str(_help_given(somebody(2, given_days=1)))
    assert "chance" not in str(_help_given(somebody(2, given_days=1, help_out_offers=2.0)))
