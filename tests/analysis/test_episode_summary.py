"""What became of an ego's questions, and which episodes somebody wants to see."""

from __future__ import annotations

from datetime import date

import pytest

from plnmap.analysis.help.episode_summary import EpisodeSummary, choose_episodes, summarise_episodes
from plnmap.analysis.help.episodes import Said, episodes, matches_topic
from plnmap.store import open_store
from tests.analysis.threads import (
    ADA,
    ASK,
    BO,
    EGO,
    LAST,
    OFFER,
    THANKS,
    Told,
    fill,
    find,
    says,
)


@pytest.mark.parametrize(
    ("text", "topic", "found"),
    [
        ("We use #Python here", "python", True),
        ("We use python here", "#Python", True),
        ("pythons are snakes", "python", False),
        ("a monty  python film", "monty python", True),
        ("what is C++?", "c++", True),
        ("anything", "", False),
        ("anything", "#", False),
    ],
)
def test_a_topic_is_a_word_or_hashtag(text: str, topic: str, found: bool) -> None:
    assert matches_topic(text, topic) is found


def test_choosing() -> None:
    mine = find(ASK, OFFER, says(11, BO, 30, "advice", to=EGO))
    texts = {"twitter:2": Said("try #python", None)}
    assert choose_episodes(mine, texts) == mine
    assert [each.account for each in choose_episodes(mine, texts, account=BO)] == [BO]
    assert [each.account for each in choose_episodes(mine, texts, topic="python")] == [ADA]
    assert [each.account for each in choose_episodes(mine, texts, since=date(2020, 1, 2))] == [BO]
    assert choose_episodes(mine, texts, since=date(2020, 1, 3)) == []
    assert choose_episodes(mine, texts, direction="out") == []


def summed(*told: Told) -> EpisodeSummary:
    with open_store(None) as store:
        ego = fill(store, told)
        return summarise_episodes(store, ego, LAST, episodes(store, ego, LAST))


def test_from_one_side_answers_are_not_observed_never_0() -> None:
    more = says(7, EGO, 9, "question", "advice")  # "have you tried …?" asks for nothing
    about = summed(says(1, EGO, 0, "question", to=ADA), THANKS, more)
    assert (about.questions.value, about.acknowledged.value, about.helpers.value) == (1, 1, 1)
    assert (about.answered.status, about.answered.value) == ("not_observed", None)
    assert about.hours_to_answer.status == "not_observed"
    assert about.hardly_known.value == 1


def test_a_complete_and_empty_side_is_the_only_0() -> None:
    about = summed(says(1, EGO, 0, to=ADA))
    assert (about.questions.status, about.questions.value) == ("no_contact", 0)
    assert (about.acknowledged.status, about.acknowledged.value) == ("no_contact", 0)
    assert (about.helpers.status, about.helpers.value) == ("not_observed", None)
    assert (about.hardly_known.status, about.hardly_known.value) == ("not_observed", None)


def asked_and_answered(times: int) -> list[Told]:
    """On each of so many days a question that two people answer, on day n after n and n + 1 hours."""
    told: list[Told] = []
    for n in range(times):
        told.append(says(100 * n + 1, EGO, 24 * n, "question"))
        for number, (who, hours) in enumerate(((ADA, n + 1), (BO, n)), start=2):
            told.append(says(100 * n + number, who, 24 * n + hours, "advice", to=EGO, under=100 * n + 1))
    return told


def test_how_fast_is_the_median_of_the_first_answers_to_five_questions() -> None:
    four, five = summed(*asked_and_answered(4)), summed(*asked_and_answered(5))
    assert (four.answered.value, four.hours_to_answer.n) == (4, 4)
    assert (four.hours_to_answer.status, four.hours_to_answer.value) == ("insufficient", None)
    assert (five.answered.value, five.hours_to_answer.value) == (5, 2.0)
    assert (five.questions.value, five.helpers.value) == (5, 2)
    # Three days of contact before the last help are few, four are not.
    assert (four.hardly_known.value, five.hardly_known.value) == (2, 0)
