"""Records: the tables, and nothing but the tables.

Every record has an integer `id` that is never used twice and a `uid` that stays the same through
export and import; every one but the project itself names its project. Positions in lists are not
unique, links are records, and nothing is removed by the database itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar
from uuid import uuid4

from ka2tui.domain import kinds
from ka2tui.store.mapping import (
    Chosen,
    Date,
    Kept,
    Moment,
    Text,
    check,
    column,
    index,
    map_record,
    reference,
    related,
    unique,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import CheckConstraint, Table
    from sqlalchemy.orm import Mapped

STRICT = {"sqlite_autoincrement": True, "sqlite_strict": True}


def _uid() -> str:
    return str(uuid4())


class Record(metaclass=Kept):
    """Anything that is kept."""

    by_table: ClassVar[dict[str, type[Record]]] = {}
    """Every kind of record, by the name of its table."""

    family: ClassVar[Kept]
    """The record that it is a part of, or itself."""

    __tablename__: ClassVar[str]
    __table_args__: ClassVar[tuple[Any, ...]]
    __table__: ClassVar[Table]

    id: Mapped[int] = column(primary_key=True)

    def __init_subclass__(cls, part_of: type[Record] | None = None) -> None:
        """Map it, unless it is only what several records have in common."""
        super().__init_subclass__()
        if "__tablename__" in vars(cls):
            cls.family = part_of.family if part_of else cls
            map_record(cls, cls.family)
            cls.by_table[cls.__tablename__] = cls

    def __init__(self, **values: Any) -> None:
        """Make a new one; what is not given has its default as soon as it is kept."""
        for name, value in values.items():
            if not hasattr(type(self), name):
                raise TypeError(f"a {type(self).__name__} has no {name}")
            setattr(self, name, value)


def _table(*constraints: Any) -> tuple[Any, ...]:
    return (*constraints, STRICT)


def _from_to(first: str, last: str) -> Callable[[], CheckConstraint]:
    return check(f'"{last}" >= "{first}"', name=f"{first}_to_{last}")


def _positive(*names: str) -> tuple[Callable[[], CheckConstraint], ...]:
    return tuple(check(f"{name} >= 0", name=name) for name in names)


def _one_to_five(*names: str) -> tuple[Callable[[], CheckConstraint], ...]:
    return tuple(check(f"{name} BETWEEN 1 AND 5", name=name) for name in names)


class _Owned(Record):
    """What belongs to one project."""

    uid: Mapped[Chosen] = column(default=_uid, unique=True)
    project_id: Mapped[int] = reference("project.id")


class Project(Record):
    """One project: what the agreement says about it."""

    __tablename__ = "project"
    __table_args__ = _table(
        check("months BETWEEN 1 AND 120", name="months"),
        check("grant_cents >= 0", name="grant"),
        _from_to("start", "end"),
    )

    uid: Mapped[Chosen] = column(default=_uid, unique=True)
    acronym: Mapped[Text]
    title: Mapped[Text] = column(default="")
    agreement: Mapped[Text | None]
    """The agreement number as published; its grammar is a rule, not a constraint."""
    action: Mapped[Text | None]
    field: Mapped[Text | None]
    call: Mapped[Text | None]
    call_year: Mapped[int | None]
    shape: Mapped[kinds.ProjectShape] = column(default=kinds.ProjectShape.WORK_PACKAGES)
    managed_by: Mapped[Text | None]
    agency: Mapped[Text | None]
    start: Mapped[Date | None]
    end: Mapped[Date | None]
    months: Mapped[int | None]
    grant_cents: Mapped[int | None]
    currency: Mapped[Chosen] = column(default="EUR")
    language: Mapped[Text | None]
    website: Mapped[Text | None]
    goal: Mapped[Text | None]
    summary: Mapped[Text | None]
    notes: Mapped[Text | None]
    progress_report_due: Mapped[Date | None]
    """From the agreement's data sheet; blank until it was entered."""
    interim_report_due: Mapped[Date | None]
    final_report_due: Mapped[Date | None]
    application_deadline: Mapped[Moment | None]
    """The instant by which the application must be in, in UTC."""
    application_zone: Mapped[Chosen | None]
    """The IANA zone the call states that deadline in."""
    submitted_on: Mapped[Date | None]
    outcome: Mapped[kinds.ProposalOutcome | None]
    """What became of the application; None while nobody knows."""
    outcome_on: Mapped[Date | None]
    outcome_note: Mapped[Text | None]
    """Points, reasons, what the assessors wrote."""
    resubmits: Mapped[Chosen | None]
    """The uid of the project that this one is handed in again for."""
    approved_on: Mapped[Date | None]
    """The day on which the application was kept as approved; see `ApprovedFact`."""
    reductions_confirmed_on: Mapped[Date | None]
    """The day on which somebody held the table of reductions against the agreement's annex."""
    reductions_source: Mapped[Text | None]
    """Where that table stands: "Annex III of our agreement"."""

    priorities: Mapped[list[Priority]] = related(
        "Priority",
        back_populates="project",
        cascade="all, delete-orphan",
        order_by="Priority.position",
    )


class Priority(_Owned, part_of=Project):
    """An EU priority that the project answers."""

    __tablename__ = "priority"
    __table_args__ = _table()

    position: Mapped[int] = column(default=0)
    name: Mapped[Text]

    project: Mapped[Project] = related("Project", back_populates="priorities")


class Phase(_Owned):
    """One of the six phases of one project."""

    __tablename__ = "phase"
    __table_args__ = _table(
        unique("project_id", "kind"),
        _from_to("planned_start", "planned_end"),
        _from_to("actual_start", "actual_end"),
    )

    kind: Mapped[kinds.PhaseKind]
    state: Mapped[kinds.PhaseState] = column(default=kinds.PhaseState.AHEAD)
    planned_start: Mapped[Date | None]
    planned_end: Mapped[Date | None]
    actual_start: Mapped[Date | None]
    actual_end: Mapped[Date | None]
    gate_minimum: Mapped[int | None]
    """The own estimate, in per cent, that the phase's checklist should reach before going on."""
    override_reason: Mapped[Text | None]
    """Why the project went on although something was still open."""
    override_open: Mapped[Text | None]
    """What was still open then, in words."""
    notes: Mapped[Text | None]

    steps: Mapped[list[PhaseStep]] = related(
        "PhaseStep",
        back_populates="phase",
        cascade="all, delete-orphan",
        order_by="PhaseStep.position",
    )


