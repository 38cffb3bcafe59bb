"""The money: the amount of the grant, how it is divided, and what was paid."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ka2tui.domain.checks import spans
from ka2tui.domain.checks.stage import Stage
from ka2tui.domain.checks.weigh import PROJECT, by
from ka2tui.domain.kinds import WorkUnitKind
from ka2tui.domain.management import is_management
from ka2tui.domain.money import say_amount
from ka2tui.domain.plan_money import total
from ka2tui.domain.problem import Found, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ka2tui.domain.call_rules import Value
    from ka2tui.domain.checks.subject import Subject, Unit
    from ka2tui.domain.rulebook import Applied

_CENTS = 100
_SLIP = Fraction(1, 100)
"""How far from an amount that is allowed one may be that was probably mistyped."""

_PLANNING = frozenset({Stage.APPLYING, Stage.WAITING, Stage.PREPARING})
"""When the plan is still what was applied for."""


def found(subject: Subject, rules: Applied | None) -> Iterator[Found]:
    """Look at the money of a project.

    Args:
        subject: The project.
        rules: Those of its action and call; without them only sums are looked at.
    """
    if rules is not None:
        yield from _grant(subject, rules)
        yield from _management(subject, rules)
        yield from _packages(subject, rules)
    yield from _sum(subject, rules)
    yield from _shares(subject)
    yield from _without(subject)
    yield from _paid(subject)


# --- the grant ----------------------------------------------------------------------------------


def _grant(subject: Subject, rules: Applied) -> Iterator[Found]:
    cents, currency = subject.project.grant_cents, subject.project.currency
    if cents is None or currency.upper() != "EUR":
        return
    sums = rules.get("lump_sums_eur")
    if sums is not None:
        yield from _lump_sum(cents, sums, subject, rules)
        return
    grant = say_amount(cents)
    least, most = rules.get("grant_min_eur"), rules.get("grant_max_eur")
    monthly, months = rules.get("grant_per_month_max_eur"), spans.length(subject.project)
    if most is not None and cents > most.value * _CENTS:
        text = f"The grant is {grant}; {_euros(most.value)} at most."
        yield by(301, most, text, sure=_sure(cents, most.value, subject))
    elif least is not None and cents < least.value * _CENTS:
        text = f"The grant is {grant}; {_euros(least.value)} at least."
        yield by(301, least, text, sure=_sure(cents, least.value, subject))
    elif monthly is not None and months and cents > monthly.value * months * _CENTS:
        text = f"The grant is {grant}; {_euros(monthly.value)} a month at most, {months} months."
        yield by(301, monthly, text)
    else:
        yield from _by_months(cents, months, subject, rules)
        yield from _by_region(cents, subject, rules)


def _by_months(cents: int, months: int | None, subject: Subject, rules: Applied) -> Iterator[Found]:
    """Hold the grant against the most that a project of its length gets."""
    asked, lengths = rules.get("grant_max_by_months_eur"), rules.several("months")
    if asked is None or months not in lengths or len(lengths) != len(asked.value):
        return
    most = dict(zip(lengths, asked.value, strict=True))[months]
    if cents > most * _CENTS:
        text = (
            f"The grant is {say_amount(cents)}; a project of {months} months gets "
            f"{_euros(most)} at most."
        )
        yield by(301, asked, text, sure=_sure(cents, most, subject))


def _by_region(cents: int, subject: Subject, rules: Applied) -> Iterator[Found]:
    """Hold the grant against the most that projects with partners of some regions get."""
    asked, regions = rules.get("grant_max_regions_eur"), rules.several("grant_max_regions")
    if asked is None or cents <= asked.value * _CENTS:
        return
    homes = [rules.standing(one.country or "") for one in subject.members if one.funded]
    away = [home for home in homes if home is not None and not home.in_programme]
    there = sorted({home.name for home in away if home.region in regions})
    if there:
        numbers = f"{', '.join(regions[:-1])} and {regions[-1]}" if regions[1:] else regions[0]
        text = (
            f"The grant is {say_amount(cents)}; {_euros(asked.value)} at most with partners from "
            f"regions {numbers}: {', '.join(there)}."
        )
        only = all(home is not None for home in homes) and all(it.region in regions for it in away)
        yield by(301, asked, text, sure=only and _sure(cents, asked.value, subject))


def _lump_sum(cents: int, sums: Value, subject: Subject, rules: Applied) -> Iterator[Found]:
    amounts = sums.value
    if cents not in [each * _CENTS for each in amounts]:
        nearest = min(amounts, key=lambda each: abs(each * _CENTS - cents))
        text = f"The grant is {say_amount(cents)}. {rules.rules.name}: {_one_of(amounts)}."
        yield by(301, sums, text, sure=_sure(cents, nearest, subject))
        return
    months, lengths = subject.project.months, rules.several("months")
    if months in lengths and len(lengths) == len(amounts) > 1:
        fitting = dict(zip(lengths, amounts, strict=True))[months]
        if cents != fitting * _CENTS:
            text = (
                f"The grant is {say_amount(cents)}; a project of {months} months gets "
                f"{_euros(fitting)}."
            )
            yield by(301, sums, text)


def _sure(cents: int, allowed: int, subject: Subject) -> bool:
    """Tell whether a wrong amount is more than a slip while the project runs."""
    near = abs(cents - allowed * _CENTS) <= allowed * _CENTS * _SLIP
    return subject.stage in _PLANNING or not near


def _management(subject: Subject, rules: Applied) -> Iterator[Found]:
    asked = rules.get("management_share_max_percent")
    units = [unit for unit in subject.parts if is_management(unit.category, unit.title)]
    amounts = [_money_of(unit, subject.units) for unit in units]
    whole = subject.project.grant_cents
    if whole is None:
        whole = total(_money_of(unit, subject.units) for unit in subject.parts)
        if any(_open(unit, subject.units) for unit in subject.parts):
            return  # nobody knows yet what it is a share of
    if asked is None or not whole or not any(amounts):
        return
    cents = total(amounts)
    if cents * 100 <= asked.value * whole:
        return
    codes = " and ".join(unit.code for unit in units)
    most = say_amount(whole * asked.value // 100, subject.project.currency)
    verb = "takes" if len(units) == 1 else "take"
    text = (
        f"{codes} {verb} {say_amount(cents, subject.project.currency)}, "
        f"{_percent(cents, whole)} of the grant; {asked.value} % at most, {most}."
    )
    one = units[0]
    where = (one.said, "work_unit", one.id) if len(units) == 1 else PROJECT
    yield by(304, asked, text, where)


def _packages(subject: Subject, rules: Applied) -> Iterator[Found]:
    advised = rules.get("work_packages_advised_max")
    count = sum(unit.kind is WorkUnitKind.WORK_PACKAGE for unit in subject.parts)
    if advised is not None and count > advised.value:
        text = f"{count} work packages; {advised.value} are advised at most, management included."
        yield by(305, advised, text, at_most=Severity.HINT)


# --- sums ---------------------------------------------------------------------------------------


def _sum(subject: Subject, rules: Applied | None) -> Iterator[Found]:
    """Hold the parts of the plan against the grant."""
    grant = subject.project.grant_cents
    parts = [unit for unit in subject.units if unit.top]
    amounts = {unit.id: _money_of(unit, subject.units) for unit in parts}
    if not grant or not any(amounts.values()):
        return
    live = total(amounts[unit.id] for unit in parts if unit.live)
    every = total(amounts.values())
    if grant in (live, every):
        return
    rate = rules.number("funding_rate_percent") if rules is not None else None
    if rate is not None and abs(live * rate - grant * 100) <= grant:
        return  # the plan has the costs, of which the grant is a share
    missing = any(unit.live and _open(unit, subject.units) for unit in parts)
    if missing and live < grant:
        return  # the parts without money are told by themselves, and a share may still come
    currency = subject.project.currency
    gap = say_amount(abs(grant - live), currency)
    said = f"{gap} more than the grant" if live > grant else f"{gap} less than the grant"
    text = (
        f"The parts of the plan come to {say_amount(live, currency)}, {said}, "
        f"{say_amount(grant, currency)}."
    )
    early = subject.stage in _PLANNING and (rate is None or rate == 100)
    yield Found(302, Severity.ERROR if early else Severity.WARNING, "project", text)


def _shares(subject: Subject) -> Iterator[Found]:
    """Hold the shares of the partners, and the money of activities, against what they are of."""
    severity = Severity.ERROR if subject.stage in _PLANNING else Severity.WARNING
    currency = subject.project.currency
    for unit in subject.units:
        if unit.cents is None:
            continue
        inside = [it.cents for it in subject.units if it.parent == unit.id and it.live]
        for what, given in (
            ("The shares of the partners", [each.cents for each in unit.shares]),
            ("Its activities", inside),
        ):
            known = [cents for cents in given if cents is not None]
            come = sum(known)
            if not known or come == unit.cents:
                continue
            if len(known) < len(given) and come < unit.cents:
                continue  # what is not entered yet may be the rest
            gap = say_amount(abs(come - unit.cents), currency)
            more = "more" if come > unit.cents else "less"
            text = (
                f"{what} come to {say_amount(come, currency)}, {gap} {more} than its "
                f"{say_amount(unit.cents, currency)}."
            )
            yield Found(303, severity, unit.said, text, "work_unit", unit.id)


def _without(subject: Subject) -> Iterator[Found]:
    parts = subject.parts
    amounts = {unit.id: _money_of(unit, subject.units) for unit in parts}
    if not any(amounts.values()):
        return
    for unit in parts:
        if not amounts[unit.id]:
            text = "It has no money, although other parts have."
            yield Found(306, Severity.WARNING, unit.said, text, "work_unit", unit.id)


def _paid(subject: Subject) -> Iterator[Found]:
    grant, currency = subject.project.grant_cents, subject.project.currency
    received = subject.money.received
    if grant is not None and received > grant:
        text = (
            f"{say_amount(received, currency)} came from the agency, "
            f"{say_amount(received - grant, currency)} more than the grant."
        )
        yield Found(308, Severity.WARNING, "project", text)
    agreed = _agreed(subject)
    members = {one.id: one for one in subject.members}
    for partner, paid in subject.money.passed_on:
        share = agreed.get(partner)
        one = members.get(partner)
        if share is not None and one is not None and paid > share:
            text = (
                f"{say_amount(paid, currency)} was paid to it, "
                f"{say_amount(paid - share, currency)} more than its share of the grant."
            )
            yield Found(308, Severity.WARNING, one.called, text, "partner", one.id)


def _agreed(subject: Subject) -> Mapping[int, int]:
    """Give each partner's share of the grant, where the whole plan is shared out."""
    shared = [unit for unit in subject.units if any(each.cents for each in unit.shares)]
    if not shared or not all(_given_out(unit) for unit in shared):
        return {}
    of_parts = {unit.id for unit in shared}
    if not all(_shared(unit, of_parts, subject.units) for unit in subject.parts):
        return {}
    found: dict[int, int] = {}
    for unit in shared:
        if unit.parent in of_parts:
            continue
        for each in unit.shares:
            found[each.partner] = found.get(each.partner, 0) + (each.cents or 0)
    return found


