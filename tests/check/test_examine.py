"""Examining documents: their own tables, low bases, folders, further extractors."""

from datetime import date

from tidewaiter.bulletin.release import write_release
from tidewaiter.bulletin.render import render
from tidewaiter.check.claim import Claim
from tidewaiter.check.examine import examine
from tidewaiter.check.judged import Verdict
from tidewaiter.engine import Book
from tidewaiter.model.period import Period

TABLE = """表1 我國伺服器出口統計

	2021年	2022年	2023年
出口值(億美元)
出口值	49.6	58.2	{level}
美國	30.7	34.7	73.4
年增率(%)
出口值	4.3	17.4	72.7
美國	-11.3	13.2	111.4
出口國家占比(%)
出口值	100.0	100.0	100.0
美國	61.9	59.7	73.0

資料來源：財政部關務署「海關進出口統計」
"""


def test_a_clean_table_is_said_to_be_clean() -> None:
    found = examine(TABLE.format(level="100.5").encode(), published=date(2024, 10, 30))
    assert found.tables is not None
    assert found.tables.compared > 0
    assert found.clean


def test_a_changed_cell_puts_its_neighbours_in_conflict() -> None:
    found = examine(TABLE.format(level="109.5").encode(), published=date(2024, 10, 30))
    assert found.tables is not None
    wrong = {(str(line.cell.key), line.cell.statistic) for line in found.tables.findings}
    assert wrong == {("TWN.exports.HS847150.W00", "yoy"), ("TWN.exports.HS847150.USA", "share")}
    assert not found.clean


def test_a_rise_on_a_fallen_year_is_told_with_the_fall(store) -> None:
    text = "2024年8月出口年增16.8%。"
    (item,) = examine(text.encode(), published=date(2024, 9, 9), store=store).claims
    assert item.judgement.verdict is Verdict.CONFIRMED
    assert "-7.3%" in item.judgement.reason
    assert "低基期" in item.judgement.reason_zh


def test_a_further_extractor_goes_through_the_same_verdicts(store) -> None:
    def reader(document, published):
        return [
            Claim(
                document.name, 0, 4, document.text[:4], "body", "", "", "exports", "TWN", "W00", "total",
                "2025-08", "level", "", "584.9", "1e8 USD", "exact", "observed",
            )
        ]  # fmt: skip

    text = "這個月是五百八十幾，很好"
    found = examine(text.encode(), published=date(2025, 9, 9), store=store, extractors=[reader])
    assert [str(c.judgement.verdict) for c in found.claims][-1] == "confirmed"


def test_what_is_read_off_a_pdf_page_is_never_called_false(store) -> None:
    page = render(write_release(Book.of(store), Period.parse("2025-08"), "en"), "pdf")
    found = examine(page, name="release.pdf", published=date(2025, 9, 9), store=store)
    verdicts = {item.judgement.verdict for item in found.claims}
    assert Verdict.CONFIRMED in verdicts
    assert not verdicts & {Verdict.CONTRADICTED, Verdict.WRONG_SLOT}
