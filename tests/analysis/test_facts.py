"""When help is more than chance: held against all that was said, or against all that was thanked for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from plnmap.analysis.help.traces import Traces
from plnmap.analysis.roles.facts import INSTRUMENTS, Sides, help_evidence, help_facts, role_facts, see_help
from plnmap.analysis.settings import Settings
from tests.analysis.test_bootstraps import SETTINGS, one_archive
from tests.analysis.test_tallies import Row, traces

TALK: list[Row] = [(0, 3 * n, n) for n in range(300)]
"""Of 300 days of talk chance alone explains up to five with thanks: P(Poisson(.0078 · 300) ≥ 6) = .03."""


def thanked(days: int, thanking: int, settings: Settings = SETTINGS) -> tuple[float, str]:
    """Ĥ of the thanks and its state, of so many days with thanks for help and with thanks for whatever."""
    some = traces(*TALK, alters=1, contact=True, addressed=True, readable=True)
    some.flags["thanks"][:days] = True
    some.flags["thanking"][:thanking] = True
    sides, rules = one_archive(1), settings.evidence
    received = INSTRUMENTS[0]
    hat = help_facts(some, sides, rules)["help_in_thanks_hat"][0]
    evidence = help_evidence(see_help(some, sides, received, rules), received, rules)
    assert evidence.estimate[0] == hat
    assert evidence.gate[0] == (hat > 0)
    return float(hat), str(evidence.score.status[0])


@pytest.mark.parametrize(
    ("days", "thanking", "by_chance"),
    [
        # Of much thanks no more are mistaken than of talk: .0078 * 300 = 2.34.
        (6, 100, 2.34),
        (5, 100, None),
        # Of T days with thanks .0078 / .075 * T are: P(Poisson(.0078 / .075 * 7) ≥ 3) = .038, and .052 of 8.
        (3, 7, 0.0078 / 0.075 * 7),
        (3, 8, None),
        # P(Poisson(.0078 / .075 * 3) ≥ 2) = .040, and .066 of 4.
        (2, 3, 0.0078 / 0.075 * 3),
        (2, 4, None),
        # Once may be chance however little thanks there is: P(Poisson(.0078 / .075) ≥ 1) = .099.
        (1, 1, None),
        (0, 0, None),
    ],
)
def test_thanks_for_help_are_more_than_is_mistaken_of_talk_or_of_thanks(
    days: int, thanking: int, by_chance: float | None
) -> None:
    hat, found = thanked(days, thanking)
    assert found == ("insufficient" if by_chance is None else "value")
    assert hat == pytest.approx(0 if by_chance is None else (days - by_chance) / (0.44 - 0.0078))


def test_one_thanks_in_little_talk_is_more_than_chance() -> None:
    """P(Poisson(.0078 · 6) ≥ 1) = .046: it takes little talk; among thanks alone it would never be."""
    for days, gate in ((6, True), (7, False)):
        some = traces(*TALK[:days], alters=1, contact=True, addressed=True, readable=True)
        some.flags["thanks"][0] = some.flags["thanking"][0] = True
        seen = see_help(some, one_archive(1), INSTRUMENTS[0], SETTINGS.evidence)
        assert help_evidence(seen, INSTRUMENTS[0], SETTINGS.evidence).gate[0] == gate


def test_who_never_thanks_has_written_all_the_same() -> None:
    everything = Sides(True, True, np.zeros(1, np.bool_), np.zeros(1, np.bool_))
    for readable, status in ((True, "insufficient"), (False, "not_observed")):
        some = traces(*TALK[:9], alters=1, contact=True, addressed=True, readable=readable)
        seen = see_help(some, everything, INSTRUMENTS[0], SETTINGS.evidence)
        assert help_evidence(seen, INSTRUMENTS[0], SETTINGS.evidence).score.status[0] == status
    nothing = see_help(traces(alters=1), everything, INSTRUMENTS[0], SETTINGS.evidence)
    assert help_evidence(nothing, INSTRUMENTS[0], SETTINGS.evidence).score.status[0] == "no_contact"


def test_certain_mistakes_are_counted_once() -> None:
    """Where every thanks is mistaken, each day with one counts as one mistake and no more."""
    always = Settings.from_toml("[evidence]\nhelp_thanks = { recall = 0.9, false_positive_rate = 0.5 }")
    some = traces(*TALK[:10], alters=1, contact=True, addressed=True, readable=True)
    some.flags["thanking"][:4] = True
    seen = see_help(some, one_archive(1), INSTRUMENTS[0], always.evidence)
    assert seen.chances[0] == pytest.approx(10)
    rare = replace(always.evidence, thanking=0.5)
    assert see_help(some, one_archive(1), INSTRUMENTS[0], rare).chances[0] == pytest.approx(8)


def test_offers_are_held_against_all_talk() -> None:
    some = traces(*TALK, alters=1, contact=True, addressed=True, readable=True)
    some.flags["offers"][:3] = True
    given = next(each for each in INSTRUMENTS if each.name == "help_out_offers")
    assert see_help(some, one_archive(1), given, SETTINGS.evidence).chances[0] == 300


BOTH = Sides(True, True, np.ones(1, dtype=np.bool_), np.ones(1, dtype=np.bool_))


def test_below_posts_that_the_file_holds_answers_may_be_mistaken_too() -> None:
    some = traces(*TALK, *[(0, 0, 0)] * 4, alters=1, contact=True, addressed=True, readable=True)
    given, rules = INSTRUMENTS[2], SETTINGS.evidence
    error, mistaken = 1 - (1 - 0.01) * (1 - 0.002), 0.003
    assert rules.answer_mistaken == mistaken

    def chances(**more: Any) -> float:
        return float(np.ravel(see_help(some, one_archive(1), given, rules, **more).chances)[0])

    talk = chances()
    some.flags["below"][:100] = True
    assert chances() == pytest.approx(talk + 100 * mistaken / error)
    # Of five on one day any may be: as often as one of them is likelier to mislead than one.
    some.flags["below"][300:] = True
    assert chances() == pytest.approx(talk + (99 * mistaken + 1 - (1 - mistaken) ** 5) / error)
    # What cannot be read, lies outside the days that are looked at, or is theirs, does not count.
    some.flags["below"][300:] = False
    some.flags["readable"][:10] = False
    assert chances(first=3 * 50) == pytest.approx(250 + 50 * mistaken / error)
    assert see_help(some, one_archive(1), INSTRUMENTS[1], rules).chances[0] == 0
    twice = np.full((some.conversations, 1), 2.0)
    assert chances(first=3 * 50, weights=twice) == pytest.approx(2 * (250 + 50 * mistaken / error))


def said_by_both(talk: int, thanks: list[int], offers: list[int]) -> Traces:
    """On `talk` days one post of ego's and one of theirs; ego's thanks and their offers by day."""
    rows: list[Row] = [(0, 3.0 * day, day) for day in range(talk)] * 2
    some = traces(*rows, alters=1, contact=True, addressed=True, readable=True)
    some.by_ego[talk:] = False
    some.flags["thanks"][thanks] = some.flags["thanking"][:talk] = True
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


def test_credit_by_name_is_ego_s_own_and_no_good_word_without_credit() -> None:
    some = traces((0, 0, 0), (0, 9, 1), (0, 20, 2), (0, 30, 3), alters=1, contact=True, credit=True)
    some.flags["by_name"][:2] = True
    some.flags["named"][2] = True
    some.by_ego[1] = False
    facts = role_facts(some, one_archive(1), SETTINGS)
    assert (facts["credit_days"].tolist(), facts["credit_by_name_days"].tolist()) == ([3], [1])
