"""Plain values as text: JSON."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any, NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from plnmap.report.terminal import as_json

texts = st.text(st.characters(codec=None), max_size=8)
"""Halves of surrogate pairs among them."""

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=12,
)


@settings(max_examples=60)
@given(values)
def test_json_is_laid_out_as_the_standard_library_does(value: Any) -> None:
    assert as_json(value) == json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def test_named_tuples_are_objects_and_times_say_that_they_are_utc() -> None:
    class Met(NamedTuple):
        who: str
        on: tuple[date | datetime, ...]

    told = json.loads(as_json([Met("Ada", (date(2020, 1, 2), datetime(2020, 1, 2, 3, 4, 5, 6)))]))  # noqa: DTZ001
    assert told == [{"who": "Ada", "on": ["2020-01-02", "2020-01-02T03:04:05Z"]}]
