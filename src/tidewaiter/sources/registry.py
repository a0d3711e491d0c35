"""All sources in the order they are asked, and the way from paths to files in hand.

To add a publisher, write a module with an instance ``SOURCE`` and list it here; see
:mod:`tidewaiter.sources.protocol`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

from tidewaiter.errors import FaultsError, UnknownLayoutError, UsageError
from tidewaiter.sources import (
    brief_csv,
    brief_tables,
    customs_by_country,
    customs_query,
    customs_totals,
    customs_twd,
    derived_totals,
    first_reported,
    forecast_ledger,
    gta,
    interchange,
    japan_customs,
    lists,
    lookups,
    moea_open,
    mof_monthly,
    mops_revenue,
    ndc_cycle,
    ndc_score,
    press_facts,
    refused,
    trademap,
)
from tidewaiter.sources.archive import check_document, is_archive, unpack
from tidewaiter.sources.gzipped import is_gzipped, ungzipped
from tidewaiter.sources.manifest import MANIFEST, Manifest, manifest
from tidewaiter.sources.mapping.kept import kept
from tidewaiter.sources.mapping.source import builtin
from tidewaiter.sources.protocol import Blob
from tidewaiter.sources.sdmx import source as sdmx

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tidewaiter.model.release import Reading
    from tidewaiter.sources.protocol import Source


class _Workbooks:
    """The release's workbooks. The reader, with its spreadsheet library, is imported on first use."""

    name = "mof-release"

    def sniff(self, blob: Blob) -> bool:
        """A workbook with the release's tables."""
        return blob.is_workbook and self._source().sniff(blob)

    def read(self, blob: Blob) -> list[Reading]:
        """Everything in the workbook."""
        return self._source().read(blob)

    def _source(self) -> Source:
        return cast("Source", import_module("tidewaiter.sources.mof_release").SOURCE)


class _Documents:
    """Tables in documents. Asked last, for a text may hold a table of anything; heavy, so imported on use."""

    name = "documents"

    def sniff(self, blob: Blob) -> bool:
        """A document with a table of trade."""
        return self._source().sniff(blob)

    def read(self, blob: Blob) -> list[Reading]:
        """Every table of trade in it."""
        return self._source().read(blob)

    def _source(self) -> Source:
        return cast("Source", import_module("tidewaiter.sources.documents.source").SOURCE)


class _Pages(_Documents):
    """The same for a page of the web, asked before such pages are refused."""

    def sniff(self, blob: Blob) -> bool:
        """A page, and not a download that failed."""
        return blob.text.lstrip()[:1] == "<" and super().sniff(blob)


SOURCES: list[Source] = [
    _Workbooks(),
    sdmx.SOURCE,
    interchange.SOURCE,
    customs_query.SOURCE,
    brief_csv.SOURCE,
    mof_monthly.SOURCE,
    first_reported.SOURCE,
    press_facts.SOURCE,
    customs_twd.SOURCE,
    derived_totals.SOURCE,
    customs_by_country.SOURCE,
    customs_totals.SOURCE,
    moea_open.SOURCE,
    mops_revenue.SOURCE,
    ndc_cycle.SOURCE,
    ndc_score.SOURCE,
    forecast_ledger.SOURCE,
    trademap.SOURCE,
    gta.SOURCE,
    japan_customs.SOURCE,
    lists.SOURCE,
    lookups.SOURCE,
    *builtin(),
    _Pages(),
    refused.SOURCE,
    brief_tables.SOURCE,
    _Documents(),
]

_LARGE, _START = 1 << 23, 1 << 20  # bytes: texts of which only the start is looked at, and how much
_WHOLE = frozenset({b"{", b"[", b"<"})  # JSON and markup make sense as a whole only
_BINARY = frozenset({b"PAR1", b"PK\x03\x04", b"%PDF"})
_WHAT_IS_READ = """what is read:
    mof-release           workbooks of the monthly customs release (tables 1 to 16, xlsx)
    customs-query         進出口別,日期,貨品號列,…,美元(千元) as downloaded from the customs query page
    moea-brief            a text with tables captioned 表1 …, cells parted by tabs
    moea-brief (tidy)     table,reporter,flow,hs,partner,label_zh,period,statistic,value,…
    mof-database          period,<series>_usd_mn,…
    documents             HTML, PDF, DOCX, ODT, text or laid-out sheets with tables of trade (表1 我國…出口…)
    press-first-reported  period,exports_1e8usd_first,…,published
    press-facts           period,indicator,commodity,partner,statistic,value,unit,published,…
    ndc-components        period,customs_exports_ntd_bn_coincident_file,…
    mof-totals-derived    year,month,export_usd_mn,import_usd_mn,basis
    customs-by-country    Year,Country,HS Code,Description,Export Value (USD)
    customs-totals        年月,出口(千元),進口(千元)
    moea-open             統計項目,…,資料期(民國年),統計值,計量單位 (orders, production, sales, stocks)
    mops-revenue          出表日期,資料年月,公司代號,…,營業收入-當月營收,…
    ndc-cycle             Date,<series>(unit),… of the business cycle
    ndc-score             period,score,light_from_score
    forecast-ledger       target,series,maker,made_published,range_low_1e8usd,…
    trademap              workbooks and tab-parted text of ITC Trade Map
    sdmx                  SDMX-CSV, SDMX-JSON and SDMX-ML data messages
    tidewaiter            Parquet and Arrow files that `tidewaiter export` wrote
    gta                   a user's own export of the Global Trade Atlas (Reporter, Partner, Commodity, 2023 …)
    japan-customs         Exp or Imp,Year,HS,Country,…,Value-Year,…,Value-Jan,…
    by mapping            UN Comtrade (new, legacy), India EIDB, Stats NZ, Japan, WTO, Swiss customs,
                          US Census, Eurostat Comext, Brazil Comex Stat, UK uktradeinfo
anything else: `tidewaiter map FILE` proposes a mapping; `tidewaiter load FILE --map my.yml` reads by it"""


