"""What a projector does not show: money, silence, and notes that are not for everybody.

One key puts the whole app into this view and takes it out again. Nothing is changed by it, and it
ends with the app. Everything that decides what is private stands here; a page marks a column or
the lines of its details, names its fields as the records do, and asks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.binding import BindingsMap

HIDDEN = "This is hidden on the projector. F5 shows it again."
"""What a key says whose deed is hidden."""

WORD = "projector"
"""How the headline says that this view is on."""

NOTES = frozenset({"note", "notes", "outcome_note", "override_reason"})
"""Fields with words that their writer keeps."""

MONEY = "_cents"
"""How the names of fields with money end."""

IN_HISTORY = frozenset({"grant", "money", "reason for going on"}) | {
    *("money paid", "money planned", "money used", "money a day")
}
"""What the history calls such fields where it does not call them as the records do."""

TABLES = frozenset({"message", "share", "payment", "cost", "journey", "participant"})
"""Kinds of record that are private whatever stands in them: who was chased, paid, taught."""

SILENCE = 606
"""The check that says how long a partner has been silent."""

AMOUNTS = range(300, 400)
"""Checks of money, which name amounts."""

DEEDS = frozenset({"chase", "heard", "shares", "notes", "twins", "edit_person", "forget"})
"""Actions that would show what is private."""

ASKS = ("silent", "heard", "chased", "money", "grant", "notes")
"""Words of filters that ask for what is private."""


def is_private(field: str) -> bool:
    """Say whether a field holds money or a note, by its name in the records or in the history."""
    name = field.replace(" ", "_")
    return name in NOTES or name.endswith(MONEY) or field in IN_HISTORY


def is_on(app: object) -> bool:
    """Say whether an app shows its projector view."""
    return bool(getattr(app, "projector", False))


def hides_problem(app: object, number: int, about: str) -> bool:
    """Say whether a finding of a check is not shown now, because it tells what is private."""
    private = number == SILENCE or number in AMOUNTS or about in TABLES
    return private and is_on(app)


def hides_key(app: object, key: str, bindings: Iterable[BindingsMap]) -> bool:
    """Say whether a key would do what is not to be had now."""
    if not is_on(app):
        return False
    found = (it for each in bindings for it in each.key_to_bindings.get(key, ()))
    return any(it.action in DEEDS for it in found)


def asks(text: str) -> bool:
    """Say whether a filter asks for what is private; its name would tell it."""
    return any(word in text for word in ASKS)


def hides(app: object, action: str) -> bool:
    """Say whether an action is not to be had now, because it would show what is private."""
    return action in DEEDS and is_on(app)
