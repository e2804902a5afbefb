"""Orderings compared: what counts, who is ahead, and how sure that is."""

from __future__ import annotations

import numpy as np
import pytest

from plnmap.analysis.settings import StrengthWeights
from plnmap.analysis.status import Floats
from plnmap.research.comparing import OWN, RIVAL, Protocol, Ranked, all_alike, compare, counts
from plnmap.research.foretelling import RANKINGS, Month
from plnmap.research.orderings import average_precision

WEIGHTS = StrengthWeights()
QUICK = Protocol(draws=200)


def month(contacted: list[int], people: int = 40, **scores: Floats | None) -> Month:
    """A month in which everybody scores by number, the highest first, unless said otherwise."""
    numbers = np.arange(people)
    every: dict[str, Floats | None] = dict.fromkeys(RANKINGS, numbers.astype(np.float64))
    return Month(100, numbers, np.isin(numbers, contacted), every | scores)


def named(found: list[Ranked], name: str) -> Ranked:
    (one,) = (each for each in found if each.ranking == name)
    return one


@pytest.mark.parametrize(
    ("people", "contacted", "expected"),
    [(30, 5, True), (29, 5, False), (30, 4, False), (30, 29, True), (30, 30, False)],
)
def test_a_month_takes_thirty_people_of_whom_five_were_contacted_and_one_was_not(
    people: int, contacted: int, expected: bool
) -> None:
    assert counts(month(list(range(contacted)), people), WEIGHTS) is expected


def test_figures_by_hand() -> None:
    # Of 40, best first 39, 38, …: contacted are those in places 1, 2, 4, 11 and 40.
    found = compare([[month([39, 38, 36, 29, 0])]], WEIGHTS, QUICK)
    assert [each.ranking for each in found] == list(RANKINGS)
    own = named(found, OWN)
    assert own.average_precision.value == pytest.approx((1 + 1 + 3 / 4 + 4 / 11 + 5 / 40) / 5, abs=1e-6)
    # Not contacted and below: 35 of 35, 35, 34, 28, 0.
    assert own.roc_auc.value == pytest.approx((35 + 35 + 34 + 28 + 0) / (5 * 35), abs=1e-6)
    gains = 1 / np.log2(np.arange(2, 12))
    assert own.ndcg.value == pytest.approx((gains[0] + gains[1] + gains[3]) / gains[:5].sum(), abs=1e-6)
    assert own.in_top == [3]
    assert own.average_precision.n == 5


def test_the_same_ordering_is_not_ahead_of_itself() -> None:
    found = compare([[month([39, 30, 20, 10, 0])]], WEIGHTS, QUICK)
    assert named(found, RIVAL).ahead[:4] == ("value", 0.0, 0.0, 0.0)


def test_a_better_ordering_is_ahead_with_the_whole_interval() -> None:
    worse = -np.arange(40.0)
    found = named(compare([[month([39, 38, 37, 36, 35], count=worse)]], WEIGHTS, QUICK), RIVAL).ahead
    assert found.value is not None
    assert found.lo is not None
    assert found.hi is not None
    assert 0 < found.lo < found.value < found.hi <= 1
    turned = compare([[month([39, 38, 37, 36, 35], strength=worse)]], WEIGHTS, QUICK)
    assert named(turned, RIVAL).ahead.value == pytest.approx(-found.value)
    assert (named(turned, RIVAL).ahead.hi or 0) < 0


def test_figures_are_means_over_months_and_then_over_egos() -> None:
    best, worst, middle = ([39, 38, 37, 36, 35], [4, 3, 2, 1, 0], [24, 23, 22, 21, 20])
    hits = {
        name: np.isin(np.arange(40)[::-1], each) for name, each in (("b", best), ("w", worst), ("m", middle))
    }
    b, w, m = (average_precision(each) for each in hits.values())
    found = named(compare([[month(best), month(worst)], [month(middle)]], WEIGHTS, QUICK), OWN)
    assert found.average_precision.value == pytest.approx(((b + w) / 2 + m) / 2, abs=1e-6)
    assert found.in_top == [5, 0, 0]
    assert found.average_precision.n == 15


def test_months_and_egos_with_too_little_are_left_out() -> None:
    good, few = month([39, 38, 37, 36, 35]), month([0, 1, 2, 3])
    assert compare([[good, few], [few]], WEIGHTS, QUICK) == compare([[good]], WEIGHTS, QUICK)


def test_people_with_equal_scores_stand_in_an_order_by_chance_that_repeats() -> None:
    alike = np.zeros(1_000)
    tried = month(list(range(100)), 1_000, count=alike, decay=alike)
    found = compare([[tried]], WEIGHTS, Protocol(draws=2))
    # A tenth was contacted, and the file's order (all of them first) gives nothing away.
    assert named(found, "count").average_precision.value == pytest.approx(0.1, abs=0.03)
    assert named(found, "count").roc_auc.value == 0.5
    # The same luck in every ranking.
    assert named(found, "count")[1:] == named(found, "decay")[1:]
    assert compare([[tried]], WEIGHTS, Protocol(draws=2)) == found
    assert compare([[tried]], WEIGHTS, Protocol(draws=2, seed=1)) != found


def test_somebody_is_drawn_with_all_their_months() -> None:
    """Two months that are alike tell no more than one: the interval must not shrink."""
    worse = -np.arange(40.0)
    one = month([39, 30, 20, 10, 0], count=worse)
    protocol = Protocol(draws=2_000)
    single, double = (
        named(compare([months], WEIGHTS, protocol), RIVAL).ahead for months in ([one], [one] * 2)
    )
    assert (double.lo, double.value, double.hi) == (single.lo, single.value, single.hi)
    # Two egos who are alike do tell more.
    egos = named(compare([[one], [one]], WEIGHTS, protocol), RIVAL).ahead
    assert (egos.hi or 0) - (egos.lo or 0) < 0.85 * ((single.hi or 0) - (single.lo or 0))


def test_people_differ_from_month_to_month() -> None:
    early = month([39, 38, 37, 36, 35])
    late = early._replace(people=early.people + 7)
    together = named(compare([[early, late]], WEIGHTS, QUICK), OWN)
    assert together.average_precision.value == 1
    assert together.ahead[:4] == ("value", 0.0, 0.0, 0.0)


def test_what_is_not_known_in_every_month_is_not_observed() -> None:
    found = compare([[month(list(range(5))), month(list(range(5)), jaccard=None)]], WEIGHTS, QUICK)
    unseen = named(found, "jaccard")
    assert {unseen.average_precision.status, unseen.roc_auc.status, unseen.ahead.status} == {"not_observed"}
    assert unseen.in_top is None
    assert unseen.average_precision.value is None
    assert named(found, "adamic_adar").average_precision.status == "value"


@pytest.mark.parametrize(
    ("months", "n", "needed", "reason"),
    [
        ([], 0, 30, "known by then"),
        ([month([0, 1, 2, 3, 4, 5], 29), month([0], 12)], 29, 30, "known by then"),
        ([month([0, 1, 2, 3], 30), month([0], 90)], 4, 5, "contacted within a month"),
        ([month(list(range(30)), 30)], 0, 1, "not contacted within a month"),
    ],
)
def test_too_little_says_what_is_lacking(months: list[Month], n: int, needed: int, reason: str) -> None:
    found = compare([months], WEIGHTS, QUICK)
    (state,) = {each.ahead for each in found}
    assert (state.status, state.value, state.n, state.needed, state.reason) == (
        "insufficient",
        None,
        n,
        needed,
        reason,
    )
    assert found == all_alike(state)
