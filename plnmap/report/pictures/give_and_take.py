"""Give and take: help received against help given, person by person, within one instrument.

Thanks are the words of whoever was helped, offers those of whoever helped. The
rules find the two at different rates, so each has a picture of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Literal, TypeVar

import altair as alt

from plnmap.analysis.summary import name_of
from plnmap.model import Person
from plnmap.report.pictures.map_marks import LOOKS
from plnmap.report.pictures.theme import IN_PAGE
from plnmap.report.pictures.wide import NAMES, wide_chart
from plnmap.report.values import interval
from plnmap.words import plain

Instrument = Literal["thanks", "offers"]
_Channel = TypeVar("_Channel", alt.Color, alt.Shape)

ROW_HEIGHT: Final = 38
TICKS: Final = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]
LEAST_DAYS: Final = 0.5
"""Where the log scale begins; an interval that reaches further down ends at the edge."""

WAYS: Final = {"in": "helped you", "out": "you helped them"}
"""Direction of help → words."""

STATES: Final = {
    "insufficient": "too little to tell",
    "not_observed": "not observed",
    "no_contact": "none: 0",
}
"""What stands in the place of a number that there is not."""


def give_and_take(people: Sequence[Person], instrument: Instrument) -> alt.LayerChart:
    """Estimated days of help each way with their intervals, on a log scale.

    A side without a number is named in words beside a hollow mark at the edge, off the scale.

    Parameters
    ----------
    people
        Whom to show, in order.
    instrument
        thanks or offers; the two are never in one picture.
    """
    rows = [way for person in people for way in ways_of(person, instrument)]
    chart = alt.Chart(alt.InlineData(values=rows)).encode(
        alt.Y("who:N", axis=NAMES, sort=[plain(name_of(person)) for person in people]),
        alt.YOffset("way:N", sort=list(WAYS.values())),
        _marked(alt.Color, [LOOKS["mentor"].colour, LOOKS["mentee"].colour]),
        tooltip=[
            alt.Tooltip("who:N"),
            alt.Tooltip("way:N", title="way"),
            alt.Tooltip("says:N", title="days"),
        ],
    )
    highest = max([10.0, *(row["hi"] for row in rows if row["status"] == "value")])
    days = alt.Scale(type="log", domain=[LEAST_DAYS, highest], clamp=True)
    ticks = alt.Axis(values=TICKS, format="d")
    seen = chart.transform_filter("datum.status == 'value'")
    unseen = chart.transform_filter("datum.status != 'value'")
    shape = _marked(alt.Shape, ["circle", "diamond"])
    return wide_chart(
        [
            seen.mark_rule(strokeWidth=2).encode(
                alt.X("lo:Q", scale=days, axis=ticks, title="days of help, estimated; 95 % interval"),
                alt.X2("hi:Q"),
            ),
            seen.mark_point(filled=True, size=70, opacity=1).encode(alt.X("days:Q"), shape),
            unseen.mark_point(filled=False, size=45, opacity=1).encode(alt.X(value=8), shape),
            unseen.mark_text(align="left", fontStyle="italic").encode(
                alt.X(value=18), text="says:N", color=alt.value(IN_PAGE.soft)
            ),
        ],
        ROW_HEIGHT * len(people),
    )


def ways_of(person: Person, instrument: Instrument) -> list[dict[str, Any]]:
    """Help each way between ego and somebody: what the picture draws, and in `says` what a table prints."""
    return [_way(person, instrument, direction) for direction in WAYS]


def _way(person: Person, instrument: Instrument, direction: str) -> dict[str, Any]:
    column = f"help_{direction}_{instrument}"
    status = getattr(person, f"{column}_status")
    way = {"who": plain(name_of(person)), "way": WAYS[direction], "status": status}
    if status != "value":
        return way | {"says": STATES[status]}
    days, lo, hi = (getattr(person, f"{column}{part}") for part in ("", "_lo", "_hi"))
    return way | {"days": days, "lo": lo, "hi": hi, "says": interval(days, lo, hi, 0)}


def _marked(channel: type[_Channel], values: list[str]) -> _Channel:
    """The two ways, told apart by this channel; one legend stands for all such channels."""
    return channel(
        "way:N",
        scale=alt.Scale(domain=list(WAYS.values()), range=values),
        legend=alt.Legend(title=None, orient="top", labelFontSize=12),
    )
