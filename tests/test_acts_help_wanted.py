"""Calls for help and what answers them, told apart in invented posts, most without the usual words."""

from __future__ import annotations

from collections import Counter

import pytest

from plnmap.acts import Text, tag
from tests.acts_texts import LINK, acts, answer, english, meeting, seconds, sentences

# Invented questions, each with a reply; half of them were never looked at while writing rules.
PAIRS = sentences("help_wanted")
HELD_OUT = [row for row in PAIRS if row["part"] == "held_out"]


# The same by two other heads, who describe what troubles them rather than ask, and whom few rules follow.
CALLS = sentences("calls")


def question(row: dict[str, str], number: int, column: str = "question") -> Text:
    text = row[column]
    return Text(str(number), text, "en", is_reply=text.startswith("@"), n_handles=text.count("@"))


def asks_for_help(text: Text) -> bool:
    return any(hit.act == "question" and hit.object == "help" for hit in tag([text], ask_models=False))


def answers(reply: str, asked: str | None) -> bool:
    return "answer" in acts(answer(reply, parent_text=asked))


def test_calls_that_were_held_back_are_told_from_other_questions() -> None:
    seen = Counter(
        (row["asks"] == "1", asks_for_help(question(row, number))) for number, row in enumerate(HELD_OUT)
    )
    assert seen[True, True] >= 0.3 * (seen[True, True] + seen[True, False])
    assert seen[False, True] <= 0.04 * (seen[False, True] + seen[False, False])


@pytest.mark.parametrize(("part", "recall", "mistaken"), [("read", 0.4, 0.03), ("held_out", 0.22, 0.04)])
def test_calls_of_others_are_told_from_what_wants_no_help(part: str, recall: float, mistaken: float) -> None:
    seen = Counter(
        (row["asks"] == "1", asks_for_help(question(row, number, "text")))
        for number, row in enumerate(CALLS)
        if row["part"] == part
    )
    assert seen[True, True] >= recall * (seen[True, True] + seen[True, False])
    assert seen[False, True] <= mistaken * (seen[False, True] + seen[False, False])


def test_answers_that_were_held_back_are_told_from_other_replies() -> None:
    seen = Counter((row["helps"] == "1", answers(row["reply"], row["question"])) for row in HELD_OUT)
    assert seen[True, True] >= 0.25 * (seen[True, True] + seen[True, False])
    assert seen[False, True] <= 0.04 * (seen[False, True] + seen[False, False])


@pytest.mark.parametrize(
    ("call", "talk"),
    [
        ("Does anyone know a good dentist", "Is anyone coming by train"),
        ("How do I adjust the brakes?", "How do we show that we care?"),
        ("how do you keep slugs off hostas", "how do you feel about slugs"),
        ("What's the best app for notes?", "What's for tea?"),
        ("Which glue should I use for slate?", "Which of you is coming?"),
        ("Is there a way to sort by date?", "Is there a moral to this?"),
        ("Should I prune it now?", "Should I bring cake?"),
        ("Need some help with fractions", "Still need some help?"),
        ("Any tips on sourdough", "any takers for the window seat"),
        ("what does 'RSVP' stand for?", "what does it all mean"),
        ("why won't my printer wake up?", "why is my train always late?"),
        ("Trying to work out which plug fits", "Trying to look busy"),
        ("in search of a good intro to statistics", "in search of lost time"),
        ("No idea how to start this essay", "No idea, have you?"),
        ("Lazyweb: what do people use for invoices", "Lazy Sunday"),
        ("what does idempotent mean in this context", "what does he mean"),
        ("is there anything out there that syncs notes?", "is there anything in it"),
        ("Anyone know a plumber", "You lot know how to party"),
        ("looking for advice on ferns", "Not looking for advice, just venting"),
        ("could do with some help", "we don't need any help"),
        ("any tips for the exam", "can't offer any tips on that"),
        ("how should I call this function", "how can you call that art"),
        ("any links to the recipe?", "any sufficiently long thread is a quarrel, isn't it?"),
        ("any links to the recipe?", "any links between the two, do you think?"),
        ("I think the kiln broke. Any links to the manual?", "not that anyone asked"),
        ("Is anyone aware of a good atlas?", "Is anyone there?"),
        ("have you had any trouble with the lid?", "have you had an early start?"),
        ("anyone heard of this glaze?", "I doubt anyone heard that"),
        ("how can a cellar keep dry in winter? can a cellar keep apples?", "can it get any hotter?"),
        ("what is the blue tool called?", "what's your cat called?"),
        ("Anyone used this kiln? https://kilns.example", "Anyone for tennis? https://tennis.example"),
        ("radio down for anyone else?", "I cannot speak for anyone else, but I like it"),
        ("do you have a list of kilns?", "do you have a minute?"),
        ("do you know when the kiln is free?", "do you know @bo?"),
        ("which chapter was that?", "what a chapter that was!"),
        ("how did you get the wax out?", "how did you like the wax?"),
        ("is this open to beginners?", "is this the most beautiful kiln of all?"),
        ("what is a kiln wash called in French?", "what does this really mean?"),
        ("I'd like to know where the wax goes", "I'd like to know you better"),
        ("struggling to install the kiln", "struggling to keep up with this chat"),
        ("I'd be grateful for any hints", "I'd be grateful for a quiet day"),
    ],
)
def test_a_call_for_help_and_a_question_that_is_none(call: str, talk: str) -> None:
    assert asks_for_help(english(call))
    assert not asks_for_help(english(talk))


