"""Two Mastodon servers that can be asked: the routes of their API, and how they cut lists into pages."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal
from urllib.parse import urlencode

from tests.scenario.mastodon_told import FAR, HOME, HOSTS, TOKEN, Told, place_in, snowflake, ulid
from tests.scenario.server import Limit, Reply, Request, Route, route
from tests.scenario.world import EGO, Person, Said

__all__ = ["FAR", "HOME", "LIMITS", "PAGED_LIMIT", "RULES", "TOKEN", "Mastodon"]

RULES: Final = ("Be kind", "No research on members without asking them")

_ANY: Final = re.compile(r".*")
_MANY: Final = 20
_PAGED: Final = ("max_id", "min_id", "since_id", "page", "offset")

LIMITS: Final = [
    Limit(frozenset({HOME}), _ANY, 300, 300, "iso"),
    Limit(frozenset({FAR}), _ANY, 300, 300, "none"),
]
"""300 requests in five minutes on each server; one of them does not say so."""

PAGED_LIMIT: Final = Limit(frozenset({HOME}), _ANY, 300, 900, "iso", _PAGED)
"""What many servers have on top: 300 paged requests in a quarter of an hour."""


@dataclass
class Mastodon(Told):
    """Both servers.

    Attributes
    ----------
    most
        Items of a page that the servers give at most, whatever is asked for: short pages.
    repeated
        How many items of a page come again on the next one.
    gone
        People whose account was deleted: asking about it is answered with 410.
    tokens
        Access token → whose it is, on their own server.
    with_links
        Whether pages carry a Link header where ids of posts would do.
    names_next
        When a page names the next one: where there is one; on ``full`` pages, as Mastodon does; or
        ``always`` where it holds anything, as GoToSocial does.
    knows_many
        Whether several posts can be asked for at once, as from Mastodon 4.3 on.
    """

    most: int = 10_000
    repeated: int = 0
    gone: set[str] = field(default_factory=set)
    tokens: dict[str, str] = field(default_factory=lambda: {TOKEN: EGO})
    with_links: bool = True
    names_next: Literal["right", "full", "always"] = "right"
    knows_many: bool = True
    _lists: dict[Any, Any] = field(default_factory=dict, repr=False)

    def routes(self) -> list[Route]:
        """What both servers answer."""
        one = (HOME, FAR)
        return [
            route(one, "/api/v1/accounts/verify_credentials", self._own),
            route(one, "/api/v1/accounts/lookup", self._lookup),
            route(one, "/api/v1/accounts/:id/statuses", self._statuses),
            route(one, "/api/v1/accounts/:id/followers", self._list(self.world.followers_of)),
            route(one, "/api/v1/accounts/:id/following", self._list(self.world.follows_of)),
            route(one, "/api/v1/accounts/:id", self._account),
            route(one, "/api/v1/notifications", self._notifications),
            route(one, "/api/v1/favourites", self._favourites),
            route(one, "/api/v1/statuses/:id/context", self._context),
            route(one, "/api/v1/statuses/:id/reblogged_by", self._who(self._boosters)),
            route(one, "/api/v1/statuses/:id/favourited_by", self._who(self._likers)),
            route(one, "/api/v1/statuses/:id/quotes", self._quotes),
            route(one, "/api/v1/statuses/:id", self._status),
            route(one, "/api/v1/statuses", self._many),
            route(one, "/api/v2/instance", self._instance),
            route(one, "/api/v1/instance/rules", lambda _: Reply(_rules())),
        ]

    def _caller(self, request: Request) -> str | None:
        name = self.tokens.get(request.token or "")
        return name if name and HOSTS[self.world.people[name].server] == request.host else None

    def _asked(self, request: Request) -> Person | None:
        place = place_in(request.host, request.found[0])
        name = list(self.world.people)[place] if place < len(self.world.people) else None
        return (
            self.world.people[name]
            if name and self.account_id(request.host, name) == request.found[0]
            else None
        )

    def _own(self, request: Request) -> Reply:
        name = self._caller(request)
        if name is None:
            return _refused()
        return Reply(self.entity(request.host, name) | {"source": {"privacy": "public"}})

    def _lookup(self, request: Request) -> Reply:
        name, _, host = request.query.get("acct", "").partition("@")
        person = self.world.people.get(name)
        if person is None or (host or request.host) != HOSTS[person.server]:
            return _missing()
        return Reply({"error": "Gone"}, 410) if name in self.gone else Reply(self.entity(request.host, name))

    def _account(self, request: Request) -> Reply:
        person = self._asked(request)
        if person is None or person.name in self.gone:
            return _missing() if person is None else Reply({"error": "Gone"}, 410)
        return Reply(self.entity(request.host, person.name))

    def _statuses(self, request: Request) -> Reply:
        person = self._asked(request)
        if person is None:
            return _missing()
        if person.name in self.gone:
            return Reply({"error": "Gone"}, 410)
        own = self._caller(request) == person.name

        def shown() -> list[int]:
            return [
                one.number
                for one in self.world.by(person.name, direct=own)
                if (own or one.visibility in ("public", "unlisted")) and self.known(request.host, one)
            ]

        return self._posts(request, shown)

    def _posts(self, request: Request, numbers: Callable[[], Sequence[int]]) -> Reply:
        host = request.host
        return self._page(
            request,
            lambda: [(self.status_id(host, number), number) for number in numbers()],
            lambda number: self.status(host, number),
            20,
            40,
        )

    def _list(self, found: Callable[[str], Sequence[str]]) -> Callable[[Request], Reply]:
        def answer(request: Request) -> Reply:
            person = self._asked(request)
            if person is None:
                return _missing()
            if person.name in self.gone:
                return Reply({"error": "Gone"}, 410)
            if person.hidden and self._caller(request) != person.name:
                return Reply([])
            here = HOSTS[person.server] == request.host

            def names() -> list[str]:
                known = found(person.name)
                return [
                    name for name in known if here or HOSTS[self.world.people[name].server] == request.host
                ]

            return self._people(request, names)

        return answer

    def _people(self, request: Request, names: Callable[[], Sequence[str]]) -> Reply:
        return self._page(
            request,
            lambda: [(str(10_000_000 - place), name) for place, name in enumerate(names())],
            lambda name: self.entity(request.host, name),
            40,
            80,
            by_link=True,
        )

    def _notifications(self, request: Request) -> Reply:
        name = self._caller(request)
        if name is None:
            return _refused()
        asked = {value for key, value in request.raw_query if key == "types[]"}
        number = snowflake if request.host == HOME else ulid

        def told() -> list[tuple[str, Any]]:
            found = [one for one in self.told_to(name) if not asked or one[1] in asked]
            return [(number(one[0], one[2]), one) for one in reversed(found)]

        return self._page(
            request,
            told,
            lambda one: self._notification(request.host, *one),
            40,
            80,
        )

    def told_to(self, name: str) -> list[tuple[datetime, str, int, str]]:
        """Notifications of somebody, oldest first: when, kind, the post it is about, from whom."""
        world = self.world
        mine = {one.number for one in world.by(name) if one.boost_of is None}
        told = [
            (one.at, kind, one.number if kind in ("mention", "quote") else one.boost_of or 0, one.author)
            for one in world.said.values()
            if one.author != name and not one.silent and world.shown(one)
            for kind in self._kinds(one, name, mine)
        ]
        told += [
            (liked.at, "favourite", liked.post, liked.who)
            for liked in world.liked
            if liked.post in mine and liked.who != name and not liked.silent and world.there(liked.who)
        ]
        told += [(world.people[who].born, "follow", 0, who) for who in world.followers_of(name)]
        return sorted(told)

    def _kinds(self, one: Said, name: str, mine: set[int]) -> list[str]:
        kinds = ["reblog"] if one.boost_of in mine else []
        kinds += ["mention"] if name in one.named else []
        return kinds + (["quote"] if one.quote_of in mine else [])

    def _notification(self, host: str, at: datetime, kind: str, number: int, who: str) -> dict[str, Any]:
        told = {
            "id": snowflake(at, number) if host == HOME else ulid(at, number),
            "type": kind,
            "created_at": f"{at:%Y-%m-%dT%H:%M:%S.000Z}",
            "account": self.entity(host, who),
        }
        return told | ({"status": self.status(host, number)} if number else {})

    def _favourites(self, request: Request) -> Reply:
        name = self._caller(request)
        if name is None:
            return _refused()
        liked = [one.post for one in reversed(self.world.liked) if one.who == name]
        shown = [number for number in liked if self.world.shown(self.world.said[number])]
        return self._page(
            request,
            lambda: [(str(5_000_000 - place), number) for place, number in enumerate(shown)],
            lambda number: self.status(request.host, number),
            20,
            40,
            by_link=True,
        )

    def _one(self, request: Request) -> Said | None:
        one = self.world.said.get(place_in(request.host, request.found[0]))
        if one is None or self.status_id(request.host, one.number) != request.found[0]:
            return None
        seen = self._caller(request) == one.author or one.visibility in ("public", "unlisted")
        return one if seen and self.world.shown(one) and self.known(request.host, one) else None

    def _context(self, request: Request) -> Reply:
        one = self._one(request)
        if one is None:
            return _missing()
        above: list[Said] = []
        parent = self.world.said.get(one.reply_to or 0)
        while parent is not None and self.world.shown(parent):
            above.insert(0, parent)
            parent = self.world.said.get(parent.reply_to or 0)
        below = [other for other in self.world.below(one.number) if self.known(request.host, other)]
        return Reply(
            {
                "ancestors": [self.status(request.host, other.number) for other in above],
                "descendants": [self.status(request.host, other.number) for other in below],
            }
        )

    def _boosters(self, number: int) -> list[str]:
        return [one.author for one in reversed(self.world.boosts(number))]

    def _likers(self, number: int) -> list[str]:
        return [one.who for one in reversed(self.world.likes(number))]

    def _who(self, found: Callable[[int], list[str]]) -> Callable[[Request], Reply]:
        def answer(request: Request) -> Reply:
            one = self._one(request)
            return _missing() if one is None else self._people(request, lambda: found(one.number))

        return answer

    def _quotes(self, request: Request) -> Reply:
        one = self._one(request)
        if one is None or request.host != HOME:
            return _missing()
        return self._posts(
            request, lambda: [other.number for other in reversed(self.world.quotes(one.number))]
        )

    def _status(self, request: Request) -> Reply:
        one = self._one(request)
        return _missing() if one is None else Reply(self.status(request.host, one.number))

    def _many(self, request: Request) -> Reply:
        wanted = [value for key, value in request.raw_query if key == "id[]"]
        if not self.knows_many:
            return _missing()
        if len(wanted) > _MANY:
            return Reply({"error": "Too many"}, 422)
        found = (self._one(request._replace(found=(value,))) for value in wanted)
        return Reply([self.status(request.host, one.number) for one in found if one is not None])

    def _instance(self, request: Request) -> Reply:
        return Reply({"domain": request.host, "version": "4.5.0", "title": "A server", "rules": _rules()})

    def _page(
        self,
        request: Request,
        listed: Callable[[], list[tuple[str, Any]]],
        tell: Callable[[Any], dict[str, Any]],
        usual: int,
        at_most: int,
        *,
        by_link: bool = False,
    ) -> Reply:
        """One page of a list of ids and items, newest first, with the addresses of the pages beside it."""
        limit = min(int(request.query.get("limit", usual)), at_most, self.most)
        ids, items = self._ordered(request, listed)
        # Ids fall along the list: negated they rise, as bisecting wants it.
        start, stop = 0, len(ids)
        if "max_id" in request.query:
            start = bisect_right(ids, _falling(request.query["max_id"]))
        after = request.query.get("min_id", request.query.get("since_id"))
        if after is not None:
            stop = max(start, bisect_left(ids, _falling(after)))
        if "min_id" in request.query:
            start = max(start, stop - limit)
        told = items[start : min(stop, start + limit)]
        links = []
        ends = {"right": True, "full": len(told) < limit, "always": False}[self.names_next]
        if told and "min_id" not in request.query and (stop - start > len(told) or not ends):
            last = told[-1 - min(self.repeated, len(told) - 1)][0]
            links.append(_link(request, "next", "max_id", last))
        if told:
            links.append(_link(request, "prev", "min_id", told[0][0]))
        headers = {"Link": ", ".join(links)} if links and (by_link or self.with_links) else {}
        return Reply([tell(item) for _, item in told], headers=headers)

    def _ordered(
        self, request: Request, listed: Callable[[], list[tuple[str, Any]]]
    ) -> tuple[list[tuple[int, list[int]]], list[tuple[str, Any]]]:
        """A whole list, kept for its further pages as long as the world stays as it is."""
        types = tuple(value for name, value in request.raw_query if name == "types[]")
        key = (request.host, request.path, self._caller(request), types)
        held = self._lists.get(key)
        if held is None or held[0] != self.world.state:
            items = sorted(listed(), key=lambda one: _falling(one[0]))
            held = self._lists[key] = (self.world.state, ([_falling(number) for number, _ in items], items))
        return held[1]


def _falling(written: str) -> tuple[int, list[int]]:
    """What sorts ids from the newest to the oldest: longer ones first, then by characters."""
    return -len(written), [-ord(sign) for sign in written]


def _link(request: Request, relation: str, name: str, value: str) -> str:
    kept = [(key, part) for key, part in request.raw_query if key not in _PAGED]
    return f'<{request.base}{request.path}?{urlencode([*kept, (name, value)])}>; rel="{relation}"'


def _rules() -> list[dict[str, str]]:
    return [{"id": str(number), "text": text, "hint": ""} for number, text in enumerate(RULES, 1)]


def _missing() -> Reply:
    return Reply({"error": "Record not found"}, 404)


def _refused() -> Reply:
    return Reply({"error": "The access token is invalid"}, 401)
