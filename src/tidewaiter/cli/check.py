"""``tidewaiter check``."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from tidewaiter.cli.common import Common, Day
from tidewaiter.cli.output import sensible, write_json, write_table
from tidewaiter.cli.talk import page, progress, say
from tidewaiter.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tidewaiter.check.judged import Checked

FINDINGS = frozenset({"contradicted", "wrong_slot", "hedge_stretched"})
_BRIEFLY, _NARROW = 40, 140
_PLAIN = ("total", "W00")
_BETWEEN_HAN = re.compile(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])")  # where a line was broken
_COLOURS = {
    "confirmed": "green", "consistent_with_rounding": "green", "consistent_with_vintage": "cyan",
    "hedge_stretched": "yellow", "wrong_slot": "red", "contradicted": "bold red",
}  # fmt: skip


def check(
    file: str,
    /,
    *,
    published: Day | None = None,
    keep_text: Path | None = None,
    format: Literal["auto", "text", "jsonl", "json"] = "auto",
    common: Common | None = None,
) -> int:
    """Check the claims of a text: each with its verdict and the figure it stands on.

    Without data in the store, a text is still checked against itself: its tables, its other sentences,
    its arithmetic.

    Examples:
        tidewaiter check article.txt --published 2023-12-08
        tidewaiter check - --format jsonl < thread.txt

    Args:
        file: A text file, or - for what comes on standard input.
        published: The day it was published; else the day the text bears.
        keep_text: Write the text that the offsets count in to this file.
        format: text (a table), jsonl (one claim a line) or json (an array). Default: text on a
            terminal, jsonl elsewhere.
    """
    options = common or Common()
    data, name = _read(file)
    with progress("checking"):
        found = options.open().check(data, published, as_of=options.as_of, name=name)
    if keep_text is not None:
        from tidewaiter.check.document import read_document

        keep_text.write_text(read_document(data, name).text, encoding="utf-8", newline="")
    if format in ("json", "jsonl") or (format == "auto" and not sys.stdout.isatty()):
        write_json([one.as_json() for one in found], lines=format != "json")
    else:
        write_verdicts(found, options.language)
    say(summary(found))
    return 1 if any(str(one.judgement.verdict) in FINDINGS for one in found) else 0


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
    """A table of verdicts for eyes; on a narrow terminal the reading of a claim takes one column."""
    columns = ("#", "where", "claim", "read as", "value", "verdict", "because")
    rows = [_row(one, lang) for one in found]
    if page().width < _NARROW:
        columns = ("#", "claim", "verdict", "because")
        rows = [[row[0], row[2], row[5], row[6]] for row in rows]
    write_table(rows, columns, styles={"verdict": _COLOURS})


def _row(one: Checked, lang: str) -> list[str]:
    claim, found = one.claim, one.judgement
    said = _BETWEEN_HAN.sub("", " ".join(claim.text.split()))
    series = (claim.indicator, *(part for part in (claim.commodity, claim.partner) if part not in _PLAIN))
    told = f"{claim.statistic}:{claim.of}" if claim.of else claim.statistic
    return [
        str(one.number),
        f"{claim.where} {claim.user}".strip(),
        said if len(said) <= _BRIEFLY else f"{said[:_BRIEFLY]}…",
        " ".join((*series, claim.period, told)),
        f"{claim.value} {claim.unit}".strip(),
        str(found.verdict),
        _because(one, lang),
    ]


def _because(one: Checked, lang: str) -> str:
    """The reason, else the figure it was held against."""
    found = one.judgement
    if one.repeats is not None:
        return f"= {one.repeats}"
    reason = (found.reason_zh if lang == "zh" else found.reason) or found.reason
    if reason or found.figure is None:
        return reason
    unit = str(found.figure.unit)
    return f"{sensible(found.figure.value, unit)} {unit} [{found.figure.release}]"
