"""The release's tables in documents: the observations of the workbooks, as precisely as they are printed."""

import pytest

from tidewaiter import official
from tidewaiter.errors import FaultsError
from tidewaiter.sources.documents.source import SOURCE
from tidewaiter.sources.grid import read_grids
from tidewaiter.sources.mof_release import SOURCE as WORKBOOKS
from tidewaiter.sources.protocol import Blob

FOLDER = official.folder() / "mof-release-2025-08"


def _identity(seen):
    return str(seen.key), str(seen.period), seen.statistic, seen.of, str(seen.unit)


def _of_workbooks(pattern="*"):
    found = {}
    for path in sorted(FOLDER.glob(f"{pattern}.xlsx")):
        for reading in WORKBOOKS.read(Blob(path.name, path.read_bytes())):
            for seen in reading.observations:
                found.setdefault(_identity(seen), []).append(seen.value)
    return found


@pytest.fixture(scope="module")
def workbooks():
    return _of_workbooks()


def _agree(observations, wanted):
    for seen in observations:
        near = [
            abs(value - seen.value) <= 0.5000001 * 10**-seen.decimals for value in wanted[_identity(seen)]
        ]
        assert any(near), (seen, wanted[_identity(seen)])


@pytest.mark.parametrize("to", ["html", "pdf", "docx", "odt", "txt"])
def test_our_own_release_reads_back_from(to, release, workbooks):
    (reading,) = SOURCE.read(release(to))
    assert (reading.dataset, reading.edition) == ("mof-release", "2025-08")
    assert len(reading.observations) == reading.numeric_cells == 3030
    _agree(reading.observations, workbooks)


_DECIMALS = {"Table13": 1, "Table15": 2, "Table16": 4}


def _cells(grid, first, last, decimals):
    """The cells of a sheet between two rows, numbers as an office prints them."""
    for row in range(first, last):
        head = row < first + 5 and not any(grid.number(row, at) is not None for at in range(1, grid.width))
        for column in range(grid.width):
            if grid.anchor(row, column) != (row, column):
                continue
            inside = [at for at, home in grid.anchors.items() if home == (row, column) and at[0] < last]
            across = max((c for _, c in inside), default=column) - column + 1
            down = max((r for r, _ in inside), default=row) - row + 1
            held = grid.own(row, column)
            number = grid.number(row, column)
            text = f"{number:,.{decimals}f}" if number is not None else str(held)
            if text.strip() or head:
                yield column, row - first, " ".join(text.split()), across, down, head


@pytest.mark.parametrize(
    "name",
    [
        "Table1_",
        "Table5_",
        "Table6_",
        "Table8_",
        "Table9_",
        "Table10_",
        "Table11_",
        "Table13_",
        "Table15_",
        "Table16_",
    ],
)
def test_a_workbook_set_on_paper_reads_as_the_workbook(name, paper):
    path = next(FOLDER.glob(f"{name}*.xlsx"))
    (grid,) = read_grids(path.read_bytes())
    (reading,) = WORKBOOKS.read(Blob(path.name, path.read_bytes()))
    texts = [(row, text) for row, _, text in grid.texts(0, 6)]
    title = next(text for _, text in texts if text.startswith("表"))
    unit = next((text for _, text in texts if text.startswith("單位")), "")
    first = next(row for row, text in texts if text == "年(月)別" or text.startswith("年"))
    last = max(row for row, _, _ in grid.numbers()) + 1
    cells = list(_cells(grid, first, last, _DECIMALS.get(name[:-1], 1)))
    (read,) = SOURCE.read(paper([title, unit], cells))
    assert read.edition == "2025-08"
    assert len(read.observations) == len(reading.observations)
    _agree(read.observations, _of_workbooks(f"{name}*"))


def test_what_cannot_be_read_is_told_with_page_and_line(paper):
    head = [(0, 0, "年(月)別", 1, 1, True), (1, 0, "火星", 1, 1, True), (2, 0, "日本", 1, 1, True)]
    rows = [
        (x, y, text, 1, 1, False)
        for y, row in enumerate([("112年", "1.0", "2.0"), ("113年", "3.0", "4.0")], 1)
        for x, text in enumerate(row)
    ]
    blob = paper(["表10、對主要國家/地區出入超", "單位：百萬美元"], [*head, *rows])
    assert SOURCE.sniff(blob)
    with pytest.raises(FaultsError) as raised:
        SOURCE.read(blob)
    assert "表10 › page 1, line 3, column 2: no area is called '火星'" in str(raised.value)


def test_a_broken_pdf_is_told_as_broken():
    blob = Blob("release.pdf", b"%PDF-1.7\nnothing more")
    assert SOURCE.sniff(blob)
    with pytest.raises(FaultsError, match="damaged"):
        SOURCE.read(blob)
