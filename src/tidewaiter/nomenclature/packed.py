"""The carried name lists: packed CSV files in ``names/``, read on first use and kept."""

from __future__ import annotations

import csv
import io
import lzma
from functools import cache
from importlib import resources


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of ``names/<name>.csv.xz`` below its header."""
    packed = resources.files("tidewaiter.nomenclature").joinpath("names", f"{name}.csv.xz").read_bytes()
    text = lzma.decompress(packed).decode()
    return tuple(tuple(row) for row in csv.reader(io.StringIO(text)))[1:]
