"""Requests are spelled as Mastodon.py spells them, which asks in its own way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NoReturn

import pytest
import requests

from plnmap.sources.live import new_task
from plnmap.sources.mastodon_streams import request_of
from tests.scenario.mastodon_api import HOME
from tests.sources.mastodon_builders import KEY


class Spelled(Exception):
    """Thrown by a session in place of sending: the address and the parameters it was given."""


class Speller(requests.Session):
    """A session that sends nothing."""

    def request(self, method: str, url: str, **options: Any) -> NoReturn:  # type: ignore[override]
        """Tell what was to be sent."""
        params = options.get("params") or {}
        raise Spelled(method, url, {(name, str(value)) for name, value in _pairs(params)})


def _pairs(params: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in params.items():
        for one in value if isinstance(value, list) else [value]:
            yield name, one


SPELLINGS: dict[str, Callable[[Any], object]] = {
    "profile": lambda api: api.account_verify_credentials(),
    "notifications": lambda api: api.notifications(
        types=["mention", "reblog", "favourite", "quote"], limit=80, max_id=9
    ),
    "posts": lambda api: api.account_statuses("5", limit=40, max_id=9),
    "following": lambda api: api.account_following("5", limit=80, max_id=9),
    "followers": lambda api: api.account_followers("5", limit=80, max_id=9),
    "liked": lambda api: api.favourites(limit=40, max_id=9),
    "answers": lambda api: api.status_context("5"),
    "boosters": lambda api: api.status_reblogged_by("5"),
    "likers": lambda api: api.status_favourited_by("5"),
    "lookup": lambda api: api.account_lookup("cy@far.example"),
}


@pytest.mark.parametrize("stream", SPELLINGS)
def test_requests_are_spelled_as_the_library_spells_them(stream: str) -> None:
    from mastodon import Mastodon as Library

    library = Library(
        api_base_url=f"https://{HOME}", access_token="t", session=Speller(), version_check_mode="none"
    )
    with pytest.raises(Exception) as raised:
        SPELLINGS[stream](library)
    spelled = next(one for one in (raised.value, raised.value.__context__) if isinstance(one, Spelled))
    subject = f"{HOME}/cy@far.example" if stream == "lookup" else "5"
    task = new_task("s", stream, subject, KEY, 0)._replace(cursor="max_id=9")
    url, params = request_of(task, HOME, None)
    # The library has no way to ask for more than 40 of who boosted or marked a post.
    extra = {("limit", "80"), ("max_id", "9")} if stream in ("boosters", "likers") else set()

    assert spelled.args == ("GET", url, set(params) - extra)
