"""Between whom help is owed: who pays for it, or whose job it is, shows in what passes between two people.

A good part of what one says to a service desk, a web designer or a plumber, and of what these say, is talk of
orders, bills, tickets and repairs (`plnmap.acts`, act *service*). Friends tell each other of such things now
and then: so it takes several posts on several days, a share of all that passed, and one that turns to the
other.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from plnmap.analysis.egos import Ego
from plnmap.analysis.help.helping import TOWARDS
from plnmap.analysis.settings import BrandRules
from plnmap.store import Store

SURE_FROM: Final = 0.6
"""Score of wording that turns to the other, or speaks for a service, rather than tells of what was bought."""

# One row per alter and who serves whom: the alter serves ego ("alter"), or ego the alter ("ego").
SERVING: Final = f"""
WITH {TOWARDS}, passed AS (
    SELECT DISTINCT post, day, source = $ego AS by_ego,
           CASE WHEN source = $ego THEN target ELSE source END AS account
    FROM towards WHERE addressed
), passed_with AS (
    SELECT account, count(DISTINCT post) AS posts FROM passed GROUP BY account
)
SELECT account, serves
FROM passed JOIN acts USING (post) JOIN passed_with USING (account), unnest(['alter', 'ego']) AS side(serves)
WHERE act = 'service' AND (object = 'either' OR (serves = 'alter') = (by_ego = (object = 'customer')))
GROUP BY account, serves, posts
HAVING count(DISTINCT post) >= greatest($service_posts, $service_share * posts)
   AND count(DISTINCT day) >= $service_days AND max(score) >= {SURE_FROM}
"""


def parameters(ego: Ego, last: date, rules: BrandRules) -> Mapping[str, Any]:
    """What `SERVING` asks for."""
    return {
        "ego": ego.account,
        "last": last,
        "service_posts": rules.service_posts,
        "service_days": rules.service_days,
        "service_share": rules.service_share,
    }


def customers(store: Store, ego: Ego, last: date, rules: BrandRules) -> set[str]:
    """Alters whom ego serves: what ego helps them with is owed."""
    sql = f"SELECT account FROM ({SERVING}) WHERE serves = 'ego'"
    return {account for (account,) in store.rows(sql, parameters(ego, last, rules))}
