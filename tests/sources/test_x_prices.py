"""What X takes for reading, and what a collection is going to cost."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnmap.errors import UsageError
from plnmap.model import Task
from plnmap.sources.foretelling import NOTHING, Counted, Held
from plnmap.sources.live import PlanRow
from plnmap.sources.x_plan import items_left, minutes, plan_tasks
from plnmap.sources.x_prices import dollars, load_prices
from plnmap.sources.x_streams import ASKED, LIMITS, STREAMS, items_at_most
from tests.sources.x_builders import BO, BY_APP, BY_USER, EGO, NOW, task

PRICES = load_prices()


def waiting(stream: str, expected: int | None = None, **fields: Any) -> Task:
    return task(stream, expected=expected, **fields)


def planned(
    *tasks: Task, viewer: Any = BY_USER, max_posts: int | None = None, held: Held = NOTHING
) -> dict[str, PlanRow]:
    return {row.part: row for row in plan_tasks(tasks, PRICES, viewer, max_posts, held)}


def of(row: PlanRow) -> tuple[int, float, int, int]:
    """Requests, dollars, reads at the lower price and at the full one."""
    return row.requests, row.dollars, row.owned_reads, row.other_reads


def test_prices_as_they_were_read() -> None:
    other = {name: PRICES.of(name, owned=False) for name in PRICES.other}
    assert other == {"post": 0.005, "user": 0.010, "follow": 0.010, "like": 0.001}
    owned = {name: PRICES.of(name, owned=True) for name in PRICES.other}
    assert owned == {"post": 0.001, "user": 0.010, "follow": 0.001, "like": 0.001}
    assert PRICES.read_on == date(2026, 11, 22)


def test_every_stream_that_is_billed_has_a_price() -> None:
    assert {stream.resource for stream in STREAMS.values()} - {None} == set(PRICES.other)
    assert {asked.address for asked in ASKED.values()} <= set(LIMITS)
    assert set(STREAMS) - set(ASKED) == {"missing"}


def test_a_file_of_ones_own_says_what_is_different(tmp_path: Path) -> None:
    own = tmp_path / "prices.toml"
    own.write_text("read_on = 2027-01-02\n[other]\npost = 1\n[owned]\nuser = 0\n")
    prices = load_prices(own)
    assert prices.read_on == date(2027, 1, 2)
    assert (prices.of("post", owned=False), prices.of("post", owned=True)) == (1.0, 0.001)
    assert (prices.of("user", owned=True), prices.of("user", owned=False)) == (0.0, 0.010)
    own.write_text("")
    assert load_prices(own) == PRICES == load_prices()


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("[other]\ntweet = 0.1", "'tweet'"),
        ("[owned]\npost = -0.001", "'post'"),
        ("[other]\npost = nan", "'post'"),
        ("[other]\npost = inf", "'post'"),
        ("[other]\npost = true", "'post'"),
        ("[other]\npost = '0.1'", "'post'"),
        ("[prices]\npost = 1", "'prices'"),
        ("post = 1", "'post'"),
        ("other = 1", "'other'"),
        ("read_on = 'today'", "'read_on'"),
        ("read_on = 2026-01-01T10:00:00Z", "'read_on'"),
        ("[other", "cannot be read"),
        ("\udcff", "cannot be read"),
    ],
)
def test_a_file_that_is_no_table_of_prices(tmp_path: Path, content: str, named: str) -> None:
    own = tmp_path / "prices.toml"
    own.write_bytes(content.encode(errors="surrogateescape"))
    with pytest.raises(UsageError, match=named) as found:
        load_prices(own)
    assert "x_prices.toml" in (found.value.hint or "")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        load_prices(tmp_path / "none.toml")


def test_reads_are_paid_for_once_each() -> None:
    assert dollars({}, PRICES) == 0
    assert dollars({("follow", True): ["1", "2", "2"], ("follow", False): 2}, PRICES) == 0.022


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_what_is_read_in_two_parts_costs_the_same(first: int, second: int) -> None:
    both = dollars({("post", False): first}, PRICES) + dollars({("post", False): second}, PRICES)
    assert dollars({("post", False): first + second}, PRICES) == pytest.approx(both)


def test_a_plan_from_counts() -> None:
    rows = planned(
        waiting("profile"),
        waiting("posts", 250),
        waiting("followers", 800),
        waiting("following", 1_001),
        waiting("liked", 30),
        waiting("quotes", 3, subject="1"),
        waiting("boosters", 7, subject="1"),
        waiting("likers", 9, subject="1"),
        waiting("likers", 4, subject="2", state="complete"),
    )
    assert of(rows["profile"]) == (1, 0.01, 0, 1)
    assert of(rows["posts"]) == (3, 0.25, 250, 0)
    assert of(rows["follows"]) == (3, 1.801, 1_801, 0)
    assert of(rows["favourites"]) == (2, 0.12, 30, 9)
    assert of(rows["boosts"]) == (2, 0.085, 0, 10)


def test_what_may_hold_nothing_is_asked_for_all_the_same() -> None:
    assert of(planned(waiting("liked", 0))["favourites"]) == (1, 0.0, 0, 0)
    begun = waiting("mentions", state="running", pass_items=300)
    assert of(planned(begun)["notifications"]) == (5, 0.5, 500, 0)


def test_an_app_pays_the_full_price() -> None:
    rows = planned(waiting("posts", 100), waiting("followers", 100), viewer=BY_APP)
    assert (rows["posts"].dollars, rows["follows"].dollars) == (0.5, 1.0)
    assert (rows["posts"].owned_reads, rows["posts"].other_reads) == (0, 100)


def test_caps_and_wishes_bound_a_plan() -> None:
    assert planned(waiting("posts", 9_000))["posts"].owned_reads == 3_200
    assert planned(waiting("posts", 9_000), max_posts=500)["posts"].requests == 5
    assert planned(waiting("mentions"))["notifications"].owned_reads == 800
    again = planned(waiting("mentions", since="5"))["notifications"]
    assert (again.owned_reads, again.most_dollars) == (0, 0.1)
    assert planned(waiting("likers", 400, subject="1"))["favourites"].other_reads == 100
    assert planned(waiting("alter_posts", subject=BO))["posts"].other_reads == 100
    more = BY_USER._replace(recent=300)
    assert planned(waiting("alter_posts", subject=BO), viewer=more, max_posts=300)["posts"].other_reads == 300


def test_a_further_pass_takes_what_is_new() -> None:
    again = waiting("posts", 130, since="5", got=120)
    assert of(planned(again)["posts"]) == (1, 0.01, 10, 0)
    capped = again._replace(expected=9_000, got=3_200, reason="X gives only the 3,200 most recent")
    assert (planned(capped)["posts"].owned_reads, planned(capped)["posts"].most_dollars) == (0, 0.1)
    assert planned(waiting("followers", 700, since="5", got=690))["follows"].owned_reads == 700
    assert items_left(waiting("posts", 100, since="5", got=120), BY_USER, None) == (0, 100)
    # X takes no date for likes: a page is read down to the first one that is known.
    assert of(planned(waiting("liked", 700, since="5", got=690))["favourites"]) == (1, 0.1, 100, 0)
    assert of(planned(waiting("liked", 40, since="5", got=40))["favourites"]) == (1, 0.04, 40, 0)


def test_what_is_new_comes_at_the_pace_of_what_came_before() -> None:
    last = NOW - timedelta(days=10)
    hundred: dict[str, Any] = {"since": "5", "first": last - timedelta(days=100), "last": last}
    slow = waiting("mentions", got=200, **hundred)
    # Two a day for ten days; at most as many again, and a page in any case.
    assert items_left(slow, BY_USER, None, Held(now=NOW)) == (20, 100)
    assert items_left(slow._replace(got=600), BY_USER, None, Held(now=NOW)) == (60, 120)


def test_what_was_left_out_is_planned_once_it_is_wanted() -> None:
    cut = waiting("posts", 130, since="5", got=40, rest="c", reason="the 40 most recent, as asked")
    assert items_left(cut, BY_USER, None).expected == 90
    assert items_left(cut, BY_USER, 40).expected == 0
    assert items_left(cut, BY_USER._replace(since=NOW), None).expected == 0


def test_who_names_the_account_is_guessed_from_its_own_posts() -> None:
    first = planned(waiting("posts", 300), waiting("mentions"))["notifications"]
    assert (first.owned_reads, first.dollars, first.most_dollars) == (150, 0.15, 0.8)
    few = planned(waiting("posts", 300), waiting("mentions"), max_posts=10)
    assert (few["posts"].owned_reads, few["notifications"].owned_reads) == (10, 150)
    later = planned(waiting("mentions"), held=Held(posts_since=40))["notifications"]
    assert later.owned_reads == 20
    assert planned(waiting("posts", 9_000), waiting("mentions"))["notifications"].owned_reads == 800


def test_own_posts_of_a_time_are_known_where_the_file_holds_them() -> None:
    late = BY_USER._replace(since=NOW)
    rows = planned(waiting("posts", 300), viewer=late, held=Held(posts_since=70))
    assert (rows["posts"].owned_reads, rows["posts"].most_dollars) == (70, 0.3)
    assert planned(waiting("posts", 300), viewer=late)["posts"].owned_reads == 300


def test_people_are_paid_once_however_often_they_act() -> None:
    acts = [waiting(stream, 20, subject=str(n)) for n in range(5) for stream in ("boosters", "likers")]
    unknown = planned(*acts)
    assert (unknown["boosts"].dollars, unknown["favourites"].dollars) == (1.0, 1.0)
    seven = planned(*acts, held=Held(acts={(30, False): 7}))
    # The boosts come first: whoever likes has been seen by then.
    assert (seven["boosts"].dollars, seven["favourites"].dollars) == (0.07, 0.0)
    assert (seven["boosts"].most_dollars, seven["favourites"].most_dollars) == (1.0, 1.0)
    paid = planned(*acts, held=Held(acts={(30, False): 3, (30, True): 4}))
    assert paid["boosts"].dollars == 0.03


def test_what_is_paid_for_today_is_free() -> None:
    held = Held(
        paid={
            "user": frozenset({"12"}),
            "like": frozenset("ab"),
            "follow": frozenset({"12<7", "12<8", "12>7"}),
        },
        paid_by={"twitter:34": 30},
        answered={"twitter:5": 3, "twitter:6": 1},
    )
    rows = planned(
        waiting("profile", subject="12"),
        waiting("followers", 10, subject="12"),
        waiting("following", 10, subject="12"),
        waiting("liked", 10),
        waiting("answers", 9, subject="5,6,7"),
        waiting("alter_posts", subject=BO, account="twitter:34"),
        held=held,
    )
    assert {part: row.owned_reads + row.other_reads for part, row in rows.items()} == {
        "profile": 0,
        "follows": 8 + 9,
        "favourites": 8,
        "answers": 5,
        "posts": 70,
    }
    assert rows["profile"].most_dollars == 0.01


def test_what_is_known_of_others_is_planned() -> None:
    held = Held(counts={"twitter:34": Counted(posts=17, following=2_500)})
    tasks = [
        waiting(stream, subject=BO, account="twitter:34") for stream in ("alter_posts", "alter_following")
    ]
    rows = planned(*tasks, held=held)
    assert (rows["posts"].other_reads, rows["follows"].other_reads, rows["follows"].requests) == (
        17,
        2_500,
        3,
    )
    busy = Held(counts={"twitter:34": Counted(posts=9_000, following=None)})
    rows = planned(*tasks, held=busy)
    assert (rows["posts"].other_reads, rows["follows"].other_reads) == (100, 1_000)


def test_a_lookup_calls_for_the_pages_of_whom_it_finds() -> None:
    rows = planned(waiting("lookup", subject="bo,cy"))
    assert rows["profile"].dollars == 0.02
    assert (rows["posts"].requests, rows["posts"].dollars) == (2, 1.0)
    assert (rows["follows"].requests, rows["follows"].dollars) == (2, 20.0)


@pytest.mark.parametrize(
    ("requests", "expected"), [(1, 1 / 60), (75, 75 / 60), (76, 15 + 1 / 60), (151, 30 + 1 / 60)]
)
def test_minutes_at_the_rate_of_x(requests: int, expected: float) -> None:
    assert minutes(requests, 75) == pytest.approx(expected)


def test_addresses_wait_each_for_itself() -> None:
    tasks = [waiting("likers", 1, subject=str(number)) for number in range(76)]
    rows = planned(*tasks, *[one._replace(stream="boosters") for one in tasks])
    assert rows["favourites"].minutes == rows["boosts"].minutes == pytest.approx(15 + 1 / 60)


@pytest.mark.parametrize(
    ("stream", "fields", "items"),
    [
        ("posts", {}, 100),
        ("posts", {"expected": 20}, 26),
        ("posts", {"expected": 20, "since": "1"}, 100),
        ("posts", {"expected": 120, "pass_items": 100}, 26),
        ("posts", {"expected": 0}, 5),
        ("posts", {"expected": 100, "pass_items": 300}, 5),
        ("quotes", {"expected": 1}, 10),
        ("likers", {"expected": 1}, 6),
        ("answers", {"expected": 1}, 100),
        ("followers", {"expected": 5_000}, 1_000),
        ("profile", {}, 1),
        ("lookup", {"subject": "a,b,c"}, 3),
    ],
)
def test_no_more_is_asked_for_than_counts_say_there_is(
    stream: str, fields: dict[str, Any], items: int
) -> None:
    assert items_at_most(waiting(stream, **fields), None) == items


def test_no_more_is_asked_for_than_is_wanted() -> None:
    assert items_at_most(waiting("posts"), 40) == 40
    assert items_at_most(waiting("posts", pass_items=38), 40) == 5
    assert items_at_most(waiting("alter_posts", subject=BO), 40) == 40
    assert items_at_most(waiting("mentions"), 40) == 100


@given(
    stream=st.sampled_from(sorted(ASKED)),
    expected=st.none() | st.integers(0, 10_000),
    before=st.integers(0, 10_000),
    max_posts=st.none() | st.integers(1, 5_000),
)
def test_a_page_is_never_larger_or_smaller_than_x_allows(
    stream: str, expected: int | None, before: int, max_posts: int | None
) -> None:
    asked = waiting(stream, expected, pass_items=before, began_at=NOW - timedelta(hours=1))
    least, most = ASKED[stream].least, STREAMS[stream].page_size
    assert least <= items_at_most(asked, max_posts) <= most
    left = items_left(asked, BY_USER, max_posts)
    assert 0 <= left.expected <= left.most
    assert asked.subject == EGO
