"""Answers of the X API made by hand, and tasks to read them for."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any, Final

from plnmap.model import Task
from plnmap.sources.live import Answer, Taken, collection_of, new_task
from plnmap.sources.x_pages import Viewer, read_page
from plnmap.sources.x_streams import RANKS

EGO, BO, CY = "12", "34", "56"
OWNER: Final = f"twitter:{EGO}"
SOURCE: Final = collection_of(OWNER)
NOW: Final = datetime(2026, 5, 8, 12, tzinfo=UTC)
BY_USER: Final = Viewer(SOURCE, EGO, by_user=True, recent=100)
BY_APP: Final = BY_USER._replace(by_user=False)


def tweet(post_id: str = "1", author: str = EGO, **fields: Any) -> dict[str, Any]:
    """A post."""
    made = {"id": post_id, "text": f"post {post_id}", "author_id": author}
    return made | {"created_at": "2026-05-08T10:00:00.000Z"} | fields


def person(account_id: str = BO, handle: str = "bo", **fields: Any) -> dict[str, Any]:
    """An account."""
    return {"id": account_id, "username": handle, "name": handle.title(), **fields}


def problem(value: str, title: str, detail: str = "", kind: str = "user") -> dict[str, Any]:
    """A partial error."""
    return {"value": value, "resource_id": value, "title": title, "detail": detail, "resource_type": kind}


def page(*data: dict[str, Any], token: str | None = None, **more: Any) -> dict[str, Any]:
    """The body of an answer."""
    return {"data": list(data), "meta": {"next_token": token, "result_count": len(data)}, **more}


def answer(body: Any, status: int = 200) -> Answer:
    """An answer with this body, which goes out as JSON unless it is bytes."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Answer("https://api.twitter.com/2/x", status, {}, raw, NOW)


def task(stream: str, subject: str = EGO, account: str = OWNER, **fields: Any) -> Task:
    """A task about ego whose first page is under way."""
    made = new_task(SOURCE, stream, subject, account, RANKS[stream])
    return made._replace(**({"began_at": NOW} | fields))


def taken(stream: str, body: Any, viewer: Viewer = BY_USER, status: int = 200, **fields: Any) -> Taken:
    """What a page of a stream gives."""
    return read_page(task(stream, **fields), answer(body, status), viewer)
