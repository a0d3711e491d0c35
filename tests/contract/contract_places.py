"""From an observation's place back to the text of the file that holds the number."""

from __future__ import annotations

import csv
import json
import re
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from tidewaiter.sources.mapping.jsons import rows_of_json
from tidewaiter.sources.mapping.tabular import encoding_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tidewaiter.model.observation import Observation
    from tidewaiter.sources.protocol import Blob

_CELL = re.compile(r"([A-Z]{1,3})(\d+)\b")
_LINE = re.compile(r"line (\d+)\b")
_ROW = re.compile(r"row (\d+)\b")
_SERIES = re.compile(r"series ([\d:]+), observation (\d+)\Z")
_FLAT = re.compile(r"observation ([\d:]+)\Z")
_NUMBERS = re.compile(r"[-+−－]?\d[\d,]*(?:\.\d+)?(?:[eE][-+]?\d+)?")
_DECIMAL_COMMA = re.compile(r"-?\d{1,3}(?:\.\d{3})*,\d+")


def holds(blob: Blob, seen: Observation) -> bool:
    """The text at the observation's place holds its number."""
    return any(_close(number, seen.value) for number in _numbers(_texts(blob, seen)))


def _close(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-9 * max(1.0, abs(other))


def _numbers(texts: Iterable[str]) -> Iterable[float]:
    for text in texts:
        for match in _NUMBERS.findall(text):
            plain = match.replace(",", "").replace("−", "-").replace("－", "-")
            yield float(plain)
            yield abs(float(plain))  # the minus of a code or date before the number
        yield from (float(m.replace(".", "").replace(",", ".")) for m in _DECIMAL_COMMA.findall(text))


def _texts(blob: Blob, seen: Observation) -> Iterable[str]:
    cell, sheet = seen.place.cell, seen.place.sheet
    if match := _SERIES.search(cell):
        return [str(_data(blob)["dataSets"][0]["series"][match[1]]["observations"][match[2]][0])]
    if match := _FLAT.search(cell):
        return [str(_data(blob)["dataSets"][0]["observations"][match[1]][0])]
    if blob.is_workbook:
        return _of_workbook(blob, sheet, cell)
    if match := _LINE.match(cell):
        return _cells(_lines(blob)[int(match[1]) - 1])
    if match := _ROW.search(cell):
        return _rows(blob)[int(match[1]) - 1]
    return []


def _cells(line: str) -> list[str]:
    return [line, *re.split(r"[,;\t|\"<>= ]", line)]


@lru_cache(maxsize=2)
def _data(blob: Blob) -> Any:
    message = json.loads(blob.data, parse_float=str)
    return message.get("data", message)


@lru_cache(maxsize=2)
def _lines(blob: Blob) -> list[str]:
    return blob.data.decode(encoding_of(blob.data)).removeprefix("\ufeff").split("\n")


@lru_cache(maxsize=2)
def _rows(blob: Blob) -> list[list[str]]:
    if blob.data[:4] == b"PAR1" or blob.data[:6] == b"ARROW1":
        import polars as pl  # noqa: PLC0415 — only for such files

        read = pl.read_parquet if blob.data[:4] == b"PAR1" else pl.read_ipc
        return [[str(cell) for cell in row] for row in read(BytesIO(blob.data)).iter_rows()]
    if blob.data[:1] not in b"[{":
        return list(csv.reader(_lines(blob)))
    found = rows_of_json(blob.data)
    return [[str(cell) for cell in row] for row in found[1]] if found else []


@lru_cache(maxsize=2)
def _book(blob: Blob) -> dict[str, list[list[Any]]]:
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 — only for workbooks

    book = CalamineWorkbook.from_filelike(BytesIO(blob.data))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def _of_workbook(blob: Blob, sheet: str, cell: str) -> list[str]:
    book = _book(blob)
    rows = book.get(sheet) or next(iter(book.values()))
    if match := _CELL.search(cell):
        column = 0
        for letter in match[1]:
            column = column * 26 + ord(letter) - ord("A") + 1
        return [str(rows[int(match[2]) - 1][column - 1])]
    match = _ROW.search(cell)
    return [str(value) for value in rows[int(match[1]) - 1]] if match else []
