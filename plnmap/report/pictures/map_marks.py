"""The marks and names of the map: who is drawn how, how large, and where the names stand."""

from __future__ import annotations

import math
from typing import Any, Final, NamedTuple

from rich.cells import cell_len

from plnmap.analysis.map.labels import Box, place_labels
from plnmap.analysis.map.layout import UNRANKED, radius
from plnmap.analysis.map.table import MapTable, Sector
from plnmap.analysis.summary import has_role, name_of
from plnmap.model import Person
from plnmap.report.report import ROLE_WORDS, shown_roles
from plnmap.report.values import shorten
from plnmap.words import plain


class Frame(NamedTuple):
    """A size in which the map is drawn.

    Attributes
    ----------
    side
        Width and height, pixels.
    font, heading
        Of names, and of what the sectors are about; pixels.
    strongest
        How many of the strongest ties carry a name; mentors always do.
    shrink
        By how much marks are smaller.
    """

    side: int
    font: int
    heading: int
    strongest: int
    shrink: float


WIDE: Final = Frame(side=760, font=11, heading=12, strongest=30, shrink=1.0)
NARROW: Final = Frame(side=340, font=10, heading=9, strongest=4, shrink=0.6)
"""Where there is little room, such as on a phone."""

REACH: Final = 1.3
HEADINGS_AT: Final = UNRANKED[1] + 0.075
"""From ego to the edge, and to what the sectors are about, in the unit of the outermost circle."""

CIRCLES: Final = (0.75, 0.5, 0.25, 0.1, 0.0)
"""Strengths that have a circle."""

NAME_CELLS: Final = 22
"""A longer name is cut; wide characters count as two."""

_NAME_WIDTH: Final = 0.64
"""Of a cell of a bold name, in font sizes."""


class Look(NamedTuple):
    """How a role is drawn: a colour, and a shape as an SVG path that fits into a circle of radius 1."""

    colour: str
    shape: str


def _star() -> str:
    corners = [(1.0 if i % 2 == 0 else 0.45, math.pi * i / 5) for i in range(10)]
    return "M" + "L".join(f"{r * math.sin(a):.3f},{-r * math.cos(a):.3f}" for r, a in corners) + "Z"


_CIRCLE: Final = "M.8,0A.8,.8,0,1,1,-.8,0A.8,.8,0,1,1,.8,0Z"
_CROSS: Final = "M-.4,-.9H.4V-.4H.9V.4H.4V.9H-.4V.4H-.9V-.4H-.4Z"

LOOKS: Final = {
    "mentor": Look("#d55e00", _star()),
    "peer_mentor": Look("#009e73", "M0,-1L.85,0L0,1L-.85,0Z"),
    "mentee": Look("#0072b2", "M-.9,-.7H.9L0,.9Z"),
    "role_model": Look("#cc79a7", "M-.9,.7H.9L0,-.9Z"),
    "just_in_time_helper": Look("#e69f00", "M-.75,-.75H.75V.75H-.75Z"),
    "amplifier": Look("#56b4e9", "M-.7,-.9V.9L.9,0Z"),
    "broadcaster": Look("#8a8f98", _CROSS),
    "": Look("#8a8f98", _CIRCLE),
}
"""Roles, first the one that is drawn where several hold. Colours: Okabe & Ito (2008), and grey."""

ROLE_NAMES: Final = {role: ROLE_WORDS.get(role, "no role seen") for role in LOOKS}

SMALLEST: Final = 26.0
SMALLEST_SHAPE: Final = 84.0
LARGEST: Final = 430.0
UNREAD_SIZE: Final = 46.0
"""Squares around marks, pixels²: of who was never thanked, without a role and with one (any smaller, and a
hollow shape looks filled), of who was thanked most, and of whom that is not known."""

CROWD: Final = 700
"""Of more people than this, the marks of those without a role are drawn smaller."""

LEAST_MOST_DAYS: Final = 5
"""Whom ego thanked on fewer days is not drawn at full size, though nobody was thanked on more."""

SEEN, ONE_SIDE, UNREAD = "both sides seen", "their side not seen", "help not observable"


def drawn_role(person: Person) -> str:
    """The role that colour and shape show; "" for none.

    >>> from plnmap.model import Person
    >>> drawn_role(Person(*[None] * (len(Person._fields) - 1), roles="mentee?;mentor?;gone_quiet"))
    'mentor'
    """
    held = {role.removesuffix("?") for role in shown_roles(person)}
    return next((role for role in LOOKS if role in held), "")


def observed(person: Person) -> str:
    """How much of a tie is seen: `SEEN`, `ONE_SIDE` or `UNREAD`."""
    if person.thanked_days is None or person.help_in_thanks_status == "not_observed":
        return UNREAD
    return SEEN if person.days_in is not None and person.days_out is not None else ONE_SIDE


def size_of_a_day(table: MapTable) -> float:
    """Square pixels by which a day of thanks makes a mark larger."""
    most = max((row.person.thanked_days or 0 for row in table.rows), default=0)
    return (LARGEST - SMALLEST_SHAPE) / max(LEAST_MOST_DAYS, most)


def _sizes(table: MapTable) -> list[float]:
    """Of marks as of people who were never thanked, or of whom that is not known; pixels²."""
    plain_size = SMALLEST * min(1.0, math.sqrt(CROWD / max(len(table.rows), 1)))

    def size(person: Person) -> float:
        least = SMALLEST_SHAPE if drawn_role(person) else plain_size
        return max(least, UNREAD_SIZE) if observed(person) == UNREAD else least

    return [round(size(row.person), 1) for row in table.rows]


