"""Pages in one file: a template, its charts, and the script that draws them; nothing is ever fetched.

What other people wrote reaches a page in two ways only: through templates that
escape it, and as JSON in which nothing can end the element that holds it. A
policy in the head lets no script run but those whose hashes it lists, and no
request leave the page.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from plnmap import __version__
from plnmap.report.pages.drawing_script import drawing_script
from plnmap.report.pictures.theme import DARK, FONT, IN_PAGE, LIGHT, chart_config
from plnmap.report.values import interval, number_of, period
from plnmap.words import plain

if TYPE_CHECKING:
    from jinja2 import Environment

_ESCAPES: Final = str.maketrans(
    {character: f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}  # what could end a script
)


def page(
    template: str,
    *,
    title: str,
    context: Mapping[str, Any],
    charts: Mapping[str, Mapping[str, Any]],
    data: Mapping[str, Any] | None = None,
    scripts: Sequence[str] = (),
    shared: Sequence[str] | None = None,
) -> str:
    """One self-contained page.

    Parameters
    ----------
    template
        Name of a template that extends ``base.html.j2``. It shows a chart with
        ``{{ chart("name", "what it shows, in words") }}``, imported from ``parts.html.j2``.
    title
        Of the page; other people's text is made harmless.
    context
        What the template needs.
    charts
        Name → Vega-Lite specification (``chart.to_dict()``). Colours that differ between light and
        dark are to be those of `plnmap.report.pictures.theme.IN_PAGE`.
    data
        What scripts of the page need besides, as JSON; they find it in ``plnmap.data``.
    scripts
        Names of scripts among the assets, run in order once ``page.js`` ran.
    shared
        Names of those who are not pseudonymous, where the page is made to be shown to others; None for
        a private page, which then says so on top.

    Returns
    -------
    str
        HTML. The same arguments give the same text.
    """
    drawn = {name: _themed(spec) for name, spec in charts.items()}
    run = [*([drawing_script()] if charts else []), *(_asset(name) for name in ("page.js", *scripts))]
    return (
        _environment()
        .get_template(template)
        .render(
            context,
            title=plain(title),
            shared=shared,
            colours={"light": LIGHT._asdict(), "dark": DARK._asdict()},
            font=FONT,
            style=_asset("page.css"),
            charts_json=as_script_json(drawn),
            data_json=as_script_json(data or {}),
            scripts=run,
            hashes=[_hash(script) for script in run],
            version=__version__,
        )
    )


def as_script_json(value: Any) -> str:
    r"""JSON that can stand inside a script element: nothing in it ends the element or opens a comment.

    >>> as_script_json(["</script>"])
    '["\\u003c/script\\u003e"]'
    """
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).translate(_ESCAPES)


def _themed(spec: Mapping[str, Any]) -> dict[str, Any]:
    """A chart in the colours of the page; what the chart itself says comes first."""
    config = chart_config(IN_PAGE)
    for name, value in spec.get("config", {}).items():
        both = isinstance(value, Mapping) and isinstance(config.get(name), Mapping)
        config[name] = config[name] | value if both else value
    return {**spec, "config": config}


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("plnmap.report.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"plain": plain, "number_of": number_of, "thousands": "{:,}".format, "interval": interval}
    made.globals["period"] = period
    return made


def _asset(name: str) -> str:
    return resources.files("plnmap.report.pages").joinpath("assets", name).read_text(encoding="utf-8")


def _hash(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
