"""Roles under conversations drawn anew: what rests on one of them falls, what rests on many stays."""

from __future__ import annotations

from math import exp
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.stats import poisson

from plnmap.analysis.help.evidence import help_share
from plnmap.analysis.help.traces import Traces
from plnmap.analysis.roles.bootstraps import JUDGED, _times_drawn, agreement, rules_of_draws
from plnmap.analysis.roles.facts import Sides, covered_sides, role_facts
from plnmap.analysis.roles.rules import ABOUT_THEM, COLUMNS, assign
from plnmap.analysis.settings import RoleRules, Settings
from tests.analysis.test_tallies import Row, traces

RATES = """
    [evidence]
    help_thanks = { recall = 0.44, false_positive_rate = 0.0078 }
    advice = { recall = 0.49, false_positive_rate = 0.01 }
    resource = { recall = 0.23, false_positive_rate = 0.002 }
"""
SETTINGS = Settings.from_toml(RATES)
WITHIN = 0.06
"""Three standard deviations of a share of 500 draws."""


def one_archive(alters: int) -> Sides:
    nobody = np.zeros(alters, dtype=np.bool_)
    return Sides(True, True, nobody, nobody)


def known(some: Traces, sides: Sides, settings: Settings = SETTINGS, **about: Any) -> pd.DataFrame:
    columns = dict.fromkeys(ABOUT_THEM) | about
    return pd.DataFrame(role_facts(some, sides, settings) | columns, index=some.accounts)


THANKED = {"contact": True, "addressed": True, "readable": True, "thanking": True, "thanks": True}


def shares(*rows: Row, settings: Settings = SETTINGS) -> pd.DataFrame:
    """Agreement where ego thanked some alters for help on these days, and nothing else is known."""
    some = traces(*rows, **THANKED)
    sides = one_archive(len(some.accounts))
    return agreement(some, sides, known(some, sides, settings), settings)


def test_help_in_one_conversation_falls_with_it_and_help_in_many_stays() -> None:
    once = [(0, 20 * n, 0) for n in range(8)]
    often = [(1, 20 * n, 1 + n) for n in range(8)]
    share = shares(*once, *often)["mentor"]
    # The conversation is drawn at least once in 1 − 1/e of the draws.
    assert share.iloc[0] == pytest.approx(1 - exp(-1), abs=WITHIN)
    # Any of the eight days will do.
    assert share.iloc[1] == pytest.approx(poisson.sf(0, 8), abs=WITHIN)


def test_what_is_said_of_somebody_does_not_hang_on_who_else_is_judged() -> None:
    often = [(1, 40 * n, 10 + n) for n in range(3)]
    both = shares(*((0, 20 * n, n) for n in range(8)), *often)
    alone = shares((0, 0, 0), *often)
    assert both.notna().any(axis=1).tolist() == [True, True]
    assert alone.notna().any(axis=1).tolist() == [False, True]
    pd.testing.assert_series_equal(both.iloc[1], alone.iloc[1])


@pytest.mark.parametrize("seed", [0, 1])
def test_conversations_are_drawn_like_poisson_numbers_apart_from_one_another(seed: int) -> None:
    times = _times_drawn(np.arange(400), np.arange(500), seed)
    for value in range(5):
        # Four standard deviations of the share of one value in 200,000.
        assert np.mean(times == value) == pytest.approx(
            poisson.pmf(value, 1), abs=4 * (0.25 / times.size) ** 0.5
        )
    # Neither neighbours nor draws know of each other: no correlation beyond four of its deviations.
    for lag, rows in ((times[1:], times[:-1]), (times[:, 1:], times[:, :-1])):
        assert abs(np.corrcoef(lag.ravel(), rows.ravel())[0, 1]) < 4 / times.size**0.5
    assert abs(np.corrcoef(times).ravel()[1:400]).max() < 5 / 500**0.5
    # Nor is another seed the same draws again, shifted.
    other = _times_drawn(np.arange(400), np.arange(500), seed + 1)
    for shift in range(5):
        one, shifted = times[:, shift:].ravel(), other[:, : other.shape[1] - shift].ravel()
        assert abs(np.corrcoef(one, shifted)[0, 1]) < 4 / times.size**0.5


