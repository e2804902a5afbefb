"""One ego's network: every alter with strength, give and take, and roles.

Scoring is remembered in the PLN file until the data, the rules that read texts,
the user's labels or the settings change; what is read back needs none of the
heavy libraries.
"""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple, TypedDict

from plnmap.analysis.derived import Announce, acts_version, derive_acts, derive_ties
from plnmap.analysis.egos import Ego, end_of_day
from plnmap.analysis.help.helping import credits, evidence
from plnmap.analysis.own_word import own_word_version
from plnmap.analysis.ranking import kept_verdict
from plnmap.analysis.settings import Settings
from plnmap.analysis.who_is_who import who_is_who, who_wrote_what
from plnmap.model import Evidence, FunctionScore, HeldRole, Person
from plnmap.store import Store

SCORING_VERSION: Final = 16
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
    held_roles
        The roles that hold, by account, and what each rests on.
    functions
        The mentoring functions of those who show any, by account.
    settings
        What it rests on.
    ranked_by
        What puts people in order: strength, or days_by_recency where `plnmap validate` found that
        strength foretells ego's contacts no better than counting, see `plnmap.analysis.ranking`.
    """

    ego: Ego
    as_of: date | None
    scale: str
    scale_reason: str
    people: list[Person]
    evidence: list[Evidence]
    held_roles: list[HeldRole]
    functions: list[FunctionScore]
    settings: Settings
    ranked_by: str

    def person(self, account: str) -> Person | None:
        """The alter with this account key, if ego had to do with them."""
        return next((person for person in self.people if person.account == account), None)


class _Scored(TypedDict):
    """What is remembered of a network."""

    scale: str
    scale_reason: str
    people: list[Person]
    held_roles: list[HeldRole]
    functions: list[FunctionScore]


def map_people(
    store: Store,
    ego: Ego,
    *,
    as_of: date | None = None,
    announce: Announce,
    settings: Settings | None = None,
    posts: bool = True,
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
    posts
        Whether to look up the posts that speak for each person; without, `evidence` is empty.

    Returns
    -------
    Network
        Empty lists for an ego without interactions.
    """
    with who_is_who(store):
        derive_ties(store, announce)
        derive_acts(store, announce)
        settings = settings or Settings()
        name = f"people {ego.account}"
        said = own_word_version(store, ego.account)
        ranked_by = kept_verdict(store, ego, settings).ranked_by
        version = (
            f"{SCORING_VERSION} {acts_version(store)} {settings.stamp().digest} {said} {ranked_by} {ego.t0}"
        )
        found = store.remembered(name, version, _Scored) if as_of is None else None
        if found is None:
            announce("weighing ties …")
            from plnmap.analysis.scoring import score_people

            with who_wrote_what(store):
                found = score_people(store, ego, as_of, settings)._asdict()
            if as_of is None:
                with store.transaction():
                    store.remember(name, version, found)
        last = end_of_day(ego, as_of)
        return Network(
            ego=ego,
            as_of=last,
            evidence=[*evidence(store, ego, last), *credits(store, ego, last)] if last and posts else [],
            settings=settings,
            ranked_by=ranked_by,
            **found,
        )
