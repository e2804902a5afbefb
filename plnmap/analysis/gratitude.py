"""Whom an ego can thank: helpers with dated examples, and people credited but never thanked."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import NamedTuple

from plnmap.analysis.people import Network
from plnmap.analysis.summary import Helped
from plnmap.model import Evidence


class Thanked(NamedTuple):
    """People who helped the ego in the ego's own words.

    `helpers` are ordered by days of thanks, most first; their evidence is
    newest first, one post per day and person. `credited_only` were credited or
    quoted with a comment on several days, and never thanked for help.
    """

    network: Network
    since: date | None
    helpers: list[Helped]
    credited_only: list[Helped]


CREDITED_DAYS = 2
"""Crediting somebody once is courtesy; from the second day on a thank-you is worth a thought."""


def thanked(network: Network, since: date | None = None) -> Thanked:
    """Everyone an ego thanked for help, with the posts that say so."""
    posts: dict[str, dict[str, Evidence]] = defaultdict(dict)
    for row in network.evidence:
        if row.direction == "in" and row.instrument == "thanks" and _in_time(row, since):
            posts[row.account].setdefault(row.post, row)
    by_account = {person.account: person for person in network.people}
    helpers = [Helped(by_account[account], list(rows.values())) for account, rows in posts.items()]
    helpers.sort(key=_most_days)
    credits: dict[str, list[Evidence]] = defaultdict(list)
    for row in network.evidence:
        if row.instrument == "credit" and row.account not in posts and _in_time(row, since):
            credits[row.account].append(row)
    credited = [
        Helped(by_account[account], rows)
        for account, rows in credits.items()
        if not by_account[account].thanked_days and len({row.day for row in rows}) >= CREDITED_DAYS
    ]
    credited.sort(key=_most_days)
    return Thanked(network, since, helpers, credited)


def _in_time(row: Evidence, since: date | None) -> bool:
    return since is None or (row.day is not None and row.day >= since)


def _most_days(helped: Helped) -> tuple[int, str]:
    return -len({row.day for row in helped.evidence}), helped.person.account