def test_chance_is_ruled_out_once_and_for_all() -> None:
    """Three thanks on 60 days are no chance, two would be: asked anew, two draws in five fell at the gate."""
    talk = [(0, 40 * n, n) for n in range(60)]
    some = traces(*talk, contact=True, addressed=True, readable=True, thanking=True)
    some.flags["thanks"][[0, 20, 40]] = True
    sides = one_archive(1)
    share = agreement(some, sides, known(some, sides), SETTINGS)["mentor"].iloc[0]
    # An estimate of two days takes two of the three.
    assert share == pytest.approx(poisson.sf(1, 3), abs=WITHIN)


def test_what_was_seen_is_not_asked_for_again_in_each_draw() -> None:
    """Three days are what the rule asks for, and in half of all draws there are fewer."""
    three = [(0, 40 * n, n) for n in range(3)]
    assert shares(*three)["mentor"].iloc[0] == pytest.approx(poisson.sf(0, 3), abs=WITHIN)


def test_the_rules_of_draws_keep_every_condition_on_an_estimate() -> None:
    usual, drawn = RoleRules(), rules_of_draws(RoleRules())
    changed = {name for name in RoleRules.__slots__ if getattr(usual, name) != getattr(drawn, name)}
    assert changed == {
        "help_days",
        "help_span_days",
        "peer_days",
        "peer_estimate",
        "even_probability",
        "credit_days",
        "credit_months",
        "attention_days",
        "attention_months",
        "amplified_days",
        "contact_back_share",
        "reply_share",
    }


def test_how_seldom_one_talks_with_a_role_model_is_not_drawn_anew() -> None:
    credit = [(0, 40 * n, n) for n in range(20)]
    replies = [(0, 2000 + n, 100 + n) for n in range(5)]
    some = traces(*credit, *replies, contact=True)
    some.flags["credit"][:20] = True
    some.flags["reply"][20:] = True
    sides = one_archive(2)
    settings = Settings.from_toml(f"{RATES}\n[roles]\nreply_share = 0.2")
    share = agreement(some, sides, known(some, sides, settings), settings)["role_model"].iloc[0]
    # 5 replies on 25 days are 20 % on the spot: in about half of all draws there are more.
    assert share == 1


def test_how_even_help_is_comes_out_on_one_side_or_the_other() -> None:
    """Four thanks each way: a draw asks for some help each way, and for a share in the middle."""
    some = traces(*((0, 40 * n, n) for n in range(8)), contact=True, addressed=True, readable=True)
    some.flags["thanks"][:] = some.flags["thanking"][:] = True
    some.by_ego[::2] = False
    both = Sides(True, True, np.ones(1, dtype=np.bool_), np.ones(1, dtype=np.bool_))
    facts = known(some, both)
    assert assign(facts).iloc[0] == ["peer_mentor"]
    share = agreement(some, both, facts, SETTINGS)["peer_mentor"].iloc[0]

    drawn = np.arange(20)
    # Each thanks drawn is worth one over what the rules find, less what they mistake.
    days = drawn * (1 - 0.0078) / (0.44 - 0.0078)
    share_in = help_share(days[:, None], days[None, :]).mean
    holds = (share_in > 0.25) & (share_in < 0.75)
    times = poisson.pmf(drawn, 4)
    assert share == pytest.approx((np.outer(times, times) * holds)[1:, 1:].sum(), abs=WITHIN)


@pytest.mark.parametrize(
    ("help_in", "help_out", "holds"),
    [
        (0.1, 0.1, True),  # the role asks for two days each way, of everything; how sure it is, draws tell
        (0.0, 1.0, False),  # nothing came back
        (1.0, 4.9, True),  # a share of 2/7.9
        (1.0, 5.1, False),  # and of 2/8.1
        (5.1, 1.0, False),
    ],
)
def test_draws_ask_where_the_share_lies_and_not_how_sure_it_is(
    help_in: float, help_out: float, holds: bool
) -> None:
    days = {"help_in_either_hat": help_in, "help_out_either_hat": help_out}
    seen = dict.fromkeys(
        (f"help_{way}_either_{part}" for way in ("in", "out") for part in ("days", "likely")), 9
    )
    facts = pd.DataFrame(float("nan"), index=["ada"], columns=list(COLUMNS), dtype=object)
    assert (
        assign(facts.assign(**days, **seen), rules_of_draws(RoleRules())).iloc[0] == ["peer_mentor"]
    ) == holds


