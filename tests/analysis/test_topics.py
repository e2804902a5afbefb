"""What ties are about, on posts few enough to count by hand."""

from __future__ import annotations

from datetime import date
from math import log

import pytest

from plnmap.analysis.derived import derive_ties
from plnmap.analysis.egos import choose_ego
from plnmap.analysis.settings import TopicRules
from plnmap.analysis.topics.of_ties import topics_of_ties
from plnmap.analysis.topics.terms import (
    Topic,
    is_sensitive,
    sensitive_pattern,
    stop_words,
    topic_terms,
    weak_words,
)
from plnmap.store import Store
from tests.records import account, filled
from tests.test_people import ADA, BO, EGO, one_archive, reply

EVERYTHING = TopicRules(documents=1, tokens=1, repeated=1, shared_by=1)
LAST = date(2021, 1, 1)


def topics(store: Store, rules: TopicRules = EVERYTHING) -> dict[str, list[Topic]]:
    """Topics of all ties of the one ego."""
    derive_ties(store, lambda text: None)
    ego = choose_ego(store, None)
    with topic_terms(store, ego, LAST):
        return topics_of_ties(store, ego, LAST, rules)


def weighed(found: dict[str, list[Topic]], who: str) -> set[str]:
    """Those of somebody's topics that set the tie apart from others."""
    return {topic.term for topic in found.get(who, []) if topic.weight > 0}


def test_weights_by_hand() -> None:
    posts = (
        reply(1, EGO, ADA, 1, "@ada #bread and an #oven for the #bread"),
        reply(2, EGO, BO, 2, "@bo #oven #train"),
    )
    with filled(*one_archive(*posts)) as store:
        found = topics(store)
    # Ada's class has 3 terms, Bo's 2: 2.5 on average. Every term occurs twice in all, but #train.
    assert [(topic.term, round(topic.weight, 6)) for topic in found[ADA]] == [
        ("#bread", round(2 / 3 * log(1 + 2.5 / 2), 6)),
        ("#oven", round(1 / 3 * log(1 + 2.5 / 2), 6)),
    ]
    assert [(topic.term, round(topic.weight, 6)) for topic in found[BO]] == [
        ("#train", round(1 / 2 * log(1 + 2.5 / 1), 6)),
        ("#oven", round(1 / 2 * log(1 + 2.5 / 2), 6)),
    ]


def test_a_plain_word_needs_one_post_more_than_a_hashtag() -> None:
    posts = [
        reply(1, EGO, ADA, 1, "@ada sourdough #bread"),
        reply(2, EGO, ADA, 2, "@ada sourdough rises"),
        reply(3, EGO, BO, 2, "@bo signals"),
    ]
    with filled(*one_archive(*posts)) as store:
        found = topics(store)
    assert {topic.term for topic in found[ADA]} == {"sourdough", "#bread"}
    assert BO not in found


@pytest.mark.parametrize(("posts", "is_there"), [(4, False), (5, True)])
def test_a_tie_needs_five_documents(posts: int, is_there: bool) -> None:
    said = [reply(number, EGO, ADA, number, "@ada oven #bread") for number in range(posts)]
    with filled(*one_archive(*said)) as store:
        found = topics(store, TopicRules(tokens=1, shared_by=1))
    assert weighed(found, ADA) == ({"oven", "#bread"} if is_there else set())


@pytest.mark.parametrize(("words", "is_there"), [(5, False), (6, True)])
def test_a_tie_needs_thirty_telling_words(words: int, is_there: bool) -> None:
    text = "@ada the " + " ".join(f"#tag{letter}" for letter in "abcdef"[:words])
    said = [reply(number, EGO, ADA, number, text) for number in range(5)]
    with filled(*one_archive(*said)) as store:
        found = topics(store, TopicRules(shared_by=1))
    assert bool(weighed(found, ADA)) == is_there


def test_a_thin_tie_has_its_hashtags_most_used_first() -> None:
    posts = [
        reply(1, EGO, ADA, 1, "@ada oven #bread #election"),
        reply(2, EGO, ADA, 2, "@ada oven #rye #Bread"),
    ]
    with filled(*one_archive(*posts)) as store:
        found = topics(store, TopicRules())
    assert found == {ADA: [Topic("#bread", 2, 0.0), Topic("#rye", 1, 0.0)]}


