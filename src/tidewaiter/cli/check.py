"""``tidewaiter check``."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import Parameter

from tidewaiter.cli.common import Common, Day
from tidewaiter.cli.output import emit, write_json, write_table
from tidewaiter.cli.talk import page, progress, say
from tidewaiter.errors import TidewaiterError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tidewaiter.check.examine import Examination
    from tidewaiter.check.judged import Checked
    from tidewaiter.store import Store

FINDINGS = frozenset({"contradicted", "wrong_slot", "hedge_stretched"})
_WIDE = 140  # columns of a terminal
_FOLDER_COLUMNS = ("file", "claims", "findings", "characters", "what")
_PLAIN = ("total", "W00")
_BETWEEN_HAN = re.compile(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])")  # where a line was broken
_COLOURS = {
    "confirmed": "green", "consistent_with_rounding": "green", "consistent_with_vintage": "cyan",
    "hedge_stretched": "yellow", "wrong_slot": "red", "contradicted": "bold red",
}  # fmt: skip


def check(
    file: Annotated[str, Parameter(allow_leading_hyphen=True)],
    /,
    *,
    published: Day | None = None,
    keep_text: Path | None = None,
    format: Literal["auto", "text", "jsonl", "json", "html"] = "auto",
    out: Path | None = None,
    common: Common | None = None,
) -> int:
    """Check the claims of a text: each with its verdict and the figure it stands on.

    Without data in the store, a text is still checked against itself: its tables, its other sentences,
    its arithmetic.

    Examples:
        tidewaiter check article.txt --published 2023-12-08
        tidewaiter check - --format jsonl < thread.txt
        tidewaiter check article.txt --format html > checked.html
        tidewaiter check articles/ --out reports/

    Args:
        file: Text, HTML, PDF, DOCX, ODT or a saved forum page; a folder of them; - for standard input.
        published: The day it was published; else the day the text bears.
        keep_text: Write the text that the offsets count in to this file.
        format: text (a table), jsonl (one claim a line), json (an array) or html (the text with its
            claims marked). Default: text on a terminal, jsonl elsewhere.
        out: Folder for one report a file, as pages and as JSON lines, when a folder is checked.
    """
    from tidewaiter.store import Store

    options = common or Common()
    if Path(file).is_dir():
        return _folder(Path(file), published, out, options)
    data, name = _read(file)
    with progress("checking"):
        found = _examined(data, name, published, options.as_of, Store(options.store))
    if keep_text is not None:
        keep_text.write_text(found.document.text, encoding="utf-8", newline="")
    if format == "html":
        sys.stdout.write(_page(found, name, options))
    elif format in ("json", "jsonl") or (format == "auto" and not sys.stdout.isatty()):
        write_json([one.as_json() for one in found.claims], lines=format != "json")
    else:
        write_verdicts(found.claims, options.language)
    _tell(found)
    return 0 if found.clean else 1


def _examined(
    data: bytes, name: str, published: date | None, as_of: date | None, store: Store
) -> Examination:
    from tidewaiter.check.examine import examine

    return examine(data, name=name, published=published, as_of=as_of, store=store)


def _page(found: Examination, name: str, options: Common) -> str:
    from tidewaiter.check.report import as_html

    return as_html(found.document.text, found.claims, options.language, name)


def _tell(found: Examination) -> None:
    """The summary on stderr: claims, and what its own tables say of each other."""
    for finding in found.findings:
        say(finding)
    say(summary(found.claims))
    if found.tables is not None:
        wrong = found.tables.findings
        say(f"its tables: {found.tables.compared} cells recomputed, {len(wrong)} in conflict")
        for line in wrong:
            say(f"  {line.cell.place}: {line.cell.key} {line.cell.period} {line.cell.statistic} "
                f"is {line.cell.value:g}; {line.reason}")  # fmt: skip


def _folder(folder: Path, published: date | None, out: Path | None, options: Common) -> int:
    """Every text of a folder: one line a file, and reports where a folder for them is given."""
    files = sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    if not files:
        raise UsageError(f"no files in {folder}")
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
    from tidewaiter.store import Store

    store = Store(options.store)  # one for all: what it has read once it keeps
    rows, characters, began = [], 0, perf_counter()
    with progress("checking") as step:
        for path in files:
            step(path.name)
            rows.append(row := _one_of_many(path, published, out, options, store))
            characters += row["characters"]
    emit(rows, _FOLDER_COLUMNS, "json" if not sys.stdout.isatty() else "table")
    seconds = perf_counter() - began
    say(f"{len(rows)} files, {characters:,} characters, {characters / seconds:,.0f} a second")
    return 1 if any(row["findings"] for row in rows) else 0


def _one_of_many(
    path: Path, published: date | None, out: Path | None, options: Common, store: Store
) -> dict[str, Any]:
    try:
        found = _examined(path.read_bytes(), path.name, published, options.as_of, store)
    except TidewaiterError as error:
        return {"file": path.name, "claims": 0, "findings": 1, "characters": 0, "what": error.detail}
    if out is not None:
        lines = "".join(json.dumps(c.as_json(), ensure_ascii=False) + "\n" for c in found.claims)
        (out / f"{path.name}.html").write_text(_page(found, path.name, options), encoding="utf-8")
        (out / f"{path.name}.jsonl").write_text(lines, encoding="utf-8")
    wrong = sum(str(one.judgement.verdict) in FINDINGS for one in found.claims)
    return {
        "file": path.name, "claims": len(found.claims), "findings": wrong,
        "characters": len(found.document.text), "what": summary(found.claims),
    }  # fmt: skip


def _read(file: str) -> tuple[bytes, str]:
    if file == "-":
        return sys.stdin.buffer.read(), "stdin"
    path = Path(file)
    if not path.is_file():
        raise UsageError(f"there is no file {file}", hint="give a text file, or - for standard input")
    return path.read_bytes(), path.name


def summary(found: Sequence[Checked]) -> str:
    """How many claims came out how."""
    counts: dict[str, int] = {}
    for one in found:
        counts[str(one.judgement.verdict)] = counts.get(str(one.judgement.verdict), 0) + 1
    told = ", ".join(f"{count} {verdict.replace('_', ' ')}" for verdict, count in counts.items())
    return f"{len(found)} claims: {told}" if found else "no claims found"


def write_verdicts(found: Sequence[Checked], lang: str) -> None:
    """A table of verdicts for eyes; on a narrow terminal without the reading of each claim."""
    from tidewaiter.check.report import SIGNS, as_rows, label

    columns = ["claim", "text", "verdict", "figure", "why", "release"]
    rows = as_rows(found, lang)
    if page().width >= _WIDE:
        columns.insert(2, "read as")
        rows = [row | {"read as": _reading(one)} for row, one in zip(rows, found, strict=True)]
    colours = {
        f"{SIGNS[verdict]} {label(verdict, lang)}": _COLOURS.get(str(verdict), "dim") for verdict in SIGNS
    }
    cells = [[_joined(row[name]) for name in columns] for row in rows]
    write_table(cells, columns, styles={"verdict": colours})


def _joined(text: str) -> str:
    """Without the blanks that broken lines leave between Chinese signs."""
    return _BETWEEN_HAN.sub("", text)


def _reading(one: Checked) -> str:
    """The slots of a claim in short: which series, when, which statistic."""
    claim = one.claim
    series = (claim.indicator, *(part for part in (claim.commodity, claim.partner) if part not in _PLAIN))
    told = f"{claim.statistic}:{claim.of}" if claim.of else claim.statistic
    return " ".join((*series, claim.period, told))
