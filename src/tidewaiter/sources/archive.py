"""Files inside zip archives, within bounds: an archive is somebody else's arithmetic.

Bounds: 10,000 members, 512 MiB a member, 2 GiB in all, 200 times the archive's own size, two archives
deep. Past any of them nothing more is read and the archive is refused. Office files are zip archives
themselves and are left whole, within the same bounds: a sheet may be a bomb too.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tidewaiter.errors import Fault, FaultsError
from tidewaiter.sources.protocol import Blob

if TYPE_CHECKING:
    from collections.abc import Iterator

_MIB = 1024 * 1024
_ZIP = b"PK\x03\x04"
_UTF8_FLAG = 0x800
_ENCRYPTED_FLAG = 0x1


@dataclass(frozen=True, slots=True)
class Bounds:
    """What an archive may hold. Sizes in bytes."""

    members: int = 10_000
    member_size: int = 512 * _MIB
    total_size: int = 2048 * _MIB
    ratio: int = 200
    depth: int = 2


BOUNDS = Bounds()


@dataclass(slots=True)
class _Spent:
    """What was unpacked so far, over all levels of one outer archive."""

    archive_size: int
    members: int = 0
    bytes: int = 0


def is_archive(data: bytes) -> bool:
    """A zip archive that is not itself a document (xlsx, ods, docx …).

    Judged by the members' names, not by searching the bytes: an archive that stores workbooks without
    compression holds every byte a workbook holds.
    """
    if data[:4] != _ZIP:
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return True  # it says it is one; unpacking tells what is wrong with it
    return not names & {"[Content_Types].xml", "mimetype"}


def check_document(blob: Blob, bounds: Bounds = BOUNDS) -> None:
    """An office file (xlsx, ods, docx …) unpacks to no more than an archive may.

    Raises:
        FaultsError: it declares more.
    """
    if blob.data[:4] != _ZIP:
        return
    try:
        with zipfile.ZipFile(io.BytesIO(blob.data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return  # its reader tells what is wrong with it
    _check(blob.name, members, bounds, _Spent(len(blob.data)))


def unpack(blob: Blob, bounds: Bounds = BOUNDS) -> Iterator[Blob]:
    """Every file in the archive, sorted by name, named ``archive.zip/member.csv``.

    Raises:
        FaultsError: a bound is passed, a member is encrypted or the archive is damaged.
    """
    yield from _unpack(blob, bounds, _Spent(len(blob.data)), 1)


def _unpack(blob: Blob, bounds: Bounds, spent: _Spent, depth: int) -> Iterator[Blob]:
    if depth > bounds.depth:
        raise _refusal(blob.name, f"archives in archives more than {bounds.depth} deep")
    try:
        with zipfile.ZipFile(io.BytesIO(blob.data)) as archive:
            members = [info for info in archive.infolist() if not _is_hidden(info)]
            _check(blob.name, members, bounds, spent)
            for info in sorted(members, key=_name):
                inner = Blob(f"{blob.name}/{_name(info)}", _content(archive, info, blob.name, bounds, spent))
                if is_archive(inner.data):
                    yield from _unpack(inner, bounds, spent, depth + 1)
                else:
                    check_document(inner, bounds)
                    yield inner
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError) as error:
        raise _refusal(blob.name, f"the archive cannot be unpacked: {error}") from error


def _check(name: str, members: list[zipfile.ZipInfo], bounds: Bounds, spent: _Spent) -> None:
    """Refuse by what the archive declares, before a byte is unpacked."""
    spent.members += len(members)
    if spent.members > bounds.members:
        raise _refusal(name, f"{spent.members} members, more than {bounds.members}")
    for info in members:
        if info.flag_bits & _ENCRYPTED_FLAG:
            raise _refusal(name, f"{_name(info)} is encrypted")
        if info.file_size > bounds.member_size:
            raise _refusal(name, f"{_name(info)} unpacks to more than {bounds.member_size // _MIB} MiB")
    _check_total(name, spent.bytes + sum(info.file_size for info in members), bounds, spent)


def _check_total(name: str, total: int, bounds: Bounds, spent: _Spent) -> None:
    if total > bounds.total_size:
        raise _refusal(name, f"unpacks to more than {bounds.total_size // _MIB} MiB in all")
    if total > bounds.ratio * spent.archive_size:
        raise _refusal(name, f"unpacks to more than {bounds.ratio} times its size")


def _content(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, bounds: Bounds, spent: _Spent
) -> bytes:
    """The member's bytes, counted as they come: what an archive declares need not be so."""
    with archive.open(info) as member:
        data = member.read(bounds.member_size + 1)
    if len(data) > bounds.member_size:
        raise _refusal(name, f"{_name(info)} unpacks to more than {bounds.member_size // _MIB} MiB")
    spent.bytes += len(data)
    _check_total(name, spent.bytes, bounds, spent)
    return data


def _name(info: zipfile.ZipInfo) -> str:
    """The member's name; archives made on a Taiwanese Windows write Big5 without saying so."""
    if info.flag_bits & _UTF8_FLAG:
        return info.filename
    for encoding in ("utf-8", "cp950"):
        try:
            return info.filename.encode("cp437").decode(encoding)
        except UnicodeError:
            continue
    return info.filename


def _is_hidden(info: zipfile.ZipInfo) -> bool:
    name = _name(info)  # may be empty: then zipfile cannot tell whether it is a folder
    parts = name.split("/")
    return name.endswith("/") or any(part.startswith((".", "__")) for part in parts)


def _refusal(name: str, problem: str) -> FaultsError:
    return FaultsError([Fault(name, problem)], hint="unpack it by hand and load the files you trust")
