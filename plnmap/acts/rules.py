"""What a pack of rules is made of, the same for every language.

A pack is a table of `Rule` with a list of cue words per act. The rules see the text
through `visible`: lower case, other people's words and addresses blanked, and no
longer than `LOOK_AT`, so that no text, however hostile, costs more than a long post does.
Every position is kept, so a span found there lies at the same place in the original.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from plnmap.acts.text import Text
from plnmap.model import Act

if TYPE_CHECKING:
    from plnmap.acts.engine import Engine
    from plnmap.acts.model_rule import ModelRule

LOOK_AT: Final = 4000
"""Characters of a text that are looked at: longer than any post a person writes to another."""

ENGINE_VERSION: Final = 9
"""Part of every pack's version: raise it when the engine reads the same rules differently."""

LINK: Final = "\0"
"""What each character of an address becomes; a rule may ask for it."""

_WITH_SERVER: Final = re.compile(r"@(\w+@\w[\w.-]*\w)")
_BETWEEN: Final = re.compile(r"[@.-]")
_ADDRESS: Final = re.compile(r"[Hh][Tt][Tt][Pp][Ss]?://\S+")
_ADDRESS_OF_WEB: Final = re.compile(r"[Ww](?<!\w[Ww])[Ww]{2}\.\S+")
_OTHERS_WORDS: Final = re.compile(
    # a boost written by hand, up to the arrow before a comment; but not in "thanks for the RT @ada"
    r"(?:(?<!\b[Tt]he )(?<!\b[Ff]or )(?<!\b[Yy]our )\b[RM]T @\w+|\b[RM]T @\w+(?=\s?[:>→]))(?:(?!->|→)[\s\S])*"
    r"|“[^”]*”?|\"[^\"\n]{15,}\"|«[^«»]*»"  # quotation marks around more than a word or two
    # … and where it was cut off before they were closed, as shared titles are
    r"|(?<!\w)\"(?=\w)[^\"\n]{15,}…(?=\s*(?:\x00|$))",
    re.MULTILINE,
)
CONTINUED: Final = "/i/web/status/"
"""In a link to the rest of the very post it stands in."""
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
    """What a gratitude is for; "help" where a question wants it; "yours" where praise is of what the person
    addressed made."""
    unless: str | None = None
    """The rule is silent where this is found anywhere in the visible text."""
    needs: tuple[str, ...] = ()
    """Names in `CONDITIONS` that must all hold."""
    tier: int = 1
    """An act's rules are tried tier by tier; the first tier that fires is the last one tried."""
    behind: str = ""
    """Lookbehinds, one of which must hold where the rule is tried, unless the text begins there, handles
    left out; tried anywhere without any."""


class Pack(NamedTuple):
    """All that is known about the acts of one language."""

    lang: str
    version: str
    """Changes whenever a text could be tagged differently: the key of cached tags."""
    rules: tuple[Rule, ...]
    tag: Callable[[Sequence[Text]], list[list[Act]]]
    """What the rules find in each text."""
    model: ModelRule | None = None
    """What is asked where the rules of an act find nothing."""


def visible(text: str) -> str:
    """The part of a text that is the author's own wording, position by position.

    Lower case and plain apostrophes; addresses become `LINK`; quotations and hand-written
    boosts become spaces; a handle with its server is one word.

    Returns
    -------
    str
        As long as the text, at most `LOOK_AT` characters.

    Examples
    --------
    >>> visible("Thanks! “you rock” https://a.example")
    'thanks!            \\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00'
    >>> visible("@Ada@social.example thanks")
    '@ada_social_example thanks'
    """
    text = text[:LOOK_AT]
    if "@" in text:
        text = _WITH_SERVER.sub(lambda found: "@" + _BETWEEN.sub("_", found[1]), text)
    if "http" in text or "www." in text:
        text = _ADDRESS.sub(lambda found: LINK * len(found[0]), text)
        if "www." in text.lower():
            text = _ADDRESS_OF_WEB.sub(lambda found: LINK * len(found[0]), text)
    if "“" in text or '"' in text or "«" in text or "T @" in text:
        text = _OTHERS_WORDS.sub(lambda found: " " * len(found[0]), text)
    lowered = text.replace("’", "'").replace("‘", "'").lower()
    if len(lowered) == len(text):
        return lowered
    # A few letters (İ) become two in lower case, which would move every span behind them.
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


