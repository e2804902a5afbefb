"""Whom to ask about something: people whose posts with ego speak of it, those who answered ego first.

After the document model of expert search (Balog, Azzopardi & de Rijke 2009): each
document between a person and ego speaks for them by how much likelier than others it is
to contain the words of the question. Whoever knows but never said so here cannot be found.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from plnmap.analysis.egos import screen_name
from plnmap.analysis.help.helping import OFFERS
from plnmap.analysis.people import Network
from plnmap.analysis.settings import TopicRules
from plnmap.analysis.topics.terms import DOCUMENTS, PIECES, is_sensitive, stop_words, word_lists
from plnmap.errors import UsageError
from plnmap.model import Person
from plnmap.store import Store

POSTS_SHOWN: Final = 3
OFFERED: Final = 3
"""Words offered for one that no post holds."""
LEAST: Final = 1e-9
"""A score that is not a rounding error: a word that every post holds tells nobody from anybody."""
LETTERS_PER_SLIP: Final = 4
"""A word of four letters may have one slip in it, one of eight two: else short words all look alike."""

# Their offers to ego, and what ego thanked them for, count more. The words are counted by their spaces.
# A pattern is made anew for each post, so only posts that hold its letters are asked. What is answered and
# passed on, too, or quoted and named, is one post all the same.
_MATCHING: Final = f"""
WITH {DOCUMENTS}, lowered AS (
    SELECT *, lower(concat_ws(' ', text, array_to_string(links, ' '))) AS said FROM documents
)
SELECT account, post, way, day, text, url, length(text) - length(replace(text, ' ', '')) + 1 AS size,
       (way = 'in' AND post IN (SELECT post FROM acts WHERE act IN {OFFERS}))
           OR (way = 'out' AND post IN (SELECT post FROM acts WHERE act = 'help_thanks')) AS answered,
       list_transform($terms, lambda term: CASE WHEN contains(said, term.stem)
                      THEN len(regexp_extract_all(said, term.pattern)) ELSE 0 END) AS found
FROM lowered
QUALIFY row_number() OVER (PARTITION BY account, original ORDER BY answered DESC, way, post) = 1
ORDER BY account, post, way
"""

# Help between alters whose own posts are here and people whom ego has nothing to do with.
_ONE_STEP: Final = f"""
WITH towards AS (
    SELECT i.source, i.target, i.post, i.happened_at::DATE AS day, p.text, p.url
    FROM interactions i JOIN posts p USING (post)
    WHERE i.kind = 'reply' AND i.happened_at::DATE <= $last AND $ego NOT IN (i.source, i.target)
      AND regexp_matches(lower(p.text), $pattern)
), helping AS (
    SELECT target AS account, source AS through, 'thanked' AS how, t.* FROM towards t
    WHERE post IN (SELECT post FROM acts WHERE act = 'help_thanks')
    UNION ALL
    SELECT source, target, 'answered', t.* FROM towards t
    WHERE post IN (SELECT post FROM acts WHERE act IN {OFFERS})
      AND post NOT IN (SELECT post FROM acts WHERE act = 'gratitude')
)
SELECT account, handle, through, how, post, day, text, url
FROM helping
LEFT JOIN (SELECT account, max_by(handle, last_seen) AS handle FROM handles GROUP BY account) USING (account)
WHERE list_contains($alters, through) AND NOT list_contains($alters, account)
ORDER BY day DESC, post DESC, account, through LIMIT 200
"""

# Slips of the finger: a letter too many, too few, another one, or two that changed places.
_SPELLED_ALIKE: Final = f"""
WITH {DOCUMENTS}, known AS MATERIALIZED (
    SELECT word, count(*) AS times
    FROM (SELECT ltrim(unnest({PIECES}), '#') AS word FROM documents) WHERE length(word) > 2 GROUP BY word
), asked AS (
    SELECT unnest($asked) AS term
), alike AS (
    SELECT term, word, damerau_levenshtein(word, term) AS slips, times FROM known JOIN asked
        ON length(word) BETWEEN length(term) - length(term) // {LETTERS_PER_SLIP}
        AND length(term) + length(term) // {LETTERS_PER_SLIP}
    WHERE slips <= length(term) // {LETTERS_PER_SLIP}
      AND NOT list_contains($stop_words, word) AND NOT regexp_matches(word, $sensitive)
)
SELECT word FROM alike QUALIFY rank() OVER (PARTITION BY term ORDER BY slips) = 1
    AND row_number() OVER (PARTITION BY term ORDER BY slips, times DESC, word) <= {OFFERED}
