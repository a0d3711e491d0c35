"""``bench engine --vintages``: 24 monthly vintages, one read of the newest against one of a plain snapshot.

The first vintage ends 24 months before the last; each later one brings a month and restates records of any
month: so many that the 24 together restate 5 % of all records. Of the restated a tenth are deletions.
"""

from __future__ import annotations

import tempfile
import time
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import numpy as np

from tidewaiter.bench.engine.data import FIRST, FLOWS, SPAN, Drawn, Invented
from tidewaiter.bench.engine.files import REPORTER, UNIT
from tidewaiter.bench.engine.run import machine
from tidewaiter.store.history import History
from tidewaiter.store.records import Header, Records, RecordsWriter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tidewaiter.bench.engine.run import Plan
    from tidewaiter.store.history import Snapshot

VINTAGES, RESTATED, DELETED = 24, 0.05, 0.1
_FIRST_DAY = date(2024, 1, 9)
Row = dict[str, Any]


def vintage_rows(plan: Plan, tell: Callable[[str], object] = str) -> Iterator[Row]:
    """One row a size: seconds and bytes of a snapshot and of the newest vintage of a history."""
    yield machine(plan.cores or 2)
    for size in plan.sizes:
        with ExitStack() as kept:
            folder = Path(kept.enter_context(tempfile.TemporaryDirectory(dir=plan.folder)))
            yield _measured(Invented(size, plan.seed), folder, plan.repeat, tell)


def _measured(made: Invented, folder: Path, repeat: int, tell: Callable[[str], object]) -> Row:
    history, spent = History(folder / "history"), []
    for number in range(VINTAGES + 1):
        tell(f"vintage {number} of {VINTAGES}")
        records = write_vintage(made, number, folder / "snapshot.parquet")
        began = time.perf_counter()
        history.append(records, _FIRST_DAY + timedelta(days=30 * number))
        spent.append(time.perf_counter() - began)
    tell("reading")
    snapshot = Records(folder / "snapshot.parquet")
    _equal(history.as_of(), snapshot)
    times: dict[str, list[float]] = {"snapshot": [], "vintage": []}
    for _ in range(repeat):
        times["snapshot"].append(_seconds(lambda: Records(snapshot.path)))
        times["vintage"].append(_seconds(history.as_of))
    plain = snapshot.path.stat().st_size
    kept = sum(path.stat().st_size for path in history.folder.iterdir())
    one, other = (median(times[name]) for name in ("snapshot", "vintage"))
    return {
        "what": "vintages", "records": snapshot.header.rows, "vintages": VINTAGES + 1,
        "snapshot_seconds": one, "vintage_seconds": other, "times_seconds": other / one,
        "snapshot_mb": plain / 1e6, "history_mb": kept / 1e6, "times_size": kept / plain,
        "append_seconds": median(spent[1:]), "answers": "equal",
    }  # fmt: skip


def write_vintage(made: Invented, number: int, path: Path) -> Records:
    """The ``number``-th vintage as a file of records."""
    header = Header(REPORTER, UNIT, 0, FLOWS, made.commodities, made.partners)
    until = FIRST + SPAN - VINTAGES + number
    covered = {flow: tuple(range(FIRST, until)) for flow in FLOWS}
    with RecordsWriter(path, replace(header, covered=covered)) as out:
        for place, block in enumerate(made.blocks()):
            columns = _as_known(block, place, number, until, made.seed)
            out.write(FLOWS[block.flow], block.chapter, columns)
    return Records(path)


def _as_known(block: Drawn, place: int, number: int, until: int, seed: int) -> dict[str, np.ndarray]:
    """The records of a block as a vintage knows them: each is restated in at most one vintage."""
    chance = np.random.default_rng([seed, 3, place])
    when = np.where(
        chance.random(len(block)) < RESTATED, chance.integers(1, VINTAGES + 1, len(block)), VINTAGES + 1
    )
    gone = chance.random(len(block)) < DELETED
    by = chance.integers(1, 1000, len(block))
    columns = dict(block.columns)
    done = when <= number
    columns["value"] = np.where(done, columns["value"] + by, columns["value"])
    kept = (columns["month"] < until) & ~(done & gone)
    return {name: column[kept] for name, column in columns.items()}


def _seconds(open_source: Callable[[], Records | Snapshot]) -> float:
    """How long it takes to open a source and read all its blocks."""
    began = time.perf_counter()
    source = open_source()
    for block in source.blocks:
        source.columns(block)
    return time.perf_counter() - began


def _equal(vintage: Snapshot, snapshot: Records) -> None:
    for block in snapshot.blocks:
        mine, theirs = vintage.columns(block), snapshot.columns(block)
        for name in ("commodity", "partner", "month", "value"):
            if not np.array_equal(getattr(mine, name), getattr(theirs, name)):
                raise AssertionError(f"{name} of {block} is not as in the snapshot")
