"""What can be asked of what is watched: checklists, problems, rules, risks, letters, history."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from ka2tui.domain import kinds
from ka2tui.domain.known_names import Known
from ka2tui.domain.list_fields import day, doer, kind, number, phase_field, text, unit, who
from ka2tui.domain.list_flags import SOON, Marks, late_and_soon, marked_flag
from ka2tui.domain.problem import Severity
from ka2tui.domain.register import RegisterKind
from ka2tui.domain.risks import Band
from ka2tui.domain.vocabulary import Field, Flag, Kind, Value, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Hashable
    from datetime import date


OLD = 90
"""Days after which an assessment says little about today."""


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
        phase_field(attrgetter("row.phase")),
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
        who(known, doer, also=("owner",)),
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
        *late_and_soon(today, open_and_due),
        Flag("happened", attrgetter("happened"), bool, "a risk that happened"),
        Flag("noted", attrgetter("written"), lambda it: not it, "in minutes alone"),
        *marked_flag(marks),
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
        Flag("awaited", attrgetter("waited_for"), bool, "waiting for an answer"),
        Flag("late", attrgetter("late"), bool, "after the day of the answer"),
        Flag("soon", attrgetter("answer_by", "answered_on"), _is_owed_soon(today)),
        *marked_flag(marks),
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
        *marked_flag(marks),
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
        Flag("unconfirmed", attrgetter("unconfirmed"), bool, "without a text that was read"),
        *marked_flag(marks),
    )

    def texts(row: Any) -> tuple[str | None, ...]:
        return (row.title, row.text, row.group, row.source, row.key)

    return Vocabulary(*("rule", texts, fields, flags), looked_in="name, value, group and source")
