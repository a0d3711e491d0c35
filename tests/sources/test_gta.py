"""Global Trade Atlas exports, made in its layouts: wide and long, as text and as workbook."""

import io

import pytest
import xlsxwriter

from tidewaiter.errors import FaultsError
from tidewaiter.sources import gta, registry
from tidewaiter.sources.protocol import Blob

_WIDE = [
    ["Taiwan Export Statistics"],
    ["Commodity: 847150, Processing Units For Automatic Data Processing Machines"],
    ["Year To Date: January - September"],
    ["Partner Country", "Unit", "United States Dollars", "", "", "% Share", "", "", "% Change"],
    ["", "", "2023", "2024", "1-9/2024", "2023", "2024", "1-9/2024", "2024/2023"],
    ["_World", "NO", "10049000000", "18000000000.0", "15690000000", "100.00", "100.00", "100.00", "79.12"],
    [
        "United States",
        "NO",
        "7,340,000,000",
        "13,000,000,000",
        "12,370,000,000",
        "73.04",
        "72.22",
        "78.84",
        "77.11",
    ],
    ["Korea South", "NO", "1000", "-", "…", "0.00", "", "", ""],
]


def _csv(rows) -> bytes:
    return "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows).encode("utf-8-sig")


def _xlsx(rows, merged=()) -> bytes:
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    page = book.add_worksheet("Results")
    for y, row in enumerate(rows):
        for x, text in enumerate(row):
            plain = text.replace(",", "")
            number = plain.replace(".", "", 1).isdigit() and y > 4
            page.write(y, x, float(plain) if number else text)
    for first, last, text in merged:
        page.merge_range(3, first, 3, last, text)
    book.close()
    return held.getvalue()


def _told(reading):
    return {
        f"{o.key} {o.statistic}{':' + o.of if o.of else ''} {o.period} {o.unit}": o.value
        for o in reading.observations
    }


WANTED = {
    "TWN.exports.HS847150.W00 level 2023 USD": 10049000000,
    "TWN.exports.HS847150.W00 level 2024 USD": 18000000000,
    "TWN.exports.HS847150.W00 level 2024-01..2024-09 USD": 15690000000,
    "TWN.exports.HS847150.W00 share:partner 2023 percent": 100,
    "TWN.exports.HS847150.W00 share:partner 2024 percent": 100,
    "TWN.exports.HS847150.W00 share:partner 2024-01..2024-09 percent": 100,
    "TWN.exports.HS847150.W00 yoy 2024 percent": 79.12,
    "TWN.exports.HS847150.USA level 2023 USD": 7340000000,
    "TWN.exports.HS847150.USA level 2024 USD": 13000000000,
    "TWN.exports.HS847150.USA level 2024-01..2024-09 USD": 12370000000,
    "TWN.exports.HS847150.USA share:partner 2023 percent": 73.04,
    "TWN.exports.HS847150.USA share:partner 2024 percent": 72.22,
    "TWN.exports.HS847150.USA share:partner 2024-01..2024-09 percent": 78.84,
    "TWN.exports.HS847150.USA yoy 2024 percent": 77.11,
    "TWN.exports.HS847150.KOR level 2023 USD": 1000,
    "TWN.exports.HS847150.KOR share:partner 2023 percent": 0,
}


@pytest.mark.parametrize(
    "data", [_csv(_WIDE), _xlsx(_WIDE, ((2, 4, "United States Dollars"), (5, 7, "% Share")))]
)
def test_wide_with_two_rows_of_headings(data):
    blob = Blob("export", data)
    assert registry.recognise(blob) is gta.SOURCE
    (reading,) = gta.SOURCE.read(blob)
    assert _told(reading) == WANTED
    assert (reading.dataset, reading.authority) == ("gta-twn-exports", 1)
    assert reading.numeric_cells == len(reading.observations) + reading.layout_cells


def test_wide_with_one_row_of_headings_months_quantity_and_scale():
    rows = [
        ["Trade Flow: Imports", ""],
        ["Reporter", "Partner", "HS Code", "Description", "Quantity Unit",
         "Value 2024-08 (USD Million)", "Value 2024-09 (USD Million)", "Quantity 2024-09"],
        ["Japan", "Taiwan", "854231", "Processors, and controllers", "NO", "12.5", "13.25", "5,000"],
        ["Japan", "World", "854231", "Processors, and controllers", "NO", "50.0", "60.00", "9,000"],
    ]  # fmt: skip
    (reading,) = gta.SOURCE.read(Blob("gta.csv", _csv(rows)))
    assert _told(reading) == {
        "JPN.imports.HS854231.TWN level 2024-08 1e6 USD": 12.5,
        "JPN.imports.HS854231.TWN level 2024-09 1e6 USD": 13.25,
        "JPN.imports.HS854231.TWN.quantity level 2024-09 number": 5000,
        "JPN.imports.HS854231.W00 level 2024-08 1e6 USD": 50,
        "JPN.imports.HS854231.W00 level 2024-09 1e6 USD": 60,
        "JPN.imports.HS854231.W00.quantity level 2024-09 number": 9000,
    }


def test_long_with_a_row_a_period():
    rows = [
        ["Global Trade Atlas"],
        ["Reporter", "Flow", "Partner", "Commodity", "Period", "Value (USD)", "Quantity", "Unit"],
        ["United States", "Export", "Taiwan", "server", "Jan 2024", "1", "1", "KG"],
    ]
    with pytest.raises(FaultsError, match="'server' is no commodity code"):
        gta.SOURCE.read(Blob("gta.csv", _csv(rows)))
    rows[2][3] = "8471.50"
    rows.append(["United States", "Re-Export", "Taiwan", "847150", "Jan 2024", "2", "3", "KG"])
    (reading,) = gta.SOURCE.read(Blob("gta.csv", _csv(rows)))
    assert _told(reading) == {
        "USA.exports.HS847150.TWN level 2024-01 USD": 1,
        "USA.exports.HS847150.TWN.quantity level 2024-01 kg": 1,
        "USA.re_exports.HS847150.TWN level 2024-01 USD": 2,
        "USA.re_exports.HS847150.TWN.quantity level 2024-01 kg": 3,
    }


def test_what_nothing_tells_is_a_fault_with_its_row():
    rows = [row[:] for row in _WIDE]
    rows[6][0], rows[7][3] = "Atlantis", "n/k"
    with pytest.raises(FaultsError) as raised:
        gta.SOURCE.read(Blob("gta.csv", _csv(rows)))
    assert "row 7: no area is called 'Atlantis'" in str(raised.value)
    assert "row 8, United States Dollars 2024: 'n/k' stands where a number belongs" in str(raised.value)
    del rows[0]
    with pytest.raises(FaultsError, match="tells whose trade this is"):
        gta.SOURCE.read(Blob("gta.csv", _csv(rows)))
