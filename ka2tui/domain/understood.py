"""What a captured line was understood as: field by field, and part by part of the line."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from ka2tui.domain import days, recurrence
from ka2tui.domain.due import Due
from ka2tui.domain.effort import say_effort
from ka2tui.domain.kinds import PhaseKind, Precision, Priority
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from datetime import date

    from ka2tui.domain.quickadd_names import Name

NO_DATE = Due()


class Sign(StrEnum):
    """What a part of a line was understood as."""

    WHO = "who"
    DUE = "due"
    WHERE = "where"
    PRIORITY = "priority"
    TAG = "tag"
    REPEATS = "repeats"
    EFFORT = "effort"
    PHASE = "phase"
    NEEDS = "needs"
    LITERAL = "literal"
    """Title, though it looks like something else: it was written with a backslash."""
    UNREAD = "unread"
    """Title, since it looks like something else but could not be understood."""


MINUTES = frozenset({Sign.WHO, Sign.DUE})
"""What a line of minutes can say."""

EVERYTHING = frozenset(Sign)


@frozen
class Part:
    """A part of a line that is more than a title, or looks so."""

    start: int
    end: int
    """Where it stands in the text, as it was typed."""
    sign: Sign
    said: str
    """What was understood; of what was not, why, as a sentence."""


@frozen
class Understood:
    """What a line says."""

    text: str
    """The line as it was typed."""
    title: str
    """What is left of it: the task's title; empty where nothing is."""
    due: Due = NO_DATE
    partner: Name | None = None
    contact: Name | None = None
    work_unit: Name | None = None
    priority: Priority | None = None
    tags: tuple[str, ...] = ()
    recurrence: str | None = None
    """As `recurrence.read_rule` gives it."""
    effort_minutes: int | None = None
    phase: PhaseKind | None = None
    needs: tuple[Name, ...] = ()
    """Tasks that it waits for."""
    parts: tuple[Part, ...] = ()
    """In the order of the line."""
    hints: tuple[str, ...] = ()
    """What deserves a look, though all was understood."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What to tell: what was not understood, then what deserves a look."""
        unread = [part.said for part in self.parts if part.sign is Sign.UNREAD]
        return (*unread, *self.hints)

    @property
    def stayed(self) -> str:
        """Say what looks like a sign and stayed in the title; blank where nothing did."""
        left = [self.text[it.start : it.end] for it in self.parts if it.sign is Sign.UNREAD]
        return f"stayed in the title: {' '.join(left)}" if left else ""

    @property
    def values(self) -> dict[str, Any]:
        """The task's fields as operations take them; the title is apart."""
        return {
            "due": self.due.day,
            "due_month": self.due.month,
            "due_precision": self.due.precision,
            "partner_id": self.partner and self.partner.id,
            "contact_id": self.contact and self.contact.id,
            "work_unit_id": self.work_unit and self.work_unit.id,
            "priority": self.priority or Priority.NORMAL,
            "tags": self.tags,
            "recurrence": self.recurrence,
            "effort_minutes": self.effort_minutes,
            "phase": self.phase,
        }

    def facts(self, today: date) -> list[tuple[str, str]]:
        """Say field by field what was understood: ("due", "Fri 4 Dec 2026, in 13 days")."""
        who = [each.word for each in (self.contact, self.partner) if each is not None]
        where = self.work_unit
        rule = self.recurrence
        found = (
            ("due", say_due(self.due, today)),
            ("who", " of ".join(who)),
            ("in", where and " ".join(filter(None, [where.word, where.note]))),
            ("priority", self.priority and self.priority.word),
            ("tags", " ".join(f"#{tag}" for tag in self.tags)),
            ("repeats", rule and recurrence.say_rule(rule)),
            ("effort", self.effort_minutes is not None and say_effort(self.effort_minutes)),
            ("phase", self.phase and self.phase.word),
            ("waits for", ", ".join(f"{each.word} {each.note}".strip() for each in self.needs)),
        )
        return [(label, said) for label, said in found if said]


def say_due(due: Due, today: date) -> str:
    """Say a deadline in full, with its weekday: M18, Wed 31 Mar 2027, in 129 days."""
    if due.day is None:
        return "" if due.month is None else f"{due}, once the project's first day is known"
    day = f"{days.DAY_NAMES[due.day.weekday()]} {days.say_brief(due.day)}"
    month = str(due) if due.precision is Precision.MONTH else ""
    return ", ".join(filter(None, [month, day, days.say_until(due.day, today)]))