ORDER BY list_position($asked, term), times DESC, word
"""


class Speaking(NamedTuple):
    """A post that speaks for somebody on a topic. `way` is in (theirs), out (ego's) or passed_on."""

    post: str
    way: str
    day: date | None
    text: str
    url: str | None
    answered: bool


class Candidate(NamedTuple):
    """Somebody who could be asked.

    Attributes
    ----------
    score
        How much their matching posts speak for them, bits: log₂ of how many times likelier the words of the
        question are in one than in all of ego's posts with anybody, twice for answers, summed; times
        (0.5 + 0.5 · response rate). Above 0.
    matching, documents
        Posts with a word of the question, of all posts with them.
    answered
        Of the matching, those in which they offered ego something or ego thanked them for help.
    """

    person: Person
    score: float
    matching: int
    documents: int
    answered: int
    posts: list[Speaking]


class OneStepAway(NamedTuple):
    """Somebody ego has nothing to do with, who helped an alter on the topic. `how` is thanked or answered."""

    account: str
    name: str
    through: str
    how: str
    post: str
    day: date | None
    text: str
    url: str | None


class Advice(NamedTuple):
    """Whom to ask about a topic; no candidates is an answer, too.

    `unknown` are words of the question that no post holds: they were left out. `alike` are words of posts
    that are spelled nearly as these, the likeliest first.
    """

    network: Network
    topic: str
    terms: list[str]
    unknown: list[str]
    candidates: list[Candidate]
    one_step_away: list[OneStepAway]
    alike: list[str]


def whom_to_ask(store: Store, network: Network, topic: str) -> Advice:
    """People whose posts with ego speak of a topic, the likeliest first.

    Parameters
    ----------
    store
        A PLN file whose computed tables are up to date.
    network
        The ego's network.
    topic
        Words or hashtags. Words of mere grammar are ignored, singular and plural are taken for the same.

    Raises
    ------
    UsageError
        The topic has no words, or is one that is never inferred about other people.
    """
    terms = words_of(topic)
    if network.as_of is None:
        return Advice(network, topic, terms, terms, [], [], [])
    rules = network.settings.topics
    parameters = {
        "ego": network.ego.account,
        "last": network.as_of,
        "terms": [{"stem": stem_of(term), "pattern": pattern_of(term)} for term in terms],
    }
    documents = store.connection.execute(_MATCHING, parameters).df()
    counts = np.array(documents["found"].tolist(), dtype=np.float64).reshape(len(documents), len(terms))
    known = counts.sum(axis=0) > 0
    scored = _scores(documents, counts[:, known], rules) if known.any() else pd.DataFrame()
    unknown = [term for term, is_known in zip(terms, known, strict=True) if not is_known]
    return Advice(
        network=network,
        topic=topic,
        terms=[term for term, is_known in zip(terms, known, strict=True) if is_known],
        unknown=unknown,
        candidates=_candidates(network, documents, counts[:, known], scored, rules),
        one_step_away=_one_step_away(
            store, network, [t for t, k in zip(terms, known, strict=True) if k] or terms
        ),
        alike=_spelled_alike(store, network, unknown) if unknown else [],
    )


def words_of(topic: str) -> list[str]:
    """The words of a question that can be looked for.

    >>> words_of("the wheels of Python #packaging")
    ['wheels', 'python', '#packaging']
    """
    words = re.findall(r"#?\w[\w.'-]*\w|\w", topic.lower().replace("’", "'"))
    if sensitive := [word for word in words if is_sensitive(word)]:
        raise UsageError(
            f"plnmap infers nobody's link with {sensitive[0]!r}: health, money, politics, descent, belief, "
            "sexuality, unions and crime are left to people themselves",
            hint="ask about a subject, a tool or a craft",
        )
    telling = [word for word in dict.fromkeys(words) if word.lstrip("#") not in stop_words()]
    if not telling:
        raise UsageError(
            f"{topic!r} holds no word to look for", hint='for example: plnmap ask "data analysis"'
        )
    return telling


def pattern_of(term: str) -> str:
    """A regular expression for a word in singular and plural, by itself or as a hashtag.

    >>> bool(re.search(pattern_of("wheels"), "a broken #wheel")), bool(re.search(pattern_of("art"), "smart"))
    (True, False)
    """
    # Not within an address or a handle of somebody, unless it is the name of the site.
    return rf"(?:^|[\s#(\"'/.,;:!?-])(?:{re.escape(stem_of(term))}s?)(?:$|[\s)\"'/.,;:!?…-])"


def stem_of(term: str) -> str:
    """A word without the hash and the s of its plural.

    >>> stem_of("#wheels"), stem_of("class"), stem_of("gas")
    ('wheel', 'class', 'gas')
    """
    bare = term.lstrip("#")
    return bare.removesuffix("s") if len(bare) > 3 and not bare.endswith("ss") else bare


def _scores(documents: pd.DataFrame, counts: Any, rules: TopicRules) -> pd.DataFrame:
    """What speaks for each account, and how many of its posts do."""
    size = documents["size"].to_numpy(dtype=np.float64)
    background = counts.sum(axis=0) / size.sum()
    share = rules.smoothing_words / (rules.smoothing_words + size)
    likelier = ((1 - share)[:, None] * counts / size[:, None] + share[:, None] * background) / background
    matching = counts.any(axis=1)
    # Posts of something else speak neither for nor against: a friend of many subjects may know this one, too.
    bits = np.where(matching, np.maximum(np.log2(likelier).sum(axis=1), 0), 0)
    frame = pd.DataFrame(
        {
            "account": documents["account"],
            "score": np.where(documents["answered"], rules.answer_weight, 1.0) * bits,
            "matching": matching,
            "answered": matching & documents["answered"],
        }
    )
    return frame.groupby("account").agg(
        score=("score", "sum"), matching=("matching", "sum"),
        answered=("answered", "sum"), documents=("score", "size"),
    )  # fmt: skip


def _candidates(
    network: Network, documents: pd.DataFrame, counts: Any, scored: pd.DataFrame, rules: TopicRules
) -> list[Candidate]:
    if scored.empty:
        return []
    people = {person.account: person for person in network.people}
    rates = [p.response_rate for p in network.people if p.response_rate is not None]
    usual = float(np.mean(rates)) if rates else 1.0
    said = _telling_posts(documents.assign(hits=counts.sum(axis=1)))
    found = []
    for row in scored[scored["score"] > LEAST].reset_index().to_dict("records"):
        person = people.get(row["account"])
        # A service desk is not asked, it is called.
        if person is None or person.is_provider:
            continue
        rate = usual if person.response_rate is None else person.response_rate
        score = row["score"] * (rules.rate_floor + (1 - rules.rate_floor) * rate)
        matching, every, answered = (int(row[name]) for name in ("matching", "documents", "answered"))
        found.append(Candidate(person, score, matching, every, answered, said[person.account]))
    return sorted(found, key=lambda each: (-each.score, each.person.account))


def _telling_posts(documents: pd.DataFrame) -> dict[str, list[Speaking]]:
    """Account → their answers first, then the posts that name the topic most, then the latest."""
    ordered = documents[documents["hits"] > 0].sort_values(
        ["answered", "hits", "day", "post"], ascending=False, kind="stable", na_position="last"
    )
    best = ordered.drop_duplicates(["account", "post"]).groupby("account").head(POSTS_SHOWN)
    found: dict[str, list[Speaking]] = {}
    for row in best.to_dict("records"):
        day = None if pd.isna(row["day"]) else row["day"].date()
        said = Speaking(row["post"], row["way"], day, row["text"], row["url"], bool(row["answered"]))
        found.setdefault(row["account"], []).append(said)
    return found


def _spelled_alike(store: Store, network: Network, terms: Sequence[str]) -> list[str]:
    parameters = {
        "ego": network.ego.account,
        "last": network.as_of,
        "asked": [term.lstrip("#") for term in terms],
    }
    return [str(word) for (word,) in store.rows(_SPELLED_ALIKE, parameters | word_lists())]


def _one_step_away(store: Store, network: Network, terms: Sequence[str]) -> list[OneStepAway]:
    parameters = {
        "ego": network.ego.account,
        "last": network.as_of,
        "pattern": "|".join(pattern_of(term) for term in terms),
        "alters": [p.account for p in network.people if p.days_out or p.days_in or p.follows_out],
    }
    return [
        OneStepAway(account, screen_name(account, handle), *row)
        for account, handle, *row in store.rows(_ONE_STEP, parameters)
    ]
