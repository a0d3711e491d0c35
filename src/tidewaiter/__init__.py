"""Tidewaiter: official trade and industry statistics, published and checked against the same figures.

A *figure* is a statistic of a series at a period, as known on a date; a *statement* is a figure in
words. Publishing goes from figures to statements; checking goes from statements to figures.

>>> import tidewaiter as tw
>>> store = tw.open("trade")                                                   # doctest: +SKIP
>>> store.get("TWN.exports.ict_av", statistic="yoy", period="2025-08").to_polars()  # doctest: +SKIP
>>> tw.check("11月出口374.7億美元，年增3.8%", published="2023-12-08")          # doctest: +SKIP

Importing this imports nothing else; each name below is fetched on first use.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tidewaiter.api import Figures, Loaded, Store, check
    from tidewaiter.api import open_store as open  # noqa: A004 — tw.open reads as it should

__all__ = ["Figures", "Loaded", "Store", "check", "open"]
__version__ = "0.1.0"

_NAMES = {"Figures": "Figures", "Loaded": "Loaded", "Store": "Store", "open": "open_store"}


class _Callable(ModuleType):
    """The room ``tidewaiter.check``, which may also be called: ``tw.check(text)``."""

    def __call__(self, text: str | bytes, *args: Any, **options: Any) -> Any:
        return import_module("tidewaiter.api").check(text, *args, **options)


class _Package(ModuleType):
    """This package. Python binds the room ``check`` here on import; it then also answers calls."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name == "check" and isinstance(value, ModuleType):
            value.__class__ = _Callable
        super().__setattr__(name, value)


def __getattr__(name: str) -> Any:
    if name in _NAMES:
        return getattr(import_module("tidewaiter.api"), _NAMES[name])
    if name == "check":
        return import_module("tidewaiter.check")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])


sys.modules[__name__].__class__ = _Package
