"""On what people help: shared words first, then single ones, on posts few enough to read."""

from __future__ import annotations

import json
from datetime import date

import pytest

from plnmap.analysis.derived import derive_acts, derive_ties
from plnmap.analysis.egos import choose_ego
from plnmap.analysis.help.gratitude import thanked
from plnmap.analysis.help.helping import evidence
from plnmap.analysis.map.table import map_table
from plnmap.analysis.people import Network
from plnmap.analysis.settings import Settings, TopicRules
from plnmap.analysis.story import tell
from plnmap.analysis.summary import summarise
from plnmap.analysis.topics.about import UNCLEAR, About, about_people
from plnmap.analysis.topics.terms import Topic
from plnmap.model import Post
from plnmap.report.sharing import conceal, pseudonyms
from plnmap.store import Store
from tests.records import filled
from tests.test_people import ADA, BO, EGO, mapped, one_archive, reply

THANKS = "Thanks for the tip"


def thanks(number: int, when: int, text: str, to: str = ADA, **fields: object) -> Post:
    """Ego thanks somebody for help on a day."""
    return reply(number, EGO, to, when, f"@x {THANKS}, {text}", **fields)


def heard(store: Store, last: date = date(2021, 1, 1)) -> Network:
    """The network of the one ego without its scores, which say nothing about topics."""
    derive_ties(store, print)
    derive_acts(store, print)
    ego = choose_ego(store, None)
    return Network(ego, last, "index", "", [], evidence(store, ego, last), [], [], Settings(), "strength")


def about(*posts: Post) -> About:
    """What the tie to Ada is about."""
    with filled(*one_archive(*posts)) as store:
        return about_people(store, heard(store)).get(ADA, UNCLEAR)


def received(*posts: Post) -> list[tuple[str, int]]:
    """What Ada helped ego with, and how many of her helps name it."""
    return [(topic.term, topic.times) for topic in about(*posts).received]


def test_what_two_helps_share_comes_before_what_one_names() -> None:
    posts = (thanks(1, 1, "an oven stone"), thanks(2, 60, "the oven glows"), thanks(3, 120, "rye"))
    assert about(*posts).received == [Topic("oven", 2, 2 / 3), Topic("rye", 1, 1 / 3)]


def test_a_help_that_shares_a_word_has_said_what_it_is_about() -> None:
    # The stone of the first help is not told apart.
    assert received(thanks(1, 1, "oven and stone"), thanks(2, 60, "oven")) == [("oven", 2)]


def test_five_terms_at_most_those_of_most_helps_first() -> None:
    words = ("loom", "weft", "warp", "shuttle", "bobbin", "heddle")
    posts = [thanks(number, 40 * number, word) for number, word in enumerate(words)]
    again = thanks(9, 300, "heddle")
    assert received(*posts, again)[0] == ("heddle", 2)
    assert [times for _, times in received(*posts, again)] == [2, 1, 1, 1, 1]


def test_a_word_said_twice_on_one_day_is_one_help() -> None:
    assert received(thanks(1, 1, "oven"), thanks(2, 1, "oven")) == [("oven", 1)]


WORDINGS = {
    "sourdough starter": "sourdough starter",
    "pizza, dough": "dough",
    "spelt of barley": "barley",
    "malt hops yeast": "malt hops yeast",
    # Four in a row are no phrase any more.
    "loom shuttle weft cards": "cards",
    # Generic words speak only beside others.
    "the lesson": None,
    "final lesson": None,
    "osmosis lesson": "osmosis lesson",
    # Manners and private matters say nothing, and a word on the block list ends a phrase.
    "it helped": None,
    "really": None,
    "stretching": None,
    "my cancer": None,
    "my wife": None,
    "#election": None,
    "millet cancer flour": "flour",
}
"""What ego thanked somebody for, and what is said that they helped with."""


def test_which_words_speak_for_a_single_help() -> None:
    people = {f"twitter:{number}": text for number, text in enumerate(WORDINGS, 100)}
    posts = [thanks(int(who[8:]), 1, text, who) for who, text in people.items()]
    with filled(*one_archive(*posts)) as store:
        found = about_people(store, heard(store))
    said = {text: [topic.term for topic in found.get(who, UNCLEAR).received] for who, text in people.items()}
    assert said == {text: [term] if term else [] for text, term in WORDINGS.items()}


