"""Promised and now: where a project departs from its approved application, and what was said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import select

from ka2tui.domain import application as rules
from ka2tui.domain import timeline
from ka2tui.domain.application import (
    PROMISES,
    TABLES,
    THERE,
    WORDS,
    Difference,
    How,
    Names,
    Spot,
    Standing,
)
from ka2tui.domain.figure import Figure, Trace
from ka2tui.domain.kinds import AgencyAnswer, Handling
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import fold
from ka2tui.frozen import frozen
from ka2tui.store import promised
from ka2tui.store.lots import in_parts
from ka2tui.store.records import (
    Change,
    Departure,
    Entry,
    Letter,
    Partner,
    Project,
    Record,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@frozen
class Item:
    """One thing that is not as promised, in words."""

    spot: Spot
    label: str
    """What it is: "date"; empty where the record itself came or went."""
    promised: str
    now: str
    promised_value: str | None
    """As it is kept: a day, cents, a code."""
    now_value: str | None
    how: How | None
    """None: it is as promised by now."""
    since: date | None
    """The day it became so; None where the history does not tell."""

    @property
    def what(self) -> str:
        """Say what differs: "end M12 → M14"."""
        label = f"{self.label} " if self.label else ""
        if self.how is None:
            return f"{label}{self.promised}"
        if self.how is How.ADDED:
            return "added, not in the application"
        if self.how is How.REMOVED:
            return self.now
        return f"{label}{self.promised} → {self.now}"


@frozen
class Row:
    """What differs in one record, as far as the same was said about it."""

    id: int
    about: str
    """The table of the record."""
    record: int | None
    """Its id; None where it is gone."""
    said: str
    """What it is called."""
    kind: str
    items: tuple[Item, ...]
    since: date | None
    standing: Standing
    why: str | None
    handling: Handling | None
    asked_on: date | None
    answered_on: date | None
    answer: AgencyAnswer | None
    letter_id: int | None
    letter: str | None
    """Its subject."""
    notes: str | None
    traces: tuple[tuple[str, int], ...]
    """Table and id of what shows each of its items: the kept fact, or the record that was added."""
    departure: int | None = None
    """The id of what was said about it, of the first of its items."""

    @property
    def spots(self) -> tuple[Spot, ...]:
        """Where it departs."""
        return tuple(item.spot for item in self.items)

    @property
    def what(self) -> str:
        """All that differs, in one line: "date 12 May 2026 → 3 Jun 2026; city Kraków → Łódź"."""
        return "; ".join(item.what for item in self.items)

    @property
    def unexplained(self) -> bool:
        """Whether somebody still has to say why."""
        return self.standing.unexplained


@frozen
class Seen:
    """The departures of a project, and since when its application is kept."""

    approved_on: date | None
    """None: it was not kept yet."""
    month: int | None
    """The project month in which it was kept, where that was after the start."""
    facts: int
    end: date | None
    near_end: bool
    """Whether the project ends soon, so that amendments should be asked for now."""
    rows: tuple[Row, ...]

    @property
    def note(self) -> str:
        """Say what has to be known beside the list."""
        said = []
        if self.month is not None and self.month > 1:
            said.append(
                f"It was kept in M{self.month} of the project: what changed before that is not "
                "seen here."
            )
        if self.near_end:
            said.append(rules.USUALLY)
        return " ".join(said)


class _Said(NamedTuple):
    """What was said about a departure, and in which row."""

    id: int
    why: str | None
    handling: Handling | None
    asked_on: date | None
    answered_on: date | None
    answer: AgencyAnswer | None
    letter_id: int | None
    letter: str | None
    notes: str | None


class _When(NamedTuple):
    """When something last changed."""

    entry: int
    day: date


def listed(session: Session, project: int, *, today: date, since: bool = True) -> Seen:
    """Compare a project with its approved application; what is to be explained comes first.

    Args:
        session: Of the database.
        project: Whose.
        today: The day it is looked at.
        since: Whether it is told when each thing last changed, which takes reading its history.
    """
    found = session.execute(
        select(Project.approved_on, Project.start, Project.end).where(Project.id == project)
    ).one_or_none()
    if found is None:
        raise Refused(f"There is no project {project} any more.")
    approved_on, start, end = found
    kept = promised.approved(session, project)
    differing: Sequence[Difference] = []
    if kept:
        starts = promised.starts(session, project, kept)
        now = list(promised.now(session, project))
        differing = list(rules.differences(kept, now, starts))
        order = {fact.spot[:2]: place for place, fact in reversed([*enumerate(now)])}
        differing = sorted(differing, key=lambda it: _place(it, order))
    names = _names(session, project, kept)
    said = _said(session, project)
    dated = differing if since else [it for it in differing if it.spot in said]
    when = _changed(session, project, dated) if dated else {}
    spoken = _spoken(session, project) if differing and said else {}
    rows = [*_open(differing, said, when, spoken, names)]
    there = {it.spot for it in differing}
    rows += _settled(session, project, {k: v for k, v in said.items() if k not in there}, names)
    month = None
    if approved_on is not None and start is not None:
        month = timeline.month_of(start, approved_on)
    return Seen(
        approved_on,
        month,
        len(kept),
        end,
        bool(kept) and rules.is_near_end(end, today),
        tuple(sorted(rows, key=lambda row: rules.order(row.standing))),
    )


def changes_of(
    session: Session, project: int, first: date, last: date, *, today: date
) -> tuple[Row, ...]:
    """Give the departures of a period: that came in it, or were asked or answered in it.

    One whose day the history does not tell is left out unless it was asked or answered then.
    """

    def within(day: date | None) -> bool:
        return day is not None and first <= day <= last

    return tuple(
        row
        for row in listed(session, project, today=today).rows
        if row.standing is not Standing.SETTLED
        and any(map(within, (row.since, row.asked_on, row.answered_on)))
    )


def find(session: Session, project: int, said: Sequence[str], *, today: date) -> list[Spot]:
    """Give the departures that a person means.

    Args:
        session: Of the database.
        project: Whose.
        said: The number of one in the list, or the code or name of its record, and perhaps what
            of it: "WP2", "WP2.lead", "TPM3 Kraków".
        today: The day they are looked at.

    Raises:
        Refused: There is none of that name.
    """
    rows = listed(session, project, today=today).rows
    found: list[Spot] = []
    for each in said:
        spots = [*_meant(rows, each)]
        if not spots:
            raise Refused(f"{each}: nothing of that name departs from the application.")
        found += spots
    return list(dict.fromkeys(found))


def figures(session: Session, project: int, today: date) -> Iterator[Figure]:
    """Tell how many things depart from the application, and how far they are explained."""
    rows = listed(session, project, today=today).rows
    differ = [row for row in rows if any(item.how for item in row.items)]
    wanted = (
        ("departures", "Departures from the application", differ),
        ("unexplained", "Departures still to be explained", [r for r in differ if r.unexplained]),
        (
            "waiting",
            "Departures waiting for the agency's answer",
            [r for r in differ if r.standing is Standing.WAITING],
        ),
    )
    for name, title, some in wanted:
        traces = [trace for row in some for trace in row.traces]
        trace = Trace()
        for table in dict.fromkeys(table for table, _ in traces):
            trace += Trace.rows(table, (key for of, key in traces if of == table))
        yield Figure(f"application.{name}", title, sum(len(row.items) for row in some), trace)


# -- rows


def _place(difference: Difference, order: dict[tuple[str, str], int]) -> tuple[int, bool, int]:
    key = (difference.spot.about, difference.spot.uid)
    return (TABLES.index(difference.spot.about), key not in order, order.get(key, 0))


def _open(
    differing: Iterable[Difference],
    said: dict[Spot, _Said],
    when: dict[Spot, _When],
    spoken: dict[int, int],
    names: Names,
) -> Iterator[Row]:
    """Put what differs in one record into one row, as far as the same was said about it."""
    groups: dict[tuple[Any, ...], list[Difference]] = {}
    told: dict[tuple[Any, ...], tuple[_Said | None, Standing]] = {}
    for it in differing:
        about, again = said.get(it.spot), False
        if about is not None and it.spot in when:
            again = when[it.spot].entry > spoken.get(about.id, when[it.spot].entry)
        standing = _standing(about, differs=True, again=again)
        key = (it.spot.about, it.spot.uid, about and about[1:], standing)
        groups.setdefault(key, []).append(it)
        told[key] = (about, standing)
    for key, some in groups.items():
        items = tuple(_item(it, when.get(it.spot), names) for it in some)
        first = some[0]
        traces = tuple(
            ("approved_fact", it.fact) if it.fact is not None else (it.spot.about, it.record or 0)
            for it in some
        )
        number = rules.row_number(*traces[0])
        yield _row(number or 0, first, items, told[key], traces)


def _row(
    number: int,
    first: Difference,
    items: tuple[Item, ...],
    told: tuple[_Said | None, Standing],
    traces: tuple[tuple[str, int], ...],
) -> Row:
    said, standing = told
    days = [item.since for item in items if item.since is not None]
    known = said or _Said(0, None, None, None, None, None, None, None, None)
    return Row(
        number,
        first.spot.about,
        first.record,
        first.said,
        WORDS[first.spot.about],
        items,
        max(days, default=None),
        standing,
        *known[1:],
        traces,
        said.id if said else None,
    )


def _item(it: Difference, when: _When | None, names: Names) -> Item:
    known = rules.promise(it.spot.about, it.spot.field)
    return Item(
        it.spot,
        known.label if known else it.spot.field,
        rules.say_promised(it, names),
        rules.say_now(it, names),
        None if it.how is How.ADDED else it.promised,
        it.now,
        it.how,
        None if when is None else when.day,
    )


def _settled(
    session: Session, project: int, said: dict[Spot, _Said], names: Names
) -> Iterator[Row]:
    """Tell of departures that are none any more: taken over, or as promised again."""
    if not said:
        return
    facts = {it.spot: it for it in promised.approved(session, project)}
    called = {it.spot[:2]: it for it in facts.values()}
    ids = _ids(session, {spot[:2] for spot in said})
    for spot, each in said.items():
        known = rules.promise(spot.about, spot.field)
        fact = facts.get(spot)
        value = "no longer promised"
        if fact is not None and known is not None:
            value = rules.say(known.sort, fact.value, names)
        name = called[spot[:2]].said if spot[:2] in called else WORDS.get(spot.about, spot.about)
        raw = fact.value if fact else None
        label = known.label if known else spot.field
        item = Item(spot, label, value, value, raw, raw, None, None)
        record = ids.get((spot.about, spot.uid))
        trace = (("departure", each.id),)
        first = Difference(spot, name, How.CHANGED, None, None, None, record)
        standing = _standing(each, differs=False)
        yield _row(4 * each.id + 2, first, (item,), (each, standing), trace)


def _standing(said: _Said | None, *, differs: bool, again: bool = False) -> Standing:
    return rules.standing(
        differs=differs,
        why=said and said.why,
        handling=said and said.handling,
        asked_on=said and said.asked_on,
        answer=said and said.answer,
        again=again,
    )


def _meant(rows: Iterable[Row], said: str) -> Iterator[Spot]:
    wanted = fold(said.strip())
    for row in rows:
        if wanted == str(row.id):
            yield from row.spots
            continue
        name = fold(row.said)
        for called in {name, name.split(" ")[0]}:
            if wanted == called:
                yield from row.spots
            elif wanted.startswith(f"{called}."):
                rest = wanted[len(called) + 1 :]
                yield from (it.spot for it in row.items if rest in (it.spot.field, it.label))


# -- reading


def _names(session: Session, project: int, kept: Iterable[rules.Fact]) -> Names:
    partners = {it.uid: it.said for it in kept if it.about == "partner"}
    rows = select(Partner.uid, Partner.acronym, Partner.name).where(Partner.project_id == project)
    partners |= {uid: acronym or name for uid, acronym, name in session.execute(rows)}
    currency = session.scalar(select(Project.currency).where(Project.id == project))
    return Names(currency or "EUR", partners)


def _said(session: Session, project: int) -> dict[Spot, _Said]:
    rows = (
        select(
            *(Departure.about, Departure.about_uid, Departure.field, Departure.id),
            *(Departure.why, Departure.handling, Departure.asked_on, Departure.answered_on),
            *(Departure.answer, Departure.letter_id, Letter.subject, Departure.notes),
        )
        .outerjoin(Letter.__table__, Departure.letter_id == Letter.id)
        .where(Departure.project_id == project)
        .order_by(Departure.id)
    )
    return {Spot(*row[:3]): _Said._make(row[3:]) for row in session.execute(rows)}


def _ids(session: Session, records: set[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Give the ids of records by table and uid, of those that are there."""
    found: dict[tuple[str, str], int] = {}
    for about in {about for about, _ in records} & set(TABLES):
        table: Any = Record.by_table[about]
        for some in in_parts(uid for of, uid in records if of == about):
            rows = select(table.uid, table.id).where(table.uid.in_(some))
            found |= {(about, uid): key for uid, key in session.execute(rows)}
    return found


