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
    digest="b97f67e26bc4d205ac221273263738867fd9e9131c7b5b2fb3e7a5383b02ba0a",
    threshold=-0.65,
    # A logistic regression on 181 hand-judged replies of real archives, 38 of them advice.
    level=-2.61,
    slope=1.17,
    judged_to=2.0,
)
