"""The engine: a table of rules over one text, the same for every language.

A pack is a table of `Rule` with a list of cue words per act. The rules see the text
through `visible`: lower case, other people's words and addresses blanked, and no
longer than `LOOK_AT`, so that no text, however hostile, costs more than a long post does.
Every position is kept, so a span found there lies at the same place in the original.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from itertools import groupby
from typing import Final, NamedTuple

from plnmap.acts.text import Text
from plnmap.model import Act

LOOK_AT: Final = 4000
"""Characters of a text that are looked at: longer than any post a person writes to another."""

ENGINE_VERSION: Final = 2
"""Part of every pack's version: raise it when the engine reads the same rules differently."""

LINK: Final = "\0"
"""What each character of an address becomes; a rule may ask for it."""

_ADDRESS: Final = re.compile(r"https?://\S+|\bwww\.\S+", re.IGNORECASE)
_OTHERS_WORDS: Final = re.compile(
    r"\b[RM]T @\w+(?:(?!->|→)[\s\S])*"  # a boost written by hand, up to the arrow before a comment
    r"|“[^”]*”?|\"[^\"\n]{15,}\"|«[^«»]*»",  # quotation marks around more than a word or two
    re.MULTILINE,
)
_EDGE: Final = r"(?:(?<!\w)|(?!\w))"  # not inside a word: evidence is shown, and half a word is no evidence
_SIGNS_OF_OTHERS: Final = ("“", '"', "«", "T @")
_MEDIA: Final = frozenset({"pic.twitter.com", "pbs.twimg.com", "twitpic.com", "yfrog.com", "instagram.com"})


class Rule(NamedTuple):
    """One line of a pack's table: wording that is taken as a sign of an act."""

    id: str
    """Stable name, ``act.object_or_wording``; the pack puts its language in front."""
    act: str
    pattern: str
    """Regular expression over the `visible` text; repetitions must be bounded. Where it names a group
    ``said``, that is the span of a hit, and the rest is only looked at."""
    score: float
    """How sure the rule is that the act was done, 0 to 1; a judgement, not a probability."""
    example: str
    """A sentence on which it fires: shown in the documentation, checked by the tests."""
    object: str | None = None
    """What a gratitude is for."""
    unless: str | None = None
    """The rule is silent where this is found anywhere in the visible text."""
    needs: tuple[str, ...] = ()
    """Names in `CONDITIONS` that must all hold."""
    tier: int = 1
    """An act's rules are tried tier by tier; the first tier that fires is the last one tried."""


class Pack(NamedTuple):
    """All that is known about the acts of one language."""

    lang: str
    version: str
    """Changes whenever a text could be tagged differently: the key of cached tags."""
    rules: tuple[Rule, ...]
    tag: Callable[[Text], list[Act]]


def visible(text: str) -> str:
    """The part of a text that is the author's own wording, position by position.

    Lower case and plain apostrophes; addresses become `LINK`; quotations and hand-written
    boosts become spaces.

    Returns
    -------
    str
        As long as the text, at most `LOOK_AT` characters.

    Examples
    --------
    >>> visible("Thanks! “you rock” https://a.example")
    'thanks!            \\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00'
    """
    text = text[:LOOK_AT]
    if "http" in text or "www." in text:
        text = _ADDRESS.sub(lambda found: LINK * len(found[0]), text)
    if any(sign in text for sign in _SIGNS_OF_OTHERS):
        text = _OTHERS_WORDS.sub(lambda found: " " * len(found[0]), text)
    lowered = text.replace("’", "'").replace("‘", "'").lower()
    if len(lowered) == len(text):
        return lowered
    # A few letters (İ) become two in lower case, which would move every span behind them.
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


def _foreign_link(text: Text) -> bool:
    return any(_domain(link) not in text.author_own_domains | _MEDIA for link in text.links)


def _domain(address: str) -> str:
    host = address.partition("://")[2].partition("/")[0].partition(":")[0]
    return host.lower().removeprefix("www.")


CONDITIONS: Final[Mapping[str, Callable[[Text], bool]]] = {
    "reply": lambda text: text.is_reply,
    "addressed": lambda text: text.is_reply or text.n_handles > 0,
    "three_handles": lambda text: text.n_handles >= 3,
    "foreign_link": _foreign_link,
    "no_headline": lambda text: text.is_reply or text.n_handles > 0 or not text.links,
}
"""What a rule may ask of the text besides its wording."""

HELP_BY_UPTAKE: Final = frozenset({"unknown", "shared_work", "participation", "social"})
"""Gratitude whose object leaves room for help: with uptake beside it, it is thanks for help."""


