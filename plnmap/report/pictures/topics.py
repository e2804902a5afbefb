"""Topics by person: with whom which subject came up, and in how many posts."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

import altair as alt

from plnmap.analysis.topics.by_person import TopicsByPerson
from plnmap.report.pictures.theme import IN_PAGE
from plnmap.report.pictures.wide import NAMES, wide_chart
from plnmap.words import plain

ROW_HEIGHT: Final = 24
SHADES: Final = [0.08, 0.5]
"""Opacity of a field with one post and of that with most: numbers still read on it, in light and in dark."""
HEADS_TURNED: Final = -65
"""Degrees: where there is little room, heads turned any less run into each other."""


def topics(found: TopicsByPerson, names: Mapping[str, str]) -> alt.LayerChart:
    """A field per person and topic, the stronger the more posts name it; without any, it stays empty.

    Shades go by the logarithm: one tie that names one topic all the time would leave all others pale.

    Parameters
    ----------
    found
        From `plnmap.analysis.topics.by_person`.
    names
        Account → what to call them.
    """
    fields = [
        {"who": plain(names[count.account]), "topic": plain(count.term), "posts": count.posts}
        for count in found.counts
    ]
    most = max((count.posts for count in found.counts), default=1)
    field = alt.Chart(alt.InlineData(values=fields)).encode(
        alt.X(
            "topic:N",
            title=None,
            sort=[plain(term) for term in found.terms],
            axis=alt.Axis(orient="top", labelAngle=HEADS_TURNED, labelFontSize=12),
        ),
        alt.Y("who:N", axis=NAMES, sort=[plain(names[account]) for account in found.accounts]),
        tooltip=[
            alt.Tooltip("who:N"),
            alt.Tooltip("topic:N"),
            alt.Tooltip("posts:Q", title="posts that name it"),
        ],
    )
    # Of fill opacity Vega-Lite draws no legend.
    shade = alt.Opacity(
        "posts:Q",
        scale=alt.Scale(type="log", domain=[1, max(most, 2)], range=SHADES),
        legend=alt.Legend(
            title="posts that name it (log scale)",
            titleLimit=0,
            orient="bottom",
            direction="horizontal",
            values=sorted({1, math.isqrt(most), most}),
            format=",d",
            symbolType="square",
            symbolSize=200,
            symbolFillColor=IN_PAGE.accent,
            symbolStrokeWidth=0,
        ),
    )
    return wide_chart(
        [
            field.mark_rect(fill=IN_PAGE.accent, stroke=IN_PAGE.paper).encode(shade),
            field.mark_text().encode(text="posts:Q"),
        ],
        ROW_HEIGHT * len(found.accounts),
    )
