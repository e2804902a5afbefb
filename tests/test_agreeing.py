"""Nothing is spent that was not agreed to, whatever the first plan said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from plnmap.collect import Wanted
from plnmap.commands import agreeing
from plnmap.commands.agreeing import Offer, Order, agree, agree_further
from plnmap.errors import StoppedByLimit, UsageError
from plnmap.sources.live import PlanRow

LIVE: Any = None
"""Who is asked about money never looks at the platform."""


def order(**told: Any) -> Order:
    return Order(LIVE, Wanted(), Path("pln.duckdb"), quiet=True, **told)


def offer(most: float, spent: float = 0.0) -> Offer:
    row = PlanRow("posts", 1, 0.0, most, 0, 0, most_requests=1, most_dollars=most)
    return Offer([row], "a plan", spent)


@pytest.fixture
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agreeing, "may_ask", lambda: False)


def test_only_yes_is_an_agreement_without_a_bound(nobody: None) -> None:
    assert agree(order(yes=True), offer(250)) is None
    assert agree_further(order(yes=True), offer(250), None) is None


def test_a_plan_that_costs_nothing_agrees_to_next_to_nothing(nobody: None) -> None:
    agreed = agree(order(), offer(0, spent=2))
    assert agreed is not None
    assert 2 <= agreed <= 2.05
    assert agree_further(order(), offer(0), agreed) == agreed
    with pytest.raises(StoppedByLimit, match="nobody is here to be asked"):
        agree_further(order(), offer(250, spent=2), agreed)


def test_what_costs_something_is_asked_about(nobody: None) -> None:
    with pytest.raises(UsageError, match="nobody is here to be asked"):
        agree(order(), offer(1))


def test_within_what_was_agreed_to_nobody_is_asked_again(nobody: None) -> None:
    assert agree_further(order(), offer(1, spent=2), 3.0) == 3.0
    # Nor where the budget itself is all that holds.
    assert agree_further(order(budget=2.5), offer(1, spent=2), 2.5) == 2.5
    with pytest.raises(StoppedByLimit):
        agree_further(order(), offer(1.01, spent=2), 3.0)
