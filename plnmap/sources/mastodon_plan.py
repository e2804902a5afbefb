"""What collecting from Mastodon is going to take, worked out before anything is sent.

Nothing is billed; it is requests that are rationed. What a server does not count
beforehand is guessed, and how often the guess was good shows in the file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from math import ceil, inf
from typing import Final, NamedTuple

from plnmap.model import Task
from plnmap.sources.foretelling import Held, new_since
from plnmap.sources.live import Limits, PlanRow
from plnmap.sources.mastodon_streams import (
    OF_A_POST,
    PAGES_WINDOW_SECONDS,
    RECENT_POSTS,
    REQUESTS,
    STREAMS,
    WINDOW_SECONDS,
)

NOTIFIED: Final = 1.0
"""Notifications for each own post, as long as the file does not tell."""

LIKED: Final = 0.25
"""Favourites given for each own post, as long as the file does not tell."""

ANSWERS_UNSEEN: Final = 0.25
"""Own posts that answer somebody whose post no page shows, of all own posts."""

NOT_NOTIFIED: Final = 0.01
"""Own posts on which something is counted that came with no notification, of all own posts."""

_SECONDS_A_REQUEST: Final = 0.3
_A_POST: Final = ("answers", "answers", "boosts", "favourites")
"""The parts of the requests that a single post may call for: its thread, quotes, boosts, favourites."""


class _Pages(NamedTuple):
    """Pages to be expected, and at most; None where nothing bounds them."""

    expected: int
    most: int | None


def plan_tasks(tasks: Iterable[Task], held: Held, limits: Limits, parts: frozenset[str]) -> list[PlanRow]:
    """Requests and minutes of tasks that have not ended, and of those that they will call for, by part.

    What others did with posts that are not there yet is guessed, other than where it costs money:
    one request for every hundred posts, and at most one of each kind for every post.

    Parameters
    ----------
    tasks
        The tasks; what the server counts is in `Task.expected`.
    held
        What the file holds.
    limits
        What the user does not want.
    parts
        Which parts the user wants.
    """
    todo = [task for task in tasks if task.state in ("waiting", "running")]
    posts = sum(_posts_left(task, held, limits) for task in todo if task.stream == "posts")
    expected: Counter[str] = Counter()
    most: dict[str, int | None] = {}
    called_for = (each for each in _called_for(posts, held) if each[0] in parts)
    for part, pages in [*_of_tasks(todo, posts, held, limits), *called_for]:
        expected[part] += pages.expected
        before = most.get(part, 0)
        most[part] = None if pages.most is None or before is None else before + pages.most
    total = expected.total()
    # The first page of each list counts as no further page.
    minutes = _minutes(total, total - len(todo))
    # How many posts are newer than a day is known of those alone that are here.
    since = {"posts"} if limits.since is not None and held.posts_since is None else set()
    return [
        PlanRow(
            part,
            number,
            minutes * number / total,
            0.0,
            0,
            0,
            most[part],
            0.0,
            guess=most[part] != number or part in since,
        )
        for part, number in expected.items()
        if number or most[part]
    ]


def _of_tasks(todo: Iterable[Task], posts: int, held: Held, limits: Limits) -> Iterable[tuple[str, _Pages]]:
    for task in todo:
        stream = STREAMS[task.stream]
        if task.stream == "lookup":
            yield stream.part, _Pages(1, 2)
            yield from _of_somebody(task, held, limits)
        elif task.stream in OF_A_POST or stream.page_size == 1 or task.stream == "parents":
            yield stream.part, _pages(task, task.expected or 1)
        elif task.stream == "posts":
            yield stream.part, _pages(task, posts)
        elif task.since and not stream.snapshot:
            yield stream.part, _pages(task, new_since(task, held.now))._replace(most=None)
        elif task.expected is not None:
            yield stream.part, _pages(task, task.expected - task.pass_items)
        else:
            share = NOTIFIED if task.stream == "notifications" else LIKED
            yield stream.part, _pages(task, max(0, share * posts - task.pass_items))._replace(most=None)


def _of_somebody(task: Task, held: Held, limits: Limits) -> Iterable[tuple[str, _Pages]]:
    """What looking somebody up calls for: their posts and follows."""
    recent = limits.max_posts or RECENT_POSTS
    counted = held.counts.get(task.account)
    posts = recent if counted is None or counted.posts is None else min(recent, counted.posts)
    follows = 0 if counted is None or counted.following is None else counted.following
    for stream, items in (("alter_posts", posts), ("alter_following", follows)):
        found = STREAMS[stream]
        yield (
            found.part,
            _pages(task._replace(stream=stream), items)._replace(
                most=_pages(task._replace(stream=stream), recent).most if stream == "alter_posts" else None
            ),
        )


def _called_for(posts: int, held: Held) -> Iterable[tuple[str, _Pages]]:
    """What own posts call for that are not there yet, and answers whose parents are unknown."""
    for part in dict.fromkeys(_A_POST):
        yield part, _Pages(round(NOT_NOTIFIED * posts), posts * _A_POST.count(part))
    size = STREAMS["parents"].page_size
    unknown = held.parents + int(ANSWERS_UNSEEN * posts)
    yield STREAMS["parents"].part, _Pages(ceil(unknown / size), ceil((held.parents + posts) / size))


def _posts_left(task: Task, held: Held, limits: Limits) -> int:
    """Own posts that are still to come."""
    counted = min(task.expected or 0, limits.max_posts or inf)
    if task.since:
        # Where something was left out, it is gone on with once it is wanted.
        wanted = not task.reason or (task.rest is not None and limits.since is None)
        items = max(counted - task.got if wanted else 0, new_since(task, held.now))
    else:
        items = counted - task.pass_items
        if limits.since is not None and held.posts_since is not None:
            items = min(items, held.posts_since)
    return max(0, round(items))


def _pages(task: Task, items: float) -> _Pages:
    """Pages of so many items: one at least, since somebody has to say that there is nothing."""
    pages = max(1, ceil(items / STREAMS[task.stream].page_size))
    return _Pages(pages, pages)


def _minutes(total: int, paged: int) -> float:
    """How long requests take: they go out at once, as long as there are some left in the window."""
    waiting = max(
        (max(0, total - 1) // REQUESTS) * WINDOW_SECONDS,
        (max(0, paged - 1) // REQUESTS) * PAGES_WINDOW_SECONDS,
    )
    return (waiting + total * _SECONDS_A_REQUEST) / 60
