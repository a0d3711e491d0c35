"""Options that every verb takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from inspect import getdoc
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

from cyclopts import Parameter

from tidewaiter.cli.talk import default_lang

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cyclopts import Token

    from tidewaiter.api import Store

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = get_args(Lang)
Format = Literal["table", "csv", "json", "jsonl", "parquet"]
Flat = Literal["table", "csv", "json", "jsonl"]


def _read_day(_type: object, tokens: Sequence[Token]) -> date:
    return date.fromisoformat(tokens[0].value)


Day = Annotated[date, Parameter(converter=_read_day, accepts_keys=False, n_tokens=1)]
StoreFolder = Annotated[
    Path | None,
    Parameter(env_var="TIDEWAITER_STORE", help="Folder of the store. Default: in the user's data directory."),
]


@Parameter(name="*")
@dataclass(frozen=True)
class Common:
    """Options of every verb.

    Attributes:
        store: Folder of the store. Default: in the user's data directory.
        as_of: Answer as known on this day (2025-09-09). Default: as known now.
        lang: Language of names and texts, zh or en. Default: from LANG.
    """

    store: StoreFolder = None
    as_of: Annotated[Day | None, Parameter(help="Answer as known on this day (2025-09-09).")] = None
    lang: Annotated[Lang | None, Parameter(help="Language. Default: from LANG.")] = None

    @property
    def language(self) -> Lang:
        """The language asked for, or the one the machine speaks."""
        return self.lang or default_lang()

    def open(self) -> Store:
        """The store."""
        from tidewaiter.api import open_store  # heavy

        return open_store(self.store)


def examples(entry: Callable[..., Any]) -> str:
    """The examples of a verb's docstring, as they stand, for the end of its help."""
    _, _, after = (getdoc(entry) or "").partition("\nExamples:\n")
    lines = list(takewhile(lambda line: line.startswith(" "), after.splitlines()))
    return "\n".join(["Examples:", "```console", *(line.strip() for line in lines), "```"]) if lines else ""
