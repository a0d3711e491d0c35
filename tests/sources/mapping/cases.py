"""Layouts of offices as small files, each with its right mapping: how many corrections a proposal needs.

A case is a YAML: ``layout`` (whose it is), ``file`` (the name), ``text`` or ``sheets`` (what it holds),
``right`` (the mapping as a person writes it) and ``check`` (observations read off the file by eye).

A correction is one entry of the YAML that a person has to change: a column, a constant, a code for a word,
a unit, a condition, a part of the file's shape. A proposal that reads the same observations as the right
mapping needs none.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter
import yaml

from tidewaiter.errors import TidewaiterError
from tidewaiter.model.period import Period
from tidewaiter.sources.mapping.propose import Proposal, propose
from tidewaiter.sources.mapping.read import read
from tidewaiter.sources.mapping.spec import UNKNOWN, parse
from tidewaiter.sources.protocol import Blob

FOLDER = Path(__file__).parent
_DIMENSIONS = ("period", "flow", "reporter", "partner", "commodity")
_SINGLE = ("parts", "preliminary", "suppressed", "where")
_DOTTED = re.compile(r"\d{4}\.\d{2,4}\Z")
_LEFT_OUT = {"partner": {"constant": "W00"}, "commodity": {"constant": "total"}}
Seen = frozenset[tuple[Any, ...]]


@dataclass(frozen=True)
class Case:
    """One layout."""

    name: str
    blob: Blob
    right: dict[str, Any]
    check: list[list[Any]]

    @classmethod
    def load(cls, path: Path) -> Case:
        """The case of a YAML."""
        given = yaml.safe_load(path.read_text(encoding="utf-8"))
        data = _workbook(given) if "sheets" in given else given["text"].encode(given.get("encoding", "utf-8"))
        right = {"dataset": path.stem, **given["right"]}
        return cls(path.stem, Blob(given["file"], data), right, given["check"])


def cases(folder: str) -> list[Case]:
    """All cases of a folder beside this module."""
    return [Case.load(path) for path in sorted((FOLDER / folder).glob("*.yml"))]


def _workbook(given: dict[str, Any]) -> bytes:
    if given["file"].endswith(".ods"):
        return _open_document(given["sheets"])
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    for name, rows in given["sheets"].items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell != "":
                    sheet.write(at, column, _typed(cell))
    book.close()
    return target.getvalue()


def _open_document(sheets: dict[str, list[list[str]]]) -> bytes:
    from odfdo import Document, Row, Table  # noqa: PLC0415 — slow to import

    book = Document("spreadsheet")
    book.body.clear()
    for name, rows in sheets.items():
        table = Table(name)
        for cells in rows:
            row = Row()
            row.set_values([_typed(cell) if cell != "" else None for cell in cells])
            table.append_row(row)
        book.body.append(table)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _typed(cell: str) -> Any:
    """Plain numbers become numbers, as in a real workbook; codes with leading zeros stay texts."""
    try:
        number = float(cell)
    except ValueError:
        return cell
    coded = (cell.startswith("0") and not cell.startswith("0.") and cell != "0") or _DOTTED.match(cell)
    return cell if coded else number


def seen(text: str, blob: Blob) -> Seen:
    """What a mapping reads, as a set."""
    table = read(parse(text, unfilled=True), blob).table
    names = (
        "reporter",
        "flow",
        "commodity",
        "partner",
        "measure",
        "first",
        "last",
        "value",
        "unit",
        "preliminary",
    )
    return frozenset(tuple(row) for row in table.select(names).rows())


def right_of(case: Case) -> Seen:
    """What the right mapping reads."""
    return seen(yaml.safe_dump(case.right, allow_unicode=True), case.blob)


def keys(observations: Seen) -> dict[tuple[str, str], tuple[float, str]]:
    """``reporter.flow.commodity.partner[.measure]``, period → value and unit."""
    done = {}
    for reporter, flow, commodity, partner, measure, first, last, value, unit, _ in observations:
        key = ".".join(part for part in (reporter, flow, commodity, partner, measure) if part)
        done[key, str(Period(first, last))] = (value, unit)
    return done


def corrections(case: Case) -> list[str]:
    """What a person has to change in the proposal, entry by entry."""
    try:
        proposal = propose(case.blob)
    except TidewaiterError as error:
        return [f"no proposal: {error.detail}"] * 9
    wanted = right_of(case)
    if not proposal.unknown and _same(proposal.yaml, case.blob, wanted):
        return []
    return _entries(proposal, case, wanted)


def _same(text: str, blob: Blob, wanted: Seen) -> bool:
    try:
        return seen(text, blob) == wanted
    except TidewaiterError:
        return False


def _entries(proposal: Proposal, case: Case, wanted: Seen) -> list[str]:
    """The entries that differ; after changing them the proposal reads what is right."""
    mine, right = dict(proposal.parts), case.right
    found = _one_unit(mine, right)
    for part in ("file", *_DIMENSIONS, *_SINGLE, "values"):
        told = _differs(part, mine.get(part), right.get(part))
        if not told:
            continue
        tried = {**mine, part: right[part]} if part in right else {k: v for k, v in mine.items() if k != part}
        if part in mine and _same(Proposal({**right, part: mine[part]}).yaml, case.blob, wanted):
            continue  # another way to say the same
        found += told
        mine = tried
    left = Proposal(mine)
    if not _same(left.yaml, case.blob, wanted):
        found.append("and still something else")
    return found


def _one_unit(mine: dict[str, Any], right: dict[str, Any]) -> list[str]:
    """The unit of all columns that tell none is one entry, where it is one unit."""
    if mine.pop("unit", None) is None:
        return []
    units = {value["column"]: value.get("unit") for value in right["values"]}
    mine["values"] = [
        value if {"unit", "unit_column"} & set(value) else {**value, "unit": units.get(value["column"])}
        for value in mine["values"]
    ]
    told = {units.get(value["column"]) for value in mine["values"]}
    return [f"unit: {unit}" for unit in sorted(filter(None, told))]


def _differs(part: str, mine: Any, right: Any) -> list[str]:
    if part == "values":
        return _values(mine, right)
    if part == "file":
        return ["file"] if mine != right else []
    mine, right = mine or {}, right or _LEFT_OUT.get(part, {})
    if part in _SINGLE or not isinstance(mine, dict):
        return [part] if mine != right else []
    told = []
    for entry in ("column", "constant", "take", "pad", "strip", "scheme"):
        if mine.get(entry) != right.get(entry) and not (
            entry == "take" and mine.get(entry) and right.get(entry)
        ):
            told.append(f"{part} {entry}: {mine.get(entry)} → {right.get(entry)}")
            break
    if UNKNOWN in mine.get("codes", []):
        told.append(f"{part} codes")
    for text, code in (right.get("words") or {}).items():
        given = (mine.get("words") or {}).get(text)
        if given is not None and given != code:
            told.append(f"{part} {text}: {given} → {code}")
    told += [f"{part} {text}" for text, code in (mine.get("words") or {}).items() if code == UNKNOWN]
    return list(dict.fromkeys(told))


def _values(mine: list[dict[str, Any]], right: list[dict[str, Any]]) -> list[str]:
    told = []
    by_name = {value["column"]: value for value in mine}
    for value in right:
        given = by_name.pop(value["column"], None)
        if given is None:
            told.append(f"values: {value['column']} is missing")
            continue
        told += [
            f"{value['column']} {entry}: {given.get(entry)} → {value.get(entry)}"
            for entry in ("unit", "unit_column", "flow")
            if given.get(entry) != value.get(entry)
            and (entry != "flow" or value.get("flow") or given.get("flow"))
        ]
        units = {**(value.get("units") or {})}
        told += [
            f"{value['column']} units {text}: {(given.get('units') or {}).get(text)} → {unit}"
            for text, unit in units.items()
            if (given.get("units") or {}).get(text, unit) != unit
        ]
    return told + [f"values: {name} does not belong" for name in by_name]
