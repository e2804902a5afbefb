"""Both platforms, told from one small world by a server on loopback: what every contract test runs over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from plnmap.collect import Progress, Wanted, collect
from plnmap.sources.connection import Connection
from plnmap.sources.live import Limits, Live
from plnmap.sources.mastodon_live import MastodonLive, MastodonProfile
from plnmap.sources.mastodon_streams import limits_of
from plnmap.sources.x_live import XLive, buckets
from plnmap.sources.x_prices import load_prices
from plnmap.sources.x_v2 import V2Metrics
from plnmap.store import open_store
from tests.scenario import mastodon_api, x_api
from tests.scenario.clock import Clock
from tests.scenario.server import Limit, Scenario
from tests.scenario.world import EGO, NOW, World, small_world

TABLES: Final = (
    "posts",
    "reactions",
    "follows",
    "handles",
    "accounts",
    "coverage",
    "tasks",
    "raw_answers",
    "snapshots",
    "spending",
    "sources",
    "post_ids",
)
"""What a collection leaves in the file."""


@dataclass
class Stage:
    """One platform, played.

    Attributes
    ----------
    platform
        mastodon or twitter.
    api
        What is answered: `Mastodon` or `X`, with knobs.
    server, clock
        As in `tests.scenario`.
    limits
        What the user does not want.
    counted
        Whether the profile's counts are known before anything is asked, as after a login.
    logged_in_at
        Since when the login holds; None where nobody knows.
    """

    platform: str
    api: Any
    server: Scenario
    clock: Clock
    limits: Limits = field(default_factory=Limits)
    counted: bool = False
    logged_in_at: datetime | None = None

    @property
    def world(self) -> World:
        """What is so."""
        return self.api.world  # type: ignore[no-any-return]

    @contextmanager
    def live(self) -> Iterator[Live]:
        """The platform as Ada sees it, over a connection of its own."""
        hosts = {host: self.server.address(host) for host in self.server.hosts}
        make = self._mastodon if self.platform == "mastodon" else self._x
        of = limits_of if self.platform == "mastodon" else buckets(by_user=True)
        with Connection(of, clock=self.clock, hosts=hosts, chance=lambda: 0.5, patience=(2, 0.5, 2)) as made:
            yield make(made)

    def collect(self, path: Path, wanted: Wanted = Wanted(), **more: Any) -> Progress:  # noqa: B008
        """One run."""
        with self.live() as live:
            return collect(path, live, wanted, **more)

    def paths(self) -> list[str]:
        """What was asked for, with parameters, in order."""
        return [f"{one.request.path}?{sorted(one.request.query.items())}" for one in self.server.log]

    def path_of(self, what: str) -> str:
        """Where a list of the owner is asked for."""
        known: Mapping[str, tuple[str, str]] = {
            "followers": ("/accounts/[^/]+/followers", "/users/[^/]+/followers"),
            "following": ("/accounts/[^/]+/following", "/users/[^/]+/following"),
            "posts": ("/accounts/[^/]+/statuses", "/users/[^/]+/tweets"),
            "received": ("/notifications", "/users/[^/]+/mentions"),
        }
        return known[what][self.platform == "twitter"]

    def _mastodon(self, connection: Connection) -> Live:
        api = self.api
        account_id = api.account_id(mastodon_api.HOME, EGO)
        told = api.entity(mastodon_api.HOME, EGO) if self.counted else {}
        profile = MastodonProfile(
            mastodon_api.HOME,
            account_id,
            api.handle(EGO),
            f"https://{mastodon_api.HOME}/users/{EGO}",
            *(told.get(f"{name}_count") for name in ("statuses", "following", "followers")),
        )
        return MastodonLive(profile, mastodon_api.TOKEN, connection, self.limits, self.logged_in_at)

    def _x(self, connection: Connection) -> Live:
        return XLive(
            self.api.account_id(EGO),
            EGO,
            lambda: x_api.USER_TOKEN,
            by_user=True,
            connection=connection,
            prices=load_prices(),
            limits=self.limits,
            counts=V2Metrics(**self.api.user(EGO)["public_metrics"]) if self.counted else None,
            logged_in_at=self.logged_in_at,
        )


@contextmanager
def staged(platform: str, world: World | None = None, limits: list[Limit] | None = None) -> Iterator[Stage]:
    """A platform, played from a world; pages hold few items, so that lists have several."""
    clock, told = Clock(NOW), world or small_world(posts=4, crowd=7, followed=5)
    api: Any = (
        mastodon_api.Mastodon(told, most=6) if platform == "mastodon" else x_api.X(told, clock.now, most=6)
    )
    with Scenario(api.routes(), limits or [], clock=clock.now) as server:
        yield Stage(platform, api, server, clock)


def content(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All that a collection left in a file, sorted."""
    with open_store(path) as store:
        return {name: sorted(store.rows(f"FROM {name}"), key=repr) for name in TABLES}


def rows_of(path: Path, sql: str) -> list[tuple[Any, ...]]:
    """Rows of a query."""
    with open_store(path) as store:
        return store.rows(sql)
