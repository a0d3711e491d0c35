"""Turn (由黑翻紅, 由負轉正): the sign of growth changed against the period before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.model.interval import Interval
from tidewaiter.model.unit import Unit
from tidewaiter.statistics.statistic import Result, Statistic

if TYPE_CHECKING:
    from tidewaiter.model.key import Key
    from tidewaiter.model.period import Period
    from tidewaiter.statistics.statistic import Ask


def look(ask: Ask, key: Key, period: Period, of: str) -> Result:
    """1 when growth turned (up with ``yoy+``, down with ``yoy-``, either with ``yoy``), else 0.

    A growth printed 0 has no certain sign: the answer is then an interval from 0 to 1.
    """
    base = of.rstrip("+-")
    now, before = ask.figure(key, base, period), ask.figure(key, base, period.previous())
    up = _crosses(before.interval, now.interval)
    down = _crosses(-before.interval, -now.interval)
    chosen = {"+": (up,), "-": (down,)}.get(of[-1], (up, down))
    held = Interval(*(float(any(known)) for known in zip(*chosen, strict=True)))
    note = f"{before.id.period}: {before.value:.4g}, {now.id.period}: {now.value:.4g}"
    detail = (("before", f"{before.value:.4g}"), ("now", f"{now.value:.4g}"))
    return Result(held, (now, before), note, detail)


def _crosses(before: Interval, now: Interval) -> tuple[bool, bool]:
    """Whether the sign certainly, and possibly, went from none or minus to plus."""
    return before.high <= 0 < now.low, before.low <= 0 < now.high


STATISTIC = Statistic(
    name="turn", unit=Unit("sign"), zh="由黑翻紅", en="turn in the sign of growth",
    formula="1 when sign(gₜ) ≠ sign(gₜ₋₁)", source="財政部 海關進出口貿易初步統計, 由負轉正",
    look=look, of="yoy",
    parameters=("yoy", "yoy+", "yoy-"),
)  # fmt: skip
