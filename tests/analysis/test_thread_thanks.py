"""Thanks that only the thread shows to be for help."""

from __future__ import annotations

from typing import Any

import pytest

from plnmap.analysis.derived import derive_acts
from plnmap.model import Post
from tests.records import filled, post
from tests.test_people import ADA, BO, EGO, day

QUESTION = "@ada how do you keep bread from going stale?"
ANSWER = "@ego in a linen bag, never in the fridge at all"
OFFER = "@ego you should try a linen bag"


def said(
    number: int, author: str, to: str | None, above: int | None, text: str, hours: float = 0, **more: Any
) -> Post:
    """A post some hours after noon of the first day, below another."""
    from datetime import timedelta

    return post(
        number, author, None, happened_at=day(0) + timedelta(hours=hours), at_precision="second",
        reply_to=to, reply_to_post=f"twitter:{above}" if above else None, text=text, **more,
    )  # fmt: skip


def thread(
    *,
    question: str = QUESTION,
    answer: str = ANSWER,
    thanks: str = "@ada thank you!",
    answered: float = 1,
    thanked: float = 2,
    by: str = EGO,
) -> list[Post]:
    """Ego asks Ada, Ada answers, somebody thanks."""
    return [
        said(1, EGO, ADA, None, question),
        said(2, ADA, EGO, 1, answer, answered),
        said(3, by, ADA, 2, thanks, thanked),
    ]


def rules(posts: list[Post]) -> list[str]:
    """By which rules the last post is thanks for help."""
    with filled(*posts) as store:
        derive_acts(store, lambda text: None)
        found = store.rows("SELECT rule FROM acts WHERE act = 'help_thanks' AND post = 'twitter:3'")
    return [rule for (rule,) in found]


def test_thanks_below_an_answer_to_ones_own_question() -> None:
    assert rules(thread()) == ["thread.answer"]


def test_uptake_below_advice_that_nobody_asked_for() -> None:
    assert rules(thread(question="@ada the bread is stale again", answer=OFFER, thanks="@ada will do")) == [
        "thread.offer"
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"question": "@ada the bread is stale again"},  # nothing was asked, nothing offered
        {"answer": "@ego no idea, sorry"},  # four words
        {"thanks": "@ada thanks for the retweet!"},
        {"thanks": "@ada thanks in advance"},
        {"thanks": "@ada lovely weather today"},
        {"thanks": "@ada will do"},  # taken up, but not from advice
        {"answer": "@ego thank you so much for asking me that"},
        {"by": BO},  # somebody else's question
        {"answered": 73, "thanked": 74},
        {"answered": 1, "thanked": 74},
        {"answered": 3, "thanked": 2},  # a clock that is off
    ],
)
def test_what_is_no_thanks_for_an_answer(change: dict[str, Any]) -> None:
    assert rules(thread(**change)) == []


@pytest.mark.parametrize(("answered", "thanked", "found"), [(72, 144, 1), (72, 144.1, 0), (72.1, 100, 0)])
def test_answers_and_thanks_have_three_days_each(answered: float, thanked: float, found: int) -> None:
    assert len(rules(thread(answered=answered, thanked=thanked))) == found


def test_what_the_words_show_is_not_told_twice() -> None:
    (rule,) = rules(thread(thanks="@ada thank you for the tip!"))
    assert rule.startswith("en.gratitude")


def test_without_the_posts_above_nothing_is_known() -> None:
    assert rules(thread()[2:]) == []


def test_a_thread_that_answers_itself_in_a_circle() -> None:
    posts = thread()
    posts[0] = posts[0]._replace(reply_to=ADA, reply_to_post="twitter:3")
    assert len(rules(posts)) == 1
