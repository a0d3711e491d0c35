"""Japan's customs CSV, made after the published layout: months side by side, custom houses added."""

import pytest

from tidewaiter.sources import registry
from tidewaiter.sources.japan_customs import SOURCE

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_HEADS = ["Exp or Imp", "Year", "Custom", "HS", "Country", "Unit1", "Unit2"]
_HEADS += [f"{part}-{when}" for when in ("Year", *_MONTHS) for part in ("Quantity1", "Quantity2", "Value")]


def _row(custom: str, country: str, *months: tuple[int, int, int], code: str = "847150000") -> str:
    filled = [*months, *[(0, 0, 0)] * (12 - len(months))]
    year = tuple(sum(part) for part in zip(*filled, strict=True))
    numbers = [str(number) for month in (year, *filled) for number in month]
    return ",".join(["1", "2024", custom, f"'{code}", country, "NO", "KG", *numbers])


def _file(*rows: str) -> str:
    return "\n".join([",".join(_HEADS), *rows])


def test_months_are_read_and_custom_houses_added(blob):
    source = blob(_file(_row("104", "106", (1, 2, 40), (2, 3, 60)), _row("300", "106", (0, 0, 0), (1, 1, 5))))
    assert registry.recognise(source) is SOURCE
    (reading,) = SOURCE.read(source)
    assert {f"{o.key} {o.period} {o.unit}": o.value for o in reading.observations} == {
        "JPN.exports.HS847150000.TWN.jpy 2024-01 1e3 JPY": 40,
        "JPN.exports.HS847150000.TWN.jpy 2024-02 1e3 JPY": 65,
        "JPN.exports.HS847150000.TWN.quantity1 2024-01 number": 1,
        "JPN.exports.HS847150000.TWN.quantity1 2024-02 number": 3,
        "JPN.exports.HS847150000.TWN.quantity2 2024-01 kg": 2,
        "JPN.exports.HS847150000.TWN.quantity2 2024-02 kg": 4,
    }
    assert reading.edition == "2024-02"
    assert reading.findings == ("months after 2024-02 hold zeros: they are not out yet",)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (
            _row("104", "999", (1, 1, 1)),
            "line 2, Country: no country of the customs' list has the code '999'",
        ),
        (_row("104", "106", (1, 1, 1), code="84715"), "is no code of Japan's statistics"),
    ],
)
def test_what_no_list_knows_is_a_fault(row, told, blob, faults_of):
    assert any(told in fault for fault in faults_of(SOURCE, blob(_file(row))))
