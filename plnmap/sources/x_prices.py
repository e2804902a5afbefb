"""What X takes for reading: a small table with its date, which the user may put another in the place of."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final, NamedTuple

from plnmap.errors import UsageError

KNOWN: Final = Path(__file__).with_name("x_prices.toml")

_LIKE: Final = f"write it like {KNOWN}"


class Prices(NamedTuple):
    """Prices of one read, US dollars.

    Attributes
    ----------
    read_on
        The day on which somebody read them where X publishes them.
    other, owned
        Resource → price: for whom the account and the app belong to, and otherwise.
        What has no price of its own for them is read at the other one.
    """

    read_on: date
    other: Mapping[str, float]
    owned: Mapping[str, float]

    def of(self, resource: str, owned: bool) -> float:
        """The price of one read, US dollars.

        >>> table = Prices(date(2026, 11, 22), {"user": 0.01}, {})
        >>> table.of("user", True)
        0.01
        """
        return self.owned.get(resource, self.other[resource]) if owned else self.other[resource]


def load_prices(path: Path | None = None) -> Prices:
    """The table of prices that comes along, with what a file of the user's says otherwise.

    Parameters
    ----------
    path
        A file in the form of ``x_prices.toml``, of which any line may be left out.

    Raises
    ------
    UsageError
        It cannot be read, names something that X does not sell, or a price is none.

    Examples
    --------
    >>> load_prices().of("post", owned=True) < load_prices().of("post", owned=False)
    True
    """
    known = _parsed(KNOWN)
    given = {} if path is None else _parsed(path)
    for name, value in given.items():
        if name in ("other", "owned") and isinstance(value, dict):
            known[name] |= {each: _price(path, each, price, known["other"]) for each, price in value.items()}
        elif name == "read_on" and type(value) is date:
            known[name] = value
        else:
            raise _wrong(path, name)
    return Prices(known["read_on"], known["other"], known["owned"])


def dollars(reads: Mapping[tuple[str, bool], Iterable[str] | int], prices: Prices) -> float:
    """What reads cost, US dollars.

    Parameters
    ----------
    reads
        (resource, owned) → ids, or how many.
    prices
        The table in force.

    Examples
    --------
    >>> dollars({("post", True): {"1", "2"}, ("user", False): 3}, load_prices())
    0.032
    """
    total = sum(
        (count if isinstance(count, int) else len(set(count))) * prices.of(resource, owned)
        for (resource, owned), count in reads.items()
    )
    # A price has at most so many places; sums of many would show the rest of binary fractions.
    return round(total, 6)


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as exc:
        raise UsageError(f"the prices in {path} cannot be read: {exc}", hint=_LIKE) from exc


def _price(path: Path | None, name: str, value: object, known: Mapping[str, float]) -> float:
    number = isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < math.inf
    if name not in known or not number:
        raise _wrong(path, name)
    return float(str(value))


def _wrong(path: Path | None, name: str) -> UsageError:
    return UsageError(f"{name!r} in {path} is no price that is known here", hint=_LIKE)
