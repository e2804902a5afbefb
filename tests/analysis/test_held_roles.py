"""Roles that are told, and what they are said to rest on."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from plnmap.analysis.help.traces import Traces
from plnmap.analysis.roles.facts import INSTRUMENTS, Sides
from plnmap.analysis.roles.held import Ground, coverage_in_words, grounds_of_roles, held_roles
from plnmap.analysis.settings import Settings
from plnmap.model import Episode, HeldRole, table
from tests.analysis.test_tallies import traces

SETTINGS = Settings()
UNSEEN = np.array([np.nan, np.nan])
DAYS = {
    "help_in_thanks": "thanked",
    "help_in_offers": "offered",
    "help_out_offers": "given",
    "help_out_thanks": "thanked_back",
}


def help_columns(**known: list[float]) -> dict[str, Any]:
    """Columns of two people of whom no help is seen but what is named: days, estimate, lo and hi."""
    columns: dict[str, Any] = {}
    for instrument in INSTRUMENTS:
        days, estimate, lo, hi = known.get(instrument.name, [np.nan] * 4)
        name = DAYS[instrument.name]
        columns |= {
            f"{name}_{part}": np.array([value, np.nan])
            for part, value in (("days", days), ("first", 10.0), ("last", 50.0))
        }
        columns |= {
            f"{instrument.name}{end}": np.array([value, np.nan])
            for end, value in (("", estimate), ("_lo", lo), ("_hi", hi))
        }
    return columns


def grounds(some: Traces | None = None, *told: Episode, **known: list[float]) -> dict[str, Ground]:
    return grounds_of_roles(some or traces(), told, help_columns(**known), SETTINGS)


def told_of(role: str, share: float, ground: Ground) -> list[HeldRole]:
    """What is told of a role that holds of the first of two people."""
    held = pd.Series([[role], []], index=["twitter:10", "twitter:11"])
    agreement = pd.DataFrame({"mentor": [share, np.nan]}, index=held.index)
    nobody = np.array([False, False])
    name = role.removesuffix("?")
    return held_roles(
        "twitter:1", held, agreement, {name: ground}, Sides(True, True, nobody, nobody), SETTINGS
    )


@pytest.mark.parametrize(("share", "is_told"), [(0.698, False), (0.7, True), (1.0, True)])
def test_a_role_is_told_from_seven_draws_in_ten_on(share: float, is_told: bool) -> None:
    ground = grounds(help_in_thanks=[4, 8.5, 2, 20])["mentor"]
    assert [role.agreement for role in told_of("mentor?", share, ground)] == ([share] if is_told else [])


def test_a_role_that_no_draw_judges_is_told_without_a_share() -> None:
    (role,) = told_of("gone_quiet?", 0.0, grounds(traces((0, 3, 0), (0, 9, 1), contact=True))["gone_quiet"])
    assert (role.agreement, role.sure, role.n, role.unit) == (None, False, 2, "days of contact")
    assert (role.first_day, role.last_day) == (date(1970, 1, 4), date(1970, 1, 10))
    assert (role.estimate, role.lo, role.hi) == (None, None, None)


def test_of_two_instruments_the_one_that_shows_more_is_told() -> None:
    thanks, offers = [4.0, 8.5, 2.0, 20.0], [6.0, 11.0, 3.0, 25.0]
    both = grounds(help_in_thanks=thanks, help_in_offers=offers)
    assert (both["mentor"].unit[0], both["mentor"].n[0], both["mentor"].hi[0]) == ("days of offers", 6, 25)
    assert both["peer_mentor"].n[0] == 6
    assert grounds(help_in_thanks=thanks)["mentor"].unit[0] == "days of thanks"
    assert grounds(help_out_thanks=thanks)["mentee"].unit[0] == "days of thanks"
    assert grounds(help_out_offers=thanks, help_out_thanks=thanks)["mentee"].unit[0] == "days of offers"


@pytest.mark.parametrize(("credited", "unit"), [(3, "days of credit"), (2, "days of attention")])
def test_learning_is_told_by_credit_where_there_is_enough_of_it(credited: int, unit: str) -> None:
    some = traces(*((0, n, n) for n in range(9)), attention=True)
    some.flags["credit"][:credited] = True
    ground = grounds(some)["role_model"]
    assert (ground.unit[0], ground.n[0]) == (unit, 3 if credited == 3 else 9)


def episode(direction: str, *, confirmed: bool, day: int, account: str = "twitter:10") -> Episode:
    empty: dict[str, Any] = dict.fromkeys(table(Episode).names)
    known = {"account": account, "direction": direction, "confirmed": confirmed, "day": date(1970, 1, day)}
    return Episode(**empty | known | {"mentoring_conversation": False})


def test_quick_help_is_the_episodes_in_which_ego_was_helped() -> None:
    told = [
        episode("in", confirmed=True, day=5),
        episode("in", confirmed=True, day=5),
        episode("in", confirmed=True, day=9),
        episode("in", confirmed=False, day=20),
        episode("out", confirmed=True, day=21),
        episode("in", confirmed=True, day=22, account="twitter:77"),
    ]
    ground = grounds(None, *told)["just_in_time_helper"]
    assert (ground.n.tolist(), ground.first[0], ground.last[0]) == ([3, 0], 4, 8)
    assert np.isnan(ground.first[1])


def test_being_made_seen_is_told_in_days_of_quotes() -> None:
    some = traces(*((0, n, n) for n in range(4)))
    some.by_ego[:] = False
    some.flags["boosted"][:] = True
    ground = grounds(some)["amplifier"]
    assert (ground.n[0], ground.estimate[0]) == (4, 2)
    # Half of the exact Poisson interval of four days.
    assert (ground.lo[0], ground.hi[0]) == pytest.approx((1.0899 / 2, 10.2416 / 2), abs=1e-3)
    assert (ground.n[1], ground.estimate[1]) == (0, 0)


def test_how_much_of_either_side_is_there_is_said_in_words() -> None:
    some, none = np.array([True]), np.array([False])
    assert coverage_in_words(Sides(True, True, some, some)) == ["all of ego's side, all of theirs"]
    assert coverage_in_words(Sides(True, False, some, none)) == ["part of ego's side, part of theirs"]
    assert coverage_in_words(Sides(False, False, none, none)) == ["none of ego's side, none of theirs"]
