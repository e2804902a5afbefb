"""Posts before they have words: who writes to whom, when, and what it does.

All posts of one line of a scene are drawn at once, as columns.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from plnmap.research.simulator.scenes import SCENES, Line
from plnmap.research.simulator.world import World

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

NOBODY: Final = -1

COLUMNS: Final = {
    "draft": "number of the post",
    "author": "number of the person who writes",
    "to": "number of the person written to, passed on or credited; -1 for nobody",
    "third": "number of a third person who is named; -1 for nobody",
    "act": "what it does: a file of the bank, or boost",
    "form": "see `plnmap.research.simulator.scenes.Line`",
    "at": "days from the begin of the world",
    "parent": "number of the post answered or passed on; -1 for none",
    "scene": "scene it belongs to; empty outside",
    "happening": "number of the scene as it was played; -1 outside",
    "line": "number of the line within the scene; -1 outside",
}
"""The columns of drafts."""


def drafts(**columns: object) -> pd.DataFrame:
    """A table of drafts; what is not given is nobody, nothing or none."""
    (number,) = {len(column) for column in columns.values() if isinstance(column, np.ndarray)}
    defaults: dict[str, object] = dict.fromkeys(COLUMNS, NOBODY) | {"scene": ""}
    return pd.DataFrame({name: columns.get(name, defaults[name]) for name in COLUMNS}, index=range(number))


class Stage:
    """Where scenes are played: collects drafts and numbers them.

    Parameters
    ----------
    world
        Its chances and times.
    reacts
        By number of the person, factor on the chance that they react.
    rng
        Source of every draw.
    """

    def __init__(self, world: World, reacts: Floats, rng: np.random.Generator) -> None:
        self._world = world
        self._reacts = reacts
        self._rng = rng
        self._blocks: list[pd.DataFrame] = []
        self._posts = 0
        self._happenings = 0

    def put(self, posts: pd.DataFrame) -> Ints:
        """Add drafts; their numbers."""
        numbers = self._posts + np.arange(len(posts))
        self._blocks.append(posts.assign(draft=numbers))
        self._posts += len(posts)
        return numbers

    def all(self) -> pd.DataFrame:
        """All drafts within the time of the world, in order of time; answers to what fell out fall out."""
        posts = pd.concat(self._blocks, ignore_index=True)
        posts = posts[posts["at"] < self._world.days]
        return posts.sort_values(["at", "draft"], ignore_index=True)

    def play(self, scene: str, leads: Ints, follows: Ints, thirds: Ints, at: Floats) -> None:
        """Play a scene many times at once.

        Parameters
        ----------
        scene
            Name of the scene.
        leads, follows
            Per happening, who is A and who is B.
        thirds
            Per happening, who is named by an introduction.
        at
            When each begins, days from the begin of the world.
        """
        rng, lines, number = self._rng, SCENES[scene], len(at)
        happening = self._happenings + np.arange(number)
        self._happenings += number
        # Per line and happening, the number and the moment of the post; -1 where there is none.
        written = np.full((len(lines), number), NOBODY)
        moments = np.zeros((len(lines), number))
        for i, line in enumerate(lines):
            parent, before = _parents(line, written, moments, at)
            chance = getattr(self._world, line.chance) if isinstance(line.chance, str) else line.chance
            author, other = (leads, follows) if line.by == "A" else (follows, leads)
            played = rng.uniform(0, 1, number) < chance * (self._reacts[author] if line.after else 1.0)
            if line.after:
                played &= parent != NOBODY
            act = rng.choice(np.array(list(line.says), dtype=object), number, p=list(line.says.values()))
            moments[i] = before + (self._waits(number) if line.after else 0.0)
            posts = drafts(
                author=author[played],
                to=other[played] if line.form != "post" else np.full(played.sum(), NOBODY),
                third=thirds[played] if line.form == "introduction" else np.full(played.sum(), NOBODY),
                act=act[played],
                form=line.form,
                at=moments[i, played],
                parent=parent[played],
                scene=scene,
                happening=happening[played],
                line=i,
            )
            written[i, played] = self.put(posts)

    def _waits(self, number: int) -> Floats:
        median = self._world.answer_hours / 24
        waits: Floats = median * np.exp(self._rng.normal(0, self._world.answer_spread, number))
        return waits


def _parents(line: Line, written: Ints, moments: Floats, at: Floats) -> tuple[Ints, Floats]:
    """Per happening, the post that a line answers and its moment; for what opens a scene, its begin."""
    parent, before = np.full(len(at), NOBODY), at.copy()
    for i in reversed(line.after):
        there = written[i] != NOBODY
        parent = np.where(there, written[i], parent)
        before = np.where(there, moments[i], before)
    return parent, before
