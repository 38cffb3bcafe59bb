"""The progress report in short, and the project it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain import days
from ka2tui.domain.countries import say_country
from ka2tui.domain.kinds import Direction, MeetingState, RiskState, WorkUnitState
from ka2tui.domain.money import say_amount
from ka2tui.domain.periods import say
from ka2tui.domain.progress import Standing
from ka2tui.domain.risks import Band
from ka2tui.domain.text import capital
from ka2tui.reports.document import Block, Facts, Heading, Paragraph
from ka2tui.reports.naming import say_action, say_agency
from ka2tui.reports.progress_words import (
    NAMED,
    called,
    days_late,
    few,
    lead_of,
    make_table,
    say_days,
    say_due,
    say_project_month,
    say_slip,
    say_when,
    short,
)
from ka2tui.reports.wording import Wording, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ka2tui.queries.deliverables import DeliverableRow
    from ka2tui.queries.milestones import MilestoneRow
    from ka2tui.queries.progress import DeliverableProgress, MilestoneProgress, Progress
    from ka2tui.reports.behind import Cites


def build(seen: Progress, words: Wording, cites: Cites) -> Iterator[Block]:
    """Say the whole in six lines."""
    yield Heading(words("summary.title"))
    lines = {
        "stands": (say_project_month(seen, words), _say_behind(seen, words)),
        "done": (_say_finished(seen, words),),
        "late": (_say_late(seen, words),),
        "held": (_say_held(seen, words), _say_unconfirmed(seen, words)),
        "watch": (_say_watched(seen, words),),
        "next": (_say_next(seen, words),),
    }
    behind = {
        "done": ("tasks.finished", "deliverables.in_period", "milestones.in_period"),
        "late": ("deliverables.late", "milestones.late", "tasks.late"),
        "held": ("meetings.held", "meetings.decided"),
        "watch": (*("indicator.behind", "indicator.missed", "risk.open.red", "letter.to_answer"),),
    }
    yield Facts(
        tuple(
            (words(f"summary.line_{name}"), " ".join(filter(None, said)))
            for name, said in lines.items()
        ),
        tuple(cites.notes(*behind.get(name, ())) for name in lines),
    )


def _say_finished(seen: Progress, words: Wording) -> str:
    accepted = [one.row.code or short(one.row.title) for one in seen.deliverables if one.in_period]
    reached = [one.row.code or short(one.row.title) for one in seen.milestones if one.in_period]
    said = []
    if seen.tasks.finished:
        said.append(words("summary.finished", seen.tasks.finished))
    for names, kind in ((accepted, "deliverables"), (reached, "milestones")):
        if names:
            said.append(words(f"summary.{kind}", len(names), names=few(names, words)))
    period = say(seen.period)
    if not said:
        return words("summary.nothing_finished", period=period)
    return words("summary.done", what=capital(listed(said)), period=period)


def _say_behind(seen: Progress, words: Wording) -> str:
    begun = [
        unit
        for unit in seen.units
        if unit.depth == 0 and unit.elapsed and unit.row.state is not WorkUnitState.CANCELLED
    ]
    behind = [unit.row.code for unit in begun if unit.standing is Standing.BEHIND]
    blank = [unit.row.code for unit in begun if unit.done is None]
    said = []
    if behind:
        said.append(words("summary.behind", len(behind), names=few(behind, words)))
    elif len(begun) > len(blank):
        said.append(words("summary.not_behind"))
    if blank:
        said.append(words("summary.not_counted", names=few(blank, words)))
    return " ".join(said)


def _say_late(seen: Progress, words: Wording) -> str:
    promised: list[DeliverableProgress | MilestoneProgress]
    promised = [*seen.deliverables, *seen.milestones]
    late = [
        called(one.row, lead_of(one.row), say_slip(one.slip or 0))
        for one in promised
        if one.row.late
    ]
    names = [*late[:NAMED]]
    if len(late) > NAMED:
        names.append(words("summary.more", n=len(late) - NAMED))
    if seen.late:
        by = say_days(days_late(seen.late[0], seen.today))
        names.append(words("summary.late_tasks", len(seen.late), days=by))
    if not names:
        return words("summary.nothing_late")
    return words("summary.late", names=capital(listed(names)))


def _say_watched(seen: Progress, words: Wording) -> str:
    """Count what should not be overlooked: of indicators, risks and letters; and the money.

    What the checks of the house find is for the house alone.
    """
    evidence, sharing = seen.evidence, seen.sharing
    counts = {
        "indicators": sum(row.state.worrying for row in evidence.indicators),
        "risks": sum(row.band is Band.RED and row.state is RiskState.OPEN for row in sharing.risks),
        "letters": sum(row.open and row.direction is Direction.IN for row in sharing.letters),
    }
    said = [words(f"summary.{name}", count) for name, count in counts.items() if count]
    if seen.money is not None and seen.money.over_grant > 0:
        over = say_amount(seen.money.over_grant, seen.money.currency)
        said.append(words("summary.over_grant", over=over))
    return f"{capital(listed(said))}." if said else words("summary.nothing_watched")


def _say_held(seen: Progress, words: Wording) -> str:
    held = [one for one in seen.meetings if one.held]
    if not held:
        return words("summary.nothing_held")
    count = sum(len(one.decisions) for one in held)
    decisions = words("summary.decided", count) if count else ""
    return words("summary.held", len(held), decisions=decisions)


def _say_unconfirmed(seen: Progress, words: Wording) -> str:
    count = sum(one.row.state is MeetingState.PLANNED for one in seen.meetings)
    return words("summary.unconfirmed", count) if count else ""


def _say_next(seen: Progress, words: Wording) -> str:
    ahead = seen.ahead
    coming = [
        (row.day, f"{short(row.title)} ({say_when(row)})")
        for row in ahead.meetings
        if row.day is not None and row.state is MeetingState.PLANNED
    ]
    due: list[DeliverableRow | MilestoneRow] = [*ahead.deliverables, *ahead.milestones]
    coming += [(row.due, called(row, say_due(row))) for row in due if row.due is not None]
    names = [name for _, name in sorted(coming, key=lambda one: one[0])][:NAMED]
    if names:
        return words("summary.next", names=listed(names))
    names = [f"{word} ({days.say_brief(day)})" for word, day in ahead.reports]
    names += [f"{short(row.title)} ({say_due(row)})" for row in ahead.tasks]
    if len(names) > NAMED:
        names[NAMED:] = [words("summary.more", n=len(names) - NAMED)]
    return words("summary.next", names=listed(names)) if names else words("summary.nothing_next")


def project(seen: Progress, words: Wording, cites: Cites) -> Iterator[Block]:
    """Give the facts of the project and its partners."""
    facts = seen.project
    yield Heading(words("project.title"))
    span = ""
    if facts.start is not None:
        span = days.say_long(facts.start)
        span += f" to {days.say_long(facts.end)}" if facts.end else ""
    length = words("project.duration", facts.months) if facts.months else ""
    known = (
        ("Project", " - ".join(filter(None, (facts.acronym, facts.title)))),
        ("Agreement number", facts.agreement),
        ("Action", say_action(facts.action, facts.field)),
        ("Call", facts.call or (str(facts.call_year) if facts.call_year else None)),
        ("Duration", ", ".join(filter(None, (span, length)))),
        ("Grant", facts.grant_cents and say_amount(facts.grant_cents, facts.currency)),
        ("Agency", say_agency(facts.agency)),
        ("Priorities", "; ".join(facts.priorities)),
        ("Goal", facts.goal),
        ("Website", facts.website),
    )
    shown = [(name, value) for name, value in known if value]
    grant = cites.notes("project.grant")
    yield Facts(tuple(shown), tuple(grant if name == "Grant" else () for name, _ in shown))
    if not seen.partners:
        yield Paragraph(words("project.no_partners"), "quiet")
        return
    where = "city_and_country" if any(row.city for row in seen.partners) else "country"
    yield make_table(
        words,
        words("project.partners"),
        (("partner", "code"), ("name", "text"), (where, "text"), ("role", "text")),
        (
            (
                row.acronym or "",
                row.name,
                ", ".join(filter(None, (row.city, row.country and say_country(row.country)))),
                row.role.word + (f", left on {days.say_brief(row.left_on)}" if row.left_on else ""),
            )
            for row in seen.partners
        ),
    )
