"""When help is more than chance: among everything that was said, or among the answers to help."""

from __future__ import annotations

import numpy as np
import pytest

from plnmap.analysis.roles.facts import INSTRUMENTS, help_evidence, help_facts, see_help
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
