"""The deliverables and milestones of the progress report, against their dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain import days
from ka2tui.reports.document import Block, Cell, Heading, Paragraph, Toned
from ka2tui.reports.progress_words import make_table, say_due, say_month_of, say_slip

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ka2tui.queries.progress import DeliverableProgress, MilestoneProgress, Progress
    from ka2tui.reports.behind import Cites
    from ka2tui.reports.wording import Wording


def build(seen: Progress, words: Wording, cites: Cites) -> Iterator[Block]:
    """Show every deliverable and milestone against its date."""
    yield Heading(words("deliverables.title"))
    if seen.deliverables:
        done = sum(one.row.state.done for one in seen.deliverables)
        yield words.cited(
            "deliverables.standing",
            len(seen.deliverables),
            **_standing(cites, "deliverables", seen.deliverables, done),
        )
        yield make_table(
            words,
            words("deliverables.deliverables"),
            (
                *(("code", "code"), ("title", "text"), ("part", "code"), ("lead", "code")),
                *(("due", "date"), ("month", "number"), ("state", "code")),
                *(("came", "date"), ("slip", "text")),
            ),
            (_deliverable(one, seen) for one in seen.deliverables),
        )
    else:
        yield Paragraph(words("deliverables.none"), "quiet")
    if not seen.milestones:
        yield Paragraph(words("deliverables.none_milestones"), "quiet")
        return
    done = sum(one.row.reached_on is not None for one in seen.milestones)
    yield words.cited(
        "deliverables.standing_milestones",
        len(seen.milestones),
        **_standing(cites, "milestones", seen.milestones, done),
    )
    yield make_table(
        words,
        words("deliverables.milestones"),
        (
            *(("code", "code"), ("title", "text"), ("part", "code"), ("due", "date")),
            *(("month", "number"), ("reached", "date"), ("slip", "text")),
        ),
        (_milestone(one, seen) for one in seen.milestones),
    )


def _standing(
    cites: Cites,
    word: str,
    rows: Sequence[DeliverableProgress] | Sequence[MilestoneProgress],
    done: int,
) -> dict[str, Toned]:
    """Count what was promised: in all, done, of these in the period, late."""
    return {
        "n": cites.cell(len(rows), f"{word}.all"),
        "done": cites.cell(done, f"{word}.done"),
        "in_period": cites.cell(sum(one.in_period for one in rows), f"{word}.in_period"),
        "late": cites.cell(sum(one.row.late for one in rows), f"{word}.late"),
    }


def _deliverable(one: DeliverableProgress, seen: Progress) -> tuple[Cell, ...]:
    row = one.row
    came = days.say_brief(row.delivered_on) if row.delivered_on and row.state.done else ""
    return (
        *(row.code, row.title, row.work_unit or "", row.lead or ""),
        *(say_due(row), say_month_of(row, seen), row.state.word),
        came,
        _against_plan(one, done=row.state.done),
    )


def _milestone(one: MilestoneProgress, seen: Progress) -> tuple[Cell, ...]:
    row = one.row
    return (
        *(row.code, row.title, row.work_unit or "", say_due(row), say_month_of(row, seen)),
        days.say_brief(row.reached_on) if row.reached_on else "",
        _against_plan(one, done=row.reached_on is not None),
    )


def _against_plan(one: DeliverableProgress | MilestoneProgress, *, done: bool) -> Cell:
    """Say how something stands to its date, in words."""
    if one.row.due is None:
        return "" if done else "no date"
    if done:
        return "day not recorded" if one.slip is None else say_slip(one.slip)
    return Toned(say_slip(one.slip or 0), "late") if one.row.late else "to come"
