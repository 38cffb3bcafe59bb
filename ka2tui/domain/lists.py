"""What can be asked of each list: of tasks, meetings, partners and all the others.

Rows are whatever a list shows; only the names of what they have are known here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from ka2tui.domain import kinds
from ka2tui.domain.problem import Severity
from ka2tui.domain.register import RegisterKind
from ka2tui.domain.risks import Band
from ka2tui.domain.silence import QUIET
from ka2tui.domain.vocabulary import Field, Flag, Kind, Value, Vocabulary, chosen

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping
    from datetime import date

Marks = Callable[[], Collection[int]]
"""Gives the keys of the rows that are marked now."""

SOON = 7
"""Days ahead in which something is soon."""

MEETING_SOON = 30
"""Days ahead in which a meeting is soon."""

OLD = 90
"""Days after which an assessment says little about today."""

MONTH_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Unit:
    """A work package, activity or heading."""

    code: str
    title: str = ""
    above: str | None = None
    """The code of what it is part of."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a name."""

    name: str
    partner: str | None = None


@dataclass(frozen=True, slots=True)
class TaskMore:
    """What a list of tasks does not show, but can be asked of it."""

    start: date | None = None
    effort: int | None = None
    """Minutes."""
    phase: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """The names of a project that filters speak of."""

    start: date | None = None
    """The project's first day."""
    units: tuple[Unit, ...] = ()
    partners: tuple[tuple[str, str], ...] = ()
    """Acronym, or the name where there is none; and the name."""
    people: tuple[Person, ...] = ()
    tags: tuple[str, ...] = ()
    me: str | None = None
    """The person among them who sits here."""
    tasks: Mapping[int, TaskMore] = field(default_factory=dict)
    waits: Mapping[int, int] = field(default_factory=dict)
    """By task: how many open tasks it waits for."""
    holds_up: Mapping[int, int] = field(default_factory=dict)
    """By task: how many open tasks wait for it."""
    urgency: Callable[[Any], int] | None = None
    """Gives how urgent a row of tasks is."""


# -- parts of vocabularies


def text(name: str, *path: str, about: str = "", also: tuple[str, ...] = ()) -> Field:
    """Make a field in which words are looked for."""
    return Field(name, Kind.TEXT, attrgetter(*(path or (name,))), about, also)


def day(
    name: str, *path: str, about: str = "", also: tuple[str, ...] = (), closed: bool = False
) -> Field:
    """Make a field with a day; `closed`: only rows have one that a list leaves out."""
    return Field(name, Kind.DAY, attrgetter(*(path or (name,))), about, also, closed=closed)


def number(
    name: str,
    of: Callable[[Any], float | None],
    *,
    about: str = "",
    read: Callable[[str], float] | None = None,
    say: Callable[[float], str] = lambda it: f"{it:g}",
) -> Field:
    """Make a field with a number."""
    return Field(name, Kind.NUMBER, of, about, read=read, say=say)


def kind(
    name: str,
    members: Iterable[Any],
    *path: str,
    about: str = "",
    also: tuple[str, ...] = (),
    closed: Collection[str] = (),
) -> Field:
    """Make a field that is one member of a kind, by its code or its word.

    Args:
        name: Of the field.
        members: In the order offered.
        path: Where a row has it; by default under its name.
        about: What it is called in a sentence.
        also: Other names of it.
        closed: The members that a list leaves out unless they are asked for.
    """
    values = tuple(
        Value(it.word, it.about, it.also, it.holds, closed=it.word in closed)
        for it in chosen(members)
    )
    return Field(name, Kind.WORD, attrgetter(*(path or (name,))), about, also, values)


def unit(known: Known, *path: str, name: str = "wp") -> Field:
    """Make the field of the work package or activity; one means also what is part of it."""
    above = {it.code: it.above for it in known.units}
    below: dict[str, list[str]] = {it.code: [] for it in known.units}
    for code in above:
        each: str | None = code
        seen: set[str] = set()
        while each is not None and each in below and each not in seen:
            seen.add(each)
            below[each].append(code)
            each = above[each]
    return Field(
        *(name, Kind.WORD, attrgetter(*(path or ("work_unit",)))),
        "work package" if any(it.code.upper().startswith("WP") for it in known.units) else "part",
        ("work", "workpackage", "activity", "unit"),
        tuple(
            Value(it.code, it.title, _digits(it.code), tuple(below[it.code])) for it in known.units
        ),
    )


def _digits(code: str) -> tuple[str, ...]:
    """Give the number of a code, by which it may be called too: 2 of WP2."""
    rest = code.lstrip("".join(sign for sign in code if sign.isalpha()))
    return (rest.lstrip("0"),) if rest != code and rest.lstrip("0") else ()


def who(
    known: Known,
    of: Callable[[Any], Hashable],
    *,
    name: str = "who",
    about: str = "",
    also: tuple[str, ...] = (),
    people: bool = True,
) -> Field:
    """Make the field of who does it: a partner with all its people, or a person.

    Args:
        known: The names of the project.
        of: Gives the partner, the person, or both.
        name: Of the field.
        about: What it is called in a sentence.
        also: Other names of it.
        people: Whether people can be meant.
    """
    values = [
        Value(
            short,
            "" if full == short else full,
            () if full == short else (full,),
            (short, *(it.name for it in known.people if it.partner == short and people)),
        )
        for short, full in known.partners
    ]
    if people:
        values += [Value(it.name, it.partner or "") for it in known.people]
        if known.me is not None:
            values.append(Value("me", known.me, holds=(known.me,)))
    noun = "partner or person" if people else "partner"
    return Field(name, Kind.WORD, of, about, also, tuple(values), noun=noun)


