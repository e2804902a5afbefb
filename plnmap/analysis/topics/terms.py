"""The words that can say what a talk is about: without stop words, names and what is private.

Health, money, politics, descent, religion, sexuality, unions and crime are never
inferred about anybody: their words are on a block list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, Final, NamedTuple

from plnmap.analysis.egos import Ego
from plnmap.store import Store


def _quoted(pattern: str) -> str:
    """A regular expression as SQL text."""
    return "'" + pattern.replace("'", "''") + "'"


# Addresses, handles, the mark of a boost, and an ending that no word needs.
_NOT_WORDS: Final = _quoted(r"(?i)https?\S*|www\.\S+|[@＠][\w.]+(?:@[\w.-]+)?|\b[rm]t\b|['’]s\b")

_WORD: Final = r"#?\p{L}[\p{L}\p{N}_]*(?:['-][\p{L}\p{N}_]+)*"

_PIECE: Final = rf"{_WORD}|[^\s\p{{L}}]"

# The last two parts of a host, or three where the second last is a class of its own ("ac.uk").
_SITE: Final = r"((?:[\w-]+\.)?(?:ac|co|com|edu|gov|net|nhs|org|sch)\.[a-z]{2}|[\w-]+\.[a-z]{2,})$"

_BARE: Final = f"replace(regexp_replace(text, {_NOT_WORDS}, ' . ', 'g'), '’', '''')"
_WORDS: Final = f"regexp_extract_all({_BARE}, {_quoted(_WORD)})"

PIECES: Final = f"regexp_extract_all(lower({_BARE}), {_quoted(_PIECE)})"
"""SQL: the words and hashtags of a column `text`, and the signs between them, behind which a phrase ends."""

DOCUMENTS: Final = """
documents AS (
    SELECT CASE WHEN i.source = $ego THEN i.target ELSE i.source END AS account, i.post,
           CASE WHEN i.kind IN ('boost', 'quote') THEN 'passed_on'
                WHEN i.source = $ego THEN 'out' ELSE 'in' END AS way,
           i.happened_at::DATE AS day, p.text, p.links, p.url, coalesce(p.boost_of_post, i.post) AS original
    FROM interactions i JOIN posts p USING (post)
    WHERE $ego IN (i.source, i.target) AND i.happened_at::DATE <= $last AND p.text IS NOT NULL
      AND (i.kind IN ('reply', 'mention') OR (i.source = $ego AND i.kind IN ('boost', 'quote')))
)
"""
"""Posts between ego and each alter, and posts of theirs that ego passed on. Parameters: ego, last."""

TERMS: Final = f"""
{DOCUMENTS}, terms AS (
    SELECT account, post, lower(word) AS term, word <> lower(word) AS capital
    FROM (SELECT account, post, unnest({_WORDS}) AS word FROM documents)
    UNION ALL
    SELECT account, post, regexp_extract(host, {_quoted(_SITE)}, 1), FALSE
    FROM (SELECT account, post, regexp_extract(lower(unnest(links)), '^https?://([^/:?#]+)', 1) AS host
          FROM documents WHERE len(links) > 0)
)
"""
"""The words, hashtags and linked sites of `DOCUMENTS`, a row each time one stands there. Same parameters."""


class Topic(NamedTuple):
    """A word, phrase, hashtag or site that a tie, or the help in it, is about."""

    term: str
    times: int
    """Posts of the tie, or helps, that name it."""
    weight: float
    """Class-based TF-IDF of a tie's term, 0 for a hashtag of a thin tie; of help, the share that names it."""


TELLING: Final = """
length(term) > 2 AND NOT list_contains($stop_words, ltrim(term, '#')) AND NOT regexp_matches(term, $sensitive)
AND (term LIKE '#%' OR NOT regexp_matches(term, '[^e]ed$|ly$|n''t$'))
"""
"""Condition: a term may be a topic. What somebody did, and how, is none. Parameters: see `word_lists`."""

# Sites that stand for a service, not for what a link is about.
_SERVICES: Final = """
    amazon.com bit.ly blogspot.co.uk blogspot.com buff.ly dlvr.it facebook.com feedburner.com flickr.com
    goo.gl google.com ht.ly instagr.am instagram.com is.gd j.mp linkedin.com lnkd.in medium.com ow.ly
    pic.twitter.com t.co t.me tinyurl.com tumblr.com twitpic.com twitter.com wordpress.com wp.me x.com
    yfrog.com youtu.be youtube.com
"""

