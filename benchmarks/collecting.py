"""What collecting costs in processor time and memory, and how much of a server's limit it uses.

The server is the one of the tests (`tests.scenario`), in a process of its own, so that
only the program's own work is counted.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.figures import Figure, Place, figure
from benchmarks.measure import ROOT, call, plnmap

if TYPE_CHECKING:
    from tests.collect.planned import Foretold

SECONDS_AT_MOST = 60.0
PEAK_MB_AT_MOST = 300.0
SHARE_AT_LEAST = 0.95
FOLLOWED_SHARE = 0.4
OFF_AT_MOST = 0.05
SEEDS = (1, 2, 3)


def measure(place: Place) -> list[Figure]:
    """Processor seconds and memory of a large collection; share of the limit of a paced one."""
    followers, posts = place.sizes.collected
    with _served(followers, posts) as hosts, _environment(place.folder, hosts):
        plnmap("login", "mastodon", "home.example", "-q")
        file = place.folder / "collected.duckdb"
        run = plnmap("collect", "mastodon", "--pln", file)
        rows = int(call("collecting", "print_rows", str(file)).said)
    used, exceeded = map(float, call("collecting", "print_share", place.sizes.paced).said.split())
    off, requests_off, above = map(float, call("collecting", "print_foretold").said.split())
    return [
        figure(
            f"collecting {rows:,} rows from a Mastodon server: processor time",
            f"< {SECONDS_AT_MOST:.0f} s",
            f"{run.processor_seconds:.1f} s",
            run.processor_seconds < SECONDS_AT_MOST,
        ),
        figure(
            f"collecting {rows:,} rows from a Mastodon server: memory",
            f"< {PEAK_MB_AT_MOST:.0f} MB",
            f"{run.peak_mb:.0f} MB at its peak",
            run.peak_mb < PEAK_MB_AT_MOST,
        ),
        figure(
            f"share of the limit of 300 requests in five minutes that {place.sizes.paced:,} requests use",
            f"≥ {SHARE_AT_LEAST:.0%}, never exceeded",
            f"{used:.1%}, exceeded {exceeded:.0f} times",
            used >= SHARE_AT_LEAST and not exceeded,
        ),
        figure(
            "what a collection from X costs, against what was planned before each of its stages",
            f"≤ {OFF_AT_MOST:.0%} off, never above what it was to cost at most",
            f"{off:.1%} off at the worst of {2 * len(SEEDS)} stages, above it {above:.0f} times",
            off <= OFF_AT_MOST and not above,
        ),
        figure(
            "requests of a collection from Mastodon, against what was planned once own pages were there",
            f"≤ {OFF_AT_MOST:.0%} off",
            f"{requests_off:.1%} off at the worst of {len(SEEDS)} accounts",
            requests_off <= OFF_AT_MOST,
        ),
    ]


@contextmanager
def _served(followers: int, posts: int) -> Iterator[str]:
    command = [sys.executable, "-c", f"from benchmarks.collecting import serve; serve({followers}, {posts})"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout
        try:
            yield process.stdout.readline().strip()
        finally:
            process.kill()


@contextmanager
def _environment(folder: Path, hosts: str) -> Iterator[None]:
    """Where the servers are, and a clock of its own, so that a limit costs no time."""
    told: Mapping[str, str] = {
        "PLNMAP_HOSTS": hosts,
        "PLNMAP_CLOCK": "2026-11-20T12:00:00Z",
        "PLNMAP_CONFIG": str(folder / "configuration"),
        "PLNMAP_MASTODON_TOKEN": "token-of-ada",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
    }
    before = dict(os.environ)
    os.environ.update(told)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def serve(followers: int, posts: int) -> None:
    """Play the servers until the process is killed; prints where they are."""
    from tests.scenario.mastodon_api import Mastodon
    from tests.scenario.server import Scenario
    from tests.scenario.world import small_world

    world = small_world(posts=posts, crowd=followers, followed=int(followers * FOLLOWED_SHARE))
    with Scenario(Mastodon(world).routes()) as server:
        print(",".join(f"{host}={server.address(host)}" for host in server.hosts), flush=True)
        while True:
            time.sleep(60)


def print_rows(path: str) -> None:
    """How many posts, reactions and follows a file holds."""
    from plnmap.store import open_store

    with open_store(Path(path)) as store:
        print(
            sum(
                store.rows(f"SELECT count(*) FROM {name}")[0][0] for name in ("posts", "reactions", "follows")
            )
        )


def print_share(requests: int) -> None:
    """Share of what a limit allows that so many requests use, and how often they ran into it."""
    from plnmap.sources.connection import Connection
    from plnmap.sources.mastodon_streams import limits_of
    from tests.scenario.clock import Clock
    from tests.scenario.mastodon_api import HOME, LIMITS, TOKEN, Mastodon
    from tests.scenario.server import Scenario
    from tests.scenario.world import NOW, small_world

    clock = Clock(NOW)
    with Scenario(
        Mastodon(small_world(posts=2, crowd=2, followed=1)).routes(), LIMITS, clock=clock.now
    ) as server:
        hosts = {HOME: server.address(HOME)}
        with Connection(limits_of, clock=clock, hosts=hosts) as connection:
            for _ in range(requests):
                connection.get(
                    f"https://{HOME}/api/v1/accounts/verify_credentials",
                    headers={"Authorization": f"Bearer {TOKEN}"},
                )
        # The last window is counted whole, as the first ones are.
        windows = (clock.now() - NOW).total_seconds() / 300 + 1
        print(requests / (300 * windows), server.exceeded)


def print_foretold() -> None:
    """How far plans are off at worst, in dollars and in requests, and how often they were exceeded."""
    stages = [stage for seed in SEEDS for stage in _stages("twitter", seed)]
    dollars = [abs(each.planned - each.dollars) / each.dollars for each in stages]
    requests = [
        abs(rest.asked - rest.requests) / rest.requests
        for _, rest in (_stages("mastodon", seed) for seed in SEEDS)
    ]
    print(max(dollars), max(requests), sum(each.dollars > each.most for each in stages))


def _stages(platform: str, seed: int) -> list[Foretold]:
    from plnmap.collect import Wanted
    from tests.collect.planned import stages_of
    from tests.collect.platforms import staged
    from tests.scenario.world import small_world

    with staged(platform, small_world(seed)) as stage, TemporaryDirectory() as folder:
        stage.api.most, stage.counted = 10_000, True
        return stages_of(stage, Path(folder) / "a.duckdb", Wanted())
