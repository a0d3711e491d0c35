"""The verbs. Their modules are light; what a verb works with is imported when it runs."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from cyclopts import App, CycloptsError

from tidewaiter import __version__
from tidewaiter.cli.common import examples
from tidewaiter.cli.talk import report
from tidewaiter.errors import TidewaiterError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

_USAGE = UsageError.exit_code

_DATA = "Data: from files of offices to figures"
_TEXT = "Text: from figures to statements and back"
_VERBS = {
    _DATA: (
        "load",
        "fetch",
        "map",
        "list",
        "search",
        "define",
        "get",
        "export",
        "audit",
        "revisions",
        "diff",
        "compute",
    ),
    _TEXT: ("facts", "write", "check", "demo", "bench"),
}
_ENTRIES = {  # where it is not the verb itself
    "list": ("listing", "listing"),
    "fetch": ("fetch", "app"),
    "write": ("write", "app"),
    "bench": ("bench", "app"),
    "map": ("map", "map_"),
}


def make() -> App:
    """The application."""
    app = App(
        name="tidewaiter",
        help="Official trade statistics: from figures to statements, and from statements back to figures.",
        version=__version__,
        help_format="markdown",
        result_action="return_value",
    )
    for group, verbs in _VERBS.items():
        for verb in verbs:
            module, name = _ENTRIES.get(verb, (verb, verb))
            entry = getattr(import_module(f"tidewaiter.cli.{module}"), name)
            if isinstance(entry, App):
                entry.group = group
                app.command(entry)
            else:
                app.command(entry, name=verb, group=group, help_epilogue=examples(entry))
    return app


def run(argv: Sequence[str]) -> int:
    """Answer one call; returns the exit code."""
    app = make()
    try:
        result = app(list(argv), exit_on_error=False)
    except CycloptsError:  # told by cyclopts, on stderr
        return _USAGE
    except TidewaiterError as error:
        report(error)
        return error.exit_code
    return result if isinstance(result, int) else 0
