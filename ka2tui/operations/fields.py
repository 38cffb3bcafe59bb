"""Fields of a record: edited as far as nobody else did, and read as people write them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import clean
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from ka2tui.store.records import Record

Values = Mapping[str, Any]
"""Field names and what they shall hold; `None` empties a field."""


@frozen
class FieldConflict:
    """A field that somebody else changed while it was being edited; it was left alone."""

    field: str
    yours: object
    theirs: object


def change(
    record: Record,
    values: Values,
    based_on: Values | None = None,
    *,
    allowed: Collection[str],
    together: Collection[str] = (),
) -> tuple[FieldConflict, ...]:
    """Set fields of a record, except those that somebody else changed meanwhile.

    Args:
        record: What is edited.
        values: The new values.
        based_on: What the editor saw before; without it nothing is held back.
        allowed: The fields that may be edited in this way.
        together: Fields that say one thing: where one of them is held back, all are.

    Returns:
        The fields held back, with both values.

    Raises:
        Refused: A field is not one of those allowed.
    """
    seen = {} if based_on is None else based_on
    others = {field for field in seen if getattr(record, field, None) != seen[field]}
    if not others.isdisjoint(together) and not values.keys().isdisjoint(together):
        others |= {*together}
    conflicts = []
    for field, wanted in values.items():
        if field not in allowed:
            raise Refused(f"{field} cannot be changed here.")
        stands = getattr(record, field)
        if stands == wanted:
            continue
        if field in others:
            conflicts.append(FieldConflict(field, wanted, stands))
            continue
        setattr(record, field, wanted)
    return tuple(conflicts)


def after(record: Record, values: Values, name: str) -> Any:
    """Give what a field will be: as it is given, else as it stands."""
    return values[name] if name in values else getattr(record, name, None)


def read_text(value: Any) -> Any:
    """Clean a line of text; empty text is nothing, and what is no text stays as it is."""
    return clean(value) or None if isinstance(value, str) else value


def read_lines(value: str | None) -> str | None:
    """Clean text of several lines; empty text is nothing."""
    return clean(value, lines=True) or None if value else None


def number(rows: Iterable[Any]) -> None:
    """Write the order of a list into its rows."""
    for place, row in enumerate(rows):
        if row.position != place:
            row.position = place
