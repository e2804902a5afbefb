"""Topics by person, on posts few enough to count by hand."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from plnmap.analysis.derived import derive_ties
from plnmap.analysis.egos import choose_ego
from plnmap.analysis.topics.by_person import (
    MOST_TERMS,
    TopicCount,
    TopicsByPerson,
    _in_turn,
    topics_by_person,
)
from plnmap.store import Store
from tests.records import filled
from tests.test_people import ADA, BO, EGO, one_archive, reply

LAST = date(2021, 1, 1)


def looked_up(store: Store, about: dict[str, list[str]]) -> TopicsByPerson:
    """The table of the one ego."""
    derive_ties(store, lambda text: None)
    return topics_by_person(store, choose_ego(store, None), LAST, about)


def test_posts_that_name_a_topic_are_counted_once_each() -> None:
    posts = (
        reply(1, EGO, ADA, 1, "@ada #bread and an oven for the #bread"),
        reply(2, EGO, ADA, 2, "@ada #Bread"),
        reply(3, EGO, BO, 2, "@bo the oven, https://bakery.example/oven", links=["https://bakery.example/x"]),
        reply(4, EGO, BO, 1500, "@bo the oven, too late"),
    )
    with filled(*one_archive(*posts)) as store:
        found = looked_up(store, {BO: ["oven", "bakery.example"], ADA: ["#bread"]})
    assert found == TopicsByPerson(
        [BO, ADA],
        ["oven", "#bread", "bakery.example"],
        [
            TopicCount(ADA, "#bread", 2),
            TopicCount(ADA, "oven", 1),
            TopicCount(BO, "bakery.example", 1),
            TopicCount(BO, "oven", 1),
        ],
    )


def test_nobody_and_nothing() -> None:
    with filled(*one_archive(reply(1, EGO, ADA, 1, "@ada #bread"))) as store:
        assert looked_up(store, {}) == TopicsByPerson([], [], [])
        assert looked_up(store, {ADA: ["#trains"]}) == TopicsByPerson([], [], [])


@given(
    st.lists(st.lists(st.sampled_from("abcdefghijklmnopqrstuvwxyz"), max_size=6, unique=True), max_size=12)
)
def test_everybody_gets_a_turn_before_anybody_gets_two(topics: list[list[str]]) -> None:
    chosen = _in_turn(topics)
    assert len(chosen) == len(set(chosen)) == min(MOST_TERMS, len({term for each in topics for term in each}))
    firsts = {each[0] for each in topics if each}
    assert set(chosen[: len(firsts)]) == firsts
