"""The JavaScript that draws charts in a page: Vega, Vega-Lite and Vega-Embed as vl-convert bundles them."""

from __future__ import annotations

import os
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path


def drawing_script() -> str:
    """The whole script, about 0.9 MB.

    Bundling takes two seconds, so it is kept in the user's cache folder, by version of vl-convert;
    where nothing can be written there, it is bundled each time.
    """
    kept = _place()
    with suppress(OSError, UnicodeDecodeError):
        return kept.read_text(encoding="utf-8")
    import vl_convert

    script = vl_convert.javascript_bundle()  # type: ignore[call-arg]
    _keep(kept, script)
    return script


def _place() -> Path:
    from platformdirs import user_cache_path

    name = f"drawing-{version('vl-convert-python')}.js"
    return user_cache_path("plnmap", appauthor=False) / name


def _keep(place: Path, script: str) -> None:
    partial = place.with_name(f"{place.name}.{os.getpid()}")
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            partial.write_text(script, encoding="utf-8", newline="")
            partial.replace(place)
        finally:
            partial.unlink(missing_ok=True)