@pytest.mark.parametrize(("others", "first"), [(1, "oven"), (2, "#rye")])
def test_a_hashtag_comes_first_if_it_is_used_elsewhere(others: int, first: str) -> None:
    elsewhere = [reply(10 + n, EGO, BO, n, "@bo #rye") for n in range(others)]
    elsewhere += [reply(20, EGO, ADA, 9, "@ada the oven"), reply(21, EGO, BO, 9, "@bo the oven")]
    assert received(thanks(1, 1, "oven #rye"), *elsewhere) == [(first, 1)]


def test_a_word_that_the_two_use_again_beats_an_accident() -> None:
    again = reply(5, EGO, ADA, 50, "@ada how is the yeast?")
    assert received(thanks(1, 1, "so alfalfa and yeast"), again) == [("yeast", 1)]
    assert received(thanks(1, 1, "so alfalfa and yeast")) == [("alfalfa", 1)]


def test_question_answer_and_thanks_are_one_help() -> None:
    question = reply(1, EGO, ADA, 1, "@ada how do you keep yeast?", post="twitter:11")
    answer = reply(
        2,
        ADA,
        EGO,
        1,
        "@ego you should try more of the yeast, colder",
        reply_to_post="twitter:11",
        post="twitter:12",
    )
    grateful = reply(3, EGO, ADA, 2, "@ada Thanks for the tip!", reply_to_post="twitter:12")
    assert received(question, answer, grateful) == [("yeast", 1)]


def test_what_ego_helped_others_with_is_told_only_where_helps_agree() -> None:
    given = [
        reply(n, EGO, ADA, n * 40, f"@ada you should try {what}") for n, what in enumerate(["rye", "spelt"])
    ]
    assert about(*given).given == []
    agreeing = [*given, reply(9, EGO, ADA, 200, "@ada have you tried the rye?")]
    assert [(topic.term, topic.times) for topic in about(*agreeing).given] == [("rye", 2)]


def test_nobody_and_nothing() -> None:
    assert about(reply(1, EGO, ADA, 1, "@ada hello")) == UNCLEAR
    with filled(*one_archive()) as store:
        assert about_people(store, heard(store)) == {}


def test_all_screens_read_the_same() -> None:
    posts = [thanks(n, n * 40, "the oven glows #rye") for n in range(4)]
    with filled(*one_archive(*posts)) as store:
        network = mapped(store)
        expected = about_people(store, network)[ADA]
        (helper,) = summarise(store, network).helpers
        assert helper.person.account == ADA
        assert summarise(store, network).about == {ADA: expected}
        assert thanked(store, network).about == {ADA: expected}
        assert tell(store, network, "@ada").background.about == expected
        assert [row.about for row in map_table(store, network).rows if row.person.account == ADA] == [
            expected
        ]


def test_what_is_kept_in_the_file_is_what_was_found() -> None:
    with filled(*one_archive(thanks(1, 1, "oven"), thanks(2, 60, "oven #rye"))) as store:
        network = heard(store)
        found = about_people(store, network)
        assert kept(store) == json.loads(json.dumps(list(found.values())))
        assert about_people(store, network) == found
        # Another rule, another result.
        fewer = Settings(topics=TopicRules(episodes=3))
        assert about_people(store, network._replace(settings=fewer)) != found


def test_an_earlier_view_is_not_kept() -> None:
    with filled(*one_archive(thanks(1, 1, "oven"), thanks(2, 600, "rye"))) as store:
        earlier = heard(store, date(2019, 12, 31))
        assert [topic.term for topic in about_people(store, earlier)[ADA].received] == ["oven"]
        assert kept(store) is None


def kept(store: Store) -> object:
    """What the file remembers of it."""
    rows = store.rows("SELECT content FROM computed WHERE name = ?", [f"about {EGO}"])
    return json.loads(rows[0][0]) if rows else None


def shown(network: Network, *accounts: str) -> About:
    """What Ada's tie is said to be about where these accounts are shown."""
    found = About(ADA, [Topic("oven", 2, 1.0), Topic("rye bread", 1, 0.5)], [], [Topic("#loaf", 1, 0.0)])
    return conceal(found, pseudonyms(network, accounts))


def test_words_of_a_single_post_lead_to_it_and_are_left_out_where_somebody_is_hidden() -> None:
    with filled(*one_archive(thanks(1, 1, "oven"))) as store:
        network = mapped(store)
    assert [topic.term for topic in shown(network, ADA).received] == ["oven", "rye bread"]
    assert [topic.term for topic in shown(network).received] == ["oven"]
    assert shown(network).tie == []
