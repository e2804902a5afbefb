"""What a plan goes by where a platform counts nothing beforehand: what a file holds already. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from math import exp, lgamma, sqrt
from typing import Final, NamedTuple

from plnmap.model import Task

_LEAST: Final = timedelta(days=1)
"""Of less than a day of somebody's activity nothing is concluded."""


class Counted(NamedTuple):
    """What a platform counted of somebody when they were last seen: posts, and accounts they follow."""

    posts: int | None
    following: int | None


class Held(NamedTuple):
    """What a file holds that a plan can go by; nothing where there is no file yet.

    Attributes
    ----------
    now
        When the plan is made, UTC; None where nothing that was collected before is gone on with.
    acts
        (How often somebody acted towards the owner, whether reading about them is paid for today) → how
        many people.
    paid
        Resource → ids that are paid for today: reading them again costs nothing.
    paid_by
        Account → its posts that are paid for today.
    counts
        Account → what the platform counted of it.
    answered
        Post → its answers that are paid for today.
    parents
        Posts that the owner answered, and that are to be asked for.
    posts_since
        The owner's posts of the time that the user wants; None where the file holds none at all.
    """

    now: datetime | None = None
    acts: Mapping[tuple[int, bool], int] = {}
    paid: Mapping[str, frozenset[str]] = {}
    paid_by: Mapping[str, int] = {}
    counts: Mapping[str, Counted] = {}
    answered: Mapping[str, int] = {}
    parents: int = 0
    posts_since: int | None = None


NOTHING: Final = Held()


def new_since(task: Task, now: datetime | None) -> float:
    """Items that have come since a task was done, at the pace at which those before came.

    Parameters
    ----------
    task
        The task; nothing is known of one that covers no time.
    now
        When it is done again, UTC.

    Examples
    --------
    >>> from datetime import UTC
    >>> from plnmap.sources.live import new_task
    >>> noon = datetime(2026, 11, 20, 12, tzinfo=UTC)
    >>> task = new_task("collected:a", "posts", "1", "a", 0)
    >>> task = task._replace(first=noon - timedelta(days=100), last=noon, got=50)
    >>> new_since(task, noon + timedelta(days=10))
    5.0
    """
    if now is None or task.first is None or task.last is None or task.last - task.first < _LEAST:
        return 0.0
    return task.got * max(now - task.last, timedelta()) / (task.last - task.first)


def people_to_pay(acts: float, held: Held) -> float:
    """How many people that are not paid for yet are behind so many acts, to be expected.

    People who acted before will act again as often as they did. So much of the file as there are
    acts to come is drawn in thought (rarefaction, Hurlbert 1971). Beyond what the file holds, new people
    come at the rate of those who are there with one act only, and ever more slowly: their number grows
    with the square root of the acts (Heaps' law). Nothing known: each act is somebody else's.

    Parameters
    ----------
    acts
        Acts to come.
    held
        What the file holds: `Held.acts`.

    Examples
    --------
    >>> people_to_pay(40, Held())
    40.0
    >>> round(people_to_pay(40, Held(acts={(20, False): 3, (10, True): 2})), 2)
    3.0
    >>> round(people_to_pay(90, Held(acts={(1, False): 60})), 2)
    90.0
    """
    known = sum(times * people for (times, _), people in held.acts.items())
    drawn = min(acts, known)
    seen = sum(
        people * _is_drawn(times, known, drawn)
        for (times, is_paid), people in held.acts.items()
        if not is_paid
    )
    once = sum(people for (times, _), people in held.acts.items() if times == 1)
    further = acts - drawn
    if once == known:
        return float(seen + further)
    return seen + 2 * once * (sqrt(1 + further / known) - 1)


def _is_drawn(times: int, known: int, drawn: float) -> float:
    """How likely somebody with so many acts is among some that are drawn from all."""
    left = known - times
    if drawn > left:
        return 1.0
    none = lgamma(left + 1) - lgamma(left - drawn + 1) - lgamma(known + 1) + lgamma(known - drawn + 1)
    return 1 - exp(none)
