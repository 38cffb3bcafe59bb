"""The figures of participants: in the project, at each event, in each part of the work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from ka2tui.domain import participation as rules
from ka2tui.domain.countries import say_country
from ka2tui.domain.figure import Figure, Trace
from ka2tui.domain.text import fold
from ka2tui.queries import participation

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from ka2tui.domain.participation import Counted, Person, Taken


def figures(session: Session, project: int, today: date) -> Iterator[Figure]:
    """Give who took part in the project, in each event and in each part of the work."""
    seen = participation.gather(session, project)
    stood = participation.stand(seen, today)
    yield from _people("participant", "in the project", seen.people, seen.counts, None)
    for name, title in (
        ("reported", "Participants in the report"),
        ("expected", "Participants expected"),
    ):
        claimed = participation.claims(seen, name)
        how = "What work packages say of themselves, else what their events say."
        value = stood.reported if name == "reported" else stood.expected
        yield Figure(f"participant.{name}", title, value or 0, _sums(claimed), how=how)
    told = {("meeting", row.id): len(row.differences) for row in stood.events}
    told |= {("work_unit", row.id): len(row.differences) for row in stood.units}
    told = {key: number for key, number in told.items() if number}
    title = "Differences between lists, report and application"
    yield Figure("participant.differences", title, len(stood.differences), _sums(told))
    doubts = rules.twins(seen.people)
    held: dict[tuple[str, int], int] = defaultdict(int)
    for each in doubts:
        held[each.key] += 1
    yield Figure("participant.twins", "People who may be the same", len(doubts), _sums(held))
    for by in ("country", "profile"):
        for line in participation.lines(seen, by):
            if line.name is not None and line.persons:
                mine = [
                    each for each in seen.people if fold(getattr(each, by) or "") == fold(line.name)
                ]
                called = say_country(line.name) if by == "country" else line.name
                title = f"Participants, {by} {called}"
                yield Figure(f"participant.{by}.{line.name}", title, line.persons, _first(mine))
    for row in stood.events:
        there = rules.at(seen.by_event.get(row.id, ()), {row.id})
        heads = [count for count in seen.counts if count.event == row.id]
        name = f"participant.event.{row.event.code or row.id}"
        yield from _people(name, f"at {row.event.called}", there, heads, ("meeting", row.id))
    for unit in stood.units:
        there = rules.at(seen.people, set(unit.events))
        heads = [count for count in seen.counts if count.event in unit.events]
        name = f"participant.unit.{unit.unit.code}"
        yield from _people(name, f"in {unit.unit.code}", there, heads, ("work_unit", unit.id))


def _people(
    name: str,
    where: str,
    people: Sequence[Person],
    counts: Sequence[Counted],
    about: tuple[str, int] | None,
) -> Iterator[Figure]:
    """Give the figures of some people and heads."""
    found = rules.numbers(people, counts)
    once = "The same name and organisation count once."
    yield Figure(f"{name}.persons", f"Participants by name {where}", found.persons, _first(people),
                 about=about, how=once)  # fmt: skip
    places = [row for person in people for row in _one_each(person)]
    yield Figure(f"{name}.places", f"Places on lists {where}", found.places, _rows(places),
                 about=about, how="Everybody counts at every event.")  # fmt: skip
    fewer = [person for person in people if person.fewer]
    yield Figure(f"{name}.fewer", f"Participants with fewer opportunities {where}", found.fewer,
                 _first(fewer), about=about)  # fmt: skip
    online = [person for person in people if person.online]
    yield Figure(f"{name}.online", f"Participants online only {where}", found.online,
                 _first(online), about=about)  # fmt: skip
    heads = Trace.sums("head_count", {count.key: count.people for count in counts})
    yield Figure(f"{name}.counted", f"Counted without names {where}", found.counted, heads,
                 about=about, how="May include the same people.")  # fmt: skip


def _one_each(person: Person) -> Iterator[Taken]:
    """Give one row for each event of a person."""
    seen: set[int] = set()
    for row in person.rows:
        if row.event not in seen:
            seen.add(row.event)
            yield row


def _first(people: Iterable[Person]) -> Trace:
    return _rows(person.first for person in people)


def _rows(rows: Iterable[Taken]) -> Trace:
    return _sums({row.key: 1 for row in rows})


def _sums(adds: Mapping[tuple[str, int], int]) -> Trace:
    """Trace a number to rows of several tables."""
    found = Trace()
    for table in dict.fromkeys(table for table, _ in adds):
        own = {key: number for (of, key), number in adds.items() if of == table}
        found += Trace.sums(table, own)
    return found