def pack(lang: str, rules: Iterable[Rule], cues: Mapping[str, str]) -> Pack:
    """Make a pack of a table of rules.

    Parameters
    ----------
    lang
        Language of the table, two letters.
    rules
        The table. The order within an act does not matter; tiers do.
    cues
        Per act or rule id, strings (separated by bars) of which one is part of every text
        that it can fire on, a space counted in front of the text and behind it: looking for
        them first is what makes tagging fast. What is not named is always tried.

    Returns
    -------
    Pack
        Its version is a hash of the table, the cues and the engine's version.

    Raises
    ------
    ValueError
        Two rules share an id, a rule needs a condition that there is none of, or a cue
        belongs to nothing.

    Examples
    --------
    >>> table = (Rule("gratitude.merci", "gratitude", r"\\bmerci\\b", 0.9, "Merci !", object="unknown"),)
    >>> [hit.rule for hit in pack("fr", table, {}).tag(Text("twitter:1", "merci bien"))]
    ['fr.gratitude.merci']
    """
    rules = tuple(rules)
    _check(lang, rules, cues)

    @cache
    def compiled() -> _Acts:
        # Compiling takes a moment, and whoever only asks for the version need not wait for it.
        return tuple(
            (_cues(cues, act), _tiers((rule for rule in rules if rule.act == act), lang, cues))
            for act in dict.fromkeys(rule.act for rule in rules)
        )

    def tag(text: Text) -> list[Act]:
        acts = compiled()
        parent = _parent_conditions(text, acts) if text.parent_text else frozenset[str]()
        return _tag(text, acts, parent)

    described = repr(
        (ENGINE_VERSION, LOOK_AT, lang, sorted(rules, key=lambda rule: rule.id), sorted(cues.items()))
    )
    return Pack(lang, hashlib.sha256(described.encode()).hexdigest()[:16], rules, tag)


def _check(lang: str, rules: tuple[Rule, ...], cues: Mapping[str, str]) -> None:
    ids = {rule.id for rule in rules}
    if len(ids) < len(rules):
        raise ValueError(f"two rules of the {lang} pack share an id")
    if odd := {need for rule in rules for need in rule.needs} - CONDITIONS.keys() - PARENT_CONDITIONS:
        raise ValueError(f"rules of the {lang} pack need unknown conditions: {', '.join(sorted(odd))}")
    if odd := cues.keys() - ids - {rule.act for rule in rules}:
        raise ValueError(f"the {lang} pack has cues for nothing: {', '.join(sorted(odd))}")


class _Compiled(NamedTuple):
    """A rule made ready for use; its id names the language."""

    rule: Rule
    needs: frozenset[str]
    cues: tuple[str, ...]
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None


_Tiers = tuple[tuple[_Compiled, ...], ...]
_Acts = tuple[tuple[tuple[str, ...], _Tiers], ...]


def _cues(cues: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(cues[name].split("|")) if name in cues else ()


def _tiers(rules: Iterable[Rule], lang: str, cues: Mapping[str, str]) -> _Tiers:
    ordered = sorted(rules, key=lambda rule: (rule.tier, rule.id))
    return tuple(
        tuple(
            _Compiled(
                rule._replace(id=f"{lang}.{rule.id}"),
                frozenset(rule.needs),
                _cues(cues, rule.id),
                re.compile(f"{_EDGE}(?:{rule.pattern}){_EDGE}"),
                re.compile(rule.unless) if rule.unless else None,
            )
            for rule in tier
        )
        for _, tier in groupby(ordered, key=lambda rule: rule.tier)
    )


def _tag(text: Text, acts: _Acts, parent: frozenset[str]) -> list[Act]:
    wording = visible(text.text)
    if wording.isspace():  # nothing but a hand-written boost
        return []
    padded = f" {wording} "
    holds = parent.union(name for name, test in CONDITIONS.items() if test(text))
    hits: list[Act] = []
    for cues, tiers in acts:
        if _any_of(cues, padded):
            for tier in tiers:
                if found := _hits(text.post, wording, padded, holds, tier):
                    hits += found
                    break
    return hits + _help_thanks(hits) if hits else hits


def _hits(
    post: str, wording: str, padded: str, holds: frozenset[str], tier: tuple[_Compiled, ...]
) -> list[Act]:
    return [
        Act(
            post,
            rule.act,
            rule.object,
            rule.score,
            rule.id,
            *found.span("said" if "said" in pattern.groupindex else 0),
        )
        for rule, needs, cues, pattern, unless in tier
        if needs <= holds
        and _any_of(cues, padded)
        and (found := pattern.search(wording))
        and not (unless and unless.search(wording))
    ]


def _any_of(cues: tuple[str, ...], wording: str) -> bool:
    # A plain loop: any() with a generator takes twice as long, and this is most of the work.
    for cue in cues:
        if cue in wording:
            return True
    return not cues


def _parent_conditions(text: Text, acts: _Acts) -> frozenset[str]:
    """What the post answered does: it asks, or it answered this author with advice or a link."""
    parent = Text(text.post, text.parent_text or "")
    does = {hit.act for hit in _tag(parent, acts, frozenset())}
    asks = "question" in does
    offers = text.parent_answers_author and ("advice" in does or LINK in visible(parent.text))
    return frozenset({name for name, holds in (("parent_asks", asks), ("parent_offers", offers)) if holds})


PARENT_CONDITIONS: Final = frozenset({"parent_asks", "parent_offers"})
"""Conditions on the post answered, which hold only where the file has its text."""


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
