"""What passed between two people, read from posts: conversations, and what each act is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import numpy as np
import pytest

from plnmap.analysis.contact.contacts import load_contacts
from plnmap.analysis.derived import derive_acts, derive_ties
from plnmap.analysis.egos import choose_ego
from plnmap.analysis.help.traces import FLAGS, Traces, read_traces
from plnmap.model import DirectMessageDay, Post, Reaction
from tests.records import at, covered, filled, handle, post, put, source

EGO, ADA, BO = "twitter:1", "twitter:2", "twitter:3"


@contextmanager
def traced(*records: tuple[Any, ...], theirs: tuple[Post, ...] = ()) -> Iterator[Traces]:
    """Traces of ego's archive, and of Ada's where posts of hers are given."""
    names = [handle(EGO, "ego"), handle(ADA, "ada"), handle(BO, "bo")]
    with filled(source(owner=EGO), *covered(EGO), *names, *records) as store:
        if theirs:
            put(store, source("b" * 64, owner=ADA, other_side=True), *covered(ADA), *theirs, origin="b" * 64)
        derive_ties(store, lambda text: None)
        derive_acts(store, lambda text: None)
        ego = choose_ego(store, "1")
        yield read_traces(store, ego, load_contacts(store, ego, None))


def answer(number: int, day: str, to_post: int | None = None, author: str = EGO, **fields: Any) -> Post:
    """A reply of ego's to Ada, or of Ada's to ego."""
    whom = ADA if author == EGO else EGO
    told = {"reply_to": whom, "reply_to_post": None if to_post is None else f"twitter:{to_post}"}
    return post(number, author, day, **told | {"text": "@x yes"} | fields)


def flags_of(some: Traces, row: int = 0) -> set[str]:
    return {name for name in FLAGS if some.flags[name][row]}


@pytest.mark.parametrize(
    ("posts", "conversations"),
    [
        # What each answers is not in the file: one conversation a day and person.
        ([answer(1, "2020-01-01", 90), answer(2, "2020-01-01", 91), answer(3, "2020-01-02", 90)], [0, 0, 1]),
        # Two threads that ego began, each held from its root on.
        (
            [
                post(1, EGO, "2020-01-01", text="@ada hello", mentions=[ADA]),
                answer(2, "2020-01-02", 1),
                answer(3, "2020-01-05", 2),
                post(4, EGO, "2020-01-05", text="@ada and now", mentions=[ADA]),
            ],
            [0, 0, 0, 1],
        ),
        # The source names the thread.
        (
            [
                answer(1, "2020-01-01", 90, conversation="twitter:80"),
                answer(2, "2020-01-01", 91, conversation="twitter:81"),
                answer(3, "2020-03-01", 92, conversation="twitter:80"),
            ],
            [0, 1, 0],
        ),
        # A circle has no root, and neither has what answers itself.
        ([answer(1, "2020-01-01", 2), answer(2, "2020-01-01", 1), answer(3, "2020-01-02", 3)], [0, 0, 1]),
    ],
)
def test_conversations(posts: list[Post], conversations: list[int]) -> None:
    with traced(*posts) as some:
        assert some.conversation.tolist() == conversations
        assert some.conversations == max(conversations) + 1


def test_a_long_thread_is_followed_to_its_root() -> None:
    thread = [answer(n, "2020-01-01", n - 1) for n in range(2, 300)]
    with traced(post(1, EGO, "2020-01-01", text="@ada hello", mentions=[ADA]), *thread) as some:
        assert some.conversations == 1
    with traced(*thread) as some:
        assert set(some.conversation.tolist()) == {0}
    with traced(*thread, answer(500, "2020-01-02", 299)) as some:
        # Its root is not held, so the next day is another conversation.
        assert some.conversations == 2


ACTS: Final[list[tuple[tuple[Any, ...], set[str]]]] = [
    (answer(1, "2020-01-01"), {"contact", "reply", "addressed", "readable", "chat"}),
    (answer(2, "2020-01-02", lang="de"), {"contact", "reply", "addressed", "chat"}),
    (
        answer(3, "2020-01-03", text="@ada Thanks for the tip, that fixed the build!"),
        {"contact", "reply", "addressed", "readable", "thanking", "thanks"},
    ),
    (
        answer(4, "2020-01-04", text="@ada You should try the csv module"),
        {"contact", "reply", "addressed", "readable", "offers"},
    ),
    (
        answer(5, "2020-01-05", text="@ada Thanks for the tip, you should try the csv module"),
        {"contact", "reply", "addressed", "readable", "thanking", "thanks"},
    ),
    (answer(6, "2020-01-06", hashtags=["birds"]), {"contact", "reply", "addressed", "readable"}),
    (
        answer(7, "2020-01-07", links=["https://birds.example"]),
        {"contact", "reply", "addressed", "readable"},
    ),
    (
        post(8, EGO, "2020-01-08", text="How birds find north, via @ada", mentions=[ADA]),
        {"contact", "readable", "credit", "by_name", "named"},
    ),
    (
        post(9, EGO, "2020-01-09", text="so true", quote_of=ADA, quote_of_post="twitter:98"),
        {"contact", "readable", "credit", "quoted"},
    ),
    (
        post(10, EGO, "2020-01-10", text="RT @ada: x", boost_of=ADA, boost_of_post="twitter:97"),
        {"attention", "boosted"},
    ),
    (Reaction(EGO, "favourite", "twitter:99", ADA, at("2020-01-11"), "second", None), {"attention"}),
    (DirectMessageDay(EGO, ADA, date(2020, 1, 12), 4), {"contact"}),
]
"""One act of ego's towards Ada on each day, and what is said of it."""


