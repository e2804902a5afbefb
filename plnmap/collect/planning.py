"""What a run is going to take: its tasks, as far as they are known, and what the file says about them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final

from plnmap.collect.keeping import tasks_like, tasks_to_do
from plnmap.collect.known import known_already
from plnmap.collect.live import as_begun
from plnmap.collect.parents import unknown_parents
from plnmap.collect.refused import refused_before
from plnmap.collect.wanted import ALTERS, Wanted, account_of, streams_of
from plnmap.model import Task
from plnmap.sources.foretelling import Counted, Held
from plnmap.sources.live import Alter, Live, PlanRow
from plnmap.store import Store

_ACTS: Final = """
WITH acts AS (
    SELECT author AS who, false AS is_reaction FROM posts
    WHERE author <> $owner AND authority > 0
        AND (reply_to = $owner OR quote_of = $owner OR list_contains(mentions, $owner))
    UNION ALL SELECT actor, true FROM reactions WHERE author = $owner AND actor <> $owner
), paid AS (
    SELECT $platform || ':' || item AS who, true AS is_paid FROM billed
    WHERE source = $source AND day = $today AND resource = 'user'
), people AS (
    SELECT who, count(*) AS times, coalesce(bool_or(is_paid), false) AS is_paid
    FROM acts LEFT JOIN paid USING (who)
    WHERE is_reaction OR (SELECT count(*) FILTER (WHERE is_reaction) FROM acts) < $enough
    GROUP BY who
)
SELECT times, is_paid, count(*) FROM people GROUP BY ALL
"""

ENOUGH_REACTIONS: Final = 30
"""From so many boosts and favourites on, it is they that tell how often people do such things."""

_PAID_POSTS: Final = """
SELECT {what}, count(*) FROM posts
SEMI JOIN (
    SELECT $platform || ':' || item AS post FROM billed
    WHERE source = $source AND day = $today AND resource = 'post'
) USING (post) WHERE {what} IS NOT NULL GROUP BY {what}
"""


def plan(store: Store, live: Live, wanted: Wanted, alters: Sequence[Alter], now: datetime) -> list[PlanRow]:
    """What a run is going to take, by part; the file stays as it is.

    Parameters
    ----------
    store
        An open PLN file.
    live
        The platform, as one account sees it.
    wanted
        What the run is to do.
    alters
        Whose pages it would take after the owner's.
    now
        When it begins, UTC.
    """
    with _joined(store):
        tasks = open_tasks(store, live, wanted, alters)
        return live.plan(tasks, wanted.parts, held(store, live, tasks, now))


def open_tasks(store: Store, live: Live, wanted: Wanted, alters: Sequence[Alter] = ()) -> list[Task]:
    """The tasks that a run would do, as far as they are known, but for those that need no request.

    Parameters
    ----------
    store, live, wanted, alters
        As in `plan`.
    """
    waiting = tasks_to_do(store, live.source, streams_of(live, wanted), account_of(live, wanted))
    found = [task for task in waiting if task.stream != ALTERS] + refused_before(store, live, wanted)
    needless = {task[:3] for task in known_already(store, live, found)}
    first = [
        *live.first_tasks(wanted.depth, wanted.parts),
        *(live.alter_tasks(alters, wanted.parts) if wanted.depth == "alters" else ()),
    ]
    known = tasks_like(store, first)
    begun = [as_begun(known.get(task[:3]), task, anew=not waiting) for task in first]
    left = [task for task in found if task[:3] not in needless]
    return [*left, *(task for task in begun if task is not None)]


def held(store: Store, live: Live, tasks: Sequence[Task], now: datetime) -> Held:
    """What the file holds that a plan of some tasks can go by.

    Parameters
    ----------
    store, live, now
        As in `plan`.
    tasks
        The tasks.
    """
    asked: dict[str, Any] = {
        "source": live.source,
        "platform": live.platform,
        "today": now.date(),
    }
    paid: dict[str, set[str]] = {}
    for resource, item in store.rows(
        "SELECT resource, item FROM billed WHERE source = $source AND day = $today",
        {name: asked[name] for name in ("source", "today")},
    ):
        paid.setdefault(resource, set()).add(item)
    acts = store.rows(_ACTS, {**asked, "owner": live.owner, "enough": ENOUGH_REACTIONS})
    return Held(
        now=now,
        acts={(times, is_paid): people for times, is_paid, people in acts},
        paid={resource: frozenset(items) for resource, items in paid.items()},
        paid_by=dict(store.rows(_PAID_POSTS.format(what="author"), asked)),
        counts=_counts(store, tasks),
        answered=dict(store.rows(_PAID_POSTS.format(what="reply_to_post"), asked)),
        parents=len(unknown_parents(store, live)),
        posts_since=_own_posts(store, live),
    )


def _counts(store: Store, tasks: Sequence[Task]) -> dict[str, Counted]:
    """What platforms counted of those whom tasks are about."""
    rows = store.rows(
        "SELECT account, max_by(posts, seen_at) FILTER (WHERE posts IS NOT NULL), "
        "max_by(following, seen_at) FILTER (WHERE following IS NOT NULL) "
        "FROM accounts WHERE list_contains($about, account) GROUP BY account",
        {"about": sorted({task.account for task in tasks})},
    )
    return {account: Counted(posts, following) for account, posts, following in rows}


def _own_posts(store: Store, live: Live) -> int | None:
    """The owner's own posts and boosts of the time that is wanted; None where there are none at all."""
    ((every, wanted),) = store.rows(
        "SELECT count(*), count(*) FILTER (WHERE $since IS NULL OR happened_at >= $since) FROM ("
        "SELECT happened_at FROM posts WHERE author = $owner AND authority > 0 "
        "UNION ALL SELECT happened_at FROM reactions WHERE actor = $owner AND kind = 'boost')",
        {"owner": live.owner, "since": live.limits.since and live.limits.since.replace(tzinfo=None)},
    )
    return wanted if every else None


@contextmanager
def _joined(store: Store) -> Iterator[None]:
    """For a while, answers know the posts they answer."""
    store.connection.begin()
    try:
        store.join_parents()
        yield
    finally:
        store.connection.rollback()
