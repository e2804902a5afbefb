"""How a table of rules is applied to many texts: rule by rule, each only where it can fire."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import accumulate, chain
from typing import Final, NamedTuple

from plnmap.acts.needed import needed, needed_by_way
from plnmap.acts.rules import CONDITIONS, LINK, Cues, Rule, visible
from plnmap.acts.screen import Screen, candidates, found, screen
from plnmap.acts.text import Text
from plnmap.model import Act

AT_ONCE: Final = 2000
"""Texts in a batch: more of them save nothing, and their arrays leave the processor's cache."""

HELP_BY_UPTAKE: Final = frozenset({"unknown", "shared_work", "participation", "social"})
"""Gratitude whose object leaves room for help: with uptake beside it, it is thanks for help."""

_EDGE: Final = r"(?!(?<=\w)\w)"  # not inside a word: evidence is shown, and half a word is no evidence


class _Ready(NamedTuple):
    """A rule made ready for use; its id names the language."""

    rule: Rule
    rows: slice
    """Rows of what it needs: a text needs what one of them says."""
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    span: str | int
    """Group of the pattern that is the evidence."""


class Engine(NamedTuple):
    """The rules of a pack made ready for use."""

    acts: Mapping[str, list[list[_Ready]]]
    """Act → its rules, tier by tier."""
    screen: Screen
    needs: Sequence[Sequence[int]]
    """Rows of numbers of sets of cues, of each of which one must be in a text."""


def engine(lang: str, rules: Sequence[Rule], cues: Cues) -> Engine:
    """Compile the rules of a pack."""
    acts: dict[str, list[list[_Ready]]] = {rule.act: [] for rule in rules}
    rules = sorted(rules, key=lambda rule: (rule.tier, rule.id))
    ways_of = [_ways(rule, cues) for rule in rules]
    ways = list(chain.from_iterable(ways_of))
    numbers = {of_set: number for number, of_set in enumerate(dict.fromkeys(chain.from_iterable(ways)))}
    ends = [0, *accumulate(map(len, ways_of))]
    for rule, rows in zip(rules, map(slice, ends, ends[1:]), strict=True):
        pattern = re.compile(f"{_EDGE}(?:{rule.pattern}){_EDGE}")
        unless = re.compile(rule.unless) if rule.unless else None
        span = "said" if "said" in pattern.groupindex else 0
        ready = _Ready(rule._replace(id=f"{lang}.{rule.id}"), rows, pattern, unless, span)
        tiers = acts[rule.act]
        if not tiers or tiers[-1][0].rule.tier < rule.tier:
            tiers.append([])
        tiers[-1].append(ready)
    return Engine(acts, screen(list(numbers)), [[numbers[of_set] for of_set in sets] for sets in ways])


def _ways(rule: Rule, cues: Cues) -> list[list[frozenset[str]]]:
    """Sets of cues of each of which one is in every text that a rule fires on; in several ways if no cues
    are named that tell for the whole rule."""
    named = (cues.get(rule.act, ()), cues.get(rule.id, ()))
    given = chain.from_iterable([strings] if isinstance(strings, str) else strings for strings in named)
    sets = [frozenset(strings.split("|")) for strings in given]
    return [[*sets, *needed(rule.pattern)]] if sets else needed_by_way(rule.pattern)


def tag(engine: Engine, texts: Sequence[Text]) -> list[list[Act]]:
    """Acts of each text that the rules find, with thanks for help behind what they follow from."""
    hits: list[list[Act]] = []
    for first in range(0, len(texts), AT_ONCE):
        hits += _tag(engine, texts[first : first + AT_ONCE])
    return [of_text + _help_thanks(of_text) if of_text else of_text for of_text in hits]


def _tag(engine: Engine, texts: Sequence[Text]) -> list[list[Act]]:
    wordings = [visible(text.text) for text in texts]
    may_fire = candidates(found(engine.screen, wordings), engine.needs)
    hits: list[list[Act]] = [[] for _ in texts]
    for tiers in engine.acts.values():
        done: set[int] = set()
        for tier in tiers:
            fired = set()
            for ready in tier:
                numbers = [number for number in _any(may_fire[ready.rows]) if number not in done]
                for need in ready.rule.needs:
                    numbers = _holding(engine, need, texts, numbers)
                for number in numbers:
                    if hit := _hit(ready, texts[number].post, wordings[number]):
                        hits[number].append(hit)
                        fired.add(number)
            done |= fired
    return hits


def _any(ways: list[list[int]]) -> list[int]:
    """What is in one of the lists, in order."""
    return ways[0] if len(ways) == 1 else sorted(set().union(*ways))


def _hit(ready: _Ready, post: str, wording: str) -> Act | None:
    rule, _, pattern, unless, span = ready
    match = pattern.search(wording)
    if match is None or (unless and unless.search(wording)):
        return None
    return Act(post, rule.act, rule.object, rule.score, rule.id, *match.span(span))


def _holding(engine: Engine, need: str, texts: Sequence[Text], candidates: list[int]) -> list[int]:
    """Those of the candidates of which a condition holds."""
    if need in CONDITIONS:
        holds = CONDITIONS[need]
        return [number for number in candidates if holds(texts[number])]
    answering = [number for number in candidates if texts[number].parent_text]
    if need == "parent_offers":
        answering = [number for number in answering if texts[number].parent_answers_author]
    if not answering:
        return []
    parents = [Text("", texts[number].parent_text or "") for number in answering]
    act = "question" if need == "parent_asks" else "advice"
    does = _tag(engine._replace(acts={act: engine.acts.get(act, [])}), parents)
    return [
        number
        for number, parent, hits in zip(answering, parents, does, strict=True)
        if hits or (need == "parent_offers" and LINK in visible(parent.text))
    ]


def _help_thanks(hits: list[Act]) -> list[Act]:
    """Thanks for help: a gratitude that names help, or one beside which an uptake stands."""
    thanks = [hit for hit in hits if hit.act == "gratitude"]
    uptakes = [hit for hit in hits if hit.act == "uptake"]
    evidence = [hit for hit in thanks if hit.object == "help"]
    if not evidence and any(hit.object in HELP_BY_UPTAKE for hit in thanks):
        evidence = uptakes
    if not evidence:
        return []
    best = max(evidence, key=lambda hit: (hit.score, hit.rule))
    return [best._replace(act="help_thanks", object="help")]
