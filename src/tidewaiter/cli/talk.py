"""Talk: what goes to stderr. Errors with title, detail and hint; progress of what takes a while."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

from rich.console import Console
from rich.markup import escape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tidewaiter.errors import TidewaiterError

_WIDE = 200


def console() -> Console:
    """Where we talk: stderr as it is now (tests put another in its place)."""
    return Console(stderr=True, highlight=False, soft_wrap=True)


def page() -> Console:
    """Where tables go: stdout, wide enough not to cut anything when nobody watches."""
    out = Console(file=sys.stdout, highlight=False)
    return out if out.is_terminal else Console(file=sys.stdout, highlight=False, width=_WIDE)


def say(text: str) -> None:
    """One line of talk."""
    console().print(escape(text))


def report(error: TidewaiterError) -> None:
    """An error as a reader needs it: what kind, what happened, what to do next."""
    where = f"{error.where}: " if error.where else ""
    console().print(f"[bold red]{escape(error.title)}[/]: {escape(where + error.detail)}")
    if error.hint:
        console().print(f"  [dim]→[/] {escape(error.hint)}")


@contextmanager
def progress(what: str) -> Iterator[Callable[[str], None]]:
    """A spinner that names what is being worked on; silent where nobody watches.

    Yields:
        A function to tell the current item.
    """
    out = console()
    if not out.is_terminal:
        yield lambda _: None
        return
    with out.status(what) as status:
        yield lambda item: status.update(f"{what}: {escape(item)}")


def default_lang() -> Literal["zh", "en"]:
    """``zh`` where LANG (or LC_ALL, LC_MESSAGES) asks for Chinese, else ``en``."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name, ""):
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"
