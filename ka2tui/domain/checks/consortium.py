"""The consortium: the minimum of the action, who may coordinate, who takes part in what."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from ka2tui.domain import consortium, identifiers, priorities, timeline
from ka2tui.domain.checks import composition
from ka2tui.domain.checks.composition import Homes
from ka2tui.domain.checks.stage import Stage
from ka2tui.domain.checks.weigh import Where, by
from ka2tui.domain.days import say_brief
from ka2tui.domain.instants import local
from ka2tui.domain.kinds import PartnerRole
from ka2tui.domain.problem import Found, Severity
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import counted, is_blank, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from ka2tui.domain.checks.subject import Member, Subject
    from ka2tui.domain.consortium import Countries
    from ka2tui.domain.rulebook import Applied, Standing

MINIMUM = frozenset({101, 102, 104, 105, 106, 108})
"""What tells whether a consortium can stand: what a partner who leaves may change."""

_HEI = "hei"
_SEVERAL = 3
"""Parts of the work from which on it says something that one partner leads them all."""


def found(subject: Subject, rules: Applied | None) -> Iterator[Found]:
    """Look at the consortium of a project.

    Args:
        subject: The project.
        rules: Those of its action and call; without them only what needs none is looked at.
    """
    funded = [one for one in subject.members if one.funded]
    if rules is not None:
        yield from minimum(funded, rules) if funded else _nobody(rules, subject.stage)
        yield from composition.found(funded, rules, subject.stage, subject.sorts)
        yield from _founded(subject, rules)
        yield from _charters(funded, rules)
        yield from _ceiling(subject, funded, rules)
        yield from _elsewhere(funded, rules)
    yield from _numbers(subject)
    yield from _spread(subject, funded)


# --- the minimum --------------------------------------------------------------------------------


def minimum(members: Iterable[Member], rules: Applied) -> Iterator[Found]:
    """Hold a consortium against the minimum of its action.

    Args:
        members: All partners that have not left; associated ones do not count.
        rules: Those of the action and call.
    """
    funded = [one for one in members if one.funded]
    homes = {one.id: _home(one, rules) for one in funded}
    of_coordinators = list(_coordinators(funded, homes, rules))
    yield from of_coordinators
    yield from _organisations(funded, homes, rules)
    yield from _countries(funded, homes, rules)
    told = {one.id for one in of_coordinators if one.id is not None}
    for one in funded:
        if one.id not in told:
            yield from _country(one, homes[one.id], rules)


def _nobody(rules: Applied, stage: Stage) -> Iterator[Found]:
    asked = rules.get("minimum_organisations")
    if asked is None:
        return
    text = f"No partner is entered yet; at least {asked.value} organisations are needed."
    at_most = Severity.WARNING if stage.before_decision else Severity.HINT
    yield by(101, asked, text, at_most=at_most)


def _coordinators(funded: Sequence[Member], homes: Homes, rules: Applied) -> Iterator[Found]:
    leading = [one for one in funded if one.role is PartnerRole.COORDINATOR]
    if not leading:
        text = "No partner is entered as the coordinator."
        yield Found(103, Severity.WARNING, "project", text)
    if len(leading) > 1:
        names = ", ".join(one.called for one in leading)
        text = f"{len(leading)} partners are entered as the coordinator: {names}."
        yield Found(104, Severity.WARNING, "project", text)
    asked = rules.get("coordinator_from") or rules.get("countries_from")
    if asked is None or asked.value == "any":
        return
    for one in leading:
        home = homes[one.id]
        if home is not None and not home.in_programme:
            text = f"The coordinator's country, {home.name}, is neither in the EU nor associated."
            why = (
                f"{rules.named}: the coordinator is from an EU Member State or an associated "
                "country."
            )
            yield by(105, asked, text, _where(one), why=why, sure=home.confirmed)


def _organisations(funded: Sequence[Member], homes: Homes, rules: Applied) -> Iterator[Found]:
    asked = rules.get("minimum_organisations")
    if asked is None:
        return
    count = len(consortium.organisations(one for one in funded if _counts(homes[one.id], rules)))
    open_ = [one for one in funded if homes[one.id] is None]
    if count >= asked.value:
        return
    text = (
        f"{counted(count, 'organisation')} of {asked.value} "
        f"{'is' if count == 1 else 'are'} entered that {_verb(count)} for the minimum"
        f"{_and_open(open_)}."
    )
    why = f"{rules.named}: at least {asked.value} organisations{_whose(rules)}."
    sure = count + len(open_) < asked.value
    yield by(101, asked, text, why=why, sure=sure)


def _countries(funded: Sequence[Member], homes: Homes, rules: Applied) -> Iterator[Found]:
    asked = rules.get("minimum_countries")
    if asked is None:
        return
    there = _reached(funded, homes, rules)
    reached, names = there.reached, ", ".join(there.names)
    open_ = [one for one in funded if homes[one.id] is None]
    if reached >= asked.value:
        return
    text = (
        f"{counted(reached, 'country', 'countries')} of {asked.value} "
        f"{'is' if reached == 1 else 'are'} reached{f': {names}' if names else ''}"
        f"{_and_open(open_)}."
    )
    why = (
        f"{rules.named}: organisations from at least {asked.value} different countries"
        f"{_whose(rules)}; overseas countries and territories count as their Member State."
    )
    sure = reached + len(open_) < asked.value
    yield by(102, asked, text, why=why, sure=sure)


def _reached(funded: Sequence[Member], homes: Homes, rules: Applied) -> Countries:
    """Count countries: who stands there twice under one number is in one only."""
    return consortium.countries(
        {
            home.counts_as
            for one in same
            if (home := homes[one.id]) is not None and _counts(home, rules)
        }
        for same in consortium.organisations(funded)
    )


def _country(one: Member, home: Standing | None, rules: Applied) -> Iterator[Found]:
    """Tell where a country is not known, not admitted, or needs a reason."""
    if home is None:
        text = "Its country is not entered."
        if one.country:
            text = f"No country has the code {quoted(one.country)}."
        yield Found(108, Severity.WARNING, one.called, text, "partner", one.id)
        return
    if home.in_programme:
        return
    elsewhere = rules.get("partners_elsewhere")
    excluded, regions = rules.get("excluded_countries"), rules.get("partners_elsewhere_regions")
    where = f"{home.name} is neither in the EU nor associated"
    if excluded is not None and home.code in excluded.value:
        why = f"{rules.named}: organisations from {home.name} cannot take part."
        text = f"Its country, {home.name}, is excluded."
        yield by(106, excluded, text, _where(one), why=why)
    elif elsewhere is not None and elsewhere.value == "no":
        why = f"{rules.named}: only organisations from EU Member States and associated countries."
        yield by(106, elsewhere, f"{where}.", _where(one), why=why, sure=home.confirmed)
    elif regions is not None and home.region not in regions.value:
        text = f"{where}, nor in a region we know to be admitted."
        why = "Read in the guide of your call from which countries partners may come."
        yield by(106, regions, text, _where(one), why=why, sure=False)
    elif elsewhere is not None and elsewhere.value == "added_value":
        text = f"{where}: show what only this partner adds."
        yield by(107, elsewhere, text, _where(one), at_most=Severity.HINT)


# --- who may, and how often ----------------------------------------------------------------------


def _founded(subject: Subject, rules: Applied) -> Iterator[Found]:
    """Tell where the coordinator is younger than the call asks on its closing date."""
    asked = rules.get("coordinator_years_min")
    closing = _closing(subject, rules)
    if asked is None or closing is None:
        return
    for one in subject.members:
        if one.role is not PartnerRole.COORDINATOR or one.established_on is None:
            continue
        try:
            needed = timeline.add_months(closing, -asked.value * timeline.MONTHS_PER_YEAR)
        except Refused:
            continue
        if one.established_on > needed:
            text = (
                f"It exists since {say_brief(one.established_on)}, less than "
                f"{counted(asked.value, 'year')} before the closing date, {say_brief(closing)}."
            )
            yield by(109, asked, text, _where(one))


def _closing(subject: Subject, rules: Applied) -> date | None:
    """Give the closing date: as entered, else of the one round the project's start fits."""
    project = subject.project
    if project.application_deadline is not None:
        zone = project.application_zone or "Europe/Brussels"
        return local(project.application_deadline, zone).date()
    start = project.start
    if rules.carried or not rules.rules.rounds:
        return None
    fitting = [one for one in rules.rules.rounds if start is not None and one.fits(start)]
    if len(rules.rules.rounds) == 1:
        fitting = [*rules.rules.rounds]
    return fitting[0].on if len(fitting) == 1 else None


