"""Rules over texts: each rule, what it must not take, and what no text may do to it."""

from __future__ import annotations

import random
import re
import runpy
import time
from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.written import put
from plnmap.acts import ENGLISH, PACKS, RELIABILITY, Text, engine, language_covered, tag
from plnmap.acts.rules import CONDITIONS, LOOK_AT, Rule, pack, visible
from plnmap.acts.ways import Way
from plnmap.model import Act

LINK = "https://birds.example/north"


def english(text: str, **known: Any) -> Text:
    return Text("twitter:1", text, lang="en")._replace(**known)


def answer(text: str, **known: Any) -> Text:
    return english(text, is_reply=True, n_handles=1, **known)


def acts(text: Text) -> set[str]:
    """By the rules; what the model says is tested elsewhere."""
    return {hit.act for hit in tag([text], ask_models=False)}


def objects(text: Text) -> set[str | None]:
    return {hit.object for hit in tag([text]) if hit.act == "gratitude"}


def rules(hits: Iterable[Act]) -> set[str]:
    return {hit.rule for hit in hits}


def meeting(needs: tuple[str, ...]) -> dict[str, Any]:
    """What has to be known of a text for a rule with these needs."""
    known: dict[str, Any] = {"is_reply": "reply" in needs or "addressed" in needs, "n_handles": 1}
    if "three_handles" in needs:
        known["n_handles"] = 3
    if "foreign_link" in needs:
        known["links"] = [LINK]
    if "parent_asks" in needs:
        known["parent_text"] = "Does anyone know how birds find north?"
    if "parent_offers" in needs:
        known |= {"parent_text": "Have you tried the other socket?", "parent_answers_author": True}
    return known


LACKING: dict[str, dict[str, Any]] = {
    "reply": {"is_reply": False},
    "addressed": {"is_reply": False, "n_handles": 0},
    "three_handles": {"n_handles": 2},
    "foreign_link": {"author_own_domains": frozenset({"birds.example"})},
    "no_headline": {"is_reply": False, "n_handles": 0, "links": [LINK]},
    "to_all": {"is_reply": True},
    "parent_asks": {"parent_text": "Good morning!"},
    "parent_offers": {"parent_answers_author": False},
}
"""For every condition, what makes it fail."""


