"""SDMX-ML data messages as data sets: 2.1 generic and structure-specific, 3.0, and compact of 2.0.

Read as a stream, one series at a time. Elements are known by their local names: prefixes and the
namespace of a data structure differ from message to message. Entities are not resolved, nothing is
fetched, and a document type declaration is refused.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from tidewaiter.errors import Fault, FaultsError
from tidewaiter.sources.lists import NoObservationsError
from tidewaiter.sources.sdmx.message import DataSet, Flow, data_set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tidewaiter.sources.protocol import Blob

_DATA = frozenset(
    {
        "GenericData", "GenericTimeSeriesData", "StructureSpecificData", "StructureSpecificTimeSeriesData",
        "CompactData",
    }
)  # fmt: skip
_OTHER = frozenset({"Structure", "Error", "RegistryInterface", "GenericMetadata", "QueryMessage"})
_ROOT = re.compile(rb"<(?!\?|!)(?:[\w.\-]+:)?([\w.\-]+)[\s>/]")
_SDMX = re.compile(rb"sdmx", re.IGNORECASE)
_HEAD = 4096
_OF_MESSAGE = frozenset({"action", "structureRef", "dataScope", "setID", "keyFamilyURI", "datasetID"})
_KEYS = ("SeriesKey", "GroupKey", "ObsKey")


def root_of(blob: Blob) -> str:
    """The name of the message's first element; empty when it is no message of SDMX-ML."""
    head = blob.data[:_HEAD]
    if head.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] != b"<" or not _SDMX.search(head):
        return ""
    match = _ROOT.search(head)
    name = match[1].decode() if match else ""
    return name if name in _DATA | _OTHER else ""


def is_xml(blob: Blob) -> bool:
    """A message of SDMX-ML, of data or not."""
    return bool(root_of(blob))


def read(blob: Blob) -> list[DataSet]:
    """The data sets of the message.

    Raises:
        NoObservationsError: a message of structures, an error, or another one without data.
        FaultsError: it is not well formed, or holds no observations.
    """
    if (kind := root_of(blob)) not in _DATA:
        raise NoObservationsError(blob.name, f"an SDMX message of another kind ({kind})", _told(blob, kind))
    if b"<!DOCTYPE" in blob.data[:_HEAD]:
        raise FaultsError([Fault(blob.name, "the message declares a document type", "no SDMX-ML does")])
    from lxml import etree  # noqa: PLC0415 — only for XML

    reader = _Reader(blob.name)
    try:
        for event, element in etree.iterparse(
            io.BytesIO(blob.data), events=("start", "end"), resolve_entities=False, no_network=True
        ):
            reader.see(event, element)
    except etree.XMLSyntaxError as error:
        where = f"{blob.name} › line {error.lineno}" if error.lineno else blob.name
        raise FaultsError(
            [Fault(where, f"not well formed: {str(error.msg)[:200]}", "was it cut off?")]
        ) from error
    return reader.finish()


def _told(blob: Blob, kind: str) -> str:
    if kind == "Error":
        text = " ".join(re.sub(rb"<[^>]*>", b" ", blob.data[:2000]).decode(errors="replace").split())
        return f"the service says: {text[:200]}"
    return "ask the service for data (…/data/…), not for the structure"


@dataclass
class _Open:
    """The data set being read."""

    flow: Flow
    common: dict[str, str]
    over: str
    rows: list[dict[str, str]] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    groups: list[tuple[dict[str, str], dict[str, str]]] = field(default_factory=list)
    dimensions: dict[str, None] = field(default_factory=dict)


