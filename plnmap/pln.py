"""A PLN file in a notebook or a script: tables for pandas, a graph, a map.

::

    import plnmap

    pln = plnmap.open("pln.duckdb")
    pln.people(as_of="2019-12-31")
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from plnmap.errors import UsageError

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd
    import pyarrow as pa

    from plnmap.analysis.people import Network
    from plnmap.analysis.settings import Settings
    from plnmap.model import Record
    from plnmap.report.pictures.map import Picture
    from plnmap.store import Store

# Nothing heavy above: whoever imports the package loads this.


def default_file() -> Path:
    """The PLN file where none is named: `PLNMAP_FILE`, else `pln.duckdb` in the user's data folder."""
    named = os.environ.get("PLNMAP_FILE")
    if named:
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("plnmap", appauthor=False) / "pln.duckdb"


def open(path: str | Path | None = None, *, settings: str | Path | Settings | None = None) -> Pln:
    """Open a PLN file that `plnmap import` made.

    Parameters
    ----------
    path
        The file; the one that the commands use if None.
    settings
        Thresholds and rates to go by: `plnmap.analysis.settings.Settings`, or the TOML file that has them;
        as they come if None.

    Raises
    ------
    UsageError
        There is no such file, or the settings name one that there is not.
    BadData
        It is no PLN file.
    FileUnavailable
        Another process has it open.
    """
    if isinstance(settings, (str, Path)):
        from plnmap.analysis.settings import Settings

        settings = Settings.from_toml(Path(settings))
    return Pln(default_file() if path is None else Path(path), settings)


class Pln:
    """The networks in one PLN file. Made by `open`.

    The file is open only while something is read, so that commands can use it meanwhile; in a
    ``with`` block it stays open, and nobody else can change it.

    Every method takes `ego`, whose network (a handle or an id; needed where the file holds several), and
    `as_of`, the day (UTC) at whose end it is looked at: a date, or text such as "2019-12-31". They raise
    `UsageError` where these name nobody or no day. The first look at a file may take a while; what it
    computes is kept in the file.

    Attributes
    ----------
    path
        The file.
    settings
        Thresholds and rates to go by; None for those that come with the program.
    """

    def __init__(self, path: Path, settings: Settings | None = None) -> None:
        self.path = path
        self.settings = settings
        self._held: Store | None = None
        self._exits = ExitStack()
        with self._store():
            pass

    def __repr__(self) -> str:
        return f"plnmap.open({str(self.path)!r})"

    def __enter__(self) -> Self:
        self._held = self._exits.enter_context(self._store())
        return self

    def __exit__(self, *exception: object) -> None:
        self._held = None
        self._exits.close()

    def egos(self) -> pd.DataFrame:
        """Everyone whose own archive is in the file: one row each, by account."""
        import pandas as pd

        from plnmap.analysis.egos import Ego, egos

        with self._store() as store:
            return pd.DataFrame(egos(store), columns=list(Ego._fields))

    def people(self, *, ego: str | None = None, as_of: date | str | None = None) -> pd.DataFrame:
        """Everyone ego had to do with, by strength: one row each, with the columns of `plnmap.model.Person`.

        What was not observed is missing, never 0; ``x_status`` says why.
        """
        from plnmap.model import Person

        with self._network(ego, as_of) as (_, network):
            return _frame(Person, network.people)

    def ties(self, *, ego: str | None = None, as_of: date | str | None = None) -> pd.DataFrame:
        """Who turned to whom, how often: one row per ordered pair, with the columns of ``ties.csv``.

        All pairs in the file, or those with `ego` at one end if it is named.
        """
        from plnmap.analysis.derived import derive_ties
        from plnmap.analysis.egos import choose_ego
        from plnmap.report.tables import lay_out_ties

        with self._store() as store:
            derive_ties(store, _log)
            lay_out_ties(store, as_of=_day(as_of))
            around = [choose_ego(store, ego).account] if ego else None
            where = "WHERE ? IN (source, target)" if ego else ""
            rows = store.connection.execute(
                f"SELECT * FROM exported_ties {where} ORDER BY source, target", around
            )
            return _as_frame(rows.to_arrow_table())

    def evidence(
        self, person: str | None = None, *, ego: str | None = None, as_of: date | str | None = None
    ) -> pd.DataFrame:
        """The posts behind help received, help given and credit: one row per post and rule.

        Parameters
        ----------
        person
            Only what speaks for this person; a handle or an id.

        Raises
        ------
        UnknownPerson
            Nobody in the file goes by that.
        """
        from plnmap.analysis.egos import find_person
        from plnmap.model import Evidence

        with self._network(ego, as_of) as (store, network):
            account = find_person(store, person, network.ego.platform) if person else None
        return _frame(Evidence, [row for row in network.evidence if account in (None, row.account)])

    def graph(self, *, ego: str | None = None, as_of: date | str | None = None) -> nx.DiGraph[str]:
        """Ego, everybody around, and the ties among them; see `plnmap.graph.build_graph`."""
        from plnmap.report.tables import lay_out, network_graph

        with self._network(ego, as_of) as (store, network):
            lay_out(store, [network], announce=_log, as_of=_day(as_of))
            return network_graph(store, network)

    def map(self, *, ego: str | None = None, as_of: date | str | None = None) -> Picture:
        """The picture: ego in the middle, people on circles by strength. A notebook shows it by itself."""
        from plnmap.analysis.map.table import map_table
        from plnmap.report.pictures.map import map_chart

        with self._network(ego, as_of) as (store, network):
            return map_chart(map_table(store, network))

    @contextmanager
    def _store(self) -> Iterator[Store]:
        if self._held is not None:
            yield self._held
            return
        from plnmap.analysis.who_is_who import open_to_look

        with open_to_look(self.path) as store:
            yield store

    @contextmanager
    def _network(self, ego: str | None, as_of: date | str | None) -> Iterator[tuple[Store, Network]]:
        with self._store() as store:
            yield store, look_at(store, ego, _day(as_of), self.settings, announce=_log)


