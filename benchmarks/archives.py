"""The archives that several benchmarks read: three real ones together, and made-up ones."""

from __future__ import annotations

from pathlib import Path

from benchmarks.measure import call, plnmap


def real(folder: Path, letter: str) -> Path:
    """One of the three real archives whose owners know each other."""
    return folder / f"layout2012-{letter}.zip"


def three(folder: Path) -> list[Path]:
    """All three of them."""
    return [real(folder, letter) for letter in "abc"]


def made_up(folder: Path, parts: tuple[int, ...], alters: int) -> Path:
    """A made-up archive, see `benchmarks.synthetic.write_archive`."""
    path = folder / f"made-up-{sum(parts)}.zip"
    call("synthetic", "write_archive", str(path), parts, alters)
    return path


def imported(archives: list[Path], file: Path) -> Path:
    """A PLN file of these archives."""
    plnmap("import", *archives, "--pln", file, "-q")
    return file


def owners(file: Path) -> list[str]:
    """Whose archives are in a PLN file, by the names of the archives."""
    return call("archives", "tell_owners", str(file)).said.split()


def posts(file: Path) -> int:
    """How many posts of the owners are in a PLN file."""
    return int(call("archives", "tell_posts", str(file)).said)


def tell_owners(file: str) -> None:
    """Print what `owners` returns."""
    _tell(file, "SELECT owner FROM sources ORDER BY name")


def tell_posts(file: str) -> None:
    """Print what `posts` returns."""
    _tell(file, "SELECT sum(posts)::BIGINT FROM sources")


def _tell(file: str, sql: str) -> None:
    import duckdb

    with duckdb.connect(file, read_only=True) as connection:
        print(*(value for (value,) in connection.execute(sql).fetchall()))
