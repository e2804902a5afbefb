"""`plnmap link` and `unlink`: what they say, and suggestions confirmed one by one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from plnmap.analysis.accounts.linking import links
from plnmap.cli import cli
from plnmap.errors import UsageError
from plnmap.store import open_store
from tests.records import filled, post, put, source
from tests.test_linking import ADA, ADA_THERE, BO, EGO, world


@pytest.fixture
def pln(tmp_path: Path) -> Path:
    with filled(*world(), path=tmp_path / "pln.duckdb"):
        pass
    return tmp_path / "pln.duckdb"


def run(*arguments: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(cli, list(arguments), input=typed)


def test_linking_and_unlinking_are_told(pln: Path) -> None:
    with open_store(pln) as store:
        put(store, post(30, ADA, "2020-02-01", reply_to=BO), origin="e" * 64)
    done = run("link", "@ada", "bo", "--pln", str(pln))
    assert done.exit_code == 0, done.exception
    assert "@bo is now part of @ada\n  1 act between the two is no tie any more" in done.stderr
    assert run("link", "--pln", str(pln)).stdout.startswith("@ada ← @bo  one person, 20")
    done = run("unlink", "bo", "--pln", str(pln))
    assert done.stderr == "@bo is no longer part of @ada\n"
    assert run("link", "--pln", str(pln)).stdout == "nothing is linked\n"


@pytest.mark.parametrize("words", [["@ada"], ["@ada", "bo", "--suggest"], ["@ada", "nobodyatall"]])
def test_link_needs_two_known_accounts(words: list[str], pln: Path) -> None:
    done = run("link", *words, "--pln", str(pln))
    assert isinstance(done.exception, UsageError)


OWN_ADDRESS = "@ego I'm @Ada@home.example now \x1b[31m"


def with_addresses(file: Path) -> None:
    """Ada and Bo tell ego where else they are; Bo's address begins like a formula."""
    with open_store(file) as store:
        put(
            store,
            source("f" * 64, owner=None),
            post(40, ADA, "2022-11-01", reply_to=EGO, text=OWN_ADDRESS),
            post(41, BO, "2022-11-02", reply_to=EGO, text="=1+1 toot at bo@other.example"),
            origin="f" * 64,
        )


def test_suggestions_are_listed_where_nobody_can_be_asked(pln: Path) -> None:
    assert "nobody gave you an address" in run("link", "--suggest", "--pln", str(pln)).stdout
    with_addresses(pln)
    shown = run("link", "--suggest", "--pln", str(pln)).stdout
    assert "@ada → @ada@home.example  (nothing of that account is in this file)" in shown
    assert "\x1b" not in shown
    found = json.loads(run("link", "--suggest", "--format", "json", "--pln", str(pln)).stdout)
    assert [(row["account"], row["address"]) for row in found] == [
        (ADA, ADA_THERE),
        (BO, "mastodon:@bo@other.example"),
    ]
    assert ",'=1+1 toot" in run("link", "--suggest", "--format", "csv", "--pln", str(pln)).stdout
    with open_store(pln) as store:
        assert links(store) == []


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("c\nn\n", [(ADA_THERE, ADA, "came_along"), ("mastodon:@bo@other.example", BO, "not_found")]),
        ("m\n\n", [(ADA, ADA_THERE, "met_there")]),
        ("x\nc\nq\n", [(ADA_THERE, ADA, "came_along")]),
        ("\nq\n", []),
    ],
)
def test_suggestions_are_confirmed_one_by_one(
    typed: str, kept: list[tuple[str, str, str]], pln: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_addresses(pln)
    monkeypatch.setattr("plnmap.commands.linking.may_ask", lambda quiet: True)
    done = run("link", "--suggest", "--pln", str(pln), typed=typed)
    assert done.exit_code == 0, done.exception
    assert done.stdout == ""
    with open_store(pln) as store:
        assert sorted((row.account, row.person, row.answer) for row in links(store)) == sorted(kept)
    asked_again = json.loads(run("link", "--suggest", "--format", "json", "--pln", str(pln)).stdout)
    assert len(asked_again) == 2 - len(kept)


def test_ctrl_c_keeps_the_answers_given(pln: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_addresses(pln)
    monkeypatch.setattr("plnmap.commands.linking.may_ask", lambda quiet: True)
    done = run("link", "--suggest", "--pln", str(pln), typed="c\n")  # then the input ends
    assert done.exit_code != 0
    with open_store(pln) as store:
        assert [each.answer for each in links(store)] == ["came_along"]
