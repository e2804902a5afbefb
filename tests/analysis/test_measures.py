"""A number never travels without saying what it is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnmap.analysis.status import Measure, measures

FLAGS = st.lists(st.tuples(st.booleans(), st.booleans(), st.integers(0, 6)), min_size=1, max_size=20)


def test_unseen_outranks_empty_and_empty_outranks_few() -> None:
    column = measures(
        [0.5] * 5,
        n=[9, 0, 0, 2, 9],
        needed=5,
        observed=[False, True, True, True, True],
        complete=[True, True, False, True, True],
        unseen="their side",
        short="asks",
    )
    assert column.status.tolist() == ["not_observed", "no_contact", "insufficient", "insufficient", "value"]
    assert column.reason.tolist() == ["their side", "", "asks", "asks", ""]
    assert column[2] == Measure("insufficient", n=0, needed=5, reason="asks")


@given(FLAGS)
def test_only_a_complete_and_empty_channel_prints_zero(rows: list[tuple[bool, bool, int]]) -> None:
    observed, complete, n = (list(each) for each in zip(*rows, strict=True))
    column = measures(np.full(len(rows), 0.7), n=n, needed=3, observed=observed, complete=complete)
    for row, (seen, whole, count) in enumerate(rows):
        assert (column[row].text() == "0") == (seen and whole and count == 0)
        assert (column[row].value == 0.7) == (seen and count >= 3)


def test_interval_and_number_go_together() -> None:
    column = measures([0.5, 0.5], n=[3, 1], needed=2, lo=[0.1, 0.1], hi=[0.9, 0.9])
    assert column[0].text() == "0.50 [0.10, 0.90]"
    assert (column[1].lo, column[1].hi) == (None, None)
    assert column[1].text() == "1 of 2 needed"
    assert measures([0.25], n=1)[0].text(3) == "0.250"
    assert measures([0.25], n=1, observed=False)[0].text() == "not observed"


def test_a_share_of_nothing_is_no_number() -> None:
    column = measures([0.5], n=0, complete=True, when_empty=np.nan)
    assert column[0] == Measure("no_contact")


def test_a_value_needs_a_number() -> None:
    with pytest.raises(ValueError, match="without a number"):
        measures([np.nan], n=5)


def test_columns_for_a_table() -> None:
    columns = measures([0.5, 0.6], n=[1, 2]).columns("balance", "status", "n")
    assert {name: values.tolist() for name, values in columns.items()} == {
        "balance": [0.5, 0.6],
        "balance_status": ["value", "value"],
        "balance_n": [1, 2],
    }


def test_no_rows() -> None:
    assert len(measures([], n=[])) == 0
