"""The approved application: what it promises, and where the project now departs from it."""

from __future__ import annotations

import re
from dataclasses import field
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from ka2tui.domain import timeline
from ka2tui.domain.countries import say_country
from ka2tui.domain.days import say_brief, say_calendar_month
from ka2tui.domain.kinds import AgencyAnswer, Handling, Kind, MeetingMode, PartnerRole, Precision
from ka2tui.domain.money import say_amount
from ka2tui.domain.text import fold
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_MONTH = re.compile(r"M(\d{1,3})")
_CALENDAR_MONTH = re.compile(r"(\d{4})-(\d{2})")

THERE = "there"
"""The field that says whether a record is a part of the project at all."""

YES, CANCELLED, LEFT = "yes", "cancelled", "left"
"""What it can be; after `LEFT` comes the day."""

LAST_MONTHS = 2
"""Months before the end of a project from which on its end is near for changes."""

USUALLY = (
    "Amendments are usually possible until a month before the end; ask your agency for the day."
)


class Sort(Kind):
    """What stands in a promise, and so how it is said and compared."""

    TIME = "time"
    """A day, a calendar month (2026-12) or a project month (M18)."""
    MONEY = "money"
    """Cents."""
    NUMBER = "number"
    TEXT = "text"
    LIST = "list"
    """Words in any order: languages."""
    PARTNER = "partner"
    """The uid of a partner."""
    ROLE = "role"
    MODE = "mode"
    COUNTRY = "country"
    THERE = "there"


class Promise(NamedTuple):
    """One thing that is promised of each record of a table."""

    field: str
    label: str
    sort: Sort
    columns: tuple[str, ...]
    """Of the record; a change of one of them may be a departure."""


_THERE = Promise(THERE, "", Sort.THERE, ())
_DUE = Promise("due", "date", Sort.TIME, ("due", "due_month", "due_precision"))
_LEAD = Promise("lead", "lead", Sort.PARTNER, ("lead_id",))
_MONEY = Promise("money", "money", Sort.MONEY, ("amount_cents",))

PROMISES: Mapping[str, tuple[Promise, ...]] = {
    "project": (
        Promise("start", "first day", Sort.TIME, ("start",)),
        Promise("end", "last day", Sort.TIME, ("end",)),
        Promise("months", "months", Sort.NUMBER, ("months",)),
        Promise("money", "grant", Sort.MONEY, ("grant_cents",)),
    ),
    "partner": (
        _THERE._replace(columns=("left_on",)),
        Promise("role", "role", Sort.ROLE, ("role",)),
        Promise("country", "country", Sort.COUNTRY, ("country",)),
    ),
    "work_unit": (
        _THERE._replace(columns=("state",)),
        Promise("start", "begin", Sort.TIME, ("start", "start_month")),
        Promise("end", "end", Sort.TIME, ("end", "end_month")),
        _LEAD,
        _MONEY,
        Promise("people", "participants", Sort.NUMBER, ("expected_participants",)),
    ),
    "share": (_THERE, _MONEY),
    "deliverable": (
        _THERE,
        Promise("title", "title", Sort.TEXT, ("title",)),
        _DUE,
        _LEAD,
        Promise("languages", "languages", Sort.LIST, ("languages",)),
        Promise("licence", "licence", Sort.TEXT, ("licence",)),
    ),
    "milestone": (_THERE, _DUE),
    "meeting": (
        _THERE._replace(columns=("state",)),
        Promise("day", "date", Sort.TIME, ("day", "month", "precision")),
        Promise("end", "last day", Sort.TIME, ("end_day",)),
        Promise("city", "city", Sort.TEXT, ("city",)),
        Promise("country", "country", Sort.COUNTRY, ("country",)),
        Promise("mode", "how people attend", Sort.MODE, ("mode",)),
        Promise("host", "host", Sort.PARTNER, ("host_id",)),
        Promise("people", "participants", Sort.NUMBER, ("expected_participants",)),
    ),
}
"""What the approved application promises, by table, in the order it is told."""

_PROMISED = {(about, it.field): it for about, some in PROMISES.items() for it in some}

TABLES = tuple(PROMISES)
WORDS: Mapping[str, str] = {
    "project": "project",
    "partner": "partner",
    "work_unit": "work package or activity",
    "share": "share",
    "deliverable": "deliverable",
    "milestone": "milestone",
    "meeting": "meeting",
}
"""What a record of each table is called."""


class Spot(NamedTuple):
    """One field of one record, whether the record is still there or not."""

    about: str
    uid: str
    field: str


