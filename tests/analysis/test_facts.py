"""When help is more than chance: among everything that was said, or among the answers to help."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from plnmap.analysis.help.traces import Traces
from plnmap.analysis.roles.facts import INSTRUMENTS, Sides, help_evidence, help_facts, see_help
from plnmap.analysis.settings import Settings
from tests.analysis.test_bootstraps import SETTINGS, one_archive
from tests.analysis.test_tallies import Row, traces

TALK: list[Row] = [(0, 3 * n, n) for n in range(300)]
"""Of 300 days of talk chance alone explains up to five with thanks: P(Poisson(.0078 · 300) ≥ 6) = .03."""


def thanked(
    days: int, below_help: int, thanks_below_help: int, settings: Settings = SETTINGS
) -> tuple[float, str]:
    """Ĥ of the thanks and its state, where so many days of talk answered help, and so many thanked for it."""
    some = traces(*TALK, alters=1, contact=True, addressed=True, readable=True)
    some.flags["after_help"][:below_help] = True
    some.flags["thanks"][:thanks_below_help] = True
    some.flags["thanks"][100 : 100 + days - thanks_below_help] = True
    sides, rules = one_archive(1), settings.evidence
    received = INSTRUMENTS[0]
    hat = help_facts(some, sides, rules)["help_in_thanks_hat"][0]
    evidence = help_evidence(see_help(some, sides, received, rules), received, rules)
    assert evidence.estimate[0] == hat
    assert evidence.gate[0] == (hat > 0)
    return float(hat), str(evidence.score.status[0])


@pytest.mark.parametrize(
    ("days", "below_help", "thanks_below_help", "state"),
    [
        (6, 0, 0, "value"),
        (5, 0, 0, "insufficient"),
        # P(Poisson(.03 · 11) ≥ 2) = .043, and .051 of 12.
        (5, 11, 2, "value"),
        (5, 12, 2, "insufficient"),
        # P(Poisson(.03 · 27) ≥ 3) = .049.
        (5, 27, 3, "value"),
        (5, 28, 3, "insufficient"),
        # Once is chance, unless hardly anything answered help.
        (5, 1, 1, "value"),
        (5, 2, 1, "insufficient"),
    ],
)
def test_thanks_are_more_than_chance_among_everything_or_among_the_answers_to_help(
    days: int, below_help: int, thanks_below_help: int, state: str
) -> None:
    expected = (days - 0.0078 * 300) / (0.44 - 0.0078) if state == "value" else 0
    hat, found = thanked(days, below_help, thanks_below_help)
    assert found == state
    assert hat == pytest.approx(expected)


def test_what_chance_explains_of_everything_stays_nothing() -> None:
    three_by_chance = Settings.from_toml("[evidence]\nhelp_thanks.false_positive_rate = 0.01")
    assert thanked(3, 3, 3, three_by_chance) == (0, "insufficient")
    assert thanked(4, 3, 3, three_by_chance)[1] == "value"


def test_offers_have_no_second_gate() -> None:
    some = traces(*TALK, alters=1, contact=True, addressed=True, readable=True, after_help=True)
    some.flags["offers"][:3] = True
    given = next(each for each in INSTRUMENTS if each.name == "help_out_offers")
    assert not see_help(some, one_archive(1), given, SETTINGS.evidence).shown.any()
    assert np.all(help_facts(some, one_archive(1), SETTINGS.evidence)["help_out_offers_hat"] == 0)


BOTH = Sides(True, True, np.ones(1, dtype=np.bool_), np.ones(1, dtype=np.bool_))


def said_by_both(talk: int, thanks: list[int], offers: list[int]) -> Traces:
    """On `talk` days one post of ego's and one of theirs; ego's thanks and their offers by day."""
    rows: list[Row] = [(0, 3.0 * day, day) for day in range(talk)] * 2
    some = traces(*rows, alters=1, contact=True, addressed=True, readable=True)
    some.by_ego[talk:] = False
    some.flags["thanks"][thanks] = True
    some.flags["offers"][[talk + day for day in offers]] = True
    return some


def either_in(some: Traces, sides: Sides = BOTH, **more: Any) -> dict[str, float]:
    facts = help_facts(some, sides, SETTINGS.evidence, **more)
    return {
        part: float(facts[f"help_in_either_{part}"][0]) for part in ("days", "hat", "likely", "span_days")
    }


def test_help_shows_in_the_words_of_either() -> None:
    """Ten days each; thanks are found with .44 and .0078, offers with .49 and 1 - .99 * .998 = .01198."""
    found = either_in(said_by_both(10, [1, 2, 3], [3, 4]))
    recall = 1 - 0.56 * 0.51
    mistaken = 1 - (1 - 0.0078) * 0.99 * 0.998
    assert found["days"] == 4
    assert found["span_days"] == 9
    assert (
        found["hat"] == found["likely"] == pytest.approx((4 - 10 * (0.0078 + 0.01198)) / (recall - mistaken))
    )


@pytest.mark.parametrize("sides", [one_archive(1), BOTH._replace(incoming_complete=np.zeros(1, np.bool_))])
def test_either_needs_all_that_both_wrote(sides: Sides) -> None:
    some = said_by_both(10, [1, 2, 3], [3, 4])
    assert np.isnan(list(either_in(some, sides).values())).all()
    assert help_facts(some, sides, SETTINGS.evidence)["help_in_thanks_hat"][0] > 0


def test_what_one_instrument_shows_to_be_more_than_chance_either_does() -> None:
    """Of 85 days .66 thanks are expected, so three open the gate; of both 1.68, which takes five."""
    assert either_in(said_by_both(85, [1, 2, 3], []))["hat"] > 0
    assert either_in(said_by_both(85, [1, 2], [3]))["hat"] == 0
    assert either_in(said_by_both(85, [1, 2], [3, 4, 5]))["hat"] > 0
    assert either_in(said_by_both(85, [1, 2], [3]))["likely"] > 0


def test_a_conversation_drawn_twice_shows_help_twice() -> None:
    some = said_by_both(10, [1, 2, 3], [3, 4])
    twice = np.where(np.arange(10) == 3, 2.0, 1.0)
    assert either_in(some, weights=twice)["days"] == 5
