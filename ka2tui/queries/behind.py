"""Behind a figure: the rows it comes from, each told in words, with what it adds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from ka2tui.domain.days import say_calendar_month
from ka2tui.domain.kinds import Precision
from ka2tui.domain.search import Entry
from ka2tui.frozen import frozen
from ka2tui.queries import changes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from ka2tui.domain.figure import Number, Source, Trace
    from ka2tui.queries.changes import Known
    from ka2tui.store.journal import Image, Key

MOST = 4
"""Facts that are told of a row."""

_TELLS = (
    *("state", "presence", "answer", "kind", "sort", "role", "direction", "partner_id", "lead_id"),
    *("host_id", "contact_id", "organisation", "people", "online", "profile", "country", "day"),
    *("done_on", "finished_on", "delivered_on", "reached_on", "paid_on", "held_on", "due"),
    *("answer_by", "answered_on", "review_on", "quarter", "percent", "value", "score", "weight"),
    *("likelihood", "impact", "reach", "emblem", "title", "text"),
)
"""Columns that say the most about a row, the most telling first."""

_NAMES = ("title", "name", "subject", "said", "text")
_OWNED_BY = {
    "phase_step": ("phase", "phase_id"),
    "attendance": ("meeting", "meeting_id"),
    "head_count": ("meeting", "meeting_id"),
    "agenda_item": ("meeting", "meeting_id"),
    "outcome": ("meeting", "meeting_id"),
    "answer": ("assessment", "assessment_id"),
    "share": ("work_unit", "work_unit_id"),
    "partner_paper": ("partner", "partner_id"),
    "message": ("partner", "partner_id"),
    "measurement": ("indicator", "indicator_id"),
    "proof_use": ("proof", "proof_id"),
}
"""Rows that are parts of another record: which one, and by which column."""

_SHOWN_THEMSELVES = frozenset({"agenda_item", "outcome", "answer", "partner_paper", "message"})
"""Parts that their owner's page can be opened at."""


@frozen
class BehindRow:
    """One row behind a figure."""

    table: str
    id: int
    kind: str
    """What it is, in a word: "task", "step"."""
    code: str
    title: str
    facts: str
    """What else is known of it, in a few words."""
    adds: Number
    of: Number | None
    """The whole it adds a part of, of a share."""
    goes: Entry
    """The record whose page shows it."""
    group: str = ""
    """What it is counted with in a report, where it does not stand there by itself."""


def rows(session: Session, trace: Trace, *, today: date) -> tuple[BehindRow, ...]:
    """Tell the rows behind a figure, in its order; rows that are gone are left out.

    Args:
        session: Of the database.
        trace: Of the figure.
        today: Whose year goes without saying.
    """
    return several(session, [trace], today=today)[0]


def entry(session: Session, table: str, record: int) -> Entry | None:
    """Give what the pages know to go to a record; None where it is gone."""
    known = changes.known(session, [(table, record)], ())
    one = known.get((table, record))
    if one is None:
        return None
    over = _owner(one)
    above = None if over is None else changes.known(session, [over], ()).get(over)
    return _entry(one, above)


def several(
    session: Session, traces: Sequence[Trace], *, today: date | None
) -> tuple[tuple[BehindRow, ...], ...]:
    """Tell the rows behind several figures; a row behind many of them is read once.

    Args:
        session: Of the database.
        traces: Of the figures.
        today: Whose year goes without saying; None where what is told is kept.
    """
    keys = {(each.table, each.id): None for trace in traces for each in trace.sources}
    known = changes.known(session, keys, _TELLS)
    owners = changes.known(session, filter(None, map(_owner, known.values())), ())
    told = {}
    for key, one in known.items():
        over = _owner(one)
        told[key] = _row(one, None if over is None else owners.get(over), today)
    return tuple(
        tuple(
            _with(told[each.table, each.id], each)
            for each in trace.sources
            if (each.table, each.id) in told
        )
        for trace in traces
    )


def _with(row: BehindRow, source: Source) -> BehindRow:
    """Give a row with what it adds, and how it comes to it."""
    facts = source.said or row.facts
    return replace(row, facts=facts, adds=source.adds, of=source.of)


def _row(one: Known, above: Known | None, today: date | None) -> BehindRow:
    code, title = _called(one)
    return BehindRow(
        table=one.table,
        id=one.id,
        kind=one.kind,
        code=code,
        title=title,
        facts=_facts(one, above, today),
        adds=1,
        of=None,
        goes=_entry(one, above),
    )


def _called(one: Known) -> tuple[str, str]:
    """Give code and title; what has no title of its own is called by what it is between."""
    code = str(one.image.get("code") or one.image.get("acronym") or "")
    title = next((one.image[name] for name in _NAMES if one.image.get(name)), None)
    if not isinstance(title, str):
        return code, one.name.removeprefix(code).strip()
    return code, " ".join(title.split())


def _facts(one: Known, above: Known | None, today: date | None) -> str:
    """Say what else is known of a row, with what it is part of."""
    named = {*_NAMES} & one.image.keys()
    if not one.image.get("online"):
        named.add("online")  # in the room, as is usual: nothing to tell
    if named_day := _HAPPENED & one.fields.keys():
        named |= {"due", "day"} - named_day
    said = [
        _fact(column, word, _month(one, column) or value, today)
        for column, (word, value) in one.fields.items()
        if column not in named and not (column.endswith("_id") and value in one.name)
    ]
    if above is not None and above.name not in one.name:
        said.append(f"in {above.name}")
    return ", ".join(said[:MOST])


def _fact(column: str, word: str, value: str, today: date | None) -> str:
    """Say one fact: a state or a partner speaks for itself, a number or a date does not."""
    if today is not None:
        value = value.removesuffix(f" {today.year}")
    return value if column in _PLAIN else f"{word} {value}"


def _month(one: Known, column: str) -> str:
    """Say a day as its month where no more than that is known of it."""
    kept = _KEPT_AS.get(column)
    day, end = one.image.get(column), one.image.get("end_day")
    if kept is None or one.image.get(kept) != Precision.MONTH or not isinstance(day, str):
        return ""
    last = date.fromisoformat(end) if column == "day" and isinstance(end, str) else None
    return say_calendar_month(date.fromisoformat(day), last)


_KEPT_AS = {"day": "precision", "due": "due_precision"}
"""Days, and the column that says how exactly they are known."""

_PLAIN = frozenset(
    {"state", "presence", "kind", "sort", "role", "direction", "answer", "day", "country"}
    | {"partner_id", "contact_id", "organisation", "profile", "text"}
)
"""Columns whose values say what they are."""

_HAPPENED = frozenset(
    {"done_on", "finished_on", "delivered_on", "reached_on", "paid_on", "answered_on"}
)
"""Days on which something came; when it was due says no more then."""


def _owner(one: Known) -> Key | None:
    """Give the record that a row is a part of."""
    table, column = _OWNED_BY.get(one.table, ("", ""))
    owner = one.image.get(column)
    return (table, owner) if isinstance(owner, int) else None


def _entry(one: Known, above: Known | None) -> Entry:
    """Give what the pages know to go to: the row itself, else what it is a part of."""
    shown = one if above is None or one.table in _SHOWN_THEMSELVES else above
    _, title = _called(shown)
    project = shown.id if shown.table == "project" else _number(shown.image, "project_id")
    return Entry(
        shown.table,
        shown.id,
        project,
        kind=str(shown.image.get("kind") or shown.table),
        title=title,
        owner=None if shown is not one else _owner(one),
    )


def _number(image: Image, column: str) -> int:
    value = image.get(column)
    return value if isinstance(value, int) else 0
