"""The document model: spans, folds, alignment, and no figure without evidence."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sample import sample
from sample_tables import brief_table, groups_table, totals_table

from tidewaiter.bulletin.document import Said, plain
from tidewaiter.bulletin.evidence import Evidence, gather
from tidewaiter.bulletin.numbering import label_of
from tidewaiter.bulletin.tables import Cell, Column, Row, Table
from tidewaiter.bulletin.typography import clumps, pieces
from tidewaiter.errors import UsageError
from tidewaiter.model.figure import Figure, FigureId, Input
from tidewaiter.model.interval import Interval
from tidewaiter.model.key import Key
from tidewaiter.model.observation import Place
from tidewaiter.model.period import Period
from tidewaiter.model.unit import Unit


def test_every_printed_figure_has_evidence_and_a_lost_one_is_named():
    whole = sample("zh")
    assert whole.without_evidence() == ()
    lost = whole.evidence[3].figure
    torn = replace(whole, evidence=whole.evidence[:3] + whole.evidence[4:])
    assert torn.without_evidence() == (lost,)


def test_a_row_with_too_few_cells_is_refused():
    with pytest.raises(UsageError, match="has 1 cells, its table 2"):
        Table(1, "t", (Column("a"), Column("b")), (Row("r", (Cell("1"),)),))


def test_a_wide_table_folds_between_heads_and_keeps_every_cell():
    table = groups_table("zh")
    first, second = table.folded(16)
    assert (first.width, second.width) == (16, 14)
    assert [a.cells + b.cells for a, b in zip(first.rows, second.rows, strict=True)] == [
        row.cells for row in table.rows
    ]
    assert replace(table, folds=(5,)).folded(16)[0].width == 10
    assert totals_table("zh").folded(16) == (totals_table("zh"),)


def test_decimals_align_within_a_section_and_not_among_differences():
    lacks = brief_table("zh").shortfalls()
    assert lacks[1][:5] == (1, 1, 1, 1, 0)  # 5.7 above 0.01, but the fifth column has one decimal throughout
    assert lacks[3][0] == 0
    totals = totals_table("zh")
    assert {lacks for at, lacks in totals.shortfalls().items() if totals.rows[at].kind == "difference"} == {
        (0,) * totals.width
    }


def test_numbers_and_units_are_kept_and_the_text_is_unchanged():
    for text in ("出口374.7億美元，年增3.8%。", "up 3.8 percent to US$37.47 billion in 16 months", "第3高"):
        assert "".join(piece.text for piece in pieces(text)) == text
    kept = [piece.text for piece in pieces("up 3.8 percent to US$37.47 billion") if piece.keep]
    assert kept == ["3.8 percent", "US$37.47 billion"]


def test_a_unit_behind_a_statement_stays_with_it():
    runs = ("增", Said("22.5", ("f",)), "%），續增")
    laid = list(clumps(runs))
    assert [clump.keep for clump in laid] == [False, True, False]
    assert plain(laid[1].runs) == "22.5%），"
    assert "".join(plain(clump.runs) for clump in laid) == plain(runs)


@pytest.mark.parametrize(
    ("numbering", "label"), [("1.", "12. "), ("一、", "十二、"), ("(1)", "(12) "), ("(一)", "（十二）")]
)
def test_points_are_numbered_in_each_style(numbering, label):
    assert label_of(numbering, 12) == label


def test_a_figure_becomes_a_statement_and_its_evidence():
    key, month = Key.parse("TWN.exports.total.W00"), Period.parse("2023-11")
    cell = Input(
        key, month, "level", Interval.exact(1.0), Unit("USD"), "r@1", Place("Table1.xlsx", "表1", "C7")
    )
    figure = Figure(
        FigureId(key, "level", month), Interval.exact(1.0), Unit("USD"), "printed", (cell,), ("r@1",)
    )
    assert Said.of("1美元", figure) == Said("1美元", ("TWN.exports.total.W00/level/2023-11@latest",), (1.0,))
    (found,) = gather(figure, figure)
    assert found == Evidence(
        "TWN.exports.total.W00/level/2023-11@latest",
        1.0,
        "USD",
        "printed",
        ("r@1",),
        ("Table1.xlsx › 表1 › C7",),
    )