class PhaseStep(_Owned, part_of=Phase):
    """One step of a phase."""

    __tablename__ = "phase_step"
    __table_args__ = _table()

    phase_id: Mapped[int] = reference("phase.id")
    position: Mapped[int] = column(default=0)
    code: Mapped[Chosen | None]
    title: Mapped[Text]
    hint: Mapped[Text | None]
    done_on: Mapped[Date | None]

    phase: Mapped[Phase] = related("Phase", back_populates="steps")


class Partner(_Owned):
    """An organisation of the consortium, or one that helps it."""

    __tablename__ = "partner"
    __table_args__ = _table(
        unique("project_id", "acronym"),
        check("day_start_minute BETWEEN 0 AND 1440", name="day_start"),
        check("day_end_minute BETWEEN 0 AND 1440", name="day_end"),
        check("successor_id <> id", name="successor"),
        *_positive("applications"),
    )

    nr: Mapped[Text | None]
    """Its number in the application, as written there: "1", "A1"."""
    acronym: Mapped[Text | None]
    name: Mapped[Text]
    role: Mapped[kinds.PartnerRole] = column(default=kinds.PartnerRole.BENEFICIARY)
    oid: Mapped[Text | None]
    pic: Mapped[Text | None]
    country: Mapped[Chosen | None]
    """ISO 3166 alpha-2."""
    city: Mapped[Text | None]
    zone: Mapped[Chosen | None]
    """IANA time zone."""
    working_days: Mapped[Chosen] = column(default="1,2,3,4,5")
    """ISO weekdays, Monday is 1."""
    day_start_minute: Mapped[int] = column(default=9 * 60)
    day_end_minute: Mapped[int] = column(default=17 * 60)
    agreement_state: Mapped[kinds.AgreementState] = column(default=kinds.AgreementState.NONE)
    joined_on: Mapped[Date | None]
    left_on: Mapped[Date | None]
    website: Mapped[Text | None]
    notes: Mapped[Text | None]
    successor_id: Mapped[int | None] = reference("partner.id")
    """Who went on with its work after it left."""
    leave_reason: Mapped[Text | None]
    sort: Mapped[Chosen | None]
    """Its id in the list of sorts of organisations; None: nobody said."""
    established_on: Mapped[Date | None]
    """Since when it exists in law."""
    eche: Mapped[bool | None]
    """Whether it has the Erasmus Charter for Higher Education; None: not known."""
    applications: Mapped[int | None]
    """In how many applications at this deadline it takes part, this one included."""
    newcomer: Mapped[bool | None]
    """Whether it never took part in such a project; None: not known."""


class Contact(_Owned):
    """A person: of a partner, or of nobody (an agency's officer, an evaluator)."""

    __tablename__ = "contact"
    __table_args__ = _table()

    partner_id: Mapped[int | None] = reference("partner.id")
    organisation: Mapped[Text | None]
    """Where somebody works who is of no partner: the agency, a company that evaluates."""
    name: Mapped[Text]
    role: Mapped[Text | None]
    email: Mapped[Text | None]
    phone: Mapped[Text | None]
    language: Mapped[Text | None]
    notes: Mapped[Text | None]


class PartnerPaper(_Owned):
    """One paper that a partner has to bring: the accession form, the bank form and the like."""

    __tablename__ = "partner_paper"
    __table_args__ = _table(unique("partner_id", "kind"))

    partner_id: Mapped[int] = reference("partner.id")
    kind: Mapped[Chosen]
    """Its id in the list of papers."""
    state: Mapped[kinds.PaperState] = column(default=kinds.PaperState.NONE)
    asked_on: Mapped[Date | None]
    received_on: Mapped[Date | None]
    checked_on: Mapped[Date | None]
    note: Mapped[Text | None]


class PartnerMessage(_Owned):
    """A mail, call or chat: a partner was heard from, or was written to."""

    __tablename__ = "message"
    __table_args__ = _table(index("ix_message_partner_id_day", "partner_id", "day"))

    partner_id: Mapped[int | None] = reference("partner.id")
    contact_id: Mapped[int | None] = reference("contact.id")
    day: Mapped[Date]
    direction: Mapped[kinds.Direction]
    channel: Mapped[kinds.Channel] = column(default=kinds.Channel.MAIL)
    chase: Mapped[bool] = column(default=False)
    """Whether it reminds of what is late or missing."""
    tone: Mapped[kinds.Tone | None]
    text: Mapped[Text | None]
    """What was said in short, or the whole reminder."""


class WorkUnit(_Owned):
    """A work package, an activity or a budget heading; work packages contain activities."""

    __tablename__ = "work_unit"
    __table_args__ = _table(
        unique("project_id", "code"),
        check("start_month >= 1", name="start_month"),
        check("amount_cents >= 0", name="amount"),
        check("percent BETWEEN 0 AND 100", name="percent"),
        *_positive("reported_participants"),
        check("parent_id <> id", name="parent"),
        _from_to("start_month", "end_month"),
        _from_to("start", "end"),
    )

    kind: Mapped[kinds.WorkUnitKind] = column(default=kinds.WorkUnitKind.WORK_PACKAGE)
    code: Mapped[Text]
    title: Mapped[Text] = column(default="")
    parent_id: Mapped[int | None] = reference("work_unit.id")
    position: Mapped[int] = column(default=0)
    category: Mapped[Text | None]
    """Management, implementation, dissemination and the like, as the application says."""
    lead_id: Mapped[int | None] = reference("partner.id")
    start_month: Mapped[int | None]
    end_month: Mapped[int | None]
    start: Mapped[Date | None]
    end: Mapped[Date | None]
    place: Mapped[Text | None]
    amount_cents: Mapped[int | None]
    objectives: Mapped[Text | None]
    expected_results: Mapped[Text | None]
    expected_participants: Mapped[int | None]
    state: Mapped[kinds.WorkUnitState] = column(default=kinds.WorkUnitState.PLANNED)
    percent: Mapped[int | None]
    """Completion as its lead states it; None: derived from tasks and deliverables."""
    notes: Mapped[Text | None]
    reported_participants: Mapped[int | None]
    """How many took part as a report says; the lists may say otherwise."""

    shares: Mapped[list[Share]] = related(
        "Share", back_populates="work_unit", cascade="all, delete-orphan", order_by="Share.id"
    )


