"""A GEXF file keeps to GEXF 1.2.

The rules below say in our own words what the public description of the format
says of the parts that a static, directed graph needs. They are no copy of its
schema, and know nothing of the parts that such a graph has no use for: hierarchy,
time, colours and positions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple
from xml.etree import ElementTree

import pytest

from plnmap.graph import build_graph, write_graph
from plnmap.report.tables import lay_out, network_graph
from tests.exports import ADA, BO, nasty_network, nasty_world, person, silent
from tests.records import filled
from tests.test_graph import tie

Check = Callable[[str], object]


def one_of(*words: str) -> Check:
    return words.index


def boolean(text: str) -> object:
    return ("true", "false", "1", "0").index(text)


def long(text: str) -> object:
    number = int(text)
    if not -(2**63) <= number < 2**63 or not re.fullmatch(r"[+-]?\d+", text):
        raise ValueError(text)
    return number


def double(text: str) -> object:
    if not re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?|-?INF|NaN", text):
        raise ValueError(text)
    return text


def whole(text: str) -> object:
    return re.fullmatch(r"\d+", text) or int("no")


TYPES: Final[Mapping[str, Check]] = {
    "integer": lambda text: int(text) in range(-(2**31), 2**31) or int("no"),
    "long": long,
    "double": double,
    "float": double,
    "boolean": boolean,
    "string": str,
    "liststring": str,
    "anyURI": str,
}


class Part(NamedTuple):
    """What an element may hold: attributes (a * marks those it must have), and elements with how often."""

    attributes: Mapping[str, Check] = {}
    children: Mapping[str, range] = {}


ONCE, AT_MOST_ONCE, ANY = range(1, 2), range(2), range(10**9)
PARTS: Final[Mapping[str, Part]] = {
    "gexf": Part({"version*": one_of("1.2")}, {"meta": AT_MOST_ONCE, "graph": ONCE}),
    "meta": Part(
        {"lastmodifieddate": date.fromisoformat},
        {"creator": AT_MOST_ONCE, "keywords": AT_MOST_ONCE, "description": AT_MOST_ONCE},
    ),
    "creator": Part(),
    "graph": Part(
        {
            "defaultedgetype": one_of("directed", "undirected", "mutual"),
            "idtype": one_of("integer", "string"),
            "mode": one_of("static", "dynamic"),
        },
        {"attributes": ANY, "nodes": ONCE, "edges": ONCE},
    ),
    "attributes": Part(
        {"class*": one_of("node", "edge"), "mode": one_of("static", "dynamic")}, {"attribute": ANY}
    ),
    "attribute": Part(
        {"id*": str, "title*": str, "type*": one_of(*TYPES)},
        {"default": AT_MOST_ONCE, "options": AT_MOST_ONCE},
    ),
    "nodes": Part({"count": whole}, {"node": ANY}),
    "node": Part({"id*": str, "label*": str}, {"attvalues": AT_MOST_ONCE}),
    "edges": Part({"count": whole}, {"edge": ANY}),
    "edge": Part(
        {
            "id*": str,
            "source*": str,
            "target*": str,
            "weight": double,
            "label": str,
            "type": one_of("directed", "undirected", "mutual"),
        },
        {"attvalues": AT_MOST_ONCE},
    ),
    "attvalues": Part({}, {"attvalue": ANY}),
    "attvalue": Part({"for*": str, "value*": str}),
}
NAMESPACE: Final = "{http://www.gexf.net/1.2draft}"
SCHEMA_LOCATION: Final = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"


def faults(root: ElementTree.Element) -> list[str]:
    """What in a document breaks the rules above."""
    found = [] if root.tag == f"{NAMESPACE}gexf" else [f"begins with {root.tag}"]
    for element in root.iter():
        name = element.tag.removeprefix(NAMESPACE)
        if name not in PARTS:
            found.append(f"unknown element {element.tag}")
        else:
            found += _faults_of(name, element)
    return found + _loose_ends(root)


def _faults_of(name: str, element: ElementTree.Element) -> list[str]:
    checks = {each.removesuffix("*"): check for each, check in PARTS[name].attributes.items()}
    needed = {each.removesuffix("*") for each in PARTS[name].attributes if each.endswith("*")}
    found = [f"{name} without {missing}" for missing in sorted(needed - {*element.keys()})]
    for attribute, text in element.items():
        if attribute == SCHEMA_LOCATION:
            continue
        try:
            checks[attribute](text)
        except KeyError:
            found.append(f"{name} has {attribute}")
        except ValueError:
            found.append(f"{name} has {attribute}={text!r}")
    held = [child.tag.removeprefix(NAMESPACE) for child in element]
    allowed = PARTS[name].children
    found += [f"{name} holds {child}" for child in sorted({*held} - allowed.keys())]
    found += [
        f"{name} holds {held.count(c)} {c}" for c, often in allowed.items() if held.count(c) not in often
    ]
    return found


def _loose_ends(root: ElementTree.Element) -> list[str]:
    """Ids that are not unique or lead nowhere, and values that are not of their declared type."""
    found = []
    nodes = [node.get("id", "") for node in root.iter(f"{NAMESPACE}node")]
    edges = [edge.get("id", "") for edge in root.iter(f"{NAMESPACE}edge")]
    found += [
        f"two {what} of one id"
        for what, ids in (("nodes", nodes), ("edges", edges))
        if len({*ids}) < len(ids)
    ]
    for edge in root.iter(f"{NAMESPACE}edge"):
        found += [f"edge to {edge.get(end)}" for end in ("source", "target") if edge.get(end) not in nodes]
    for group in root.iter(f"{NAMESPACE}attributes"):
        types = {each.get("id"): each.get("type", "") for each in group}
        for element in root.iter(f"{NAMESPACE}{group.get('class')}"):
            for value in element.iter(f"{NAMESPACE}attvalue"):
                try:
                    TYPES[types[value.get("for")]](value.get("value", ""))
                except (KeyError, ValueError):
                    found.append(f"value {value.attrib}")
    return found


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("gexf") / "pln.gexf"
    with filled(*nasty_world()) as store:
        network = nasty_network(store)
        lay_out(store, [network], announce=silent)
        write_graph(network_graph(store, network), path)
    return path.read_bytes()


def test_a_nasty_graph_keeps_to_the_rules(document: bytes) -> None:
    root = ElementTree.fromstring(document)
    assert faults(root) == []
    assert document.startswith(b"<?xml version='1.0' encoding='utf-8'?>")
    assert len(list(root.iter(f"{NAMESPACE}edge"))) > 10


@pytest.mark.parametrize("ties", [[], [tie(ADA, BO)], [tie(ADA, BO), tie(BO, ADA)]], ids=len)
def test_small_graphs_keep_to_the_rules(ties: list[object], tmp_path: Path) -> None:
    graph = build_graph(ties, people=[person(BO, strength=1e-300)], ego=ADA, as_of=date.min)  # type: ignore[arg-type]
    write_graph(graph, tmp_path / "pln.gexf")
    assert faults(ElementTree.parse(tmp_path / "pln.gexf").getroot()) == []


@pytest.mark.parametrize(
    ("there", "instead", "fault"),
    [
        (b'mode="static"', b'mode="static" name=""', "graph has name"),
        (b'defaultedgetype="directed"', b'defaultedgetype="both"', "graph has defaultedgetype='both'"),
        (b'version="1.2"', b'version="1.3"', "gexf has version='1.3'"),
        (b"1.2draft", b"1.3", "begins with"),
        (b'type="double"', b'type="number"', "attribute has type='number'"),
        (b'type="double"', b'type="long"', "value {"),
        (b'class="node"', b'class="edge"', "value {"),
        (b' weight="', b' weight="+-', "edge has weight='+-"),
        (b'<edge source="twitter:1"', b'<edge source="nobody"', "edge to nobody"),
        (b'<edge source="twitter:1"', b"<edge", "edge without source"),
        (b'id="twitter:@cy_"', b'id="twitter:1"', "two nodes of one id"),
        (b"</nodes>", b"<edge/></nodes>", "nodes holds edge"),
        (b"<creator>plnmap</creator>", b"<creator/><creator/>", "meta holds 2 creator"),
        (b"<creator>plnmap</creator>", b"<author/>", "unknown element"),
        (b'lastmodifieddate="9999-12-31"', b'lastmodifieddate="today"', "meta has lastmodifieddate='today'"),
    ],
)
def test_the_rules_find_what_is_wrong(there: bytes, instead: bytes, fault: str, document: bytes) -> None:
    assert there in document
    found = faults(ElementTree.fromstring(document.replace(there, instead)))
    assert any(each.startswith(fault) for each in found), found
