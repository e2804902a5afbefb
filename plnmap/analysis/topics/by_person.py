"""Which topics come up with whom: a table of people and topics, with the posts that name each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import zip_longest
from typing import Final, NamedTuple

from plnmap.analysis.egos import Ego
from plnmap.analysis.topics.terms import TERMS
from plnmap.store import Store

MOST_TERMS: Final = 16
"""More columns than this are a wall, not a picture."""

_NAMED: Final = f"""
WITH {TERMS}
SELECT account, term, count(DISTINCT post) FROM terms
WHERE list_contains($accounts, account) AND list_contains($chosen, term)
GROUP BY ALL ORDER BY ALL
"""


class TopicCount(NamedTuple):
    """How many posts between ego and an alter, or of theirs that ego passed on, name a topic."""

    account: str
    term: str
    posts: int


class TopicsByPerson(NamedTuple):
    """People and the topics that come up with them.

    Attributes
    ----------
    accounts
        Those with whom any of the topics came up, in the order asked.
    terms
        The topic of most people first.
    counts
        Pairs of the two with at least one post. Of a pair without one nothing is known where only ego's
        side is in the file: they may well have named it.
    """

    accounts: list[str]
    terms: list[str]
    counts: list[TopicCount]


def topics_by_person(
    store: Store, ego: Ego, last: date, about: Mapping[str, Sequence[str]]
) -> TopicsByPerson:
    """What is talked about with whom.

    Parameters
    ----------
    store
        A PLN file whose computed tables are up to date.
    ego
        Whose network.
    last
        Nothing later than this UTC day.
    about
        Whom to look at, and what each tie is about, the most telling first; see
        `plnmap.analysis.topics.of_ties.topics_of_ties`.

    Returns
    -------
    TopicsByPerson
        At most sixteen topics, each person's most telling ones before their others; empty where no tie
        has any.
    """
    chosen = _in_turn(list(about.values()))
    if not chosen:
        return TopicsByPerson([], [], [])
    parameters = {"ego": ego.account, "last": last, "accounts": list(about), "chosen": chosen}
    counts = [TopicCount(*row) for row in store.rows(_NAMED, parameters)]
    named = {count.account for count in counts}
    people = Counter(count.term for count in counts)
    return TopicsByPerson(
        [account for account in about if account in named],
        sorted(people, key=lambda term: (-people[term], term)),
        counts,
    )


def _in_turn(topics: Sequence[Sequence[str]]) -> list[str]:
    """Everybody's first topic, then everybody's second one, until there are enough.

    >>> _in_turn([["bread", "oven"], ["bread", "trains"], ["signals"]])
    ['bread', 'signals', 'oven', 'trains']
    """
    turns = zip_longest(*topics)
    return list(dict.fromkeys(term for turn in turns for term in turn if term))[:MOST_TERMS]
