"""Which stored records the rows of an import surely mean, before weaker likenesses count."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from ka2tui.domain.intake import Finding, Item
from ka2tui.domain.kinds import Kind
from ka2tui.domain.text import fold
from ka2tui.operations.import_names import called, key_of
from ka2tui.operations.import_tables import TABLES, word_for

if TYPE_CHECKING:
    from ka2tui.operations.import_taking import Taking

_CALLED = ("code", "acronym", "title", "name", "subject", "email")
_WHEN = ("due", "day", "starts_at")

_EXACT: dict[str, tuple[str, ...]] = {
    "task": ("title", "due"),
    "meeting": ("title", "day", "starts_at"),
    "payment": ("title", "kind", "due"),
}
"""What tells records of the same title apart: a task that recurs, two meetings of one day."""

_TIMES = (
    ("due", "due_month", "due_precision"),
    ("day", "month", "precision"),
    ("day", "day_month", "precision"),
)
"""A day, the project month it may stand for, and how exactly it is known."""


def claim(taking: Taking, kind: str) -> None:
    """Give rows the records they surely mean: of their id, their code, their title and date."""
    items = [item for item in taking.items[kind] if item.uid is None]
    stored = taking.known[kind]
    if not stored or len(items) < len(taking.items[kind]):
        return
    _by_id(taking, kind, items)
    _by_code(taking, kind, items)
    if kind in _EXACT:
        _by_time(taking, kind, items)
    if kind == "measurement":
        _by_value(taking, items)
    if kind == "task" and taking.copied:
        _by_title(taking, items)


def number(taking: Taking, item: Item, values: dict[str, Any]) -> None:
    """Let a number that is no id of this project be what else it can be: a code."""
    if item.own_id is None or item.kind in taking.own:
        return
    name = "nr" if item.kind == "partner" else "code"
    if name in TABLES[item.kind].__table__.c and values.get(name) is None:
        values[name] = str(item.own_id)
        item.columns.setdefault(name, ("id", str(item.own_id)))


def keep(item: Item, record: Any, values: dict[str, Any]) -> None:
    """Let a row of a list mean what is stored where the list would say the same of that.

    A day that is stored as a month stays one, for a cell holds no months; and a word is the one
    that is shown for what is stored, whatever else it can mean.
    """
    for when, month, precision in _TIMES:
        said = values.get(when)
        if said is None or said != getattr(record, when, None) or values.get(month) is not None:
            continue
        for name in (month, precision):
            if hasattr(record, name):
                values.pop(name, None)
    for name in [*values]:
        stored = getattr(record, name, None)
        said = fold(item.columns.get(name, ("", ""))[1])
        if isinstance(stored, Kind) and said and said in {fold(stored.word), fold(stored.value)}:
            del values[name]


def _free(taking: Taking, item: Item, record: Any) -> bool:
    return id(item) not in taking.claims and not taking.is_used(record)


def _by_id(taking: Taking, kind: str, items: list[Item]) -> None:
    """Find records by the ids that a list of this project gave its rows.

    They are taken for its own where most of them name a record that the row resembles.
    """
    numbered = [item for item in items if item.own_id is not None]
    by_id = {record.id: record for record in taking.known[kind]}
    found = [(item, by_id.get(item.own_id)) for item in numbered]
    alike = [id(item) for item, record in found if record and _alike(item, record)]
    if not alike or 2 * len(alike) < len(numbered):
        return
    taking.own.add(kind)
    same = set(alike)
    for item, record in found:
        if id(item) in same:
            if not taking.is_used(record):
                taking.claim(item, record)
            continue
        word, said = word_for(kind), str(item.own_id)
        if record is None:
            reason = f"there is no {word} with this id; its code and title are looked for"
        else:
            reason = f"this id is the {word} {called(record)}; its code and title are looked for"
        taking.result.doubtful.append(Finding(item.file, item.row, "id", said, reason))


def _alike(item: Item, record: Any) -> bool:
    """Tell whether a row can be a record: by what it is called, or by when it is."""
    for name in _CALLED:
        said, stored = item.values.get(name), getattr(record, name, None)
        if said and stored and key_of(said) == key_of(stored):
            return True
    return any(
        item.values.get(name) is not None and item.values[name] == getattr(record, name, None)
        for name in _WHEN
    )


def _by_code(taking: Taking, kind: str, items: list[Item]) -> None:
    if "code" not in TABLES[kind].__table__.c:
        return
    coded: dict[str, list[Any]] = defaultdict(list)
    for record in taking.known[kind]:
        if record.code:
            coded[key_of(record.code)].append(record)
    for item in items:
        one = coded.get(key_of(item.values.get("code") or ""), [])
        if len(one) == 1 and _free(taking, item, one[0]):
            taking.claim(item, one[0])


def _by_time(taking: Taking, kind: str, items: list[Item]) -> None:
    """Tell records of the same title apart by their dates, and by where they stand."""
    fields = _EXACT[kind]
    stored: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
    for record in taking.known[kind]:
        if not taking.is_used(record):
            stored[_time_of(fields, lambda name, of=record: getattr(of, name))].append(record)
    for item in items:
        if id(item) in taking.claims or fields[1] not in item.values:
            continue
        alike = stored.get(_time_of(fields, item.values.get), [])
        best = _best(taking, item, alike)
        if best is not None:
            alike.remove(best)
            taking.claim(item, best)


def _best(taking: Taking, item: Item, alike: list[Any]) -> Any:
    """Choose the record that belongs where a row says, best the one of the same state."""
    said = item.links.get("work_unit_id")
    unit = taking.named("work_unit", said.said) if said and not said.by_uid else None
    state = item.values.get("state")
    best = None
    for record in alike:
        if _is_other(item, record):
            continue
        if unit is not None and getattr(record, "work_unit_id", None) != unit.id:
            continue
        if state is None or getattr(record, "state", None) is state:
            return record
        best = best or record
    return best


def _time_of(fields: tuple[str, ...], get: Any) -> tuple[Any, ...]:
    return (key_of(get(fields[0]) or ""), *map(get, fields[1:]))


def _is_other(item: Item, record: Any) -> bool:
    both = item.values.get("code"), getattr(record, "code", None)
    return None not in both and key_of(str(both[0])) != key_of(str(both[1]))


def _by_value(taking: Taking, items: list[Item]) -> None:
    """Take a value without its source for the one that was noted for that day, if it is equal."""
    stored: dict[tuple[Any, ...], Any] = {}
    for record in taking.known["measurement"]:
        stored[record.indicator_id, record.day, key_of(record.value)] = record
    for item in items:
        said = item.links.get("indicator_id")
        of = taking.named("indicator", said.said) if said and not said.by_uid else None
        if of is None or "source" in item.values:
            continue
        value = key_of(item.values.get("value") or "")
        record = stored.get((of.id, item.values.get("day"), value))
        if record is not None and _free(taking, item, record):
            taking.claim(item, record)


def _by_title(taking: Taking, items: list[Item]) -> None:
    """Let a task of which a row says only the title be the one of that title that is there."""
    titled: dict[str, list[Any]] = defaultdict(list)
    loose = set()
    for record in taking.known["task"]:
        title = key_of(record.title)
        if record.work_unit_id is None:
            loose.add(title)
        if not taking.is_used(record):
            titled[title].append(record)
    for item in items:
        said = item.values.get("code") or {"work_unit_id"} & {*item.links, *item.values}
        title = key_of(item.values.get("title") or "")
        if not said and id(item) not in taking.claims and titled[title] and title not in loose:
            taking.claim(item, titled[title].pop(0))
