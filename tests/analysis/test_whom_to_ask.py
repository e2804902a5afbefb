"""Whom to ask: a document model small enough to compute by hand."""

from __future__ import annotations

from collections.abc import Iterable
from math import log2

import pytest

from plnmap.analysis.topics.whom_to_ask import Advice, whom_to_ask, words_of
from plnmap.errors import UsageError
from plnmap.model import Post
from plnmap.report.ask import render_ask
from plnmap.report.terminal import as_text
from tests.records import covered, filled, handle, source
from tests.test_people import ADA, BO, EGO, mapped, one_archive, reply


def asked(topic: str, *posts: Post) -> Advice:
    """Whom ego should ask, knowing only these posts."""
    (advice,) = asked_each([topic], *posts)
    return advice


def asked_each(topics: Iterable[str], *posts: Post) -> list[Advice]:
    """The same for several topics."""
    with filled(*one_archive(*posts)) as store:
        network = mapped(store)
        return [whom_to_ask(store, network, topic) for topic in topics]


BREAD, TRAIN = "@ada your bread rises", "@bo the train left at noon"


def test_the_likelihood_by_hand() -> None:
    advice = asked("bread", reply(1, EGO, ADA, 1, BREAD), reply(2, EGO, BO, 2, TRAIN))
    # Words by their spaces: 4 and 6, one of ten is "bread". λ = 30/(30 + 4), p(t|C) = 0.1:
    # (4/34 · 1/4 + 30/34 · 0.1) / 0.1 = 1.17647, or 0.23 bits; Bo's post holds no such word and is no match.
    (ada,) = advice.candidates
    assert ada.score == pytest.approx(log2((4 / 34 / 4 + 30 / 34 * 0.1) / 0.1))
    assert (ada.person.account, ada.matching, ada.documents, ada.answered) == (ADA, 1, 1, 0)
    assert ada.posts[0].text == BREAD


def test_each_post_on_it_speaks_for_somebody_and_others_not_against() -> None:
    posts = [reply(i, EGO, ADA, i, BREAD if i < 3 else TRAIN) for i in (1, 2, 3, 4)]
    (ada,) = asked("bread", *posts).candidates
    assert (ada.matching, ada.documents) == (2, 4)
    # Two of twenty words are "bread", as one of ten was.
    assert ada.score == pytest.approx(2 * log2((4 / 34 / 4 + 30 / 34 * 0.1) / 0.1))


def test_two_posts_on_it_are_more_than_one_however_many_on_other_things() -> None:
    advice = asked(
        "bread",
        reply(1, EGO, ADA, 1, BREAD),
        *(reply(i, EGO, BO, i, BREAD.replace("ada", "bo")) for i in (2, 3)),
        *(reply(i, EGO, BO, i, TRAIN) for i in range(4, 14)),
    )
    assert [each.person.account for each in advice.candidates] == [BO, ADA]


def test_a_post_counts_once_however_it_came() -> None:
    """A quote that names its author is one post, and an answer that also names somebody is one for each."""
    answer = reply(1, EGO, ADA, 1, BREAD)
    quote = answer._replace(reply_to=None, mentions=[ADA], quote_of=ADA, quote_of_post="twitter:90")
    for one in (answer, quote):
        (ada,) = asked("bread", one, reply(2, EGO, BO, 2, TRAIN)).candidates
        assert (ada.matching, ada.documents) == (1, 1)


def test_a_question_may_be_as_long_as_a_post() -> None:
    words = [f"word{n}" for n in range(400)]
    long = " ".join(words)
    advice = asked(long, reply(1, EGO, ADA, 1, f"@ada {long}"), reply(2, EGO, BO, 2, TRAIN * 99))
    assert [each.person.account for each in advice.candidates] == [ADA]
    assert 0 < advice.candidates[0].score < 1e4


def test_what_ego_thanked_for_counts_double() -> None:
    advice = asked(
        "bread",
        reply(1, EGO, ADA, 1, "@ada thanks for the bread tip!"),
        reply(2, EGO, ADA, 2, "@ada off to the station now"),
        reply(3, EGO, BO, 1, "@bo what a lovely bread shop"),
        reply(4, EGO, BO, 2, "@bo off to the station now"),
        reply(5, EGO, "twitter:4", 2, "@cy the train was late and so were all of us again"),
    )
    assert [c.person.account for c in advice.candidates] == [ADA, BO]
    assert [c.answered for c in advice.candidates] == [1, 0]