class Share(_Owned, part_of=WorkUnit):
    """One partner's part of a work package, activity or heading."""

    __tablename__ = "share"
    __table_args__ = _table(
        unique("work_unit_id", "partner_id"),
        check("amount_cents >= 0", name="amount"),
    )

    work_unit_id: Mapped[int] = reference("work_unit.id")
    partner_id: Mapped[int] = reference("partner.id")
    role: Mapped[Text | None]
    """Co-lead, contributor and the like."""
    amount_cents: Mapped[int | None]

    work_unit: Mapped[WorkUnit] = related("WorkUnit", back_populates="shares")


class Task(_Owned):
    """Something to be done."""

    __tablename__ = "task"
    __table_args__ = _table(
        unique("project_id", "code"),
        check("effort_minutes >= 0", name="effort"),
        check("parent_id <> id", name="parent"),
        index("ix_task_project_id_due", "project_id", "due"),
    )

    code: Mapped[Text | None]
    title: Mapped[Text]
    work_unit_id: Mapped[int | None] = reference("work_unit.id")
    phase: Mapped[kinds.PhaseKind | None]
    partner_id: Mapped[int | None] = reference("partner.id")
    """Who does it: the organisation ..."""
    contact_id: Mapped[int | None] = reference("contact.id")
    """... and the person, where known."""
    start: Mapped[Date | None]
    due: Mapped[Date | None]
    due_month: Mapped[int | None]
    """The project month it was planned in; `due` is then the date this resolves to."""
    due_precision: Mapped[kinds.Precision] = column(default=kinds.Precision.DAY)
    state: Mapped[kinds.TaskState] = column(default=kinds.TaskState.OPEN)
    waiting_since: Mapped[Date | None]
    finished_on: Mapped[Date | None]
    priority: Mapped[kinds.Priority] = column(default=kinds.Priority.NORMAL)
    effort_minutes: Mapped[int | None]
    parent_id: Mapped[int | None] = reference("task.id")
    position: Mapped[int] = column(default=0)
    recurrence: Mapped[Chosen | None]
    """RFC 5545 RRULE."""
    notes: Mapped[Text | None]
    outcome_id: Mapped[int | None] = reference("outcome.id")
    """The action of a meeting it came from."""
    answer_id: Mapped[int | None] = reference("answer.id")
    """The checklist item it came from."""
    risk_id: Mapped[int | None] = reference("risk.id")
    """The risk it is to prevent or to lessen."""
    log_entry_id: Mapped[int | None] = reference("log_entry.id")
    """The issue, decision or change it came from."""

    tags: Mapped[list[Tag]] = related(
        "Tag", back_populates="task", cascade="all, delete-orphan", order_by="Tag.id"
    )
    links: Mapped[list[TaskLink]] = related(
        "TaskLink",
        back_populates="task",
        foreign_keys="TaskLink.task_id",
        cascade="all, delete-orphan",
        order_by="TaskLink.id",
    )


class Tag(_Owned, part_of=Task):
    """A word that groups tasks."""

    __tablename__ = "tag"
    __table_args__ = _table(unique("task_id", "name"))

    task_id: Mapped[int] = reference("task.id")
    name: Mapped[Text]

    task: Mapped[Task] = related("Task", back_populates="tags")


class TaskLink(_Owned, part_of=Task):
    """A task that depends on another one."""

    __tablename__ = "task_link"
    __table_args__ = _table(
        unique("task_id", "needs_id"),
        check("needs_id <> task_id", name="needs"),
    )

    task_id: Mapped[int] = reference("task.id")
    needs_id: Mapped[int] = reference("task.id")
    kind: Mapped[kinds.LinkKind] = column(default=kinds.LinkKind.FS)
    lag_days: Mapped[int] = column(default=0)

    task: Mapped[Task] = related("Task", back_populates="links", foreign_keys="TaskLink.task_id")


class Deliverable(_Owned):
    """Something the project promised to hand over."""

    __tablename__ = "deliverable"
    __table_args__ = _table(unique("project_id", "code"))

    code: Mapped[Text]
    title: Mapped[Text] = column(default="")
    work_unit_id: Mapped[int | None] = reference("work_unit.id")
    lead_id: Mapped[int | None] = reference("partner.id")
    lead_text: Mapped[Text | None]
    """Who leads where it is no partner: "External"."""
    due: Mapped[Date | None]
    due_month: Mapped[int | None]
    due_precision: Mapped[kinds.Precision] = column(default=kinds.Precision.DAY)
    state: Mapped[kinds.DeliverableState] = column(default=kinds.DeliverableState.PLANNED)
    review_due: Mapped[Date | None]
    delivered_on: Mapped[Date | None]
    languages: Mapped[Text | None]
    licence: Mapped[Text | None]
    visibility_checked_on: Mapped[Date | None]
    published_at: Mapped[Text | None]
    """Where it can be found: an address."""
    notes: Mapped[Text | None]
    platform_state: Mapped[kinds.PlatformState | None]
    """How far it is on the programme's platform of results; None: nobody said."""
    platform_on: Mapped[Date | None]
    """Since when it is that far."""
    platform_link: Mapped[Text | None]


