"""What a bulletin prints, checked against the figures behind it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tidewaiter.bulletin.document import Said
from tidewaiter.model.interval import decimals_of, round_half_up
from tidewaiter.model.unit import Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tidewaiter.bulletin.document import Bulletin

_NUMBER = r"([-+]?)(?:US\$)?([\d,]+(?:\.\d+)?)"
_UNITS = {
    "億美元": "1e8 USD",
    " billion": "1e9 USD",
    "%": "percent",
    "個百分點": "percentage_point",
    " percentage points": "percentage_point",
}
_STATED = re.compile(rf"{_NUMBER}({'|'.join(_UNITS)})\Z")


def statements(bulletin: Bulletin) -> list[Said]:
    return [run for runs in bulletin.texts() for run in runs if isinstance(run, Said)]


def text_of(bulletin: Bulletin) -> str:
    from tidewaiter.bulletin.render import render  # noqa: PLC0415

    return render(bulletin, "txt").decode()


def wrong_numbers(bulletin: Bulletin) -> Iterator[str]:
    """Statements whose number is not their figure rounded once, half up."""
    units = {each.figure: Unit.parse(each.unit) for each in bulletin.evidence}
    for said in statements(bulletin):
        match = _STATED.match(said.text)
        if not match:
            continue
        sign, number, unit = match.groups()
        factor = units[said.figures[0]].factor_to(Unit.parse(_UNITS[unit]))
        plain = number.replace(",", "")
        rounded = round_half_up(said.values[0] * factor, decimals_of(plain))
        shown = f"{abs(rounded):f}"
        signed = not sign or (sign == "-") == (rounded < 0)
        if shown != plain or not signed:
            yield f"{said.text} is {said.values[0]} ({said.figures[0]})"


def wrong_cells(bulletin: Bulletin) -> Iterator[str]:
    """Cells and points whose text is not their value rounded once, half up."""
    for table in bulletin.tables():
        for row in table.rows:
            for cell in row.cells:
                if cell.value is not None and not _rounds(cell.value, cell.text):
                    yield f"table {table.number} {row.label}: {cell.text} is {cell.value}"
    for chart in bulletin.charts():
        for series in chart.series:
            for point in series.points:
                if point.value is not None and not _rounds(point.value, point.text):
                    yield f"chart {chart.number} {point.at}: {point.text} is {point.value}"


def _rounds(value: float, text: str) -> bool:
    plain = text.replace(",", "").lstrip("+")
    rounded = round_half_up(value, decimals_of(plain))
    return f"{abs(rounded) if rounded == 0 else rounded:f}" == plain


def unstated_numbers(bulletin: Bulletin) -> Iterator[str]:
    """Numbers that stand in plain text though they are measures: with 億美元, %, billion or 百分點."""
    measure = re.compile(rf"\d(?:{'|'.join(_UNITS)})|US\$")
    for runs in bulletin.texts():
        for run in runs:
            if isinstance(run, str) and measure.search(run):
                yield run
