"""What tasks show of an account: their coverage, from how far they have come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final, NamedTuple

from plnmap.model import Coverage
from plnmap.sources.live import Stream

NOT_YET: Final = "not collected yet"
GOES_ON: Final = "collecting goes on"
NOT_ASKED_AGAIN: Final = "what older posts got since they were asked about is not noticed"


class Tally(NamedTuple):
    """Tasks of one account and stream that have come equally far, taken together.

    Attributes
    ----------
    settled
        Whether an earlier pass came to its end, so that what it covers holds while this one is under way.
    tasks
        How many there are.
    first, last, expected, got, reason
        As in `Task`, over all of them.
    again
        Whether their latest pass took only what was new.
    """

    account: str
    stream: str
    state: str
    settled: bool
    reason: str
    tasks: int
    first: datetime | None
    last: datetime | None
    expected: int | None
    got: int
    again: bool = False


TALLIES: Final = """
SELECT account, stream, state,
       last IS NOT NULL AND (since IS NOT NULL OR pass_pages = 0 OR list_contains($snapshots, stream))
           AS settled,
       reason, count(*) AS tasks, min(first) AS first, max(last) AS last,
       CASE WHEN count(expected) = count(*) THEN sum(expected)::BIGINT END AS expected,
       sum(got)::BIGINT AS got, since IS NOT NULL AS again
FROM tasks WHERE source = $source AND list_contains($accounts, account)
GROUP BY ALL
"""
"""Rows of `Tally`: of a source, about some accounts."""


class _Seen(NamedTuple):
    state: str
    reason: str


def coverage_of(tallies: Iterable[Tally], streams: Mapping[str, Stream]) -> list[Coverage]:
    """What tasks cover: one row per account, stream and channel of that stream.

    Several streams may cover the same channel; readers of coverage take the best of them
    (`plnmap.analysis.ledger`). Of a stream with several tasks all have to be complete.

    Parameters
    ----------
    tallies
        All tasks of the accounts meant.
    streams
        The platform's streams.
    """
    by_stream: dict[tuple[str, str], list[Tally]] = {}
    for tally in sorted(tallies, key=lambda tally: (tally.account, tally.stream, tally.state, tally.reason)):
        by_stream.setdefault((tally.account, tally.stream), []).append(tally)
    rows = []
    for account in dict.fromkeys(account for account, _ in by_stream):
        covered: list[Coverage] = []
        short: dict[tuple[str, str], str] = {}
        for name, stream in streams.items():
            own = by_stream.get((account, name), [])
            of_subjects = by_stream.get((account, stream.subjects_from or ""), [])
            if own or of_subjects:
                seen = _seen_of(stream, own, of_subjects)
                covered += _of_stream(account, stream, own, of_subjects, seen)
                if any(each.state != "complete" for each in seen):
                    short |= stream.completes
        rows += [_less_what_is_short(row, short) for row in covered]
    return rows


def _less_what_is_short(row: Coverage, short: Mapping[tuple[str, str], str]) -> Coverage:
    """A channel of which some is missing that another stream looks for."""
    why = short.get((row.kind, row.direction))
    if why is None or row.state not in ("complete", "partial"):
        return row
    return row._replace(state="partial", reason="; ".join(filter(None, (row.reason, why))))


def _seen_of(stream: Stream, own: list[Tally], of_subjects: list[Tally]) -> list[_Seen]:
    seen = [_seen(tally) for tally in (*own, *of_subjects)]
    if not stream.notices_later and any(tally.again for tally in of_subjects):
        seen.append(_Seen("partial", NOT_ASKED_AGAIN))
    return seen


def _of_stream(
    account: str, stream: Stream, own: list[Tally], of_subjects: list[Tally], seen: list[_Seen]
) -> list[Coverage]:
    told = [*own, *of_subjects]
    if own and not any(_seen(tally).state in ("complete", "partial") for tally in own):
        # The subjects are known, and what was done with them is not.
        seen = seen[: len(own)]
    states = {each.state for each in seen}
    if states == {"complete"}:
        state = "complete"
    elif states & {"complete", "partial"}:
        state = "partial"
    else:
        state = "hidden" if "hidden" in states else "none"
    shows = state in ("complete", "partial")
    expected = [tally.expected for tally in own]
    known = bool(own) and None not in expected
    return [
        Coverage(
            account,
            kind,
            direction,
            state,
            first=min((tally.first for tally in told if tally.first), default=None) if shows else None,
            last=max((tally.last for tally in told if tally.last), default=None) if shows else None,
            expected=sum(number or 0 for number in expected) if known else None,
            got=sum(tally.got for tally in own) if shows else None,
            reason="; ".join(sorted({each.reason for each in seen if each.reason})),
        )
        for kind, direction in stream.covers
    ]


def _seen(tally: Tally) -> _Seen:
    """The state of coverage that the state of a task means, and why it is no better."""
    if tally.state in ("waiting", "running"):
        if tally.settled:
            return _Seen("partial" if tally.reason else "complete", tally.reason)
        return _Seen("partial", GOES_ON) if tally.last is not None else _Seen("none", NOT_YET)
    if tally.state == "hidden":
        return _Seen("hidden", tally.reason)
    if tally.state == "complete":
        return _Seen("complete", tally.reason)
    return _Seen("none" if tally.last is None else "partial", tally.reason)
