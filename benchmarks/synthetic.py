"""Made-up data of any size, the same bytes for the same seed.

As in life, a few people get most of what an ego writes, and most people one or
two posts (a Zipf distribution); texts are stock phrases, of which as many ask,
advise or thank as in real archives.
"""

from __future__ import annotations

import random
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

SEED: Final = 20_220
OWNER_ID: Final = 900_000_001
OWNER_HANDLE: Final = "made_up_owner"
FIRST_DAY: Final = datetime(2009, 1, 1, tzinfo=UTC)
DAYS: Final = 5_000
ROWS_AT_ONCE: Final = 1_000_000

_PLAIN: Final = (
    "I wrote down what we learned in our project this year",
    "what a morning, snow again and the bus is late",
    "the choir sang in the old hall last night and it was wonderful",
    "our pupils drew maps of the river on Tuesday",
    "second day of the conference, the talks begin at nine",
    "the garden is full of bees and the beans are doing well",
    "I agree, and the pupils said much the same",
    "new chapter today: fractions, with apples",
)
_ACTING: Final = {
    "does anybody know a good introduction to statistics for teachers?": 0.08,
    "have you tried the exercises first? you should start with the second chapter": 0.05,
    "thanks for sharing": 0.045,
    "thank you so much for your help, that solved my problem": 0.012,
}
"""What asks, advises or thanks, and in what share of posts: about that of real archives."""

_KINDS: Final = {
    "reply": (600, 0.42),
    "mention": (480, 0.25),
    "quote": (480, 0.06),
    "boost": (240, 0.15),
    "favourite": (120, 0.10),
    "list_mention": (0, 0.02),
}
"""Kind → weight units, share of all."""


