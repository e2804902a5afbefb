"""One account on X, asked over the API version 2."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import cached_property
from math import inf
from typing import TYPE_CHECKING, Final

from plnmap.errors import CredentialsError
from plnmap.model import Platform, Task, account_key, account_reference, is_reference
from plnmap.sources.foretelling import NOTHING, Held
from plnmap.sources.live import Alter, Answer, Depth, Limits, PlanRow, Taken, collection_of, new_task
from plnmap.sources.pacing import Bucket
from plnmap.sources.people import is_handle
from plnmap.sources.x_pages import Viewer, read_page
from plnmap.sources.x_plan import plan_tasks
from plnmap.sources.x_prices import Prices
from plnmap.sources.x_streams import (
    ASKED,
    OTHERS_FROM,
    RANKS,
    STREAMS,
    alter_tasks_of,
    bucket,
    items_at_most,
    owner_tasks,
)
from plnmap.sources.x_v2 import V2Metrics

if TYPE_CHECKING:
    import requests

    from plnmap.sources.connection import Buckets, Connection
    from plnmap.sources.x_client import XClient

KIND: Final = "x_account"
READER_VERSION: Final = 1
RECENT: Final = 100
"""Posts of each other person, unless the user says otherwise: one page."""

_PEOPLE_A_LOOKUP: Final = 100


def buckets(by_user: bool) -> Buckets:
    """The limits of X, for a connection.

    Parameters
    ----------
    by_user
        Whether the token is a user's; those of apps have other limits.
    """

    def of(request: requests.PreparedRequest) -> tuple[Bucket, ...]:
        found = bucket(request.path_url.partition("?")[0], by_user)
        return () if found is None else (found,)

    return of


class XLive:
    """A `Live` for one account on X.

    Parameters
    ----------
    owner_id, handle
        The account, by the platform's id and by its handle.
    token
        Gives the token in force.
    by_user
        Whether the token is a user's; one of an app sees no likes and pays the full price.
    connection
        Over which it asks; made with `buckets`.
    prices
        The table in force.
    limits
        What the user does not want.
    counts
        What the profile counted when it was last seen, for a plan before anything is sent.
    logged_in_at
        As in `Live`.
    """

    platform: Platform = "twitter"
    kind = KIND
    reader_version = READER_VERSION
    streams = STREAMS

    def __init__(
        self,
        owner_id: str,
        handle: str,
        token: Callable[[], str],
        *,
        by_user: bool,
        connection: Connection,
        prices: Prices,
        limits: Limits = Limits(),  # noqa: B008
        counts: V2Metrics | None = None,
        logged_in_at: datetime | None = None,
    ) -> None:
        self.owner = account_key("twitter", owner_id)
        self.name = f"@{handle}"
        self.source = collection_of(self.owner)
        self.limits = limits
        self.connection = connection
        self.logged_in_at = logged_in_at
        self._handle = handle
        self._prices = prices
        self._counts = counts or V2Metrics()
        self._viewer = Viewer(self.source, owner_id, by_user, limits.max_posts or RECENT, limits.since)
        self._token = token

    @cached_property
    def _client(self) -> XClient:
        # A plan asks nobody, and needs none of what this loads.
        from plnmap.sources.x_client import XClient

        return XClient(self.connection, self._token)

    def first_tasks(self, depth: Depth, parts: frozenset[str]) -> list[Task]:
        """The profile, then what its counts say there is."""
        viewer = self._viewer
        profile = new_task(self.source, "profile", viewer.owner_id, self.owner, RANKS["profile"])
        tasks = owner_tasks(self.source, viewer.owner_id, viewer.by_user, self._counts)
        return [profile, *_wanted(tasks, parts)]

    def alter_tasks(self, alters: Sequence[Alter], parts: frozenset[str]) -> list[Task]:
        """The pages of others; whoever is known by handle alone is looked up, a hundred at once."""
        tasks: list[Task] = []
        for start in range(0, len(alters), _PEOPLE_A_LOOKUP):
            unknown = []
            rank = OTHERS_FROM + start
            for place, alter in enumerate(alters[start : start + _PEOPLE_A_LOOKUP]):
                name = alter.account.partition(":")[2]
                if not is_reference(alter.account):
                    tasks += _wanted(
                        alter_tasks_of(self.source, name, rank + place, self._viewer.recent), parts
                    )
                elif is_handle("twitter", name.removeprefix("@")):
                    unknown.append(name.removeprefix("@"))
            if unknown and parts & {"posts", "follows"}:
                first = account_reference("twitter", unknown[0])
                tasks.append(new_task(self.source, "lookup", ",".join(unknown), first, rank))
        return tasks

    def about(self, task: Task) -> tuple[str, str] | None:
        """Kind of act and post key of a task about what others did with one post."""
        kinds = {"quotes": "quote", "boosters": "boost", "likers": "favourite"}
        if task.stream not in kinds or task.state == "refused":
            return None
        return kinds[task.stream], f"twitter:{task.subject}"

    def plan(self, tasks: Sequence[Task], parts: frozenset[str], held: Held = NOTHING) -> list[PlanRow]:
        """What tasks are going to take, by part."""
        return plan_tasks(tasks, self._prices, self._viewer, self.limits.max_posts, held)

    def most_dollars(self, task: Task, left: float = inf) -> float:
        """The most that the next page of a task can cost, US dollars; a smaller one if no more is left."""
        return self._items(task, left) * self._price_of(task)

    def _items(self, task: Task, left: float) -> int:
        """How many items to ask for."""
        price = self._price_of(task)
        # Sums of prices end in the rest of binary fractions, which buy nothing.
        paid_for = left / price + 1e-6 if price else inf
        return items_at_most(task, self.limits.max_posts, paid_for)

    def _price_of(self, task: Task) -> float:
        resource = STREAMS[task.stream].resource
        owned = self._viewer.by_user and ASKED[task.stream].owned
        return self._prices.of(resource, owned) if resource else 0.0

    def price(self, resource: str, owned: bool) -> float:
        """What one read of a resource costs, US dollars."""
        return self._prices.of(resource, owned)

    def ask(self, task: Task, left: float = inf) -> Answer:
        """Ask for the next page of a task, or for a smaller one if no more dollars are left."""
        from plnmap.sources.x_client import send

        items = self._items(task, left)
        send(self._client, task, items, _written(self.limits.since), self._viewer.by_user, self._handle)
        answer = self.connection.answer
        if answer is None:
            raise ValueError("a connection that remembers no answer")
        if task.stream == "profile" and answer.status == 403:
            raise CredentialsError(
                "X does not let this app read",
                hint="in X's developer console, put the app into a project with credits, then log in again",
            )
        return answer

    def read(self, task: Task, answer: Answer) -> Taken:
        """What an answer gives."""
        return read_page(task, answer, self._viewer)


def _wanted(tasks: Iterable[Task], parts: frozenset[str]) -> list[Task]:
    return [task for task in tasks if STREAMS[task.stream].part in parts]


def _written(moment: datetime | None) -> str | None:
    return None if moment is None else f"{moment:%Y-%m-%dT%H:%M:%SZ}"