class Milestone(_Owned):
    """A point the project wants to reach."""

    __tablename__ = "milestone"
    __table_args__ = _table(unique("project_id", "code"))

    code: Mapped[Text]
    title: Mapped[Text] = column(default="")
    work_unit_id: Mapped[int | None] = reference("work_unit.id")
    due: Mapped[Date | None]
    due_month: Mapped[int | None]
    due_precision: Mapped[kinds.Precision] = column(default=kinds.Precision.DAY)
    reached_on: Mapped[Date | None]
    verification: Mapped[Text | None]
    notes: Mapped[Text | None]


class Meeting(_Owned):
    """A meeting or event, planned or held; it may span days."""

    __tablename__ = "meeting"
    __table_args__ = _table(
        check("minutes_long > 0", name="length"),
        check("participants >= 0", name="participants"),
        *_positive("expected_participants"),
        _from_to("day", "end_day"),
    )

    code: Mapped[Text | None]
    title: Mapped[Text]
    kind: Mapped[kinds.MeetingKind] = column(default=kinds.MeetingKind.OTHER)
    mode: Mapped[kinds.MeetingMode | None]
    state: Mapped[kinds.MeetingState] = column(default=kinds.MeetingState.PLANNED)
    day: Mapped[Date | None]
    """The first day, in the meeting's own zone; a month's first day where only that is known."""
    end_day: Mapped[Date | None]
    month: Mapped[int | None]
    precision: Mapped[kinds.Precision] = column(default=kinds.Precision.DAY)
    starts_at: Mapped[Moment | None]
    """The instant it begins, in UTC, where the hour is known."""
    zone: Mapped[Chosen | None]
    """The IANA zone it was planned in."""
    minutes_long: Mapped[int | None]
    place: Mapped[Text | None]
    city: Mapped[Text | None]
    country: Mapped[Chosen | None]
    link: Mapped[Text | None]
    host_id: Mapped[int | None] = reference("partner.id")
    work_unit_id: Mapped[int | None] = reference("work_unit.id")
    participants: Mapped[int | None]
    """How many came, as published; the lists below may say otherwise."""
    remote_participants: Mapped[int | None]
    summary: Mapped[Text | None]
    minutes_sent_on: Mapped[Date | None]
    notes: Mapped[Text | None]
    started_at: Mapped[Moment | None]
    """The instant it was really begun; none where nobody let its clock run."""
    ended_at: Mapped[Moment | None]
    series: Mapped[Chosen | None]
    """What the meetings of one series share: no reference, a uid of their own."""
    template: Mapped[Chosen | None]
    """The id of the template its agenda began with."""
    expected_participants: Mapped[int | None]
    """How many are to come, as planned."""
    direction: Mapped[Text | None]
    """Who goes where, as the application says: "IT → PL"."""

    agenda: Mapped[list[AgendaItem]] = related(
        "AgendaItem",
        back_populates="meeting",
        cascade="all, delete-orphan",
        order_by="AgendaItem.position",
    )
    attendance: Mapped[list[Attendance]] = related(
        "Attendance",
        back_populates="meeting",
        cascade="all, delete-orphan",
        order_by="Attendance.id",
    )
    head_counts: Mapped[list[HeadCount]] = related(
        "HeadCount", back_populates="meeting", cascade="all, delete-orphan", order_by="HeadCount.id"
    )
    outcomes: Mapped[list[MeetingOutcome]] = related(
        "MeetingOutcome",
        back_populates="meeting",
        cascade="all, delete-orphan",
        order_by="MeetingOutcome.position",
    )
    people: Mapped[list[Participant]] = related(
        "Participant",
        back_populates="meeting",
        cascade="all, delete-orphan",
        order_by="Participant.id",
    )


class AgendaItem(_Owned, part_of=Meeting):
    """One point of an agenda, and what was said to it."""

    __tablename__ = "agenda_item"
    __table_args__ = _table(check("minutes_planned >= 0", name="minutes"))

    meeting_id: Mapped[int] = reference("meeting.id")
    position: Mapped[int] = column(default=0)
    title: Mapped[Text]
    presenter: Mapped[Text | None]
    minutes_planned: Mapped[int | None]
    notes: Mapped[Text | None]
    started_at: Mapped[Moment | None]
    """When it was last taken up."""
    ended_at: Mapped[Moment | None]
    """When it was last left; none while it goes on."""
    seconds_before: Mapped[int | None]
    """How long it took before it was last taken up: before a break, before it was come back to."""

    meeting: Mapped[Meeting] = related("Meeting", back_populates="agenda")


class Attendance(_Owned, part_of=Meeting):
    """Whether one person was at a meeting, on one day of it."""

    __tablename__ = "attendance"
    __table_args__ = _table(unique("meeting_id", "contact_id", "day"))

    meeting_id: Mapped[int] = reference("meeting.id")
    contact_id: Mapped[int] = reference("contact.id")
    day: Mapped[Date | None]
    """None: the whole meeting."""
    presence: Mapped[kinds.Presence] = column(default=kinds.Presence.EXPECTED)

    meeting: Mapped[Meeting] = related("Meeting", back_populates="attendance")


class HeadCount(_Owned, part_of=Meeting):
    """How many came, without names: per partner, organisation, country or profile."""

    __tablename__ = "head_count"
    __table_args__ = _table(*_positive("people", "fewer_opportunities"))

    meeting_id: Mapped[int] = reference("meeting.id")
    partner_id: Mapped[int | None] = reference("partner.id")
    organisation: Mapped[Text | None]
    """As published, where it is no partner."""
    country: Mapped[Chosen | None]
    profile: Mapped[Text | None]
    people: Mapped[int]
    online: Mapped[int] = column(default=0)
    fewer_opportunities: Mapped[int | None]
    """How many of them had fewer opportunities."""

    meeting: Mapped[Meeting] = related("Meeting", back_populates="head_counts")


