"""The figures of money: the grant, what is shared out, paid, earned, planned and used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from ka2tui.domain import earning
from ka2tui.domain.figure import Figure, Trace, Unit
from ka2tui.domain.kinds import PaymentKind
from ka2tui.domain.payments import PaymentState
from ka2tui.queries import costs, journeys, money, payments
from ka2tui.store.records import Share

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from sqlalchemy.orm import Session

    from ka2tui.domain.grant_matrix import Matrix, Spot
    from ka2tui.queries.money import EarningRow, Earnings
    from ka2tui.queries.payments import PaymentRow

_EARNING = ("earned", "at_risk", "not_started", "to_do")
_SAID = ("Earned", "At risk", "Not started", "Still to do, in time")

Named = tuple[str, str, int, Trace, tuple[str, int] | None, str]


def figures(session: Session, project: int, today: date) -> Iterator[Figure]:
    """Give the figures of money, of the project, each part of the plan and each partner."""
    matrix = money.matrix(session, project)
    found = [
        *_grant(matrix, _share_ids(session, project), project),
        *_earned(money.earnings(session, project, today=today)),
        *_paid(session, project, today),
        *_used(session, project),
    ]
    for name, title, value, trace, about, how in found:
        yield Figure(f"money.{name}", title, value, trace, Unit.MONEY, about, how, matrix.currency)


def _share_ids(session: Session, project: int) -> dict[Spot, int]:
    rows = session.execute(
        select(Share.id, Share.work_unit_id, Share.partner_id).where(Share.project_id == project)
    )
    return {(row.work_unit_id, row.partner_id): row.id for row in rows}


def _grant(matrix: Matrix, ids: Mapping[Spot, int], project: int) -> Iterator[Named]:
    how = "Where a work package has shares they count, else those of its activities."
    if matrix.grant is not None:
        trace = Trace.sums("project", {project: matrix.grant})
        yield "grant", "Grant", matrix.grant, trace, None, ""
    counted = matrix.counted
    every = Trace.sums("share", {ids[spot]: cents for spot, cents in counted.items()})
    yield "shared", "Shared out among partners", matrix.shared_out, every, None, how
    for partner in matrix.partners:
        mine = {ids[spot]: cents for spot, cents in counted.items() if spot[1] == partner.id}
        if mine:
            yield (
                f"{partner.called}.share", f"Share of {partner.called}", matrix.column(partner.id),
                Trace.sums("share", mine), ("partner", partner.id), how,
            )  # fmt: skip


def _earned(found: Earnings) -> Iterator[Named]:
    inside: dict[int, list[EarningRow]] = {}
    for row in found.rows:
        if row.parent is not None:
            inside.setdefault(row.parent, []).append(row)

    def trace(row: EarningRow, place: int) -> Trace:
        own = {row.id: row.parts[place]}
        parts = {it.id: it.parts[place] for it in inside.get(row.id, ())}
        summed = row.cents is not None and sum(parts.values()) == row.parts[place] and (
            sum(it.cents or 0 for it in inside.get(row.id, ())) == row.cents
        )  # fmt: skip
        return Trace.sums("work_unit", parts if parts and summed else own)

    for place, name in enumerate(_EARNING):
        whole = Trace.sums(
            "work_unit", {row.id: row.parts[place] for row in found.rows if row.counts}
        )
        yield name, _SAID[place], found.total[place], whole, None, earning.HOW
    for row in found.rows:
        for place, name in enumerate(_EARNING):
            if row.cents:
                yield (
                    f"{row.code}.{name}", f"{_SAID[place]}: {row.code}", row.parts[place],
                    trace(row, place), ("work_unit", row.id), f"{row.why}. {earning.IN_SHORT}",
                )  # fmt: skip


def _paid(session: Session, project: int, today: date) -> Iterator[Named]:
    rows = payments.listed(session, project, today=today)
    for kind, name, title in (
        (PaymentKind.FROM_AGENCY, "in", "Paid by the agency"),
        (PaymentKind.TO_PARTNER, "out", "Paid to partners"),
        (PaymentKind.FROM_PARTNER, "back", "Paid back by partners"),
        (PaymentKind.TO_AGENCY, "returned", "Paid back to the agency"),
    ):
        mine = {row.id: row.came_cents for row in rows if row.kind is kind and row.came_cents}
        if mine or kind in (PaymentKind.FROM_AGENCY, PaymentKind.TO_PARTNER):
            yield _sum(f"paid_{name}", title, "payment", mine)
    late = {row.id: row.left_cents for row in rows if row.state is PaymentState.LATE}
    yield (
        "late",
        "Payments that are late",
        sum(late.values()),
        Trace.sums("payment", late),
        None,
        "",
    )
    yield from _by_partner(rows)


def _by_partner(rows: Iterable[PaymentRow]) -> Iterator[Named]:
    mine: dict[int, list[PaymentRow]] = {}
    for row in rows:
        if row.partner_id is not None and row.came_cents:
            mine.setdefault(row.partner_id, []).append(row)
    for partner, some in mine.items():
        signs = {PaymentKind.TO_PARTNER: 1, PaymentKind.FROM_PARTNER: -1}
        adds = {row.id: row.came_cents * signs[row.kind] for row in some if row.kind in signs}
        yield (
            f"{some[0].partner}.paid", f"Paid to {some[0].partner}", sum(adds.values()),
            Trace.sums("payment", adds), ("partner", partner), "What came back is taken off.",
        )  # fmt: skip


def _used(session: Session, project: int) -> Iterator[Named]:
    how = "As written, else days times rate."
    lines = {row.id: row.money for row in costs.listed(session, project)}
    trips = {row.id: row.money for row in journeys.listed(session, project)}
    for table, name, title, sums, said in (
        ("cost", "costs", "Costs", lines, how),
        ("journey", "travel", "Travel", trips, ""),
    ):
        if sums:
            planned = {key: each.planned for key, each in sums.items()}
            used = {key: each.used for key, each in sums.items()}
            yield _sum(f"{name}_planned", f"{title} planned", table, planned, said)
            yield _sum(f"{name}_used", f"{title} used", table, used, said)


def _sum(name: str, title: str, table: str, adds: Mapping[int, int], how: str = "") -> Named:
    return name, title, sum(adds.values()), Trace.sums(table, adds), None, how
