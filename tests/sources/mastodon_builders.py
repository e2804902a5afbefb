"""A Mastodon account in the scenario, and all that asking for it to the end gives."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from plnmap.collect.passes import OPEN, after_page, called_for
from plnmap.model import Follow, Post, PostId, Reaction, Task, post_by_id
from plnmap.sources.connection import Connection
from plnmap.sources.live import PARTS, Alter, Answer, Limits, Taken, new_task
from plnmap.sources.mastodon_live import MastodonLive, MastodonProfile
from plnmap.sources.mastodon_pages import Viewer, read_page
from plnmap.sources.mastodon_statuses import Owner
from plnmap.sources.mastodon_streams import limits_of
from tests.records import at
from tests.scenario.clock import Clock
from tests.scenario.mastodon_api import FAR, HOME, LIMITS, TOKEN, Mastodon
from tests.scenario.server import Scenario
from tests.scenario.world import EGO, NOW

KEY: Final = f"mastodon:@{EGO}@{HOME}"
URI: Final = f"https://{HOME}/users/{EGO}"
OWNER: Final = Owner("1", URI, KEY)
VIEWER: Final = Viewer("collected:" + KEY, HOME, OWNER)


Served = tuple[Mastodon, Scenario, Connection]
"""The two servers, what they were asked, and a connection to them."""


@contextmanager
def scenario(mastodon: Mastodon, **options: Any) -> Iterator[tuple[Scenario, Connection]]:
    """The two servers, and a connection to them whose waits take no time."""
    clock = Clock(NOW)
    with Scenario(mastodon.routes(), list(LIMITS), clock=clock.now, **options) as server:
        hosts = {host: server.address(host) for host in (HOME, FAR)}
        yield server, Connection(limits_of, clock=clock, hosts=hosts, chance=lambda: 0.5)


def ada(mastodon: Mastodon, connection: Connection, limits: Limits | None = None) -> MastodonLive:
    """Ada's account, as she logged in before she had anything."""
    number = mastodon.account_id(HOME, EGO)
    profile = MastodonProfile(HOME, number, f"{EGO}@{HOME}", URI, None, None, None)
    return MastodonLive(profile, TOKEN, connection, limits)


def others(mastodon: Mastodon, *names: str) -> list[Alter]:
    """People to ask about, the strongest tie first."""
    return [Alter(mastodon.account(name), None) for name in names]


@dataclass
class Drained:
    """All that came, and how the tasks ended."""

    tasks: dict[tuple[str, str], Task] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    reactions: dict[tuple[str, str, str], Reaction] = field(default_factory=dict)
    follows: dict[tuple[str, str], Follow] = field(default_factory=dict)
    post_ids: dict[tuple[str, str], PostId] = field(default_factory=dict)
    skipped: Counter[str] = field(default_factory=Counter)
    bios: dict[str, str | None] = field(default_factory=dict)

    def own(self) -> dict[str, Post]:
        """Posts in their own right, not copies in what somebody did with them."""
        return {key: post for key, post in self.posts.items() if post.authority > 0}

    def states(self, stream: str) -> dict[str, tuple[str, str]]:
        """Account → state and reason of the only task of a stream about it."""
        found = [task for (name, _), task in self.tasks.items() if name == stream]
        return {task.account: (task.state, task.reason) for task in found}

    def holds(self, about: tuple[str, str] | None) -> int:
        """How many acts of a kind towards a post are known."""
        if about is None:
            return -1
        kind, key = about
        known = {post_by_id(one.server, one.id): one.post for one in self.post_ids.values()}
        if kind == "reply":
            parents = [post.reply_to_post for post in self.posts.values() if post.reply_to_post]
            return sum(known.get(parent, parent) == key for parent in parents)
        if kind == "quote":
            return sum(post.quote_of_post == key for post in self.posts.values())
        return sum(one.kind == kind and one.post == key for one in self.reactions.values())

    def take(self, taken: Taken) -> None:
        """Keep a page as the file does: the best row of each key."""
        for post in taken.page.posts:
            held = self.posts.get(post.post)
            if held is None or post.authority > held.authority:
                self.posts[post.post] = post
        for one in taken.page.reactions:
            if (kept := self.reactions.get(one[:3])) is None or kept.happened_at is None:
                self.reactions[one[:3]] = one
        self.follows |= {follow[:2]: follow for follow in taken.page.follows}
        self.post_ids |= {one[:2]: one for one in taken.page.post_ids}
        self.bios |= {one.account: one.bio for one in taken.page.accounts}
        self.skipped.update(taken.page.skipped)


def drain(live: MastodonLive, alters: Sequence[Alter] = (), into: Drained | None = None) -> Drained:
    """Ask until nothing is left to ask: tasks by rank, page by page."""
    found = into or Drained()
    wanted = [*live.first_tasks("ego", frozenset(PARTS)), *live.alter_tasks(alters, frozenset(PARTS))]
    _propose(found, wanted)
    while todo := [task for task in found.tasks.values() if task.state in OPEN]:
        task = min(todo, key=lambda one: (one.rank, one.subject))
        if not task.pass_pages and task.expected and found.holds(live.about(task)) >= task.expected:
            found.tasks[task.stream, task.subject] = task._replace(state="complete")
            continue
        answer = live.ask(task)
        task = task._replace(began_at=task.began_at or answer.received_at)
        taken = live.read(task, answer)
        assert taken == live.read(task, answer), "reading is pure"
        found.take(taken)
        found.tasks[task.stream, task.subject] = after_page(
            task, taken, live.streams[task.stream], live.limits
        )
        _propose(found, taken.tasks)
    return found


def _propose(found: Drained, wanted: Sequence[Task]) -> None:
    for task in wanted:
        kept = called_for(found.tasks.get((task.stream, task.subject)), task)
        if kept is not None:
            found.tasks[task.stream, task.subject] = kept


def answer(body: Any, status: int = 200, link: str | None = None) -> Answer:
    """An answer that came at noon."""
    written = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {"link": link} if link else {}
    return Answer("https://home.example/x", status, headers, written, at("2026-11-20"))


def taken(stream: str, body: Any, subject: str = "1", viewer: Viewer = VIEWER, **options: Any) -> Taken:
    """What one answer to a fresh task gives."""
    expected, account = options.pop("expected", None), options.pop("account", KEY)
    before = options.pop("pass_items", 0)
    task = new_task(viewer.source, stream, subject, account, 0, expected)
    task = task._replace(began_at=at("2026-11-20"), pass_items=before)
    return read_page(task, answer(body, **options), viewer)


def account(name: str = "bo", host: str = HOME, **more: Any) -> dict[str, Any]:
    """An account as a server tells of it."""
    here = host == HOME
    return {
        "id": OWNER.id if name == EGO else f"id-{name}",
        "username": name,
        "acct": name if here else f"{name}@{host}",
        "url": f"https://{host}/@{name}",
        "uri": f"https://{host}/users/{name}",
    } | more


def status(number: str = "7", name: str = "bo", host: str = HOME, **more: Any) -> dict[str, Any]:
    """A post as a server tells it."""
    return {
        "id": number,
        "uri": f"https://{host}/users/{name}/statuses/{number}",
        "url": f"https://{host}/@{name}/{number}",
        "created_at": "2026-05-01T10:00:00.123Z",
        "visibility": "public",
        "content": "<p>Hi</p>",
        "account": account(name, host),
    } | more


def mention(one: dict[str, Any]) -> dict[str, Any]:
    """A notification of a post that names the owner."""
    return {
        "id": "50",
        "type": "mention",
        "created_at": one["created_at"],
        "account": one["account"],
        "status": one,
    }
