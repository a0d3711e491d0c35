"""``origin.yml``: what a folder of files says about where they come from.

::

    publisher: Ministry of Finance, Department of Statistics
    title: 114年8月海關進出口貿易初步統計
    published: 2025-09-09
    licence: Open Government Data License, version 1.0
    citation: 財政部統計處, 2025-09-09, tables 1 to 16
    obtained: how the files came here
    sha256:
      Table1.xlsx: 3f0a…

Files rarely tell their publication day; the folder does. A file whose hash differs from the one listed
is a fault: it is not the file that was described.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

import yaml

from tidewaiter.errors import Fault, FaultsError

if TYPE_CHECKING:
    from pathlib import Path

    from tidewaiter.sources.protocol import Blob

MANIFEST = "origin.yml"
_TEXTS = ("publisher", "title", "edition", "licence", "citation", "obtained", "note")
_KNOWN = {*_TEXTS, "published", "sha256"}


@dataclass(frozen=True)
class Manifest:
    """What an ``origin.yml`` tells. Everything is optional.

    Attributes:
        published: publication day of every file in the folder.
        publisher: whose numbers.
        title: of the publication.
        edition: which publication of its series (a number, a month), where the files do not tell it.
        licence: under which the files may be used.
        citation: as one would cite it, without addresses.
        obtained: how the files came here.
        note: what else a reader must know.
        sha256: file name → hash of its bytes.
    """

    published: date | None = None
    publisher: str = ""
    title: str = ""
    edition: str = ""
    licence: str = ""
    citation: str = ""
    obtained: str = ""
    note: str = ""
    sha256: dict[str, str] = field(default_factory=dict)

    def check(self, blob: Blob) -> list[Fault]:
        """A fault when the file is listed here with another hash."""
        listed = self.sha256.get(blob.name)
        if listed is None or listed == hashlib.sha256(blob.data).hexdigest():
            return []
        hint = f"restore the file, or correct {MANIFEST}"
        return [Fault(blob.name, f"is not the file that {MANIFEST} describes (sha256 differs)", hint)]


def manifest(directory: Path) -> Manifest | None:
    """The manifest of a folder, None when it has none.

    Raises:
        FaultsError: the file is there and does not read.
    """
    path = directory / MANIFEST
    if not path.is_file():
        return None
    try:
        facts = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise FaultsError([Fault(MANIFEST, f"is not YAML: {error}")]) from error
    if not isinstance(facts, dict):
        raise FaultsError([Fault(MANIFEST, "is not a list of names and values", "see the module's text")])
    if faults := list(_faults(facts)):
        raise FaultsError(faults)
    texts = {name: str(facts.get(name, "")).strip() for name in _TEXTS}
    return Manifest(published=facts.get("published"), sha256=dict(facts.get("sha256") or {}), **texts)


def _faults(facts: dict[Any, Any]) -> list[Fault]:
    known = ", ".join(sorted(_KNOWN))
    faults = [
        Fault(f"{MANIFEST} › {name}", "is nothing a manifest tells", f"known: {known}")
        for name in facts
        if name not in _KNOWN
    ]
    published = facts.get("published")
    if published is not None and type(published) is not date:
        faults.append(Fault(f"{MANIFEST} › published", f"{published!r} is not a day", "write 2025-09-09"))
    hashes = facts.get("sha256")
    if hashes is not None and not isinstance(hashes, dict):
        faults.append(Fault(f"{MANIFEST} › sha256", "is not a list of file names and hashes"))
    return faults
