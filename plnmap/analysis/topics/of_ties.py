"""What a tie is about: the words, hashtags and linked sites that set it apart from ego's other ties.

A *document* is a post between ego and an alter, or a post of the alter that ego
passed on. A word is a topic of a tie where it is far commoner there than in the
ego's other ties (class-based TF-IDF, one class per tie: Grootendorst 2022). What
somebody helps with is read from the help episodes alone. Health, money, politics,
descent, religion, sexuality, unions and crime are never inferred about anybody.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, Final, NamedTuple

from plnmap.analysis.egos import Ego
from plnmap.analysis.help.episodes import posts_of
from plnmap.analysis.settings import TopicRules
from plnmap.model import Episode
from plnmap.store import Store

DEFAULT: Final = TopicRules()

_NOT_WORDS: Final = r"https?://\S+|www\.\S+|[@＠][\w.]+(?:@[\w.-]+)?|\b[rm]t\b"
"""Addresses, handles and the mark of a boost."""

_WORD: Final = r"#?\p{L}[\p{L}\p{N}_]*(?:[''-][\p{L}\p{N}_]+)*"

# The last two parts of a host, or three where the second last is a class of its own ("ac.uk").
_SITE: Final = r"((?:[\w-]+\.)?(?:ac|co|com|edu|gov|net|nhs|org|sch)\.[a-z]{2}|[\w-]+\.[a-z]{2,})$"

# Sites that stand for a service, not for what a link is about.
_SERVICES: Final = """
    amazon.com bit.ly buff.ly dlvr.it facebook.com feedburner.com flickr.com goo.gl google.com ht.ly
    instagr.am instagram.com is.gd j.mp linkedin.com lnkd.in ow.ly pic.twitter.com t.co t.me tinyurl.com
    twitpic.com twitter.com wordpress.com wp.me x.com yfrog.com youtu.be youtube.com
