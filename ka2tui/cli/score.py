"""Scores on the command line: how report and application would be judged, as an own estimate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ka2tui.cli import score_answers as answers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ka2tui.cli.context import Context
    from ka2tui.domain.call_rules import Award
    from ka2tui.domain.score import Tried
    from ka2tui.queries.scores import Standing


@click.group()
def group() -> None:
    """Score: what report and application would be given; an own estimate, never the agency's."""


def _marks(command: Callable[..., Any]) -> Callable[..., Any]:
    """Take what is scored: parts, what would be refused of them, award criteria."""
    for option in (
        click.option(
            "--criterion", "criteria", multiple=True, metavar="NAME=N",
            help="Points of an award criterion: relevance=20.",
        ),
        click.option(
            "--refuse", "refused", multiple=True, metavar="CODE=PERCENT",
            help="How much of a part would be refused: WP3=100.",
        ),
        click.option(
            "--unit", "units", multiple=True, metavar="CODE=N",
            help="Score of a work package or activity, 0 to 100: WP2=50.",
        ),
    ):  # fmt: skip
        command = option(command)
    return command


@group.command()
@_marks
@click.option("--total", metavar="N", help="A total that is given, in place of scores of parts.")
@click.pass_obj
def simulate(
    ctx: Context,
    units: tuple[str, ...],
    refused: tuple[str, ...],
    criteria: tuple[str, ...],
    total: str | None,
) -> None:
    """Try scores without keeping them: what would the total be, and what would it cost?

    What is not given is taken from `score set`, else from the checklist of the work package.
    """
    from ka2tui.domain.score import Tried

    if total is not None and units:
        raise click.UsageError("--total stands for all parts: give it, or --unit.")
    tried = Tried(
        scores=_units(ctx, units, "--unit", "The score of {}"),
        refused=_units(ctx, refused, "--refuse", "What is refused of {}, in per cent,"),
        points=_points(ctx, criteria),
        total=None if total is None else _read(total, "The total"),
    )
    seen = _standing(ctx, tried)
    ctx.answer(answers.plain(seen), lambda: answers.text(seen))


@group.command()
@click.pass_obj
def show(ctx: Context) -> None:
    """Show how the project would be scored, by what is entered and what checklists say."""
    _show(ctx)


@group.command("set")
@_marks
@click.option(
    "--report",
    "report",
    multiple=True,
    metavar="NAME=N",
    help="A criterion of the final report, 0 to 100: complete=80.",
)
@click.option("--note", help="A few words to the one thing that is scored; empty takes them away.")
@click.pass_obj
def set_(
    ctx: Context,
    units: tuple[str, ...],
    refused: tuple[str, ...],
    criteria: tuple[str, ...],
    report: tuple[str, ...],
    *,
    note: str | None,
) -> None:
    """Keep scores of parts, points of award criteria, or criteria of the final report."""
    from ka2tui.domain.score import Judged
    from ka2tui.operations import scores

    parts = _units(ctx, units, "--unit", "The score of {}")
    without = _units(ctx, refused, "--refuse", "What is refused of {}, in per cent,")
    points = _points(ctx, criteria)
    of_report = _report(ctx, report)
    kinds = [bool(parts or without), bool(points), bool(of_report)]
    if sum(kinds) != 1:
        raise click.UsageError("Give --unit (and --refuse), or --criterion, or --report.")
    names = {*parts, *without, *points, *of_report}
    if note is not None and len(names) > 1:
        raise click.UsageError("A --note is for one of them: give one.")
    if kinds[0]:
        said = None if note is None else dict.fromkeys((*parts, *without), note)
        outcome = ctx.do(scores.score_parts, ctx.project, parts, refused={**without}, notes=said)
    elif kinds[1]:
        most = {it.id: it.most for it in _award(ctx).criteria}
        said_of = None if note is None else dict.fromkeys(points, note)
        outcome = ctx.do(scores.score_criteria, ctx.project, points, most=most, notes=said_of)
    else:
        best = dict.fromkeys(_report_names(ctx), 100)
        outcome = ctx.do(
            scores.score_criteria,
            ctx.project,
            of_report,
            most=best,
            judged=Judged.REPORT,
            notes=None if note is None else dict.fromkeys(of_report, note),
        )
    _show(ctx, outcome.label if outcome.entry is not None else "Nothing changed.")