def _charters(funded: Iterable[Member], rules: Applied) -> Iterator[Found]:
    for one in funded:
        home = _home(one, rules)
        if one.sort == _HEI and one.eche is False and home is not None and home.in_programme:
            text = "It has no Erasmus Charter for Higher Education (ECHE)."
            sure = home.confirmed and not rules.carried
            severity = Severity.ERROR if sure else Severity.WARNING
            yield Found(110, severity, one.called, text, "partner", one.id)


def _ceiling(subject: Subject, funded: Iterable[Member], rules: Applied) -> Iterator[Found]:
    asked = rules.get("applications_per_oid_max")
    fields = rules.several("applications_fields")
    project = subject.project
    field = priorities.field_of(project.field, project.action, priorities.load())
    if asked is None or (fields and field is not None and field not in fields):
        return
    sure = not fields or field is not None
    for one in funded:
        if one.applications is not None and one.applications > asked.value:
            text = (
                f"It takes part in {one.applications} applications at this deadline, "
                f"{asked.value} at most."
            )
            yield by(111, asked, text, _where(one), sure=sure)


def _elsewhere(funded: Sequence[Member], rules: Applied) -> Iterator[Found]:
    """Tell where capacity is built in other countries, and nobody from there takes part."""
    from_anywhere = rules.get("countries_from")
    homes = [_home(one, rules) for one in funded]
    if from_anywhere is None or from_anywhere.value != "any" or rules.rules.composition:
        return  # where sorts are asked for, those from elsewhere are among them
    if homes and all(home is not None and home.in_programme for home in homes):
        text = f"All partners are from EU or associated countries. {rules.rules.name}."
        yield by(118, from_anywhere, text, at_most=Severity.HINT)


