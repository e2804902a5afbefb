"""How much ego posted, week by week, and how much of it was said to somebody."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final, NamedTuple

from plnmap.analysis.egos import Ego
from plnmap.analysis.ledger import contact_windows, ledger
from plnmap.model import KINDS, Status
from plnmap.store import Store

# What is not dated is in no week. Copies inside other people's posts are not ego's writing (authority 0).
_WEEKS: Final = """
WITH spoken AS (
    SELECT DISTINCT post FROM interactions WHERE source = $ego AND list_contains($kinds, kind)
), wrote AS (
    SELECT date_trunc('week', happened_at)::DATE AS week, count(*) AS posts, count(spoken.post) AS to_people
    FROM authored LEFT JOIN spoken USING (post)
    WHERE account = $ego AND authority > 0 AND happened_at::DATE <= $last GROUP BY 1
), weeks AS (
    SELECT unnest(generate_series(min(week), date_trunc('week', $last::DATE), INTERVAL 7 DAY))::DATE AS week
    FROM wrote
)
SELECT week, coalesce(posts, 0), coalesce(to_people, 0) FROM weeks LEFT JOIN wrote USING (week) ORDER BY week
"""


class Week(NamedTuple):
    """Ego's posts of one week, Monday to Sunday, UTC.

    Attributes
    ----------
    monday
        Its first day.
    posts
        All of ego's posts, boosts among them; None where they are not observed.
    to_people
        Those that answer, name or quote somebody.
    status
        value; no_contact: ego wrote nothing; not_observed: no source covers the week whole.
    """

    monday: date
    posts: int | None
    to_people: int | None
    status: Status


def posts_by_week(store: Store, ego: Ego, last: date) -> list[Week]:
    """Every week from ego's first post to `last`.

    Parameters
    ----------
    store
        A PLN file whose computed tables are up to date.
    ego
        Whose posts.
    last
        Nothing later than this UTC day; its week may be cut short by it.

    Returns
    -------
    list of Week
        Empty for an ego without dated posts. A week without posts is a silence only where a source
        holds all that ego wrote in it.
    """
    spoken = [kind.name for kind in KINDS.values() if kind.group == "contact"]
    rows = store.rows(_WEEKS, {"ego": ego.account, "last": last, "kinds": spoken})
    window = contact_windows(ledger(store)).get(ego.account)

    def week(monday: date, posts: int, to_people: int) -> Week:
        if posts:
            return Week(monday, posts, to_people, "value")
        sunday = min(monday + timedelta(days=6), last)
        if window and window.complete and window.first.date() <= monday and sunday <= window.last.date():
            return Week(monday, 0, 0, "no_contact")
        return Week(monday, None, None, "not_observed")

    return [week(*row) for row in rows]
