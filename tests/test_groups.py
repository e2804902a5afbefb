"""Groups among ego's people, from archives to the graph."""

from __future__ import annotations

from itertools import combinations

import pytest

from plnmap.report.structure import render_structure, structure
from plnmap.report.tables import lay_out, network_graph
from tests.records import covered, filled
from tests.test_people import EGO, mapped, one_archive, reply

BAKERS, DRIVERS = ("twitter:11", "twitter:12", "twitter:13"), ("twitter:21", "twitter:22", "twitter:23")


@pytest.mark.parametrize(("seen", "groups"), [(2, 0), (3, 2)])
def test_groups_are_seen_only_from_the_side_of_enough_people(seen: int, groups: int) -> None:
    pairs = [pair for group in (BAKERS, DRIVERS) for pair in combinations(group, 2)]
    posts = [reply(number, one, other, 5) for number, (one, other) in enumerate(pairs)]
    posts += [reply(100 + number, EGO, who, 3) for number, who in enumerate((*BAKERS, *DRIVERS))]
    sides = [row for who in (BAKERS[0], DRIVERS[0], BAKERS[1])[:seen] for row in covered(who)]
    with filled(*one_archive(*posts), *sides) as store:
        network = mapped(store)
        lay_out(store, [network], announce=lambda text: None)
        graph = network_graph(store, network)
        found = structure(store, network, graph)
    assert max(found.groups.members.values(), default=0) == groups
    # Ego, to whom everybody is tied, belongs to none.
    assert "group" not in graph.nodes[EGO]
    if groups:
        assert {graph.nodes[who]["group"] for who in BAKERS} != {graph.nodes[who]["group"] for who in DRIVERS}
        assert "2 among 6 people" in render_structure(found, "@ego", None)
    else:
        assert "2 of 3 alters needed" in render_structure(found, "@ego", None)