class Participant(_Owned, part_of=Meeting):
    """Somebody on the list of an event, whether or not they are among the contacts."""

    __tablename__ = "participant"
    __table_args__ = _table()

    meeting_id: Mapped[int] = reference("meeting.id")
    contact_id: Mapped[int | None] = reference("contact.id")
    partner_id: Mapped[int | None] = reference("partner.id")
    name: Mapped[Text]
    organisation: Mapped[Text | None]
    """As written, where it is no partner."""
    country: Mapped[Chosen | None]
    profile: Mapped[Text | None]
    """Teacher, student, adult learner and the like."""
    fewer_opportunities: Mapped[bool | None]
    """None: nobody asked, or it was not said."""
    online: Mapped[bool] = column(default=False)
    role: Mapped[Text | None]
    """What they were there: participant, trainer, organiser."""
    certificate: Mapped[Text | None]
    """What they were given: a number, "Youthpass"."""
    day: Mapped[Date | None]
    """None: the whole event."""
    notes: Mapped[Text | None]
    person: Mapped[Chosen | None]
    """What the rows of one person share where somebody said so: no reference, a uid of its own."""

    meeting: Mapped[Meeting] = related("Meeting", back_populates="people")


class MeetingOutcome(_Owned, part_of=Meeting):
    """A line of minutes: information, a decision, an action."""

    __tablename__ = "outcome"
    __table_args__ = _table()

    meeting_id: Mapped[int] = reference("meeting.id")
    agenda_item_id: Mapped[int | None] = reference("agenda_item.id")
    position: Mapped[int] = column(default=0)
    kind: Mapped[kinds.OutcomeKind]
    text: Mapped[Text]

    meeting: Mapped[Meeting] = related("Meeting", back_populates="outcomes")


class Assessment(_Owned):
    """One filling of a checklist, by somebody on a day."""

    __tablename__ = "assessment"
    __table_args__ = _table()

    checklist: Mapped[Chosen]
    """The id of the template it was copied from."""
    version: Mapped[Text | None]
    title: Mapped[Text]
    phase: Mapped[kinds.PhaseKind | None]
    assessor: Mapped[Text]
    day: Mapped[Date]
    state: Mapped[kinds.AssessmentState] = column(default=kinds.AssessmentState.OPEN)
    notes: Mapped[Text | None]
    work_unit_id: Mapped[int | None] = reference("work_unit.id")
    """The work package or activity it is about; None: the whole project."""

    answers: Mapped[list[Answer]] = related(
        "Answer",
        back_populates="assessment",
        cascade="all, delete-orphan",
        order_by="Answer.position",
    )


class Answer(_Owned, part_of=Assessment):
    """One item of an assessment, copied from its template, and the answer."""

    __tablename__ = "answer"
    __table_args__ = _table(
        unique("assessment_id", "code"),
        check("score BETWEEN 0 AND 4", name="score"),
        check("weight BETWEEN 1 AND 3", name="weight"),
    )

    assessment_id: Mapped[int] = reference("assessment.id")
    position: Mapped[int] = column(default=0)
    code: Mapped[Text]
    criterion: Mapped[Text]
    criterion_title: Mapped[Text]
    text: Mapped[Text]
    proof: Mapped[Text | None]
    """What shows it, as the template says."""
    source: Mapped[Text | None]
    weight: Mapped[int] = column(default=1)
    applies: Mapped[bool] = column(default=True)
    """False: answered as not applicable."""
    score: Mapped[int | None]
    note: Mapped[Text | None]
    found_at: Mapped[Text | None]
    """Where the proof lies: a record such as T2.3, a link, a file."""

    assessment: Mapped[Assessment] = related("Assessment", back_populates="answers")


class Proof(_Owned):
    """Something that shows that work was done: a file, a link, a paper in a binder."""

    __tablename__ = "proof"
    __table_args__ = _table(*_positive("size_bytes"))

    kind: Mapped[kinds.ProofKind]
    sort: Mapped[Chosen | None]
    """Its id in the list of sorts: attendance list, minutes, photos ..."""
    title: Mapped[Text]
    day: Mapped[Date | None]
    """The day it is about."""
    path: Mapped[Text | None]
    """Where the file lies, from the proof folder on, always with `/`."""
    sha256: Mapped[Chosen | None]
    """The fingerprint of the file when it was taken up; a changed file has another."""
    size_bytes: Mapped[int | None]
    url: Mapped[Text | None]
    holder_id: Mapped[int | None] = reference("partner.id")
    """Who keeps it: a partner ..."""
    holder_text: Mapped[Text | None]
    """... or somebody else, as written."""
    place: Mapped[Text | None]
    """Where a paper lies: the binder, the office."""
    state: Mapped[kinds.ProofState] = column(default=kinds.ProofState.UNCHECKED)
    checked_on: Mapped[Date | None]
    notes: Mapped[Text | None]

    uses: Mapped[list[ProofUse]] = related(
        "ProofUse", back_populates="proof", cascade="all, delete-orphan", order_by="ProofUse.id"
    )


class ProofUse(_Owned, part_of=Proof):
    """One record that a proof is about.

    It is named by table and uid, not by a reference: when that record is removed and brought back,
    the proof is attached again, and one whose record is gone counts as attached to nothing.
    """

    __tablename__ = "proof_use"
    __table_args__ = _table(
        unique("proof_id", "about", "about_uid"),
        index("ix_proof_use_about", "about", "about_uid"),
    )

    proof_id: Mapped[int] = reference("proof.id")
    about: Mapped[Chosen]
    """The table of the record."""
    about_uid: Mapped[Chosen]

    proof: Mapped[Proof] = related("Proof", back_populates="uses")


class ProofWaiver(_Owned, part_of=Proof):
    """One sort of proof that a record does without, and why; the record is named as in a use."""

    __tablename__ = "proof_waiver"
    __table_args__ = _table(unique("project_id", "about", "about_uid", "sort"))

    about: Mapped[Chosen]
    about_uid: Mapped[Chosen]
    sort: Mapped[Chosen]
    """The id of the sort, as the list of what is asked for has it."""
    why: Mapped[Text]


