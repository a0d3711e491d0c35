"""UNIT_MEASURE and UNIT_MULT → our units. ``USD`` and ``6`` are US$ million: 58.4 stands for 58.4 million."""

from __future__ import annotations

import re

from tidewaiter.errors import TidewaiterError, UnknownNameError
from tidewaiter.model.unit import Unit
from tidewaiter.sources.mapping.headings import unit_in
from tidewaiter.sources.mapping.units import unit_of_quantity

MEASURES = ("UNIT_MEASURE", "UNIT", "UNITS", "CURRENCY")
MULTIPLIERS = ("UNIT_MULT", "UNIT_MULTIPLIER", "POWERCODE")
_KINDS = {
    "PT": "percent", "PC": "percent", "PERCENT": "percent", "PCT": "percent", "PPT": "percentage_point",
    "IX": "index", "INDEX": "index", "US_DOLLAR": "USD", "DOLLARS": "USD", "EURO": "EUR", "USD_EXC": "USD",
}  # fmt: skip
_CURRENCY = re.compile(r"[A-Z]{3}\Z")
_POWER = re.compile(r"-?\d{1,2}\Z")


def unit_of(measure: str, multiplier: str, *, own: bool = False) -> Unit:
    """The unit of an observation.

    Args:
        measure: code of the unit (``USD``, ``KGM``, ``PT``).
        multiplier: power of ten, empty: 0.
        own: the code is one Tidewaiter wrote; it is a unit's kind as it stands.

    Examples:
        >>> str(unit_of("USD", "6")), str(unit_of("KGM", "3")), str(unit_of("PT", ""))
        ('1e6 USD', '1e3 kg', 'percent')

    Raises:
        UnknownNameError: no unit we know, or a multiplier that is no power.
    """
    if multiplier and not _POWER.match(multiplier):
        raise UnknownNameError(f"{multiplier!r} is no unit multiplier", hint="a power of ten: 0, 3, 6, 9")
    power = int(multiplier or 0)
    if own:
        return Unit(measure, power)
    base = _base(measure.strip())
    return Unit(base.kind, base.power + power)


def _base(code: str) -> Unit:
    if kind := _KINDS.get(code.upper()):
        return Unit(kind)
    if _CURRENCY.match(code) and unit_in(code) == code:
        return Unit(code)
    try:
        return Unit.parse(unit_of_quantity(code, {}))
    except TidewaiterError as error:
        hint = "USD, EUR, TWD …, KGM, TNE, NMB, PT, IX; or name the unit in a mapping (`tidewaiter map`)"
        raise UnknownNameError(f"no unit is called {code or 'an empty cell'!r}", hint=hint) from error
