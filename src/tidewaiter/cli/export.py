"""``tidewaiter export``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from tidewaiter.cli.common import Common
from tidewaiter.cli.output import refuse_terminal
from tidewaiter.cli.talk import progress, say

if TYPE_CHECKING:
    from tidewaiter.api.exporting import Extract

Interchange = Literal["sdmx-csv", "parquet", "arrow"]


def export(
    what: str,
    /,
    *,
    to: Path | None = None,
    format: Interchange | None = None,
    structure: Path | None = None,
    common: Common | None = None,
) -> int:
    """Observations as others read them: SDMX-CSV, Parquet, Arrow. What is written loads again as it was.

    WHAT is a series (reporter.flow.commodity.partner, * for each), taken from every release that has it,
    or a release or dataset as `tidewaiter list` names it. Levels and printed statistics go out with unit,
    decimals, status, the day each became known and the cell it stood in.

    Examples:
        tidewaiter export mof-release@2025-08 --to release.csv --structure release.structure.xml
        tidewaiter export TWN.exports.ict_av.W00 --to ict.parquet
        tidewaiter export 'TWN.exports.*.USA' --as-of 2025-09-09 > usa.csv
        tidewaiter load release.csv --store elsewhere

    Args:
        what: A key, or the name of a release or dataset.
        to: The file; its suffix (csv, parquet, arrow) tells the format. Without it the data go to stdout.
        format: sdmx-csv (default on stdout), parquet or arrow.
        structure: Also write the data structure with its code lists: FILE.xml (SDMX-ML 3.0) or FILE.json
            (SDMX-JSON 2.0).
    """
    from tidewaiter.api.exporting import extract_of, write_extract, write_structure

    options = common or Common()
    if to is None and format in ("parquet", "arrow"):
        refuse_terminal()
    with progress("gathering") as tell:
        found = extract_of(options.open(), what, options.as_of)
        tell("writing")
        write_extract(found, to or sys.stdout.buffer, format or ("" if to else "sdmx-csv"))
        if structure is not None:
            write_structure(found, structure)
    _told(found, to, structure)
    return 0


def _told(found: Extract, to: Path | None, structure: Path | None) -> None:
    """On stdout the files that were written; on stderr what is in them."""
    for path in (to, structure) if to else ():
        if path is not None:
            sys.stdout.write(f"{path}\n")
    names = ", ".join(release.id for release in found.releases)
    say(f"{found.table.height} observations of {names}")
    if any(release.publisher.licence for release in found.releases):
        licences = {
            f"{r.publisher.name}: {r.publisher.licence}" for r in found.releases if r.publisher.licence
        }
        say("; ".join(sorted(licences)))
