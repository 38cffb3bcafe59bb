"""Keys as data: a style of keys, a person's own, and a check that none takes another's place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from ka2tui import datafiles

if TYPE_CHECKING:
    from textual.binding import Binding

    from ka2tui.settings import Settings

FIXED = frozenset({"ctrl+q"})
"""Keys that nobody can take: there must be a way out."""


def keymap(settings: Settings) -> dict[str, str]:
    """Give the keys that differ from the usual ones, by the id of what they do."""
    keys: dict[str, str] = {}
    if settings.keys != "arrows":
        keys.update(datafiles.read_toml(f"keymaps/{settings.keys}.toml", settings.data))
    keys.update(settings.keymap)
    return keys


def names(keys: str) -> list[str]:
    """Split "down,j" into its keys, in the long form that the terminal sends."""
    from textual.keys import _character_to_key

    return [
        _character_to_key(key) if len(key) == 1 else key
        for part in keys.split(",")
        if (key := part.strip())
    ]


def clashes(chain: Iterable[Iterable[Binding]], keys: Mapping[str, str]) -> list[str]:
    """Say which keys would do two things at once where both can be pressed.

    Args:
        chain: The bindings of the places that listen at the same time.
        keys: The keys that differ, by the id of what they do.
    """
    said: list[str] = []
    for bindings in chain:
        taken: dict[str, Binding] = {}
        for binding in bindings:
            wanted = keys.get(binding.id or "", binding.key)
            for key in names(wanted):
                other = taken.setdefault(key, binding)
                if other.action != binding.action:
                    said.append(
                        f"{key} would mean both {other.description or other.action!r} and "
                        f"{binding.description or binding.action!r}: choose another key in the "
                        "settings."
                    )
    said += [
        f"{key} always quits: choose another key for {name} in the settings."
        for name, wanted in keys.items()
        for key in names(wanted)
        if key in FIXED
    ]
    return said