class Fact(NamedTuple):
    """One promise with its value, as it was approved or as it is now."""

    about: str
    uid: str
    field: str
    value: str | None
    said: str
    """What the record is called."""
    id: int | None = None
    """Of the record as it is now; of the kept fact where it was approved."""
    promised: bool = True
    """Whether a new record of this sort belongs into an application; a weekly call does not."""

    @property
    def spot(self) -> Spot:
        """Where it is."""
        return Spot(self.about, self.uid, self.field)


class How(Kind):
    """In which way the project departs."""

    CHANGED = "changed"
    REMOVED = "removed"
    ADDED = "added"


@frozen
class Difference:
    """One thing that is not as it was promised."""

    spot: Spot
    said: str
    how: How
    promised: str | None
    """As it was kept; None where it was added."""
    now: str | None
    """None where the record is gone, or nothing stands there."""
    fact: int | None = None
    """The id of the kept fact."""
    record: int | None = None
    """The id of the record, where it is still there."""


class Standing(Kind):
    """How far the explaining of a departure is."""

    OPEN = "open", "to be explained"
    AGAIN = "again", "changed again since it was explained"
    TO_ASK = "to_ask", "amendment still to be asked for"
    REFUSED = "refused", "refused by the agency"
    WAITING = "waiting", "waiting for the agency"
    EXPLAINED = "explained", "explained"
    ACCEPTED = "accepted", "accepted by the agency"
    SETTLED = "settled", "as promised now"

    @property
    def unexplained(self) -> bool:
        """Whether somebody still has to say why."""
        return self in {Standing.OPEN, Standing.AGAIN}


@frozen
class Names:
    """What is needed to say a value."""

    currency: str = "EUR"
    partners: Mapping[str, str] = field(default_factory=dict)
    """By uid, also of those that are gone."""


def promise(about: str, name: str) -> Promise | None:
    """Give what is known of a field; None where nothing is promised of it."""
    return _PROMISED.get((about, name))


# --- when ----------------------------------------------------------------------------------------


def say_when(day: date | None, month: int | None, precision: Precision) -> str | None:
    """Write a date as it is kept: M18, 2026-12 or 2026-12-04."""
    if month is not None:
        return f"M{month}"
    if day is None:
        return None
    return f"{day:%Y-%m}" if precision is Precision.MONTH else day.isoformat()


def span(value: str, start: date | None) -> tuple[date, date] | None:
    """Give first and last day of what was written by `say_when`; None where nobody can tell."""
    found = _MONTH.fullmatch(value)
    try:
        if found:
            if start is None:
                return None
            number = int(found[1])
            return timeline.month_start(start, number), timeline.month_end(start, number)
        found = _CALENDAR_MONTH.fullmatch(value)
        if found:
            first = date(int(found[1]), int(found[2]), 1)
            return first, timeline.month_end(first, 1)
        day = date.fromisoformat(value)
    except (ValueError, OverflowError):
        return None
    return day, day


# --- comparing -----------------------------------------------------------------------------------


def differences(
    approved: Iterable[Fact], now: Iterable[Fact], starts: Sequence[date | None]
) -> Iterator[Difference]:
    """Compare what was promised with what is planned now.

    A record that is gone or came is one difference, whatever else stood in it. What the
    application left open is no promise: filling it in is no departure.

    Args:
        approved: As they were kept.
        now: As they are.
        starts: First days of the project from which project months may count: then and now.
    """
    here = {fact[:3]: fact for fact in now}
    there = {(fact.about, fact.uid) for fact in here.values()}
    kept: dict[tuple[str, str], list[Fact]] = {}
    for fact in approved:
        kept.setdefault((fact.about, fact.uid), []).append(fact)
    for key, facts in kept.items():
        if key not in there:
            yield _removed(facts)
            continue
        changed = list(_changed(facts, here, starts))
        away = [it for it in changed if it.spot.field == THERE]
        yield from away or changed
    for fact in here.values():
        new = fact.field == THERE and (fact.about, fact.uid) not in kept
        if new and fact.promised and fact.value == YES:
            yield Difference(fact.spot, fact.said, How.ADDED, None, YES, None, fact.id)


def _removed(facts: Sequence[Fact]) -> Difference:
    fact = next((it for it in facts if it.field == THERE), facts[0])
    spot = Spot(fact.about, fact.uid, THERE)
    return Difference(spot, fact.said, How.REMOVED, YES, None, fact.id)


def _changed(
    facts: Iterable[Fact],
    here: Mapping[tuple[str, str, str], Fact],
    starts: Sequence[date | None],
) -> Iterator[Difference]:
    for fact in facts:
        now = here.get(fact[:3])
        if now is None or fact.value is None or fact.value == now.value:
            continue
        known = promise(fact.about, fact.field)
        if known is None:
            continue
        if same(known.sort, fact.value, now.value, starts):
            continue
        away = fact.field == THERE and now.value != YES
        how = How.REMOVED if away else How.CHANGED
        yield Difference(fact.spot, now.said, how, fact.value, now.value, fact.id, now.id)


