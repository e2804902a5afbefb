"""`plnmap report` into a file: what it refuses, what it writes, and whom it names there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plnmap.cli import run
from plnmap.store import open_store
from tests.report.test_report_page import without_scripts


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-o", "report.pdf"], ".html, .txt or .json"),
        (["-o", "report.html", "--format", "json"], "leave out --format"),
        (["--evidence", "text"], "-o report.html"),
        (["--share"], "-o report.html"),
        (["--show", "@ada_venn", "-o", "report.txt"], "-o report.html"),
        (["-o", "report.html", "--show", "@ada_venn"], "add --share"),
        (["-o", "report.html", "--share", "--evidence", "links"], "leave out --evidence"),
        (["-o", "report.html", "--share", "--show", "@ada_ven"], "@ada_venn"),
    ],
)
def test_what_does_not_fit_is_refused_before_anything_is_written(
    arguments: list[str],
    said: str,
    sample_pln: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["report", *arguments, "-q", "--pln", str(sample_pln)]) == 2
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_the_ending_says_what_is_written(sample_pln: Path, tmp_path: Path) -> None:
    for name, begins in (("r.json", "{"), ("r.txt", " Your PLN"), ("r", " Your PLN")):
        assert run(["report", "-q", "-o", str(tmp_path / name), "--pln", str(sample_pln)]) == 0
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins)


def test_a_page_to_be_shown_names_nobody_but_who_was_ticked(
    sample_pln: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "shared.HTML"
    command = ["report", "-o", str(target), "--share", "--show", "ada_venn", "--pln", str(sample_pln)]
    assert run(command) == 0
    assert "--evidence" not in capsys.readouterr().err
    page = without_scripts(target.read_text(encoding="utf-8"))
    with open_store(sample_pln) as store:
        handles = {handle for (handle,) in store.rows("SELECT lower(handle) FROM handles")}
        names = {name for (name,) in store.rows("SELECT DISTINCT lower(display_name) FROM accounts") if name}
        keys = store.rows("SELECT account FROM handles UNION SELECT post FROM posts")
    words = set(re.findall(r"\w+", page.lower()))
    assert handles & words == {"ada_venn", "mira_tolland"}
    assert not {key.partition(":")[2] for (key,) in keys} & words
    assert {name for name in names if name in page.lower()} <= {"ada venn", "mira tolland"}
    assert "status/" not in page
    assert "Private." not in page
    assert "@person-1" in page
    # The days of those who are hidden are years: a month would be made up.
    assert "<strong>2019</strong>; thanked on" in page
    assert "<strong>Jan 20" not in page
    rows = re.findall(r"<tr[^>]*><th[^>]*>@person-\d+</th>.*", page)
    assert len(rows) > 100
    assert not [row for row in rows if re.search(r"\b20\d\d-\d\d|\b[A-Z][a-z]{2} 20\d\d", row)]


def test_the_demo_refuses_what_is_no_page_before_it_begins(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["demo", "-o", str(tmp_path / "demo.pdf")]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "demo.html" in said.err
    assert list(tmp_path.iterdir()) == []
