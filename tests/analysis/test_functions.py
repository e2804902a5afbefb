"""Mentoring functions: scores where there are traces, and reasons where there can be none."""

from __future__ import annotations

import numpy as np
import pytest

from plnmap.analysis.help.traces import Traces
from plnmap.analysis.roles import functions
from plnmap.analysis.roles.facts import Sides
from plnmap.analysis.roles.functions import function_scores
from plnmap.analysis.settings import Settings
from plnmap.model import FunctionScore
from tests.analysis.test_tallies import Row, traces

ONE_ARCHIVE = Sides(True, True, np.array([False]), np.array([False]))
BOTH_SIDES = Sides(True, True, np.array([True]), np.array([True]))


def both(ours: list[tuple[float, str]], theirs: list[tuple[float, str]]) -> Traces:
    """Acts of ego's and of one alter's: day and flags, each in a conversation of its own."""
    told = [
        (day, flags.split(), by_ego)
        for by_ego, acts in ((True, ours), (False, theirs))
        for day, flags in acts
    ]
    rows: list[Row] = [(0, day, number) for number, (day, *_) in enumerate(told)]
    some = traces(*rows, alters=1)
    for row, (_, flags, by_ego) in enumerate(told):
        some.by_ego[row] = by_ego
        for flag in flags:
            some.flags[flag][row] = True
    return some


def scores(
    some: Traces, sides: Sides = BOTH_SIDES, *, uptake: bool = False, settings: Settings | None = None
) -> dict[tuple[str, str], FunctionScore]:
    found = function_scores("twitter:1", some, sides, np.array([uptake]), settings or Settings())
    return {(row.function, row.direction): row for row in found}


def all_of(flags: str, days: int, apart: int = 1) -> list[tuple[float, str]]:
    return [(float(n * apart), flags) for n in range(days)]


def test_sixteen_rows_for_whom_anything_shows_and_none_for_others() -> None:
    found = scores(both(all_of("contact thanks addressed readable", 5, 40), []), ONE_ARCHIVE)
    assert len(found) == 16
    assert {(name, "out") for name in ("counselling", "friendship")}.isdisjoint(found)
    assert scores(both(all_of("contact reply addressed readable chat", 9), []), ONE_ARCHIVE) == {}


def test_one_day_is_where_a_function_begins_to_show() -> None:
    assert scores(both([], all_of("contact quoted", 1)))["exposure", "in"].score == 0.25
    assert scores(both([], all_of("attention boosted", 1))) == {}


def test_one_archive_has_no_number_for_what_they_did() -> None:
    found = scores(both(all_of("contact thanks addressed readable", 5, 40), []), ONE_ARCHIVE)
    assert found["coaching", "in"].status == "value"
    assert found["coaching", "in"].reason == "seen in thanks"
    for key in (("exposure", "in"), ("sponsorship", "in"), ("confirmation", "in"), ("friendship", "in")):
        assert (found[key].status, found[key].score, found[key].n) == ("not_observed", None, 0)
        assert found[key].reason


@pytest.mark.parametrize("function", ["challenge", "protection", "counselling"])
def test_some_functions_are_never_scored_and_say_why(function: str) -> None:
    row = scores(both(all_of("contact thanks addressed readable", 5, 40), []))[function, "in"]
    assert (row.status, row.score, row.lo, row.n) == ("not_observed", None, None, 0)
    assert len(row.reason) > 10


def test_boosts_make_seen_by_half_and_quotes_and_good_words_wholly() -> None:
    boosts = scores(both([], all_of("attention boosted", 4)))["exposure", "in"]
    quotes = scores(both([], all_of("contact quoted", 2)))["exposure", "in"]
    words = scores(both([], all_of("contact named", 2)))["exposure", "in"]
    # Worth two days each: 2 / (2 + 3).
    assert (boosts.score, quotes.score, words.score) == (0.4, 0.4, 0.4)
    assert (boosts.n, quotes.n) == (4, 2)
    both_on_a_day = [(0.0, "attention boosted"), (0.0, "contact quoted"), (1.0, "attention boosted")]
    assert scores(both([], both_on_a_day))["exposure", "in"].score == round(1.5 / 4.5, 6)
    # The interval of four counted days, halved: of 1.09 to 10.24.
    assert boosts.lo == pytest.approx(0.5 * 1.0899 / (0.5 * 1.0899 + 3), abs=1e-4)
    assert boosts.hi == pytest.approx(0.5 * 10.2416 / (0.5 * 10.2416 + 3), abs=1e-4)
    assert scores(both([], all_of("attention boosted", 4)))["exposure", "out"].status == "no_contact"


