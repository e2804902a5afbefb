"""The rhythm of posting: posts per week, the phases of activity, and ego's own events beside them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any, Final, NamedTuple

import altair as alt

from plnmap.analysis.over_time.activity import Activity
from plnmap.analysis.over_time.rhythm import Week
from plnmap.model import Event
from plnmap.report.pictures.theme import IN_PAGE
from plnmap.report.pictures.wide import YEARS, wide_chart
from plnmap.words import plain

HEIGHT: Final = 180


class Series(NamedTuple):
    """What is counted: its column in a week, and how it is drawn."""

    column: str
    colour: str
    opacity: float


SERIES: Final = {
    "all posts": Series("posts", IN_PAGE.soft, 0.4),
    "to somebody": Series("to_people", IN_PAGE.accent, 1.0),
}


def rhythm(
    weeks: Sequence[Week], phases: Sequence[Activity] = (), events: Sequence[Event] = ()
) -> alt.LayerChart:
    """Posts per week, and those said to somebody; what is not covered is a dashed gap, not a zero.

    Parameters
    ----------
    weeks
        From `plnmap.analysis.over_time.rhythm.posts_by_week`.
    phases
        From `plnmap.analysis.over_time.activity.phases_of_activity`: a line at the mean of each.
    events
        Ego's own, numbered from 1 in this order.
    """
    layers = [*_areas(weeks), *_gaps(weeks), *_means(phases), *_marks_of(events)]
    return wide_chart(layers, HEIGHT)


def _areas(weeks: Sequence[Week]) -> list[alt.Chart]:
    when = alt.X("week:T", axis=YEARS, scale=alt.Scale(type="utc"))
    posts = alt.Y("posts:Q", title="posts per week", stack=None)
    colour = alt.Color(
        "series:N",
        scale=alt.Scale(domain=list(SERIES), range=[look.colour for look in SERIES.values()]),
        legend=alt.Legend(title=None, orient="top", labelFontSize=12, symbolOpacity=1),
    )
    return [
        alt.Chart(
            alt.InlineData(
                values=[
                    {"week": week.monday.isoformat(), "series": series, "posts": getattr(week, look.column)}
                    for week in weeks
                ]
            )
        )
        .mark_area(interpolate="step-after", opacity=look.opacity)
        .encode(when, posts, colour)
        for series, look in SERIES.items()
    ]


def unseen_weeks(weeks: Sequence[Week]) -> list[tuple[date, date]]:
    """First and last day of each stretch of weeks that no source covers.

    >>> unseen = Week(date(2020, 1, 6), None, None, "not_observed")
    >>> unseen_weeks([unseen, Week(date(2020, 1, 13), 2, 1, "value")])
    [(datetime.date(2020, 1, 6), datetime.date(2020, 1, 12))]
    """
    stretches = [
        [week.monday for week in stretch]
        for unseen, stretch in groupby(weeks, lambda week: week.status == "not_observed")
        if unseen
    ]
    return [(mondays[0], mondays[-1] + timedelta(days=6)) for mondays in stretches]


def _gaps(weeks: Sequence[Week]) -> list[alt.Chart]:
    """Outlines, without filling, of what is not covered."""
    gaps = [
        {"first": first.isoformat(), "until": (last + timedelta(days=1)).isoformat(), "says": "not observed"}
        for first, last in unseen_weeks(weeks)
    ]
    if not gaps:
        return []
    outline = alt.Chart(alt.InlineData(values=gaps)).mark_rect(
        filled=False, stroke=IN_PAGE.soft, strokeDash=[3, 3]
    )
    return [outline.encode(alt.X("first:T"), alt.X2("until:T"), tooltip=alt.Tooltip("says:N", title=" "))]


def _means(phases: Sequence[Activity]) -> list[alt.Chart]:
    """A line at the mean of each phase, as long as it, with the number above its beginning."""
    if not phases:
        return []
    rows = [
        {
            "first": each.first.isoformat(),
            "until": (each.last + timedelta(days=1)).isoformat(),
            "mean": round(each.posts, 2),
            "says": f"{each.posts:.1f} a week",
        }
        for each in phases
    ]
    line = alt.Chart(alt.InlineData(values=rows)).encode(
        alt.X("first:T"), alt.Y("mean:Q"), tooltip=alt.Tooltip("says:N", title="on average")
    )
    text: dict[str, Any] = {"align": "left", "baseline": "bottom", "dx": 3, "dy": -3, "fontWeight": 600}
    return [
        line.mark_rule(stroke=IN_PAGE.paper, strokeWidth=4, opacity=0.7).encode(alt.X2("until:T")),
        line.mark_rule(stroke=IN_PAGE.ink, strokeWidth=2).encode(alt.X2("until:T")),
        line.mark_text(**text, stroke=IN_PAGE.paper, strokeWidth=4).encode(text="says:N"),
        line.mark_text(**text).encode(text="says:N"),
    ]


def _marks_of(events: Sequence[Event]) -> list[alt.Chart]:
    """A line at each event, with its number above."""
    if not events:
        return []
    marks = [
        {"day": event.day.isoformat(), "number": str(number), "says": plain(event.words)}
        for number, event in enumerate(events, 1)
    ]
    border = alt.Chart(alt.InlineData(values=marks)).encode(
        alt.X("day:T"), tooltip=alt.Tooltip("says:N", title=" ")
    )
    return [
        border.mark_rule(),
        border.mark_text(baseline="bottom", dy=-4).encode(alt.Y(value=0), text="number:N"),
    ]
