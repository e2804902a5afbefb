"""What the layouts of the two X archives and the Mastodon export share: dates, links, names, zips."""

from __future__ import annotations

import html
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from .bank import LINK
from .story import RENAMED, Note, Person

Json = dict[str, Any]
Files = dict[str, str]
HANDLE = re.compile(r"(?<![\w@/])@(\w{1,15})(?![\w@])")
HASHTAG = re.compile(r"(?<![\w&/])#(\w+)")
_WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_CLIENTS = ("Tern for Phones", "Tern Web Client", "Sandpiper")


def newest_first(notes: Iterable[Note]) -> list[Note]:
    """Posts as archives list them."""
    return sorted(notes, key=lambda note: int(note.id), reverse=True)


def classic_date(when: datetime) -> str:
    """A date as posts on Twitter carry it; `strftime` would follow the locale of whoever runs the script."""
    return f"{_WEEKDAYS[when.weekday()]} {_MONTHS[when.month - 1]} {when:%d %H:%M:%S +0000 %Y}"


def iso(when: datetime) -> str:
    """A date as the other files carry it."""
    return f"{when:%Y-%m-%dT%H:%M:%S}.{when.microsecond // 1000:03d}Z"


def dump(value: object) -> str:
    """Indented JSON."""
    return json.dumps(value, ensure_ascii=False, indent=2, separators=(",", " : "))


def client(note: Note) -> str:
    """The program a post was written with."""
    return f'<a href="https://clients.example" rel="nofollow">{_CLIENTS[note.number % len(_CLIENTS)]}</a>'


def by_any_handle(people: dict[str, Person]) -> dict[str, Person]:
    """Everybody by every handle they went by."""
    return people | {old: people[new] for new, (old, _) in RENAMED.items()}


def with_short_links(text: str) -> tuple[str, list[Json]]:
    """Text with its links shortened, and their entities.

    A short link with a ``_`` in it is one that the platform never hands out.
    """
    urls: list[Json] = []

    def shorten(match: re.Match[str]) -> str:
        shown = match[0].removeprefix("https://")
        urls.append(
            {
                "url": f"https://t.co/x_{zlib.crc32(match[0].encode()):08x}",
                "expanded_url": match[0],
                "display_url": shown if len(shown) <= 27 else shown[:26] + "…",
            }
        )
        return str(urls[-1]["url"])

    shortened = LINK.sub(shorten, text)
    for entity, match in zip(urls, LINK.finditer(shortened), strict=True):
        entity["indices"] = [match.start(), match.end()]
    return shortened, urls


def text_and_entities(text: str, people: dict[str, Person]) -> tuple[str, Json]:
    """Text as an X archive has it, escaped and with short links, and where its entities stand."""
    text, urls = with_short_links(html.escape(text, quote=False))
    mentions = [
        {
            "name": people[match[1]].name,
            "screen_name": match[1],
            "indices": [match.start(), match.end()],
            "id_str": people[match[1]].id,
            "id": int(people[match[1]].id),
        }
        for match in HANDLE.finditer(text)
        if match[1] in people
    ]
    hashtags = [{"text": tag[1], "indices": [tag.start(), tag.end()]} for tag in HASHTAG.finditer(text)]
    return text, {"hashtags": hashtags, "symbols": [], "user_mentions": mentions, "urls": urls}


def reply_fields(note: Note) -> Json:
    """Whom and what a post answers; one that only begins with a handle answers no post in particular."""
    parent = note.reply_to
    person = parent.author if parent else note.addressed_to
    if person is None:
        return {}
    status = (
        {"in_reply_to_status_id_str": parent.id, "in_reply_to_status_id": int(parent.id)} if parent else {}
    )
    return {
        **status,
        "in_reply_to_user_id_str": person.id,
        "in_reply_to_user_id": int(person.id),
        "in_reply_to_screen_name": person.handle_at(note.when),
    }


def zipped(files: Files) -> bytes:
    """A zip whose bytes depend on nothing but its files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, date_time=(2023, 3, 12, 12, 0, 0))
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, files[name].encode(), zipfile.ZIP_DEFLATED, 9)
    return buffer.getvalue()
