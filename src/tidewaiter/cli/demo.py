"""``tidewaiter demo``: all of it on the figures carried with the project."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from tidewaiter.cli.common import Common


def demo(
    *,
    out: Annotated[Path, Parameter(help="Folder for the store and the files.")] = Path("out/demo"),
    common: Common | None = None,
) -> int:
    """Load, audit, write and check with the official figures carried with the project.

    Examples:
        tidewaiter demo
        tidewaiter demo --out elsewhere
    """
    from tidewaiter.cli.demonstration import run

    return run(out, (common or Common()).language)
