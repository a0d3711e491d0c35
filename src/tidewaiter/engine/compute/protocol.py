"""What an engine is: something that runs the blocks of a file of records and writes their statistics.

The local one runs them on this machine's cores. Another one may run :mod:`.pure` elsewhere; it writes the
same files and gives the same summary. To add one, name it in ``ENGINES``: it is imported when asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol

from tidewaiter.errors import UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tidewaiter.engine.compute.run import Summary
    from tidewaiter.model.period import Period

ENGINES = {"local": "tidewaiter.engine.compute.run:run", "spark": "tidewaiter.engine.spark.run:run"}


class Engine(Protocol):
    """Computes every statistic of every series of a file of records."""

    def __call__(
        self,
        path: Path | str,
        out: Path | str | None = None,
        period: Period | None = None,
        threads: int | None = None,
        progress: Callable[[str], None] | None = None,
        **options: Any,
    ) -> Summary:
        """See :func:`tidewaiter.engine.compute.run.run`."""
        ...


def engine(name: str) -> Engine:
    """The engine of a name.

    Raises:
        UnknownNameError: there is none.
    """
    if name not in ENGINES:
        raise UnknownNameError.of("engine", name, list(ENGINES))
    module, _, attribute = ENGINES[name].partition(":")
    found: Engine = getattr(import_module(module), attribute)
    return found
