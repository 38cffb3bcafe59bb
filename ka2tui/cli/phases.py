"""The six phases on the command line: where they stand, step by step, and going on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ka2tui.cli import output

if TYPE_CHECKING:
    from ka2tui.cli.context import Context
    from ka2tui.domain.going_on import Standing
    from ka2tui.queries.lifecycle import PhaseView, StepView


@click.group()
def group() -> None:
    """The six phases: partnership, goal, proposal, funding, implementation, evaluation."""


@group.command("list")
@click.pass_obj
def list_(ctx: Context) -> None:
    """Show the way: the six phases and where each stands."""
    rows = _way(ctx)
    ctx.answer(
        [_plain(row) for row in rows],
        lambda: "\n\n".join(filter(None, [_table(rows), _countdown(ctx)])),
    )


def _countdown(ctx: Context) -> str:
    """Say by when the application must be in, by the clocks of Brussels and of here."""
    from ka2tui.cli import deadline_lines
    from ka2tui.queries import deadlines

    found = ctx.ask(deadlines.listed, ctx.project, today=ctx.today, own=ctx.settings.data)
    present = deadline_lines.now(ctx)
    return output.facts(
        line for one in found for line in deadline_lines.of_application(one, ctx.today, present)
    )


@group.command()
@click.argument("phase")
@click.pass_obj
def show(ctx: Context, phase: str) -> None:
    """Show a PHASE: its steps, its checklists, and what is open before you go on."""
    found = _one(ctx, phase)
    ctx.answer(_whole(found), lambda: _text(found))


@group.command()
@click.argument("phase")
@click.pass_obj
def start(ctx: Context, phase: str) -> None:
    """Begin a PHASE today; several may be under way."""
    from ka2tui.operations import phases

    outcome = ctx.do(phases.start, _one(ctx, phase).id, today=ctx.today)
    ctx.answer(_plain(_one(ctx, phase)), outcome.label)


@group.command()
@click.argument("phase")
@click.argument("step", nargs=-1, required=True, metavar="STEP...")
@click.option("--undone", is_flag=True, help="It is not done after all.")
@click.pass_obj
def step(ctx: Context, phase: str, step: tuple[str, ...], *, undone: bool) -> None:
    """Tick STEPs of a PHASE, by the number or the name that `phase show` gives."""
    from ka2tui.operations import phases

    found = _one(ctx, phase)
    ids = [_step(found, said) for said in step]
    outcome = ctx.do(phases.tick, ids, done=not undone, today=ctx.today)
    ctx.answer(_plain(_one(ctx, phase)), outcome.label or "Nothing changed.")


@group.command()
@click.argument("phase")
@click.option("--planned-start", metavar="DATE", help="First day as planned.")
@click.option("--planned-end", metavar="DATE", help="Last day as planned.")
@click.option("--actual-start", metavar="DATE", help="Actual first day.")
@click.option("--actual-end", metavar="DATE", help="Actual last day.")
@click.option("--minimum", metavar="PERCENT", help="The own estimate wanted before you go on.")
@click.option("--notes", help="Anything else.")
@click.pass_obj
def edit(ctx: Context, /, phase: str, minimum: str | None, **said: str | None) -> None:
    """Set dates of a PHASE; an empty value clears a field."""
    from ka2tui.operations import phases

    values: dict[str, Any] = {}
    for name, text in said.items():
        if text is not None:
            values[name] = text if name == "notes" else _day(ctx, text, last=name.endswith("end"))
    if minimum is not None:
        values["gate_minimum"] = _percent(minimum)
    if not values:
        raise click.UsageError("Say what to change: see --help.")
    outcome = ctx.do(phases.edit, _one(ctx, phase).id, values, today=ctx.today)
    ctx.answer(_plain(_one(ctx, phase)), outcome.label)


@group.command("go-on")
@click.argument("phase")
@click.option("--reason", help="Why, where something is still open; it is kept.")
@click.pass_obj
def go_on(ctx: Context, phase: str, reason: str | None) -> None:
    """Conclude a PHASE and begin the next one that is still ahead."""
    from ka2tui.operations import phases

    found = _one(ctx, phase)
    own = ctx.settings.data
    outcome = ctx.do(phases.go_on, found.id, today=ctx.today, reason=reason, own=own)
    ctx.answer(_plain(_one(ctx, phase)), outcome.label)


@group.command()
@click.argument("phase")
@click.pass_obj
def reopen(ctx: Context, phase: str) -> None:
    """Take up a PHASE again that was done."""
    from ka2tui.operations import phases

    outcome = ctx.do(phases.reopen, _one(ctx, phase).id)
    ctx.answer(_plain(_one(ctx, phase)), outcome.label)


# --- reading ------------------------------------------------------------------------------------


def _way(ctx: Context) -> tuple[PhaseView, ...]:
    from ka2tui.queries import lifecycle

    own = ctx.settings.data
    return ctx.ask(lifecycle.way, ctx.project, today=ctx.today, own=own).phases


def _one(ctx: Context, said: str) -> PhaseView:
    from ka2tui.queries import lifecycle

    wanted = ctx.ask(lifecycle.find_phase, ctx.project, said)
    return next(row for row in _way(ctx) if row.id == wanted)


def _step(phase: PhaseView, said: str) -> int:
    from ka2tui.domain.refusal import Refused
    from ka2tui.domain.text import fold

    for number, one in enumerate(phase.steps, start=1):
        if said.strip() == str(number) or fold(said) in (fold(one.code or ""), fold(one.title)):
            return one.id
    raise Refused(f"{phase.title} has no step {said}: see 'ka2tui phase show {phase.kind}'.")


def _day(ctx: Context, text: str, *, last: bool) -> object:
    if not text.strip():
        return None
    read = ctx.day(text)
    return read.last if last else read.day


def _percent(text: str) -> int | None:
    if not text.strip():
        return None
    number = text.strip().removesuffix("%").strip()
    if not (number.isascii() and number.isdigit() and int(number) <= 100):
        raise click.UsageError(f"{text!r} is not a number from 0 to 100.")
    return int(number)


# --- answering ----------------------------------------------------------------------------------


def _plain(row: PhaseView) -> dict[str, Any]:
    return {
        "id": row.id,
        "phase": row.kind,
        "title": row.title,
        "state": row.state,
        "planned_start": row.planned_start,
        "planned_end": row.planned_end,
        "actual_start": row.actual_start,
        "actual_end": row.actual_end,
        "steps": len(row.steps),
        "steps_done": row.steps_done,
        "open": list(row.still_open),
        "reason": row.override_reason,
        "open_then": row.override_open.split("\n") if row.override_open else [],
    }


def _whole(row: PhaseView) -> dict[str, Any]:
    return _plain(row) | {
        "aim": row.aim,
        "result": row.result,
        "minimum": row.minimum,
        "checklists": [_standing(one) for one in row.checklists],
        "step_list": [_plain_step(one) for one in row.steps],
        "documents": list(row.documents),
        "notes": row.notes,
    }


def _standing(one: Standing) -> dict[str, Any]:
    score = one.score
    return {
        "checklist": one.checklist,
        "title": one.title,
        "score": None if score is None else score.total,
        "answered": None if score is None else score.answered,
        "unanswered": None if score is None else score.unanswered,
    }


def _plain_step(one: StepView) -> dict[str, Any]:
    return {"id": one.id, "code": one.code, "title": one.title, "done_on": one.done_on}


def _table(rows: tuple[PhaseView, ...]) -> str:
    headings = ("phase", "state", "from", "to", "steps", "still open")
    cells = [
        (
            row.title,
            row.state.word,
            row.first,
            row.last,
            f"{row.steps_done} of {len(row.steps)}",
            len(row.still_open) or None,
        )
        for row in rows
    ]
    return output.table(headings, cells)


def _text(row: PhaseView) -> str:
    lines = [f"{row.title}: {row.state.word}", row.aim]
    for name, first, last in (
        ("Planned", row.planned_start, row.planned_end),
        ("Actual", row.actual_start, row.actual_end),
    ):
        if first or last:
            lines.append(f"{name}: {first or 'not known'} to {last or 'not known'}")
    if row.minimum is not None:
        lines.append(f"Wanted: own estimate {row.minimum} of 100")
    lines.append("")
    for number, one in enumerate(row.steps, start=1):
        when = f"done {one.done_on}" if one.done_on else "open"
        lines.append(f"{number:>2}  {when:<15}  {one.title}")
        if one.hint:
            lines.append(f"{'':21}{one.hint}")
    for standing in row.checklists:
        said = standing.said
        lines.append(f"Checklist {standing.title}: {said}")
    if row.still_open and row.state != "done":
        lines += ["", "Before you go on:", *(f"- {point}" for point in row.still_open), row.why]
    if row.override_reason is not None:
        lines += ["", f"Gone on with this reason: {row.override_reason}"]
    if row.override_open is not None:
        lines += ["Open then:", *(f"- {point}" for point in row.override_open.split("\n"))]
    if row.notes:
        lines += ["", f"Notes: {row.notes}"]
    lines += ["", f"What you end with: {row.result}", row.overlap]
    if row.documents:
        lines += ["Papers:", *(f"- {paper}" for paper in row.documents)]
    return "\n".join(lines)
