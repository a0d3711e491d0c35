"""The invented records as files: as records, as CSV, and the code lists that other tools join."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tidewaiter.bench.engine.data import FIRST, FLOWS, SPAN, Invented
from tidewaiter.errors import StoreError
from tidewaiter.model.period import MONTHS
from tidewaiter.store.records import Header, Records, RecordsWriter

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pyarrow as pa

REPORTER, UNIT = "XXX", "USD"  # no nation
REGIONS = 8
LEVELS = (11, 8, 6, 4, 2, 0)  # digits of a commodity; 0 is all goods


def records_file(made: Invented, folder: Path, tell: Callable[[str], object] = str) -> Path:
    """The file of records of these numbers, made when it is not in the folder yet."""
    path = folder / f"invented-{made.rows}-{made.seed}.parquet"
    if _readable(path):
        return path
    covered = {flow: tuple(range(FIRST, FIRST + SPAN)) for flow in FLOWS}
    header = Header(REPORTER, UNIT, 0, FLOWS, made.commodities, made.partners, covered=covered)
    with RecordsWriter(path, header) as out:
        for block in made.blocks():
            tell(f"{FLOWS[block.flow]} {block.chapter}")
            out.write(FLOWS[block.flow], block.chapter, block.columns)
    return path


def _readable(path: Path) -> bool:
    """It is there, in today's format."""
    try:
        return Records(path).header.rows > 0
    except StoreError:
        return False


def csv_file(made: Invented, folder: Path, tell: Callable[[str], object] = str) -> Path:
    """The same records as an office would hand them out: codes as text, months as 2001-01."""
    import pyarrow as pa  # noqa: PLC0415 — heavy
    import pyarrow.csv  # noqa: PLC0415

    path = folder / f"invented-{made.rows}-{made.seed}.csv"
    if path.exists():
        return path
    beside = path.with_suffix(".part")
    codes = pa.array([code.removeprefix("HS") for code in made.commodities])
    options = pa.csv.WriteOptions(include_header=False, quoting_style="none")
    with beside.open("wb") as out:
        out.write(b"flow,commodity,partner,month,value\n")
        for block in made.blocks():
            tell(f"{FLOWS[block.flow]} {block.chapter}")
            pa.csv.write_csv(_spelled(block.columns, FLOWS[block.flow], codes, made.partners), out, options)
    beside.replace(path)
    return path


def _spelled(
    columns: dict[str, np.ndarray], flow: str, codes: pa.Array, partners: tuple[str, ...]
) -> pa.Table:
    import pyarrow as pa  # noqa: PLC0415

    months, at = np.unique(columns["month"], return_inverse=True)
    written = pa.array([f"{month // MONTHS}-{month % MONTHS + 1:02d}" for month in months.tolist()])
    return pa.table(
        {
            "flow": pa.repeat(flow, len(at)),
            "commodity": codes.take(pa.array(columns["commodity"])),
            "partner": pa.array(partners).take(pa.array(columns["partner"])),
            "month": written.take(pa.array(at)),
            "value": columns["value"],
        }
    )


def lists_files(made: Invented, folder: Path) -> tuple[Path, Path]:
    """The code lists for tools that roll up by joins: each good's and each partner's places in the cube.

    ``commodity`` → ``n11 n8 n6 n4 n2 n0`` and ``partner`` → ``country region world``: node numbers that no
    two levels share.
    """
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    nodes, taken = {"commodity": np.arange(len(made.codes), dtype=np.uint32)}, 0
    for digits in LEVELS:
        upper, place = np.unique(made.codes // 10 ** (LEVELS[0] - digits), return_inverse=True)
        nodes[f"n{digits}"] = (taken + place).astype(np.uint32)
        taken += len(upper)
    partner = np.arange(len(made.partners), dtype=np.uint16)
    count = np.uint16(len(partner))
    areas = {
        "partner": partner,
        "country": partner,
        "region": (count + partner % REGIONS).astype(np.uint16),
        "world": np.full(len(partner), count + REGIONS, np.uint16),
    }
    paths = folder / f"goods-{made.seed}.parquet", folder / f"partners-{made.seed}.parquet"
    for path, columns in zip(paths, (nodes, areas), strict=True):
        pq.write_table(pa.table(columns), path)
    return paths
