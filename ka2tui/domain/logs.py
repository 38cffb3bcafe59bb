"""The log of a project: which fields an issue, a decision and a change have, and their codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain.kinds import LogKind, LogState

if TYPE_CHECKING:
    from datetime import date

PREFIX = {LogKind.ISSUE: "IS", LogKind.DECISION: "DE", LogKind.CHANGE: "CH"}
"""What codes begin with that nobody has chosen."""

RISK_PREFIX = "R"

_ALL = ("code", "title", "description", "category", "state", "opened_on", "work_unit_id", "notes")
_OWNED = ("partner_id", "contact_id")

FIELDS: dict[LogKind, tuple[str, ...]] = {
    LogKind.ISSUE: (
        *(*_ALL, *_OWNED, "raised_by", "urgency", "impact", "size", "due", "solution"),
        *("closed_on", "risk_id"),
    ),
    LogKind.DECISION: (
        *(*_ALL, *_OWNED, "raised_by", "reason", "decided_by", "decided_on", "consequence"),
        *("due", "closed_on", "issue_id"),
    ),
    LogKind.CHANGE: (
        *(*_ALL, *_OWNED, "raised_by", "urgency", "impact", "size", "reason", "solution"),
        *("decided_by", "decided_on", "consequence", "due", "closed_on", "issue_id", "risk_id"),
    ),
}
"""What can be said of each kind; source: the logs of PM²."""

WORDS: dict[LogKind, dict[str, str]] = {
    LogKind.ISSUE: {
        "raised_by": "raised by",
        "solution": "what was done",
        "due": "due",
        "closed_on": "settled on",
        "opened_on": "raised on",
    },
    LogKind.DECISION: {
        "raised_by": "proposed by",
        "reason": "reasons and alternatives",
        "due": "in effect by",
        "closed_on": "put into effect",
        "opened_on": "brought up on",
        "consequence": "consequence",
        "decided_by": "decided by",
        "decided_on": "decided on",
    },
    LogKind.CHANGE: {
        "raised_by": "requested by",
        "reason": "reason",
        "solution": "decision",
        "due": "due",
        "closed_on": "implemented",
        "opened_on": "requested on",
        "consequence": "consequence",
        "decided_by": "decided by",
        "decided_on": "decided on",
    },
}
"""What some fields are called of each kind."""

CLOSED_WORDS = {
    LogKind.ISSUE: {LogState.DONE: "settled", LogState.REJECTED: "dropped"},
    LogKind.DECISION: {LogState.DONE: "in effect", LogState.REJECTED: "taken back"},
    LogKind.CHANGE: {LogState.DONE: "implemented", LogState.REJECTED: "refused"},
}
"""What the end of each kind is called."""


def state_word(kind: LogKind, state: LogState) -> str:
    """Say how far a line is, as one says it of its kind."""
    return CLOSED_WORDS[kind].get(state, state.word)


def is_late(state: LogState, due: date | None, today: date) -> bool:
    """Tell whether a line should be settled by now; what was decided still is to take effect."""
    return due is not None and due < today and not state.closed


def is_open(kind: LogKind, state: LogState) -> bool:
    """Tell whether something is still to be said or done: a decision that was taken is not open."""
    if kind is LogKind.DECISION and state is LogState.DECIDED:
        return False
    return not state.closed
