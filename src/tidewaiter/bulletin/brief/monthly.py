"""Point 5 and the figure: exports by month, from a vintage of its own, the latest month marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.bulletin.dates import month_name
from tidewaiter.bulletin.document import Chart, ChartPoint, Point, Series
from tidewaiter.bulletin.release.desk import sentence_case
from tidewaiter.model.period import Period

if TYPE_CHECKING:
    from tidewaiter.bulletin.brief.desk import Desk
    from tidewaiter.bulletin.document import Runs
    from tidewaiter.model.figure import Figure

_MOST = 13


def levels(desk: Desk) -> list[Figure]:
    """Monthly exports, oldest first."""
    if desk.monthly is None:
        return []
    edition = desk.monthly.editions[0]
    months = sorted(period for period in edition.levels.get(desk.exports) or () if period.is_month)
    return [desk.monthly.figure(desk.exports, "level", month) for month in months]


def monthly_point(desk: Desk) -> Point | None:
    """The latest month in the lead; its place and move; the year to date; the last full year."""
    found = levels(desk)
    if desk.monthly is None or not found:
        return None
    pen, say, now = desk.pen, desk.say, found[-1]
    month = now.id.period
    yoy = desk.monthly.find(desk.exports, "yoy", month)
    slots = {"month": desk.when(month), "goods": desk.goods}
    amount, mark = pen.amount(now), say("month.mark") if now.preliminary else ()
    if yoy is None:
        lead = say("month.lead.level", level=amount, mark=mark, **slots)
    else:
        rate = pen.percent(yoy)
        lead = say("month.lead", {"value": yoy.value}, level=amount, mark=mark, yoy=rate, **slots)
    told = [say.clauses([_move(desk, month), *_place(desk, month)])]
    told.append(say.clauses([_total(desk, "month.span", month.to_date())]))
    told.append(say.clauses([_total(desk, "month.year", month.whole_year().year_ago())]))
    return Point(say.sentences(told), lead)


def _move(desk: Desk, month: Period) -> Runs:
    found = desk.monthly.find(desk.exports, "mom", month) if desk.monthly else None
    if found is None:
        return ()
    slots = {"month": desk.when(month), "goods": desk.goods}
    return desk.say("month.move", {"value": found.value}, mom=desk.pen.percent(found), **slots)


def _place(desk: Desk, month: Period) -> list[Runs]:
    """The highest since the data begin, or nothing."""
    found = desk.monthly.find(desk.exports, "best_in_n", month, "level:all_months") if desk.monthly else None
    detail = dict(found.detail) if found else {}
    if found is None or detail["better"]:
        return []
    since = desk.when(Period.parse(detail["since"]))
    words = desk.pen.phrase("best.known", found, date=since)
    return [desk.say("month.place", place=words) if desk.lang == "zh" else (words,)]


def _total(desk: Desk, name: str, period: Period) -> Runs:
    """A sum of months with its growth; a single month (January) was told already."""
    if desk.monthly is None or period.is_month:
        return ()
    level, yoy = (desk.monthly.find(desk.exports, each, period) for each in ("level", "yoy"))
    if level is None or yoy is None:
        return ()
    slots = {"span": desk.when(period), "year": desk.when(period), "goods": desk.goods}
    said = {"level": desk.pen.amount(level), "yoy": desk.pen.percent(yoy)}
    return desk.say(name, {"value": yoy.value}, **slots, **said)


def monthly_chart(desk: Desk, number: int) -> Chart | None:
    """Columns by month with growth below; the latest strong, and marked where it is preliminary."""
    found = levels(desk)[-_MOST:]
    if desk.monthly is None or not found:
        return None
    unit, decimals = ("1e8 USD", 1) if desk.lang == "zh" else ("1e9 USD", 2)
    columns = _points(desk, found, unit=unit, decimals=decimals, marked=True)
    rates = [desk.monthly.find(desk.exports, "yoy", each.id.period) for each in found]
    known = [rate for rate in rates if rate is not None]
    say = desk.say
    series = [Series(say.text("name.exports"), say.text("unit.level"), columns)]
    if len(known) == len(found):
        series.append(Series(say.text("name.yoy"), "%", _points(desk, known), "line"))
    names = {"reporter": desk.area(desk.reporter), "goods": desk.goods, "Goods": sentence_case(desk.goods)}
    title = say.text("fig.months", **names)
    ends = [f"{desk.when(found[at].id.period)} {columns[at].text}" for at in (0, -1)]
    return Chart(
        number, title, f"{title}{say.text('colon')} {say.text('comma').join(ends)}", "months", tuple(series)
    )


def _points(
    desk: Desk, figures: list[Figure], *, unit: str = "", decimals: int = 1, marked: bool = False
) -> tuple[ChartPoint, ...]:
    return tuple(
        desk.pen.point(
            each,
            str(each.id.period),
            _label(desk, each.id.period, first=each is figures[0]),
            decimals=decimals,
            unit=unit,
            mark=desk.say.text("mark.preliminary") if marked and each.preliminary else "",
            strong=each is figures[-1],
        )
        for each in figures
    )


def _label(desk: Desk, month: Period, *, first: bool) -> str:
    """The month, with the year under January and under the first."""
    zh = desk.lang == "zh"
    name = f"{month.end_month}月" if zh else month_name(month.end_month)[0]
    year = f"{month.end_year}{'年' if zh else ''}" if first or month.end_month == 1 else ""
    return f"{name}\n{year}" if year else name
