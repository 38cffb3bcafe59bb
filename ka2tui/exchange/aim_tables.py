"""The chain from need to indicator, and possible partners, as tables for a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain import aims
from ka2tui.domain.kinds import Kind
from ka2tui.domain.refusal import Refused
from ka2tui.exchange import table_writer
from ka2tui.exchange.table_writer import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from ka2tui.domain.aims import Serving
    from ka2tui.queries.aims import Goal
    from ka2tui.queries.candidates import CandidateRow


ENDINGS = ("md", "html", "csv", "xlsx")
"""What goal and chain can be written as."""


class Table(Kind):
    """One table."""

    CHAIN = "chain", "Needs and objectives"
    CANDIDATES = "candidates", "Possible partners"


def chain(seen: Goal) -> Sheet:
    """Write each line of the chain whole, so that every row can be read by itself."""
    titles = (
        *("Need", "Target group", "Shown by", "Objective", "Activities", "Results"),
        *("Indicators", "Gaps"),
    )

    def listed(found: Sequence[Serving]) -> str:
        return "; ".join(one.said for one in found)

    body = (
        (
            row.need.said if row.need else None,
            "; ".join(aims.target_groups(one for one in (row.need, row.objective) if one)),
            row.need.source if row.need else None,
            row.objective.said if row.objective else None,
            *(listed(row.activities), listed(row.results), listed(row.indicators)),
            aims.say_gaps(row.gaps),
        )
        for row in seen.chain.rows
    )
    return Sheet(Table.CHAIN, titles, (*body,))


def rendered(seen: Goal, form: str, *, today: date, own: Path | None = None) -> bytes:
    """Write goal, priorities and chain as a file of one of `ENDINGS` holds them.

    Args:
        seen: What is written.
        form: Which of them.
        today: The day it stands so.
        own: The user's folder of words and numbers.

    Raises:
        Refused: It is none of them.
    """
    if form not in ENDINGS:
        raise Refused("Name a file that ends with .md, .html, .csv or .xlsx.")
    if form in ("csv", "xlsx"):
        sheet = chain(seen)
        return table_writer.as_csv(sheet) if form == "csv" else table_writer.as_workbook([sheet])
    from ka2tui.reports import chain as report

    document = report.build(seen, today=today)
    if form == "html":
        from ka2tui.reports.formats import html

        return html.render(document, own).encode()
    from ka2tui.reports.formats import markdown

    return markdown.render(document).encode()


def candidates(rows: Iterable[CandidateRow], uids: Mapping[int, str]) -> Sheet:
    """Write the possible partners; import reads the same again."""
    titles = (
        *("UID", "Possible partner", "Acronym", "Country", "City", "Type", "OID", "PIC"),
        *("Website", "Brings", "Found at", "Contact", "Email", "Phone", "State"),
        *("Asked on", "Answered on", "Notes"),
    )
    body = (
        (
            *(uids.get(row.id), row.name, row.acronym, row.country, row.city, row.sort, row.oid),
            *(row.pic, row.website, row.brings, row.found_at, row.person, row.email, row.phone),
            *(row.state.word, row.asked_on, row.answered_on, row.notes),
        )
        for row in rows
    )
    return Sheet(Table.CANDIDATES, titles, (*body,))
