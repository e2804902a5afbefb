"""The documents agree with the code, and the project names nothing that is nobody's business.

``python tests/test_docs.py`` rewrites what the documents take from the code.
"""

from __future__ import annotations

import ast
import os
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
import pytest

import plnmap
from plnmap import errors
from plnmap.analysis.contact.reciprocity import balance
from plnmap.analysis.contact.strength import log_odds, strength
from plnmap.analysis.help.evidence import corrected_evidence, help_share
from plnmap.analysis.roles.rules import ROLES
from plnmap.analysis.settings import Settings
from plnmap.commands import COMMANDS
from plnmap.model import KINDS

ROOT: Final = Path(__file__).parents[1]
METHODS: Final = ROOT / "docs" / "methods.md"
ARCHITECTURE: Final = ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- settings: begin -->\n", "<!-- settings: end -->"
REWRITE: Final = "python tests/test_docs.py"

_NOT_OURS: Final = ("build", "dist", "__pycache__")
_LINK: Final = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
_CODE: Final = re.compile(r"^(?:```|~~~).*?^(?:```|~~~)|^ {4,}.*?$|`[^`\n]*`", re.MULTILINE | re.DOTALL)


def project_files() -> Iterator[Path]:
    """Every file that belongs to the project, also those not yet committed."""
    for folder, subfolders, names in os.walk(ROOT):
        subfolders[:] = [
            name
            for name in subfolders
            if name == ".ci" or not (name.startswith(".") or name in _NOT_OURS or name.endswith(".egg-info"))
        ]
        yield from (Path(folder) / name for name in names if not name.endswith((".duckdb", ".wal", ".pyc")))


PAGES: Final = sorted(path for path in project_files() if path.suffix == ".md")
MODULES: Final = sorted((ROOT / "plnmap").rglob("*.py"))


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def settings_table() -> str:
    """All settings with value and reason, as the methods page shows them."""
    lines = ["| setting | value | reason |", "|---|---|---|"]
    for knob in Settings().knobs():
        value = ", ".join(map(str, knob.value)) if isinstance(knob.value, tuple) else f"{knob.value}"
        lines.append(f"| `{knob.name}` | {value} | {knob.reason} |")
    return "\n".join(lines) + "\n"


def anchors(page: Path) -> set[str]:
    """The names under which the headings of a page can be reached."""
    headings = re.findall(r"^#{1,6} +(.+?)\s*$", page.read_text(encoding="utf-8"), re.MULTILINE)
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {heading.replace(" ", "-") for heading in plain}


