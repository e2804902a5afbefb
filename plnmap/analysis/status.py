"""Numbers that may be unknown: a value never travels without saying what it is.

======================  =====================================================
``value``               a number, with its interval where it has one
``insufficient``        seen, but fewer than the number needed
``not_observed``        the source cannot show it
``no_contact``          the channel is complete and truly empty: a real zero
======================  =====================================================
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, NamedTuple, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plnmap.model import Status

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Strings = NDArray[np.object_]

PARTS: Final = ("lo", "hi", "status", "n", "needed", "reason")
"""What can stand beside a value in a table."""

DECIMALS: Final = 6
"""More digits than any score deserves, few enough to be the same on every machine."""


def rounded(value: float) -> float | None:
    """A number as results carry it, None for NaN.

    >>> rounded(1 / 3), rounded(float("nan"))
    (0.333333, None)
    """
    return None if np.isnan(value) else round(float(value), DECIMALS)


def rounded_all(values: Floats) -> list[float | None]:
    """A column of numbers as `rounded` gives each."""
    return [round(value, DECIMALS) if value == value else None for value in values.tolist()]


class Measure(NamedTuple):
    """One number, or why there is none.

    `value`, `lo` and `hi` are None wherever `status` is not ``value``, except
    that an amount in an empty channel is 0. `n` is what was seen, `needed`
    what it takes.
    """

    status: Status
    value: float | None = None
    lo: float | None = None
    hi: float | None = None
    n: int = 0
    needed: int = 1
    reason: str = ""

    def text(self, digits: int = 2) -> str:
        """The measure in words a person can read; only a complete, empty channel reads "0".

        >>> Measure("value", 0.5, 0.171, 0.746, n=3).text()
        '0.50 [0.17, 0.75]'
        >>> Measure("insufficient", n=1, needed=5).text()
        '1 of 5 needed'
        """
        if self.status == "insufficient":
            return f"{self.n} of {self.needed} needed"
        if self.status == "no_contact":
            return "0"
        if self.status == "not_observed" or self.value is None:
            return "not observed"
        number = f"{self.value:.{digits}f}"
        if self.lo is None or self.hi is None:
            return number
        return f"{number} [{self.lo:.{digits}f}, {self.hi:.{digits}f}]"


@dataclass(frozen=True, slots=True, eq=False)
class Measures:
    """A column of `Measure`: arrays of one length, NaN where there is no number."""

    status: Strings
    value: Floats
    lo: Floats
    hi: Floats
    n: Ints
    needed: Ints
    reason: Strings

    def __len__(self) -> int:
        return len(self.value)

    def __getitem__(self, row: int) -> Measure:
        def number(column: Floats) -> float | None:
            return None if np.isnan(column[row]) else float(column[row])

        return Measure(
            cast(Status, self.status[row]),
            number(self.value),
            number(self.lo),
            number(self.hi),
            int(self.n[row]),
            int(self.needed[row]),
            str(self.reason[row]),
        )

    def columns(self, name: str, *parts: str) -> dict[str, NDArray[Any]]:
        """Columns for a table: `name`, and ``name_part`` for each part of `PARTS` asked for.

        Without parts: ``lo``, ``hi`` and ``status``.

        >>> sorted(measures([0.5], n=3).columns("balance"))
        ['balance', 'balance_hi', 'balance_lo', 'balance_status']
        """
        chosen = parts or ("lo", "hi", "status")
        return {name: self.value} | {f"{name}_{part}": getattr(self, part) for part in chosen}


def measures(
    value: ArrayLike,
    *,
    n: ArrayLike,
    needed: ArrayLike = 1,
    lo: ArrayLike = np.nan,
    hi: ArrayLike = np.nan,
    observed: ArrayLike = True,
    complete: ArrayLike = False,
    when_empty: float = 0.0,
    unseen: ArrayLike = "",
    short: ArrayLike = "",
) -> Measures:
    """Give each number its state.

    In this order: not `observed` → ``not_observed``; `complete` and n = 0 →
    ``no_contact``; n < `needed` → ``insufficient``; else ``value``.

    Parameters
    ----------
    value, lo, hi
        Number and interval; ignored where the state is not ``value``.
    n, needed
        How much was seen, and how much it takes.
    observed
        Whether the source can show this at all.
    complete
        Whether nothing in the channel was missed, so that nothing seen means nothing was there.
    when_empty
        Value under ``no_contact``: 0 for amounts, NaN for shares of nothing.
    unseen, short
        Reason given for ``not_observed`` and for ``insufficient``.

    Returns
    -------
    Measures
        Of the length of `value` (a scalar gives one row; nothing gives none).

    Raises
    ------
    ValueError
        A number is missing where the other arguments say that there is one.

    Examples
    --------
    >>> column = measures([0.4, 0.9, 0.1], n=[8, 2, 0], needed=5, complete=True)
    >>> column.status.tolist()
    ['value', 'insufficient', 'no_contact']
    >>> column.value.tolist()
    [0.4, nan, 0.0]
    """
    number = np.atleast_1d(np.asarray(value, dtype=np.float64))
    shape = number.shape
    count = np.broadcast_to(np.asarray(n), shape).astype(np.int64)
    enough = np.broadcast_to(np.asarray(needed), shape).astype(np.int64)
    states = [
        ~np.broadcast_to(np.asarray(observed, dtype=bool), shape),
        np.broadcast_to(np.asarray(complete, dtype=bool), shape) & (count == 0),
        count < enough,
    ]
    status = np.select(states, ["not_observed", "no_contact", "insufficient"], "value").astype(object)
    known = status == "value"
    if np.isnan(number[known]).any():
        raise ValueError("a measure without a number must not have the status value")
    reasons = [np.broadcast_to(np.asarray(text, dtype=object), shape) for text in (unseen, "", short)]
    return Measures(
        status=status,
        value=np.where(known, number, np.where(status == "no_contact", when_empty, np.nan)),
        lo=np.where(known, np.asarray(lo, dtype=np.float64), np.nan),
        hi=np.where(known, np.asarray(hi, dtype=np.float64), np.nan),
        n=count,
        needed=enough,
        reason=np.select(states, reasons, np.full(shape, "", dtype=object)),
    )
