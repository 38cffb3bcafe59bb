"""Text of people reaches a widget through tui/plain.py alone.

Many widgets of Textual read a plain string as markup: "[/]" ends the app, "[@click=app.bell]"
becomes a live action, and "[WP1] Kick-off" loses its code. So what is handed to them is a text
written in the source itself, or a Content or Text that tui/plain.py has made.
"""

from __future__ import annotations

import ast
from functools import cache
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from tests.architecture.source import calls, modules, name_of, place, tree

if TYPE_CHECKING:
    from collections.abc import Iterator

EVERY = -1
# by the last word of what is called: the places of its texts, by position and by name
READS_MARKUP: dict[str, tuple[int | str, ...]] = {
    "Static": (0, "content"),
    "Label": (0, "content"),
    "Button": (0, "label"),
    "Checkbox": (0, "label"),
    "RadioButton": (0, "label"),
    "RadioSet": (EVERY,),
    "Collapsible": ("title",),
    "Option": (0, "prompt"),
    "OptionList": (EVERY,),
    "Selection": (0, "prompt"),
    "Select": ("prompt",),
    "Tab": (0, "label"),
    "Tabs": (EVERY,),
    "TabPane": (0, "title"),
    "Tree": (0, "label"),
    "Hit": (1, "match_display", "help"),
    "DiscoveryHit": (0, "display", "help"),
    "add_option": (0,),
    "replace_option_prompt": (1,),
    "replace_option_prompt_at_index": (1,),
    "add_column": (0, "label"),
    "add_columns": (EVERY,),
    "add_row": (EVERY, "label"),
    "update_cell": (2, "value"),
    "update_cell_at": (1, "value"),
    "add_leaf": (0, "label"),
    "set_label": (0, "label"),
    "with_tooltip": (0,),
    "update": (0, "content"),
    "notify": (0, "message"),
}
ATTRIBUTES = {"border_title", "border_subtitle", "tooltip"}
MAKERS = {"content", "block", "rich"}
KINDS = {"Content", "Text", "VisualType", "Visual"}


def dangers(module: ast.Module) -> list[ast.expr]:
    """Find every expression that hands a string to a widget that would read it as markup."""
    return [
        text
        for scope, node in _with_scope(module)
        for text in _texts(scope, node)
        if not _is_safe(scope, text)
    ]


Scope = list[ast.AST]


def _with_scope(module: ast.Module) -> Iterator[tuple[Scope, ast.AST]]:
    """Walk over every node with the functions around it, the module first."""

    def walk(node: ast.AST, scope: Scope) -> Iterator[tuple[Scope, ast.AST]]:
        for below in ast.iter_child_nodes(node):
            yield scope, below
            inner = isinstance(below, (ast.FunctionDef, ast.AsyncFunctionDef))
            yield from walk(below, [*scope, below] if inner else scope)

    return walk(module, [module])


def _texts(scope: Scope, node: ast.AST) -> Iterator[ast.expr]:
    if isinstance(node, ast.Assign):
        if any(isinstance(at, ast.Attribute) and at.attr in ATTRIBUTES for at in node.targets):
            yield node.value
    elif isinstance(node, ast.Call):
        name = name_of(node.func)
        if name in _ours(scope[0]):
            return
        if name == "notify" and any(
            word.arg == "markup" and isinstance(word.value, ast.Constant) and not word.value.value
            for word in node.keywords
        ):
            return
        if name == "update" and _is_collection(scope, node.func):
            return
        for where in READS_MARKUP.get(name, ()):
            if where == EVERY:
                yield from node.args
            elif isinstance(where, int):
                yield from node.args[where : where + 1]
            else:
                yield from (word.value for word in node.keywords if word.arg == where)


@cache
def _ours(module: ast.AST) -> set[str]:
    """Name what comes from this package, whatever Textual calls its own."""
    made = (ast.ClassDef, ast.FunctionDef)
    found = {node.name for node in ast.iter_child_nodes(module) if isinstance(node, made)}
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("ka2tui"):
            found |= {alias.asname or alias.name for alias in node.names}
    return found


def _is_collection(scope: Scope, update: ast.expr) -> bool:
    """Whether `x.update` is that of a dict or set made or declared in sight."""
    owner = update.value if isinstance(update, ast.Attribute) else update
    given = [*_values(scope, owner), *_annotations(scope, owner)]
    return bool(given) and all(
        isinstance(one, (ast.Dict, ast.DictComp, ast.Set, ast.SetComp))
        or name_of(one) in {"dict", "set"}
        or (isinstance(one, ast.Call) and name_of(one.func) in {"dict", "set"})
        for one in given
    )


