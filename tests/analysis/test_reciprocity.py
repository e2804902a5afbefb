"""Give and take: published vectors, answers counted by hand, and a network against chance."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plnmap.analysis.contact.global_reciprocity import global_reciprocity, random_networks, returned_share
from plnmap.analysis.contact.reciprocity import (
    ASK_COLUMNS,
    balance,
    cross_channel_exchange,
    kaplan_meier_median,
    response_rates,
    wilson_interval,
)
from plnmap.analysis.settings import ReciprocityRules

DAYS = st.integers(0, 400)
UTC_NOW = pd.Timestamp("2020-03-01", tz="UTC")


@pytest.mark.parametrize(
    ("out", "back", "mean", "lo", "hi", "label"),
    [
        (10, 10, 0.500, 0.306, 0.694, "mutual"),
        (12, 3, 0.2632, 0.097, 0.476, "uncertain"),
        (40, 5, 0.1429, 0.061, 0.252, "you give more"),
        (5, 40, 0.8571, 0.748, 0.939, "they give more"),
        (1, 1, 0.5, 0.147, 0.853, "uncertain"),
    ],
)
def test_balance_vectors(out: int, back: int, mean: float, lo: float, hi: float, label: str) -> None:
    share, labels = balance([out], [back])
    assert share.value[0] == pytest.approx(mean, abs=5e-5)
    assert (share.lo[0], share.hi[0]) == (pytest.approx(lo, abs=5e-4), pytest.approx(hi, abs=5e-4))
    assert labels.tolist() == [label]


@given(DAYS, DAYS)
def test_balance_mirrors_when_the_two_swap(out: int, back: int) -> None:
    mine, theirs = balance([out], [back]).share[0], balance([back], [out]).share[0]
    if out + back == 0:
        assert mine.status == theirs.status == "no_contact"
        return
    assert mine.value is not None and theirs.value is not None
    assert mine.lo is not None and theirs.hi is not None
    assert mine.value == pytest.approx(1 - theirs.value)
    assert mine.lo == pytest.approx(1 - theirs.hi)
    assert mine.lo < mine.value


def test_an_unseen_side_has_no_balance_and_no_label() -> None:
    share, label = balance([5, 5, 0, 5], [np.nan, 5, 0, 5], observed=[True, False, True, True])
    assert share.status.tolist() == ["not_observed", "not_observed", "no_contact", "value"]
    assert label.tolist() == [None, None, None, "mutual"]
    # Nothing on either side is not "all from you".
    assert np.isnan(share.value[2])


def test_exchange_across_channels() -> None:
    found = cross_channel_exchange([0, 3, 3, 0, 3], [3, 0, 3, 3, 0], [3, 0, 0, 3, 0], [0, 3, 3, 0, np.nan])
    assert found.tolist() == [True, True, False, True, False]


def asks(rows: Sequence[tuple[str, str, float | None, bool]]) -> pd.DataFrame:
    """(pair, day asked, hours until the answer, timed to the second)."""
    pair, asked, hours, precise = (list(each) for each in zip(*rows, strict=True))
    when = pd.to_datetime(pd.Series(asked), utc=True, format="ISO8601")
    answered = when + pd.to_timedelta(pd.Series(hours, dtype="float64"), unit="h")
    return pd.DataFrame({"pair": pair, "asked_at": when, "answered_at": answered, "precise": precise})


def test_response_rates_by_hand() -> None:
    table = asks(
        [("bo", "2020-01-01", None, True)] * 4
        + [("ada", "2020-01-01", hours, True) for hours in (1, 5, 9, 169, None)]
        + [("ada", "2020-02-23 00:00:01", 1, True)]
    )
    rates = response_rates(table, UTC_NOW)
    # The 169th hour is past the week, and the last ask is younger than a week.
    assert rates[["asks", "answered"]].values.tolist() == [[5, 3], [4, 0]]
    # Pooled: 3 of 9. Ada: (3 + 10/3) / 15.
    assert rates.loc["ada", "response_rate"] == pytest.approx((3 + 10 / 3) / 15)
    assert rates.loc["ada", "answered_share"] == 0.6
    assert rates["answered_share_lo"].iloc[0] == pytest.approx(0.231, abs=5e-4)
    assert rates["answered_share_hi"].iloc[0] == pytest.approx(0.882, abs=5e-4)
    assert rates["response_rate_status"].tolist() == ["value", "insufficient"]
    # Three of five came within the week: the third one brings survival below one half.
    assert rates.loc["ada", "latency_hours"] == 9
    slow = rates[["latency_hours_status", "latency_hours_n", "latency_hours_needed"]].to_dict("index")["bo"]
    assert list(slow.values()) == ["insufficient", 0, 2]


def test_days_without_a_time_answer_but_have_no_latency() -> None:
    rates = response_rates(asks([("ada", "2010-01-01 10:00", -10, False)] * 5), UTC_NOW)
    assert rates["answered"].tolist() == [5]
    assert rates["latency_hours_status"].tolist() == ["not_observed"]


def test_undated_asks_are_left_out_and_times_without_a_zone_are_utc() -> None:
    table = asks([("ada", "2020-01-01", 2, True)] * 5)
    table["asked_at"] = table["asked_at"].dt.tz_localize(None)
    table["answered_at"] = table["answered_at"].dt.tz_localize(None)
    undated = table.copy()
    undated["asked_at"] = undated["asked_at"].shift(5)
    rates = response_rates(pd.concat([table, undated]), UTC_NOW)
    assert rates[["asks", "latency_hours"]].values.tolist() == [[5, 2]]


def test_no_asks() -> None:
    empty = pd.DataFrame({name: pd.Series(dtype=object) for name in ASK_COLUMNS})
    rates = response_rates(empty, UTC_NOW)
    assert rates.empty
    assert {"response_rate", "answered_share_lo", "latency_hours_status"} <= set(rates.columns)


@given(st.integers(0, 60), st.integers(0, 60))
def test_wilson_interval_holds_the_share_and_stays_within_bounds(hits: int, misses: int) -> None:
    lo, hi = wilson_interval([hits], [hits + misses])
    assert 0 <= lo[0] <= hi[0] <= 1
    if hits + misses:
        assert lo[0] - 1e-12 <= hits / (hits + misses) <= hi[0] + 1e-12
    else:
        assert (lo[0], hi[0]) == pytest.approx((0, 1))


def test_kaplan_meier_by_hand() -> None:
    # Six watched: events at 1, 3, 6; censored at 2, 4, 9. Survival 5/6, 5/6·3/4 = .625, .625·½ = .3125.
    durations, happened = [1, 2, 3, 4, 6, 9], [True, False, True, False, True, False]
    found = kaplan_meier_median([*durations, 5, 5], [*happened, False, True], [0] * 6 + [2] * 2, groups=3)
    # In the last group one of two happened, before the other was lost: survival is one half.
    assert found.tolist() == pytest.approx([6, np.nan, 5], nan_ok=True)


@given(st.lists(st.integers(0, 50), min_size=1, max_size=30))
def test_kaplan_meier_of_fully_watched_times_is_the_lower_median(durations: list[int]) -> None:
    found = kaplan_meier_median(durations, np.ones(len(durations), bool), np.zeros(len(durations), int), 1)
    assert found[0] == sorted(durations)[(len(durations) - 1) // 2]


def test_global_reciprocity_by_hand() -> None:
    # 0⇄1 (4, 2), 0→2, 2→3 among four: L = 4, two of them returned; density 4/12.
    found = global_reciprocity([0, 1, 0, 2], [1, 0, 2, 3], [4, 2, 1, 1], accounts=4)
    assert found.share.value == 0.5
    assert found.excess.value == pytest.approx((1 / 2 - 1 / 3) / (1 - 1 / 3))
    # min(4, 2) counts in both directions: 4 of 8.
    assert found.weighted.value == 0.5
    assert found.null_weighted.n == 200


def test_a_mutual_network_exceeds_chance_and_a_hierarchy_falls_short() -> None:
    pairs = [(a, b) for a, b in itertools.combinations(range(8), 2) if (a + b) % 3 == 0]
    up, down = np.array(pairs).T
    both = global_reciprocity(np.r_[up, down], np.r_[down, up], np.full(2 * len(up), 5), accounts=8)
    one_way = global_reciprocity(up, down, np.full(len(up), 5), accounts=8)
    assert both.weighted.value == 1
    assert both.weighted_excess.value == 1
    assert one_way.weighted.value == 0
    assert (one_way.excess.value or 0) < 0


@settings(deadline=None, max_examples=25)
@given(
    st.dictionaries(
        st.tuples(st.integers(0, 4), st.integers(0, 4)).filter(lambda pair: pair[0] != pair[1]),
        st.integers(1, 9),
        min_size=1,
    )
)
def test_random_networks_keep_every_total_and_repeat(network: dict[tuple[int, int], int]) -> None:
    source, target = np.array(list(network)).T
    weight = np.array(list(network.values()))
    rules = ReciprocityRules(null_draws=4)
    drawn = list(random_networks(source, target, weight, rules))
    for giver, taker in drawn:
        assert np.bincount(giver, minlength=5).tolist() == np.bincount(source, weight, 5).tolist()
        assert np.bincount(taker, minlength=5).tolist() == np.bincount(target, weight, 5).tolist()
        assert (giver != taker).all()
    again = random_networks(source, target, weight, rules)
    assert [taker.tolist() for _, taker in drawn] == [taker.tolist() for _, taker in again]


def test_chance_by_exact_count() -> None:
    # Units 0→1, 1→0, 2→3, 3→2: the targets are a permutation of {0, 1, 2, 3} without fixed points.
    derangements = [p for p in itertools.permutations(range(4)) if all(p[i] != i for i in range(4))]
    exact = np.mean([np.mean([p[p[i]] == i for i in range(4)]) for p in derangements])
    rules = ReciprocityRules(null_draws=4000)
    networks = random_networks(np.arange(4), np.array([1, 0, 3, 2]), np.ones(4, dtype=np.int64), rules)
    draws = [returned_share(giver, taker, 1, 4) for giver, taker in networks]
    assert np.mean(draws) == pytest.approx(exact, abs=0.03)


def test_too_few_accounts_and_no_ties() -> None:
    assert global_reciprocity([0, 1], [1, 0], [1, 1], accounts=2).share.text() == "2 of 3 needed"
    assert global_reciprocity([], [], [], accounts=5).weighted.text() == "0"


def test_where_chance_returns_everything_there_is_no_excess() -> None:
    source, target = np.array(list(itertools.permutations(range(3), 2))).T
    found = global_reciprocity(source, target, np.ones(6), accounts=3)
    assert found.share.value == 1
    assert found.excess.status == "insufficient"


@pytest.mark.parametrize(
    ("source", "target", "weight", "message"),
    [
        ([0], [0], [1], "acts on itself"),
        ([0, 0], [1, 1], [1, 1], "given twice"),
        ([0], [1], [0], "whole numbers"),
        ([0], [1], [1.5], "whole numbers"),
    ],
)
def test_a_network_that_is_none(
    source: list[int], target: list[int], weight: list[float], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        global_reciprocity(source, target, weight, accounts=3)
