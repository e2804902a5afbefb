"""The world in the words of two Mastodon servers: one like Mastodon itself, one like GoToSocial.

They number accounts and posts each in its own way, and know only part of one another.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from tests.scenario.world import NAMED, Said, World

HOME: Final = "home.example"
FAR: Final = "far.example"
HOSTS: Final = {"home": HOME, "far": FAR}
TOKEN: Final = "token-of-ada"

_CROCKFORD: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_TAG: Final = re.compile(r"(?<![\w&/])#(\w+)")
_LINK: Final = re.compile(r"https?://[^\s<>\"]+")


def ulid(moment: datetime, number: int) -> str:
    """An id as GoToSocial makes them: it sorts by time, and is no number."""
    value = (int(moment.timestamp() * 1000) << 80) | number
    return "".join(_CROCKFORD[(value >> (5 * place)) & 31] for place in reversed(range(26)))


def snowflake(moment: datetime, number: int) -> str:
    """An id as Mastodon makes them."""
    return str((int(moment.timestamp() * 1000) << 20) | (number & 0xFFFFF))


@dataclass
class Told:
    """What both servers say of accounts and posts.

    Attributes
    ----------
    world
        What is told.
    extra_likes
        Post → favourites that are counted and never shown.
    """

    world: World
    extra_likes: dict[int, int] = field(default_factory=dict)
    _numbered: dict[str, int] = field(default_factory=dict, repr=False)

    def handle(self, name: str) -> str:
        """``name@host``."""
        return f"{name}@{HOSTS[self.world.people[name].server]}"

    def account(self, name: str) -> str:
        """Key of an account."""
        return f"mastodon:@{self.handle(name)}"

    def account_id(self, host: str, name: str) -> str:
        """Id that a server gives an account."""
        born, place = self.world.people[name].born, self._places()[name]
        return snowflake(born, place) if host == HOME else ulid(born, place)

    def _places(self) -> dict[str, int]:
        if len(self._numbered) != len(self.world.people):
            self._numbered = {name: place for place, name in enumerate(self.world.people)}
        return self._numbered

    def status_id(self, host: str, number: int) -> str:
        """Id that a server gives a post."""
        one = self.world.said[number]
        return snowflake(one.at, number) if host == HOME else ulid(one.at, number)

    def uri(self, number: int) -> str:
        """The one address of a post, the same everywhere."""
        one = self.world.said[number]
        own = HOSTS[self.world.people[one.author].server]
        return f"https://{own}/users/{one.author}/statuses/{self.status_id(own, number)}"

    def post(self, number: int) -> str:
        """Key of a post."""
        return f"mastodon:{self.uri(number)}"

    def text(self, number: int) -> str:
        """The text of a post as it must be kept."""
        one = self.world.said[number]
        body = NAMED.sub(lambda found: f"@{self.handle(found[1])}", one.text)
        poll = "".join(f"\n- {option}" for option in one.poll)
        return f"{one.warning}\n\n{body}{poll}" if one.warning else body + poll

    def known(self, host: str, one: Said) -> bool:
        """Whether a server has seen a post: its people wrote it, are meant by it, or passed it on."""
        world = self.world

        def here(name: str) -> bool:
            return HOSTS[world.people[name].server] == host

        if here(one.author) or any(here(name) for name in one.named):
            return True
        after = (*world.answers(one.number), *world.boosts(one.number), *world.quotes(one.number))
        if any(here(other.author) for other in after) or any(
            here(liked.who) for liked in world.likes(one.number)
        ):
            return True
        above = [world.said[number] for number in (one.reply_to, one.boost_of, one.quote_of) if number]
        return any(here(other.author) or (other.reply_to and self.known(host, other)) for other in above)

    def entity(self, host: str, name: str) -> dict[str, Any]:
        """An account."""
        person, own = self.world.people[name], HOSTS[self.world.people[name].server]
        told: dict[str, Any] = {
            "id": self.account_id(host, name),
            "username": name,
            "acct": name if own == host else f"{name}@{own}",
            "display_name": person.shown,
            "locked": False,
            "bot": False,
            "created_at": f"{person.born:%Y-%m-%dT00:00:00.000Z}",
            "note": self._html(host, person.bio)[0] if person.bio else "",
            "url": f"https://{own}/@{name}",
            "uri": f"https://{own}/users/{name}",
            "followers_count": len(self.world.followers_of(name)),
            "following_count": len(self.world.follows_of(name)),
            "statuses_count": len(self.world.by(name)),
            "emojis": [],
            "fields": [],
            "discoverable": person.indexable,
        }
        if host == HOME:
            told |= {
                "indexable": person.indexable,
                "noindex": person.noindex,
                "hide_collections": person.hidden,
            }
        return told | ({"suspended": True} if person.suspended else {})

    def status(self, host: str, number: int, *, inside: bool = False) -> dict[str, Any]:
        """A post or boost."""
        one = self.world.said[number]
        content, named = self._html(host, one.text)
        parent = self.world.said.get(one.reply_to or 0)
        above = parent if parent is not None and self.world.shown(parent) else None
        told: dict[str, Any] = {
            "id": self.status_id(host, number),
            "created_at": f"{one.at:%Y-%m-%dT%H:%M:%S}.{one.at.microsecond // 1000:03}Z",
            "in_reply_to_id": self.status_id(host, above.number) if above else None,
            "in_reply_to_account_id": self.account_id(host, above.author) if above else None,
            "sensitive": bool(one.warning),
            "spoiler_text": one.warning,
            "visibility": one.visibility,
            "language": one.lang,
            "uri": self.uri(number) + ("/activity" if one.boost_of else ""),
            "url": None if one.boost_of else self._url(number),
            "replies_count": len(self.world.answers(number)),
            "reblogs_count": len(self.world.boosts(number)),
            "favourites_count": len(self.world.likes(number)) + self.extra_likes.get(number, 0),
            "edited_at": f"{one.at:%Y-%m-%dT%H:%M:%S.999Z}" if one.edited else None,
            "content": content,
            "reblog": None,
            "account": self.entity(host, one.author),
            "media_attachments": [],
            "mentions": [self._mention(host, name) for name in named],
            "tags": [
                {"name": tag.lower(), "url": f"https://{host}/tags/{tag}"} for tag in _TAG.findall(one.text)
            ],
            "emojis": [{"shortcode": "tea", "url": f"https://{host}/tea.png"}] if ":tea:" in one.text else [],
            "card": None,
            "poll": self._poll(one),
        }
        if host == HOME:
            told["quotes_count"] = len(self.world.quotes(number))
            told["quote"] = None
            if one.quote_of and not inside:
                quoted = self.status(host, one.quote_of, inside=True)
                told["quote"] = {"state": "accepted", "quoted_status": quoted}
        if one.boost_of:
            told["reblog"] = self.status(host, one.boost_of)
        return told

    def _mention(self, host: str, name: str) -> dict[str, Any]:
        own = HOSTS[self.world.people[name].server]
        acct = name if own == host else f"{name}@{own}"
        known = self.account_id(host, name)
        return {"id": known, "username": name, "url": f"https://{own}/@{name}", "acct": acct}

    def _poll(self, one: Said) -> dict[str, Any] | None:
        if not one.poll:
            return None
        options = [{"title": option, "votes_count": 3} for option in one.poll]
        return {"id": "1", "expired": True, "multiple": False, "votes_count": 6, "options": options}

    def _url(self, number: int) -> str:
        one = self.world.said[number]
        own = HOSTS[self.world.people[one.author].server]
        return f"https://{own}/@{one.author}/{self.status_id(own, number)}"

    def _html(self, host: str, text: str) -> tuple[str, list[str]]:
        """A text as the server writes it, and who is named in it."""
        written = html.escape(text, quote=False)
        written = _LINK.sub(
            lambda found: (
                f'<a href="{found[0]}" rel="nofollow"><span class="invisible">https://</span>'
                f"<span>{found[0].removeprefix('https://')}</span></a>"
            ),
            written,
        )
        written = _TAG.sub(
            lambda found: (
                f'<a href="https://{host}/tags/{found[1]}" class="mention hashtag" rel="tag">'
                f"#<span>{found[1]}</span></a>"
            ),
            written,
        )
        names = [name for name in dict.fromkeys(NAMED.findall(text)) if name in self.world.people]
        for name in names:
            own = HOSTS[self.world.people[name].server]
            anchor = f'<a href="https://{own}/@{name}" class="u-url mention">@<span>{name}</span></a>'
            written = re.sub(rf"(?<![\w/>])@{name}\b", f'<span class="h-card">{anchor}</span>', written)
        return f"<p>{written}</p>", names


def place_in(host: str, written: str) -> int:
    """The place that an id was made with."""
    if host == HOME:
        return int(written) & 0xFFFFF if written.isdigit() else -1
    digits = written if set(written) <= set(_CROCKFORD) else ""
    value = 0
    for digit in digits:
        value = value << 5 | _CROCKFORD.index(digit)
    return value & ((1 << 80) - 1) if digits else -1
