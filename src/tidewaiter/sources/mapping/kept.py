"""Mappings the user keeps: a folder of YAML files, asked before any other source.

The folder is ``TIDEWAITER_MAPPINGS``, else ``mappings`` in the user's configuration directory. A file of
a kept layout is recognised by the names its mapping lists under ``sniff`` and, where the flow was told by
the title, by a title that speaks of the same flow (``says``).
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from tidewaiter.errors import UsageError
from tidewaiter.nomenclature.codelist import fold
from tidewaiter.sources.mapping.source import MappedSource
from tidewaiter.sources.mapping.spec import parse

if TYPE_CHECKING:
    from tidewaiter.sources.protocol import Blob

_VARIABLE = "TIDEWAITER_MAPPINGS"
_NAME = re.compile(r"[^\W_][\w-]{0,60}\Z")
_WITHIN = 60  # rows above a table


class KeptSource(MappedSource):
    """A layout the user has kept."""

    def sniff(self, blob: Blob) -> bool:
        """Some row names all columns of ``sniff``; title or file name speak of the flow under ``says``."""
        from tidewaiter.sources.mapping.headings import flow_in  # noqa: PLC0415 — only where something is kept
        from tidewaiter.sources.mapping.tabular import all_rows, head_of  # noqa: PLC0415

        head, spec = head_of(blob), self.mapping.file
        if not head.format or (spec.format and spec.format != head.format):
            return False
        rows: list[list[str]] = [list(row) for row in head.rows]
        if spec.sheet or spec.header > len(rows):
            rows = all_rows(blob, spec, head)[:_WITHIN]
        wanted = {fold(name) for name in self.mapping.sniff or self.mapping.columns}
        at = next((n for n, row in enumerate(rows) if wanted <= {fold(cell) for cell in row}), None)
        if at is None or not wanted:
            return False
        above = " ".join(cell for row in rows[:at] for cell in row)
        spoken = flow_in(above) or flow_in(blob.name.replace("_", " "))
        return not self.mapping.says or spoken == self.mapping.says


def folder() -> Path:
    """Where mappings are kept."""
    if given := os.environ.get(_VARIABLE):
        return Path(given)
    from platformdirs import user_config_path  # noqa: PLC0415 — only where nothing is set

    return user_config_path("tidewaiter") / "mappings"


def kept() -> list[KeptSource]:
    """A source for each kept mapping, by name.

    Raises:
        FaultsError: a kept file is no mapping; it names the file and the line.
    """
    place = folder()
    if not place.is_dir():
        return []
    paths = sorted(place.glob("*.yml"))
    return [KeptSource(path.stem, parse(path.read_text(encoding="utf-8"), str(path))) for path in paths]


def keep(name: str, text: str, *, force: bool = False) -> Path:
    """Keep a mapping.

    Args:
        name: letters, digits, ``-`` and ``_``.
        text: the YAML.
        force: replace one of the same name.

    Raises:
        UsageError: the name is none, or is taken.
        FaultsError: the text is no mapping yet.
    """
    path = _path(name)
    parse(text, name)
    if path.exists() and not force:
        raise UsageError(f"a mapping {name} is kept already", hint="another name, or --force")
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)
    return path


def forget(name: str) -> Path:
    """Keep a mapping no more.

    Raises:
        UsageError: none of this name is kept.
    """
    path = _path(name)
    if not path.is_file():
        names = ", ".join(sorted(each.stem for each in folder().glob("*.yml"))) or "none"
        raise UsageError(f"no mapping {name} is kept", hint=f"kept: {names}")
    path.unlink()
    return path


def _path(name: str) -> Path:
    if not _NAME.match(name):
        raise UsageError(f"{name!r} is no name for a mapping", hint="letters, digits, - and _")
    return folder() / f"{name}.yml"