# -- every rule -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.id) for rule in ENGLISH.rules])
def test_every_rule_fires_on_its_example_and_not_without_what_it_needs(rule: Rule) -> None:
    text = english(rule.example, **meeting(rule.needs))
    assert f"en.{rule.id}" in rules(tag([text]))
    for need in rule.needs:
        lacking = LACKING[need]
        assert f"en.{rule.id}" not in rules(tag([text._replace(**lacking)])), need


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@ada Thanks for the tip!", {"help"}),
        ("@ada thx so much 4 the link", {"help"}),
        ("@ada ta for the pointers", {"help"}),
        ("@ada thank u for your help yesterday", {"help"}),
        ("@ada much appreciated", {"unknown"}),
        ("@ada Ta, will look", {"help"}),
        ("@ada thanku", {"unknown"}),
        ("@ada I really appreciate it", {"unknown"}),
        ("@ada so grateful for your advice", {"help"}),
        ("@ada thanks for the RT", {"amplification"}),
        ("@ada thanks for the mention and the pointer to new apps", {"amplification", "help"}),
        ("@ada thanks for joining us last night", {"participation"}),
        ("@ada thank you for the kind words", {"social"}),
        ("@ada thanks for the follow", {"social"}),
        ("@ada thanks for the follow up", {"unknown"}),
        ("@ada thanks for sharing", {"shared_work"}),
        ("Does anyone have a cable? Thanks in advance", {"preemptive"}),
        ("@ada Which one is it? Thx", {"preemptive"}),
        ("@ada I would be grateful if you could call", {"preemptive"}),
        ("@ada @bo @cy thanks all", {"unknown"}),
        ("@WaterSupport thanks, it is fixed", {"service"}),
        ("Thanks to @ada for the lovely photo", {"unknown"}),
        ("@ada thanksss", {"unknown"}),
        ("@ada so the kiln was off. TY :-)", {"unknown"}),
        ("@ada I'd like to thank you for the pointer", {"help"}),
        ("@ada really grateful for the pointer", {"help"}),
        ("@ada appreciate the quick advice", {"help"}),
        ("@ada thanks so much, as always, for clearing that up", {"help"}),
        ("@ada Thanks, Ada, for the tip", {"help"}),
        ("@ada thanks for letting me know", {"help"}),
        ("@ada thanks for letting us camp in the field", {"unknown"}),
        ("@ada thanks for sending me the measurements", {"help"}),
        ("@ada thanks for giving me a lift", {"unknown"}),
        ("@ada thanks for checking", {"help"}),
        ("@ada thanks for checking in", {"unknown"}),
        ("@ada thanks for the catch", {"help"}),
        ("@ada thanks for the catch-up", {"unknown"}),
        ("@ada thanks for sharing your tips", {"shared_work"}),
        ("@ada thanks for the reply", {"participation"}),
        ("@ada thanks for the helpful reply", {"help"}),
        # Where the author goes on to something else, that is not what the thanks are for.
        ("@ada thanks for dinner, I owe you a tip", {"unknown"}),
        ("@ada thanks for dinner but I forgot the recipe", {"unknown"}),
        ("@ada thanks for dinner, the wine and the recipe", {"help"}),
        # What follows a question may be its answer taken up.
        ("@ada Is it? I'll check that. Many thanks", {"help"}),
        ("@ada You?! Thanks again", {"unknown"}),
        # Thankful, yet nobody is thanked; thanked, and handing it back.
        ("@ada thank goodness it is over", {"nobody"}),
        ("@ada thank god for Fridays", {"nobody"}),
        ("@ada we were late thanks to the rain", {"nobody"}),
        ("Thankfully it stopped raining", {"nobody"}),
        ("@ada thanks, and thank goodness it is over", {"unknown"}),
        ("@ada you're very welcome", {"returned"}),
        ("@ada you're welcome to stay", set()),
    ],
)
def test_thanks_are_found_with_what_they_are_for(text: str, found: set[str]) -> None:
    assert objects(answer(text)) == found


def test_three_handles_make_a_bare_thanks_social() -> None:
    assert objects(answer("@ada @bo @cy thanks team")._replace(n_handles=3)) == {"social"}


@pytest.mark.parametrize(
    "text",
    [
        "@ada no thanks",
        "@ada No, thank you",
        "@ada thanks but no thanks",
        "@ada thanks for nothing",
        "@ada no thanks to the ferry",
        "@ada you may appreciate the view",
        "@ada hard to appreciate the view",
        "Happy Thanksgiving",
        "@thanks4all good morning",
        "the TA marked it, data ta be seen",
        "RT @ada: thanks for the tip",
        "“@ada: Thanks everyone who came” nice",
        "the crowd cheers",
    ],
)
def test_what_is_no_thanks(text: str) -> None:
    assert "gratitude" not in acts(english(text))


def test_cheers_is_thanks_between_people_and_a_toast_elsewhere() -> None:
    assert objects(answer("@ada cheers mate")) == {"unknown"}
    assert objects(english("Cheers from the beach")) == set()
    assert objects(answer("@ada cheers to the new year")) == set()


# -- thanks for help --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "@ada Thanks for the tip!",
        "@ada thanks, that worked a treat",
        "@ada Thx, I hadn't seen that",
        "@ada thank you, will give it a try",
        "@ada Ah, thanks Ada",
        "@ada just what I needed, cheers",
        # Said at once behind the thanks ...
        "@ada Thanks Ada, switching it off now",
        "@ada thx so much - looks perfect",
        "@ada thank you! I had no idea, never knew it opened",
        "@ada thanks for the reply. I'll tell them",
        "@ada thanks, still no luck with the lid",
        "@ada thanks, where do I find the lid?",
        "@ada cheers Ada, I think that explains the noise",
        # ... or ahead of them.
        "@ada I see, thanks",
        "@ada Great tip Ada - thanks!",
        "@ada I hadn't, Ada. Much appreciated",
        "@ada Will ask at the harbour, thanks",
        "@ada that passed me by. Thank you",
        "@ada right up my street! Thanks",
    ],
)
def test_help_is_thanked_by_its_name_or_by_taking_it_up(text: str) -> None:
    (hit,) = (hit for hit in tag([answer(text)]) if hit.act == "help_thanks")
    assert hit.object == "help"
    assert hit.rule.startswith(
        (
            "en.gratitude.help",
            "en.gratitude.followed_up",
            "en.gratitude.answered",
            "en.gratitude.resolved",
            "en.uptake.",
        )
    )


