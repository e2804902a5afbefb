"""Does the strength score foretell whom ego contacts next, better than simple counting?

The clock is set back to a few days; people are put in order by what was known
then; and whom ego contacted next says which order was right.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from plnmap.analysis.contact.contacts import Contacts, as_date, load_contacts
from plnmap.analysis.derived import Announce, derive_ties
from plnmap.analysis.egos import Ego
from plnmap.analysis.ranking import Verdict, keep_verdict
from plnmap.analysis.settings import Settings, StrengthWeights
from plnmap.analysis.status import Measure
from plnmap.research.comparing import RIVAL, Protocol, Ranked, all_alike, compare, counts
from plnmap.research.foretelling import Month, month, network, passed_between
from plnmap.store import Store


class Origin(NamedTuple):
    """A day to which the clock was set back, and what was to be foretold.

    Attributes
    ----------
    day
        The last day that was known.
    until
        The last day on which contact was looked for.
    candidates
        People with contact until `day`.
    contacted
        How many of them ego contacted after it.
    counts
        Whether both numbers are large enough to judge by.
    """

    day: date | None
    until: date | None
    candidates: int
    contacted: int
    counts: bool


class Validation(NamedTuple):
    """The test of the strength score on one ego's data.

    Attributes
    ----------
    ego
        Whose data.
    as_of
        The earlier day that was taken for now; None for ego's t0.
    end_reason
        Why the last month does not end with the data; empty if it does.
    busy_until
        Where no month counts: the end of the latest earlier month that would, if there is one.
    origins
        The days, latest first.
    rankings
        Strength first, then what it is compared with.
    verdict
        Whether strength surely does better than counting contacts.
    protocol
        How the test was made.
    """

    ego: Ego
    as_of: date | None
    end_reason: str
    busy_until: date | None
    origins: list[Origin]
    rankings: list[Ranked]
    verdict: Verdict
    protocol: Protocol

    def ranked(self, name: str) -> Ranked:
        """One of the rankings."""
        return next(each for each in self.rankings if each.ranking == name)


def validate(
    store: Store,
    ego: Ego,
    *,
    announce: Announce,
    as_of: date | None = None,
    settings: Settings | None = None,
    protocol: Protocol | None = None,
) -> Validation:
    """Test the strength score on one ego's data.

    The verdict is kept in the file, unless it is about an earlier day.

    Parameters
    ----------
    store
        An open PLN file.
    ego
        Whose network.
    announce
        Told what is being done, where it takes more than a moment.
    as_of
        The end of which UTC day counts as now; by default the ego's t0.
    settings
        The weights under test, the horizon, and what it takes a month to count.
    protocol
        How the test is made.

    Returns
    -------
    Validation
        Measures are ``insufficient`` where no month has enough people and
        contacts, ``not_observed`` where the file cannot show what they need.
    """
    settings, protocol = settings or Settings(), protocol or Protocol()
    weights = settings.strength
    derive_ties(store, announce)
    announce("setting the clock back …")
    contacts = load_contacts(store, ego, as_of)
    end, reason = last_day_to_foretell(contacts, weights)
    months, busy_until = _months(store, ego, contacts, end, weights, protocol.months)
    if contacts.outgoing:
        rankings = compare([months], weights, protocol)
    else:
        rankings = all_alike(Measure("not_observed", reason="your own posts are not in the file"))
    verdict = judge(rankings)
    if as_of is None:
        with store.transaction():
            keep_verdict(store, ego, verdict, settings)
    return Validation(
        ego=ego,
        as_of=as_of,
        end_reason=reason,
        busy_until=None if busy_until is None else as_date(busy_until),
        origins=[_origin(each, weights) for each in months],
        rankings=rankings,
        verdict=verdict,
        protocol=protocol,
    )


def _months(
    store: Store, ego: Ego, contacts: Contacts, end: int, weights: StrengthWeights, wanted: int
) -> tuple[list[Month], int | None]:
    """The last months, and where none of them counts, the end of the latest that does."""
    passed, ties = passed_between(store, ego, contacts), network(store, ego, contacts)
    horizon = weights.horizon_days
    back = range(end - horizon, 0, -horizon)
    months = [month(passed, ties, origin, weights) for origin in back[:wanted]]
    if any(counts(each, weights) for each in months) or not len(contacts.active):
        return months, None
    origins = (origin for origin in back[wanted:] if origin >= contacts.active[0])
    earlier = (month(passed, None, origin, weights) for origin in origins)
    return months, next((each.origin + horizon for each in earlier if counts(each, weights)), None)


def last_day_to_foretell(contacts: Contacts, weights: StrengthWeights) -> tuple[int, str]:
    """The day on which the last month ends, and why it is not the one on which the data end.

    Some archives state a date long after the last post, and in a month without
    any there is nothing to foretell: the clock goes back from ego's last active day then.
    """
    quiet_since = contacts.last - weights.horizon_days
    if not len(contacts.active) or contacts.active[-1] > quiet_since:
        return contacts.last, ""
    latest = int(contacts.active[-1])
    return (
        latest,
        f"nothing was posted after {as_date(latest)}, though the data reach {as_date(contacts.last)}",
    )


def judge(rankings: list[Ranked]) -> Verdict:
    """Whether strength is ahead of counting contacts with the whole interval."""
    (ahead,) = (each.ahead for each in rankings if each.ranking == RIVAL)
    if ahead.status != "value" or ahead.lo is None:
        return Verdict(None)
    return Verdict(ahead.lo > 0, ahead.value, ahead.lo, ahead.hi)


def _origin(each: Month, weights: StrengthWeights) -> Origin:
    return Origin(
        as_date(each.origin),
        as_date(each.origin + weights.horizon_days),
        len(each.people),
        int(each.contacted.sum()),
        counts(each, weights),
    )