# --- numbers of organisations -------------------------------------------------------------------


def _numbers(subject: Subject) -> Iterator[Found]:
    seen: dict[tuple[str, str], list[Member]] = defaultdict(list)
    for one in subject.members:
        for name, number, read in (
            ("OID", one.oid, identifiers.read_oid),
            ("PIC", one.pic, identifiers.read_pic),
        ):
            if number is None or is_blank(number):
                continue
            told = read(number)
            seen[name, told.number].append(one)
            if told.doubt is not None:
                hint = _with_zero(told.number, read)
                text = f"{told.doubt}{hint}."
                yield Found(112, Severity.WARNING, one.called, text, "partner", one.id)
    for (name, number), sharing in seen.items():
        if len(sharing) > 1:
            names = " and ".join(one.called for one in sharing)
            text = f"{names} have the same {name}, {number}."
            one = sharing[-1]
            yield Found(113, Severity.WARNING, one.called, text, "partner", one.id)


def _with_zero(number: str, read: Callable[[str], identifiers.OrganisationNumber]) -> str:
    """Suggest zeros for letters O where the number is then one; nothing is changed."""
    mended = number.replace("O", "0")
    if mended == number or read(mended).doubt is not None:
        return ""
    return f"; letter O in place of zero: {mended} was probably meant"


# --- how the work is spread ---------------------------------------------------------------------


def _spread(subject: Subject, funded: Sequence[Member]) -> Iterator[Found]:
    yield from _idle(subject, funded)
    parts = subject.parts
    leads = {unit.lead for unit in parts}
    if len(parts) >= _SEVERAL and len(leads) == 1 and None not in leads and len(funded) > 1:
        (lead,) = leads
        one = next((one for one in funded if one.id == lead), None)
        if one is not None:
            early = subject.stage in (Stage.APPLYING, Stage.WAITING, Stage.PREPARING)
            severity = Severity.WARNING if early else Severity.HINT
            text = f"It leads all {len(parts)} parts of the work plan."
            yield Found(116, severity, one.called, text, "partner", one.id)
    if any(one.contacts for one in funded):
        for one in funded:
            if not one.contacts:
                text = "Nobody is entered whom one can ask there."
                yield Found(117, Severity.HINT, one.called, text, "partner", one.id)


def _idle(subject: Subject, funded: Sequence[Member]) -> Iterator[Found]:
    """Tell which partners have no work and no money although the plan gives some to others.

    A share without an amount is a role in that part: work for its partner, no money given out.
    """
    busy: Counter[int] = Counter()
    for unit in subject.units:
        busy.update(filter(None, (unit.lead,)))
        busy.update(each.partner for each in unit.shares)
    busy.update(one.lead for one in subject.results if one.lead is not None)
    busy.update({one.id: one.tasks + one.costs for one in funded})
    shared = any(each.cents for unit in subject.units for each in unit.shares)
    if not shared and not any(one.tasks for one in funded):
        return
    for one in funded:
        if not busy[one.id]:
            text = "It leads nothing, has no task and no share of the money."
            yield Found(115, Severity.WARNING, one.called, text, "partner", one.id)


# --- words --------------------------------------------------------------------------------------


def _home(one: Member, rules: Applied) -> Standing | None:
    return rules.standing(one.country) if one.country else None


def _counts(home: Standing | None, rules: Applied) -> bool:
    """Tell whether an organisation from there counts for the minimum."""
    if home is None or home.code in rules.several("excluded_countries"):
        return False
    return home.in_programme or rules.word("countries_from") == "any"


def _whose(rules: Applied) -> str:
    return "" if rules.word("countries_from") == "any" else " from EU or associated countries"


def _and_open(open_: Sequence[Member]) -> str:
    if not open_:
        return ""
    return f"; the country of {counted(len(open_), 'partner')} is not known"


def _verb(count: int) -> str:
    return "counts" if count == 1 else "count"


def _where(one: Member) -> Where:
    return one.called, "partner", one.id
