"""The world as the X API tells it, and the money that X takes for it: the oracle of what collecting costs."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from tests.scenario.server import Limit, Reply, Request, Route, route
from tests.scenario.world import EGO, NAMED, Liked, Said, World
from tests.scenario.x_errors import NOT_ENROLLED, problem

HOST: Final = "api.twitter.com"
USER_TOKEN: Final = "token-of-a-user"
APP_TOKEN: Final = "token-of-an-app"

PRICES: Final = {"post": 0.005, "user": 0.010, "follow": 0.010, "like": 0.001}
OWNED_PRICE: Final = 0.001
POSTS_CAP: Final = 3_200
MENTIONS_CAP: Final = 800

_LINK: Final = re.compile(r"https?://[^\s<>\"]+")
_TAG: Final = re.compile(r"(?<![\w&/])#(\w+)")
_EPOCH: Final = 1_288_834_974_657
_OLD: Final = {
    "fields": "tweet.fields",
    "note": "note_tweet",
    "referenced": "referenced_tweets",
    "in": "tweets",
}
_NEW: Final = {"fields": "post.fields", "note": "note_post", "referenced": "referenced_posts", "in": "posts"}


def limits() -> list[Limit]:
    """Requests in a quarter of an hour with a user's token, address by address."""
    paths = {
        "users/me": 75,
        r"users/\d+/tweets": 900,
        r"users/\d+/mentions": 300,
        r"users/\d+/followers": 300,
        r"users/\d+/following": 300,
        r"users/\d+/liked_tweets": 75,
        "tweets/search/recent": 300,
        r"tweets/\d+/quote_tweets": 75,
        r"tweets/\d+/retweeted_by": 75,
        r"tweets/\d+/liking_users": 75,
    }
    return [
        Limit(frozenset({HOST}), re.compile(f"/2/{path}"), requests, 900, "epoch")
        for path, requests in paths.items()
    ]


def snowflake(moment: datetime, number: int) -> str:
    """An id as X makes them."""
    return str(((int(moment.timestamp() * 1000) - _EPOCH) << 22) | (number & 0x3FFFFF))


