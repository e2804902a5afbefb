"""The X archive of 2012: one file a month, whole posts with their authors, in three shapes over time."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import groupby

from .layouts import (
    Files,
    Json,
    by_any_handle,
    classic_date,
    client,
    dump,
    newest_first,
    reply_fields,
    text_and_entities,
)
from .story import Note, Person, Story, day

GENERATED = day("2022-11-29") + timedelta(hours=20, minutes=12, seconds=44)
JOINED = day("2012-10-14") + timedelta(hours=8)
_RICHER = day("2016-11-01")
_FULL_TEXT = day("2018-03-01")
# In these months the archive holds boosts as the original post under its author's name.
_FLATTENED = (day("2018-09-01"), day("2019-06-01"))


def mentor_archive(story: Story, mentor: Person) -> Files:
    """All files of the archive."""
    people = by_any_handle(story.people)
    entries = [(_kept(note), note) for note in story.notes if note.author is mentor]
    kept = newest_first(entry for entry, _ in entries)
    flattened = {entry.id for entry, note in entries if entry is not note}
    months = [
        (month, list(notes)) for month, notes in groupby(kept, lambda note: (note.when.year, note.when.month))
    ]
    files = {
        f"data/js/tweets/{year}_{month:02d}.js": f"Grailbird.data.tweets_{year}_{month:02d} = \n"
        + dump([_post(note, people, retweeted=note.id in flattened) for note in notes])
        for (year, month), notes in months
    }
    index = [
        {
            "file_name": f"data/js/tweets/{year}_{month:02d}.js",
            "year": year,
            "var_name": f"tweets_{year}_{month:02d}",
            "tweet_count": len(notes),
            "month": month,
        }
        for (year, month), notes in months
    ]
    payload = {"tweets": len(kept), "created_at": classic_date(GENERATED), "lang": "en"}
    details = {
        "screen_name": mentor.handle,
        "location": "by the harbour",
        "full_name": mentor.name,
        "bio": "Boring pipelines, honest tables, a cello. Office hours weekly.",
        "id": mentor.id,
        "created_at": _plain_date(JOINED),
    }
    return files | {
        "data/js/tweet_index.js": f"var tweet_index = {dump(index)}",
        "data/js/payload_details.js": f"var payload_details = {dump(payload)}",
        "data/js/user_details.js": f"var user_details = {dump(details)}",
    }


def _kept(note: Note) -> Note:
    """What the archive keeps of a post: in some months, of a boost only the original."""
    first, last = _FLATTENED
    return note.boost_of if note.boost_of and first <= note.when < last else note


def _plain_date(when: datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M:%S} +0000"


def _post(note: Note, people: dict[str, Person], retweeted: bool = False) -> Json:
    richer = note.when >= _RICHER
    text, entities = text_and_entities(note.text, people)
    names = ("full_text", "text") if note.when >= _FULL_TEXT else ("text",)
    post = {
        "created_at": classic_date(note.when) if richer else _plain_date(note.when),
        "id": int(note.id),
        "id_str": note.id,
        **dict.fromkeys(names, text),
        "entities": entities,
        "source": client(note),
        **reply_fields(note),
        "user": _user(note, richer),
        "geo": None if richer else {},
    }
    if note.boost_of:
        post["retweeted_status"] = _post(note.boost_of, people)
    if richer:
        post |= {
            "truncated": False,
            "is_quote_status": note.quote_of is not None,
            "retweet_count": note.number % 3,
            "favorite_count": note.number * 7 % 11,
            "favorited": False,
            "retweeted": retweeted,
            "lang": note.lang,
            **_quoted(note),
        }
    return post


def _quoted(note: Note) -> Json:
    if note.quote_of is None:
        return {}
    return {"quoted_status_id": int(note.quote_of.id), "quoted_status_id_str": note.quote_of.id}


def _user(note: Note, richer: bool) -> Json:
    author = note.author
    user = {
        "name": author.name,
        "screen_name": author.handle_at(note.when),
        "protected": False,
        "id_str": author.id,
        "profile_image_url_https": f"https://images.example/{author.number}.png",
        "id": int(author.id),
        "verified": False,
    }
    if richer:
        broadcasts = author.part == "broadcaster"
        user |= {
            "description": "",
            "followers_count": author.number * 997 if broadcasts else author.number * 11,
            "friends_count": 40 if broadcasts else author.number * 9,
        }
    return user
