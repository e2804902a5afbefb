"""Cutting large files between their elements, and decoding what people's files really hold."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plnmap.errors import BadData
from plnmap.sources import json_pages
from plnmap.sources.json_pages import Piece, decode, decode_lines, decode_object, split


class Thing(msgspec.Struct):
    id_str: str | None = None
    text: str | None = None
    count: int | None = None
    inside: list[dict[str, Any]] = []


def pieces(content: bytes, size: int, key: str | None = None) -> list[Piece]:
    return list(split("x.js", (content[at : at + size] for at in range(0, len(content), size)), key))


LEAVES = (
    st.none() | st.integers(-(2**53), 2**53) | st.sampled_from(["a", "},{", '"', "\\", "]", "}, {", "\n}"])
)
VALUES = LEAVES | st.lists(LEAVES, max_size=3) | st.lists(st.fixed_dictionaries({"id": LEAVES}), max_size=3)
ELEMENTS = st.lists(st.dictionaries(st.sampled_from(["a", "id", "tweet"]), VALUES, min_size=1), max_size=8)


@settings(max_examples=200)
@given(
    ELEMENTS, st.integers(1, 200), st.sampled_from([None, 1]), st.booleans(), st.sampled_from([None, "items"])
)
def test_pieces_put_together_are_the_whole(
    elements: list[Any], size: int, indent: int | None, ascii_only: bool, key: str | None
) -> None:
    value: Any = elements if key is None else {"a": 1, key: elements, "z": [{"b": 2}, {"c": 3}]}
    content = b"window.YTD.x.part0 = " + json.dumps(value, indent=indent, ensure_ascii=ascii_only).encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_pages, "_HEAD_BYTES", 64)
        patch.setattr(json_pages, "_WINDOW_BYTES", 16)
        found = pieces(content, size, key)
    assert [one for piece in found for one in json.loads(piece.content)] == elements
    assert sum(piece.bytes_read for piece in found) == len(content)


def test_a_large_file_is_cut_into_small_pieces() -> None:
    elements = [{"tweet": {"id": str(number), "media": [{"w": 1}, {"w": 2}]}} for number in range(5_000)]
    for indent in (None, 2):
        content = b"window.YTD.tweets.part0 = " + json.dumps(elements, indent=indent).encode()
        found = pieces(content, 20_000)
        assert max(len(piece.content) for piece in found) < 200_000
        assert [one for piece in found for one in json.loads(piece.content)] == elements


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"  \n",
        b"\xef\xbb\xbf",
        b"window.YTD.x.part0 = [ ]",
        b"window.YTD.x.part0 = [];\n",
        b"[]",
        b"\xef\xbb\xbfvar x=[]",
    ],
)
def test_files_without_elements(content: bytes) -> None:
    skipped: Counter[str] = Counter()
    assert [one for piece in pieces(content, 5) for one in decode("x.js", piece, Thing, skipped)] == []
    assert not skipped


@pytest.mark.parametrize(
    "content",
    [
        b"hello",
        b"<html>",
        b"window.x = {}",
        b"\xff\xfe[\0]\0",
        b'window.x = [{"text": "a"}',
        b'window.x = [{"text": "a"}, ',
        b'window.x = [{"text": "a"},\n{"te',
        b'window.x = [{"text": "\xe9"}]',
        b'window.x = [{"text": "a"}] [',
        b"window.x = [" + b"[" * 100_000,
        b'window.x = [{"inside": ' + b"[" * 100_000,
        b"window.x = [1, NaN]",
    ],
)
@pytest.mark.parametrize("size", [7, 1 << 20])
def test_what_is_no_json_is_refused_with_its_name(content: bytes, size: int) -> None:
    with pytest.raises(BadData, match=r"x\.js"):
        for piece in pieces(content, size):
            decode("x.js", piece, Thing, Counter())


def test_the_place_of_the_damage_is_told() -> None:
    content = b'window.x = [{"text": "a"}, {"text" 5}]'
    with pytest.raises(BadData, match=f"byte {content.index(b'5')}"):
        for piece in pieces(content, 1 << 20):
            decode("x.js", piece, Thing, Counter())


def test_one_odd_element_is_one_skip() -> None:
    content = b'[{"id_str":"1"}, {"inside": 5}, "a text", {"id_str":"2"}, {"text": true}]'
    skipped: Counter[str] = Counter()
    (piece,) = pieces(content, 1 << 20)
    assert [one.id_str for one in decode("x.js", piece, Thing, skipped)] == ["1", "2"]
    assert skipped == {json_pages.ODD_SHAPE: 3}


def test_numbers_for_texts_and_texts_for_numbers() -> None:
    content = b'[{"id_str": 12, "text": 3, "count": "7", "inside": null}]'
    (piece,) = pieces(content, 1 << 20)
    assert decode("x.js", piece, Thing, Counter()) == [Thing("12", "3", 7)]


def test_a_number_that_may_be_rounded_is_no_text() -> None:
    content = b'[{"id_str": 1600000000000000001, "text": "a"}]'
    (piece,) = pieces(content, 1 << 20)
    assert decode("x.js", piece, Thing, Counter()) == [Thing(None, "a")]


def test_halves_of_characters_are_replaced_and_whole_ones_kept() -> None:
    content = rb'[{"text":"\ud83d\ude00 \ud83d \ude00 \\ud83d \uD83D"},{"text":"\ud83d"}]'
    for size in (3, 1 << 20):
        texts = [
            one.text for piece in pieces(content, size) for one in decode("x.js", piece, Thing, Counter())
        ]
        assert texts == ["😀 \ufffd \ufffd \\ud83d \ufffd", "\ufffd"]


def test_an_element_that_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_pages, "ELEMENT_BYTES_AT_MOST", 100_000)
    content = json.dumps([{"text": "a" * 300_000}, {"text": "b"}]).encode()
    with pytest.raises(BadData, match="over 64 MB"):
        pieces(content, 1_000)


def test_a_post_of_ten_megabytes_is_skipped_and_its_neighbours_are_kept() -> None:
    content = json.dumps([{"id_str": "1"}, {"text": "a" * (10 << 20)}, {"id_str": "2"}]).encode()
    skipped: Counter[str] = Counter()
    found = [
        one.id_str for piece in pieces(content, 4 << 20) for one in decode("x.js", piece, Thing, skipped)
    ]
    assert found == ["1", "2"]
    assert skipped == {json_pages.TOO_LARGE: 1}


def test_hostile_boundaries_are_tried_only_so_often() -> None:
    # A quarter of a million places that look like an end of an element, and none is.
    content = b'[{"a": [' + b'{"a":1},' * 250_000 + b'{"a":1}]}]'
    (piece,) = pieces(content, 1 << 18)
    assert len(json.loads(piece.content)) == 1


def test_one_object() -> None:
    assert decode_object("x.js", b'\xef\xbb\xbfvar x = {"text": 3};\n', Thing) == Thing(text="3")
    for content in (b"", b"var x = ", b"var x = [1]", b'{"text": "\xe9"}', b'{"text": '):
        with pytest.raises(BadData, match=r"x\.js"):
            decode_object("x.js", content, Thing)


@given(st.lists(st.text(max_size=5), max_size=6), st.integers(1, 20))
def test_lines(texts: list[str], size: int) -> None:
    content = "\n".join(json.dumps({"text": text}) for text in texts).encode()
    chunks = (content[at : at + size] for at in range(0, len(content), size))
    found = list(decode_lines("x.jsonl", chunks, Thing, Counter()))
    assert [one.text for one, _ in found] == [text.encode("utf-8", "replace").decode() for text in texts]


def test_bad_lines() -> None:
    skipped: Counter[str] = Counter()
    assert list(decode_lines("x.jsonl", [b'\n[]\n{"text":"a"}\n\n'], Thing, skipped)) == [
        (Thing(text="a"), 13)
    ]
    assert skipped == {json_pages.ODD_SHAPE: 1}
    with pytest.raises(BadData, match="byte 4"):
        list(decode_lines("x.jsonl", [b"{}\n{]\n"], Thing, Counter()))
