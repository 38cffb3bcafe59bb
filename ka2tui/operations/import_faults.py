"""What the tables would not hold, said of the row that brings it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ka2tui.operations.import_names import compared_in
from ka2tui.operations.import_tables import PAIRS, RANGES, required, unique, word_for
from ka2tui.store import names

if TYPE_CHECKING:
    from ka2tui.domain.intake import Item
    from ka2tui.operations.import_taking import Taking


def refuse_impossible(taking: Taking, item: Item, record: Any, kind: str) -> None:
    """Refuse what the tables would not hold."""
    for first, last in PAIRS.get(kind, ()):
        low, high = getattr(record, first), getattr(record, last)
        if low is not None and high is not None and high < low:
            taking.error(item, last, f"it ends ({high}) before it begins ({low})")
    for name, (least, most) in RANGES.get(kind, {}).items():
        number = getattr(record, name)
        if number is not None and (number < least or (most is not None and number > most)):
            limit = f"{least} or more" if most is None else f"between {least} and {most}"
            taking.error(item, name, f"{number} is not {limit}")
    for name, why in names.too_long(record):
        taking.error(item, name, why)
    for column in required(kind):
        # without ids, after an error elsewhere, references are empty for no fault of their own
        if getattr(record, column) is None and not (
            taking.result.errors and column.endswith("_id")
        ):
            taking.error(item, column, f"a {word_for(kind)} needs {column.removesuffix('_id')}")


def refuse_twins(taking: Taking, kind: str) -> None:
    """Refuse two records where the tables hold one."""
    for fields in unique(kind):
        seen: dict[tuple[Any, ...], Any] = {}
        for record in taking.known[kind]:
            key = tuple(compared_in(name, getattr(record, name)) for name in fields)
            if None in key:
                continue
            if key in seen:
                item = _item_of(taking, record) or _item_of(taking, seen[key])
                if item is not None and not _told_twin(taking, item):
                    name = fields[-1]
                    taking.error(item, name, f"there are two of {word_for(kind)} {item.name}")
            seen[key] = record


def _told_twin(taking: Taking, item: Item) -> bool:
    """Tell whether reading its table has shown already that a row stands there twice."""
    place = (item.file, item.row)
    return any(
        (one.file, one.row) == place and one.reason.endswith("already")
        for one in taking.intake.errors
    )


def _item_of(taking: Taking, record: Any) -> Item | None:
    found = {id(made): key for key, made in taking.made.items()}.get(id(record))
    return next((item for item in taking.intake.items if id(item) == found), None)
