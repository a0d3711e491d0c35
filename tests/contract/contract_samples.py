"""The suite's table of sample files: every source, what is read, and on what it is tried.

``carried`` files are real and part of the project, ``beside`` are real and lie beside the checkout,
``made`` are small files made after the published layout. The table in ``docs/sources.md`` is made of this
one (:func:`table`) and the suite holds it to it. A source of the registry without a row here fails.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from contract_sdmx import xml
from contract_written import exported

from tidewaiter import official
from tidewaiter.sources.protocol import Blob
from tidewaiter.sources.registry import SOURCES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CONTRACT = Path(__file__).resolve().parent
SHARED = CONTRACT.parents[2] / "shared"
CARRIED, BESIDE, MADE = "carried", "beside", "made"
FOLDERS = {CARRIED: official.folder(), BESIDE: SHARED, MADE: CONTRACT / "made"}
_KINDS = {CARRIED: "real, carried", BESIDE: "real, beside the checkout", MADE: "made"}


@dataclass(frozen=True)
class Sample:
    """A file a source is held to its contract with.

    Attributes:
        source: the source that must recognise it.
        what: what is read, for the table.
        file: its path in the place of its kind; of made ones, the file's name.
        kind: ``carried``, ``beside`` or ``made``.
        make: gives the bytes of one that is made anew.
        first: so many lines of a long file are enough.
        refused: it holds no observations and is refused with a reason.
        unnamed: goods are told by the publisher's own codes or words, or by codes of the HS before 2017,
            for which no list of ours has names in both languages.
        pattern: the files it is one of.
    """

    source: str
    what: str
    file: str
    kind: str = BESIDE
    make: Callable[[], bytes] | None = None
    first: int = 0
    refused: bool = False
    unnamed: bool = False
    pattern: str = ""

    def __str__(self) -> str:
        return f"{self.source}-{self.file.rpartition('/')[2]}"

    @property
    def path(self) -> Path:
        """Where it lies."""
        return FOLDERS[self.kind] / self.file

    def blob(self) -> Blob:
        """The file in hand."""
        if self.make is not None:
            return Blob(self.file, self.make())
        data = self.path.read_bytes()
        return Blob(self.path.name, _cut(data, self.first) if self.first else data)


def _cut(data: bytes, first: int) -> bytes:
    """The first rows of a file: lines of a text, rows of a Parquet file."""
    if data[:4] != b"PAR1":
        return b"".join(data.splitlines(keepends=True)[:first])
    import pyarrow as pa  # noqa: PLC0415 — only for the file of India
    from pyarrow import parquet  # noqa: PLC0415

    out = BytesIO()
    file = parquet.ParquetFile(pa.BufferReader(data))
    parquet.write_table(pa.Table.from_batches([next(file.iter_batches(first))]), out)
    return out.getvalue()


def samples() -> list[Sample]:
    """All of them, in the order the registry asks the sources."""
    order = {source.name: at for at, source in reversed(list(enumerate(SOURCES)))}
    every = [*_files(), *_sdmx(), *_own()]
    return sorted(every, key=lambda one: order.get(one.source, -1))


def _files() -> Iterator[Sample]:
    """The files of samples.yml; where one beside the checkout is missing its pattern stands for it."""
    for row in yaml.safe_load((CONTRACT / "samples.yml").read_text(encoding="utf-8")):
        more = {name: row[name] for name in ("first", "unnamed", "refused") if name in row}
        for kind, folder in FOLDERS.items():
            if kind in row:
                found = sorted(str(path.relative_to(folder)) for path in folder.glob(row[kind]))
                for file in found or [row[kind]]:
                    yield Sample(row["source"], row["what"], file, kind, pattern=row[kind], **more)


def _sdmx() -> Iterator[Sample]:
    """One message in each syntax, as pysdmx writes it."""
    for what, form, file in (
        ("SDMX-ML 2.1 generic", "DATA_SDMX_ML_2_1_GEN", "generic.xml"),
        ("SDMX-ML 2.1 generic, time series", "DATA_SDMX_ML_2_1_GENTS", "generic-series.xml"),
        ("SDMX-ML 2.1 structure-specific", "DATA_SDMX_ML_2_1_STR", "specific.xml"),
        ("SDMX-ML 3.0 structure-specific", "DATA_SDMX_ML_3_0", "specific-3.xml"),
        ("SDMX-CSV 1.0", "DATA_SDMX_CSV_1_0_0", "data-1.csv"),
        ("SDMX-CSV 2.0", "DATA_SDMX_CSV_2_0_0", "data-2.csv"),
    ):
        yield Sample("sdmx", what, file, MADE, partial(xml, form))


def _own() -> Iterator[Sample]:
    for source, what, form, file in (
        ("sdmx", "our own dataflow", "sdmx-csv", "export.csv"),
        ("tidewaiter", "Parquet that `tidewaiter export` wrote", "parquet", "export.parquet"),
        ("tidewaiter", "Arrow that `tidewaiter export` wrote", "arrow", "export.arrow"),
    ):
        yield Sample(source, what, file, MADE, partial(exported, form))


def table(rows: list[Sample]) -> str:
    """The table of the docs: one row a source and kind of file."""
    told: dict[tuple[str, str, str], dict[str, None]] = {}
    for sample in rows:
        shown = (sample.pattern or sample.file).rpartition("/")[2]
        told.setdefault((sample.source, sample.what, sample.kind), {})[shown] = None
    lines = ["| source | what is read | tested on |", "|---|---|---|"]
    for (source, what, kind), files in told.items():
        lines.append(f"| `{source}` | {what} | {_KINDS[kind]}: {', '.join(f'`{file}`' for file in files)} |")
    return "\n".join(lines) + "\n"


def in_docs(page: str) -> str:
    """The page with the table of today between its title and the next one."""
    before, title, rest = page.partition(_TITLE)
    prose, _, after = rest.partition("\n| source |")
    return f"{before}{title}{prose}\n{table(samples())}\n{after[after.index(_NEXT) + 1 :]}"


_TITLE, _NEXT = "## Held to one contract\n", "\n## "

if __name__ == "__main__":  # python tests/contract/contract_samples.py
    docs = CONTRACT.parents[1] / "docs" / "sources.md"
    docs.write_text(in_docs(docs.read_text(encoding="utf-8")), encoding="utf-8")
