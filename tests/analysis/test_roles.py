"""Roles: what holds, what only seems to hold, and what the unseen side could overturn."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plnmap.analysis.roles.rules import COLUMNS, FLAGS, ROLES, Columns, Role, Truth, assign, help_balance
from plnmap.analysis.settings import RoleRules

ONE_ARCHIVE = {"outgoing_observed": True, "incoming_observed": False}
BOTH_SIDES = {"outgoing_observed": True, "incoming_observed": True}


def help_by(way: str, instrument: str, days: float, hat: float, span: float = 400) -> dict[str, float]:
    name = f"help_{way}_{instrument}"
    return {f"{name}_days": days, f"{name}_hat": hat, f"{name}_likely": hat, f"{name}_span_days": span}


def no_help(*ways_and_instruments: str) -> dict[str, float]:
    parts = ("days", "hat", "likely", "span_days")
    return {f"help_{each}_{part}": 0 for each in ways_and_instruments for part in parts}


def people(*rows: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(COLUMNS))


def roles_of(*parts: dict[str, Any]) -> list[str]:
    row: dict[str, Any] = {}
    for part in parts:
        row |= part
    return list(assign(people(row)).iloc[0])


THANKED = help_by("in", "thanks", 9, 29.5)
NO_OFFERS_SEEN = no_help("out_offers")
ALL_SEEN_NO_OTHER_HELP = no_help("in_offers", "out_offers", "out_thanks")


def test_one_archive_shows_a_mentor_with_a_question_mark() -> None:
    assert roles_of(ONE_ARCHIVE, THANKED, NO_OFFERS_SEEN) == ["mentor?"]


def test_both_archives_settle_it() -> None:
    assert roles_of(BOTH_SIDES, ALL_SEEN_NO_OTHER_HELP, THANKED) == ["mentor"]


def test_help_that_flowed_back_makes_peers() -> None:
    back = help_by("out", "thanks", 8, 26)
    assert roles_of(BOTH_SIDES, ALL_SEEN_NO_OTHER_HELP, THANKED, back) == ["peer_mentor"]


@pytest.mark.parametrize(("likely", "expected"), [(0, ["mentor"]), (0.8, ["mentor"]), (0.9, [])])
def test_help_that_chance_might_explain_speaks_against_one_way(likely: float, expected: list[str]) -> None:
    """Of Ĥ = 4 received, Pr(share > 0.6) is .802 against 0.8 days given, and .78 against 0.9."""
    received = help_by("in", "thanks", 4, 4)
    maybe = {"help_out_thanks_days": 3, "help_out_thanks_hat": 0, "help_out_thanks_likely": likely}
    assert roles_of(BOTH_SIDES, ALL_SEEN_NO_OTHER_HELP, received, maybe) == expected


def test_help_each_way_seen_from_one_side_may_be_either() -> None:
    offers = help_by("out", "offers", 5, 9)
    assert roles_of(ONE_ARCHIVE, THANKED, offers) == ["mentor?", "mentee?", "peer_mentor?"]


def test_one_archive_shows_only_that_you_help() -> None:
    assert roles_of(ONE_ARCHIVE, no_help("in_thanks"), help_by("out", "offers", 12, 20)) == ["mentee?"]


def test_whom_you_help_is_settled_by_their_thanks() -> None:
    answers = help_by("out", "offers", 12, 20)
    seen = (BOTH_SIDES, no_help("in_thanks", "in_offers"), answers)
    assert roles_of(*seen, help_by("out", "thanks", 2, 6)) == ["mentee"]
    assert roles_of(*seen, no_help("out_thanks")) == []


def test_advice_that_mostly_meets_silence_is_no_mentoring() -> None:
    advice = help_by("in", "offers", 12, 24)
    seen = (BOTH_SIDES, no_help("out_offers", "out_thanks"), help_by("in", "thanks", 2, 2.7), advice)
    assert roles_of(*seen, {"days_out": 12, "days_in": 24}) == ["mentor"]
    assert roles_of(*seen, {"days_out": 11, "days_in": 24}) == []


def test_nor_is_it_where_ego_gives_it() -> None:
    advice = help_by("out", "offers", 12, 24)
    seen = (BOTH_SIDES, no_help("in_offers", "in_thanks"), help_by("out", "thanks", 2, 2.7), advice)
    assert roles_of(*seen, {"days_in": 12, "days_out": 24}) == ["mentee"]
    assert roles_of(*seen, {"days_in": 11, "days_out": 24}) == []
    # What they wrote is not in the file: nobody knows whether they were silent.
    assert roles_of(*seen, {"days_out": 24}) == ["mentee"]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"help_in_thanks_hat": 1.9}, "too little help once corrected"),
        ({"help_in_thanks_days": 2}, "two days"),
        ({"help_in_thanks_span_days": 29}, "one month"),
        ({"is_provider": True}, "paid to help"),
    ],
)
def test_what_is_no_mentor_whatever_the_unseen_side_holds(change: dict[str, Any], why: str) -> None:
    assert roles_of(ONE_ARCHIVE, THANKED, NO_OFFERS_SEEN, change) == [], why


def test_answers_without_a_single_thanks_are_no_mentoring() -> None:
    answers = help_by("in", "offers", 10, 15)
    assert roles_of(BOTH_SIDES, no_help("in_thanks", "out_thanks", "out_offers"), answers) == []
    thanked_once = help_by("in", "thanks", 1, 3.3, span=0)
    assert roles_of(BOTH_SIDES, no_help("out_thanks", "out_offers"), answers, thanked_once) == ["mentor"]


def test_from_the_other_side_alone_the_thanks_are_unseen() -> None:
    seen = {"outgoing_observed": False, "incoming_observed": True}
    assert roles_of(seen, help_by("in", "offers", 10, 15), no_help("out_thanks")) == ["mentor?"]


def test_balance_takes_the_instrument_with_more_days_and_offers_at_a_tie() -> None:
    four = no_help("in_offers", "out_offers", "in_thanks", "out_thanks")
    table = people(
        four | help_by("in", "thanks", 3, 4),
        four | help_by("in", "thanks", 3, 4) | help_by("out", "offers", 3, 4),
        help_by("in", "thanks", 3, 4) | help_by("out", "offers", 3, 4),
        help_by("in", "offers", 3, 4) | help_by("out", "offers", 0, 0),
        # Offers on more days, but no more than chance explains.
        four | help_by("in", "thanks", 3, 4) | help_by("in", "offers", 5, 0) | help_by("out", "offers", 5, 0),
    )
    found = help_balance(table)
    assert found["instrument"].fillna("none").tolist() == ["thanks", "offers", "none", "offers", "thanks"]
    assert found["mostly_received"].round(4).tolist()[0] == 0.9222
    assert found["mostly_given"].round(4).tolist()[1] == 0.9222
    # Thanks on one side and answers on the other are two instruments: no balance.
    assert found.loc[2, ["help_in", "share", "even"]].isna().all()


def test_where_all_is_seen_the_balance_takes_what_shows_in_either() -> None:
    by_thanks = help_by("in", "thanks", 9, 9) | help_by("out", "thanks", 0, 0)
    four = no_help("in_offers", "out_offers") | by_thanks
    even = help_by("in", "either", 9, 6) | help_by("out", "either", 4, 6)
    found = help_balance(people(four, four | even)).iloc
    assert (found[0]["instrument"], found[0]["help_in"], found[0]["fewer_days"]) == ("thanks", 9, 0)
    assert (found[1]["instrument"], found[1]["help_in"], found[1]["fewer_days"]) == ("either", 6, 4)
    assert roles_of(BOTH_SIDES, four) == ["mentor"]
    assert roles_of(BOTH_SIDES, four, even) == ["peer_mentor"]


def test_where_nothing_shows_in_either_no_single_instrument_is_asked() -> None:
    nothing = help_by("in", "either", 0, 0) | help_by("out", "either", 0, 0)
    found = help_balance(
        people(help_by("in", "offers", 3, 4) | help_by("out", "offers", 0, 0) | nothing)
    ).iloc[0]
    assert (found["instrument"], found["help_in"]) == ("either", 0)


@pytest.mark.parametrize(
    ("seen", "contact", "expected"),
    [
        (BOTH_SIDES, {"days_out": 2, "days_in": 1, "contact_span_days": 90}, ["just_in_time_helper"]),
        (BOTH_SIDES, {"days_out": 5, "days_in": 5, "contact_span_days": 7}, ["just_in_time_helper"]),
        (BOTH_SIDES, {"days_out": 2, "days_in": 2, "contact_span_days": 8}, []),
        (ONE_ARCHIVE, {"days_out": 1, "contact_span_days": 0}, ["just_in_time_helper?"]),
        (ONE_ARCHIVE, {"days_out": 4, "contact_span_days": 8}, []),
        # A part of their side is seen, and it is already too much.
        (ONE_ARCHIVE, {"days_out": 1, "days_in": 3, "contact_span_days": 60}, []),
    ],
)
def test_quick_help(seen: dict[str, bool], contact: dict[str, float], expected: list[str]) -> None:
    assert roles_of(seen, contact, {"confirmed_episodes": 1}) == expected
    assert roles_of(seen, contact, {"confirmed_episodes": 0}) == []
    assert roles_of(seen, contact) == []


FOLLOWED = {"attention_days": 5, "attention_months": 3, "replies_out": 1, "days_in": 0, "pair_days": 6}
CREDITED = {
    "credit_days": 3,
    "credit_months": 3,
    "credit_by_name_days": 1,
    "attention_days": 0,
    "pair_days": 30,
}


@pytest.mark.parametrize(
    ("seen", "trace", "expected"),
    [
        (BOTH_SIDES, CREDITED | {"days_in": 3}, ["role_model"]),
        (BOTH_SIDES, CREDITED | {"days_in": 4}, []),
        (BOTH_SIDES, CREDITED | {"days_in": 3, "is_brand": True}, []),
        (ONE_ARCHIVE, CREDITED, ["role_model?"]),
        (ONE_ARCHIVE, CREDITED | {"days_in": 4}, []),
        (ONE_ARCHIVE, CREDITED | {"credit_months": 2}, []),
        (ONE_ARCHIVE, CREDITED | {"credit_days": 2}, []),
        # Quotes alone, which may as well disagree.
        (ONE_ARCHIVE, CREDITED | {"credit_by_name_days": 0, "credit_days": 4}, []),
        (ONE_ARCHIVE, CREDITED | {"credit_by_name_days": 0, "credit_days": 5}, ["role_model?"]),
        (BOTH_SIDES, FOLLOWED | {"uptake_of_tag": True}, ["role_model"]),
        (BOTH_SIDES, FOLLOWED | {"uptake_of_tag": False}, []),
        (BOTH_SIDES, FOLLOWED, []),  # nobody looked for what was taken up: attention alone is not learning
    ],
)
def test_role_models(seen: dict[str, bool], trace: dict[str, Any], expected: list[str]) -> None:
    assert roles_of(seen, trace) == expected


BOOSTED = {
    "attention_days": 3,
    "attention_months": 1,
    "credit_days": 0,
    "replies_out": 0,
    "days_in": 0,
    "pair_days": 3,
}


@pytest.mark.parametrize(
    ("seen", "trace", "expected"),
    [
        (BOTH_SIDES, {"followers": 10_000, "following": 1_000}, ["broadcaster"]),
        (BOTH_SIDES, {"followers": 9_999, "following": 1_000, "reply_share": 0.5}, []),
        (BOTH_SIDES, {"reply_share": 0.04}, ["broadcaster"]),
        (BOTH_SIDES, {"followers": 10, "following": 0}, ["broadcaster"]),
        (BOTH_SIDES, {"followers": 5, "following": 5}, ["broadcaster?"]),  # they may seldom answer
        (BOTH_SIDES, {}, ["broadcaster?"]),
        (ONE_ARCHIVE, {"followers": 10_000, "following": 1, "days_in": None}, ["broadcaster?"]),
        (ONE_ARCHIVE, {"replies_out": 1}, []),
        (ONE_ARCHIVE, {"credit_days": 1}, []),
        (ONE_ARCHIVE, {"days_in": 1}, []),
        (ONE_ARCHIVE, {"attention_days": 2}, []),
    ],
)
def test_broadcasters(seen: dict[str, bool], trace: dict[str, Any], expected: list[str]) -> None:
    assert roles_of(seen, BOOSTED, trace) == expected


@pytest.mark.parametrize(("seen", "expected"), [(BOTH_SIDES, "role_model"), (ONE_ARCHIVE, "role_model?")])
def test_a_broadcaster_one_learns_from_is_a_role_model(seen: dict[str, bool], expected: str) -> None:
    learned = {
        "attention_days": 5,
        "attention_months": 3,
        "uptake_of_tag": True,
        "followers": 99,
        "following": 1,
    }
    assert roles_of(seen, BOOSTED, learned) == [expected]


def test_gone_quiet_stands_beside_what_somebody_was() -> None:
    quiet = {"gone_quiet": True}
    assert roles_of(ONE_ARCHIVE, THANKED, NO_OFFERS_SEEN, quiet) == ["mentor?", "gone_quiet?"]
    assert roles_of(BOTH_SIDES, ALL_SEEN_NO_OTHER_HELP, THANKED, quiet) == ["mentor", "gone_quiet"]


def test_nothing_known_is_no_role() -> None:
    assert assign(people({}, ONE_ARCHIVE, BOTH_SIDES)).tolist() == [[], [], []]
    assert assign(people()).empty


def test_index_is_kept_and_other_columns_are_ignored() -> None:
    table = people(ONE_ARCHIVE | THANKED, {}).set_axis(["twitter:1", "twitter:1"]).assign(note="x")
    assert assign(table).index.tolist() == ["twitter:1", "twitter:1"]
    assert assign(table).iloc[0] == ["mentor?"]


def test_a_missing_column_is_named() -> None:
    with pytest.raises(ValueError, match="lacks days_in, reply_share"):
        assign(people({}).drop(columns=["days_in", "reply_share"]))


def test_a_further_role_is_a_further_row() -> None:
    def admires(people: Columns, rules: RoleRules) -> Truth:
        return people["attention_days"] > 1

    extra = Role("admired", admires, "you admire", "where your boosts are not seen")
    found = assign(people({"attention_days": 2}, {"attention_days": 1}, {}), roles=(*ROLES, extra))
    assert found.tolist() == [["admired"], [], ["admired?"]]


def test_the_order_of_roles_is_that_of_the_files() -> None:
    assert [role.name for role in ROLES] == [
        "mentor",
        "mentee",
        "peer_mentor",
        "just_in_time_helper",
        "role_model",
        "amplifier",
        "broadcaster",
        "gone_quiet",
    ]


PEERS = (help_by("in", "thanks", 2, 6), help_by("out", "thanks", 2, 6))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, ["peer_mentor"]),
        # One thanks each way is estimated at more than two days of help, and is courtesy.
        ({"help_in_thanks_days": 1}, []),
        ({"help_out_thanks_days": 1}, []),
        ({"help_out_thanks_hat": 1.9}, []),
        ({"is_provider": True}, []),
        ({"is_brand": True}, ["peer_mentor"]),
        ({"not_mentor": True}, []),
    ],
)
def test_peers_helped_each_other_more_than_once(change: dict[str, Any], expected: list[str]) -> None:
    assert roles_of(BOTH_SIDES, no_help("in_offers", "out_offers"), *PEERS, change) == expected


def test_whom_the_user_calls_no_mentor_may_be_helped_by_ego() -> None:
    denied = {"not_mentor": True}
    assert roles_of(ONE_ARCHIVE, THANKED, NO_OFFERS_SEEN, denied) == []
    assert roles_of(ONE_ARCHIVE, no_help("in_thanks"), help_by("out", "offers", 12, 20), denied) == [
        "mentee?"
    ]


SEEN_BY_MANY = {"amplified_score": 0.4, "amplified_days": 3}


@pytest.mark.parametrize(
    ("seen", "trace", "expected"),
    [
        (BOTH_SIDES, SEEN_BY_MANY | {"above_usual": True}, ["amplifier"]),
        (BOTH_SIDES, SEEN_BY_MANY | {"above_usual": False}, []),
        # Whom else they boost is not seen: they may boost everybody.
        (ONE_ARCHIVE, SEEN_BY_MANY, ["amplifier?"]),
        (BOTH_SIDES, SEEN_BY_MANY | {"above_usual": True, "amplified_score": 0.39}, []),
        (BOTH_SIDES, SEEN_BY_MANY | {"above_usual": True, "amplified_days": 2}, []),
        (ONE_ARCHIVE, {"above_usual": None}, []),
    ],
)
def test_amplifiers(seen: dict[str, bool], trace: dict[str, Any], expected: list[str]) -> None:
    assert roles_of(seen, trace) == expected


def test_words_are_said_of_the_tie() -> None:
    for role in ROLES:
        assert "is your" not in role.words
        assert role.question_mark.startswith("where ")


NUMBER = st.sampled_from([0, 1, 2, 3, 4, 5, 8, 30, 400])
ROW = st.fixed_dictionaries(
    {name: st.booleans() if name in FLAGS else NUMBER for name in COLUMNS}
    | {"incoming_observed": st.just(True), "outgoing_observed": st.just(True)}
)
THEIR_SIDE = [
    *(
        f"help_{each}_{part}"
        for each in ("in_offers", "in_either", "out_thanks", "out_either")
        for part in ("days", "hat", "likely", "span_days")
    ),
    "days_in",
    "amplified_days",
    "amplified_score",
    "above_usual",
]


@settings(deadline=None, max_examples=40)
@given(ROW)
def test_without_their_side_every_role_is_uncertain(row: dict[str, Any]) -> None:
    hidden = row | dict.fromkeys(THEIR_SIDE, None) | {"incoming_observed": False}
    assert all(role.endswith("?") for role in assign(people(hidden)).iloc[0])


@settings(deadline=None, max_examples=40)
@given(ROW)
def test_with_both_sides_no_role_is_uncertain(row: dict[str, Any]) -> None:
    assert not any(role.endswith("?") for role in assign(people(row)).iloc[0])


@settings(deadline=None, max_examples=40)
@given(ROW)
def test_what_both_sides_prove_one_side_holds_for_possible(row: dict[str, Any]) -> None:
    """Roles that rest on what ego did; help needs evidence that one side may lack."""
    hidden = row | dict.fromkeys(THEIR_SIDE, None) | {"incoming_observed": False}
    full, partial = assign(people(row)).iloc[0], assign(people(hidden)).iloc[0]
    for role in ("just_in_time_helper", "role_model", "gone_quiet"):
        assert role not in full or f"{role}?" in partial
