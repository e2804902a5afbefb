"""Evidence: published vectors, and chatter that must not turn into help."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta, chi2, poisson

from plnmap.analysis.help.evidence import (
    corrected_days,
    corrected_evidence,
    days_beyond_chance,
    help_share,
)
from plnmap.analysis.settings import DetectionRates

CHATTY = 300


@pytest.mark.parametrize(
    ("days", "score", "lo", "hi"),
    [(1, 0.25, 0.008, 0.650), (3, 0.50, 0.171, 0.745), (6, 0.667, 0.423, 0.813)],
)
def test_vectors_of_a_faultless_detector(days: int, score: float, lo: float, hi: float) -> None:
    found = corrected_evidence(days, 10)
    assert found.estimate[0] == days
    measure = found.score[0]
    assert [measure.value, measure.lo, measure.hi] == pytest.approx([score, lo, hi], abs=5e-4)


def test_interval_is_the_exact_poisson_one() -> None:
    found = corrected_evidence(7, 10)
    assert found.estimate_lo[0] == pytest.approx(chi2.ppf(0.025, 14) / 2)
    assert found.estimate_hi[0] == pytest.approx(chi2.ppf(0.975, 16) / 2)


def test_a_chatty_friend_needs_more_than_false_hits() -> None:
    # φN = .042 · 300 = 12.6 hits by mistake: P(≥ 19) = .055, P(≥ 20) = .032.
    found = corrected_evidence([19, 20], CHATTY, DetectionRates(0.53, 0.042))
    assert found.gate.tolist() == [False, True]
    assert found.estimate.tolist() == pytest.approx([0, (20 - 12.6) / (0.53 - 0.042)])
    assert found.score[0].text() == "19 of 20 needed"
    assert found.estimate_lo[1] < found.estimate[1] < found.estimate_hi[1]


@given(st.floats(0, 500))
def test_the_gate_opens_exactly_where_chance_gets_unlikely(by_chance: float) -> None:
    needed = int(days_beyond_chance(by_chance))
    assert needed >= 1
    assert poisson.sf(needed - 1, by_chance) < 0.05
    assert needed == 1 or poisson.sf(needed - 2, by_chance) >= 0.05


@given(st.integers(0, 60), st.integers(0, 400), st.floats(0, 0.1), st.floats(0.2, 1))
def test_more_detected_days_are_never_less_evidence(
    days: int, exposed: int, false_rate: float, recall: float
) -> None:
    found = corrected_evidence([days, days + 1], exposed, DetectionRates(recall, false_rate))
    assert found.estimate[0] <= found.estimate[1]
    assert (found.estimate >= 0).all()
    # An estimate above nothing and an open gate are one and the same.
    assert ((found.estimate > 0) == found.gate).all()
    assert ((found.score.status == "value") == found.gate).all()


@given(st.integers(0, 60), st.integers(0, 400), st.floats(0, 0.1), st.floats(0.2, 1))
def test_the_quick_estimate_is_the_estimate(
    days: int, exposed: int, false_rate: float, recall: float
) -> None:
    rates = DetectionRates(recall, false_rate)
    slow = corrected_evidence(days, exposed, rates).estimate
    assert corrected_days([days], [exposed], rates).tolist() == pytest.approx(slow.tolist())


def test_behind_an_open_gate_parts_of_days_count() -> None:
    rates = DetectionRates(0.5, 0.001)
    gate = np.array([False, True, True, True])
    # Ten chances explain .01 days: fewer than that are no help, and no debt either.
    assert corrected_days([1.5, 1.5, 0.5, 0.0], [10] * 4, rates, gate=gate).tolist() == pytest.approx(
        [0, 1.49 / 0.499, 0.49 / 0.499, 0]
    )
    assert np.isnan(corrected_days([3, np.nan], [np.nan, 3], rates)).all()
    assert np.isnan(corrected_days([30], [40], DetectionRates(0.3, 0.21))).all()


def test_unseen_empty_and_too_few() -> None:
    found = corrected_evidence(
        [3, 0, 0, 0, np.nan],
        [9, 0, 0, 9, 9],
        observed=[False, True, True, True, True],
        complete=[True, True, False, True, True],
    )
    assert found.score.status.tolist() == [
        "not_observed",
        "no_contact",
        "insufficient",
        "insufficient",
        "not_observed",
    ]
    assert found.estimate.tolist() == pytest.approx([np.nan, 0, 0, 0, np.nan], nan_ok=True)


def test_rules_no_better_than_chance_are_not_used() -> None:
    blunt = corrected_evidence([30], [40], DetectionRates(0.3, 0.21))
    assert blunt.score[0].status == "not_observed"
    assert blunt.score[0].reason == "the rules cannot tell this act from chance"
    assert np.isnan(blunt.estimate[0])
    # Exactly .1 apart is enough, also in binary.
    assert corrected_evidence([30], [40], DetectionRates(0.35, 0.25)).score[0].status == "value"


@pytest.mark.parametrize(
    ("help_in", "help_out", "probability"), [(4, 0, 0.9222), (3, 0, 0.8704), (5, 1, 0.8414)]
)
def test_share_of_help_vectors(help_in: int, help_out: int, probability: float) -> None:
    assert help_share([help_in], [help_out]).mostly_received[0] == pytest.approx(probability, abs=5e-5)
    assert help_share([help_out], [help_in]).mostly_given[0] == pytest.approx(probability, abs=5e-5)


def test_even_help_vector() -> None:
    assert help_share([3], [3]).even[0] == pytest.approx(0.8589, abs=5e-5)


@given(st.floats(0, 50), st.floats(0, 50))
def test_share_of_help_is_the_beta_distribution(help_in: float, help_out: float) -> None:
    found, g = help_share([help_in], [help_out]), beta(help_in + 1, help_out + 1)
    assert found.mean[0] == pytest.approx(g.mean())
    assert (found.lo[0], found.hi[0]) == pytest.approx(tuple(g.interval(0.95)))
    assert found.mostly_received[0] == pytest.approx(g.sf(0.6), abs=1e-9)
    assert found.mostly_given[0] == pytest.approx(g.cdf(0.4), abs=1e-9)


def test_an_unseen_direction_has_no_share() -> None:
    found = help_share([3, np.nan], [np.nan, 3])
    assert all(np.isnan(column).all() for column in found)
