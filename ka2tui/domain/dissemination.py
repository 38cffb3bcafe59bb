"""Dissemination: its kinds, one line of the log read, months against plan, what is missing."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from ka2tui.domain import days, loose_days, own_files, past_days, timeline
from ka2tui.domain.entries import every, once, text, texts
from ka2tui.domain.kinds import DisseminationState, Precision
from ka2tui.domain.refusal import Misread
from ka2tui.domain.sorts import flat, meant, say
from ka2tui.domain.text import clean, fold, quoted
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

_FILE = "dissemination.toml"

LARGEST_REACH = 10**12
"""A reach above this is a slip of the hand."""

MOST_PLANNED = 500
"""Acts that one line of the plan can make."""

NOT_PEOPLE = (
    "Reach is what channels say, added up: who read two newsletters is in it twice. "
    "It is never people counted once."
)
"""Stands wherever reach is summed."""


@frozen
class Sort:
    """A kind of dissemination."""

    id: str
    title: str
    also: tuple[str, ...] = ()
    channel: bool = False
    """Whether it reaches people without counting them."""


@frozen
class Check:
    """What must be on what is published, or what is known of the platform, and who says so."""

    id: str
    text: str
    why: str
    source: str
    """A key of data/sources.toml."""
    place: str
    confirmed: bool


@frozen
class Sorts:
    """All kinds, and what is looked at."""

    sorts: tuple[Sort, ...]
    checks: tuple[Check, ...]
    platform: tuple[Check, ...]

    def title(self, sort: str | None) -> str:
        """Say a kind; one that the list does not have says itself."""
        return say(self.sorts, sort)

    def named(self, said: str) -> str:
        """Give the id of the kind a person means, by its id, its title or another word.

        Raises:
            Misread: There is none; those there are, are named.
        """
        names = {each.id: (each.title, *each.also) for each in self.sorts}
        found = meant(said, names)
        if found is not None:
            return found
        known = ", ".join(each.id for each in self.sorts)
        raise Misread(f"There is no kind of dissemination {quoted(said)}. There are {known}.")

    def within(self, said: str) -> str | None:
        """Give the kind that is named first in a line, if one is."""
        line = f" {flat(said)} "
        found = [
            (line.index(f" {word} "), -len(word), each.id)
            for each in self.sorts
            for word in {flat(each.id), flat(each.title), *map(flat, each.also)}
            if f" {word} " in line and each.id != "other"
        ]
        return min(found)[2] if found else None


# --- a line of the log --------------------------------------------------------------------------

_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_SIGNED = re.compile(
    r"(?P<sign>wp|for|reach|lang|at|to|on):(?P<said>\"[^\"]+\"|\S+)", re.IGNORECASE
)
_REACHED = re.compile(
    r"(?<![\w.,])(?P<many>[0-9]{1,3}(?:[ .,'’][0-9]{3})+|[0-9]+)\s*"
    r"(?:people|persons|readers|views|listeners|visitors|followers|recipients|impressions|participants|subscribers|reached)\b",
    re.IGNORECASE,
)


class Line(NamedTuple):
    """One act of dissemination as it was typed in a line."""

    title: str
    day: date | None
    month: int | None
    precision: Precision
    state: DisseminationState
    sort: str | None = None
    partner: str | None = None
    """As it was named; who that is, is looked up later."""
    work_unit: str | None = None
    deliverable: str | None = None
    reach: int | None = None
    language: str | None = None
    place: str | None = None
    audience: str | None = None
    link: str | None = None


def read_line(said: str, known: Sorts, *, today: date, start: date | None = None) -> Line:
    """Read a line of the log: Newsletter 3 yesterday @KMOP 250 readers https://...

    Signs are @partner, wp:, for: (a deliverable), reach:, lang:, at: (a place), to: (an audience)
    and on: (a day or month); a day may also stand unmarked at the end. What was before today was
    done, what is to come is planned.

    Raises:
        Misread: Nothing is left to call it by, or something signed cannot be read.
    """
    rest = clean(said)
    found: dict[str, str] = {}
    link = _LINK.search(rest)
    if link is not None:
        found["link"] = link[0].rstrip(".,;)")
        rest = rest.replace(link[0], " ", 1)
    for signed in _SIGNED.finditer(rest):
        found[signed["sign"].lower()] = signed["said"].strip('"')
    rest = _SIGNED.sub(" ", rest)
    partner = re.search(r"(?:^|\s)@(\"[^\"]+\"|\S+)", rest)
    if partner is not None:
        found["partner"] = partner[1].strip('"').rstrip(".,;")
        rest = rest.replace(partner[0], " ", 1)
    if "reach" not in found and (many := _REACHED.search(rest)) is not None:
        found["reach"] = many["many"]
        rest = rest.replace(many[0], " ", 1)
    words = rest.split()
    when, words = _when(found.get("on"), words, today, start)
    title = " ".join(words).strip(" ,;:-–")
    if not title:
        raise Misread("Say what was done: Newsletter 3 yesterday @KMOP 250 readers.")
    done = when.month is None and when.day is not None and when.day <= today
    return Line(
        title,
        when.day,
        when.month,
        when.precision,
        DisseminationState.DONE if done else DisseminationState.PLANNED,
        sort=known.within(title),
        partner=found.get("partner"),
        work_unit=found.get("wp"),
        deliverable=found.get("for"),
        reach=None if "reach" not in found else read_reach(found["reach"]),
        language=found.get("lang"),
        place=found.get("at"),
        audience=found.get("to"),
        link=found.get("link"),
    )


class When(NamedTuple):
    """A day, a month, or a project month that resolves to its first day."""

    day: date | None
    month: int | None = None
    precision: Precision = Precision.DAY
    end: date | None = None


def read_when(said: str, *, today: date | None, start: date | None) -> When:
    """Read when something is spread: a day, a stretch of days, Feb 2027, M18.

    Raises:
        Misread: None of these.
    """
    found = days.read_day(said, today=today, start=start, allow_month=False)
    if found.month is not None:
        if not 1 <= found.month <= timeline.LONGEST:
            raise Misread(f"M{found.month} is not a project month.")
        day = None if start is None else timeline.month_start(start, found.month)
        return When(day, found.month, Precision.MONTH)
    if found.precision is Precision.MONTH:
        return When(found.day and found.day.replace(day=1), None, Precision.MONTH)
    end = found.last if found.last is not None and found.last != found.day else None
    return When(found.day, None, Precision.DAY, end)


def _when(
    signed: str | None, words: Sequence[str], today: date, start: date | None
) -> tuple[When, list[str]]:
    """Give when a line says it was, today otherwise, and the words that are left."""
    if signed is not None:
        return read_when(signed, today=today, start=start), [*words]
    if words and fold(words[-1]) == "yesterday":
        return read_when("yesterday", today=today, start=start), [*words[:-1]]
    found = loose_days.at_end(words, today=today, start=start)
    if found is None:
        return When(today), [*words]
    due, used = found
    if due.precision is Precision.MONTH:
        first = due.day and due.day.replace(day=1)
        if due.month is not None:
            first = None if start is None else timeline.month_start(start, due.month)
        return When(first, due.month, Precision.MONTH), [*words[:-used]]
    if due.day is not None:
        said = " ".join(words[-used:]).lower().removeprefix("on ")
        return When(past_days.nearest(due.day, said, today)), [*words[:-used]]
    return When(today), [*words]


def read_reach(said: str) -> int:
    """Read how many were reached: 250, 1 200, 12.500.

    Raises:
        Misread: No whole number from 0 up.
    """
    bare = re.sub(r"(?<=[0-9])[ .,'’\u00a0\u202f](?=[0-9]{3}(?![0-9]))", "", clean(said))
    if re.fullmatch(r"[0-9]{1,13}", bare) is None or int(bare) > LARGEST_REACH:
        raise Misread(f"{quoted(said)} is no number of people: write it like 250 or 1 200.")
    return int(bare)


def read_months(said: str, *, most: int = timeline.LONGEST) -> tuple[int, ...]:
    """Read project months of a plan: M3, M6-M12, M3-M24/3 for every third one.

    Raises:
        Misread: None, or not written like that.
    """
    found: dict[int, None] = {}
    for part in filter(None, re.split(r"[,;\s]+", clean(said))):
        match = re.fullmatch(r"[mM]?(\d{1,3})(?:[-–][mM]?(\d{1,3}))?(?:/(\d{1,2}))?", part)
        if match is None:
            raise Misread(f"{quoted(part)} is no month of a plan: write M3, M6-M12 or M3-M24/3.")
        first, last = int(match[1]), int(match[2] or match[1])
        step = int(match[3] or 1)
        if not 1 <= first <= last <= most or step < 1:
            raise Misread(f"{quoted(part)} is not within the project's months, M1 to M{most}.")
        found |= dict.fromkeys(range(first, last + 1, step))
    if not found:
        raise Misread("Name the months: M3, M6-M12 or M3-M24/3.")
    return tuple(found)


# --- against plan --------------------------------------------------------------------------------


class Act(NamedTuple):
    """What of an act of dissemination counts against the plan."""

    id: int
    state: DisseminationState
    partner: str | None
    sort: str | None
    day: date | None
    reach: int | None


@frozen
class Cell:
    """What one partner did, and still plans, in a stretch of time."""

    done: tuple[int, ...] = ()
    planned: tuple[int, ...] = ()
    """Those still to be done, by id."""

    @property
    def all(self) -> int:
        """How many there are; those dropped are in none."""
        return len(self.done) + len(self.planned)

    @property
    def said(self) -> str:
        """Say done of all: "2/3"; nothing is nothing."""
        return f"{len(self.done)}/{self.all}" if self.all else ""


@frozen
class MatrixRow:
    """One partner against its plan."""

    id: int
    partner: str | None
    """None: acts that no partner is named for."""
    months: Mapping[int, Cell]
    """By project month; what lies before the start is in 0, what has no day in None's place."""
    undated: Cell
    total: Cell
    reach: int
    by_sort: tuple[tuple[str | None, Cell, int], ...]
    """Of each kind what is done and planned, and the reach of what is done."""


