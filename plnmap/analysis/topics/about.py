"""What a tie is about, and what the help in it: one table that every screen, page and file reads."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Final, NamedTuple

from plnmap.analysis.derived import acts_version
from plnmap.analysis.egos import end_of_day
from plnmap.analysis.help.episodes import EPISODES_VERSION, episodes
from plnmap.analysis.people import Network
from plnmap.analysis.topics.of_help import helps_of, topics_of_help
from plnmap.analysis.topics.of_ties import topics_of_ties
from plnmap.analysis.topics.terms import Topic, topic_terms
from plnmap.store import Store

ABOUT_VERSION: Final = 1
"""Raised whenever the same data and settings would give other topics."""


class About(NamedTuple):
    """What one tie is about.

    Attributes
    ----------
    account
        The alter; empty where nothing is known of the tie.
    received, given
        What ego was helped with, and helped with: words that several helps share, most helps first; then,
        of help received, what single helps name.
    tie
        What the talk as a whole is about, the most telling first.
    """

    account: str
    received: list[Topic]
    given: list[Topic]
    tie: list[Topic]


UNCLEAR: Final = About("", [], [], [])
"""Their texts name no subject, or there are none."""


def about_people(store: Store, network: Network) -> dict[str, About]:
    """What the tie to each alter is about, and the help in it.

    Up to the ego's own last day it is remembered in the PLN file until the data or the rules change.

    Parameters
    ----------
    store
        The PLN file of the network, its computed tables up to date; not within a transaction.
    network
        Whose ties.

    Returns
    -------
    dict
        Account → what it is about; without those whose texts name nothing.
    """
    ego, last = network.ego, network.as_of
    if last is None:
        return {}
    name = f"about {ego.account}"
    rules = [*asdict(network.settings.episodes).items(), *asdict(network.settings.topics).items()]
    version = f"{ABOUT_VERSION} {EPISODES_VERSION} {acts_version(store)} {last} {sorted(rules)}"
    kept = store.remembered(name, version)
    if kept is not None:
        return {row[0]: About(row[0], *map(_topics, row[1:])) for row in kept}
    found = _found(store, network)
    if last == end_of_day(ego, None):
        with store.transaction():
            store.remember(name, version, list(found.values()))
    return found


def _found(store: Store, network: Network) -> dict[str, About]:
    ego, last = network.ego, network.as_of
    assert last is not None
    rules = network.settings.topics
    helped = helps_of(network.evidence, episodes(store, ego, last, network.settings.episodes))
    with topic_terms(store, ego, last):
        ties = topics_of_ties(store, ego, last, rules)
        helps = topics_of_help(store, helped, rules)
    return {
        account: About(
            account, helps.get((account, "in"), []), helps.get((account, "out"), []), ties.get(account, [])
        )
        for account in sorted({*ties, *(account for account, _ in helps)})
    }


def _topics(rows: list[Any]) -> list[Topic]:
    return [Topic(*row) for row in rows]
