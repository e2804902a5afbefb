"""Posts per week: what is counted, and when nothing is a silence."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from plnmap.analysis.derived import derive_ties
from plnmap.analysis.egos import choose_ego
from plnmap.analysis.over_time.rhythm import Week, posts_by_week
from plnmap.model import Coverage
from plnmap.store import Store, open_store
from tests.records import at, covered, filled, handle, post, source
from tests.test_people import ADA, EGO

MONDAY = date(2020, 1, 6)


def weeks(store: Store, last: date) -> list[Week]:
    """Weeks of the one ego."""
    derive_ties(store, lambda text: None)
    return posts_by_week(store, choose_ego(store, None), last)


def archive(*posts: tuple[object, ...], coverage: list[Coverage] | None = None) -> list[tuple[object, ...]]:
    """Ego's posts and what covers them."""
    names = [handle(EGO, "ego"), handle(ADA, "ada")]
    return [source(owner=EGO), *(covered(EGO) if coverage is None else coverage), *names, *posts]


def test_posts_fall_into_weeks_from_monday_to_sunday() -> None:
    posts = [
        post(1, EGO, "2020-01-06"),
        post(2, EGO, "2020-01-12", reply_to=ADA),
        post(3, EGO, "2020-01-13", mentions=[ADA], n_handles=1),
        post(4, EGO, "2020-01-14", boost_of=ADA),
        post(5, EGO, None),
        post(6, ADA, "2020-01-14", authority=0),
    ]
    with filled(*archive(*posts)) as store:
        found = weeks(store, date(2020, 1, 20))
    assert found == [
        Week(MONDAY, 2, 1, "value"),
        Week(date(2020, 1, 13), 2, 1, "value"),
        Week(date(2020, 1, 20), 0, 0, "no_contact"),
    ]


def test_what_comes_after_the_last_day_is_left_out() -> None:
    posts = [post(1, EGO, "2020-01-06"), post(2, EGO, "2020-01-07")]
    with filled(*archive(*posts)) as store:
        assert weeks(store, MONDAY) == [Week(MONDAY, 1, 0, "value")]
        assert weeks(store, date(2020, 1, 5)) == []


@pytest.mark.parametrize(
    ("first", "until", "state", "silent"),
    [
        ("2019-01-01", "2020-01-19", "complete", True),
        ("2019-01-01", "2020-01-18", "complete", False),
        ("2020-01-13", "2021-01-01", "complete", True),
        ("2020-01-14", "2021-01-01", "complete", False),
        ("2019-01-01", "2021-01-01", "partial", False),
    ],
)
def test_an_empty_week_is_a_silence_only_where_all_of_it_is_covered(
    first: str, until: str, state: str, silent: bool
) -> None:
    posts = [post(1, EGO, "2020-01-06"), post(2, EGO, "2020-01-20")]
    told = [Coverage(EGO, "reply", "out", state, at(first), at(until), None, None, "")]
    with filled(*archive(*posts, coverage=told)) as store:
        empty = weeks(store, date(2020, 1, 26))[1]
    unseen = Week(date(2020, 1, 13), None, None, "not_observed")
    assert empty == (Week(date(2020, 1, 13), 0, 0, "no_contact") if silent else unseen)


def test_the_sample_is_counted_whole(sample_pln: Path) -> None:
    with open_store(sample_pln) as store:
        ego = choose_ego(store, None)
        assert ego.t0 is not None
        found = weeks(store, ego.t0.date())
    assert sum(week.posts or 0 for week in found) == ego.posts
    assert all((week.to_people or 0) <= (week.posts or 0) for week in found)
