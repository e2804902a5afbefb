"""The bank of sentences: many, varied, not all with the obvious word, and strangers to the rules."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from plnmap.research.simulator.texts import FIELDS, templates

ROOT = Path(__file__).parents[2]
BANK = ROOT / "plnmap" / "research" / "simulator" / "bank"
ACTS = sorted(file.stem for file in BANK.glob("*.txt"))

THANKS = (
    "thank thanks thanking thx thnx ty tysm cheers grateful gratitude appreciate appreciated obliged ta "
    "merci kudos owe bless lifesaver saved kind"
)
HELP = "help helped helping helpful useful advice advise suggest suggestion suggested tip tips hint trick"
ADVICE = (
    "try tried should could would might must maybe perhaps recommend recommended consider better best need "
    "make why how if worth have"
)
QUESTION = (
    "? who whom whose what when where which why how anyone anybody someone somebody any question ask asking "
    "wonder tell recommend please can could would"
)
WORKED = "work works worked working fixed solved sorted tried try tested advice suggested suggestion followed"
PRAISE = (
    "great good nice cool love loved amazing awesome brilliant beautiful excellent fantastic wonderful "
    "superb fabulous impressive best well clever admire outstanding prettiest"
)
LINKED = "check look see here read share sharing guide article tutorial video book send lend"
CUES = {
    "help_thanks": f"{THANKS} {HELP}",
    "uptake": f"{WORKED} {THANKS} {HELP}",
    "social_thanks": THANKS,
    "participation_thanks": THANKS,
    "amplification_thanks": THANKS,
    "work_thanks": THANKS,
    "preemptive_thanks": f"{THANKS} ?",
    "service_thanks": THANKS,
    "desk_thanks": THANKS,
    "desk_answer": f"{ADVICE} {HELP} please ? here link",
    "service_request": f"{QUESTION} {HELP}",
    "bug_report": f"{QUESTION} {HELP} {ADVICE}",
    "advice": f"{ADVICE} {HELP}",
    "resource": f"{HELP} {ADVICE} {LINKED}",
    "answer": f"{ADVICE} {HELP} {THANKS} ? yes no think because",
    "question": f"{QUESTION} {HELP}",
    "call": f"{QUESTION} {HELP} need looking seeking",
    "rhetorical": "? isn't why how",
    "praise": PRAISE,
    "congratulation": "congratulations congrats bravo happy well kudos proud hooray deserve great",
    "chat": f"{THANKS} {HELP} ? should try tried recommended works",
    "small_question": "?",
    "topic_talk": f"{THANKS} {HELP} ? should need great good wonder read",
    "promotion": (
        "free new check out join get register subscribe off win don't sign download try should tips how know "
        "best last need read watch thank thanks"
    ),
    "tip": f"{ADVICE} {HELP} pro always never learn remember want reminder",
    "shared_work": "new my i wrote published blog how why here sharing share read download take",
    "credit": "via h credit hat by from source thanks props inspired stolen learned rt",
    "quote_comment": f"{PRAISE} {ADVICE} {THANKS} read useful learned important interesting this",
    "introduction": (
        "meet met ask introduce follow recommend try maybe talk know connecting welcome hello hi touch help"
    ),
    "invitation": f"{QUESTION} {ADVICE} join come let's consider suggest nominate you'd",
    "status": f"{THANKS} {HELP} ? tried works recommendation",
    "tail": f"{THANKS} {HELP} ? should try via",
}
"""Words that somebody who writes rules for an act would look for first: ours, not those of the rules."""


def _cue_free(act: str) -> float:
    words = re.compile(r"[a-z]+(?:['’][a-z]+)?|\?")
    lines = templates(act)
    return sum(not set(words.findall(line.lower())) & set(CUES[act].split()) for line in lines) / len(lines)


def _sentences() -> list[str]:
    return [line for act in ACTS for line in templates(act)]


def test_each_act_has_a_list_of_cues() -> None:
    assert sorted(CUES) == ACTS


@pytest.mark.parametrize("act", ACTS)
def test_forty_different_paraphrases(act: str) -> None:
    assert len({re.sub(r"\W+", " ", line.lower()) for line in templates(act)}) >= 40


@pytest.mark.parametrize("act", ACTS)
def test_a_third_comes_without_the_obvious_word(act: str) -> None:
    assert _cue_free(act) >= 0.30


def test_no_sentence_serves_two_acts() -> None:
    assert len(set(_sentences())) == len(_sentences())


def test_the_three_communities_have_the_same_slots() -> None:
    fields = tomllib.loads((BANK / "fields.toml").read_text(encoding="utf-8"))
    assert [sorted(field) for field in fields.values()] == [sorted(fields["data"])] * 3
    assert set(FIELDS) == set(fields)
    assert all(len(step) == 3 for field in fields.values() for step in field["steps"])


def test_no_slot_without_a_filler() -> None:
    known = {
        "topic",
        "thing",
        "step",
        "stepping",
        "did",
        "trouble",
        "task",
        "work",
        "event",
        "tag",
        "link",
        "person",
    }
    assert {slot for line in _sentences() for slot in re.findall(r"{(\w+)}", line)} == known


def _words(text: str) -> str:
    return f" {' '.join(re.findall(r'[a-z]+', text.lower()))} "


def test_the_rules_and_their_tests_do_not_know_the_bank() -> None:
    """Nobody may write a rule, or a test of one, for a sentence the rules are measured with.

    Formulas of six words ("what would I do without you") come to more than one writer.
    """
    known = [
        *(ROOT / "plnmap" / "acts").rglob("*"),
        *(ROOT / "plnmap" / "analysis" / "accounts").rglob("*"),
        *(ROOT / "tests").glob("acts_*.tsv"),
        *(ROOT / "tests").glob("test_acts*.py"),
        *(ROOT / "tests" / "analysis").glob("test_brands*.py"),
    ]
    theirs = "".join(
        _words(file.read_text(encoding="utf-8"))
        for file in known
        if file.suffix in {".py", ".toml", ".tsv", ".txt", ".csv", ".json"}
    )
    assert len(theirs) > 10_000
    lines = [
        *_sentences(),
        *(line for file in BANK.glob("bios/*.txt") for line in templates(f"bios/{file.stem}")),
    ]
    long_enough = [pieces for line in lines for pieces in [re.split(r"{\w+}", line)]]
    told = [
        piece
        for pieces in long_enough
        for piece in pieces
        if len(piece.split()) >= 7 and _words(piece) in theirs
    ]
    assert told == []


def test_the_bank_is_named_nowhere_in_the_rules() -> None:
    sources = [*(ROOT / "plnmap" / "acts").rglob("*.py"), *(ROOT / "tests").glob("test_acts*.py")]
    assert not [file.name for file in sources if "simulator" in file.read_text(encoding="utf-8")]
