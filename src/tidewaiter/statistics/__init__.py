"""The statistics: one file each, defined once for tables, sentences, API, checker and engines.

To add one, add a module here with a ``STATISTIC``; it is found by itself. A *point* statistic is a
formula over a few levels; a *history* statistic looks back over a whole series.

>>> sorted(statistics())[:4]
['appreciation', 'average_annual_growth', 'best_in_n', 'breadth']
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from tidewaiter.errors import UnknownNameError
from tidewaiter.statistics.statistic import Ask, Needed, Result, Statistic, UndefinedError

__all__ = ["Ask", "Needed", "Result", "Statistic", "UndefinedError", "statistic", "statistics"]


@cache
def statistics() -> dict[str, Statistic]:
    """Every statistic by name."""
    found = {}
    for module in pkgutil.iter_modules(__path__):
        definition = getattr(importlib.import_module(f"{__name__}.{module.name}"), "STATISTIC", None)
        if definition is not None:
            found[definition.name] = definition
    return found


def statistic(name: str) -> Statistic:
    """The statistic of a name.

    Raises:
        UnknownNameError: there is none; the nearest names are listed.
    """
    import difflib  # noqa: PLC0415 — only to help after a slip

    known = statistics()
    if name not in known:
        raise UnknownNameError.of("statistic", name, difflib.get_close_matches(name, known, cutoff=0.4))
    return known[name]
