"""Praise, congratulation, introductions, passing on, moving elsewhere, meeting: what is and what is not."""

from __future__ import annotations

import re

import pytest

from plnmap.acts import ACTS, ENGLISH, RELIABILITY, Text, tag
from plnmap.acts.rules import LOOK_AT
from tests.acts_texts import seconds

LINK = "https://birds.example/north"


def broadcast(text: str) -> Text:
    handles = {handle.lower() for handle in re.findall(r"@\w+", text)}
    return Text("twitter:1", text, "en", n_handles=len(handles), links=re.findall(r"https?://\S+", text))


def answer(text: str) -> Text:
    return broadcast(text)._replace(is_reply=True)


def acts(text: Text) -> set[str]:
    """What the rules find; a model on its own is never sure."""
    return {hit.act for hit in tag([text], ask_models=False)}


def test_every_act_of_the_rules_is_listed_and_can_be_counted() -> None:
    assert {rule.act for rule in ENGLISH.rules} | {"help_thanks"} == set(ACTS)
    assert set(RELIABILITY) >= {
        "praise",
        "congratulation",
        "introduction",
        "moved_elsewhere",
        "met",
        "passed_on",
    }


# -- praise and congratulation ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "@ada Great post!",
        "@ada what a lovely photo",
        "@ada really clever use of string",
        "@ada nice one",
        "@ada this is wonderful",
        "@ada your garden is beautiful",
        "@ada you are amazing",
        "@ada that's so clever",
        "@ada Wow! Stunning!",
        "@ada you're a star, the shed is dry again",
        "@ada I loved your talk",
        "@ada thoroughly enjoyed the walk",
        "@ada love the idea of a moss roof",
        "@ada Love it!",
        "@ada hats off to the bakers",
        "@ada well said",
        "@ada keep up the good work",
        "@ada thanks for a brilliant session",
    ],
)
def test_praise(text: str) -> None:
    assert "praise" in acts(answer(text))


@pytest.mark.parametrize(
    "text",
    [
        "@ada not a great post",
        "@ada that isn't a great photo",
        "@ada my best photo",
        "@ada I had a great session with the choir",
        "@ada have a great game tomorrow",
        "@ada it would be a good project",
        "@ada need a good recipe",
        "@ada was that a good talk?",
        "@ada good to talk",
        "@ada how great is that bridge",
        "@ada that's great news",
        "@ada Brilliant, thanks",
        "@ada I would love your thoughts",
        "@ada I'd love the idea more in blue",
        "@ada you'll love it",
        "@ada the love it takes",
        "@ada sounds like your kettle",
        "@ada good morning",
        "@ada “what a lovely photo” is what he wrote",
        "RT @ada: great post",
    ],
)
def test_no_praise(text: str) -> None:
    assert "praise" not in acts(answer(text))


def test_praise_is_addressed() -> None:
    assert "praise" in acts(answer("Great post!"))
    assert "praise" in acts(broadcast("Great post by @ada"))
    assert "praise" not in acts(broadcast("Great post!"))


@pytest.mark.parametrize(
    ("text", "congratulates"),
    [
        ("@ada Congratulations!", True),
        ("@ada congrats on the new boat", True),
        ("@ada Well done on finishing", True),
        ("@ada richly deserved", True),
        ("@ada so happy for you", True),
        ("@ada way to go!", True),
        ("@ada thanks for the congrats", False),
        ("@ada a long way to go", False),
        ("@ada it was not well done", False),
        ("@ada I like my toast well done", True),  # taken for praise of the toast: rare among answers
        ("@ada happy for now", False),
    ],
)
def test_congratulation(text: str, congratulates: bool) -> None:
    assert ("congratulation" in acts(answer(text))) is congratulates


# -- bringing together ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "@ada you should follow @bo",
        "@ada have you met @bo?",
        "@ada I recommend connecting w/ @bo",
        "@ada meet @bo, who builds boats",
        "Please welcome @bo to the choir",
        "@ada talk to @bo about tiles",
        "@ada Perhaps ask @bo",
        "@ada I'd like to introduce you to @bo",
        "@ada @bo you two should meet",
        "@ada maybe @bo can help",
        "@ada @bo is your man",
    ],
)
def test_introduction(text: str) -> None:
    assert "introduction" in acts(answer(text))