# The lists are long: each term is looked up once, however often it stands there.
_TOPIC_TERMS: Final = f"""
CREATE OR REPLACE TEMP TABLE topic_terms AS
WITH {TERMS}, telling AS (
    SELECT term FROM (SELECT DISTINCT term FROM terms) WHERE {TELLING} AND NOT list_contains($services, term)
)
SELECT * FROM terms SEMI JOIN telling USING (term)
"""

_THANKS: Final = r"(?i:thanks|thank you|thank u|thx|cheers|danke|merci|gracias|grazie|bedankt)"
_NAME: Final = r"(\p{Lu}\p{Ll}+)\b"

# "Thanks Ada" and "good find Ada, thanks" call somebody by name, unless the word is mostly written small.
_CALLED_NAMES: Final = f"""
CREATE OR REPLACE TEMP TABLE called_names AS
WITH {DOCUMENTS}, called AS (
    SELECT unnest([regexp_extract(said, {_quoted(_THANKS + "[ ,]+" + _NAME)}, 1),
                   regexp_extract(said, {_quoted(_NAME + "[ ,]+" + _THANKS)}, 1)]) AS name
    FROM (SELECT DISTINCT post, {_BARE} AS said FROM documents WHERE way = 'out')
)
SELECT DISTINCT term AS name FROM topic_terms
WHERE term IN (SELECT lower(name) FROM called) GROUP BY term HAVING avg(capital::INTEGER) > 0.5
"""

NAMES: Final = """
names AS (
    SELECT account, string_agg(name || ' ' || replace(name, ' ', ''), ' ') AS name FROM (
        SELECT account, lower(handle) AS name FROM handles
        UNION ALL SELECT account, lower(display_name) FROM accounts
    ) GROUP BY account
)
"""
"""What each account was ever called, in one text."""

NO_NAME: Final = """
NOT contains(coalesce(name, ''), split_part(ltrim(term, '#'), '.', 1))
AND term NOT IN (SELECT name FROM called_names)
"""
"""Condition: a term is no name, neither of the account beside it, in `NAMES`, nor of anybody ego thanks."""


@contextmanager
def topic_terms(store: Store, ego: Ego, last: date) -> Iterator[None]:
    """For as long as it lasts, two temporary tables: taking words out of posts is most of the work.

    `topic_terms` holds those `TERMS` that may be topics, `called_names` the first names by which ego
    thanks people.

    Parameters
    ----------
    store
        A PLN file whose computed tables are up to date.
    ego, last
        Whose network, and the UTC day up to which it looks.
    """
    seen = {"ego": ego.account, "last": last}
    store.rows(_TOPIC_TERMS, seen | word_lists() | {"services": _SERVICES.split()})
    store.rows(_CALLED_NAMES, seen)
    try:
        yield
    finally:
        store.rows("DROP TABLE temp.topic_terms")
        store.rows("DROP TABLE temp.called_names")


def word_lists() -> dict[str, Any]:
    """The parameters of `TELLING`."""
    return {"stop_words": sorted(stop_words()), "sensitive": sensitive_pattern()}


@cache
def stop_words() -> frozenset[str]:
    """Words that say nothing about what a talk is about: a list of ours, and each language's commonest.

    >>> {"the", "thanks", "nicht"} <= stop_words(), "bread" in stop_words()
    (True, False)
    """
    from plnmap.acts.language import FUNCTION_WORDS

    return frozenset(_listed("stop_words.txt")).union(*FUNCTION_WORDS.values())


@cache
def weak_words() -> frozenset[str]:
    """Words that say something only beside another one.

    >>> "group" in weak_words(), "bread" in weak_words()
    (True, False)
    """
    return frozenset(_listed("weak_words.txt"))


@cache
def sensitive_pattern() -> str:
    """A regular expression that matches a whole term, or a hashtag, on the block list of sensitive topics."""
    words = "|".join(sorted(re.escape(word).replace(r"\*", ".*") for word in _listed("sensitive.txt")))
    return f"^#?(?:{words})$"


def is_sensitive(term: str) -> bool:
    """Whether a term belongs to a topic that is never inferred about other people.

    >>> is_sensitive("#Depression"), is_sensitive("elections"), is_sensitive("electronics")
    (True, True, False)
    """
    return re.match(sensitive_pattern(), term.lower()) is not None


def _listed(name: str) -> list[str]:
    text = resources.files("plnmap.analysis.topics").joinpath("words", name).read_text(encoding="utf-8")
    return [word for line in text.splitlines() if not line.startswith("#") for word in line.split()]