def tag(known: Known) -> Field:
    """Make the field of tags."""
    values = tuple(Value(it) for it in known.tags)
    return Field("tag", Kind.WORD, attrgetter("tags"), also=("tags",), values=values, open=True)


def country(of: Callable[[Any], str | None]) -> Field:
    """Make the field of a country, by code or by name."""
    from ka2tui.domain.countries import say_country

    def code_and_name(row: Any) -> Hashable:
        code = of(row)
        return None if code is None else (code, say_country(code))

    return Field("country", Kind.WORD, code_and_name, open=True)


def _priority() -> Field:
    values = (Value("low", also=("l",)), Value("normal"), Value("high", also=("h",)))
    return Field("priority", Kind.LEVEL, attrgetter("priority"), also=("prio",), values=values)


def _assignee(row: Any) -> Hashable:
    return row.partner, row.contact


_DONE = frozenset({"done", "cancelled", "approved", "published", "reached"})
_CLOSED = ("done", "cancelled")
_STATE_AND_DUE = attrgetter("state", "due")
_STATE = attrgetter("state")


def _is_late(today: date) -> Callable[[Any], bool]:
    return lambda it: it[1] is not None and it[1] < today and it[0] not in _DONE


def _is_soon(today: date) -> Callable[[Any], bool]:
    def test(value: Any) -> bool:
        state, due = value
        return due is not None and 0 <= (due - today).days <= SOON and state not in _DONE

    return test


def _late_and_soon(today: date, of: Callable[[Any], Hashable] = _STATE_AND_DUE) -> tuple[Flag, ...]:
    return (
        Flag("late", of, _is_late(today)),
        Flag("soon", of, _is_soon(today), f"due within {SOON} days"),
    )


def _is(word: str, *states: str, about: str = "", closed: bool = False) -> Flag:
    """Make the flag of some states."""
    return Flag(word, _STATE, lambda it: it in states, about, closed=closed)


def _marked(marks: Marks | None, key: str = "id") -> tuple[Flag, ...]:
    """Make the flag of rows that are marked, where rows can be."""
    if marks is None:
        return ()
    return (Flag("marked", attrgetter(key), lambda it: it in marks(), settled=False),)


_SIGNS = {"@": "who", "#": "tag", "!": "priority"}
_EVERYWHERE = "code, title, tags, who does it and where it belongs"


# -- the lists


def tasks(known: Known, today: date, marks: Marks | None = None) -> Vocabulary:
    """Give what can be asked of tasks."""
    from ka2tui.domain.effort import read_effort, say_effort

    more, nothing = known.tasks, TaskMore()
    fields = (
        kind("state", kinds.TaskState, also=("status",), closed=_CLOSED),
        day("due", also=("deadline", "until")),
        who(known, attrgetter("partner", "contact"), also=("assignee", "assigned", "person")),
        who(known, attrgetter("partner"), name="partner", people=False),
        unit(known),
        tag(known),
        _priority(),
        text("title"),
        text("code"),
        _phase(lambda row: more.get(row.id, nothing).phase),
        Field("start", Kind.DAY, lambda row: more.get(row.id, nothing).start, also=("begin",)),
        day("finished", "finished_on", closed=True),
        day("waiting", "waiting_since", about="waiting since", also=("since",)),
        number(
            "effort",
            lambda row: more.get(row.id, nothing).effort,
            read=read_effort,
            say=lambda it: say_effort(int(it)),
        ),
        *([] if known.urgency is None else [number("urgency", known.urgency)]),
    )
    flags = (
        *_late_and_soon(today),
        _is("waiting", "waiting"),
        _is("doing", "doing", about="in work"),
        _is("open", "open", "doing", "waiting", about="still to be done"),
        _is("done", "done", closed=True),
        _is("closed", *_CLOSED, about="done or given up", closed=True),
        Flag("repeating", attrgetter("recurrence"), bool, "one that comes again"),
        Flag("blocked", lambda row: known.waits.get(row.id, 0), bool, "held up by another task"),
        Flag("blocking", lambda row: known.holds_up.get(row.id, 0), bool, "holding up another"),
        Flag("part", attrgetter("parent_id"), lambda it: it is not None, "part of another task"),
        *_marked(marks),
    )
    return Vocabulary("task", task_texts, fields, flags, _SIGNS, _EVERYWHERE)


def task_texts(row: Any) -> tuple[str | None, ...]:
    """Give everything of a task that words are looked for in."""
    return (row.code, row.title, row.contact, row.partner, row.work_unit, *row.tags)


def items(known: Known, today: date, marks: Marks | None = None) -> Vocabulary:
    """Give what can be asked of tasks, deliverables and milestones in one list."""
    states = (*kinds.TaskState, *kinds.DeliverableState)
    fields = (
        day("due", also=("deadline", "until")),
        Field(
            *("kind", Kind.WORD, attrgetter("kind")),
            values=tuple(map(Value, ("task", "deliverable", "milestone", "meeting"))),
        ),
        kind("state", states, also=("status",)),
        who(known, attrgetter("assignee"), also=("assignee", "assigned", "lead")),
        unit(known),
        tag(known),
        _priority(),
        text("title"),
        text("code"),
        day("waiting", "waiting_since", about="waiting since", also=("since",)),
    )
    flags = (
        *_late_and_soon(today),
        _is("waiting", "waiting"),
        _is("doing", "doing", about="in work"),
        *_marked(marks, "key"),
    )

    def texts(row: Any) -> tuple[str | None, ...]:
        return (row.code, row.title, row.assignee, row.work_unit, *row.tags)

    return Vocabulary("row", texts, fields, flags, _SIGNS, _EVERYWHERE)


