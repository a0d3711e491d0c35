"""Streaks, turns that end them, growth that is seldom so fast, growth on a low base."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.engine.facts.proposal import Proposal
from tidewaiter.engine.facts.weights import bits, least

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tidewaiter.engine.facts.past import Past

_SIGNED = {"balance"}  # whose growth means little: red and black are its own signs there
_STEP = 10.0  # growth above 30 %, 40 % …


def runs(past: Past) -> Iterator[Proposal]:
    """What the growth of the months up to this one says together."""
    if past.growths and past.key.flow not in _SIGNED:
        yield from _streak(past)
        yield from _turn(past)
        yield from _rare(past)
        yield from _base(past)


def _of(past: Past, name: str) -> float:
    return least(f"{name}_{'years' if past.yearly else 'months'}")


def _lengths(past: Past) -> list[int]:
    """Of each month, how long the run it is in is in the end; negative for falls."""
    runs, found, end = past.runs, [], 0.0
    for at in range(len(runs) - 1, -1, -1):
        if at == len(runs) - 1 or (runs[at] > 0) != (runs[at + 1] > 0) or runs[at] == 0:
            end = runs[at]
        found.append(int(end))
    return found[::-1]


def _streak(past: Past) -> Iterator[Proposal]:
    now = past.runs[-1]
    if abs(now) < _of(past, "streak"):
        return
    lengths = _lengths(past)[: -int(abs(now))]
    often = sum(length >= now if now > 0 else length <= now for length in lengths)
    count = len(past.runs)
    told = {"n": int(abs(now)), "often": f"{often / count:.0%}"}
    sign = "+" if now > 0 else "-"
    yield Proposal("streak", past, "streak", f"yoy{sign}", past.at, bits(often, count), count, told)


def _turn(past: Past) -> Iterator[Proposal]:
    if len(past.runs) < 2:  # noqa: PLR2004 — a month and the one before
        return
    now, before = past.runs[-1], past.runs[-2]
    length = abs(before)
    if now * before >= 0 or length < _of(past, "turn") or length == len(past.runs) - 1:
        return  # a run that reaches the start of the data may be longer than known
    ended = [
        abs(a)
        for a, b in zip(past.runs[:-2], past.runs[1:-1], strict=True)
        if a * b < 0 and (b > 0) == (now > 0)
    ]
    often = sum(other >= length for other in ended)
    told = {"n": int(length), "times": often + 1}
    slots = {"n": str(int(length)), "way": "up" if now > 0 else "down"}
    count = len(past.runs)
    sign = "+" if now > 0 else "-"
    yield Proposal("turn", past, "turn", f"yoy{sign}", past.at, bits(often, count), count, told, slots)


def _rare(past: Past) -> Iterator[Proposal]:
    """Growth above a round number, as seldom before."""
    growth = past.growths[-1][1]
    level = growth // _STEP * _STEP
    if level < _STEP or len(past.growths) < _of(past, "history"):
        return
    before = [value for _, value in past.growths[:-1]]
    often = sum(value > level for value in before)
    if not 1 <= often < least("rare_times") or growth <= level:
        return
    told = {"times": often + 1}
    since = str(past.growths[0][0].start_year)
    slots = {"n": str(often + 1), "level": f"{level:.0f}", "since": since}
    count = len(past.growths)
    yield Proposal("rare", past, "yoy", "", past.at, bits(often, count), count, told, slots)


def _base(past: Past) -> Iterator[Proposal]:
    """Growth that only makes up for a fall a year ago."""
    growth, before = past.growths[-1][1], past.growth(past.at.year_ago())
    if before is None or growth < least("base_growth") or before > least("base_fall"):
        return
    same = [value for at, value in past.spans(past.at)[:-1]][-5:]
    if len(same) < 3 or past.numbers[past.at] > max(same):  # noqa: PLR2004 — few years tell no range
        return
    pairs = [(value, past.growth(at.year_ago())) for at, value in past.growths[:-1]]
    often = sum(now >= growth and ago is not None and ago <= before for now, ago in pairs)
    yield Proposal("base", past, "yoy", "", past.at, bits(often, len(pairs)), len(pairs))