NOTHING = MatrixRow(0, None, {}, Cell(), Cell(), 0, ())
"""Of whom nothing is known."""


def matrix(acts: Iterable[Act], partners: Sequence[str], start: date | None) -> list[MatrixRow]:
    """Set what is done against what is planned, by partner and project month.

    Args:
        acts: Those dropped count nowhere.
        partners: Who is shown even without any, in this order.
        start: The project's first day; without it nothing stands in a month.
    """
    by: dict[str | None, list[Act]] = {partner: [] for partner in partners}
    for act in acts:
        if act.state is not DisseminationState.DROPPED:
            by.setdefault(act.partner, []).append(act)
    nobody = by.pop(None, [])
    if nobody:
        by[None] = nobody
    return [_row(place, partner, mine, start) for place, (partner, mine) in enumerate(by.items())]


def _row(place: int, partner: str | None, acts: Sequence[Act], start: date | None) -> MatrixRow:
    months: dict[int | None, list[Act]] = defaultdict(list)
    sorts: dict[str | None, list[Act]] = defaultdict(list)
    for act in acts:
        dated = None if start is None or act.day is None else timeline.month_of(start, act.day)
        months[None if dated is None else max(dated, 0)].append(act)
        sorts[act.sort].append(act)
    return MatrixRow(
        id=place,
        partner=partner,
        months={month: _cell(some) for month, some in months.items() if month is not None},
        undated=_cell(months.get(None, ())),
        total=_cell(acts),
        reach=reach_of(acts),
        by_sort=tuple((sort, _cell(some), reach_of(some)) for sort, some in sorts.items()),
    )