def meetings(known: Known, today: date, marks: Marks | None = None) -> Vocabulary:
    """Give what can be asked of meetings."""
    hosts = tuple(Value(short, full) for short, full in known.partners)
    fields = (
        kind("state", kinds.MeetingState, also=("status",)),
        kind("kind", kinds.MeetingKind, also=("type",)),
        kind("mode", kinds.MeetingMode),
        day("day", also=("date", "when", "start")),
        Field("host", Kind.WORD, attrgetter("host"), values=hosts, open=True),
        unit(known),
        text("title"),
        text("code"),
        text("place", "place", "city"),
        country(attrgetter("country")),
        day("minutes", "minutes_sent_on", about="minutes sent"),
        number("actions", attrgetter("open_actions"), about="number of open actions"),
    )
    flags = (
        Flag("past", attrgetter("past"), bool),
        Flag("coming", attrgetter("past"), lambda it: not it, "still to come"),
        Flag(
            *("soon", attrgetter("day")),
            lambda it: it is not None and 0 <= (it - today).days <= MEETING_SOON,
            f"within {MEETING_SOON} days",
        ),
        _is("held", "held"),
        _is("cancelled", "cancelled"),
        *_marked(marks),
    )

    def texts(row: Any) -> tuple[str | None, ...]:
        return (row.title, row.code, row.place, row.city, row.kind.word)

    return Vocabulary("meeting", texts, fields, flags, {"@": "host"}, "title, code, place and kind")


def history(_known: Known, _today: date, _marks: Marks | None = None) -> Vocabulary:
    """Give what can be asked of the lines of history."""
    ways = (Value("do", "a change"), Value("undo", "taken back"), Value("redo", "done again"))
    fields = (
        Field("who", Kind.WORD, attrgetter("actor"), also=("by", "actor"), open=True),
        Field("day", Kind.DAY, lambda row: row.at.astimezone().date(), also=("date", "at", "on")),
        Field("kind", Kind.WORD, attrgetter("kind"), values=ways),
        Field("project", Kind.WORD, attrgetter("project"), open=True),
        number("records", attrgetter("records"), about="number of records"),
        text("what", "label"),
    )
    flags = (
        Flag("standing", attrgetter("standing"), bool, "still standing"),
        Flag("undone", attrgetter("standing"), lambda it: not it, "taken back"),
    )

    def texts(row: Any) -> tuple[str | None, ...]:
        return (row.label, row.actor, row.project)

    looked_in = "what was done, who did it and the project"
    return Vocabulary("change", texts, fields, flags, {"@": "who"}, looked_in)


def checklists(_known: Known, today: date, _marks: Marks | None = None) -> Vocabulary:
    """Give what can be asked of checklists, each with its last assessment, if it has one."""

    def last_day(place: Any) -> Hashable:
        return None if place.row.last is None else place.row.last.day

    def total(place: Any) -> float | None:
        return None if place.row.last is None else place.row.last.score.total

    fields = (
        text("title", "row.title"),
        _phase(attrgetter("row.phase")),
        number("estimate", total),
        number("trend", attrgetter("row.trend")),
        Field("last", Kind.DAY, last_day, "last assessment"),
    )
    flags = (
        Flag("filled", last_day, lambda it: it is not None, "filled in"),
        Flag(
            *("old", last_day, lambda it: it is not None and (today - it).days > OLD),
            f"older than {OLD} days",
        ),
    )

    def texts(place: Any) -> tuple[str | None, ...]:
        return (place.row.title, place.row.about)

    return Vocabulary("checklist", texts, fields, flags, {}, "title and what it is about")


def partners(_known: Known, _today: date, marks: Marks | None = None) -> Vocabulary:
    """Give what can be asked of partners."""
    fields = (
        kind("role", kinds.PartnerRole),
        country(attrgetter("country")),
        text("city"),
        text("name", "acronym", "name"),
        text("zone"),
        kind("agreement", kinds.AgreementState, "agreement_state"),
        Field("leads", Kind.WORD, attrgetter("leads"), open=True),
        number("open", attrgetter("open_tasks"), about="number of open tasks"),
        number("late", attrgetter("late"), about="number of late tasks and deliverables"),
        number("coming", attrgetter("coming"), about="number of those due soon"),
        number("papers", attrgetter("papers_missing"), about="number of missing papers"),
        number("silent", attrgetter("silent_days"), about="days since it was heard from"),
        day("left", "left_on"),
    )
    flags = (
        Flag("late", attrgetter("late_tasks", "late_deliverables"), any, "late with something"),
        Flag("gone", attrgetter("left_on"), lambda it: it is not None, "no longer in the project"),
        Flag(
            "silent",
            attrgetter("expected", "heard", "silent_days"),
            lambda it: it[0] and (it[1] is None or it[2] >= QUIET),
            f"not heard from for {QUIET} days or more",
        ),
        *_marked(marks),
    )

    def texts(row: Any) -> tuple[str | None, ...]:
        return (row.acronym, row.name, row.country, row.city)

    return Vocabulary(
        "partner", texts, fields, flags, {"@": "name"}, "acronym, name, country and city"
    )


def contacts(known: Known, _today: date, marks: Marks | None = None) -> Vocabulary:
    """Give what can be asked of people."""
    fields = (
        who(known, attrgetter("partner"), name="partner", people=False),
        text("name"),
        text("role"),
        text("language"),
        text("mail", "email"),
    )

    def texts(row: Any) -> tuple[str | None, ...]:
        return (row.name, row.partner, row.role, row.email)

    return Vocabulary(
        *("person", texts, fields, _marked(marks), {"@": "partner"}),
        "name, partner, role and mail address",
    )


