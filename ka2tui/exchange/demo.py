"""The example project: a fictional KA220 in its fourteenth month, with a past to look into."""

from __future__ import annotations

import contextlib
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from ka2tui import datafiles
from ka2tui.domain import checklist as rules
from ka2tui.domain import due as dates
from ka2tui.domain import papers as rules_of_papers
from ka2tui.domain import recurrence, timeline
from ka2tui.domain.chase import Reminder
from ka2tui.domain.kinds import (
    AgreementState,
    Channel,
    DeliverableState,
    Direction,
    MeetingKind,
    MeetingMode,
    MeetingState,
    OutcomeKind,
    PaperState,
    PartnerRole,
    PhaseKind,
    Precision,
    Presence,
    Priority,
    ProposalOutcome,
    TaskState,
    Tone,
    WorkUnitState,
)
from ka2tui.exchange import demo_evidence, demo_proposal, proof_files
from ka2tui.exchange.demo_story import DAY, Calendar, Called, Row, Story, morning, worked
from ka2tui.operations import (
    agenda,
    attendance,
    checklists,
    contacts,
    deliverables,
    dependencies,
    head_counts,
    meetings,
    messages,
    milestones,
    outcomes,
    papers,
    partners,
    phases,
    projects,
    proposals,
    saved_filters,
    tasks,
    work_units,
)
from ka2tui.queries import chase
from ka2tui.queries.references import find
from ka2tui.reports import chase as reminder
from ka2tui.store import engine, migrations
from ka2tui.store.operation import Operation, operation, say
from ka2tui.store.records import AgendaItem, Answer, PhaseStep, Task

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sqlalchemy.orm import Session

_LINES = {"i": OutcomeKind.INFORMATION, "d": OutcomeKind.DECISION, "a": OutcomeKind.ACTION}


_FACTS: Final = (
    *("nr", "acronym", "country", "city", "zone", "oid", "website", "notes"),
    *("sort", "established_on", "newcomer", "applications"),
)
"""What is known of a partner from the day on which it was added."""

_ACCOUNTS: Final = "Luis Prieto Sanz"
"""Who keeps the agreements with the partners."""


def build(file: Path, today: date) -> None:
    """Make a database with the example project; it appears whole or not at all.

    Args:
        file: Where it shall be; a file that is there already stays as it is.
        today: The day its dates lie around.

    Raises:
        Unavailable: The folder takes no file.
    """

    def fill(place: str) -> None:
        migrations.upgrade(place)
        _Story(place, today).tell()
        engine.mark_example(engine.file_of(place))

    new = not file.exists()
    engine.create(file, fill)
    if new:
        with contextlib.suppress(OSError):  # without its files the proof is said to be missing
            demo_evidence.write_files(file.absolute().parent / proof_files.NAME)


# --- changes that a coordinator makes in one go -------------------------------------------------


@operation("Enter the work plan")
def _enter_plan(session: Session, project: int, plan: Row, calendar: Calendar) -> None:
    for row in plan["part"]:
        _enter_part(session, project, row)
    for row in plan["deliverable"]:
        lead = find(session, "partner", project, row["lead"])
        values = _planned(session, project, row, calendar) | {"lead_id": lead}
        values |= {name: row.get(name) for name in ("languages", "licence", "notes")}
        deliverables.add(session, project, row["code"], row["title"], values=values)
    for row in plan["milestone"]:
        values = _planned(session, project, row, calendar)
        values["verification"] = row.get("verification")
        milestones.add(session, project, row["code"], row["title"], values=values)
    say(
        session,
        "Enter the work plan: {parts} work packages and activities, {deliverables} deliverables, "
        "{milestones} milestones",
        parts=len(plan["part"]),
        deliverables=len(plan["deliverable"]),
        milestones=len(plan["milestone"]),
    )


