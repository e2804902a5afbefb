"""What collecting from X is going to take, worked out before anything is sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from plnmap.model import Task
from plnmap.sources.live import PlanRow
from plnmap.sources.x_pages import Viewer
from plnmap.sources.x_prices import Prices, dollars
from plnmap.sources.x_streams import ASKED, LIMITS, STREAMS, WINDOW_SECONDS, alter_tasks_of

SECONDS_A_REQUEST: Final = 1.0
"""What an answer takes where nothing has to be waited for."""


def plan_tasks(tasks: Sequence[Task], prices: Prices, viewer: Viewer, max_posts: int | None) -> list[PlanRow]:
    """What tasks are going to take, by part.

    Counts that X gave are taken at their word. Where it counts nothing beforehand (mentions, whom
    others follow), it is the most that X gives; and people who act twice are counted twice, though
    X bills a person once a day. So the plan is what a collection costs at most. What was done with
    posts that are not yet there is not in it: it is counted on them.

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
    """
    requests: Counter[tuple[str, str]] = Counter()
    reads: dict[str, Counter[tuple[str, bool]]] = {}
    for task in _with_called_for(tasks, viewer):
        stream, asked = STREAMS[task.stream], ASKED[task.stream]
        items = items_left(task, viewer, max_posts)
        requests[stream.part, asked.address] += max(1, -(-items // stream.page_size))
        if stream.resource is not None:
            part = reads.setdefault(stream.part, Counter())
            part[stream.resource, viewer.by_user and asked.owned] += items
    parts = dict.fromkeys(part for part, _ in requests)
    return [_row(part, requests, reads.get(part, Counter()), prices, viewer) for part in parts]


def items_left(task: Task, viewer: Viewer, max_posts: int | None) -> int:
    """How many items a task has still to take in this pass, at most."""
    stream = STREAMS[task.stream]
    if task.stream == "lookup":
        return task.subject.count(",") + 1
    if task.since is not None and not stream.snapshot:
        # Only what came since; where something was out of reach, counts do not tell how much that is.
        known = task.expected is not None and not task.reason
        left = (task.expected or 0) - task.got if known else stream.page_size
    elif task.expected is not None:
        left = min(task.expected, stream.cap or task.expected) - task.pass_items
    else:
        left = (stream.cap or stream.page_size) - task.pass_items
    if task.stream == "alter_posts":
        left = min(left, viewer.recent - task.pass_items)
    elif max_posts is not None and stream.part == "posts":
        left = min(left, max_posts - task.pass_items)
    return max(0, left)


def _with_called_for(tasks: Iterable[Task], viewer: Viewer) -> Iterator[Task]:
    """Tasks that have not ended, and those that they are sure to call for."""
    for task in tasks:
        if task.state in ("waiting", "running"):
            yield task
            if task.stream == "lookup":
                for handle in task.subject.split(","):
                    yield from alter_tasks_of(viewer.source, handle, task.rank, viewer.recent)


def _row(
    part: str,
    requests: Counter[tuple[str, str]],
    reads: Counter[tuple[str, bool]],
    prices: Prices,
    viewer: Viewer,
) -> PlanRow:
    own = {address: count for (of, address), count in requests.items() if of == part}
    owned = sum(count for (_, is_owned), count in reads.items() if is_owned)
    return PlanRow(
        part,
        sum(own.values()),
        sum(minutes(count, LIMITS[address][viewer.by_user]) for address, count in own.items()),
        dollars(reads, prices),
        owned,
        reads.total() - owned,
    )


def minutes(requests: int, limit: int) -> float:
    """How long requests to one address take, minutes: what does not fit into a window waits for the next.

    >>> minutes(75, 75), minutes(76, 75)
    (1.25, 15.016666666666667)
    """
    windows = (requests - 1) // limit
    return (windows * WINDOW_SECONDS + (requests - windows * limit) * SECONDS_A_REQUEST) / 60
