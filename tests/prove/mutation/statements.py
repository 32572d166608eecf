"""Changes of one statement: gone, never, always, or with another result."""

from __future__ import annotations

import ast
import copy
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

Change = tuple[str, ast.AST]


def statement_changes(node: ast.stmt) -> Iterator[Change]:
    """What may be done to ``node``, each with a sentence that says it."""
    if isinstance(node, ast.Raise):
        yield "raise removed", _nothing(node)
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        yield "call removed", _nothing(node)
    elif isinstance(node, ast.AugAssign):
        yield "assignment removed", _nothing(node)
    elif isinstance(node, ast.Continue):
        yield "continue becomes break", ast.copy_location(ast.Break(), node)
        yield "continue removed", _nothing(node)
    elif isinstance(node, ast.Break):
        yield "break becomes continue", ast.copy_location(ast.Continue(), node)
    elif isinstance(node, ast.If | ast.While):
        yield from _condition(node)
    elif isinstance(node, ast.For):
        yield "loop never runs", _with(node, iter=ast.Tuple([], ast.Load()))
    elif isinstance(node, ast.Return):
        yield from _result(node)


def _condition(node: ast.If | ast.While) -> Iterator[Change]:
    yield "condition never holds", _with(node, test=ast.Constant(value=False))
    if isinstance(node, ast.If):
        yield "condition always holds", _with(node, test=ast.Constant(value=True))


def _result(node: ast.Return) -> Iterator[Change]:
    if node.value is None or (isinstance(node.value, ast.Constant) and node.value.value is None):
        return
    if ast.unparse(node.value).startswith(("Refused(", "_refused(", "_malformed(")):
        return
    yield "returns None", _with(node, value=ast.Constant(value=None))
    if isinstance(node.value, ast.Compare | ast.BoolOp | ast.UnaryOp):
        yield "returns the contrary", _with(node, value=ast.UnaryOp(ast.Not(), node.value))


def _with(node: ast.stmt, **fields: ast.expr) -> ast.stmt:
    changed = copy.deepcopy(node)
    for name, value in fields.items():
        setattr(changed, name, ast.copy_location(value, node))
    return changed


def _nothing(node: ast.stmt) -> ast.stmt:
    return ast.copy_location(ast.Pass(), node)