def _enter_part(session: Session, project: int, row: Row) -> None:
    given = ("category", "place", "objectives", "expected_results", "expected_participants")
    first, last = row["months"]
    values = {name: row.get(name) for name in given} | {
        "lead_id": find(session, "partner", project, row["lead"]),
        "start_month": first,
        "end_month": last,
        "amount_cents": 100 * row["amount_eur"] if "amount_eur" in row else None,
    }
    if "parent" in row:
        values["parent_id"] = find(session, "work_unit", project, row["parent"])
    unit = work_units.add(session, project, row["code"], row["title"], values=values)
    for acronym, euros in row.get("shares_eur", {}).items():
        partner = find(session, "partner", project, acronym)
        work_units.set_share(session, unit, partner, amount_cents=100 * euros)


def _planned(session: Session, project: int, row: Row, calendar: Calendar) -> Row:
    """Give where something belongs and when it is due."""
    due = calendar.due(row["due"])
    return {
        "work_unit_id": find(session, "work_unit", project, row["part"]),
        "due": due.day,
        "due_month": due.month,
        "due_precision": due.precision,
    }


@operation("Enter tasks")
def _enter_tasks(session: Session, project: int, rows: Sequence[Row], calendar: Calendar) -> None:
    for row in rows:
        _enter_task(session, project, row, calendar)
    say(session, "Enter {count} tasks of the work plan", count=len(rows))


@operation("Add task")
def _enter_task(session: Session, project: int, row: Row, calendar: Calendar) -> None:
    made = tasks.add(
        session,
        project,
        row["title"],
        code=row["code"],
        phase=PhaseKind(row["phase"]) if "phase" in row else None,
        priority=Priority(row.get("priority", "normal")),
        effort_minutes=60 * row["effort_hours"] if "effort_hours" in row else None,
        tags=row.get("tags", ()),
        parent_id=find(session, "task", project, row["parent"]) if "parent" in row else None,
        recurrence=recurrence.read_rule(row["repeats"]) if "repeats" in row else None,
        notes=row.get("notes"),
        **_doer(session, project, row.get("who")),
        **_planned(session, project, row, calendar),
    )
    for code in row.get("needs", ()):
        dependencies.link(session, made, find(session, "task", project, code))
    say(session, "Add task “{title}”", title=row["title"])


def _doer(session: Session, project: int, who: str | None) -> Row:
    """Give partner or person of an assignment; a person's name has a blank in it."""
    if who is None:
        return {}
    kind = "contact" if " " in who else "partner"
    return {f"{kind}_id": find(session, kind, project, who)}


@operation("Plan meeting")
def _plan_meeting(session: Session, project: int, row: Row, calendar: Calendar) -> None:
    given: Row = {name: row.get(name) for name in ("place", "city", "country", "link", "notes")}
    if "at" in row:
        first, last, hour, zone = calendar.gathering(row)
        given |= {"day": first, "end_day": last, "at": hour, "zone": zone}
    else:
        month = row["month"]
        first = timeline.month_start(calendar.start, month)
        given |= {"day": first, "month": month, "precision": Precision.MONTH}
    meeting = meetings.add(
        session,
        project,
        row["title"],
        code=row["code"],
        kind=MeetingKind(row["kind"]),
        mode=MeetingMode(row["mode"]),
        minutes_long=int(60 * row["hours"]) if "hours" in row else None,
        host_id=find(session, "partner", project, row["host"]) if "host" in row else None,
        work_unit_id=find(session, "work_unit", project, row["part"]),
        **given,
    )
    for title, minutes, *presenter in row.get("agenda", ()):
        who = presenter[0] if presenter else None
        agenda.add(session, meeting, title, presenter=who, minutes_planned=minutes)
    if "expected" in row:
        _mark(session, project, meeting, row, Presence.EXPECTED, Presence.EXCUSED)
    say(session, "Plan {meeting}", meeting=row["title"])


@operation("Mark attendance")
def _take_attendance(session: Session, project: int, row: Row) -> None:
    meeting = find(session, "meeting", project, row["code"])
    _mark(session, project, meeting, row, Presence.PRESENT, Presence.ONLINE, Presence.EXCUSED)
    for count in row.get("counts", ()):
        partner = find(session, "partner", project, count["partner"])
        people, profile = count["people"], count["profile"]
        head_counts.add(session, meeting, people, partner_id=partner, profile=profile)
    if "stated" in row:
        stated = {"participants": row["stated"], "remote_participants": len(row.get("online", ()))}
        meetings.edit(session, meeting, stated)
    meetings.set_state(session, [meeting], MeetingState.HELD)
    say(session, "Mark {meeting} as held, with who was there", meeting=row["title"])