def work_units(known: Known, _today: date, marks: Marks | None = None) -> Vocabulary:
    """Give what can be asked of work packages, activities and headings."""
    from ka2tui.domain.money import read_amount

    fields = (
        kind("state", kinds.WorkUnitState, also=("status",)),
        kind("kind", kinds.WorkUnitKind, also=("type",)),
        who(known, attrgetter("lead"), name="lead", people=False),
        unit(known, "code"),
        text("title"),
        text("code"),
        number("from", attrgetter("start_month"), about="first month", read=_month, say=_say_month),
        number("to", attrgetter("end_month"), about="last month", read=_month, say=_say_month),
        number(
            *("amount", attrgetter("amount_cents")),
            read=read_amount,
            say=lambda it: f"{it / 100:g}",
        ),
        number("percent", attrgetter("percent")),
    )
    flags = (
        _is("done", "done"),
        _is("doing", "under_way", about="under way"),
        *_marked(marks),
    )

    def texts(row: Any) -> tuple[str | None, ...]:
        return (row.code, row.title, row.lead)

    return Vocabulary(
        "row of the work plan", texts, fields, flags, {"@": "lead"}, "code, title and lead"
    )


def plan(known: Known, today: date, marks: Marks | None = None) -> Vocabulary:
    """Give what can be asked of the rows of the whole work plan."""
    from ka2tui.domain.money import read_amount

    states = (
        *kinds.WorkUnitState,
        *[*kinds.DeliverableState][1:],
        kinds.MilestoneState.REACHED,
    )
    fields = (
        kind("kind", kinds.PlanKind, also=("type",)),
        kind("state", states, also=("status",)),
        day("due", about="due or over", also=("deadline", "until", "end")),
        who(known, attrgetter("lead"), name="lead", also=("who",), people=False),
        unit(known, "where"),
        text("title"),
        text("code"),
        text("place"),
        day("review", "review_due", about="review due"),
        day("delivered", "done_on", about="delivered or reached", also=("reached",)),
        day("begin", "first", also=("start",)),
        number("from", attrgetter("start_month"), about="first month", read=_month, say=_say_month),
        number("to", attrgetter("end_month"), about="last month", read=_month, say=_say_month),
        number(
            *("amount", attrgetter("amount_cents")),
            read=read_amount,
            say=lambda it: f"{it / 100:g}",
        ),
        number("percent", attrgetter("done")),
        number("people", attrgetter("participants"), about="expected participants"),
    )
    flags = (
        *_late_and_soon(today),
        _is("open", *_OPEN_PLAN, about="not finished"),
        _is("done", *_DONE, about="finished, accepted or reached"),
        _is("doing", "under_way", "draft", "review", about="under way"),
        Flag("behind", attrgetter("standing"), lambda it: it == "behind", "behind its time"),
        Flag("uneven", attrgetter("adds_up"), lambda it: not it, "money that does not add up"),
        *_marked(marks, "key"),
    )

    def texts(row: Any) -> tuple[str | None, ...]:
        return (row.code, row.title, row.lead, row.work_unit, row.place)

    return Vocabulary(
        *("row of the work plan", texts, fields, flags, {"@": "lead"}),
        "code, title, lead, place and where it belongs",
    )


_OPEN_PLAN = ("planned", "under_way", "draft", "review")


def deliverables(known: Known, today: date, marks: Marks | None = None) -> Vocabulary:
    """Give what can be asked of deliverables."""
    fields = (
        kind("state", kinds.DeliverableState, also=("status",)),
        day("due", also=("deadline", "until")),
        who(known, attrgetter("lead"), name="lead", also=("who",), people=False),
        unit(known),
        text("title"),
        text("code"),
        day("delivered", "delivered_on"),
    )
    flags = (
        *_late_and_soon(today),
        _is("done", "approved", "published", about="accepted"),
        _is("open", "planned", "draft", "review", about="not accepted yet"),
        *_marked(marks),
    )

    def texts(row: Any) -> tuple[str | None, ...]:
        return (row.code, row.title, row.lead, row.work_unit)

    return Vocabulary(
        *("deliverable", texts, fields, flags, {"@": "lead"}),
        "code, title, lead and where it belongs",
    )


def milestones(known: Known, today: date, marks: Marks | None = None) -> Vocabulary:
    """Give what can be asked of milestones."""

    def state_and_due(row: Any) -> Hashable:
        return "planned" if row.reached_on is None else "reached", row.due

    fields = (
        day("due", also=("deadline", "until")),
        day("reached", "reached_on"),
        unit(known),
        text("title"),
        text("code"),
    )
    flags = (
        *_late_and_soon(today, state_and_due),
        Flag("reached", attrgetter("reached_on"), lambda it: it is not None),
        Flag("open", attrgetter("reached_on"), lambda it: it is None, "not reached yet"),
        *_marked(marks),
    )

    def texts(row: Any) -> tuple[str | None, ...]:
        return (row.code, row.title, row.work_unit)

    return Vocabulary("milestone", texts, fields, flags, {}, "code, title and where it belongs")


def proofs(known: Known, _today: date, marks: Marks | None = None) -> Vocabulary:
    """Give what can be asked of proofs."""
    broken = (kinds.ProofState.CHANGED, kinds.ProofState.MISSING)
    fields = (
        kind("state", kinds.ProofState, also=("status",)),
        kind("kind", kinds.ProofKind, also=("type",)),
        Field("sort", Kind.WORD, attrgetter("sort"), "what it is", open=True),
        unit(known),
        day("day", also=("date",)),
        day("checked", "checked_on", about="last looked at"),
        text("title"),
        text("where", about="where it lies", also=("path", "file", "link")),
        text("of", "named", about="what it is about"),
    )
    flags = (
        *(_is(state, state) for state in (*broken, kinds.ProofState.THERE)),
        Flag("broken", _STATE, lambda it: it in broken, "changed or missing"),
        Flag("loose", attrgetter("about"), lambda it: not it, "attached to nothing"),
        *_marked(marks),
    )

    def texts(row: Any) -> tuple[str | None, ...]:
        return (row.title, row.where, row.named)

    return Vocabulary(
        *("proof", texts, fields, flags, {}), "title, where it lies and what it is about"
    )


