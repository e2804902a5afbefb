"""What X takes for a collection: foretold, noted as it is spent, and never more than allowed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from plnmap.collect import Wanted
from plnmap.collect.passes import begin_pass
from plnmap.errors import StoppedByLimit
from plnmap.sources.foretelling import Held
from plnmap.sources.live import PARTS, Alter, Limits, PlanRow
from tests.scenario.world import EGO, Liked, Said, World, small_world
from tests.sources.x_driver import Brought, served

CAPPED = "the platform gives only the 800 most recent"
EVERY = frozenset(PARTS)
SPENT = "SELECT round(sum(dollars), 6) FROM spending"


def crowded() -> World:
    """A world in which nobody acts twice, and more people write to ego than X shows."""
    world = small_world(crowd=1_000, posts=60)
    for number, one in world.said.items():
        # What the few did of old is no more: they act often.
        again = one.boost_of or one.quote_of or (one.reply_to and one.author != EGO)
        world.said[number] = one._replace(deleted=bool(again))
    world.liked = [one for one in world.liked if one.who == EGO]
    own = [one.number for one in world.by(EGO)]
    moment = max(one.at for one in world.said.values()) + timedelta(days=8)
    for place in range(1_000):
        name, number = f"crowd{place:05}", len(world.said) + 1
        if place < 40:
            world.said[number] = Said(number, name, moment, boost_of=own[place % 20])
        elif place < 90:
            world.liked.append(Liked(name, own[place % 20], moment))
        else:
            world.said[number] = Said(number, name, moment + timedelta(seconds=place), f"Hello @{EGO}")
    world.changed()
    return world


def total(rows: Iterable[PlanRow]) -> float:
    return sum(row.dollars for row in rows)


def test_a_plan_foretells_the_cost(tmp_path: Path) -> None:
    with served(crowded(), tmp_path) as here:
        live, brought = here.live(), Brought()
        # The counts of the profile, and then those on the posts, are what can be known.
        brought.plan(live.first_tasks("ego", EVERY))
        brought.all_of(live, frozenset())
        begun = here.x.spent
        counted = list(brought.tasks.values())
        posts = total(row for row in live.plan(counted, EVERY) if row.part == "posts")
        brought.all_of(live, frozenset({"posts"}))
        assert 0.95 * posts <= here.x.spent - begun <= posts
        begun, sent = here.x.spent, live.connection.sent
        plan = live.plan([*brought.tasks.values()], EVERY)
        brought.all_of(live)
        # Who names the account is guessed here, and may be as many as X gives.
        most = sum(row.most_dollars for row in plan)
        assert 0.95 * most <= here.x.spent - begun <= most
        assert live.connection.sent - sent <= sum(row.most_requests or 0 for row in plan)
        assert sum(brought.billed.values()) == pytest.approx(here.x.spent)
        owned, other = sum(row.owned_reads for row in plan), sum(row.other_reads for row in plan)
        assert owned > 1_900
        (mentions,) = brought.of("mentions").values()
        assert (mentions.got, mentions.state, mentions.reason) == (800, "partial", CAPPED)
        assert other == 90


def liked_by_the_same(world: World) -> World:
    """Three of five people like each post of ego's: several times a day, each of them."""
    draw = Random(1)
    for one in world.by(EGO):
        for who in draw.sample(("bo", "cy", "dee", "eli", "fay"), 3 if one.boost_of is None else 0):
            world.liked.append(Liked(who, one.number, one.at))
    world.changed()
    return world


@pytest.mark.parametrize("world", [small_world(1), liked_by_the_same(small_world(2, posts=40))])
def test_who_acts_often_is_foretold_by_what_they_wrote(world: World, tmp_path: Path) -> None:
    with served(world, tmp_path) as here:
        live, brought = here.live(), Brought()
        brought.plan(live.first_tasks("ego", EVERY))
        brought.all_of(live, frozenset({"posts", "notifications"}))
        wrote = Counter(
            one.author
            for one in brought.posts.values()
            if live.owner in (one.mentions or ()) or one.reply_to == live.owner
        )
        acts = Counter((times, False) for times in wrote.values())
        left = [task for task in brought.tasks.values() if task.stream in ("quotes", "boosters", "likers")]
        plan = live.plan(left, EVERY, Held(acts=acts))
        begun = here.x.spent
        for task in sorted(left, key=lambda task: task.rank):
            brought.take(live, task)
        assert here.x.spent - begun == pytest.approx(total(plan), rel=0.05)
        assert here.x.spent - begun < 0.5 * sum(row.most_dollars for row in plan)


def test_a_wish_for_more_posts_of_others_is_in_the_plan(tmp_path: Path) -> None:
    with served(tiny(), tmp_path) as here:
        alters, parts = [Alter("twitter:34", "bo")], frozenset({"posts"})
        for limits, posts in ((Limits(), 100), (Limits(max_posts=300), 300), (Limits(max_posts=30), 30)):
            live = here.live(limits=limits)
            assert live.plan(live.alter_tasks(alters, parts), parts)[0].other_reads == posts
        assert not here.server.log


def tiny() -> World:
    return small_world(posts=4, crowd=9, followed=5)


def test_each_thing_is_paid_for_once_a_day(tmp_path: Path) -> None:
    with served(tiny(), tmp_path) as here:
        spent = here.collect()
        assert here.rows(SPENT) == [(here.x.spent,)]
        assert spent == pytest.approx(here.x.spent)
        assert here.collect() == pytest.approx(spent)
        here.clock.sleep(86_400)
        assert here.collect() == pytest.approx(here.x.spent)
        assert here.x.spent > spent
        assert len(here.rows("SELECT DISTINCT day FROM spending")) == 2


def test_a_budget_is_never_exceeded(tmp_path: Path) -> None:
    budget = 0.045
    with served(tiny(), tmp_path) as here:
        with pytest.raises(StoppedByLimit, match="budget"):
            here.collect(Wanted(budget=budget))
        assert here.x.spent <= budget
        asked = {(one.request.path, one.request.query.get("pagination_token")) for one in here.server.log}
        before = len(asked)
        assert before == len(here.server.log)
        here.collect(Wanted(budget=2.0))
        after = {(one.request.path, one.request.query.get("pagination_token")) for one in here.server.log}
        assert len(after) == len(here.server.log)
        assert here.rows(SPENT) == [(here.x.spent,)]
        assert here.rows("SELECT count(*) FROM tasks WHERE state IN ('waiting', 'running')") == [(0,)]


def test_no_page_costs_more_than_was_said(tmp_path: Path) -> None:
    with served(tiny(), tmp_path) as here:
        live, brought = here.live(), Brought()
        brought.plan(live.first_tasks("ego", EVERY))
        for _ in range(3):
            while (task := brought.next(live)) is not None:
                before = here.x.spent
                brought.take(live, task)
                assert here.x.spent - before <= live.most_dollars(task) + 1e-9
            here.clock.sleep(86_400)
            again = live.first_tasks("ego", EVERY)
            brought.plan([begin_pass(brought.tasks[task[:3]]) for task in again], anew=True)


def test_a_credit_that_runs_out(tmp_path: Path) -> None:
    with served(tiny(), tmp_path, credits=0.03) as here:
        live, brought = here.live(), Brought()
        brought.plan(live.first_tasks("ego", EVERY))
        with pytest.raises(StoppedByLimit, match="credits"):
            brought.all_of(live)
        here.x.credits = None
        brought.all_of(live)
        assert sum(brought.billed.values()) == pytest.approx(here.x.spent)
        assert brought.next(live) is None
