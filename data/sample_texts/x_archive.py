"""The X archive of 2022: one file per kind of record, numbers as strings."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from .layouts import (
    Files,
    Json,
    by_any_handle,
    classic_date,
    client,
    dump,
    iso,
    newest_first,
    reply_fields,
    text_and_entities,
)
from .story import Note, Person, Story, day

GENERATED = day("2022-12-18") + timedelta(hours=9, minutes=41, seconds=7)
JOINED = day("2016-03-02") + timedelta(hours=18)
SECRET = "This sentence stands in a direct message and must never be shown."
_LONGEST = 280


def ego_archive(story: Story, ego: Person) -> Files:
    """All files of the archive; the manifest lists the others."""
    own = newest_first(note for note in story.notes if note.author is ego)
    records = {
        "account": ("account", [_account(ego)]),
        "tweets": ("tweets", [{"tweet": _tweet(note, story)} for note in own]),
        "note-tweet": (
            "note_tweet",
            [{"noteTweet": _long(note)} for note in own if len(note.text) > _LONGEST],
        ),
        "follower": ("follower", [{"follower": _user(number)} for number in _followers(story)]),
        "following": ("following", [{"following": _user(number)} for number in _following(story)]),
        "like": ("like", [{"like": _like(note)} for note in _liked(own)]),
        "direct-messages": ("direct_messages", _talks(story, ego)),
    }
    files = {
        f"data/{name}.js": f"window.YTD.{kind}.part0 = {dump(rows)}" for name, (kind, rows) in records.items()
    }
    manifest = {
        "userInfo": {"accountId": ego.id, "userName": ego.handle, "displayName": ego.name},
        "archiveInfo": {
            "sizeBytes": str(sum(len(text.encode()) for text in files.values())),
            "generationDate": iso(GENERATED),
            "isPartialArchive": False,
        },
        "dataTypes": {
            kind: {
                "files": [
                    {
                        "fileName": f"data/{name}.js",
                        "globalName": f"YTD.{kind}.part0",
                        "count": str(len(rows)),
                    }
                ]
            }
            for name, (kind, rows) in records.items()
        },
    }
    return files | {"data/manifest.js": f"window.__THAR_CONFIG = {dump(manifest)}"}


def _strings(value: Any) -> Any:
    """Numbers as strings, all the way down, as this layout has them."""
    if isinstance(value, dict):
        return {key: _strings(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_strings(item) for item in value]
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _tweet(note: Note, story: Story) -> Json:
    short = note.text if len(note.text) <= _LONGEST else note.text[: _LONGEST - 1] + "…"
    text, entities = text_and_entities(short, by_any_handle(story.people))
    tweet = {
        "edit_info": {
            "initial": {
                "editTweetIds": [note.id],
                "editableUntil": iso(note.when + timedelta(hours=1)),
                "editsRemaining": 5,
                "isEditEligible": note.boost_of is None and note.reply_to is None,
            }
        },
        "retweeted": False,
        "source": client(note),
        "entities": entities,
        "display_text_range": [0, len(text)],
        "favorite_count": 0 if note.boost_of else note.number * 7 % 11,
        "id_str": note.id,
        **reply_fields(note),
        "truncated": False,
        "retweet_count": 0 if note.boost_of else note.number % 3,
        "id": note.id,
        "created_at": classic_date(note.when),
        "favorited": False,
        "full_text": text,
        "lang": note.lang,
    }
    return dict(_strings(tweet))


def _long(note: Note) -> Json:
    # A long post has an id of its own, close to that of the short form in tweets.js.
    return {
        "noteTweetId": str(int(note.id) - 4096),
        "core": {
            "styletags": [],
            "urls": [],
            "text": note.text,
            "mentions": [],
            "cashtags": [],
            "hashtags": [],
        },
        "updatedAt": iso(note.when),
        "createdAt": iso(note.when),
    }


def _account(ego: Person) -> Json:
    return {
        "account": {
            "email": "mira.tolland@example.org",
            "createdVia": "web",
            "username": ego.handle,
            "accountId": ego.id,
            "createdAt": iso(JOINED),
            "accountDisplayName": ego.name,
        }
    }


def _user(number: str) -> Json:
    return {"accountId": number, "userLink": f"https://twitter.com/intent/user?user_id={number}"}


def _following(story: Story) -> list[str]:
    people = [person for person in story.people.values() if not person.server and person.number > 1]
    return [person.id for person in people if person.part != "acquaintance" or person.number % 3]


def _followers(story: Story) -> list[str]:
    unseen = {"role_model", "broadcaster", "service_desk"}
    people = [person for person in story.people.values() if not person.server and person.number > 1]
    known = [person.id for person in people if person.part not in unseen and person.number % 5]
    return known + [str(8_900_000_000 + 104_729 * number) for number in range(90)]


def _liked(own: list[Note]) -> list[Note]:
    originals = [note.boost_of or note.quote_of for note in own]
    return newest_first({note.id: note for note in originals[::2] if note}.values())


def _like(note: Note) -> Json:
    return {
        "tweetId": note.id,
        "fullText": text_and_entities(note.text, {})[0],
        "expandedUrl": f"https://twitter.com/i/web/status/{note.id}",
    }


def _talks(story: Story, ego: Person) -> list[Json]:
    partners = [story.people[handle] for handle in ("bo_karst", "cy_lodder", "ines_qvale", "dee_marlop")]
    return [_talk(ego, partner, year) for partner, year in zip(partners, range(2018, 2022), strict=True)]


def _talk(ego: Person, partner: Person, year: int) -> Json:
    start = day(f"{year}-02-03") + timedelta(hours=19)
    messages = []
    for turn in range(12):
        sender, recipient = (ego, partner) if turn % 2 else (partner, ego)
        when = start + timedelta(days=turn // 4 * 9, minutes=turn * 3)
        message = Note(sender, when, SECRET, turn)
        messages.append(
            {
                "messageCreate": {
                    "recipientId": recipient.id,
                    "reactions": [],
                    "urls": [],
                    "text": SECRET,
                    "mediaUrls": [],
                    "senderId": sender.id,
                    "id": message.id,
                    "createdAt": iso(when),
                }
            }
        )
    name = "-".join(sorted((ego.id, partner.id)))
    return {"dmConversation": {"conversationId": name, "messages": messages[::-1]}}
