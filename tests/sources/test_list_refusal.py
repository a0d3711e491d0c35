"""A list named by itself is refused by its own title; in a folder it is passed over and told."""

from __future__ import annotations

import pytest

from tidewaiter.api.loading import read_files
from tidewaiter.sources.lists import NoObservationsError


def test_a_list_alone_is_refused_for_what_it_is(tmp_path):
    file = tmp_path / "listed.csv"
    file.write_text(
        "market,code,name,isin,listed_since,industry_zh\n上市,1101,台泥,x,1962/02/09,水泥工業\n", "utf-8"
    )
    with pytest.raises(NoObservationsError, match="a list of listed companies") as raised:
        read_files([file])
    assert raised.value.title.startswith("A list")
    (tmp_path / "score.csv").write_text("period,score,light_from_score\n2026-06,41,red\n", "utf-8")
    read = read_files([tmp_path])
    assert [file.name for file in read.incoming] == ["score.csv"]
    assert "listed.csv" in read.incoming[0].readings[0].findings[0]


def test_a_stock_code_is_a_company_where_revenue_is_asked():
    from tidewaiter.api.names import resolve  # noqa: PLC0415

    assert str(resolve("TWN.revenue.2330")) == str(resolve("台灣.營收.台積電")) == "TWN.revenue.C2330.W00"
    assert str(resolve("TWN.exports.2330")) == "TWN.exports.HS2330.W00"
