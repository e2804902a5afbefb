"""Strength: hand-computed scores, what raises and lowers them, and an intercept that adds up."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.special import expit

from plnmap.analysis.contact.strength import (
    brier_skill,
    calibrate,
    log_odds,
    log_odds_incoming,
    log_odds_of_ties,
    strength,
    thin,
)

NUMBERS = st.integers(0, 5000)


@pytest.mark.parametrize(
    ("days", "recency", "age", "z", "score"),
    [
        (1, 0, 0, 0.8664, 0.3467),
        (1, 30, 30, -0.6789, 0.1017),
        (3, 10, 60, 1.0821, 0.3970),
        (10, 5, 300, 3.1699, 0.8416),
        (40, 2, 700, 5.5111, 0.9822),
        (40, 400, 1100, 2.1972, 0.6676),
    ],
)
def test_published_vectors(days: int, recency: int, age: int, z: float, score: float) -> None:
    odds = log_odds(days, recency, age)
    assert odds == pytest.approx(z, abs=5e-5)
    assert strength(odds) == pytest.approx(score, abs=5e-5)


def test_published_vector_of_incoming_contact() -> None:
    odds = log_odds_incoming(4, 10)
    assert odds == pytest.approx(-3.8738, abs=5e-5)
    assert strength(odds) == pytest.approx(0.0046, abs=5e-5)


@given(NUMBERS, NUMBERS, NUMBERS, st.integers(1, 500))
def test_more_days_and_age_raise_it_and_silence_lowers_it(
    days: int, recency: int, age: int, more: int
) -> None:
    base = log_odds(days, recency, age)
    assert log_odds(days + more, recency, age) > base
    assert log_odds(days, recency, age + more) > base
    assert log_odds(days, recency + more, age) < base
    assert log_odds_incoming(days + more, recency) > log_odds_incoming(days, recency)
    assert log_odds_incoming(days, recency + more) < log_odds_incoming(days, recency)


@given(st.floats(-1e6, 1e6), st.floats(-100, 100))
def test_a_score_lies_between_0_and_1(z: float, intercept: float) -> None:
    assert 0 <= strength(z, intercept) <= 1


def test_own_contact_decides_which_formula() -> None:
    scores = log_odds_of_ties(
        days_out=[3, 0, np.nan, 0, 3],
        days_in=[np.nan, 4, 4, 0, 0],
        recency_days=[10, 10, 10, 5, np.nan],
        age_days=[60, np.nan, np.nan, np.nan, 60],
    )
    assert scores[:3] == pytest.approx([1.0821, -3.8738, -3.8738], abs=5e-5)
    assert np.isnan(scores[3:]).all()  # no contact at all, and contact without a date


def test_contact_after_the_day_of_the_score_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        log_odds([3], [-1], [10])


def test_thin_counts_both_seen_sides() -> None:
    assert thin([1, 2, 2], [1, 1, np.nan]).tolist() == [True, False, True]


@given(
    st.lists(st.tuples(st.floats(-12, 12), st.booleans()), min_size=30, max_size=120),
)
def test_calibrated_scores_add_up_to_what_happened(people: list[tuple[float, bool]]) -> None:
    z, contacted = (np.array(each) for each in zip(*people, strict=True))
    assume(5 <= contacted.sum() < len(contacted))
    result = calibrate(z, contacted)
    assert result.calibrated
    assert result.reason == ""
    assert expit(z + result.intercept).sum() == pytest.approx(contacted.sum(), abs=1e-6)


def test_calibration_by_hand() -> None:
    # All alike, one in four contacted: σ(b) = 1/4, b = −ln 3.
    result = calibrate(np.zeros(40), np.arange(40) < 10)
    assert result.intercept == pytest.approx(-np.log(3), abs=1e-9)
    assert (result.candidates, result.positives) == (40, 10)


@pytest.mark.parametrize(
    ("people", "contacted", "reason"),
    [
        (0, 0, "0 people to learn from, 30 needed"),
        (29, 10, "29 people to learn from, 30 needed"),
        (30, 4, "4 contacted in the last month, 5 needed"),
        (30, 30, "everybody was contacted in the last month"),
    ],
)
def test_too_little_to_calibrate_on_keeps_the_default(people: int, contacted: int, reason: str) -> None:
    result = calibrate(np.zeros(people), np.arange(people) < contacted)
    assert (result.calibrated, result.intercept, result.reason) == (False, -1.5, reason)


def test_brier_skill_by_hand() -> None:
    # Errors .04 each; the base rate ¼ has .1875; 1 − .04/.1875.
    assert brier_skill([0.8, 0.2, 0.2, 0.2], [True, False, False, False]).value == pytest.approx(
        1 - 0.04 / 0.1875
    )


def test_brier_skill_of_the_base_rate_is_nothing_and_of_the_opposite_is_worse() -> None:
    happened = [True, False, False, False]
    assert brier_skill([0.25] * 4, happened).value == pytest.approx(0)
    assert brier_skill(happened, happened).value == 1
    assert (brier_skill(np.logical_not(happened), happened).value or 0) < 0


@pytest.mark.parametrize("happened", [[], [False, False], [True, True]])
def test_brier_skill_needs_two_outcomes(happened: list[bool]) -> None:
    assert brier_skill(np.full(len(happened), 0.5), happened).status == "insufficient"


def average_precision(scores: pd.Series, contacted: pd.Series) -> float:
    hits = contacted.loc[scores.sort_values(ascending=False, kind="stable").index].to_numpy(dtype=bool)
    return float((np.cumsum(hits) / np.arange(1, len(hits) + 1))[hits].mean())


@pytest.mark.real_data
def test_in_a_real_network_it_foretells_contact_better_than_counting(real_data: Path) -> None:
    messages = pd.read_csv(
        real_data / "networks" / "CollegeMsg.txt", sep=r"\s+", names=["ego", "alter", "at"]
    )
    messages["day"] = messages["at"] // 86_400
    origin = messages["day"].max() - 60
    past = messages[messages["day"] <= origin]
    month = messages[(messages["day"] > origin) & (messages["day"] <= origin + 30)]
    out = past.groupby(["ego", "alter"]).agg(
        days=("day", "nunique"), first=("day", "min"), last=("day", "max"), messages=("day", "size")
    )
    back = (
        out[["days", "last"]].add_suffix("_in").rename_axis(["alter", "ego"]).reorder_levels(["ego", "alter"])
    )
    ties = out.join(back, how="outer").sort_index()
    last = ties[["last", "last_in"]].max(axis=1)
    ties["z"] = log_odds_of_ties(ties["days"], ties["days_in"], origin - last, origin - ties["first"])
    ties["contacted"] = ties.index.isin(list(zip(month["ego"], month["alter"], strict=True)))

    egos = [ego for _, ego in ties.groupby("ego") if ego["contacted"].any()]
    by_strength = np.mean([average_precision(ego["z"], ego["contacted"]) for ego in egos])
    by_count = np.mean([average_precision(ego["messages"].fillna(0), ego["contacted"]) for ego in egos])
    assert len(egos) > 50
    assert by_strength > by_count + 0.1

    calibration = calibrate(ties["z"], ties["contacted"])
    assert strength(ties["z"], calibration.intercept).sum() == pytest.approx(calibration.positives)
    assert (brier_skill(strength(ties["z"], calibration.intercept), ties["contacted"]).value or 0) > 0
