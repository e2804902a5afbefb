"""Killed at any moment, a collection goes on where it stood: nothing is lost, nothing asked for twice."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.collect.platforms import Stage, content, rows_of, staged
from tests.scenario.mastodon_api import HOME
from tests.scenario.world import EGO, small_world

Tables = dict[str, list[tuple[Any, ...]]]


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with staged("mastodon", small_world(posts=2, crowd=2, followed=1)) as made:
        yield made


@pytest.fixture(scope="module")
def undisturbed(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> Tables:
    file = tmp_path_factory.mktemp("whole") / "whole.duckdb"
    stage.collect(file)
    return content(file)


@dataclass
class Runs:
    """Collections in processes of their own, one after the other, into one file."""

    process: subprocess.Popen[str]
    stage: Stage
    file: Path
    killed: int = field(default=0)

    def run(self, *, commits: int | None = None, before: bool = False, seconds: float | None = None) -> bool:
        """One run, killed as told; whether it came to its end."""
        account = self.stage.api.account_id(HOME, EGO)
        told = {
            "file": str(self.file),
            "id": account,
            "commits": commits,
            "before": before,
            "seconds": seconds,
        }
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(f"{json.dumps(told)}\n")
        self.process.stdin.flush()
        code = int(self.process.stdout.readline())
        assert code in (0, -signal.SIGKILL)
        self.killed += code != 0
        return code == 0


@pytest.fixture
def runs(stage: Stage, undisturbed: Tables, tmp_path: Path) -> Iterator[Runs]:
    stage.server.log.clear()
    hosts = ",".join(f"{host}={stage.server.address(host)}" for host in stage.server.hosts)
    command = [sys.executable, "-m", "tests.collect.crashing", hosts]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield Runs(process, stage, tmp_path / "killed.duckdb")
        assert process.stdin
        process.stdin.close()


def asked(stage: Stage) -> Counter[str]:
    return Counter(stage.paths())


def test_killed_after_every_commit(stage: Stage, runs: Runs, undisturbed: Tables) -> None:
    pages = len(undisturbed["raw_answers"])
    for _ in range(pages):
        assert not runs.run(commits=1)
    assert content(runs.file) == undisturbed
    assert len(asked(stage)) == sum(asked(stage).values()) == pages


def test_killed_before_every_commit(stage: Stage, runs: Runs, undisturbed: Tables) -> None:
    pages = len(undisturbed["raw_answers"])
    while not runs.run(commits=2, before=True):
        pass
    assert content(runs.file) == undisturbed
    # Each run kept one page, and lost the next one just before it was kept.
    assert runs.killed == pages - 1
    assert sum(asked(stage).values()) == pages + runs.killed


def test_killed_at_many_moments(stage: Stage, runs: Runs, undisturbed: Tables, tmp_path: Path) -> None:
    """At every tenth of the time that a page takes, and after it; in whatever order that comes."""
    runs.run(commits=1)
    began = time.monotonic()
    runs.run(commits=1)
    one_page = time.monotonic() - began
    moments, files = [one_page * tenth / 10 for tenth in range(20)], 1
    for moment in random.Random(5).sample(moments, len(moments)):
        runs.run(seconds=moment)
        if is_finished(runs.file):
            assert content(runs.file) == undisturbed
            runs.file = tmp_path / f"{(files := files + 1)}.duckdb"
    assert runs.killed > 10
    while not is_finished(runs.file):
        runs.run(seconds=3)
    assert content(runs.file) == undisturbed
    # What was on its way when a process was killed, and nothing else, was asked for again.
    assert sum(asked(stage).values()) <= files * len(undisturbed["raw_answers"]) + runs.killed


def is_finished(file: Path) -> bool:
    if not file.exists():
        return False
    ((tasks, left),) = rows_of(
        file, "SELECT count(*), count(*) FILTER (state IN ('waiting', 'running')) FROM tasks"
    )
    return bool(tasks > 0 and left == 0)
