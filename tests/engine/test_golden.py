"""Published numbers come out: every case of ``tests/golden/figures.yml``, each with its source."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tidewaiter.model.interval import Interval, decimals_of, round_half_up
from tidewaiter.model.key import Key
from tidewaiter.model.period import Period
from tidewaiter.model.unit import Unit

_FILE = Path(__file__).resolve().parents[1] / "golden" / "figures.yml"
_CASES = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
_KNOWN = {
    "key", "statistic", "of", "period", "release", "as_of", "value", "unit", "within", "detail", "source",
}  # fmt: skip


def _name(case) -> str:
    of = f":{case['of']}" if "of" in case else ""
    known = case.get("release") or case.get("as_of") or "now"
    return f"{case['key']}/{case['statistic']}{of}/{case['period']}@{known}"


def _ask(case, book):
    answers = book(case.get("as_of"), case.get("release", ""))
    period = Period.parse(str(case["period"]))
    figure = answers.figure(Key.parse(case["key"]), case["statistic"], period, case.get("of", ""))
    factor = figure.unit.factor_to(Unit.parse(case["unit"])) if "unit" in case else 1
    return figure, figure.interval * factor if factor != 1 else figure.interval


@pytest.mark.parametrize("case", _CASES, ids=_name)
def test_published_number_comes_out(case, book):
    assert set(case) <= _KNOWN
    assert case["source"]
    figure, interval = _ask(case, book)
    if "within" in case:
        assert interval.within(Interval(*case["within"])), f"{interval} not in {case['within']}"
    else:
        printed = case["value"]
        assert interval.meets(Interval.printed(printed)), f"{interval} is not {printed}"
        assert str(round_half_up(interval.mid, decimals_of(printed))) == printed
    told = dict(figure.detail)
    for name, value in case.get("detail", {}).items():
        assert told[name] == str(value)


@pytest.mark.parametrize("case", _CASES, ids=_name)
def test_each_figure_tells_the_cells_it_stands_on(case, book):
    figure, _ = _ask(case, book)
    assert figure.inputs
    assert figure.releases
    assert all(cell.place and cell.place.file for cell in figure.inputs)
    if "as_of" in case:
        assert all(cell.known_at <= case["as_of"] for cell in figure.inputs)


def test_every_case_is_there_once():
    names = [_name(case) for case in _CASES]
    assert len(names) == len(set(names))


def test_us_share_grows_by_the_chain_not_by_the_levels(book):
    """Brief 459: 0.5 to 73.4 (US$ 100 million) leave 126.0 to 133.8 open; the growth row does not."""
    answers = book(None, "moea-brief@459")
    key = Key.parse("TWN.exports.HS847150.USA")
    first, last = (answers.level(key, Period.year(year)).interval for year in (2017, 2023))
    by_levels = (last / first) ** (1 / 6) * 100 - 100
    assert (round(by_levels.low, 1), round(by_levels.high, 1)) == (126.0, 133.8)
    figure = answers.figure(key, "average_annual_growth", Period.parse("2017..2023"))
    assert figure.note == "from each year's growth, chained"
    assert figure.interval.width < by_levels.width / 10
    assert figure.interval.meets(Interval.printed("132.7"))


def test_taiwans_printed_rates_chain_to_61_28(book):
    """Brief 459, Table 3, prints 61.3."""
    answers = book(None, "moea-brief@459")
    key = Key.parse("TWN.exports.HS847150")
    product = 1.0
    for year in range(2018, 2024):
        product *= 1 + answers.figure(key, "yoy", Period.year(year)).value / 100
    assert round(product ** (1 / 6) * 100 - 100, 2) == 61.28


def test_one_month_and_its_span_are_different_shares(book):
    """35.38 is January–November 2023, November alone 33.92: the comment named the wrong period."""
    answers = book(None, "mof-release@2025-08")
    key = Key.parse("TWN.exports.total.CHN+HKG")
    span = answers.figure(key, "share", Period.parse("2023-01..2023-11"), "partner")
    month = answers.figure(key, "share", Period.parse("2023-11"), "partner")
    assert span.value - month.value == pytest.approx(1.46, abs=0.01)
    assert not {str(cell.period) for cell in month.inputs} & {"2023-11"}


def test_a_streak_of_first_prints_with_a_gap_is_a_lower_bound(book):
    """As known that day the press tells falls since December 2022; November 2022 is not in hand."""
    from datetime import date  # noqa: PLC0415

    figure = book(date(2023, 12, 8)).figure(
        Key.parse("TWN.exports.electronic_components"), "streak", Period.parse("2023-11"), "yoy-"
    )
    assert (figure.interval.low, figure.interval.high) == (12.0, float("inf"))
