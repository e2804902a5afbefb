"""Blind recall: asked before anything is shown, kept answer by answer, and held against the posts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from plnmap.analysis.accounts.linking import link
from plnmap.analysis.own_word import mark_shown
from plnmap.analysis.recall import (
    LEAST_DAYS,
    PEOPLE_RATED,
    PLAUSIBLE,
    Answer,
    answers,
    blind_answers,
    candidates,
    compare,
    draw,
    names,
    put_name,
    rate,
    ratings,
)
from plnmap.model import Person, TieDay
from plnmap.store import Store, as_arrow
from tests.records import account, at, covered, filled, handle, post, source
from tests.test_people import mapped

EGO = "twitter:1"
NOW = at("2024-01-01")


def met(days: dict[str, int]) -> list[TieDay]:
    """Ego contacted each account on so many days."""
    first = date(2020, 1, 1)
    return [
        TieDay(EGO, key, first + timedelta(days=number), 1, 0, 0, 0, 0, 0, 0, 600)
        for key, count in days.items()
        for number in range(count)
    ]


def with_days(store: Store, days: dict[str, int]) -> None:
    """Put contact days into the file as if they had been derived."""
    store.insert("tie_days", as_arrow(TieDay, met(days)))


# --- whom to ask ---------------------------------------------------------------------------------


def test_half_are_of_much_contact_and_half_by_chance() -> None:
    days = {f"twitter:{number}": 200 - number for number in range(2, 122)}
    with filled(source(owner=EGO)) as store:
        with_days(store, days)
        drawn = [row.account for row in draw(store, EGO)]
        # Ranks by contact: the first thirty are the likely ones.
        ranks = sorted(int(each.partition(":")[2]) - 1 for each in drawn)
        likely = [rank for rank in ranks if rank <= PLAUSIBLE]
        assert len(drawn) == len(set(drawn)) == PEOPLE_RATED
        assert PEOPLE_RATED // 2 <= len(likely) < PEOPLE_RATED
        # By chance, not by rank: neither the top ten nor the next ones, nor in their order.
        assert likely[:10] != list(range(1, 11))
        assert [int(each.partition(":")[2]) for each in drawn] != sorted(
            int(each.partition(":")[2]) for each in drawn
        )
        assert [row.position for row in ratings(store, EGO)] == list(range(1, PEOPLE_RATED + 1))
        assert [row.account for row in ratings(store, EGO)] == drawn


def test_the_same_file_asks_about_the_same_people() -> None:
    drawn = []
    for reverse in (False, True):
        days = [(f"twitter:{number}", 3 + number % 7) for number in range(2, 60)]
        with filled(source(owner=EGO)) as store:
            with_days(store, dict(sorted(days, reverse=reverse)))
            drawn.append([row.account for row in draw(store, EGO)])
    assert drawn[0] == drawn[1]


def test_nobody_is_asked_about_strangers_or_about_those_named() -> None:
    days = {"twitter:2": LEAST_DAYS, "twitter:3": LEAST_DAYS - 1, "twitter:4": 9, EGO: 9}
    with filled(source(owner=EGO)) as store:
        with_days(store, days)
        put_name(store, EGO, "four", "twitter:4", None, NOW)
        assert [row.account for row in draw(store, EGO)] == ["twitter:2"]


def test_undated_contact_and_mere_attention_are_no_acquaintance() -> None:
    with filled(source(owner=EGO)) as store:
        boosts = [row._replace(n_reply=0, n_boost=1) for row in met({"twitter:2": 5})]
        undated = [row._replace(day=None) for row in met({"twitter:3": 5})]
        store.insert("tie_days", as_arrow(TieDay, boosts + undated))
        assert draw(store, EGO) == []


# --- whom a name means ---------------------------------------------------------------------------

PEOPLE = [
    source(owner=EGO),
    handle("twitter:2", "ada_venn"),
    account("twitter:2", "Dr. Ada Vennick"),
    handle("twitter:3", "adalbert"),
    handle("twitter:4", "canada_teaches"),
    handle("twitter:5", "zoe"),
    account("twitter:5", "Zoë Ünal"),
]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("@ada_venn", "twitter:2"),
        ("ADA_VENN", "twitter:2"),
        ("Vennick", "twitter:2"),
        ("Ada", "twitter:3"),  # of three equal matches, the one of most contact
        ("teaches", "twitter:4"),
        ("adelbert", "twitter:3"),
        ("zoë ünal", "twitter:5"),
    ],
)
def test_a_name_finds_people_by_handle_by_name_and_nearly(typed: str, first: str) -> None:
    with filled(*PEOPLE) as store:
        with_days(store, {"twitter:2": 2, "twitter:3": 3, "twitter:4": 4, "twitter:5": 1})
        assert candidates(store, EGO, typed)[0].account == first


@pytest.mark.parametrize("typed", ["", "@", "  ", "nobody at all", "%", "ada'; DROP TABLE posts", "x" * 5000])
def test_a_name_of_nobody_finds_nobody(typed: str) -> None:
    with filled(*PEOPLE) as store:
        with_days(store, {"twitter:2": 2, "twitter:3": 3, "twitter:4": 4})
        assert candidates(store, EGO, typed) == []


def test_a_beginning_of_a_word_goes_before_a_part_of_it() -> None:
    with filled(*PEOPLE) as store:
        with_days(store, {"twitter:2": 1, "twitter:3": 1, "twitter:4": 9})
        assert [each.account for each in candidates(store, EGO, "ada")] == [
            "twitter:2",
            "twitter:3",
            "twitter:4",
        ]


# --- answers -------------------------------------------------------------------------------------


def test_only_what_was_said_before_the_first_look_is_blind() -> None:
    with filled(source(owner=EGO)) as store:
        with_days(store, {"twitter:2": 5, "twitter:3": 5, "twitter:4": 5})
        put_name(store, EGO, "Nine", "twitter:9", "python", NOW)
        put_name(store, EGO, "Grandmother", None, None, NOW)
        one, other, third = draw(store, EGO)
        rate(store, one, 0, NOW)
        rate(store, third, None, NOW)
        mark_shown(store, EGO, NOW)
        rate(store, other, 3, NOW)
        expected = {
            "twitter:9": Answer(True, ("python",), None),
            one.account: Answer(False, (), 0),
        }
        assert blind_answers(store, EGO) == expected
        assert answers(store, EGO) == expected | {other.account: Answer(False, (), 3)}
        assert [row.elicited for row in ratings(store, EGO)] == ["blind", "later", "blind"]
        assert [row.position for row in names(store, EGO)] == [1, 2]


def test_answers_follow_links() -> None:
    with filled(source(owner=EGO), handle("twitter:2", "ada")) as store:
        with_days(store, {"twitter:2": 5})
        put_name(store, EGO, "Ada", "mastodon:@ada@home.example", "python", NOW)
        link(store, "twitter:2", "mastodon:@ada@home.example", said_at=NOW)
        assert blind_answers(store, EGO) == {"twitter:2": Answer(True, ("python",), None)}
        assert draw(store, EGO) == []


def test_a_rating_goes_to_the_one_asked_about() -> None:
    with filled(source(owner=EGO), source("b" * 64, "twitter:2")) as store:
        with_days(store, {"twitter:2": 5, "twitter:3": 5})
        for row in draw(store, EGO):
            rate(store, row, 1 if row.account == "twitter:2" else 2, NOW)
        assert {key: answer.rating for key, answer in answers(store, EGO).items()} == {
            "twitter:2": 1,
            "twitter:3": 2,
        }
        assert answers(store, "twitter:2") == {}


# --- beside the roles ----------------------------------------------------------------------------


def with_roles(store: Store, **roles: str) -> Any:
    """Ego's network with these people and roles alone."""
    network = mapped(store)
    empty: dict[str, Any] = dict.fromkeys(Person._fields)
    people = [
        Person(**(empty | {"account": key.replace("_", ":"), "roles": held})) for key, held in roles.items()
    ]
    return network._replace(people=people)


