"""Are posts and accounts still on Mastodon? Posts on one's own server, accounts on theirs.

A server leaves out of an answer what it does not show, for whatever reason. So what is
missing is asked for by itself, and is gone only where the server says so: a page that
is not found may be that of a server which is out of order, or speaks another language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final, TypeVar

import msgspec
from msgspec import Struct

from plnmap.errors import BadData, CredentialsError, SourceUnreachable, StoppedByLimit
from plnmap.model import Platform, account_reference
from plnmap.sources.json_pages import lenient
from plnmap.sources.live import collection_of
from plnmap.sources.lookups import Checked, Known, What
from plnmap.sources.mastodon_live import PUBLIC_HOST, MastodonProfile, get, instance_of
from plnmap.sources.mastodon_names import host_in, post_key
from plnmap.sources.mastodon_statuses import Account, Owner, Reading, Status, is_id
from plnmap.sources.page import Page
from plnmap.sources.x_text import clean

if TYPE_CHECKING:
    from plnmap.sources.connection import Connection
    from plnmap.sources.live import Answer

T = TypeVar("T")

_TO_BE_SURE: Final = 2
"""Requests that it takes to find out whether a server means what it says."""

_NOT_FOUND: Final = (404, 410)


class _Refusal(Struct):
    error: str


class _Edited(Struct):
    uri: str | None = None
    edited_at: str | None = None


class MastodonLooker:
    """A `plnmap.sources.lookups.Looker` for a Mastodon account.

    Parameters
    ----------
    profile
        Whose account it is.
    token
        Goes to their own server only.
    connection
        Made with `plnmap.sources.mastodon_streams.limits_of`.
    """

    platform: Platform = "mastodon"
    at_once: Mapping[What, int] = {"posts": 20, "accounts": 1}

    def __init__(self, profile: MastodonProfile, token: str, connection: Connection) -> None:
        self.owner = account_reference("mastodon", profile.handle)
        self.name = f"@{profile.handle}"
        self.source = collection_of(self.owner)
        self.server = profile.server
        self.connection = connection
        self._known_as = Owner(profile.id, profile.uri, self.owner)
        self._token = token
        self._takes_many = True
        self._silent: set[str] = set()
        self._is_mastodon: dict[str, bool] = {}

    def look(self, what: What, known: Sequence[Known], most_requests: int) -> Checked:
        """Look at some posts, or at one account."""
        if what == "accounts":
            return self._account(known[0], most_requests)._replace(settled=1)
        return self._posts(known, most_requests)

    def price(self, resource: str, owned: bool) -> float:
        """Nothing costs anything here."""
        return 0.0

    def _posts(self, known: Sequence[Known], most_requests: int) -> Checked:
        bodies, left, gone = [], most_requests, set()
        missing = {one.asked_by for one in known if is_id(one.asked_by)}
        # With a single request left, what is missing could not be asked for.
        if self._takes_many and len(missing) > 1 and left > 1:
            answer = self._ask("/api/v1/statuses", [("id[]", one) for one in sorted(missing)])
            left -= 1
            self._takes_many = answer.status not in _NOT_FOUND
            if answer.status == 200:
                bodies = self._listed(answer)
                found = (_decoded(bytes(one), Status) for one in bodies)
                missing -= {one.id for one in found if one is not None}
        settled = 0
        for one in known:
            if one.asked_by in missing:
                if left <= 0:
                    break
                left -= 1
                answer = self._ask(f"/api/v1/statuses/{one.asked_by}", [])
                if _is_gone(answer):
                    gone.add(one.key)
                elif answer.status == 200:
                    bodies.append(msgspec.Raw(answer.body))
            settled += 1
        return self._read(bodies, frozenset(gone))._replace(settled=settled)

    def _read(self, bodies: Sequence[msgspec.Raw], gone: frozenset[str]) -> Checked:
        statuses = [one for body in bodies if (one := _decoded(bytes(body), Status)) is not None]
        edits = (_decoded(bytes(body), _Edited) for body in bodies)
        edited = {post_key(clean(one.uri)) for one in edits if one and one.edited_at and one.uri}
        now, page = self.connection.clock.now(), Page("posts looked at again")
        reading = Reading(self.server, now, self._known_as, page)
        posts = reading.statuses(statuses)
        # What was collected is not collected anew: of the posts only the edited ones are of interest.
        page = reading.finished()
        page.posts, page.reactions = [], []
        return Checked(page, gone, tuple(post for post in posts if post.post in edited))

    def _account(self, known: Known, most_requests: int) -> Checked:
        """An account, as its own server shows it to anybody."""
        name, _, host = known.asked_by.partition("@")
        nothing = Checked(Page("account looked at again"), frozenset())
        if host in self._silent or not PUBLIC_HOST.fullmatch(host):
            return nothing
        try:
            answer = self._ask("/api/v1/accounts/lookup", [("acct", name)], host)
        except (CredentialsError, StoppedByLimit, SourceUnreachable):
            if host == self.server:
                raise
            # A server that is away for good cannot say so.
            self._silent.add(host)
            return nothing
        if _is_gone(answer):
            is_gone = most_requests > _TO_BE_SURE and self._speaks_for_itself(host)
            return nothing._replace(gone=frozenset([known.key] if is_gone else []))
        account = _decoded(answer.body, Account) if answer.status == 200 else None
        reading = Reading(host, self.connection.clock.now(), None, Page(nothing.page.name))
        if account is None or reading.account(account) != known.key:
            return nothing
        if account.suspended:
            return nothing._replace(gone=frozenset([known.key]))
        return nothing._replace(page=reading.finished())

    def _speaks_for_itself(self, host: str) -> bool:
        """Whether accounts are known at this host: with many, handles end in one and servers in another."""
        if host not in self._is_mastodon:
            try:
                found = instance_of(self.connection, host)
                said = found.domain or host_in(found.uri) or found.uri
            except (BadData, CredentialsError, StoppedByLimit, SourceUnreachable):
                said = ""
            self._is_mastodon[host] = said.lower() == host
        return self._is_mastodon[host]

    def _ask(self, path: str, params: list[tuple[str, str]], host: str | None = None) -> Answer:
        own = host in (None, self.server)
        url = f"https://{host or self.server}{path}"
        return get(self.connection, url, params, self._token if own else None)

    def _listed(self, answer: Answer) -> list[msgspec.Raw]:
        found = _decoded(answer.body, list[msgspec.Raw])
        if found is None:
            raise BadData(
                f"what {self.server} answered cannot be read", hint="run the same command again later"
            )
        return found


def _is_gone(answer: Answer) -> bool:
    """Whether a server says, in so many words, that something is no more."""
    return answer.status in _NOT_FOUND and _decoded(answer.body, _Refusal) is not None


def _decoded(body: bytes, kind: type[T]) -> T | None:
    try:
        return lenient(body, kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
