"""Sentences that read alone: each names its month, its flow and its product or market.

A sentence has a head with the amount and clauses in the order in which a short form would drop them last
to first: its place in history, its growth, its streak.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.bulletin.document import Said
from tidewaiter.bulletin.release import clauses
from tidewaiter.bulletin.release.desk import BALANCE, EXPORTS, IMPORTS
from tidewaiter.bulletin.release.spec import SCHEMES

if TYPE_CHECKING:
    from tidewaiter.bulletin.document import Runs
    from tidewaiter.bulletin.release.parts import Scheme
    from tidewaiter.bulletin.short.slip import Slip
    from tidewaiter.model.figure import Figure
    from tidewaiter.model.key import Key

_TOLD = ("groups", "markets", "sources")


def of_month(slip: Slip, key: Key, *, dated: bool = True) -> Runs:
    """Exports, imports or the balance of the month."""
    level = slip.desk.find(key, "level")
    if level is None:
        return ()
    month = slip.month if dated else slip.desk.month_name
    head = slip.say(key.flow, {"value": level.value}, month=month, level=_amount(slip, level))
    if key == BALANCE:
        return slip.say.clauses([head, place(slip, key) if level.value > 0 else ()])
    told = [
        head,
        place(slip, key),
        clauses.moves(slip.desk, key),
        clauses.streak(slip.desk, key),
    ]
    return slip.say.clauses(told)


def to_date(slip: Slip, key: Key) -> Runs:
    """Exports, imports or the balance of the year so far; nothing in January."""
    level = slip.desk.find(key, "ytd_level")
    if level is None or not slip.desk.cumulates:
        return ()
    values = slip.desk.values(level)
    head = slip.say(f"ytd.{key.flow}", values, span=slip.desk.span_name, level=_amount(slip, level))
    if key == BALANCE:
        return slip.say.clauses([head])
    told = [head, *clauses.record_to_date(slip.desk, key), clauses.growth_to_date(slip.desk, key)]
    return slip.say.clauses(told)


def brief(slip: Slip, key: Key) -> Runs:
    """A sentence for a post: the amount, its place in history, growth; of exports the streak too."""
    level, yoy = slip.desk.find(key, "level"), slip.desk.find(key, "yoy")
    if level is None:
        return ()
    leads = key == EXPORTS
    month = slip.month if leads else slip.desk.month_name
    told = [slip.say(key.flow, {"value": level.value}, month=month, level=_amount(slip, level))]
    if level.value > 0:
        told.append(place(slip, key))
    if key != BALANCE and yoy is not None:
        told.append(slip.say("yoy", {"value": yoy.value}, value=slip.desk.pen.percent(yoy)))
    if leads:
        told.append(clauses.streak(slip.desk, key))
    return slip.say.clauses(told)


def place(slip: Slip, key: Key) -> Runs:
    """The place in history, where the data reach back far enough to speak of one.

    "The highest since the data begin" needs the note on when they begin, and a short form has no notes.
    """
    told = clauses.record(slip.desk, key)
    found = slip.desk.pen.look(key, "best_in_n", slip.desk.month, "level:all_months")
    bounded = found is not None and not dict(found.detail).get("better")
    looks_back = any(isinstance(run, Said) and "/best_in_n" in run.figures[0] for run in told)
    return () if bounded and looks_back else told


def totals(slip: Slip) -> list[Runs]:
    """The month, then the year so far."""
    keys = (EXPORTS, IMPORTS, BALANCE)
    month = [of_month(slip, key, dated=key == EXPORTS) for key in keys]
    return [told for told in (*month, *(to_date(slip, key) for key in keys)) if told]


def parts(slip: Slip, most: int = 99) -> dict[str, list[Runs]]:
    """By scheme (groups, markets, sources) the ``most`` parts that moved most."""
    return {scheme.name: _of_scheme(slip, scheme)[:most] for scheme in SCHEMES if scheme.name in _TOLD}


def _of_scheme(slip: Slip, scheme: Scheme) -> list[Runs]:
    order = clauses.by_size(slip.desk, list(scheme.keys))
    return [told for key in order if (told := _part(slip, scheme, key))]


def _part(slip: Slip, scheme: Scheme, key: Key) -> Runs:
    desk, level = slip.desk, slip.desk.find(key, "level")
    if level is None:
        return ()
    head = slip.say(
        f"part.{scheme.name}",
        month=desk.month_name,
        name=scheme.label(desk, key),
        level=desk.pen.amount(level),
    )
    told = [place(slip, key), clauses.change(desk, key), clauses.streak(desk, key)]
    return slip.say.clauses([head, *told])


def _amount(slip: Slip, level: Figure) -> Runs:
    """The words tell whether a balance is a surplus."""
    return (slip.desk.pen.amount(level, size=True),)