"""

DOCUMENTS: Final = """
documents AS (
    SELECT CASE WHEN i.source = $ego THEN i.target ELSE i.source END AS account, i.post,
           CASE WHEN i.kind IN ('boost', 'quote') THEN 'passed_on'
                WHEN i.source = $ego THEN 'out' ELSE 'in' END AS way,
           i.happened_at::DATE AS day, p.text, p.links, p.url
    FROM interactions i JOIN posts p USING (post)
    WHERE $ego IN (i.source, i.target) AND i.happened_at::DATE <= $last AND p.text IS NOT NULL
      AND (i.kind IN ('reply', 'mention') OR (i.source = $ego AND i.kind IN ('boost', 'quote')))
)
"""
"""Posts between ego and each alter, and posts of theirs that ego passed on. Parameters: ego, last."""

_WORDS: Final = f"""
regexp_extract_all(regexp_replace(replace(lower(text), '’', ''''), '{_NOT_WORDS}', ' ', 'g'), '{_WORD}')
"""

TERMS: Final = f"""
{DOCUMENTS}, terms AS (
    SELECT account, post, unnest({_WORDS}) AS term FROM documents
    UNION ALL
    SELECT account, post,
           regexp_extract(regexp_extract(lower(unnest(links)), '^https?://([^/:?#]+)', 1), '{_SITE}', 1)
    FROM documents WHERE len(links) > 0
)
"""
"""The words, hashtags and linked sites of `DOCUMENTS`, a row each time one stands there. Same parameters."""

_TELLING: Final = """
length(term) > 2 AND NOT list_contains($stop_words, ltrim(term, '#')) AND NOT regexp_matches(term, $sensitive)
"""

_NAMES: Final = """
SELECT account, string_agg(lower(name), ' ') AS name FROM (
    SELECT account, handle AS name FROM handles UNION ALL SELECT account, display_name FROM accounts
) GROUP BY account
"""

# What is counted once per term is judged once per term. A word that only one tie uses is a matter of the
# two, not a subject; and somebody's own name says nothing about what the talk is about.
_OF_TIES: Final = f"""
WITH {TERMS}, counted AS (
    SELECT account, term, count(*) AS n, count(DISTINCT post) AS posts FROM terms GROUP BY ALL
), telling AS (
    SELECT term FROM counted GROUP BY term
    HAVING {_TELLING} AND NOT list_contains($services, term) AND count(*) >= $shared_by
), classes AS (
    SELECT account, sum(n) AS size FROM counted SEMI JOIN telling USING (term)
    WHERE account IN (
        SELECT account FROM documents GROUP BY account HAVING count(DISTINCT post) >= $documents)
    GROUP BY account HAVING sum(n) >= $tokens
), names AS (
    {_NAMES}
), weighed AS (
    SELECT account, term, posts,
           n / size * ln(1 + (SELECT avg(size) FROM classes) / sum(n) OVER (PARTITION BY term)) AS weight
    FROM counted SEMI JOIN telling USING (term) JOIN classes USING (account)
)
SELECT account, term, posts, weight FROM weighed LEFT JOIN names USING (account)
WHERE posts >= $repeated + CASE WHEN regexp_matches(term, '[#.]') THEN 0 ELSE 1 END
  AND NOT contains(coalesce(name, ''), split_part(ltrim(term, '#'), '.', 1))
QUALIFY row_number() OVER (PARTITION BY account ORDER BY weight DESC, term) <= $most
ORDER BY account, weight DESC, term
"""

_OF_POSTS: Final = f"""
SELECT post, list_distinct(list_filter({_WORDS}, lambda term: {_TELLING}))
FROM posts WHERE list_contains($posts, post) AND text IS NOT NULL
"""


class Topic(NamedTuple):
    """A word, hashtag or site that a tie, or the help in it, is about."""

    term: str
    posts: int
    """Posts (of a tie) or help episodes (of helping) that name it."""
    weight: float
    """Class-based TF-IDF of a tie's term; for helping, the share of the episodes that name it, 0 to 1."""


def topics_of_ties(store: Store, ego: Ego, last: date, rules: TopicRules = DEFAULT) -> dict[str, list[Topic]]:
    """What each tie is about, compared with the ego's other ties.

    Parameters
    ----------
    store
        A PLN file whose computed tables are up to date.
    ego
        Whose network.
    last
        Nothing later than this UTC day.
    rules
        Thresholds.

    Returns
    -------
    dict
        Account → its terms, the most telling first. Ties with fewer than five documents or thirty
        telling words are left out: too little to say.
    """
    found: dict[str, list[Topic]] = defaultdict(list)
    parameters = {
        "ego": ego.account,
        "last": last,
        "services": _SERVICES.split(),
        "stop_words": sorted(stop_words()),
        "sensitive": sensitive_pattern(),
        "documents": rules.documents,
        "tokens": rules.tokens,
        "shared_by": rules.shared_by,
        "repeated": rules.repeated,
        "most": rules.most,
    }
    for account, term, posts, weight in store.rows(_OF_TIES, parameters):
        found[account].append(Topic(term, posts, weight))
    return dict(found)


def topics_of_help(
    store: Store, episodes: Sequence[Episode], rules: TopicRules = DEFAULT
) -> dict[tuple[str, str], list[Topic]]:
    """What somebody helps with: words that at least two of their help episodes share.

    Parameters
    ----------
    episodes
        Help episodes of one ego.

    Returns
    -------
    dict
        (account, direction "in" or "out") → terms, the one of most episodes first. Whoever helped
        with different things each time has none.
    """
    wanted = {post for each in episodes for post in posts_of(each)}
    words = _telling_words(store, wanted)
    names = dict(store.rows(_NAMES))
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    sizes: Counter[tuple[str, str]] = Counter()
    for each in episodes:
        key = (each.account, each.direction)
        sizes[key] += 1
        name = names.get(each.account) or ""
        terms = {term for post in posts_of(each) for term in words.get(post, ())}
        counts[key].update(term for term in terms if term.lstrip("#") not in name)
    common = Counter(term for counter in counts.values() for term in counter)
    return {
        key: [
            Topic(term, n, n / sizes[key])
            # Of words in as many episodes, the one that fewer helpers share tells more.
            for term, n in sorted(counter.items(), key=lambda item: (-item[1], common[item[0]], item[0]))
            if n >= rules.episodes
        ][: rules.most]
        for key, counter in sorted(counts.items())
        if any(n >= rules.episodes for n in counter.values())
    }


def _telling_words(store: Store, posts: Iterable[str]) -> dict[str, list[str]]:
    parameters: dict[str, Any] = {
        "posts": sorted(posts),
        "stop_words": sorted(stop_words()),
        "sensitive": sensitive_pattern(),
    }
    return dict(store.rows(_OF_POSTS, parameters)) if parameters["posts"] else {}


@cache
def stop_words() -> frozenset[str]:
    """Words that say nothing about what a talk is about: a list of ours, and each language's commonest.

    >>> {"the", "thanks", "nicht"} <= stop_words(), "bread" in stop_words()
    (True, False)
    """
    from plnmap.acts.language import FUNCTION_WORDS

    return frozenset(_listed("stop_words.txt")).union(*FUNCTION_WORDS.values())


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