class Indicator(_Owned):
    """A number by which the project says what it changed."""

    __tablename__ = "indicator"
    __table_args__ = _table(
        unique("project_id", "code"), index("ix_indicator_due", "project_id", "due")
    )

    code: Mapped[Text | None]
    title: Mapped[Text]
    work_unit_id: Mapped[int | None] = reference("work_unit.id")
    lead_id: Mapped[int | None] = reference("partner.id")
    """Who collects its values."""
    unit: Mapped[Text | None]
    """What is counted: persons, %, points."""
    baseline: Mapped[Text | None]
    """Where it began, as a plain decimal: "12.5"; never a float, like all values here."""
    target: Mapped[Text | None]
    rising: Mapped[bool] = column(default=True)
    """Whether more is better."""
    term: Mapped[kinds.Term | None]
    source: Mapped[Text | None]
    """Where its values come from: a survey, the register."""
    due: Mapped[Date | None]
    due_month: Mapped[int | None]
    due_precision: Mapped[kinds.Precision] = column(default=kinds.Precision.DAY)
    notes: Mapped[Text | None]

    measurements: Mapped[list[Measurement]] = related(
        "Measurement",
        back_populates="indicator",
        cascade="all, delete-orphan",
        order_by="Measurement.day, Measurement.id",
    )


class Measurement(_Owned, part_of=Indicator):
    """The value of an indicator on one day."""

    __tablename__ = "measurement"
    __table_args__ = _table(index("ix_measurement_day", "indicator_id", "day"))

    indicator_id: Mapped[int] = reference("indicator.id")
    day: Mapped[Date]
    value: Mapped[Text]
    source: Mapped[Text | None]
    note: Mapped[Text | None]

    indicator: Mapped[Indicator] = related("Indicator", back_populates="measurements")


class Risk(_Owned):
    """Something that may happen and would harm the project."""

    __tablename__ = "risk"
    __table_args__ = _table(
        unique("project_id", "code"),
        *_one_to_five("likelihood", "impact"),
    )

    code: Mapped[Text | None]
    title: Mapped[Text]
    description: Mapped[Text | None]
    category: Mapped[Text | None]
    work_unit_id: Mapped[int | None] = reference("work_unit.id")
    partner_id: Mapped[int | None] = reference("partner.id")
    """Who watches it: the organisation ..."""
    contact_id: Mapped[int | None] = reference("contact.id")
    """... and the person, where known."""
    likelihood: Mapped[int | None]
    """1 (hardly) to 5 (almost surely)."""
    impact: Mapped[int | None]
    """1 (hardly felt) to 5 (the end of the project)."""
    strategy: Mapped[kinds.RiskStrategy | None]
    action: Mapped[Text | None]
    """What is done about it."""
    state: Mapped[kinds.RiskState] = column(default=kinds.RiskState.OPEN)
    opened_on: Mapped[Date | None]
    review_on: Mapped[Date | None]
    """When it is to be looked at again."""
    closed_on: Mapped[Date | None]
    notes: Mapped[Text | None]


class LogEntry(_Owned):
    """An issue, a decision or a change, as those who manage the project write it down."""

    __tablename__ = "log_entry"
    __table_args__ = _table(
        unique("project_id", "code"),
        *_one_to_five("urgency", "impact", "size"),
        check("issue_id <> id", name="issue"),
        index("ix_log_entry_due", "project_id", "due"),
    )

    kind: Mapped[kinds.LogKind]
    code: Mapped[Text | None]
    title: Mapped[Text]
    description: Mapped[Text | None]
    category: Mapped[Text | None]
    state: Mapped[kinds.LogState] = column(default=kinds.LogState.OPEN)
    opened_on: Mapped[Date | None]
    due: Mapped[Date | None]
    closed_on: Mapped[Date | None]
    raised_by: Mapped[Text | None]
    """Who brought it up, as written."""
    partner_id: Mapped[int | None] = reference("partner.id")
    """Whose matter it is: the organisation ..."""
    contact_id: Mapped[int | None] = reference("contact.id")
    """... and the person, where known."""
    urgency: Mapped[int | None]
    """1 (can wait) to 5 (now); impact and size are from 1 (small) to 5 (large) as well."""
    impact: Mapped[int | None]
    size: Mapped[int | None]
    reason: Mapped[Text | None]
    """Why it was decided so, and what else was weighed."""
    consequence: Mapped[Text | None]
    decided_by: Mapped[Text | None]
    """Who decided, as written: a person, a board, a meeting ..."""
    decided_on: Mapped[Date | None]
    """... and when."""
    solution: Mapped[Text | None]
    """What was done about an issue, or what was said to a change."""
    issue_id: Mapped[int | None] = reference("log_entry.id")
    """The issue that led to it."""
    work_unit_id: Mapped[int | None] = reference("work_unit.id")
    risk_id: Mapped[int | None] = reference("risk.id")
    """The risk that happened."""
    outcome_id: Mapped[int | None] = reference("outcome.id")
    """The line of minutes it came from."""
    notes: Mapped[Text | None]


class Dissemination(_Owned):
    """One act of spreading the word: an article, a post, an event, a newsletter."""

    __tablename__ = "dissemination"
    __table_args__ = _table(
        *_positive("reach"),
        _from_to("day", "end_day"),
        index("ix_dissemination_day", "project_id", "day"),
    )

    title: Mapped[Text]
    sort: Mapped[Chosen | None]
    """Its id in the list of sorts."""
    state: Mapped[kinds.DisseminationState] = column(default=kinds.DisseminationState.PLANNED)
    day: Mapped[Date | None]
    day_month: Mapped[int | None]
    """The project month it was planned in; `day` is then the date this resolves to."""
    precision: Mapped[kinds.Precision] = column(default=kinds.Precision.DAY)
    end_day: Mapped[Date | None]
    partner_id: Mapped[int | None] = reference("partner.id")
    work_unit_id: Mapped[int | None] = reference("work_unit.id")
    deliverable_id: Mapped[int | None] = reference("deliverable.id")
    """The result it tells of."""
    audience: Mapped[Text | None]
    reach: Mapped[int | None]
    """How many were reached, as counted or as the channel says."""
    language: Mapped[Text | None]
    place: Mapped[Text | None]
    link: Mapped[Text | None]
    emblem: Mapped[bool | None]
    """Whether the emblem of the EU was on it; None: nobody looked."""
    disclaimer: Mapped[bool | None]
    notes: Mapped[Text | None]


