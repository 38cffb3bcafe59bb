"""A partner leaves or comes back, on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ka2tui.cli import output
from ka2tui.cli.options import read
from ka2tui.domain.text import capital

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ka2tui.cli.context import Context
    from ka2tui.domain.leaving import Holding, Key, Preview


@click.command()
@click.argument("partner", metavar="ID")
@click.option("--on", metavar="DATE", required=True, help="The last day it takes part.")
@click.option(
    "--successor", "successors", metavar="ID", multiple=True,
    help="Who takes over; several, each with a --take of its own.",
)  # fmt: skip
@click.option(
    "--take", "takes", metavar="WHAT", multiple=True,
    help="What the successor takes: tasks,leads,shares or codes: T2.3,WP4. Without it, all.",
)  # fmt: skip
@click.option("--reason", metavar="TEXT", help="Why it leaves.")
@click.option(
    "--recover", metavar="AMOUNT",
    help="Plan a payment back from it: an amount, or 'all' that it has and did not work for.",
)  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Only tell what it would mean.")
@click.pass_obj
def leave(ctx: Context, /, partner: str, on: str, *, dry_run: bool, **said: Any) -> None:
    """Let a partner leave: what is done stays in its name, the rest goes over or has no owner."""
    from ka2tui.operations import partner_leaving

    which = ctx.id("partner", partner)
    found = ctx.day(on)
    day = found.last or found.day
    if day is None:
        raise click.UsageError(f"{on} is no day.")
    seen = _preview(ctx, which, day)
    heirs = [ctx.id("partner", each) for each in said["successors"]]
    given = _given(seen, heirs, said["takes"])
    cents = _recovered(seen, said["recover"])
    if dry_run:
        value = _plain(seen, given) | {"dry_run": True}
        ctx.answer(value, lambda: _text(seen, given))
        return
    outcome = ctx.do(
        partner_leaving.leave,
        which,
        on=day,
        today=ctx.today,
        given=given,
        successor=heirs[0] if heirs else None,
        reason=said["reason"],
        recover=cents,
    )
    warned = "".join(f"\n{problem.text} {problem.why}" for problem in seen.problems)
    ctx.answer(_plain(seen, given) | {"dry_run": False}, f"{outcome.label}{warned}")


@click.command("return")
@click.argument("partner", metavar="ID")
@click.pass_obj
def back(ctx: Context, partner: str) -> None:
    """Let a partner that left take part again, with what it handed over and nobody changed."""
    from ka2tui.operations import partner_leaving

    which = ctx.id("partner", partner)
    outcome = ctx.do(partner_leaving.back, which)
    stays = list(outcome.value)

    def text() -> str:
        lines = [outcome.label]
        if stays:
            lines.append("Changed since, and left as it is:")
        return "\n".join([*lines, *(f"  {each}" for each in stays)])

    ctx.answer({"partner": which, "stays": stays}, text)


def _preview(ctx: Context, partner: int, day: Any) -> Preview:
    from ka2tui.queries import partner_leaving

    own = ctx.settings.data
    return ctx.ask(partner_leaving.preview, partner, on=day, today=ctx.today, own=own)


def _given(seen: Preview, heirs: list[int], takes: tuple[str, ...]) -> dict[Key, int]:
    """Read who takes over what; the first successor takes all where nothing is said."""
    from ka2tui.domain.leaving import read_takes

    if not heirs:
        if takes:
            raise click.UsageError("Who takes it over? Name one with --successor.")
        return {}
    if len(takes) > len(heirs) or (len(heirs) > 1 and len(takes) < len(heirs)):
        raise click.UsageError("Give each --successor a --take of its own.")
    said = takes or ("all",)
    given: dict[Key, int] = {}
    for heir, text in zip(heirs, said, strict=True):
        for key in read(lambda it: read_takes(it, seen.holdings), text):
            given.setdefault(key, heir)
    return given


def _recovered(seen: Preview, said: str | None) -> int | None:
    from ka2tui.domain.money import read_amount

    if said is None:
        return None
    return seen.account.recover if said == "all" else read(read_amount, said)


def _plain(seen: Preview, given: Mapping[Key, int]) -> dict[str, Any]:
    account = seen.account
    return {
        "partner": seen.partner,
        "on": seen.on,
        "ahead": seen.ahead,
        "holdings": [
            {
                "take": it.take,
                "id": it.id,
                "code": it.code,
                "title": it.title,
                "note": it.note or None,
                "cents": it.cents,
                "taken_by": given.get(it.key),
            }
            for it in seen.holdings
        ],
        "history": list(seen.history),
        "expected_at": list(seen.expected_at),
        "contacts": seen.contacts,
        "papers": seen.papers,
        "share_cents": account.share,
        "earned_cents": account.earned,
        "paid_cents": account.paid,
        "returned_cents": account.returned,
        "recover_cents": account.recover,
        "owed_cents": account.owed,
        "problems": [
            {"code": it.code, "severity": it.severity, "text": it.text, "why": it.why}
            for it in seen.problems
        ],
    }


def _text(seen: Preview, given: Mapping[Key, int]) -> str:
    """Tell what it would mean, for people."""
    from ka2tui.domain.days import say_brief
    from ka2tui.domain.leaving import covered

    lines = [f"{seen.called} would leave on {say_brief(seen.on)}."]
    if seen.ahead:
        lines.append("What ends by then stays in its name.")
    names = {heir.id: heir.called for heir in seen.heirs}
    for take, some in covered(seen.holdings).items():
        lines.append(capital(take.word))
        rows = [("  " + it.called, it.note, _fate(it, given, names)) for it in some]
        lines += output.table(("", "", ""), rows).split("\n")[1:]
    if not seen.holdings:
        lines.append("Nothing is in its name.")
    lines += _told(seen)
    return "\n".join(lines)


def _fate(it: Holding, given: Mapping[Key, int], names: Mapping[int, str]) -> str:
    heir = given.get(it.key)
    return it.take.otherwise if heir is None else f"→ {names.get(heir, heir)}"


def _told(seen: Preview) -> Iterator[str]:
    """Say what stays, what the money comes to, and what the minimum says."""
    from ka2tui.domain.leaving import HOW
    from ka2tui.domain.money import say_amount

    account = seen.account
    if seen.history:
        yield f"Stays in its name: {', '.join(seen.history)}."
    if seen.expected_at:
        yield f"Its people are taken off the lists of {', '.join(seen.expected_at)}."
    if seen.contacts:
        yield f"{seen.contacts} of its people stay among the contacts and are not chased."
    if account.share or account.paid:
        amounts = {
            "Share": account.share, "for work done": account.earned, "paid": account.paid,
            "paid back": account.returned, "to recover": account.recover,
            "still owed to it": account.owed,
        }  # fmt: skip
        said = [f"{name} {say_amount(n, seen.currency)}" for name, n in amounts.items() if n]
        yield f"{', '.join(said)}. {HOW}"
    for problem in seen.problems:
        yield f"{problem.text} {problem.why}"