def mark_rows(table: MapTable) -> list[dict[str, Any]]:
    """One row per mark; whoever has a role comes after, and so is drawn over, those who have none."""
    rows = [
        {
            "row": i,
            "x": row.x,
            "y": row.y,
            "role": ROLE_NAMES[drawn_role(row.person)],
            "size": size,
            "help": None if observed(row.person) == UNREAD else row.person.thanked_days,
            "observed": observed(row.person),
        }
        for i, (row, size) in enumerate(zip(table.rows, _sizes(table), strict=True))
    ]
    return sorted(rows, key=lambda row: row["role"] != ROLE_NAMES[""])


def name_rows(table: MapTable, frame: Frame) -> list[dict[str, Any]]:
    """Names with the place of their left end, in the unit of the outermost circle, and lines to their marks.

    Parameters
    ----------
    table
        Whose map.
    frame
        In which size: names do not shrink with the picture.
    """
    middle, unit = frame.side / 2, frame.side / (2 * REACH)
    chosen = _named(table, frame)
    texts = [short_name(name_of(table.rows[i].person)) for i in chosen]
    widths = [_width(text, frame) for text in texts]
    each_day = size_of_a_day(table)
    places = place_labels(
        [middle + row.x * unit for row in table.rows],
        [middle - row.y * unit for row in table.rows],
        [
            # Half the square, and half the outline.
            math.sqrt(frame.shrink * (size + each_day * (row.person.thanked_days or 0))) / 2 + 1
            for row, size in zip(table.rows, _sizes(table), strict=True)
        ],
        chosen,
        widths,
        height=frame.font + 3,
        side=frame.side,
        taken=_taken(table, frame),
    )
    rows = []
    for i, text, left, height, line in zip(chosen, texts, *places, strict=True):
        if math.isnan(left):
            continue
        row = {
            "row": i,
            "text": text,
            "font": frame.font,
            "helper": has_role(table.rows[i].person, "mentor", "peer_mentor"),
        }
        ends = (left, height) if math.isnan(line[0]) else (left, height, *line)
        # The unit of the chart, y up.
        signs = (1, -1) * 3
        places_of_ends = (
            round(sign * (float(end) - middle) / unit, 4) for sign, end in zip(signs, ends, strict=False)
        )
        rows.append(row | dict(zip(("x", "y", "x0", "y0", "x1", "y1"), places_of_ends, strict=False)))
    return rows


def sector_headings(table: MapTable) -> list[dict[str, Any]]:
    """What the sectors are about, along the rim, never upside down; nothing for a single sector.

    `room` is how long a heading may be, in sides of the picture.
    """
    several = [sector for sector in table.sectors if sector.people]
    return [_heading(sector) for sector in several] if len(several) > 1 else []


def _heading(sector: Sector) -> dict[str, Any]:
    middle = (sector.start + sector.stop) / 2
    turn = math.radians(middle)
    upright = middle if math.cos(turn) >= 0 else middle + 180
    return {
        "x": HEADINGS_AT * math.sin(turn),
        "y": HEADINGS_AT * math.cos(turn),
        "angle": upright % 360,
        "text": shorten(plain(sector.term), 0, NAME_CELLS) if sector.term else "no shared topic seen",
        "room": math.radians(sector.stop - sector.start) * HEADINGS_AT / (2 * REACH),
    }


def short_name(name: str) -> str:
    """A name as it stands in the picture: harmless, and cut."""
    return shorten(plain(name), 0, NAME_CELLS)


def _named(table: MapTable, frame: Frame) -> list[int]:
    """Rows that carry their name: mentors before all others, then the strongest."""
    helpers = [i for i, row in enumerate(table.rows) if has_role(row.person, "mentor", "peer_mentor")]
    ranked = [i for i, row in enumerate(table.rows) if row.person.strength_status == "value"]
    return list(dict.fromkeys([*helpers, *ranked[: frame.strongest]]))


def _width(text: str, frame: Frame) -> float:
    return cell_len(text) * frame.font * _NAME_WIDTH


def _taken(table: MapTable, frame: Frame) -> list[Box]:
    """Where ego, ego's name, the strengths of the circles and the headings of the sectors stand."""
    middle, unit = frame.side / 2, frame.side / (2 * REACH)
    half, below = (_width(short_name(table.ego.name), frame) / 2, 24) if frame is WIDE else (8.0, 8)
    strengths = [middle - float(radius(strength)) * unit for strength in CIRCLES]
    return [
        (middle - half, middle - 8, middle + half, middle + below),
        *((middle - 12, y - 6, middle + 12, y + 6) for y in strengths),
        *(box for heading in sector_headings(table) for box in _along(heading, frame)),
    ]


def _along(heading: dict[str, Any], frame: Frame) -> list[Box]:
    """Squares, one beside the other, under a heading, which may stand at any angle."""
    middle, unit, half = frame.side / 2, frame.side / (2 * REACH), frame.heading / 2 + 1
    long = min(cell_len(heading["text"]) * frame.heading * _NAME_WIDTH, heading["room"] * frame.side)
    turn, steps = math.radians(heading["angle"]), math.ceil(long / (2 * half))
    away = [long * ((i + 0.5) / steps - 0.5) for i in range(steps)]
    across = [middle + heading["x"] * unit + each * math.cos(turn) for each in away]
    along = [middle - heading["y"] * unit + each * math.sin(turn) for each in away]
    return [(x - half, y - half, x + half, y + half) for x, y in zip(across, along, strict=True)]
