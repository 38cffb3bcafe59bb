"""The grant in a matrix: what work packages come to and each partner has of them, in one change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from ka2tui.domain import work_plan
from ka2tui.domain.grant_matrix import OWN
from ka2tui.domain.refusal import Refused
from ka2tui.operations.fields import FieldConflict
from ka2tui.store.operation import operation, say
from ka2tui.store.records import Partner, Share, WorkUnit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from ka2tui.domain.grant_matrix import Spot


@operation("Divide the grant")
def divide(
    session: Session,
    project: int,
    cells: Mapping[Spot, int | None],
    based_on: Mapping[Spot, int | None] | None = None,
) -> tuple[FieldConflict, ...]:
    """Write amounts into the matrix of the grant.

    Args:
        session: Of the change.
        project: Whose.
        cells: Cents by work package and partner; `OWN` for the partner is the work package's own
            amount; None takes the partner out, unless it has a role there.
        based_on: What the editor saw before.

    Returns:
        The cells that somebody else changed meanwhile, left alone.

    Raises:
        Refused: Something is of another project or below zero, or nothing changes.
    """
    units = {it.id: it for it in session.scalars(_of(WorkUnit, project))}
    partners = {it.id: it for it in session.scalars(_of(Partner, project))}
    shares = {(it.work_unit_id, it.partner_id): it for it in session.scalars(_of(Share, project))}
    conflicts: list[FieldConflict] = []
    changed: list[str] = []
    for (unit, partner), cents in cells.items():
        work_plan.check_amount(cents)
        if unit not in units:
            raise Refused("That work package or activity is not of this project.")
        if partner != OWN and partner not in partners:
            raise Refused("That partner is not of this project.")
        share = shares.get((unit, partner))
        if partner == OWN:
            stands, who = units[unit].amount_cents, "amount"
        else:
            stands = None if share is None else share.amount_cents
            who = partners[partner].acronym or partners[partner].name
        if stands == cents:
            continue
        spot = (unit, partner)
        if based_on is not None and spot in based_on and stands != based_on[spot]:
            conflicts.append(FieldConflict(f"{units[unit].code} {who}", cents, stands))
            continue
        changed.append(units[unit].code)
        _write(session, units[unit], partner, share, cents)
    if not changed and not conflicts:
        raise Refused("The grant is divided like this already.")
    session.flush()
    codes = list(dict.fromkeys(changed))
    what = codes[0] if len(codes) == 1 else f"{len(codes)} work packages and activities"
    amounts = "1 amount" if len(changed) == 1 else f"{len(changed)} amounts"
    say(session, "Divide the grant: {amounts} in {what}", amounts=amounts, what=what)
    return tuple(conflicts)


def _write(
    session: Session, unit: WorkUnit, partner: int, share: Share | None, cents: int | None
) -> None:
    if partner == OWN:
        unit.amount_cents = cents
    elif share is None:
        session.add(
            Share(
                project_id=unit.project_id,
                work_unit_id=unit.id,
                partner_id=partner,
                amount_cents=cents,
            )
        )
    elif cents is None and not share.role:
        session.delete(share)
    else:
        share.amount_cents = cents


def _of(table: type[Any], project: int) -> Any:
    return select(table).where(table.project_id == project)
