"""What help is about: words that several helps share, then what single ones name.

A *help* is a day on which help shows in a post, with the question, the answer and
the thanks that belong to it. Words, hashtags and sites that at least two helps
share are what somebody helps with. Where few or none are shared, a help speaks
for itself: of its words the one that says most, with the words it stands among
(a phrase between stop words: Rose et al. 2010).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple

from plnmap.analysis.help.episodes import posts_of
from plnmap.analysis.settings import TopicRules
from plnmap.analysis.topics.terms import NAMES, NO_NAME, PIECES, TELLING, Topic, weak_words, word_lists
from plnmap.model import Episode, Evidence
from plnmap.store import Store

DEFAULT: Final = TopicRules()

# Words that stand side by side, with no sign and no stop word between them, are one phrase.
_SAID: Final = f"""
helps AS (
    SELECT unnest($accounts) AS account, unnest($directions) AS direction,
           unnest($numbers) AS help, unnest($posts) AS post
), pieces AS (
    SELECT post, unnest(said) AS term, generate_subscripts(said, 1) AS place
    FROM (SELECT post, {PIECES} AS said FROM posts SEMI JOIN helps USING (post) WHERE text IS NOT NULL)
), words AS (
    SELECT account, direction, help, post, term, place, term LIKE '#%' AS is_tag,
           list_contains($weak_words, term) AS is_weak
    FROM helps JOIN pieces USING (post) LEFT JOIN names USING (account) WHERE {TELLING} AND {NO_NAME}
), placed AS (
    SELECT *, CASE WHEN is_tag THEN -place ELSE place - row_number() OVER (
        PARTITION BY account, direction, help, post, is_tag ORDER BY place) END AS phrase
    FROM words
), phrases AS (
    SELECT account, direction, help, post, phrase, count(*) AS size,
           string_agg(term, ' ' ORDER BY place) AS wording
    FROM placed GROUP BY ALL
), said AS (
    SELECT account, direction, help, term, is_tag, count(DISTINCT post) AS posts,
           max(wording) FILTER (size BETWEEN 2 AND $phrase) AS wording
    FROM placed JOIN phrases USING (account, direction, help, post, phrase) WHERE NOT is_weak GROUP BY ALL
)
"""

# Of words in as many helps, the one that ego's talk with others knows less of tells more. Of the words of a
# single help those tell most that several of its posts hold, that stand in a phrase, and that are used
# elsewhere, too, with others and with them: a word of one post alone may be a slip or an accident.
_OF_HELP: Final = f"""
WITH {NAMES}, {_SAID}, everywhere AS (
    SELECT term, count(DISTINCT post) AS everywhere FROM topic_terms GROUP BY term
), between AS (
    SELECT account, term, count(DISTINCT post) AS between FROM topic_terms GROUP BY account, term
), counted AS (
    SELECT said.*, count(*) OVER (PARTITION BY account, direction, term) AS times,
           coalesce(everywhere, 0) AS everywhere, coalesce(between, 0) AS between
    FROM said LEFT JOIN everywhere USING (term) LEFT JOIN between USING (account, term)
), shared AS (
    SELECT account, direction, term, times, everywhere
    FROM counted WHERE times >= $shared GROUP BY account, direction, term, times, everywhere
    QUALIFY row_number() OVER (
        PARTITION BY account, direction ORDER BY times DESC, everywhere, term) <= $most
), told AS (
    SELECT account, direction, help FROM counted SEMI JOIN shared USING (account, direction, term)
), single AS (
    SELECT account, direction, help, coalesce(wording, term) AS term, 1 AS times, everywhere,
           is_tag AND everywhere >= $shared_by AS is_tag,
           (posts > 1)::INTEGER + (wording IS NOT NULL)::INTEGER
               + (everywhere > posts)::INTEGER + (between > posts)::INTEGER AS signs
    FROM counted ANTI JOIN told USING (account, direction, help)
    WHERE direction = 'in' AND (wording IS NOT NULL OR term NOT LIKE '%ing')
), one_of_each AS (
    SELECT account, direction, term, times, everywhere, is_tag, signs FROM single
    QUALIFY row_number() OVER (
        PARTITION BY account, help ORDER BY is_tag DESC, signs DESC, everywhere, term) = 1
)
SELECT account, direction, term, times FROM (
    SELECT *, FALSE AS is_tag, 0 AS signs FROM shared
    UNION ALL BY NAME
    FROM one_of_each QUALIFY row_number() OVER (PARTITION BY account, term ORDER BY signs DESC) = 1
)
QUALIFY row_number() OVER (
    PARTITION BY account, direction ORDER BY times DESC, is_tag DESC, signs DESC, everywhere, term) <= $most
ORDER BY account, direction, times DESC, is_tag DESC, signs DESC, everywhere, term
"""


class Help(NamedTuple):
    """One help of an account to ego ("in") or of ego to them ("out"), and the posts that speak of it."""

    account: str
    direction: str
    posts: frozenset[str]


def helps_of(rows: Iterable[Evidence], episodes: Iterable[Episode]) -> list[Help]:
    """The days on which help shows, each with the question, answer and thanks it belongs to.

    Parameters
    ----------
    rows
        The posts behind help; credits are left out.
    episodes
        Of the same ego: what is in one of them is one help, be it over several days.
    """
    within = {(each.account, each.direction, post): each for each in episodes for post in posts_of(each)}
    helps: dict[tuple[str, str, date | None], set[str]] = defaultdict(set)
    for row in rows:
        if row.instrument != "credit":
            episode = within.get((row.account, row.direction, row.post))
            helps[row.account, row.direction, episode.day if episode else row.day].update(
                [row.post, *(posts_of(episode) if episode else ())]
            )
    return [Help(account, direction, frozenset(posts)) for (account, direction, _), posts in helps.items()]


def topics_of_help(
    store: Store, helps: Sequence[Help], rules: TopicRules = DEFAULT
) -> dict[tuple[str, str], list[Topic]]:
    """What somebody helps with.

    Parameters
    ----------
    store
        A PLN file within `plnmap.analysis.topics.terms.topic_terms`.
    helps
        See `helps_of`.
    rules
        Thresholds.

    Returns
    -------
    dict
        (account, direction "in" or "out") → terms. Those that several helps share come first, that of most
        helps before the others; then, of help received, what single helps name, a term each. Whoever
        helped without naming anything is left out.
    """
    if not helps:
        return {}
    rows = [
        (each.account, each.direction, number, post)
        for number, each in enumerate(helps)
        for post in sorted(each.posts)
    ]
    accounts, directions, numbers, posts = map(list, zip(*rows, strict=True))
    parameters = word_lists() | {
        "accounts": accounts,
        "directions": directions,
        "numbers": numbers,
        "posts": posts,
        "weak_words": sorted(weak_words()),
        "phrase": rules.phrase,
        "shared": rules.episodes,
        "shared_by": rules.shared_by,
        "most": rules.most,
    }
    sizes = Counter((each.account, each.direction) for each in helps)
    found: dict[tuple[str, str], list[Topic]] = defaultdict(list)
    for account, direction, term, times in store.rows(_OF_HELP, parameters):
        found[account, direction].append(Topic(term, times, times / sizes[account, direction]))
    return dict(found)
