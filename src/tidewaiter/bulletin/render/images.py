"""Charts as pictures: SVG as drawn for the page, PNG at three times its size."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

import vl_convert

from tidewaiter.bulletin.charts import svg
from tidewaiter.bulletin.render.package import pack

if TYPE_CHECKING:
    from tidewaiter.bulletin.document import Bulletin, Chart, Lang

_SCALE = 3.0  # a phone's 400 points become 1,200 pixels: 300 to the inch over 10 cm
_INCH = 72.0
Size: TypeAlias = tuple[int, int]


@lru_cache(maxsize=64)  # two office formats show the same charts
def png(chart: Chart, lang: Lang) -> bytes:
    """The chart as a PNG on white."""
    drawn: bytes = vl_convert.svg_to_png(svg(chart, lang), scale=_SCALE, ppi=_INCH)
    return drawn


def size(picture: bytes) -> Size:
    """Width and height of a PNG in pixels, from its header."""
    return int.from_bytes(picture[16:20], "big"), int.from_bytes(picture[20:24], "big")


def render_png(bulletin: Bulletin) -> bytes:
    """Every chart as PNG, as a zip."""
    return pack(
        ((f"{_stem(bulletin, each)}.png", png(each, bulletin.lang)) for each in bulletin.charts()),
        bulletin.published,
    )


def render_svg(bulletin: Bulletin) -> bytes:
    """Every chart as SVG with the identity of each mark, as a zip."""
    return pack(
        ((f"{_stem(bulletin, each)}.svg", svg(each, bulletin.lang).encode()) for each in bulletin.charts()),
        bulletin.published,
    )


def _stem(bulletin: Bulletin, chart: Chart) -> str:
    return f"{bulletin.id}.{bulletin.lang}.figure-{chart.number}"