def _given_out(unit: Unit) -> bool:
    """Tell whether the shares of a part are all that there is of it."""
    if unit.cents is None:
        return all(each.cents is not None for each in unit.shares)
    return unit.cents == total(each.cents for each in unit.shares)


def _shared(unit: Unit, shared: Iterable[int], units: Iterable[Unit]) -> bool:
    """Tell whether the money of a part is given to partners, by itself or by its activities."""
    inside = [it for it in units if it.parent == unit.id and it.live and it.cents]
    known = {*shared}
    return (
        not unit.cents or unit.id in known or (bool(inside) and {it.id for it in inside} <= known)
    )


def _money_of(unit: Unit, units: Iterable[Unit]) -> int | None:
    """Give the money of a part: its own, else that of its activities, else of its shares."""
    if unit.cents is not None:
        return unit.cents
    inside = [cents for it in units if it.parent == unit.id
              and (cents := _own_money(it)) is not None]  # fmt: skip
    return sum(inside) if inside else _own_money(unit)


def _own_money(unit: Unit) -> int | None:
    """Give what is entered of a part itself: its amount, else what its partners have of it."""
    if unit.cents is not None:
        return unit.cents
    given = [each.cents for each in unit.shares if each.cents is not None]
    return sum(given) if given else None


def _open(unit: Unit, units: Iterable[Unit]) -> bool:
    """Tell whether more money of a part may still be entered."""
    if unit.cents is not None:
        return False
    inside = [it for it in units if it.parent == unit.id and _own_money(it) is not None]
    return any(_lacks_a_share(it) for it in inside or [unit])


def _lacks_a_share(unit: Unit) -> bool:
    """Tell whether a part has no amount, nor all shares of which one would follow."""
    none_yet = not unit.shares or any(each.cents is None for each in unit.shares)
    return unit.cents is None and none_yet


# --- words --------------------------------------------------------------------------------------


def _euros(amount: int) -> str:
    return say_amount(amount * _CENTS)


def _one_of(amounts: tuple[int, ...]) -> str:
    *first, last = (_euros(each) for each in amounts)
    return f"{', '.join(first)} or {last}" if first else last


def _percent(cents: int, whole: int) -> str:
    """Say a share with at most two decimals, rounded up: what is above 20 % never reads 20 %."""
    units, rest = divmod(-(-cents * 10_000 // whole), 100)
    decimals = f".{rest:02d}".rstrip("0") if rest else ""
    return f"{units}{decimals} %"