def _spoken(session: Session, project: int) -> dict[int, int]:
    """Give for each departure the line of history in which it was last written about."""
    ids = select(Departure.id).where(Departure.project_id == project)
    rows = (
        select(Change.row_id, Change.entry_id)
        .where(Change.table_name == "departure", Change.row_id.in_(ids))
        .order_by(Change.id)
    )
    return {row: entry for row, entry in session.execute(rows)}  # noqa: C416 - a row is no pair


def _changed(session: Session, project: int, differing: Sequence[Difference]) -> dict[Spot, _When]:
    """Give for each difference when it last changed, as the history tells."""
    by_id = {(it.spot.about, it.record): it.spot.uid for it in differing if it.record}
    gone = {it.spot[:2] for it in differing if it.record is None}
    spots = {it.spot for it in differing}
    found: dict[Spot, _When] = {}
    for row in _history(session, project, by_id, {about for about, _ in gone}):
        about = row.table_name
        if row.after is None or row.before is None:
            whole = row.before or row.after
            if (about, whole.get("uid")) in gone or (about, row.row_id) in by_id:
                spot = Spot(about, whole.get("uid", ""), THERE)
                if spot in spots:
                    found[spot] = _When(row.entry_id, row.at.date())
            continue
        uid = by_id.get((about, row.row_id))
        for promise in PROMISES.get(about, ()) if uid else ():
            spot = Spot(about, uid or "", promise.field)
            if spot in spots and not row.after.keys().isdisjoint(promise.columns):
                found[spot] = _When(row.entry_id, row.at.date())
    return found