def same(
    sort: Sort, promised: str, now: str | None, starts: Sequence[date | None] = (None,)
) -> bool:
    """Tell whether a promise is kept: M18 is, by any day of that month."""
    if promised == now:
        return True
    if now is None:
        return False
    if sort is Sort.TIME:
        return any(_within(promised, now, start) for start in starts)
    if sort is Sort.LIST:
        return _words(promised) == _words(now)
    return sort is Sort.TEXT and fold(promised).split() == fold(now).split()


def _within(one: str, other: str, start: date | None) -> bool:
    mine, its = span(one, start), span(other, start)
    if mine is None or its is None:
        return False
    return (mine[0] <= its[0] and its[1] <= mine[1]) or (its[0] <= mine[0] and mine[1] <= its[1])


def _words(text: str) -> set[str]:
    return set(re.split(r"[\W_]+", fold(text))) - {"", "and"}


# --- saying --------------------------------------------------------------------------------------


def say(sort: Sort, value: str | None, names: Names) -> str:
    """Say a promised value for people."""
    if value is None:
        return "nothing"
    match sort:
        case Sort.TIME:
            return _say_time(value)
        case Sort.MONEY:
            return say_amount(int(value), names.currency)
        case Sort.PARTNER:
            return names.partners.get(value, "a partner that is gone")
        case Sort.ROLE:
            return next((it.word for it in PartnerRole if it == value), value)
        case Sort.MODE:
            return next((it.word for it in MeetingMode if it == value), value)
        case Sort.COUNTRY:
            return say_country(value)
        case Sort.THERE:
            return _say_there(value)
    return value


def _say_time(value: str) -> str:
    try:
        if _CALENDAR_MONTH.fullmatch(value):
            return say_calendar_month(date.fromisoformat(f"{value}-01"))
        return value if _MONTH.fullmatch(value) else say_brief(date.fromisoformat(value))
    except ValueError:
        return value


def _say_there(value: str) -> str:
    word, _, day = value.partition(" ")
    if word == LEFT and day:
        return f"left on {_say_time(day)}"
    return {YES: "part of the project"}.get(value, value)


def say_promised(difference: Difference, names: Names) -> str:
    """Say what was promised."""
    if difference.how is How.ADDED:
        return "not in the application"
    known = promise(difference.spot.about, difference.spot.field)
    return say(known.sort if known else Sort.TEXT, difference.promised, names)


def say_now(difference: Difference, names: Names) -> str:
    """Say what is planned now."""
    if difference.how is How.ADDED:
        return "added"
    if difference.how is How.REMOVED and difference.now is None:
        return "removed"
    known = promise(difference.spot.about, difference.spot.field)
    return say(known.sort if known else Sort.TEXT, difference.now, names)


def standing(
    *,
    differs: bool,
    why: str | None,
    handling: Handling | None,
    asked_on: date | None,
    answer: AgencyAnswer | None,
    again: bool = False,
) -> Standing:
    """Tell how far the explaining of a departure is.

    Args:
        differs: Whether it still is one.
        why: The reason, as somebody wrote it.
        handling: What was done about it.
        asked_on: When the agency was asked.
        answer: What the agency said.
        again: Whether it changed once more after somebody explained it.
    """
    if not differs:
        return Standing.ACCEPTED if answer is AgencyAnswer.ACCEPTED else Standing.SETTLED
    if again:
        return Standing.AGAIN
    if answer is AgencyAnswer.REFUSED:
        return Standing.REFUSED
    if not why or handling is None:
        return Standing.OPEN
    if handling is Handling.AMENDMENT and answer is None:
        return Standing.WAITING if asked_on is not None else Standing.TO_ASK
    return Standing.ACCEPTED if answer is AgencyAnswer.ACCEPTED else Standing.EXPLAINED


def row_number(table: str, record: int) -> int | None:
    """Give the number of the row that tells a departure, by its first trace.

    Args:
        table: The kept promise, or the table of a record that was added.
        record: The id of either.
    """
    if table == "approved_fact":
        return 4 * record
    return 4 * (record * len(TABLES) + TABLES.index(table)) + 1 if table in TABLES else None


def order(row: Standing) -> int:
    """Stand with what asks for something first."""
    return list(Standing).index(row)


def is_near_end(end: date | None, today: date) -> bool:
    """Tell whether a project ends so soon that changes should be asked for now."""
    if end is None or end < today:
        return False
    return timeline.add_months(today, LAST_MONTHS) >= end