def payments(known: Known, _today: date, marks: Marks | None = None) -> Vocabulary:
    """Give what can be asked of payments."""
    from ka2tui.domain.payments import PaymentState

    left = (PaymentState.LATE, PaymentState.DUE, PaymentState.PART)
    fields = (
        kind("state", PaymentState, also=("status",)),
        kind("kind", kinds.PaymentKind, also=("type",)),
        who(known, attrgetter("partner"), name="partner", also=("who",), people=False),
        day("due", also=("deadline", "until")),
        day("paid", "paid_on"),
        text("title"),
        text("condition"),
    )
    flags = (
        *(_is(state, state) for state in (PaymentState.LATE, PaymentState.PAID)),
        Flag("open", _STATE, lambda it: it is not PaymentState.PAID, "not paid in full"),
        Flag("now", _STATE, lambda it: it in left, "late, due or paid in part"),
        Flag("unproved", attrgetter("paid_on", "proofs"), lambda it: it[0] is not None
             and not it[1], "paid, without proof"),
        *_marked(marks),
    )  # fmt: skip

    def texts(row: Any) -> tuple[str | None, ...]:
        return (row.title, row.partner, row.condition, row.kind.word)

    return Vocabulary(
        *("payment", texts, fields, flags, {"@": "partner"}), "title, partner and condition"
    )


def costs(known: Known, _today: date, marks: Marks | None = None) -> Vocabulary:
    """Give what can be asked of costs."""
    fields = (
        kind("kind", kinds.CostKind, also=("type",)),
        who(known, attrgetter("partner"), name="partner", also=("who",), people=False),
        unit(known),
        day("quarter"),
        text("title"),
    )
    flags = (
        Flag("exceeding", attrgetter("exceeds"), bool, "more used than planned"),
        *_marked(marks),
    )

    def texts(row: Any) -> tuple[str | None, ...]:
        return (row.called, row.partner, row.work_unit, row.staff_category)

    return Vocabulary(
        *("cost", texts, fields, flags, {"@": "partner"}), "title, partner and heading"
    )


def journeys(known: Known, _today: date, marks: Marks | None = None) -> Vocabulary:
    """Give what can be asked of journeys."""
    fields = (
        who(known, attrgetter("partner"), name="partner", also=("who",), people=False),
        day("day"),
        text("title"),
        text("meeting"),
        number("people", attrgetter("people")),
        number("km", attrgetter("distance_km")),
    )
    flags = (
        Flag("green", attrgetter("green"), bool, "by train, bus, bicycle or shared car"),
        Flag("exceeding", attrgetter("money"), lambda it: it.exceeds, "more used than planned"),
        *_marked(marks),
    )

    def texts(row: Any) -> tuple[str | None, ...]:
        return (row.called, row.partner, row.meeting)

    return Vocabulary(
        *("journey", texts, fields, flags, {"@": "partner"}), "way, partner and meeting"
    )


def projects(_known: Known, today: date, marks: Marks | None = None) -> Vocabulary:
    """Give what can be asked of projects."""
    fields = (
        _phase(attrgetter("phase")),
        text("title", "acronym", "title"),
        text("action"),
        text("agreement"),
        day("start"),
        day("end"),
    )
    flags = (
        Flag("over", attrgetter("end"), lambda it: it is not None and it < today),
        Flag(
            *("running", attrgetter("start", "end")),
            lambda it: None not in it and it[0] <= today <= it[1],
        ),
        *_marked(marks),
    )

    def texts(row: Any) -> tuple[str | None, ...]:
        return (row.acronym, row.title, row.action, row.agreement)

    return Vocabulary(
        *("project", texts, fields, flags, {}),
        "acronym, title, action and agreement number",
    )


def asked(known: Known, today: date, marks: Marks | None = None) -> Vocabulary:
    """Give what can be asked of the records that an auditor will ask proof of."""
    from ka2tui.domain.proof_sorts import PATIENCE

    def late(row: Any) -> Hashable:
        day = row.about.day
        return row.count.missing > 0 and day is not None and (today - day).days > PATIENCE

    fields = (
        Field("kind", Kind.WORD, attrgetter("about.word"), also=("type",), open=True),
        unit(known),
        day("day", "about.day", also=("date",)),
        number("missing", attrgetter("count.missing"), about="number of missing proofs"),
        text("title", "about.title"),
        text("code", "about.code"),
    )
    flags = (
        Flag("missing", attrgetter("count.missing"), bool, "something is missing"),
        Flag("late", late, bool, f"something is missing more than {PATIENCE} days after"),
        Flag("complete", attrgetter("count"), lambda it: it.asked and not it.missing),
        Flag("coming", attrgetter("about.over"), lambda it: not it, "still to come"),
        Flag("broken", attrgetter("broken"), bool, "a file was changed or is missing"),
        *_marked(marks, "key"),
    )

    def texts(row: Any) -> tuple[str | None, ...]:
        return (row.about.code, row.about.title, row.about.word)

    return Vocabulary("record", texts, fields, flags, {}, "code, title and kind")


