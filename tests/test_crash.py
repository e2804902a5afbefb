"""What is interrupted, killed or refused leaves the PLN file as it was, and a re-run completes it."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from plnmap.cli import run
from plnmap.commands.importing import SAMPLE_OTHER_SIDE, sample_folder
from plnmap.store import open_store

# Two sources, the smaller ones of the sample: one that is refused or cut off, and one that was there.
MASTODON, MENTOR = sample_folder() / "ego-mastodon.zip", sample_folder() / SAMPLE_OTHER_SIDE


def exported(file: Path, folder: Path) -> dict[str, bytes]:
    """Every file of an export."""
    assert run(["export", "-q", "-o", str(folder), "--pln", str(file)]) == 0
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def held(file: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    with open_store(file) as store:
        tables = [name for (name,) in store.rows("SELECT table_name FROM duckdb_tables()")]
        return {name: sorted(store.rows(f"FROM {name}"), key=repr) for name in tables}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The export after two imports that nothing disturbed."""
    folder = tmp_path_factory.mktemp("undisturbed")
    assert run(["import", str(MASTODON), str(MENTOR), "-q", "--pln", str(folder / "a.duckdb")]) == 0
    return exported(folder / "a.duckdb", folder / "out")


def importing(file: Path) -> subprocess.Popen[bytes]:
    """An import in a process of its own."""
    command = [sys.executable, "-m", "plnmap", "import", str(MASTODON), str(MENTOR), "-q", "--pln", str(file)]
    return subprocess.Popen(command, stderr=subprocess.PIPE)


def test_killed_at_any_moment_the_file_opens_and_a_rerun_completes_it(
    tmp_path: Path, undisturbed: dict[str, bytes]
) -> None:
    started = time.monotonic()
    with importing(tmp_path / "whole.duckdb") as process:
        process.communicate()
    needed = time.monotonic() - started
    moments = random.Random(3)
    file = tmp_path / "killed.duckdb"
    killed = 0
    for _ in range(3):
        with importing(file) as process:
            time.sleep(needed * moments.uniform(0.2, 1.0))
            process.kill()
            process.communicate()
        killed += process.returncode == -signal.SIGKILL
        # Whatever was reached, the file opens and holds whole sources or none.
        if file.exists():
            assert run(["status", "--format", "json", "--pln", str(file)]) == 0
    assert killed > 0
    assert run(["import", str(MASTODON), str(MENTOR), "-q", "--pln", str(file)]) == 0
    assert exported(file, tmp_path / "out") == undisturbed


def test_interrupted_it_says_so_and_ends_with_130(tmp_path: Path) -> None:
    file = tmp_path / "a.duckdb"
    code = (
        "import sys; from plnmap.collect import archives; from plnmap.cli import run\n"
        "def interrupted(page): raise KeyboardInterrupt\n"
        "archives.records_of = interrupted\n"
        f"sys.exit(run(['import', {str(MENTOR)!r}, '--pln', {str(file)!r}]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 130
    assert done.stderr.strip() == "plnmap: interrupted; what was finished before is saved"


def cut(archive: Path, target: Path) -> Path:
    """The archive, truncated."""
    target.write_bytes(archive.read_bytes()[: archive.stat().st_size // 2])
    return target


def cut_inside(archive: Path, target: Path) -> Path:
    """The archive with its posts cut in the middle of one."""
    with zipfile.ZipFile(archive) as whole, zipfile.ZipFile(target, "w") as damaged:
        for member in whole.namelist():
            content = whole.read(member)
            damaged.writestr(member, content[: len(content) * 2 // 3] if "tweets/2019" in member else content)
    return target


@pytest.mark.parametrize("damage", [cut, cut_inside])
def test_a_refused_import_leaves_every_table_as_it_was(
    tmp_path: Path, damage: object, capsys: pytest.CaptureFixture[str]
) -> None:
    assert callable(damage)
    file = tmp_path / "a.duckdb"
    assert run(["import", str(MASTODON), "-q", "--pln", str(file)]) == 0
    before = held(file)
    damaged = damage(MENTOR, tmp_path / "damaged.zip")
    assert run(["import", str(damaged), "-q", "--pln", str(file)]) == 6
    assert "→" in capsys.readouterr().err
    assert held(file) == before
    assert before["posts"] and len(before["sources"]) == 1


def test_what_came_before_a_refused_archive_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "a.duckdb"
    damaged = cut(MENTOR, tmp_path / "damaged.zip")
    assert run(["import", str(MASTODON), str(damaged), "-q", "--pln", str(file)]) == 6
    assert run(["report", "-q", "--pln", str(file)]) == 0