@pytest.mark.parametrize(
    "text", ["Any links to the recipe?", "How do you keep a lid on that?", "Is this safe?"]
)
def test_what_stands_over_a_link_is_a_headline_unless_it_is_put_to_somebody(text: str) -> None:
    assert asks_for_help(english(text))
    assert not asks_for_help(english(f"{text} {LINK}", links=[LINK]))
    assert asks_for_help(english(f"@ada {text} {LINK}", links=[LINK]))


CALL = "Does anyone know how birds find north?"


@pytest.mark.parametrize(
    "reply",
    [
        "@ada they feel the field of the earth",
        "@ada by the sun, mostly, and the stars at night",
        "@ada @bo ask @cy, she has counted them for years",
        "@ada all of it is here https://birds.example/north and https://birds.example/south",
        "@ada Great question! they feel the field of the earth",
        f"@{'long_name_' * 6}example they feel the field of the earth",
    ],
)
def test_whatever_is_said_to_a_call_answers_it(reply: str) -> None:
    assert answers(reply, CALL)


@pytest.mark.parametrize(
    "reply",
    [
        "@ada north? why would they go north at all",
        "@ada no idea, sorry, I only feed them",
        "@ada I'd love to know that as well",
        "@ada same here, it beats me every year",
        "@ada lol they have better phones than us",
        "@ada hope somebody can tell you about it",
        "@ada by the sun",
        "@ada by the sun mostly!! 🙂🙂",
        "@ada no, sorry, I only feed the ducks",
        "@ada I'm not sure about that one",
        "@ada how interesting, and a good question",
        "@ada @bo @cy @dee @eve sun",
    ],
)
def test_who_asks_back_knows_nothing_or_nods_does_not_answer(reply: str) -> None:
    assert not answers(reply, CALL)


def test_only_below_a_call_that_the_file_holds_is_there_an_answer() -> None:
    reply = "@ada they feel the field of the earth"
    assert answers(reply, CALL)
    assert not answers(reply, "How are you today?")
    assert not answers(reply, None)
    assert "answer" not in acts(english(reply, parent_text=CALL))


def test_many_answers_to_one_call_and_one_answer_are_read_alike() -> None:
    known = meeting(("reply", "parent_asks_for_help"))
    texts = [english(f"@ada they feel the field, says book {n}", post=str(n), **known) for n in range(9)]
    together = tag(texts)
    assert [hit.post for hit in together if hit.act == "answer"] == [text.post for text in texts]
    assert together == [hit for text in texts for hit in tag([text])]


@pytest.mark.parametrize(
    "text", ["a " * 2000, "'" * 4000, "@a " * 1300, "a@b " * 1000, "a " * 3 + "\0" * 4000]
)
def test_an_answer_of_any_shape_takes_no_time(text: str) -> None:
    assert seconds(answer(f"@ada {text}", parent_text=CALL)) < 0.5
