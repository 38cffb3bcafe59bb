"""Style sheets read and matched once for all apps of a test process, with the same outcome.

Textual keeps what it read of a style sheet with each app, and finds the rules of a widget anew
whenever anything about it changes; a test makes an app of its own, so that a fifth of its time
went there. Here both are kept for the whole process: the rules of a sheet by its text and the
theme's variables, the styles of a widget by all that its rules can ask for between the app and it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pytest
    from textual.css.model import RuleSet
    from textual.css.styles import RulesMap

_ORDER = {"first-of-type", "last-of-type", "first-child", "last-child", "empty"}

_NEVER: Any = object()

_apply = Stylesheet.apply
_parse_rules = Stylesheet._parse_rules
_replace_rules = Stylesheet.replace_rules


class Fitting:
    """The rules that can fit a kind of widget, and the styles they gave where it stood."""

    def __init__(self, rules: tuple[RuleSet, ...]) -> None:
        """Note what they ask for."""
        self.rules = rules
        asked: set[str] = set().union(*[rule.pseudo_classes for rule in rules])
        self.asked = tuple(sorted(asked))
        self.hover = "hover" in asked
        self.focus_within = "focus-within" in asked
        self.order = not asked.isdisjoint(_ORDER)
        self.odd_or_even = "odd" in asked or "even" in asked
        self.given: dict[Any, RulesMap | None] = {}

    def component(self, name: str) -> Any:
        """Give the same of a part of a widget that has a class of its own."""
        return (DOMNode._css_type_names, frozenset((name,)), None, *[False for _ in self.asked])

    def place(self, node: DOMNode) -> Any:
        """Give all that these rules can ask for of a node and of what it stands in."""
        found: list[Any] = []
        at: Any = node
        while isinstance(at, DOMNode):
            found += (at._css_type_names, frozenset(at._classes), at._id)
            if self.asked:
                known = at._PSEUDO_CLASSES
                found += [name in known and known[name](at) for name in self.asked]  # type: ignore[arg-type]
            at = at._parent
        return tuple(found)


class Sheet:
    """All rules of an app, as they were at some time."""

    def __init__(self, parts: Iterable[list[RuleSet]]) -> None:
        """Put the rules of its sources together."""
        self.rules = [rule for part in parts for rule in part]
        self.map: dict[str, list[RuleSet]] = {}
        for rule in self.rules:
            for name in rule.selector_names:
                self.map.setdefault(name, []).append(rule)
        self._fitting: dict[Any, Fitting] = {}
        self._components: dict[str, Fitting] = {}

    def component(self, name: str) -> Fitting:
        """Give the rules that can fit a part of a widget."""
        known = self._components.get(name)
        if known is None:
            known = self._components[name] = self.fitting(DOMNode(classes=name))
        return known

    def fitting(self, node: DOMNode) -> Fitting:
        """Give the rules that can fit a node."""
        kind = (node._css_type_names, frozenset(node._classes), node._id)
        known = self._fitting.get(kind)
        if known is None:
            names = self.map.keys() & node._selector_names
            some = {rule for name in names for rule in self.map[name]}
            rules = tuple(rule for rule in reversed(self.rules) if rule in some)
            known = self._fitting[kind] = _fitting.setdefault(rules, Fitting(rules))
        return known


_parsed: dict[Any, list[RuleSet]] = {}
_sheets: dict[tuple[int, ...], Sheet] = {}
_fitting: dict[tuple[RuleSet, ...], Fitting] = {}


def _parse_once(self: Any, css: str, read_from: Any, **how: Any) -> list[RuleSet]:
    if self.__dict__.get("_named") is not self._variables:
        self._named, self._variables_key = self._variables, frozenset(self._variables.items())
    key = (css, read_from, *how.values(), self._variables_key)
    rules = _parsed.get(key)
    if rules is None:
        rules = _parsed[key] = _parse_rules(self, css, read_from, **how)
    return rules


def _sheet(self: Any) -> Sheet:
    """Give all rules of a style sheet; one that cannot be read is Textual's to complain about."""
    rules = self.rules  # reads what was added meanwhile
    known: Sheet | None = self.__dict__.get("_sheet")
    if known is None or self.__dict__.get("_sheet_of") is not rules:
        key = tuple(map(id, rules))
        known = _sheets.get(key)
        if known is None:
            known = _sheets[key] = Sheet([rules])
        self._sheet, self._sheet_of = known, rules
    return known


def _rules_map(self: Any) -> dict[str, list[RuleSet]]:
    return _sheet(self).map


def _apply_once(self: Any, node: Any, *, animate: bool = False, cache: Any = None) -> None:
    fitting = _sheet(self).fitting(node)
    place = fitting.place(node)
    if place not in fitting.given:
        node._harness_rules = None
        _apply(self, node, animate=animate)
        fitting.given[place] = node._harness_rules
        return
    node._has_hover_style = fitting.hover
    node._has_focus_within = fitting.focus_within
    node._has_order_style = fitting.order
    node._has_odd_or_even = fitting.odd_or_even
    given = fitting.given[place]
    if given is not None:
        self.replace_rules(node, given, animate=animate)
    self._process_component_classes(node)


def _replace_changed(node: Any, rules: RulesMap, animate: bool = False) -> None:  # noqa: FBT001, FBT002
    """Give a node its styles, unless it has just these and nothing changed them since."""
    base = node.styles.base
    if node.__dict__.get("_harness_rules") is rules and node._harness_at == base._updates:
        if not animate:
            node.notify_style_update()
        return
    _replace_rules(node, rules, animate=animate)
    node._harness_rules, node._harness_at = rules, base._updates


def _components_once(self: Any, node: Any) -> None:
    classes = _component_classes(type(node))
    if not classes:
        return
    sheet = _sheet(self)
    before = dict(node._component_styles)
    known = node.__dict__.setdefault("_harness_components", {})
    refresh = False
    for name in classes:
        fitting = sheet.component(name)
        given = fitting.given.get((*fitting.component(name), *fitting.place(node)), _NEVER)
        if name in before and known.get(name, _NEVER) is given is not _NEVER:
            continue
        virtual: Any = DOMNode(classes=name)
        virtual._harness_rules = None
        virtual._attach(node)
        self.apply(virtual)
        refresh = refresh or before.get(name) != virtual.styles
        node._component_styles[name] = virtual.styles
        known[name] = virtual._harness_rules
    if refresh:
        node.refresh()


_classes: dict[type, tuple[str, ...]] = {}


def _component_classes(kind: type[DOMNode]) -> tuple[str, ...]:
    if kind not in _classes:
        _classes[kind] = tuple(sorted(kind._get_component_classes()))
    return _classes[kind]


def follow(patch: pytest.MonkeyPatch) -> None:
    """Keep what is read of style sheets, from now on."""
    patch.setattr(Stylesheet, "_parse_rules", _parse_once)
    patch.setattr(Stylesheet, "rules_map", property(_rules_map))
    patch.setattr(Stylesheet, "apply", _apply_once)
    patch.setattr(Stylesheet, "replace_rules", staticmethod(_replace_changed))
    patch.setattr(Stylesheet, "_process_component_classes", _components_once)