def departures(_known: Known, _today: date, marks: Marks | None = None) -> Vocabulary:
    """Give what can be asked of departures from the approved application."""
    from ka2tui.domain.application import WORDS, Standing

    of = Field(
        *("of", Kind.WORD, attrgetter("kind")), "kind of record", open=True,
        values=tuple(Value(word) for word in WORDS.values()),
    )  # fmt: skip
    fields = (
        kind("state", Standing, "standing", also=("status",)),
        of,
        kind("handling", kinds.Handling),
        kind("answer", kinds.AgencyAnswer),
        day("since"),
        day("asked", "asked_on"),
        day("answered", "answered_on"),
    )
    flags = (
        Flag("unexplained", attrgetter("unexplained"), bool, "still to be explained"),
        Flag("waiting", attrgetter("standing"), lambda it: it is Standing.WAITING,
             "waiting for the agency"),
        *_marked(marks),
    )  # fmt: skip

    def texts(row: Any) -> tuple[str | None, ...]:
        return (row.said, row.kind, row.what, row.why, row.letter, row.notes)

    looked_in = "record, what differs, why, letter and notes"
    return Vocabulary("departure", texts, fields, flags, {}, looked_in)


def register(known: Known, today: date, marks: Marks | None = None) -> Vocabulary:
    """Give what can be asked of risks, issues, decisions and changes."""
    fields = (
        kind("kind", RegisterKind),
        number("level", attrgetter("level"), about="likelihood times impact"),
        number("likelihood", attrgetter("likelihood")),
        number("impact", attrgetter("impact")),
        number("urgency", attrgetter("urgency")),
        number("size", attrgetter("size")),
        kind("band", Band, about="band of the risk"),
        day("due", also=("review", "until"), about="day to look at it again"),
        day("day", also=("on",), about="day it was decided or brought up"),
        who(known, _assignee, also=("owner",)),
        unit(known),
        text("state"),
        text("category"),
        text("title"),
        text("code"),
    )

    def open_and_due(row: Any) -> Hashable:
        return "open" if row.open else "done", row.due

    flags = (
        Flag("open", attrgetter("open"), bool, "not settled yet"),
        *_late_and_soon(today, open_and_due),
        Flag("happened", attrgetter("happened"), bool, "a risk that happened"),
        Flag("noted", attrgetter("written"), lambda it: not it, "in minutes alone"),
        *_marked(marks),
    )

    def texts(row: Any) -> tuple[str | None, ...]:
        return (
            *(row.code, row.title, row.description, row.category, row.owner, row.work_unit),
            *(row.decided_by, row.meeting),
        )

    return Vocabulary(
        *("register", texts, fields, flags, {"@": "who"}),
        "code, title, description, who watches it, who decided and where it belongs",
    )


def letters(_known: Known, today: date, marks: Marks | None = None) -> Vocabulary:
    """Give what can be asked of letters."""
    fields = (
        day("day", also=("on", "date")),
        day("due", "answer_by", also=("answer", "until"), about="day to answer by"),
        day("answered", "answered_on"),
        kind("way", kinds.Direction, "direction", also=("direction",)),
        kind("channel", kinds.Channel),
        text("with", "who", about="whom it is with"),
        text("title", "subject"),
        text("reference", "reference_nr"),
    )
    flags = (
        Flag("owed", attrgetter("to_answer"), bool, "to be answered"),
        Flag("awaited", attrgetter("waited_for"), bool, "an answer is waited for"),
        Flag("late", attrgetter("late"), bool, "after the day of the answer"),
        Flag("soon", attrgetter("answer_by", "answered_on"), _is_owed_soon(today)),
        *_marked(marks),
    )

    def texts(row: Any) -> tuple[str | None, ...]:
        return (row.subject, row.who, row.reference_nr)

    return Vocabulary(
        *("letter", texts, fields, flags, {"@": "with"}), "subject, reference and whom it is with"
    )


def _is_owed_soon(today: date) -> Callable[[Any], bool]:
    def test(value: Any) -> bool:
        due, answered = value
        return answered is None and due is not None and 0 <= (due - today).days <= SOON

    return test


def _phase(of: Callable[[Any], Hashable]) -> Field:
    return Field("phase", Kind.WORD, of, values=chosen(kinds.PhaseKind))


def _month(text: str) -> float:
    """Read a project month: M14 or 14."""
    from ka2tui.domain.refusal import Misread
    from ka2tui.domain.text import quoted

    digits = text.strip().lstrip("mM")
    if not digits.isdecimal() or len(digits) > MONTH_DIGITS:
        raise Misread(f"{quoted(text)} is not a project month: write it like M14.")
    return int(digits)


def _say_month(month: float) -> str:
    return f"M{month:g}"


def participants(known: Known, _today: date, marks: Marks | None = None) -> Vocabulary:
    """Give what can be asked of participants."""
    fields = (
        Field("event", Kind.WORD, attrgetter("event"), also=("meeting",), open=True),
        who(
            *(known, attrgetter("organisation")),
            name="from",
            about="organisation",
            also=("organisation", "partner", "org"),
            people=False,
        ),
        country(attrgetter("country")),
        text("profile"),
        unit(known),
        text("name"),
        text("role"),
        text("certificate"),
        day("day"),
        number("events", attrgetter("events"), about="number of events"),
    )
    flags = (
        Flag("fewer", attrgetter("fewer_opportunities"), bool, "with fewer opportunities"),
        Flag("unsaid", attrgetter("fewer_opportunities"), lambda it: it is None,
             "not known whether with fewer opportunities"),
        Flag("online", attrgetter("online"), bool),
        Flag("certified", attrgetter("certificate"), bool, "with a certificate"),
        Flag("doubtful", attrgetter("doubtful"), bool, "perhaps the same as somebody else"),
        *_marked(marks),
    )  # fmt: skip

    def texts(row: Any) -> tuple[str | None, ...]:
        return (row.name, row.organisation, row.profile, row.event, row.role)

    return Vocabulary(
        *("participant", texts, fields, flags, {"@": "from"}),
        "name, organisation, profile, event and role",
    )


