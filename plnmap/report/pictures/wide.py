"""What pictures of a page share: they are as wide as their place, and count time in years."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import altair as alt

YEARS: Final = alt.Axis(title=None, format="%Y", tickCount="year", labelFlush=True, labelFontSize=12)
"""An axis of time: a tick at the beginning of each year, UTC."""

NAMES: Final = alt.Axis(
    title=None,
    ticks=False,
    labelPadding=8,
    labelFontSize=12,
    labelLimit=150,
    labelExpr="split(datum.label, '\\n')",
)
"""An axis of people; a name may go on in a second line."""


def wide_chart(layers: Sequence[alt.Chart], height: int) -> alt.LayerChart:
    """Layers, one above the other, as wide as the place in the page that the chart is put in.

    Parameters
    ----------
    layers
        From the lowest to the highest.
    height
        In pixels: with a height per row Vega-Lite complains that it cannot fit both ways.
    """
    return alt.LayerChart(layer=list(layers), width="container", height=height)
