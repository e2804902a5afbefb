"""Whom to ask, with the posts that speak for each."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any, Final

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from plnmap.analysis.summary import name_of
from plnmap.analysis.topics.whom_to_ask import Advice, Candidate, OneStepAway, Speaking
from plnmap.report.lines import Quotation
from plnmap.report.report import roles_in_words
from plnmap.report.values import listed, number_of, shorten, unaddressed
from plnmap.words import plain

WAYS: Final = {"in": "they wrote", "out": "you wrote", "passed_on": "you passed on"}
ONE_STEP_SHOWN: Final = 3


def render_ask(advice: Advice, most: int, options: str = "") -> RenderableType:
    """Whom to ask, as a page.

    Parameters
    ----------
    advice
        What `plnmap.analysis.topics.whom_to_ask.whom_to_ask` returned.
    most
        People shown.
    options
        What suggested commands need to be about the same file and ego.
    """
    title = Text("Whom to ask about ", "bold")
    title.append(plain(advice.topic), "bold cyan")
    parts: list[RenderableType] = [title]
    if advice.unknown and advice.terms:
        parts.append(Text(f"No post holds {_quoted(advice.unknown)}: left out.", "dim"))
    if advice.alike:
        parts.append(Text(f"Did you mean {listed(list(map(plain, advice.alike)), 'or')}?", "yellow"))
    if not advice.candidates:
        parts.append(Text("\nNobody yet: no post between you and anybody here speaks of it."))
        parts.append(Text("That says nothing about who knows; only about what was said here.", "dim"))
    else:
        parts.append(Text("by the posts between you and them; their answers to you count double", "dim"))
    for candidate in advice.candidates[:most]:
        parts.extend(_candidate(candidate))
    if len(advice.candidates) > most:
        parts.append(Text(f"\n… {len(advice.candidates) - most:,} more: --limit, or --format csv", "dim"))
    elif advice.candidates:
        parts.append(Text(f"\n  → plnmap show {plain(name_of(advice.candidates[0].person))}{options}", "dim"))
    parts.extend(_one_step(advice))
    return Padding(Group(*parts), (0, 1))


def ask_rows(advice: Advice) -> list[dict[str, Any]]:
    """One row per person and post for a file, the likeliest person first."""
    return [
        {
            "who": name_of(candidate.person),
            "account": candidate.person.account,
            "score": round(candidate.score, 2),
            "matching_posts": candidate.matching,
            "posts": candidate.documents,
            "answers": candidate.answered,
            "response_rate": candidate.person.response_rate,
            "roles": candidate.person.roles,
            "way": said.way,
            "day": said.day,
            "text": said.text,
            "where": said.url or said.post,
        }
        for candidate in advice.candidates
        for said in candidate.posts
    ]


def _candidate(candidate: Candidate) -> Iterable[RenderableType]:
    person = candidate.person
    line = Text("\n")
    line.append(plain(name_of(person)), "bold cyan")
    line.append(f"  {candidate.matching:,} of {number_of(candidate.documents, 'post')}")
    if candidate.answered:
        line.append(f", {number_of(candidate.answered, 'help', 'helps')}")
    if person.response_rate is not None:
        line.append(f" · answers {person.response_rate:.0%} of what you ask")
    roles = roles_in_words(person)
    line.append(f"  {roles}" if roles else "", "magenta")
    yield line
    for said in candidate.posts:
        yield _said(said)


def _said(said: Speaking) -> RenderableType:
    return _quotation(f"  {WAYS[said.way]}: ", said.text, said.day)


def _one_step(advice: Advice) -> Iterable[RenderableType]:
    if not advice.one_step_away:
        return
    yield Text("\nOne step away", "bold")
    names = {person.account: name_of(person) for person in advice.network.people}
    for each in advice.one_step_away[:ONE_STEP_SHOWN]:
        yield _step(each, names)


def _step(each: OneStepAway, names: dict[str, str]) -> RenderableType:
    through = plain(names.get(each.through, each.through))
    words = f"{through} thanked them for help" if each.how == "thanked" else f"they answered {through}"
    line = Text(f"  {plain(each.name)}", "cyan")
    line.append(f"  {words}", "dim")
    label = "they wrote" if each.how == "answered" else "the thanks"
    return Group(line, _quotation(f"    {label}: ", each.text, each.day))


def _quotation(label: str, text: str, day: object) -> RenderableType:
    return Quotation(label, partial(shorten, unaddressed(text), 0), str(day or ""))


def _quoted(words: list[str]) -> str:
    return ", ".join(f"“{plain(word)}”" for word in words)
