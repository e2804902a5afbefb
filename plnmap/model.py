"""The records and vocabularies that every other room shares.

A *record* is a named tuple; its annotations are the one place where a column's
type, unit and meaning are written down. `table` turns a record into the
schema that the store creates, the export documents and the tests check.

Keys
----
An account is ``platform:id`` (``twitter:12``). Where a source knows only a
handle, the account is a *reference*, ``platform:@handle`` in lower case
(``twitter:@ada``, ``mastodon:@ada@example.social``), which is resolved on read
through the handles seen elsewhere in the data. A post is ``platform:id``
(``twitter:1600000000000000001``, ``mastodon:https://…/statuses/1``).

All times are UTC. Unknown is None, never a stand-in.
"""

from __future__ import annotations

import types
from datetime import date, datetime
from functools import cache
from typing import (
    Annotated,
    Any,
    Final,
    Literal,
    NamedTuple,
    TypeAlias,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

Platform = Literal["twitter", "mastodon"]
Precision = Literal["second", "day"]
Direction = Literal["out", "in"]
CoverageState = Literal["complete", "partial", "hidden", "none"]
Status = Literal["value", "insufficient", "not_observed", "no_contact"]


class Kind(NamedTuple):
    """A kind of interaction: how it counts towards a tie."""

    name: str
    group: Literal["contact", "attention"]
    weight_tenths: int
    meaning: str


KINDS: Final[dict[str, Kind]] = {
    kind.name: kind
    for kind in (
        Kind("reply", "contact", 10, "an answer to a post of the target"),
        Kind("dm", "contact", 10, "a direct message; only on request, counted by day"),
        Kind("mention", "contact", 8, "the target is named in the body of a post"),
        Kind("quote", "contact", 8, "a post of the target is passed on with words of one's own"),
        Kind("boost", "attention", 4, "a post of the target is passed on as it is (retweet, reblog)"),
        Kind("favourite", "attention", 2, "a post of the target is marked as liked"),
        Kind("list_mention", "attention", 0, "one of more than five people named in one post"),
    )
}
LIST_MENTION_ABOVE: Final = 5
"""A post that names more people than this is a list: it says little about any one of them."""

WEIGHT_UNITS: Final = 600
"""Weights are integers, channel tenths times sixtieths of a share, so that sums are equal on every engine."""


def account_key(platform: Platform, account_id: str) -> str:
    """Key of an account whose platform id is known.

    >>> account_key("twitter", "12")
    'twitter:12'
    """
    return f"{platform}:{account_id}"


def account_reference(platform: Platform, handle: str) -> str:
    """Key of an account known only by its handle; case does not matter.

    >>> account_reference("twitter", "@Ada")
    'twitter:@ada'
    """
    return f"{platform}:@{handle.removeprefix('@').lower()}"


def is_reference(account: str) -> bool:
    """Whether an account key names a handle rather than an id.

    >>> is_reference("twitter:@ada"), is_reference("twitter:12")
    (True, False)
    """
    return account.partition(":")[2].startswith("@")


class Account(NamedTuple):
    """What one source knew of an account at one moment; the latest observation wins."""

    account: Annotated[str, "account key or reference"]
    display_name: Annotated[str | None, "the name people see"]
    bio: Annotated[str | None, "self-description"]
    followers: Annotated[int | None, "followers, accounts"]
    following: Annotated[int | None, "accounts followed, accounts"]
    seen_at: Annotated[datetime | None, "when the source saw it so, UTC"]


class Handle(NamedTuple):
    """A handle that an account went by, and from when to when it was seen."""

    account: Annotated[str, "account key, never a reference"]
    handle: Annotated[str, "handle as written, without the leading @"]
    first_seen: Annotated[datetime | None, "earliest post or snapshot that shows it, UTC"]
    last_seen: Annotated[datetime | None, "latest post or snapshot that shows it, UTC"]


class Post(NamedTuple):
    """One post as its best source has it."""

    post: Annotated[str, "post key"]
    author: Annotated[str, "account key or reference of the author"]
    happened_at: Annotated[datetime | None, "when it was posted, UTC"]
    at_precision: Annotated[str | None, "second, or day where the source gives no time of day"]
    text: Annotated[str | None, "plain text, entities decoded, links spelled out"]
    lang: Annotated[str | None, "language as the platform states it, BCP 47; und and empty are null"]
    conversation: Annotated[str | None, "key of the thread, where the source states it"]
    reply_to_post: Annotated[str | None, "post key of the parent"]
    reply_to: Annotated[str | None, "account answered"]
    boost_of_post: Annotated[str | None, "post key of the post passed on as it is"]
    boost_of: Annotated[str | None, "account whose post is passed on as it is"]
    quote_of_post: Annotated[str | None, "post key of the post passed on with a comment"]
    quote_of: Annotated[str | None, "account whose post is passed on with a comment"]
    mentions: Annotated[list[str], "accounts named in the body, in order, without the run before a reply"]
    n_handles: Annotated[int, "distinct handles written anywhere in the text"]
    links: Annotated[list[str], "addresses the post links to, expanded, without its own media"]
    hashtags: Annotated[list[str], "hashtags in lower case, without #"]
    url: Annotated[str | None, "where the post can be opened"]
    authority: Annotated[
        int, "2 the author's own archive, 1 an answer of the platform, 0 a copy inside someone else's post"
    ]


class Reaction(NamedTuple):
    """A favourite or a boost that is no post of its own."""

    actor: Annotated[str, "account that reacted"]
    kind: Annotated[str, "favourite or boost"]
    post: Annotated[str, "post key of the post reacted to"]
    author: Annotated[str | None, "account that wrote it, where the source says so"]
    happened_at: Annotated[datetime | None, "when, UTC; archives do not say"]
    at_precision: Annotated[str | None, "second or day"]
    seen_at: Annotated[datetime | None, "date of the source that shows it, UTC"]


class Follow(NamedTuple):
    """A follow as a state: between which snapshots it was seen. No source dates it."""

    source: Annotated[str, "account that follows"]
    target: Annotated[str, "account followed"]
    first_seen: Annotated[datetime | None, "earliest snapshot that shows it, UTC"]
    last_seen: Annotated[datetime | None, "latest snapshot that shows it, UTC"]


class DirectMessageDay(NamedTuple):
    """How many direct messages went one way on one day. Never what they say."""

    source: Annotated[str, "account that wrote"]
    target: Annotated[str, "account written to"]
    day: Annotated[date, "UTC day"]
    messages: Annotated[int, "messages"]


class Coverage(NamedTuple):
    """What a source saw of one account, kind and direction, and what it could not."""

    account: Annotated[str, "account whose acts (out) or received acts (in) are meant"]
    kind: Annotated[str, "reply, mention, quote, boost, favourite, follow or dm"]
    direction: Annotated[str, "out or in"]
    state: Annotated[str, "complete, partial, hidden or none"]
    first: Annotated[datetime | None, "start of the window covered, UTC"]
    last: Annotated[datetime | None, "end of the window covered, UTC"]
    expected: Annotated[int | None, "how many the platform said there are, items"]
    got: Annotated[int | None, "how many the source holds, items"]
    reason: Annotated[str, "why it is not complete, or what limits it; empty if nothing does"]


class Source(NamedTuple):
    """One imported archive or file."""

    source: Annotated[str, "SHA-256 of the file, or of the names and contents read from a folder"]
    name: Annotated[str, "name of the file or folder, without its path"]
    kind: Annotated[str, "x_archive_2012, x_archive, mastodon_export, x_api, follows_csv or edges"]
    platform: Annotated[str, "twitter or mastodon"]
    owner: Annotated[str | None, "account whose archive it is"]
    retrieved_at: Annotated[datetime | None, "the date the source states, else its latest post, UTC"]
    retrieved_from: Annotated[str | None, "where that date was found"]
    reader_version: Annotated[int, "version of the reader that read it"]
    posts: Annotated[int, "different posts, without copies inside other people's posts, items"]
    skipped: Annotated[int, "records left out, items"]
    skip_reasons: Annotated[str, "JSON object: reason → how many"]
    other_side: Annotated[bool, "imported as somebody else's side: its owner is no ego"]
    imported_at: Annotated[datetime | None, "when it was imported, UTC; left out of exports"]


class Interaction(NamedTuple):
    """One observed act of one account towards another; derived from posts and reactions."""

    platform: Annotated[str, "twitter or mastodon"]
    kind: Annotated[str, "reply, mention, quote, boost, favourite or list_mention"]
    source: Annotated[str, "account that acted"]
    target: Annotated[str, "account acted towards"]
    happened_at: Annotated[datetime | None, "when, UTC; null where the source does not say"]
    at_precision: Annotated[str | None, "second or day"]
    post: Annotated[str, "post key that shows it"]
    weight_units: Annotated[int, "channel weight times share among the people named, in 1/600"]


class TieDay(NamedTuple):
    """All that one account did towards another on one UTC day."""

    source: Annotated[str, "account that acted"]
    target: Annotated[str, "account acted towards"]
    day: Annotated[date | None, "UTC day; null gathers what the sources do not date"]
    n_reply: Annotated[int, "replies"]
    n_mention: Annotated[int, "mentions"]
    n_quote: Annotated[int, "quotes"]
    n_boost: Annotated[int, "boosts"]
    n_favourite: Annotated[int, "favourites"]
    n_dm: Annotated[int, "direct messages, where their counting was asked for"]
    n_list_mention: Annotated[int, "list mentions"]
    weight_units: Annotated[int, "sum of weights, in 1/600"]


class Tie(NamedTuple):
    """One ordered pair of accounts."""

    source: Annotated[str, "account that acted"]
    target: Annotated[str, "account acted towards"]
    days: Annotated[int, "D: UTC days with at least one reply, mention, quote or direct message, days"]
    first_day: Annotated[date | None, "first such day"]
    last_day: Annotated[date | None, "last such day"]
    n_reply: Annotated[int, "replies"]
    n_mention: Annotated[int, "mentions"]
    n_quote: Annotated[int, "quotes"]
    n_boost: Annotated[int, "boosts"]
    n_favourite: Annotated[int, "favourites, dated or not"]
    n_dm: Annotated[int, "direct messages, where their counting was asked for"]
    n_list_mention: Annotated[int, "list mentions"]
    attention_days: Annotated[int, "UTC days with at least one dated boost or favourite, days"]
    active_bins: Annotated[int, "30-day bins (floor of epoch day / 30) with contact, bins"]
    weight_units: Annotated[int, "sum of weights, in 1/600"]


class Act(NamedTuple):
    """What a text does: one rule that fired, and where."""

    post: Annotated[str, "post key"]
    act: Annotated[str, "gratitude, uptake, help_thanks, credit, question, advice or resource"]
    object: Annotated[str | None, "what a gratitude is for"]
    score: Annotated[float, "confidence of the rule, 0 to 1"]
    rule: Annotated[str, "id of the rule that fired"]
    start: Annotated[int | None, "first character of the evidence in the text, characters"]
    stop: Annotated[int | None, "character after the evidence, characters"]


class Person(NamedTuple):
    """One alter as seen from one ego: contact, give and take, and mentoring-like evidence.

    ``x_status`` is the state of ``x``: value, insufficient, not_observed or
    no_contact. Where it is not value, ``x`` is null, except 0 under no_contact.
    """

    ego: Annotated[str, "account whose network this is"]
    account: Annotated[str, "the alter"]
    handle: Annotated[str | None, "the alter's latest handle; null where no source shows it"]
    display_name: Annotated[str | None, "the alter's latest name"]
    strength: Annotated[float | None, "S, 0 to 1: index of how likely ego contacts them in the next 30 days"]
    strength_status: Annotated[str, "state of strength"]
    strength_reason: Annotated[str, "why there is no strength; empty if there is one"]
    in_touch: Annotated[int | None, "rank by strength, 1 is highest"]
    thin: Annotated[bool, "fewer than 3 days of contact in both directions: read strength with care"]
    days_out: Annotated[
        int | None, "D: days on which ego contacted them, days; null where ego's posts are not here"
    ]
    days_in: Annotated[int | None, "days on which they contacted ego, days; null where not observed"]
    first_day: Annotated[date | None, "first day of observed contact, UTC"]
    last_day: Annotated[date | None, "last day of observed contact, UTC"]
    amount: Annotated[float | None, "ln(1+D) against the 95th percentile of ego's alters, 0 to 1"]
    persistence: Annotated[float | None, "30-day bins with contact / bins since the first, 0 to 1"]
    persistence_status: Annotated[str, "state of persistence; needs 3 bins"]
    burstiness: Annotated[float | None, "-1 regular, 0 random, 1 bursts"]
    burstiness_status: Annotated[str, "state of burstiness; needs 5 gaps"]
    trend: Annotated[float | None, "ln of contact days in the last 90 days against the 90 before"]
    trend_status: Annotated[str, "state of trend"]
    circle: Annotated[int | None, "1 innermost; null for those with too little contact"]
    gone_quiet: Annotated[bool, "no contact for much longer than usual, counted in ego's own active days"]
    quiet_since: Annotated[date | None, "last contact of one gone quiet"]
    back_in_touch: Annotated[date | None, "contact after such a gap, the latest"]
    balance: Annotated[float | None, "share of contact days that are theirs, 0 to 1"]
    balance_lo: Annotated[float | None, "lower end of its 95 % interval"]
    balance_hi: Annotated[float | None, "upper end of its 95 % interval"]
    balance_status: Annotated[str, "state of balance"]
    balance_label: Annotated[str | None, "mutual, you give more, they give more or uncertain"]
    response_rate: Annotated[float | None, "share of ego's answerable posts that they answered within 7 days"]
    response_lo: Annotated[float | None, "lower end of its Wilson interval, unshrunk"]
    response_hi: Annotated[float | None, "upper end of its Wilson interval, unshrunk"]
    response_n: Annotated[int, "ego's answerable posts towards them, posts"]
    response_status: Annotated[str, "state of response_rate; needs 5"]
    response_hours: Annotated[float | None, "median time to their answer, Kaplan-Meier, hours"]
    response_hours_status: Annotated[str, "state of response_hours"]
    thanked_days: Annotated[
        int | None, "days on which ego thanked them for help, days; null where not observed"
    ]
    thanked_first: Annotated[date | None, "first such day"]
    thanked_last: Annotated[date | None, "last such day"]
    thanked_exposed: Annotated[int, "days on which ego wrote to them: those that could show thanks, days"]
    help_in_thanks: Annotated[float | None, "help received, from ego's thanks, corrected for volume, days"]
    help_in_thanks_lo: Annotated[float | None, "lower end of its 95 % interval, days"]
    help_in_thanks_hi: Annotated[float | None, "upper end of its 95 % interval, days"]
    help_in_thanks_status: Annotated[str, "state of help_in_thanks"]
    offered_days: Annotated[int | None, "days on which they offered ego something; null where not observed"]
    help_in_offers: Annotated[float | None, "help received, from their offers, corrected for volume, days"]
    help_in_offers_lo: Annotated[float | None, "lower end of its 95 % interval, days"]
    help_in_offers_hi: Annotated[float | None, "upper end of its 95 % interval, days"]
    help_in_offers_status: Annotated[str, "state of help_in_offers"]
    given_days: Annotated[
        int | None, "days on which ego offered them advice or something to use; null where not observed"
    ]
    given_first: Annotated[date | None, "first such day"]
    given_last: Annotated[date | None, "last such day"]
    help_out_offers: Annotated[float | None, "help given, from ego's offers, corrected for volume, days"]
    help_out_offers_lo: Annotated[float | None, "lower end of its 95 % interval, days"]
    help_out_offers_hi: Annotated[float | None, "upper end of its 95 % interval, days"]
    help_out_offers_status: Annotated[str, "state of help_out_offers"]
    thanked_back_days: Annotated[
        int | None, "days on which they thanked ego for help; null where not observed"
    ]
    help_out_thanks: Annotated[float | None, "help given, from their thanks, corrected for volume, days"]
    help_out_thanks_lo: Annotated[float | None, "lower end of its 95 % interval, days"]
    help_out_thanks_hi: Annotated[float | None, "upper end of its 95 % interval, days"]
    help_out_thanks_status: Annotated[str, "state of help_out_thanks"]
    help_share: Annotated[float | None, "share of help that ego received, within one instrument, 0 to 1"]
    help_share_lo: Annotated[float | None, "lower end of its 95 % interval"]
    help_share_hi: Annotated[float | None, "upper end of its 95 % interval"]
    help_share_status: Annotated[str, "state of help_share"]
    credit_days: Annotated[int | None, "days on which ego credited them or quoted them with a comment, days"]
    attention_days: Annotated[int | None, "days on which ego boosted or favourited them, where dated, days"]
    quick_help: Annotated[int, "confirmed single helps, episodes"]
    follows_out: Annotated[bool | None, "ego follows them; null where not observed"]
    follows_in: Annotated[bool | None, "they follow ego; null where not observed"]
    roles: Annotated[
        str,
        "roles whose rule holds, joined by ;  a trailing ? where the unseen side could change the verdict",
    ]


class Evidence(NamedTuple):
    """One post that speaks for something, with the rule that fired."""

    ego: Annotated[str, "account whose network this is"]
    account: Annotated[str, "the alter"]
    direction: Annotated[str, "in: help that ego received; out: help that ego gave"]
    instrument: Annotated[
        str, "thanks (the receiver's words), offers (the giver's words) or credit (ego passes on their work)"
    ]
    day: Annotated[date | None, "UTC day"]
    post: Annotated[str, "post key"]
    act: Annotated[str, "act found in the text"]
    object: Annotated[str | None, "what a gratitude is for"]
    rule: Annotated[str, "id of the rule that fired"]
    text: Annotated[str | None, "the post"]
    start: Annotated[int | None, "first character of the evidence in the text, characters"]
    stop: Annotated[int | None, "character after the evidence, characters"]
    url: Annotated[str | None, "where the post can be opened"]


class TextLanguage(NamedTuple):
    """The language a post is read in: as its platform states it, else that of its author's posts."""

    post: Annotated[str, "post key"]
    lang: Annotated[str | None, "language, BCP 47; null where it could not be told"]
    readable: Annotated[bool, "whether there are rules for it: if not, what the text does is not observed"]


Record: TypeAlias = type[tuple[Any, ...]]
"""A record type: one of the named tuples above."""


class Column(NamedTuple):
    """One column of a table: its name, SQL type, whether it may be null, and what it means."""

    name: str
    sql_type: str
    nullable: bool
    meaning: str


class Table(NamedTuple):
    """A documented table. `key` is unique and sorts it totally."""

    name: str
    meaning: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Column names, in order."""
        return tuple(column.name for column in self.columns)


_SQL_TYPES: Final[dict[Any, str]] = {
    str: "VARCHAR",
    int: "BIGINT",
    float: "DOUBLE",
    bool: "BOOLEAN",
    datetime: "TIMESTAMP",
    date: "DATE",
    list[str]: "VARCHAR[]",
}

_TABLES: Final[dict[Record, tuple[str, tuple[str, ...]]]] = {
    Source: ("sources", ("source",)),
    Account: ("accounts", ("account",)),
    Handle: ("handles", ("account", "handle")),
    Post: ("posts", ("post",)),
    Reaction: ("reactions", ("actor", "kind", "post")),
    Follow: ("follows", ("source", "target")),
    DirectMessageDay: ("dm_days", ("source", "target", "day")),
    Coverage: ("coverage", ("account", "kind", "direction", "first", "last")),
    Interaction: ("interactions", ("happened_at", "post", "kind", "source", "target")),
    TieDay: ("tie_days", ("source", "target", "day")),
    Tie: ("ties", ("source", "target")),
    TextLanguage: ("text_languages", ("post",)),
    Act: ("acts", ("post", "act", "rule")),
    Person: ("people", ("ego", "account")),
    Evidence: ("evidence", ("ego", "account", "direction", "instrument", "day", "post", "act", "rule")),
}


@cache
def table(record: Record) -> Table:
    """Schema of a record type, read from its annotations.

    Parameters
    ----------
    record
        One of the record types of this module.

    Returns
    -------
    Table
        Name, meaning (first line of the docstring), key and columns.

    Examples
    --------
    >>> table(Follow).columns[0]
    Column(name='source', sql_type='VARCHAR', nullable=False, meaning='account that follows')
    """
    name, key = _TABLES[record]
    hints = get_type_hints(record, include_extras=True)
    columns = tuple(_column(field, hints[field]) for field in hints)
    return Table(name, (record.__doc__ or "").splitlines()[0], key, columns)


def _column(name: str, hint: Any) -> Column:
    kind, meaning = get_args(hint)
    nullable = get_origin(kind) in (Union, types.UnionType)
    if nullable:
        (kind,) = (part for part in get_args(kind) if part is not type(None))
    return Column(name, _SQL_TYPES[kind], nullable, meaning)
