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
    digest="f1bfaf9c8dd27edc828f0665d259f8a5a4b922c1fce1abfabc3b33e70aaf7a5e",
    threshold=-0.75,
    # A logistic regression on 170 hand-judged replies of real archives, 35 of them advice.
    level=-1.56,
    slope=0.61,
    judged_to=1.5,
)
