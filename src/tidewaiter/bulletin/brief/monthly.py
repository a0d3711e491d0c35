"""Point 5 and the figure: exports by month, from a vintage of its own, the latest month marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.bulletin.dates import month_name
from tidewaiter.bulletin.document import Chart, Point, Series
from tidewaiter.bulletin.release.desk import sentence_case
from tidewaiter.model.period import Period

if TYPE_CHECKING:
    from tidewaiter.bulletin.brief.desk import Desk
    from tidewaiter.bulletin.document import Runs
    from tidewaiter.model.figure import Figure

_MOST = 36


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
    return desk.say("month.move", {"value": found.value}, month=desk.when(month), mom=desk.pen.percent(found))


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
    slots = {"span": desk.when(period), "year": desk.when(period)}
    said = {"level": desk.pen.amount(level), "yoy": desk.pen.percent(yoy)}
    return desk.say(name, {"value": yoy.value}, **slots, **said)


def monthly_chart(desk: Desk, number: int) -> Chart | None:
    """Columns by month; the latest strong, and marked where it is preliminary."""
    found = levels(desk)[-_MOST:]
    if not found:
        return None
    pen, say, last = desk.pen, desk.say, found[-1]
    unit, decimals = ("1e8 USD", 1) if desk.lang == "zh" else ("1e9 USD", 2)
    points = tuple(
        pen.point(
            each,
            str(each.id.period),
            _label(desk, each.id.period, at, len(found)),
            decimals=decimals,
            unit=unit,
            mark=say.text("mark.preliminary") if each.preliminary else "",
            strong=each is last,
        )
        for at, each in enumerate(found)
    )
    names = {"reporter": desk.area(desk.reporter), "goods": desk.goods, "Goods": sentence_case(desk.goods)}
    title = say.text("fig.months", **names)
    ends = [f"{desk.when(each.id.period)} {point.text}" for each, point in zip(found, points, strict=True)]
    joint = say.text("comma")
    alt = f"{title}{say.text('colon')}{'' if desk.lang == 'zh' else ' '}{ends[0]}{joint}{ends[-1]}"
    return Chart(
        number, title, alt, "months", (Series(say.text("name.exports"), say.text("unit.level"), points),)
    )


def _label(desk: Desk, month: Period, at: int, count: int) -> str:
    """Every third month where there are many, the year under January."""
    if count > 13 and month.end_month % 6 != 1:  # noqa: PLR2004
        return ""
    zh = desk.lang == "zh"
    name = f"{month.end_month}月" if zh else month_name(month.end_month)[:3]
    year = f"{month.end_year}{'年' if zh else ''}" if at == 0 or month.end_month == 1 else ""
    return f"{name}\n{year}" if year else name
