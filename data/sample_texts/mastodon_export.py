"""The Mastodon export: an actor, an outbox of activities, favourites as addresses, followings as CSV."""

from __future__ import annotations

import html
import json
import re
from datetime import datetime

from .bank import LINK
from .layouts import HASHTAG, Files, Json
from .story import Note, Person, Story, day

JOINED = day("2022-11-05")
_CONTEXT = "https://www.w3.org/ns/activitystreams"
_PUBLIC = f"{_CONTEXT}#Public"
_MARKED = re.compile(
    rf"(?P<link>{LINK.pattern})|(?<![\w&/])#(?P<tag>\w+)|(?<![\w@/])@(?P<name>\w+)@(?P<server>[\w.]+\w)"
)
_HANDLE = re.compile(r"(?<![\w@/])@(\w+)@([\w.]+\w)")


def export(story: Story, ego: Person) -> Files:
    """All files of the export, oldest activity first."""
    own = sorted((note for note in story.notes if note.author is ego), key=lambda note: int(note.id))
    boosted = [note.boost_of for note in own if note.boost_of]
    outbox = {
        "@context": [_CONTEXT],
        "id": "outbox.json",
        "type": "OrderedCollection",
        "totalItems": len(own),
        "orderedItems": [_activity(note, story) for note in own],
    }
    likes = {
        "@context": _CONTEXT,
        "id": "likes.json",
        "type": "OrderedCollection",
        "orderedItems": [note.url for note in boosted[::2]],
    }
    followed = [person for person in story.people.values() if person.server and person is not ego]
    rows = [f"{person.handle},true,false," for person in followed]
    return {
        "actor.json": json.dumps(_actor(ego), ensure_ascii=False),
        "outbox.json": json.dumps(outbox, ensure_ascii=False),
        "likes.json": json.dumps(likes, ensure_ascii=False),
        "following_accounts.csv": "\n".join(
            ["Account address,Show boosts,Notify on new posts,Languages", *rows, ""]
        ),
    }


def _date(when: datetime) -> str:
    return f"{when:%Y-%m-%dT%H:%M:%SZ}"


def _actor(ego: Person) -> Json:
    return {
        "@context": [_CONTEXT],
        "id": ego.actor,
        "type": "Person",
        "following": f"{ego.actor}/following",
        "followers": f"{ego.actor}/followers",
        "inbox": f"{ego.actor}/inbox",
        "outbox": "outbox.json",
        "likes": "likes.json",
        "bookmarks": "bookmarks.json",
        "preferredUsername": ego.handle.partition("@")[0],
        "name": ego.name,
        "summary": "<p>Counts things, helps people learn. Taught science once.</p>",
        "url": _profile(ego),
        "manuallyApprovesFollowers": False,
        "discoverable": True,
        "published": _date(JOINED),
        "tag": [],
        "attachment": [],
    }


def _profile(person: Person) -> str:
    name, _, server = person.handle.partition("@")
    return f"https://{server}/@{name}"


def _activity(note: Note, story: Story) -> Json:
    named = _named(note, story)
    followers = f"{note.author.actor}/followers"
    activity: Json = {
        "id": f"{note.url}/activity",
        "type": "Announce" if note.boost_of else "Create",
        "actor": note.author.actor,
        "published": _date(note.when),
        "to": [_PUBLIC],
        "cc": [followers, *(person.actor for person in named)],
    }
    if note.boost_of:
        activity["cc"] = [note.boost_of.author.actor, followers]
        activity["object"] = note.boost_of.url
    else:
        activity["object"] = _status(note, named) | {"to": activity["to"], "cc": activity["cc"]}
    return activity


def _named(note: Note, story: Story) -> list[Person]:
    handles = [f"{match[1]}@{match[2]}" for match in _HANDLE.finditer(note.text)]
    return [story.people[handle] for handle in handles if handle in story.people]


def _status(note: Note, named: list[Person]) -> Json:
    content = _content(note, {person.handle: person for person in named})
    parent = note.reply_to.url if note.reply_to else None
    thread = note
    while thread.reply_to:
        thread = thread.reply_to
    tags = [{"type": "Mention", "href": person.actor, "name": f"@{person.handle}"} for person in named]
    for match in HASHTAG.finditer(note.text):
        href = f"https://{note.author.server}/tags/{match[1].lower()}"
        tags.append({"type": "Hashtag", "href": href, "name": f"#{match[1].lower()}"})
    return {
        "id": note.url,
        "type": "Note",
        "summary": None,
        "inReplyTo": parent,
        "published": _date(note.when),
        "url": f"{_profile(note.author)}/{note.id}",
        "attributedTo": note.author.actor,
        "sensitive": False,
        "atomUri": note.url,
        "inReplyToAtomUri": parent,
        "conversation": f"tag:{thread.author.server},{thread.when:%Y-%m-%d}:objectId={thread.number}"
        ":objectType=Conversation",
        "content": content,
        "contentMap": {note.lang: content},
        "attachment": [],
        "tag": tags,
    }


def _content(note: Note, named: dict[str, Person]) -> str:
    def marked(match: re.Match[str]) -> str:
        link, tag, name, server = match["link"], match["tag"], match["name"], match["server"]
        if link:
            return (
                f'<a href="{link}" target="_blank" rel="nofollow noopener noreferrer">'
                f'<span class="invisible">https://</span>'
                f'<span class="">{link.removeprefix("https://")}</span></a>'
            )
        if tag:
            href = f"https://{note.author.server}/tags/{tag}"
            return f'<a href="{href}" class="mention hashtag" rel="tag">#<span>{tag}</span></a>'
        if person := named.get(f"{name}@{server}"):
            return (
                f'<span class="h-card" translate="no"><a href="{_profile(person)}" class="u-url mention">'
                f"@<span>{name}</span></a></span>"
            )
        return match[0]

    return f"<p>{_MARKED.sub(marked, html.escape(note.text, quote=False))}</p>"
