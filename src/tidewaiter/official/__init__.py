"""Official figures carried with the project, so that a fresh install can answer and check at once.

Each folder holds files of one publication as they came, and an ``origin.yml`` that says whose they are,
when they were published, under which licence and with which hashes. Figures only: no text of others.

=======================  ==========  =====================================================================
folder                   published   what
=======================  ==========  =====================================================================
mof-release-2025-08      2025-09-09  tables 1–16 of the monthly customs release
moea-brief-459           2024-10-30  the three tables of the product brief on servers, as a tidy file
customs-hs847150         2026-07-09  exports of HS 847150 by month, customs query
mof-database             2026-08-10  exports by month since 2001: total, electronic components, ICT/AV
first-reported           per row     exports, imports and orders as first printed, from press reports
customs-twd              2025-11-01  customs exports in NT$ since 1982, from the cycle indicators
=======================  ==========  =====================================================================
"""

from __future__ import annotations

from importlib import resources
from pathlib import Path


def folder() -> Path:
    """Where the carried files lie; each sub folder is one publication.

    Examples:
        >>> sorted(path.name for path in folder().iterdir() if path.name.startswith("mof-"))
        ['mof-database', 'mof-release-2025-08']
    """
    return Path(str(resources.files(__name__)))


def folders() -> list[Path]:
    """The folders with an ``origin.yml``, sorted."""
    return sorted(path.parent for path in folder().glob("*/origin.yml"))