@pytest.mark.parametrize(("users", "is_there"), [(2, False), (3, True)])
def test_a_word_that_few_ties_use_is_no_subject(users: int, is_there: bool) -> None:
    people = [ADA, BO, "twitter:4"][:users]
    said = [reply(i, EGO, person, i, "@x #bread") for i, person in enumerate(people)]
    with filled(*one_archive(*said)) as store:
        found = topics(store, TopicRules(documents=1, tokens=1, repeated=1))
    assert bool(weighed(found, ADA)) == is_there


def test_links_count_by_site_and_services_say_nothing() -> None:
    links = ["https://www.crumb.ac.uk/loaf?x=1", "https://youtube.com/watch", "https://blog.crust.example/a"]
    with filled(*one_archive(reply(1, EGO, ADA, 1, "@ada see", links=links))) as store:
        found = topics(store)
    assert {topic.term for topic in found[ADA]} == {"crumb.ac.uk", "crust.example"}


def test_addresses_handles_names_and_sensitive_words_are_no_topics() -> None:
    text = "RT @baker@ovens.example: #ada #lovelace #chemotherapy #bread https://x.example/loaf don’t http…"
    with filled(*one_archive(reply(1, EGO, ADA, 1, text)), account(ADA, "A. Lovelace")) as store:
        found = topics(store)
    assert [topic.term for topic in found[ADA]] == ["#bread"]


def test_a_site_of_their_own_name_is_no_topic() -> None:
    links = ["https://adalovelace.example/notes", "https://looms.example/cards"]
    with filled(
        *one_archive(reply(1, EGO, ADA, 1, "@ada see", links=links)), account(ADA, "Ada Lovelace")
    ) as store:
        assert [topic.term for topic in topics(store)[ADA]] == ["looms.example"]


@pytest.mark.parametrize(
    ("texts", "term"),
    [
        (["@ada Thanks Augusta, a fine loom"] * 2, "augusta"),
        (["@ada Good find Augusta, thanks"] * 2, "augusta"),
        # What is mostly written small is a thing, thanked or not.
        (["@ada Thanks Looms! looms and looms"] * 2, None),
    ],
)
def test_whom_ego_thanks_by_name_is_no_topic(texts: list[str], term: str | None) -> None:
    posts = [reply(number, EGO, ADA, number, text) for number, text in enumerate(texts)]
    with filled(*one_archive(*posts)) as store:
        found = topics(store)
    named = {topic.term for topic in found.get(ADA, [])}
    assert "augusta" not in named if term else "looms" in named


def test_generic_words_do_not_set_a_tie_apart() -> None:
    posts = [reply(number, EGO, ADA, number, "@ada group work on looms") for number in range(2)]
    with filled(*one_archive(*posts)) as store:
        assert [topic.term for topic in topics(store)[ADA]] == ["looms"]


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 1, 0, 2), (2, 3, 1, 0)])
def test_the_order_of_posts_does_not_matter(order: tuple[int, ...]) -> None:
    said = [("@ada #bread #oven", ADA), ("@ada #bread", ADA), ("@bo #oven", BO), ("@bo #rail", BO)]
    posts = [reply(number, EGO, said[i][1], 1, said[i][0]) for number, i in enumerate(order)]
    with filled(*one_archive(*posts)) as store:
        found = topics(store)
    assert {who: [topic.term for topic in terms] for who, terms in found.items()} == {
        ADA: ["#bread", "#oven"],
        BO: ["#rail", "#oven"],
    }


@pytest.mark.parametrize(
    "word",
    ["depression", "#BREXIT", "mortgages", "church", "lesbian", "ucu", "burglary", "muslims", "asthma"],
)
def test_sensitive_words_are_known_in_all_their_endings(word: str) -> None:
    assert is_sensitive(word)


@pytest.mark.parametrize(
    "word",
    ["electronics", "taxonomy", "hospitality", "stability", "trumpet", "courtesy", "homophone", "bread"],
)
def test_words_that_only_begin_alike_are_not_sensitive(word: str) -> None:
    assert not is_sensitive(word)


def test_the_lists_are_read_whole() -> None:
    # One word of each of the eight sorts, and the end of the other lists.
    eight = ("cancer", "pension", "election", "ethnic", "church", "gay", "picket", "police")
    assert all(is_sensitive(word) for word in eight)
    assert {"the", "yourself", "thanks", "tuesday", "wrong", "yours"} <= stop_words()
    assert {"access", "values", "unknown"} <= weak_words()
    assert not weak_words() & stop_words()
    assert "#" not in sensitive_pattern().replace("^#?", "")
