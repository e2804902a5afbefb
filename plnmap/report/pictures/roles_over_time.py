"""Roles over time: who played which part, from when to when, and the days on which it showed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import altair as alt

from plnmap.analysis.roles.parts import SHOWS_IN, Part
from plnmap.analysis.summary import name_of
from plnmap.report.pictures.map_marks import LOOKS
from plnmap.report.pictures.theme import IN_PAGE
from plnmap.report.pictures.wide import NAMES, YEARS, wide_chart
from plnmap.report.report import held_in_words
from plnmap.report.values import YearAlone, period
from plnmap.words import plain

ROW_HEIGHT: Final = 34
POST_WORDS: Final = {
    ("in", "thanks"): "you thanked them",
    ("in", "offers"): "they offered help",
    ("out", "thanks"): "they thanked you",
    ("out", "offers"): "you offered help",
    ("in", "credit"): "you credited them",
}
"""Direction and instrument of a post → what happened in it."""


def roles_over_time(played: Sequence[Part]) -> alt.LayerChart:
    """A row per person and part: a line from its first day to its last, a dot for each day it showed.

    The line is dashed, and the dots are hollow, where the unseen side could change the part; a wide
    band is a phase in which its rule held by itself. Where only years are told, both take whole years,
    and there are no dots.

    Parameters
    ----------
    played
        From `plnmap.analysis.roles.parts.parts`.
    """
    rows = [(part, _row(part)) for part in played]
    lines = [row | _span(part.first, part.last) for part, row in rows]
    phases = [row | _span(each.first_day, each.last_day) for part, row in rows for each in part.phases]
    days = [
        row | _span(each.day, each.day, POST_WORDS[each.direction, each.instrument])
        for part, row in rows
        for each in part.days
        if not isinstance(each.day, YearAlone)
    ]
    colours = alt.Scale(domain=list(SHOWS_IN), range=[LOOKS[role].colour for role in SHOWS_IN])
    chart = alt.Chart().encode(
        alt.X("first:T", axis=YEARS, scale=alt.Scale(type="utc")),
        alt.Y("row:N", sort=[row["row"] for _, row in rows], axis=NAMES),
        alt.Color("role:N", scale=colours, legend=None),
        tooltip=[alt.Tooltip("row:N", title="who"), alt.Tooltip("says:N", title="when")],
    )
    dashes = alt.StrokeDash(
        "sure:N", scale=alt.Scale(domain=[True, False], range=[[1, 0], [4, 3]]), legend=None
    )
    sure, unsure = ([row for row in days if row["sure"] is whether] for whether in (True, False))
    layers = [
        _of(chart, phases).mark_bar(opacity=0.3, size=16).encode(alt.X2("last:T")),
        _of(chart, lines).mark_rule(strokeWidth=2).encode(alt.X2("last:T"), dashes),
        _of(chart, sure).mark_point(size=45, opacity=1, filled=True),
        _of(chart, unsure).mark_point(size=45, opacity=1, fill=IN_PAGE.paper),
    ]
    # An axis that is to fit a layer without rows has no ends.
    return wide_chart([layer for layer in layers if layer.data.values], ROW_HEIGHT * len(played))


def _of(chart: alt.Chart, rows: list[dict[str, Any]]) -> alt.Chart:
    return chart.properties(data=alt.InlineData(values=rows))


def _row(part: Part) -> dict[str, Any]:
    name = plain(name_of(part.person))
    return {"row": f"{name}\n{held_in_words(part.held)}", "role": part.held.role, "sure": part.held.sure}


def _span(first: date, last: date, what: str = "") -> dict[str, str]:
    says = f"{first} {what}" if what else f"{first} to {last}"
    if isinstance(last, YearAlone):
        says = period(first, last)
        last = date(last.year, 12, 31)
    return {"first": first.isoformat(), "last": last.isoformat(), "says": says}