@group.command()
@click.option("--unit", "units", multiple=True, metavar="CODE", help="Only of this part.")
@click.option("--criterion", "criteria", multiple=True, metavar="NAME", help="Only this one.")
@click.option("--report", "report", multiple=True, metavar="NAME", help="Only this one.")
@click.option("--all", "everything", is_flag=True, help="Every own score of the project.")
@click.pass_obj
def clear(
    ctx: Context,
    units: tuple[str, ...],
    criteria: tuple[str, ...],
    report: tuple[str, ...],
    *,
    everything: bool,
) -> None:
    """Take own scores away; what checklists say counts again."""
    from ka2tui.domain import award
    from ka2tui.domain.score import Judged
    from ka2tui.operations import scores

    chosen = [bool(units), bool(criteria), bool(report), everything]
    if sum(chosen) != 1:
        raise click.UsageError("Give --unit, --criterion or --report, or --all.")
    if everything:
        outcome = ctx.do(scores.clear, ctx.project)
    elif units:
        parts = ctx.ids("work_unit", units)
        outcome = ctx.do(scores.clear, ctx.project, parts=parts)
    elif criteria:
        known = _award(ctx)
        names = [award.named(known, it).id for it in criteria]
        judged = Judged.APPLICATION
        outcome = ctx.do(scores.clear, ctx.project, criteria=names, judged=judged)
    else:
        names = [_report_name(ctx, it) for it in report]
        judged = Judged.REPORT
        outcome = ctx.do(scores.clear, ctx.project, criteria=names, judged=judged)
    _show(ctx, outcome.label)


@group.command()
@_marks
@click.pass_obj
def improve(
    ctx: Context, units: tuple[str, ...], refused: tuple[str, ...], criteria: tuple[str, ...]
) -> None:
    """Name the three cheapest ways to a better score, and how they were found."""
    from ka2tui.domain.improving import HOW
    from ka2tui.domain.score import Tried

    tried = Tried(
        scores=_units(ctx, units, "--unit", "The score of {}"),
        refused=_units(ctx, refused, "--refuse", "What is refused of {}, in per cent,"),
        points=_points(ctx, criteria),
    )
    seen = _standing(ctx, tried)
    full = seen.full
    value = {
        "label": "own estimate",
        "total": seen.reckoning.total,
        "threshold": seen.reckoning.threshold,
        "reduction_percent": seen.reckoning.percent,
        "currency": seen.currency,
        "table_confirmed": seen.table.confirmed,
        "table_source": seen.table.source,
        "improvements": [answers.plain_improvement(one) for one in seen.improvements],
        "to_full": None if full is None else answers.plain_improvement(full),
        "how": HOW,
    }
    ctx.answer(value, lambda: answers.improvements_text(seen, seen.improvements))


@group.command()
@click.option(
    "--criterion", "criteria", multiple=True, metavar="NAME=N",
    help="Try other points, without keeping them: relevance=20.",
)  # fmt: skip
@click.pass_obj
def award(ctx: Context, criteria: tuple[str, ...]) -> None:
    """Show the award criteria of the action, and whether your own points would be enough."""
    from ka2tui.domain.award import HOW
    from ka2tui.domain.score import Tried

    seen = _standing(ctx, Tried(points=_points(ctx, criteria)))
    value = {
        "label": "own estimate",
        **answers.plain_award(seen),
        "by_criterion": answers.plain_criteria(seen.judgement),
        "how": HOW,
    }
    how = f"\n\n{HOW}" if seen.judgement is not None else ""
    ctx.answer(value, lambda: f"{answers.award_text(seen)}{how}")


# --- the table of reductions ----------------------------------------------------------------------


@group.group()
def table() -> None:
    """The table of reductions: which score costs how much. Yours is in your agreement's annex."""


@table.command("show")
@click.pass_obj
def table_show(ctx: Context) -> None:
    """Show the table, where it is from, and whether you have confirmed it."""
    _show_table(ctx)


@table.command("set")
@click.argument("lines", nargs=-1, required=True, metavar="BELOW=PERCENT...")
@click.option("--source", metavar="TEXT", help="Where it stands: Annex III of our agreement.")
@click.option("--confirm", is_flag=True, help="You have held it against your agreement.")
@click.pass_obj
def table_set(ctx: Context, lines: tuple[str, ...], source: str | None, *, confirm: bool) -> None:
    """Enter the table of your agreement, in place of what is there.

    70=10 55=40 40=70 means: scores below 70 cost 10 per cent, below 55 it is 40, below 40 it is 70.
    """
    from ka2tui.domain import reductions
    from ka2tui.domain.refusal import Misread
    from ka2tui.operations import scores

    try:
        bands = reductions.read_bands(" ".join(lines))
    except Misread as misread:
        raise click.UsageError(str(misread)) from None
    day = ctx.today if confirm else None
    outcome = ctx.do(scores.set_table, ctx.project, bands, source=source, confirmed_on=day)
    _show_table(ctx, outcome.label)


