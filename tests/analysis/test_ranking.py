"""Which figure puts people in order, and that a verdict holds only for the data it was made on."""

from __future__ import annotations

import numpy as np
import pytest

from plnmap.analysis.egos import Ego
from plnmap.analysis.ranking import UNTESTED, Verdict, days_by_recency, keep_verdict, kept_verdict
from plnmap.analysis.settings import Settings
from tests.records import at, covered, filled, put, source

MOMENT = at("2020-05-01")
SAM = Ego("twitter:1", "twitter", "sam", None, t0=MOMENT, first=MOMENT, last=MOMENT, posts=1)
FAILED = Verdict(False, 0.01, -0.02, 0.04)


@pytest.mark.parametrize(
    ("verdict", "ranked_by"),
    [
        (UNTESTED, "strength"),
        (Verdict(True, 0.1, 0.01, 0.2), "strength"),
        (FAILED, "days_by_recency"),
    ],
)
def test_only_a_test_that_failed_speaks_against_strength(verdict: Verdict, ranked_by: str) -> None:
    assert verdict.ranked_by == ranked_by


def test_days_by_recency_by_hand() -> None:
    found = days_by_recency([7, 28, 0, np.nan, 3], [0, 14, 3, 6, np.nan])
    assert found[:4].tolist() == [0.5, 1.0, 0.0, 0.0]
    assert np.isnan(found[4])


def test_a_verdict_is_kept_for_the_ego_the_data_and_the_settings_it_is_about() -> None:
    with filled(source(), *covered("twitter:1")) as store:
        assert kept_verdict(store, SAM) == UNTESTED
        with store.transaction():
            keep_verdict(store, SAM, FAILED)
        assert kept_verdict(store, SAM) == FAILED
        assert kept_verdict(store, SAM, Settings.from_toml("")) == FAILED
        assert kept_verdict(store, SAM, Settings.from_toml("[strength]\nage = 0.0")) == UNTESTED
        assert kept_verdict(store, SAM._replace(account="twitter:2")) == UNTESTED
        assert kept_verdict(store, SAM._replace(t0=at("2021-01-01"))) == UNTESTED
        put(store, source("b" * 64), origin="b" * 64)
        assert kept_verdict(store, SAM) == UNTESTED
