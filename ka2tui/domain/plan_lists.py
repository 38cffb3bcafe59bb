"""What can be asked of projects and of what they plan: parts, results, aims, departures."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

from ka2tui.domain import kinds
from ka2tui.domain.known_names import Known
from ka2tui.domain.list_fields import (
    day,
    kind,
    number,
    phase_field,
    read_month,
    say_month,
    text,
    unit,
    who,
)
from ka2tui.domain.list_flags import DONE, Marks, late_and_soon, marked_flag, state_flag
from ka2tui.domain.vocabulary import Field, Flag, Kind, Value, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Hashable
    from datetime import date


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
        number(
            "from", attrgetter("start_month"), about="first month", read=read_month, say=say_month
        ),
        number("to", attrgetter("end_month"), about="last month", read=read_month, say=say_month),
        number(
            *("amount", attrgetter("amount_cents")),
            read=read_amount,
            say=lambda it: f"{it / 100:g}",
        ),
        number("percent", attrgetter("percent")),
    )
    flags = (
        state_flag("done", "done"),
        state_flag("doing", "under_way", about="under way"),
        *marked_flag(marks),
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
        number(
            "from", attrgetter("start_month"), about="first month", read=read_month, say=say_month
        ),
        number("to", attrgetter("end_month"), about="last month", read=read_month, say=say_month),
        number(
            *("amount", attrgetter("amount_cents")),
            read=read_amount,
            say=lambda it: f"{it / 100:g}",
        ),
        number("percent", attrgetter("done")),
        number("people", attrgetter("participants"), about="expected participants"),
    )
    flags = (
        *late_and_soon(today),
        state_flag("open", *_OPEN_PLAN, about="not finished"),
        state_flag("done", *DONE, about="finished, accepted or reached"),
        state_flag("doing", "under_way", "draft", "review", about="under way"),
        Flag("behind", attrgetter("standing"), lambda it: it == "behind", "behind its time"),
        Flag("uneven", attrgetter("adds_up"), lambda it: not it, "with money that does not add up"),
        *marked_flag(marks, "key"),
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
        *late_and_soon(today),
        state_flag("done", "approved", "published", about="accepted"),
        state_flag("open", "planned", "draft", "review", about="not accepted yet"),
        *marked_flag(marks),
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
        *late_and_soon(today, state_and_due),
        Flag("reached", attrgetter("reached_on"), lambda it: it is not None),
        Flag("open", attrgetter("reached_on"), lambda it: it is None, "not reached yet"),
        *marked_flag(marks),
    )

    def texts(row: Any) -> tuple[str | None, ...]:
        return (row.code, row.title, row.work_unit)

    return Vocabulary("milestone", texts, fields, flags, {}, "code, title and where it belongs")


def projects(_known: Known, today: date, marks: Marks | None = None) -> Vocabulary:
    """Give what can be asked of projects."""
    fields = (
        phase_field(attrgetter("phase")),
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
        *marked_flag(marks),
    )

    def texts(row: Any) -> tuple[str | None, ...]:
        return (row.acronym, row.title, row.action, row.agreement)

    return Vocabulary(
        *("project", texts, fields, flags, {}),
        "acronym, title, action and agreement number",
    )


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
        *marked_flag(marks),
    )  # fmt: skip

    def texts(row: Any) -> tuple[str | None, ...]:
        return (row.said, row.kind, row.what, row.why, row.letter, row.notes)

    looked_in = "record, what differs, why, letter and notes"
    return Vocabulary("departure", texts, fields, flags, {}, looked_in)


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
        Flag("broken", attrgetter("gaps"), bool, "a line with a gap"),
        Flag("unshown", attrgetter("aim"), _is_unshown, "a need that nothing shows"),
        *marked_flag(marks),
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
