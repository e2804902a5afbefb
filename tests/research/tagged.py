"""Tables of texts, and what `study tag` makes of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

from plnmap.commands.study import study

THANKS = "@ada Thanks for the tip!"
TableOf = Callable[..., Path]
"""Writes a table: content, and name if it is not posts.csv."""


def run(*arguments: Any) -> None:
    """`study tag` with these arguments."""
    study.main(["tag", *map(str, arguments)], standalone_mode=False)


def tagged(path: Path, *options: Any, column: str = "text", lang: str | None = "en") -> list[dict[str, str]]:
    """The rows that `study tag` makes of a table."""
    target = path.with_name("tagged.csv")
    run(path, "--column", column, *(["--lang", lang] if lang else []), *options, "-o", target, "-q")
    return list(csv.DictReader(io.StringIO(target.read_bytes().decode(), newline="")))


def row(*values: Any) -> str:
    """One row of a CSV."""
    out = io.StringIO()
    csv.writer(out).writerow(values)
    return out.getvalue()