def reach_of(acts: Iterable[Act]) -> int:
    """Add up the reach of what was done; it is never people counted once."""
    return sum(act.reach or 0 for act in acts if act.state is DisseminationState.DONE)


def _cell(acts: Iterable[Act]) -> Cell:
    acts = tuple(acts)
    return Cell(
        tuple(act.id for act in acts if act.state is DisseminationState.DONE),
        tuple(act.id for act in acts if act.state is DisseminationState.PLANNED),
    )


def lacks(
    state: DisseminationState,
    *,
    emblem: bool | None,
    disclaimer: bool | None,
    link: str | None,
    proofs: int,
    reach: int | None,
) -> tuple[str, ...]:
    """Name what is missing of something that was done; of what was not, nothing is.

    A link shows something too: where there is one, no further proof is asked for here.
    """
    if state is not DisseminationState.DONE:
        return ()
    missing = []
    if emblem is False:
        missing.append("EU emblem missing")
    if disclaimer is False:
        missing.append("disclaimer missing")
    unseen = [word for word, seen in (("emblem", emblem), ("disclaimer", disclaimer))
              if seen is None]  # fmt: skip
    if unseen:
        missing.append(f"{' and '.join(unseen)} not looked at")
    if not link and not proofs:
        missing.append("no link and no proof")
    if reach is None:
        missing.append("no reach")
    return tuple(missing)


def say_checked(seen: bool | None) -> str:  # noqa: FBT001 - what was seen
    """Say whether something was on it."""
    return "not looked at" if seen is None else "yes" if seen else "no"


# --- reading the list ---------------------------------------------------------------------------


def load(own: Path | None = None) -> Sorts:
    """Give the kinds as they are shipped, or as the user's own folder has them.

    Raises:
        DataFault: The file is missing.
        Malformed: Something in it is missing or cannot be; file, line and key are named.
    """
    return own_files.one(_FILE, _read, own)


def load_safely(own: Path | None = None) -> Sorts:
    """Give the kinds; where the user's own file is broken, those that are shipped."""
    return own_files.or_ours(load, own)[0]


def _read(data: Mapping[str, Any], file: str) -> Sorts:
    sorts = every(data, "sort", file, _sort)
    once([sort.id for sort in sorts], f"{file}: the sort")
    checks, platform = (
        every(data, key, file, _check, needed=key in data) for key in ("check", "platform")
    )
    return Sorts(sorts, checks, platform)


def _sort(row: Mapping[str, Any], place: str) -> Sort:
    channel = row.get("channel", False) is True
    return Sort(
        text(row, "id", place), text(row, "title", place), texts(row, "also", place), channel
    )


def _check(row: Mapping[str, Any], place: str) -> Check:
    return Check(
        text(row, "id", place),
        text(row, "text" if "text" in row else "title", place),
        text(row, "why", place, ""),
        text(row, "source", place),
        text(row, "place", place, ""),
        row.get("confirmed") is True,
    )
