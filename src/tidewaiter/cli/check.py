"""``tidewaiter check``."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from tidewaiter.cli.common import Common, Day
from tidewaiter.cli.output import write_json, write_table
from tidewaiter.cli.talk import page, progress, say
from tidewaiter.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tidewaiter.check.judged import Checked

FINDINGS = frozenset({"contradicted", "wrong_slot", "hedge_stretched"})
_WIDE = 140  # columns of a terminal
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
    common: Common | None = None,
) -> int:
    """Check the claims of a text: each with its verdict and the figure it stands on.

    Without data in the store, a text is still checked against itself: its tables, its other sentences,
    its arithmetic.

    Examples:
        tidewaiter check article.txt --published 2023-12-08
        tidewaiter check - --format jsonl < thread.txt
        tidewaiter check article.txt --format html > checked.html

    Args:
        file: A text file, or - for what comes on standard input.
        published: The day it was published; else the day the text bears.
        keep_text: Write the text that the offsets count in to this file.
        format: text (a table), jsonl (one claim a line), json (an array) or html (the text with its
            claims marked). Default: text on a terminal, jsonl elsewhere.
    """
    options = common or Common()
    data, name = _read(file)
    with progress("checking"):
        found = options.open().check(data, published, as_of=options.as_of, name=name)
    if keep_text is not None:
        keep_text.write_text(_text_of(data, name), encoding="utf-8", newline="")
    if format == "html":
        from tidewaiter.check.report import as_html

        sys.stdout.write(as_html(_text_of(data, name), found, options.language, name))
    elif format in ("json", "jsonl") or (format == "auto" and not sys.stdout.isatty()):
        write_json([one.as_json() for one in found], lines=format != "json")
    else:
        write_verdicts(found, options.language)
    say(summary(found))
    return 1 if any(str(one.judgement.verdict) in FINDINGS for one in found) else 0


def _text_of(data: bytes, name: str) -> str:
    from tidewaiter.check.document import read_document

    return read_document(data, name).text


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
