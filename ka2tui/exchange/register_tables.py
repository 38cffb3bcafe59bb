"""Risks, logs and letters as tables for a spreadsheet: import reads the same again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain.kinds import Direction, Kind
from ka2tui.exchange.table_writer import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ka2tui.queries.letters import LetterRow
    from ka2tui.queries.logs import LogRow
    from ka2tui.queries.risks import RiskRow


class Table(Kind):
    """One register."""

    RISKS = "risks", "Risk register"
    LOG = "log", "Log"
    LETTERS = "letters", "Letters"


def risks(rows: Iterable[RiskRow], uids: Mapping[int, str]) -> Sheet:
    """Write the risks."""
    titles = (
        *("UID", "Code", "Risk title", "Description", "Category", "Likelihood", "Impact"),
        *("Level", "Band", "Strategy", "Mitigation", "Owner", "WP", "Status", "Opened"),
        *("Review date", "Closed", "Notes"),
    )
    body = (
        (
            *(uids.get(row.id), row.code, row.title, row.description, row.category),
            *(row.likelihood, row.impact, row.level, row.band.word if row.band else None),
            *(row.strategy.word if row.strategy else None, row.action, row.owner),
            *(row.work_unit, row.state.word, row.opened_on, row.review_on, row.closed_on),
            row.notes,
        )
        for row in rows
    )
    return Sheet(Table.RISKS, titles, (*body,))


def log(rows: Iterable[LogRow], uids: Mapping[int, str]) -> Sheet:
    """Write issues, decisions and changes, with the decisions that stand in minutes alone."""
    titles = (
        *("UID", "Type", "Code", "Title", "Description", "Category", "Status", "Opened", "Due"),
        *("Closed", "Raised by", "Owner", "Urgency", "Impact", "Size", "Rationale"),
        *("Decided by", "Decided on", "Consequence", "Resolution", "WP", "Risk", "Meeting"),
        "Notes",
    )
    body = (
        (
            *(uids.get(row.id or 0), row.kind.word, row.code, row.title, row.description),
            *(row.category, row.state.word, row.opened_on, row.due, row.closed_on),
            *(row.raised_by, row.owner, row.urgency, row.impact, row.size, row.reason),
            *(row.decided_by, row.decided_on, row.consequence, row.solution, row.work_unit),
            *(row.risk, row.meeting, row.notes),
        )
        for row in rows
    )
    return Sheet(Table.LOG, titles, (*body,))


def letters(rows: Iterable[LetterRow], uids: Mapping[int, str]) -> Sheet:
    """Write the letters, without their texts."""
    titles = (
        *("UID", "Date", "Direction", "Channel", "With", "Subject", "Reference number"),
        *("Answer by", "Answered on"),
    )
    body = (
        (
            *(uids.get(row.id), row.day, "in" if row.direction is Direction.IN else "out"),
            *(row.channel.word, row.who, row.subject, row.reference_nr, row.answer_by),
            row.answered_on,
        )
        for row in rows
    )
    return Sheet(Table.LETTERS, titles, (*body,))
