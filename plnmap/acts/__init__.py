"""What a short text does: it thanks (and for what), takes up, credits, asks, advises, praises and more.

One pack of rules per language; a language without a pack yields nothing, which is
*not observed* and never "no thanks were given". Every act names the rule that fired and
the span of the text that it fired on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from plnmap.acts.english import ENGLISH
from plnmap.acts.language import author_language, base_language
from plnmap.acts.model_rule import explain as model_reasons
from plnmap.acts.model_rule import hits as model_hits
from plnmap.acts.rules import Pack, Rule
from plnmap.acts.text import Text
from plnmap.model import Act

if TYPE_CHECKING:
    from plnmap.acts.linear import Reason

__all__ = [
    "ACTS",
    "ENGLISH",
    "PACKS",
    "RELIABILITY",
    "Pack",
    "Reliability",
    "Rule",
    "Text",
    "author_language",
    "explain",
    "language_covered",
    "tag",
]

PACKS: Final[Mapping[str, Pack]] = {pack.lang: pack for pack in (ENGLISH,)}
"""Language (two letters) → its pack."""


ACTS: Final = (
    "gratitude",
    "help_thanks",
    "uptake",
    "credit",
    "question",
    "advice",
    "resource",
    "answer",
    "praise",
    "congratulation",
    "introduction",
    "moved_elsewhere",
    "met",
    "passed_on",
    "service",
)
"""Everything that a text can be found to do, in the order in which tables show it."""


class Reliability(NamedTuple):
    """How far a count of an act can be trusted: what the volume correction starts from."""

    recall: float
    """τ: share of the posts that do the act in which it is found."""
    false_positive_rate: float
    """φ: share of the posts that do not in which it is found all the same."""
    source: str
    """Where the two figures come from."""


RELIABILITY: Final[Mapping[str, Reliability]] = {
    # Of 145 thanks for help in three samples 108 are found, and 19 of 327 other thanks are taken for it; of
    # those found in half of all replies 320 are, 34 are not, and they are .58 of all there are.
    "help_thanks": Reliability(0.65, 0.0039, "thanks-replies of three archives, hand-coded by four readers"),
    "gratitude": Reliability(0.89, 0.004, "GoEmotions dev"),
    # The model is not asked about posts: of what it adds to replies 0.09 is advice (181 judged).
    "advice": Reliability(
        0.53, 0.007, "replies of three archives, hand-judged by three readers; rules alone"
    ),
    "question": Reliability(0.79, 0.06, "hand-judged replies of three archives"),
    "praise": Reliability(0.54, 0.006, "hand-judged replies of three archives"),
    "congratulation": Reliability(0.9, 0.0002, "hand-judged hits of three archives; recall from 310 replies"),
    "introduction": Reliability(0.6, 0.0001, "hand-judged hits and near misses of three archives"),
    "moved_elsewhere": Reliability(0.8, 0.0003, "hand-judged hits and near misses of three archives"),
    "met": Reliability(0.6, 0.0001, "hand-judged hits and near misses of three archives"),
    "passed_on": Reliability(0.9, 0.03, "hand-judged hits of three archives; recall is a judgement"),
    "resource": Reliability(0.23, 0.002, "hand-judged replies of three archives, without what they answer"),
    "answer": Reliability(
        0.3, 0.003, "replies of three archives to posts that these hold; recall from invented ones"
    ),
}
"""Act → how reliably it is found, in texts that the rules were not written on where there are any.
An act that is not named is not to be counted."""


def language_covered(lang: str | None) -> bool:
    """Whether acts can be seen in this language.

    >>> language_covered("en-GB"), language_covered("de"), language_covered(None)
    (True, False, False)
    """
    return base_language(lang) in PACKS


def tag(texts: Iterable[Text], at_least: float = 0.0, *, ask_models: bool = True) -> list[Act]:
    """Acts of a number of texts.

    Parameters
    ----------
    texts
        Any order; each is judged by itself. Texts in a language without a pack, or in an
        unknown one, yield nothing: decide the language of an author first
        (`author_language`).
    at_least
        Leave out hits of a lower score.
    ask_models
        Where the rules find no advice, let a model look too. What it finds is weak: right in
        five or six of ten sentences of a forum, too rarely in a reply to be evidence of help.

    Returns
    -------
    list of Act
        In the order of the texts; at most one row per post, act and rule. Thanks for help
        give a row of gratitude or uptake and one of ``help_thanks``. `start` and `stop`
        point into the text as it was given. The score of a model is the probability that a
        reply says so; it stays below one half, which the rules for advice never do.

    Raises
    ------
    BadData
        The file of a model is missing or does not belong to its pack.

    Examples
    --------
    >>> hits = tag([Text("twitter:1", "@ada Thanks for the tip!", lang="en", is_reply=True)])
    >>> [(hit.act, hit.object, hit.rule) for hit in hits]  # doctest: +NORMALIZE_WHITESPACE
    [('gratitude', 'help', 'en.gratitude.help'), ('help_thanks', 'help', 'en.gratitude.help')]
    >>> tag([Text("twitter:2", "Danke für den Tipp!", lang="de")])
    []
    """
    texts = list(texts)
    by_pack: dict[str, list[int]] = {}
    for number, text in enumerate(texts):
        if text.text and (lang := base_language(text.lang) or "") in PACKS:
            by_pack.setdefault(lang, []).append(number)
    found: dict[int, list[Act]] = {}
    for lang, numbers in by_pack.items():
        of_pack = [texts[number] for number in numbers]
        found |= zip(numbers, _tag(PACKS[lang], of_pack, ask_models), strict=True)
    return [hit for number in sorted(found) for hit in found[number] if hit.score >= at_least]


def _tag(pack: Pack, texts: Sequence[Text], ask_models: bool) -> list[list[Act]]:
    hits = pack.tag(texts)
    model = pack.model
    if model is None or not ask_models:
        return hits
    silent = [number for number, rows in enumerate(hits) if all(hit.act != model.act for hit in rows)]
    for number, hit in zip(silent, model_hits(model, [texts[number] for number in silent]), strict=True):
        if hit:
            hits[number].append(hit)
    return hits


def explain(text: str, lang: str = "en") -> list[Reason]:
    """Why the model of a language would find its act in a text: the words that speak most for it.

    Returns
    -------
    list of Reason
        At most five stretches of words that do not overlap, the strongest first, each with
        what it adds to the log-odds and where it stands; none where the language has no
        model.
    """
    pack = PACKS.get(base_language(lang) or "")
    return model_reasons(pack.model, text) if pack and pack.model else []
