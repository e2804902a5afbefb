"""The professional and the personal side of a tie, and the trace of what moved out of sight.

A post is *topic-bound* if it carries a hashtag or a link, or asks, advises,
offers, credits or thanks for help; it is *chatty* otherwise. Both are shares of
the posts that one addressed to the other. "DM me", "emailed you" and "good to
meet you" are counted: more of a tie than that is not to be seen here.
"""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

from plnmap.analysis.egos import Ego
from plnmap.analysis.status import Measure
from plnmap.store import Store

LEAST_POSTS: Final = 5
"""A share of fewer posts says nothing."""

TOPICAL_ACTS: Final = (
    "question", "advice", "resource", "answer", "credit", "help_thanks", "introduction", "passed_on",
)  # fmt: skip

_SIDES: Final = """
WITH between AS (
    SELECT DISTINCT CASE WHEN i.source = $ego THEN i.target ELSE i.source END AS account,
           i.source = $ego AS outgoing, i.post
    FROM interactions i
    WHERE $ego IN (i.source, i.target) AND i.kind IN ('reply', 'mention') AND i.happened_at::DATE <= $last
), does AS (
    SELECT post, bool_or(list_contains($topical, act)) AS topical,
           bool_or(act = 'moved_elsewhere') AS moved, bool_or(act = 'met') AS met
    FROM acts GROUP BY post
)
SELECT account, outgoing, count(*),
       count(*) FILTER (coalesce(topical, FALSE) OR len(p.hashtags) > 0 OR len(p.links) > 0),
       count(*) FILTER (moved), count(*) FILTER (met)
FROM between JOIN posts p USING (post) LEFT JOIN does USING (post)
JOIN text_languages l USING (post)
WHERE l.readable
GROUP BY account, outgoing ORDER BY account, outgoing
"""


class Side(NamedTuple):
    """What one wrote to the other: posts in a language that can be read, and of those how many are what."""

    posts: int
    topical: int
    moved_elsewhere: int
    met: int

    @property
    def chatty(self) -> int:
        """Posts that are not topic-bound."""
        return self.posts - self.topical

    def topical_share(self) -> Measure:
        """Share of topic-bound posts, 0 to 1, with its 95 % interval (Wilson 1927).

        >>> Side(posts=10, topical=5, moved_elsewhere=0, met=0).topical_share().text()
        '0.50 [0.24, 0.76]'
        >>> Side(posts=2, topical=1, moved_elsewhere=0, met=0).topical_share().text()
        '2 of 5 needed'
        """
        if self.posts < LEAST_POSTS:
            return Measure("insufficient", n=self.posts, needed=LEAST_POSTS)
        from plnmap.analysis.contact.reciprocity import wilson_interval

        (lo,), (hi,) = wilson_interval([self.topical], [self.posts])
        return Measure(
            "value", self.topical / self.posts, float(lo), float(hi), n=self.posts, needed=LEAST_POSTS
        )


def sides(store: Store, ego: Ego, last: date) -> dict[tuple[str, bool], Side]:
    """(alter, whether ego wrote) → what those posts are; a pair without a readable post has no entry.

    Parameters
    ----------
    store
        A PLN file whose computed tables are up to date.
    ego
        Whose network.
    last
        Nothing later than this UTC day.
    """
    parameters = {"ego": ego.account, "last": last, "topical": list(TOPICAL_ACTS)}
    return {
        (account, outgoing): Side(*counts) for account, outgoing, *counts in store.rows(_SIDES, parameters)
    }
