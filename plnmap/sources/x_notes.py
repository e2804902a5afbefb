"""Long posts: `note-tweet.js` holds the whole of what `tweets.js` cuts."""

from __future__ import annotations

import html
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from msgspec import Struct

from plnmap.sources.dates import parse_moment
from plnmap.sources.json_pages import TOO_LARGE
from plnmap.sources.x_shapes import Entities, Hashtag, Link, Named, XPost
from plnmap.sources.x_text import without_run

KEPT_AT_MOST: Final = 20_000_000
"""Characters of long posts held at a time, so that memory stays small."""

WITHOUT_POST: Final = "long text whose post is not in the archive"
_COMPARED: Final = 100


class Core(Struct, gc=False, rename="camel"):
    """The text of a long post and what the platform found in it."""

    text: str | None = None
    urls: list[Any] = []
    mentions: list[Any] = []
    hashtags: list[Any] = []


class Note(Struct, gc=False, rename="camel"):
    """A long post; the text stands in it or in its core."""

    note_tweet_id: str | None = None
    tweet_id: str | None = None
    created_at: str | None = None
    core: Core | None = None
    text: str | None = None
    urls: list[Any] = []
    mentions: list[Any] = []
    hashtags: list[Any] = []


class NoteRow(Note, gc=False, rename="camel"):
    """An element of the file: the note itself, or wrapped once more."""

    note_tweet: Note | None = None


class Notes:
    """The long posts of an archive, found by their post's id, or by second and beginning."""

    def __init__(self, rows: Iterable[NoteRow], skipped: Counter[str]) -> None:
        self._by_id: dict[str, Note] = {}
        self._by_second: defaultdict[datetime, list[Note]] = defaultdict(list)
        self._unused: set[int] = set()
        left = KEPT_AT_MOST
        for row in rows:
            note = row.note_tweet or row
            text = _text(note)
            left -= len(text or "")
            if not text or left < 0:
                skipped[TOO_LARGE if text else "long text that is empty"] += 1
                continue
            self._unused.add(id(note))
            for post_id in filter(None, (note.tweet_id, note.note_tweet_id)):
                self._by_id[post_id] = note
            moment = parse_moment(note.created_at)
            if moment is not None:
                self._by_second[moment.replace(microsecond=0)].append(note)

    def complete(self, post: XPost, when: datetime | None) -> XPost:
        """The post with its whole text, if it is a long one; never a second post."""
        if not self._by_id and not self._by_second:
            return post
        note = self._by_id.get(post.id_str or "")
        if note is None and when is not None:
            cut = post.full_text or post.text or ""
            candidates = self._by_second.get(when, ())
            note = next((one for one in candidates if _same_beginning(_text(one) or "", cut)), None)
        if note is None:
            return post
        self._unused.discard(id(note))
        post.full_text = _text(note)
        post.entities = _joined(post.entities or Entities(), note.core or note)
        return post

    def left_over(self) -> int:
        """How many long texts met no post of theirs."""
        return len(self._unused)


def _text(note: Note) -> str | None:
    return (note.core.text if note.core else None) or note.text


def _same_beginning(whole: str, cut: str) -> bool:
    beginnings = [_beginning(whole), _beginning(cut)]
    length = min(map(len, beginnings))
    return beginnings[0][:length] == beginnings[1][:length]


def _beginning(text: str) -> str:
    # A cut post ends in an ellipsis and a link to itself; the handles before a reply may be in one only.
    plain = without_run(html.unescape(text)).partition("https://t.co/")[0]
    return plain.strip().rstrip("…").rstrip()[:_COMPARED]


def _joined(entities: Entities, found: Core | Note) -> Entities:
    known = {named.screen_name.lower() for named in entities.user_mentions if named.screen_name}
    names = [name for one in found.mentions if (name := _part(one, "screenName", "screen_name"))]
    links = [
        Link(_part(one, "shortUrl", "url"), _part(one, "expandedUrl", "expanded_url")) for one in found.urls
    ]
    tags = [Hashtag(tag) for one in found.hashtags if (tag := _part(one, "text", "tag"))]
    return Entities(
        user_mentions=[
            *entities.user_mentions,
            *(Named(screen_name=name) for name in names if name.lower() not in known),
        ],
        urls=[*entities.urls, *links],
        media=entities.media,
        hashtags=tags or entities.hashtags,
    )


def _part(one: Any, *names: str) -> str | None:
    if isinstance(one, dict):
        return next((value for name in names if isinstance(value := one.get(name), str)), None)
    return one if isinstance(one, str) else None
