"""The error tree. Whatever goes wrong on purpose is one of these.

::

    TidewaiterError              title, detail, hint, where
    ├── FaultsError              every fault of one file together, with places; nothing was loaded
    ├── UnknownLayoutError       no source recognises the file
    ├── UnknownNameError         a code, area, group or name we cannot match; lists candidates
    ├── UnparsableError          a period, number, key or unit that does not read
    ├── NoFigureError            the store cannot give this figure; says what is missing
    ├── StoreError               the store cannot be read or written
    ├── UnavailableError         a source out there gave no data; says whether asking again may help
    └── UsageError               the call itself is off

Exit codes of the command line: 0 fine, 1 findings, 2 usage, 3 source unavailable. An error carries
its own in ``exit_code``.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a file: what is wrong, and where.

    ``place`` reads ``Table8.xlsx › 表8 › C17``, ``exports.csv › line 14 › 日期`` or the like.
    """

    place: str
    problem: str
    hint: str = ""

    def __str__(self) -> str:
        tail = f" ({self.hint})" if self.hint else ""
        return f"{self.place}: {self.problem}{tail}"


class TidewaiterError(Exception):
    """Root of the tree.

    Attributes:
        title: a few words that never change for this kind of error.
        detail: what happened this time.
        hint: the next step, empty when there is none.
        where: file, sheet, row, column, period or code, empty when it does not apply.
    """

    title = "Something is wrong"
    exit_code = 1

    def __init__(self, detail: str, *, hint: str = "", where: str = "") -> None:
        super().__init__(detail)
        self.detail = detail
        self.hint = hint
        self.where = where

    def __str__(self) -> str:
        head = f"{self.where}: {self.detail}" if self.where else self.detail
        return f"{head}\n  → {self.hint}" if self.hint else head


class FaultsError(TidewaiterError):
    """Every fault of one file (or one load), reported together."""

    title = "The file has faults; nothing was loaded"

    def __init__(self, faults: list[Fault], *, hint: str = "") -> None:
        self.faults = tuple(faults)
        lines = "\n".join(f"  {fault}" for fault in faults)
        noun = "fault" if len(faults) == 1 else "faults"
        super().__init__(f"{len(faults)} {noun}:\n{lines}", hint=hint)


class UnknownLayoutError(TidewaiterError):
    """No source recognises the content of the file."""

    title = "Unknown layout"


class UnknownNameError(TidewaiterError):
    """A code or name that no code list holds. An unmatched name is never dropped in silence."""

    title = "Unknown name"

    @classmethod
    def of(cls, kind: str, name: str, candidates: list[str], *, where: str = "") -> UnknownNameError:
        """An unknown ``name`` of a ``kind`` (area, commodity, flow …) with the nearest known ones."""
        near = f"did you mean {', '.join(candidates)}?" if candidates else ""
        return cls(f"no {kind} is called {name!r}", hint=near, where=where)


class UnparsableError(TidewaiterError):
    """A text that should be a period, number, key or unit and is not."""

    title = "Cannot be read"
    exit_code = 2


class NoFigureError(TidewaiterError):
    """The store holds nothing from which this figure could be had."""

    title = "No such figure"


class StoreError(TidewaiterError):
    """The store cannot be read or written."""

    title = "The store is not usable"
    exit_code = 3


class UnavailableError(TidewaiterError):
    """A source out there gave no data: it refused, was silent, broke off, or sent something else.

    Attributes:
        kind: what happened, in one word that programs may compare (``rate-limit``, ``cut``, ``login`` …;
            :mod:`tidewaiter.connect.judge` lists them).
        retriable: asking the same again, later, may give data.
        after: seconds the source asked to wait, None when it named none.
    """

    title = "The source is unavailable"
    exit_code = 3

    def __init__(
        self,
        detail: str,
        *,
        kind: str,
        retriable: bool = False,
        after: float | None = None,
        hint: str = "",
        where: str = "",
    ) -> None:
        super().__init__(detail, hint=hint, where=where)
        self.kind = kind
        self.retriable = retriable
        self.after = after


class UsageError(TidewaiterError):
    """The call is off: an option or a combination that cannot be meant."""

    title = "Usage"
    exit_code = 2