def test_draws_repeat_and_another_seed_draws_anew() -> None:
    rows = [(n % 2, 30 * n, n // 3) for n in range(12)]
    usual = shares(*rows)
    assert usual.equals(shares(*rows))
    other = shares(*rows, settings=Settings.from_toml(f"{RATES}\n[bootstraps]\nseed = 1"))
    assert not usual.equals(other)
    assert np.allclose(usual["mentor"], other["mentor"], atol=2 * WITHIN)


def test_drawing_in_portions_leaves_no_draw_out(monkeypatch: pytest.MonkeyPatch) -> None:
    some = [(0, 40 * n, n) for n in range(3)]
    at_once = shares(*some)["mentor"].iloc[0]
    assert 0.5 < at_once < 1
    monkeypatch.setattr("plnmap.analysis.roles.bootstraps.WEIGHTS_AT_ONCE", 3 * 120)
    assert shares(*some)["mentor"].iloc[0] == at_once


def test_peers_without_a_balance_are_told_where_both_directions_are() -> None:
    some = traces(*((0, 40 * n, n) for n in range(9)), contact=True, addressed=True, readable=True)
    some.flags["thanks"][:3] = some.flags["thanking"][:3] = some.flags["offers"][3:9] = True
    sides = one_archive(2)
    facts = known(some, sides)
    assert assign(facts).iloc[0] == ["mentor?", "mentee?", "peer_mentor?"]
    share = agreement(some, sides, facts, SETTINGS).iloc[0]
    # Of nine days of talk one thanks is an estimate of two days of help; of offers it takes two.
    assert share["mentor"] == pytest.approx(poisson.sf(0, 3), abs=WITHIN)
    assert share["mentee"] == pytest.approx(poisson.sf(1, 6), abs=WITHIN)
    assert share["peer_mentor"] == min(share["mentor"], share["mentee"])


def test_nobody_is_drawn_without_a_role_that_draws_can_judge() -> None:
    # One thanks is quick help: it happened, and no draw can tell more of it.
    some = traces((0, 5, 0), **THANKED)
    sides = one_archive(2)
    facts = known(some, sides)
    assert assign(facts).tolist() == [["just_in_time_helper?"], []]
    share = agreement(some, sides, facts, SETTINGS)
    assert share.isna().all(axis=None)
    assert list(share) == [role.name for role in JUDGED]
    assert not {"just_in_time_helper", "broadcaster", "gone_quiet"} & set(share)
    assert agreement(traces(alters=0), one_archive(0), facts.iloc[:0], SETTINGS).empty


def test_covered_sides_of_some_days_lie_within_both_windows() -> None:
    contacts: Any = type(
        "Contacts",
        (),
        {
            "outgoing": True,
            "outgoing_complete": True,
            "first": 0,
            "incoming": np.array([True, True, False]),
            "incoming_complete": np.array([True, False, False]),
            "incoming_whole": np.array([True, True, False]),
            "window_first": np.array([0.0, 100.0, np.nan]),
            "window_last": np.array([300.0, 200.0, np.nan]),
        },
    )()
    everything = covered_sides(contacts)
    assert everything.incoming.tolist() == [True, True, False]
    assert everything.incoming_complete.tolist() == [True, False, False]
    # Of the second alter all is seen between the days 100 and 200, though not of all the time.
    some = covered_sides(contacts, 100, 200)
    assert some.incoming_complete.tolist() == [True, True, False]
    assert covered_sides(contacts, 99, 200).incoming.tolist() == [True, False, False]
    assert covered_sides(contacts, 100, 201).incoming.tolist() == [True, False, False]
    assert covered_sides(contacts, 0, 50).outgoing is True
    assert covered_sides(contacts, -1, 50).outgoing is False
