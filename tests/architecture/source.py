"""The package as syntax trees, for tests that read it."""

from __future__ import annotations

import ast
from functools import cache
from typing import TYPE_CHECKING

from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@cache
def tree(path: Path) -> ast.Module:
    """Parse a file."""
    return ast.parse(path.read_text("utf-8"), str(path))


def modules(*folders: str) -> list[Path]:
    """List the package's files, or those of some of its rooms."""
    package = ROOT / "ka2tui"
    rooms = [package / folder for folder in folders] or [package]
    found = [path for room in rooms for path in ([room] if room.is_file() else room.rglob("*.py"))]
    return sorted(found)


def place(path: Path, node: ast.stmt | ast.expr | ast.excepthandler) -> str:
    """Say where something stands."""
    return f"{path.relative_to(ROOT)}:{node.lineno}"


def name_of(node: ast.AST) -> str:
    """Give the last word of a name: `self.app.notify` is `notify`."""
    if isinstance(node, ast.Attribute):
        return node.attr
    if isinstance(node, ast.Subscript):
        return name_of(node.value)
    return node.id if isinstance(node, ast.Name) else ""


def calls(node: ast.AST) -> Iterator[ast.Call]:
    """Walk over every call below a node."""
    return (found for found in ast.walk(node) if isinstance(found, ast.Call))
