"""Handles, persons and authors, worked out once: the same rows, and gone when one is done."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from plnmap.analysis.accounts.linking import link
from plnmap.analysis.who_is_who import VIEWS, open_to_look, who_is_who, who_wrote_what
from plnmap.store import Store
from tests.records import covered, filled, handle, post, put, source

EGO, ADA, BO, CY = "twitter:1", "twitter:2", "twitter:3", "twitter:4"
SAID_AT = datetime(2022, 1, 1, tzinfo=UTC)
ALL = (*VIEWS, "authored")
KEPT = "SELECT table_name FROM duckdb_tables() WHERE temporary ORDER BY ALL"


def told(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    return {view: store.rows(f"FROM {view} ORDER BY ALL") for view in ALL}


def world() -> list[tuple[Any, ...]]:
    """A handle that went from Ada to Bo, and posts under it before and after."""
    return [
        source(owner=EGO),
        *covered(EGO),
        handle(ADA, "wheel", "2019-01-01", "2019-06-01"),
        handle(BO, "wheel", "2020-01-01", "2020-06-01"),
        handle(CY, "cy"),
        post(1, "twitter:@wheel", "2019-03-01"),
        post(2, "twitter:@wheel", "2020-03-01"),
        post(3, EGO, "2020-03-01", reply_to=CY),
    ]


@pytest.mark.parametrize(("put_there", "tables"), [(who_is_who, VIEWS), (who_wrote_what, ALL)])
def test_the_tables_hold_what_the_views_do(
    put_there: Callable[[Store], AbstractContextManager[None]], tables: tuple[str, ...]
) -> None:
    with filled(*world()) as store:
        link(store, BO, CY, said_at=SAID_AT)
        before = told(store)
        with put_there(store):
            assert told(store) == before
            assert store.rows(KEPT) == [(view,) for view in sorted(tables)]
        assert told(store) == before
        assert store.rows(KEPT) == []
    authors = {name: account for name, account, *_ in before["authored"]}
    assert authors == {"twitter:1": ADA, "twitter:2": BO, "twitter:3": EGO}
    assert {account for account, _ in before["persons"]} == {BO, CY}


def test_what_changes_inside_is_seen_afterwards() -> None:
    with filled(*world()) as store:
        with who_wrote_what(store):
            put(store, post(4, CY), origin="b" * 64)
            assert len(told(store)["authored"]) == 3
        assert len(told(store)["authored"]) == 4


def test_inside_another_only_what_is_missing_is_worked_out() -> None:
    with filled(*world()) as store, who_is_who(store):
        with who_wrote_what(store):
            with who_is_who(store), who_wrote_what(store):
                pass
            assert store.rows(KEPT) == [(view,) for view in sorted(ALL)]
        assert store.rows(KEPT) == [(view,) for view in sorted(VIEWS)]


def test_an_error_inside_leaves_nothing_behind() -> None:
    with filled(*world()) as store:
        with pytest.raises(ZeroDivisionError), who_is_who(store):
            raise ZeroDivisionError
        assert store.rows(KEPT) == []


@pytest.mark.parametrize("name", ["main", "temp", "persons", "it's 1"])
def test_a_file_may_be_called_anything(name: str, tmp_path: Path) -> None:
    file = tmp_path / f"{name}.duckdb"
    with filled(*world(), path=file) as store:
        before = told(store)
    with open_to_look(file) as store:
        assert store.rows(KEPT) == [(view,) for view in sorted(VIEWS)]
        assert told(store) == before
