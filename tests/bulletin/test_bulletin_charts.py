"""Charts: equal bytes, every mark with its figure, nothing fetched."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from sample_charts import bars_chart, months_chart, years_chart

from tidewaiter.bulletin.charts import svg

CHARTS = [months_chart, years_chart, bars_chart]


@pytest.mark.parametrize("make", CHARTS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_chart_is_the_same_each_time_and_marks_carry_their_figures(make, lang):
    chart = make(lang)
    drawn = svg(chart, lang)
    svg.cache_clear()
    assert drawn == svg(chart, lang)
    ET.fromstring(drawn)
    wanted = {point.figure for series in chart.series for point in series.points}
    assert set(re.findall(r'data-figure="([^"]*)"', drawn)) == wanted
    assert "\u2063" not in drawn


def test_the_alternative_text_names_the_chart():
    chart = replace(months_chart("en"), alt='Up & "away"')
    root = ET.fromstring(svg(chart, "en"))
    assert root.get("aria-label") == 'Up & "away"'
    assert root.get("role") == "img"


def test_names_inside_a_chart_do_not_meet_those_of_another():
    ids = [set(re.findall(r'id="([^"]*)"', svg(make("zh"), "zh"))) for make in CHARTS]
    assert not ids[0] & ids[1]
    assert not ids[1] & ids[2]


def test_several_columns_of_a_month_are_grouped_and_named():
    chart = months_chart("zh")
    exports = chart.series[0]
    imports = replace(exports, name="進口")
    drawn = svg(replace(chart, series=(exports, imports)), "zh")
    assert ">進口<" in drawn
    assert drawn.count("data-figure") == 26


def test_columns_below_zero_and_gaps_are_drawn():
    chart = years_chart("zh")
    points = list(chart.series[0].points)
    points[2] = replace(points[2], value=-800.0, text="-800.0", mark="新低")
    points[4] = replace(points[4], value=None, text="-")
    drawn = svg(replace(chart, series=(replace(chart.series[0], points=tuple(points)),)), "zh")
    assert ">-800.0<" in drawn
    assert drawn.count("data-figure") == 9


def test_quotes_and_backslashes_in_labels_are_only_text():
    chart = bars_chart("en")
    point = replace(chart.series[0].points[0], label='it\'s \\ <b>"x"</b>')
    series = replace(chart.series[0], points=(point,))
    text = "".join(ET.fromstring(svg(replace(chart, series=(series,)), "en")).itertext())
    assert 'it\'s \\ <b>"x"</b>' in text
