"""Pieces that the tables of English rules are made of."""

from __future__ import annotations


def any_of(block: str) -> str:
    """Alternatives out of a block of text: lines and bars both separate."""
    return "(?:" + "|".join(line.strip() for line in block.strip().splitlines()) + ")"


WORD = r"(?<![@\w'])"  # the start of a word that is no part of a handle
CLAUSE = r"[^.!?\n]{0,70}?"