@dataclass
class X:
    """The server.

    Attributes
    ----------
    world
        What is told.
    now
        What time it is there, UTC.
    protected
        People who show their posts and lists to their followers only.
    refused
        Last parts of paths that this plan does not have: answered with 403.
    new_names
        Whether tweets are called posts.
    most
        Items of a page that are given at most, whatever is asked for: short pages.
    names_next
        Whether each page that holds anything names a next one, also the last.
    credits
        Dollars that are left; None for as many as it takes.
    ledger
        (day, resource, id) → what was taken for it.
    """

    world: World
    now: Callable[[], datetime]
    protected: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)
    new_names: bool = False
    most: int = 10_000
    names_next: bool = False
    credits: float | None = None
    ledger: dict[tuple[str, str, str], float] = field(default_factory=dict)
    _numbered: dict[str, int] = field(default_factory=dict, repr=False)

    @property
    def spent(self) -> float:
        """What was taken so far, US dollars."""
        return round(sum(self.ledger.values()), 6)

    @property
    def names(self) -> dict[str, str]:
        """What fields are called."""
        return _NEW if self.new_names else _OLD

    def account_id(self, name: str) -> str:
        """Id of an account: of the old ones, which hold no date."""
        if len(self._numbered) != len(self.world.people):
            self._numbered = {each: place for place, each in enumerate(self.world.people, 1_000)}
        return str(self._numbered[name])

    def account(self, name: str) -> str:
        """Key of an account."""
        return f"twitter:{self.account_id(name)}"

    def post_id(self, number: int) -> str:
        """Id of a post."""
        return snowflake(self.world.said[number].at, number)

    def post(self, number: int) -> str:
        """Key of a post."""
        return f"twitter:{self.post_id(number)}"

    def root(self, number: int) -> int:
        """The post that a conversation began with."""
        one = self.world.said[number]
        return self.root(one.reply_to) if one.reply_to else number

    def mentions(self, name: str) -> list[Said]:
        """Posts of others that name somebody, or answer them and do not leave the name out; newest first."""
        found = [
            one
            for one in reversed(self.world.said.values())
            if one.author != name and one.boost_of is None and one.visibility != "direct"
            and self.visible(one) and not one.silent and name in one.named
        ]  # fmt: skip
        return found[:MENTIONS_CAP]

    def visible(self, one: Said) -> bool:
        """Whether a post can be seen by ego."""
        return self.world.shown(one) and one.author not in self.protected and one.visibility != "direct"

    def thread(self, number: int) -> list[Said]:
        """Posts of a conversation of the last seven days, newest first, without the first one."""
        since = self.now() - timedelta(days=7)
        return [
            one
            for one in reversed(self.world.said.values())
            if one.boost_of is None and one.number != number and one.at > since
            and self.visible(one) and self.root(one.number) == number
        ]  # fmt: skip

    def routes(self) -> list[Route]:
        """What the server answers."""
        world, users, posts = self.world, self._users, self._posts

        def table(path: str, answer: Callable[[Request], Reply]) -> Route:
            return route((HOST,), path, self._guarded(answer))

        return [
            table("/2/users/me", lambda r: self._people(r, [EGO], single=True)),
            table("/2/users/by", lambda r: self._people(r, r.query["usernames"].split(","))),
            table("/2/users/:id/tweets", lambda r: posts(r, "post", lambda name: world.by(name)[:POSTS_CAP])),
            table("/2/users/:id/mentions", lambda r: posts(r, "post", self.mentions)),
            table("/2/users/:id/liked_tweets", lambda r: posts(r, "like", self._liked)),
            table("/2/users/:id/followers", lambda r: users(r, world.followers_of)),
            table("/2/users/:id/following", lambda r: users(r, world.follows_of)),
            table("/2/users/:id", self._one),
            table("/2/tweets/search/recent", self._search),
            table("/2/tweets/:id/quote_tweets", self._quotes),
            table("/2/tweets/:id/retweeted_by", self._actors(lambda n: [b.author for b in world.boosts(n)])),
            table("/2/tweets/:id/liking_users", self._actors(self._likers)),
        ]

    def _guarded(self, answer: Callable[[Request], Reply]) -> Callable[[Request], Reply]:
        """What is checked before an address answers at all."""

        def guarded(request: Request) -> Reply:
            if request.token not in (USER_TOKEN, APP_TOKEN):
                return Reply({"title": "Unauthorized", "status": 401, "detail": "Unauthorized"}, 401)
            if self.credits is not None and self.spent >= self.credits:
                return Reply({"title": "CreditsDepleted"}, 402)
            private = request.path.endswith(("/me", "/liked_tweets", "/liking_users"))
            if request.path.rpartition("/")[2] in self.refused or (private and request.token == APP_TOKEN):
                return Reply(NOT_ENROLLED, 403)
            wrong = _OLD["fields"] if self.new_names else _NEW["fields"]
            if wrong in request.query:
                detail = f"The query parameter [{wrong}] is not one of [...]"
                return Reply({"errors": [{"message": detail}], "title": "Invalid Request"}, 400)
            return answer(request)

        return guarded

    def _one(self, request: Request) -> Reply:
        name = self._name(request.found[0])
        return self._people(request, [name], single=True) if name else Reply(b"", 404)

    def _people(self, request: Request, names: Sequence[str], *, single: bool = False) -> Reply:
        there = [name for name in names if self.world.there(name)]
        errors = [self._absent(name, "usernames", name) for name in names if name not in there]
        self._bill(request, "user", [self.account_id(name) for name in there])
        data: Any = [self.user(name) for name in there]
        body: dict[str, Any] = {"data": data[0] if single else data} if data else {}
        return Reply(body | ({"errors": errors} if errors else {}))

    def _absent(self, name: str, parameter: str, value: str) -> dict[str, Any]:
        """What is said of somebody who was suspended, or never was."""
        if name in self.world.people:
            return problem("user", parameter, value, "Forbidden", f"User has been suspended: [{value}].")
        return problem("user", parameter, value, "Not Found Error", f"Could not find user: [{value}].")

    def user(self, name: str) -> dict[str, Any]:
        """An account."""
        world = self.world
        return {
            "id": self.account_id(name), "username": name, "name": world.people[name].shown,
            "description": world.people[name].bio, "protected": name in self.protected,
            "public_metrics": {
                "followers_count": len(world.followers_of(name)),
                "following_count": len(world.follows_of(name)),
                "tweet_count": len(world.by(name)),
                "like_count": len(self._liked(name)),
            },
        }  # fmt: skip

    def tweet(self, number: int, wanted: set[str]) -> dict[str, Any]:
        """A post, with the fields that are asked for."""
        one, world = self.world.said[number], self.world
        original = world.said[one.boost_of] if one.boost_of else None
        whole = f"RT @{original.author}: {original.text}" if original else one.text
        text = whole[:279] + "…" if len(whole) > 280 else whole
        written, entities = self._written(text, number)
        counted = original or one
        referred = [("replied_to", one.reply_to), ("retweeted", one.boost_of), ("quoted", one.quote_of)]
        told: dict[str, Any] = {
            "author_id": self.account_id(one.author),
            "conversation_id": self.post_id(self.root(number)),
            "created_at": f"{one.at:%Y-%m-%dT%H:%M:%S.000Z}",
            "lang": one.lang or "und",
            "entities": entities,
            "public_metrics": {
                "retweet_count": len(world.boosts(counted.number)),
                # Of posts that were deleted since, the count still knows.
                "reply_count": sum(other.reply_to == number for other in world.said.values()),
                "like_count": 0 if original else len(world.likes(number)),
                "quote_count": 0 if original else len(world.quotes(number)),
            },
        }
        if one.reply_to:
            told["in_reply_to_user_id"] = self.account_id(world.said[one.reply_to].author)
        if any(number for _, number in referred):
            told[self.names["referenced"]] = [
                {"type": kind, "id": self.post_id(other)} for kind, other in referred if other
            ]
        if len(whole) > 280 and original is None:
            note, found = self._written(whole, number)
            told[self.names["note"]] = {"text": note, "entities": found}
        kept = {name: value for name, value in told.items() if name in wanted}
        return {"id": self.post_id(number), "text": written, **kept}

    def _written(self, text: str, number: int) -> tuple[str, dict[str, Any]]:
        """A text as X writes it, and what X finds in it."""
        urls: list[dict[str, str]] = []

        def short(found: re.Match[str]) -> str:
            urls.append({"url": f"https://t.co/{number:06}{len(urls):04}", "expanded_url": found[0]})
            return urls[-1]["url"]

        people = [name for name in dict.fromkeys(NAMED.findall(text)) if name in self.world.people]
        mentions = [{"username": name, "id": self.account_id(name)} for name in people]
        tags = [{"tag": tag} for tag in _TAG.findall(text)]
        written = html.escape(_LINK.sub(short, text), quote=False)
        return written, {"mentions": mentions, "urls": urls, "hashtags": tags}

    def _name(self, account_id: str) -> str | None:
        place = int(account_id) - 1_000 if account_id.isdigit() else -1
        return list(self.world.people)[place] if 0 <= place < len(self.world.people) else None

    def _number(self, post_id: str) -> int | None:
        number = int(post_id) & 0x3FFFFF if post_id.isdigit() else 0
        return number if number in self.world.said and self.post_id(number) == post_id else None

    def _liked(self, name: str) -> list[Said]:
        likes = [one for one in reversed(self.world.liked) if one.who == name]
        return [self.world.said[one.post] for one in likes if self.visible(self.world.said[one.post])]

    def _likers(self, number: int) -> list[str]:
        likes: Iterable[Liked] = self.world.likes(number)
        return [one.who for one in likes if one.who not in self.protected]

    def _posts(self, request: Request, resource: str, found: Callable[[str], list[Said]]) -> Reply:
        name = self._name(request.found[0])
        if name is None:
            return Reply(b"", 404)
        closed = self._closed(name, request)
        return closed or self._page_of_posts(request, resource, found(name))

    def _quotes(self, request: Request) -> Reply:
        number = self._number(request.found[0])
        if number is None:
            return Reply(b"", 404)
        return self._page_of_posts(request, "post", list(reversed(self.world.quotes(number))))

    def _search(self, request: Request) -> Reply:
        query = request.query["query"]
        if len(query) > 512:
            return Reply({"title": "Invalid Request", "detail": "the query is too long"}, 400)
        numbers = (self._number(one) for one in re.findall(r"conversation_id:(\d+)", query))
        without = re.search(r"-from:(\w+)", query)
        found = [
            one
            for root in sorted(number for number in numbers if number is not None)
            for one in self.thread(root)
            if without is None or one.author != without[1]
        ]
        return self._page_of_posts(request, "post", found)

    def _actors(self, found: Callable[[int], list[str]]) -> Callable[[Request], Reply]:
        def answer(request: Request) -> Reply:
            number = self._number(request.found[0])
            if number is None:
                return Reply(b"", 404)
            return self._page_of_people(request, "user", found(number)[-100:])

        return answer

    def _users(self, request: Request, found: Callable[[str], list[str]]) -> Reply:
        name = self._name(request.found[0])
        if name is None:
            return Reply(b"", 404)
        return self._closed(name, request) or self._page_of_people(request, "follow", found(name))

    def _closed(self, name: str, request: Request) -> Reply | None:
        """What is said of somebody whose pages cannot be seen."""
        if not self.world.there(name):
            return Reply({"errors": [self._absent(name, "id", request.found[0])]})
        if name in self.protected:
            asked = request.found[0]
            detail = f"The user {asked} does not let you see this."
            return Reply({"errors": [problem("user", "id", asked, "Authorization Error", detail)]})
        return None

    def _cut(
        self, request: Request, found: Sequence[Any], usual: int
    ) -> tuple[Sequence[Any], dict[str, Any]]:
        """A page of a list, and its meta."""
        size = min(int(request.query.get("max_results", usual)), self.most)
        token = request.query.get("pagination_token") or request.query.get("next_token") or "t0"
        start = int(token[1:])
        page = found[start : start + size]
        more = start + size < len(found) or (self.names_next and bool(page))
        return page, {"result_count": len(page)} | ({"next_token": f"t{start + size}"} if more else {})

    def _page_of_posts(self, request: Request, resource: str, found: list[Said]) -> Reply:
        since = request.query.get("since_id")
        until = request.query.get("until_id")
        start = request.query.get("start_time")
        if since:
            found = [one for one in found if int(self.post_id(one.number)) > int(since)]
        if until:
            found = [one for one in found if int(self.post_id(one.number)) < int(until)]
        if start:
            found = [one for one in found if one.at >= datetime.fromisoformat(start)]
        page, meta = self._cut(request, found, 10)
        self._bill(request, resource, [self.post_id(one.number) for one in page])
        expansions = request.query.get("expansions", "")
        wanted = set(request.query.get(self.names["fields"], "").split(","))
        if self.new_names:
            wanted |= set(expansions.split(","))
        data = [self.tweet(one.number, wanted) for one in page]
        includes, errors = self._included(page, wanted) if expansions else ({}, [])
        body: dict[str, Any] = {"meta": meta, "includes": includes}
        return Reply(body | ({"data": data} if data else {}) | ({"errors": errors} if errors else {}))

    def _included(
        self, page: Sequence[Said], wanted: set[str]
    ) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """Posts that a page refers to, authors, and what of them cannot be seen."""
        refers = dict.fromkeys(
            number for one in page for number in (one.reply_to, one.boost_of, one.quote_of) if number
        )
        seen = [number for number in refers if self.visible(self.world.said[number])]
        absent = [self.post_id(number) for number in refers if number not in seen]
        errors = [
            problem(
                "tweet", "referenced_tweets.id", one, "Not Found Error", f"Could not find tweet: [{one}]."
            )
            for one in absent
        ]
        authors = dict.fromkeys(one.author for one in (*page, *(self.world.said[number] for number in seen)))
        included = [self.tweet(number, wanted) for number in seen]
        return {"users": [self.user(name) for name in authors], self.names["in"]: included}, errors

    def _page_of_people(self, request: Request, resource: str, found: list[str]) -> Reply:
        page, meta = self._cut(request, found, 100)
        ids = [self.account_id(name) for name in page]
        own = request.found[0]
        self._bill(
            request,
            resource,
            [f"{request.path}{one}" for one in ids] if own and resource == "follow" else ids,
        )
        data = [self.user(name) for name in page]
        return Reply({"meta": meta} | ({"data": data} if data else {}))

    def _bill(self, request: Request, resource: str, ids: Iterable[str]) -> None:
        """Take money, once a day for each thing."""
        day = f"{self.now().astimezone(UTC):%Y-%m-%d}"
        owned = request.token == USER_TOKEN and request.path.startswith(f"/2/users/{self.account_id(EGO)}/")
        for one in ids:
            self.ledger.setdefault((day, resource, one), OWNED_PRICE if owned else PRICES[resource])
