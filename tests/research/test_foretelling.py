"""Setting the clock back: scores by hand, the borders of the month, and no peeking ahead."""

from __future__ import annotations

import math
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnmap.analysis.contact.contacts import load_contacts
from plnmap.analysis.derived import derive_ties
from plnmap.analysis.egos import choose_ego
from plnmap.analysis.settings import StrengthWeights
from plnmap.research.foretelling import RANKINGS, Month, Network, Passed, month, network, passed_between
from plnmap.research.overlap import shared_contacts
from tests.records import covered, filled, handle, post, source

WEIGHTS = StrengthWeights()
Row = tuple[int, bool, int, int]
"""Alter, outgoing, day, acts."""


def passed_of(rows: list[Row], people: int) -> Passed:
    """Rows as columns."""
    alter, outgoing, day, acts = np.array(rows, dtype=np.int64).reshape(-1, 4).T
    return Passed(alter, day, outgoing.astype(bool), acts, people)


def known(rows: list[Row], people: int, origin: int) -> Month:
    return month(passed_of(rows, people), None, origin, WEIGHTS)


def test_scores_by_hand() -> None:
    # Day 100 is known. Alter 0: three days, five acts; alter 1 only wrote to ego; alter 2 comes later.
    rows = [(0, True, 40, 1), (0, True, 90, 3), (0, True, 100, 1), (1, False, 70, 2), (2, True, 101, 1)]
    found = known(rows, 3, 100)
    assert found.people.tolist() == [0, 1]
    assert set(found.scores) == set(RANKINGS)
    scores = {name: score.tolist() for name, score in found.scores.items() if score is not None}
    assert scores["strength"] == pytest.approx(
        [
            1.25 * math.log(4) - 0.7 * math.log(1) + 0.25 * math.log(61),
            -3 + 0.5 * math.log(2) - 0.7 * math.log(31),
        ]
    )
    assert scores["count"] == [5, 0]
    assert scores["recency"] == [0, -30]
    assert scores["days_by_recency"] == [3 / 14, 0]
    assert scores["decay"] == pytest.approx([math.exp(-1) + math.exp(-10 / 60) + 1, 0])
    assert found.scores["jaccard"] is None
    assert found.scores["adamic_adar"] is None


@pytest.mark.parametrize(("day", "expected"), [(100, False), (101, True), (130, True), (131, False)])
def test_the_month_begins_the_day_after_and_has_thirty_days(day: int, expected: bool) -> None:
    found = known([(0, True, 50, 1), (0, True, day, 1)], 1, 100)
    assert found.contacted.tolist() == [expected]


def test_what_others_do_next_is_not_what_ego_does() -> None:
    assert known([(0, True, 50, 1), (0, False, 110, 9)], 1, 100).contacted.tolist() == [False]


ROWS = st.lists(
    st.tuples(st.integers(0, 4), st.booleans(), st.integers(0, 200), st.integers(1, 5)),
    unique_by=lambda row: row[:3],
    max_size=40,
)


@given(ROWS, ROWS)
def test_nothing_that_happens_later_changes_who_is_put_where(past: list[Row], future: list[Row]) -> None:
    before = [row for row in past if row[2] <= 100]
    alone = known(before, 5, 100)
    later = known(before + [row for row in future if row[2] > 100], 5, 100)
    assert alone.people.tolist() == later.people.tolist()
    for name, score in alone.scores.items():
        other = later.scores[name]
        assert (score is None) == (other is None)
        if score is not None and other is not None:
            assert score.tolist() == other.tolist()
    assert not alone.contacted.any()


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=30))
def test_shared_contacts_are_those_of_the_graph_library(pairs: list[tuple[int, int]]) -> None:
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(8))
    graph.add_edges_from((a, b) for a, b in pairs if a != b)
    one, other = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    jaccard, adamic_adar = shared_contacts(one, other, 0, 8)
    others = [(0, number) for number in range(1, 8)]
    assert jaccard[1:] == pytest.approx([score for _, _, score in nx.jaccard_coefficient(graph, others)])
    assert adamic_adar[1:] == pytest.approx([score for _, _, score in nx.adamic_adar_index(graph, others)])


