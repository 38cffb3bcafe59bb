"""The tasks of the progress report: how many, by part and partner, finished and late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain import days
from ka2tui.domain.periods import say
from ka2tui.domain.text import fold
from ka2tui.reports.document import Block, Cell, Heading, Kind, Paragraph, Row, Table, Toned
from ka2tui.reports.progress_words import (
    days_late,
    make_table,
    say_cut,
    say_due,
    say_slip,
    task_cells,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ka2tui.queries.progress import Progress
    from ka2tui.queries.progress_work import Tally
    from ka2tui.queries.tasks import TaskRow
    from ka2tui.reports.behind import Cites
    from ka2tui.reports.wording import Wording


def build(seen: Progress, words: Wording, cites: Cites) -> Iterator[Block]:
    """Count the tasks, and list those finished in the period and those that are late."""
    yield Heading(words("tasks.title"))
    all_tasks = seen.tasks
    if not all_tasks.total:
        yield Paragraph(words("tasks.empty"), "quiet")
        return
    yield words.cited(
        "tasks.standing",
        total=cites.cell(all_tasks.total, "tasks.all"),
        to_do=cites.cell(all_tasks.to_do, "tasks.to_do"),
        open=cites.cell(all_tasks.open, "tasks.state.open"),
        doing=cites.cell(all_tasks.doing, "tasks.state.doing"),
        waiting=cites.cell(all_tasks.waiting, "tasks.state.waiting"),
        done=cites.cell(all_tasks.done, "tasks.done"),
        cancelled=cites.cell(all_tasks.cancelled, "tasks.state.cancelled"),
        late=cites.cell(all_tasks.late, "tasks.late"),
    )
    top = [unit for unit in seen.units if unit.depth == 0]
    shape = seen.project.shape.value
    if top:
        rows = [
            (f"{unit.row.code} {unit.row.title}".strip(), unit.tasks, f"part.{unit.row.code}")
            for unit in top
            if unit.tasks.total
        ]
        if seen.loose.total:
            rows.append((words(f"tasks.without_{shape}"), seen.loose, "part"))
        yield _tallies(words, cites)(words(f"tasks.by_{shape}"), "part", rows, all_tasks)
    if any(one.partner and one.tasks.total for one in seen.by_partner):
        by = [
            (
                one.partner or words("tasks.without_partner"),
                one.tasks,
                f"partner.{one.partner}" if one.partner else "partner",
            )
            for one in seen.by_partner
            if one.tasks.total
        ]
        yield _tallies(words, cites)(words("tasks.by_partner"), "partner", by, all_tasks)
    yield from _finished(seen, words)
    yield from _late(seen, words)


def _tallies(
    words: Wording, cites: Cites
) -> Callable[[str, str, Sequence[tuple[str, Tally, str]], Tally], Table]:
    """Give what makes tables of tasks; every figure in them leads to its rows."""

    def cells(name: str, tally: Tally, whose: str) -> tuple[Cell, ...]:
        begins = f"tasks.{whose}" if whose else "tasks"
        return (
            name,
            cites.cell(tally.to_do, f"{begins}.to_do"),
            cites.cell(tally.late, f"{begins}.late", tone="late" if tally.late else ""),
            cites.cell(tally.finished, f"{begins}.finished"),
            cites.cell(tally.done, f"{begins}.done"),
        )

    def made(
        caption: str, first: str, rows: Sequence[tuple[str, Tally, str]], total: Tally
    ) -> Table:
        columns: list[tuple[str, Kind]] = [(first, "text"), ("to_do", "number"), ("late", "number")]
        columns += [("finished", "number"), ("done_all", "number")]
        table = make_table(words, caption, columns, [cells(*row) for row in rows])
        whole = Row(cells(words("tasks.total"), total, ""), strong=True)
        return Table(table.caption, table.columns, (*table.rows, whole))

    return made


def _finished(seen: Progress, words: Wording) -> Iterator[Block]:
    if not seen.finished:
        key = "none_finished" if seen.tasks.done else "none_finished_yet"
        filled = {"period": say(seen.period), "done": seen.tasks.done} if seen.tasks.done else {}
        yield Paragraph(words(f"tasks.{key}", **filled), "quiet")
    else:
        most = words.number("rows.finished")
        rows = _gathered(seen.finished)
        shown = sum(len(same) for same in rows[:most])
        yield make_table(
            words,
            words("tasks.finished", len(seen.finished)),
            (
                *(("code", "code"), ("task", "text"), ("who", "text"), ("part", "code")),
                ("finished_on", "date"),
            ),
            [_finished_row(same, words) for same in rows[:most]],
            note=say_cut(words, "tasks.cut", shown, len(seen.finished)),
        )
    if seen.undated:
        yield Paragraph(words("tasks.undated", seen.undated), "quiet")


def _gathered(rows: Iterable[TaskRow]) -> list[list[TaskRow]]:
    """Put together what the same people did several times, where they first did it."""
    found: dict[tuple[object, ...], list[TaskRow]] = {}
    for row in rows:
        same = (fold(row.title), row.work_unit_id, row.partner_id, row.contact_id)
        found.setdefault(same, []).append(row)
    return list(found.values())


def _finished_row(same: Sequence[TaskRow], words: Wording) -> tuple[Cell, ...]:
    """Tell of a task that was finished, or of all its repetitions."""
    _, title, who, part = task_cells(same[0])
    code = next((row.code for row in same if row.code), None) or ""
    first, last = same[0].finished_on, same[-1].finished_on
    if len(same) > 1:
        title = words("tasks.times", task=title, n=len(same))
    finished = days.say_span(first, last) if first and last else ""
    return (code, title, who, part, finished)


def _late(seen: Progress, words: Wording) -> Iterator[Block]:
    rows = seen.late
    if not rows:
        yield Paragraph(words("tasks.none_late"), "quiet")
        return
    most = words.number("rows.late")
    yield make_table(
        words,
        words("tasks.late", len(rows)),
        (
            *(("code", "code"), ("task", "text"), ("who", "text"), ("part", "code")),
            *(("state", "code"), ("due", "date"), ("by_how_much", "number")),
        ),
        (
            (
                *task_cells(row),
                row.state.word,
                say_due(row),
                Toned(say_slip(days_late(row, seen.today)), "late"),
            )
            for row in rows[:most]
        ),
        note=say_cut(words, "tasks.cut", most, len(rows)),
    )