def test_what_is_taken_up_is_shown_without_the_name_it_is_said_to() -> None:
    text = "@ada I see, thanks"
    (hit,) = (hit for hit in tag([answer(text)]) if hit.act == "help_thanks")
    assert text[hit.start : hit.stop] == "I see, thanks"


@pytest.mark.parametrize(
    "text",
    [
        "@ada Thank you for this!",
        "@ada thanks for the RT, will check your blog",
        "@ada that worked a treat",
        "@ada Thanks, good night",
        "@ada Does it work now? Never got it working. Thanks!",
        # Taken up, but from somebody's own work, or in another matter.
        "@ada thanks for sharing, it got me thinking",
        "@ada your talk was very useful. Thanks",
        "@ada thanks for reading! I'll try to write more",
        "@ada Sounds great, thanks. See you both on Friday",
        "@ada thanks, glad you found it useful",
        "@ada thanks, that's kind. Never thought of it so",
        "@ada let me know, and I'll add it. Thanks",
        "@ada why thank you, I'll take that",
        "@ada thankfully that worked",
        "@ada you're welcome, it's new to me too",
        # Somebody else's news.
        "@ada thanks! For all those who missed it",
        "@ada here again in case you missed that, thanks",
        "@ada thanks for trying it out",
        "@ada thanks, hope that helps",
        "@ada thanks for the wave, does that make sense to you",
    ],
)
def test_a_bare_thanks_an_uptake_alone_and_thanks_ahead_are_not_thanks_for_help(text: str) -> None:
    assert "help_thanks" not in acts(answer(text))


def test_a_bare_thanks_to_an_answer_with_an_offer_is_thanks_for_help() -> None:
    bare = answer("@ada Thanks Ada", parent_text="Have you tried the other socket?")
    assert "help_thanks" not in acts(bare), "the parent may have answered somebody else"
    assert "help_thanks" in acts(bare._replace(parent_answers_author=True))
    assert "help_thanks" not in acts(bare._replace(parent_answers_author=True, parent_text="Good morning!"))
    assert "help_thanks" in acts(bare._replace(parent_answers_author=True, parent_text=f"@sam {LINK}"))


@pytest.mark.parametrize(
    ("text", "taken_up"),
    [
        ("@ada I missed that", True),
        ("@ada Ah, missed it", True),
        ("@ada this is for those who missed it", False),
        ("@ada for those that missed it", False),
        ("@ada in case you missed it", False),
        ("@ada sorry I missed this", False),
        ("@ada hadn't seen it", True),
        ("@ada they hadn't seen it", False),
        ("@ada wasn't aware of it", True),
        ("@ada people have never heard of it", False),
        ("@ada I tried it", True),
        ("@ada tell me once you tried it", False),
        ("@ada just downloaded it", True),
        ("@ada have you downloaded it", False),
        ("@ada that makes sense", True),
        ("@ada does that make sense", False),
        ("@ada hard to make sense of", False),
        ("@ada that helped", True),
        ("@ada hope that helped", False),
        ("@ada duly noted", True),
        ("@ada as noted on the door", False),
        ("@ada will look it up", True),
        ("we hear @ada will look it up", False),
    ],
)
def test_only_what_the_author_takes_up_is_uptake(text: str, taken_up: bool) -> None:
    assert ("uptake" in acts(answer(text))) is taken_up