def indicators(known: Known, today: date, marks: Marks | None = None) -> Vocabulary:
    """Give what can be asked of indicators."""
    from ka2tui.domain.indicators import OLD, Standing

    fields = (
        kind("state", Standing, also=("status", "stands")),
        kind("term", kinds.Term),
        day("due", also=("deadline", "until")),
        day("measured", "measured_on", about="last measured"),
        number("way", attrgetter("way"), about="per cent of the way"),
        who(known, attrgetter("lead"), name="lead", also=("who",), people=False),
        unit(known),
        text("title"),
        text("code"),
        text("source"),
    )
    flags = (
        Flag("behind", _STATE, lambda it: it.worrying, "behind, or not reached in time"),
        _is("reached", "reached"),
        Flag("stale", lambda row: row.stale(today), bool, f"not measured for {OLD} days"),
        Flag("lacking", lambda row: row.lacks(today), bool, "without baseline, target or source"),
        *_marked(marks),
    )

    def texts(row: Any) -> tuple[str | None, ...]:
        return (row.code, row.title, row.lead, row.work_unit, row.source, row.unit)

    return Vocabulary(
        *("indicator", texts, fields, flags, {"@": "lead"}),
        "code, title, lead, source and where it belongs",
    )


def dissemination(known: Known, _today: date, marks: Marks | None = None) -> Vocabulary:
    """Give what can be asked of acts of dissemination."""
    fields = (
        kind("state", kinds.DisseminationState, also=("status",)),
        Field("kind", Kind.WORD, attrgetter("sort"), also=("type",), open=True),
        day("day", also=("date", "when", "due")),
        who(known, attrgetter("partner"), name="partner", also=("who",), people=False),
        unit(known),
        Field("deliverable", Kind.WORD, attrgetter("deliverable"), also=("result",), open=True),
        text("title"),
        text("audience"),
        text("language"),
        text("place"),
        text("link"),
        number("reach", attrgetter("reach"), about="how many were reached"),
        number("proofs", attrgetter("proofs"), about="how many proofs"),
    )
    flags = (
        Flag("late", attrgetter("late"), bool, "planned, and its day is over"),
        _is("planned", "planned"),
        _is("done", "done"),
        _is("dropped", "dropped"),
        Flag("lacking", attrgetter("lacks"), bool, "done, and something is missing of it"),
        Flag("unmarked", attrgetter("state", "emblem", "disclaimer"),
             lambda it: it[0] == "done" and False in it[1:], "without EU emblem or disclaimer"),
        *_marked(marks),
    )  # fmt: skip

    def texts(row: Any) -> tuple[str | None, ...]:
        return (row.title, row.partner, row.audience, row.place, row.deliverable, row.link)

    return Vocabulary(
        *("act of dissemination", texts, fields, flags, {"@": "partner"}),
        "title, partner, audience, place, deliverable and link",
    )


def results(known: Known, _today: date, marks: Marks | None = None) -> Vocabulary:
    """Give what can be asked of results on the programme's platform."""
    fields = (
        kind("platform", kinds.PlatformState),
        kind("state", kinds.DeliverableState, also=("status",)),
        day("due", also=("deadline", "until")),
        day("since", about="on the platform since"),
        who(known, attrgetter("lead"), name="lead", also=("who",), people=False),
        unit(known),
        text("title"),
        text("code"),
    )
    flags = (
        Flag("missing", attrgetter("platform"), lambda it: it == "none", "not on the platform"),
        Flag("undrafted", attrgetter("to_draft"), bool, "accepted, and no draft there"),
        *_marked(marks),
    )

    def texts(row: Any) -> tuple[str | None, ...]:
        return (row.code, row.title, row.lead, row.work_unit)

    return Vocabulary(
        *("result", texts, fields, flags, {"@": "lead"}),
        "code, title, lead and where it belongs",
    )


def candidates(_known: Known, _today: date, marks: Marks | None = None) -> Vocabulary:
    """Give what can be asked of organisations that may become partners."""
    fields = (
        kind("state", kinds.CandidateState, about="how far it is"),
        text("country"),
        text("name", "called"),
        text("brings", about="what only it would add"),
        text("found", "found_at", about="where it was found"),
        text("person", about="whom one writes to"),
        day("asked", "asked_on"),
        day("answered", "answered_on"),
    )
    flags = (
        Flag("partner", attrgetter("partner_id"), bool, "it became a partner"),
        Flag("silent", attrgetter("silent"), bool, "asked, and has not answered"),
        Flag("helps", attrgetter("adds"), lambda it: bool(it and it.helps), "helps to the minimum"),
        *_marked(marks),
    )

    def texts(row: Any) -> tuple[str | None, ...]:
        return (row.name, row.acronym, row.country, row.city, row.brings, row.person, row.found_at)

    return Vocabulary(
        *("candidate", texts, fields, flags, {"@": "person"}),
        "name, country, what it brings, person and where it was found",
    )


def aims(_known: Known, _today: date, marks: Marks | None = None) -> Vocabulary:
    """Give what can be asked of needs and objectives."""
    fields = (
        kind("kind", kinds.AimKind, "aim.kind"),
        text("code", "aim.code"),
        text("text", "aim.text", about="what it says"),
        text("need", "parent", about="the need that it answers"),
        text("for", "aim.target_group", about="target group"),
        text("source", "aim.source", about="where it is shown"),
    )
    flags = (
        Flag("broken", attrgetter("gaps"), bool, "its line has a gap"),
        Flag("unshown", attrgetter("aim"), _is_unshown, "a need that nothing shows"),
        *_marked(marks),
    )

    def texts(row: Any) -> tuple[str | None, ...]:
        served = (one.said for one in row.served)
        return (row.aim.code, row.aim.text, row.aim.target_group, row.aim.source, *served)

    return Vocabulary(
        *("aim", texts, fields, flags, {}),
        "code, sentence, target group, source and what serves it",
    )


