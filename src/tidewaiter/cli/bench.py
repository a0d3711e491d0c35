"""``tidewaiter bench``: measures of the project itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from cyclopts import App

from tidewaiter.cli.bench_engine import engine
from tidewaiter.cli.bench_load import load
from tidewaiter.cli.common import Flat, StoreFolder, examples
from tidewaiter.cli.output import emit
from tidewaiter.cli.talk import progress
from tidewaiter.errors import UsageError

_COLUMNS = ("on", "measure", "value", "note")


def claims(
    *folders: Path,
    text: Path | None = None,
    published: str = "",
    mutants: int = 0,
    seed: int = 1,
    misses: bool = False,
    trip: bool = False,
    format: Flat = "table",
    store: StoreFolder = None,
) -> int:
    """Reading and checking: false contradictions, extraction, slots, verdicts, mutants found.

    Examples:
        tidewaiter bench claims annotated/
        tidewaiter bench claims annotated/ --text release.txt --published 2025-09-09 --format json
        tidewaiter bench claims --text release.txt --published 2025-09-09 --mutants 500 --misses
        tidewaiter bench claims --trip

    Args:
        folders: Folders of annotated documents (documents.jsonl and claims.jsonl).
        text: A text of true claims, to be made false in one place after the other and checked again.
        published: The day that text was published.
        mutants: At most so many false versions of the text, a sample; 0 for all.
        seed: Of the sample.
        misses: List the errors that were not found, each with its sentence.
        trip: Write our own bulletins from the store and read them back, in every format.
        format: table, csv, json or jsonl.
    """
    from tidewaiter.bench.claims import annotated_rows, speed_row, text_rows  # heavy
    from tidewaiter.bench.claims_trip import trip_rows
    from tidewaiter.store import Store

    if not folders and text is None and not trip:
        raise UsageError(
            "nothing to measure on", hint="name a folder of annotated documents, --text FILE, or --trip"
        )
    figures, rows = Store(store), list[dict[str, Any]]()
    for folder in folders:
        with progress(f"reading {folder.name}"):
            rows += annotated_rows(folder, figures)
    if folders:
        rows.append(speed_row(folders))
    if trip:
        with progress("reading our own bulletins back"):
            rows += trip_rows(figures)
    if text is not None:
        if not published:
            raise UsageError("--text needs the day it was published", hint="--published 2025-09-09")
        with progress(f"mutating {text.name}") as tell:
            rows += text_rows(
                text.read_text("utf-8"), text.name, date.fromisoformat(published), figures,
                most=mutants, seed=seed, misses=misses, tick=lambda done, of: tell(f"{done} of {of}"),
            )  # fmt: skip
    emit(rows, _COLUMNS, format)
    return 0


app = App(name="bench", help="Measures of the project itself, on data of yours.")
for _entry in (claims, engine, load):
    app.command(_entry, help_epilogue=examples(_entry))
