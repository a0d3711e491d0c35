"""A folder of statistics that several machines write at a time.

Files are whole or not there, each is written under a name of its own first, and a block has the same content
whoever computes it: so a block may be computed twice (a machine fell out) without harm. The manifest is
written by the one who asked for the run. What a worker has finished it notes in a list of its own
(``parts/done-….json``), so that a run that was broken off goes on where it stopped.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tidewaiter.engine.compute.output import NAMED, TOTAL_FILE, Output

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from tidewaiter.engine.compute.context import Context
    from tidewaiter.store.records import Records

_LISTS = "done-*.json"


class SharedOutput(Output):
    """A folder of statistics on storage that all machines see.

    Args:
        folder, records, context: as for :class:`Output`.
        who: names this process among all of them; empty for the one that keeps the manifest.
    """

    def __init__(self, folder: Path, records: Records, context: Context, who: str = "") -> None:
        self._who = who
        self._own: dict[str, dict[str, Any]] = {}
        super().__init__(folder, records, context)
        if not who:
            self._save()  # the folder is ours before others write to it

    def _read(self) -> dict[str, dict[str, Any]]:
        there = not self._who or (self._folder / "manifest.json").exists()
        found = super()._read() if there else {}
        for path in sorted((self._folder / "parts").glob(_LISTS)):
            try:
                found |= json.loads(path.read_text(encoding="utf-8"))
            except (OSError, ValueError, TypeError):
                continue  # a list that does not read vouches for nothing
        return found

    def _save(self) -> None:
        if not self._who:
            super()._save()
            return
        from tidewaiter.store.catalogue import write_json  # noqa: PLC0415

        folder = self._folder / "parts"
        folder.mkdir(exist_ok=True)
        write_json(folder / f"done-{self._who}.json", self._own)

    def _own_name(self) -> str:
        return f"{self._who}-{super()._own_name()}"

    def _note(self, name: str, entry: dict[str, Any]) -> None:
        self._own[name] = entry
        super()._note(name, entry)

    @staticmethod
    def name(flow: str, chapter: str | None) -> str:
        """What the file of a block is called; without a chapter that of the flow's total."""
        return f"{flow}/{TOTAL_FILE if chapter is None else chapter or NAMED}"

    def entries(self) -> dict[str, dict[str, Any]]:
        """Name → entry of the files that are there."""
        return dict(self._entries)

    def entry(self, name: str) -> dict[str, Any]:
        """What the manifest tells of a file."""
        return self._entries[name]

    def take(self, run: str, entries: Mapping[str, dict[str, Any]], before: Iterable[str]) -> None:
        """End a run: write the manifest of what the workers made, and remove what else lies there.

        Args:
            run: its name, with which the names of all its workers begin.
            entries: name → entry, of all files.
            before: names of those that were current already.
        """
        self._entries |= entries
        self._wanted |= set(entries)
        self.files, self.kept = len(entries), len(set(before))
        self._save()
        self.finish()
        broken_off = self._folder.glob(f"*/.*{run}*")  # files of workers that fell out
        for path in [*(self._folder / "parts").glob(_LISTS), *broken_off]:
            path.unlink(missing_ok=True)
