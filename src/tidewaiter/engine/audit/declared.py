"""The rules as data: what each is, in both languages, where it is from, how grave, what it allows.

>>> rule = declared()["sum.members"]
>>> rule.label, rule.severity, rule.tolerance["relative"]
('a group is the sum of its members', 'error', 0.0005)
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

SEVERITIES = ("error", "warning")


@dataclass(frozen=True)
class Declared:
    """One rule as ``rules.yml`` declares it.

    Attributes:
        name: identifier, by which its code is found.
        label: in a few words.
        label_zh: the same in Chinese.
        description: what must hold, tolerance included.
        description_zh: the same in Chinese.
        origin: where the rule is from.
        severity: ``error`` or ``warning``.
        tolerance: what it allows, by name.
    """

    name: str
    label: str
    label_zh: str
    description: str
    description_zh: str
    origin: str
    severity: str
    tolerance: dict[str, float]


@cache
def declared() -> dict[str, Declared]:
    """Every rule by identifier, in the order they are told.

    Raises:
        ValueError: a rule lacks a field, or its severity is none we know.
    """
    text = resources.files("tidewaiter.engine.audit").joinpath("rules.yml").read_text(encoding="utf-8")
    return {name: _read(name, facts) for name, facts in yaml.safe_load(text).items()}


def _read(name: str, facts: dict[str, dict[str, str]]) -> Declared:
    fields = {"label", "description", "origin", "severity", "tolerance"}
    if set(facts) != fields or str(facts["severity"]) not in SEVERITIES:
        raise ValueError(f"rules.yml: {name} has {sorted(facts)}, severity {facts.get('severity')}")
    label, description = facts["label"], facts["description"]
    return Declared(
        name, label["en"], label["zh"], description["en"], description["zh"], str(facts["origin"]),
        str(facts["severity"]), {key: float(value) for key, value in facts["tolerance"].items()},
    )  # fmt: skip


def tolerance(name: str) -> dict[str, float]:
    """What a rule allows, by name."""
    return declared()[name].tolerance


def declared_for(line_rule: str) -> Declared | None:
    """The rule a line is of: ``derived.yoy`` is of ``derived``; None when no rule has that name."""
    rules = declared()
    return rules.get(line_rule) or rules.get(line_rule.partition(".")[0])
