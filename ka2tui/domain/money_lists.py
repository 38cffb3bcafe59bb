"""What can be asked of payments, costs and journeys."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

from ka2tui.domain import kinds
from ka2tui.domain.known_names import Known
from ka2tui.domain.list_fields import day, kind, number, text, unit, who
from ka2tui.domain.list_flags import STATE, Marks, marked_flag, state_flag
from ka2tui.domain.vocabulary import Flag, Vocabulary

if TYPE_CHECKING:
    from datetime import date


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
        *(state_flag(state, state) for state in (PaymentState.LATE, PaymentState.PAID)),
        Flag("open", STATE, lambda it: it is not PaymentState.PAID, "not paid in full"),
        Flag("now", STATE, lambda it: it in left, "late, due or paid in part"),
        Flag("unproved", attrgetter("paid_on", "proofs"), lambda it: it[0] is not None
             and not it[1], "paid, without proof"),
        *marked_flag(marks),
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
        *marked_flag(marks),
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
        *marked_flag(marks),
    )

    def texts(row: Any) -> tuple[str | None, ...]:
        return (row.called, row.partner, row.meeting)

    return Vocabulary(
        *("journey", texts, fields, flags, {"@": "partner"}), "way, partner and meeting"
    )