def _mark(session: Session, project: int, meeting: int, row: Row, *presences: Presence) -> None:
    for presence in presences:
        people = [find(session, "contact", project, name) for name in row.get(presence.value, ())]
        if people:
            attendance.mark(session, meeting, people, presence)


@operation("Fill in a checklist")
def _fill_in(session: Session, project: int, row: Row, day: date) -> None:
    template = rules.find(row["checklist"])
    part = find(session, "work_unit", project, row["part"]) if "part" in row else None
    assessment = checklists.start(session, project, template, row["by"], day=day, work_unit=part)
    items = session.execute(
        select(Answer.id, Answer.code).where(Answer.assessment_id == assessment)
    )
    notes = row.get("notes", {})
    for item, code in items.all():
        if code in row["scores"]:
            given = rules.read_answer(str(row["scores"][code]))
            place = row.get("proofs", {}).get(code)
            checklists.answer(session, item, given, note=notes.get(code), found_at=place)
    if not row.get("open"):
        checklists.close(session, assessment)
    say(session, "Fill in checklist “{title}” ({who})", title=template.title, who=row["by"])


@operation("Add to the minutes")
def _note(session: Session, project: int, meeting: str, row: Row, calendar: Calendar) -> None:
    found = find(session, "meeting", project, meeting)
    points = select(AgendaItem.id).where(AgendaItem.meeting_id == found)
    items = session.scalars(points.order_by(AgendaItem.position)).all()
    outcomes.add(
        session,
        found,
        _LINES[row["kind"]],
        row["text"],
        item=items[row["point"] - 1],
        due=calendar.due(row["due"]).day if "due" in row else None,
        work_unit_id=find(session, "work_unit", project, row["part"]) if "part" in row else None,
        **_doer(session, project, row.get("who")),
    )


@operation("Finish tasks")
def _finish_called(session: Session, project: int, title: str, *, today: date) -> None:
    """Finish the one task of a title that is still open."""
    open_ones = select(Task.id).where(
        Task.project_id == project, Task.title == title, Task.state != TaskState.DONE
    )
    tasks.finish(session, [session.scalars(open_ones).one()], today=today)


@operation("Tick step")
def _tick(session: Session, phase: int, codes: Sequence[str], *, today: date) -> None:
    steps = select(PhaseStep.id).where(PhaseStep.phase_id == phase, PhaseStep.code.in_(codes))
    phases.tick(session, session.scalars(steps).all(), today=today)


@operation("Chase partners")
def _remind(session: Session, project: int, partner: int, tone: Tone, *, today: date) -> None:
    """Send the reminder that the project asked for on that day."""
    (case,) = chase.cases(session, project, [partner], today=today)
    letter = reminder.write(case, tone, today=today)
    to = letter.to.id if letter.to else None
    messages.chase(session, [Reminder(partner, tone, letter.text, to)], day=today)


# --- the story ----------------------------------------------------------------------------------