class Letter(_Owned):
    """A letter, mail or call between the project and its agency, or others in its place."""

    __tablename__ = "letter"
    __table_args__ = _table(
        check("answers_id <> id", name="answers"),
        index("ix_letter_day", "project_id", "day"),
        index("ix_letter_answer_by", "project_id", "answer_by"),
    )

    day: Mapped[Date]
    direction: Mapped[kinds.Direction]
    channel: Mapped[kinds.Channel] = column(default=kinds.Channel.MAIL)
    contact_id: Mapped[int | None] = reference("contact.id")
    with_whom: Mapped[Text | None]
    """None: the project's agency."""
    subject: Mapped[Text]
    text: Mapped[Text | None]
    reference_nr: Mapped[Text | None]
    """Their sign or ours, as written."""
    answer_by: Mapped[Date | None]
    answered_on: Mapped[Date | None]
    answers_id: Mapped[int | None] = reference("letter.id")
    """The letter that it answers."""
    notes: Mapped[Text | None]


class ApprovedFact(_Owned):
    """One thing as the approved application promises it, kept apart from what is planned now."""

    __tablename__ = "approved_fact"
    __table_args__ = _table(unique("project_id", "about", "about_uid", "field"))

    about: Mapped[Chosen]
    """The table of what it is about, which may be gone by now: no reference."""
    about_uid: Mapped[Chosen]
    field: Mapped[Chosen]
    value: Mapped[Text | None]
    """As it was: a day as YYYY-MM-DD, money in cents, a code, a text."""
    said: Mapped[Text]
    """What it was called then: "TPM3 Kraków"."""


class Departure(_Owned):
    """What was said and done about one difference from the approved application."""

    __tablename__ = "departure"
    __table_args__ = _table(unique("project_id", "about", "about_uid", "field"))

    about: Mapped[Chosen]
    about_uid: Mapped[Chosen]
    field: Mapped[Chosen]
    why: Mapped[Text | None]
    handling: Mapped[kinds.Handling | None]
    """None: not decided yet."""
    asked_on: Mapped[Date | None]
    answered_on: Mapped[Date | None]
    answer: Mapped[kinds.AgencyAnswer | None]
    letter_id: Mapped[int | None] = reference("letter.id")
    notes: Mapped[Text | None]


class Payment(_Owned):
    """Money that comes or goes: planned, and paid."""

    __tablename__ = "payment"
    __table_args__ = _table(
        *_positive("amount_cents", "paid_cents"), index("ix_payment_due", "project_id", "due")
    )

    kind: Mapped[kinds.PaymentKind]
    title: Mapped[Text]
    partner_id: Mapped[int | None] = reference("partner.id")
    position: Mapped[int] = column(default=0)
    due: Mapped[Date | None]
    due_month: Mapped[int | None]
    due_precision: Mapped[kinds.Precision] = column(default=kinds.Precision.DAY)
    amount_cents: Mapped[int | None]
    """As planned, in the project's currency like all money here."""
    paid_on: Mapped[Date | None]
    paid_cents: Mapped[int | None]
    condition: Mapped[Text | None]
    """What it waits for: "after the interim report"."""
    notes: Mapped[Text | None]


class Cost(_Owned):
    """Days or money that one partner plans and uses for one thing."""

    __tablename__ = "cost"
    __table_args__ = _table(
        *_positive("planned_hundredths", "used_hundredths", "rate_cents"),
        *_positive("planned_cents", "used_cents"),
    )

    work_unit_id: Mapped[int | None] = reference("work_unit.id")
    partner_id: Mapped[int | None] = reference("partner.id")
    kind: Mapped[kinds.CostKind]
    title: Mapped[Text | None]
    staff_category: Mapped[Chosen | None]
    quarter: Mapped[Date | None]
    """The first day of the quarter; None: the whole project."""
    planned_hundredths: Mapped[int | None]
    """Days of work, times 100."""
    used_hundredths: Mapped[int | None]
    rate_cents: Mapped[int | None]
    """What one day costs."""
    planned_cents: Mapped[int | None]
    used_cents: Mapped[int | None]
    meeting_id: Mapped[int | None] = reference("meeting.id")
    notes: Mapped[Text | None]


class Journey(_Owned):
    """A journey of one or more people to a meeting."""

    __tablename__ = "journey"
    __table_args__ = _table(
        check("people >= 1", name="people"),
        *_positive("distance_km", "amount_cents", "used_cents"),
    )

    meeting_id: Mapped[int | None] = reference("meeting.id")
    partner_id: Mapped[int | None] = reference("partner.id")
    day: Mapped[Date | None]
    title: Mapped[Text | None]
    """From where to where."""
    people: Mapped[int] = column(default=1)
    distance_km: Mapped[int | None]
    """One way, as the programme's calculator says."""
    green: Mapped[bool] = column(default=False)
    """Whether most of the way was by train, bus, bicycle or shared car."""
    amount_cents: Mapped[int | None]
    """As planned: of the band of distance, unless somebody wrote another."""
    used_cents: Mapped[int | None]
    notes: Mapped[Text | None]


class RuleValue(_Owned):
    """A value of the rules as the project's own grant agreement has it; it wins."""

    __tablename__ = "rule_value"
    __table_args__ = _table(unique("project_id", "key"))

    key: Mapped[Chosen]
    """The name of the value in the rules: "management_share_max_percent"."""
    value: Mapped[Text]
    """The value as JSON."""
    source: Mapped[Text | None]
    """Where it stands: "grant agreement, Art. 4"."""


class SetAside(_Owned):
    """A finding of the check that somebody does not want to be told again, and why."""

    __tablename__ = "set_aside"
    __table_args__ = _table(
        unique("project_id", "number", "about", "about_uid"),
        check("number >= 1", name="number"),
    )

    number: Mapped[int]
    """The number of the check, without the letter that says how heavy it weighs."""
    about: Mapped[Chosen]
    """The table of the record it is about, which may be gone by now: no reference."""
    about_uid: Mapped[Chosen]
    why: Mapped[Text]


