"""What collecting from X is going to take, worked out before anything is sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from math import ceil, inf
from typing import Final, NamedTuple

from plnmap.model import Task
from plnmap.sources.foretelling import NOTHING, Held, new_since, people_to_pay
from plnmap.sources.live import PlanRow
from plnmap.sources.x_pages import Viewer
from plnmap.sources.x_prices import Prices
from plnmap.sources.x_streams import ASKED, BY_DATE, LIMITS, STREAMS, WINDOW_SECONDS, alter_tasks_of

SECONDS_A_REQUEST: Final = 1.0
"""What an answer takes where nothing has to be waited for."""

NAMED: Final = 0.5
"""Posts that name the account for each of its own, as long as the file does not tell."""

ROOM: Final = 2.0
"""How much more than so far may have been written a day, before there is more than the plan says at most."""

_PEOPLE: Final = ("boosters", "likers")


class Items(NamedTuple):
    """Items that are to be expected, and at most."""

    expected: float
    most: int


class _Planned(NamedTuple):
    """A task, the items it takes, and how many of the expected ones are billed."""

    task: Task
    items: Items
    billed: float


def plan_tasks(
    tasks: Sequence[Task], prices: Prices, viewer: Viewer, max_posts: int | None, held: Held = NOTHING
) -> list[PlanRow]:
    """What tasks are going to take, by part: what is to be expected, and at most.

    Counts that X gave are taken at their word. Where it counts nothing beforehand (mentions, whom
    others follow), the most is what X gives at all. X bills a thing once a day: what is paid for is
    not expected to be billed, and how many people are behind the boosts and likes of posts is
    foretold by the file (`people_to_pay`); at most, each act is somebody else's. What was done with
    posts that are not there yet is not in the plan: it is counted on them.

    Parameters
    ----------
    tasks
        The tasks; those that have ended take nothing.
    prices
        The table in force.
    viewer
        Who looks.
    max_posts
        As in `plnmap.sources.live.Limits`.
    held
        What the file holds.
    """
    todo = [*_with_called_for(tasks, viewer, held)]
    # How many name the account does not depend on how many of its own posts are wanted.
    own = sum(items_left(task, viewer, None, held).expected for task in todo if task.stream == "posts")
    planned = []
    for task in todo:
        items = items_left(task, viewer, max_posts, held, own)
        planned.append(_Planned(task, items, _billed(task, items.expected, viewer, held)))
    parts: dict[str, list[_Planned]] = {}
    for one in _people_once(planned, held):
        parts.setdefault(STREAMS[one.task.stream].part, []).append(one)
    return [
        _row(part, found, prices, viewer)._replace(guess=any(_is_guess(one, viewer, held) for one in found))
        for part, found in parts.items()
    ]


def items_left(
    task: Task, viewer: Viewer, max_posts: int | None, held: Held = NOTHING, own: float = 0.0
) -> Items:
    """How many items a task has still to take in this pass.

    Parameters
    ----------
    task, viewer, max_posts, held
        As in `plan_tasks`.
    own
        Posts of the account itself that are expected to come.
    """
    stream = STREAMS[task.stream]
    if task.stream == "lookup":
        expected: float = task.subject.count(",") + 1
        most = int(expected)
    elif task.since is not None and not stream.snapshot:
        expected, most = _since(task, viewer, max_posts, held)
    elif task.expected is not None:
        expected = most = min(task.expected, stream.cap or task.expected)
    else:
        expected = most = stream.cap or stream.page_size
        if task.stream == "mentions" and (posts := max(own, held.posts_since or 0)):
            expected = min(most, NAMED * posts)
    if task.stream == "posts" and task.since is None and viewer.since and held.posts_since is not None:
        expected = min(expected, held.posts_since)
    wanted = viewer.recent if task.stream == "alter_posts" else max_posts if stream.part == "posts" else None
    if wanted is not None:
        expected, most = min(expected, wanted), min(most, wanted)
    return Items(max(0.0, expected - task.pass_items), max(0, most - task.pass_items))


def _since(task: Task, viewer: Viewer, max_posts: int | None, held: Held) -> tuple[float, int]:
    """What a further pass reads: of some lists only what is new, of others whole pages down to that."""
    stream, new = STREAMS[task.stream], new_since(task, held.now)
    if task.stream in BY_DATE:
        # Where something is out of reach, counts do not tell how much is new; what was left out as the
        # user asked is gone on with once it is wanted.
        wanted = not task.reason or (task.rest is not None and viewer.since is None)
        if task.expected is not None and wanted:
            new = max(new, min(task.expected, stream.cap or inf, max_posts or inf) - task.got)
        return new, max(stream.page_size, ceil(ROOM * new))
    pages = stream.page_size * ceil((new + 1) / stream.page_size)
    items = pages if task.expected is None else min(pages, task.expected)
    return items, items


def _billed(task: Task, items: float, viewer: Viewer, held: Held) -> float:
    """How many of so many items are not paid for today."""
    paid: float = 0
    resource = STREAMS[task.stream].resource
    if task.stream == "profile":
        paid = viewer.owner_id in held.paid.get("user", ())
    elif resource == "follow":
        arrow = "<" if task.stream == "followers" else ">"
        paid = sum(one.startswith(f"{task.subject}{arrow}") for one in held.paid.get("follow", ()))
    elif task.stream == "liked":
        paid = len(held.paid.get("like", ()))
    elif task.stream == "alter_posts":
        paid = held.paid_by.get(task.account, 0)
    elif task.stream == "answers":
        paid = sum(held.answered.get(f"twitter:{thread}", 0) for thread in task.subject.split(","))
    return max(0.0, items - paid)


def _people_once(planned: Iterable[_Planned], held: Held) -> Iterator[_Planned]:
    """The same, with everybody who boosted and liked billed once, in the order of asking."""
    every = [*planned]
    yield from (one for one in every if one.task.stream not in _PEOPLE)
    acts = people = 0.0
    for stream in _PEOPLE:
        found = [one for one in every if one.task.stream == stream]
        further = sum(one.items.expected for one in found)
        before, acts = people, acts + further
        people = people_to_pay(acts, held)
        for one in found:
            share = (people - before) / further if further else 0.0
            yield one._replace(billed=one.items.expected * share)


def _with_called_for(tasks: Iterable[Task], viewer: Viewer, held: Held) -> Iterator[Task]:
    """Tasks that have not ended, those that they are sure to call for, and what is counted for them."""
    for task in tasks:
        if task.state not in ("waiting", "running"):
            continue
        yield _as_counted(task, viewer, held)
        if task.stream == "lookup":
            for handle in task.subject.split(","):
                yield from alter_tasks_of(viewer.source, handle, task.rank, viewer.recent)


def _as_counted(task: Task, viewer: Viewer, held: Held) -> Task:
    """A task about somebody else, with what X counted of them when they came along with a page."""
    counted = held.counts.get(task.account)
    if task.expected is not None or counted is None:
        return task
    if task.stream == "alter_following":
        return task._replace(expected=counted.following)
    if task.stream == "alter_posts" and counted.posts is not None:
        return task._replace(expected=min(counted.posts, viewer.recent))
    return task


def _is_guess(one: _Planned, viewer: Viewer, held: Held) -> bool:
    """Whether X counts something else than what will come, or nothing at all."""
    if one.task.stream == "posts" and one.task.since is None and viewer.since is not None:
        return held.posts_since is None
    # It counts likes; billed are people.
    return one.task.stream in _PEOPLE or one.items.expected < one.items.most


def _row(part: str, planned: Sequence[_Planned], prices: Prices, viewer: Viewer) -> PlanRow:
    requests: Counter[str] = Counter()
    most_requests = 0
    reads: dict[bool, float] = {True: 0.0, False: 0.0}
    expected = most = 0.0
    for task, items, billed in planned:
        stream, asked = STREAMS[task.stream], ASKED[task.stream]
        requests[asked.address] += max(1, ceil(items.expected / stream.page_size))
        most_requests += max(1, ceil(items.most / stream.page_size))
        if stream.resource is not None:
            owned = viewer.by_user and asked.owned
            price = prices.of(stream.resource, owned)
            reads[owned] += billed
            expected += billed * price
            most += items.most * price
    return PlanRow(
        part,
        requests.total(),
        sum(minutes(count, LIMITS[address][viewer.by_user]) for address, count in requests.items()),
        # A price has at most so many places; sums of many would show the rest of binary fractions.
        round(expected, 6),
        round(reads[True]),
        round(reads[False]),
        most_requests,
        round(most, 6),
    )


def minutes(requests: int, limit: int) -> float:
    """How long requests to one address take, minutes: what does not fit into a window waits for the next.

    >>> minutes(75, 75), minutes(76, 75)
    (1.25, 15.016666666666667)
    """
    windows = (requests - 1) // limit
    return (windows * WINDOW_SECONDS + (requests - windows * limit) * SECONDS_A_REQUEST) / 60
