"""Topics by person: with whom which subject came up, and in how many posts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import altair as alt

from plnmap.analysis.topics.by_person import TopicsByPerson
from plnmap.report.pictures.theme import IN_PAGE
from plnmap.report.pictures.wide import NAMES, wide_chart
from plnmap.words import plain

ROW_HEIGHT: Final = 24
STRONGEST: Final = 0.5
"""Opacity of the field with most posts: its number still reads on it, in light and in dark."""


def topics(found: TopicsByPerson, names: Mapping[str, str]) -> alt.LayerChart:
    """A field per person and topic, the stronger the more posts name it; without any, it stays empty.

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
            axis=alt.Axis(orient="top", labelAngle=-40, labelFontSize=12),
        ),
        alt.Y("who:N", axis=NAMES, sort=[plain(names[account]) for account in found.accounts]),
        tooltip=[
            alt.Tooltip("who:N"),
            alt.Tooltip("topic:N"),
            alt.Tooltip("posts:Q", title="posts that name it"),
        ],
    )
    strength = alt.FillOpacity(
        "posts:Q", scale=alt.Scale(domain=[0, most], range=[0.05, STRONGEST]), legend=None
    )
    return wide_chart(
        [
            field.mark_rect(fill=IN_PAGE.accent, stroke=IN_PAGE.paper).encode(strength),
            field.mark_text().encode(text="posts:Q"),
        ],
        ROW_HEIGHT * len(found.accounts),
    )