def numbers_after(mark: str) -> list[list[str]]:
    """Cells of the table that follows a mark in the methods page, without its head."""
    text = METHODS.read_text(encoding="utf-8")
    table = text.partition(f"<!-- {mark} -->\n\n")[2].partition("\n\n")[0].replace("−", "-")
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_relative_links_lead_somewhere(page: Path) -> None:
    text = _CODE.sub("", page.read_text(encoding="utf-8"))
    broken = []
    for target in (one or other for one, other in _LINK.findall(text)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        found = (page.parent / path).resolve() if path else page
        if not found.exists() or (anchor and anchor not in anchors(found)):
            broken.append(target)
    assert broken == []


def test_a_link_to_a_heading_is_made_as_the_usual_readers_make_it(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text('# Gone quiet, and back\n\n## What "now" means\n\n### What ? means\n', encoding="utf-8")
    assert anchors(page) == {"gone-quiet-and-back", "what-now-means", "what--means"}


def test_the_settings_in_the_methods_page_are_those_of_the_code() -> None:
    text = METHODS.read_text(encoding="utf-8")
    shown = text.partition(BEGIN)[2].partition(END)[0]
    assert shown == settings_table(), f"docs/methods.md is stale: run {REWRITE}"


def test_the_strength_vectors_in_the_methods_page_are_right() -> None:
    rows = numbers_after("strength vectors")
    days, recency, age, z, score = np.array(rows, dtype=float).T
    assert len(rows) >= 6
    assert log_odds(days, recency, age).round(4).tolist() == z.tolist()
    assert strength(log_odds(days, recency, age)).round(4).tolist() == score.tolist()


def test_the_balance_vectors_in_the_methods_page_are_right() -> None:
    rows = numbers_after("balance vectors")
    out, back = np.array([row[:2] for row in rows], dtype=float).T
    share, label = balance(out, back)
    computed = [
        [f"{number:.3f}" for number in three] for three in zip(share.value, share.lo, share.hi, strict=True)
    ]
    assert len(rows) >= 4
    assert [row[2:5] for row in rows] == computed
    assert [row[5] for row in rows] == label.tolist()


def test_the_evidence_vectors_in_the_methods_page_are_right() -> None:
    rows = numbers_after("evidence vectors")
    score = corrected_evidence([float(row[0]) for row in rows], 10.0).score
    computed = [
        [f"{number:.3f}" for number in three] for three in zip(score.value, score.lo, score.hi, strict=True)
    ]
    assert len(rows) >= 3
    assert [row[1:] for row in rows] == computed


def test_the_vectors_for_the_balance_of_help_are_right() -> None:
    rows = numbers_after("help vectors")
    help_in, help_out = np.array([row[:2] for row in rows], dtype=float).T
    share = help_share(help_in, help_out)
    computed = [[f"{a:.4f}", f"{b:.4f}"] for a, b in zip(share.mostly_received, share.even, strict=True)]
    assert len(rows) >= 4
    assert [row[2:] for row in rows] == computed


def test_the_methods_page_gives_every_kind_with_its_weight() -> None:
    text = METHODS.read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| (contact|attention) \| ([\d.]+) \|$", text, re.MULTILINE)
    assert {name: (group, round(float(weight) * 10)) for name, group, weight in rows} == {
        kind.name: (kind.group, kind.weight_tenths) for kind in KINDS.values()
    }


def test_the_methods_page_gives_every_role_with_its_words() -> None:
    text = METHODS.read_text(encoding="utf-8")
    words = dict(re.findall(r"^\| `(\w+)` \| ([^|]+?) \| [^|]+ \| [^|]+ \|$", text, re.MULTILINE))
    assert {role.name: words.get(role.name) for role in ROLES} == {role.name: role.words for role in ROLES}


def test_the_methods_page_says_where_the_numbers_of_every_command_are_defined() -> None:
    section = METHODS.read_text(encoding="utf-8").partition("## Where each number stands")[2]
    shown = set(re.findall(r"^\| `(\w+)` \|", section.partition("\n## ")[0], re.MULTILINE))
    commands = {command.name for family in COMMANDS.values() for command in family}
    assert shown == commands - {"demo"}


def test_the_layers_in_the_architecture_page_are_the_contract() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (contract,) = project["tool"]["importlinter"]["contracts"]
    text = ARCHITECTURE.read_text(encoding="utf-8").partition("<!-- layers: begin -->")[2]
    assert text.partition("```\n")[2].partition("```")[0].splitlines() == contract["layers"]


def _all_below(base: type[errors.PlnmapError]) -> Iterator[type[errors.PlnmapError]]:
    yield base
    for one in base.__subclasses__():
        yield from _all_below(one)


def _drawn_tree() -> dict[str, tuple[str | None, int | None]]:
    """Error → its parent and exit code, as the tree in the docstring has them."""
    found: dict[str, tuple[str | None, int | None]] = {}
    path: list[tuple[int, str]] = []
    for line in (errors.__doc__ or "").splitlines():
        drawn = re.match(r"    ([│├└─ ]*)([A-Z]\w+)(?: +(\d+))?", line)
        if drawn:
            depth = len(drawn[1])
            path = [(at, name) for at, name in path if at < depth]
            found[drawn[2]] = (path[-1][1] if path else None, int(drawn[3]) if drawn[3] else None)
            path.append((depth, drawn[2]))
    return found


def test_every_error_stands_in_the_tree_with_its_parent_and_exit_code() -> None:
    ours = {one for one in _all_below(errors.PlnmapError) if one.__module__.startswith("plnmap")}
    drawn = _drawn_tree()
    assert set(drawn) == {one.__name__ for one in ours}
    for one in ours:
        parent, code = drawn[one.__name__]
        assert parent == (None if one is errors.PlnmapError else one.__bases__[0].__name__)
        # A child without a code of its own has that of its parent.
        assert one.exit_code == (code if code is not None else one.__bases__[0].exit_code)  # type: ignore[attr-defined]


def test_the_architecture_page_gives_every_exit_code() -> None:
    text = ARCHITECTURE.read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) \| [^|]+ \| (.*?) ?\|$", text, re.MULTILINE)
    told = {name: int(code) for code, names in rows for name in re.findall(r"`(\w+)`", names)}
    assert told == {one.__name__: one.exit_code for one in _all_below(errors.PlnmapError)}


def _undocumented(body: list[ast.stmt], within: str) -> Iterator[str]:
    for node in body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        # What begins with an underscore is nobody else's, and neither is what is inside it.
        if node.name.startswith("_"):
            continue
        if not ast.get_docstring(node):
            yield f"{within}.{node.name}"
        if isinstance(node, ast.ClassDef):
            yield from _undocumented(node.body, f"{within}.{node.name}")


@pytest.mark.parametrize("module", MODULES, ids=named)
def test_everything_public_says_what_it_is(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    assert module.name == "__main__.py" or ast.get_docstring(tree), f"{named(module)} has no docstring"
    assert list(_undocumented(tree.body, module.stem)) == []


def test_the_changelog_names_this_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"\n## [{plnmap.__version__}] - " in text


def test_decisions_are_numbered_without_gaps_and_have_their_three_parts() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [page.name[:4] for page in pages] == [f"{number:04}" for number in range(1, len(pages) + 1)]
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert text.startswith(f"# {int(page.name[:4])}. "), page.name
        parts = [text.find(f"\n**{part}.** ") for part in ("Context", "Decision", "Consequence")]
        assert parts == sorted(parts), page.name
        assert -1 not in parts, page.name


def test_files_of_the_project_that_documents_name_exist() -> None:
    for page in PAGES:
        for path in re.findall(r"`((?:plnmap|tests|benchmarks|data)/[\w./]+\.py)`", page.read_text("utf-8")):
            assert (ROOT / path).is_file(), f"{named(page)} names {path}"


# Put together from halves, or this file would be the first to break the rule.
_HOSTS: Final = "|".join(
    re.escape("".join(halves))
    for halves in (
        ("py", "pi", ".org"),
        ("python", "hosted", ".org"),
        ("npm", "js", ".org"),
        ("npm", "js", ".com"),
        ("crates", ".io"),
        ("ruby", "gems", ".org"),
        ("ana", "conda", ".org"),
    )
)
_PATHS: Final = (
    r"(?<![\w.:/}~-])/(?:ho"
    + r"me|ro"
    + r"ot|wo"
    + r"rk|Us"
    + r"ers)/\w|/tmp/ve"
    + r"nv|\b[A-Z]:\\Us"
    + r"ers"
)
FORBIDDEN: Final = re.compile(f"{_HOSTS}|{_PATHS}")


def test_no_file_names_a_package_registry_or_a_path_of_somebodys_machine() -> None:
    found = []
    for path in project_files():
        content = path.read_bytes()
        if b"\0" not in content[:4096]:
            text = content.decode("utf-8", "replace")
            found += [f"{named(path)}: {match[0]}" for match in FORBIDDEN.finditer(text)]
    assert found == []


@pytest.mark.parametrize(
    ("text", "named_in"),
    [
        ("see https://py" + "pi.org/simple", True),
        ("open('/ho" + "me/ada/x')", True),
        (" /tmp/ve" + "nv/bin", True),
        ("https://example.org/home/ada", False),
        ("../shared/data", False),
        ("artwork/nice", False),
    ],
)
def test_what_is_forbidden_is_recognised(text: str, named_in: bool) -> None:
    assert bool(FORBIDDEN.search(text)) == named_in


def rewrite() -> None:
    """Put the settings of the code into the methods page."""
    before, begin, rest = METHODS.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    METHODS.write_text(before + begin + settings_table() + end + after, encoding="utf-8")


if __name__ == "__main__":
    rewrite()
