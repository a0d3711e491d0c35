"""From paths to files that were read: everything is read before anything is kept.

A file named by itself must be one that a source reads: all faults of all such files are told together
and nothing is loaded. In a folder or an archive what is plainly a document (README, licence, notes) or a
list of names and codes is passed over with a finding; any other file that is refused is told with its
reason, and the caller chooses whether the others count without it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from tidewaiter.errors import Fault, FaultsError, TidewaiterError, UnknownLayoutError, UsageError
from tidewaiter.sources.archive import is_archive
from tidewaiter.sources.lists import NoObservationsError
from tidewaiter.sources.mapping.source import MappedSource
from tidewaiter.sources.mapping.spec import parse
from tidewaiter.sources.mapping.tabular import count_rows
from tidewaiter.sources.registry import Found, files, recognise
from tidewaiter.sources.watching import watched
from tidewaiter.store.load import Incoming

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tidewaiter.sources.protocol import Blob, Source

_DOCUMENTS = frozenset(
    {".md", ".rst", ".txt", ".pdf", ".htm", ".html", ".doc", ".docx", ".odt", ".yml", ".yaml"}
)
_CLOCKED = 1 << 16  # bytes; of smaller files no speed is told
_TITLES = ("readme", "licence", "license", "sources", "notice", "copying", "changelog")


@dataclass
class ReadFiles:
    """What was read.

    Attributes:
        incoming: files with their readings.
        rows: file name → data rows, for files that are not workbooks.
        skipped: documents and lists passed over, each with what it is.
        refused: why each file of a folder or archive that is not read is refused.
        seconds: file name → how long its reading and its checks took, without recognising it, loading
            code lists (once a process) and writing to the store.
    """

    incoming: list[Incoming] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    skipped: list[str] = field(default_factory=list)
    refused: list[TidewaiterError] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)


def read_files(
    paths: Iterable[Path | str],
    tell: Callable[[str], None] = lambda _: None,
    *,
    mapping: Path | str | None = None,
    partly: bool = False,
) -> ReadFiles:
    """Read files, folders and archives.

    Args:
        paths: what the user named.
        tell: is told the name of each file before it is read, and of a large one how many rows are, for
            progress.
        mapping: a YAML by which all files are read; without one the layout is recognised by content.
        partly: files of folders and archives that are refused do not keep the others from being read;
            they stand in ``refused``.

    Raises:
        UsageError: a path that does not exist.
        UnknownLayoutError: one file was named and no source reads it.
        FaultsError: every fault of every file.
    """
    paths = list(paths)
    source_of = recognise if mapping is None else _by(mapping)
    done, wrong = ReadFiles(), list[TidewaiterError]()
    for path in paths:
        alone = _is_alone(path)
        aside = done.refused if partly and not alone else wrong
        try:
            for found in files([path], aside.append):
                tell(found.blob.name)
                with watched(tell):
                    error = _read_one(found, source_of, done, alone=alone)
                if error is not None:
                    aside.append(error)
        except FaultsError as error:
            if isinstance(error, NoObservationsError) and len(paths) == 1:
                raise  # it says what the file is
            wrong.append(error)
    if wrong or not done.incoming:
        _refuse([*wrong, *done.refused], paths)
    return _with_findings(done)


def _refuse(wrong: list[TidewaiterError], paths: list[Path | str]) -> None:
    """Raise all that is wrong as one error."""
    if len(wrong) == 1:
        raise wrong[0]
    if not wrong:
        named = ", ".join(str(path) for path in paths)
        raise UnknownLayoutError("nothing but documents and lists here", where=named)
    known = [fault for error in wrong if isinstance(error, FaultsError) for fault in error.faults]
    others = [error for error in wrong if not isinstance(error, FaultsError)]
    known += [Fault(error.where, error.detail, error.title) for error in others]
    raise FaultsError(known, hint=others[0].hint if others else "")


def _by(mapping: Path | str) -> Callable[[Blob], Source]:
    """Every file is read by the user's mapping."""
    path = Path(mapping)
    if not path.is_file():
        raise UsageError(f"there is no file {path}", hint="`tidewaiter map FILE --save my.yml` proposes one")
    parsed = parse(path.read_text(encoding="utf-8"), path.name)
    source = MappedSource(parsed.dataset, parsed)
    return lambda _: source


def _read_one(
    found: Found, source_of: Callable[[Blob], Source], done: ReadFiles, *, alone: bool
) -> TidewaiterError | None:
    """Read a file; what is wrong with it, None when nothing is."""
    blob = found.blob
    try:
        source = source_of(blob)
        if len(blob.data) > _CLOCKED:
            _load_lists()
        begun = perf_counter()
        readings = source.read(blob)
    except NoObservationsError as error:
        if alone:
            raise
        done.skipped.extend(f"{fault.place}: {fault.problem}" for fault in error.faults)
        return None
    except UnknownLayoutError as error:
        if alone or not _is_document(blob.name):
            return error
        done.skipped.append(f"{blob.name}: this is no data")
        return None
    except TidewaiterError as error:
        return error
    done.seconds[blob.name] = perf_counter() - begun
    done.incoming.append(
        Incoming(
            blob.name, blob.data, readings, found.origin.published, found.origin.edition, found.origin.title
        )
    )
    if not blob.is_workbook:
        counted_by = getattr(source, "rows", count_rows)  # rows are not lines in XML and JSON
        done.rows[blob.name] = counted_by(blob)
    return None


def _load_lists() -> None:
    """The code lists that a first reading loads: they are of the process, not of the file that is clocked."""
    from tidewaiter.nomenclature import areas, commodities, flows, indicators
    from tidewaiter.sources.mapping import partners

    import_module("tidewaiter.sources.mapping.read")
    partners.sources()
    for known in (areas, commodities, flows, indicators):
        known()


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
