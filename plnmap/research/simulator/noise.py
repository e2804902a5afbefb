"""How people type: typing errors, contractions, no capitals, emoji."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

CONTRACTION_CHANCE: Final = 0.3
"""Share of posts in which the first form that can be shortened, or spelled out, is turned into the other."""

DROPPED_APOSTROPHE: Final = 0.12
"""Share of posts written without apostrophes."""

EXCLAIMED: Final = 0.12
"""Share of posts that end with an exclamation mark that the bank does not have."""

_EMOJI: Final = (
    "😀",
    "😂",
    "🙂",
    "😅",
    "🤣",
    "😍",
    "🌱",
    "🎉",
    "👍",
    "💪",
    "🙈",
    "☕",
    ":)",
    ";)",
    ":D",
    "xx",
)

_PAIRS: Final = (
    ("I am", "I'm"), ("it is", "it's"), ("do not", "don't"), ("does not", "doesn't"), ("did not", "didn't"),
    ("I will", "I'll"), ("I have", "I've"), ("I would", "I'd"), ("you are", "you're"), ("we are", "we're"),
    ("cannot", "can't"), ("that is", "that's"), ("is not", "isn't"), ("has not", "hasn't"), ("you", "u"),
    ("your", "ur"), ("with", "w/"), ("because", "cos"), ("tomorrow", "tmrw"), ("going to", "gonna"),
)  # fmt: skip
_OTHER: Final = {one.lower(): other for pair in _PAIRS for one, other in (pair, pair[::-1])}
_TURNABLE: Final = re.compile(
    rf"(?<![\w'@#/])(?:{'|'.join(sorted(map(re.escape, _OTHER), key=len, reverse=True))})(?![\w'/])",
    re.IGNORECASE,
)
_ROWS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_BESIDE: Final = {key: beside for row in _ROWS for key, beside in zip(row, row[1:] + row[-2], strict=True)}


class Habits(NamedTuple):
    """In what share of their posts somebody writes without capitals, with an emoji, with a typing error."""

    lower: float
    emoji: float
    typo: float


def as_typed(text: str, habits: Habits, draws: list[float]) -> str:
    """A sentence as somebody with these habits types it.

    Names, hashtags and addresses stay as they are.

    Parameters
    ----------
    text
        The sentence.
    habits
        Of its author.
    draws
        Ten numbers from 0 to below 1; the same ones give the same text.

    Examples
    --------
    >>> as_typed("Do not ask @Ada", Habits(lower=1, emoji=0, typo=0), [0.5] * 10)
    'do not ask @Ada'
    """
    contract, apostrophe, exclaim, lower, emoji, which, typo, where, how, _ = draws
    if contract < CONTRACTION_CHANCE:
        text = _TURNABLE.sub(lambda found: _OTHER[found[0].lower()], text, count=1)
    if apostrophe < DROPPED_APOSTROPHE:
        text = text.replace("'", "")
    words = text.split(" ")
    if typo < habits.typo:
        words = _mistyped(words, where, how)
    if lower < habits.lower:
        words = [word if _is_fixed(word) else word.lower() for word in words]
    text = " ".join(words)
    if exclaim < EXCLAIMED and text[-1].isalpha() and not _is_fixed(words[-1]):
        text += "!"
    if emoji < habits.emoji:
        text += f" {_EMOJI[int(which * len(_EMOJI))]}"
    return text


def _is_fixed(word: str) -> bool:
    return "@" in word or "#" in word or "://" in word


def _mistyped(words: list[str], where: float, how: float) -> list[str]:
    """One slip of a finger in a longer word: letters swapped, one left out, doubled, or the key beside."""
    long = [i for i, word in enumerate(words) if len(word) >= 4 and word.isalpha()]
    if not long:
        return words
    spot = where * len(long)
    chosen = long[int(spot)]
    word = words[chosen]
    # The first letter is hardly ever wrong.
    at = 1 + int((spot - int(spot)) * (len(word) - 2))
    slip = (
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + word[at + 1 :],
        word[: at + 1] + word[at:],
        word[:at] + _BESIDE.get(word[at], word[at]) + word[at + 1 :],
    )[int(how * 4)]
    return [*words[:chosen], slip, *words[chosen + 1 :]]