class _Story(Story):
    """What happened in the project, chapter by chapter."""

    def tell(self) -> None:
        """Let everything happen, in the order of its days."""
        try:
            self._begin()
            self._gather_people()
            self._plan_work()
            self._fill_in_checklists()
            self._go_through_phases()
            self._do_tasks()
            self._meet()
            demo_evidence.tell(self)
            demo_proposal.tell(self)
            self.happen()
        finally:
            self.portfolio.close()

    def _begin(self) -> None:
        facts = dict(self.facts["project"])
        entered = self.calendar.past(facts.pop("entered"))
        self.now = morning(entered)
        facts["grant_cents"] = 100 * facts.pop("grant_eur")
        start, months = self.calendar.start, self.facts["months"]
        added = self.portfolio.do(projects.add, **facts, start=start, months=months, today=entered)
        self.project = added.value
        for row in self.facts["edit"]:
            values = dict(row.get("values", {}))
            values |= {name: self.calendar.day(day) for name, day in row.get("days", {}).items()}
            self.at(row["on"], projects.edit, self.project, values, actor=row["by"], today=DAY)
        row = self.facts["decided"]
        outcome = ProposalOutcome(row["outcome"])
        self.at(
            *(row["on"], proposals.decide, self.project, outcome),
            actor=row["by"],
            on=DAY,
            note=row["note"],
            today=DAY,
        )

    def _gather_people(self) -> None:
        demo_proposal.look_for_partners(self)
        for row in self.people["partner"]:
            role = PartnerRole(row.get("role", "beneficiary"))
            found = "found" in row
            if found:  # who was found comes with the person who answered
                added = self.at(row["added"], demo_proposal.take, self.project, row, role, DAY)
            else:
                known = {name: row.get(name) for name in _FACTS}
                added = self.at(
                    row["added"], partners.add, self.project, row["name"], role=role, **known
                )
            called = Called("partner", row["acronym"])
            for person in row["contact"][found:]:
                self._add_person(person, added, called)
            for state in (AgreementState.SENT, AgreementState.SIGNED):
                if state.value in row:
                    change = {"agreement_state": state}
                    self.at(row[state.value], partners.edit, called, change, actor=_ACCOUNTS)
            self._bring_papers(row.get("papers", {}), called, added)
            self._talk(row, called, added)
        for row in self.people["contact"]:
            self._add_person(row, row["added"], None)

    def _bring_papers(self, papered: Row, partner: Called, added: date) -> None:
        """Tell when each paper was asked for, came and was checked."""
        known = rules_of_papers.load()
        for kind, steps in papered.items():
            paper = known.get(kind)
            for step, when in steps.items():
                state = PaperState(step)
                self.at(
                    when, papers.put, [partner], paper, state, actor=_ACCOUNTS, after=added, on=DAY
                )

    def _talk(self, row: Row, partner: Called, added: date) -> None:
        """Tell what was written and said, and when the partner was reminded."""
        for said in row.get("message", ()):
            to_them = Direction.OUT if said.get("to_them") else Direction.IN
            person = Called("contact", said["who"]) if "who" in said else None
            named = {"direction": to_them, "text": said["text"], "contact_id": person}
            self.at(
                said["on"],
                messages.note,
                [partner],
                Channel(said["by"]),
                after=added,
                day=DAY,
                today=DAY,
                **named,
            )
        for sent in row.get("chase", ()):
            self.at(sent["on"], _remind, self.project, partner, Tone(sent["tone"]), today=DAY)

    def _add_person(self, row: Row, when: str | date, partner: Called | None) -> None:
        known = {name: row.get(name) for name in ("role", "email", "language", "organisation")}
        self.at(when, contacts.add, self.project, row["name"], partner_id=partner, **known)

    def _plan_work(self) -> None:
        plan = datafiles.read_toml("demo/plan.toml")
        self.at(plan["entered"], _enter_plan, self.project, plan, self.calendar)
        for row in plan["part"]:
            called, by = Called("work_unit", row["code"]), self.person(row["lead"])
            for key, state in (
                ("begun", WorkUnitState.UNDER_WAY),
                ("finished", WorkUnitState.DONE),
            ):
                if key in row:
                    self.at(row[key], work_units.edit, called, {"state": state}, actor=by)
        for row in plan["deliverable"]:
            self._make_deliverable(row)
        for row in plan["milestone"]:
            if "reached" in row:
                called = Called("milestone", row["code"])
                self.at(row["reached"], milestones.reach, [called], on=DAY)

    def _make_deliverable(self, row: Row) -> None:
        called, by = Called("deliverable", row["code"]), self.person(row["lead"])
        for when, word in row.get("moves", {}).items():
            state = DeliverableState(word)
            # what a partner made is accepted by the coordinator
            actor = self.coordinator if state is DeliverableState.APPROVED else by
            self.at(when, deliverables.move, [called], state, actor=actor, today=DAY)
            values = {}
            if state is DeliverableState.REVIEW and "review_due" in row:
                values = {"review_due": self.calendar.day(row["review_due"])}
            if state is DeliverableState.PUBLISHED:
                checked = self.calendar.past(when)
                values = {
                    "published_at": row["published_at"],
                    "visibility_checked_on": checked,
                }
            if values:
                self.at(when, deliverables.edit, called, values, actor=by)

    def _fill_in_checklists(self) -> None:
        for row in datafiles.read_toml("demo/checklists.toml")["assessment"]:
            self.at(row["day"], _fill_in, self.project, row, DAY, actor=row["by"])

    def _go_through_phases(self) -> None:
        for row in self.facts["phase"]:
            called = Called("phase", row["kind"])
            if "started" in row:
                self.at(row["started"], phases.start, called, today=DAY)
            for when, codes in row["ticks"].items():
                self.at(when, _tick, called, codes, today=DAY)
            if "gone_on" in row:
                why = row.get("reason")
                self.at(row["gone_on"], phases.go_on, called, reason=why, today=DAY)

    def _do_tasks(self) -> None:
        data = datafiles.read_toml("demo/tasks.toml")
        planned = [row for row in data["task"] if "added" not in row]
        entered = self.at(data["entered"], _enter_tasks, self.project, planned, self.calendar)
        added = {}
        for row in data["task"]:
            day = entered
            if "added" in row:
                by = self.person(row.get("who"))
                day = self.at(row["added"], _enter_task, self.project, row, self.calendar, actor=by)
            added[row["code"]] = day
        for kept in data["filter"]:
            text = kept["name"], kept["text"]
            self.at(kept["on"], saved_filters.save, self.project, "task", *text, after=entered)
        for row in reversed(data["task"]):  # on one day, what is below is finished first
            self._do_task(row, added[row["code"]])

    def _do_task(self, row: Row, added: date) -> None:
        called, by = Called("task", row["code"]), self.person(row.get("who"))
        verbs: tuple[tuple[str, Operation[..., Any], dict[str, Any]], ...] = (
            ("began", tasks.start, {}),
            ("waits", tasks.wait, {"today": DAY}),
            ("cancelled", tasks.cancel, {}),
            ("done", tasks.finish, {"today": DAY}),
        )
        for key, change, named in verbs:
            if key in row:
                self.at(row[key], change, [called], actor=by, after=added, **named)
        for when, to in row.get("moved", {}).items():
            new = self.calendar.due(to)
            self.at(when, tasks.postpone, [called], to=new, actor=by, after=added)
        if "repeats" in row:
            self._repeat(row, added, by)

    def _repeat(self, row: Row, added: date, by: str) -> None:
        """Finish each one of a series the day before it is due, as far as today."""
        rule = recurrence.read_rule(row["repeats"])
        due = self.calendar.due(row["due"]).day
        day = added
        while due is not None and due < self.calendar.today:
            eve = worked(due - timedelta(days=1))
            day = self.at(
                eve, _finish_called, self.project, row["title"], actor=by, today=DAY, after=day
            )
            due = dates.next_after(rule, due, day)

    def _meet(self) -> None:
        for row in datafiles.read_toml("demo/meetings.toml")["meeting"]:
            planned = self.at(row["planned"], _plan_meeting, self.project, row, self.calendar)
            if "at" not in row:
                continue
            last = self.calendar.gathering(row)[1]
            if last < self.calendar.today:
                self._hold(row, max(planned, last))

    def _hold(self, row: Row, last: date) -> None:
        """Tell of a meeting on its last day, and of what came of it."""
        called = Called("meeting", row["code"])
        self.at(last, _take_attendance, self.project, row)
        for line in row.get("line", ()):
            day = self.at(last, _note, self.project, row["code"], line, self.calendar)
            if "done" in line:
                by = self.person(line.get("who"))
                self.at(
                    line["done"],
                    _finish_called,
                    self.project,
                    line["text"],
                    actor=by,
                    after=day,
                    today=DAY,
                )
        if "sent" in row:
            sent = worked(last + timedelta(days=row["sent"]))
            values = {"minutes_sent_on": sent, "summary": row.get("summary")}
            self.at(sent, meetings.edit, called, values, after=last)
