"""``tidewaiter map``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from tidewaiter.cli.talk import console, say
from tidewaiter.errors import TidewaiterError, UsageError

if TYPE_CHECKING:
    from tidewaiter.sources.mapping.propose import Proposal
    from tidewaiter.sources.protocol import Blob

_SAMPLE = ("reporter", "flow", "commodity", "partner", "measure", "period", "value", "unit", "cell")


def map_(
    file: Path,
    /,
    *,
    save: Path | None = None,
    rows: int = 5,
    force: Annotated[bool, Parameter(negative="")] = False,
) -> int:
    """Propose a mapping for a tabular file nobody has seen: which column is what, as a small YAML.

    The YAML goes to stdout (or to a file); what was judged, what is still to be filled in (``???``) and a
    sample of what would be read go to stderr. Correct it, keep it, and load with it.

    Examples:
        tidewaiter map exports.csv
        tidewaiter map exports.csv --save exports.yml
        tidewaiter load exports.csv --map exports.yml

    Args:
        file: CSV, TSV, a workbook's first sheet, Parquet or JSON.
        save: Write the mapping to this file.
        rows: How many observations the sample shows.
        force: Overwrite the file.
    """
    from tidewaiter.sources.mapping.propose import propose
    from tidewaiter.sources.protocol import Blob

    if not file.is_file():
        raise UsageError(f"there is no file {file}", hint="check the path")
    if save is not None and save.exists() and not force:
        raise UsageError(f"{save} is there already", hint="another name, or --force")
    blob = Blob(file.name, file.read_bytes())
    proposal = propose(blob)
    if save is None:
        sys.stdout.write(proposal.yaml)
    else:
        save.write_text(proposal.yaml, encoding="utf-8")
        say(f"{save} is written; load with: tidewaiter load {file} --map {save}")
    return _tell(blob, proposal, rows)


def _tell(blob: Blob, proposal: Proposal, rows: int) -> int:
    """What was judged, and a sample; 1 when something is still to be filled in or does not read."""
    from tidewaiter.sources.mapping.propose import sample

    for note in proposal.notes:
        say(f"- {note}")
    try:
        taken = sample(blob, proposal, rows)
    except TidewaiterError as error:
        say(f"with this mapping the file does not read yet: {error.detail}")
        return 1
    _table([list(_SAMPLE), *taken.rows])
    say(f"{taken.observations:,} observations would be read")
    if proposal.unknown:
        say(f"still to be filled in (???): {', '.join(proposal.unknown)}")
        return 1
    return 0


def _table(rows: list[list[str]]) -> None:
    from rich.table import Table

    table = Table(*rows[0], box=None)
    for row in rows[1:]:
        table.add_row(*row)
    console().print(table)
