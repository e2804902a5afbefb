"""Texts for the tests of acts, what is found in them, and the invented sentences that others are told by."""

from __future__ import annotations

import csv
import re
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from plnmap.acts import Text, tag
from plnmap.acts.rules import visible
from plnmap.model import Act

LINK = "https://birds.example/north"


def sentences(name: str) -> list[dict[str, str]]:
    """The table ``acts_{name}.tsv``: a sentence a row, and what it does."""
    path = Path(__file__).with_name(f"acts_{name}.tsv")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def english(text: str, **known: Any) -> Text:
    return Text("twitter:1", text, lang="en")._replace(**known)


def answer(text: str, **known: Any) -> Text:
    return english(text, is_reply=True, n_handles=1, **known)


def acts(text: Text) -> set[str]:
    """By the rules; what the model says is tested elsewhere."""
    return {hit.act for hit in tag([text], ask_models=False)}


def objects(text: Text) -> set[str | None]:
    """What is thanked for."""
    return {hit.object for hit in tag([text]) if hit.act == "gratitude"}


def reply(text: str, post: str = "twitter:1") -> Text:
    """A reply to somebody whose handle is put in front."""
    return Text(post, f"@ada {text}", "en", is_reply=True, n_handles=1)


def meeting(needs: tuple[str, ...]) -> dict[str, Any]:
    """What has to be known of a text for a rule with these needs."""
    known: dict[str, Any] = {"is_reply": "reply" in needs or "addressed" in needs, "n_handles": 1}
    if "three_handles" in needs:
        known["n_handles"] = 3
    if "foreign_link" in needs:
        known["links"] = [LINK]
    if not {"parent_asks", "parent_asks_for_help"}.isdisjoint(needs):
        known["parent_text"] = "Does anyone know how birds find north?"
    if "parent_offers" in needs:
        known |= {"parent_text": "Have you tried the other socket?", "parent_answers_author": True}
    return known


def assert_no_word_is_cut(text: str, hits: Iterable[Act]) -> None:
    seen = visible(text)
    for hit in hits:
        for edge in (hit.start or 0, hit.stop or 0):
            around = seen[edge - 1 : edge + 1] if edge else ""
            assert not re.fullmatch(r"\w\w", around), (hit.rule, text, edge)


def seconds(text: Text) -> float:
    """Processor time that a text takes, once the rules that it calls for are compiled."""
    tag([text])
    start = time.process_time()
    tag([text])
    return time.process_time() - start
