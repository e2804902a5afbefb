"""A newcomer on the command line: logs in, plans, collects, is interrupted, goes on, and reads a report."""

from __future__ import annotations

import io
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from plnmap.cli import run
from plnmap.store import open_store
from tests.collect.platforms import Stage, staged
from tests.scenario.mastodon_api import HOME, TOKEN
from tests.scenario.world import small_world
from tests.scenario.x_api import USER_TOKEN

Captured = pytest.CaptureFixture[str]


@pytest.fixture(params=["mastodon", "twitter"])
def stage(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Stage]:
    with staged(request.param, small_world(posts=30, crowd=4, followed=2)) as made:
        made.api.most = 80
        hosts = ",".join(f"{host}={made.server.address(host)}" for host in made.server.hosts)
        monkeypatch.setenv("PLNMAP_HOSTS", hosts)
        monkeypatch.setenv("PLNMAP_CLOCK", "2026-11-20T12:00:00Z")
        monkeypatch.setenv("PLNMAP_CONFIG", str(tmp_path / "configuration"))
        monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
        yield made


def log_in(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    token = TOKEN if stage.platform == "mastodon" else USER_TOKEN
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{token}\n"))
    where = ["mastodon", HOME] if stage.platform == "mastodon" else ["twitter"]
    assert run(["login", *where, "--token-stdin", "-q"]) == 0


def test_from_login_to_a_report_that_shows_both_sides(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    collect = ["collect", stage.platform, *(["--yes"] if stage.platform == "twitter" else [])]
    assert (run(["status"]), run(["collect", "x"]), run(collect)) == (2, 2, 3)
    said = capsys.readouterr().err
    assert "plnmap collect --help" in said and "did you mean: twitter" in said and "log in first" in said
    log_in(stage, monkeypatch)
    asked = len(stage.server.log)
    assert run(["collect", stage.platform, "--plan"]) == 0
    plan = capsys.readouterr().out
    assert "notifications" in plan
    assert ("dollars" in plan) == (stage.platform == "twitter")
    assert len(stage.server.log) == asked
    # Interrupted by a server that goes down, then taken up again.
    with stage.server.fault("status", times=None, after=6, status=503):
        assert run(collect) == 4
    assert "goes on from here" in capsys.readouterr().err
    assert run(collect) == 0
    assert "→ plnmap report" in capsys.readouterr().err
    assert run(["report", "--format", "json", "-q"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["incoming_collected"]
    people = {person["handle"].partition("@")[0]: person for person in report["network"]["people"]}
    bo = people["bo"]
    assert bo["balance_status"] == "value"
    assert bo["days_in"] > 0
    # X does not show all answers: that somebody gave none is not known there.
    assert people["crowd00000"]["days_in"] == (0 if stage.platform == "mastodon" else None)
    assert run(["report", "-q"]) == 0
    assert "what others wrote to you" in capsys.readouterr().out
    assert run(["status", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    incoming = {row["kind"]: row["state"] for row in told["coverage"] if row["direction"] == "in"}
    assert {"reply", "mention", "quote", "boost", "favourite", "follow"} <= incoming.keys()
    whole = stage.platform == "mastodon"
    assert (incoming["reply"], incoming["mention"]) == ("complete" if whole else "partial", "complete")
    assert not told["unfinished"]


class Terminal(io.StringIO):
    """Somebody who answers."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("stage", ["twitter"], indirect=True)
def test_who_agrees_to_a_plan_pays_no_more_than_it_said(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    """What others did with posts is counted on these: it is planned, and agreed to, once they are here."""
    log_in(stage, monkeypatch)
    before = stage.api.spent
    command = ["collect", "twitter", "--only", "posts", "--only", "boosts"]
    for stream in ("stdout", "stderr"):
        monkeypatch.setattr(f"sys.{stream}.isatty", lambda: True)
    monkeypatch.setattr("sys.stdin", Terminal("n\n"))
    assert run(command) == 5
    said = capsys.readouterr().err
    assert "once they are here" in said
    assert "nothing was asked for, and nothing was spent" in said
    assert "saved" not in said
    assert stage.api.spent == before
    monkeypatch.setattr("sys.stdin", Terminal("y\nn\n"))
    assert run(command) == 5
    said = capsys.readouterr().err
    assert "the rest was not agreed to" in said
    first, second = (float(found) for found in re.findall(r"Spend up to \$([0-9.]+)", said))
    own = stage.api.spent
    assert 0 < own - before <= first + 0.005
    monkeypatch.setattr("sys.stdin", Terminal("y\n"))
    assert run(command) == 0
    # What was agreed to at the beginning is not shown once more where nothing else is known.
    assert capsys.readouterr().err.count("Spent so far") == 1
    assert 0 < stage.api.spent - own <= second + 0.005


@pytest.mark.parametrize("stage", ["twitter"], indirect=True)
def test_nothing_is_spent_that_was_not_agreed_to(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    log_in(stage, monkeypatch)
    spent = stage.api.spent
    assert run(["collect", "twitter"]) == 2
    assert "nobody is here to be asked" in capsys.readouterr().err
    assert stage.api.spent == spent
    assert run(["collect", "twitter", "--budget", "0.1", "--yes"]) == 5
    assert "of the budget of $0.10" in capsys.readouterr().err
    assert spent < stage.api.spent <= spent + 0.1
    assert run(["collect", "twitter", "--budget", "0.1", "--yes"]) == 5
    assert stage.api.spent <= spent + 0.1


@pytest.mark.parametrize("stage", ["mastodon"], indirect=True)
def test_who_may_not_keep_texts_says_so_once(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    def texts() -> int:
        with open_store(Path(os.environ["PLNMAP_FILE"])) as store:
            return int(store.rows("SELECT count(text) + (SELECT count(*) FROM raw_answers) FROM posts")[0][0])

    log_in(stage, monkeypatch)
    posts = ["collect", "mastodon", "--only", "posts", "--max-posts", "40"]
    assert run([*posts, "--no-text"]) == 0
    assert "Texts are not kept" not in capsys.readouterr().err
    with stage.server.fault("status", stage.path_of("followers"), status=403):
        assert run(["collect", "mastodon", "--only", "follows", "--only", "notifications"]) == 0
    said = capsys.readouterr().err
    assert "Texts are not kept, as in this file so far" in said
    assert "not whole: who follows the account\n    home.example does not show it\n  → plnmap status" in said
    assert "the next run brings what is new" in said
    assert texts() == 0
    capsys.readouterr()
    assert run(["status"]) == 0
    told = re.sub(r"\s+", " ", capsys.readouterr().out)
    assert "Imported and collected" in told
    assert "Still to be collected of @ada@home.example" in told and "; posts that the account marked;" in told
    assert run(["collect", "mastodon", "--only", "notifications", "--only", "favourites", "--text"]) == 0
    assert texts() > 0
