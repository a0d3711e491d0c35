"""The source: a message recognised by its content, each data set read by the mapping of its dataflow."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from tidewaiter.errors import Fault, FaultsError
from tidewaiter.sources.mapping.spec import parse
from tidewaiter.sources.protocol import Blob

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tidewaiter.model.release import Reading
    from tidewaiter.sources.mapping.spec import Mapping
    from tidewaiter.sources.sdmx.message import DataSet

_FOLDER = "tidewaiter.sources.sdmx.flows"
_YML = ".yml"
_ROW = re.compile(r"\brow (\d+)\b")
_HS_CODE = re.compile(r"(?:HS\d*|H\d)_(?P<code>TOTAL|\d{2,6})\Z")
_FUND_GROUP = re.compile(r"G\d{3}\Z")
_WORLD = "G001"
_API_CSV = ("reporter", "partner", "product", "flow", "indicators")  # Eurostat's: a mapping of its own


class Sdmx:
    """Reads SDMX-CSV, SDMX-JSON and SDMX-ML data messages."""

    name = "sdmx"

    def sniff(self, blob: Blob) -> bool:
        """A data message, or another message of SDMX-ML (refused with what it is)."""
        from tidewaiter.sources.sdmx import csvs, jsons, xmls  # noqa: PLC0415 — heavy, only to look at files

        if csvs.is_csv(blob):
            return not _mapped_elsewhere(blob)
        return jsons.is_json(blob) or xmls.is_xml(blob)

    def read(self, blob: Blob) -> list[Reading]:
        """One reading a data set; of our own dataflow, one a release.

        Raises:
            FaultsError: every fault of the file.
        """
        from tidewaiter.sources.sdmx import own  # noqa: PLC0415 — heavy

        done: list[Reading] = []
        faults: list[Fault] = []
        hint = ""
        for data in data_sets(blob):
            try:
                done += own.readings(data, blob.name) if own.is_own(data) else [_mapped(data, blob.name)]
            except FaultsError as error:
                faults += error.faults
                hint = hint or error.hint
        if faults:
            raise FaultsError(faults, hint=hint)
        return done

    def rows(self, blob: Blob) -> int:
        """How many observations the message holds, with or without a value."""
        return sum(data.table.height for data in data_sets(blob))


SOURCE = Sdmx()


@lru_cache(maxsize=1)
def data_sets(blob: Blob) -> tuple[DataSet, ...]:
    """The data sets of a message of any syntax; the last one is kept, for its rows are counted as well.

    Raises:
        FaultsError: it does not read.
    """
    from tidewaiter.sources.sdmx import csvs, jsons, xmls  # noqa: PLC0415 — heavy

    if xmls.is_xml(blob):
        return tuple(xmls.read(blob))
    return tuple(jsons.read(blob) if jsons.is_json(blob) else csvs.read(blob))


def _mapped_elsewhere(blob: Blob) -> bool:
    from tidewaiter.sources.mapping.tabular import head_of  # noqa: PLC0415 — arrow

    return head_of(blob).header(_API_CSV) == 0


@cache
def flows() -> tuple[Mapping, ...]:
    """The mappings of well-known dataflows, and those of tables that share the components of one."""
    from tidewaiter.sources.mapping.source import MappedSource  # noqa: PLC0415

    folder = resources.files(_FOLDER)
    files = sorted(
        (file for file in folder.iterdir() if file.name.endswith(_YML)), key=lambda file: file.name
    )
    kept = [parse(file.read_text(encoding="utf-8"), file.name) for file in files]
    return (*kept, MappedSource("eurostat-api").mapping)


def _mapping(data: DataSet, file: str) -> Mapping:
    """The mapping that names the components of the data set, else one made from its concepts."""
    from tidewaiter.sources.sdmx.concepts import mapping_of  # noqa: PLC0415

    has = {name.upper() for name in data.table.columns}
    for mapping in flows():
        if {name.upper() for name in mapping.sniff} <= has:
            return _for_message(mapping, data)
    return mapping_of(data, file)


def _for_message(mapping: Mapping, data: DataSet) -> Mapping:
    """The mapping with the words that only the message's own codes give."""
    commodity = mapping.commodity
    if commodity.columns and commodity.columns[0] == "COMMODITY_1":
        matches = [match for code in data.texts("COMMODITY_1") if (match := _HS_CODE.match(code))]
        words = {match[0]: "total" if match["code"] == "TOTAL" else f"HS{match['code']}" for match in matches}
        mapping = replace(mapping, commodity=replace(commodity, words=commodity.words | words))
    return mapping


