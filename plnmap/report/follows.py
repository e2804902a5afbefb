"""Whom ego follows, as the list that Mastodon takes in."""

from __future__ import annotations

import csv
import io
import re
from typing import Final, NamedTuple

from plnmap.sources.people import is_handle
from plnmap.store import Store

HEADER: Final = ("Account address", "Show boosts", "Notify on new posts", "Languages")
"""As Mastodon writes it: an import there needs the first column, and takes the others as settings."""

# A person who was linked is followed wherever they are: under all addresses of theirs.
_FOLLOWED: Final = """
WITH now AS (
    SELECT reference, account FROM resolutions WHERE valid_to IS NULL
), followed AS (
    SELECT DISTINCT coalesce(other.account, seen.target) AS person
    FROM follows AS seen LEFT JOIN now AS one ON one.reference = seen.source
    LEFT JOIN now AS other ON other.reference = seen.target
    WHERE coalesce(one.account, seen.source) = $ego AND coalesce(other.account, seen.target) <> $ego
), theirs AS (
    SELECT person, person AS account FROM followed
    UNION SELECT person, account FROM followed JOIN persons USING (person)
), latest AS (
    SELECT account, max_by(handle, row(last_seen IS NOT NULL, last_seen, handle)) AS handle
    FROM handles GROUP BY account
)
SELECT person, CASE WHEN account LIKE 'mastodon:%'
    THEN coalesce(latest.handle, nullif(regexp_extract(account, '^mastodon:@(.+)$', 1), '')) END AS address
FROM theirs LEFT JOIN latest USING (account) ORDER BY lower(address), address
"""

# What begins otherwise is no name on Mastodon, and a spreadsheet might run it.
_BEGINS_WELL: Final = re.compile(r"\w", re.ASCII)


class Followed(NamedTuple):
    """The addresses of those whom ego follows, in order, and how many people ego follows in all."""

    addresses: list[str]
    people: int


def followed(store: Store, ego: str) -> Followed:
    """Whom an account was ever seen to follow, and their addresses on Mastodon where the file knows them.

    Parameters
    ----------
    store
        An open PLN file.
    ego
        Main account of the ego.

    Returns
    -------
    Followed
        Each address once; no addresses where no source shows a follow.
    """
    rows = store.rows(_FOLLOWED, {"ego": ego})
    known = [address for _, address in rows if address and _is_address(address)]
    return Followed(list({address.lower(): address for address in known}.values()), len({p for p, _ in rows}))


def follows_csv(addresses: list[str]) -> str:
    """The list with the settings that Mastodon gives to a new follow: boosts are shown, posts not announced.

    >>> print(follows_csv(["ada@example.social"]), end="")
    Account address,Show boosts,Notify on new posts,Languages
    ada@example.social,true,false,
    """
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows((address, "true", "false", "") for address in addresses)
    return written.getvalue()


def _is_address(handle: str) -> bool:
    return is_handle("mastodon", handle) and _BEGINS_WELL.match(handle) is not None
