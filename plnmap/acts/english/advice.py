"""The model beside the rules for advice; `data/train_advice.py` trains it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from plnmap.acts.model_rule import ModelRule

ADVICE_MODEL: Final = ModelRule(
    lang="en",
    id="en.advice.model",
    act="advice",
    path=Path(__file__).with_name("advice_model.npz"),
    digest="ec515e81b6a5cbb700d1e5835410411e968b3346e2e9509167785c310741b367",
    threshold=-0.6,
    # A logistic regression on 181 hand-judged replies of real archives, 38 of them advice.
    level=-2.3,
    slope=0.97,
    judged_to=2.0,
)
