"""Are posts and accounts still on X? A hundred at once; what is not found is not billed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from plnmap.errors import BadData, SourceUnreachable
from plnmap.model import Platform, account_key
from plnmap.sources.live import collection_of, new_task
from plnmap.sources.lookups import Checked, Known, What
from plnmap.sources.page import Page
from plnmap.sources.x_answers import decode_answer
from plnmap.sources.x_pages import Viewer, read_page
from plnmap.sources.x_prices import Prices

if TYPE_CHECKING:
    from plnmap.sources.connection import Connection
    from plnmap.sources.live import Answer
    from plnmap.sources.x_answers import Problem

_GONE: Final = ("not-found", "not found", "suspended", "deactivated")
_HIDDEN: Final = ("not-authorized", "authorization")
"""In the words and addresses with which X says that something is no more, or is protected now."""


class XLooker:
    """A `plnmap.sources.lookups.Looker` for X; see `plnmap.sources.x_live.XLive` for the parameters."""

    platform: Platform = "twitter"
    server = "api.twitter.com"
    at_once: Mapping[What, int] = {"posts": 100, "accounts": 100}

    def __init__(
        self,
        owner_id: str,
        handle: str,
        token: Callable[[], str],
        *,
        by_user: bool,
        connection: Connection,
        prices: Prices,
    ) -> None:
        from plnmap.sources.x_client import XClient

        self.owner = account_key("twitter", owner_id)
        self.name = f"@{handle}"
        self.source = collection_of(self.owner)
        self.connection = connection
        self._by_user = by_user
        self._prices = prices
        self._viewer = Viewer(self.source, owner_id, by_user, 0)
        self._client = XClient(connection, token)

    def look(self, what: What, known: Sequence[Known], most_requests: int) -> Checked:
        """Look at some posts or accounts with one request."""
        ids = [one.asked_by for one in known]
        if what == "posts":
            self._client.get_tweets(ids)
        else:
            fields = ["description", "name", "public_metrics", "username"]
            self._client.get_users(ids=ids, user_fields=fields)
        answer = self.connection.answer
        assert answer is not None
        if answer.status != 200:
            raise SourceUnreachable(
                f"X does not let us look at {what} ({answer.status})", hint="run the same command again later"
            )
        return self._checked(what, known, answer)

    def _checked(self, what: What, known: Sequence[Known], answer: Answer) -> Checked:
        try:
            said = decode_answer(answer.body, Counter())
        except ValueError as exc:
            raise BadData("what X answered cannot be read", hint="run the same command again later") from exc
        by_id = {one.asked_by: one for one in known}
        there = frozenset(item.id for item in said.items if item.id in by_id)
        missing = {
            one: _said(problem)
            for problem in said.errors
            if (one := problem.value or problem.resource_id or "") in by_id.keys() - there
        }
        hidden = {one for one, why in missing.items() if any(word in why for word in _HIDDEN)}
        gone = frozenset(
            by_id[one].key
            for one, why in missing.items()
            if one not in hidden and any(word in why for word in _GONE)
        )
        if what == "posts":
            own = frozenset(one for one in there if self._by_user and by_id[one].own)
            return Checked(
                Page(answer.request),
                gone,
                reads={("post", True): own, ("post", False): there - own},
                # The token of an app does not see what its owner protects, either.
                hidden=frozenset(by_id[one].key for one in hidden if not by_id[one].own),
            )
        page = Page(answer.request)
        if there:
            page = read_page(new_task(self.source, "lookup", "", self.owner, 0), answer, self._viewer).page
        return Checked(page, gone, reads={("user", False): there})

    def price(self, resource: str, owned: bool) -> float:
        """What reading one thing costs, US dollars."""
        return self._prices.of(resource, owned)


def _said(problem: Problem) -> str:
    return f"{problem.title} {problem.type} {problem.detail}".lower()
