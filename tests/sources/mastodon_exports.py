"""The export that the scenario's home server would let Ada download."""

from __future__ import annotations

from typing import Any, Final

from tests.scenario.mastodon_api import HOME, Mastodon
from tests.scenario.world import EGO, NAMED, Said
from tests.sources.builders import PUBLIC, Files, export

ACTOR: Final = f"https://{HOME}/users/{EGO}"


def export_of(mastodon: Mastodon) -> Files:
    """Ada's posts, boosts, favourites and follows, as an export writes them."""
    world = mastodon.world
    said = [_activity(mastodon, one) for one in reversed(world.by(EGO, direct=True))]
    likes = [mastodon.uri(one.post) for one in world.liked if one.who == EGO]
    follows = "\n".join(["Account address", *map(mastodon.handle, world.follows_of(EGO))])
    actor = f'{{"id": "{ACTOR}", "preferredUsername": "{EGO}", "name": "Ada"}}'
    return export(*said, likes=likes) | {
        "actor.json": actor.encode(),
        "following_accounts.csv": follows.encode(),
    }


def _activity(mastodon: Mastodon, one: Said) -> dict[str, Any]:
    published = f"{one.at:%Y-%m-%dT%H:%M:%SZ}"
    activity: dict[str, Any] = {"actor": ACTOR, "published": published}
    if one.boost_of is not None:
        return activity | {"type": "Announce", "object": mastodon.uri(one.boost_of)}
    told = mastodon.status(HOME, one.number)
    tags = [
        {"type": "Mention", "name": f"@{mastodon.handle(name)}", "href": f"https://x.example/{name}"}
        for name in dict.fromkeys(NAMED.findall(one.text))
    ]
    parent = mastodon.world.said.get(one.reply_to or 0)
    note = {
        "id": told["uri"],
        "url": told["url"],
        "published": published,
        "summary": one.warning or None,
        "content": told["content"],
        "inReplyTo": mastodon.uri(parent.number) if parent else None,
        "quote": mastodon.uri(one.quote_of) if one.quote_of else None,
        "tag": tags,
        "to": [ACTOR + "/someone"] if one.visibility == "direct" else [PUBLIC],
    }
    return activity | {"type": "Create", "object": note}
