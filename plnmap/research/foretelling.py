"""Setting the clock back: what each way of ordering people knew on a day, and whom ego contacted next."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from plnmap.analysis.contact.contacts import Contacts, epoch_day
from plnmap.analysis.contact.strength import log_odds_of_ties
from plnmap.analysis.egos import Ego
from plnmap.analysis.ledger import contact_windows, ledger
from plnmap.analysis.ranking import days_by_recency
from plnmap.analysis.settings import StrengthWeights
from plnmap.analysis.status import Bools, Floats, Ints
from plnmap.research.overlap import shared_contacts
from plnmap.store import Store

RANKINGS: Final = (
    "strength",
    "count",
    "recency",
    "days_by_recency",
    "decay",
    "jaccard",
    "adamic_adar",
)
"""All ways of ordering that are compared; the first is the program's own.

====================  =======================================================================
``strength``          log-odds z of the strength score
``count``             number of ego's replies, mentions, quotes and messages: no days, no dates
``recency``           the latest contact in either observed direction first
``days_by_recency``   D/(14 + R), see `plnmap.analysis.ranking`
``decay``             ego's days of contact, each weighing exp(−days ago/60)
``jaccard``           people both had contact with, as a share of those either had
``adamic_adar``       people both had contact with, each weighing 1/ln(their contacts)
====================  =======================================================================
"""

DECAY_DAYS: Final = 60.0

NETWORK_SHARE: Final = 0.5
"""Orderings by shared contacts take the own side of at least this share of the candidates."""

_ACTS: Final = """
SELECT target AS account, date_diff('day', DATE '1970-01-01', day) AS day,
       n_reply + n_mention + n_quote + n_dm AS acts
FROM tie_days WHERE source = $ego AND day IS NOT NULL AND n_reply + n_mention + n_quote + n_dm > 0
"""

_PAIRS: Final = """
SELECT source, target, min(date_diff('day', DATE '1970-01-01', day)) AS first_day
FROM tie_days WHERE day IS NOT NULL AND n_reply + n_mention + n_quote + n_dm > 0 GROUP BY ALL
"""


class Passed(NamedTuple):
    """Dated contact between one ego and all alters: one row per alter, direction and day.

    `acts` is how many acts of contact those were, looked at for ego's own only;
    `people` how many alters there are, with or without a row.
    """

    alter: Ints
    day: Ints
    outgoing: Bools
    acts: Ints
    people: int


class Network(NamedTuple):
    """Who was ever in contact with whom, by number of account; alters have the first numbers, in order."""

    one: Ints
    other: Ints
    first_day: Ints
    ego: int
    accounts: int
    seen_from: Floats
    seen_until: Floats


class Month(NamedTuple):
    """What was known of ego's alters on one day, and what happened in the days after it.

    Attributes
    ----------
    origin
        The last day that is known; days since 1970-01-01.
    people
        Numbers of the candidates: all alters with contact until then.
    contacted
        Per candidate, whether ego contacted them within the horizon.
    scores
        Ranking → one score per candidate; None where it is not observed.
    """

    origin: int
    people: Ints
    contacted: Bools
    scores: dict[str, Floats | None]


def passed_between(store: Store, ego: Ego, contacts: Contacts) -> Passed:
    """What passed between an ego and the alters, numbered as in `contacts`.

    What alters did is in it where their side is covered.
    """
    sent = store.connection.execute(_ACTS, {"ego": ego.account}).df()
    theirs = contacts.days
    theirs = theirs[~theirs["outgoing"] & theirs["contact"] & theirs["day"].notna()]
    to = pd.Index(contacts.accounts).get_indexer(pd.Index(sent["account"]))
    known = to >= 0
    return Passed(
        alter=np.concatenate([to[known], theirs["alter"]]).astype(np.int64),
        day=np.concatenate([sent["day"][known], theirs["day"]]).astype(np.int64),
        outgoing=np.arange(known.sum() + len(theirs)) < known.sum(),
        acts=np.concatenate([sent["acts"][known], np.ones(len(theirs))]).astype(np.int64),
        people=len(contacts.accounts),
    )


def network(store: Store, ego: Ego, contacts: Contacts) -> Network | None:
    """Ties among everybody in the file; None where too few alters have a side of their own in it."""
    windows = contact_windows(ledger(store))
    spans = [windows.get(account) for account in contacts.accounts]
    if sum(span is not None for span in spans) < NETWORK_SHARE * len(spans):
        return None
    rows = store.connection.execute(_PAIRS).df()
    others = sorted({*rows["source"], *rows["target"], ego.account} - {*contacts.accounts})
    everybody = [*contacts.accounts, *others]
    number = pd.Index(everybody).get_indexer
    return Network(
        one=number(pd.Index(rows["source"])).astype(np.int64),
        other=number(pd.Index(rows["target"])).astype(np.int64),
        first_day=rows["first_day"].to_numpy(np.int64),
        ego=everybody.index(ego.account),
        accounts=len(everybody),
        seen_from=np.array([epoch_day(span.first) if span else np.nan for span in spans]),
        seen_until=np.array([epoch_day(span.last) if span else np.nan for span in spans]),
    )


def month(passed: Passed, ties: Network | None, origin: int, weights: StrengthWeights) -> Month:
    """Candidates, scores as of a day, and whom ego contacted within the horizon after it.

    Parameters
    ----------
    passed, ties
        What is in the file, also of later days; what lies after the day is
        used for `contacted` only.
    origin
        The day, as days since 1970-01-01.
    weights
        Those of the strength score, and its horizon.
    """
    before = passed.day <= origin
    soon = passed.outgoing & ~before & (passed.day <= origin + weights.horizon_days)
    out = before & passed.outgoing

    def per_alter(rows: Bools, amounts: Floats | Ints | None = None) -> Floats:
        counted = np.bincount(passed.alter[rows], weights=amounts, minlength=passed.people)
        return counted.astype(np.float64)

    days_out, days_in = per_alter(out), per_alter(before & ~passed.outgoing)
    (people,) = np.nonzero(days_out + days_in)
    first, last = np.full(passed.people, np.nan), np.full(passed.people, np.nan)
    np.fmin.at(first, passed.alter[out], passed.day[out])
    np.fmax.at(last, passed.alter[before], passed.day[before])
    recency = origin - last
    scores: dict[str, Floats | None] = {
        "strength": log_odds_of_ties(days_out, days_in, recency, origin - first, weights),
        "count": per_alter(out, passed.acts[out]),
        "recency": -recency,
        "days_by_recency": days_by_recency(days_out, recency),
        "decay": per_alter(out, np.exp((passed.day[out] - origin) / DECAY_DAYS)),
        **dict.fromkeys(("jaccard", "adamic_adar")),
    }
    if ties is not None:
        scores |= _by_shared_contacts(ties, people, origin)
    return Month(
        origin=origin,
        people=people,
        contacted=per_alter(soon)[people] > 0,
        scores={name: None if score is None else score[people] for name, score in scores.items()},
    )


def _by_shared_contacts(ties: Network, people: Ints, origin: int) -> dict[str, Floats]:
    """Scores by shared contacts on a day, or nothing where too few candidates were seen on it."""
    seen = (ties.seen_from[people] <= origin) & (ties.seen_until[people] >= origin)
    if not len(people) or seen.mean() < NETWORK_SHARE:
        return {}
    known = ties.first_day <= origin
    jaccard, adamic_adar = shared_contacts(ties.one[known], ties.other[known], ties.ego, ties.accounts)
    return {"jaccard": jaccard, "adamic_adar": adamic_adar}
