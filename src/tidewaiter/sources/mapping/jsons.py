"""JSON answers of statistical APIs as rows: records, arrays with a header row, JSON-stat.

A list of records stands by itself or under a name (``data``, ``value``, ``list`` …). Records inside
records become columns with dotted names: ``Country.CountryCodeAlpha``. JSON-stat (version 2, or the
``dataset`` of version 1) becomes one row a cell, with one column a dimension and ``value``, ``status``.
"""

from __future__ import annotations

import json
from functools import lru_cache
from itertools import product
from typing import Any

_UNDER = ("data", "value", "list", "results", "records", "dataset", "observations", "rows", "items")
_DEPTH = 4
_TOO_MANY = 20_000_000  # cells of a JSON-stat cube

Rows = tuple[tuple[str, ...], list[list[Any]]]


@lru_cache(maxsize=2)
def rows_of_json(data: bytes) -> Rows | None:
    """Column names and rows, None when the JSON holds no table.

    Raises:
        ValueError: it is not JSON.
    """
    text = data.decode("utf-8-sig")
    try:
        given = json.loads(text)
    except json.JSONDecodeError as error:
        if not error.msg.startswith("Extra data"):
            raise
        given = [json.loads(line) for line in text.splitlines() if line.strip()]  # one record a line
    except RecursionError as error:
        raise ValueError("brackets in brackets, too deep") from error
    return _rows(given, _DEPTH)


def _rows(given: Any, depth: int) -> Rows | None:
    if isinstance(given, dict):
        if {"id", "size", "dimension", "value"} <= given.keys():
            return _json_stat(given)
        if depth:
            for name in _UNDER:
                if name in given and (found := _rows(given[name], depth - 1)) is not None:
                    return found
        return None
    if not isinstance(given, list) or not given:
        return None
    return _list(given)


def _list(given: list[Any]) -> Rows | None:
    if all(isinstance(row, dict) for row in given):
        return _records(given)
    if all(isinstance(row, list) for row in given) and all(isinstance(cell, str) for cell in given[0]):
        return tuple(given[0]), given[1:]
    return None


def _records(records: list[dict[str, Any]]) -> Rows:
    flat = [_flat(record) for record in records]
    names = tuple(dict.fromkeys(name for record in flat for name in record))
    return names, [[record.get(name) for name in names] for record in flat]


def _flat(record: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    done: dict[str, Any] = {}
    for name, value in record.items():
        if isinstance(value, dict):
            done.update(_flat(value, f"{prefix}{name}."))
        elif not isinstance(value, list):
            done[f"{prefix}{name}"] = value
    return done


def _json_stat(cube: dict[str, Any]) -> Rows | None:
    names = [str(name) for name in cube["id"]]
    sizes = [int(size) for size in cube["size"]]
    cells = 1
    for size in sizes:
        cells *= size
    if len(names) != len(sizes) or cells > _TOO_MANY:
        return None
    axes = [_categories(cube["dimension"][name]) for name in names]
    if [len(axis) for axis in axes] != sizes:
        return None
    values, status = cube["value"], cube.get("status") or {}
    rows: list[list[Any]] = []
    for at, codes in enumerate(product(*axes)):
        value, flag = _at(values, at), _at(status, at)
        if value is not None or flag is not None:
            rows.append([*codes, value, flag])
    return (*names, "value", "status"), rows


def _categories(dimension: dict[str, Any]) -> list[str]:
    category = dimension["category"]
    index = category.get("index")
    if isinstance(index, dict):
        return [str(code) for code, _ in sorted(index.items(), key=lambda item: item[1])]
    return [str(code) for code in (index or category["label"])]


def _at(cells: Any, at: int) -> Any:
    if isinstance(cells, dict):
        return cells.get(str(at))
    if isinstance(cells, list):
        return cells[at] if at < len(cells) else None
    return cells