def test_learning_from_somebody_takes_three_months_or_a_hashtag() -> None:
    quick, slow = all_of("attention", 6), all_of("attention", 6, 15)
    assert scores(both(slow, []))["role_modelling", "in"].score == round(6 / 9, 6)
    found = scores(both(quick, []), uptake=True)
    assert found["role_modelling", "in"].score == round(6 / 9, 6)
    # One month, and nothing taken up: nothing shows, so there is no row at all.
    assert scores(both(quick, [])) == {}
    helped = both([*quick, *all_of("contact thanks addressed readable", 5, 40)], [])
    assert scores(helped)["role_modelling", "in"].status == "insufficient"
    # Mirrored, it is their attention that counts, and ego's hashtags say nothing of it.
    assert scores(both([], slow))["role_modelling", "out"].score == round(6 / 9, 6)
    assert (
        scores(both([], [*quick, *all_of("contact quoted", 2)]), uptake=True)["role_modelling", "out"].status
        == "insufficient"
    )


def test_friends_chat_both_ways() -> None:
    chat = all_of("contact reply addressed readable chat", 6)
    assert scores(both(chat, chat[:3]))["friendship", "in"].score == 0.5
    assert scores(both(chat, all_of("attention boosted", 4)))["friendship", "in"].score == 0.0
    partly = Sides(True, True, np.array([True]), np.array([False]))
    assert (
        scores(both(chat, all_of("attention boosted", 4)), partly)["friendship", "in"].status
        == "insufficient"
    )
    alone = Sides(False, False, np.array([True]), np.array([True]))
    assert scores(both(chat, chat[:3]), alone) == {}


def test_praise_is_corrected_for_volume_and_not_counted_without_known_errors(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from plnmap.acts import Reliability

    known = {"praise": Reliability(0.5, 0.02, "a test")}
    monkeypatch.setattr(functions, "RELIABILITY", known)
    warm = all_of("contact addressed readable praise", 4)
    few = scores(both([], warm))["confirmation", "in"]
    # (4 − .02·4)/(.5 − .02) days, over themselves and three.
    assert few.score == pytest.approx((3.92 / 0.48) / (3.92 / 0.48 + 3), abs=1e-6)
    chatty = [*warm, *((100.0 + n, "contact addressed readable") for n in range(200)), *all_of("quoted", 2)]
    assert scores(both([], chatty))["confirmation", "in"].status == "insufficient"
    foreign = [*((float(n), "contact addressed") for n in range(9)), *all_of("quoted", 2)]
    assert scores(both([], foreign))["confirmation", "in"].status == "not_observed"
    monkeypatch.setattr(functions, "RELIABILITY", {})
    unknown = scores(both([], [*warm, *all_of("quoted", 2)]))["confirmation", "in"]
    assert (unknown.status, unknown.n) == ("not_observed", 0)
    assert unknown.reason == "no rules for praise or congratulation whose errors are known"


def test_introductions_are_looked_for_where_ego_is_named_to_others(monkeypatch: pytest.MonkeyPatch) -> None:
    from plnmap.acts import Reliability

    monkeypatch.setattr(functions, "RELIABILITY", {"introduction": Reliability(0.5, 0.01, "a test")})
    named = all_of("contact readable introduced", 2, 30)
    row = scores(both([], named))["sponsorship", "in"]
    assert row.score == pytest.approx((1.98 / 0.49) / (1.98 / 0.49 + 3), abs=1e-6)
    assert scores(both(named, []))["sponsorship", "out"].score == row.score


def test_coaching_shows_the_instrument_with_more_days() -> None:
    offers = all_of("contact addressed readable offers", 9, 20)
    thanks = all_of("contact addressed readable thanks", 4, 20)
    found = scores(both(thanks, offers))
    assert (found["coaching", "in"].n, found["coaching", "in"].reason) == (9, "seen in offers")
    assert scores(both(thanks, offers[:3]))["coaching", "in"].reason == "seen in thanks"
    assert scores(both(thanks, offers[:4]))["coaching", "in"].reason == "seen in offers"
    assert found["coaching", "out"].status == "insufficient"
