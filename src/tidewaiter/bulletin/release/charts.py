"""The release's figures: thirteen months, ten years of the same span, contributions, markets, peers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.bulletin.dates import span_text
from tidewaiter.bulletin.document import Chart, ChartPoint, Series, plain
from tidewaiter.bulletin.release.desk import EXPORTS, REPORTER, Desk, sentence_case
from tidewaiter.bulletin.release.peers import growths
from tidewaiter.bulletin.release.spec import SCHEMES
from tidewaiter.model.roc import OFFSET

if TYPE_CHECKING:
    from tidewaiter.bulletin.release.parts import Scheme
    from tidewaiter.model.figure import Figure
    from tidewaiter.model.period import Period

_MONTHS, _YEARS, _ENOUGH = 13, 10, 5


def unit_of(desk: Desk) -> tuple[str, int]:
    """億美元 with 1 decimal, US$ billion with 2."""
    return ("1e8 USD", 1) if desk.lang == "zh" else ("1e9 USD", 2)


def months_chart(desk: Desk, number: int) -> Chart | None:
    """Exports of thirteen months with growth below."""
    months = [desk.month.shift(-back) for back in reversed(range(_MONTHS))]
    unit, decimals = unit_of(desk)
    levels, rates = [], []
    for at, month in enumerate(months):
        level, rate = desk.pen.find(EXPORTS, "level", month), desk.pen.find(EXPORTS, "yoy", month)
        label, strong = _month_label(desk, month, first=at == 0), month == desk.month
        if level is None:
            continue
        levels.append(desk.pen.point(level, str(month), label, decimals=decimals, unit=unit, strong=strong))
        if rate is not None:
            rates.append(desk.pen.point(rate, str(month), label, strong=strong))
    if len(levels) < _ENOUGH:
        return None
    say = desk.say
    series = [Series(say.text("name.exports"), say.text("unit.level"), tuple(levels))]
    if len(rates) == len(levels):
        series.append(Series(say.text("name.yoy"), "%", tuple(rates), "line"))
    title = say.text("fig.months")
    return Chart(number, title, _alt(desk, title, levels), "months", tuple(series))


def _month_label(desk: Desk, month: Period, *, first: bool) -> str:
    year = (
        f"\n{month.end_year - OFFSET if desk.lang == 'zh' else month.end_year}"
        if first or month.end_month == 1
        else ""
    )
    if desk.lang == "zh":
        return f"{month.end_month}月{f'{year}年' if year else ''}"
    return f"{'JFMAMJJASOND'[month.end_month - 1]}{year}"


def years_chart(desk: Desk, number: int) -> Chart | None:
    """The same span of ten years with the three highest marked; needs a longer series than the release."""
    span = desk.month.to_date()
    unit, _decimals = unit_of(desk)
    found = [
        figure
        for back in reversed(range(_YEARS))
        if (figure := desk.pen.history.find(EXPORTS, "level", span.year_ago(back))) is not None
    ]
    if len(found) < _YEARS:
        return None
    order = sorted(found, key=lambda figure: -figure.value)
    points = tuple(
        desk.pen.point(
            figure, str(figure.id.period), _year_label(desk, figure), decimals=0 if desk.lang == "zh" else 1,
            unit=unit, mark=_rank(desk, order.index(figure) + 1), strong=figure.id.period == span,
        )
        for figure in found
    )  # fmt: skip
    title = desk.say.text("fig.years", n=str(_YEARS), span=span_text(span, desk.lang))
    name = desk.say.text("name.exports")
    return Chart(
        number, title, _alt(desk, title, list(points)), "years",
        (Series(name, desk.say.text("unit.level"), points),),
    )  # fmt: skip


def _year_label(desk: Desk, figure: Figure) -> str:
    year = figure.id.period.end_year
    return f"{year - OFFSET}年" if desk.lang == "zh" else str(year)


def _rank(desk: Desk, at: int) -> str:
    if at > 3:  # noqa: PLR2004
        return ""
    return f"第{at}高" if desk.lang == "zh" else ("1st", "2nd", "3rd")[at - 1]


def contributions_chart(desk: Desk, number: int) -> Chart | None:
    """Each group's points of the growth of exports."""
    scheme = SCHEMES[0]
    found = [(key, each) for key in scheme.keys if (each := desk.find(key, "contribution", "commodity"))]
    points = [
        desk.pen.point(
            each, key.commodity, sentence_case(scheme.label(desk, key)), signed=True, strong=each.value > 0
        )
        for key, each in sorted(found, key=lambda pair: -pair[1].value)
    ]
    title = desk.say.text("fig.contribution", month=desk.month_name)
    return _bars(
        desk, number, title=title, name="name.contribution", unit=desk.say.text("unit.points"), points=points
    )


def markets_chart(desk: Desk, number: int) -> Chart | None:
    """Growth of exports by market."""
    scheme: Scheme = SCHEMES[2]
    order = [(key, each) for key in scheme.keys if (each := desk.find(key, "yoy"))]
    points = [
        desk.pen.point(
            each, key.partner, sentence_case(scheme.label(desk, key)), signed=True, strong=each.value > 0
        )
        for key, each in sorted(order, key=lambda pair: -pair[1].value)
    ]
    title = desk.say.text("fig.markets", month=desk.month_name)
    return _bars(desk, number, title=title, name="name.yoy", unit="%", points=points)


def peers_chart(desk: Desk, number: int) -> Chart | None:
    """Growth of cumulative exports, our own in the strong colour."""
    points = []
    for figure in growths(desk, "exports"):
        code, span = figure.id.key.reporter, span_text(figure.id.period, desk.lang)
        name = sentence_case(desk.area(code))
        label = f"{name}（{span}）" if desk.lang == "zh" else name
        points.append(desk.pen.point(figure, code, label, signed=True, strong=code == REPORTER))
    title = desk.say.text("fig.peers")
    return _bars(desk, number, title=title, name="name.yoy", unit="%", points=points)


def _bars(
    desk: Desk, number: int, *, title: str, name: str, unit: str, points: list[ChartPoint]
) -> Chart | None:
    if len(points) < _ENOUGH:
        return None
    series = Series(desk.say.text(name), unit, tuple(points))
    return Chart(number, title, _alt(desk, title, points), "bars", (series,))


def _alt(desk: Desk, title: str, points: list[ChartPoint]) -> str:
    """Title, then the values: the latest of months, the ends of an order."""
    drawn = [point for point in points if point.value is not None]
    shown = drawn if len(drawn) <= 11 else [drawn[0], drawn[-1]]  # noqa: PLR2004
    listed = [(f"{point.label} {point.text}".replace("\n", " "),) for point in shown]
    return f"{title}{desk.say.text('colon')} {plain(desk.say.listed(list(listed)))}"
