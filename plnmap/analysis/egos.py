"""Whose network: the egos of a file, and finding people by what a user types."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime
from typing import Final, NamedTuple

from plnmap.analysis.who_is_who import who_is_who
from plnmap.errors import SeveralEgos, UnknownPerson, UsageError
from plnmap.model import is_reference
from plnmap.store import Store
from plnmap.words import nearest


class Ego(NamedTuple):
    """A person whose network the file holds.

    `t0` is the moment that counts as now: the date the source states, else the
    latest post. `first` and `last` are ego's first and last post.
    """

    account: str
    platform: str
    handle: str | None
    display_name: str | None
    t0: datetime | None
    first: datetime | None
    last: datetime | None
    posts: int

    @property
    def name(self) -> str:
        """What to call them on a screen."""
        return screen_name(self.account, self.handle)


# The one place that says what an account is called today and who held a handle last. In a struct,
# null is greater than any date: what is not dated must not pass for the latest. Of a person with
# several accounts, the main one gives the name.
_CURRENT: Final = """
WITH holders AS (
    SELECT reference, account FROM resolutions WHERE valid_to IS NULL
), linked AS (
    SELECT account FROM persons WHERE account <> person
), current AS (
    SELECT coalesce(holders.account, h.account) AS account,
           max_by(handle, row(linked.account IS NULL, last_seen IS NOT NULL, last_seen, first_seen, handle))
               AS handle
    FROM handles h LEFT JOIN holders ON holders.reference = h.account
    LEFT JOIN linked ON linked.account = h.account GROUP BY 1
)"""


def called(account: str, handle: str) -> str:
    """SQL for what an account is called: what its reference says, else its handle."""
    return f"coalesce(nullif(split_part({account}, ':@', 2), ''), {handle})"


IMPORT_YOURS: Final = "plnmap import ARCHIVE.zip{options}   (yours; a table or JSON lines: with --owner WHO)"
"""What to do where nobody's own archive is in a file."""

_HANDLE: Final = f"{called('account', 'current.handle')} AS handle"

_TOLD: Final = """
told AS (
    SELECT coalesce(holders.account, a.account) AS account, display_name, bio, followers, following,
           row(linked.account IS NULL, coalesce(seen_at, '-infinity')) AS seen
    FROM accounts a LEFT JOIN holders ON holders.reference = a.account
    LEFT JOIN handle_turns t ON t.reference = a.account AND t.valid_to IS NULL
    LEFT JOIN linked ON linked.account = coalesce(t.account, a.account)
), seen AS (
    SELECT account,
           max_by(display_name, row(seen, display_name)) FILTER (display_name IS NOT NULL) AS display_name,
           max_by(bio, row(seen, bio)) FILTER (bio IS NOT NULL) AS bio,
           max_by(followers, row(seen, followers)) FILTER (followers IS NOT NULL) AS followers,
           max_by(following, row(seen, following)) FILTER (following IS NOT NULL) AS following
    FROM told GROUP BY account
)"""

DIRECTORY: Final = f"""
{_CURRENT}, {_TOLD}, everyone AS (
    SELECT account FROM seen
    UNION SELECT account FROM current
    UNION SELECT source FROM interactions UNION SELECT target FROM interactions
    UNION SELECT coalesce(holders.account, f.source) FROM follows f
          LEFT JOIN holders ON holders.reference = f.source
    UNION SELECT coalesce(holders.account, f.target) FROM follows f
          LEFT JOIN holders ON holders.reference = f.target
    UNION SELECT coalesce(holders.account, owner) FROM sources
          LEFT JOIN holders ON holders.reference = owner WHERE owner IS NOT NULL
)
SELECT account, split_part(account, ':', 1) AS platform, {_HANDLE}, display_name, bio, followers, following
FROM everyone LEFT JOIN current USING (account) LEFT JOIN seen USING (account)
"""


def handles_of(accounts: str) -> str:
    """SQL for what accounts are called today, as in `DIRECTORY`, from SQL that selects them."""
    return f"{_CURRENT} SELECT account, {_HANDLE} FROM ({accounts}) LEFT JOIN current USING (account)"


def with_handles(acts: str) -> str:
    """SQL for acts of a ``source`` towards a ``target`` with what both are called, as in `DIRECTORY`.

    The columns are ``source_handle`` and ``target_handle``, after all of those that `acts` selects.
    """
    return f"""
{_CURRENT} SELECT acted.*, {called("source", "one.handle")} AS source_handle,
       {called("target", "other.handle")} AS target_handle
FROM ({acts}) AS acted
LEFT JOIN current AS one ON one.account = source LEFT JOIN current AS other ON other.account = target
"""


# Of the directory only what it says of owners: to gather everybody takes longer than all of the rest.
_EGOS: Final = f"""
{_CURRENT}, {_TOLD}, owners AS (
    SELECT coalesce(r.account, s.owner) AS account, max(s.retrieved_at) AS t0
    FROM sources s LEFT JOIN resolutions r ON r.reference = s.owner AND r.valid_to IS NULL
    WHERE s.owner IS NOT NULL AND NOT s.other_side GROUP BY 1
), written AS (
    SELECT account, min(happened_at) AS first, max(happened_at) AS last, count(*) AS posts
    FROM authored SEMI JOIN owners USING (account) WHERE authority > 0 GROUP BY 1
)
SELECT account, split_part(account, ':', 1), {_HANDLE}, display_name, coalesce(t0, last), first, last,
       coalesce(posts, 0)
FROM owners LEFT JOIN current USING (account) LEFT JOIN seen USING (account)
LEFT JOIN written USING (account)
ORDER BY account
"""