@table.command("confirm")
@click.option("--source", metavar="TEXT", help="Where it stands: Annex III of our agreement.")
@click.pass_obj
def table_confirm(ctx: Context, source: str | None) -> None:
    """Confirm that the table shown is that of your agreement: from then on euros are shown."""
    from ka2tui.domain.reductions import Origin
    from ka2tui.operations import scores
    from ka2tui.queries import scores as asked

    found = ctx.ask(asked.table, ctx.project, own=ctx.settings.data)
    said = source
    if said is None and found.origin is Origin.RULES:
        said = found.source
    outcome = ctx.do(
        scores.set_table, ctx.project, found.bands, source=said, confirmed_on=ctx.today
    )
    _show_table(ctx, outcome.label)


@table.command("reset")
@click.pass_obj
def table_reset(ctx: Context) -> None:
    """Take your own table away; the one that is shipped stands again, not confirmed."""
    from ka2tui.operations import scores

    outcome = ctx.do(scores.reset_table, ctx.project)
    _show_table(ctx, outcome.label)


# --- reading what was typed -----------------------------------------------------------------------


def _standing(ctx: Context, tried: Tried | None = None) -> Standing:
    from ka2tui.domain.score import NOTHING
    from ka2tui.queries import scores

    own = ctx.settings.data
    return ctx.ask(scores.standing, ctx.project, own=own, tried=tried or NOTHING)


def _show(ctx: Context, label: str = "") -> None:
    seen = _standing(ctx)
    said = f"{label}\n\n" if label else ""
    ctx.answer(answers.plain(seen), lambda: f"{said}{answers.text(seen)}")


def _show_table(ctx: Context, label: str = "") -> None:
    from ka2tui.queries import scores

    found = ctx.ask(scores.table, ctx.project, own=ctx.settings.data)
    said = f"{label}\n\n" if label else ""
    ctx.answer(answers.plain_table(found), lambda: f"{said}{answers.table_text(found)}")


def _read(said: str, what: str, best: int = 100) -> int:
    """Read a score or a per cent; what is none is wrong usage."""
    from ka2tui.domain.refusal import Misread
    from ka2tui.domain.score import read_score

    try:
        return read_score(said, what, best)
    except Misread as misread:
        raise click.UsageError(str(misread)) from None


def _pair(said: str, what: str, example: str) -> tuple[str, str]:
    name, sign, number = said.rpartition("=")
    if not sign or not name.strip() or not number.strip():
        from ka2tui.domain.text import quoted

        raise click.UsageError(f"Write {what} like {example}, not {quoted(said)}.")
    return name.strip(), number.strip()


def _units(ctx: Context, said: Sequence[str], option: str, what: str) -> dict[int, int]:
    """Read scores of parts; what the final report does not score is refused."""
    from ka2tui.domain.refusal import Refused
    from ka2tui.queries import scores

    pairs = [_pair(each, option, "WP2=50") for each in said]
    numbers = [(code, _read(number, what.format(code))) for code, number in pairs]
    found: dict[int, int] = {}
    for code, number in numbers:
        unit = ctx.id("work_unit", code)
        if unit in found:
            raise click.UsageError(f"{code} is given twice with {option}: give it once.")
        why = ctx.ask(scores.why_not_scored, unit)
        if why is not None:
            raise Refused(why)
        found[unit] = number
    return found


def _award(ctx: Context) -> Award:
    from ka2tui.queries import scores

    found, _ = ctx.ask(scores.criteria, ctx.project, own=ctx.settings.data)
    return found


def _points(ctx: Context, said: Sequence[str]) -> dict[str, int]:
    """Read points of award criteria."""
    if not said:
        return {}
    from ka2tui.domain import award as rules

    known = _award(ctx)
    found: dict[str, int] = {}
    for each in said:
        name, number = _pair(each, "--criterion", "relevance=20")
        one = rules.named(known, name)
        title = rules.title_of(one.id)
        if one.id in found:
            raise click.UsageError(f"{title} is given twice: give it once.")
        found[one.id] = _read(number, title, one.most)
    return found


def _report_names(ctx: Context) -> dict[str, str]:
    from ka2tui.queries import scores

    return ctx.ask(scores.report_criteria, ctx.project, own=ctx.settings.data)


def _report_name(ctx: Context, said: str) -> str:
    """Give the criterion of the final report that is meant."""
    from ka2tui.domain.refusal import Refused
    from ka2tui.domain.text import fold, quoted

    known = _report_names(ctx)
    wanted = fold(said)
    for name, title in known.items():
        if wanted in (fold(name), fold(title)):
            return name
    raise Refused(f"The report has no criterion {quoted(said)}; there are {', '.join(known)}.")


def _report(ctx: Context, said: Sequence[str]) -> dict[str, int]:
    """Read scores of criteria of the final report."""
    found: dict[str, int] = {}
    for each in said:
        name, number = _pair(each, "--report", "complete=80")
        one = _report_name(ctx, name)
        if one in found:
            raise click.UsageError(f"{name} is given twice: give it once.")
        found[one] = _read(number, name)
    return found
