"""Records and other places in history, of levels and of growth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.engine.facts.proposal import Proposal
from tidewaiter.engine.facts.weights import bits, least
from tidewaiter.statistics.lookback import better

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tidewaiter.engine.facts.past import Past
    from tidewaiter.model.period import Period

Run = list[tuple["Period", float]]


def places(past: Past) -> Iterator[Proposal]:
    """What the level and growth of the month are in their history."""
    yield from _level(past)
    yield from _growth(past)
    yield from _span(past)


def _level(past: Past) -> Iterator[Proposal]:
    run = past.levels
    if len(run) < _of(past, "short"):
        return
    place = _place(run)
    if len(run) < _of(past, "history"):
        if place == 1:
            yield _since_begin(past, run, "level")
        return
    if place <= 2:  # noqa: PLR2004 — a record and a second are news, a third is not
        kind = "record" if place == 1 else "second"
        often, count = _often(run, place)
        told = {"often": f"{often / count:.0%}"}
        yield Proposal(kind, past, "rank", "level:all_months", past.at, bits(often, count), len(run), told)
        return
    if not past.yearly:
        yield from _same_month(past)


def _same_month(past: Past) -> Iterator[Proposal]:
    run = past.spans(past.at)
    if len(run) > least("history_years") and _place(run) == 1:
        often, count = _often(run, 1)
        told = {"often": f"{often / count:.0%}", "count": len(run)}
        reach = len(run) * 12
        yield Proposal(
            "record_same_month", past, "rank", "level:same_month", past.at, bits(often, count), reach, told
        )


def _span(past: Past) -> Iterator[Proposal]:
    """The months since January, which are a record of their own."""
    if past.yearly or not past.at.to_date().is_year_to_date:
        return
    run = past.spans(past.at.to_date())
    if len(run) <= least("history_years") or _place(run) != 1:
        return
    often, count = _often(run, 1)
    told = {"often": f"{often / count:.0%}", "count": len(run)}
    span = past.at.to_date()
    yield Proposal(
        "record_span", past, "rank", "level:same_period", span, bits(often, count), len(run) * 12, told
    )


def _growth(past: Past) -> Iterator[Proposal]:
    run = past.growths
    if len(run) < _of(past, "best") + 1:
        return
    values = [value for _, value in run]
    long = len(run) >= _of(past, "history")
    for name, sign in (("best", 1.0), ("worst", -1.0)):
        back = _back([sign * value for value in values])
        if back is None:
            if sign > 0 and long and values[-1] > 0:
                yield Proposal(
                    "growth_record", past, "rank", "yoy:all_months", past.at, bits(0, len(run)), len(run)
                )
            continue
        # a high of falling or a low of rising growth is no news: how fast it falls or rises is
        if back >= _of(past, "best") and sign * values[-1] > 0:
            often = _as_far([sign * value for value in values], back)
            told = {"count": back}
            yield Proposal(name, past, f"{name}_in_n", "yoy", past.at, bits(often, len(run)), len(run), told)


def _since_begin(past: Past, run: Run, base: str) -> Proposal:
    often, count = _often(run, 1)
    return Proposal("since_begin", past, "best_in_n", base, past.at, bits(often, count), len(run))


def _of(past: Past, name: str) -> float:
    return least(f"{name}_{'years' if past.yearly else 'months'}")


def _place(run: Run) -> int:
    value = run[-1][1]
    return 1 + sum(better(other, value) for _, other in run[:-1])


def _often(run: Run, place: int) -> tuple[int, int]:
    """How often in the past it stood this high in its time, and out of how many.

    Examples:
        >>> _often([(None, x) for x in (1.0, 2.0, 1.0, 3.0)], 1)
        (1, 2)
    """
    tops: list[float] = []  # the best ``place`` values so far, highest first
    often = 0
    for at, (_, value) in enumerate(run[:-1]):
        often += at > 0 and (len(tops) < place or not better(tops[place - 1], value))
        tops = sorted([*tops, value], reverse=True)[:place]
    return often, max(len(run) - 2, 1)


def _back(values: list[float]) -> int | None:
    """How many periods back the last better one lies, None when there is none.

    Examples:
        >>> _back([5.0, 1.0, 2.0]), _back([1.0, 2.0])
        (2, None)
    """
    now = values[-1]
    for back, other in enumerate(reversed(values[:-1]), start=1):
        if better(other, now):
            return back
    return None


def _as_far(values: list[float], back: int) -> int:
    """How often before it was the best of so many."""
    return sum(
        not any(better(other, values[at]) for other in values[at - back + 1 : at])
        for at in range(back - 1, len(values) - 1)
    )
