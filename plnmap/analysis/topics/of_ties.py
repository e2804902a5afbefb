"""What a tie is about: the words, hashtags and linked sites that set it apart from ego's other ties.

A *document* is a post between ego and an alter, or a post of the alter that ego
passed on. A word is a topic of a tie where it is far commoner there than in the
ego's other ties (class-based TF-IDF, one class per tie: Grootendorst 2022). After
those come the hashtags of the tie, which say something even where posts are few.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Final

from plnmap.analysis.egos import Ego
from plnmap.analysis.settings import TopicRules
from plnmap.analysis.topics.terms import DOCUMENTS, NAMES, NO_NAME, Topic, weak_words
from plnmap.store import Store

DEFAULT: Final = TopicRules()

# A word that only one tie uses is a matter of the two, not a subject.
_OF_TIES: Final = f"""
WITH {DOCUMENTS}, {NAMES}, counted AS (
    SELECT account, term, count(*) AS n, count(DISTINCT post) AS posts
    FROM topic_terms WHERE NOT list_contains($weak_words, term) GROUP BY ALL
), kept AS (
    SELECT account, term, n, posts, count(*) OVER (PARTITION BY term) >= $shared_by AS is_shared
    FROM counted LEFT JOIN names USING (account) WHERE {NO_NAME}
), classes AS (
    SELECT account, sum(n) AS size FROM kept
    WHERE is_shared AND account IN (
        SELECT account FROM documents GROUP BY account HAVING count(DISTINCT post) >= $documents)
    GROUP BY account HAVING sum(n) >= $tokens
), weighed AS (
    SELECT account, term, posts,
           n / size * ln(1 + (SELECT avg(size) FROM classes) / sum(n) OVER (PARTITION BY term)) AS weight
    FROM kept JOIN classes USING (account) WHERE is_shared
), found AS (
    SELECT * FROM weighed WHERE posts >= $repeated + CASE WHEN regexp_matches(term, '[#.]') THEN 0 ELSE 1 END
), tags AS (
    SELECT account, term, posts, 0 AS weight FROM kept ANTI JOIN found USING (account, term)
    WHERE term LIKE '#%'
)
SELECT account, term, posts, weight FROM (FROM found UNION ALL FROM tags)
QUALIFY row_number() OVER (PARTITION BY account ORDER BY weight DESC, posts DESC, term) <= $most
ORDER BY account, weight DESC, posts DESC, term
"""


def topics_of_ties(store: Store, ego: Ego, last: date, rules: TopicRules = DEFAULT) -> dict[str, list[Topic]]:
    """What each tie is about, compared with the ego's other ties.

    Parameters
    ----------
    store
        A PLN file within `plnmap.analysis.topics.terms.topic_terms`.
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
        telling words have no more than their hashtags, most used first.
    """
    found: dict[str, list[Topic]] = defaultdict(list)
    parameters = {
        "ego": ego.account,
        "last": last,
        "weak_words": sorted(weak_words()),
        "documents": rules.documents,
        "tokens": rules.tokens,
        "shared_by": rules.shared_by,
        "repeated": rules.repeated,
        "most": rules.most,
    }
    for account, term, posts, weight in store.rows(_OF_TIES, parameters):
        found[account].append(Topic(term, posts, weight))
    return dict(found)