def _mapped(data: DataSet, file: str) -> Reading:
    """A data set read by its mapping, as a table handed over in memory."""
    from tidewaiter.sources.gathering import Gathering  # noqa: PLC0415
    from tidewaiter.sources.mapping.read import read  # noqa: PLC0415
    from tidewaiter.sources.sdmx.prepare import prepared  # noqa: PLC0415

    found = Gathering(file)
    data = _cased(data, mapping := _mapping(data, file))
    height = data.table.height
    data = prepared(_without_groups(data, mapping, found), found, _unit_words(mapping))
    if not data.table.height and not found.faults:
        found.fault("", f"no observation of {data.flow} has a value", "; ".join(found.findings))
    if found.faults:
        found.finish()
    try:
        reading = read(_with_units(mapping, data), _handed(data, file))
    except FaultsError as error:
        raise FaultsError([_placed(fault, data) for fault in error.faults], hint=error.hint) from None
    frame = getattr(reading.table, "frame", reading.table)
    places = data.places.to_list()
    cells = [_ROW.sub(lambda row: places[int(row[1]) - 1], cell) for cell in frame["cell"]]
    return replace(
        reading,
        table=frame.with_columns(cell=_series(cells)),
        numeric_cells=data.table.height,
        layout_cells=max(data.table.height - frame.height, 0),
        published=data.prepared,
        findings=(*_scope(data, height), *found.findings, *reading.findings),
    )


def _series(cells: Sequence[str]) -> object:
    import polars as pl  # noqa: PLC0415

    return pl.Series("cell", cells, dtype=pl.String)


def _scope(data: DataSet, height: int) -> list[str]:
    from tidewaiter.sources.sdmx.prepare import counted  # noqa: PLC0415

    return [f"dataflow {data.flow}: {counted(height)}"]


def _unit_words(mapping: Mapping) -> dict[str, str] | None:
    """Units the mapping knows by the codes of UNIT_MEASURE; None where its unit is told elsewhere."""
    if all(value.unit_column != "UNIT" for value in mapping.values):
        return None
    return {text: unit for value in mapping.values for text, unit in value.units.items() if unit}


def _with_units(mapping: Mapping, data: DataSet) -> Mapping:
    """The units of this message under the column UNIT: each stands for itself."""
    units = {text: text for text in data.texts("UNIT")}
    values = tuple(
        replace(value, units=units | value.units) if value.unit_column == "UNIT" else value
        for value in mapping.values
    )
    return replace(mapping, values=values)


def _cased(data: DataSet, mapping: Mapping) -> DataSet:
    """The components named as the mapping names them (``freq`` and ``FREQ`` are one)."""
    wanted = {name.upper(): name for name in mapping.columns}
    renamed = {name: wanted[name.upper()] for name in data.table.columns if name.upper() in wanted}
    return replace(data, table=data.table.rename(renamed))


def _without_groups(data: DataSet, mapping: Mapping, found: object) -> DataSet:
    """Without the Fund's groups of countries, which have no code of ours and overlap with their members."""
    from tidewaiter.sources.sdmx.prepare import counted  # noqa: PLC0415

    if mapping.dataset != "sdmx-imf-imts":
        return data
    column = mapping.partner.columns[0]
    codes = [code for code in data.texts(column) if _FUND_GROUP.match(code) and code != _WORLD]
    if not codes:
        return data
    keep = ~data.table[column].is_in(codes)
    told = f"{counted(int((~keep).sum()))} of the Fund's groups of countries ({', '.join(codes)}) passed over"
    found.findings.append(told)  # type: ignore[attr-defined]
    return replace(data, table=data.table.filter(keep), places=data.places.filter(keep))


def _handed(data: DataSet, file: str) -> Blob:
    """The data set as a Parquet file in memory, which the reader of mapped tables takes."""
    from io import BytesIO  # noqa: PLC0415

    buffer = BytesIO()
    data.table.write_parquet(buffer, compression="uncompressed")
    return Blob(file, buffer.getvalue())


def _placed(fault: Fault, data: DataSet) -> Fault:
    """A fault of a row of the table, at its place in the message."""

    def place(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        return str(data.places[at]) if at < len(data.places) else match[0]

    return replace(fault, place=_ROW.sub(place, fault.place), problem=_ROW.sub(place, fault.problem))