def recognise(blob: Blob) -> Source:
    """The source whose layout the file has.

    Raises:
        UnknownLayoutError: none of them; the hint lists what is read.
    """
    if not blob.data.strip():
        raise UnknownLayoutError("the file is empty", hint=_WHAT_IS_READ, where=blob.name)
    looked_at = _start_of(blob)
    for source in (*kept(), *SOURCES):
        if source.sniff(looked_at):
            return source
    shown = "" if blob.text else " (its bytes are neither a workbook nor text in UTF-8 or Big5)"
    raise UnknownLayoutError(f"no source knows this layout{shown}", hint=_WHAT_IS_READ, where=blob.name)


def _start_of(blob: Blob) -> Blob:
    """The first rows of a large text: a layout shows in them. Of anything else the whole."""
    head = blob.data[:_START]
    if len(blob.data) <= _LARGE or b"\0" in head or head.lstrip()[:1] in _WHOLE or head[:4] in _BINARY:
        return blob
    return Blob(blob.name, head[: head.rfind(b"\n") + 1] or head)


@dataclass(frozen=True)
class Found:
    """A file in hand and what its folder says about it."""

    blob: Blob
    origin: Manifest = field(default_factory=Manifest)


def blobs(paths: Iterable[Path | str]) -> Iterator[Blob]:
    """Every file of files, folders (sorted, with what lies below), zip archives and gzip.

    Raises:
        UsageError: a path that does not exist, a folder without files.
        FaultsError: an archive past its bounds, a file that is not the one its manifest lists.
    """
    return (found.blob for found in files(paths))


def files(
    paths: Iterable[Path | str], refused: Callable[[FaultsError], None] | None = None
) -> Iterator[Found]:
    """As :func:`blobs`, each file with the manifest of its folder.

    Args:
        paths: files, folders and zip archives.
        refused: is told of a file in a folder that cannot be taken as it is; without one that is raised.
    """
    for given in paths:
        path = Path(given)
        if path.is_dir():
            yield from _folder(path, refused)
        elif path.is_file():
            yield from _file(path)
        else:
            raise UsageError(f"there is no file or folder {path}", hint="check the path")


def _folder(folder: Path, refused: Callable[[FaultsError], None] | None) -> Iterator[Found]:
    inside = [path for path in sorted(folder.rglob("*")) if path.is_file() and _is_data(path, folder)]
    if not inside:
        raise UsageError(f"the folder {folder} holds no files", hint="hidden files are passed over")
    for path in inside:
        try:
            yield from _file(path)
        except FaultsError as error:
            if refused is None:
                raise
            refused(error)


def _is_data(path: Path, folder: Path) -> bool:
    """Not hidden, not Python's own (``__init__.py``), not the manifest."""
    parts = path.relative_to(folder).parts
    return path.name != MANIFEST and not any(part.startswith((".", "__")) for part in parts)


def _file(path: Path) -> Iterator[Found]:
    origin = _origin(path.parent)
    blob = Blob(path.name, path.read_bytes())
    if faults := origin.check(blob):
        raise FaultsError(faults)
    if is_gzipped(blob.data):
        blob = ungzipped(blob)
    if is_archive(blob.data):
        for inner in unpack(blob):
            if inner.name.rpartition("/")[2] != MANIFEST:
                yield Found(ungzipped(inner) if is_gzipped(inner.data) else inner, origin)
    else:
        check_document(blob)
        yield Found(blob, origin)


def _origin(folder: Path) -> Manifest:
    return manifest(folder) or Manifest()
