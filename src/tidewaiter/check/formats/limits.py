"""How much a file may cost, and how whatever goes wrong in reading it becomes an error of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from tidewaiter.errors import Fault, FaultsError, TidewaiterError

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_BYTES = 64 << 20
"""A file. The largest bulletins with pictures are near 20 MB."""
MAX_SIGNS = 16 << 20
"""The text of a file, in characters: a thousand long reports."""
MAX_UNPACKED = 256 << 20
"""All parts of a packed file together."""
MAX_RATIO = 200
"""Unpacked against packed bytes of a large part; text in XML packs 5 to 50 times."""
MAX_PARTS = 5_000
MAX_PAGES = 400
MAX_SECONDS = {"pdf": 60, "html": 20}
"""Of a process that reads one file; its memory is bounded in :mod:`tidewaiter.sources.apart`."""
SMALL_PAGE = 256 << 10
"""A page up to this size costs seconds at worst, however it is made, and is read in our own process."""

_Got = TypeVar("_Got")


def broken(name: str, problem: str, hint: str = "") -> FaultsError:
    """The error of a file that cannot be read."""
    error = FaultsError([Fault(name, problem, hint)])
    error.title = "The file cannot be read"
    return error


def guarded(read: Callable[[], _Got], name: str) -> _Got:
    """Run a reader of hostile files; whatever its libraries raise becomes a fault of the file.

    Raises:
        TidewaiterError: always one of our tree, the cause kept.
    """
    try:
        return read()
    except TidewaiterError:
        raise
    except ImportError as error:
        missing = error.name or str(error)
        hint = "install tidewaiter again: it brings what reads HTML, PDF, DOCX and ODT"
        raise TidewaiterError(f"the library {missing} is missing", hint=hint, where=name) from error
    except (MemoryError, RecursionError) as error:
        raise broken(name, "it is nested too deeply or too large to be read") from error
    except Exception as error:  # five libraries, each with its own tree or none
        words = " ".join(str(error).split())[:120] or type(error).__name__
        raise broken(name, f"it is damaged: {words}") from error