def egos(store: Store) -> list[Ego]:
    """Everyone whose archive is in the file and was not imported as somebody else's side.

    Not within a transaction, see `who_is_who`.
    """
    with who_is_who(store):
        return [Ego(*row) for row in store.rows(_EGOS)]


def choose_ego(store: Store, wanted: str | None) -> Ego:
    """The ego a command is about.

    Raises
    ------
    UsageError
        There is none, several and none was named, or the one named is none.
    """
    known = egos(store)
    listed = ", ".join(ego.name for ego in known)
    if not known:
        raise UsageError(
            "nobody's own archive is in this file",
            hint=IMPORT_YOURS.format(options=""),
        )
    if wanted is None:
        if len(known) > 1:
            raise SeveralEgos(
                f"this file holds {len(known)} egos: {listed}", hint=f"name one: --ego {known[0].name}"
            )
        return known[0]
    matching = [ego for ego in known if _fits(wanted, ego.account, ego.handle)]
    matching = matching or [ego for ego in known if _local(wanted) == _local(ego.name)]
    if not matching:
        with suppress(UnknownPerson):
            meant = find_person(store, wanted, known[0].platform)
            matching = [ego for ego in known if ego.account == meant]
    if len(matching) != 1:
        raise UsageError(
            f"{wanted!r} is no ego of this file; it holds {listed}", hint=f"--ego {known[0].name}"
        )
    return matching[0]


def find_person(store: Store, wanted: str, platform: str) -> str:
    """The person a user means, by the main account of theirs; see `find_account`.

    Raises
    ------
    UnknownPerson
        Nobody goes by it; the hint names the nearest handles.
    """
    return person_of(store, find_account(store, wanted, platform))


def person_of(store: Store, account: str) -> str:
    """The main account of the person to whom an account, or a reference, belongs today."""
    held = store.rows(
        "SELECT account FROM resolutions WHERE reference = ? AND valid_to IS NULL LIMIT 1", [account]
    )
    return str(held[0][0]) if held else account


_BEARERS: Final = """
SELECT account FROM handles AS borne WHERE lower(handle) = lower(?) OR account = ? OR account = ?
ORDER BY starts_with(account, ?) DESC,
         last_seen IS NOT DISTINCT FROM (
             SELECT max(last_seen) FROM handles WHERE account = borne.account
         ) DESC,
         (SELECT count(*) FROM tie_days WHERE borne.account IN (source, target)) DESC, last_seen DESC
"""


def find_account(store: Store, wanted: str, platform: str) -> str:
    """The account a user means by a handle (with or without @), an id, or user@server.

    An earlier handle finds the account as well. Where several accounts bore a handle, it is one that still
    does, and of those the one with the most days of contact. Of a person with several accounts it is
    the one that was named.

    Raises
    ------
    UnknownPerson
        Nobody goes by it; the hint names the nearest handles.
    """
    word = wanted.strip().removeprefix("@")
    held = store.rows(_BEARERS, [word, wanted, f"{platform}:{word}", f"{platform}:"])
    if held:
        return str(held[0][0])
    directory = store.rows(
        f"SELECT account, handle FROM ({DIRECTORY}) UNION ALL "
        f"SELECT account, {called('account', 'NULL')} FROM links "
        "WHERE answer <> 'not_found' ORDER BY ALL"
    )
    for account, handle in directory:
        if _fits(wanted, account, handle):
            return str(account)
    by_name = [account for account, handle in directory if handle and _local(handle) == _local(word)]
    if len(by_name) == 1:
        return str(by_name[0])
    close = nearest(word, [handle for _, handle in directory if handle])
    raise UnknownPerson(
        f"nobody here goes by {wanted!r}",
        hint=f"did you mean {' or '.join(f'@{handle}' for handle in close)}?"
        if close
        else "plnmap people lists all",
    )


def screen_name(account: str, handle: str | None) -> str:
    """A handle with its @, or the bare id of someone whose handle no source shows.

    >>> screen_name("twitter:12", "ada"), screen_name("twitter:12", None)
    ('@ada', 'id 12')
    """
    if handle:
        return f"@{handle}"
    return account.partition(":")[2] if is_reference(account) else f"id {account.partition(':')[2]}"


def end_of_day(ego: Ego, as_of: date | None) -> date | None:
    """The UTC day up to which an analysis looks: that of t0, or an earlier `as_of`.

    >>> moment = datetime(2020, 5, 1, 8, 30)
    >>> sam = Ego("twitter:1", "twitter", "sam", None, t0=moment, first=moment, last=moment, posts=1)
    >>> end_of_day(sam, date(2031, 1, 1)), end_of_day(sam, date(2019, 1, 1))
    (datetime.date(2020, 5, 1), datetime.date(2019, 1, 1))
    """
    if ego.t0 is None:
        return as_of
    return min(as_of, ego.t0.date()) if as_of else ego.t0.date()


def _local(handle: str) -> str:
    """The part of user@server that people use in talk."""
    return handle.strip().removeprefix("@").partition("@")[0].lower()


def _fits(wanted: str, account: str, handle: str | None) -> bool:
    word = wanted.strip().removeprefix("@").removeprefix("id ").lower()
    return word in {
        (handle or "").lower(),
        account.lower(),
        account.partition(":")[2].removeprefix("@").lower(),
    }
