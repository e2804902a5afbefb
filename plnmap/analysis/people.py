"""One ego's network: every alter with strength, give and take, and roles.

Scoring is remembered in the PLN file until the data, the rules that read texts
or the settings change; what is read back needs none of the heavy libraries.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final, NamedTuple

from plnmap.analysis.derived import Announce, acts_version, derive_acts, derive_ties
from plnmap.analysis.egos import Ego, end_of_day
from plnmap.analysis.helping import credits, evidence
from plnmap.analysis.settings import Settings
from plnmap.model import Evidence, Person, table
from plnmap.store import Store

SCORING_VERSION: Final = 2
"""Raised whenever the same data and settings would give other results."""


class Network(NamedTuple):
    """What the analyses say about one ego.

    Attributes
    ----------
    ego
        Whose network.
    as_of
        The UTC day up to which it looks; None for an ego without dated posts.
    scale
        "index", or "probability" where calibration held on an earlier window.
    scale_reason
        Why strength is no probability; empty if it is one.
    people
        All alters, by strength, strongest first; then by account.
    evidence
        The posts behind help received and given, then those that credit somebody;
        each newest first.
    stamp
        Hash of the settings this rests on, and the settings.
    """

    ego: Ego
    as_of: date | None
    scale: str
    scale_reason: str
    people: list[Person]
    evidence: list[Evidence]
    stamp: dict[str, Any]

    def person(self, account: str) -> Person | None:
        """The alter with this account key, if ego had to do with them."""
        return next((person for person in self.people if person.account == account), None)


def map_people(
    store: Store,
    ego: Ego,
    *,
    as_of: date | None = None,
    announce: Announce,
    settings: Settings | None = None,
) -> Network:
    """Everyone an ego had to do with, scored.

    Parameters
    ----------
    store
        An open PLN file; what is computed on the way is kept in it.
    ego
        Whose network, see `plnmap.analysis.egos.choose_ego`.
    as_of
        The end of which UTC day counts as now; by default the ego's t0.
    announce
        Told what is being done, where it takes more than a moment.
    settings
        Knobs; the defaults of `plnmap.analysis.settings` if None.

    Returns
    -------
    Network
        Empty lists for an ego without interactions.
    """
    derive_ties(store, announce)
    derive_acts(store, announce)
    settings = settings or Settings()
    digest, values = settings.stamp()
    name = f"people {ego.account}"
    version = f"{SCORING_VERSION} {acts_version(store)} {digest} {ego.t0}"
    found = store.remembered(name, version) if as_of is None else None
    if found is None:
        announce("weighing ties …")
        from plnmap.analysis.scoring import score_people

        scored = score_people(store, ego, as_of, settings)
        found = {
            "scale": scored.scale,
            "scale_reason": scored.scale_reason,
            "people": [_frozen(person) for person in scored.people],
        }
        if as_of is None:
            with store.transaction():
                store.remember(name, version, found)
    last = end_of_day(ego, as_of)
    return Network(
        ego=ego,
        as_of=last,
        scale=found["scale"],
        scale_reason=found["scale_reason"],
        people=[_thawed(row) for row in found["people"]],
        evidence=[*evidence(store, ego, last), *credits(store, ego, last)] if last else [],
        stamp={"digest": digest, "settings": values},
    )


_DATES: Final = [i for i, column in enumerate(table(Person).columns) if column.sql_type == "DATE"]


def _frozen(person: Person) -> list[Any]:
    row: list[Any] = list(person)
    for i in _DATES:
        row[i] = row[i] and row[i].isoformat()
    return row


def _thawed(row: list[Any]) -> Person:
    for i in _DATES:
        row[i] = row[i] and date.fromisoformat(row[i])
    return Person(*row)
