"""The shape of a network in a few lines: how large, how much of it goes both ways, and its groups."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from plnmap.analysis.contact.communities import Communities, communities
from plnmap.analysis.ledger import contact_windows, ledger
from plnmap.analysis.people import Network
from plnmap.analysis.status import Measure
from plnmap.store import Store
from plnmap.words import plain

if TYPE_CHECKING:
    import networkx as nx

_CONTACT_DAYS: Final = """
SELECT source, target, day FROM tie_days
WHERE n_reply + n_mention + n_quote + n_dm > 0 AND day IS NOT NULL AND day <= coalesce(?, day)
  AND list_contains(?, source) AND list_contains(?, target)
"""


class Structure(NamedTuple):
    """Size and reciprocity of a network.

    Attributes
    ----------
    people, ties
        Nodes without ego, and ordered pairs.
    pairs, both_ways
        Unordered pairs with a tie, and those of them seen in both directions.
    covered
        Accounts whose own side is in the file: only among them can a tie be seen not to be returned.
    reciprocity
        Share of the ties among them that are returned.
    groups
        Groups among the alters, where their own ties are observed.
    """

    people: int
    ties: int
    pairs: int
    both_ways: int
    covered: int
    reciprocity: Measure
    groups: Communities


def structure(store: Store, network: Network, graph: nx.DiGraph[str]) -> Structure:
    """Count a graph, judge its reciprocity where both sides can be seen, and find its groups.

    Days outside the window in which both accounts of a pair are covered do not count. Nodes of the
    graph get the number of their group as `group`.
    """
    platform = network.ego.platform
    windows = {
        account: window
        for account, window in contact_windows(ledger(store)).items()
        if account.partition(":")[0] == platform
    }
    accounts = sorted(windows)
    days: Counter[tuple[str, str]] = Counter()
    for source, target, day in store.rows(_CONTACT_DAYS, [network.as_of, accounts, accounts]):
        first = max(windows[source].first, windows[target].first).date()
        last = min(windows[source].last, windows[target].last).date()
        days[source, target] += first <= day <= last
    returned = sum(graph.has_edge(target, source) for source, target in graph.edges)
    return Structure(
        people=graph.number_of_nodes() - 1,
        ties=graph.number_of_edges(),
        pairs=graph.number_of_edges() - returned // 2,
        both_ways=returned // 2,
        covered=len(accounts),
        groups=_groups(graph, accounts),
        reciprocity=_reciprocity(accounts, {pair: count for pair, count in sorted(days.items()) if count}),
    )


def render_structure(found: Structure, name: str, as_of: date | None) -> str:
    """The shape of a network as text.

    >>> unseen = Measure("not_observed", reason="only one side is here")
    >>> alone = Structure(3, 3, 3, 0, 1, unseen, Communities({}, unseen, unseen))
    >>> print(render_structure(alone, "@ada", None))
    @ada · 3 people, 3 ties
      only to follow somebody is no tie
      both ways     0 of 3 pairs are seen in both directions
      reciprocity   not observable: only one side is here
      groups        not observable: only one side is here
    """
    dated = f" · as of {as_of}" if as_of else ""
    measure = found.reciprocity
    if measure.status == "value":
        said = (
            f"{measure.text()} of the ties among {found.covered} people seen from their own side are returned"
        )
    elif measure.status == "no_contact":
        said = f"no ties among the {found.covered} people seen from their own side"
    else:
        said = f"not observable: {measure.reason}"
    return (
        f"{plain(name)}{dated} · {found.people:,} people, {found.ties:,} ties\n"
        "  only to follow somebody is no tie\n"
        f"  both ways     {found.both_ways:,} of {found.pairs:,} pairs are seen in both directions\n"
        f"  reciprocity   {said}\n"
        f"  groups        {_groups_in_words(found.groups)}"
    )


def _groups(graph: nx.DiGraph[str], accounts: list[str]) -> Communities:
    ego = {node for node, is_ego in graph.nodes(data="ego") if is_ego}
    among = [(a, b, about["weight"]) for a, b, about in graph.edges(data=True) if not ego & {a, b}]
    found = communities(among, len(set(accounts) & set(graph) - ego))
    for account, number in found.members.items():
        graph.nodes[account]["group"] = number
    return found


def _groups_in_words(found: Communities) -> str:
    if not found.members:
        return f"not observable: {found.modularity.reason}"
    steady = "stable" if found.is_stable else "unstable: chance decides who belongs where"
    number = max(found.members.values())
    return (
        f"{number:,} among {len(found.members):,} people, modularity {found.modularity.text()}, "
        f"{steady} ({found.stability.text()})"
    )


def _reciprocity(accounts: list[str], days: dict[tuple[str, str], int]) -> Measure:
    from plnmap.analysis.contact.global_reciprocity import global_reciprocity

    place = {account: number for number, account in enumerate(accounts)}
    share = global_reciprocity(
        [place[source] for source, _ in days],
        [place[target] for _, target in days],
        list(days.values()),
        len(accounts),
    ).share
    if share.status != "insufficient":
        return share
    missing = f"{share.n} of {share.needed} people needed are seen from their own side"
    return share._replace(status="not_observed", reason=missing)