class _Reader:
    """Sees elements begin and end, and keeps what they tell."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.flows: dict[str, tuple[Flow, str]] = {}
        self.prepared: date | None = None
        self.open: _Open | None = None
        self.done: list[_Open] = []
        self.series: dict[str, str] = {}
        self.within = False

    def see(self, event: str, element: Any) -> None:
        """One element begins or ends."""
        name = _local(element.tag)
        if event == "start":
            if name == "DataSet":
                self._begin(element)
            elif name == "Series":
                self.series, self.within = _components(element), True
            return
        if name == "Header":
            self._header(element)
        elif self.open is not None:
            self._end(name, element)

    def _begin(self, element: Any) -> None:
        given = {_local(name): text for name, text in element.attrib.items()}
        ref = given.get("structureRef", "")
        flow, over = self.flows.get(ref) or next(iter(self.flows.values()), (_named(element), "TIME_PERIOD"))
        self.open = _Open(flow, _components(element, own=True), over)

    def _end(self, name: str, element: Any) -> None:
        opened = self.open
        if opened is None:
            return
        if name in _KEYS:
            opened.dimensions.update(dict.fromkeys(_values(element)))
        if name == "SeriesKey":
            self.series |= _values(element)
        elif name == "Attributes" and _local(element.getparent().tag) in {"Series", "DataSet"}:
            (self.series if self.within else opened.common).update(_values(element))
        elif name == "Group":
            self._group(opened, element)
        elif name == "Obs":
            self._observation(opened, element)
        elif name == "Series":
            self.series, self.within = {}, False
            element.clear(keep_tail=False)
        elif name == "DataSet":
            self.done.append(opened)
            self.open = None
            element.clear()

    def _group(self, opened: _Open, element: Any) -> None:
        """Attributes of all series with some dimensions in common."""
        keys = [child for child in element if _local(child.tag) == "GroupKey"]
        told = [child for child in element if _local(child.tag) == "Attributes"]
        if keys:
            opened.groups.append((_values(keys[0]), _values(told[0]) if told else {}))
        else:
            opened.groups.append((_components(element), {}))

    def _observation(self, opened: _Open, element: Any) -> None:
        row, line = opened.common | self.series | _components(element), element.sourceline
        for child in element:
            name = _local(child.tag)
            if name in {"ObsKey", "Attributes"}:
                row |= _values(child)
            elif name in {"ObsDimension", "Time"}:
                row[child.get("id") or opened.over] = child.get("value") or (child.text or "").strip()
            elif name == "ObsValue":
                row["OBS_VALUE"], line = child.get("value", ""), child.sourceline
            elif name == "Comp":
                row[child.get("id", "")] = "; ".join(
                    text.strip() for text in child.itertext() if text.strip()
                )
        opened.rows.append(row)
        opened.places.append(f"line {line}")
        element.clear(keep_tail=False)

    def _header(self, element: Any) -> None:
        for child in element.iter():
            name = _local(child.tag)
            if name == "Prepared":
                self.prepared = _day(child.text or "")
            elif name == "Structure" and (key := child.get("structureID")):
                over = child.get("dimensionAtObservation") or "TIME_PERIOD"
                flow = next(_refs(child), Flow())
                self.flows[key] = (flow, over if over != "AllDimensions" else "TIME_PERIOD")

    def finish(self) -> list[DataSet]:
        """The data sets.

        Raises:
            FaultsError: there are none, or one is empty.
        """
        if not self.done:
            hint = "a wrong code in a query answers so; look at the key"
            raise FaultsError([Fault(self.file, "the message holds no data set", hint)])
        return [
            data_set(
                one.flow, _with_groups(one), one.places, file=self.file, prepared=self.prepared,
                dimensions=(*one.dimensions, one.over) if one.dimensions else None,
            )
            for one in self.done
        ]  # fmt: skip


def _local(tag: Any) -> str:
    """The name of an element without its namespace; comments and the like have none."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _named(element: Any) -> Flow:
    """The dataflow that the namespace of a data set names, where the header names none (version 2.0)."""
    space = str(element.tag).rpartition("}")[0].lstrip("{")
    return Flow() if "sdmx.org" in space.lower() else Flow(id=re.split(r"[/:]", space)[-1])


def _components(element: Any, *, own: bool = False) -> dict[str, str]:
    """Attributes of XML that are components of the data: those without a namespace.

    ``own``: of a data set, where some of the message's own stand without a namespace as well.
    """
    of_message = _OF_MESSAGE if own else frozenset()
    given = element.attrib.items()
    return {name: text for name, text in given if not name.startswith("{") and name not in of_message}


def _values(element: Any) -> dict[str, str]:
    """``<Value id="FREQ" value="M"/>`` (version 2.0: ``concept=``)."""
    return {
        str(child.get("id") or child.get("concept")): child.get("value", "")
        for child in element
        if _local(child.tag) == "Value"
    }


def _refs(structure: Any) -> Iterator[Flow]:
    for child in structure.iter():
        name = _local(child.tag)
        if name == "Ref" and child.get("id"):
            yield Flow(child.get("agencyID") or "", child.get("id"), child.get("version") or "")
        elif child.text and child.text.strip().startswith("urn:"):
            yield Flow.parse(child.text)


def _with_groups(one: _Open) -> list[dict[str, str]]:
    """Rows with the attributes of the groups they belong to."""
    known = {name for row in one.rows for name in row}
    tables: dict[tuple[str, ...], dict[tuple[str, ...], dict[str, str]]] = {}
    for key, told in one.groups:
        names = tuple(sorted(name for name in key if name in known))
        tables.setdefault(names, {})[tuple(key[name] for name in names)] = key | told
    for names, table in tables.items():
        for row in one.rows if names else ():
            for name, text in table.get(tuple(row.get(name, "") for name in names), {}).items():
                row.setdefault(name, text)
    return one.rows


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None
