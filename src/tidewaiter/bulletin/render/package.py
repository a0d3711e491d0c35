"""Zip packages with the day of publication as the date of every member: equal contents give equal bytes."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

_OPEN_DOCUMENT = "mimetype"  # by the standard first and not compressed
_READABLE = 0o644 << 16
_UNIX = 3


def pack(members: Iterable[tuple[str, bytes]], day: date) -> bytes:
    """Named members as a zip, in the order given."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members:
            info = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            info.create_system, info.external_attr = _UNIX, _READABLE
            info.compress_type = zipfile.ZIP_STORED if name == _OPEN_DOCUMENT else zipfile.ZIP_DEFLATED
            packed.writestr(info, data)
    return made.getvalue()


def repack(data: bytes, day: date, keep: Callable[[str], bool] = lambda _: True) -> bytes:
    """A package of an office library again, its members dated ``day``; folders and what is not kept go."""
    with zipfile.ZipFile(BytesIO(data)) as packed:
        names = [name for name in packed.namelist() if not name.endswith("/") and keep(name)]
        names.sort(key=lambda name: name != _OPEN_DOCUMENT)
        return pack(((name, packed.read(name)) for name in names), day)
