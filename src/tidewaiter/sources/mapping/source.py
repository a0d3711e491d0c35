"""A source made of a mapping: recognised by its columns, read as the YAML says."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from importlib import resources
from typing import TYPE_CHECKING

from tidewaiter.sources.mapping.spec import parse

if TYPE_CHECKING:
    from tidewaiter.model.release import Reading
    from tidewaiter.sources.mapping.spec import Mapping
    from tidewaiter.sources.protocol import Blob

_FOLDER = "tidewaiter.sources.mapping.builtin"
_YML = ".yml"


class MappedSource:
    """Reads one layout by its mapping. The YAML is parsed when it is first needed.

    Attributes:
        name: the dataset; the mapping stands in ``builtin/<name>.yml``.
    """

    def __init__(self, name: str, mapping: Mapping | None = None) -> None:
        self.name = name
        self._given = mapping

    @cached_property
    def mapping(self) -> Mapping:
        """What the YAML says."""
        if self._given is not None:
            return self._given
        file = resources.files(_FOLDER).joinpath(self.name + _YML)
        return parse(file.read_text(encoding="utf-8"), file.name)

    def sniff(self, blob: Blob) -> bool:
        """The first rows name all of the mapping's columns, and none that belong to another layout."""
        from tidewaiter.sources.mapping.tabular import head_of  # noqa: PLC0415 — arrow, only to look at files

        head = head_of(blob)
        if (at := head.header(self.mapping.sniff or self.mapping.columns)) is None:
            return False
        return not set(self.mapping.sniff_not) & set(head.rows[at])

    def read(self, blob: Blob) -> list[Reading]:
        """One reading.

        Raises:
            FaultsError: every fault of the file.
        """
        from tidewaiter.sources.mapping.read import read  # noqa: PLC0415 — polars, only to read files

        reading = read(self.mapping, blob)
        return [replace(reading, findings=(*_trailing(blob, self.mapping), *reading.findings))]


def _trailing(blob: Blob, mapping: Mapping) -> tuple[str, ...]:
    """What to know of a file whose rows end in one delimiter more than its header."""
    from tidewaiter.sources.mapping.tabular import head_of  # noqa: PLC0415 — arrow, only to look at files

    head = head_of(blob)
    at = head.header(mapping.columns) if head.format == "csv" else None
    if at is None or at + 1 >= len(head.rows):
        return ()
    names, row = head.rows[at], head.rows[at + 1]
    if len(row) != len(names) + 1 or row[-1]:
        return ()
    told = (
        f"each row ends in one {head.delimiter!r} more than the header of {len(names)} columns: the empty "
        "field at its end is left out; a reader that takes the first field for a row's name shifts every "
        "column by one"
    )
    return (told,)


def builtin() -> list[MappedSource]:
    """A source for each mapping that comes with the package, by name."""
    names = sorted(
        file.name.removesuffix(_YML)
        for file in resources.files(_FOLDER).iterdir()
        if file.name.endswith(_YML)
    )
    return [MappedSource(name) for name in names]
