"""Advice, questions and links for somebody: told apart in invented posts, many without the usual words."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from plnmap.acts import Rule, Text, tag
from plnmap.acts.english.advising_words import CLAUSE_OPENS, START
from plnmap.acts.rules import pack
from tests.acts_texts import LINK, acts, answer, english, sentences

# Invented posts in the manner of short messages; half of them were never looked at while writing rules.
SENTENCES = sentences("advice_question")


def post(text: str, number: str = "twitter:1") -> Text:
    """A post as the importer hands it over: one that opens with a handle answers somebody."""
    handles = set(re.findall(r"@\w+", text))
    return Text(number, text, "en", is_reply=text.startswith("@"), n_handles=len(handles))


def rules_of(act: str, text: Text) -> set[str]:
    return {hit.rule.rpartition(".")[2] for hit in tag([text], ask_models=False) if hit.act == act}


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        ("go", True),
        ("@ada go", True),
        ("-- @ada, @bo - go", True),
        ("---- go", False),
        ("@ada ---- go", False),
        ("we go", False),
        ("we, go", True),
        ("we,go", False),
        ("we. -- go", True),
        ("we. --- go", False),
        ("we (go", True),
        ("we ( ,,go", True),
        ("we ( ,,,go", False),
        ("we. @go", False),
        ("but go", None),
        ("we think go", None),
        ("rebut go", False),
    ],
)
def test_where_a_clause_opens(text: str, opens: bool | None) -> None:
    """None: only behind a word such as "but", which some rules take for an opening, too."""
    for behind, wanted in ((START, opens or False), (CLAUSE_OPENS, opens is not False)):
        for pattern in (r"go\b", r"(?:\w\0)?go\b"):  # it is known where to try the one
            rule = Rule("advice.go", "advice", pattern, 0.5, "go", behind=behind)
            (hits,) = pack("en", [rule], {}).tag([Text("twitter:1", text)])
            assert [text[hit.start : hit.stop] for hit in hits] == ["go"] * wanted, pattern


@pytest.mark.parametrize(("act", "recall", "mistaken"), [("advice", 0.70, 0.03), ("question", 0.85, 0.03)])
def test_sentences_that_were_held_back_are_told_apart(act: str, recall: float, mistaken: float) -> None:
    rows = [row for row in SENTENCES if row["part"] == "held_out"]
    texts = [post(row["text"], str(number)) for number, row in enumerate(rows)]
    found = {hit.post for hit in tag(texts, ask_models=False) if hit.act == act}
    seen = Counter((row["act"] == act, str(number) in found) for number, row in enumerate(rows))
    assert seen[True, True] >= recall * (seen[True, True] + seen[True, False])
    assert seen[False, True] <= mistaken * (seen[False, True] + seen[False, False])


@pytest.mark.parametrize(
    ("rule", "text", "near_miss"),
    [
        ("told", "soak the beans overnight", "soaked the beans overnight"),
        ("told", "measure it twice before you cut", "measured twice, cut once, still wrong"),
        ("told", "start small", "start of a small adventure"),
        ("told", "let it cool", "let me cool down"),
        ("told_not", "don't sign anything today", "don't know anything today"),
        ("told_not", "never pay up front", "never saw him again"),
        ("told_not", "always label the jars", "always loved the jars"),
        ("told_not", "watch out for slugs", "watch this space"),
        ("mind", "bear in mind that it shrinks", "never crossed my mind"),
        ("mind", "tip: hold alt", "tip of the hat"),
        ("mind", "the trick is to go slowly", "the trick was dreadful"),
        ("mind", "it pays to ask", "crime never pays"),
        ("rather", "nothing beats a flask for long hikes", "nothing beats Friday"),
        ("rather", "+1 for the slow train", "+1 to that"),
        ("rather", "can't go wrong with oak", "what could go wrong"),
        ("rather", "paper > apps", "paper -> bin"),
        ("rather", "seconding the allotment", "in a second"),
        ("way", "the easiest way is to phone", "the easiest exam ever"),
        ("way", "no need to buy one", "no need to shout"),
        ("way", "no point waiting for spring", "no point crying now"),
        ("way", "worth every penny", "worth every minute of the wait"),
        ("you_want", "you'll want a longer ladder", "you'll want to laugh"),
        ("you_want", "you don't need a permit", "you don't know me"),
        ("you_want", "you can always return it", "you can always count on him"),
        ("i_wouldnt", "I wouldn't bother with the lid", "I wouldn't know"),
        ("i_wouldnt", "I'd steer clear of ladders", "I'd sink like a stone"),
        ("found", "what worked for me was an early start", "what worked for them last year"),
        ("found", "helped me no end to draw it", "helped mum move house"),
        ("found", "I've had good results with chalk", "I've had a good day"),
        ("there_is", "there's a setting for that", "there's a man at the door"),
        ("there_is", "it's under tools > options", "it's under the bed"),
        ("there_is", "Ann at the desk is the person to ask", "Ann is a person of taste"),
        ("cause", "did you check the fuse?", "did you check out the band?"),
        ("cause", "it's probably the cable", "it's probably raining"),
        ("will_do", "a drop of oil will cure that", "a drop of rain will fall"),
        ("will_do", "if you hold shift it keeps the shape", "if you say so"),
    ],
)
def test_advice_without_the_usual_words(rule: str, text: str, near_miss: str) -> None:
    assert rule in rules_of("advice", post(f"@ada {text}"))
    assert not rules_of("advice", post(f"@ada {near_miss}"))


@pytest.mark.parametrize("text", ["soak the beans overnight", "you could ask at the library"])
def test_beside_a_wink_nothing_is_advised(text: str) -> None:
    assert rules_of("advice", post(f"@ada {text}"))
    assert not rules_of("advice", post(f"@ada {text} ;-)"))


def test_what_opens_a_broadcast_promotes() -> None:
    assert not rules_of("advice", post("Soak the beans overnight"))


@pytest.mark.parametrize(
    ("rule", "text", "near_miss"),
    [
        ("half", "The red one or the green one?", "The red one or the green one"),
        ("half", "you on the early train?", "you were on the early train"),
        ("half", "@ada how?", "Why? It was raining."),
        ("half", "Slow train to Rome. Thoughts?", "Slow train to Rome. Thoughts wander."),
        ("crowd", "Lazyweb: a name for a goat", "Lazy Sunday: a name for a goat"),
        ("crowd", "Silly question but it worries me", "Silly questions are the best"),
        ("crowd", "Advice on moving a piano please", "Advice on moving a piano"),
        ("unmarked", "How do you get wax out of a carpet", "How we got wax out of a carpet"),
        ("unmarked", "Is there a way to mute a word", "Is it home time yet"),
        ("unmarked", "@ada did you find it", "@ada did a thing today"),
        ("unmarked", "Which bulb is best for a cellar", "Which is why I left"),
        ("tell_me", "Somebody explain tides to me", "Somebody explained tides to me"),
        ("tell_me", "@ada tell me more", "@ada tell me about it"),
        ("would_like", "I'd love to hear how others glaze", "I'd love to"),
        ("would_like", "Wondering if anyone has a spare kiln", "Wondering why I bother"),
        ("would_like", "@ada curious how you glazed it", "@ada curious"),
        ("seeking", "In search of a good kiln", "In search of lost time again?"),
        ("seeking", "Can't figure out how the lid opens", "Can't figure him out"),
        ("seeking", "Looking for a plumber", "Looking forward to the plumber"),
        ("unsure", "No idea how to start this", "@ada no idea how to start this"),
    ],
)
def test_questions_without_the_usual_words(rule: str, text: str, near_miss: str) -> None:
    assert rule in rules_of("question", post(text))
    assert not rules_of("question", post(near_miss))


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("How do birds find north?", True),
        ("How do birds find north? \0", False),
        ("How do birds find north? \0 via @bo", False),
        ("@bo how do birds find north? \0", True),
        ("A map of tides \0 -> @bo did you draw this?", True),
    ],
)
def test_beside_a_link_only_what_is_put_to_somebody_is_a_question(text: str, asks: bool) -> None:
    link = "https://birds.example/north"
    written = post(text.replace("\0", link))
    asked = written._replace(is_reply=False, links=[link] if "\0" in text else [])
    assert bool(rules_of("question", asked)) is asks


@pytest.mark.parametrize(
    ("text", "links", "asks"),
    [
        ("Does anyone know a good dentist", [], True),
        ("Any suggestions for a first bicycle", [], True),
        ("How do you glaze a bowl?", [], True),
        ("Nice bowl, isn't it?", [], False),
        ("What a day, right?", [], False),
        ("Why? Because I could.", [], False),
        (f"Why do birds find north? {LINK}", [LINK], False),
        ("RT @ada: How do you glaze a bowl?", [], False),
        ("“How do you glaze a bowl?” she said", [], False),
        (f"{LINK}?q=how", [LINK], False),
    ],
)
def test_questions_that_want_an_answer(text: str, links: list[str], asks: bool) -> None:
    assert ("question" in acts(english(text, links=links))) is asks


@pytest.mark.parametrize(
    "text",
    [
        "@ada I'd recommend the early train",
        "@ada Recommend reading the second chapter",
        "@ada You should ask at the library",
        "@ada u can use the spare kiln in the shed",
        "@ada you might find useful glazes in here",
        "@ada Try the other socket",
        "@ada try the darker theme (link at the bottom)",
        "@ada use one? it costs next to nothing",
        "@ada Good luck! Don't forget to rest.",
        "@ada not ready, but add a note for the others",
        "@ada give it a go for a month, see how it feels",
        "@ada click through the menu on the left",
        "@ada check it out on the harbour page",
        "@ada have you tried salt",
        "@ada how about a smaller pot?",
        "@ada see https://kilns.example",
        "@ada look at @bo",
        "@ada look at the manual",
        "@ada how about 2 coats of primer",
        "@ada find that setting in the menu",
        "@ada might be useful to measure it first",
        "@ada you can only fix it by replacing the fuse",
        "@ada a bit tight? Or use the other shelf",
        "@ada perhaps skip the edges first",
        "@ada might be worth a try",
        "@ada a felt pad might help",
        "@ada make sure the lid is off",
        "@ada @bo have a look at the tide tables",
    ],
)
def test_advice(text: str) -> None:
    assert "advice" in acts(answer(text))


@pytest.mark.parametrize(
    "text",
    [
        # "I" left out, or a noun: the clause opens with a verb and tells.
        "@ada have sent my form",
        "@ada have you started a vegetable patch",
        "@ada never baked bread before",
        "@ada remember @bo talking of the old pier",
        "@ada don't suppose many of us were there",
        "@ada tend to agree; have written back",
        "@ada busy day. Get odd calls too",
        "@ada post to follow on Sunday",
        "@ada thanks for the wave, be warned",
        "@ada enjoy the parade",
        "@ada look forward to the ferry",
        "@ada keep us posted",
        "@ada get well soon",
        "@check the parade was lovely",
        # Asked, supposed or told of, not advised.
        "@ada should I go",
        "@ada so you can bake there too?",
        "@ada funny how you should sing that",
        "@ada is there anything you need to borrow",
        "@ada glad if you could join",
        "@ada you must be proud",
        "@ada what about you?",
        "@ada How about you?",
        "@ada when did you last try",
        # About the author, or about how things ought to be.
        "@ada I tried the other socket",
        "@ada I'd love that",
        "@ada I'd forgotten the tide",
        "@ada I would not be able to walk",
        "@ada I need to do the dishes",
        "@ada should be dry in a day",
        "@ada need to know by noon",
        "@ada that may never be",
        "@ada please share this for me",
        "@ada please RT this for me",
        # Where and when to meet, what is quoted, and what only looks like an order.
        "@ada how about 8pm?",
        "@ada how about a 9am start",
        "@ada how about next Tuesday?",
        "@ada perhaps find that you like it",
        "@ada find that the lid sticks",
        "@ada when would I find the time? Find the time?",
        "@ada maybe change is good",
        "@ada look at this kiln",
        "@ada consider yourself hugged",
        "@ada don't speak too soon",
        "@ada no, you can only use the blue one",
        "@ada is that a kiln? see https://kilns.example",
        "@ada gave two away that might be useful to someone",
        "@ada \"The baker says: don't open the oven before… https://bread.example",
        "@ada don't forget to eat gravel /s",
        "@ada heh, try a bigger hammer",
        "@ada so what do they do in class? Write down quotes?",
        "@ada this needs more upvotes",
        "@ada worth the effort. Good luck!",
        "@ada never give up",
    ],
)
def test_no_advice(text: str) -> None:
    assert "advice" not in acts(answer(text))


def test_an_imperative_advises_in_an_answer_and_promotes_elsewhere() -> None:
    assert "advice" in acts(answer("@ada Try the other socket"))
    assert "advice" not in acts(english("Try our new socket"))


def test_a_link_is_a_resource_only_where_it_is_meant_for_somebody() -> None:
    marked = answer(f"@ada you might like {LINK}", links=[LINK])
    assert "resource" in acts(marked)
    assert "resource" in acts(answer(f"@ada see {LINK} for the map", links=[LINK]))
    assert "resource" not in acts(answer(f"@ada but I try {LINK}", links=[LINK]))
    assert "resource" not in acts(answer(f"@ada {LINK}", links=[LINK]))
    assert "resource" in acts(answer(f"@ada {LINK}", links=[LINK], parent_text="Any tips for finding north?"))
    assert "resource" not in acts(marked._replace(author_own_domains=frozenset({"birds.example"})))
    assert "resource" not in acts(marked._replace(links=["https://www.twitpic.com/1"]))
    assert "resource" not in acts(marked._replace(is_reply=False, n_handles=0))
