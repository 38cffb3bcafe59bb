"""Indicators: the list with how each stands, one with all that was measured, and the figures."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import func, select

from ka2tui.domain import indicators as rules
from ka2tui.domain import quantity, timeline
from ka2tui.domain.figure import Figure, Trace, Unit
from ka2tui.domain.indicators import Aim, Course, Standing, Value
from ka2tui.domain.kinds import Precision, Term
from ka2tui.domain.refusal import Refused
from ka2tui.frozen import frozen
from ka2tui.store.records import Indicator, Measurement, Partner, Project, ProofUse, WorkUnit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from ka2tui.domain.periods import Period


@frozen
class IndicatorRow:
    """An indicator, and how it stands."""

    id: int
    code: str | None
    title: str
    work_unit: str | None
    """The code of its work package or activity."""
    lead: str | None
    unit: str | None
    baseline: str | None
    target: str | None
    term: Term | None
    source: str | None
    due: date | None
    due_month: int | None
    precision: Precision
    aim: Aim
    course: Course
    values: tuple[Value, ...]
    """What was measured, in the order it was entered."""
    work_unit_id: int | None
    lead_id: int | None
    project_id: int

    @property
    def rising(self) -> bool:
        """Whether more is better."""
        return rules.rises(self.baseline, self.target, said=self.aim.rising)

    @property
    def value(self) -> str | None:
        """The last value."""
        return None if self.course.last is None else self.course.last.value

    @property
    def measured_on(self) -> date | None:
        """The day of the last value."""
        return None if self.course.last is None else self.course.last.day

    @property
    def way(self) -> int | None:
        """Per cent of the way from baseline to target."""
        return self.course.way

    @property
    def state(self) -> Standing:
        """How it stands."""
        return self.course.standing

    @property
    def expected(self) -> str | None:
        """What it comes to, if it goes on like this."""
        return self.course.expected

    @property
    def called(self) -> str:
        """Its code, else its title."""
        return self.code or self.title

    def lacks(self, today: date) -> tuple[str, ...]:
        """Name what an expert would ask for."""
        found = []
        if self.baseline is None:
            found.append("no baseline")
        if self.target is None:
            found.append("no target")
        if not self.source:
            found.append("no source")
        if self.term is None:
            found.append("neither short nor long term")
        if self.stale(today):
            found.append("not measured for half a year")
        return tuple(found)

    def stale(self, today: date) -> bool:
        """Whether it runs, and nobody has measured it for half a year."""
        if self.state is Standing.REACHED or (self.aim.last and self.aim.last < today):
            return False
        since = self.measured_on or self.aim.first
        return since is not None and (today - since).days > rules.OLD


class MeasurementRow(NamedTuple):
    """What was measured on a day."""

    id: int
    day: date
    value: str
    source: str | None
    note: str | None
    proofs: int


@frozen
class IndicatorDetails:
    """All that is known of one indicator."""

    row: IndicatorRow
    measurements: tuple[MeasurementRow, ...]
    """By day, the last first."""
    notes: str | None


class Measured(NamedTuple):
    """A measurement that fell into a period, and the one before it."""

    indicator: IndicatorRow
    id: int
    day: date
    value: str
    before: str | None
    """The last value of an earlier day."""


def listed(session: Session, project: int, *, today: date) -> tuple[IndicatorRow, ...]:
    """List the indicators of a project by work package and code."""
    found = every(
        session, [Indicator.project_id == project], [Measurement.project_id == project], today=today
    )
    return tuple(sorted(found, key=lambda it: (it.work_unit is None, _natural(it.code), it.id)))


def every(
    session: Session,
    which: Sequence[ColumnElement[bool]],
    measured: Sequence[ColumnElement[bool]],
    *,
    today: date,
) -> list[IndicatorRow]:
    """List indicators of one project or of many.

    Args:
        session: Of the database.
        which: What is true of them ...
        measured: ... and of their measurements.
        today: The day they are looked at.
    """
    rows = [*session.execute(_some().where(*which))]
    values = _values(session, *measured) if rows else {}
    return [_row(row, values.get(row.id, []), today) for row in rows]


def some(session: Session, indicators: Sequence[int], *, today: date) -> tuple[IndicatorRow, ...]:
    """List chosen ones, in the order of their ids given."""
    rows = session.execute(_some().where(Indicator.id.in_(indicators)))
    values = _values(session, Measurement.indicator_id.in_(indicators))
    found = {row.id: _row(row, values[row.id], today) for row in rows}
    return tuple(found[one] for one in indicators if one in found)


def one(session: Session, indicator: int, *, today: date) -> IndicatorDetails:
    """Give all that is known of one indicator.

    Raises:
        Refused: There is none.
    """
    found = some(session, [indicator], today=today)
    if not found:
        raise Refused(f"There is no indicator {indicator} any more.")
    notes = session.scalar(select(Indicator.notes).where(Indicator.id == indicator))
    return IndicatorDetails(found[0], measurements(session, indicator), notes)


def measurements(session: Session, indicator: int) -> tuple[MeasurementRow, ...]:
    """List what was measured of one, the last first."""
    proofs = (
        select(func.count(ProofUse.id))
        .where(ProofUse.about == "measurement", ProofUse.about_uid == Measurement.uid)
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            *(Measurement.id, Measurement.day, Measurement.value, Measurement.source),
            *(Measurement.note, proofs),
        )
        .where(Measurement.indicator_id == indicator)
        .order_by(Measurement.day.desc(), Measurement.id.desc())
    )
    return tuple(MeasurementRow(*row) for row in rows)


class Written(NamedTuple):
    """What was measured, as a table for a spreadsheet has it."""

    uid: str
    indicator: str
    """The code of the indicator, else its title."""
    day: date
    value: str
    source: str | None
    note: str | None


def written(session: Session, project: int) -> tuple[Written, ...]:
    """List all that was measured in a project, by day."""
    rows = session.execute(
        select(
            *(Measurement.uid, func.coalesce(Indicator.code, Indicator.title), Measurement.day),
            *(Measurement.value, Measurement.source, Measurement.note),
        )
        .join(Indicator.__table__, Measurement.indicator_id == Indicator.id)
        .where(Measurement.project_id == project)
        .order_by(Measurement.day, Measurement.id)
    )
    return tuple(Written(*row) for row in rows)


def measured(
    session: Session, project: int, period: Period, *, today: date
) -> tuple[Measured, ...]:
    """List what was measured in a period, by indicator and day."""
    ids = defaultdict(list)
    rows = session.execute(
        select(Measurement.indicator_id, Measurement.id, Measurement.day, Measurement.value)
        .where(Measurement.project_id == project)
        .order_by(Measurement.day, Measurement.id)
    )
    for row in rows:
        ids[row.indicator_id].append(row)
    found = []
    for indicator in listed(session, project, today=today):
        for each in ids[indicator.id]:
            if period.holds(each.day):
                earlier = [it.value for it in ids[indicator.id] if it.day < each.day]
                before = earlier[-1] if earlier else None
                found.append(Measured(indicator, each.id, each.day, each.value, before))
    return tuple(found)


def _some() -> Any:
    return (
        select(
            *(Indicator.id, Indicator.code, Indicator.title, Indicator.work_unit_id),
            *(WorkUnit.code.label("unit_code"), Indicator.lead_id, Indicator.unit),
            func.coalesce(Partner.acronym, Partner.name).label("lead"),
            *(Indicator.baseline, Indicator.target, Indicator.rising, Indicator.term),
            *(Indicator.source, Indicator.due, Indicator.due_month, Indicator.due_precision),
            *(Project.start, Project.end, Project.months, Indicator.project_id),
        )
        .join(Project.__table__, Indicator.project_id == Project.id)
        .outerjoin(WorkUnit.__table__, Indicator.work_unit_id == WorkUnit.id)
        .outerjoin(Partner.__table__, Indicator.lead_id == Partner.id)
        .order_by(WorkUnit.position, WorkUnit.id, Indicator.id)
    )


def _values(session: Session, *of: ColumnElement[bool]) -> dict[int, list[Value]]:
    rows = session.execute(
        select(Measurement.indicator_id, Measurement.day, Measurement.value)
        .where(*of)
        .order_by(Measurement.id)
    )
    found: dict[int, list[Value]] = defaultdict(list)
    for row in rows:
        found[row.indicator_id].append(Value(row.day, row.value))
    return found


def _row(row: Any, values: Sequence[Value], today: date) -> IndicatorRow:
    end = row.end
    if end is None and row.start is not None and row.months is not None:
        end = timeline.project_end(row.start, row.months)
    aim = Aim(row.baseline, row.target, row.rising, row.start, row.due or end)
    return IndicatorRow(
        id=row.id,
        code=row.code,
        title=row.title,
        work_unit=row.unit_code,
        lead=row.lead,
        unit=row.unit,
        baseline=row.baseline,
        target=row.target,
        term=row.term,
        source=row.source,
        due=row.due,
        due_month=row.due_month,
        precision=row.due_precision,
        aim=aim,
        course=rules.course(aim, values, today=today),
        values=tuple(values),
        work_unit_id=row.work_unit_id,
        lead_id=row.lead_id,
        project_id=row.project_id,
    )


def _natural(code: str | None) -> tuple[bool, str, int]:
    """Sort I2 before I10."""
    bare = code or ""
    head = bare.rstrip("0123456789")
    tail = bare[len(head) :]
    return (code is None, head, int(tail) if tail.isascii() and tail else 0)


def figures(session: Session, project: int, today: date) -> Iterator[Figure]:
    """Give the numbers of the page: how many stand how, and the last value of each."""
    rows = listed(session, project, today=today)
    yield _counted("all", "Indicators", rows)
    for name, title, states in _TOLD:
        yield _counted(name, title, [row for row in rows if row.state in states])
    yield _counted("stale", "Not measured for half a year", [r for r in rows if r.stale(today)])
    ids = _last_ids(session, project, today)
    for row in rows:
        if row.value is None:
            continue
        name = f"indicator.{row.code or f'nr{row.id}'}.value"
        number = quantity.decimal(row.value)
        trace = Trace.sums("measurement", {ids[row.id]: number})
        unit = f" ({row.unit})" if row.unit else ""
        yield Figure(
            *(name, f"{row.called}, last value{unit}", number, trace, Unit.NUMBER),
            about=("indicator", row.id),
            how="The last measurement; of several on one day the one entered last.",
        )


_TOLD = (
    ("reached", "Indicators that have reached their target", (Standing.REACHED,)),
    ("on_the_way", "Indicators on time or ahead", (Standing.ON_TIME, Standing.AHEAD)),
    ("behind", "Indicators behind", (Standing.BEHIND,)),
    ("missed", "Indicators not reached in time", (Standing.MISSED,)),
    ("not_measured", "Indicators never measured", (Standing.NOT_MEASURED,)),
)


def _counted(name: str, title: str, rows: Iterable[IndicatorRow]) -> Figure:
    ids = [row.id for row in rows]
    return Figure(f"indicator.{name}", title, len(ids), Trace.rows("indicator", ids))


def _last_ids(session: Session, project: int, today: date) -> dict[int, int]:
    """Give the id of the last measurement of each indicator."""
    rows = session.execute(
        select(Measurement.indicator_id, Measurement.id)
        .where(Measurement.project_id == project, Measurement.day <= today)
        .order_by(Measurement.day, Measurement.id)
    )
    return {row.indicator_id: row.id for row in rows}
