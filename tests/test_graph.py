"""The graph: built from ties, the same in every format, and openable by others."""

from __future__ import annotations

import json
import string
import tempfile
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plnmap.errors import UsageError
from plnmap.graph import FORMATS, Profile, build_graph, check_format, write_graph
from plnmap.model import Tie
from tests.exports import ADA, BO, CY, person

READERS: dict[str, Any] = {
    ".gexf": nx.read_gexf,
    ".graphml": nx.read_graphml,
    ".json": lambda path: nx.node_link_graph(json.loads(path.read_bytes()), edges="edges"),
}
DEE = "twitter:@dee"
GEXF = "{http://www.gexf.net/1.2draft}"


def tie(source: str, target: str, weight_units: int = 600, **changes: Any) -> Tie:
    zeros: dict[str, Any] = dict.fromkeys(Tie._fields, 0)
    dated: dict[str, Any] = {
        "days": 1,
        "n_reply": 1,
        "first_day": date(2020, 1, 2),
        "last_day": date(2020, 1, 2),
    }
    return Tie(**zeros | dated | {"source": source, "target": target, "weight_units": weight_units} | changes)


def read_back(graph: nx.DiGraph[str], path: Path) -> nx.DiGraph[str]:
    write_graph(graph, path)
    found: nx.DiGraph[str] = READERS[path.suffix](path)
    for *_, attributes in found.edges(data=True):
        # GEXF wants a number on every edge; networkx reads it as an attribute.
        attributes.pop("id", None)
    return found


def contents(graph: nx.DiGraph[str]) -> tuple[dict[str, Any], dict[tuple[str, str], Any]]:
    return {node: graph.nodes[node] for node in graph}, {
        (one, two): data for one, two, data in graph.edges(data=True)
    }


def test_a_tie_becomes_an_edge_with_its_counts_and_a_weight_in_whole_acts() -> None:
    # One reply (600 units) and one mention shared with a second person (480 / 2 units): 1.4.
    graph = build_graph([tie(ADA, BO, 840, n_mention=1, days=2)], profiles=[Profile(BO, "bo", "Bo")], ego=ADA)
    assert graph.nodes[BO] == {
        "label": "@bo",
        "platform": "twitter",
        "ego": False,
        "handle": "bo",
        "display_name": "Bo",
    }
    assert graph.nodes[ADA] == {"label": "twitter:1", "platform": "twitter", "ego": True}
    edge = graph.edges[ADA, BO]
    assert edge["weight"] == 1.4
    assert (edge["n_reply"], edge["n_mention"], edge["days"]) == (1, 1, 2)
    assert (edge["first_day"], edge["last_day"]) == ("2020-01-02", "2020-01-02")
    assert "follows" not in edge


def test_an_ego_graph_holds_the_ties_among_alters_and_nobody_else() -> None:
    far = tie("twitter:8", "twitter:9")
    graph = build_graph([tie(ADA, BO), tie(CY, ADA), tie(CY, BO), tie(CY, "twitter:8"), far], ego=ADA)
    assert set(graph.edges) == {(ADA, BO), (CY, ADA), (CY, BO)}
    assert set(build_graph([far], ego=ADA).nodes) == {ADA}
    assert set(build_graph([tie(ADA, BO), far]).edges) == {(ADA, BO), ("twitter:8", "twitter:9")}


def test_follows_mark_an_edge_but_make_none_of_weight_zero() -> None:
    # Gephi drops or refuses edges of weight 0; a list mention weighs nothing either.
    lists = tie(ADA, CY, 0, n_reply=0, n_list_mention=3)
    graph = build_graph([tie(ADA, BO), lists], follows=[(ADA, BO), (ADA, CY), (BO, ADA)], ego=ADA)
    assert set(graph.edges) == {(ADA, BO)}
    assert graph.edges[ADA, BO]["follows"] is True