# -- the other acts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "credits"),
    [
        ("How birds find north via @ada", True),
        ("A map of cycle paths (h/t @ada)", True),
        ("Lovely typeface, HT @ada", True),
        ("a quilt inspired by @ada", True),
        ("Thanks to @ada for the pattern", True),
        ("Thanks to @ada for the RT", False),
        ("How birds find north via @YouTube", False),
        ("Trains late again via @HarbourNews", False),
        ("The Harbour Gazette is out! Stories via @ada @bo", False),
        ("we came via Leeds", False),
        ("RT @bo: How birds find north via @ada", False),
    ],
)
def test_credit_names_a_person(text: str, credits: bool) -> None:
    assert ("credit" in acts(english(text, n_handles=1))) is credits


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


# -- properties -------------------------------------------------------------------------------------------

WORDS = st.sampled_from(
    [
        "thanks",
        "thx",
        "ta",
        "for",
        "the",
        "tip",
        "link",
        "RT",
        "advice",
        "?",
        ".",
        ",",
        "@ada",
        "you",
        "should",
        "try",
        "İ",
        "“",
        "”",
        '"',
        "https://a.example",
        "that",
        "worked",
        "i'll",
        "check",
        "via",
        "how",
        "do",
        "no",
        "anyone",
        "might",
        "like",
        "could use",
        "thanksgiving",
        "@",
        "’",
        "\n",
        "😀",
        "grateful",
        "appreciated",
        "cheers",
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join))


def known(text: str) -> Text:
    return answer(text, links=[LINK], parent_text="Any ideas?")


@given(TEXTS)
def test_spans_lie_in_the_text_and_one_row_stands_per_act_and_rule(text: str) -> None:
    hits = tag([known(text)])
    for hit in hits:
        assert hit.start is not None
        assert hit.stop is not None
        assert 0 <= hit.start < hit.stop <= len(text)
        assert 0 < hit.score <= 1
    assert len({(hit.act, hit.rule) for hit in hits}) == len(hits)
    assert_no_word_is_cut(text, hits)


def assert_no_word_is_cut(text: str, hits: Iterable[Act]) -> None:
    seen = visible(text)
    for hit in hits:
        for edge in (hit.start or 0, hit.stop or 0):
            around = seen[edge - 1 : edge + 1] if edge else ""
            assert not re.fullmatch(r"\w\w", around), (hit.rule, text, edge)


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.id) for rule in ENGLISH.rules])
def test_letters_put_in_anywhere_never_leave_half_a_word_as_evidence(rule: Rule) -> None:
    texts = {
        f"twitter:{at}{letters}": rule.example[:at] + letters + rule.example[at:]
        for at in range(len(rule.example) + 1)
        for letters in ("s", "zz", "é", "7", "_")
    }
    known = meeting(rule.needs)
    hits = tag([english(text, post=post, **known) for post, text in texts.items()])
    for post, of_post in groupby(hits, attrgetter("post")):
        assert_no_word_is_cut(texts[post], of_post)


def test_what_stands_before_the_words_is_not_part_of_the_evidence() -> None:
    text = "@ada thanks! but you could ask at the library"
    (hit,) = (hit for hit in tag([answer(text)]) if hit.act == "advice")
    assert text[hit.start : hit.stop] == "you could ask"


@given(TEXTS)
def test_what_is_visible_keeps_every_position(text: str) -> None:
    seen = visible(text)
    assert len(seen) == min(len(text), LOOK_AT)
    assert all(
        shown in (" ", "\0", "'") or shown == letter or shown == letter.lower()
        for shown, letter in zip(seen, text, strict=False)
    )


@given(st.lists(TEXTS, max_size=6), st.randoms(use_true_random=False))
def test_texts_are_judged_one_by_one(texts: list[str], random: random.Random) -> None:
    posts = [known(text)._replace(post=f"twitter:{number}") for number, text in enumerate(texts)]
    assert tag(posts) == [hit for post in posts for hit in tag([post])]
    assert sorted(tag(posts[::-1]), key=repr) == sorted(tag(posts), key=repr)


with patch.object(engine, "ways", return_value=[Way((), None)]):
    TRIES_EVERYTHING = engine.engine("en", ENGLISH.rules, {})


