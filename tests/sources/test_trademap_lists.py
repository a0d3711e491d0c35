"""Trade Map's lists of one product by country and of one country by month, as text parted by tabs."""

import pytest

from tidewaiter.errors import FaultsError
from tidewaiter.sources import registry
from tidewaiter.sources.trademap import SOURCE

_UNIT = "Unit : US Dollar thousand"
_PRODUCT = "Product: 847150 Processing units"


def _lines(*lines: str) -> str:
    return "\n".join(lines)


def _values(blob):
    assert registry.recognise(blob) is SOURCE
    (reading,) = SOURCE.read(blob)
    keys = ("reporter", "flow", "commodity", "partner", "measure", "first", "unit")
    return reading, {
        ".".join(str(row[key]) for key in keys): row["value"] for row in reading.table.iter_rows(named=True)
    }


def test_suppliers_of_a_market(blob):
    text = _lines(
        "List of supplying markets for a product imported by United States of America", _PRODUCT, _UNIT, "",
        "Exporters\tImported value in 2022\tImported value in 2023",
        "World\t100\t1,200", "Taipei, Chinese\t1\t", "Mexico\t50\t60",
    )  # fmt: skip
    reading, values = _values(blob(text, "list.txt"))
    assert reading.dataset == "trademap-usa-imports-hs847150-by-country"
    assert values == {
        "USA.imports.HS847150.W00..24264.1e3 USD": 100,
        "USA.imports.HS847150.W00..24276.1e3 USD": 1200,
        "USA.imports.HS847150.TWN..24264.1e3 USD": 1,
        "USA.imports.HS847150.MEX..24264.1e3 USD": 50,
        "USA.imports.HS847150.MEX..24276.1e3 USD": 60,
    }


def test_exporters_of_a_product_are_reporters(blob):
    text = _lines(
        "List of exporters for the selected product", _PRODUCT, "Unit : Euro thousand", "",
        "Exporters\tExported value in 2024-M01", "World\t100", "Viet Nam\t50",
    )  # fmt: skip
    _, values = _values(blob(text, "list.txt"))
    assert values == {
        "W00.exports.HS847150.W00.eur.24288.1e3 EUR": 100,
        "VNM.exports.HS847150.W00.eur.24288.1e3 EUR": 50,
    }


def test_products_of_a_country_by_quarter(blob):
    text = _lines(
        "List of products exported by Taipei, Chinese", _UNIT,
        "Product code\tProduct label\tExported value in 2024-Q1\tExported value in 2024-Q2",
        "'TOTAL\tAll products\t100\t200", "'847150\tProcessing units\t1\t2",
    )  # fmt: skip
    _, values = _values(blob(text, "list.txt"))
    assert values["TWN.exports.HS847150.W00..24291.1e3 USD"] == 2
    assert len(values) == 4


def test_a_country_that_no_list_knows_is_a_fault(blob):
    text = _lines(
        "List of exporters for the selected product", _PRODUCT, _UNIT, "",
        "Exporters\tExported value in 2023", "Atlantis\t100",
    )  # fmt: skip
    with pytest.raises(FaultsError, match="row 6: no area is called 'Atlantis'"):
        SOURCE.read(blob(text, "list.txt"))