def test_what_an_act_is() -> None:
    with traced(*(one for one, _ in ACTS)) as some:
        assert some.by_ego.tolist() == [True] * len(ACTS)
        in_order = np.argsort(some.day).tolist()
        assert [flags_of(some, row) for row in in_order] == [flags for _, flags in ACTS]


def test_one_subject_makes_a_day_of_more_than_chat() -> None:
    chat, link = answer(1, "2020-01-01"), answer(2, "2020-01-01", links=["https://birds.example"])
    with traced(chat, link, answer(3, "2020-01-02")) as some:
        assert some.flags["chat"].tolist() == [False, False, True]


def test_passing_on_an_answer_makes_nobody_seen() -> None:
    root = post(8, ADA, "2020-01-01")
    reply = answer(9, "2020-01-01", 7, author=ADA)
    boosts = [
        post(n, EGO, "2020-01-02", text="RT @ada: x", boost_of=ADA, boost_of_post=f"twitter:{n + 7}")
        for n in (1, 2, 3)
    ]
    with traced(*boosts, theirs=(root, reply)) as some:
        # Of posts 8, a root, 9, an answer, and 10, which the file lacks.
        assert some.flags["boosted"][some.rows("attention")].tolist() == [True, False, True]


QUESTION = "@ada Which library do you use for csv?"
OFFER = "@ego You should try the csv module"


@pytest.mark.parametrize(
    ("later", "answered"),
    [
        (timedelta(hours=72), True),
        (timedelta(hours=72, seconds=1), False),
        (timedelta(0), True),
        (timedelta(seconds=-1), False),
    ],
)
def test_an_answer_counts_within_three_days(later: timedelta, answered: bool) -> None:
    asked = datetime(2020, 1, 1, 12, tzinfo=UTC)
    question = answer(1, "2020-01-01", text=QUESTION, happened_at=asked)
    theirs = answer(2, "2020-01-01", 1, author=ADA, text=OFFER, happened_at=asked + later)
    with traced(question, theirs=(theirs,)) as some:
        assert some.flags["answered"].any() == answered


def test_only_an_offer_answers_and_only_a_question_is_answered() -> None:
    question, statement = answer(1, "2020-01-01", text=QUESTION), answer(2, "2020-01-01")
    nod = answer(3, "2020-01-01", 1, author=ADA, text="@ego no idea")
    offer = answer(4, "2020-01-01", 2, author=ADA, text=OFFER)
    with traced(question, statement, theirs=(nod, offer)) as some:
        assert not some.flags["answered"].any()
        assert some.flags["offers"].any()


@pytest.mark.parametrize(
    ("text", "thanks", "thanking"),
    [
        ("@ada thanks for your help with the csv files", True, True),
        ("@ada thanks for the follow!", False, True),
        ("@ada I like the library", False, False),
    ],
)
def test_thanks_for_help_are_among_all_thanks(text: str, thanks: bool, thanking: bool) -> None:
    with traced(answer(1, "2020-01-01", text=text)) as some:
        assert some.flags["thanks"].tolist() == [thanks]
        assert some.flags["thanking"].tolist() == [thanking]


def test_an_answer_is_known_by_whoever_the_handle_belongs_to() -> None:
    """The same help, whether its source names its author by id or by handle."""
    question = answer(1, "2020-01-01", text=QUESTION)
    theirs = answer(2, "2020-01-01", 1, author=ADA, text=OFFER)._replace(author="twitter:@ada")
    with traced(question, theirs=(theirs,)) as some:
        assert some.flags["answered"].sum() == 1


def test_a_side_that_is_not_covered_is_not_read() -> None:
    collected = answer(2, "2020-01-01", 1, author=ADA, text=OFFER, authority=1)
    with traced(answer(1, "2020-01-01", text=QUESTION), collected) as some:
        assert some.by_ego.all()


def test_what_is_not_dated_is_read_but_on_no_day() -> None:
    with traced(answer(1, None)) as some:  # type: ignore[arg-type]
        assert some.rows("reply").tolist() == [True]
        assert not some.rows("reply", first=-1e9).any()


def test_what_answers_a_call_for_help_is_an_offer_whatever_its_wording() -> None:
    call = post(1, ADA, "2020-01-01", text="Does anyone know how birds find north?")
    talk = post(2, ADA, "2020-01-02", text="How are you today?")
    words = "@ada they feel the field of the earth"
    below_call, below_talk = answer(3, "2020-01-01", 1, text=words), answer(4, "2020-01-02", 2, text=words)
    below_nothing = answer(5, "2020-01-03", 99, text=words)
    with traced(below_call, below_talk, below_nothing, theirs=(call, talk)) as some:
        said = {"contact", "reply", "addressed", "readable"}
        assert [flags_of(some, row) for row in np.argsort(some.day).tolist()] == [
            said | {"below", "offers", "answered"},
            said | {"below", "chat"},
            said | {"chat"},
        ]


@pytest.mark.parametrize(
    "call",
    [
        post(
            1,
            ADA,
            "2020-01-01",
            text="Any tips for finding north? https://a.example",
            links=["https://a.example"],
        ),
        post(1, ADA, "2020-01-01", text="@bo no idea how to find north", reply_to=BO),
        post(1, EGO, "2020-01-01", text="Does anyone know how birds find north?"),
    ],
    ids=["a headline", "no more than that ada does not know", "ego's own thread"],
)
def test_a_post_above_is_read_as_it_would_be_by_itself(call: Post) -> None:
    reply = answer(2, "2020-01-02", 1, text="@ada they feel the field of the earth")
    with traced(reply, call) if call.author == EGO else traced(reply, theirs=(call,)) as some:
        assert not some.flags["offers"].any()
