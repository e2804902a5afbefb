"""Who held which handle when, who is one person, and who wrote what: worked out once for many queries.

The views of the file work it out in each query that asks, and to plan them takes longer than most of
what is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from plnmap.store import Store, open_store

VIEWS: Final = ("handle_turns", "persons", "resolutions")
"""The views that `who_is_who` works out, each from those before it."""

_IS_KNOWN: Final = "SELECT 1 FROM duckdb_tables() WHERE temporary AND table_name = '{view}'"


@contextmanager
def who_is_who(store: Store) -> Iterator[None]:
    """Put tables in the place of `VIEWS` for all queries inside.

    For reading: what changes inside about handles and links is not seen there. Within another one it
    does nothing.

    Parameters
    ----------
    store
        An open PLN file; not within a transaction.
    """
    with _worked_out(store, VIEWS):
        yield


@contextmanager
def who_wrote_what(store: Store) -> Iterator[None]:
    """Do as `who_is_who` does, and put a table in the place of the view `authored` as well.

    It has a row for each post: what asks only once or twice is faster without.
    """
    with who_is_who(store), _worked_out(store, ("authored",)):
        yield


@contextmanager
def _worked_out(store: Store, views: Sequence[str]) -> Iterator[None]:
    if store.rows(_IS_KNOWN.format(view=views[-1])):
        yield
        return
    try:
        for view in views:
            store.rows(f"CREATE TEMP TABLE {view} AS FROM {view}")
        yield
    except BaseException:
        # After Ctrl-C DuckDB may still be computing, and whatever comes next would wait for it.
        store.connection.interrupt()
        raise
    finally:
        for view in views:
            store.rows(f"DROP TABLE IF EXISTS temp.{view}")


@contextmanager
def open_to_look(path: Path) -> Iterator[Store]:
    """Open a PLN file, as `plnmap.store.open_store` does, for looking at what is in it.

    What is computed is kept, and so is the user's own word; accounts, links and posts are not to be changed.
    """
    with open_store(path) as store, who_is_who(store):
        yield store
