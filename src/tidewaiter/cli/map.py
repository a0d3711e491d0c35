"""``tidewaiter map``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from tidewaiter.cli.talk import console, progress, say
from tidewaiter.errors import TidewaiterError, UsageError

if TYPE_CHECKING:
    from tidewaiter.sources.mapping.propose import Proposal
    from tidewaiter.sources.protocol import Blob

_SAMPLE = ("reporter", "flow", "commodity", "partner", "measure", "period", "value", "unit", "cell")


def map_(
    file: Path | None = None,
    /,
    *,
    save: Path | None = None,
    map: Annotated[Path | None, Parameter(name="--map")] = None,
    keep: str = "",
    forget: str = "",
    rows: int = 5,
    force: Annotated[bool, Parameter(negative="")] = False,
) -> int:
    """Propose a mapping for a tabular file nobody has seen: which column is what, as a small YAML.

    The YAML goes to stdout (or to a file). Beside each choice stands its ground and, as a comment, the
    runner-up; what cannot be known reads ???. What was judged and a sample of what would be read go to
    stderr. Correct it and load with it; keep it, and the next file of the layout is read by itself.
    Without a file the kept mappings are listed.

    Examples:
        tidewaiter map exports.csv > exports.yml
        tidewaiter load exports.csv --map exports.yml
        tidewaiter map exports.csv --map exports.yml --keep chile-exports
        tidewaiter map

    Args:
        file: CSV, TSV, a workbook (its fullest sheet), Parquet, JSON or JSON lines.
        save: Write the mapping to this file.
        map: A corrected mapping: try it on the file instead of proposing one.
        keep: Keep the mapping under this name among your own; it must read the file.
        forget: Keep the mapping of this name no more.
        rows: How many observations the sample shows.
        force: Overwrite a file or a kept mapping.
    """
    if forget:
        from tidewaiter.sources.mapping.kept import forget as drop

        say(f"{drop(forget)} is gone")
        return 0
    if file is None:
        return _list()
    if not file.is_file():
        raise UsageError(f"there is no file {file}", hint="check the path")
    if save is not None and save.exists() and not force:
        raise UsageError(f"{save} is there already", hint="another name, or --force")
    return _propose(file, save, map, keep, rows, force=force)


def _propose(file: Path, save: Path | None, given: Path | None, keep: str, rows: int, *, force: bool) -> int:
    from tidewaiter.sources.mapping.propose import propose
    from tidewaiter.sources.protocol import Blob

    blob = Blob(file.name, file.read_bytes())
    if given is not None:
        return _try(blob, given, keep, rows, force=force)
    with progress("looking at the file"):
        proposal = propose(blob)
    if save is not None:
        save.write_text(proposal.yaml, encoding="utf-8")
        say(f"{save} is written; load with: tidewaiter load {file} --map {save}")
    elif not keep:
        sys.stdout.write(proposal.yaml)
    code = _tell(blob, proposal, rows)
    if keep and code == 0:
        _keep(keep, proposal.yaml, force=force)
    elif keep:
        say(f"not kept: correct it first, then: tidewaiter map {file} --map my.yml --keep {keep}")
    return code


def _try(blob: Blob, given: Path, keep: str, rows: int, *, force: bool) -> int:
    """Read the file by the user's own mapping; keep that when it reads."""
    from tidewaiter.sources.mapping.proposal import sampled
    from tidewaiter.sources.mapping.spec import parse

    if not given.is_file():
        raise UsageError(f"there is no file {given}", hint=f"tidewaiter map {blob.name} > {given}")
    text = given.read_text(encoding="utf-8")
    taken = sampled(blob, parse(text, given.name), rows)
    _table([list(_SAMPLE), *taken.rows])
    say(f"{taken.observations:,} observations are read")
    if keep:
        _keep(keep, text, force=force)
    return 0


def _keep(name: str, text: str, *, force: bool) -> None:
    from tidewaiter.sources.mapping.kept import keep

    say(f"{keep(name, text, force=force)} is kept: files of this layout are now read without --map")


def _list() -> int:
    """The kept mappings: name, dataset, title."""
    from tidewaiter.cli.output import emit
    from tidewaiter.sources.mapping.kept import folder, kept

    mappings = kept()
    if not mappings:
        say(f"no mapping is kept in {folder()}")
        return 0
    told = [
        {"name": one.name, "dataset": one.mapping.dataset, "title": one.mapping.title} for one in mappings
    ]
    emit(told, ("name", "dataset", "title"), "table")
    return 0


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
