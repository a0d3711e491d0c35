"""The wording of bulletins: sentences by name, in variants of which the first whose condition holds is taken.

Words of a statistic (records, streaks, turns) stand in the phrasebook. What stands here is how a bulletin
puts figures together: YAML beside each bulletin, ``name → [{when, zh, en}, …]``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import yaml

from tidewaiter.bulletin.pen import Slot, fill
from tidewaiter.errors import UsageError
from tidewaiter.phrases.condition import Condition

if TYPE_CHECKING:
    from tidewaiter.bulletin.document import Lang, Run, Runs


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to say it, and when."""

    when: Condition | None
    zh: str
    en: str


class Wording:
    """The sentences of one bulletin in one language."""

    def __init__(self, variants: dict[str, tuple[Variant, ...]], lang: Lang) -> None:
        self._variants = variants
        self.lang = lang

    @classmethod
    def of(cls, package: str, lang: Lang) -> Wording:
        """The wording kept as ``wording.yml`` in a package."""
        return cls(_variants(package), lang)

    def __call__(self, name: str, values: dict[str, float] | None = None, /, **slots: Slot) -> Runs:
        """The sentence ``name``, its slots filled. ``values`` decide between its variants.

        Raises:
            UsageError: no variant fits.
        """
        for variant in self._variants.get(name, ()):
            if variant.when is None or variant.when.holds(values or {}):
                return fill(variant.zh if self.lang == "zh" else variant.en, **slots)
        raise UsageError(f"no wording of {name!r} fits {values}")

    def known(self, name: str) -> str:
        """A fixed text, empty where there is none of that name."""
        return self.text(name) if name in self._variants else ""

    def text(self, name: str, values: dict[str, float] | None = None, /, **slots: str) -> str:
        """As called, for wordings without figures."""
        return "".join(run for run in self(name, values, **slots) if isinstance(run, str))

    def clauses(self, parts: list[Runs], end: str = "end") -> Runs:
        """Clauses of one sentence, parted by commas, closed by a full stop (or another ``end``)."""
        return self._joined([part for part in parts if part], self.text("comma"), self.text(end))

    def listed(self, items: list[Runs]) -> Runs:
        """Items of a list in a sentence: A、B及C; A, B and C."""
        if len(items) < 2:  # noqa: PLR2004
            return items[0] if items else ()
        head = self._joined(items[:-1], self.text("and_then"), "")
        return fill("{head}{last_and}{last}", head=head, last_and=self.text("last_and"), last=items[-1])

    def sentences(self, parts: list[Runs]) -> Runs:
        """Whole sentences one after another."""
        return self._joined([part for part in parts if part], self.text("space"), "")

    def _joined(self, parts: list[Runs], joint: str, end: str) -> Runs:
        runs: list[Run] = []
        for at, part in enumerate(parts):
            runs.extend(((joint if at else ""), *part))
        return fill("{all}{end}", all=tuple(runs), end=end) if runs else ()


@cache
def _variants(package: str) -> dict[str, tuple[Variant, ...]]:
    text = resources.files(package).joinpath("wording.yml").read_text("utf-8")
    table = {}
    for name, facts in yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)).items():  # noqa: S506 (both are safe)
        ways = facts if isinstance(facts, list) else [facts]
        table[name] = tuple(
            Variant(Condition.read(way["when"]) if "when" in way else None, way["zh"], way["en"])
            for way in ways
        )
    return table
