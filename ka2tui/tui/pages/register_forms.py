"""The forms of risks and of lines of the log: what can be said of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ka2tui.domain import logs as words
from ka2tui.domain import risks as scale
from ka2tui.domain.kinds import LogKind, RiskStrategy
from ka2tui.domain.text import capital
from ka2tui.tui.dialogs.form import Field, Option, options_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ka2tui.queries.logs import LogRow
    from ka2tui.queries.risks import RiskRow
    from ka2tui.queries.tasks import Choices

_LABELS = {
    "code": "Code",
    "title": "Title",
    "description": "About it",
    "category": "Category",
    "opened_on": "Opened",
    "work_unit_id": "Part",
    "notes": "Notes",
    "partner_id": "Partner",
    "contact_id": "Person",
    "raised_by": "Raised by",
    "urgency": "Urgency",
    "impact": "Impact",
    "size": "Size",
    "due": "Due",
    "solution": "What was done",
    "closed_on": "Closed",
    "risk_id": "Risk",
    "reason": "Reasons",
    "decided_by": "Decided by",
    "decided_on": "Decided on",
    "consequence": "Consequence",
    "issue_id": "Issue",
}
_LONG = frozenset({"description", "notes", "solution", "reason", "consequence"})
_DAYS = frozenset({"opened_on", "due", "closed_on", "decided_on"})
_STEPS = {
    "urgency": ("can wait", "soon", "this month", "this week", "now"),
    "impact": ("small", "felt", "middling", "large", "very large"),
    "size": ("small", "some work", "middling", "large", "very large"),
}
_FOLDED = frozenset({"code", "category", "opened_on", "closed_on", "notes", "issue_id", "risk_id"})
_FIRST = {
    LogKind.ISSUE: ("title", "partner_id", "contact_id", "due", "urgency", "impact", "size"),
    LogKind.DECISION: ("title", "decided_by", "decided_on", "reason", "consequence"),
    LogKind.CHANGE: ("title", "raised_by", "reason", "urgency", "impact", "size", "solution"),
}
"""The fields of each kind that one fills in first; the others follow."""


def steps(meanings: Sequence[str]) -> list[Option]:
    """Offer 1 to 5 with what each means."""
    return [Option(None, "not said"), *(Option(n, f"{n} {it}") for n, it in enumerate(meanings, 1))]


def risk_fields(row: RiskRow | None, offered: Choices) -> list[Field]:
    """Give the lines of the form of a risk."""
    strategies = [Option(None, "not said"), *(Option(it, it.word) for it in RiskStrategy)]
    return [
        Field("title", "Risk", value=row and row.title, required=True),
        Field("likelihood", "Likelihood", "choice", row and row.likelihood,
              options=steps(scale.LIKELIHOOD)),
        Field("impact", "Impact", "choice", row and row.impact, options=steps(scale.IMPACT)),
        Field("strategy", "Strategy", "choice", row and row.strategy, options=strategies),
        Field("action", "What is done", "long", row and row.action),
        *_owner(row, offered),
        Field("review_on", "Look again", "date", row and row.review_on, start=offered.start,
              hint="on this day it appears on Today"),
        Field("work_unit_id", "Part", "choice", row and row.work_unit_id,
              options=options_of(offered.work_units, "none")),
        Field("description", "About it", "long", row and row.description, more=True),
        Field("category", "Category", value=row and row.category, more=True,
              hint="people, money, time"),
        Field("code", "Code", value=row and row.code, more=True, hint="the next free one"),
        Field("opened_on", "Seen first", "date", row and row.opened_on, more=True,
              start=offered.start),
        Field("notes", "Notes", "long", row and row.notes, more=True),
    ]  # fmt: skip


def log_fields(
    kind: LogKind,
    row: LogRow | None,
    offered: Choices,
    risks: Sequence[Option] = (),
    issues: Sequence[Option] = (),
) -> list[Field]:
    """Give the lines of the form of an issue, a decision or a change."""
    first = _FIRST[kind]
    rest = [name for name in words.FIELDS[kind] if name not in first and name != "state"]
    options = {
        "partner_id": options_of(offered.offered(row.partner_id if row else None), "nobody"),
        "contact_id": options_of(offered.contacts, "nobody"),
        "work_unit_id": options_of(offered.work_units, "none"),
        "risk_id": [Option(None, "none"), *risks],
        "issue_id": [Option(None, "none"), *issues],
        **{name: steps(meanings) for name, meanings in _STEPS.items()},
    }
    rest.sort(key=lambda name: name in _FOLDED)
    return [_field(name, kind, row, options, offered) for name in (*first, *rest)]


def _field(
    name: str, kind: LogKind, row: LogRow | None, options: dict[str, Any], offered: Choices
) -> Field:
    word = words.WORDS[kind].get(name)
    label = capital(word) if word else _LABELS[name]
    value = None if row is None else getattr(row, name)
    more = name in _FOLDED
    if name in options:
        return Field(name, label, "choice", value, options=options[name], more=more)
    if name in _DAYS:
        return Field(name, label, "date", value, start=offered.start, more=more)
    if name in _LONG:
        return Field(name, label, "long", value, more=more)
    return Field(name, label, value=value, required=name == "title", more=more)


def task_fields(title: str, due: Any, offered: Choices, partner: int | None,
                contact: int | None) -> list[Field]:  # fmt: skip
    """Give the lines of the form of a task that comes of something."""
    return [
        Field("title", "Title", value=title, required=True),
        Field("due", "Due", "date", due, start=offered.start),
        Field("partner_id", "Partner", "choice", partner,
              options=options_of(offered.partners, "nobody")),
        Field("contact_id", "Person", "choice", contact,
              options=options_of(offered.contacts, "nobody")),
    ]  # fmt: skip


def _owner(row: RiskRow | None, offered: Choices) -> list[Field]:
    return [
        Field("partner_id", "Partner", "choice", row and row.partner_id,
              options=options_of(offered.offered(row.partner_id if row else None), "nobody")),
        Field("contact_id", "Person", "choice", row and row.contact_id,
              options=options_of(offered.contacts, "nobody")),
    ]  # fmt: skip
