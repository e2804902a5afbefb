"""Whom to thank: by person, by time of life, about something, and in a note to copy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from plnmap.analysis.help.gratitude import Thanked, thanked
from plnmap.analysis.overview import Overview
from plnmap.analysis.own_word import add_event
from plnmap.analysis.people import Network
from plnmap.model import Event, Post
from plnmap.report.terminal import as_text
from plnmap.report.thanks import render_draft, render_thanks, thanks_rows
from plnmap.store import Store, open_store
from tests.records import account, filled
from tests.test_people import ADA, BO, EGO, mapped, one_archive, reply

TIPS = (
    reply(1, EGO, ADA, 10, "@ada Thanks for the tip about the oven, the bread rose!"),
    reply(2, EGO, ADA, 200, "@ada Thanks for the advice on the oven, it holds now"),
    reply(3, EGO, ADA, 500, "@ada Thanks for the tip about trains!"),
    reply(4, EGO, BO, 210, "@bo Thanks for the tip about trains!"),
)


@contextmanager
def mapped_file(*posts: Post) -> Iterator[tuple[Store, Network]]:
    """A file of ego's archive with these posts, and its network."""
    with filled(*one_archive(*posts), account(ADA, "Ada \x1b[31mL.")) as store:
        yield store, mapped(store)


def found(*posts: Post, events: tuple[Event, ...] = (), topic: str | None = None) -> Thanked:
    """What ego has to thank people for."""
    with mapped_file(*posts) as (store, network):
        for event in events:
            add_event(store, event)
        return thanked(store, network, topic=topic)


@pytest.fixture(scope="module")
def of_tips() -> Iterator[Callable[..., Thanked]]:
    """What ego has to thank people for in `TIPS`, since a day or about a topic; the file is not changed."""
    with mapped_file(*TIPS) as known:
        yield partial(thanked, *known)


@pytest.fixture(scope="module")
def told(of_tips: Callable[..., Thanked]) -> Thanked:
    """All of it."""
    return of_tips()


def test_by_person_most_days_first(told: Thanked) -> None:
    assert [(helped.person.account, len(helped.evidence)) for helped in told.helpers] == [(ADA, 3), (BO, 1)]
    assert told.periods == []
    lines = as_text(render_thanks(told, 3), width=80).splitlines()
    assert "some have thanks and no role" in " ".join(" ".join(lines).split())
    at = next(i for i, line in enumerate(lines) if line.endswith("3 days, 2019–2020"))
    assert lines[at + 1].startswith("   on what: oven; trains (once)")


def test_among_equals_the_order_is_that_of_the_report(sample_pln: Path, sample_overview: Overview) -> None:
    with open_store(sample_pln) as store:
        told = thanked(store, sample_overview.summary.network)
    in_report = [each.person.account for each in sample_overview.summary.helpers]
    in_thanks = [each.person.account for each in told.helpers]
    assert [account for account in in_thanks if account in in_report] == in_report
    # Three of them have four days each, and their accounts stand in another order.
    days = [each.person.thanked_days for each in sample_overview.summary.helpers]
    equal = [account for account, count in zip(in_report, days, strict=True) if count == 4]
    assert len(equal) == 3
    assert equal != sorted(equal)


def test_what_several_helps_share_is_what_they_are_about(told: Thanked) -> None:
    about = told.about
    assert [(topic.term, topic.times) for topic in about[ADA].received] == [("oven", 2), ("trains", 1)]
    assert [(topic.term, topic.times) for topic in about[BO].received] == [("trains", 1)]


def test_events_part_the_helpers() -> None:
    job = Event(EGO, date(2019, 7, 1), "month", "new job")
    told = found(*TIPS, events=(job,))
    # Days 10 is January 2019, 200 and 210 are July, 500 is May 2020.
    before, after = told.periods
    assert (before.event, before.last) == (None, date(2019, 6, 30))
    assert [(person.account, days) for person, days in before.helpers] == [(ADA, 1)]
    assert (after.event, after.first, after.last) == (job, date(2019, 7, 1), None)
    assert [(person.account, days) for person, days in after.helpers] == [(ADA, 2), (BO, 1)]


@pytest.mark.parametrize(("day", "after"), [(date(2019, 7, 20), 1), (date(2019, 7, 21), 0)])
def test_the_day_of_an_event_belongs_to_what_follows(day: date, after: int) -> None:
    # The 200th day after 2019-01-01 is 2019-07-20.
    told = found(TIPS[1], events=(Event(EGO, day, "day", "moved"),))
    assert sum(days for _, days in told.periods[1].helpers) == after


@pytest.mark.parametrize(
    ("topic", "people"), [("oven", [ADA]), ("the oven", [ADA]), ("trains", [ADA, BO]), ("weaving", [])]
)
def test_narrowed_to_a_topic(topic: str, people: list[str], of_tips: Callable[..., Thanked]) -> None:
    assert sorted(helped.person.account for helped in of_tips(topic=topic).helpers) == people


def test_a_topic_in_the_answer_counts() -> None:
    answer = reply(8, ADA, EGO, 30, "@ego you should try a hotter oven stone for that", post="twitter:80")
    thanks = reply(9, EGO, ADA, 30, "@ada Thanks for the tip!", reply_to_post="twitter:80")
    (helped,) = found(answer, thanks, topic="stone").helpers
    assert [row.post for row in helped.evidence] == [thanks.post]


def test_since_leaves_out_what_came_before(of_tips: Callable[..., Thanked]) -> None:
    late = of_tips(since=date(2019, 7, 20))
    assert [(helped.person.account, len(helped.evidence)) for helped in late.helpers] == [(ADA, 2), (BO, 1)]


def test_the_note_names_days_and_their_words_and_steers_no_terminal(told: Thanked) -> None:
    note = render_draft(told, told.helpers[0], 2)
    assert note.startswith("Dear Ada [31mL.,\n")
    assert "you helped me on 3 days, with oven and trains." in note
    assert "11 January 2019: “Thanks for the tip about the oven, the bread rose!”" in note
    # Two examples: the first and the last.
    assert "15 May 2020" in note
    assert "20 July 2019" not in note


def test_where_words_are_not_kept_the_note_quotes_none(told: Thanked) -> None:
    silent = told.helpers[0]._replace(evidence=[row._replace(text=None) for row in told.helpers[0].evidence])
    note = render_draft(told, silent, 2)
    assert "with oven and trains.\n\nI do not think" in note
    assert "“" not in note


def test_rows_name_what_was_asked_and_answered_where_it_is_seen(told: Thanked) -> None:
    rows = thanks_rows(told, None)
    assert [row["account"] for row in rows] == [ADA, ADA, ADA, BO]
    assert {row["question"] for row in rows} == {None}
    assert rows[0]["about"] == "oven, trains"


def test_nobody_thanked_nobody_listed() -> None:
    assert found(reply(1, EGO, ADA, 1, "@ada hello")).helpers == []
