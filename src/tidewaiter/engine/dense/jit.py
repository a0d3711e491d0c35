"""Compiling: numba, without the interpreter lock, kept on disk for the next run.

The compiled code calls formulas that stand in other files, and numba looks only at the file of the function
itself when it decides whether the kept code is current. So the folder is named after the content of every
file that may be called: a formula that changes is compiled again.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable  # noqa: TC003 — numba reads annotations
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import numba
from numba.core import config as _config

if TYPE_CHECKING:
    from collections.abc import Iterator

config: Any = _config  # its settings are made when it is loaded
P = ParamSpec("P")
R = TypeVar("R")
_ROOMS = ("statistics", "engine/dense", "engine/cube")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """The function in machine code: no interpreter lock, division by zero gives inf or NaN as numpy does."""
    with _kept_in(folder()):
        return _njit(function)


def _njit(function: Callable[P, R]) -> Callable[P, R]:
    made: Any = numba.njit(nogil=True, cache=True, error_model="numpy", boundscheck=False)(function)
    return made  # type: ignore[no-any-return]


def inlined(function: Callable[P, R]) -> Callable[P, R]:
    """A formula in machine code, for being called by compiled code; it is kept with its caller."""
    made: Any = numba.njit(nogil=True, error_model="numpy", boundscheck=False)(function)
    return made  # type: ignore[no-any-return]


@cache
def folder() -> Path:
    """Where compiled code is kept: the user's cache; a folder of this machine's temporary one if need be."""
    import platformdirs  # noqa: PLC0415

    name = f"kernels-{numba.__version__}-{digest_of_sources()}"
    for base in (
        os.environ.get("NUMBA_CACHE_DIR"),
        platformdirs.user_cache_dir("tidewaiter", appauthor=False),
        str(Path(tempfile.gettempdir()) / f"tidewaiter-{os.getuid() if hasattr(os, 'getuid') else 0}"),
    ):
        if base and (home := _writable(Path(base) / name)):
            return home
    return Path(tempfile.mkdtemp(prefix="tidewaiter-"))


def _writable(home: Path) -> Path | None:
    try:
        home.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=home):
            return home
    except OSError:
        return None


@cache
def digest_of_sources() -> str:
    """Of every file whose formulas and loops are compiled, and of numba's version."""
    root = Path(__file__).resolve().parents[2]
    content = hashlib.blake2b(digest_size=8)
    for room in _ROOMS:
        for path in sorted((root / room).glob("*.py")):
            content.update(path.read_bytes())
    return content.hexdigest()


@contextmanager
def _kept_in(home: Path) -> Iterator[None]:
    before = config.CACHE_DIR
    config.CACHE_DIR = str(home)
    try:
        yield
    finally:
        config.CACHE_DIR = before


def summing(function: Callable[P, R]) -> Callable[P, R]:
    """As :func:`inlined`, free to add up in another order; only for check sums."""
    made: Any = numba.njit(nogil=True, error_model="numpy", fastmath={"reassoc", "nsz"})(function)
    return made  # type: ignore[no-any-return]
