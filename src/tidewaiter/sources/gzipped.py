"""One file packed with gzip (``C_A_842_2023_HS.txt.gz``), unpacked within the bounds of archives.

What unpacks to more than a member of an archive may hold, or to more than so many times its own size, is
refused; the stream is read in pieces, so that nothing larger is ever held. A stream of several members is
one file, as gzip has it.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from tidewaiter.errors import Fault, FaultsError
from tidewaiter.sources.protocol import Blob

_MAGIC = b"\x1f\x8b\x08"
_WINDOW = 16 + zlib.MAX_WBITS
_PIECE = 1 << 20
_SMALL = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What a packed file may hold, in bytes.

    Attributes:
        size: unpacked.
        ratio: unpacked to packed; a text of trade packs 10 to 40 times.
    """

    size: int = 2 << 30
    ratio: int = 300


LIMITS = Limits()


def is_gzipped(data: bytes) -> bool:
    """The bytes begin as a gzip stream does."""
    return data.startswith(_MAGIC)


def ungzipped(blob: Blob, limits: Limits = LIMITS) -> Blob:
    """The file inside, named without ``.gz``.

    Raises:
        FaultsError: the stream is damaged or cut, or larger than it may be.
    """
    most = min(limits.size, max(limits.ratio * len(blob.data), _SMALL))
    held = bytearray()
    data = memoryview(blob.data)
    try:
        while data:
            stream = zlib.decompressobj(_WINDOW)
            piece: bytes | memoryview = data
            while not stream.eof:
                held += stream.decompress(piece, _PIECE)
                if len(held) > most:
                    raise _refusal(blob, f"unpacks to more than {most:,} bytes")
                piece = stream.unconsumed_tail
                if not piece and not stream.eof:
                    raise _refusal(blob, "the gzip stream is cut off: its end is missing")
            rest = stream.unused_data
            data = memoryview(rest.lstrip(b"\0"))  # tapes are filled up with zeros
    except zlib.error as error:
        raise _refusal(blob, f"the gzip stream is damaged: {error}") from error
    return Blob(blob.name.removesuffix(".gz"), bytes(held))


def _refusal(blob: Blob, problem: str) -> FaultsError:
    return FaultsError([Fault(blob.name, problem)], hint="download it again, or unpack it by hand")
