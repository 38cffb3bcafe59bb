"""Check a project on the command line: what is wrong, why, and where that is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import click

from ka2tui.cli import output, own_words
from ka2tui.domain.checks.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from ka2tui.cli.context import Context
    from ka2tui.domain.checks.catalogue import Check
    from ka2tui.domain.problem import Problem
    from ka2tui.queries.problems import Problems


class _Marked(Protocol):
    """What is about a record."""

    @property
    def id(self) -> int | None: ...

    @property
    def where(self) -> str: ...


T = TypeVar("T", bound=_Marked)

STAGES = [stage.value for stage in Stage]


@click.group(invoke_without_command=True)
@click.option("--as", "as_stage", type=click.Choice(STAGES), help="Check it as if it stood there.")
@click.option("--all", "everything", is_flag=True, help="Also what was set aside.")
@click.option("--explain", metavar="CODE", help="What a check looks at, and how to mend it.")
@click.pass_obj
@click.pass_context
def group(
    click_context: click.Context,
    ctx: Context,
    as_stage: str | None,
    explain: str | None,
    *,
    everything: bool,
) -> None:
    """Check the project as an assessor, an auditor and a good adviser would read it.

    Only what matters where the project stands is told. It ends with 1 where something is against a
    rule and was not set aside, for scripts.
    """
    if click_context.invoked_subcommand is not None:
        return
    if explain is not None:
        _explain(ctx, explain)
        return
    from ka2tui.domain import rulebook

    found = _found(ctx, as_stage)
    own_words.tell(rulebook.shelf(ctx.settings.data).broken)
    shown = [*found.rows, *(found.set_aside if everything else ())]
    ctx.answer([plain(each, found.stage) for each in shown], lambda: _text(found, shown))
    if found.errors:
        click_context.exit(1)


_as = click.option(
    "--as", "as_stage", type=click.Choice(STAGES), help="Look for it as if the project stood there."
)


@group.command("set-aside")
@click.argument("code")
@click.argument("record", required=False)
@click.option("--why", metavar="TEXT", required=True, help="The reason, which is kept.")
@_as
@click.pass_obj
def set_aside(ctx: Context, code: str, record: str | None, why: str, as_stage: str | None) -> None:
    """Do not tell a finding again, for a reason that is kept.

    RECORD is what it is about, as the check names it; without it, everything that it finds.
    """
    from ka2tui.operations import problems

    check = _named(code)
    found = _found(ctx, as_stage)
    every = [each for each in (*found.rows, *found.set_aside) if each.number == check.number]
    wanted = _meant(every, check, record, "now")
    marks = [(each.number, each.about, each.id) for each in wanted]
    told = wanted[0].code if len(wanted) == 1 else ""
    outcome = ctx.do(problems.set_aside, ctx.project, marks, why, code=told)
    _tell(ctx, marks, as_stage, outcome.label)


@group.command("bring-back")
@click.argument("code")
@click.argument("record", required=False)
@_as
@click.pass_obj
def bring_back(ctx: Context, code: str, record: str | None, as_stage: str | None) -> None:
    """Tell a finding again that was set aside.

    RECORD is what it is about, as the check names it; without it, all that is set aside.
    """
    from ka2tui.operations import problems
    from ka2tui.queries import problems as asked

    check = _named(code)
    kept = ctx.ask(asked.aside, ctx.project)
    every = [each for each in kept if each.number == check.number]
    wanted = _meant(every, check, record, "that is set aside")
    marks = [(each.number, each.about, each.id) for each in wanted]
    aside = _found(ctx, as_stage).set_aside
    told = next((it.code for it in aside if (it.number, it.about, it.id) in marks), "")
    outcome = ctx.do(problems.bring_back, ctx.project, marks, code=told)
    _tell(ctx, marks, as_stage, outcome.label)


@group.command()
@click.pass_obj
def codes(ctx: Context) -> None:
    """List every check there is, with its number."""
    from ka2tui.domain.checks import catalogue

    checks = [*catalogue.everything().values()]
    rows = [(each.code, each.area, each.title) for each in checks]
    ctx.answer(
        [_check(each) for each in checks],
        lambda: output.table(("code", "area", "finds"), rows, wraps=True),
    )


def _found(ctx: Context, as_stage: str | None) -> Problems:
    from ka2tui.queries import problems as asked

    return ctx.ask(
        asked.problems,
        ctx.project,
        today=ctx.today,
        own=ctx.settings.data,
        stage=Stage(as_stage) if as_stage else None,
    )


def _meant(every: Sequence[T], check: Check, record: str | None, when: str) -> list[T]:
    """Give the findings that a person means by the record they are about.

    Raises:
        Refused: There is none.
    """
    from ka2tui.domain.refusal import Refused
    from ka2tui.domain.text import fold, quoted

    if not every:
        raise Refused(f"{check.code} finds nothing {when}.")
    if record is None:
        return [*every]
    wanted = fold(record.strip())

    def names(one: T) -> set[str]:
        said = one.where
        return {fold(said), fold(said.partition(" ")[0]), str(one.id)}

    found = [one for one in every if wanted in names(one)]
    if not found:
        there = ", ".join(dict.fromkeys(one.where for one in every))
        raise Refused(f"{check.code} finds nothing about {quoted(record)} {when}; only: {there}.")
    return found


def _tell(
    ctx: Context, marks: Sequence[tuple[int, str, int | None]], as_stage: str | None, label: str
) -> None:
    """Answer with the findings that were set aside or brought back, as they stand now."""
    found = _found(ctx, as_stage)
    rows = [
        plain(each, found.stage)
        for each in (*found.rows, *found.set_aside)
        if (each.number, each.about, each.id) in marks
    ]
    ctx.answer(rows, label)


def plain(problem: Problem, stage: Stage) -> dict[str, Any]:
    """Give a finding as JSON lists it."""
    return {
        "code": problem.code,
        "severity": problem.severity,
        "where": problem.where,
        "text": problem.text,
        "why": problem.why,
        "source": problem.source,
        "source_id": problem.source_id,
        "place": problem.place,
        "about": problem.about,
        "id": problem.id,
        "stage": stage,
        "set_aside": not problem.counts,
        "reason": problem.reason,
    }


def _text(found: Problems, shown: Sequence[Problem]) -> str:
    rows = [(each.code, each.where, _said(each)) for each in shown]
    return "\n".join(
        filter(None, (output.table(("code", "where", "what"), rows, wraps=True), _sum(found)))
    )


def _said(problem: Problem) -> str:
    return problem.text if problem.counts else f"{problem.text} (set aside: {problem.reason})"


def _sum(found: Problems) -> str:
    """Count what was found, and say where the project stands."""
    from ka2tui.domain.problem import say_how_many
    from ka2tui.domain.text import counted

    said = say_how_many(found.rows) or "Nothing found"
    aside = f"; {counted(len(found.set_aside), 'finding')} set aside" if found.set_aside else ""
    explained = ""
    if found.rows:
        explained = f"\nWhy, and how to mend it: ka2tui check --explain {found.rows[0].code}"
    return f"{said}{aside}. Stage: {found.stage.word}.{explained}"


def _named(code: str) -> Check:
    """Give the check that a code names; a code nobody has is wrong usage."""
    from ka2tui.domain.checks import catalogue

    try:
        return catalogue.find(code)
    except catalogue.NoCheck as none:
        raise click.UsageError(str(none)) from None


def _explain(ctx: Context, code: str) -> None:
    from ka2tui.domain.checks import catalogue

    check = _named(code)
    ctx.answer(_check(check), lambda: _explained(check, catalogue.called(code)))


def _check(check: Check) -> dict[str, Any]:
    from ka2tui.domain.checks import catalogue

    return {
        "code": check.code,
        "number": check.number,
        "area": check.area,
        "title": check.title,
        "why": check.why,
        "explanation": check.explanation,
        "source": catalogue.say_source(check.source, check.place),
        "source_id": check.source,
        "place": check.place,
        "stages": _in_order(check.stages),
        "page": check.page,
    }


def _explained(check: Check, code: str) -> str:
    import textwrap

    from ka2tui.domain.checks import catalogue

    width = min(output.room() or 100, 100)
    stages = ", ".join(_in_order(check.stages))
    return "\n\n".join(
        (
            f"{code}  {check.title}",
            textwrap.fill(check.why, width),
            textwrap.fill(check.explanation, width),
            "\n".join(
                (
                    f"Source: {catalogue.say_source(check.source, check.place)}",
                    f"Told when: {stages}",
                )
            ),
        )
    )


def _in_order(stages: Collection[Stage]) -> list[str]:
    return [each for each in STAGES if each in stages]
