"""What can be done with the approved application: keep it, explain, take over, forget."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ka2tui.domain.kinds import AgencyAnswer, Handling
from ka2tui.tui import plain
from ka2tui.tui.lazy import lazily

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ka2tui.domain.application import Spot
    from ka2tui.operations import application
    from ka2tui.queries import application as views
    from ka2tui.queries import letters as letter_views
    from ka2tui.queries.application import Row, Seen
    from ka2tui.tui.desk import Desk
    from ka2tui.tui.dialogs.form import Field, Filled, Option
else:
    application = lazily("ka2tui.operations.application")
    views = lazily("ka2tui.queries.application")
    letter_views = lazily("ka2tui.queries.letters")

_TOLD = 8
"""Differences that are named before the application is kept anew."""


async def keep(desk: Desk, project: int, seen: Seen | None) -> bool:
    """Keep what is planned now as what was promised; ask for a reason where it was kept before."""
    from ka2tui.domain.days import say_brief
    from ka2tui.tui.dialogs.form import Field, Form

    kept = None if seen is None else seen.approved_on
    fields = [
        Field("on", "Holds from", "date", desk.today, required=True,
              hint="the day of the decision, or of the amendment"),
    ]  # fmt: skip
    about = "Dates, work, results, events, partners and money are kept as they stand now."
    if kept is not None:
        fields.append(Field("reason", "Why anew", required=True, hint="amendment 1"))
        replaced = await desk.ask(views.would_replace, project)
        about = f"Kept as of {say_brief(kept)}. "
        if replaced and desk.projector:  # among them may be money
            about += f"{plain.count(len(replaced), 'difference')} would count as promised."
        elif replaced:
            more = f" and {len(replaced) - _TOLD} more" if len(replaced) > _TOLD else ""
            about += f"Would count as promised: {'; '.join(replaced[:_TOLD])}{more}."
        else:
            about += "Nothing differs from it now."

    async def save(filled: Filled) -> Any:
        return await desk.attempt(
            application.freeze,
            project,
            on=filled.values["on"] or desk.today,
            today=desk.today,
            reason=filled.values.get("reason"),
        )

    title = "Keep the application as approved" + ("" if kept is None else ", anew")
    return await desk.push_screen_wait(Form(title, fields, save=save, about=about)) is not None


async def explain(desk: Desk, project: int, rows: Sequence[Row]) -> bool:
    """Say why things are not as promised, and how that was handled; several in one step."""
    from ka2tui.tui.dialogs.form import Form

    spots = await _meant(desk, rows)
    if not spots:
        return False
    row = rows[0] if len(rows) == 1 else None
    fields = _fields(row, await _letters(desk, project))

    async def save(filled: Filled) -> Any:
        changed = dict(filled.changed)
        if not changed:
            return None
        based_on = filled.based_on if row is not None else None
        return await desk.attempt(application.explain, project, spots, changed, based_on)

    what = plain.cut(plain.line(row.said), 50) if row else plain.count(len(rows), "departure")
    about = row.what if row and not desk.projector else ""
    filled = await desk.push_screen_wait(Form(f"Explain {what}", fields, save=save, about=about))
    return filled is not None and filled.saved is not None


async def accept(desk: Desk, project: int, rows: Sequence[Row]) -> bool:
    """Take over what the agency accepted; ask first."""
    from ka2tui.tui.dialogs.ask import Ask

    differing = [row for row in rows if row.items[0].how]
    if not differing:
        desk.tell("This is as it was promised already.", severity="warning")
        return False
    about = "What is planned now is then what was promised; u takes that back."
    question = f"Accepted by the agency: take over {_called(differing)} as promised?"
    if await desk.push_screen_wait(Ask(question, about=about, yes="take over")) is not True:
        return False
    spots = [spot for row in differing for spot in row.spots]
    return await desk.do(application.accept, project, spots, on=desk.today) is not None


async def withdraw(desk: Desk, project: int, rows: Sequence[Row]) -> bool:
    """Take away what was said about departures; ask first."""
    from ka2tui.tui.dialogs.ask import Ask

    question = f"Take away what was said about {_called(rows)}?"
    about = "A difference stays and is to be explained anew; u brings the words back."
    if await desk.push_screen_wait(Ask(question, about=about, yes="take away")) is not True:
        return False
    spots = [spot for row in rows for spot in row.spots]
    return await desk.do(application.withdraw, project, spots) is not None


async def _meant(desk: Desk, rows: Sequence[Row]) -> list[Spot]:
    """Give what is explained: of one record with several differences all of them, or one."""
    if len(rows) != 1 or len(rows[0].items) == 1:
        return [spot for row in rows for spot in row.spots]
    from ka2tui.tui.dialogs.choose import Choose, Item

    items = [Item(-1, f"All {len(rows[0].items)} differences")]
    for at, it in enumerate(rows[0].items):
        hidden = desk.projector and it.spot.field == "money"
        items.append(Item(at, it.label, "" if hidden else f"{it.promised} → {it.now}"))
    chosen = await desk.push_screen_wait(Choose("Explain", items))
    if chosen is None:
        return []
    return list(rows[0].spots) if chosen < 0 else [rows[0].items[chosen].spot]


async def _letters(desk: Desk, project: int) -> list[Option]:
    from ka2tui.domain.days import say_brief
    from ka2tui.tui.dialogs.form import Option

    rows = await desk.ask(letter_views.listed, project, today=desk.today)
    return [Option(None, "none"), *(Option(it.id, it.subject, say_brief(it.day)) for it in rows)]


def _fields(row: Row | None, letters: Sequence[Option]) -> list[Field]:
    """Give the lines of the form; of several at once all are blank, and what stays blank stays."""
    from ka2tui.tui.dialogs.form import Field, Option

    return [
        Field("why", "Why", "long", row and row.why, hint="what happened"),
        Field("handling", "Handled", "choice", row and row.handling,
              options=[Option(None, "not decided"), *(Option(it, it.word) for it in Handling)]),
        Field("asked_on", "Asked", "date", row and row.asked_on,
              hint="when the agency was told or asked"),
        Field("answered_on", "Answered", "date", row and row.answered_on),
        Field("answer", "Answer", "choice", row and row.answer,
              options=[Option(None, "none yet"), *(Option(it, it.word) for it in AgencyAnswer)]),
        Field("letter_id", "Letter", "choice", row and row.letter_id, options=letters),
        Field("notes", "Notes", "long", row and row.notes, more=True),
    ]  # fmt: skip


def _called(rows: Sequence[Row]) -> str:
    if len(rows) == 1:
        return plain.cut(plain.line(rows[0].said), 48)
    return plain.count(len(rows), "departure")
