"""Money as tables for a spreadsheet: import reads the same again, and no formula runs."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ka2tui.domain.costs import say_quarter
from ka2tui.domain.grant_matrix import OWN
from ka2tui.domain.kinds import Kind
from ka2tui.domain.rates import StaffCategory
from ka2tui.domain.timeline import say_month
from ka2tui.exchange.table_writer import Cell, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ka2tui.domain.grant_matrix import Matrix, Spot
    from ka2tui.queries.costs import CostRow
    from ka2tui.queries.journeys import JourneyRow
    from ka2tui.queries.payments import PaymentRow


class Table(Kind):
    """One table of money."""

    WORK_PACKAGES = "work_packages", "Work packages"
    SHARES = "shares", "Shares"
    MATRIX = "matrix", "Budget per WP"
    PAYMENTS = "payments", "Payments"
    COSTS = "costs", "Costs"
    TRAVEL = "travel", "Travel"


def work_packages(matrix: Matrix, uids: Mapping[int, str]) -> Sheet:
    """Write the amounts of work packages, activities and headings."""
    codes = {unit.id: unit.code for unit in matrix.units}
    rows = (
        (
            uids.get(it.id),
            it.code,
            it.title,
            codes.get(it.parent or 0),
            _money(matrix.at(it.id, OWN)),
        )
        for it in matrix.units
    )
    return Sheet(Table.WORK_PACKAGES, ("UID", "Code", "Title", "Part of", "Amount"), (*rows,))


def shares(matrix: Matrix, uids: Mapping[Spot, str]) -> Sheet:
    """Write one row for each share of a partner."""
    rows = (
        (uids.get((unit.id, who.id)), unit.code, who.called, _money(matrix.at(unit.id, who.id)))
        for unit in matrix.units
        for who in matrix.partners
        if matrix.at(unit.id, who.id) is not None
    )
    return Sheet(Table.SHARES, ("UID", "Work package", "Partner", "Share"), (*rows,))


def matrix_of(matrix: Matrix) -> Sheet:
    """Write the matrix as people lay it out; a row without shares of its own stays empty."""
    titles = ("Work package", *(who.called for who in matrix.partners), "Total")
    rows: list[tuple[Cell, ...]] = [
        (
            unit.code,
            *(_money(matrix.at(unit.id, who.id)) for who in matrix.partners),
            _money(sum(matrix.at(unit.id, who.id) or 0 for who in matrix.partners)),
        )
        for unit in matrix.units
        if matrix.counts(unit)
    ]
    totals = [matrix.column(who.id) for who in matrix.partners]
    rows.append(("Total", *map(_money, totals), _money(matrix.shared_out)))
    return Sheet(Table.MATRIX, titles, (*rows,))


def payments(rows: Iterable[PaymentRow], uids: Mapping[int, str]) -> Sheet:
    """Write the payments."""
    titles = (
        *("UID", "Title", "Type", "Partner", "Due", "Amount", "Paid on", "Amount paid"),
        *("Condition", "Notes"),
    )
    body = (
        (
            *(uids.get(row.id), row.title, row.kind.word, row.partner),
            row.due if row.due_month is None else say_month(row.due_month),
            *(_money(row.amount_cents), row.paid_on, _money(row.paid_cents)),
            *(row.condition, row.notes),
        )
        for row in rows
    )
    return Sheet(Table.PAYMENTS, titles, (*body,))


def costs(rows: Iterable[CostRow], uids: Mapping[int, str]) -> Sheet:
    """Write the lines of cost, days with their decimals."""
    titles = (
        *("UID", "Cost category", "Description", "Work package", "Partner", "Staff category"),
        *("Quarter", "Days planned", "Days used", "Daily rate", "Planned amount", "Used"),
        *("Meeting", "Notes"),
    )
    body = (
        (
            *(uids.get(row.id), row.kind.word, row.title, row.work_unit, row.partner),
            _category(row.staff_category),
            say_quarter(row.quarter) if row.quarter else None,
            *(_money(row.planned_hundredths), _money(row.used_hundredths)),
            *(_money(row.rate_cents), _money(row.planned_cents), _money(row.used_cents)),
            *(row.meeting, row.notes),
        )
        for row in rows
    )
    return Sheet(Table.COSTS, titles, (*body,))


def travel(rows: Iterable[JourneyRow], uids: Mapping[int, str]) -> Sheet:
    """Write the journeys."""
    titles = (
        *("UID", "Journey", "Meeting", "Partner", "Day", "Travellers", "Kilometres"),
        *("Green travel", "Planned amount", "Used", "Notes"),
    )
    body = (
        (
            *(uids.get(row.id), row.title, row.meeting, row.partner, row.own_day, row.people),
            *(row.distance_km, "yes" if row.green else "no"),
            *(_money(row.amount_cents), _money(row.used_cents), row.notes),
        )
        for row in rows
    )
    return Sheet(Table.TRAVEL, titles, (*body,))


def _money(hundredths: int | None) -> Decimal | None:
    """Write cents, or hundredths of a day, as a decimal with two places."""
    return None if hundredths is None else Decimal(hundredths).scaleb(-2)


def _category(code: str | None) -> str | None:
    known = {each.value: each.word for each in StaffCategory}
    return known.get(code or "", code)
