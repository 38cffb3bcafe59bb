"""What can be done with risks and lines of the log wherever they are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ka2tui.domain.kinds import LogKind, LogState
from ka2tui.domain.refusal import Refused
from ka2tui.domain.register import RegisterKind, key
from ka2tui.tui import plain
from ka2tui.tui.lazy import lazily

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ka2tui.operations import logs, risks
    from ka2tui.queries import logs as log_views
    from ka2tui.queries import risks as risk_views
    from ka2tui.queries import tasks as task_views
    from ka2tui.queries.register import RegisterRow
    from ka2tui.tui.desk import Desk
    from ka2tui.tui.dialogs.form import Filled, Option
else:
    logs = lazily("ka2tui.operations.logs")
    risks = lazily("ka2tui.operations.risks")
    log_views = lazily("ka2tui.queries.logs")
    risk_views = lazily("ka2tui.queries.risks")
    task_views = lazily("ka2tui.queries.tasks")


def of(rows: Sequence[RegisterRow], table: str) -> list[int]:
    """Give the ids of those of one table."""
    return [row.record for row in rows if row.table == table]


async def add(desk: Desk, project: int, kind: RegisterKind | None) -> int | None:
    """Add a risk, an issue, a decision or a change; give its key in the register."""
    if kind is None:
        kind = await _ask_kind(desk)
    if kind is None:
        return None
    made = await (_add_risk(desk, project) if kind is RegisterKind.RISK
                  else _add_line(desk, project, LogKind(kind.value)))  # fmt: skip
    table = "risk" if kind is RegisterKind.RISK else "log_entry"
    return None if made is None else key(table, made)


async def _ask_kind(desk: Desk) -> RegisterKind | None:
    from ka2tui.tui.dialogs.choose import Choose, Item

    notes = ("may happen", "has happened", "what was or is to be decided", "asked for")
    items = [
        Item(at, kind.word, note)
        for at, (kind, note) in enumerate(zip(RegisterKind, notes, strict=True))
    ]
    chosen = await desk.push_screen_wait(Choose("Add", items))
    return None if chosen is None else list(RegisterKind)[chosen]


async def _add_risk(desk: Desk, project: int) -> int | None:
    from ka2tui.tui.dialogs.form import Form
    from ka2tui.tui.pages import register_forms as forms

    offered = await desk.ask(task_views.choices, project)

    async def save(filled: Filled) -> Any:
        values = _said(filled)
        return await desk.attempt(
            risks.add, project, values.pop("title"), today=desk.today, values=values
        )

    filled = await desk.push_screen_wait(
        Form("New risk", forms.risk_fields(None, offered), save=save)
    )
    return None if filled is None else int(filled.saved.value)


async def _add_line(desk: Desk, project: int, kind: LogKind) -> int | None:
    from ka2tui.tui.dialogs.form import Form
    from ka2tui.tui.pages import register_forms as forms

    offered = await desk.ask(task_views.choices, project)
    linked = await _links(desk, project)

    async def save(filled: Filled) -> Any:
        values = _said(filled)
        return await desk.attempt(
            logs.add, project, kind, values.pop("title"), today=desk.today, values=values
        )

    fields = forms.log_fields(kind, None, offered, *linked)
    filled = await desk.push_screen_wait(Form(f"New {kind.word}", fields, save=save))
    return None if filled is None else int(filled.saved.value)


async def edit(desk: Desk, project: int, row: RegisterRow) -> None:
    """Edit a risk or a line of the log; what somebody else changed meanwhile is asked."""
    from ka2tui.tui.dialogs.form import Form
    from ka2tui.tui.pages import register_forms as forms

    offered = await desk.ask(task_views.choices, project)
    operation: Any
    try:
        if row.table == "risk":
            risk = await desk.ask(risk_views.one, row.record, today=desk.today)
            fields, operation = forms.risk_fields(risk.row, offered), risks.edit
        else:
            line = await desk.ask(log_views.one, row.record, today=desk.today)
            linked = await _links(desk, project)
            fields = forms.log_fields(line.row.kind, line.row, offered, *linked)
            operation = logs.edit
    except Refused as gone:
        desk.tell(str(gone), severity="warning")
        return

    async def save(filled: Filled) -> Any:
        if not filled.changed:
            return None
        return await desk.attempt(operation, row.record, filled.changed, filled.based_on)

    title = f"Edit {plain.cut(plain.line(plain.join([row.code, row.title], ' ')), 56)}"
    await desk.push_screen_wait(Form(title, fields, save=save))


async def _links(desk: Desk, project: int) -> tuple[list[Option], list[Option]]:
    """Offer the risks and the issues that a line can come from."""
    from ka2tui.tui.dialogs.form import Option

    found = await desk.ask(risk_views.listed, project, today=desk.today)
    issues = await desk.ask(log_views.listed, project, [LogKind.ISSUE], today=desk.today)
    return (
        [Option(it.id, it.code or it.title, it.title) for it in found],
        [Option(it.id, it.code or it.title, it.title) for it in issues],
    )


async def settle(desk: Desk, rows: Sequence[RegisterRow]) -> bool:
    """Close risks, settle lines of the log; where all are over, open them again."""
    mine = [row for row in rows if row.written]
    if not mine:
        desk.tell("This stands in minutes: m takes it up into the log first.")
        return False
    over = [row for row in mine if not row.open and not _is_decided(row)]
    table = mine[0].table
    if any(row.table != table for row in mine):
        desk.tell("Mark risks or lines of the log, not both: they end in different ways.")
        return False
    if len(over) == len(mine):
        if table == "risk":
            return await desk.do(risks.reopen, of(mine, table)) is not None
        return (
            await desk.do(logs.move, of(mine, table), LogState.OPEN, today=desk.today) is not None
        )
    still = [row.record for row in mine if row not in over]
    if table == "risk":
        return await desk.do(risks.close, still, today=desk.today) is not None
    solution = None
    if len(still) == 1 and mine[0].kind is not RegisterKind.DECISION:
        solution = await _ask_solution(desk, mine[0])
        if solution is None:
            return False
    done = await desk.do(
        logs.move, still, LogState.DONE, today=desk.today, solution=solution or None
    )
    return done is not None


def _is_decided(row: RegisterRow) -> bool:
    return row.state == LogState.DECIDED.word


async def _ask_solution(desk: Desk, row: RegisterRow) -> str | None:
    """Ask what was done; blank is an answer too."""
    from ka2tui.tui.dialogs.form import Field, Form

    found = await desk.ask(log_views.one, row.record, today=desk.today)
    word = "What was done" if row.kind is RegisterKind.ISSUE else "Decision"
    form = Form(
        f"Settle {plain.cut(plain.line(row.title), 56)}",
        [Field("solution", word, "long", found.row.solution)],
    )
    filled = await desk.push_screen_wait(form)
    return None if filled is None else str(filled.values["solution"] or "")


async def review(desk: Desk, rows: Sequence[RegisterRow]) -> bool:
    """Note that risks were looked at: with a new estimate of one, and when next."""
    from ka2tui.domain import risks as rules
    from ka2tui.tui.dialogs.form import Field, Form
    from ka2tui.tui.pages import register_forms as forms

    mine = [row for row in rows if row.table == "risk" and row.open]
    if not mine:
        desk.tell("Only open risks are looked at again.")
        return False
    fields = [Field("again", "Look again", "date", rules.next_review(desk.today), required=True)]
    if len(mine) == 1:
        one = mine[0]
        fields = [
            Field("likelihood", "Likelihood", "choice", one.likelihood,
                  options=forms.steps(rules.LIKELIHOOD)),
            Field("impact", "Impact", "choice", one.impact, options=forms.steps(rules.IMPACT)),
            *fields,
        ]  # fmt: skip
        title = f"Look at {plain.cut(plain.line(one.title), 56)}"
    else:
        title = f"Look at {plain.count(len(mine), 'risk')}"

    async def save(filled: Filled) -> Any:
        given = {"again": filled.values["again"], **_steps(filled)}
        return await desk.attempt(risks.review, of(mine, "risk"), today=desk.today, **given)

    return await desk.push_screen_wait(Form(title, fields, save=save)) is not None


def _steps(filled: Filled) -> dict[str, Any]:
    names = ("likelihood", "impact")
    return {name: filled.changed[name] for name in names if name in filled.changed}


async def happened(desk: Desk, rows: Sequence[RegisterRow]) -> bool:
    """Note that risks happened; each becomes an issue."""
    from ka2tui.tui.dialogs.ask import Ask

    mine = [row for row in rows if row.table == "risk" and row.open]
    if not mine:
        desk.tell("Only open risks can happen.")
        return False
    one = plain.cut(plain.line(mine[0].title), 40)
    what = one if len(mine) == 1 else plain.count(len(mine), "risk")
    about = "It becomes an issue in the log, with the same owner; u takes both back."
    if len(mine) > 1:
        about = "Each becomes an issue in the log, with the same owner; u takes all of it back."
    ask = Ask(f"Did this happen: {what}?", about=about, yes="it happened", proposed=True)
    if await desk.push_screen_wait(ask) is not True:
        return False
    return await desk.do(risks.happened, of(mine, "risk"), today=desk.today) is not None


async def start(desk: Desk, rows: Sequence[RegisterRow]) -> bool:
    """Take lines of the log in hand."""
    ids = of(rows, "log_entry")
    if not ids:
        desk.tell("Only issues, decisions and changes are taken in hand.")
        return False
    return await desk.do(logs.move, ids, LogState.GOING_ON, today=desk.today) is not None


async def decide(desk: Desk, rows: Sequence[RegisterRow]) -> bool:
    """Note what was decided about decisions and changes."""
    from ka2tui.tui.dialogs.form import Field, Form, Option

    kinds = (RegisterKind.DECISION, RegisterKind.CHANGE)
    mine = [row for row in rows if row.table == "log_entry" and row.kind in kinds]
    if not mine:
        desk.tell("Only decisions and changes are decided; space settles an issue.")
        return False
    by = mine[0].decided_by if len(mine) == 1 else None
    reasons = all(row.kind is RegisterKind.DECISION for row in mine)
    fields = [
        Field("accepted", "It is", "choice", True,
              options=[Option(True, "agreed"), Option(False, "refused")]),
        Field("by", "Decided by", value=by, hint="a person, a board, a meeting"),
        Field("on", "On", "date", desk.today),
        Field("said", "Reasons" if reasons else "What was said", "long"),
    ]  # fmt: skip

    async def save(filled: Filled) -> Any:
        values = dict(filled.values)
        values["on"] = values["on"] or desk.today
        return await desk.attempt(logs.decide, of(mine, "log_entry"), **values)

    one = plain.cut(plain.line(mine[0].title), 56)
    title = f"Decide {one if len(mine) == 1 else plain.count(len(mine), 'line')}"
    return await desk.push_screen_wait(Form(title, fields, save=save)) is not None


async def take_up(desk: Desk, rows: Sequence[RegisterRow]) -> bool:
    """Take decisions of minutes up into the log."""
    ids = of(rows, "outcome")
    if not ids:
        desk.tell("Only decisions of minutes are taken up: they have the sign ○.")
        return False
    return await desk.do(logs.take_up, ids, today=desk.today) is not None


async def change(desk: Desk, row: RegisterRow) -> int | None:
    """Make a change of an issue; give its key in the register."""
    if row.kind is not RegisterKind.ISSUE:
        desk.tell("Only an issue leads to a change.")
        return None
    made = await desk.do(logs.make_change, row.record, today=desk.today)
    return None if made is None else key("log_entry", int(made.value))


async def task(desk: Desk, project: int, row: RegisterRow) -> None:
    """Make a task of a risk or a line of the log."""
    from ka2tui.tui.dialogs.form import Form
    from ka2tui.tui.pages import register_forms as forms

    if not row.written:
        desk.tell("This stands in minutes: m takes it up into the log first.")
        return
    offered = await desk.ask(task_views.choices, project)
    operation: Any
    if row.table == "risk":
        risk = (await desk.ask(risk_views.one, row.record, today=desk.today)).row
        first = (risk.action or "").partition("\n")[0].strip()
        title, due, operation = first or risk.title, None, risks.make_task
        owner = risk.partner_id, risk.contact_id
    else:
        line = (await desk.ask(log_views.one, row.record, today=desk.today)).row
        title, due, operation = line.title, line.due, logs.make_task
        owner = line.partner_id, line.contact_id

    async def save(filled: Filled) -> Any:
        values = dict(filled.values)
        return await desk.attempt(operation, row.record, title=values.pop("title"), values=values)

    form = Form("New task", forms.task_fields(title, due, offered, *owner), save=save)
    filled = await desk.push_screen_wait(form)
    if filled is not None:
        desk.tell(f"{filled.saved.label}.")


async def remove(desk: Desk, rows: Sequence[RegisterRow]) -> bool:
    """Remove risks or lines of the log; ask first."""
    from ka2tui.tui.dialogs.ask import Ask

    mine = [row for row in rows if row.written]
    if not mine:
        desk.tell("This stands in minutes, and is removed there.")
        return False
    tables = {row.table for row in mine}
    if len(tables) > 1:
        desk.tell("Mark risks or lines of the log, not both: each go in one step.")
        return False
    one = plain.cut(plain.line(mine[0].title), 40)
    what = one if len(mine) == 1 else plain.count(len(mine), "line")
    about = "Tasks and issues that came of it stay, by themselves; u brings all of it back."
    if await desk.push_screen_wait(Ask(f"Remove {what}?", about=about, yes="remove")) is not True:
        return False
    operation: Any = risks.remove if tables == {"risk"} else logs.remove
    return await desk.do(operation, [row.record for row in mine]) is not None


def _said(filled: Filled) -> dict[str, Any]:
    """Give what was filled in of a new record; what is blank takes what is usual."""
    return {name: value for name, value in filled.values.items() if value is not None}