def _history(
    session: Session, project: int, keys: Iterable[tuple[str, int]], gone: set[str]
) -> Iterator[Any]:
    """Read the changes of some records, and what went from some tables, oldest first."""
    columns = (
        *(Change.table_name, Change.row_id, Change.before, Change.after),
        *(Change.entry_id, Entry.at, Change.id),
    )
    rows = select(*columns).join(Entry.__table__, Change.entry_id == Entry.id)
    found: dict[int, Any] = {}
    by_table: dict[str, list[int]] = {}
    for about, key in keys:
        by_table.setdefault(about, []).append(key)
    for about, ids in by_table.items():
        for some in in_parts(ids):
            mine = rows.where(Change.table_name == about, Change.row_id.in_(some))
            found |= {row.id: row for row in session.execute(mine)}
    if gone:
        went = rows.where(
            Change.table_name.in_(gone), Change.after.is_(None), Entry.project == project
        )
        found |= {row.id: row for row in session.execute(went)}
    return iter([found[key] for key in sorted(found)])


def facts_kept(session: Session, project: int) -> tuple[tuple[str, str, str, str], ...]:
    """Give all that was kept: what kind of record, its name, what of it, and the promise.

    The order is that of the application.
    """
    kept = promised.approved(session, project)
    names = _names(session, project, kept)
    found = []
    for fact in sorted(kept, key=lambda it: TABLES.index(it.about)):
        known = rules.promise(fact.about, fact.field)
        if known is None or fact.value is None:
            continue
        said = rules.say(known.sort, fact.value, names)
        found.append((WORDS[fact.about], fact.said, known.label, said))
    return tuple(found)


def would_replace(session: Session, project: int) -> tuple[str, ...]:
    """Say what would count as promised if the application were kept anew."""
    kept = promised.approved(session, project)
    names = _names(session, project, kept)
    starts = promised.starts(session, project, kept)
    found = rules.differences(kept, promised.now(session, project), starts) if kept else ()
    return tuple(f"{it.said}: {_item(it, None, names).what}" for it in found)
