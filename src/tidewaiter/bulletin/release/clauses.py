"""Clauses about one series in one month: its level's place in history, its moves, its streak.

Each answers with runs, or with nothing where the data do not give it. Conditions for records are those
the checker applies: a place among "all months" is only claimed over ten years of months or nine years.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.bulletin.dates import month_text
from tidewaiter.model.period import Period

if TYPE_CHECKING:
    from tidewaiter.bulletin.document import Run, Runs
    from tidewaiter.bulletin.release.desk import Desk
    from tidewaiter.model.figure import Figure
    from tidewaiter.model.key import Key

MONTHS_ENOUGH, YEARS_ENOUGH = 120, 9
_PLACES = 3  # 第3高 is the last place worth a word
_WORTH_MONTHS = 12  # 近n個月最高 is worth a word from a year on
_STREAK = 2
_INFERRED = 24  # months that growth rates may add to those printed


def place(desk: Desk, key: Key, of: str) -> Figure | None:
    """The certain place of a series in a universe with history enough, None otherwise."""
    if of.endswith("_month") and desk.pen.months_known(key) < YEARS_ENOUGH * 12 - _INFERRED:
        return None
    if of.endswith("_months") and desk.pen.months_known(key) < MONTHS_ENOUGH - _INFERRED:
        return None
    found = desk.pen.look(key, "rank", desk.month, of)
    if found is None or found.interval.width:
        return None
    count = int(dict(found.detail).get("count", "0"))
    return found if count >= (MONTHS_ENOUGH if of.endswith("all_months") else YEARS_ENOUGH) else None


def record(desk: Desk, key: Key) -> Runs:
    """創歷年單月新高, 為歷年單月次高, 創歷年同月新高, 112年8月以來最高 …, or nothing."""
    pen = desk.pen
    among_months = place(desk, key, "level:all_months")
    if among_months is not None and among_months.value <= _PLACES:
        return (_place_run(desk, among_months),)
    among_same = place(desk, key, "level:same_month")
    if among_same is not None and among_same.value == 1:
        return (pen.phrase("record.same_month", among_same),)
    return _since(desk, key)


def _place_run(desk: Desk, found: Figure) -> Run:
    at = int(found.value)
    if at == 1:
        return desk.pen.phrase("record.all_months", found)
    if at == 2:  # noqa: PLR2004
        return desk.pen.phrase("rank.second_high", found)
    return desk.pen.phrase("rank.nth_high", found, n=at)


def _since(desk: Desk, key: Key) -> Runs:
    """The highest since the data begin, or of the last n months: what a short series can tell."""
    found = desk.pen.look(key, "best_in_n", desk.month, "level:all_months")
    if found is None or found.interval.low < _WORTH_MONTHS:
        return ()
    detail = dict(found.detail)
    if not detail["better"]:
        since = month_text(Period.parse(detail["since"]), desk.lang, year=True)
        return desk.say("since", place=desk.pen.phrase("best.known", found, date=since))
    if found.interval.width:
        return ()
    return desk.say("since", place=desk.pen.phrase("best.months", found, n=int(found.value)))


def record_to_date(desk: Desk, key: Key) -> list[Runs]:
    """創歷年同期新高, and where it holds 提前刷新歷年全年規模 or 已超越113年全年."""
    pen = desk.pen
    found: list[Runs] = []
    same = place(desk, key, "level:same_period")
    if desk.is_year:
        words = desk.say.text("record.year")
        return [(pen.said(words, same),)] if same is not None and same.value == 1 else []
    if same is not None and same.value == 1:
        found.append((pen.phrase("record.same_period", same),))
    whole = place(desk, key, "level:full_years")
    above = desk.find(key, "exceeds", "full_year")
    if whole is not None and whole.value == 1:
        found.append((pen.phrase("record.full_years", whole),))
    elif above is not None and above.interval.low == 1:
        last = desk.month.whole_year().year_ago()
        year = "上年" if desk.lang == "zh" else str(last)
        found.append((pen.phrase("exceeds.year", above, year=year),))
    return found


def streak(desk: Desk, key: Key) -> Runs:
    """連續22個月正成長, or 由黑翻紅 where growth just turned."""
    turn = desk.pen.look(key, "turn", desk.month, "yoy")
    if turn is not None and turn.value == 1:
        now = desk.find(key, "yoy")
        return (desk.pen.phrase("turn.up" if now is None or now.value > 0 else "turn.down", turn),)
    found = desk.pen.look(key, "streak", desk.month, "yoy")
    if found is None or found.interval.width or found.value < _STREAK:
        return ()
    growth = desk.find(key, "yoy")
    entry = "streak.down" if growth is not None and growth.value < 0 else "streak.up"
    return (desk.pen.phrase(entry, found, n=int(found.value)),)


def moves(desk: Desk, key: Key) -> Runs:
    """Growth on last month and on the same month, with NT$ growth where the release gives it."""
    pen, say = desk.pen, desk.say
    mom, yoy = desk.find(key, "mom"), desk.find(key, "yoy")
    if mom is not None and yoy is not None:
        values = {"mom": mom.value, "yoy": yoy.value}
        told = say("moves", values, mom=pen.percent(mom), yoy=pen.percent(yoy))
    elif yoy is not None:
        told = say("move.yoy", {"value": yoy.value}, value=pen.percent(yoy))
    elif mom is not None:
        told = say("move.mom", {"value": mom.value}, value=pen.percent(mom))
    else:
        return ()
    local = desk.find(key.but(measure="twd"), "yoy")
    if local is None:
        return told
    return say("move.twd", {"value": local.value}, move=told, value=pen.percent(local))


def growth_to_date(desk: Desk, key: Key) -> Runs:
    """較上年同期增加29.2%."""
    found = desk.find(key, "ytd_yoy")
    if found is None:
        return ()
    return desk.say("move.ytd", desk.values(found), value=desk.pen.percent(found))


def change(desk: Desk, key: Key, *, to_date: bool = False) -> Runs:
    """較上年同月增加103.7億美元（+79.9%）, or over the cumulative span."""
    names = ("ytd_change", "ytd_yoy") if to_date else ("yoy_change", "yoy")
    amount, rate = (desk.find(key, name) for name in names)
    if amount is None or rate is None:
        return ()
    return desk.say(
        "change.ytd" if to_date else "change.month",
        desk.values(amount),
        change=desk.pen.amount(amount, size=True),
        rate=desk.pen.percent(rate, signed=True),
    )


def change_item(desk: Desk, name: str, key: Key, *, to_date: bool = False) -> Runs:
    """資通與視聽產品增加610.5億美元（+69.0%）, for lists inside a sentence."""
    names = ("ytd_change", "ytd_yoy") if to_date else ("yoy_change", "yoy")
    amount, rate = (desk.find(key, statistic) for statistic in names)
    if amount is None or rate is None:
        return ()
    return desk.say(
        "change.item",
        {"value": amount.value},
        name=name,
        change=desk.pen.amount(amount, size=True),
        rate=desk.pen.percent(rate, signed=True),
    )


def by_change(desk: Desk, keys: list[Key], *, to_date: bool = False) -> list[Key]:
    """Series with a known change, the largest rise first, the largest fall last."""
    statistic = "ytd_change" if to_date else "yoy_change"
    known = [(found.value, key) for key in keys if (found := desk.find(key, statistic)) is not None]
    return [key for _, key in sorted(known, key=lambda pair: -pair[0])]


def by_size(desk: Desk, keys: list[Key]) -> list[Key]:
    """Series by the size of their change, whichever way: the order of the release's groups."""
    known = [(abs(found.value), key) for key in keys if (found := desk.find(key, "yoy_change")) is not None]
    return [key for _, key in sorted(known, key=lambda pair: -pair[0])]
