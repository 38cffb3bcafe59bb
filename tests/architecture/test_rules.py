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


def test_instants_are_never_moved_by_days_of_24_hours() -> None:
    """Nine o'clock plus a day is nine o'clock also when summer time ends.

    `timedelta(days=1)` is for dates; an instant is moved by pendulum, on the wall of its zone.
    """
    found = [place(path, node) for path in modules() for node in moved_instants(tree(path))]
    assert not found


@pytest.mark.parametrize(
    "source",
    [
        "datetime.now(UTC) + timedelta(days=1)",
        "def f(at: datetime): return at - timedelta(1)",
        "instant(day, nine, zone) + timedelta(weeks=2)",
        "class M:\n  at: datetime\n  def f(self): return self.at + timedelta(days=7)",
    ],
)
def test_a_moved_instant_is_found(source: str) -> None:
    assert moved_instants(ast.parse(source))


def moved_instants(module: ast.Module) -> list[ast.BinOp]:
    """Find where days or weeks of hours are added to what is not a date."""
    annotated = {
        node.arg if isinstance(node, ast.arg) else name_of(node.target)
        for node in ast.walk(module)
        if isinstance(node, (ast.arg, ast.AnnAssign))
        and node.annotation
        and "datetime" in ast.unparse(node.annotation)
    }
    return [
        node
        for node in ast.walk(module)
        if isinstance(node, ast.BinOp)
        and isinstance(node.op, (ast.Add, ast.Sub))
        and _is_days(node.right)
        and (_is_instant(node.left) or name_of(node.left) in annotated)
    ]


def _is_days(node: ast.expr) -> bool:
    if not (isinstance(node, ast.Call) and name_of(node.func) == "timedelta"):
        return False
    return bool(node.args) or any(word.arg in ("days", "weeks") for word in node.keywords)


def _is_instant(node: ast.expr) -> bool:
    if not isinstance(node, ast.Call):
        return False
    made_by = ast.unparse(node.func)
    return made_by.startswith("datetime.") or name_of(node.func) in ("datetime", "instant", "local")


def test_nothing_is_caught_and_forgotten_that_was_not_expected() -> None:
    """A broad `except` may clean up, look closer or say it better, and then raises again."""
    found = []
    for path in modules():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ExceptHandler) and _is_broad(node):
                again = any(isinstance(below, ast.Raise) for below in ast.walk(node))
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
    later = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|(?i:coming soon|not implemented yet)")
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
