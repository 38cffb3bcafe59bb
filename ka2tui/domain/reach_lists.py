"""What can be asked of what the work leads to: indicators, dissemination, results, proof."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

from ka2tui.domain import kinds
from ka2tui.domain.known_names import Known
from ka2tui.domain.list_fields import day, kind, number, text, unit, who
from ka2tui.domain.list_flags import STATE, Marks, marked_flag, state_flag
from ka2tui.domain.vocabulary import Field, Flag, Kind, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Hashable
    from datetime import date


def proofs(known: Known, _today: date, marks: Marks | None = None) -> Vocabulary:
    """Give what can be asked of proofs."""
    broken = (kinds.ProofState.CHANGED, kinds.ProofState.MISSING)
    fields = (
        kind("state", kinds.ProofState, also=("status",)),
        kind("kind", kinds.ProofKind, also=("type",)),
        Field("sort", Kind.WORD, attrgetter("sort"), "sort of proof", open=True),
        unit(known),
        day("day", also=("date",)),
        day("checked", "checked_on", about="last looked at"),
        text("title"),
        text("where", about="where it lies", also=("path", "file", "link")),
        text("of", "named", about="what it is about"),
    )
    flags = (
        *(state_flag(state, state) for state in (*broken, kinds.ProofState.THERE)),
        Flag("broken", STATE, lambda it: it in broken, "changed or missing"),
        Flag("loose", attrgetter("about"), lambda it: not it, "attached to nothing"),
        *marked_flag(marks),
    )

    def texts(row: Any) -> tuple[str | None, ...]:
        return (row.title, row.where, row.named)

    return Vocabulary(
        *("proof", texts, fields, flags, {}), "title, where it lies and what it is about"
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
        Flag("missing", attrgetter("count.missing"), bool, "short of a proof"),
        Flag("late", late, bool, f"short of a proof more than {PATIENCE} days after"),
        Flag("complete", attrgetter("count"), lambda it: it.asked and not it.missing),
        Flag("coming", attrgetter("about.over"), lambda it: not it, "still to come"),
        Flag("broken", attrgetter("broken"), bool, "with a file that was changed or is gone"),
        *marked_flag(marks, "key"),
    )

    def texts(row: Any) -> tuple[str | None, ...]:
        return (row.about.code, row.about.title, row.about.word)

    return Vocabulary("record", texts, fields, flags, {}, "code, title and kind")


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
        Flag("behind", STATE, lambda it: it.worrying, "behind, or not reached in time"),
        state_flag("reached", "reached"),
        Flag("stale", lambda row: row.stale(today), bool, f"not measured for {OLD} days"),
        Flag("lacking", lambda row: row.lacks(today), bool, "without baseline, target or source"),
        *marked_flag(marks),
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
        state_flag("planned", "planned"),
        state_flag("done", "done"),
        state_flag("dropped", "dropped"),
        Flag("lacking", attrgetter("lacks"), bool, "done, and something is missing of it"),
        Flag("unmarked", attrgetter("state", "emblem", "disclaimer"),
             lambda it: it[0] == "done" and False in it[1:], "without EU emblem or disclaimer"),
        *marked_flag(marks),
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
        *marked_flag(marks),
    )

    def texts(row: Any) -> tuple[str | None, ...]:
        return (row.code, row.title, row.lead, row.work_unit)

    return Vocabulary(
        *("result", texts, fields, flags, {"@": "lead"}),
        "code, title, lead and where it belongs",
    )