def _foreign_link(text: Text) -> bool:
    return any(
        CONTINUED not in link
        and (domain := _domain(link)) not in _MEDIA
        and domain not in text.author_own_domains
        for link in text.links
    )


def _domain(address: str) -> str:
    host = address.partition("://")[2].partition("/")[0].partition(":")[0]
    return host.lower().removeprefix("www.")


CONDITIONS: Final[Mapping[str, Callable[[Text], bool]]] = {
    "reply": lambda text: text.is_reply,
    "addressed": lambda text: text.is_reply or text.n_handles > 0,
    "three_handles": lambda text: text.n_handles >= 3,
    "foreign_link": _foreign_link,
    "no_headline": lambda text: (
        text.is_reply
        or text.text.lstrip(" .").startswith("@")
        or all(CONTINUED in link for link in text.links)
    ),
    "to_all": lambda text: not text.is_reply,
}
"""What a rule may ask of the text besides its wording."""

PARENT_CONDITIONS: Final = frozenset({"parent_asks", "parent_asks_for_help", "parent_offers"})
"""Conditions on the post answered, which hold only where the file has its text: it asks a question, it
asks one whose object is help, or it answered this author with advice or with a link, to another site than
theirs and without praise of what they made: such a link leads there."""

Cues = Mapping[str, str | tuple[str, ...]]
"""Act or rule id → strings of which one is part of every text that it can fire on, separated by bars;
or several such, of each of which one is."""


def pack(lang: str, rules: Iterable[Rule], cues: Cues, model: ModelRule | None = None) -> Pack:
    """Make a pack of a table of rules.

    Parameters
    ----------
    lang
        Language of the table, two letters.
    rules
        The table. The order within an act does not matter; tiers do.
    cues
        What a text must contain, a space counted in front of it and behind it. Of use only
        where the patterns themselves do not tell (`plnmap.acts.needed`).
    model
        Stands beside the rules, where there is one.

    Returns
    -------
    Pack
        Its version is a hash of the table, the cues, the model and the engine's version.

    Raises
    ------
    ValueError
        Two rules share an id, a rule needs a condition that there is none of, or a cue
        belongs to nothing.

    Examples
    --------
    >>> table = (Rule("gratitude.merci", "gratitude", r"\\bmerci\\b", 0.9, "Merci !", object="unknown"),)
    >>> [hit.rule for hit in pack("fr", table, {}).tag([Text("twitter:1", "merci bien")])[0]]
    ['fr.gratitude.merci']
    """
    rules = tuple(rules)
    _check(lang, rules, cues)

    @cache
    def compiled() -> Engine:
        # Compiling takes a moment, and whoever only asks for the version need not wait for it.
        from plnmap.acts.engine import engine

        return engine(lang, rules, cues)

    def tag(texts: Sequence[Text]) -> list[list[Act]]:
        from plnmap.acts.engine import tag

        return tag(compiled(), texts)

    table = sorted(rules, key=lambda rule: rule.id), sorted(cues.items())
    described = repr((ENGINE_VERSION, LOOK_AT, lang, *table, model and model._replace(path=Path())))
    return Pack(lang, hashlib.sha256(described.encode()).hexdigest()[:16], rules, tag, model)


def _check(lang: str, rules: tuple[Rule, ...], cues: Cues) -> None:
    ids = {rule.id for rule in rules}
    if len(ids) < len(rules):
        raise ValueError(f"two rules of the {lang} pack share an id")
    if odd := {need for rule in rules for need in rule.needs} - CONDITIONS.keys() - PARENT_CONDITIONS:
        raise ValueError(f"rules of the {lang} pack need unknown conditions: {', '.join(sorted(odd))}")
    if odd := cues.keys() - ids - {rule.act for rule in rules}:
        raise ValueError(f"the {lang} pack has cues for nothing: {', '.join(sorted(odd))}")
