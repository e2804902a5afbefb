"""Components of a tie, each against a figure worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnmap.analysis.contact.components import (
    amount,
    burstiness,
    duration,
    embeddedness,
    multiplexity,
    persistence,
    recency,
    trend,
)
from plnmap.analysis.contact.contact_days import contact_days, segment_median

ROWS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 30), st.booleans()), max_size=60)


@given(ROWS)
def test_contact_days_are_what_sets_say(rows: list[tuple[int, int, bool]]) -> None:
    pair, day, outgoing = ([row[at] for row in rows] for at in range(3))
    contacts = contact_days(pair, day, pairs=5, outgoing=outgoing)
    expected = sorted({(p, d) for p, d, _ in rows})
    assert list(zip(contacts.pair.tolist(), contacts.day.tolist(), strict=True)) == expected
    acted = {(p, d) for p, d, out in rows if out}
    assert contacts.outgoing.tolist() == [each in acted for each in expected]
    assert contacts.count.tolist() == [sum(p == wanted for p, _ in expected) for wanted in range(5)]
    assert int(np.isnan(contacts.gaps()).sum()) == len({p for p, _ in expected})


def test_pairs_out_of_range_are_refused() -> None:
    with pytest.raises(ValueError, match="from 0 to 1"):
        contact_days([2], [0], pairs=2)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(-50, 50)), max_size=40))
def test_segment_median_is_the_median_of_each_segment(rows: list[tuple[int, int]]) -> None:
    found = segment_median([value for _, value in rows], [label for label, _ in rows], 4)
    for label in range(4):
        values = [value for each, value in rows if each == label]
        assert found[label] == np.median(values) if values else np.isnan(found[label])


def test_amount_is_measured_against_the_closest_few() -> None:
    # 19 people with one day, one with 15: the 95th percentile is 1 + .05·14 = 1.7.
    shares = amount([1] * 19 + [15]).value
    assert shares[0] == pytest.approx(math.log(2) / math.log(2.7))
    assert shares[-1] == 1


def test_amount_tells_nothing_from_unseen() -> None:
    column = amount([4, 0, 0, np.nan], complete=[True, True, False, True])
    assert column.status.tolist() == ["value", "no_contact", "insufficient", "not_observed"]
    assert column.value[1] == 0
    assert amount([np.nan]).status.tolist() == ["not_observed"]


def test_recency_and_duration_of_undated_contact_are_unknown() -> None:
    assert recency([0, 9, np.nan]).value.tolist() == pytest.approx([1, 10**-0.7, np.nan], nan_ok=True)
    assert recency([np.nan]).status.tolist() == ["not_observed"]
    assert duration([73, 365, 9999]).value.tolist() == [0.2, 1, 1]
    assert duration([np.nan]).status.tolist() == ["not_observed"]


def test_persistence_counts_months_with_contact_since_the_first() -> None:
    # Bins of 30 days: contact in bins 1, 1, 3; today is in bin 4, so 2 of 4.
    contacts = contact_days([0, 0, 0, 1], [30, 59, 91, 100], pairs=3)
    column = persistence(contacts, as_of=149)
    assert column.value[0] == 0.5
    assert column[1].text() == "2 of 3 needed"
    assert column.status[2] == "not_observed"


def test_a_pair_is_counted_in_a_month_that_its_neighbour_ended_in() -> None:
    contacts = contact_days([0, 1], [10, 10], pairs=2)
    assert persistence(contacts, as_of=89).value.tolist() == pytest.approx([1 / 3, 1 / 3])


def test_burstiness_published_vector_clock_and_too_few() -> None:
    days = [0, 1, 2, 3, 4, 20]
    clock = [0, 7, 14, 21, 28, 35]
    contacts = contact_days([0] * 6 + [1] * 6 + [2] * 5, days + clock + days[:5], pairs=4)
    column = burstiness(contacts)
    assert column.value[:2] == pytest.approx([0.6261, -1], abs=5e-5)
    assert column[2].text() == "4 of 5 needed"
    assert column.status[3] == "insufficient"


@given(st.lists(st.integers(1, 400), min_size=5, max_size=40))
def test_burstiness_stays_within_its_range(gaps: list[int]) -> None:
    days = np.cumsum([0, *gaps])
    assert -1 - 1e-9 <= burstiness(contact_days(np.zeros(len(days)), days, pairs=1)).value[0] <= 1 + 1e-9


def test_trend_compares_two_quarters() -> None:
    # Today is day 179: days 90–179 against 0–89.
    contacts = contact_days([0] * 4 + [1] + [2], [0, 90, 91, 179, 89, 500 - 400], pairs=4)
    column = trend(contacts, as_of=179, observed_since=[0, 0, 1, 0])
    assert column.value[0] == pytest.approx(math.log(3.5 / 1.5))
    assert column.value[1] == pytest.approx(math.log(0.5 / 1.5))
    assert column.status.tolist() == ["value", "value", "not_observed", "insufficient"]


def test_multiplexity_divides_by_what_could_be_seen() -> None:
    counts = [[1, 0, 5], [1, 0, 5], [1, 0, 5]]
    observable = [[True, True, True], [True, True, False], [False, False, False]]
    column = multiplexity(counts, observable)
    assert column.value[:2] == pytest.approx([2 / 3, 1 / 2])
    assert column.status[2] == "not_observed"


def test_embeddedness_needs_their_ties_and_a_second_alter() -> None:
    assert embeddedness([2, 2], 5, [True, False]).status.tolist() == ["value", "not_observed"]
    assert embeddedness([2], 5, [True]).value[0] == 0.5
    assert embeddedness([0], 1, [True]).status.tolist() == ["insufficient"]
