"""X as it is served on loopback, and what collecting brings: into a file, or into memory, which is quick."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

from plnmap.collect import Wanted, collect
from plnmap.collect.passes import OPEN, after_page, called_for
from plnmap.model import Follow, Handle, Post, Reaction, Task
from plnmap.sources.connection import Connection
from plnmap.sources.live import PARTS, Alter
from plnmap.sources.x_live import XLive, buckets
from plnmap.sources.x_prices import load_prices
from plnmap.store import open_store
from tests.scenario.clock import Clock
from tests.scenario.server import Scenario
from tests.scenario.world import EGO, World
from tests.scenario.x_api import APP_TOKEN, HOST, USER_TOKEN, X, limits


@dataclass
class Brought:
    """All that pages gave, and how far the tasks have come."""

    posts: dict[str, Post] = field(default_factory=dict)
    reactions: set[Reaction] = field(default_factory=set)
    follows: set[tuple[str, str]] = field(default_factory=set)
    handles: set[tuple[str, str]] = field(default_factory=set)
    skipped: Counter[str] = field(default_factory=Counter)
    tasks: dict[tuple[str, ...], Task] = field(default_factory=dict)
    billed: dict[tuple[str, str, str], float] = field(default_factory=dict)

    @property
    def own(self) -> set[str]:
        """Keys of the posts that are more than context."""
        return {post.post for post in self.posts.values() if post.authority > 0}

    def of(self, stream: str) -> dict[str, Task]:
        """The tasks of a stream, by account."""
        return {task.account: task for task in self.tasks.values() if task.stream == stream}

    def take(self, live: XLive, task: Task) -> None:
        """Ask for a page of a task, and take what it gives."""
        answer = live.ask(task)
        task = task._replace(began_at=task.began_at or answer.received_at)
        taken = live.read(task, answer)
        self.plan([after_page(task, taken, live.streams[task.stream], live.limits)], anew=True)
        self.plan(taken.tasks)
        for post in taken.page.posts:
            held = self.posts.get(post.post)
            if held is None or held.authority < post.authority:
                self.posts[post.post] = post
        self.reactions.update(one._replace(seen_at=None) for one in taken.page.reactions)
        self.follows.update(_pair(one) for one in taken.page.follows)
        self.handles.update(_name(one) for one in taken.page.handles)
        self.skipped.update(taken.page.skipped)
        for (resource, owned), items in taken.reads.items():
            for item in items:
                key = f"{answer.received_at:%Y-%m-%d}", resource, item
                self.billed.setdefault(key, live.price(resource, owned))

    def plan(self, tasks: Sequence[Task], *, anew: bool = False) -> None:
        """Note tasks, as far as they are new or go on."""
        for task in tasks:
            kept = task if anew else called_for(self.tasks.get(task[:3]), task)
            if kept is not None:
                self.tasks[task[:3]] = kept

    def all_of(self, live: XLive, only: frozenset[str] = frozenset(PARTS)) -> None:
        """Take page after page until nothing is left."""
        while task := self.next(live, only):
            self.take(live, task)

    def next(self, live: XLive, only: frozenset[str] = frozenset(PARTS)) -> Task | None:
        """The task that comes first."""
        left = [task for task in self.tasks.values() if task.state in OPEN and _wants(live, task, only)]
        return min(left, key=lambda task: (task.rank, task.stream, task.subject), default=None)


def _wants(live: XLive, task: Task, only: frozenset[str]) -> bool:
    part = live.streams[task.stream].part
    return part in only or part not in PARTS


def _pair(follow: Follow) -> tuple[str, str]:
    return follow.source, follow.target


def _name(handle: Handle) -> tuple[str, str]:
    return handle.account, handle.handle


class Served(NamedTuple):
    """X as it is served, and a file to collect into."""

    x: X
    server: Scenario
    clock: Clock
    file: Path

    def live(self, *, by_user: bool = True, **options: Any) -> XLive:
        """Ego's account, as a new process sees it."""
        hosts = {HOST: self.server.address(HOST)}
        connection = Connection(buckets(by_user), clock=self.clock, hosts=hosts, chance=lambda: 0.5)
        token = USER_TOKEN if by_user else APP_TOKEN
        made: dict[str, Any] = {"prices": load_prices(), "connection": connection, "by_user": by_user}
        return XLive(self.x.account_id(EGO), EGO, lambda: token, **(made | options))

    def drive(
        self, alters: Sequence[Alter] = (), only: frozenset[str] = frozenset(PARTS), **options: Any
    ) -> Brought:
        """Collect into memory."""
        live, brought = self.live(**options), Brought()
        brought.plan([*live.first_tasks("ego", only), *live.alter_tasks(alters, only)])
        brought.all_of(live, only)
        return brought

    def collect(self, wanted: Wanted | None = None, **options: Any) -> float:
        """Collect into the file; what was spent in all, US dollars."""
        return collect(self.file, self.live(**options), wanted or Wanted()).dollars

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of the file."""
        with open_store(self.file) as store:
            return store.rows(sql)


@contextmanager
def served(world: World, tmp_path: Path, **options: Any) -> Iterator[Served]:
    """Serve a world, an hour after the last that happened there."""
    clock = Clock(max(one.at for one in world.said.values()) + timedelta(hours=1))
    x = X(world, clock.now, **options)
    with Scenario(x.routes(), limits(), clock=clock.now) as server:
        yield Served(x, server, clock, tmp_path / "pln.duckdb")
