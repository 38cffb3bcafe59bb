"""The progress report: the consortium's own account of a period, for partners and for itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain import days, progress, timeline
from ka2tui.domain.countries import say_country
from ka2tui.domain.kinds import MeetingMode, MeetingState, Precision, ProjectShape, WorkUnitState
from ka2tui.domain.money import say_amount
from ka2tui.domain.periods import say
from ka2tui.domain.progress import Standing
from ka2tui.domain.text import fold
from ka2tui.reports import wording
from ka2tui.reports.document import (
    Bar,
    Bars,
    Block,
    Cell,
    Column,
    Curve,
    Document,
    Facts,
    Heading,
    Kind,
    Lane,
    Note,
    Paragraph,
    Point,
    Points,
    Row,
    Table,
    Tick,
    Timeline,
    Toned,
    Trend,
    plain,
)
from ka2tui.reports.naming import say_action, say_agency
from ka2tui.reports.wording import Wording, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from ka2tui.queries.deliverables import DeliverableRow
    from ka2tui.queries.meetings import MeetingRow
    from ka2tui.queries.milestones import MilestoneRow
    from ka2tui.queries.progress import (
        DeliverableProgress,
        Estimate,
        MeetingProgress,
        MilestoneProgress,
        Progress,
        Tally,
        UnitProgress,
    )
    from ka2tui.queries.tasks import TaskRow

WORDS = "reports/progress.toml"

_NAMED = 3
"""How many things a sentence of the summary names before it counts the rest."""
_LONGEST = 60
"""Letters of a title in a sentence."""


def build(seen: Progress, own: Path | None = None) -> Document:
    """Write the report.

    Args:
        seen: What was read.
        own: The user's folder, whose wording wins.

    Raises:
        Malformed: The user's own wording cannot be used.
    """
    words = wording.load(WORDS, own)
    parts = (_summary, _project, _standing, _work, _tasks, _promised, _meetings, _estimates, _ahead)
    blocks: list[Block] = [Note(words("document.note"))]
    for part in parts:
        blocks += part(seen, words)
    return Document(
        title=words("document.title", project=seen.project.acronym),
        subtitle=_capital(say(seen.period, seen.project.start)),
        about=words("document.about", today=days.say_long(seen.today)),
        blocks=tuple(blocks),
    )


# -- in short


def _summary(seen: Progress, words: Wording) -> Iterator[Block]:
    """Say the whole in five lines."""
    yield Heading(words("summary.title"))
    lines = {
        "stands": (_say_month(seen, words), _say_behind(seen, words)),
        "done": (_say_finished(seen, words),),
        "late": (_say_late(seen, words),),
        "held": (_say_held(seen, words), _say_unconfirmed(seen, words)),
        "next": (_say_next(seen, words),),
    }
    yield Facts(
        tuple(
            (words(f"summary.line_{name}"), " ".join(filter(None, said)))
            for name, said in lines.items()
        )
    )


def _say_month(seen: Progress, words: Wording) -> str:
    facts = seen.project
    if facts.start is None:
        return words("summary.no_start", project=facts.acronym)
    if seen.today < facts.start:
        until = days.say_until(facts.start, seen.today)
        day = days.say_long(facts.start)
        return words("summary.before_start", project=facts.acronym, day=day, until=until)
    if facts.end is not None and seen.today > facts.end:
        return words("summary.after_end", project=facts.acronym, day=days.say_long(facts.end))
    if facts.months is None or seen.elapsed is None:
        return words("summary.month_without_end", project=facts.acronym, month=facts.month)
    return words(
        "summary.month",
        project=facts.acronym,
        month=facts.month,
        months=facts.months,
        elapsed=seen.elapsed,
    )


def _say_finished(seen: Progress, words: Wording) -> str:
    accepted = [one.row.code or _short(one.row.title) for one in seen.deliverables if one.in_period]
    reached = [one.row.code or _short(one.row.title) for one in seen.milestones if one.in_period]
    said = []
    if seen.tasks.finished:
        said.append(words("summary.finished", seen.tasks.finished))
    for names, kind in ((accepted, "deliverables"), (reached, "milestones")):
        if names:
            said.append(words(f"summary.{kind}", len(names), names=_some(names, words)))
    period = say(seen.period)
    if not said:
        return words("summary.nothing_finished", period=period)
    return words("summary.done", what=listed(said), period=period)


def _say_behind(seen: Progress, words: Wording) -> str:
    known = [unit for unit in seen.units if unit.depth == 0 and unit.standing and unit.elapsed]
    behind = [unit.row.code for unit in known if unit.standing is Standing.BEHIND]
    if behind:
        return words("summary.behind", len(behind), names=_some(behind, words))
    return words("summary.not_behind") if known else ""


def _say_late(seen: Progress, words: Wording) -> str:
    promised: list[DeliverableProgress | MilestoneProgress]
    promised = [*seen.deliverables, *seen.milestones]
    late = [
        _called(one.row, _lead(one.row), _say_slip(one.slip or 0))
        for one in promised
        if one.row.late
    ]
    names = [*late[:_NAMED]]
    if len(late) > _NAMED:
        names.append(words("summary.more", n=len(late) - _NAMED))
    if seen.late:
        by = _say_days(_days_late(seen.late[0], seen.today))
        names.append(words("summary.late_tasks", len(seen.late), days=by))
    if not names:
        return words("summary.nothing_late")
    return words("summary.late", names=_capital(listed(names)))


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
        (row.day, f"{_short(row.title)} ({_say_when(row)})")
        for row in ahead.meetings
        if row.day is not None and row.state is MeetingState.PLANNED
    ]
    due: list[DeliverableRow | MilestoneRow] = [*ahead.deliverables, *ahead.milestones]
    coming += [(row.due, _called(row, _say_due(row))) for row in due if row.due is not None]
    names = [name for _, name in sorted(coming, key=lambda one: one[0])][:_NAMED]
    return words("summary.next", names=listed(names)) if names else words("summary.nothing_next")


# -- the project


def _project(seen: Progress, words: Wording) -> Iterator[Block]:
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
    yield Facts(tuple((name, value) for name, value in known if value))
    if not seen.partners:
        yield Paragraph(words("project.no_partners"), "quiet")
        return
    where = "city_and_country" if any(row.city for row in seen.partners) else "country"
    yield _table(
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


# -- where it stands


def _standing(seen: Progress, words: Wording) -> Iterator[Block]:
    yield Heading(words("standing.title"))
    yield Paragraph(_say_time(seen, words))
    for phase in seen.phases:
        if phase.went_on and phase.actual_end is not None:
            key = "went_on_with_open" if phase.reason else "went_on"
            yield Paragraph(
                words(
                    f"standing.{key}",
                    phase=phase.kind.word,
                    day=days.say_long(phase.actual_end),
                    **({"open": phase.was_open, "reason": phase.reason} if phase.reason else {}),
                )
            )
    if seen.phases:
        yield _table(
            words,
            words("standing.phases"),
            (("phase", "text"), ("state", "text"), ("from", "date"), ("to", "date")),
            (
                (
                    phase.kind.word,
                    Toned(phase.state.word, "strong" if phase.state.value == "under_way" else ""),
                    days.say_brief(phase.first) if phase.first else "",
                    days.say_brief(phase.last) if phase.last else "",
                )
                for phase in seen.phases
            ),
        )
    else:
        yield Paragraph(words("standing.no_phases"), "quiet")
    yield _timeline(seen, words) or Paragraph(words("standing.no_timeline"), "quiet")


def _say_time(seen: Progress, words: Wording) -> str:
    start, end, today = seen.project.start, seen.project.end, seen.today
    if start is None or end is None or not start <= today <= end or seen.project.month is None:
        return _say_month(seen, words)
    return words(
        "standing.time",
        month=timeline.say_month(seen.project.month),
        until=days.say_long(timeline.month_end(start, seen.project.month)),
        passed=(today - start).days,
        days=(end - start).days + 1,
        elapsed=seen.elapsed,
        end=days.say_long(end),
    )


def _timeline(seen: Progress, words: Wording) -> Timeline | None:
    """Draw the plan over the months of the project; None where its days are not known."""
    start, end = seen.project.start, seen.project.end
    if start is None or end is None:
        return None
    units = list(seen.units)
    if len(units) > words.number("rows.timeline"):
        units = [unit for unit in units if unit.depth == 0]
    lane_of = {unit.row.code: unit.row.parent or unit.row.code for unit in seen.units}
    lane_of |= {unit.row.code: unit.row.code for unit in units}
    points: dict[str | None, list[Point]] = {}
    for one in seen.deliverables:
        if one.row.due is not None:
            shown = lane_of.get(one.row.work_unit or "")
            points.setdefault(shown, []).append(
                Point(one.row.due, _called(one.row), one.row.state.done, one.row.late)
            )
    lanes = [
        Lane(
            f"{unit.row.code} {unit.row.title}".strip(),
            unit.first,
            unit.last,
            unit.done,
            tuple(points.pop(unit.row.code, ())),
            unit.depth,
        )
        for unit in units
        if unit.first is not None or unit.row.code in points
    ]
    left = tuple(point for some in points.values() for point in some)
    if left:
        lanes.append(Lane("Deliverables", points=left))
    reached = tuple(
        Point(one.row.due, _called(one.row), one.row.reached_on is not None, one.row.late)
        for one in seen.milestones
        if one.row.due is not None
    )
    if reached:
        lanes.append(Lane("Milestones", points=reached))
    if not lanes:
        return None
    shown_days = [
        day
        for lane in lanes
        for day in (lane.first, lane.last, *(point.day for point in lane.points))
        if day is not None
    ]
    first, last = min(start, *shown_days), max(end, *shown_days)
    months = timeline.month_of(start, last)
    step = 1 if months <= 12 else 3 if months <= 36 else 6
    ticks = tuple(
        Tick(timeline.month_start(start, month), timeline.say_month(month))
        for month in range(1, months + 1)
        if month == 1 or month % step == 0
    )
    return Timeline(
        words("standing.timeline"),
        first,
        last,
        seen.today,
        ticks,
        tuple(lanes),
        words("standing.timeline_legend"),
    )


# -- work packages and activities


def _work(seen: Progress, words: Wording) -> Iterator[Block]:
    shape = seen.project.shape
    title = {
        ProjectShape.WORK_PACKAGES: "work.title",
        ProjectShape.ACTIVITIES: "work.title_activities",
        ProjectShape.HEADINGS: "work.title_headings",
    }[shape]
    yield Heading(words(title))
    if not seen.units:
        yield Paragraph(words("work.empty"), "quiet")
        return
    yield Bars(
        words("work.bars"),
        tuple(
            Bar(
                f"{unit.row.code} {unit.row.title}".strip(),
                unit.done,
                unit.elapsed,
                _say_standing(unit),
            )
            for unit in seen.units
            if unit.depth == 0
        ),
        words("work.bars_legend"),
    )
    yield _table(
        words,
        words("work.table"),
        (
            *(("code", "code"), ("title", "text"), ("lead", "code"), ("months", "code")),
            *(("done", "number"), ("passed", "number"), ("standing", "text")),
        ),
        (_unit(unit) for unit in seen.units),
        levels=[unit.depth for unit in seen.units],
    )
    yield Paragraph(words("work.how", margin=progress.MARGIN), "quiet")


def _unit(unit: UnitProgress) -> tuple[Cell, ...]:
    row = unit.row
    months = ""
    if row.start_month is not None:
        months = timeline.say_month(row.start_month, row.end_month)
    elif unit.first is not None:
        months = days.say_span(unit.first, unit.last or unit.first)
    done = "" if unit.done is None else f"{unit.done} %"
    passed = "" if unit.elapsed is None else f"{unit.elapsed} %"
    word = _say_standing(unit)
    said: Cell = Toned(word, "late") if word == Standing.BEHIND.word else word
    return (row.code, row.title, row.lead or "", months, done, passed, said)


def _say_standing(unit: UnitProgress) -> str:
    """Say in words how work and time compare."""
    if unit.row.state is WorkUnitState.CANCELLED:
        return "cancelled"
    if unit.done == progress.ALL:
        return "done"
    if unit.elapsed is None:
        return "no dates"
    if unit.done is None:
        return "nothing to count yet"
    if unit.elapsed == 0 and unit.done == 0:
        return "not begun"
    return unit.standing.word if unit.standing is not None else ""


# -- tasks


def _tasks(seen: Progress, words: Wording) -> Iterator[Block]:
    yield Heading(words("tasks.title"))
    all_tasks = seen.tasks
    if not all_tasks.total:
        yield Paragraph(words("tasks.empty"), "quiet")
        return
    yield Paragraph(
        words(
            "tasks.standing",
            total=all_tasks.total,
            to_do=all_tasks.to_do,
            open=all_tasks.open,
            doing=all_tasks.doing,
            waiting=all_tasks.waiting,
            done=all_tasks.done,
            cancelled=all_tasks.cancelled,
            late=all_tasks.late,
        )
    )
    top = [unit for unit in seen.units if unit.depth == 0]
    shape = seen.project.shape.value
    if top:
        rows = [
            (f"{unit.row.code} {unit.row.title}".strip(), unit.tasks)
            for unit in top
            if unit.tasks.total
        ]
        if seen.loose.total:
            rows.append((words(f"tasks.without_{shape}"), seen.loose))
        yield _tallies(words, words(f"tasks.by_{shape}"), "part", rows, all_tasks)
    if any(one.partner and one.tasks.total for one in seen.by_partner):
        by = [
            (one.partner or words("tasks.without_partner"), one.tasks)
            for one in seen.by_partner
            if one.tasks.total
        ]
        yield _tallies(words, words("tasks.by_partner"), "partner", by, all_tasks)
    yield from _finished(seen, words)
    yield from _late(seen, words)


def _tallies(
    words: Wording, caption: str, first: str, rows: Sequence[tuple[str, Tally]], total: Tally
) -> Table:
    def cells(name: str, tally: Tally) -> tuple[Cell, ...]:
        late: Cell = Toned(str(tally.late), "late") if tally.late else "0"
        return (name, str(tally.to_do), late, str(tally.finished), str(tally.done))

    columns: list[tuple[str, Kind]] = [(first, "text"), ("to_do", "number"), ("late", "number")]
    columns += [("finished", "number"), ("done_all", "number")]
    table = _table(words, caption, columns, [cells(*row) for row in rows])
    whole = Row(cells(words("tasks.total"), total), strong=True)
    return Table(table.caption, table.columns, (*table.rows, whole))


def _finished(seen: Progress, words: Wording) -> Iterator[Block]:
    if not seen.finished:
        key = "none_finished" if seen.tasks.done else "none_finished_yet"
        filled = {"period": say(seen.period), "done": seen.tasks.done} if seen.tasks.done else {}
        yield Paragraph(words(f"tasks.{key}", **filled), "quiet")
    else:
        most = words.number("rows.finished")
        rows = _gathered(seen.finished)
        shown = sum(len(same) for same in rows[:most])
        yield _table(
            words,
            words("tasks.finished", len(seen.finished)),
            (
                *(("code", "code"), ("task", "text"), ("who", "text"), ("part", "code")),
                ("finished_on", "date"),
            ),
            [_finished_row(same, words) for same in rows[:most]],
            note=_cut(words, "tasks.cut", shown, len(seen.finished)),
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
    _, title, who, part = _task(same[0])
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
    yield _table(
        words,
        words("tasks.late", len(rows)),
        (
            *(("code", "code"), ("task", "text"), ("who", "text"), ("part", "code")),
            *(("state", "code"), ("due", "date"), ("by_how_much", "number")),
        ),
        (
            (
                *_task(row),
                row.state.word,
                _say_due(row),
                Toned(_say_slip(_days_late(row, seen.today)), "late"),
            )
            for row in rows[:most]
        ),
        note=_cut(words, "tasks.cut", most, len(rows)),
    )


def _task(row: TaskRow) -> tuple[str, str, str, str]:
    who = row.partner or ""
    if row.contact:
        who = f"{row.contact} ({row.partner})" if row.partner else row.contact
    return (row.code or "", row.title, who, row.work_unit or "")


# -- deliverables and milestones


def _promised(seen: Progress, words: Wording) -> Iterator[Block]:
    yield Heading(words("deliverables.title"))
    if seen.deliverables:
        yield Paragraph(
            words(
                "deliverables.standing",
                len(seen.deliverables),
                done=sum(one.row.state.done for one in seen.deliverables),
                in_period=sum(one.in_period for one in seen.deliverables),
                late=sum(one.row.late for one in seen.deliverables),
            )
        )
        yield _table(
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
    yield Paragraph(
        words(
            "deliverables.standing_milestones",
            len(seen.milestones),
            done=sum(one.row.reached_on is not None for one in seen.milestones),
            in_period=sum(one.in_period for one in seen.milestones),
            late=sum(one.row.late for one in seen.milestones),
        )
    )
    yield _table(
        words,
        words("deliverables.milestones"),
        (
            *(("code", "code"), ("title", "text"), ("part", "code"), ("due", "date")),
            *(("month", "number"), ("reached", "date"), ("slip", "text")),
        ),
        (_milestone(one, seen) for one in seen.milestones),
    )


def _deliverable(one: DeliverableProgress, seen: Progress) -> tuple[Cell, ...]:
    row = one.row
    came = days.say_brief(row.delivered_on) if row.delivered_on and row.state.done else ""
    return (
        *(row.code, row.title, row.work_unit or "", row.lead or ""),
        *(_say_due(row), _say_month_of(row, seen), row.state.word),
        came,
        _against_plan(one, done=row.state.done),
    )


def _milestone(one: MilestoneProgress, seen: Progress) -> tuple[Cell, ...]:
    row = one.row
    return (
        *(row.code, row.title, row.work_unit or "", _say_due(row), _say_month_of(row, seen)),
        days.say_brief(row.reached_on) if row.reached_on else "",
        _against_plan(one, done=row.reached_on is not None),
    )


def _against_plan(one: DeliverableProgress | MilestoneProgress, *, done: bool) -> Cell:
    """Say how something stands to its date, in words."""
    if one.row.due is None:
        return "" if done else "no date"
    if done:
        return "day not recorded" if one.slip is None else _say_slip(one.slip)
    return Toned(_say_slip(one.slip or 0), "late") if one.row.late else "to come"


# -- meetings


def _meetings(seen: Progress, words: Wording) -> Iterator[Block]:
    yield Heading(words("meetings.title"))
    if seen.meetings:
        yield _table(
            words,
            words("meetings.table"),
            (
                *(("meeting", "text"), ("when", "date"), ("where", "text")),
                *(("people", "number"), ("partners", "text"), ("minutes", "text")),
            ),
            (_meeting(one, words) for one in seen.meetings),
        )
        remarks = tuple(_remarks(seen, words))
        if remarks:
            yield Points(remarks)
        decided = [
            (_name_meeting(one, words), text)
            for one in seen.meetings
            if one.row.state is not MeetingState.CANCELLED
            for text in one.decisions
        ]
        if decided:
            yield _table(
                words,
                words("meetings.decisions"),
                (("meeting", "text"), ("what", "text")),
                decided,
            )
        else:
            yield Paragraph(words("meetings.no_decisions"), "quiet")
    else:
        before, after = seen.meeting_before, seen.meeting_next
        yield Paragraph(
            words(
                "meetings.none",
                period=say(seen.period),
                before=words("meetings.before", meeting=before.title, when=_say_when(before))
                if before
                else "",
                next=words("meetings.next", meeting=after.title, when=_say_when(after))
                if after
                else words("meetings.no_next"),
            ),
            "quiet",
        )
    if not seen.actions:
        yield Paragraph(words("meetings.no_actions"), "quiet")
        return
    yield _table(
        words,
        words("meetings.actions"),
        (
            *(("code", "code"), ("action", "text"), ("who", "text"), ("meeting", "text")),
            *(("state", "code"), ("due", "date")),
        ),
        (
            (
                row.task.code or "",
                row.task.title,
                _task(row.task)[2],
                row.meeting,
                Toned("late", "late")
                if row.task.due and row.task.due < seen.today
                else row.task.state.word,
                _say_due(row.task),
            )
            for row in seen.actions
        ),
    )


def _meeting(one: MeetingProgress, words: Wording) -> tuple[Cell, ...]:
    row = one.row
    name = _name_meeting(one, words)
    if row.state is MeetingState.CANCELLED:
        return (name, _say_when(row), _say_place(row), "", "", "")
    people = "" if row.came is None else str(row.came)
    if people and one.online:
        people += f", {one.online} online"
    minutes = "not sent" if one.held else ""
    if row.minutes_sent_on is not None:
        minutes = f"sent {days.say_brief(row.minutes_sent_on)}"
    return (name, _say_when(row), _say_place(row), people, ", ".join(one.partners), minutes)


def _name_meeting(one: MeetingProgress, words: Wording) -> str:
    """Name a meeting, and say so where it was not held or nobody confirmed it."""
    title = one.row.title
    if one.row.state is MeetingState.CANCELLED:
        return words("meetings.cancelled", meeting=title)
    return title if one.held else words("meetings.unconfirmed", meeting=title)


def _remarks(seen: Progress, words: Wording) -> Iterator[str]:
    """Say which partners were awaited and not there."""
    for one in seen.meetings:
        if one.missing:
            partners = listed([*one.missing])
            yield words("meetings.missing", meeting=one.row.title, partners=partners)


def _say_place(row: MeetingRow) -> str:
    if row.mode is MeetingMode.ONLINE:
        return "online"
    country = say_country(row.country) if row.country else None
    return ", ".join(dict.fromkeys(filter(None, (row.place, row.city, country))))


def _say_when(row: MeetingRow) -> str:
    if row.day is None:
        return timeline.say_month(row.month) if row.month else "no date"
    if row.precision is Precision.MONTH:
        return days.say_calendar_month(row.day)
    return days.say_span(row.day, row.end_day or row.day)


# -- own estimates


def _estimates(seen: Progress, words: Wording) -> Iterator[Block]:
    yield Heading(words("estimates.title"))
    if not seen.estimates:
        yield Paragraph(words("estimates.none_yet" if seen.filling else "estimates.none"), "quiet")
    else:
        yield Paragraph(words("estimates.about"))
        yield _table(
            words,
            words("estimates.table"),
            (
                *(("checklist", "text"), ("now", "number"), ("day", "date"), ("assessor", "text")),
                *(("before", "number"), ("change", "number"), ("unanswered", "number")),
                ("weakest", "text"),
            ),
            (_estimate(one) for one in seen.estimates),
        )
    if seen.filling:
        yield Points(
            tuple(
                words(
                    "estimates.filling",
                    checklist=one.title,
                    day=days.say_long(one.day),
                    answered=one.score.answered,
                    items=one.score.items,
                )
                for one in seen.filling
            )
        )
    curves = tuple(Curve(one.title, one.points) for one in seen.estimates if len(one.points) > 1)
    if curves:
        yield Trend(words("estimates.trend"), curves, words("estimates.trend_legend"))


def _estimate(one: Estimate) -> tuple[Cell, ...]:
    now = one.last.score.total
    then = one.before.score.total if one.before else None
    change = "" if now is None or then is None else f"{now - then:+d}".replace("-", "−")
    known = [part for part in one.last.score.criteria if part.per_cent is not None]
    weakest = min(known, key=lambda part: part.per_cent or 0, default=None)
    return (
        one.title,
        "nothing answered" if now is None else f"{now} of 100",
        days.say_brief(one.last.day),
        one.last.assessor,
        "" if then is None or one.before is None else f"{then} ({days.say_brief(one.before.day)})",
        "unchanged" if change in {"+0", "−0"} else change,
        str(one.last.score.unanswered),
        f"{weakest.title} ({weakest.per_cent})" if weakest else "",
    )


# -- the next three months


def _ahead(seen: Progress, words: Wording) -> Iterator[Block]:
    ahead = seen.ahead
    yield Heading(words("ahead.title"))
    yield Paragraph(words("ahead.period", period=say(ahead.period, seen.project.start)))
    if ahead.reports:
        yield _table(
            words,
            words("ahead.reports"),
            (("report", "text"), ("due", "date")),
            ((word, days.say_brief(day)) for word, day in ahead.reports),
        )
    rows: list[DeliverableRow | MilestoneRow] = [*ahead.deliverables, *ahead.milestones]
    if rows:
        marks = {id(row): "deliverable" for row in ahead.deliverables}
        yield _table(
            words,
            words("ahead.deliverables"),
            (
                *(("what", "code"), ("code", "code"), ("title", "text"), ("part", "code")),
                *(("lead", "code"), ("due", "date"), ("month", "number")),
            ),
            (
                (
                    *(marks.get(id(row), "milestone"), row.code, row.title, row.work_unit or ""),
                    *(_lead(row) or "", _say_due(row), _say_month_of(row, seen)),
                )
                for row in sorted(rows, key=lambda row: (row.due or seen.today, row.code))
            ),
        )
    else:
        yield Paragraph(words("ahead.no_results"), "quiet")
    if ahead.meetings:
        yield _table(
            words,
            words("ahead.meetings"),
            (("meeting", "text"), ("when", "date"), ("where", "text"), ("month", "number")),
            (
                (
                    row.title
                    if row.state is MeetingState.PLANNED
                    else words("ahead.held", meeting=row.title),
                    *(_say_when(row), _say_place(row)),
                    timeline.say_month(row.month or month)
                    if (month := seen.month_of(row.day))
                    else "",
                )
                for row in ahead.meetings
            ),
        )
    else:
        yield Paragraph(words("ahead.no_meetings"), "quiet")
    if not ahead.tasks:
        yield Paragraph(words("ahead.no_tasks"), "quiet")
        return
    most = words.number("rows.ahead")
    yield _table(
        words,
        words("ahead.tasks", len(ahead.tasks)),
        (
            *(("code", "code"), ("task", "text"), ("who", "text"), ("part", "code")),
            *(("state", "code"), ("due", "date")),
        ),
        ((*_task(row), row.state.word, _say_due(row)) for row in ahead.tasks[:most]),
        note=_cut(words, "ahead.cut", most, len(ahead.tasks)),
    )


# -- words and tables


def _table(
    words: Wording,
    caption: str,
    columns: Sequence[tuple[str, Kind]],
    rows: Iterable[Sequence[Cell]],
    *,
    levels: Sequence[int] = (),
    note: str = "",
) -> Table:
    """Make a table; columns in which nothing stands are left out."""
    cells = [tuple(row) for row in rows]
    used = [at for at in range(len(columns)) if any(plain(row[at]) for row in cells)]
    return Table(
        caption,
        tuple(Column(words(f"columns.{columns[at][0]}"), columns[at][1]) for at in used),
        tuple(
            Row(tuple(row[at] for at in used), levels[place] if levels else 0)
            for place, row in enumerate(cells)
        ),
        note,
    )


def _cut(words: Wording, name: str, most: int, there: int) -> str:
    return words(name, shown=most, n=there) if there > most else ""


def _called(row: DeliverableRow | MilestoneRow, *more: str | None) -> str:
    """Call something by its code and title, with what else is to be said of it."""
    name = f"{row.code or ''} {_short(row.title)}".strip()
    said = ", ".join(filter(None, more))
    return f"{name} ({said})" if said else name


def _lead(row: DeliverableRow | MilestoneRow) -> str | None:
    lead: str | None = getattr(row, "lead", None)
    return lead


def _some(names: Sequence[str], words: Wording) -> str:
    """Name a few things and count the rest."""
    shown = list(names[: _NAMED + 1])
    if len(names) > len(shown):
        shown[_NAMED:] = [words("summary.more", n=len(names) - _NAMED)]
    return listed(shown)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"


def _say_slip(late: int) -> str:
    """Say how many days something came after its date, or is by now."""
    if late == 0:
        return "on time"
    return f"{_say_days(abs(late))} {'late' if late > 0 else 'early'}"


def _say_days(number: int) -> str:
    return f"{number} day{'' if number == 1 else 's'}"


def _days_late(row: TaskRow, today: date) -> int:
    return 0 if row.due is None else (today - row.due).days


def _say_due(row: DeliverableRow | MilestoneRow | TaskRow) -> str:
    """Say when something is due, as exactly as it is known."""
    if row.due is None:
        return ""
    precision = row.due_precision if hasattr(row, "due_precision") else row.precision
    if precision is Precision.MONTH and row.due_month is None:
        return days.say_calendar_month(row.due)
    return days.say_brief(row.due)


def _say_month_of(row: DeliverableRow | MilestoneRow, seen: Progress) -> str:
    month = row.due_month or seen.month_of(row.due)
    return "" if month is None else timeline.say_month(month)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
