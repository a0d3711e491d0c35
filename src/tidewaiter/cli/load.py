"""``tidewaiter load``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from tidewaiter.cli.common import Common, Day, Flat
from tidewaiter.cli.output import emit
from tidewaiter.cli.talk import progress, say

if TYPE_CHECKING:
    from tidewaiter.api import Loaded
    from tidewaiter.api.loading import ReadFiles

_COLUMNS = (
    "release", "dataset", "source", "title", "published", "published_inferred", "new", "numeric_cells",
    "rows", "seconds", "rows_per_second", "observations", "derived_cells", "layout_cells", "preliminary",
    "files", "findings",
)  # fmt: skip
_FEW = 4
_SPEED_FROM = 100_000  # rows; fewer are read before a clock tells anything
_SHOWN = (
    "release", "published", "new", "numeric_cells", "rows", "observations", "derived_cells", "layout_cells",
)  # fmt: skip


def load(
    path: Annotated[list[Path], Parameter(negative="")],
    /,
    *,
    published: Day | None = None,
    map: Annotated[Path | None, Parameter(name="--map")] = None,
    dry_run: Annotated[bool, Parameter(negative="")] = False,
    format: Flat = "table",
    common: Common | None = None,
) -> int:
    """Load files of offices into the store. The layout is recognised by content.

    A file named by itself is loaded or refused: all faults of all such files are told together, with their
    places, and nothing is loaded. Of a folder or a zip archive the files that read well are loaded; each
    other is refused with its reason, and the exit code is 1. What is loaded is loaded in one step. The
    same file loaded twice changes nothing; a later release is kept beside the earlier one.

    Examples:
        tidewaiter load mof-2025-08/ --published 2025-09-09
        tidewaiter load exports.csv release.zip --dry-run --format json
        tidewaiter load exports.csv --map exports.yml

    Args:
        path: Files, folders or zip archives.
        published: Publication day, where the files do not tell it (2025-09-09).
        map: Read the files by this mapping (a YAML; `tidewaiter map FILE` proposes one).
        dry_run: Read and check only; load nothing.
        format: table, csv, json (an array) or jsonl (one release a line).
    """
    from tidewaiter.api.loading import read_files

    options = common or Common()
    with progress("reading") as tell:
        read = read_files(path, tell, mapping=map, partly=True)
        tell("into the store")
        done = options.open().put(read.incoming, published=published, dry_run=dry_run)
    rows = [_row(entry, read) for entry in done]
    emit(rows, _COLUMNS, format, shown=_SHOWN)
    for row in rows:
        findings = row["findings"]
        shown = findings if len(findings) <= _FEW else findings[: _FEW - 1]
        for finding in shown:
            say(f"{row['release']}: {finding}")
        if len(shown) < len(findings):
            say(f"{row['release']}: {len(findings) - len(shown)} more findings; --format json lists them")
        if row["published_inferred"]:
            say(f"{row['release']}: no file tells its day; {row['published']} is inferred (--published DATE)")
        if row.get("rows", 0) >= _SPEED_FROM:
            say(f"{row['release']}: {row['rows']:,} rows read and checked in {row['seconds']:.2f} s "
                f"({row['rows_per_second']:,} rows a second; recognising the file, code lists and the store "
                "not counted)")  # fmt: skip
    for error in read.refused:
        say(f"refused: {error}")
    if read.refused:
        say(f"{len(read.refused)} files were refused; the others count")
    if dry_run:
        say("dry run: nothing was loaded")
    return 1 if read.refused else 0


def _row(entry: Loaded, read: ReadFiles) -> dict[str, Any]:
    release = entry.release
    counted = [read.rows[file.name] for file in release.files if file.name in read.rows]
    seconds = sum(read.seconds.get(file.name, 0.0) for file in release.files)
    cells = {"numeric_cells": release.numeric_cells, "layout_cells": release.layout_cells}
    if len(counted) == len(release.files):  # no workbook among them
        cells = {}
    return {
        "release": release.id,
        "dataset": release.dataset,
        "source": release.publisher.name,
        "title": release.title,
        "published": release.published.isoformat(),
        "published_inferred": release.published_inferred,
        "new": entry.is_new,
        **cells,
        **({"rows": sum(counted)} if counted else {}),
        "seconds": round(seconds, 3),
        **({"rows_per_second": round(sum(counted) / seconds)} if counted and seconds else {}),
        "observations": release.observations,
        "derived_cells": release.derived_cells,
        "preliminary": release.preliminary,
        "files": [file.name for file in release.files],
        "findings": list(release.findings),
    }
