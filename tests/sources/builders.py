"""Small archives made by hand, in every layout, and what reading them yields."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from plnmap.model import Account, Coverage, DirectMessageDay, Follow, Handle, Post, Reaction
from plnmap.sources import open_source

Files = dict[str, bytes]

ADA, BO, CY = "12", "34", "56"
"""Ids of the owner and of two people they write to."""


@dataclass
class Read:
    """All that a source yielded."""

    owner: str | None = None
    kind: str = ""
    source: str = ""
    retrieved_at: datetime | None = None
    retrieved_from: str | None = None
    total_bytes: int = 0
    bytes_read: int = 0
    posts: list[Post] = field(default_factory=list)
    reactions: list[Reaction] = field(default_factory=list)
    follows: list[Follow] = field(default_factory=list)
    dm_days: list[DirectMessageDay] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)
    handles: list[Handle] = field(default_factory=list)
    coverage: list[Coverage] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)

    def post(self, post_id: str = "1") -> Post:
        """The only post with this id."""
        (found,) = (post for post in self.posts if post.post.endswith(f":{post_id}"))
        return found

    def covered(self, kind: str, direction: str = "out") -> Coverage:
        """The only coverage row of a kind and direction."""
        (found,) = (row for row in self.coverage if (row.kind, row.direction) == (kind, direction))
        return found


def read(path: Path, **options: Any) -> Read:
    """Open and read a source to its end."""
    with open_source(path, **options) as archive:
        found = Read(archive.owner, archive.kind, archive.source, total_bytes=archive.total_bytes)
        for page in archive.pages():
            found.bytes_read += page.bytes_read
            found.posts += page.posts
            found.reactions += page.reactions
            found.follows += page.follows
            found.dm_days += page.dm_days
            found.accounts += page.accounts
            found.handles += page.handles
            found.coverage += page.coverage
            found.skipped.update(page.skipped)
        found.retrieved_at, found.retrieved_from = archive.retrieved_at, archive.retrieved_from
    return found


def as_zip(files: Files, path: Path, top: str = "") -> Path:
    """Write files into a zip, below a folder if one is named."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(top + name, content)
    return path


def as_folder(files: Files, path: Path) -> Path:
    """Write files into a folder."""
    for name, content in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(content)
    return path


def as_tar(files: Files, path: Path) -> Path:
    """Write files into a tar with gzip."""
    with tarfile.open(path, "w:gz") as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return path


def script(variable: str, content: Any) -> bytes:
    """A JSON value as the archives wrap it."""
    return f"{variable} = {json.dumps(content, indent=2)}".encode()


def named(*people: tuple[str, str]) -> dict[str, Any]:
    """Entities that name people by id and handle."""
    mentions = [
        {
            "id_str": account_id,
            "id": account_id,
            "screen_name": handle,
            "name": handle.title(),
            "indices": [0, 1],
        }
        for account_id, handle in people
    ]
    return {"user_mentions": mentions, "urls": [], "hashtags": [], "media": []}


def tweet(text: str = "hello", post_id: str = "1", **fields: Any) -> dict[str, Any]:
    """A post in the layout with one file per kind."""
    return {
        "id_str": post_id,
        "id": post_id,
        "full_text": text,
        "created_at": "Sat Feb 18 12:33:11 +0000 2023",
        "entities": named(),
        **fields,
    }


def month_tweet(text: str = "hello", post_id: str = "1", **fields: Any) -> dict[str, Any]:
    """A post in the layout of 2012."""
    return {
        "id_str": post_id,
        "id": int(post_id),
        "text": text,
        "created_at": "2013-04-01 05:55:56 +0000",
        "entities": named(),
        "user": {"id_str": ADA, "id": int(ADA), "screen_name": "Ada", "name": "Ada L."},
        **fields,
    }


def archive_2012(*posts: dict[str, Any], month: str = "2013_04", **details: Any) -> Files:
    """An archive of one month in the layout of 2012."""
    owner = {"id": ADA, "screen_name": "Ada", "full_name": "Ada L.", "bio": "reads"}
    return {
        f"data/js/tweets/{month}.js": script(f"Grailbird.data.tweets_{month}", list(posts)),
        "data/js/user_details.js": script("var user_details", owner | details),
        "data/js/payload_details.js": script(
            "var payload_details", {"tweets": len(posts), "created_at": "2014-01-02 03:04:05 +0000"}
        ),
        "data/js/tweet_index.js": script(
            "var tweet_index", [{"file_name": f"data/js/tweets/{month}.js", "tweet_count": len(posts)}]
        ),
    }


def archive(*posts: dict[str, Any], **more: bytes) -> Files:
    """An archive in the layout with one file per kind; `more` adds files, ``_`` standing for ``-``."""
    account = {
        "accountId": ADA,
        "username": "Ada",
        "accountDisplayName": "Ada L.",
        "email": "never@read.example",
    }
    extra = {f"data/{name.replace('_', '-')}.js": content for name, content in more.items()}
    return {
        "data/tweets.js": script("window.YTD.tweets.part0", [{"tweet": post} for post in posts]),
        "data/account.js": script("window.YTD.account.part0", [{"account": account}]),
        "data/manifest.js": script(
            "window.__THAR_CONFIG",
            {
                "userInfo": {"accountId": ADA, "userName": "Ada", "displayName": "Ada L."},
                "archiveInfo": {"generationDate": "2023-03-01T10:00:00.000Z"},
            },
        ),
        **extra,
    }


ACTOR = "https://example.social/users/ada"
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"


def note(content: str = "<p>hello</p>", post_id: str = "1", **fields: Any) -> dict[str, Any]:
    """A post in a Mastodon export."""
    address = f"{ACTOR}/statuses/{post_id}"
    return {
        "type": "Create",
        "actor": ACTOR,
        "published": "2023-02-18T12:33:11Z",
        "object": {
            "id": address,
            "type": "Note",
            "published": "2023-02-18T12:33:11Z",
            "url": f"https://example.social/@ada/{post_id}",
            "to": [PUBLIC],
            "cc": [f"{ACTOR}/followers"],
            "content": content,
            "tag": [],
            **fields,
        },
    }


def export(*activities: dict[str, Any], likes: list[str] | None = None, **more: bytes) -> Files:
    """A Mastodon export; `more` adds files by name, ``_csv`` and ``_json`` standing for their suffixes."""
    actor = {"id": ACTOR, "preferredUsername": "ada", "name": "Ada L.", "summary": "<p>reads</p>"}
    outbox = {"id": "outbox.json", "totalItems": len(activities), "orderedItems": list(activities)}
    files = {"outbox.json": json.dumps(outbox).encode(), "actor.json": json.dumps(actor).encode()}
    if likes is not None:
        files["likes.json"] = json.dumps({"orderedItems": likes}).encode()
    return files | {".".join(name.rsplit("_", 1)): content for name, content in more.items()}
