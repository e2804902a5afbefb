"""How charts look: one set of colours for light, one for dark, and the same names for both in a page.

Roles have colours of Okabe & Ito (2008), which people of any colour vision can
tell apart, and a shape each, for those who print in grey.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

FONT: Final = "system-ui, -apple-system, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', sans-serif"


class Colours(NamedTuple):
    """What is drawn in which colour; `soft` and darker still read as text on `paper`."""

    paper: str
    panel: str
    ink: str
    soft: str
    faint: str
    accent: str


LIGHT: Final = Colours(
    paper="#ffffff", panel="#f5f6f8", ink="#1c2128", soft="#59636e", faint="#d5dae1", accent="#00609c"
)
DARK: Final = Colours(
    paper="#14181d", panel="#1e242b", ink="#e8ecf0", soft="#a6b0bb", faint="#39424c", accent="#6cbcf0"
)
IN_PAGE: Final = Colours(*(f"var(--{name})" for name in Colours._fields))
"""For SVG inside a page: its style sheet says what the names mean, in light, in dark and on paper."""


def chart_config(colours: Colours) -> dict[str, Any]:
    """The `config` of a Vega-Lite chart in these colours."""
    text = {"labelColor": colours.soft, "titleColor": colours.soft, "titleFontWeight": "normal"}
    return {
        "background": "transparent" if colours is IN_PAGE else colours.paper,
        "font": FONT,
        "view": {"stroke": None},
        "axis": text | {"domainColor": colours.faint, "gridColor": colours.faint, "tickColor": colours.faint},
        "legend": text,
        "title": {
            "color": colours.ink,
            "subtitleColor": colours.soft,
            "anchor": "start",
            "fontSize": 16,
            "subtitleFontSize": 12,
        },
        "text": {"color": colours.ink},
        "rule": {"color": colours.soft},
    }
