"""What can be asked of partners, people, meetings and who took part in them."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

from ka2tui.domain import kinds
from ka2tui.domain.known_names import Known
from ka2tui.domain.list_fields import country, day, kind, number, text, unit, who
from ka2tui.domain.list_flags import Marks, marked_flag, state_flag
from ka2tui.domain.silence import QUIET
from ka2tui.domain.vocabulary import Field, Flag, Kind, Value, Vocabulary

if TYPE_CHECKING:
    from datetime import date


MEETING_SOON = 30
"""Days ahead in which a meeting is soon."""


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
        state_flag("held", "held"),
        state_flag("cancelled", "cancelled"),
        *marked_flag(marks),
    )

    def texts(row: Any) -> tuple[str | None, ...]:
        return (row.title, row.code, row.place, row.city, row.kind.word)

    return Vocabulary("meeting", texts, fields, flags, {"@": "host"}, "title, code, place and kind")


def partners(known: Known, _today: date, marks: Marks | None = None) -> Vocabulary:
    """Give what can be asked of partners."""
    fields = (
        kind("role", kinds.PartnerRole),
        country(attrgetter("country")),
        text("city"),
        text("name", "acronym", "name"),
        text("zone"),
        kind("agreement", kinds.AgreementState, "agreement_state"),
        Field(
            *("sort", Kind.WORD, attrgetter("sort"), "sort of organisation", ("type",)),
            tuple(Value(*each) for each in known.sorts),
        ),
        number("applications", attrgetter("applications"), about="applications at this deadline"),
        day("established", "established_on", about="since when it exists in law"),
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
        Flag("newcomer", attrgetter("newcomer"), bool, "in its first such project"),
        Flag(
            "silent",
            attrgetter("expected", "heard", "silent_days"),
            lambda it: it[0] and (it[1] is None or it[2] >= QUIET),
            f"not heard from for {QUIET} days or more",
        ),
        *marked_flag(marks),
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
        *("person", texts, fields, marked_flag(marks), {"@": "partner"}),
        "name, partner, role and mail address",
    )


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
        *marked_flag(marks),
    )  # fmt: skip

    def texts(row: Any) -> tuple[str | None, ...]:
        return (row.name, row.organisation, row.profile, row.event, row.role)

    return Vocabulary(
        *("participant", texts, fields, flags, {"@": "from"}),
        "name, organisation, profile, event and role",
    )


def candidates(_known: Known, _today: date, marks: Marks | None = None) -> Vocabulary:
    """Give what can be asked of organisations that may become partners."""
    fields = (
        kind("state", kinds.CandidateState),
        text("country"),
        text("name", "called"),
        text("brings", about="what only it would add"),
        text("found", "found_at", about="where it was found"),
        text("person", about="whom one writes to"),
        day("asked", "asked_on"),
        day("answered", "answered_on"),
    )
    flags = (
        Flag("partner", attrgetter("partner_id"), bool, "a partner already"),
        Flag("silent", attrgetter("silent"), bool, "asked, without an answer"),
        Flag(
            "helps", attrgetter("adds"), lambda it: bool(it and it.helps), "of help to the minimum"
        ),
        *marked_flag(marks),
    )

    def texts(row: Any) -> tuple[str | None, ...]:
        return (row.name, row.acronym, row.country, row.city, row.brings, row.person, row.found_at)

    return Vocabulary(
        *("candidate", texts, fields, flags, {"@": "person"}),
        "name, country, what it brings, person and where it was found",
    )