def test_what_is_not_known_is_absent_and_no_number_is_numpys() -> None:
    scored = person(
        BO, strength=np.float64(0.5), days_out=np.int64(3), days_in=None, roles="mentor?;peer_mentor?"
    )
    unsure = person(CY, strength=float("nan"), balance_label=None)
    graph = build_graph([tie(ADA, BO), tie(ADA, CY)], people=[scored, unsure], ego=ADA)
    node = graph.nodes[BO]
    assert (node["strength"], node["days_out"], node["roles"]) == (0.5, 3, "mentor?;peer_mentor?")
    assert (type(node["strength"]), type(node["days_out"]), type(node["thin"])) == (float, int, bool)
    assert "days_in" not in node
    assert not {"strength", "balance_label", "roles"} & graph.nodes[CY].keys()


def test_a_reference_is_labelled_by_its_handle() -> None:
    graph = build_graph([tie(ADA, DEE)], ego=ADA)
    assert graph.nodes[DEE]["label"] == "@dee"


def test_accounts_that_differ_only_in_a_control_character_stay_two() -> None:
    graph = build_graph([tie(ADA, "twitter:@a\x1b"), tie(ADA, "twitter:@a"), tie(ADA, r"twitter:@a\u001b")])
    assert set(graph) == {ADA, r"twitter:@a\u001b", "twitter:@a", r"twitter:@a\\u001b"}


def test_nothing_gives_an_empty_graph() -> None:
    assert build_graph([]).number_of_nodes() == 0
    assert contents(build_graph([], ego=ADA))[0][ADA]["ego"] is True


@pytest.mark.parametrize("suffix", FORMATS)
def test_an_empty_graph_reads_back(suffix: str, tmp_path: Path) -> None:
    assert contents(read_back(build_graph([], ego=ADA), tmp_path / f"a{suffix}"))[0].keys() == {ADA}


hostile = st.one_of(
    st.text(st.characters(codec=None), max_size=12),
    st.sampled_from(
        [
            "=1+1",
            "<b>&amp;",
            "\x1b[31m",
            "\ud800",
            "a\u202eb",
            "\ufffe",
            "]]>",
            "[red]",
            '"',
            "type",
            " x ",
            "\r\n",
        ]
    ),
)


