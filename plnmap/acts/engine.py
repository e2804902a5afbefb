"""How a table of rules is applied to many texts: rule by rule, each only where it can fire."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, zip_longest
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from plnmap.acts.expression import Strings
from plnmap.acts.openings import FIRST
from plnmap.acts.rules import CONDITIONS, CONTINUED, LINK, LOOK_AT, PARENT_CONDITIONS, Cues, Rule, visible
from plnmap.acts.screen import Screen, begun, found, letters, screen
from plnmap.acts.text import Text
from plnmap.acts.ways import Way, ways
from plnmap.model import Act

AT_ONCE: Final = 2000
"""Texts in a batch: more of them save nothing, and their arrays leave the processor's cache."""

HELP_BY_UPTAKE: Final = frozenset({"unknown", "shared_work", "participation", "social"})
"""Gratitude whose object leaves room for help: with uptake beside it, it is thanks for help."""

_BEFORE_WORDS: Final = re.compile(r"[^\w@]{0,3}+(?:@\w{1,80}+[^\w@]{1,3}+){0,50}+")  # handles and signs
_EDGE: Final = r"(?!(?<=\w)\w)"  # not inside a word: evidence is shown, and half a word is no evidence
_ANYWHERE: Final = -1

_Place = tuple[int, int]
"""Number of a text and where in it to try a rule, or `_ANYWHERE`."""


class Engine(NamedTuple):
    """The rules of a pack made ready for use."""

    acts: Mapping[str, list[list[tuple[int, Rule]]]]
    """Act → its rules, tier by tier, numbered; their ids name the language."""
    rules: Sequence[Rule]
    """The same, in the order of their numbers."""
    rule_of: NDArray[np.intp]
    """Per way in which a rule can match, the number of the rule."""
    cues: Screen
    """Sets of strings that texts must contain."""
    needs: Sequence[NDArray[np.intp]]
    """Per way, numbers of the sets of each of which one string must be there: of the first ones, of the
    second ones and so on. Behind the last set stands one that is in every text."""
    openings: Screen
    """Per way, the strings with one of which a match begins."""
    first: NDArray[np.intp]
    """Ways of which one may be at the beginning of the text."""
    anywhere: NDArray[np.intp]
    """Ways of which it is unknown where one may be."""
    asking: Mapping[str, list[int]]
    """Condition → the ways of rules that ask for it."""


def engine(lang: str, rules: Sequence[Rule], cues: Cues) -> Engine:
    """Make the rules of a pack ready. What they look for is compiled when it is first tried."""
    acts = list(dict.fromkeys(rule.act for rule in rules))
    rules = [rule._replace(id=f"{lang}.{rule.id}") for rule in sorted(rules, key=lambda rule: rule.id)]
    ways_of = [ways(rule.pattern, _named(rule, lang, cues)) for rule in rules]
    all_ways: list[Way] = list(chain.from_iterable(ways_of))
    sets = list(dict.fromkeys(chain.from_iterable(way.needs for way in all_ways)))
    number_of = {of_set: number for number, of_set in enumerate(sets)}
    rule_of = np.repeat(np.arange(len(rules)), [len(of_rule) for of_rule in ways_of])
    needs = zip_longest(
        *([number_of[of_set] for of_set in way.needs] for way in all_ways), fillvalue=len(sets)
    )
    return Engine(
        acts={act: _by_tier(act, rules) for act in acts},
        rules=rules,
        rule_of=rule_of,
        cues=screen(sets),
        needs=[np.array(column) for column in needs],
        openings=screen([way.openings or () for way in all_ways]),
        first=np.flatnonzero([way.openings is not None and FIRST in way.openings for way in all_ways]),
        anywhere=np.flatnonzero([way.openings is None for way in all_ways]),
        asking={
            need: [way for way, number in enumerate(rule_of.tolist()) if need in rules[number].needs]
            for need in sorted({need for rule in rules for need in rule.needs})
        },
    )


def _named(rule: Rule, lang: str, cues: Cues) -> list[Strings]:
    named = (cues.get(rule.act, ()), cues.get(rule.id.removeprefix(f"{lang}."), ()))
    given = chain.from_iterable([strings] if isinstance(strings, str) else strings for strings in named)
    return [frozenset(strings.split("|")) for strings in given]


