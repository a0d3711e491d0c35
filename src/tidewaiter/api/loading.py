"""From paths to files that were read: everything is read before anything is kept.

All faults of all files are told together and nothing is loaded. In a folder or an archive, files no
source recognises are faults too. What is plainly a document (README, licence, notes) or a list of names
and codes is passed over there with a finding. A file named by itself must be one that a source reads.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from tidewaiter.errors import Fault, FaultsError, UnknownLayoutError, UsageError
from tidewaiter.sources.archive import is_archive
from tidewaiter.sources.lists import NoObservationsError
from tidewaiter.sources.mapping.source import MappedSource
from tidewaiter.sources.mapping.spec import parse
from tidewaiter.sources.mapping.tabular import count_rows
from tidewaiter.sources.registry import Found, files, recognise
from tidewaiter.store.load import Incoming

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tidewaiter.sources.protocol import Blob, Source

_DOCUMENTS = frozenset(
    {".md", ".rst", ".txt", ".pdf", ".htm", ".html", ".doc", ".docx", ".odt", ".yml", ".yaml"}
)
_TITLES = ("readme", "licence", "license", "sources", "notice", "copying", "changelog")


@dataclass
class ReadFiles:
    """What was read.

    Attributes:
        incoming: files with their readings.
        rows: file name → data rows, for files that are not workbooks.
        skipped: documents and lists passed over, each with what it is.
    """

    incoming: list[Incoming] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    skipped: list[str] = field(default_factory=list)


def read_files(
    paths: Iterable[Path | str],
    tell: Callable[[str], None] = lambda _: None,
    *,
    mapping: Path | str | None = None,
) -> ReadFiles:
    """Read files, folders and archives.

    Args:
        paths: what the user named.
        tell: is told the name of each file before it is read, for progress.
        mapping: a YAML by which all files are read; without one the layout is recognised by content.

    Raises:
        UsageError: a path that does not exist.
        UnknownLayoutError: one file was named and no source reads it.
        FaultsError: every fault of every file.
    """
    paths = list(paths)
    source_of = recognise if mapping is None else _by(mapping)
    done, faults, strangers = ReadFiles(), list[Fault](), list[UnknownLayoutError]()
    for path in paths:
        try:
            for found in files([path]):
                tell(found.blob.name)
                _read_one(found, source_of, done, faults, strangers, alone=_is_alone(path))
        except FaultsError as error:
            if isinstance(error, NoObservationsError) and len(paths) == 1:
                raise  # it says what the file is
            faults.extend(error.faults)
    if len(strangers) == 1 and not faults:
        raise strangers[0]
    faults.extend(Fault(error.where, error.detail, error.title) for error in strangers)
    if faults:
        raise FaultsError(faults, hint=strangers[0].hint if strangers else "")
    if not done.incoming:
        named = ", ".join(str(path) for path in paths)
        raise UnknownLayoutError("nothing but documents and lists here", where=named)
    return _with_findings(done)


def _by(mapping: Path | str) -> Callable[[Blob], Source]:
    """Every file is read by the user's mapping."""
    path = Path(mapping)
    if not path.is_file():
        raise UsageError(f"there is no file {path}", hint="`tidewaiter map FILE --save my.yml` proposes one")
    parsed = parse(path.read_text(encoding="utf-8"), path.name)
    source = MappedSource(parsed.dataset, parsed)
    return lambda _: source


def _read_one(
    found: Found,
    source_of: Callable[[Blob], Source],
    done: ReadFiles,
    faults: list[Fault],
    strangers: list[UnknownLayoutError],
    *,
    alone: bool,
) -> None:
    blob = found.blob
    try:
        source = source_of(blob)
    except UnknownLayoutError as error:
        if not alone and _is_document(blob.name):
            done.skipped.append(f"{blob.name}: this is no data")
        else:
            strangers.append(error)
        return
    try:
        readings = source.read(blob)
    except NoObservationsError as error:
        if alone:
            raise
        done.skipped.extend(f"{fault.place}: {fault.problem}" for fault in error.faults)
        return
    except FaultsError as error:
        faults.extend(error.faults)
        return
    done.incoming.append(
        Incoming(
            blob.name, blob.data, readings, found.origin.published, found.origin.edition, found.origin.title
        )
    )
    if not blob.is_workbook:
        counted_by = getattr(source, "rows", count_rows)  # rows are not lines in XML and JSON
        done.rows[blob.name] = counted_by(blob)


def _is_alone(path: Path | str) -> bool:
    """The path is one file, not a folder or an archive of files."""
    given = Path(path)
    if not given.is_file():
        return False
    with given.open("rb") as file:
        head = file.read(4)
    return head != b"PK\x03\x04" or not is_archive(given.read_bytes())


def _is_document(name: str) -> bool:
    path = Path(name)
    return path.suffix.lower() in _DOCUMENTS or path.stem.lower().startswith(_TITLES)


def _with_findings(done: ReadFiles) -> ReadFiles:
    """What was passed over is told with the first release read."""
    if done.skipped:
        told = tuple(f"{why}; passed over" for why in done.skipped)
        first = done.incoming[0]
        reading = replace(first.readings[0], findings=(*first.readings[0].findings, *told))
        done.incoming[0] = replace(first, readings=[reading, *first.readings[1:]])
    return done
