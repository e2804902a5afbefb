"""A process that collects and is killed: forked from one that has imported everything, which is quick.

``python -m tests.collect.crashing HOST=ADDRESS,…`` reads lines of JSON, each a way to be killed, and
answers each with how the child ended: 0 where it came to its end before.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from plnmap.collect import Wanted, collect
from plnmap.model import Record
from plnmap.sources.clock import SetClock
from plnmap.sources.connection import Connection
from plnmap.sources.elsewhere import hosts_of
from plnmap.sources.live import Live
from plnmap.sources.mastodon_live import MastodonLive, MastodonProfile
from plnmap.sources.mastodon_streams import limits_of
from plnmap.store import Store
from tests.scenario.mastodon_api import HOME, TOKEN
from tests.scenario.world import EGO, NOW


def main() -> None:
    hosts = hosts_of(sys.argv[1])
    for name in ("pandas", "pyarrow"):
        import_module(name)
    for line in sys.stdin:
        told = json.loads(line)
        child = os.fork()
        if child == 0:
            _collect(told, hosts)
        if told["seconds"] is not None:
            time.sleep(told["seconds"])
            os.kill(child, signal.SIGKILL)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def _collect(told: dict[str, Any], hosts: dict[str, str]) -> None:
    if told["commits"] is not None:
        _die_at_commit(told["commits"], told["before"])
    with Connection(limits_of, clock=SetClock(NOW), hosts=hosts) as connection:
        collect(Path(told["file"]), _live(connection, told["id"]), Wanted())
    os._exit(0)


def _live(connection: Connection, account_id: str) -> Live:
    address = f"https://{HOME}/users/{EGO}"
    profile = MastodonProfile(HOME, account_id, f"{EGO}@{HOME}", address, None, None, None)
    return MastodonLive(profile, TOKEN, connection)


def _die_at_commit(number: int, before: bool) -> None:
    """Kill this process at a commit that keeps a page, just before it or just after."""
    kept = 0
    add, transaction = Store.add, Store.transaction

    def counted(store: Store, origin: str, records: Mapping[Record, Any]) -> dict[str, int]:
        nonlocal kept
        kept += 1
        new = add(store, origin, records)
        if before and kept == number:
            os.kill(os.getpid(), signal.SIGKILL)
        return new

    @contextmanager
    def killed(store: Store) -> Iterator[None]:
        with transaction(store):
            yield
        if not before and kept == number:
            os.kill(os.getpid(), signal.SIGKILL)

    for name, method in (("add", counted), ("transaction", killed)):
        setattr(Store, name, method)


if __name__ == "__main__":
    main()
