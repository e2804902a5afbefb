"""What happens between two people: short scripts, each line with its chance and what it says.

A scene has a leader A and another person B. Who of the two is ego is decided
where the scene is drawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

Form = Literal["post", "mention", "reply", "boost", "quote", "credit", "introduction"]


class Line(NamedTuple):
    """One post of a scene.

    Attributes
    ----------
    by
        Who writes it, A or B.
    says
        Act → share; the sentence comes from the bank of that act.
    form
        post: to nobody; mention: begins with the other's name; reply; boost;
        quote; credit: names the other within; introduction: a reply that names a third.
    after
        Which line it answers or passes on, counted from 0: the first of these
        that was written. The line is not written where none was.
    chance
        How likely it is written; a name stands for a rate of the world.
    """

    by: Literal["A", "B"]
    says: Mapping[str, float]
    form: Form = "reply"
    after: tuple[int, ...] = ()
    chance: float | str = 1.0


_ANSWER: Final = {"advice": 0.45, "resource": 0.2, "answer": 0.35}
_TAKEN: Final = {"help_thanks": 0.72, "uptake": 0.28}
_TALK: Final = {"chat": 0.8, "small_question": 0.2}
_SHOP: Final = {"topic_talk": 0.85, "rhetorical": 0.15}


def _helped(opening: Line, acknowledged: str, answer: Mapping[str, float] = _ANSWER) -> tuple[Line, ...]:
    return (
        opening,
        Line("B", answer, after=(0,)),
        Line("A", {"question": 1.0}, after=(1,), chance=0.2),
        Line("B", {"answer": 0.5, "advice": 0.5}, after=(2,), chance=0.9),
        Line("A", _TAKEN, after=(3, 1), chance=acknowledged),
        Line("B", {"chat": 0.7, "praise": 0.3}, after=(4,), chance=0.25),
    )


SCENES: Final[dict[str, tuple[Line, ...]]] = {
    "ask": _helped(Line("A", {"question": 1.0}, "mention"), "acknowledged"),
    "call": _helped(Line("A", {"call": 1.0}, "post"), "acknowledged"),
    "unasked": _helped(
        Line("A", {"status": 0.6, "topic_talk": 0.3, "rhetorical": 0.1}, "post"),
        "acknowledged_unasked",
        {"advice": 0.5, "resource": 0.35, "answer": 0.15},
    ),
    "chat by name": (
        Line("A", {"chat": 0.6, "small_question": 0.4}, "mention"),
        Line("B", _TALK, after=(0,), chance=0.75),
        Line("A", _TALK, after=(1,), chance=0.6),
        Line("B", _TALK, after=(2,), chance=0.5),
        Line("A", _TALK, after=(3,), chance=0.4),
    ),
    "chat on a post": (
        Line("B", {"status": 0.9, "rhetorical": 0.1}, "post"),
        Line("A", {"chat": 0.6, "small_question": 0.25, "praise": 0.15}, after=(0,)),
        Line("B", _TALK, after=(1,), chance=0.7),
        Line("A", _TALK, after=(2,), chance=0.5),
        Line("B", _TALK, after=(3,), chance=0.4),
    ),
    "topic": (
        Line("B", {"topic_talk": 0.7, "shared_work": 0.15, "rhetorical": 0.15}, "post"),
        Line("A", _SHOP, after=(0,)),
        Line("B", _SHOP, after=(1,), chance=0.6),
        Line("A", _SHOP, after=(2,), chance=0.5),
        Line("B", _SHOP, after=(3,), chance=0.4),
    ),
    "kind": (
        Line("B", {"status": 0.6, "shared_work": 0.4}, "post"),
        Line("A", {"congratulation": 0.5, "praise": 0.5}, after=(0,)),
        Line("B", {"social_thanks": 0.9, "chat": 0.1}, after=(1,), chance=0.4),
    ),
    "reading": (
        Line("B", {"shared_work": 1.0}, "post"),
        Line("A", {"work_thanks": 0.7, "praise": 0.3}, after=(0,)),
        Line("B", {"social_thanks": 0.8, "chat": 0.2}, after=(1,), chance=0.35),
    ),
    "boost": (
        Line("B", {"shared_work": 0.5, "topic_talk": 0.25, "tip": 0.15, "status": 0.1}, "post"),
        Line("A", {"boost": 1.0}, "boost", after=(0,)),
        Line("B", {"amplification_thanks": 1.0}, "mention", after=(1,), chance="thanks_amplification"),
    ),
    "quote": (
        Line("B", {"shared_work": 0.8, "topic_talk": 0.2}, "post"),
        Line("A", {"quote_comment": 1.0}, "quote", after=(0,)),
        Line("B", {"amplification_thanks": 1.0}, after=(1,), chance="thanks_amplification"),
    ),
    "credit": (
        Line("A", {"credit": 1.0}, "credit"),
        Line("B", {"amplification_thanks": 1.0}, after=(0,), chance="thanks_amplification"),
    ),
    "hour": (
        Line("A", {"participation_thanks": 1.0}, "mention"),
        Line("B", {"participation_thanks": 0.4, "social_thanks": 0.2, "chat": 0.4}, after=(0,), chance=0.3),
    ),
    "wish": (
        Line("A", {"preemptive_thanks": 1.0}, "mention"),
        Line("B", {"answer": 0.5, "chat": 0.5}, after=(0,), chance=0.5),
    ),
    "introduce": (
        Line("B", {"call": 0.3, "status": 0.3, "topic_talk": 0.4}, "post"),
        Line("A", {"introduction": 1.0}, "introduction", after=(0,)),
        Line("B", {"social_thanks": 0.5, "help_thanks": 0.5}, after=(1,), chance=0.4),
    ),
    "invite": (
        Line("A", {"invitation": 1.0}, "mention"),
        Line("B", {"chat": 0.5, "social_thanks": 0.5}, after=(0,), chance=0.6),
    ),
    "service": (
        Line("A", {"service_request": 1.0}, "mention"),
        Line("B", {"desk_thanks": 0.45, "desk_answer": 0.55}, after=(0,), chance=0.85),
        Line("A", {"service_request": 1.0}, after=(1,), chance=0.25),
        Line("B", {"desk_answer": 0.8, "desk_thanks": 0.2}, after=(2,), chance=0.85),
        Line("A", {"service_thanks": 0.85, "help_thanks": 0.15}, after=(3, 1), chance=0.45),
    ),
    "bug": (
        Line("A", {"bug_report": 1.0}, "mention"),
        Line("B", {"answer": 0.4, "chat": 0.2, "advice": 0.3, "resource": 0.1}, after=(0,), chance=0.8),
        Line("A", {"service_thanks": 0.7, "help_thanks": 0.3}, after=(1,), chance=0.5),
    ),
    "pitch": (
        Line("B", {"status": 0.6, "topic_talk": 0.4}, "post"),
        Line("A", {"promotion": 1.0}, after=(0,)),
    ),
    "lecture": (
        Line("B", {"status": 0.5, "topic_talk": 0.3, "rhetorical": 0.2}, "post"),
        Line("A", {"tip": 0.4, "advice": 0.4, "resource": 0.2}, after=(0,)),
        Line("B", {"social_thanks": 0.6, "chat": 0.2, "help_thanks": 0.2}, after=(1,), chance=0.15),
    ),
}
"""Scene → lines, in the order in which they happen."""

HELP: Final = ("ask", "call", "unasked")
"""Scenes in which B helps A."""

ALTER_LEADS: Final = ("lecture", "pitch", "bug")
EGO_LEADS: Final = ("service",)
EITHER: Final = ("chat", "topic", "hour")
"""Flows without a direction in their name."""
