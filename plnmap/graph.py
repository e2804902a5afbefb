"""The network as a graph that other programs can open: built from ties, never from events.

Every format holds the same: nodes and edges with string ids, and attributes
that are text, whole numbers, numbers or yes/no, each of one type throughout.
What is not known is absent.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from plnmap.errors import UsageError
from plnmap.model import WEIGHT_UNITS, Person, Record, Tie, table
from plnmap.words import plain

if TYPE_CHECKING:
    import networkx as nx

ABOUT_PERSON: Final = (
    "strength",
    "strength_status",
    "in_touch",
    "thin",
    "circle",
    "days_out",
    "days_in",
    "first_day",
    "last_day",
    "balance",
    "balance_lo",
    "balance_hi",
    "balance_status",
    "balance_label",
    "gone_quiet",
    "follows_out",
    "follows_in",
    "roles",
)
"""Columns of `plnmap.model.Person` that a node carries."""

ABOUT_TIE: Final = (
    "days",
    "first_day",
    "last_day",
    "attention_days",
    "n_reply",
    "n_mention",
    "n_quote",
    "n_boost",
    "n_favourite",
    "n_dm",
    "n_list_mention",
)
"""Columns of `plnmap.model.Tie` that an edge carries beside its weight."""

# XML has no way to write these, and a lone surrogate is no character at all.
_UNWRITABLE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class Profile(NamedTuple):
    """What an account is called today."""

    account: str
    handle: str | None = None
    display_name: str | None = None


def build_graph(
    ties: Iterable[Tie],
    *,
    profiles: Iterable[Profile] = (),
    people: Iterable[Person] = (),
    follows: Iterable[tuple[str, str]] = (),
    ego: str | None = None,
    as_of: date | None = None,
) -> nx.DiGraph[str]:
    """A directed graph of who turned to whom.

    Parameters
    ----------
    ties
        One row per ordered pair, see `plnmap.ties.ties`.
    profiles
        What the accounts are called; one without a profile is labelled by its key.
    people
        Ego's alters with their scores, see `plnmap.analysis.people.map_people`.
    follows
        Pairs (source, target) seen to follow.
    ego
        Keep ego, everybody whom ego turned to or who turned to ego, and the
        ties among them. None keeps every tie and marks nobody.
    as_of
        The day up to which this is true; files carry it as their date.

    Returns
    -------
    networkx.DiGraph
        Nodes are account keys with `label`, `platform`, `ego`, `handle`,
        `display_name` and, for alters, `ABOUT_PERSON`. Edges carry `weight`
        (sum of kind × 1/k weights, above 0), `ABOUT_TIE`, and `follows` (true)
        where a follow was seen. Days are ISO text. What is not known is absent.
        A pair without weight (only a follow, only lists of names) has no edge:
        Gephi refuses edges of weight 0.

    Examples
    --------
    >>> tie = Tie("twitter:1", "twitter:2", 1, None, None, 1, 0, 0, 0, 0, 0, 0, 0, 1, 600)
    >>> build_graph([tie], ego="twitter:1").edges["twitter:1", "twitter:2"]["weight"]
    1.0
    """
    import networkx as nx

    weighed = (tie for tie in ties if tie.weight_units > 0)
    kept = _around(ego, sorted(weighed, key=lambda tie: (tie.source, tie.target)))
    about = {"ego": ego and _id(ego), "as_of": as_of.isoformat() if as_of else None}
    graph: nx.DiGraph[str] = nx.DiGraph(**_known(about))
    graph.add_nodes_from(_nodes(kept, profiles, people, ego))
    graph.add_edges_from(_edges(kept, follows))
    return graph


def _nodes(
    ties: Sequence[Tie], profiles: Iterable[Profile], people: Iterable[Person], ego: str | None
) -> Iterator[tuple[str, dict[str, Any]]]:
    named = {profile.account: profile for profile in profiles}
    scored = {person.account: _picked(person, ABOUT_PERSON) for person in people}
    for account in sorted(
        {end for tie in ties for end in (tie.source, tie.target)} | ({ego} if ego else set())
    ):
        about = _described(named.get(account, Profile(account)), is_ego=account == ego)
        yield _id(account), about | scored.get(account, {})


def _edges(
    ties: Sequence[Tie], follows: Iterable[tuple[str, str]]
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    following = set(follows)
    for tie in ties:
        about = {"weight": tie.weight_units / WEIGHT_UNITS, **_picked(tie, ABOUT_TIE)}
        if (tie.source, tie.target) in following:
            about["follows"] = True
        yield _id(tie.source), _id(tie.target), about


def write_graph(graph: nx.DiGraph[str], path: Path) -> None:
    """Write a graph for Gephi (.gexf), for most other programs (.graphml), or as node-link JSON (.json).

    The same graph gives the same bytes. The file appears whole or not at all.

    Raises
    ------
    UsageError
        The name ends in none of these.
    OSError
        The file cannot be written.
    """
    content = _renderer(path)(graph)
    partial = path.with_name(f"{path.name}.part")
    try:
        partial.write_bytes(content)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def check_format(path: Path) -> None:
    """Refuse a file name that `write_graph` would refuse, before anything is computed.

    Raises
    ------
    UsageError
        The name ends in no format of `FORMATS`.
    """
    _renderer(path)


def _around(ego: str | None, ties: list[Tie]) -> list[Tie]:
    if ego is None:
        return ties
    near = {end for tie in ties if ego in (tie.source, tie.target) for end in (tie.source, tie.target)}
    return [tie for tie in ties if tie.source in near and tie.target in near]


def _described(profile: Profile, *, is_ego: bool) -> dict[str, Any]:
    platform, _, name = profile.account.partition(":")
    handle = _text(profile.handle) or (_text(name[1:]) if name.startswith("@") else None)
    display_name = _text(profile.display_name)
    label = f"@{handle}" if handle else display_name or _id(profile.account)
    about = {"handle": handle, "display_name": display_name}
    return {"label": label, "platform": _id(platform), "ego": is_ego} | _known(about)


def _text(text: str | None) -> str | None:
    return _UNWRITABLE.sub("", plain(text)) or None if text else None


def _id(key: str) -> str:
    r"""A key that every format can hold. Escaping, not stripping, keeps two accounts two.

    >>> _id("twitter:@a\x1b")
    'twitter:@a\\u001b'
    """
    return _UNWRITABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", key.replace("\\", "\\\\"))


def _known(attributes: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in attributes.items() if value is not None}


# Scores may come from numpy, whose scalars no writer takes.
_AS_PLAIN: Final[Mapping[str, Callable[[Any], Any]]] = {
    "VARCHAR": _text,
    "BIGINT": int,
    "DOUBLE": lambda number: float(number) if math.isfinite(number) else None,
    "BOOLEAN": bool,
    "DATE": lambda day: day.isoformat(),
}


def _picked(record: Tie | Person, names: tuple[str, ...]) -> dict[str, Any]:
    kind: Record = type(record)
    values = ((name, getattr(record, name), as_plain) for name, as_plain in _plainly(kind, names))
    return _known({name: as_plain(value) for name, value, as_plain in values if value is not None})


@cache
def _plainly(record: Record, names: tuple[str, ...]) -> list[tuple[str, Callable[[Any], Any]]]:
    types = {column.name: column.sql_type for column in table(record).columns}
    return [(name, _AS_PLAIN[types[name]]) for name in names]


def _gexf(graph: nx.DiGraph[str]) -> bytes:
    from networkx.readwrite.gexf import GEXFWriter

    writer = GEXFWriter(graph, version="1.2draft")
    about = writer.xml.find("meta")
    # The writer names the graph with an attribute that GEXF does not know, and puts in today's date,
    # which would make two files of one graph differ.
    del writer.graph_element.attrib["name"]
    del about.attrib["lastmodifieddate"]
    if "as_of" in graph.graph:
        about.set("lastmodifieddate", graph.graph["as_of"])
    about.find("creator").text = "plnmap"
    content = BytesIO()
    writer.write(content)
    return content.getvalue()


def _graphml(graph: nx.DiGraph[str]) -> bytes:
    import networkx as nx

    content = BytesIO()
    # The other writer is used where lxml happens to be installed; its bytes differ.
    nx.write_graphml_xml(graph, content)
    return content.getvalue()


def _node_link(graph: nx.DiGraph[str]) -> bytes:
    import networkx as nx

    data = nx.node_link_data(graph, edges="edges")
    return f"{json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False)}\n".encode()


FORMATS: Final[Mapping[str, Callable[[nx.DiGraph[str]], bytes]]] = {
    ".gexf": _gexf,
    ".graphml": _graphml,
    ".json": _node_link,
}
"""How a graph is written, by the end of the file's name."""


def _renderer(path: Path) -> Callable[[nx.DiGraph[str]], bytes]:
    renderer = FORMATS.get(path.suffix.lower())
    if renderer is None:
        raise UsageError(
            f"the name {path.name!r} does not say which format is meant",
            hint=f"let it end in {', '.join(FORMATS)}",
        )
    return renderer
