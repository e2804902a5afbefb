"""Help that came good and is said so, with a word of thanks or without one."""

from __future__ import annotations

from collections import Counter

import pytest

from plnmap.acts import Text, tag
from tests.acts_texts import reply, sentences

# Invented replies in the manner of short messages, written before the rules; a third was held back.
SENTENCES = sentences("help_thanks")


def rules_of_help(text: Text) -> set[str]:
    """Gratitudes that name help; what else stands beside them is tested elsewhere."""
    return {
        hit.rule for hit in tag([text], ask_models=False) if hit.object == "help" and hit.act == "gratitude"
    }


def test_sentences_that_were_held_back_are_told_apart() -> None:
    texts = [reply(row["text"], str(number)) for number, row in enumerate(SENTENCES)]
    found = {hit.post for hit in tag(texts, ask_models=False) if hit.act == "help_thanks"}
    seen = Counter(
        (row["helped"] == "1", str(number) in found)
        for number, row in enumerate(SENTENCES)
        if row["part"] == "held_out"
    )
    assert seen[True, True] >= 0.62 * (seen[True, True] + seen[True, False])
    assert seen[False, True] <= 0.01 * (seen[False, True] + seen[False, False])


@pytest.mark.parametrize(
    ("rule", "text", "near_miss"),
    [
        ("your_help", "your trick worked", "your trick didn't work"),
        ("your_help", "your tip about tide tables paid off", "your tip about tide tables sounds odd"),
        ("your_help", "your notes were a godsend", "your notes were quoted in the paper"),
        ("your_help", "your theory was right", "your theory is wrong"),
        ("took_advice", "took your advice, and she said yes", "take my advice, and sell"),
        ("took_advice", "followed your recipe", "following your progress with interest"),
        ("took_advice", "bought it on your recommendation", "on your advice? Never"),
        ("took_advice", "used your template twice now", "she used your template"),
        ("took_advice", "great call on the tent, needed it", "great call by the umpire"),
        ("as_told", "did what you said", "did what he said"),
        ("as_told", "rang the number you gave me", "rang the bell, nobody in"),
        ("as_told", "as you suggested, I moved the roses", "as you suggested, I think it fails"),
        ("as_told", "you were right to make me wait", "you were right to leave him"),
        ("as_told", "glad you told me about the tide", "glad you told me you were safe"),
        ("came_of_it", "moved them like you said and no more slugs", "like you said, they never learn"),
        ("came_of_it", "because of your poster it all worked", "because of your poster?"),
        ("without_you", "couldn't have done it without you", "they couldn't have done it without you"),
        ("without_you", "I'd have given up without your lists", "I'd have given up ages ago"),
        ("without_you", "if it weren't for you I'd be lost", "if it weren't for the rain I'd be there"),
        ("saved", "you saved me hours", "you saved me a seat"),
        ("saved", "that saved my bacon", "the vaccine saved my life"),
        ("saved", "you're a lifesaver", "coffee is a lifesaver"),
        ("owed", "I owe you a pint", "you owe me a pint"),
        ("owed", "owe you one", "owe you an email"),
        ("owed", "I'll buy you a drink for that", "I'll buy you a drink if you win"),
        ("unstuck", "that put me back on track", "back on track after the flu"),
        ("unstuck", "tried your trick and it worked", "tried it once, hated it"),
        ("now_clear", "that cleared it up", "the sky cleared up"),
        ("now_clear", "never understood knots until you drew one", "never understood knots"),
        ("now_clear", "makes so much more sense now", "it makes sense that they lost"),
        ("just_needed", "that's exactly what I was looking for", "just what I needed: a parking ticket"),
        ("helpful", "that was so helpful", "that would be so helpful"),
        ("helpful", "you've been a great help", "big help you are"),
        ("helpful", "so kind of you to explain", "so kind of you to say so"),
        ("taught", "you taught me so much", "my gran taught me so much"),
        ("taught", "learned so much from your course", "learned so much this year"),
        ("hailed", "sorted, you legend", "happy birthday, you legend"),
    ],
)
def test_help_that_came_good_needs_no_word_of_thanks(rule: str, text: str, near_miss: str) -> None:
    assert f"en.gratitude.{rule}" in rules_of_help(reply(text))
    assert not rules_of_help(reply(near_miss))


@pytest.mark.parametrize(
    "text",
    [
        # Hoped for, asked after, offered or advertised; and of oneself or in jest.
        "hope that helps a lot",
        "did your tip work?",
        "glad it was so helpful",
        "let me know if that put you back on track",
        "please share, that saved me hours",
        "if that works your trick saved us",
        # Taken up, which is not help without thanks.
        "that worked a treat",
        "that fixed it",
        "makes sense now",
        "will try",
    ],
)
def test_what_could_be_said_of_something_else_is_no_thanks_for_help(text: str) -> None:
    assert not rules_of_help(reply(text))


def test_help_is_acknowledged_to_somebody() -> None:
    told = Text("twitter:1", "Your tip worked!", "en", is_reply=True)
    assert rules_of_help(told)
    assert not rules_of_help(told._replace(is_reply=False)), "nobody is addressed"


@pytest.mark.parametrize(
    ("text", "is_help"),
    [
        ("sorted, thanks", True),
        ("d'oh! thanks", True),
        ("good catch, thanks", True),
        ("The printer is fixed. Thanks so much", True),
        ("Thanks, was stuck on that for days", True),
        ("Thanks Ada. I clearly need to read it", True),
        ("that's it, much obliged", True),
        ("thanks for walking me through it", True),
        ("thanks for putting me in touch", True),
        ("bless you for explaining", True),
        ("kudos for the pointer", True),
        ("thanks for taking the time to explain", True),
        # None of them says that help was given.
        ("thanks, you're right", False),
        ("thanks, we are working on it", False),
        ("thanks for taking the time today", False),
        ("kudos for the marathon", False),
        ("much obliged to vote", False),
        ("thanks for putting me on the list", False),
    ],
)
def test_thanks_beside_what_was_resolved_are_for_help(text: str, is_help: bool) -> None:
    assert bool(rules_of_help(reply(text))) == is_help


def test_a_compliment_with_thanks_for_something_else_keeps_both_objects() -> None:
    hits = tag([reply("thanks for the RT! You saved me hours")], ask_models=False)
    assert {hit.object for hit in hits if hit.act == "gratitude"} == {"amplification", "help"}
