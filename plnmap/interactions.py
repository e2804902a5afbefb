"""From posts and reactions to interactions: one row per act of one account towards another.

Written once, as Ibis expressions, so that the same figures come from DuckDB
and from Spark.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import ibis
from ibis import _

from plnmap.model import KINDS, LIST_MENTION_ABOVE, WEIGHT_UNITS, Interaction

if TYPE_CHECKING:
    from ibis.expr.types import IntegerValue, StringValue, Table

_SHARES: Final = WEIGHT_UNITS // 10
"""A whole act in sixtieths, which 1 to 5 people can share without a remainder."""

_ACTED: Final = tuple(name for name in Interaction._fields if name not in Interaction._field_defaults)
"""Columns of an interaction; what accounts are called is no part of what they did."""

_EARLIEST: Final = ibis.timestamp("0001-01-01 00:00:00")
_UNDATED: Final = ibis.timestamp("9999-12-30 00:00:00")
_LATEST: Final = ibis.timestamp("9999-12-31 00:00:00")


def interactions(posts: Table, reactions: Table, resolutions: Table) -> Table:
    """One row per act of one account towards another.

    Parameters
    ----------
    posts, reactions
        The tables `plnmap.model.Post` and `plnmap.model.Reaction`. Posts that
        are only copies inside other people's posts (authority 0) are left out:
        nobody chose which of them are seen.
    resolutions
        Who held a handle and when, and which accounts are linked to another of the same
        person: reference, account, valid_from, valid_to.

    Returns
    -------
    Table
        The columns of `plnmap.model.Interaction` but for the handles, without acts towards oneself.
        The weight is the kind's channel weight times 1/k for a post that names
        k people; a post that names more than five is a `list_mention` and
        weighs nothing.
    """
    own = posts.filter(_.authority > 0)
    addressed = ibis.union(
        _towards(own, "reply", own.reply_to),
        _towards(own, "boost", own.boost_of),
        _towards(own, "quote", own.quote_of),
        _mentions(own),
        _reactions(reactions, posts),
    )
    source = _resolved(addressed, "source", resolutions)
    both = _resolved(source, "target", resolutions)
    # Of linked accounts on two platforms only the post still says on which of them it was.
    placed = both.mutate(platform=both.post.split(":")[0])
    return _once(placed.filter(_.source != _.target))


def messages_between(dm_days: Table, resolutions: Table) -> Table:
    """Direct messages by day (`plnmap.model.DirectMessageDay`) between people instead of accounts.

    Parameters
    ----------
    dm_days
        Columns source, target, day and messages.
    resolutions
        As for `interactions`.

    Returns
    -------
    Table
        The same columns, without messages to oneself; a pair of people who wrote
        each other from several accounts has several rows a day.
    """
    dated = dm_days.mutate(happened_at=dm_days.day.cast("timestamp"))
    both = _resolved(_resolved(dated, "source", resolutions), "target", resolutions)
    return both.filter(_.source != _.target).drop("happened_at")


def _once(rows: Table) -> Table:
    """One row per act: two references to one account in a post are one mention, with both their shares."""
    grouped = rows.group_by("platform", "kind", "source", "target", "post").aggregate(
        happened_at=_.happened_at.min(),
        # "second" sorts after "day": the better known of two times is kept.
        at_precision=_.at_precision.max(),
        together=_.weight_units.sum(),
        each=_.weight_units.max(),
    )
    weight = (grouped.kind == "mention").ifelse(grouped.together, grouped.each).cast("int64")
    return grouped.mutate(weight_units=weight).select(*_ACTED)


def _towards(posts: Table, kind: str, target: StringValue) -> Table:
    return posts.filter(target.notnull()).select(
        kind=ibis.literal(kind),
        source=_.author,
        target=target,
        happened_at=_.happened_at,
        at_precision=_.at_precision,
        post=_.post,
        weight_units=_weight(kind),
    )


def _mentions(posts: Table) -> Table:
    named = posts.mutate(k=posts.mentions.length()).filter(_.k > 0)
    is_list = named.k > LIST_MENTION_ABOVE
    shared = ibis.cases(
        *(
            (named.k == k, KINDS["mention"].weight_tenths * (_SHARES // k))
            for k in range(1, LIST_MENTION_ABOVE + 1)
        ),
        else_=0,
    )
    return named.select(
        kind=is_list.ifelse("list_mention", "mention"),
        source=_.author,
        target=_.mentions.unnest(),
        happened_at=_.happened_at,
        at_precision=_.at_precision,
        post=_.post,
        weight_units=shared.cast("int64"),
    )


def _reactions(reactions: Table, posts: Table) -> Table:
    """Favourites and boosts that are no posts; their author may be known from another archive."""
    # The same boost can be there twice: as a post "RT @x …" and as a bare reaction.
    told = posts.filter(_.boost_of_post.notnull()).select(
        actor=_.author, post=_.boost_of_post, kind=ibis.literal("boost")
    )
    bare = reactions.anti_join(told.distinct(), ["actor", "post", "kind"])
    authors = posts.select(post=_.post, written_by=_.author)
    known = bare.left_join(authors, "post").mutate(target=ibis.coalesce(_.author, _.written_by))
    weight = (known.kind == "boost").ifelse(_weight("boost"), _weight("favourite"))
    return known.filter(_.target.notnull()).select(
        kind=_.kind,
        source=_.actor,
        target=_.target,
        happened_at=_.happened_at,
        at_precision=_.at_precision,
        post=_.post,
        weight_units=weight,
    )


def _resolved(rows: Table, side: str, resolutions: Table) -> Table:
    """Replace a reference by the account that held the handle at the time."""
    # Bounds without nulls: an OR in the condition makes engines compare every row with every handle.
    held = resolutions.select(
        reference=_.reference,
        holder=_.account,
        since=_.valid_from.fill_null(_EARLIEST),
        until=_.valid_to.fill_null(_LATEST),
    )
    # What is not dated belongs to the last who went by the handle.
    moved = rows.mutate(moment=rows.happened_at.fill_null(_UNDATED))
    joined = moved.left_join(
        held,
        [moved[side] == held.reference, moved.moment >= held.since, moved.moment < held.until],
    ).drop("moment")
    return joined.mutate({side: ibis.coalesce(joined.holder, joined[side])}).drop(*held.columns)


def _weight(kind: str) -> IntegerValue:
    return ibis.literal(KINDS[kind].weight_tenths * _SHARES, "int64")
