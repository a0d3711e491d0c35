"""Any bytes give data or an error of our tree, for every reader; quickly and always alike.

Longer runs: ``python tools/fuzz.py TARGET SECONDS``.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hostile import FORMULAS, HOSTILE
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from targets import TARGETS

from tidewaiter import official
from tidewaiter.errors import FaultsError
from tidewaiter.sources.archive import unpack
from tidewaiter.sources.mapping.propose import propose
from tidewaiter.sources.mapping.read import read
from tidewaiter.sources.mapping.spec import parse
from tidewaiter.sources.protocol import Blob

_QUIET = settings(
    max_examples=12,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
_LAYOUTS = Path(__file__).parents[1] / "sources" / "mapping" / "layouts"
_LARGEST = 60_000
_WORDS = st.sampled_from(
    [
        *(
            "period",
            "Year",
            "month",
            "flow",
            "country",
            "HS6",
            "value",
            "US$",
            "kg",
            "2024",
            "2024M08",
            "8月",
        ),
        *("113年1月", "Total", "8471.50", "China", "-", "…", "???", "'=1+1", "\0", "\ud800", "﹣１", "1e999"),
        *("0", "９", "\u202e", "a" * 300),
    ]
)
_CELLS = st.one_of(_WORDS, st.text(max_size=12), st.integers().map(str), st.floats().map(str))
_TABLES = st.lists(st.lists(_CELLS, max_size=6), max_size=8)


def _seeds() -> list[tuple[str, bytes]]:
    """Carried files that are small enough to be mutated in a test."""
    paths = [
        path for path in sorted(official.folder().rglob("*")) if path.suffix in {".csv", ".xlsx", ".txt"}
    ]
    return [(path.name, path.read_bytes()) for path in paths if path.stat().st_size < _LARGEST]


@pytest.mark.parametrize("target", ["recognise", "propose", "archive", "mapping"])
@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_files_give_data_or_an_error_of_our_tree(name, target):
    TARGETS[target](HOSTILE[name])


@pytest.mark.parametrize("target", sorted(TARGETS))
@seed(1)
@_QUIET
@given(data=st.binary(max_size=400))
def test_any_bytes(target, data):
    TARGETS[target](data)


@pytest.mark.parametrize("target", ["recognise", "propose", "tables", "claims"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@seed(2)
@_QUIET
@given(rows=_TABLES)
def test_any_table(target, delimiter, rows):
    text = "\n".join(delimiter.join(cells) for cells in rows)
    TARGETS[target](text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize(
    ("name", "data"), _seeds(), ids=lambda value: value if isinstance(value, str) else ""
)
@seed(3)
@settings(_QUIET, max_examples=6)
@given(change=st.data())
def test_carried_files_changed_in_a_few_bytes_cut_or_doubled(name, data, change):
    TARGETS["recognise"](_changed(data, change))


@pytest.mark.parametrize("path", sorted(_LAYOUTS.glob("*.yml"))[::6], ids=lambda path: path.stem)
@seed(4)
@settings(_QUIET, max_examples=8)
@given(change=st.data())
def test_layouts_with_rows_and_cells_gone_or_swapped(path, change):
    from yaml import safe_load  # noqa: PLC0415

    given_case = safe_load(path.read_text(encoding="utf-8"))
    lines = given_case.get("text", "a,b\n1,2\n").splitlines()
    one, other = (change.draw(st.integers(0, len(lines) - 1)) for _ in range(2))
    lines[one], lines[other] = lines[other], lines[one]
    del lines[change.draw(st.integers(0, len(lines) - 1))]
    TARGETS["propose"](_changed("\n".join(lines).encode(), change))


def _changed(data: bytes, change) -> bytes:
    """A few bytes flipped; now and then cut, or a piece told twice."""
    done = bytearray(data)
    for _ in range(change.draw(st.integers(0, 4))):
        if done:
            done[change.draw(st.integers(0, len(done) - 1))] = change.draw(st.integers(0, 255))
    cut = change.draw(st.integers(0, len(done)))
    kind = change.draw(st.sampled_from(["whole", "cut", "doubled"]))
    return bytes(done[:cut] if kind == "cut" else done + done[:cut] if kind == "doubled" else done)


def test_the_value_a_formula_last_had_is_read_and_one_that_has_none_is_left_out():
    blob = Blob("exports_of_norway.xlsx", FORMULAS)
    proposal = propose(blob)
    table = read(parse(proposal.yaml, unfilled=True), blob).table
    assert dict(zip(table["partner"], table["value"], strict=False))["CHN"] == 2.5
    assert table.height == 3


@pytest.mark.parametrize("name", ["a-later-version-of-zip", "a-directory-before-the-start"])
def test_an_archive_that_cannot_be_opened_is_refused_as_one(name):
    with pytest.raises(FaultsError, match="the archive cannot be unpacked"):
        list(unpack(Blob("file.zip", HOSTILE[name])))


def test_a_first_cell_with_other_parts_than_its_heading_is_a_fault_with_its_row():
    text = b"freq,geo\t2023\t2024\nA,DE\t1\t2\nA\t1\t2\n"
    mapping = (
        "{dataset: x, file: {delimiter: tab, split: ',', across: '(?P<year>20..)'}, period: {column: year}, "
        "flow: {constant: exports}, reporter: {column: geo, codes: [iso2]}, "
        "values: [{column: value, unit: USD}]}"
    )
    with pytest.raises(FaultsError, match=r"row 3.*the first cell has 1 parts, its heading 2"):
        read(parse(mapping), Blob("x.tsv", text))
