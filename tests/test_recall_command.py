"""`plnmap recall`: the questions, typed answers of every sort, and going on after Ctrl-C."""

from __future__ import annotations

import json
import os
import pty
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from plnmap.analysis.own_word import labels
from plnmap.analysis.recall import MOST_NAMES, blind_answers, names, ratings
from plnmap.cli import cli
from plnmap.errors import UsageError
from plnmap.store import open_store
from tests.records import account, covered, filled, handle, post, source
from tests.test_people import THANKS, mapped
from tests.test_recall import EGO

ROOT = Path(__file__).parents[1]


def conversation(number: int) -> list[Any]:
    """Ego's replies to somebody on four days, with thanks for help to the first."""
    key = f"twitter:{number}"
    text = THANKS if number == 2 else "@x yes"
    return [
        post(100 * number + day, EGO, f"2020-0{day + 1}-0{day + 1}", reply_to=key, text=text)
        for day in range(4)
    ]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ego and four people, one of whom helped."""
    path = tmp_path_factory.mktemp("recall") / "pln.duckdb"
    records = [source(owner=EGO), *covered(EGO), handle(EGO, "ego")]
    records += [handle(f"twitter:{number}", f"person{number}") for number in range(2, 6)]
    records += [account("twitter:2", "Ada [bold]V[/bold]\x1b[31m")]
    told = (each for number in range(2, 6) for each in conversation(number))
    with filled(*records, *told, path=path) as store:
        # What is kept in the file need not be weighed in every test.
        mapped(store)
    return path


@pytest.fixture
def pln(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made, tmp_path / "pln.duckdb"))


@pytest.fixture
def at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("plnmap.commands.recalling.may_ask", lambda quiet=False: True)


def run(pln: Path, *arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(cli, ["recall", "--pln", str(pln), *arguments], input=typed)


def test_recall_needs_a_terminal_and_answers(pln: Path) -> None:
    for options, said in (
        ((), "no terminal"),
        (("--show",), "nothing was recalled"),
        (("--show", "--again"), "give"),
    ):
        done = run(pln, *options)
        assert isinstance(done.exception, UsageError)
        assert said in f"{done.exception.message} {done.exception.hint}"


@pytest.mark.usefixtures("at_a_terminal")
def test_the_whole_conversation(pln: Path) -> None:
    typed = "Ada\n9\n1\npython\nGrandma \u202e\nknitting\n\n" + "7\n2\nbrand\n\n\n"
    done = run(pln, "--format", "json", typed=typed)
    assert done.exit_code == 0, done.exception
    found = json.loads(done.stdout)
    assert found["blind"] is True
    (ada,) = found["remembered"]
    assert (ada["account"], ada["named"], ada["topics"]) == ("twitter:2", True, ["python"])
    assert found["not_in_this_file"] == [{"name": "Grandma", "topic": "knitting"}]
    assert len(found["not_visible"]) == 1 and found["not_visible"][0]["rating"] == 2
    # What was asked gave nothing away, and nothing of others' names reached the terminal as it was.
    assert "Ada [bold]V[/bold][31m" in done.stderr and "\x1b" not in done.stderr
    assert not any(word in done.stderr for word in ("mentor?", "strength", "days"))
    with open_store(pln) as store:
        assert [row.rating for row in ratings(store, EGO)] == [2, None, None]
        assert {*labels(store, EGO, blind=True).values()} == {frozenset({"brand"})}
    # All is answered: nothing is asked again, and the comparison comes at once.
    assert json.loads(run(pln, "--format", "json").stdout)["remembered"] == found["remembered"]
    assert "You remembered" in run(pln, "--show").stdout


@pytest.mark.usefixtures("at_a_terminal")
def test_what_was_answered_before_ctrl_c_is_kept_and_gone_on_from(pln: Path) -> None:
    assert run(pln, typed="Ada\n1\npython\nGrand").exit_code != 0
    with open_store(pln) as store:
        assert [row.said_name for row in names(store, EGO)] == ["Ada"]
        assert ratings(store, EGO) == []
    done = run(pln, typed="\n3\n")
    assert done.exit_code != 0 and "2. name" in done.stderr and "1. name" not in done.stderr
    with open_store(pln) as store:
        assert [row.rating for row in ratings(store, EGO)] == [3, None, None]
    done = run(pln, typed="0\n0\n")
    assert done.exit_code == 0 and "name" not in done.stderr
    with open_store(pln) as store:
        assert [row.rating for row in ratings(store, EGO)] == [3, 0, 0]
        assert all(row.elicited == "blind" for row in ratings(store, EGO))


@pytest.mark.usefixtures("at_a_terminal")
def test_beginning_anew_forgets_and_is_no_longer_blind(pln: Path) -> None:
    run(pln, typed="\n3\n3\n3\n3\n")
    done = run(pln, "--again", typed="\n1\n1\n1\n1\n")
    assert done.exit_code == 0
    assert "not blind" in done.stdout
    with open_store(pln) as store:
        assert {row.rating for row in ratings(store, EGO)} == {1}
        assert blind_answers(store, EGO) == {}


@pytest.mark.usefixtures("at_a_terminal")
def test_ten_names_are_enough(pln: Path) -> None:
    typed = "".join(f"qqq{number}www\n\n" for number in range(MOST_NAMES)) + "\n" * 4
    done = run(pln, typed=typed)
    assert done.exit_code == 0, done.exception
    with open_store(pln) as store:
        assert len(names(store, EGO)) == MOST_NAMES
        assert all(row.account is None for row in names(store, EGO))


@pytest.mark.usefixtures("at_a_terminal")
def test_a_name_too_long_is_asked_for_again(pln: Path) -> None:
    done = run(pln, typed="x" * 201 + "\n\n" + "\n" * 4)
    assert done.exit_code == 0 and "at most 200 characters" in done.stderr


# --- the offer -----------------------------------------------------------------------------------


def report_on_a_terminal(pln: Path, typed: str, *options: str) -> str:
    """What `plnmap report` shows on a terminal of its own when this is typed."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "plnmap", "report", "--pln", str(pln), *options]
    environment = os.environ | {"PLNMAP_NO_PROGRESS": "1", "NO_COLOR": "1"}
    with subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, cwd=ROOT, env=environment
    ) as process:
        os.close(theirs)
        os.write(ours, typed.encode())
        shown, until = b"", time.monotonic() + 60
        while time.monotonic() < until:
            if select.select([ours], [], [], 0.1)[0]:
                try:
                    shown += os.read(ours, 65536)
                except OSError:
                    break
            elif process.poll() is not None:
                break
        process.kill()
    os.close(ours)
    return shown.decode(errors="replace")


