"""Conditions of phrases: small comparisons over a figure's values, such as ``n >= 2`` or ``value < 0``.

Read with :mod:`ast` and walked by hand: names, numbers, comparisons, ``and``, ``or``, ``not``, signs and
``abs(…)``. Anything else is refused when the phrasebook is loaded, nothing is ever evaluated as code.
"""

from __future__ import annotations

import ast
import operator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tidewaiter.errors import UnparsableError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_COMPARE: dict[type[ast.cmpop], Callable[[float, float], bool]] = {
    ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt,
    ast.GtE: operator.ge, ast.Eq: operator.eq, ast.NotEq: operator.ne,
}  # fmt: skip
_ALLOWED = (
    ast.Expression, ast.Compare, ast.BoolOp, ast.And, ast.Or, ast.UnaryOp, ast.Not, ast.USub,
    ast.Name, ast.Load, ast.Constant, ast.Call, ast.cmpop,
)  # fmt: skip


@dataclass(frozen=True)
class Condition:
    """A condition that has been read.

    Examples:
        >>> Condition.read("n >= 2 and value < 0").holds({"n": 3, "value": -1.5})
        True
        >>> Condition.read("n >= 2").holds({})
        False
    """

    text: str
    tree: ast.expr

    @classmethod
    def read(cls, text: str) -> Condition:
        """Read a condition.

        Raises:
            UnparsableError: it is no expression, or holds more than comparisons.
        """
        try:
            tree = ast.parse(text, mode="eval")
        except SyntaxError as error:
            raise UnparsableError(f"{text!r} is not a condition", hint="write n >= 2 or value < 0") from error
        for node in ast.walk(tree):
            fine = isinstance(node, _ALLOWED) and (not isinstance(node, ast.Call) or _is_abs(node))
            if not fine:
                raise UnparsableError(f"{text!r}: {type(node).__name__} has no place in a condition")
        return cls(text, tree.body)

    def holds(self, values: Mapping[str, float]) -> bool:
        """The condition holds for these values; a value that is not given makes it false."""
        try:
            return bool(_walk(self.tree, values))
        except KeyError:
            return False


def _is_abs(node: ast.Call) -> bool:
    return isinstance(node.func, ast.Name) and node.func.id == "abs" and len(node.args) == 1


def _walk(node: ast.expr, values: Mapping[str, float]) -> float:  # noqa: PLR0911 - one return for each form
    match node:
        case ast.Constant(value=int() | float() as number):
            return float(number)
        case ast.Name(id=name):
            return float(values[name])
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            return -_walk(inner, values)
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            return float(not _walk(inner, values))
        case ast.Call(args=[inner]):
            return abs(_walk(inner, values))
        case ast.BoolOp(op=ast.And(), values=parts):
            return float(all(_walk(part, values) for part in parts))
        case ast.BoolOp(values=parts):
            return float(any(_walk(part, values) for part in parts))
        case ast.Compare(left=left, ops=ops, comparators=rights):
            return float(_chain(_walk(left, values), ops, [_walk(right, values) for right in rights]))
    raise UnparsableError(f"{ast.unparse(node)!r} has no place in a condition")


def _chain(left: float, ops: list[ast.cmpop], rights: list[float]) -> bool:
    for op, right in zip(ops, rights, strict=True):
        if not _COMPARE[type(op)](left, right):
            return False
        left = right
    return True
