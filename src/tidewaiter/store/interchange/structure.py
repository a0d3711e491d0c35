"""The structure of our dataflow as SDMX: concepts, code lists with names in both languages, data structure.

Built with pysdmx and written as SDMX-ML 2.1 or 3.0 or as SDMX-JSON 2.0. Code lists hold the codes that the
observations use, no more. pysdmx keeps one name a code: English is the name, Chinese the description.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.errors import UsageError
from tidewaiter.model.period import Period
from tidewaiter.nomenclature import areas, commodities, flows
from tidewaiter.nomenclature.described import label_of
from tidewaiter.sources.sdmx.own import AGENCY, DIMENSIONS, FLOW, OF_RELEASE, VERSION
from tidewaiter.sources.sdmx.text import from_id, to_frequency, to_id
from tidewaiter.statistics import statistics
from tidewaiter.store.interchange.sdmx_csv import CODES, unit_code, unit_power

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

    import polars as pl

    from tidewaiter.store.interchange.extract import Extract

SUFFIXES = (".xml", ".json")
_TEXTS: dict[str, tuple[str, str]] = {
    "FREQ": ("Frequency", "頻率"),
    "REF_AREA": ("Reporter", "申報國"),
    "FLOW": ("Flow", "進出口別"),
    "COMMODITY": ("Commodity", "貨品"),
    "COUNTERPART_AREA": ("Partner", "貿易對手"),
    "MEASURE": ("Measure", "量度"),
    "STATISTIC": ("Statistic", "統計量"),
    "STATISTIC_OF": ("Parameter of the statistic", "統計量之參數"),
    "RELEASE": ("Release", "發布"),
    "KNOWN_AT": ("Day it became known", "公布日"),
    "OCCURRENCE": ("Number of the place within the release", "發布內第幾處"),
    "TIME_PERIOD": ("Period", "期間"),
    "OBS_VALUE": ("Value", "數值"),
    "UNIT_MEASURE": ("Unit", "單位"),
    "UNIT_MULT": ("Power of ten of the unit", "單位倍數"),
    "DECIMALS": ("Decimals printed", "小數位數"),
    "OBS_STATUS": ("Status", "狀態"),
    "ORIGIN_FILE": ("File of the origin", "來源檔"),
    "ORIGIN_SHEET": ("Sheet of the origin", "來源工作表"),
    "ORIGIN_CELL": ("Cell or line of the origin", "來源儲存格"),
    "DATASET": ("Dataset", "資料集"),
    "EDITION": ("Edition", "期別"),
    "TITLE": ("Title", "標題"),
    "PUBLISHED": ("Day of publication", "發布日"),
    "PUBLISHER": ("Publisher", "發布機關"),
    "PUBLISHER_ZH": ("Publisher, Chinese", "發布機關（中文）"),
    "LICENCE": ("Licence", "授權"),
    "AUTHORITY": ("0 the office itself, 1 restated, 2 computed by others", "0 機關，1 轉載，2 他人推算"),
}
_FREQUENCIES = {
    "A": ("Annual", "年"), "S": ("Half-yearly", "半年"), "Q": ("Quarterly", "季"), "M": ("Monthly", "月"),
    "_O": ("Other span of months", "其他月數"),
}  # fmt: skip
_STATUSES = {"A": ("Normal value", "正常值"), "P": ("Provisional value", "初步值")}
_CODED = (
    "FREQ", "REF_AREA", "FLOW", "COMMODITY", "COUNTERPART_AREA", "MEASURE", "STATISTIC", "UNIT_MEASURE",
    "UNIT_MULT", "OBS_STATUS",
)  # fmt: skip
_HOME = {"我國": "臺灣"}  # what an office calls its own country, by the name others know
_LISTS = {"REF_AREA": "CL_AREA", "COUNTERPART_AREA": "CL_AREA"}


def artefacts(extract: Extract) -> list[Any]:
    """Code lists, concept scheme, data structure and dataflow of an extract."""
    from pysdmx.model import Codelist, Concept, ConceptScheme, Dataflow  # noqa: PLC0415 — heavy
    from pysdmx.model.dataflow import Components, DataStructureDefinition, Group  # noqa: PLC0415

    used = _used(extract.table)
    codes: dict[str, set[str]] = {}
    for name, found in used.items():
        codes.setdefault(_LISTS.get(name, f"CL_{name}"), set()).update(found)
    lists = {
        name: Codelist(id=name, name=name.removeprefix("CL_").title(), agency=AGENCY, version=VERSION,
                       items=[_code(name, code) for code in sorted(found)])
        for name, found in codes.items()
    }  # fmt: skip
    concepts = {
        name: Concept(id=name, name=en, description=zh,
                      urn=f"urn:sdmx:org.sdmx.infomodel.conceptscheme.Concept={AGENCY}:CS_{FLOW}({VERSION}).{name}")
        for name, (en, zh) in _TEXTS.items()
    }  # fmt: skip
    scheme = ConceptScheme(
        id=f"CS_{FLOW}",
        name="Concepts of Tidewaiter",
        agency=AGENCY,
        version=VERSION,
        items=list(concepts.values()),
    )
    structure = DataStructureDefinition(
        id=f"DSD_{FLOW}", name="Observations of Tidewaiter", agency=AGENCY, version=VERSION,
        components=Components([_component(name, concepts[name], lists) for name in _TEXTS]),
        groups=[Group(id="OF_RELEASE", dimensions=["RELEASE"])],
    )  # fmt: skip
    flow = Dataflow(
        id=FLOW, name="Observations of Tidewaiter", agency=AGENCY, version=VERSION, structure=structure
    )
    return [*lists.values(), scheme, structure, flow]


def write_structure(extract: Extract, path: Path, version: str = "3.0") -> Path:
    """Write the structure as SDMX-ML (``.xml``) or SDMX-JSON (``.json``).

    Args:
        extract: the observations it describes.
        path: the file.
        version: of SDMX-ML: 2.1 or 3.0.

    Raises:
        UsageError: a suffix or version we do not write.
    """
    from pysdmx.io.format import Format  # noqa: PLC0415 — heavy
    from pysdmx.io.writer import write_sdmx  # noqa: PLC0415

    from tidewaiter.store.interchange.write import replacing  # noqa: PLC0415 — write names us

    forms = {
        (".xml", "2.1"): Format.STRUCTURE_SDMX_ML_2_1,
        (".xml", "3.0"): Format.STRUCTURE_SDMX_ML_3_0,
        (".json", "3.0"): Format.STRUCTURE_SDMX_JSON_2_0_0,
    }
    if (form := forms.get((path.suffix.lower(), version))) is None:
        raise UsageError(
            f"no structure is written as {path.name}, version {version}", hint="FILE.xml or FILE.json"
        )
    text = write_sdmx(artefacts(extract), form) or ""
    with replacing(path) as file:
        file.write(text.encode())
    return path


def _used(table: pl.DataFrame) -> dict[str, set[str]]:
    """The codes of each coded component that the observations use."""
    spans = table.select("first", "last").unique().iter_rows()
    units = table["unit"].unique().to_list()
    return {
        **{name: {to_id(code) for code in table[CODES[name]].unique()} for name in _CODED if name in CODES},
        "FREQ": {to_frequency(Period(first, last)) for first, last in spans},
        "UNIT_MEASURE": {unit_code(unit) for unit in units},
        "UNIT_MULT": {unit_power(unit) for unit in units},
        "OBS_STATUS": set(_STATUSES),
    }


def _component(name: str, concept: Any, lists: dict[str, Any]) -> Any:
    from pysdmx.model import Component, DataType, Role  # noqa: PLC0415 — heavy

    role = Role.DIMENSION if name in DIMENSIONS else Role.MEASURE if name == "OBS_VALUE" else Role.ATTRIBUTE
    kinds = {
        "TIME_PERIOD": DataType.PERIOD,
        "OBS_VALUE": DataType.DOUBLE,
        "DECIMALS": DataType.INTEGER,
        "OCCURRENCE": DataType.INTEGER,
    }
    level = None if role != Role.ATTRIBUTE else "RELEASE" if name in OF_RELEASE else "O"
    return Component(
        id=name, required=role != Role.ATTRIBUTE or name.startswith("UNIT"), role=role, concept=concept,
        local_codes=lists.get(_LISTS.get(name, f"CL_{name}")) if name in _CODED else None,
        local_dtype=kinds.get(name, DataType.STRING), attachment_level=level,
    )  # fmt: skip


def _code(name: str, code: str) -> Any:
    from pysdmx.model import Code  # noqa: PLC0415 — heavy

    en, zh = _names(name, code)
    return Code(id=code, name=en or code, description=zh or None)


def _names(name: str, code: str) -> tuple[str, str]:
    """English and Chinese name of a code; the code itself where no list names it."""
    ours = from_id(code)
    if name in ("CL_FREQ", "CL_OBS_STATUS"):
        return (_FREQUENCIES if name == "CL_FREQ" else _STATUSES).get(code, (code, ""))
    if name == "CL_STATISTIC" and ours in statistics():
        return statistics()[ours].en, statistics()[ours].zh
    lists: dict[str, Callable[[str], str]] = {
        "CL_AREA": lambda lang: areas().label(ours, lang),
        "CL_FLOW": lambda lang: flows().label(ours, lang),
        "CL_COMMODITY": lambda lang: label_of(ours, lang) or commodities().label(ours, lang),
    }
    if name not in lists:
        return ours or "value as counted", ""
    en, zh = lists[name]("en"), _HOME.get(lists[name]("zh"), lists[name]("zh"))
    return en, zh if zh != en else ""
