"""A Mastodon account as it can be asked over the network: its own server, and those of others.

Accounts go by their addresses and posts by their ``uri``, as in exports, so that what is
collected and what is imported are one. The token goes to its own server only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from math import inf
from typing import Final, NamedTuple

from msgspec import Struct

from plnmap.errors import BadData, CredentialsError, SourceUnreachable, StoppedByLimit
from plnmap.model import Platform, Task, account_reference
from plnmap.sources.connection import Connection, without_secrets
from plnmap.sources.foretelling import NOTHING, Held
from plnmap.sources.json_pages import decode_object
from plnmap.sources.live import Alter, Answer, Depth, Limits, PlanRow, Stream, Taken, collection_of, new_task
from plnmap.sources.mastodon_names import host_in
from plnmap.sources.mastodon_pages import Viewer, owner_tasks, read_page
from plnmap.sources.mastodon_plan import plan_tasks
from plnmap.sources.mastodon_statuses import Account, Owner, handle_of, is_id
from plnmap.sources.mastodon_streams import (
    OF_A_POST,
    OTHERS_FROM,
    PROFILE,
    RANKS,
    STREAMS,
    place_of,
    post_of,
    request_of,
)
from plnmap.sources.people import count

KIND: Final = "mastodon_account"
READER_VERSION: Final = 1

_TASKS_OF_ONE: Final = 3
_NO_ANSWER: Final = 0

# A name that only this network knows, or a bare number, could lead to a machine beside us. So could
# signs that an encoding turns into digits.
PUBLIC_HOST: Final = re.compile(
    r"(?:[a-z0-9_-]{1,63}\.)+(?!(?:local|localhost|internal|intranet|lan|home|corp|private|arpa)$)"
    r"(?:xn--[a-z0-9-]{1,59}|[a-z]{2,63})"
)


class MastodonProfile(NamedTuple):
    """An account as its server told of it at login.

    Attributes
    ----------
    server
        Host of the server.
    id
        The server's id of the account.
    handle
        ``name@server``.
    uri
        The account's address in the network.
    posts, following, followers
        What the server counts; None where it does not.
    """

    server: str
    id: str
    handle: str
    uri: str
    posts: int | None
    following: int | None
    followers: int | None


class _Rule(Struct):
    text: str = ""


class Instance(Struct):
    """What a server says of itself; older ones give their host as a ``uri``."""

    domain: str = ""
    uri: str = ""
    rules: list[_Rule] = []


def who_am_i(connection: Connection, server: str, token: str) -> MastodonProfile:
    """Whose token this is.

    Parameters
    ----------
    connection
        Over which to ask: one request.
    server
        Host of the server that gave the token.
    token
        The token.

    Raises
    ------
    CredentialsError
        The server does not accept the token.
    BadData
        The answer is none that such a server gives.
    """
    url = f"https://{server}/api/v1/accounts/verify_credentials"
    answer = get(connection, url, [], token)
    if answer.status != 200:
        raise CredentialsError(
            f"{server} does not say whose token this is", hint="log in again: plnmap login mastodon SERVER"
        )
    account = decode_object(f"the answer of {server}", answer.body, Account)
    handle = handle_of(account, server)
    if handle is None or not is_id(account.id):
        raise BadData(f"{server} does not say whose token this is", hint="is it a Mastodon server?")
    return MastodonProfile(
        server,
        account.id or "",
        handle,
        account.uri or f"https://{host_in(account.url) or server}/users/{handle.partition('@')[0]}",
        count(account.statuses_count),
        count(account.following_count),
        count(account.followers_count),
    )


def instance_of(connection: Connection, server: str) -> Instance:
    """What a server says of itself: nothing where it does not speak as Mastodon does.

    Parameters
    ----------
    connection
        Over which to ask: one request, or two of an older server.
    server
        Its host.

    Raises
    ------
    SourceUnreachable
        The server does not answer.
    BadData
        It says something else.
    """
    for version in ("v2", "v1"):
        answer = get(connection, f"https://{server}/api/{version}/instance", [], None)
        if answer.status == 200:
            return decode_object(f"the answer of {server}", answer.body, Instance)
    return Instance()


def rules_of(connection: Connection, server: str) -> list[str]:
    """The rules of a server, in its own words; empty where it states none. Raises as `instance_of`."""
    return [rule.text for rule in instance_of(connection, server).rules if rule.text]


class MastodonLive:
    """A Mastodon account (see `plnmap.sources.live.Live`).

    Parameters
    ----------
    profile
        Whose account it is.
    token
        With which its server lets us read.
    connection
        Made with `plnmap.sources.mastodon_streams.limits_of`.
    limits
        What the user does not want.
    logged_in_at
        As in `Live`.
    """

    platform: Platform = "mastodon"
    kind = KIND
    reader_version = READER_VERSION
    streams: Mapping[str, Stream] = STREAMS

    def __init__(
        self,
        profile: MastodonProfile,
        token: str,
        connection: Connection,
        limits: Limits | None = None,
        logged_in_at: datetime | None = None,
    ) -> None:
        self.name = f"@{profile.handle}"
        self.owner = account_reference("mastodon", profile.handle)
        self.source = collection_of(self.owner)
        self.limits = limits or Limits()
        self.connection = connection
        self.logged_in_at = logged_in_at
        self._profile = profile
        self._token = token
        self._viewer = Viewer(
            self.source, profile.server, Owner(profile.id, profile.uri, self.owner), self.limits.max_posts
        )
        self._silent: set[str] = set()

    def first_tasks(self, depth: Depth, parts: frozenset[str]) -> list[Task]:
        """The tasks about the account itself."""
        profile = self._profile
        counted = Account(
            statuses_count=profile.posts,
            following_count=profile.following,
            followers_count=profile.followers,
        )
        own = new_task(self.source, PROFILE, profile.id, self.owner, RANKS[PROFILE])
        wanted = [task for task in owner_tasks(self._viewer, counted) if STREAMS[task.stream].part in parts]
        return [own, *wanted]

    def alter_tasks(self, alters: Sequence[Alter], parts: frozenset[str]) -> list[Task]:
        """The tasks of others: first their own server is asked who they are, and what they object to."""
        found = []
        for place, alter in enumerate(alters):
            handle = alter.account.partition(":@")[2] or alter.handle
            if handle is None or "@" not in handle:
                continue
            host = handle.partition("@")[2]
            asked = host if PUBLIC_HOST.fullmatch(host) else self._profile.server
            rank = OTHERS_FROM + _TASKS_OF_ONE * place
            found.append(new_task(self.source, "lookup", f"{asked}/{handle}", alter.account, rank))
        return found

    def plan(self, tasks: Sequence[Task], parts: frozenset[str], held: Held = NOTHING) -> list[PlanRow]:
        """Requests and minutes, by part."""
        return plan_tasks(tasks, held, self.limits, parts)

    def most_dollars(self, task: Task, left: float = inf) -> float:
        """Nothing is billed."""
        return 0.0

    def price(self, resource: str, owned: bool) -> float:
        """Nothing is billed."""
        return 0.0

    def about(self, task: Task) -> tuple[str, str] | None:
        """Kind of act and key of the post that a task wants all acts of."""
        kind = OF_A_POST.get(task.stream)
        return (kind, post_of(task.subject, self._profile.uri)) if kind else None

    def ask(self, task: Task, left: float = inf) -> Answer:
        """Ask for the next page of a task.

        Raises
        ------
        CredentialsError, SourceUnreachable, StoppedByLimit
            By the account's own server. Where another one fails, that is its answer.
        """
        host = place_of(task, self._profile.server).host
        url, params = request_of(task, self._profile.server, self.limits.max_posts)
        if host == self._profile.server:
            return get(self.connection, url, params, self._token)
        if host not in self._silent:
            try:
                return get(self.connection, url, params, None)
            except CredentialsError:
                pass
            except (SourceUnreachable, StoppedByLimit):
                self._silent.add(host)
        return Answer(without_secrets(url), _NO_ANSWER, {}, b"", self.connection.clock.now())

    def read(self, task: Task, answer: Answer) -> Taken:
        """Records of an answer.

        Raises
        ------
        BadData
            The account's own server gives no such answer.
        """
        return read_page(task, answer, self._viewer)


def get(connection: Connection, url: str, params: list[tuple[str, str]], token: str | None) -> Answer:
    """What a server answers; the token goes along where one is given."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    connection.get(url, params=params, headers=headers)
    assert connection.answer is not None
    return connection.answer
