"""Words people search with: 晶片, chips and IC are integrated circuits.

>>> synonyms("chips")[0], "筆電" in synonyms("laptop"), synonyms("nonsense")
('積體電路', True, ())
"""

from __future__ import annotations

from functools import cache
from importlib import resources

import yaml

from tidewaiter.nomenclature.codelist import fold


class _Synonyms:
    """The lines of ``synonyms.yml``, read on first use."""

    def all(self) -> tuple[tuple[str, ...], ...]:
        """Every line: words of one meaning."""
        return _lines()

    def __call__(self, word: str) -> tuple[str, ...]:
        """The other words of the lines that hold this one."""
        wanted = fold(word)
        found = (line for line in _lines() if wanted in {fold(other) for other in line})
        return tuple(dict.fromkeys(other for line in found for other in line if fold(other) != wanted))


@cache
def _lines() -> tuple[tuple[str, ...], ...]:
    text = resources.files("tidewaiter.nomenclature").joinpath("synonyms.yml").read_text("utf-8")
    return tuple(tuple(str(word) for word in line) for line in yaml.safe_load(text))


synonyms = _Synonyms()
