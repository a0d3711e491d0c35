"""Every statistic of every series, slowly and obviously: dictionaries, loops, the words of the definitions.

Nothing here comes from the engine but the names of its columns.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from math import isclose, isnan, nan

LEVELS = (2, 4, 6, 8)


def paths(code):
    """The codes above and including one: HS84, HS8471 …"""
    if not code.startswith("HS"):
        return [code]
    digits = code[2:]
    return [f"HS{digits[:n]}" for n in LEVELS if n < len(digits)] + [code]


class Slow:
    """The records of one flow: (commodity, partner, period number) → Fraction or None (withheld)."""

    def __init__(self, rows, months, covered, *, areas=None, groups=None, yearly=12, january=0):
        self.rows, self.months, self.covered = rows, months, covered
        self.areas, self.groups = areas or {}, groups or {}
        self.yearly, self.january = yearly, january
        self.series, self.children, self.above = {}, {}, {}
        self._build()

    def _build(self):
        for (commodity, partner, time), value in self.rows.items():
            goods = [*paths(commodity), *(g for g, holds in self.groups.items() if holds(commodity)), "total"]
            places = [partner, *(a for a, members in self.areas.items() if partner in members), "W00"]
            for good in goods:
                for place in dict.fromkeys(places):
                    cells = self.series.setdefault((good, place), {})
                    old = cells.get(time, Fraction(0))
                    cells[time] = None if old is None or value is None else old + value
            chain = ["total", *paths(commodity)]
            for parent, child in pairwise(chain):
                self.above[child] = parent
                self.children.setdefault(parent, set()).add(child)
        for group in self.groups:
            self.above[group] = "total"

    # -- levels ---------------------------------------------------------------------------------------------

    def exact(self, key, time):
        if not 0 <= time < self.months or time not in self.covered or key not in self.series:
            return None
        return self.series[key].get(time, Fraction(0))

    def level(self, key, time):
        value = self.exact(key, time)
        return nan if value is None else float(value)

    def total(self, key, times):
        values = [self.exact(key, t) for t in times]
        return nan if not values or any(v is None for v in values) else float(sum(values))

    def place(self, time):
        return (self.january + time) % self.yearly

    def ytd(self, key, time):
        return self.total(key, range(time - self.place(time), time + 1))

    def twelve(self, key, time):
        return self.total(key, range(time - self.yearly + 1, time + 1))

    # -- the columns ----------------------------------------------------------------------------------------

    def tell(self, name, key, time):
        statistic, _, of = name.partition(":")
        value = getattr(self, f"_{statistic}")(key, time, of)
        return nan if value is None else value

    def _level(self, key, time, _):
        return self.level(key, time)

    def _mom(self, key, time, _):
        return grown(self.level(key, time), self.level(key, time - 1)) if self.yearly > 1 else nan

    def _yoy(self, key, time, _):
        return grown(self.level(key, time), self.level(key, time - self.yearly))

    def _ytd_level(self, key, time, _):
        return self.ytd(key, time)

    def _ytd_yoy(self, key, time, _):
        return grown(self.ytd(key, time), self.ytd(key, time - self.yearly))

    def _sum12(self, key, time, _):
        return self.twelve(key, time)

    def _sum12_yoy(self, key, time, _):
        return grown(self.twelve(key, time), self.twelve(key, time - self.yearly))

    def _ma3(self, key, time, _):
        if self.yearly == 1:
            return nan
        return (self.level(key, time - 2) + self.level(key, time - 1) + self.level(key, time)) / 3

    def _two_year_growth(self, key, time, _):
        return grown(self.level(key, time), self.level(key, time - 2 * self.yearly))

    def _five_year_range(self, key, time, _):
        now = self.level(key, time)
        before = [self.level(key, time - n * self.yearly) for n in range(1, 6)]
        if any(isnan(v) for v in [now, *before]):
            return nan
        if now > max(before):
            return grown(now, max(before))
        return grown(now, min(before)) if now < min(before) else 0.0

    def whole(self, key, of):
        good, place = key
        if of == "total":
            return ("total", "W00")
        if good == "total":
            return None if place == "W00" else ("total", "W00")
        return (self.above[good], place)

    def _share(self, key, time, of):
        whole = self.whole(key, of)
        if whole is None:
            return nan
        part, all_ = self.level(key, time), self.level(whole, time)
        return nan if isnan(part) or isnan(all_) or all_ == 0 else part / all_ * 100

    def _pp_change(self, key, time, of):
        of = of.partition(":")[2]
        return self._share(key, time, of) - self._share(key, time - self.yearly, of)

    def _contribution(self, key, time, _):
        now, base = self.level(key, time), self.level(key, time - self.yearly)
        whole = self.level(("total", "W00"), time - self.yearly)
        return nan if isnan(whole) or whole == 0 else (now - base) / whole * 100

    def _streak(self, key, time, _):
        sign = sign_of(self._yoy(key, time, ""))
        if not sign:
            return nan
        length = 0
        while sign_of(self._yoy(key, time - length, "")) == sign:
            length += 1
        return float(sign * length)

    def _record(self, key, time, of):
        universe = of.partition(":")[2]
        value = self.ytd if universe == "same_period" else self.level
        step = 1 if universe == "all_months" else self.yearly
        now, before = value(key, time), []
        for back in range(time - step, -1, -step):
            if isnan(value(key, back)):
                break
            before.append(value(key, back))
        if isnan(now) or not before:
            return nan
        return float(min(3, 1 + sum(v > now for v in before)))

    def _best_in_n(self, key, time, _, sign=1):
        now, away = self.level(key, time), 0
        if isnan(now):
            return nan
        for back in range(time - 1, -1, -1):
            other = self.level(key, back)
            if isnan(other):
                break
            away += 1
            if sign * other > sign * now:
                return float(away)
        return float(away + 1) if away else nan

    def _worst_in_n(self, key, time, _):
        return self._best_in_n(key, time, "", -1)

    def _average_annual_growth(self, key, time, _):
        if self.place(time) != self.yearly - 1:
            return nan
        first, last = self.ytd(key, time - 5 * self.yearly), self.ytd(key, time)
        if isnan(first) or isnan(last) or first <= 0 or last < 0:
            return nan
        return ((last / first) ** (1 / 5) - 1) * 100

    # -- siblings -------------------------------------------------------------------------------------------

    def siblings(self, key, of):
        good, place = key
        if of.endswith("partners"):
            partners = {p for g, p in self.series if g == good} - {"W00"} - set(self.areas)
            return [(good, p) for p in partners] if place in partners else []
        if good == "total" or good in self.groups:
            return []
        return [(g, place) for g in self.children[self.above[good]] if (g, place) in self.series]

    def _rank(self, key, time, of):
        now = self.level(key, time)
        others = [self.level(other, time) for other in self.siblings(key, of) if other != key]
        others = [v for v in others if not isnan(v)]
        return nan if isnan(now) or not others else float(1 + sum(v > now for v in others))

    def _rank_change(self, key, time, of):
        return self._rank(key, time - self.yearly, of) - self._rank(key, time, of)

    def _breadth(self, key, time, of):
        good, place = key
        if of == "partners":
            if place != "W00":
                return nan
            parts = {(g, p) for g, p in self.series if g == good} - {(good, "W00")}
            parts = [k for k in parts if k[1] not in self.areas]
        else:
            parts = [(g, place) for g in self.children.get(good, ()) if (g, place) in self.series]
        growths = [g for g in (self._yoy(k, time, "") for k in parts) if not isnan(g)]
        return nan if not growths else sum(g > 0 for g in growths) / len(growths) * 100


def grown(now, base):
    if isnan(now) or isnan(base) or base == 0 or now * base < 0:
        return nan
    return (now / base - 1) * 100


def sign_of(value):
    return 0 if isnan(value) or value == 0 else (1 if value > 0 else -1)


def same(one, other):
    if isnan(one) or isnan(other):
        return isnan(one) and isnan(other)
    return isclose(one, other, rel_tol=1e-12, abs_tol=1e-12)
