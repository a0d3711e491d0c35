"""Files of observations, written all or nothing: the name stands for a whole file or for the old one."""

from __future__ import annotations

import os
import uuid
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tidewaiter.errors import StoreError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import BinaryIO

    from tidewaiter.store.interchange.extract import Extract

FORMATS = ("sdmx-csv", "parquet", "arrow")
_SUFFIXES = {
    ".csv": "sdmx-csv",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".arrow": "arrow",
    ".feather": "arrow",
}


def format_of(path: Path) -> str:
    """The format a file's name asks for.

    Raises:
        UsageError: its suffix is none we write.
    """
    if (form := _SUFFIXES.get(path.suffix.lower())) is not None:
        return form
    known = ", ".join(_SUFFIXES)
    raise UsageError(f"{path.name} does not tell the format", hint=f"end it in {known}, or give --format")


def written(extract: Extract, form: str, file: BinaryIO) -> None:
    """Write the observations to an open file.

    Raises:
        UsageError: a format we do not write.
    """
    _writer(form)(extract, file)


def write(extract: Extract, path: Path, form: str = "") -> Path:
    """Write the observations to a file, in one step.

    Args:
        extract: what to write.
        path: the file; one that is there is replaced.
        form: one of :data:`FORMATS`; empty: by the file's suffix.

    Raises:
        StoreError: the file cannot be written.
    """
    form = form or format_of(path)
    with replacing(path) as file:
        written(extract, form, file)
    return path


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file that takes its name when it is whole; after an error the old one is untouched.

    Raises:
        StoreError: the folder does not take it.
    """
    beside = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}")
    try:
        with beside.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        raise StoreError(f"{path} cannot be written: {error.strerror}", where=str(path.parent)) from error
    finally:
        beside.unlink(missing_ok=True)


def _writer(form: str) -> Callable[[Extract, BinaryIO], None]:
    if form == "sdmx-csv":
        from tidewaiter.store.interchange.sdmx_csv import write_sdmx_csv  # noqa: PLC0415 — when it is asked for

        return write_sdmx_csv
    from tidewaiter.store.interchange import columns  # noqa: PLC0415 — pyarrow

    if form == "parquet":
        return columns.write_parquet
    if form == "arrow":
        return columns.write_arrow
    raise UsageError(f"{form!r} is no format of an export", hint=f"one of {', '.join(FORMATS)}")
