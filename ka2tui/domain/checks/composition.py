"""The sorts of organisations that an action asks for besides their number."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ka2tui.domain import organisation_sorts
from ka2tui.domain.checks.weigh import by, of_call
from ka2tui.domain.kinds import PartnerRole
from ka2tui.domain.problem import Found, Severity
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from ka2tui.domain.call_rules import Part
    from ka2tui.domain.checks.stage import Stage
    from ka2tui.domain.checks.subject import Member
    from ka2tui.domain.organisation_sorts import Sort
    from ka2tui.domain.rulebook import Applied, Standing

_NAMED = 3
"""Partners that are named where more lack something."""

Homes = dict[int, "Standing | None"]


@frozen
class _Count:
    """How many organisations of some sorts there are: for certain, and at most."""

    certain: int
    possible: int
    countries: int
    possible_countries: int

    def reaches(self, part: Part) -> bool:
        return self.certain >= part.organisations and self.countries >= part.countries

    def can_reach(self, part: Part) -> bool:
        return self.possible >= part.organisations and self.possible_countries >= part.countries


def found(
    funded: Sequence[Member], rules: Applied, stage: Stage, sorts: Mapping[str, Sort]
) -> Iterator[Found]:
    """Hold the sorts of organisations against what the action asks of them.

    An organisation whose sort or country is not entered may be anything: only what cannot be
    reached whatever it is counts as missing.

    Args:
        funded: The organisations that get money.
        rules: Of the action.
        stage: Where the project stands.
        sorts: All that are known, ours or the user's own.
    """
    if not funded:
        return
    open_ = []
    for part in rules.rules.composition:
        counts = list(_counts_of(part, funded, rules, sorts))
        short = [(name, each) for name, each in counts if not each.can_reach(part)]
        if not short:
            if not all(each.reaches(part) for _, each in counts):
                open_.append(part)
            continue
        names = ", ".join(name for name, _ in short if name)
        text = f"Asked for and not there: {part.text}.{f' Missing in: {names}.' if names else ''}"
        excepted = part.where == "each_other_country" and all(each.possible for _, each in short)
        severity = Severity.ERROR if part.confirmed and not excepted else Severity.WARNING
        yield Found(
            *(114, severity, "project", of_call(text, part)),
            why=f"{rules.named} asks for it besides the numbers.",
            source=part.source,
            place=part.place,
        )
    if not stage.before_decision:
        return
    also = rules.get("minimum_also")
    if open_:
        unsorted = [one.called for one in funded if one.sort is None]
        few = ", ".join(unsorted[:_NAMED]) + (", ..." if len(unsorted) > _NAMED else "")
        remedy = "Check that your organisations count as such."
        if unsorted:
            remedy = f"Not entered what these are: {few}."
        text = f"Asked for: {'; '.join(part.text for part in open_)}. {remedy}"
        source, place = open_[0].source, open_[0].place
        yield Found(114, Severity.HINT, "project", text, source=source, place=place)
    elif also is not None and not rules.rules.composition:
        text = f"The minimum asks for more than numbers: {also.value}."
        yield by(114, also, text, at_most=Severity.HINT)


def _counts_of(
    part: Part, funded: Sequence[Member], rules: Applied, sorts: Mapping[str, Sort]
) -> Iterator[tuple[str, _Count]]:
    """Count the organisations a part of the minimum asks for, in each place it asks for them."""
    homes: Homes = {one.id: rules.standing(one.country or "") for one in funded}
    leading = next((one for one in funded if one.role is PartnerRole.COORDINATOR), None)
    seat = homes[leading.id] if leading is not None else None

    certainly = partial(organisation_sorts.is_certainly, known=sorts)
    maybe = partial(organisation_sorts.may_be, known=sorts)

    def count(here: Callable[[Standing], bool] | None) -> _Count:
        certain, possible = [], []
        for one in funded:
            home = homes[one.id]
            there = here is None or (home is not None and here(home))
            if there and _is_one_of(one.sort, part.sorts, certainly):
                certain.append(one)
            if (there or home is None) and _is_one_of(one.sort, part.sorts, maybe):
                possible.append(one)
        return _Count(
            len(certain), len(possible), _different(certain, homes), _different(possible, homes)
        )

    match part.where:
        case "programme":
            yield "", count(lambda home: home.in_programme)
        case "elsewhere":
            yield "", count(lambda home: not home.in_programme)
        case "elsewhere_as_many":
            there, here = (count(lambda home: not home.in_programme),
                           count(lambda home: home.in_programme))  # fmt: skip
            yield "", _balanced(part, there, here)
        case "coordinator_country":
            yield "", count(None if seat is None else lambda home: _same(home, seat))
        case "other_country":
            yield "", count(None if seat is None else lambda home: not _same(home, seat))
        case "each_country" | "each_programme_country" | "each_other_country":
            inside = {"each_programme_country": True, "each_other_country": False}.get(part.where)
            countries = {
                home.counts_as: home
                for home in homes.values()
                if home is not None and inside in (None, home.in_programme)
            }
            for home in countries.values():
                yield home.name, count(lambda it, home=home: _same(it, home))  # type: ignore[misc]
        case _:
            yield "", count(None)


def _is_one_of(
    sort: str | None, wanted: Sequence[str], counts: Callable[[str | None, str], bool]
) -> bool:
    """Tell whether a sort counts as one of some; without any every organisation does."""
    return not wanted or any(counts(sort, each) for each in wanted)


def _balanced(part: Part, there: _Count, here: _Count) -> _Count:
    """Count a part as reached where there are at least as many there as here."""
    enough, short = part.organisations, 0
    certain = enough if there.certain >= max(here.possible, enough) else short
    possible = enough if there.possible >= max(here.certain, enough) else short
    return _Count(certain, possible, part.countries, part.countries)


def _same(one: Standing, other: Standing) -> bool:
    return one.counts_as == other.counts_as


def _different(members: Iterable[Member], homes: Homes) -> int:
    """Count countries; each that is not known may be one more."""
    known = {home.counts_as for one in members if (home := homes[one.id]) is not None}
    return len(known) + sum(homes[one.id] is None for one in members)