def test_remembered_forgotten_and_not_visible() -> None:
    records = [source(owner=EGO), *covered(EGO), handle(EGO, "ego"), handle("twitter:7", "cy")]
    with filled(*records, post(1, EGO, reply_to="twitter:2")) as store:
        network = with_roles(
            store,
            twitter_2="mentor?",
            twitter_3="peer_mentor",
            twitter_4="role_model?;gone_quiet",
            twitter_5="just_in_time_helper?",
            twitter_6="mentee",
        )
        with_days(store, {"twitter:3": 5, "twitter:4": 5, "twitter:6": 5})
        put_name(store, EGO, "two", "twitter:2", "python", NOW)
        put_name(store, EGO, "seven", "twitter:7", None, NOW)
        put_name(store, EGO, "Grandma", None, "knitting", NOW)
        for row in draw(store, EGO):
            rate(store, row, {"twitter:3": 2, "twitter:4": 1, "twitter:6": 3}[row.account], NOW)
        found = compare(store, network)
    assert [person.account for person, _ in found.remembered] == ["twitter:2", "twitter:3"]
    # Of five there was one single help: nobody remembers that, and nobody is told they forgot it.
    assert [(person.account, answer) for person, answer in found.forgotten] == [
        ("twitter:4", Answer(False, (), 1))
    ]
    assert found.not_visible == [("id 6", Answer(False, (), 3)), ("@cy", Answer(True, (), None))]
    assert found.nowhere == [("Grandma", "knitting")]
    assert found.blind
