"""What a short text does: thanks (and for what), takes up, credits, asks, advises, passes on.

One pack of rules per language; a language without a pack yields nothing, which is
*not observed* and never "no thanks were given". Every act names the rule that fired and
the span of the text that it fired on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from plnmap.acts.english import ENGLISH
from plnmap.acts.language import author_language, base_language
from plnmap.acts.rules import Pack, Rule
from plnmap.acts.text import Text
from plnmap.model import Act

__all__ = [
    "ENGLISH",
    "PACKS",
    "RELIABILITY",
    "Pack",
    "Reliability",
    "Rule",
    "Text",
    "author_language",
    "language_covered",
    "tag",
]

PACKS: Final[Mapping[str, Pack]] = {pack.lang: pack for pack in (ENGLISH,)}
"""Language (two letters) → its pack."""


class Reliability(NamedTuple):
    """How far a count of an act can be trusted: what the volume correction starts from."""

    recall: float
    """τ: share of the posts that do the act in which it is found."""
    false_positive_rate: float
    """φ: share of the posts that do not in which it is found all the same."""
    source: str
    """Where the two figures come from."""


_DEFAULT: Final = "a starting point, not measured on posts"
RELIABILITY: Final[Mapping[str, Reliability]] = {
    # Recall among the thanks-replies that the rules were not written on. Of the 103 thanks without
    # help 5.8 % are taken for it, and 13.4 % of these owners' replies give thanks at all.
    "help_thanks": Reliability(0.44, 0.0078, "180 hand-coded thanks-replies of three archives"),
    "gratitude": Reliability(0.86, 0.002, "GoEmotions dev"),
    "advice": Reliability(0.49, 0.01, "hand-judged replies of three archives"),
    "question": Reliability(0.71, 0.07, _DEFAULT),
    "resource": Reliability(0.23, 0.002, "hand-judged replies of three archives, without what they answer"),
}
"""Act → how reliably it is found, in texts that the rules were not written on where there are any.
An act that is not named is not to be counted."""


def language_covered(lang: str | None) -> bool:
    """Whether acts can be seen in this language.

    >>> language_covered("en-GB"), language_covered("de"), language_covered(None)
    (True, False, False)
    """
    return base_language(lang) in PACKS


def tag(texts: Iterable[Text]) -> list[Act]:
    """Acts of a number of texts.

    Parameters
    ----------
    texts
        Any order; each is judged by itself. Texts in a language without a pack, or in an
        unknown one, yield nothing: decide the language of an author first
        (`author_language`).

    Returns
    -------
    list of Act
        In the order of the texts; at most one row per post, act and rule. Thanks for help
        give a row of gratitude or uptake and one of ``help_thanks``. `start` and `stop`
        point into the text as it was given.

    Examples
    --------
    >>> hits = tag([Text("twitter:1", "@ada Thanks for the tip!", lang="en", is_reply=True)])
    >>> [(hit.act, hit.object, hit.rule) for hit in hits]  # doctest: +NORMALIZE_WHITESPACE
    [('gratitude', 'help', 'en.gratitude.help'), ('help_thanks', 'help', 'en.gratitude.help')]
    >>> tag([Text("twitter:2", "Danke für den Tipp!", lang="de")])
    []
    """
    return [
        hit
        for text in texts
        if text.text and (pack := PACKS.get(base_language(text.lang) or "")) is not None
        for hit in pack.tag(text)
    ]
