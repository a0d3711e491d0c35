"""How far the reading of one large file is, told to whoever watches.

Who starts the reading sets a listener (:func:`watched`); a reader tells rows as it goes (:func:`tell_rows`).
Nobody has to listen, and then nothing is counted.
"""

from __future__ import annotations

import io
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

EVERY = 50_000
"""Rows after which a reader tells how far it is."""
_FROM = 1 << 25  # bytes; what is smaller is read before anybody looks
_SAMPLE = 1 << 20  # bytes from which the length of a row is judged
_LISTENER: ContextVar[Callable[[str], None] | None] = ContextVar("listener", default=None)


@contextmanager
def watched(tell: Callable[[str], None]) -> Iterator[None]:
    """What readers tell goes to ``tell`` while the block lasts."""
    before = _LISTENER.set(tell)
    try:
        yield
    finally:
        _LISTENER.reset(before)


def tell_rows(file: str, rows: int) -> None:
    """So many rows of a file are read."""
    if (tell := _LISTENER.get()) is not None:
        tell(f"{file}: {rows:,} rows read")


def stream_of(file: str, data: memoryview) -> io.RawIOBase | None:
    """The bytes of a large text as a stream that tells how far it was read; None when nobody watches.

    Rows are not counted while a text is parsed in blocks: they are judged by the length of the first ones.
    """
    tell = _LISTENER.get()
    if tell is None or len(data) < _FROM:
        return None
    start = bytes(data[:_SAMPLE])
    length = len(start) / max(start.count(b"\n"), 1)
    return _Told(
        data, lambda at: tell(f"{file}: about {at / length:,.0f} of {len(data) / length:,.0f} rows read")
    )


class _Told(io.RawIOBase):
    """Bytes that tell how many of them were read. The listener is called where the parser reads."""

    def __init__(self, data: memoryview, tell: Callable[[int], None]) -> None:
        super().__init__()
        self._data, self._tell, self._at = data, tell, 0

    def readable(self) -> bool:
        """It is."""
        return True

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes."""
        end = len(self._data) if size is None or size < 0 else self._at + size
        piece = bytes(self._data[self._at : end])
        self._at += len(piece)
        self._tell(self._at)
        return piece