def write_archive(path: str, parts: Sequence[int], alters: int) -> None:
    """Write an X archive as a zip in the layout with one file for each kind of record.

    Parameters
    ----------
    path
        The zip to write.
    parts
        Number of posts in ``tweets.js``, ``tweets-part1.js``, …; a post takes about 1.7 kB.
    alters
        How many people the posts are spread over.
    """
    import orjson

    draw = random.Random(SEED)
    reach = [1 / rank for rank in range(1, alters + 1)]
    posts = zip(range(sum(parts)), draw.choices(range(alters), reach, k=sum(parts)), strict=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        account = {"accountId": str(OWNER_ID), "username": OWNER_HANDLE, "accountDisplayName": "Made Up"}
        archive.writestr("data/account.js", _assigned("account", 0) + orjson.dumps([{"account": account}]))
        for part, count in enumerate(parts):
            name = f"data/tweets-part{part}.js" if part else "data/tweets.js"
            with archive.open(name, "w") as stream:
                stream.write(_assigned("tweets", part) + b"[")
                for i in range(count):
                    row = {"tweet": _post(*next(posts), sum(parts), draw)}
                    stream.write((b",\n" if i else b"\n") + orjson.dumps(row, option=orjson.OPT_INDENT_2))
                stream.write(b"\n]")


def _assigned(kind: str, part: int) -> bytes:
    return f"window.YTD.{kind}.part{part} = ".encode()


def _post(number: int, alter: int, of: int, draw: random.Random) -> dict[str, Any]:
    """One post with the fields that X gives it, read or not."""
    when = FIRST_DAY + timedelta(seconds=number * (DAYS * 86_400 // of) + draw.randrange(60))
    post_id, alter_id, handle = str(10**15 + number * 4096), str(1_000 + alter), f"person_{alter}"
    phrase = f"{_acting(draw.random()) or draw.choice(_PLAIN)}. {draw.choice(_PLAIN)} ({number})"
    manner = draw.random()
    named = manner < 0.85
    address = f"https://t.co/{number:010}"
    text = f"RT @{handle}: {phrase}" if 0.65 < manner < 0.85 else f"@{handle} {phrase}" if named else phrase
    links = [] if draw.random() < 0.7 else [_link(address, f"https://example.org/{number}", len(text))]
    until = str(int(when.timestamp() * 1000) + 3_600_000)
    mention = {
        "name": f"Person {alter}",
        "screen_name": handle,
        "indices": ["0", str(len(handle) + 1)],
        "id_str": alter_id,
        "id": alter_id,
    }
    post = {
        "edit_info": {
            "initial": {
                "editTweetIds": [post_id],
                "editableUntil": until,
                "editsRemaining": "5",
                "isEditEligible": True,
            }
        },
        "retweeted": False,
        "source": '<a href="https://mobile.twitter.com" rel="nofollow">Twitter Web App</a>',
        "entities": {
            "hashtags": [{"text": "learning", "indices": ["5", "14"]}] if number % 9 == 0 else [],
            "symbols": [],
            "user_mentions": [mention] if named else [],
            "urls": links,
        },
        "display_text_range": ["0", str(len(text))],
        "favorite_count": str(draw.randrange(9)),
        "id_str": post_id,
        "truncated": False,
        "retweet_count": "0",
        "id": post_id,
        "possibly_sensitive": False,
        "created_at": when.strftime("%a %b %d %H:%M:%S +0000 %Y"),
        "favorited": False,
        "full_text": f"{text} {address}" if links else text,
        "lang": "en",
    }
    if manner < 0.5:
        post |= {
            "in_reply_to_status_id_str": str(10**14 + number),
            "in_reply_to_status_id": str(10**14 + number),
            "in_reply_to_user_id": alter_id,
            "in_reply_to_user_id_str": alter_id,
            "in_reply_to_screen_name": handle,
        }
    return post


def _acting(chance: float) -> str | None:
    for phrase, share in _ACTING.items():
        chance -= share
        if chance < 0:
            return phrase
    return None


def _link(short: str, whole: str, start: int) -> dict[str, Any]:
    return {
        "url": short,
        "expanded_url": whole,
        "display_url": whole[8:],
        "indices": [str(start), str(start + 23)],
    }


def write_interactions(path: str, rows: int) -> None:
    """Write a table of interactions into a new DuckDB file; one in a hundred is not dated.

    Parameters
    ----------
    path
        The file to make.
    rows
        How many; the accounts and the pairs grow with them, the days do not.
    """
    import duckdb
    import numpy as np
    import pyarrow as pa

    draw = np.random.default_rng(SEED)
    accounts = max(100, rows // 100)
    units, shares = zip(*_KINDS.values(), strict=True)
    with duckdb.connect(path) as connection:
        connection.execute("SET enable_progress_bar = false")
        for start in range(0, rows, ROWS_AT_ONCE):
            count = min(ROWS_AT_ONCE, rows - start)
            source = draw.zipf(1.3, count) % accounts
            kind = draw.choice(len(_KINDS), count, p=shares)
            drawn = {
                "number": np.arange(start, start + count),
                "source": source,
                "target": (source * 7_919 + draw.zipf(1.4, count)) % accounts,
                "kind": np.array(list(_KINDS))[kind],
                "weight_units": np.array(units)[kind],
                "second": np.where(draw.random(count) < 0.01, -1, draw.integers(0, DAYS * 86_400, count)),
            }
            batch = pa.table(drawn)
            connection.execute(_CREATE if start == 0 else _APPEND, [FIRST_DAY.replace(tzinfo=None)])
            del batch


_ROWS: Final = """
SELECT 'twitter' AS platform, kind, 'twitter:' || source AS source, 'twitter:' || target AS target,
       CASE WHEN second >= 0 THEN ?::TIMESTAMP + to_seconds(second) END AS happened_at,
       'second' AS at_precision, 'twitter:' || number AS post, weight_units
FROM batch WHERE source <> target
"""
_CREATE: Final = f"CREATE TABLE interactions AS {_ROWS}"
_APPEND: Final = f"INSERT INTO interactions {_ROWS}"