def _is_unshown(aim: Any) -> bool:
    return aim.kind is kinds.AimKind.NEED and not aim.source


def problems(_known: Known, _today: date, marks: Marks | None = None) -> Vocabulary:
    """Give what can be asked of findings of the checks."""
    fields = (
        text("code"),
        text("where", about="what it is about"),
        text("area", about="the group of the check"),
        text("reason", about="why it was set aside"),
    )
    standing = attrgetter("standing")
    flags = (
        Flag("error", standing, lambda it: it == Severity.ERROR, "against a rule"),
        Flag("warning", standing, lambda it: it == Severity.WARNING, "to be looked at"),
        Flag("hint", standing, lambda it: it == Severity.HINT, "good to know"),
        Flag("practice", standing, lambda it: it == Severity.GOOD_PRACTICE, "good practice"),
        Flag("aside", standing, lambda it: it == "aside", "set aside"),
        *_marked(marks),
    )

    def texts(row: Any) -> tuple[str | None, ...]:
        return (row.code, row.where, row.text, row.title, row.area, row.reason)

    return Vocabulary(
        *("problem", texts, fields, flags),
        looked_in="code, what it is about, what was found, the group and the reason",
    )


def rules(_known: Known, _today: date, marks: Marks | None = None) -> Vocabulary:
    """Give what can be asked of the rules of a call."""
    fields = (
        text("name", "title", about="what it is called"),
        text("value", "text", about="what it says"),
        text("about", "group", about="partnership, money ..."),
        text("source", about="where it is written"),
    )
    flags = (
        Flag("own", attrgetter("own"), bool, "as your agreement says"),
        Flag("unconfirmed", attrgetter("unconfirmed"), bool, "no text was read for it"),
        *_marked(marks),
    )

    def texts(row: Any) -> tuple[str | None, ...]:
        return (row.title, row.text, row.group, row.source, row.key)

    return Vocabulary(*("rule", texts, fields, flags), looked_in="name, value, group and source")


LISTS: Mapping[str, Callable[[Known, date, Marks | None], Vocabulary]] = {
    "task": tasks,
    "today": items,
    "meeting": meetings,
    "history": history,
    "checklist": checklists,
    "partner": partners,
    "contact": contacts,
    "wp": work_units,
    "plan": plan,
    "deliverable": deliverables,
    "milestone": milestones,
    "participant": participants,
    "proof": proofs,
    "asked": asked,
    "payment": payments,
    "cost": costs,
    "journey": journeys,
    "project": projects,
    "departure": departures,
    "register": register,
    "letter": letters,
    "indicator": indicators,
    "dissemination": dissemination,
    "result": results,
    "candidate": candidates,
    "aim": aims,
    "problem": problems,
    "rule": rules,
}
"""What can be asked of each list, by the noun of the list."""

OWN: Mapping[str, tuple[tuple[str, str], ...]] = {
    "task": (("Late", "is:late"), ("Next 14 days", "due:today..+14d"), ("Waiting", "is:waiting")),
    "meeting": (("To come", "is:coming"), ("No minutes", "is:past minutes:none not is:cancelled")),
    "deliverable": (("Late", "is:late"), ("Open", "is:open")),
    "plan": (("Open", "is:open"), ("Late", "is:late"), ("In review", "state:review")),
    "payment": (("Now", "is:now"), ("Open", "is:open"), ("Paid", "is:paid")),
    "cost": (("More than planned", "is:exceeding"),),
    "partner": (("Late", "is:late"), ("Silent", "is:silent"), ("Papers", "papers>0")),
    "participant": (
        *(("Fewer opportunities", "is:fewer"), ("Online", "is:online")),
        *(("No certificate", "not is:certified"), ("Perhaps the same", "is:doubtful")),
    ),
    "register": (
        *(("Risks", "kind:risk"), ("Issues", "kind:issue"), ("Decisions", "kind:decision")),
        ("Changes", "kind:change"),
    ),
    "letter": (("To answer", "is:owed"), ("Awaited", "is:awaited")),
    "candidate": (
        *(("To be asked", "state:to_ask"), ("No answer", "is:silent")),
        *(("Agreed", "state:agreed"), ("Helps to the minimum", "is:helps")),
    ),
    "aim": (("Gaps", "is:broken"), ("Needs", "kind:need"), ("Objectives", "kind:objective")),
    "proof": (("Changed or missing", "is:broken"), ("Attached to nothing", "is:loose")),
    "asked": (("Missing", "is:missing"), ("Late", "is:late"), ("Files", "is:broken")),
    "indicator": (("Behind", "is:behind"), ("Reached", "is:reached"), ("Lacking", "is:lacking")),
    "dissemination": (
        *(("Planned", "is:planned"), ("Late", "is:late"), ("Done", "is:done")),
        ("Something missing", "is:lacking"),
    ),
    "problem": (
        *(("Errors", "is:error"), ("Warnings", "is:warning"), ("Hints", "is:hint")),
        *(("Good practice", "is:practice"), ("Set aside", "is:aside")),
    ),
    "rule": (("Your agreement", "is:own"), ("Not confirmed", "is:unconfirmed")),
    "result": (("Not there yet", "is:missing"), ("Drafts", "platform:draft")),
    "departure": (("To be explained", "is:unexplained"), ("Waiting", "is:waiting")),
}
"""Filters of ours for some lists: name and text."""
