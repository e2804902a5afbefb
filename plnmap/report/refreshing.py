"""What a refresh is going to take, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from plnmap.collect.refreshing import Refreshed
from plnmap.report.values import number_of
from plnmap.sources.lookups import Looker, What

RESOURCES: Final[Mapping[What, str]] = {"posts": "post", "accounts": "user"}


class Plan(NamedTuple):
    """A plan in words, and what it costs at most, US dollars."""

    text: str
    dollars: float


def plan_of(looker: Looker, left: Mapping[What, int], most_requests: int | None) -> Plan:
    """What looking again takes, if nothing is missing.

    Parameters
    ----------
    looker
        The platform.
    left
        What there is to look at.
    most_requests
        The bound that the user set; None for none.
    """
    requests, dollars, lines = 0, 0.0, [f"{looker.name}:"]
    for what, count in left.items():
        at_once = looker.at_once[what]
        sent = -(-count // at_once)
        if most_requests is not None:
            sent = min(sent, most_requests - requests)
        looked_at = min(count, sent * at_once)
        requests += sent
        # What was deleted is not billed, and one's own is cheaper: it costs no more than this.
        dollars += looked_at * looker.price(RESOURCES[what], False)
        lines.append(f"  {looked_at:,} of {count:,} {what}, {number_of(sent, 'request')}")
    if dollars:
        lines.append(f"  at most ${dollars:,.2f}")
    return Plan("\n".join(lines), dollars)


def came_of_it(done: Refreshed) -> str:
    """What was looked at, and what had changed.

    >>> print(came_of_it(Refreshed(requests=2, posts=120, deleted=1)))
    120 posts looked at: 1 deleted, 0 edited
    2 requests
    >>> print(came_of_it(Refreshed(requests=1, posts=9, hidden=2)).partition(": ")[2].splitlines()[0])
    0 deleted, 2 shown to fewer people now, 0 edited
    """
    lines = []
    if done.posts:
        hidden = f"{done.hidden:,} shown to fewer people now, " if done.hidden else ""
        lines.append(
            f"{number_of(done.posts, 'post')} looked at: "
            f"{done.deleted:,} deleted, {hidden}{done.edited:,} edited"
        )
    if done.accounts:
        lines.append(
            f"{number_of(done.accounts, 'account')} looked at: {done.vanished:,} no more, "
            f"{number_of(done.renamed, 'new handle')}"
        )
    cost = f", ${done.dollars:,.2f}" if done.dollars else ""
    return "\n".join([*lines, f"{number_of(done.requests, 'request')}{cost}"])
