"""Help episodes in long talks, and what holds of them in whatever threads."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plnmap.analysis.help.episodes import episodes
from plnmap.model import Episode
from tests.analysis.threads import (
    ADA,
    ASK,
    BO,
    EGO,
    OFFER,
    OFFERED,
    RULES,
    SECOND,
    THANKS,
    Told,
    fill,
    find,
    only,
    says,
    together,
)
from tests.records import in_memory


def long_talk(turns: int, hours: float = 1.0, *, takes: tuple[str, ...] = ("uptake",)) -> list[Told]:
    """Ego and Ada answer each other in turn, `turns` times each, over so many hours in all."""
    last = 2 * turns - 1
    return [
        says(
            1 + n,
            ADA if n % 2 else EGO,
            hours * n / last,
            *(("advice",) if n == 1 else takes if n == last - 1 else ()),
            to=EGO if n % 2 else ADA,
            under=n or None,
            text="@x one two",
        )
        for n in range(last + 1)
    ]


@pytest.fixture(scope="module")
def talks() -> dict[str, list[Episode]]:
    """Long talks, and some that are not."""
    monologue: list[Told] = [says(20 + n, ADA, 1 + n / 10, to=EGO, under=2, text="@x one") for n in range(5)]
    return together(
        {
            "three turns": long_talk(3),
            "thanks": long_talk(3, takes=("help_thanks",)),
            "within 48 hours": long_talk(3, 48),
            "longer": long_talk(3, 48 + SECOND),
            "two turns": long_talk(2),
            "a monologue": [*long_talk(2), *monologue],
            "nothing taken up": long_talk(3, takes=()),
        }
    )


@pytest.mark.parametrize(
    ("case", "mentoring"),
    [
        ("three turns", True),
        ("thanks", True),
        ("within 48 hours", True),
        ("longer", False),
        ("two turns", False),
        ("a monologue", False),
        ("nothing taken up", False),
    ],
)
def test_three_turns_each_with_an_offer_and_its_uptake_are_a_mentoring_conversation(
    case: str, mentoring: bool, talks: dict[str, list[Episode]]
) -> None:
    assert [(each.direction, each.mentoring_conversation) for each in talks[case]] == [("in", mentoring)]


# --- what must always hold -----------------------------------------------------------------------

accounts = st.sampled_from([EGO, ADA, BO])
rows_drawn = st.lists(
    st.tuples(
        accounts,
        st.floats(0, 100),
        st.sets(st.sampled_from(["question", "advice", "help_thanks", "uptake", "gratitude"]), max_size=2),
        st.one_of(st.none(), accounts),
        st.one_of(st.none(), st.integers(1, 9)),
        st.booleans(),
    ),
    min_size=3,
    max_size=9,
)


@settings(max_examples=8, deadline=None)
@given(rows_drawn, st.randoms())
def test_neither_order_nor_what_others_say_to_each_other_matters(
    rows: list[tuple[Any, ...]], chance: random.Random
) -> None:
    told: list[Told] = [
        says(n, who, hours, *sorted(does), to=to, under=under, at_precision="second" if exact else "day")
        for n, (who, hours, does, to, under, exact) in enumerate(rows, start=1)
    ]
    found = find(*told)
    others: list[Told] = [
        says(101, "twitter:8", 1, "question"),
        says(102, "twitter:9", 2, "advice", to="twitter:8", under=101),
        says(103, "twitter:8", 3, "help_thanks", to="twitter:9", under=102),
    ]
    assert find(*chance.sample([*told, *others], len(told) + 3)) == found
    talks = [(each.account, each.direction, each.conversation) for each in found]
    days = [(each.account, each.direction, each.day) for each in found]
    assert len(talks) == len(set(talks))
    assert len(days) == len(set(days))
    assert all(each.hours_to_answer is None or 0 <= each.hours_to_answer <= 72 for each in found)
    assert [each.day for each in found] == sorted((each.day for each in found), reverse=True)


def test_a_thread_of_more_than_a_thousand_posts_ends() -> None:
    chain: list[Told] = [
        says(100 + n, BO, n / 1000, to=EGO, under=(99 + n) if n else 1, text="@x") for n in range(1100)
    ]
    assert only(ASK, *chain, says(5000, ADA, 2, "advice", to=EGO, under=1199)).kind == OFFERED


def test_what_is_remembered_is_what_was_found() -> None:
    with in_memory() as store:
        ego = fill(store, [ASK, OFFER, THANKS])
        assert ego.t0 is not None
        last = ego.t0.date()
        found = episodes(store, ego, last)
        store.connection.execute("DELETE FROM acts")
        assert episodes(store, ego, last) == found != []
        assert episodes(store, ego, last, replace(RULES, answer_words=6)) == []
        # Nothing of the work stays behind.
        assert store.rows("SELECT 1 FROM duckdb_tables() WHERE temporary") == []
