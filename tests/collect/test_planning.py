"""What a plan says, from what the file holds, and what a run then takes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from plnmap.collect import Wanted
from plnmap.collect.planning import ENOUGH_REACTIONS, held
from plnmap.collect.wanted import ALTERS
from plnmap.model import Billed, Reaction
from plnmap.report.plan import GUESS, render_plan, total
from plnmap.report.terminal import as_text
from plnmap.sources.foretelling import NOTHING, Held
from plnmap.sources.live import PARTS, Alter, Limits, PlanRow, new_task
from plnmap.store import Store, as_arrow, open_store
from tests.collect.planned import foretell, stages_of
from tests.collect.platforms import Stage, rows_of, staged
from tests.records import account, at, filled, post, put
from tests.scenario.world import World, small_world

POSTS = Wanted(parts=frozenset({"posts"}))


def small() -> World:
    return small_world(posts=8, crowd=4, followed=2)


def test_each_stage_of_a_run_is_planned_before_it_begins(tmp_path: Path) -> None:
    """The cost of the rest is known once own pages are here: mentions show how many people there are."""
    file = tmp_path / "a.duckdb"
    with staged("twitter", small()) as stage:
        stage.api.most, stage.counted = 10_000, True
        own, others = stages_of(stage, file, Wanted())
        assert own.dollars <= own.most
        assert others.dollars <= others.most
        assert others.requests == others.asked
        # Seven people in all, two cents more or less.
        assert others.dollars == pytest.approx(others.planned, abs=0.021)
        assert rows_of(file, "SELECT round(sum(dollars), 6) FROM spending") == [(stage.api.spent,)]
        # The same day again: all is paid for, and it is known.
        with stage.live() as live:
            again = total(foretell(stage, file, live, Wanted(parts=frozenset({"follows"})), ()))
        assert again.dollars == 0 < again.most_dollars


def test_what_the_file_holds_of_a_time_and_of_people() -> None:
    ego = "twitter:1000"
    own = [post(n, ego, f"2026-0{n}-01") for n in range(1, 8)]
    boost = Reaction(ego, "boost", "twitter:900", "twitter:60", at("2026-05-05"), "second", None)
    seen = [account("twitter:60", posts=10, following=3), account("twitter:60", seen="2020-02-01", posts=12)]
    with staged("twitter", small()) as stage:
        stage.limits = Limits(since=at("2026-05-01"))
        with stage.live() as live, filled(*own, boost, seen[0]) as store:
            put(store, seen[1], origin="b" * 64)
            (task,) = live.alter_tasks([Alter("twitter:60", None)], frozenset({"posts"}))
            found = held(store, live, [task], stage.clock.now())
            assert found.counts == {"twitter:60": (12, 3)}
            # Three posts and a boost; without a file nothing is known, which is not none.
            assert found.posts_since == 4
        with stage.live() as live, open_store(None) as empty:
            assert held(empty, live, [], stage.clock.now()).posts_since is None


def guesses(stage: Stage, found: Held) -> set[str]:
    """Parts of a first plan of which it is said that nobody counts them."""
    with stage.live() as live:
        rows = live.plan(live.first_tasks("ego", frozenset(PARTS)), frozenset(PARTS), found)
    return {row.part for row in rows if row.guess}


@pytest.mark.parametrize("platform", ["twitter", "mastodon"])
def test_a_plan_says_what_nobody_has_counted(platform: str) -> None:
    uncounted = {
        "twitter": {"notifications"},
        "mastodon": {"notifications", "answers", "boosts", "favourites"},
    }[platform]
    with staged(platform, small()) as stage:
        stage.counted = True
        assert guesses(stage, NOTHING) - {"posts"} == uncounted
        assert platform == "mastodon" or "posts" not in guesses(stage, NOTHING)
        # How many of all posts are newer than a day is known only of those that are here.
        stage.limits = Limits(since=at("2026-05-01"))
        assert "posts" in guesses(stage, NOTHING)
        if platform == "twitter":
            assert guesses(stage, Held(posts_since=3)) == {"notifications"}
            stage.limits = Limits()
            with stage.live() as live:
                likers = new_task(live.source, "likers", "7", live.owner, 3, 1)
                (row,) = live.plan([likers, likers._replace(subject="8")], frozenset(PARTS), NOTHING)
            # Two likes may be by one person, though each is counted.
            assert row.guess


def test_a_guess_is_marked_where_it_is_shown() -> None:
    told = PlanRow("posts", 2, 0.5, 1.0, 5, 0, 3, 2.0)
    shown = as_text(
        render_plan("@ada", [told, told._replace(part="boosts", guess=True)], date(2026, 1, 1), 0)
    )
    amounts = [line.split()[-2] for line in shown.splitlines() if "(2.00)" in line or "(4.00)" in line]
    assert amounts == ["1.00", "~1.00", "~2.00"]
    assert GUESS in shown
    assert "guess" not in as_text(render_plan("@ada", [told], date(2026, 1, 1), 0))
    free = as_text(render_plan("@ada@a.example", [told._replace(guess=True)], None, 0))
    assert "~2 (3)" in free


def test_a_plan_leaves_the_file_as_it_is_and_sends_nothing(tmp_path: Path) -> None:
    file = tmp_path / "a.duckdb"
    with staged("mastodon", small()) as stage:
        stage.api.most = 10_000
        stage.collect(file, POSTS)
        before = {name: rows_of(file, f"FROM {name} ORDER BY ALL") for name in ("posts", "tasks", "coverage")}
        asked = len(stage.server.log)
        with stage.live() as live:
            foretell(stage, file, live, Wanted(), ())
        after = {name: rows_of(file, f"FROM {name} ORDER BY ALL") for name in before}
    assert before == after
    assert len(stage.server.log) == asked


def test_on_mastodon_the_first_plan_comes_near_and_the_next_comes_true(tmp_path: Path) -> None:
    with staged("mastodon", small()) as stage:
        stage.api.most, stage.counted = 10_000, True
        own, rest = stages_of(stage, tmp_path / "a.duckdb", Wanted())
        first = own.rows
        # One answer, one boost and one favourite told nobody; one in a hundred, as guessed, is none of these.
        assert sum(row.requests for row in first) + 3 == own.requests + rest.requests
        assert rest.requests == rest.asked
        assert {row.part for row in first if row.most_requests is None} == {"notifications", "favourites"}
        assert all(row.most_requests is not None for row in rest.rows)


def test_a_run_that_was_stopped_before_it_chose_is_planned_like_any(tmp_path: Path) -> None:
    file = tmp_path / "a.duckdb"
    with staged("twitter", small()) as stage:

        def stop(progress: Any) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            stage.collect(file, Wanted("alters"), tell=stop)
        assert rows_of(file, f"SELECT state FROM tasks WHERE stream = '{ALTERS}'") == [("waiting",)]
        with stage.live() as live:
            assert foretell(stage, file, live, Wanted("alters"), ())


def test_a_run_that_has_only_to_choose_does_not_ask_for_its_own_pages_again(tmp_path: Path) -> None:
    file = tmp_path / "a.duckdb"

    def stop(store: Store) -> list[Alter]:
        raise KeyboardInterrupt

    with staged("twitter", small()) as stage:
        with pytest.raises(KeyboardInterrupt):
            stage.collect(file, Wanted("alters"), choose=stop)
        with stage.live() as live:
            assert foretell(stage, file, live, Wanted("alters"), ()) == []
        before = len(stage.server.log)
        stage.collect(file, Wanted("alters"))
        assert len(stage.server.log) == before


@pytest.mark.parametrize("boosts", [ENOUGH_REACTIONS - 1, ENOUGH_REACTIONS])
def test_boosts_and_likes_say_more_about_their_like_than_answers_do(boosts: int) -> None:
    """Three people answered once each; the boosts are all by two, of whom one is paid for today."""
    ego, now = "twitter:1000", datetime(2026, 11, 20, 12, tzinfo=UTC)
    answers = [post(n, f"twitter:{n}", reply_to=ego) for n in (60, 61, 62)]
    passed_on = [
        Reaction(f"twitter:{70 + n % 2}", "boost", f"twitter:{n}", ego, None, None, now)
        for n in range(boosts)
    ]
    with staged("twitter", small()) as stage, stage.live() as live, filled(*answers, *passed_on) as store:
        assert live.owner == ego
        paid = [Billed(live.source, now.date(), "user", "70"), Billed(live.source, now.date(), "user", "60")]
        store.insert("billed", as_arrow(Billed, paid))
        found = held(store, live, [], now)
        tomorrow = held(store, live, [], now + timedelta(days=1))
    half = boosts // 2
    if boosts == ENOUGH_REACTIONS:
        assert found.acts == {(half, True): 1, (half, False): 1}
    else:
        assert found.acts == {(half + 1, True): 1, (half, False): 1, (1, True): 1, (1, False): 2}
    assert found.paid == {"user": {"70", "60"}}
    assert not tomorrow.paid
    assert not any(is_paid for _, is_paid in tomorrow.acts)
