"""Trade statistics of Japan, the customs' CSV (財務省貿易統計): a row a code and country, months across.

``Exp or Imp,Year,HS,Country,Unit1,Unit2,Quantity1-Year,Quantity2-Year,Value-Year,Quantity1-Jan,…``, by
custom house too where the file has a column for it (the houses are added). Values are in ¥1000, rounded
down; exports FOB, imports CIF. Months that are not out yet hold zeros: those after the last month of the
file that holds any value are left out, and so is then the year, which would be a year to date.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tidewaiter.errors import UnknownNameError
from tidewaiter.model.key import Key
from tidewaiter.model.observation import LEVEL, Observation
from tidewaiter.model.period import MONTHS, Period
from tidewaiter.model.release import Publisher, Reading
from tidewaiter.model.unit import Unit
from tidewaiter.sources.delimited import header_of, read_sheet
from tidewaiter.sources.gathering import Gathering
from tidewaiter.sources.mapping.units import unit_of_quantity
from tidewaiter.sources.printed import is_blank, read_number

if TYPE_CHECKING:
    from tidewaiter.model.observation import Place
    from tidewaiter.sources.delimited import Line, Sheet
    from tidewaiter.sources.protocol import Blob

PUBLISHER = Publisher("Ministry of Finance, Japan, Customs and Tariff Bureau", "日本財務省關稅局")
_REQUIRED = ("Exp or Imp", "Year", "HS", "Country")
_FLOWS = {"1": "exports", "2": "imports"}
_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_YEN = Unit("JPY", 3)
_CODE_DIGITS = 9
_PARTS = (("Value", "jpy"), ("Quantity1", "quantity1"), ("Quantity2", "quantity2"))


@dataclass
class _Sum:
    """A number as the custom houses' parts of it are added."""

    unit: Unit
    place: Place
    value: float = 0.0
    months: dict[int, float] = field(default_factory=dict)


class JapanCustoms:
    """Reads the file."""

    name = "japan-customs"

    def sniff(self, blob: Blob) -> bool:
        """The four dimensions and values by month are in the header."""
        return "Value-Jan" in header_of(blob, _REQUIRED)

    def read(self, blob: Blob) -> list[Reading]:
        """One reading, edition = the last month that holds a value.

        Raises:
            FaultsError: every fault of the file.
        """
        found = Gathering(blob.name)
        sheet = read_sheet(blob, _REQUIRED, found)
        sums: dict[tuple[Key, int], _Sum] = {}
        for line in sheet.lines:
            _row(sheet, line, sums, found)
        last = max(
            (at for (_, _), one in sums.items() for at, value in one.months.items() if value), default=0
        )
        for (key, _), one in sums.items():
            for at, value in sorted(one.months.items()):
                if at <= last and value:
                    found.add(Observation(key, Period(at, at), LEVEL, value, one.unit, one.place, decimals=0))
        observations = found.finish()
        if last % MONTHS != MONTHS - 1:
            found.findings.append(f"months after {Period(last, last)} hold zeros: they are not out yet")
        return [
            Reading(
                dataset=self.name,
                edition=str(Period(last, last)),
                title="Trade Statistics of Japan, by HS code and country",
                publisher=PUBLISHER,
                observations=observations,
                numeric_cells=sheet.numeric_cells,
                layout_cells=sheet.numeric_cells - len(observations),
                notes=(
                    "exports FOB, imports CIF, in ¥1000 rounded down; general trade",
                    "codes have nine digits, of which six are HS",
                    "a zero is no trade of that month and is not kept; custom houses are added",
                ),
                findings=tuple(found.findings),
            )
        ]


SOURCE = JapanCustoms()


def _row(sheet: Sheet, line: Line, sums: dict[tuple[Key, int], _Sum], found: Gathering) -> None:
    flow = found.attempt(sheet.place(line, "Exp or Imp"), _flow, line["Exp or Imp"])
    code = found.attempt(sheet.place(line, "HS"), _code, line["HS"])
    partner = found.attempt(sheet.place(line, "Country"), _area, line["Country"])
    year = line["Year"]
    if not (year.isdigit() and len(year) == 4):  # noqa: PLR2004
        found.fault(sheet.place(line, "Year"), f"{year!r} is no year")
        return
    if flow is None or code is None or partner is None:
        return
    for head, measure in _PARTS:
        unit = _unit(sheet, line, head, found)
        if unit is None:
            continue
        key = Key("JPN", flow, code, partner, measure)
        first = Period.month(int(year), 1).first
        one = sums.setdefault((key, int(year)), _Sum(unit, sheet.place(line, f"{head}-Jan … {head}-Dec")))
        if one.unit != unit:
            found.fault(
                sheet.place(line, head), f"{key} is in {unit} here and in {one.unit} at {one.place.cell}"
            )
        for step, name in enumerate(_NAMES):
            text = line.get(f"{head}-{name}")
            if is_blank(text):
                continue
            if (printed := read_number(text)) is None:
                found.fault(sheet.place(line, f"{head}-{name}"), f"{text!r} stands where a number belongs")
            else:
                one.months[first + step] = one.months.get(first + step, 0.0) + printed.value


def _unit(sheet: Sheet, line: Line, head: str, found: Gathering) -> Unit | None:
    """The unit of a column of numbers; None where the row has no such quantity."""
    if head == "Value":
        return _YEN
    text = line.get(f"Unit{head[-1]}")
    if not text:
        return None
    shown = found.attempt(sheet.place(line, f"Unit{head[-1]}"), unit_of_quantity, text, {"MT": "1e3 kg"})
    return Unit.parse(shown) if shown else None


def _flow(text: str) -> str:
    if text not in _FLOWS:
        raise UnknownNameError(f"no flow has the code {text!r}", hint="1 exports, 2 imports")
    return _FLOWS[text]


def _code(text: str) -> str:
    digits = text.strip("'")
    if not (digits.isascii() and digits.isdigit() and len(digits) == _CODE_DIGITS):
        hint = "nine digits; a spreadsheet may have cut leading zeros"
        raise UnknownNameError(f"{text!r} is no code of Japan's statistics", hint=hint)
    return f"HS{digits}"


def _area(text: str) -> str:
    from tidewaiter.sources.mapping import partners  # noqa: PLC0415

    if (code := partners.area_of(text.strip("'"), ("japan_customs",))) is not None:
        return code
    raise UnknownNameError(f"no country of the customs' list has the code {text!r}",
                           hint=partners.candidates(text, "", ("japan_customs",)))  # fmt: skip
