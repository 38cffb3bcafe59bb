"""Aims: the chain from need to objective, activity, result and indicator, and where it breaks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from ka2tui.domain.kinds import AimKind, Kind
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import clean, coded
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_NUMBERS = re.compile(r"([0-9]+)")

LINKED = ("work_unit", "deliverable", "milestone", "indicator")
"""The tables of what can serve an aim, in the order of the chain."""

PREFIX = {AimKind.NEED: "N", AimKind.OBJECTIVE: "SO"}
"""What codes begin with where none is given: N1 of a need, SO1 of a specific objective."""


class Gap(Kind):
    """What a line of the chain lacks."""

    NEED = "need", "no need"
    OBJECTIVE = "objective", "no objective"
    ACTIVITY = "activity", "no activity"
    RESULT = "result", "no result"
    INDICATOR = "indicator", "no indicator"


@frozen
class Aim:
    """A need, or an objective."""

    id: int
    kind: AimKind
    code: str | None
    text: str
    parent_id: int | None
    target_group: str | None
    source: str | None
    """Of a need: where it is shown."""

    @property
    def called(self) -> str:
        """Its code, else its text."""
        return self.code or self.text

    @property
    def said(self) -> str:
        """Its code and its text."""
        return coded(self.code, self.text)


class Serving(NamedTuple):
    """Something that serves an aim."""

    table: str
    """One of LINKED."""
    id: int
    code: str | None
    title: str
    through: str | None = None
    """The code of the work package or activity it belongs to, where only that is linked."""

    @property
    def called(self) -> str:
        """Its code, else its title."""
        return self.code or self.title

    @property
    def said(self) -> str:
        """Its code and title."""
        return coded(self.code, self.title)


@frozen
class ChainRow:
    """One line of the chain: a need, an objective of it, and what serves that."""

    need: Aim | None
    objective: Aim | None
    activities: tuple[Serving, ...]
    results: tuple[Serving, ...]
    indicators: tuple[Serving, ...]
    first: bool
    """Whether it is the first line of its need."""

    @property
    def id(self) -> int:
        """The aim that the line ends with: its objective, else its need."""
        aim = self.objective or self.need
        return aim.id if aim else 0

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Name what is missing; of a need without an objective only that."""
        if self.objective is None:
            return (Gap.OBJECTIVE,)
        found = []
        if self.need is None:
            found.append(Gap.NEED)
        if not self.activities:
            found.append(Gap.ACTIVITY)
        if not self.results:
            found.append(Gap.RESULT)
        if not self.indicators:
            found.append(Gap.INDICATOR)
        return tuple(found)


@frozen
class Chain:
    """All lines, and the parts of the plan that serve no objective."""

    rows: tuple[ChainRow, ...]
    idle: tuple[Serving, ...]
    """Work packages and activities that no objective is linked with, unless nothing is linked."""

    @property
    def gaps(self) -> int:
        """How many lines lack something."""
        return sum(bool(row.gaps) for row in self.rows)

    @property
    def whole(self) -> bool:
        """Whether there is a chain, and none of it ends in the air."""
        return bool(self.rows) and not self.gaps


class Unit(NamedTuple):
    """A work package or activity, as the chain sees it."""

    id: int
    code: str
    title: str
    parent_id: int | None
    manages: bool
    """Whether it manages the project: it serves all objectives, and none of its own."""


