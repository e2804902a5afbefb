"""Pages into the tables of the PLN file: few rows at a time, thousands of times.

An archive is staged and merged as a whole (`Store.stage`). A page would cost more that way than all
else together: of most pages nothing is held yet, and to find that out every row of the file was
looked at. So a page is put in as it is, and what it meets is known by hashes of its keys.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import duckdb

from plnmap.model import Record, table
from plnmap.schema import MERGES
from plnmap.tombstones import STAGED, has_tombstones, keep_out

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    Hashes = npt.NDArray[np.uint64]


class Keys:
    """The keys of a table, by their hashes: eight bytes a row.

    Parameters
    ----------
    hashes
        Those of the rows that the table holds.

    Examples
    --------
    >>> import numpy as np
    >>> keys = Keys(np.array([7, 5], np.uint64))
    >>> [keys.meet(np.array(page, np.uint64)) for page in ([6, 9], [9, 4], [1, 1], [3])]
    [False, True, True, False]
    """

    def __init__(self, hashes: Hashes) -> None:
        import numpy as np

        self._sorted = np.sort(hashes)

    def meet(self, hashes: Hashes) -> bool:
        """Whether one of these may be there already, or comes twice; from now on all of them are there."""
        import numpy as np

        fresh = np.unique(hashes)
        places = np.searchsorted(self._sorted, fresh)
        known = np.searchsorted(self._sorted, fresh, side="right") > places
        self._sorted = np.insert(self._sorted, places, fresh)
        return bool(known.any()) or len(fresh) < len(hashes)


class Pages:
    """Puts pages into an open file, as long as nobody else writes rows, or tombstones, into it.

    Parameters
    ----------
    connection
        Of the file.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection: Final = connection
        self._keys: dict[str, Keys] = {}
        self._keeps_out: bool | None = None

    def forget(self) -> None:
        """Look anew, from now on, which keys and which tombstones there are."""
        self._keys.clear()
        self._keeps_out = None

    def keeps_out(self) -> bool:
        """Whether anything is to be kept out of the file at all."""
        if self._keeps_out is None:
            self._keeps_out = has_tombstones(self._connection)
        return self._keeps_out

    def put(self, origin: str, batches: Mapping[Record, pa.Table]) -> tuple[dict[str, int], bool]:
        """Merge a page into the file; call within a transaction.

        Parameters
        ----------
        origin
            Key of the source that the page came from.
        batches
            Its rows, by the record they are of.

        Returns
        -------
        tuple
            Table name → rows the file did not have before; and whether somebody purged goes by a
            handle that is new (see `plnmap.tombstones.keep_out`).
        """
        new_handles = False
        if self.keeps_out():
            batches, new_handles = self._without_the_entombed(batches)
        new = {table(record).name: self._put(record, batch, origin) for record, batch in batches.items()}
        return new, new_handles

    def _without_the_entombed(
        self, batches: Mapping[Record, pa.Table]
    ) -> tuple[dict[Record, pa.Table], bool]:
        names = {record: f"{STAGED}{table(record).name}" for record in batches}
        for record, name in names.items():
            batch = batches[record]  # noqa: F841 - DuckDB finds it by its name
            self._connection.execute(f"CREATE TEMP TABLE {name} AS SELECT * FROM batch")
        new_handles = keep_out(self._connection)
        left = {}
        for record, name in names.items():
            left[record] = self._connection.execute(f"SELECT * FROM {name}").to_arrow_table()
            self._connection.execute(f"DROP TABLE {name}")
        return left, new_handles

    def _put(self, record: Record, batch: pa.Table, origin: str) -> int:
        """Put rows in and, where that made two of one key, merge them; how many rows there are more."""
        (name, _, keys, _), merge = table(record), MERGES[record]
        if merge.per_source:
            batch, keys = batch.append_column("origin", [[origin] * len(batch)]), (*keys, "origin")
        held = self._held(name, keys)
        put = self._connection.execute(
            f"INSERT INTO {name} BY NAME SELECT * FROM batch RETURNING {_hash(keys)}"
        ).to_arrow_table()
        if not held.meet(put[0].to_numpy()):
            return len(batch)
        same = " AND ".join(f"kept.{key} = batch.{key}" for key in keys)
        # The rules of merging call it a pool, and DuckDB finds it by that name.
        pool = self._connection.execute(
            f"DELETE FROM {name} AS kept USING batch WHERE {same} RETURNING kept.*"
        ).to_arrow_table()
        merged = self._connection.execute(f"INSERT INTO {name} BY NAME {merge.sql}").fetchall()[0][0]
        return int(merged) - (len(pool) - len(batch))

    def _held(self, name: str, keys: tuple[str, ...]) -> Keys:
        if name not in self._keys:
            held = self._connection.execute(f"SELECT {_hash(keys)} FROM {name}").to_arrow_table()
            self._keys[name] = Keys(held[0].to_numpy())
        return self._keys[name]


def _hash(keys: tuple[str, ...]) -> str:
    return f"hash({', '.join(keys)})"
