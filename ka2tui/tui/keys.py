"""Keys as data: a style of keys, a person's own, and a check that none takes another's place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from textual.binding import ActiveBinding, Binding

from ka2tui import datafiles
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from textual.dom import DOMNode
    from textual.screen import Screen

    from ka2tui.settings import Settings

FIXED = frozenset({"ctrl+q"})
"""Keys that nobody can take: there must be a way out."""


def keymap(settings: Settings) -> dict[str, str]:
    """Give the keys that differ from the usual ones, by the id of what they do.

    Raises:
        DataFault: The style of keys cannot be read.
    """
    keys: dict[str, str] = {}
    if settings.keys != "arrows":
        given = datafiles.read_toml(f"keymaps/{settings.keys}.toml", settings.data)
        keys.update({str(name): str(key) for name, key in given.items()})
    keys.update(settings.keymap)
    return {name: wanted for name, wanted in keys.items() if not FIXED & set(split(wanted))}


def split(keys: str) -> list[str]:
    """Split "down,j" into its keys, in the long form that the terminal sends."""
    return [
        binding.key for binding in Binding.make_bindings([Binding(keys, "")]) if binding.key
    ] if keys.strip(", ") else []  # fmt: skip


def bindings_of(node: type[DOMNode]) -> list[Binding]:
    """List the keys that a kind of widget, page or app listens to."""
    found: dict[tuple[str, str], Binding] = {}
    for kind in node.__mro__:
        for binding in kind.__dict__.get("BINDINGS", ()):
            if isinstance(binding, Binding):
                found.setdefault((binding.id or binding.key, binding.action), binding)
    return list(found.values())


def active(screen: Screen[Any]) -> list[ActiveBinding]:
    """List the keys that work on a screen now: focus first, each as its class declares them."""
    found = list(screen.active_bindings.values())
    places = {
        node: (at, {it.id or it.action: place for place, it in enumerate(bindings_of(type(node)))})
        for at, node in enumerate(dict.fromkeys(it.node for it in found))
    }

    def place(it: ActiveBinding) -> tuple[int, int]:
        at, declared = places[it.node]
        return at, declared.get(it.binding.id or it.binding.action, len(declared))

    return sorted(found, key=place)


_MOVING = frozenset(
    {"up", "down", "left", "right", "home", "end", "pageup", "pagedown", "tab", "shift+tab"}
)
"""Keys that move the cursor, wherever a style of keys puts that."""


def moves(node: DOMNode, binding: Binding) -> bool:
    """Say whether what a key does only moves the cursor."""
    return any(
        declared.id == binding.id and _MOVING.issuperset(split(declared.key))
        for declared in bindings_of(type(node))
    )


def clashes(chains: Iterable[Sequence[type[Any]]], wanted: Mapping[str, str]) -> list[str]:
    """Say which keys somebody asked for would take the place of other keys.

    Only what has an id counts: what Textual's own widgets listen to has none, and ours take its
    place on purpose.

    Args:
        chains: What listens at the same time: widget, page, app.
        wanted: The keys that differ, by the id of what they do.
    """
    said: dict[str, None] = {}
    for chain in chains:
        taken: dict[str, Binding] = {}
        for binding in (binding for node in chain for binding in bindings_of(node)):
            if not binding.id:
                continue
            for key in split(wanted.get(binding.id, binding.key)):
                other = taken.setdefault(key, binding)
                asked = other.id in wanted or binding.id in wanted
                if asked and other.action != binding.action:
                    said[
                        f"The key {key} would mean both {_word(other)} and {_word(binding)}: "
                        "choose another in the settings."
                    ] = None
    return list(said)


def fixed(settings: Settings) -> list[str]:
    """Say which keys somebody asked for cannot be given away."""
    return [
        f"{key} always quits: choose another key for {name} in the settings."
        for name, wanted in settings.keymap.items()
        for key in sorted(FIXED & set(split(wanted)))
    ]


def _word(binding: Binding) -> str:
    return f"“{binding.description or binding.action}”"


# --- every key there is --------------------------------------------------------------------------


@frozen
class Known:
    """Something that a key does, somewhere in the app."""

    name: str
    """Its id: task.finish."""
    keys: str
    """As declared: "x,delete"."""
    about: str
    owner: type[Any]
    """The page, dialog or widget that listens."""

    @property
    def where(self) -> str:
        """Say where it works: on a page by its name, in a dialog or pane, or everywhere."""
        from textual.app import App

        if issubclass(self.owner, App):
            return "everywhere"
        title = getattr(self.owner, "NAME", "")
        called = _WHERE.get(self.owner.__name__) or title
        return called or re.sub(r"(?<!^)(?=[A-Z])", " ", self.owner.__name__).lower()


def every() -> list[Known]:
    """List every key that has a name; loads all pages and dialogs."""
    import pkgutil
    from importlib import import_module

    from textual.app import App
    from textual.dom import DOMNode

    import ka2tui.tui as house

    for module in pkgutil.walk_packages(house.__path__, f"{house.__name__}."):
        import_module(module.name)
    found: dict[str, Known] = {}
    kinds: list[type[Any]] = [App, DOMNode]
    for kind in kinds:
        kinds += [it for it in kind.__subclasses__() if it not in kinds]
        if not kind.__module__.startswith(house.__name__):
            continue
        for binding in kind.__dict__.get("BINDINGS", ()):
            if isinstance(binding, Binding) and binding.id:
                about = binding.tooltip or binding.description or binding.action
                known = Known(binding.id, binding.key, about, kind)
                before = found.get(binding.id)
                if before is not None and before.keys != known.keys:
                    known = replace(before, keys=f"{before.keys},{known.keys}")
                found[binding.id] = known if before is None else replace(before, keys=known.keys)
    return sorted(found.values(), key=lambda it: (it.name.partition(".")[0], it.name))


def taken(every: Iterable[Known], known: Known, wanted: Mapping[str, str]) -> list[Known]:
    """List what else listens to the keys of something, at the same time."""
    mine = set(split(wanted.get(known.name, known.keys)))
    return [
        it
        for it in every
        if it.name != known.name
        and mine & set(split(wanted.get(it.name, it.keys)))
        and _meet(it.owner, known.owner)
    ]


def _meet(one: type[Any], other: type[Any]) -> bool:
    """Tell whether two can listen at the same time: related, or a page with what is around it."""
    from textual.app import App
    from textual.screen import ModalScreen, Screen

    if issubclass(one, other) or issubclass(other, one):
        return True
    if any(issubclass(it, ModalScreen) for it in (one, other)):
        return False
    if issubclass(one, Screen) and issubclass(other, Screen):
        return False
    if any(issubclass(it, App) for it in (one, other)):
        return True
    # a widget of one page stands beside its file; the others can be on any
    screen, widget = (one, other) if issubclass(one, Screen) else (other, one)
    shared = ".widgets." in widget.__module__
    return issubclass(screen, Screen) and (shared or _noun(screen) == _noun(widget))


def _noun(kind: type[Any]) -> str:
    return kind.__module__.rpartition(".")[2].partition("_")[0]


def said(keys: str) -> str:
    """Write keys as people press them."""
    return " ".join(_SIGNS.get(key, key) for key in split(keys)) or "no key"


_WHERE = {
    "Page": "every page", "ListPage": "every list", "RowsPage": "every list",
    "RecordTable": "every list", "Dialog": "every dialog", "Details": "details",
    "DocumentView": "report", "GuideText": "guide", "Pick": "choice in a form",
    "Grid": "Papers", "AgendaPane": "agenda", "MinutesPane": "minutes", "PeoplePane": "people",
    "FilterLine": "filter line", "NoteLine": "line of the minutes", "Way": "phases",
    "Sentences": "hints", "EveryKey": "own keys", "PressKey": "own keys", "Choose": "choice",
    "Line": "line", "Ask": "question", "AskReason": "question", "How": "heard from",
}  # fmt: skip
"""Where a key works, by the class that listens, where its name would say nothing."""

_SIGNS = {
    "question_mark": "?", "slash": "/", "at": "@", "asterisk": "*", "number_sign": "#",
    "exclamation_mark": "!", "full_stop": ".", "greater_than_sign": ">", "less_than_sign": "<",
    "left_square_bracket": "[", "right_square_bracket": "]", "comma": ",", "plus": "+",
    "minus": "-", "semicolon": ";", "percent_sign": "%", "dollar_sign": "$",
    "pageup": "page up", "pagedown": "page down",
}  # fmt: skip