@settings(max_examples=20)  # to try everything takes its time
@given(st.lists(TEXTS, max_size=5))
def test_looking_for_cues_first_saves_time_and_changes_nothing(texts: list[str]) -> None:
    posts = [known(text) for text in texts]
    assert ENGLISH.tag(posts) == engine.tag(TRIES_EVERYTHING, posts)


def test_spans_point_at_the_words_in_the_original() -> None:
    text = "İİ @Ada Thank you for the TIP!"  # lower case makes two letters of each İ
    (hit,) = (hit for hit in tag([answer(text)]) if hit.act == "gratitude")
    assert text[hit.start : hit.stop] == "Thank you for the TIP"


def test_other_and_unknown_languages_yield_nothing() -> None:
    thanks = english("Thanks for the tip")
    assert tag([thanks._replace(lang="en-GB")])
    for lang in ("de", "und", "", None, "enx"):
        assert tag([thanks._replace(lang=lang)]) == []
        assert not language_covered(lang)


def test_an_empty_text_and_no_texts_yield_nothing() -> None:
    assert tag([]) == tag([english("")]) == tag([english("😀 😀")]) == []


# -- hostile texts ----------------------------------------------------------------------------------------

HOSTILE = [
    "thanks ",
    "thanks for ",
    "for thanks 4 ",
    "@a ",
    "@support ",
    "you should ",
    "i'll will ",
    "? ",
    "?thanks",
    "is ",
    "“",
    '"',
    "«",
    "RT @a ",
    "https://",
    "- - ",
    " ",
    "a",
    "ah oh ",
    "\n",
    "could would ",
    "thank you so ",
    "your tip ",
    "as you said worked ",
    "without you ",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_text_costs_more_than_a_long_post(piece: str) -> None:
    text = known(piece * (LOOK_AT // len(piece) + 1))
    start = time.process_time()
    tag([text])
    assert time.process_time() - start < 2, "a rule goes over the text again and again"


def test_of_a_huge_text_only_the_beginning_is_looked_at() -> None:
    start = time.process_time()
    assert tag([known("x" * LOOK_AT + " thanks for the tip" * 500_000)]) == []
    assert time.process_time() - start < 2


# -- packs ------------------------------------------------------------------------------------------------


def test_a_version_is_stable_and_changes_with_the_rules() -> None:
    rule = Rule("gratitude.merci", "gratitude", r"\bmerci\b", 0.9, "Merci !", object="unknown")
    same = pack("fr", [rule], {}).version
    assert pack("fr", [rule._replace()], {}).version == same
    assert pack("fr", [rule._replace(score=0.8)], {}).version != same
    assert pack("fr", [rule], {"gratitude": "merci"}).version != same
    assert pack("de", [rule], {}).version != same


@pytest.mark.parametrize(
    ("table", "cues", "complaint"),
    [
        (2, {}, "share an id"),
        (1, {"uptake": "x"}, "cues for nothing: uptake"),
        (0, {}, "unknown conditions: moonlight"),
    ],
)
def test_a_wrong_table_is_refused(table: int, cues: dict[str, str], complaint: str) -> None:
    rule = Rule("gratitude.merci", "gratitude", "merci", 0.9, "Merci !")
    odd = rule._replace(needs=("moonlight",))
    with pytest.raises(ValueError, match=complaint):
        pack("fr", [rule] * table or [odd], cues)


def test_rule_ids_conditions_and_figures_are_in_order() -> None:
    assert PACKS["en"] is ENGLISH
    assert all(rule.id.startswith(f"{rule.act}.") for rule in ENGLISH.rules)
    assert set(CONDITIONS) <= {need for rule in ENGLISH.rules for need in rule.needs}
    assert all(0 <= figures.false_positive_rate < figures.recall <= 1 for figures in RELIABILITY.values())
    assert all(figures.recall - figures.false_positive_rate >= 0.1 for figures in RELIABILITY.values())


def test_the_page_shows_the_rules_as_they_are() -> None:
    root = Path(__file__).parents[1]
    script = runpy.run_path(str(root / "benchmarks" / "acts.py"))
    page = (root / "docs" / "acts.md").read_text(encoding="utf-8")
    assert put(page, "rules", script["render_rules"]()) == page
