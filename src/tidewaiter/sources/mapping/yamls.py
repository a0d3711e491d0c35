"""A mapping's YAML as plain data, with the line of each part for the faults.

Nothing is made of the texts but numbers, booleans and nothing: a date stays the text it is. What is
repeated by reference counts each time, so that a few lines cannot grow past all bounds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

from tidewaiter.errors import Fault, FaultsError

STEP = " › "
_MOST = 200_000  # parts of a mapping
_DEEPEST = 12
_DIGITS = 10  # a whole number with more is a text
_TRUE = frozenset({"true", "yes", "on"})


@dataclass
class Parsed:
    """Data and lines.

    Attributes:
        data: dicts, lists, texts, whole numbers, booleans, None.
        lines: ``values › 2 › unit`` → its line.
    """

    data: Any = None
    lines: dict[str, int] = field(default_factory=dict)

    def line(self, at: str) -> int:
        """The line of a part, or of what holds it; 0 where none is known."""
        while at:
            if at in self.lines:
                return self.lines[at]
            at = at.rpartition(STEP)[0]
        return 0


def load(text: str, name: str) -> Parsed:
    """The YAML of a text.

    Raises:
        FaultsError: it is not YAML, or grows past all bounds.
    """
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        done = Parsed()
        if node is not None:
            done.data = _Builder(name, done.lines).build(node, "", 0)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"{name}, line {mark.line + 1}" if mark else name
        raise FaultsError([Fault(place, f"is not YAML: {error.problem or error.context}")]) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise FaultsError([Fault(name, f"is not YAML: {' '.join(str(error).split())[:200]}")]) from error
    return done


class _Builder:
    def __init__(self, name: str, lines: dict[str, int]) -> None:
        self.name, self.lines, self.made = name, lines, 0

    def build(self, node: yaml.Node, at: str, depth: int) -> Any:
        self.made += 1
        if self.made > _MOST or depth > _DEEPEST:
            raise FaultsError([Fault(self.name, "is larger or deeper than any mapping")])
        self.lines.setdefault(at, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, at, depth)
        if isinstance(node, yaml.SequenceNode):
            steps = (f"{at}{STEP}{n}" if at else str(n) for n in range(1, len(node.value) + 1))
            return [self.build(item, step, depth + 1) for item, step in zip(node.value, steps, strict=True)]
        return _scalar(node)

    def _mapping(self, node: yaml.MappingNode, at: str, depth: int) -> dict[str, Any]:
        done: dict[str, Any] = {}
        for key, value in node.value:
            name = str(key.value) if isinstance(key, yaml.ScalarNode) else ""
            step = f"{at}{STEP}{name}" if at else name
            if not isinstance(key, yaml.ScalarNode) or name in done:
                problem = f"{name!r} is told twice" if name in done else "a list or a mapping is no name"
                raise FaultsError([Fault(f"{self.name}, line {key.start_mark.line + 1}", problem)])
            self.lines[step] = key.start_mark.line + 1
            done[name] = self.build(value, step, depth + 1)
        return done


def _scalar(node: yaml.Node) -> Any:
    text = str(node.value)
    if node.tag == "tag:yaml.org,2002:bool":
        return text.lower() in _TRUE
    if node.tag == "tag:yaml.org,2002:null":
        return None
    if (
        node.tag == "tag:yaml.org,2002:int"
        and (text.isascii() and text.lstrip("-").isdigit())
        and len(text) < _DIGITS
    ):
        return int(text) if str(int(text)) == text else text  # 0101 is a text
    return text
