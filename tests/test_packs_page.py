"""The page on packs for other languages: its example works."""

from __future__ import annotations

import doctest
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "packs.md"


def test_the_example_of_a_pack_does_what_the_page_says() -> None:
    tried = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert tried.attempted == 6
    assert tried.failed == 0
