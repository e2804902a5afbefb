"""Signs by which an organisation, a service desk or a person can be told, and how often each is there.

The signs are patterns in `brand_words/signs.toml`; what each says for an organisation is a weight in
log-odds, fitted (`brand_words/weights.toml`) or, where nothing could be learned from, judged.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import resources
from itertools import groupby
from operator import attrgetter
from typing import Any, Final, NamedTuple

import duckdb
import pandas as pd

MOST: Final = 2
"""How often a sign counts in one text: who says “news” five times is hardly surer to be a paper."""

_TEXTS: Final = """
CREATE OR REPLACE TEMP TABLE brand_texts AS
SELECT account, part, replace(words, '’', '''') AS cased, lower(replace(words, '’', '''')) AS text
FROM ({texts}) WHERE words IS NOT NULL
"""

_KNOWN: Final = """
SELECT account, bool_or(part = 'bio') AS bio, count(*) FILTER (part = 'posts') AS posts
FROM brand_texts GROUP BY account ORDER BY account
"""

_ONCE: Final = "SELECT account, {columns} FROM brand_texts WHERE part = '{part}' ORDER BY account"
_MEAN: Final = (
    "SELECT account, {columns} FROM brand_texts WHERE part = 'posts' GROUP BY account ORDER BY account"
)

# Posts of which two others begin with the same three words, not counting names, numbers and links.
_ALIKE: Final = r"""
SELECT account, count(*) FILTER (alike > 2) / count(*) AS amount
FROM (
    SELECT account, if(beginning = '', 0, count(*) OVER (PARTITION BY account, beginning)) AS alike
    FROM (
        SELECT account, regexp_extract(
            regexp_replace(text, '@\w+|\d+|https?://\S+', '', 'g'), '^\W*(\w+\W+\w+\W+\w+)', 1) AS beginning
        FROM brand_texts WHERE part = 'posts'
    )
) GROUP BY account HAVING amount > 0 ORDER BY account
"""


class Sign(NamedTuple):
    """Something that speaks for or against an organisation, and perhaps for a service desk.

    Attributes
    ----------
    name
        Where it is looked for, a dot, and what it is called.
    pattern
        RE2; None where it is counted otherwise.
    cased
        Whether letters are read as they stand.
    weight, desk
        Log-odds that it adds to being an organisation, and to being a service desk.
    shown
        What it is, in words; None where the words that it found say it.
    fitted
        Whether the weight was learned from labelled profiles; else it is judgement.
    """

    name: str
    pattern: str | None
    cased: bool
    weight: float
    desk: float
    shown: str | None
    fitted: bool

    @property
    def part(self) -> str:
        """Where it is looked for: bio, posts, name, handle, thanks or talk."""
        return self.name.partition(".")[0]


class Before(NamedTuple):
    """Log-odds before any sign: of an organisation, what a bio and posts add to it; of a service desk."""

    none: float
    bio: float
    posts: float
    desk: float


class Found(NamedTuple):
    """What is known of accounts, and which signs they show.

    Attributes
    ----------
    known
        One row per account of which there is any text: account, bio (whether there is one) and posts.
    signs
        One row per account and sign that is there: account, sign, amount (times per text, 0 to 2) and
        words (the first that were found; missing for posts).
    """

    known: pd.DataFrame
    signs: pd.DataFrame


@cache
def signs() -> dict[str, Sign]:
    """All signs by name.

    >>> signs()["bio.official"].weight > 0 > signs()["bio.family"].weight
    True
    """
    fitted = _toml("weights.toml")
    found = {}
    for part, entries in _toml("signs.toml").items():
        for name, entry in entries.items() if part != "before" else ():
            weight = fitted[part].get(name, 0.0) if part in fitted else 0.0
            found[f"{part}.{name}"] = Sign(
                name=f"{part}.{name}",
                pattern=entry.get("pattern"),
                cased=entry.get("cased", False),
                weight=entry.get("weight", weight),
                desk=entry.get("desk", 0.0),
                shown=entry.get("shown"),
                fitted=part in ("bio", "posts") and "weight" not in entry,
            )
    return found


@cache
def before() -> Before:
    """What is likely before any sign."""
    return Before(**_toml("weights.toml")["before"], **_toml("signs.toml")["before"])


def find_signs(
    connection: duckdb.DuckDBPyConnection, texts: str, parameters: Mapping[str, Any], wanted: Iterable[Sign]
) -> Found:
    """Which signs accounts show, and how much.

    Parameters
    ----------
    connection
        Where `texts` can be selected.
    texts
        SQL that selects account, part (bio, posts, name or handle) and words: one row per post, and at
        most one bio, name and handle per account.
    parameters
        Of that SQL.
    wanted
        Signs to look for.
    """
    connection.execute(_TEXTS.format(texts=texts), parameters)
    try:
        alike = connection.execute(_ALIKE).df().assign(sign="posts.alike", words=None)
        there = {part for (part,) in connection.execute("SELECT DISTINCT part FROM brand_texts").fetchall()}
        parts = [_found(connection, part, list(group)) for part, group in _by_part(wanted) if part in there]
        found = pd.concat([*(rows for part in parts for rows in part), alike], ignore_index=True)
        return Found(connection.execute(_KNOWN).df(), found)
    finally:
        connection.execute("DROP TABLE brand_texts")


def _by_part(wanted: Iterable[Sign]) -> Iterator[tuple[str, Iterable[Sign]]]:
    patterned = [sign for sign in wanted if sign.pattern is not None]
    return groupby(sorted(patterned, key=attrgetter("part")), attrgetter("part"))


def _found(connection: duckdb.DuckDBPyConnection, part: str, wanted: list[Sign]) -> list[pd.DataFrame]:
    """Per sign of one part of what is known, the accounts that show it."""
    of_posts = part == "posts"
    columns = []
    for i, sign in enumerate(wanted):
        matches = _matches(sign)
        amount = f"least(len({matches}), {MOST})"
        columns.append(f"{f'avg({amount})' if of_posts else amount} AS amount{i}")
        columns.append(f"{'NULL' if of_posts else f'{matches}[1]'} AS words{i}")
    sql = _MEAN if of_posts else _ONCE
    table = connection.execute(sql.format(part=part, columns=", ".join(columns))).df()
    return [
        table.loc[table[f"amount{i}"] > 0, ["account", f"amount{i}", f"words{i}"]]
        .set_axis(["account", "amount", "words"], axis=1)
        .assign(sign=sign.name)
        for i, sign in enumerate(wanted)
        if (table[f"amount{i}"] > 0).any()
    ]


def _matches(sign: Sign) -> str:
    # A pattern that comes as a parameter would be compiled anew for every text.
    pattern = str(sign.pattern).replace("'", "''")
    return f"regexp_extract_all({'cased' if sign.cased else 'text'}, '{pattern}', 0, 's')"


@cache
def _toml(name: str) -> dict[str, Any]:
    text = (
        resources.files("plnmap.analysis.accounts").joinpath("brand_words", name).read_text(encoding="utf-8")
    )
    return tomllib.loads(text)