def triangle(
    day: int, seen_from: tuple[float, float] = (0, 0), seen_until: tuple[float, float] = (200, 200)
) -> Network:
    """Ego is 2 and knows 0 and 1 since day 10, who know each other since `day`."""
    one, other, first_day = np.array([(2, 0, 10), (2, 1, 10), (0, 1, day)]).T
    return Network(one, other, first_day, 2, 3, np.array(seen_from), np.array(seen_until))


TWO: list[Row] = [(0, True, 10, 1), (1, True, 10, 1)]


@pytest.mark.parametrize(("day", "jaccard"), [(100, 1 / 3), (101, 0.0)])
def test_ties_among_others_count_only_up_to_the_day(day: int, jaccard: float) -> None:
    found = month(passed_of(TWO, 2), triangle(day), 100, WEIGHTS).scores["jaccard"]
    assert found is not None
    assert found == pytest.approx([jaccard, jaccard])


@pytest.mark.parametrize(
    ("seen_from", "seen_until", "observed"),
    [
        (0, 200, True),  # one of two people: half
        (100, 100, True),
        (101, 200, False),
        (0, 99, False),
    ],
)
def test_shared_contacts_need_half_of_the_people_seen_on_that_day(
    seen_from: float, seen_until: float, observed: bool
) -> None:
    ties = triangle(50, (seen_from, np.nan), (seen_until, np.nan))
    scores = month(passed_of(TWO, 2), ties, 100, WEIGHTS).scores
    assert (scores["jaccard"] is not None, scores["adamic_adar"] is not None) == (observed, observed)


def told(*others_with_archives: str) -> list[tuple[Any, ...]]:
    """Ego 1 writes to 2 and 3, who write to each other; posts 21 and 31 are seen only with their archives."""
    records: list[tuple[Any, ...]] = [source(owner="twitter:1"), *covered("twitter:1")]
    records += [handle("twitter:1", "ego"), handle("twitter:2", "two"), handle("twitter:3", "three")]
    for number, (author, target, day) in enumerate(
        [
            ("1", "2", "2020-01-05"),
            ("1", "2", "2020-01-05"),
            ("1", "3", "2020-02-01"),
            ("2", "3", "2020-01-20"),
        ]
    ):
        records.append(
            post(
                number,
                f"twitter:{author}",
                day,
                reply_to=f"twitter:{target}",
                reply_to_post=f"twitter:{number + 100}",
            )
        )
    for other in others_with_archives:
        records += covered(other)
    return records


def test_the_file_tells_acts_and_the_ties_among_others() -> None:
    with filled(*told("twitter:2")) as store:
        derive_ties(store, lambda text: None)
        ego = choose_ego(store, None)
        contacts = load_contacts(store, ego, None)
        passed = passed_between(store, ego, contacts)
        assert contacts.accounts == ["twitter:2", "twitter:3"]
        columns = (column.tolist() for column in passed[:4])
        assert sorted(zip(*columns, strict=True)) == [(0, 18_266, True, 2), (1, 18_293, True, 1)]
        assert passed.people == 2
        ties = network(store, ego, contacts)
        assert ties is not None
        assert sorted(zip(ties.one, ties.other, strict=True)) == [(0, 1), (2, 0), (2, 1)]
        assert (ties.ego, ties.accounts) == (2, 3)
        assert np.isnan(ties.seen_from).tolist() == [False, True]


def test_ties_among_others_are_not_observed_from_one_archive() -> None:
    with filled(*told()) as store:
        derive_ties(store, lambda text: None)
        ego = choose_ego(store, None)
        assert network(store, ego, load_contacts(store, ego, None)) is None
