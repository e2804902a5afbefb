"""The views that are worked out once: the same rows, and gone afterwards."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from plnmap.analysis.who_is_who import VIEWS, who_is_who, who_wrote_what
from plnmap.store import Store
from tests.records import filled, handle, post, source

ALL = {*VIEWS, "authored"}


def worked_out(store: Store) -> set[str]:
    """The views that a table stands in for."""
    return {name for (name,) in store.rows("SELECT table_name FROM duckdb_tables() WHERE temporary")}


def told(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """What each view says."""
    return {view: sorted(store.rows(f"FROM {view}"), key=repr) for view in ALL}


@pytest.mark.parametrize(("put", "tables"), [(who_is_who, set(VIEWS)), (who_wrote_what, ALL)])
def test_what_is_worked_out_is_what_the_views_say(
    put: Callable[[Store], AbstractContextManager[None]], tables: set[str]
) -> None:
    posts = post(1, "twitter:@ada", "2020-01-01"), post(2, "twitter:2", "2020-01-02")
    with filled(source(), handle("twitter:1", "ada"), *posts) as store:
        before = told(store)
        assert ("twitter:@ada", "twitter:1") in [row[:2] for row in before["resolutions"]]
        assert sorted(str(row[1]) for row in before["authored"]) == ["twitter:1", "twitter:2"]
        with put(store):
            assert (worked_out(store), told(store)) == (tables, before)
        assert (worked_out(store), told(store)) == (set(), before)


def test_inside_another_one_only_what_is_missing_is_worked_out() -> None:
    with filled(source(), post(1, "twitter:1", "2020-01-01")) as store, who_is_who(store):
        with who_wrote_what(store):
            assert worked_out(store) == ALL
            with who_is_who(store), who_wrote_what(store):
                assert worked_out(store) == ALL
            assert worked_out(store) == ALL
        assert worked_out(store) == set(VIEWS)
