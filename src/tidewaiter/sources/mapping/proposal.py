"""A proposed mapping as text: what was chosen, why, and what came second."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from tidewaiter.model.period import Period
from tidewaiter.sources.mapping.read import read
from tidewaiter.sources.mapping.spec import UNKNOWN, parse
from tidewaiter.sources.table import KEY_COLUMNS

if TYPE_CHECKING:
    from tidewaiter.sources.mapping.parts import Mapping
    from tidewaiter.sources.protocol import Blob

_WIDE = 110  # signs of a line
_LISTS = frozenset({"values", "where", "marks"})


@dataclass
class Proposal:
    """A mapping as a YAML, with what was seen.

    Attributes:
        parts: the YAML as data, in order.
        notes: what was judged and what to look at.
        grounds: part → why.
        others: part → the column that came second.
    """

    parts: dict[str, Any] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    grounds: dict[str, str] = field(default_factory=dict)
    others: dict[str, str] = field(default_factory=dict)

    @property
    def yaml(self) -> str:
        """The text to keep: one part a line where it fits, its ground and the runner-up as comments."""
        lines = [f"# {_one_line(note)}" for note in self.notes]
        for name, value in self.parts.items():
            if ground := self.grounds.get(name):
                lines.append(f"# {name}: {_one_line(ground)}")
            if name in _LISTS:
                lines.append(f"{name}:")
                lines += [f"  - {_inline(item)}" for item in value]
            else:
                lines += _part(name, value)
            if other := self.others.get(name):
                lines.append(f"# or {name}: {_inline({**_other(value), 'column': other})}")
        return "\n".join(lines) + "\n"

    @property
    def unknown(self) -> list[str]:
        """The parts that are still to be filled in, the publisher apart (he is only named, never used)."""
        return [name for name, part in self.parts.items() if name != "publisher" and UNKNOWN in _inline(part)]


@dataclass(frozen=True)
class Sample:
    """What a mapping would read.

    Attributes:
        rows: the first observations as texts: key, period, value, unit, place.
        observations: how many there are in all.
    """

    rows: list[list[str]]
    observations: int


def sample(blob: Blob, proposal: Proposal, rows: int) -> Sample:
    """The first observations the mapping reads; what is not known yet reads ``???``.

    Raises:
        FaultsError: with this mapping the file does not read.
    """
    return sampled(blob, parse(proposal.yaml, unfilled=True), rows)


def sampled(blob: Blob, mapping: Mapping, rows: int) -> Sample:
    """The first observations that a mapping reads.

    Raises:
        FaultsError: with this mapping the file does not read.
    """
    table = read(mapping, blob).table
    taken = []
    for row in table.head(rows).iter_rows(named=True):
        period = str(Period(row["first"], row["last"]))
        key = [row[name] for name in KEY_COLUMNS]
        taken.append([*key, period, f"{row['value']:,.10g}", row["unit"], row["cell"]])
    return Sample(taken, table.height)


def _part(name: str, value: Any) -> list[str]:
    """A part on one line, or with its words one a line where that is too long."""
    line = f"{name}: {_inline(value)}"
    if len(line) <= _WIDE or not isinstance(value, dict) or not isinstance(value.get("words"), dict):
        return [line]
    lines = [f"{name}:"]
    for key, held in value.items():
        if key == "words":
            lines.append("  words:")
            lines += [f"    {_inline({text: code})[1:-1]}" for text, code in held.items()]
        else:
            lines.append(f"  {key}: {_inline(held)}")
    return lines


def _other(value: Any) -> dict[str, Any]:
    """The chosen part without what belongs to its own column only."""
    return (
        {key: held for key, held in value.items() if key not in {"words", "column"}}
        if isinstance(value, dict)
        else {}
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _inline(value: Any) -> str:
    text = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=10**6, sort_keys=False)
    return text.removesuffix("\n").removesuffix("\n...").replace("? '' : ''", "'': ''")
