"""Archived answers → readings, read by the same sources that read files.

What an answer says of its own day wins; where it says none, it became known on the day it was fetched. One
fetch is one publication: its parts share an edition (the last period of all) and the latest of their days,
for the whole was not known before.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tidewaiter.errors import Fault, FaultsError, UnknownLayoutError
from tidewaiter.model.period import Period
from tidewaiter.sources.archive import is_archive, unpack
from tidewaiter.sources.blocks import Blocks
from tidewaiter.sources.protocol import Blob
from tidewaiter.sources.registry import recognise
from tidewaiter.store.load import Incoming

if TYPE_CHECKING:
    from datetime import date

    from tidewaiter.connect.archive import Archive
    from tidewaiter.connect.connector import Connector
    from tidewaiter.connect.run import Fetched, Obtained
    from tidewaiter.model.release import Reading

_FEW = 6


@dataclass
class ReadAnswers:
    """What was read.

    Attributes:
        incoming: answers with their readings, ready for a store.
        findings: what a reader should know: periods without rows, answers of uncertain length.
    """

    incoming: list[Incoming] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)


def read_answers(connector: Connector, fetched: Fetched, archive: Archive) -> ReadAnswers:
    """Read every answer that holds data.

    Raises:
        FaultsError: every fault of every answer; nothing is given on.
        UnknownLayoutError: one answer, and no source reads it.
    """
    done, faults = ReadAnswers(), list[Fault]()
    days: list[date] = []
    for one in fetched.obtained:
        if one.record.outcome != "data":
            continue
        data = archive.data(one.record)
        if not one.record.told:
            done.findings.append(f"{one.record.name}: the server told no length; the end may be missing")
        try:
            files = _read(connector, one, data)
        except UnknownLayoutError as error:
            if len(fetched.obtained) == 1:
                raise
            faults.append(Fault(error.where, error.detail, error.title))
        except FaultsError as error:
            faults.extend(error.faults)
        else:
            done.incoming.extend(files)
            days.append(connector.published(data) or _day(files, one))
    if faults:
        raise FaultsError(faults)
    _missing(fetched, done)
    if done.incoming:
        done.incoming = _as_one(done.incoming, max(days), done.findings)
    return done


def _read(connector: Connector, one: Obtained, data: bytes) -> list[Incoming]:
    blob = Blob(one.record.name, data)
    files = unpack(blob) if is_archive(data) else [blob]
    return [
        Incoming(file.name, file.data, (connector.source(one.part) or recognise(file)).read(file))
        for file in files
    ]


def _day(files: list[Incoming], one: Obtained) -> date:
    """The day an answer's files tell, else the day it was fetched."""
    told = [reading.published for file in files for reading in file.readings if reading.published is not None]
    return max(told, default=one.record.fetched_at.date())


def _as_one(incoming: list[Incoming], day: date, findings: list[str]) -> list[Incoming]:
    """The parts of a fetch under one edition for each dataset, known from one day."""
    last: dict[str, str] = {}
    for file in incoming:
        for reading in file.readings:
            last[reading.dataset] = max(last.get(reading.dataset, ""), reading.edition)
    done = []
    for n, file in enumerate(incoming):
        readings = [replace(reading, edition=last[reading.dataset]) for reading in file.readings]
        if n == 0 and readings and findings:
            told = (*readings[0].findings, *findings)
            readings[0] = replace(readings[0], findings=told)
        done.append(replace(file, readings=readings, published=day))
    return done


def _missing(fetched: Fetched, done: ReadAnswers) -> None:
    """Periods that were asked and have no row in any answer."""
    wanted = {period for one in fetched.obtained for period in one.part.periods}
    if not wanted or not done.incoming:
        return
    seen = {period for file in done.incoming for reading in file.readings for period in _periods(reading)}
    if missing := sorted(wanted - seen):
        shown = ", ".join(str(period) for period in missing[:_FEW])
        more = f" and {len(missing) - _FEW} more" if len(missing) > _FEW else ""
        done.findings.append(
            f"asked, and no rows came for {shown}{more}: not yet published, or no such trade"
        )


def _periods(reading: Reading) -> set[Period]:
    if reading.table is not None:
        wanted = ["first", "last"]  # of a file of millions of rows only these columns are built
        large = isinstance(reading.table, Blocks)
        table = reading.table.select_only(wanted) if large else reading.table.select(wanted)
        ends = table.unique()
        return {Period(first, last) for first, last in ends.iter_rows()}
    return {seen.period for seen in reading.observations}