def _is_safe(scope: Scope, text: ast.expr) -> bool:
    if isinstance(text, ast.Constant) or name_of(text) == "self":
        return True
    if isinstance(text, ast.JoinedStr):
        return not any(isinstance(part, ast.FormattedValue) for part in text.values)
    if isinstance(text, ast.IfExp):
        return _is_safe(scope, text.body) and _is_safe(scope, text.orelse)
    if isinstance(text, ast.BoolOp):
        return all(_is_safe(scope, part) for part in text.values)
    if isinstance(text, ast.Starred):
        return _is_safe(scope, text.value)
    if isinstance(text, (ast.ListComp, ast.GeneratorExp)):
        return _is_safe(scope, text.elt)
    if isinstance(text, (ast.List, ast.Tuple)):
        return all(_is_safe(scope, part) for part in text.elts)
    if isinstance(text, ast.Call):
        return _makes_content(scope, text)
    if isinstance(text, (ast.Name, ast.Attribute)):
        declared = _annotations(scope, text)
        if declared:
            return all(_is_content(kind) for kind in declared)
        values = _values(scope, text)
        return bool(values) and all(_is_safe(scope, value) for value in values)
    return False


def _makes_content(scope: Scope, call: ast.Call) -> bool:
    name = name_of(call.func)
    if isinstance(call.func, ast.Attribute) and name_of(call.func.value) == "plain":
        return name in MAKERS
    if name in READS_MARKUP:
        return True  # an Option in an OptionList: its own text is looked at where it stands
    returns = [
        node.returns
        for node in ast.walk(scope[0])
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name == name
    ]
    return bool(returns) and all(kind is not None and _is_content(kind) for kind in returns)


def _is_content(kind: ast.expr) -> bool:
    """Whether an annotation promises a Content or Text, or nothing."""
    if isinstance(kind, ast.BinOp):
        return _is_content(kind.left) and _is_content(kind.right)
    if isinstance(kind, ast.Constant) and isinstance(kind.value, str):
        return _is_content(ast.parse(kind.value, mode="eval").body)
    nothing = isinstance(kind, ast.Constant) and kind.value is None
    return nothing or name_of(kind) in KINDS | {"Option", "Tab", "Selection"}


def _annotations(scope: Scope, name: ast.expr) -> list[ast.expr]:
    """Find how a name is declared: as a parameter, a variable, or a field of the module."""
    wanted, found = ast.unparse(name), []
    for around in reversed(scope):
        for node in ast.walk(around):
            if isinstance(node, ast.arg) and node.arg == wanted and node.annotation:
                found.append(node.annotation)
            if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == wanted:
                found.append(node.annotation)
        if found:
            return found
    return found


def _values(scope: Scope, name: ast.expr) -> list[ast.expr]:
    """Find what is assigned to a name, nearest function first."""
    wanted = ast.unparse(name)
    for around in reversed(scope):
        found = [
            node.value
            for node in ast.walk(around)
            if isinstance(node, (ast.Assign, ast.NamedExpr))
            for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
            if ast.unparse(target) == wanted
        ]
        if found:
            return found
    return []


def test_no_string_of_a_person_is_read_as_markup() -> None:
    found = [
        f"{place(path, text)} {ast.unparse(text)}"
        for path in modules("tui")
        for text in dangers(tree(path))
    ]
    assert not found


def test_content_is_made_from_text_in_one_place_only() -> None:
    """Nobody else makes Content or Text of a variable, and nobody at all parses markup."""
    found = []
    for path in modules("tui"):
        for call in calls(tree(path)):
            name = name_of(call.func)
            makes = name in {"Content", "Text", "styled"} and path.name != "plain.py"
            literal = all(isinstance(one, ast.Constant) for one in call.args[:1])
            if name == "from_markup" or (makes and not literal):
                found.append(f"{place(path, call)} {ast.unparse(call)}")
    assert not found


@pytest.mark.parametrize(
    "source",
    [
        "Static(task.title)",
        "Label(f'{code} {title}')",
        "button = Button(label=title)",
        "self.query_one('#note', Static).update(note)",
        "self.border_title = self.title",
        "table.add_row('1', task.title)",
        "OptionList(*titles)",
        "OptionList(*[Option(task.title, id='1') for task in tasks])",
        "self.notify(str(refusal))",
        "Static('late' if late else task.title)",
        "title = task.title\nStatic(title)",
        "def show(self, text: str) -> None:\n    Static(text)",
        "def name() -> str: ...\nStatic(name())",
        "Tab('ab' + title)",
        "Static(plain.line(title))",
    ],
)
def test_a_string_that_would_be_read_is_found(source: str) -> None:
    assert dangers(ast.parse(dedent(source)))


@pytest.mark.parametrize(
    "source",
    [
        "Static('Nothing is late.')",
        "Static(plain.content(task.title))",
        "self.query_one('#note', Static).update(plain.block(note))",
        "self.border_title = plain.content(self.title)",
        "table.add_row(plain.rich('1'), plain.rich(task.title))",
        "OptionList(*[Option(plain.content(task.title), id='1') for task in tasks])",
        "self.notify(str(refusal), markup=False)",
        "title = plain.content(task.title)\nStatic(title)",
        "def show(self, text: Content) -> None:\n    Static(text)",
        "def name() -> Content: ...\nStatic(name())",
        "keys: dict[str, str] = {}\nkeys.update(read())",
        "class Option: ...\nOption(value)",
    ],
)
def test_a_text_that_is_safe_is_left_alone(source: str) -> None:
    assert not dangers(ast.parse(dedent(source)))