def chain(
    aims: Sequence[Aim],
    links: Mapping[int, Sequence[Serving]],
    units: Sequence[Unit],
    inside: Mapping[int, Sequence[Serving]],
) -> Chain:
    """Lay needs, objectives and what serves them beside each other.

    A result or an indicator of a linked work package serves its objective too: nobody links both.

    Args:
        aims: In the order in which they stand.
        links: By aim, what was linked with it.
        units: The work packages and activities.
        inside: By work package or activity the deliverables, milestones and indicators of it.
    """
    needs = [aim for aim in aims if aim.kind is AimKind.NEED]
    objectives = [aim for aim in aims if aim.kind is AimKind.OBJECTIVE]
    below = _below(units)

    def row(need: Aim | None, objective: Aim | None, *, first: bool) -> ChainRow:
        aim = objective or need
        served = list(links.get(aim.id, ())) if aim else []
        known = {(one.table, one.id) for one in served}
        for one in [it for it in served if it.table == "work_unit"]:
            for unit in below.get(one.id, [one.id]):
                for each in inside.get(unit, ()):
                    if (each.table, each.id) not in known:
                        known.add((each.table, each.id))
                        served.append(each._replace(through=one.called))
        return ChainRow(
            need,
            objective,
            tuple(one for one in served if one.table == "work_unit"),
            tuple(one for one in served if one.table in ("deliverable", "milestone")),
            tuple(one for one in served if one.table == "indicator"),
            first,
        )

    answering: dict[int | None, list[Aim]] = {}
    for one in objectives:
        answering.setdefault(one.parent_id, []).append(one)
    rows = []
    for need in needs:
        mine = answering.get(need.id, [])
        rows += [row(need, one, first=not at) for at, one in enumerate(mine)]
        if not mine:
            rows.append(row(need, None, first=True))
    known = {need.id for need in needs}
    loose = [one for one in objectives if one.parent_id not in known]
    rows += [row(None, one, first=not at) for at, one in enumerate(loose)]
    return Chain(tuple(rows), _idle(units, below, links))


def in_plan(units: Sequence[Unit]) -> list[int]:
    """Give the ids as they stand in the plan: each work package, then what lies in it.

    Args:
        units: In the order of their positions, whatever lies in what.
    """
    known = {unit.id for unit in units}
    ordered: dict[int, None] = {}
    children: dict[int | None, list[int]] = {}
    for unit in units:
        inside = unit.parent_id if unit.parent_id in known else None
        children.setdefault(inside, []).append(unit.id)
    rest = list(reversed(children.get(None, [])))
    while rest:
        one = rest.pop()
        if one not in ordered:
            ordered[one] = None
            rest += reversed(children.get(one, []))
    return [*ordered, *(unit.id for unit in units if unit.id not in ordered)]


def _below(units: Sequence[Unit]) -> dict[int, list[int]]:
    """Give by unit the ids of itself and of all that lies below it."""
    children: dict[int, list[int]] = {}
    for unit in units:
        if unit.parent_id is not None:
            children.setdefault(unit.parent_id, []).append(unit.id)
    found: dict[int, list[int]] = {}
    for unit in units:
        mine, seen = [unit.id], {unit.id}
        for one in mine:
            for child in children.get(one, ()):
                if child not in seen:
                    seen.add(child)
                    mine.append(child)
        found[unit.id] = mine
    return found


def _idle(
    units: Sequence[Unit],
    below: Mapping[int, Sequence[int]],
    links: Mapping[int, Sequence[Serving]],
) -> tuple[Serving, ...]:
    """Give the top parts of the plan that nothing is linked with, where anything is."""
    linked = {one.id for each in links.values() for one in each if one.table == "work_unit"}
    if not linked:
        return ()
    return tuple(
        Serving("work_unit", unit.id, unit.code, unit.title)
        for unit in units
        if unit.parent_id is None and not unit.manages and linked.isdisjoint(below[unit.id])
    )


def in_order(one: Serving) -> tuple[Any, ...]:
    """Give what sorts by the place in the chain, then by code: D9 before D10."""
    parts = _NUMBERS.split(one.code or "")
    natural = [(int(part) if part.isdecimal() else 0, part) for part in parts]
    return (LINKED.index(one.table), one.code is None, natural, one.id)


def read_text(text: str | None) -> str:
    """Clean the sentence of an aim.

    Raises:
        Refused: It says nothing.
    """
    found = " ".join(clean(text or "").split())
    if not found:
        raise Refused("Say it in one sentence.")
    return found


def target_groups(aims: Iterable[Aim]) -> tuple[str, ...]:
    """Name the target groups of all aims, each once, in their order."""
    said = (one.target_group for one in aims if one.target_group)
    parts = (part.strip() for text in said for part in text.replace("\n", ";").split(";"))
    found: dict[str, str] = {}
    for part in parts:
        if part:
            found.setdefault(part.casefold(), part)
    return tuple(found.values())


def say_gaps(gaps: Sequence[Gap]) -> str:
    """Name gaps in one line: no result, no indicator."""
    return ", ".join(gap.word for gap in gaps)


def say_serving(found: Sequence[Serving], *, through: bool = True) -> str:
    """Name what serves by its codes: WP2, D2.1 (by WP2)."""
    return ", ".join(
        f"{one.called} (by {one.through})" if through and one.through else one.called
        for one in found
    )
