"""A whole invented release, loaded, audited, written as a bulletin and checked by what was loaded."""

import pytest
from made_release import sheets_of
from written_workbook import ods, xlsx

from tidewaiter.api import open_store
from tidewaiter.bulletin import write_release
from tidewaiter.bulletin.render.text import render
from tidewaiter.model.period import Period


def loaded(folder, month, *, without=(), seed="one", written=xlsx, suffix=".xlsx"):
    """A store that holds the month's workbooks, last table first."""
    paths = []
    for sheet in sheets_of(Period.parse(month), seed=seed):
        if sheet.name not in without:
            paths.append(folder / f"{sheet.name}{suffix}")
            paths[-1].write_bytes(written(sheet))
    store = open_store(folder / "store")
    [done] = store.load(*paths[::-1])
    assert done.release.id == f"mof-release@{month}"
    return store


@pytest.mark.parametrize("month", ["2024-01", "2025-12", "2026-03"])
def test_a_release_audits_without_conflict_and_its_bulletin_checks(month, tmp_path):
    store = loaded(tmp_path, month)
    [(_, audit)] = store.audit()
    assert audit.findings == []
    assert audit.compared > 10_000
    for lang in ("zh", "en"):
        text = render(write_release(store.book(), Period.parse(month), lang)).decode()
        claims = store.check(text)
        assert len(claims) > 200
        assert {str(claim.judgement.verdict) for claim in claims} == {"confirmed"}


@pytest.mark.parametrize("without", ["表2", "表8", "表10", "表14"])
def test_fifteen_workbooks_are_a_release_too(without, tmp_path):
    store = loaded(tmp_path, "2026-03", without=(without,))
    [(_, audit)] = store.audit()
    assert audit.findings == []
    assert "3月出口" in render(write_release(store.book(), Period.parse("2026-03"), "zh")).decode()


def test_spreadsheets_of_another_office_suite_are_the_same_release(tmp_path):
    one, other = tmp_path / "xlsx", tmp_path / "ods"
    one.mkdir(), other.mkdir()
    first = loaded(one, "2026-03")
    second = loaded(other, "2026-03", written=ods, suffix=".ods")
    counts = [store.audit()[0][1].counts() for store in (first, second)]
    assert counts[0] == counts[1]
