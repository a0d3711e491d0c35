"""SDMX-CSV 2.0 of our dataflow: one row an observation, dimensions before the value, attributes after.

What describes a release (title, publisher, licence, day) stands in the first row of each release. Cells
of text are guarded against spreadsheets that would run them; numbers stand as numbers.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import polars as pl

from tidewaiter.model.period import Period
from tidewaiter.model.unit import Unit
from tidewaiter.sources.sdmx.own import AGENCY, ATTRIBUTES, DIMENSIONS, FLOW, OF_RELEASE, VERSION
from tidewaiter.sources.sdmx.text import NOTHING, to_frequency, to_id, to_time
from tidewaiter.sources.spreadsheet import guarded
from tidewaiter.sources.table import IDENTITY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import BinaryIO

    from tidewaiter.model.release import Release
    from tidewaiter.store.interchange.extract import Extract

STRUCTURE_ID = f"{AGENCY}:{FLOW}({VERSION})"
COLUMNS = ("STRUCTURE", "STRUCTURE_ID", "ACTION", *DIMENSIONS, "OBS_VALUE", *ATTRIBUTES, *OF_RELEASE)
CODES = {
    "REF_AREA": "reporter", "FLOW": "flow", "COMMODITY": "commodity", "COUNTERPART_AREA": "partner",
    "MEASURE": "measure", "STATISTIC": "statistic", "STATISTIC_OF": "of",
}  # fmt: skip
_PART = 200_000  # rows written at a time
_LARGE = 1e15  # a float holds whole numbers up to here digit by digit


def write_sdmx_csv(extract: Extract, file: BinaryIO) -> None:
    """Write the observations, a part after the other: texts of millions of rows never stand together."""
    home = [*IDENTITY, "known_at", "release"]
    counted = extract.table.with_columns(
        occurrence=pl.int_range(pl.len()).over(home) + 1,
        is_first=pl.int_range(pl.len()).over("release") == 0,
    )
    for at, part in enumerate(counted.iter_slices(_PART)):
        texts = components(part, extract.releases).select(COLUMNS)
        bare = texts.with_columns(pl.when(pl.all() != "").then(pl.all()))  # empty cells stand without quotes
        bare.write_csv(file, include_header=at == 0, line_terminator="\r\n")


def components(table: pl.DataFrame, releases: Iterable[Release]) -> pl.DataFrame:
    """Observations as components of our dataflow, all texts.

    Args:
        table: with ``release``, ``occurrence`` (which of its places a number stands in, where a release
            prints it in several tables: 1, 2 …) and ``is_first`` (the row that describes its release).
        releases: to describe.
    """
    periods = table.select("first", "last").to_struct("p")
    units = table["unit"]
    columns: dict[str, pl.Expr | pl.Series] = {
        "STRUCTURE": pl.lit("dataflow"),
        "STRUCTURE_ID": pl.lit(STRUCTURE_ID),
        "ACTION": pl.lit("I"),
        "FREQ": _each(periods, lambda p: to_frequency(Period(p["first"], p["last"]))),
        **{name: _each(table[ours], to_id) for name, ours in CODES.items()},
        "RELEASE": _each(table["release"], to_id),
        "KNOWN_AT": table["known_at"].dt.to_string("%Y-%m-%d").fill_null(NOTHING),
        "OCCURRENCE": table["occurrence"].cast(pl.String),
        "TIME_PERIOD": _each(periods, lambda p: to_time(Period(p["first"], p["last"]))),
        "OBS_VALUE": pl.Series(
            [number_text(*pair) for pair in table.select("value", "decimals").iter_rows()], dtype=pl.String
        ),
        "UNIT_MEASURE": _each(units, unit_code),
        "UNIT_MULT": _each(units, unit_power),
        "DECIMALS": table["decimals"].cast(pl.String).fill_null(""),
        "OBS_STATUS": pl.when(table["preliminary"]).then(pl.lit("P")).otherwise(pl.lit("A")),
        "ORIGIN_FILE": _each(table["file"], guarded),
        "ORIGIN_SHEET": _each(table["sheet"], guarded),
        "ORIGIN_CELL": _each(table["cell"], guarded),
    }
    made = table.select("is_first", pl.col("release").alias("id")).with_columns(**columns)
    told = {release.id: _told(release) for release in releases}
    for name in OF_RELEASE:
        texts = made["id"].replace_strict({key: guarded(row[name]) for key, row in told.items()})
        made = made.with_columns(pl.when("is_first").then(texts).otherwise(pl.lit("")).alias(name))
    return made


def unit_code(unit: str) -> str:
    """The code of a unit: what it counts, without its power of ten."""
    return to_id(Unit.parse(unit).kind)


def unit_power(unit: str) -> str:
    """The power of ten of a unit."""
    return str(Unit.parse(unit).power)


def number_text(value: float, decimals: int | None) -> str:
    """The number to its last digit, with the decimals it was printed with.

    Examples:
        >>> number_text(93.7, 2), number_text(58487.447, None), number_text(8.0, 0)
        ('93.70', '58487.447', '8')
    """
    if decimals is not None and decimals >= 0 and float(shown := f"{value:.{decimals}f}") == value:
        return shown
    return f"{value:.0f}" if value.is_integer() and abs(value) < _LARGE else repr(value)


def _told(release: Release) -> dict[str, str]:
    who = release.publisher
    day = "" if release.published_inferred else release.published.isoformat()
    cells = (release.dataset, release.edition, release.title, day, who.name, who.name_zh, who.licence)
    return dict(zip(OF_RELEASE, (*cells, str(release.authority)), strict=True))


def _each(column: pl.Series, write: Callable[..., str]) -> pl.Series:
    """Each distinct value written once."""
    cached = lru_cache(maxsize=None)(write) if column.dtype == pl.String else write
    distinct = column.unique()
    index = pl.DataFrame({"value": distinct, "text": [cached(value) for value in distinct]})
    return pl.DataFrame({"value": column}).join(index, on="value", how="left", maintain_order="left")["text"]
