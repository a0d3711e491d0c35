"""``tidewaiter compute``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from tidewaiter.cli.common import Common, Flat
from tidewaiter.cli.output import emit
from tidewaiter.cli.talk import progress, say
from tidewaiter.errors import UsageError

if TYPE_CHECKING:
    from tidewaiter.engine.compute import Summary

_COLUMNS = ("statistic", "unit", "values", "sum")


def compute(
    release: str,
    *,
    out: Path | None = None,
    period: str = "",
    engine: str = "local",
    master: str = "",
    threads: int | None = None,
    groups: Path | None = None,
    format: Flat = "table",
    common: Common | None = None,
) -> int:
    """Every statistic of every series of a nation's records, as Parquet.

    Examples:
        tidewaiter compute nz-hs10@2025-02 --out out/nz
        tidewaiter compute records.parquet --period 2025-01..2025-08 --groups groups.yml --out out/all
        tidewaiter compute nz-hs10@2025-02 --format json
        tidewaiter compute records.parquet --engine spark --master spark://host:7077 --out /shared/out

    Args:
        release: A release of the store (tidewaiter list), or a file of records.
        out: Folder for the files; what is current there is kept. Without one only counts and sums are told.
        period: The months to keep (2025-08, 2025-01..2025-08). Default: the last one covered.
        engine: Where it runs: local (this machine), spark (a cluster that is there, see docs/cluster.md).
        master: The cluster: spark://host:7077, sc://host:15002, 'local[*]'.
        threads: How many blocks at a time. Default: all cores. For a cluster: how many cores it has, about.
        groups: YAML file of commodity groups that include and exclude codes of any level.
        format: table, csv, json or jsonl.
    """
    from tidewaiter.engine.compute.protocol import engine as engine_of
    from tidewaiter.engine.cube import read_groups
    from tidewaiter.model.period import Period

    chosen = engine_of(engine)
    if master and engine != "spark":
        raise UsageError("--master names a Spark cluster", hint=f"--engine spark --master {master}")
    more = {"master": master} if engine == "spark" else {}
    wanted = Period.parse(period) if period else None
    told = read_groups(groups) if groups else ()
    with progress("computing") as tell:
        path = _records(release, common or Common(), tell)
        summary = chosen(path, out, wanted, threads, tell, groups=told, **more)
    emit(_rows(summary), _COLUMNS, format)
    where = f"; {summary.files} files in {out}, {summary.kept} of them current" if out else ""
    say(
        f"{summary.period}: {summary.rows:,} records, {summary.series:,} series, "
        f"{summary.seconds['whole']:.1f} s on {summary.threads} threads{where}"
    )
    return 0


def _records(release: str, options: Common, tell: Any) -> Path:
    """The file of records: the one named, or that of the release, made when it is not there yet."""
    from tidewaiter.errors import UnknownNameError
    from tidewaiter.store import Store
    from tidewaiter.store.records import records_path, write_release

    if release.endswith(".parquet"):
        return Path(release)
    store = Store(options.store)
    known = {one.id: one for one in store.releases(options.as_of)}
    if release not in known:
        near = [name for name in known if name.startswith(release)]
        raise UnknownNameError.of("release", release, near or sorted(known)[:5])
    path = records_path(store, known[release], options.as_of)
    if not path.exists():
        tell("sorting the records")
        write_release(store, known[release], path, as_of=options.as_of)
    return path


def _rows(summary: Summary) -> list[dict[str, Any]]:
    from tidewaiter.engine.dense.columns import COLUMNS

    return [
        {
            "statistic": column.name,
            "unit": column.unit,
            "values": summary.counts[column.name],
            "sum": summary.sums[column.name],
        }
        for column in COLUMNS
    ]