def test_singular_plural_hashtag_and_case_are_the_same() -> None:
    posts = [
        reply(i, EGO, ADA, i, text)
        for i, text in enumerate(["@ada #Wheels", "@ada a WHEEL!", "@ada (wheel)"])
    ]
    posts.append(reply(9, EGO, BO, 9, "@bo steering-wheels, wheelbarrow, @wheels https://x.example/cogwheel"))
    for advice in asked_each(["wheel", "Wheels", "#wheel"], *posts):
        found = {c.person.account: c.matching for c in advice.candidates}
        assert found[ADA] == 3
        assert found.get(BO, 0) <= 1


def test_nobody_yet_is_an_answer() -> None:
    advice = asked("juggling", reply(1, EGO, ADA, 1, "@ada your bread rises"))
    assert (advice.candidates, advice.terms, advice.unknown) == ([], [], ["juggling"])


def test_a_word_that_never_occurs_is_left_out_and_said() -> None:
    advice = asked(
        "juggling bread", reply(1, EGO, ADA, 1, "@ada bread"), reply(2, EGO, BO, 1, "@bo train soon")
    )
    assert (advice.terms, advice.unknown) == (["bread"], ["juggling"])
    assert [c.person.account for c in advice.candidates] == [ADA]


def test_a_slip_of_the_finger_gets_the_nearest_words_that_posts_hold() -> None:
    slips = {
        "podcastign": ["podcasting"],  # Two letters that changed places are one slip.
        "#wheles": ["wheels"],
        "pdcastng": ["podcasting"],  # Two slips in eight letters.
        "pdcastn": [],  # Three in seven.
        "pat": [],  # A word of three may have none.
        "theer": [],  # "there" is mere grammar,
        "brexti": [],  # and of this nothing is offered.
        "poat": ["boat", "coat", "goat"],  # The first three: pot is as near.
        "boat": [],  # This is known.
    }
    advice = asked(
        " ".join(slips),
        reply(1, EGO, ADA, 1, "@ada podcasting and #Podcasting on #Wheels, brexit"),
        reply(2, EGO, BO, 1, "@bo podcasting in a pot, there; the boat, a coat and a goat"),
    )
    assert advice.unknown == list(slips)[:-1]
    assert advice.alike == [word for words in slips.values() for word in words]
    evil = as_text(render_ask(advice._replace(alike=["br\x1b[2Jead", "[bold]rye"]), 3))
    assert "Did you mean br[2Jead or [bold]rye?" in evil
    assert "Did you mean" not in as_text(render_ask(advice._replace(alike=[]), 3))


def test_where_every_post_holds_the_word_nobody_stands_out() -> None:
    advice = asked("bread", reply(1, EGO, ADA, 1, "@ada bread"), reply(2, EGO, BO, 1, "@bo bread"))
    assert advice.candidates == []


def test_an_ego_without_posts_asks_in_vain() -> None:
    assert asked("bread").candidates == []


@pytest.mark.parametrize("topic", ["depression help", "my mortgage", "#brexit"])
def test_sensitive_topics_are_refused(topic: str) -> None:
    with pytest.raises(UsageError, match="infers nobody's link"):
        words_of(topic)


@pytest.mark.parametrize("topic", ["", "the of and", "  ", "?!", "\x1b[31m"])
def test_a_topic_needs_a_word(topic: str) -> None:
    if topic == "\x1b[31m":
        assert words_of(topic) == ["31m"]
        return
    with pytest.raises(UsageError, match="no word to look for"):
        words_of(topic)


def test_a_topic_is_no_pattern() -> None:
    topics = ["c++ (.*", "a.b", "[x", "\\d+", "wheels' \" ;drop table posts", "ine"]
    found = asked_each(topics, reply(1, EGO, ADA, 1, "@ada bread and wine"))
    assert [advice.candidates for advice in found] == [[]] * len(topics)


def test_one_step_away() -> None:
    cy, dee = "twitter:4", "twitter:5"
    posts = [
        reply(1, EGO, ADA, 1, "@ada hello there"),
        reply(2, ADA, cy, 2, "@cy Thanks for the tip about bread, that fixed it!"),
        reply(3, ADA, BO, 3, "@bo Thanks for the tip about bread, that fixed it!"),
        reply(4, EGO, BO, 3, "@bo hello there"),
        reply(5, ADA, dee, 2, "@dee Thanks for the tip about trains, that fixed it!"),
    ]
    ada = (source("b" * 64, owner=ADA, other_side=True), *covered(ADA), handle(cy, "cy"))
    with filled(*one_archive(*posts), *[r for r in ada if r[0] != "b" * 64]) as store:
        store.put_source(source("b" * 64, owner=ADA, other_side=True))
        advice = whom_to_ask(store, mapped(store), "bread")
    # Bo is ego's own acquaintance; Dee was thanked for something else.
    assert [(step.name, step.through, step.how) for step in advice.one_step_away] == [("@cy", ADA, "thanked")]