@pytest.mark.parametrize(
    "text",
    [
        "#FF @ada @bo @cy you should follow @dee",
        "Follow Friday: follow @ada",
        "Follow @ada and RT to win a kettle",
        "@ada you should follow @ada",
        "@ada hello again. Follow @ada",
        "@ada thanks for telling me to talk to @bo",
        "@ada great to meet @bo",
        "@ada I will ask about @bo",
        "@ada you should follow the path",
        "@ada can anyone help",
        "Hoping @bo can help",
        "RT @ada: you should follow @bo",
    ],
)
def test_no_introduction(text: str) -> None:
    assert "introduction" not in acts(answer(text))


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (f"How birds find north {LINK} cc @ada", "en.passed_on.cc"),
        ("Birds are early this year /cc @ada @bo", "en.passed_on.cc"),
        (f"A lovely map by @ada {LINK}", "en.passed_on.named"),
        (f"“Birds” @ada {LINK}", "en.passed_on.named"),
        (f"@ada see what @bo drew {LINK}", "en.passed_on.named"),
        (f"@ada @bo {LINK}", None),
        (f"@ada @bo the map {LINK}", None),
        ("A lovely map by @ada", None),
        (f"How birds find north via @ada {LINK}", None),
        (f"How birds find north @YouTube {LINK}", None),
        (f"mail ada@birds.example {LINK}", None),
        (f"@cc @ada {LINK}", None),
        ("soccer @ada", None),
    ],
)
def test_what_is_passed_on_names_somebody_in_its_body(text: str, rule: str | None) -> None:
    found = {hit.rule for hit in tag([answer(text)]) if hit.act == "passed_on"}
    assert found == ({rule} if rule else set())


def test_ones_own_page_is_not_passed_on() -> None:
    text = broadcast(f"My map, with thanks to @ada {LINK}")
    assert "passed_on" in acts(text)
    assert "passed_on" not in acts(text._replace(author_own_domains=frozenset({"birds.example"})))


# -- out of sight -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "@ada DM me",
        "@ada I've DM'd the address",
        "@ada my DMs are open",
        "@ada check your inbox",
        "@ada I'll email you the pattern",
        "@ada emailed you",
        "@ada just sent you an email",
        "@ada drop me a line",
        "@ada what's your email?",
        "@ada mail on its way",
        "@ada give me a ring",
        "@ada call me tomorrow",
        "@ada text me when you land",
        "@ada time for a quick call?",
        "@ada let's talk on the phone",
    ],
)
def test_moved_elsewhere(text: str) -> None:
    assert "moved_elsewhere" in acts(answer(text))


@pytest.mark.parametrize(
    "text",
    [
        "@ada call me old-fashioned",
        "@ada you call me lazy",
        "@ada subscribe by email",
        "@ada I read it on the phone",
        "@ada she was the dungeon's DM in our D&D campaign",
        "@ada the message of the book",
        "@ada send it to the printer",
        "@ada wake-up call",
    ],
)
def test_not_moved_elsewhere(text: str) -> None:
    assert "moved_elsewhere" not in acts(answer(text))


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("@ada great to finally meet you", True),
        ("@ada lovely seeing you yesterday", True),
        ("Met @ada at the harbour, just met @bo too", True),
        ("@ada good to catch up on Thursday", True),
        ("@ada thanks for the coffee", True),
        ("Had lunch with @ada", True),
        ("@ada bumped into @bo", True),
        ("@ada it would be great to meet you", False),
        ("@ada looking forward to seeing you today", False),
        ("@ada hope it's good to meet you", False),
        ("@ada good to meet you virtually", False),
        ("@ada good to see you blogging", False),
        ("@ada we met the deadline", False),
        ("@ada met office", False),
    ],
)
def test_having_met(text: str, tells: bool) -> None:
    assert ("met" in acts(answer(text))) is tells


# -- odd texts --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "😀🎉👏 💖",
        "שלום, תודה רבה על העצה",
        "\u202eskoob ruoy devol\u202c",
        "Grеat pоst!",  # е and о are Cyrillic
        "ｇｒｅａｔ ｐｏｓｔ",
        "gre\u200bat po\u200bst",
        "你好",
    ],
)
def test_what_is_not_english_wording_is_no_act(text: str) -> None:
    assert acts(answer(f"@ada {text}")) == set()


def test_a_direction_mark_around_the_words_hides_nothing() -> None:
    text = "\u200f@ada\u200f Thanks for the tip 👍🏽"
    assert {"gratitude", "help_thanks"} <= acts(answer(text))


def test_four_thousand_words_are_read_as_far_as_a_long_post_goes() -> None:
    words = "the ferry was late again and nobody minded " * 500
    late, early = answer(f"@ada {words} great post"), answer(f"@ada great post {words}")
    assert acts(late) == set()
    assert "praise" in acts(early)
    assert seconds(late) + seconds(early) < 1


@pytest.mark.parametrize(
    "piece",
    [
        "@a ",
        "great ",
        "so very ",
        "you are the ",
        "your a b ",
        "cc @a ",
        "you should ",
        "follow @a ",
        "love the ",
        "oh ah wow ",
        "good to meet ",
        "send you an ",
        "for the ",
        "@a is ",
        "x@a",
        ". ",
        "#a ",
    ],
)
def test_no_text_costs_more_than_a_long_post(piece: str) -> None:
    text = answer(piece * (LOOK_AT // len(piece) + 1))._replace(links=[LINK])
    assert seconds(text) < 2, "a rule goes over the text again and again"
