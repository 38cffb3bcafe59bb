"""Journeys to meetings: what they cost by distance, as planned, and what was used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ka2tui.domain.refusal import Refused
from ka2tui.operations import money_lines
from ka2tui.store.operation import operation
from ka2tui.store.records import Journey

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from ka2tui.domain.rates import Bands
    from ka2tui.operations.fields import FieldConflict, Values

EDITABLE = frozenset(
    {"meeting_id", "partner_id", "day", "title", "people", "distance_km", "green"}
    | {"amount_cents", "used_cents", "notes"}
)
_PRICED = frozenset({"people", "distance_km", "green"})
_MOST_PEOPLE = 9_999
_LONGEST_KM = 41_000


@operation("Add journey")
def add(session: Session, project: int, values: Values, *, bands: Bands | None = None) -> int:
    """Add a journey of one or more people.

    Args:
        session: Of the change.
        project: Whose.
        values: Its fields.
        bands: What gives its planned amount by distance, where none is written.

    Returns:
        Its id.

    Raises:
        Refused: A value cannot be.
    """
    made = Journey(project_id=project, people=1, green=False)
    wanted = dict(values)
    _check(wanted)
    if wanted.get("amount_cents") is None:
        wanted["amount_cents"] = _by_band({"people": 1, "green": False, **wanted}, bands)
    return money_lines.add(session, made, wanted, allowed=EDITABLE, called=called)


@operation("Edit journey")
def edit(
    session: Session,
    journey: int,
    values: Values,
    based_on: Values | None = None,
    *,
    bands: Bands | None = None,
) -> tuple[FieldConflict, ...]:
    """Change fields of a journey; an amount that was by distance follows distance and people.

    Returns:
        The fields that somebody else changed meanwhile, left alone.

    Raises:
        Refused: A value cannot be.
    """
    record = money_lines.several(session, Journey, [journey])[0]
    wanted = dict(values)
    _check(wanted)
    before = {name: getattr(record, name) for name in _PRICED}
    by_hand = record.amount_cents is not None and record.amount_cents != _by_band(before, bands)
    if not _PRICED.isdisjoint(wanted) and "amount_cents" not in wanted and not by_hand:
        wanted["amount_cents"] = _by_band({**before, **wanted}, bands)
    return money_lines.edit(session, record, wanted, based_on, allowed=EDITABLE, called=called)


@operation("Remove journeys")
def remove(session: Session, journeys: Sequence[int]) -> None:
    """Remove journeys."""
    money_lines.remove(session, Journey, journeys, called)


def called(record: Journey) -> str:
    """Name a journey by where it goes, else by how many travel."""
    if record.title:
        return f"“{record.title}”"
    return "of 1 person" if record.people == 1 else f"of {record.people} people"


def _by_band(values: Values, bands: Bands | None) -> int | None:
    """Give what a journey costs by its distance; None where that is not known."""
    km = values.get("distance_km")
    band = None if bands is None or km is None else bands.find(km)
    return None if band is None else band.amount(values["people"], green=bool(values["green"]))


def _check(values: dict[str, Any]) -> None:
    people, km = values.get("people", 1), values.get("distance_km")
    if people is None or not 1 <= people <= _MOST_PEOPLE:
        raise Refused(f"A journey is of 1 to {_MOST_PEOPLE} people.")
    if km is not None and not 0 <= km <= _LONGEST_KM:
        raise Refused(f"A journey is of 0 to {_LONGEST_KM} km.")