class OwnScore(_Owned):
    """What somebody thinks a part of the project, or a criterion, would be given."""

    __tablename__ = "own_score"
    __table_args__ = _table(
        unique("project_id", "judged", "about", "about_uid"),
        check("score BETWEEN 0 AND 100", name="score"),
        check("refused_percent BETWEEN 0 AND 100", name="refused_percent"),
    )

    judged: Mapped[Chosen]
    """"final_report" or "application"."""
    about: Mapped[Chosen]
    """"work_unit" or "criterion"."""
    about_uid: Mapped[Chosen]
    """The uid of the part of the work plan, or the id of the criterion."""
    score: Mapped[int]
    refused_percent: Mapped[int | None]
    """How much of the part would be refused."""
    note: Mapped[Text | None]


class ReductionBand(_Owned):
    """One line of the project's own table of reductions."""

    __tablename__ = "reduction_band"
    __table_args__ = _table(
        unique("project_id", "below"),
        check("below BETWEEN 1 AND 100", name="below"),
        check("percent BETWEEN 0 AND 100", name="percent"),
    )

    below: Mapped[int]
    """Scores below this one, down to the next line."""
    percent: Mapped[int]
    """By how much the grant is reduced then."""


class Aim(_Owned):
    """A need that the project answers, or an objective it wants to reach."""

    __tablename__ = "aim"
    __table_args__ = _table(
        unique("project_id", "code"),
        check("parent_id <> id", name="parent"),
    )

    kind: Mapped[kinds.AimKind]
    code: Mapped[Text | None]
    text: Mapped[Text]
    parent_id: Mapped[int | None] = reference("aim.id")
    """The need that an objective answers."""
    target_group: Mapped[Text | None]
    source: Mapped[Text | None]
    """Where the need is shown: a survey, a statistic."""
    position: Mapped[int] = column(default=0)
    notes: Mapped[Text | None]

    links: Mapped[list[AimLink]] = related(
        "AimLink", back_populates="aim", cascade="all, delete-orphan", order_by="AimLink.id"
    )


class AimLink(_Owned, part_of=Aim):
    """What serves an aim: an activity, a result, an indicator, a milestone.

    It is named by table and uid, as in a use of a proof.
    """

    __tablename__ = "aim_link"
    __table_args__ = _table(
        unique("aim_id", "about", "about_uid"),
        index("ix_aim_link_about", "about", "about_uid"),
    )

    aim_id: Mapped[int] = reference("aim.id")
    about: Mapped[Chosen]
    """"work_unit", "deliverable", "indicator" or "milestone"."""
    about_uid: Mapped[Chosen]

    aim: Mapped[Aim] = related("Aim", back_populates="links")


class Candidate(_Owned):
    """An organisation that may become a partner."""

    __tablename__ = "candidate"
    __table_args__ = _table()

    name: Mapped[Text]
    acronym: Mapped[Text | None]
    country: Mapped[Chosen | None]
    city: Mapped[Text | None]
    sort: Mapped[Chosen | None]
    """Its id in the list of sorts of organisations."""
    oid: Mapped[Text | None]
    pic: Mapped[Text | None]
    website: Mapped[Text | None]
    brings: Mapped[Text | None]
    """What only it would add."""
    found_at: Mapped[Text | None]
    """Where it was found: the results platform, a network."""
    person: Mapped[Text | None]
    email: Mapped[Text | None]
    phone: Mapped[Text | None]
    state: Mapped[kinds.CandidateState] = column(default=kinds.CandidateState.TO_ASK)
    asked_on: Mapped[Date | None]
    answered_on: Mapped[Date | None]
    partner_id: Mapped[int | None] = reference("partner.id")
    """The partner it became."""
    notes: Mapped[Text | None]


class SavedFilter(_Owned):
    """A filter of one list that is kept under a name."""

    __tablename__ = "saved_filter"
    __table_args__ = _table(unique("project_id", "list", "name"))

    list: Mapped[Chosen]
    """The list it belongs to: task, meeting, partner ..."""
    name: Mapped[Text]
    text: Mapped[Text]
    position: Mapped[int] = column(default=0)


class RestorePoint(_Owned):
    """A named point of the history that one may want to go back to."""

    __tablename__ = "restore_point"
    __table_args__ = _table()

    name: Mapped[Text]
    entry: Mapped[int]
    """The last entry of the history before it; going back takes back all that came after."""
    made_by_itself: Mapped[bool] = column(default=False)
    """Whether nobody asked for it: before an import, before a change of many records."""


class Entry(Record):
    """One operation that ran: the undo step and the line of history are the same row."""

    __tablename__ = "history_entry"
    __table_args__ = _table(index("ix_history_entry_actor", "actor", "project"))

    at: Mapped[Moment]
    actor: Mapped[Text]
    kind: Mapped[Chosen]
    """do, undo or redo."""
    label: Mapped[Chosen]
    """A template of ours ..."""
    words: Mapped[dict[str, Any]]
    """... and the user's words for it."""
    project: Mapped[int | None] = column(index=True)
    """The project it belongs to, which may be gone by now: no reference."""
    undoes: Mapped[int | None] = reference("history_entry.id")
    revision: Mapped[Chosen]
    """The shape of the tables when it was written."""
    salts: Mapped[dict[str, Any]]
    digest: Mapped[Chosen]


class Change(Record):
    """One row before and after; `None` on the side where the row did not exist."""

    __tablename__ = "history_change"
    __table_args__ = _table(index("ix_history_change_row", "table_name", "row_id"))

    entry_id: Mapped[int] = reference("history_entry.id")
    table_name: Mapped[Chosen]
    row_id: Mapped[int]
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]
    salts: Mapped[dict[str, Any]]
    """What the digests of the user's words were salted with; see `journal.py`."""


HISTORY = (Entry, Change)
