"""A linear model in the place of a rule: asked where the rules of an act are silent."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from plnmap.acts.rules import visible
from plnmap.acts.text import Text
from plnmap.model import Act

if TYPE_CHECKING:
    from plnmap.acts.linear import Model, Reason

_MARKS_OF_QUOTATION: Final = str.maketrans(dict.fromkeys('“”"«»', "`"))


class ModelRule(NamedTuple):
    """Which model, what its log-odds mean, and from where on they are a hit."""

    lang: str
    id: str
    """As of a rule; the language stands in front."""
    act: str
    path: Path
    """File of the weights, read when it is first needed."""
    digest: str
    """SHA-256 of that file: part of the version of the pack."""
    threshold: float
    """Log-odds from which on the act is found."""
    level: float
    """Log-odds that a real reply does the act where the model says 0."""
    slope: float
    """How much they rise with those of the model."""
    judged_to: float
    """Log-odds of the model from which on replies are too few to tell one from the other."""

    def score(self, log_odds: float) -> float:
        """Probability that a real reply with such log-odds does the act."""
        return 1 / (1 + math.exp(-self.level - self.slope * min(log_odds, self.judged_to)))


def whole_wording(text: str) -> str:
    """A text as the model reads it: as `visible` does, but with what stands in quotation marks.

    A post quotes what others said; a sentence of an answer quotes what one might say ("tell her …").
    """
    return visible(text.translate(_MARKS_OF_QUOTATION))


def hits(rule: ModelRule, texts: Sequence[Text]) -> list[Act | None]:
    """Per text a hit or none; its span is that of the words that speak most for the act.

    Texts with a handle, a link or a hashtag are not asked about: the model is made of forums.

    Raises
    ------
    BadData
        The file of weights is missing or does not belong to the rule.
    """
    wordings = {
        number: whole_wording(text.text) for number, text in enumerate(texts) if not _of_a_microblog(text)
    }
    found: list[Act | None] = [None] * len(texts)
    if not wordings:
        return found
    from plnmap.acts.linear import log_odds, strongest

    model = _loaded(rule.path, rule.lang, rule.digest)
    odds = dict(zip(wordings, log_odds(model, list(wordings.values())).tolist(), strict=True))
    numbers = [number for number in wordings if odds[number] >= rule.threshold]
    spans = strongest(model, [wordings[number] for number in numbers])
    for number, (start, stop) in zip(numbers, spans, strict=True):
        if start < stop:
            score = rule.score(odds[number])
            found[number] = Act(texts[number].post, rule.act, None, score, rule.id, start, stop)
    return found


def _of_a_microblog(text: Text) -> bool:
    # There nine in ten of what the model adds is no advice: it links, greets and announces.
    return bool(text.n_handles or text.links or text.hashtags)


def explain(rule: ModelRule, text: str) -> list[Reason]:
    """The stretches of a text that speak most for the act, the strongest first."""
    from plnmap.acts.linear import reasons

    model = _loaded(rule.path, rule.lang, rule.digest)
    return [
        reason._replace(words=text[reason.start : reason.stop])
        for reason in reasons(model, whole_wording(text))
    ]


@cache
def _loaded(path: Path, lang: str, digest: str) -> Model:
    from plnmap.acts.linear import load

    return load(path, lang, digest)
