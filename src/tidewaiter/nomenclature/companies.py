"""Listed companies by stock code: names and industries as of July 2025.

>>> name("C2330"), industry("2330"), find("緯創")
('台積電', '半導體業', 'C3231')
"""

from __future__ import annotations

import re
from functools import cache

from tidewaiter.nomenclature.codelist import fold
from tidewaiter.nomenclature.packed import rows

CODE = re.compile(r"C?(\d{4}[0-9A-Z]{0,2})\Z")


@cache
def _companies() -> dict[str, tuple[str, str]]:
    return {code: (zh, industry_zh) for code, zh, industry_zh in rows("companies")}


def name(code: str) -> str:
    """Its short name, empty when it was not listed."""
    return _companies().get(code.removeprefix("C"), ("", ""))[0]


def industry(code: str) -> str:
    """Its industry as the exchange names it, empty when it was not listed."""
    return _companies().get(code.removeprefix("C"), ("", ""))[1]


def find(text: str) -> str | None:
    """The code (``C2330``) of a name or stock code, None when no listed company has it."""
    wanted = fold(text)
    return _by_name().get(wanted) or _by_name().get(wanted.removeprefix("c"))


@cache
def _by_name() -> dict[str, str]:
    return {fold(form): f"C{code}" for code, (zh, _) in _companies().items() for form in (zh, code)}


def codes() -> tuple[str, ...]:
    """The code of every company, as in keys."""
    return tuple(f"C{code}" for code in _companies())