def _by_tier(act: str, rules: Sequence[Rule]) -> list[list[tuple[int, Rule]]]:
    tiers: dict[int, list[tuple[int, Rule]]] = {}
    for number, rule in enumerate(rules):
        if rule.act == act:
            tiers.setdefault(rule.tier, []).append((number, rule))
    return [tiers[tier] for tier in sorted(tiers)]


def tag(engine: Engine, texts: Sequence[Text]) -> list[list[Act]]:
    """Acts of each text that the rules find, with thanks for help behind what they follow from."""
    hits: list[list[Act]] = []
    for first in range(0, len(texts), AT_ONCE):
        hits += _tag(engine, texts[first : first + AT_ONCE])
    return [of_text + _help_thanks(of_text) if of_text else of_text for of_text in hits]


def _tag(engine: Engine, texts: Sequence[Text]) -> list[list[Act]]:
    wordings = [visible(text.text) for text in texts]
    places_of = _places(engine, texts, wordings)
    behind = _behind(wordings)
    hits: list[list[Act]] = [[] for _ in texts]
    for tiers in engine.acts.values():
        done: set[int] = set()
        for tier in tiers:
            fired: set[int] = set()
            for number, rule in tier:
                places = places_of(number)
                if done:
                    places = [place for place in places if place[0] not in done]
                if not PARENT_CONDITIONS.isdisjoint(rule.needs):
                    places = _answering(engine, rule, texts, list(places))
                for text, hit in _hits(rule, texts, wordings, behind(rule, places)):
                    hits[text].append(hit)
                    fired.add(text)
            done |= fired
    return hits


