"""Rules of the house that read as a sentence and can be seen in the source."""

from __future__ import annotations

import ast
import re
import tokenize
from typing import TYPE_CHECKING

import pytest

from tests.architecture.source import calls, modules, name_of, place, tree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BELOW_THE_DOORS = ("domain", "operations", "queries", "reports", "exchange", "store")
CLOCKS = {"now", "today", "utcnow", "time"}
BROAD = {"Exception", "BaseException"}


def comments(path: Path) -> Iterator[tuple[int, str]]:
    """Walk over the comments of a file."""
    with path.open("rb") as source:
        for token in tokenize.tokenize(source.readline):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.string


def test_time_enters_at_the_door() -> None:
    """Below the command line and the app nobody asks what day or time it is.

    The portfolio alone may, as the default of a parameter: it stamps the history.
    """
    found = []
    for path in modules(*BELOW_THE_DOORS):
        given = _defaults(tree(path)) if path.name == "portfolio.py" else set()
        for call in calls(tree(path)):
            if isinstance(call.func, ast.Attribute) and call.func.attr in CLOCKS:
                asks = name_of(call.func.value) in {"datetime", "date", "pendulum", "time"}
                if asks and id(call) not in given:
                    found.append(place(path, call))
    assert not found


def _defaults(module: ast.Module) -> set[int]:
    """Find the calls that are the default of a parameter."""
    return {
        id(call)
        for node in ast.walk(module)
        if isinstance(node, ast.arguments)
        for default in (*node.defaults, *node.kw_defaults)
        if default
        for call in calls(default)
    }


def test_instants_are_never_moved_by_timedelta() -> None:
    """Nine o'clock plus a day is nine o'clock also when summer time ends.

    `datetime` and `timedelta` meet only where no zone can be lost: in modules that know dates
    alone, and in domain/instants.py, which is tested for the days when clocks change.
    """
    found = []
    for path in modules():
        imported = {
            alias.name
            for node in ast.walk(tree(path))
            if isinstance(node, ast.ImportFrom) and node.module == "datetime"
            for alias in node.names
        }
        if {"datetime", "timedelta"} <= imported:
            moved = [
                node
                for node in ast.walk(tree(path))
                if isinstance(node, ast.BinOp)
                and isinstance(node.op, (ast.Add, ast.Sub))
                and any(_is_timedelta(side) for side in (node.left, node.right))
            ]
            found += [place(path, node) for node in moved]
    assert not found


def _is_timedelta(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and name_of(node.func) == "timedelta"


def test_nothing_is_caught_that_was_not_expected() -> None:
    """A broad `except` may clean up or look closer, and must be able to raise again."""
    found = []
    for path in modules():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ExceptHandler) and _is_broad(node):
                again = any(
                    isinstance(below, ast.Raise) and below.exc is None for below in ast.walk(node)
                )
                if not again:
                    found.append(place(path, node))
    assert not found


def _is_broad(handler: ast.ExceptHandler) -> bool:
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(kind is None or name_of(kind) in BROAD for kind in kinds)


def test_every_silenced_complaint_is_named() -> None:
    named = re.compile(r"#\s*(type:\s*ignore\[[\w, -]+\]|noqa:\s*[A-Z]+\d+)")
    silenced = re.compile(r"#\s*(type:\s*ignore|noqa)\b", re.IGNORECASE)
    found = [
        f"{path.name}:{number}"
        for path in modules()
        for number, comment in comments(path)
        if silenced.search(comment) and not named.search(comment)
    ]
    assert not found


def test_nothing_is_left_for_later() -> None:
    later = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|coming soon|not implemented yet", re.IGNORECASE)
    found = [
        f"{path.name}:{number}"
        for path in modules()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if later.search(line)
    ]
    assert not found


@pytest.mark.parametrize("name", ["utils", "helpers", "manager", "base", "common", "misc", "core"])
def test_no_room_is_named_after_nothing(name: str) -> None:
    assert name not in {part for path in modules() for part in (path.stem, path.parent.name)}


def test_the_app_speaks_the_coordinators_words() -> None:
    """On screens there is history, a change, a work package, a proof and a check-up."""
    inside = re.compile(
        r"\b(journal|operation|query|queries|work unit|gate|savepoint|tranche|evidence"
        r"|(?<!ka2tui )doctor|traceback|session)s?\b"
    )
    found = []
    for path in modules("tui"):
        hidden = _docstrings(tree(path))
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Constant) and id(node) not in hidden:
                text = str(node.value)
                if " " in text and inside.search(text.lower()) and not _is_code(text):
                    found.append(f"{place(path, node)} {text!r}")
    assert not found


def _is_code(text: str) -> bool:
    """Whether a string is an expression, as the first argument of `cast` is."""
    try:
        ast.parse(text, mode="eval")
    except SyntaxError:
        return False
    return True


def _docstrings(module: ast.Module) -> set[int]:
    """Find the strings that stand alone: docstrings, and what is written under a field."""
    return {
        id(node.value)
        for node in ast.walk(module)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