def test_the_offer_comes_once_before_the_first_report_on_a_terminal(pln: Path) -> None:
    first = report_on_a_terminal(pln, "\n")
    assert "who helped you learn?" in first and "Your PLN" in first
    second = report_on_a_terminal(pln, "")
    assert "who helped you learn?" not in second and "Your PLN" in second


def test_an_offer_taken_asks_before_anything_is_shown(pln: Path) -> None:
    shown = report_on_a_terminal(pln, "y\nAda\n1\npython\n\n1\n2\n3\n")
    assert shown.index("1. name") < shown.index("Your PLN")
    with open_store(pln) as store:
        assert [row.rating for row in ratings(store, EGO)] == [1, 2, 3]
        assert {row.elicited for row in ratings(store, EGO)} == {"blind"}
        assert [(row.account, row.elicited) for row in names(store, EGO)] == [("twitter:2", "blind")]


def test_there_is_no_offer_in_a_pipe_or_where_it_is_to_be_quiet(pln: Path, tmp_path: Path) -> None:
    fresh = Path(shutil.copy(pln, tmp_path / "other.duckdb"))
    assert "who helped you learn?" not in report_on_a_terminal(fresh, "", "-q")
    done = CliRunner().invoke(cli, ["report", "--pln", str(pln)])
    assert done.exit_code == 0 and "who helped you learn?" not in done.output
    with open_store(pln) as store:
        assert store.rows("SELECT ego FROM first_looks") == [(EGO,)]
