"""Charts as SVG: columns, growth below in a panel of its own, rank marks, horizontal bars.

Growth never shares a panel with levels: two scales in one panel suggest a relation that the choice of
scales makes. Native width is that of a phone, so text stays readable there and grows on paper. Colours
are the blue and vermilion of Okabe and Ito, told apart with any colour vision and in grey.

Every mark carries the identity of its figure as ``data-figure`` and what it shows as a ``title``.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

import altair as alt
import vl_convert

if TYPE_CHECKING:
    from tidewaiter.bulletin.document import Chart, ChartPoint, Lang, Series

FONT = "Noto Sans CJK TC"
_FONTS = f"{FONT}, Noto Sans TC, PingFang TC, Microsoft JhengHei, sans-serif"
_INK, _FAINT = "#1b2733", "#d9dfe5"
_PALE, _DEEP, _LINE = "#7fb2d9", "#00558c", "#b3420a"
_SERIES = ("#00558c", "#e69f00", "#56b4e9", "#7a5195")
Panel: TypeAlias = alt.LayerChart | alt.FacetChart
_WIDTH = 344
_HEIGHT = {"level": 178, "growth": 92}
_BAR_STEP = 22
_MARK = "\u2063"  # parts the spoken label from the identity until the SVG is written
_ARIA = re.compile(r'(<(?:path|text|g|line|rect)\b[^>]*?) aria-label="([^"]*?)\u2063([^"]*)"([^>]*?)(/?)>')
_NAME = re.compile(r'(?:id="|url\(#)((?:clip|gradient)_?\d+)')
_LONG_LABEL = 6
_SIGN, _LETTER, _FIRST_WIDE = 10.6, 5.5, 0x2E80
_LEAST_NAMES = 110.0  # so that charts with short names look alike


@lru_cache(maxsize=64)  # page and paper draw the same charts
def svg(chart: Chart, lang: Lang) -> str:
    """The chart as an SVG document; equal charts give equal bytes."""
    spec = spec_of(chart, lang)
    drawn: str = vl_convert.vegalite_to_svg(
        spec, allowed_base_urls=[], format_locale=_locale(lang), show_warnings=False
    )
    return _with_own_names(_with_identities(drawn, chart.alt), chart.number)


def spec_of(chart: Chart, lang: Lang) -> dict[str, Any]:
    """The Vega-Lite specification of a chart."""
    columns = [each for each in chart.series if each.form == "column"]
    lines = [each for each in chart.series if each.form == "line"]
    panels: list[Panel] = []
    if columns:
        panels.append(
            _bars(columns[0], lang)
            if chart.form == "bars"
            else _columns(chart, columns, lang, bare=bool(lines))
        )
    panels.extend(_line(each, lang) for each in lines)
    whole = alt.vconcat(*panels, spacing=14).resolve_scale(x="shared") if len(panels) > 1 else panels[0]
    spec: dict[str, Any] = whole.configure(**_look()).to_dict()
    return spec


def _look() -> dict[str, Any]:
    text: dict[str, Any] = {"labelFont": _FONTS, "titleFont": _FONTS, "labelColor": _INK, "titleColor": _INK}
    return {
        "font": _FONTS,
        "background": "#ffffff",
        "padding": {"left": 4, "right": 8, "top": 4, "bottom": 4},
        "view": alt.ViewConfig(stroke=None),
        "axis": alt.AxisConfig(
            **text, labelFontSize=10.5, gridColor=_FAINT, domainColor=_INK, ticks=False, aria=False
        ),
        "legend": alt.LegendConfig(**text, labelFontSize=11, orient="top", title=None, offset=4),
        "title": alt.TitleConfig(
            font=_FONTS, fontSize=11.5, fontWeight="normal", anchor="start", color=_INK, frame="group"
        ),
    }


def _columns(chart: Chart, series: list[Series], lang: Lang, *, bare: bool) -> Panel:
    all_labelled = chart.form != "months" and len(series) == 1
    rows = [row for each in series for row in _rows(each, all_labelled=all_labelled)]
    levels = [row["value"] for row in rows]
    data = alt.InlineData(values=rows)
    x = _x(series[0], bare=bare)
    # where every column is labelled, a scale would only say it twice
    axis = alt.Axis(labels=False, grid=False, domain=False) if all_labelled else _y_axis()
    lines = max((bool(row["near"]) + bool(row["far"]) for row in rows), default=0)
    y = alt.Y("value:Q", title=None, scale=_scale(levels, mark_lines=lines), axis=axis)
    several = len(series) > 1
    colour = (
        alt.Color(
            "series:N",
            scale=alt.Scale(domain=[each.name for each in series], range=list(_SERIES)),
            title=None,
        )
        if several
        else alt.condition("datum.strong", alt.value(_DEEP), alt.value(_PALE))
    )
    offset: dict[str, Any] = {"xOffset": alt.XOffset("series:N", sort=None)} if several else {}
    base = alt.Chart(data)
    bars = base.mark_bar(cornerRadius=1).encode(x=x, y=y, color=colour, description="aria:N", **offset)
    layers = [bars, _zero(levels), *([] if several else _labels(base, x, y, _size(rows)))]
    return alt.layer(*layers).properties(
        width=_WIDTH, height=_HEIGHT["level"], title=_heading([each.name for each in series], series[0], lang)
    )


def _line(series: Series, lang: Lang) -> Panel:
    rows = _rows(series, all_labelled=False)
    data = alt.InlineData(values=rows)
    values = [row["value"] for row in rows]
    x = _x(series, bare=False)
    y = alt.Y("value:Q", title=None, scale=_scale([*values, 0.0], mark_lines=0), axis=_y_axis(ticks=4))
    base = alt.Chart(data)
    line = base.mark_line(color=_LINE, strokeWidth=2, aria=False).encode(x=x, y=y)
    dots = base.mark_point(color=_LINE, filled=True, size=34, opacity=1).encode(
        x=x, y=y, description="aria:N"
    )
    style: dict[str, Any] = {"fontSize": 10.5, "color": _LINE, "fontWeight": "bold", "dy": -9}
    labels = _haloed(base.transform_filter("datum.labelled"), style, x=x, y=y, text="text:N")
    return alt.layer(_zero([*values, 0.0]), line, dots, *labels).properties(
        width=_WIDTH, height=_HEIGHT["growth"], title=_heading([series.name], series, lang)
    )


def _bars(series: Series, lang: Lang) -> Panel:
    rows = _rows(series, all_labelled=True)
    order = [row["at"] for row in rows]
    base = alt.Chart(alt.InlineData(values=rows))
    y = alt.Y(
        "at:N",
        sort=order,
        title=None,
        axis=alt.Axis(labelExpr=_lookup(series, " "), labelLimit=0, domain=False, labelPadding=6),
    )
    values = [row["value"] for row in rows]
    x = alt.X("value:Q", title=None, axis=None, scale=_scale(values, mark_lines=0, room=0.2))
    colour = alt.condition("datum.strong", alt.value(_DEEP), alt.value(_PALE))
    bars = base.mark_bar(cornerRadius=1).encode(x=x, y=y, color=colour, description="aria:N")
    layers: list[Any] = [bars]
    for sign, align, dx in ((">= 0", "left", 4), ("< 0", "right", -4)):
        style: dict[str, Any] = {"fontSize": 10.5, "color": _INK, "align": align, "dx": dx}
        side = base.transform_filter(f"datum.value {sign}")
        layers += _haloed(side, style, x=x, y=y, text="shown:N")
    names = max(_name_width(series), _LEAST_NAMES)
    return alt.layer(*layers).properties(
        width=_WIDTH + 18 - names, height=_BAR_STEP * len(rows), title=_heading([series.name], series, lang)
    )


def _name_width(series: Series) -> float:
    """What the names beside the bars need: letters are about half as wide as they are high, 漢字 as wide."""
    widths = (
        sum(_SIGN if ord(sign) >= _FIRST_WIDE else _LETTER for sign in point.label) for point in series.points
    )
    return max(widths, default=0.0)


def _rows(series: Series, *, all_labelled: bool) -> list[dict[str, Any]]:
    drawn = [point for point in series.points if point.value is not None]
    first = drawn[0].at if drawn else ""
    return [
        {
            "at": point.at,
            "value": point.value,
            "text": point.text,
            **_mark_lines(point),
            "shown": f"{point.text}  {_one_line(point.mark)}".rstrip(),
            "series": series.name,
            "strong": point.strong,
            "labelled": all_labelled or point.strong or bool(point.mark) or point.at == first,
            "aria": _spoken(series, point),
        }
        for point in drawn
    ]


def _spoken(series: Series, point: ChartPoint) -> str:
    mark = f" ({_one_line(point.mark)})" if point.mark else ""
    return (
        f"{series.name} {_one_line(point.label)} {point.text} {series.unit}{mark}{_MARK}{point.figure or ''}"
    )


def _mark_lines(point: ChartPoint) -> dict[str, str]:
    """The one or two lines of a mark, the one next to the column first."""
    lines = point.mark.split("\n")[:2]
    if (point.value or 0) >= 0:
        lines.reverse()
    return {"near": lines[0], "far": lines[1] if len(lines) > 1 else ""}


def _one_line(text: str) -> str:
    return text.replace("\n", " ")


def _x(series: Series, *, bare: bool) -> alt.X:
    axis = alt.Axis(labels=False) if bare else alt.Axis(labelExpr=_lookup(series, "\n"), labelAngle=0)
    axis.labelOverlap = False
    return alt.X(
        "at:N",
        sort=[point.at for point in series.points],
        title=None,
        axis=axis,
        # all places, so that a gap keeps its own
        scale=alt.Scale(domain=[point.at for point in series.points], paddingInner=0.28, paddingOuter=0.16),
    )


def _lookup(series: Series, joint: str) -> str:
    """A Vega expression: what stands on the axis for each place."""
    parts = [
        f"{_quoted(point.at)}: [{', '.join(map(_quoted, point.label.split(chr(10))))}]"
        if joint == "\n"
        else f"{_quoted(point.at)}: {_quoted(point.label.replace(chr(10), joint))}"
        for point in series.points
    ]
    return f"{{{', '.join(parts)}}}[datum.value]"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def _y_axis(ticks: int = 5) -> alt.Axis:
    return alt.Axis(tickCount=ticks, format=",~f", domain=False, labelPadding=4)


def _scale(values: list[float], *, mark_lines: int, room: float = 0.12) -> alt.Scale:
    """From zero, with room for labels at both ends: nothing is clipped and no column is cut."""
    low, high = min([0.0, *values]), max([0.0, *values])
    span = (high - low) or 1.0
    above = room + 0.09 * mark_lines
    return alt.Scale(
        domain=[low - (span * above if low < 0 else 0.0), high + span * above], nice=False, zero=True
    )


def _zero(values: list[float]) -> alt.Chart:
    base = alt.Chart(alt.InlineData(values=[{"zero": 0}]))
    rule = base.mark_rule(color=_INK, strokeWidth=1 if min(values, default=0) < 0 else 0.6, aria=False)
    drawn: alt.Chart = rule.encode(y="zero:Q")
    return drawn


def _labels(base: alt.Chart, x: alt.X, y: alt.Y, size: float) -> list[alt.Chart]:
    layers: list[alt.Chart] = []
    for sign, up in ((">= 0", 1), ("< 0", -1)):
        style: dict[str, Any] = {"color": _INK, "fontSize": size}
        values = base.transform_filter(f"datum.labelled && datum.value {sign}")
        marks = base.transform_filter(f"datum.near != '' && datum.value {sign}")
        layers += _haloed(values, {**style, "dy": -7 * up}, x=x, y=y, text="text:N")
        for away, line in ((19, "near"), (31, "far")):
            bold = {**style, "dy": -away * up, "fontWeight": "bold"}
            layers += _haloed(marks, bold, x=x, y=y, text=f"{line}:N")
    return layers


def _haloed(base: alt.Chart, style: dict[str, Any], **places: Any) -> list[alt.Chart]:
    """A text on a white rim, so that no grid line runs through a number."""
    rim = {**style, "color": "#ffffff", "stroke": "#ffffff", "strokeWidth": 4, "strokeJoin": "round"}
    return [base.mark_text(font=_FONTS, aria=False, **each).encode(**places) for each in (rim, style)]


def _size(rows: list[dict[str, Any]]) -> float:
    longest = max((len(row["text"]) for row in rows if row["labelled"]), default=0)
    crowded = sum(1 for row in rows if row["labelled"]) > len(rows) / 2
    return 10.5 if longest < _LONG_LABEL or not crowded else 9.0


def _heading(names: list[str], series: Series, lang: Lang) -> str:
    name = ("、" if lang == "zh" else ", ").join(names)
    return f"{name}（{series.unit}）" if lang == "zh" else f"{name} ({series.unit})"


def _locale(lang: Lang) -> dict[str, Any]:
    minus = "-" if lang == "zh" else "\u2212"
    return {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["", ""], "minus": minus}


def _with_identities(drawn: str, alt_text: str) -> str:
    """Move the identity of each mark from its spoken label into ``data-figure``; name the whole."""

    def tell(match: re.Match[str]) -> str:
        head, spoken, figure, tail, closed = match.groups()
        data = f' data-figure="{figure}"' if figure else ""
        opening = f'{head} aria-label="{spoken}"{data}{tail}>'
        return f"{opening}<title>{spoken}</title></path>" if closed and head.startswith("<path") else opening

    told = _ARIA.sub(tell, drawn)
    name = html.escape(alt_text, quote=True)
    return told.replace("<svg ", f'<svg role="img" aria-label="{name}" ', 1)


def _with_own_names(drawn: str, number: int) -> str:
    """Name clips after the chart: Vega counts them on through a process, and a page holds several charts."""
    names = {old: f"chart{number}-{at}" for at, old in enumerate(dict.fromkeys(_NAME.findall(drawn)))}
    return _NAME.sub(lambda match: match[0].replace(match[1], names[match[1]]), drawn)
