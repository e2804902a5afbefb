"""Charts as files, drawn without a browser and without a network."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import altair as alt

RESOLUTION: Final = 2.0
"""Pixels of a PNG per pixel of the chart: sharp on today's screens and in print."""


def picture(chart: alt.TopLevelMixin, form: str) -> bytes:
    """A chart as the bytes of a file.

    Parameters
    ----------
    chart
        Any.
    form
        One of `FORMS`.
    """
    return FORMS[form](chart.to_dict(validate=False))


def _png(spec: dict[str, Any]) -> bytes:
    import vl_convert

    return bytes(vl_convert.vegalite_to_png(spec, scale=RESOLUTION, allowed_base_urls=[]))


def _svg(spec: dict[str, Any]) -> bytes:
    import vl_convert

    return str(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])).encode()


def _pdf(spec: dict[str, Any]) -> bytes:
    import vl_convert

    return bytes(vl_convert.vegalite_to_pdf(spec, allowed_base_urls=[]))


FORMS: Final[Mapping[str, Callable[[dict[str, Any]], bytes]]] = {
    ".png": _png,
    ".svg": _svg,
    ".pdf": _pdf,
}
"""By the end of the file's name."""
