"""Fixtures shared by all tests: real data where it is present, the invented sample, and a closed network."""

from __future__ import annotations

import fcntl
import ipaddress
import os
import shutil
import socket
from collections.abc import Callable, Iterator
from functools import cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from plnmap.analysis.overview import Overview

# How long an example takes says something of the machine, not of the code. Where changes are checked,
# the examples are the same each time, so that what fails was broken by the change; elsewhere new ones
# are looked for.
settings.register_profile("plnmap", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("plnmap")

# There are as many processes as cores: more threads in each would only wait for one another.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

MadeOnce = Callable[[str, Callable[[Path], None]], Path]

REAL_DATA = Path(os.environ.get("PLNMAP_REAL_DATA", Path(__file__).parents[2] / "shared" / "data"))


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Folder with real archives; absent in a stranger's clone, required where the switch is set."""
    if REAL_DATA.is_dir():
        return REAL_DATA
    reason = "the real archives are not here (PLNMAP_REAL_DATA names their folder)"
    if os.environ.get("PLNMAP_REQUIRE_REAL_DATA") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session", autouse=True)
def one_thread(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let DuckDB compute on one core, too; commands that tests start as processes use all, as people's do.

    What does not fit into memory goes beside a file. Of what has no file it would lie beside the code, and
    stay there when a process of the tests ends at once.
    """
    connect = duckdb.connect
    spilled, number = tmp_path_factory.mktemp("spilled"), count()

    def connected(
        database: str = ":memory:", read_only: bool = False, config: dict[str, Any] | None = None
    ) -> duckdb.DuckDBPyConnection:
        given: dict[str, Any] = {"threads": "1"} | (config or {})
        if database == ":memory:":
            given.setdefault("temp_directory", str(spilled / str(next(number))))
        return connect(database, read_only, given)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(duckdb, "connect", connected)
        yield


@pytest.fixture(autouse=True)
def only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test reach beyond this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else None
        if host not in (None, "localhost") and not ipaddress.ip_address(host).is_loopback:
            raise AssertionError(f"a test tried to reach {host}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def own_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep every test away from the files, keys and terminal of whoever runs it."""
    monkeypatch.setenv("PLNMAP_FILE", str(tmp_path / "pln.duckdb"))
    monkeypatch.setenv("PLNMAP_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> MadeOnce:
    """Make a PLN file that many tests read: once in a run of the tests, however many processes share it.

    Each process has a copy, since DuckDB lets only one open a file.
    """
    own = tmp_path_factory.getbasetemp()
    everybodys = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def made(name: str, make: Callable[[Path], None]) -> Path:
        file, unfinished = everybodys / f"{name}.duckdb", everybodys / f"{name}.unfinished"
        with (everybodys / f"{name}.lock").open("w") as lock:
            # The others wait; whoever dies lets go.
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not file.exists():
                unfinished.unlink(missing_ok=True)
                make(unfinished)
                unfinished.replace(file)
        return Path(shutil.copy(file, tmp_path_factory.mktemp(name) / "pln.duckdb"))

    return made


@pytest.fixture(scope="session")
def sample_pln(made_once: MadeOnce) -> Path:
    """A PLN file of the whole invented sample, with all that it keeps about its ego; for reading only."""
    from plnmap.analysis.egos import choose_ego
    from plnmap.analysis.people import map_people
    from plnmap.cli import run
    from plnmap.commands.importing import SAMPLE_EGO, SAMPLE_OTHER_SIDE, sample_folder
    from plnmap.store import open_store

    def make(file: Path) -> None:
        sample = sample_folder()
        assert run(["import", str(sample / SAMPLE_EGO), "-q", "--pln", str(file)]) == 0
        assert run(["import", str(sample / SAMPLE_OTHER_SIDE), "--other-side", "-q", "--pln", str(file)]) == 0
        with open_store(file) as store:
            map_people(store, choose_ego(store, None), announce=lambda text: None)

    return made_once("sample", make)


@pytest.fixture(scope="session")
def real_pln(real_data: Path, made_once: MadeOnce) -> Callable[[str], Path]:
    """PLN files of the archives a, b and c, by the letters wanted; ties and acts are up to date."""
    from plnmap.analysis.derived import derive_acts, derive_ties
    from plnmap.cli import run
    from plnmap.store import open_store

    @cache
    def of(letters: str) -> Path:
        def make(file: Path) -> None:
            archives = [real_data / "twitter_archives" / f"layout2012-{letter}.zip" for letter in letters]
            assert run(["import", *map(str, archives), "-q", "--pln", str(file)]) == 0
            with open_store(file) as store:
                for derive in (derive_ties, derive_acts):
                    derive(store, lambda text: None)

        return made_once(f"real-{letters}", make)

    return of


@pytest.fixture(scope="session")
def sample_overview(sample_pln: Path) -> Overview:
    """The network of the invented sample, from all sides."""
    from plnmap.analysis.overview import overview
    from plnmap.pln import look_at
    from plnmap.store import open_store

    with open_store(sample_pln) as store:
        return overview(store, look_at(store, None, None, announce=lambda text: None))
