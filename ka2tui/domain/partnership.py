"""Whether a consortium meets the minimum of its action, by the rules of one call year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ka2tui.domain import call_rules
from ka2tui.domain.call_rules import Value
from ka2tui.domain.countries import Country, country, say_country
from ka2tui.domain.kinds import PartnerRole
from ka2tui.domain.problem import Found, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


@dataclass(frozen=True, slots=True)
class ActionRules:
    """What one action asks of its consortium."""

    id: str
    name: str
    call_year: int
    codes: tuple[str, ...]
    managed_by: str
    """NA or EACEA."""
    organisations: Value
    """How many at least."""
    countries: Value
    """From how many different countries at least."""
    also: Value | None
    """What the minimum asks besides, in words."""
    countries_from: Value
    """Whose countries count: "programme" (EU and associated) or "any"."""
    elsewhere: Value
    """Partners from other countries: "no", "added_value" or "yes"."""
    elsewhere_regions: Value | None
    """The regions of the guide they may be from."""
    excluded: Value | None
    """ISO codes of countries that cannot take part."""


@dataclass(frozen=True, slots=True)
class Member:
    """A partner, as far as the minimum is concerned."""

    name: str
    country: str | None
    """ISO 3166 alpha-2."""
    role: PartnerRole


# --- the check ----------------------------------------------------------------------------------


def problems(rules: ActionRules, members: Sequence[Member]) -> list[Found]:
    """Check a consortium against the minimum of its action.

    Args:
        rules: Those of the project's action and call year.
        members: All partners that have not left; associated ones do not count.

    Returns:
        What to look at, what weighs most first; nothing here stops anybody.

    Source: the source that the rules name for each value.
    """
    funded = [one for one in members if one.role is not PartnerRole.ASSOCIATED]
    found = [
        *_of_coordinators(rules, funded),
        *_of_the_minimum(rules, funded),
        *(problem for one in funded for problem in _of_country(rules, one)),
    ]
    order = list(Severity)
    return sorted(found, key=lambda problem: order.index(problem.severity))


def _of_coordinators(rules: ActionRules, funded: Iterable[Member]) -> Iterator[Found]:
    leading = [one for one in funded if one.role is PartnerRole.COORDINATOR]
    source, place = rules.organisations.source, rules.organisations.place
    if not leading:
        why = "One organisation applies and signs on behalf of all."
        text = "No partner is entered as the coordinator."
        yield Found(103, Severity.WARNING, "project", text, why=why, source=source, place=place)
    if len(leading) > 1:
        names = ", ".join(one.name for one in leading)
        why = "One organisation applies and signs on behalf of all."
        text = f"{len(leading)} partners are entered as the coordinator: {names}."
        yield Found(104, Severity.WARNING, "project", text, why=why, source=source, place=place)
    for one in leading:
        home = _home(one)
        if home is not None and not home.in_programme and rules.countries_from.value != "any":
            yield _by(
                rules.countries_from,
                105,
                one.name,
                f"The coordinator is from {home.name}, neither in the EU nor associated.",
                f"{rules.name}, call {rules.call_year}: the coordinator is from an EU Member State"
                " or an associated country.",
            )


def _of_the_minimum(rules: ActionRules, funded: Iterable[Member]) -> Iterator[Found]:
    counted = [one for one in funded if _counts(rules, one)]
    asked = f"{rules.name}, call {rules.call_year}: at least"
    kind = "different" if rules.countries_from.value == "any" else "different EU or associated"
    if len(counted) < rules.organisations.value:
        yield _by(
            rules.organisations,
            101,
            "project",
            f"{_number(len(counted), 'organisation')} of {rules.organisations.value} are entered"
            " that count for the minimum.",
            f"{asked} {rules.organisations.value} organisations.",
        )
    countries = {home.counts_as or home.code for one in counted if (home := _home(one))}
    if len(countries) < rules.countries.value:
        names = ", ".join(sorted(say_country(code) for code in countries))
        yield _by(
            rules.countries,
            102,
            "project",
            f"{_number(len(countries), 'country', 'countries')} of {rules.countries.value}"
            f" {'is' if len(countries) == 1 else 'are'} reached{f': {names}' if names else ''}.",
            f"{asked} {rules.countries.value} {kind} countries; overseas countries and"
            " territories count as their Member State.",
        )
    if rules.also is not None:
        yield Found(
            114,
            Severity.HINT,
            "project",
            "The minimum asks for more than numbers; check it yourself.",
            why=f"{rules.name}, call {rules.call_year}: {rules.also.value}.",
            source=rules.also.source,
            place=rules.also.place,
        )


def _of_country(rules: ActionRules, one: Member) -> Iterator[Found]:
    home = _home(one)
    if home is None:
        yield Found(
            108,
            Severity.WARNING,
            one.name,
            "The country is not entered." if not one.country else f"No country {one.country!r}.",
            why="Without it the partner cannot count towards the minimum.",
            source=rules.countries.source,
            place=rules.countries.place,
        )
        return
    if home.in_programme:
        return
    where = f"{home.name} is neither in the EU nor associated"
    if rules.excluded is not None and home.code in rules.excluded.value:
        why = f"{rules.name}, call {rules.call_year}: organisations from {home.name} are excluded."
        yield _by(rules.excluded, 106, one.name, f"{where}, and excluded.", why)
    elif rules.elsewhere.value == "no":
        why = f"{rules.name}, call {rules.call_year}: only EU and associated countries."
        yield _by(rules.elsewhere, 106, one.name, f"{where}.", why)
    elif rules.elsewhere_regions is not None and home.region not in rules.elsewhere_regions.value:
        yield Found(
            106,
            Severity.WARNING,
            one.name,
            f"{where}, nor in a region we know to be admitted.",
            why="Read in the guide of your call from which countries partners may come.",
            source=rules.elsewhere_regions.source,
            place=rules.elsewhere_regions.place,
        )
    elif rules.elsewhere.value == "added_value":
        yield Found(
            107,
            Severity.HINT,
            one.name,
            f"{where}: show what only this partner adds.",
            why="Where that is not shown, the partner can be struck out at evaluation.",
            source=rules.elsewhere.source,
            place=rules.elsewhere.place,
        )


def _by(value: Value, number: int, where: str, text: str, why: str) -> Found:
    """Make a finding as heavy as the rule behind it is sure."""
    severity = Severity.ERROR if value.confirmed else Severity.WARNING
    return Found(number, severity, where, text, why=why, source=value.source, place=value.place)


def _home(one: Member) -> Country | None:
    return country(one.country) if one.country else None


def _counts(rules: ActionRules, one: Member) -> bool:
    home = _home(one)
    if home is None or (rules.excluded is not None and home.code in rules.excluded.value):
        return False
    return rules.countries_from.value == "any" or home.in_programme


def _number(count: int, one: str, many: str | None = None) -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"


# --- what the rules of a call ask -----------------------------------------------------------------


def asked(rules: call_rules.ActionRules) -> ActionRules | None:
    """Give what an action asks of its consortium; None where nothing is known of its minimum."""
    least = [rules.get(name) for name in ("minimum_organisations", "minimum_countries")]
    organisations, countries = least
    if organisations is None or countries is None:
        return None
    unknown = Value("any", organisations.source, organisations.place, confirmed=False)
    return ActionRules(
        id=rules.id,
        name=rules.name,
        call_year=rules.call_year,
        codes=rules.codes,
        managed_by=rules.managed_by,
        organisations=organisations,
        countries=countries,
        also=rules.get("minimum_also"),
        countries_from=rules.get("countries_from") or unknown,
        elsewhere=rules.get("partners_elsewhere") or unknown,
        elsewhere_regions=rules.get("partners_elsewhere_regions"),
        excluded=rules.get("excluded_countries"),
    )