def _places(
    engine: Engine, texts: Sequence[Text], wordings: Sequence[str]
) -> Callable[[int], Iterable[_Place]]:
    """Where each rule is to be tried, in order; parents are not looked at yet."""
    of_texts = letters(wordings)
    seen = np.vstack((found(engine.cues, of_texts), np.ones(len(texts), np.bool_)))
    may = np.ones((len(engine.rule_of), len(texts)), np.bool_)
    tried = {number for tiers in engine.acts.values() for tier in tiers for number, _ in tier}
    may[[number not in tried for number in engine.rule_of.tolist()]] = False
    for numbers in engine.needs:
        may &= seen[numbers]
    for need, asking in engine.asking.items():
        may[asking] &= _holding(need, texts, np.any(may[asking], axis=0).tolist())
    found_at = [begun(engine.openings, of_texts, may)]
    for of_ways, given in ((engine.first, 0), (engine.anywhere, _ANYWHERE)):
        way, text = np.nonzero(may[of_ways])
        found_at.append((of_ways[way], text, np.full(len(way), given)))
    way, text, place = (np.concatenate(column) for column in zip(*found_at, strict=True))
    # One number orders all three, and tells what two ways have in common.
    step = LOOK_AT + 2
    keys = np.sort((engine.rule_of[way] * len(texts) + text) * step + place + 1)
    keys = keys[np.diff(keys, prepend=-1) > 0]
    rule, text = np.divmod(keys // step, len(texts))
    starts = np.searchsorted(rule, np.arange(len(engine.rules) + 1)).tolist()
    of_text, at = text.tolist(), (keys % step - 1).tolist()

    def of_rule(number: int) -> Iterable[_Place]:
        its = slice(starts[number], starts[number + 1])
        return zip(of_text[its], at[its], strict=True)

    return of_rule


def _holding(need: str, texts: Sequence[Text], asked: Sequence[bool]) -> NDArray[np.bool_]:
    """Of which of the texts that are asked for a condition holds; of a parent, that there is one."""
    holds = CONDITIONS.get(need, _has_parent)
    return np.array([ask and holds(text) for ask, text in zip(asked, texts, strict=True)], np.bool_)


def _has_parent(text: Text) -> bool:
    return bool(text.parent_text)


def _behind(wordings: Sequence[str]) -> Callable[[Rule, Iterable[_Place]], Iterable[_Place]]:
    """What leaves of the places of a rule those where a text begins or that `Rule.behind` allows."""

    @cache
    def beginning(number: int) -> int:
        match = _BEFORE_WORDS.match(wordings[number])
        return match.end() if match else 0

    @cache
    def openings(behind: str, number: int) -> list[int]:
        allowed = {match.start() for match in _compiled(behind).finditer(wordings[number])}
        return sorted(allowed | {beginning(number)})

    def allowed(rule: Rule, places: Iterable[_Place]) -> Iterator[_Place]:
        holds = _compiled(rule.behind).match
        for number, place in places:
            if place == _ANYWHERE:
                yield from ((number, opening) for opening in openings(rule.behind, number))
            elif holds(wordings[number], place) or place == beginning(number):
                yield number, place

    return lambda rule, places: allowed(rule, places) if rule.behind else places


def _hits(
    rule: Rule, texts: Sequence[Text], wordings: Sequence[str], places: Iterable[_Place]
) -> Iterator[tuple[int, Act]]:
    """The first match of a rule in each text, unless something there speaks against it."""
    pattern = _compiled(f"{_EDGE}(?:{rule.pattern}){_EDGE}")
    span = "said" if "said" in pattern.groupindex else 0
    done = -1
    for number, place in places:
        if number == done:
            continue
        wording = wordings[number]
        match = pattern.search(wording) if place == _ANYWHERE else pattern.match(wording, place)
        if match is None and place != _ANYWHERE:
            continue
        done = number
        if match and not (rule.unless and _compiled(rule.unless).search(wording)):
            post = texts[number].post
            yield number, Act(post, rule.act, rule.object, rule.score, rule.id, *match.span(span))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _answering(engine: Engine, rule: Rule, texts: Sequence[Text], places: Sequence[_Place]) -> list[_Place]:
    """Those of the places that are in answers to what the rule asks for."""
    numbers = list(dict.fromkeys(number for number, _ in places))
    for need in PARENT_CONDITIONS.intersection(rule.needs):
        numbers = _parent_does(engine, need, texts, numbers)
    answers = set(numbers)
    return [place for place in places if place[0] in answers]


def _parent_does(engine: Engine, need: str, texts: Sequence[Text], answers: Sequence[int]) -> list[int]:
    if need == "parent_offers":
        answers = [number for number in answers if texts[number].parent_answers_author]
    if not answers:
        return []
    above = {number: _parent(texts[number]) for number in answers}
    # Many may have answered the same post.
    parents = list(dict.fromkeys(above.values()))
    does = _tag(engine._replace(acts=_of_parents(engine, need)), parents)
    doing = {
        parent
        for parent, hits in zip(parents, does, strict=True)
        if (_offers(parent, hits) if need == "parent_offers" else hits)
    }
    return [number for number in answers if above[number] in doing]


def _parent(text: Text) -> Text:
    """The post that a text answers, as a text of its own."""
    is_reply = text.parent_is_reply or text.parent_answers_author
    links = tuple(link for link in text.parent_links if CONTINUED not in link)
    # What the reader made themselves is nothing new to them, whoever links to it.
    own = text.author_own_domains
    return Text("", text.parent_text or "", is_reply=is_reply, links=links, author_own_domains=own)


def _offers(parent: Text, hits: Sequence[Act]) -> bool:
    """Whether advice was given or something handed over; praise of the reader's own work links to that."""
    if hits:
        return any(hit.act == "advice" for hit in hits)
    # Where a post was cut off, or its links are not known, one stands in its text at most.
    return CONDITIONS["foreign_link"](parent) if parent.links else LINK in visible(parent.text)


def _of_parents(engine: Engine, need: str) -> Mapping[str, list[list[tuple[int, Rule]]]]:
    """The rules that say whether a post answered is what a condition asks for."""

    def tiers(act: str, about: str | None = None) -> list[list[tuple[int, Rule]]]:
        of_act = engine.acts.get(act, [])
        return [[each for each in tier if about in (None, each[1].object)] for tier in of_act]

    if need == "parent_offers":
        return {"advice": tiers("advice"), "praise": tiers("praise", "yours")}
    return {"question": tiers("question", "help" if need == "parent_asks_for_help" else None)}


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
