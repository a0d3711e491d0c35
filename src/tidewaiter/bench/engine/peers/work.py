"""What every tool is asked for, and how it tells what it did."""

from __future__ import annotations

import json
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from tidewaiter.bench.engine.data import FIRST, PARTNERS
from tidewaiter.bench.engine.files import LEVELS, REGIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    import polars as pl

#: What is computed in every row of the cube; named as in ``tidewaiter.statistics``. Shares, contributions are
#: of the total of the flow, streaks are of growth on a year earlier, the rank is among countries that trade
#: the same goods in the same month, a record is a level that none before it beats (the first month has none).
STATISTICS = (
    "level", "mom", "yoy", "ytd_level", "ytd_yoy", "sum12", "sum12_yoy", "ma3",
    "share", "contribution", "streak", "record", "rank",
)  # fmt: skip
GOODS = tuple(f"n{digits}" for digits in LEVELS)
AREAS = ("country", "region", "world")
WORLD = PARTNERS + REGIONS
SECOND, MA3_FROM, YEAR_FROM, TWO_YEARS_FROM = FIRST + 1, FIRST + 2, FIRST + 11, FIRST + 23
SAMPLE = 9973  # every so many-th series is compared cell by cell

Answers = dict[str, tuple[int, float]]


@dataclass(frozen=True)
class Work:
    """One task.

    Attributes:
        records: file of records.
        goods: code list of goods, see :func:`~tidewaiter.bench.engine.files.lists_files`.
        partners: code list of partners.
        cores: how many to use.
        folder: where it may write (answers, spilled data).
    """

    records: Path
    goods: Path
    partners: Path
    cores: int
    folder: Path

    def to_json(self) -> str:
        """For a process's command line."""
        return json.dumps({name: str(value) for name, value in self.__dict__.items()})

    @classmethod
    def from_json(cls, text: str) -> Work:
        """Read it back."""
        told: dict[str, str] = json.loads(text)
        cores = int(told.pop("cores"))
        return cls(**{name: Path(value) for name, value in told.items()}, cores=cores)


class Peer(Protocol):
    """A tool at work. It keeps what one step leaves for the next."""

    version: str

    def decode(self) -> None:
        """Read the records and the code lists into memory."""

    def cube(self) -> int:
        """Roll up to every level; how many rows that makes."""

    def statistics(self) -> Answers:
        """Every statistic of every row: how many are defined, and their sum."""

    def sample(self) -> pl.DataFrame:
        """All statistics of some series: columns ``s``, ``month`` and :data:`STATISTICS`."""


def tell(**what: Any) -> None:
    """One line to the process that started this one."""
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


@contextmanager
def phase(name: str) -> Iterator[None]:
    """Tell that a phase began, and what it took."""
    tell(begins=name)
    began = time.perf_counter()
    yield
    tell(phase=name, seconds=time.perf_counter() - began)


def peak_memory() -> int:
    """The most memory this process ever held, in bytes."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) * 1024
    except (OSError, StopIteration):
        import resource  # noqa: PLC0415 — not on every platform

        size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return size if sys.platform == "darwin" else size * 1024


def perform(peer: Peer, work: Work) -> None:
    """Do the work and tell of it; the answers for comparison are made after the clock has stopped."""
    with phase("decode"):
        peer.decode()
    with phase("cube"):
        rows = peer.cube()
    with phase("statistics"):
        answers = peer.statistics()
    tell(peak=peak_memory(), rows=rows, version=peer.version, answers=answers)
    kept = work.folder / f"sample-{type(peer).__module__.rsplit('.', 1)[-1]}.parquet"
    peer.sample().sort("s", "month").write_parquet(kept)
    tell(sample=str(kept))