def look_at(
    store: Store,
    ego: str | None,
    as_of: date | None,
    settings: Settings | None = None,
    *,
    announce: Callable[[str], None],
) -> Network:
    """The network of the ego meant; from now on it was seen, and a recall of it is no longer blind.

    Raises
    ------
    UsageError
        No ego or several are meant, or the day is before the first of ego's posts.
    """
    from plnmap.analysis.derived import derive_ties
    from plnmap.analysis.egos import choose_ego
    from plnmap.analysis.own_word import mark_shown
    from plnmap.analysis.people import map_people

    derive_ties(store, announce)
    whose = choose_ego(store, ego)
    if as_of and whose.first and as_of < whose.first.date():
        raise UsageError(
            f"there is nothing of {whose.name} before {whose.first:%Y-%m-%d}", hint="give a later day"
        )
    if as_of and whose.t0 and as_of > whose.t0.date():
        announce(f"the file ends on {whose.t0:%Y-%m-%d}; that is what is shown")
    mark_shown(store, whose.account, datetime.now(UTC))
    return map_people(store, whose, as_of=as_of, announce=announce, settings=settings)


def _day(given: date | str | None) -> date | None:
    if not isinstance(given, str):
        return given
    try:
        return date.fromisoformat(given)
    except ValueError as exc:
        raise UsageError(f"{given!r} is no date", hint="write it as 2021-05-31") from exc


def _frame(record: Record, rows: Sequence[tuple[Any, ...]]) -> pd.DataFrame:
    """Records as a table; one without rows has all columns still."""
    import pandas as pd

    from plnmap.model import table
    from plnmap.store import as_arrow

    if not rows:
        return pd.DataFrame(columns=[column.name for column in table(record).columns])
    return _as_frame(as_arrow(record, rows))


def _as_frame(rows: pa.Table) -> pd.DataFrame:
    """A table in which whole numbers and yes or no stay what they are beside missing ones."""
    import pandas as pd
    import pyarrow as pa

    kept: dict[pa.DataType, Any] = {
        pa.int64(): pd.Int64Dtype(),
        pa.bool_(): pd.BooleanDtype(),
        pa.string(): pd.StringDtype(),
    }
    frame: pd.DataFrame = rows.to_pandas(types_mapper=kept.get, date_as_object=False)
    return frame


def _log(text: str) -> None:
    import logging

    logging.getLogger("plnmap").info(text)
