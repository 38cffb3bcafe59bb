"""How an act of dissemination is told: a row of the list, and all that is known of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain.text import capital
from ka2tui.tui import plain
from ka2tui.tui.widgets.details import Fact, Head, Line, Private, Words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from ka2tui.domain.dissemination import Sorts
    from ka2tui.queries.dissemination import ActDetails, ActRow
    from ka2tui.tui.plain import Cell, Tone
    from ka2tui.tui.widgets.details import Item

NEXT_SEEN: Mapping[bool | None, bool | None] = {None: True, True: False, False: None}
"""What one key makes of whether something was seen."""

_SEEN: Mapping[bool | None, tuple[str, Tone]] = {
    None: ("?", "soon"),
    True: ("✓", "good"),
    False: ("✗", "late"),
}


def sign(row: ActRow) -> tuple[str, Tone]:
    """Give the sign of a state, and its tone."""
    if row.late:
        return ("!", "late")
    signs: dict[str, tuple[str, Tone]] = {"done": ("✓", "done"), "dropped": ("✗", "quiet")}
    return signs.get(row.state.value, ("·", ""))


def when(row: ActRow, today: date) -> str:
    """Say when it was or is to be."""
    from ka2tui.domain.days import say_day, say_span
    from ka2tui.domain.timeline import say_month

    month = "" if row.month is None else say_month(row.month)
    if row.day is None:
        return month
    if row.end_day is not None and row.end_day != row.day:
        return say_span(row.day, row.end_day)
    return " ".join(filter(None, [say_day(row.day, today, row.precision), month]))


def cells(row: ActRow, known: Sorts, today: date) -> Sequence[Cell]:
    """Give what stands in a row of the list."""
    done = row.state == "done"
    marks: Cell = [_SEEN[row.emblem], _SEEN[row.disclaimer]] if done else ""
    lacks = row.lacks
    tone: Tone = "late" if False in (row.emblem, row.disclaimer) else "soon"
    return (
        sign(row),
        (when(row, today), "late" if row.late else "quiet" if done else ""),
        row.title,
        (known.title(row.sort), "quiet"),
        (row.partner or "", "quiet"),
        plain.number(row.reach) if row.reach is not None else "",
        marks,
        (", ".join(lacks), tone),
        (row.deliverable or row.work_unit or "", "quiet"),
    )


def about(found: ActDetails, known: Sorts, today: date) -> list[Item]:
    """Tell everything that is known of an entry."""
    from ka2tui.domain.dissemination import NOT_PEOPLE

    row = found.row
    glyph, tone = sign(row)
    state = f"{glyph} {row.state.word}" + (", late" if row.late else "")
    result = plain.join([row.deliverable or "", found.deliverable_title or ""], " ")
    items: list[Item] = [
        Words(row.title, "strong"),
        Line(""),
        Fact("State", (state, tone)),
        Fact("When", when(row, today)),
        Fact("Kind", known.title(row.sort)),
        Fact("Partner", row.partner),
        Fact("Tells of", result or None),
        Fact("Belongs to", row.work_unit),
        Fact("Audience", row.audience),
        Fact("Reach", plain.number(row.reach) if row.reach is not None else None),
        Fact("Language", row.language),
        Fact("Place", row.place),
        Fact("Link", row.link),
        Fact("EU emblem", _seen(row.emblem)),
        Fact("Disclaimer", _seen(row.disclaimer)),
        Fact("Proof", plain.count(row.proofs, "proof") if row.proofs else None),
    ]
    if row.lacks:
        items += [
            Head("Missing"),
            *(Words(f"{capital(it)}.", "soon") for it in row.lacks),
        ]
        items += [Words(why, "quiet") for why in _why(row, known)]
    if row.reach is not None and row.state == "done":
        items += [Head("Reach"), Words(NOT_PEOPLE, "quiet")]
    if found.notes:
        items.append(Private([Head("Notes"), *(Words(it) for it in found.notes.splitlines())]))
    return items


def _why(row: ActRow, known: Sorts) -> list[str]:
    """Say why the emblem or the disclaimer matters, where one of them is not known to be there."""
    seen = {"emblem": row.emblem, "disclaimer": row.disclaimer}
    return [check.why for check in known.checks if seen.get(check.id) is not True]


def _seen(seen: bool | None) -> Cell:  # noqa: FBT001 - what was seen
    from ka2tui.domain.dissemination import say_checked

    glyph, tone = _SEEN[seen]
    return (f"{glyph} {say_checked(seen)}", tone)
