"""Groups of rows in a report: people by where they come from, answers by their criterion.

A report leaves the house, so nobody who took part stands in it by name, and no item of an own
checklist by itself. Departures have no name of their own, and are told by what they are about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from ka2tui.domain.countries import say_country
from ka2tui.queries.proof_records import departed
from ka2tui.store.lots import in_parts
from ka2tui.store.records import Answer, Attendance, Contact, Departure, Participant, Partner

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy.orm import Session

    from ka2tui.queries.behind import BehindRow
    from ka2tui.store.journal import Key

NOT_SAID = "not said"
"""The group of those of whom nothing is known."""


def named(session: Session, rows: Iterable[BehindRow]) -> Mapping[Key, str]:
    """Name the group of every row that is not to stand by itself.

    Args:
        session: Of the database.
        rows: Behind all figures of a report.
    """
    ids: dict[str, set[int]] = {table: set() for table in (*_READ, "departure")}
    for row in rows:
        if row.table in ids:
            ids[row.table].add(row.id)
    found: dict[Key, str] = {}
    for table, read in _READ.items():
        column: Any = read.selected_columns[0]
        for some in in_parts(sorted(ids[table])):
            for key, *said in session.execute(read.where(column.in_(some))):
                found[table, key] = ", ".join(_words(*said)) or NOT_SAID
    told = select(Departure.id, Departure.about, Departure.about_uid, Departure.field)
    for some in in_parts(sorted(ids["departure"])):
        said = [tuple[Any, ...](row) for row in session.execute(told.where(Departure.id.in_(some)))]
        titles = departed(session, [row[1:] for row in said])
        found |= {("departure", row[0]): title for row, title in zip(said, titles, strict=True)}
    return found


def _words(named: str | None, country: str | None = None, what: str | None = None) -> list[str]:
    return [*filter(None, (named, country and say_country(country), what))]


_PARTNER = func.coalesce(Partner.acronym, Partner.name)

_PLACE: Any = func.coalesce(_PARTNER, Participant.organisation)
_WHAT: Any = func.coalesce(Participant.profile, Participant.role)

_READ: Mapping[str, Any] = {
    "participant": select(Participant.id, _PLACE, Participant.country, _WHAT).outerjoin(
        Partner.__table__, Participant.partner_id == Partner.id
    ),
    "attendance": select(Attendance.id, _PARTNER)
    .join(Contact.__table__, Attendance.contact_id == Contact.id)
    .outerjoin(Partner.__table__, Contact.partner_id == Partner.id),
    "answer": select(Answer.id, Answer.criterion_title),
}
"""What is read of the rows that are told in groups: id, partner or criterion, country, profile."""