@pytest.mark.parametrize("suffix", FORMATS)
@settings(max_examples=60, deadline=None)
@given(names=st.lists(st.tuples(hostile, hostile), min_size=2, max_size=5), data=st.data())
def test_any_name_reads_back_equal(suffix: str, names: list[tuple[str, str]], data: st.DataObject) -> None:
    keys = [f"twitter:{number}{name}" for number, (name, _) in enumerate(names)]
    pairs = data.draw(st.sets(st.tuples(st.sampled_from(keys), st.sampled_from(keys))))
    ties = [tie(one, two, data.draw(st.integers(1, 10**7))) for one, two in pairs if one != two]
    graph = build_graph(
        ties,
        profiles=[Profile(key, handle, name) for key, (handle, name) in zip(keys, names, strict=True)],
        people=[person(key, strength=1 / 3, roles=name) for key, (name, _) in zip(keys, names, strict=True)],
        ego=keys[0],
    )
    with tempfile.TemporaryDirectory() as folder:
        assert contents(read_back(graph, Path(folder) / f"g{suffix}")) == contents(graph)


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_same_ties_give_the_same_bytes_in_any_order_and_on_any_day(
    suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ties = [tie(ADA, BO), tie(CY, ADA), tie(BO, CY)]
    people = [person(BO, strength=0.25, roles="mentor"), person(CY)]
    one, two = tmp_path / f"one{suffix}", tmp_path / f"two{suffix}"
    write_graph(build_graph(ties, people=people, ego=ADA, as_of=date(2020, 5, 1)), one)
    monkeypatch.setattr("time.strftime", lambda *_: "1999-01-01")
    write_graph(build_graph(ties[::-1], people=people[::-1], ego=ADA, as_of=date(2020, 5, 1)), two)
    assert one.read_bytes() == two.read_bytes()
    assert b"NetworkX" not in one.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == [one.name, two.name]


def test_gexf_is_built_as_gephi_reads_it(tmp_path: Path) -> None:
    scored = [person(BO, strength=0.5, days_in=4), person(CY, days_in=1)]
    graph = build_graph(
        [tie(ADA, BO), tie(BO, ADA), tie(ADA, CY, 160)],
        people=scored,
        follows=[(ADA, CY)],
        ego=ADA,
        as_of=date(2021, 5, 31),
    )
    write_graph(graph, tmp_path / "g.gexf")
    root = ElementTree.parse(tmp_path / "g.gexf").getroot()
    assert (root.tag, root.get("version")) == (f"{GEXF}gexf", "1.2")
    about = root.find(f"{GEXF}meta")
    assert about is not None and about.get("lastmodifieddate") == "2021-05-31"
    body = root.find(f"{GEXF}graph")
    assert body is not None and (body.get("defaultedgetype"), body.get("mode")) == ("directed", "static")
    declared = {}
    for group in body.findall(f"{GEXF}attributes"):
        attributes = [each.attrib for each in group.findall(f"{GEXF}attribute")]
        declared[group.attrib["class"]] = {each["title"]: each["type"] for each in attributes}
        numbers = {each["id"] for each in attributes}
        assert len(attributes) == len(numbers) == len(declared[group.attrib["class"]])
        elements = body.iter(f"{GEXF}{group.attrib['class']}")
        assert {value.attrib["for"] for each in elements for value in each.iter(f"{GEXF}attvalue")} == numbers
    assert declared["node"] | {"strength": "double", "days_in": "long", "ego": "boolean"} == declared["node"]
    assert (
        declared["edge"] | {"days": "long", "first_day": "string", "follows": "boolean"} == declared["edge"]
    )
    nodes = {node.attrib["id"] for node in body.iter(f"{GEXF}node")}
    edges = [edge.attrib for edge in body.iter(f"{GEXF}edge")]
    assert nodes == {ADA, BO, CY}
    assert {(edge["source"], edge["target"]): float(edge["weight"]) for edge in edges} == {
        (ADA, BO): 1.0,
        (BO, ADA): 1.0,
        (ADA, CY): 160 / 600,
    }
    assert len({edge["id"] for edge in edges}) == 3


def test_graphml_declares_one_type_for_each_attribute(tmp_path: Path) -> None:
    graph = build_graph([tie(ADA, BO), tie(ADA, CY, 161)], people=[person(BO, strength=1.0)], ego=ADA)
    write_graph(graph, tmp_path / "g.graphml")
    namespace = "{http://graphml.graphdrawing.org/xmlns}"
    keys = [key.attrib for key in ElementTree.parse(tmp_path / "g.graphml").getroot().iter(f"{namespace}key")]
    names = [(key["for"], key["attr.name"]) for key in keys]
    assert len(names) == len(set(names))
    types = dict(zip(names, (key["attr.type"] for key in keys), strict=True))
    assert types["edge", "weight"] == "double"
    assert types["edge", "n_reply"] in ("int", "long")
    assert types["node", "ego"] == "boolean"


@pytest.mark.parametrize("name", ["pln.png", "pln", "pln.gexf.zip", ".gexf"])
def test_an_unknown_suffix_is_refused_with_the_known_ones(name: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as refused:
        check_format(tmp_path / name)
    assert refused.value.hint == f"let it end in {', '.join(FORMATS)}"
    with pytest.raises(UsageError):
        write_graph(build_graph([]), tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_the_suffix_may_be_in_capitals(tmp_path: Path) -> None:
    write_graph(build_graph([tie(ADA, BO)]), tmp_path / "PLN.GEXF")
    assert nx.read_gexf(tmp_path / "PLN.GEXF").number_of_edges() == 1


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "pln.json"
    target.write_text("old")
    (tmp_path / "pln.json.part").mkdir()
    with pytest.raises(OSError):
        write_graph(build_graph([tie(ADA, BO)]), target)
    assert target.read_text() == "old"


def test_no_attribute_has_a_name_that_gephi_keeps_for_itself() -> None:
    graph = build_graph([tie(ADA, BO)], people=[person(BO, strength=0.5)], follows=[(ADA, BO)], ego=ADA)
    names = {name for _, data in graph.nodes(data=True) for name in data}
    names |= {name for *_, data in graph.edges(data=True) for name in data}
    assert not names & {"type", "id", "start", "end", "timestamp", "interval", "viz", "pid", "parents", "key"}
    assert all(letter in string.ascii_lowercase + "_" for name in names for letter in name)
