"""The map: ego in the middle, alters on circles by strength, in sectors by community or topic.

Colour and shape say the role, size the help received. A mark is filled only where
both sides of a tie are in the file, and broken where even help received could not be read:
what was not observed looks like it, and is never drawn as nothing.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from typing import Any, Final

import altair as alt

from plnmap.analysis.map.layout import INNERMOST, UNRANKED, radius
from plnmap.analysis.map.table import MapRow, MapTable
from plnmap.analysis.summary import name_of
from plnmap.report.pictures.map_marks import (
    CIRCLES,
    LOOKS,
    NARROW,
    REACH,
    ROLE_NAMES,
    SEEN,
    UNREAD,
    WIDE,
    drawn_role,
    mark_rows,
    name_rows,
    observed,
    sector_headings,
    short_name,
    size_of_a_day,
)
from plnmap.report.pictures.theme import LIGHT, Colours, chart_config
from plnmap.report.pictures.written import picture
from plnmap.report.report import roles_in_words
from plnmap.report.values import number_of, period, talk_in_words
from plnmap.words import plain


class Picture(alt.LayerChart):
    """A chart that a notebook shows as a picture.

    As Altair would have it, the notebook fetches the scripts that draw from the network.
    """

    def _repr_mimebundle_(self, *_: object, **__: object) -> dict[str, str]:
        return {"image/svg+xml": picture(self, ".svg").decode()}


def map_chart(table: MapTable, colours: Colours = LIGHT) -> Picture:
    """The map as a chart that stands for itself, with title, legend and tooltips.

    Parameters
    ----------
    table
        From `plnmap.analysis.map.table.map_table`; without rows only ego is drawn.
    colours
        Light or dark.
    """
    roles = [role for role in LOOKS if any(drawn_role(row.person) == role for row in table.rows)] or [""]
    legend = alt.Legend(title="mentoring-like evidence of", symbolSize=120, symbolFillColor="transparent")
    marks = _marks(table, roles, legend).encode(
        tooltip=[alt.Tooltip(f"{name}:N", title=name.replace("_", " ")) for name in _TOLD]
    )
    layers = [*_background(table, colours), *_lines(colours), marks, *_ego(table, colours)]
    chart: Picture = (
        Picture(layer=[*layers, *_names(colours)])
        .properties(
            width=WIDE.side,
            height=WIDE.side,
            title=alt.TitleParams(f"The network of {plain(table.ego.name)}", subtitle=_key(table)),
            padding=16,
        )
        .configure(**chart_config(colours))
    )
    people = [mark | _told(table.rows[mark["row"]]) for mark in mark_rows(table)]
    chart.datasets = {"people": people, "names": name_rows(table, WIDE)}
    return chart


def map_in_page(table: MapTable, colours: Colours) -> dict[str, Any]:
    """The map as a specification for a page: no title, legend or tooltips, but parameters that it sets.

    `kept` (by row: whether it is in the foreground), `helps` (by row: days of thanks to draw instead of
    all) and `chosen` (a row to point out). At a width below `NARROW.side` + 1 fewer names are shown.
    """
    shown = f"datum.narrow === (width <= {NARROW.side})"
    kept = alt.when("!kept || kept[datum.row]").then(alt.value(1)).otherwise(alt.value(0.07))
    marks = _marks(table, list(LOOKS), None).encode(opacity=kept)
    around = (
        alt.Chart(alt.NamedData("people"))
        .transform_filter("datum.row === chosen")
        .mark_point(
            shape="circle",
            filled=False,
            stroke=colours.ink,
            strokeWidth=2.5,
            size={"expr": f"width <= {NARROW.side} ? 400 : 900"},
        )
        .encode(**_place())
    )
    layers = [
        *_background(table, colours),
        *(layer.transform_filter(shown).encode(opacity=kept) for layer in _lines(colours)),
        marks,
        around,
        *_ego(table, colours),
        *(layer.transform_filter(shown).encode(opacity=kept) for layer in _names(colours)),
    ]
    chart = alt.LayerChart(layer=layers, width=WIDE.side, height=WIDE.side, padding=0)
    set_by_page = {"kept": None, "helps": None, "chosen": -1}
    chart.params = [alt.VariableParameter(name=name, value=value) for name, value in set_by_page.items()]
    names = [row | {"narrow": False} for row in name_rows(table, WIDE)]
    names += [row | {"narrow": True} for row in name_rows(table, NARROW)]
    # Plain rows: thousands of them through Altair's checks would take longer than all the rest.
    spec: dict[str, Any] = chart.to_dict(validate=False)
    spec["datasets"] |= {"people": mark_rows(table), "names": names}
    return spec


_TOLD: Final = ("who", "roles", "strength", "thanked", "in_contact", "about", "observed")


def _told(row: MapRow) -> dict[str, str]:
    """What the tooltip of a chart says about a person."""
    person = row.person
    return {
        "who": plain(name_of(person)),
        "roles": roles_in_words(person) or "none seen",
        "strength": f"{person.strength:.2f}" if person.strength is not None else person.strength_reason,
        "thanked": "not observed"
        if person.thanked_days is None
        else f"on {number_of(person.thanked_days, 'day')}",
        "in_contact": period(person.first_day, person.last_day) or "no dated contact",
        "about": talk_in_words(row.about),
        "observed": observed(person),
    }


def _place(x: str = "x", y: str = "y") -> dict[str, Any]:
    scale = alt.Scale(domain=[-REACH, REACH], nice=False, zero=False)
    return {"x": alt.X(f"{x}:Q", axis=None, scale=scale), "y": alt.Y(f"{y}:Q", axis=None, scale=scale)}


def _marks(table: MapTable, roles: Sequence[str], legend: alt.Legend | None) -> alt.Chart:
    names = [ROLE_NAMES[role] for role in roles]
    palette = alt.Scale(domain=names, range=[LOOKS[role].colour for role in roles])
    shapes = alt.Scale(domain=names, range=[LOOKS[role].shape for role in roles])
    both_seen, unread = f"datum.observed === '{SEEN}'", f"datum.observed === '{UNREAD}'"
    filling = alt.when(both_seen).then(alt.value(0.9)).otherwise(alt.value(0.13))
    broken = alt.when(unread).then(alt.value([2, 2])).otherwise(alt.value([1, 0]))
    days = "datum.help" if legend is not None else "(helps ? helps[datum.row] : datum.help)"
    small = f"(width <= {NARROW.side} ? {NARROW.shrink} : 1)"
    colours = json.dumps({ROLE_NAMES[role]: LOOKS[role].colour for role in roles})
    marks: alt.Chart = (
        alt.Chart(alt.NamedData("people"))
        .transform_calculate(
            colour=f"{colours}[datum.role]",
            size=f"{small} * (datum.size + {size_of_a_day(table)} * {days})",  # null counts as 0
        )
        .mark_point(strokeWidth=1.2, opacity=1)
        .encode(
            **_place(),
            stroke=alt.Stroke("role:N", scale=palette, legend=legend),
            # Not by a scale: that would fill the marks of the legend, too.
            fill=alt.Fill("colour:N", scale=None),
            shape=alt.Shape("role:N", scale=shapes, legend=legend),
            fillOpacity=filling,
            strokeDash=broken,
            size=alt.Size("size:Q", scale=None, legend=None),
        )
    )
    return marks


def _background(table: MapTable, colours: Colours) -> list[alt.Chart]:
    """Circles with their strengths, borders between sectors, and what the sectors are about."""
    circles = [
        {"x": 0, "y": 0, "r": float(radius(strength)), "strength": f"{strength:g}"} for strength in CIRCLES
    ]
    several = [sector for sector in table.sectors if sector.people]
    borders = [_border(sector.start) for sector in several] if len(several) > 1 else []
    heading_size: Any = {"expr": f"width <= {NARROW.side} ? {NARROW.heading} : {WIDE.heading}"}
    room: Any = {"expr": "datum.room * width"}
    return [
        alt.Chart(alt.InlineData(values=circles))
        .transform_calculate(size=f"pow(datum.r * width / {REACH}, 2)")
        .mark_point(shape="circle", filled=False, stroke=colours.faint, strokeWidth=1)
        .encode(**_place(), size=alt.Size("size:Q", scale=None, legend=None)),
        alt.Chart(alt.InlineData(values=borders))
        .mark_rule(stroke=colours.faint, strokeDash=[2, 3])
        .encode(**_place(), x2="x2:Q", y2="y2:Q"),
        alt.Chart(alt.InlineData(values=[circle | {"y": circle["r"]} for circle in circles]))
        .mark_text(fontSize=9, fill=colours.soft, stroke=colours.paper, strokeWidth=3, strokeOpacity=0.9)
        .encode(**_place(), text="strength:N"),
        alt.Chart(alt.InlineData(values=[circle | {"y": circle["r"]} for circle in circles]))
        .mark_text(fontSize=9, fill=colours.soft)
        .encode(**_place(), text="strength:N"),
        alt.Chart(alt.InlineData(values=sector_headings(table)))
        .mark_text(fontSize=heading_size, fontStyle="italic", fill=colours.soft, limit=room)
        .encode(**_place(), text="text:N", angle=alt.Angle("angle:Q", scale=None)),
    ]


def _border(degrees: float) -> dict[str, float]:
    # In the middle of the gap before the sector.
    turn = math.radians(degrees - 2)
    inner, outer = INNERMOST * 0.6, UNRANKED[1]
    across, along = math.sin(turn), math.cos(turn)
    return {"x": inner * across, "y": inner * along, "x2": outer * across, "y2": outer * along}


def _ego(table: MapTable, colours: Colours) -> list[alt.Chart]:
    """A dot in the middle, with a name where there is room for one."""
    name = short_name(table.ego.name)
    dot = alt.Chart(alt.InlineData(values=[{"x": 0, "y": 0, "text": name}])).encode(**_place())
    named = dot.encode(text="text:N").transform_filter(f"width > {NARROW.side}")
    text: dict[str, Any] = {"fontSize": 11, "fontWeight": 700, "dy": 15}
    return [
        dot.mark_point(shape="circle", filled=True, fill=colours.ink, opacity=1, size=130),
        named.mark_text(**text, stroke=colours.paper, strokeWidth=3),
        named.mark_text(**text, fill=colours.ink),
    ]


def _lines(colours: Colours) -> list[alt.Chart]:
    return [
        alt.Chart(alt.NamedData("names"))
        .transform_filter("isValid(datum.x0)")
        .mark_rule(stroke=colours.soft, strokeWidth=0.7)
        .encode(**_place("x0", "y0"), x2="x1:Q", y2="y1:Q")
    ]


def _names(colours: Colours) -> list[alt.Chart]:
    weight: Any = {"expr": "datum.helper ? 700 : 400"}
    size: Any = {"expr": "datum.font"}
    data = alt.Chart(alt.NamedData("names")).encode(**_place(), text="text:N")
    text: dict[str, Any] = {"align": "left", "baseline": "middle", "fontSize": size, "fontWeight": weight}
    return [
        data.mark_text(**text, stroke=colours.paper, strokeWidth=3, strokeOpacity=0.85),
        data.mark_text(**text, fill=colours.ink),
    ]


def _key(table: MapTable) -> list[str]:
    """How to read the picture, in words."""
    most = max((row.person.thanked_days or 0 for row in table.rows), default=0)
    larger = f"Larger: thanked for help on more days, at most {most}." if most else "Nobody was thanked."
    return [
        f"Nearer: more in touch (strength, {table.scale}, on the circles). {larger}",
        "Filled: both sides are in the file. Hollow: their side is not, so it could change the picture. "
        "Broken: help could not be read.",
        f"Sectors: {'groups among them' if table.divided_by == 'community' else 'what you talk about'}. "
        "Outside the circles: no dated contact seen.",
    ]
