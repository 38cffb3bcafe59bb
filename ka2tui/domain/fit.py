"""Which action an idea fits: a few answers are weighed, and held against the rules of the call."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from ka2tui.domain import rulebook
from ka2tui.domain.fit_questions import (
    AIM,
    COUNTRIES,
    ELSEWHERE,
    FIELD,
    LEAD,
    ORGANISATIONS,
    Lead,
    any_of,
)
from ka2tui.domain.kinds import Kind
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from ka2tui.domain.call_rules import CallRules
    from ka2tui.domain.fit_questions import (
        Answer,
        Answers,
        Guidance,
        Mistake,
        Question,
        Route,
        Span,
    )
    from ka2tui.domain.rulebook import Applied

_CLOSE = 2
"""Points by which the best must be ahead to be clearly the best."""

_MISSING = 3
"""Points that something missing takes away, so that a fitting action may come first."""

_UNSAID = 3
"""Points that it takes away when nobody has said yet whether the idea is of this special kind."""

_NOTHING = -3
"""Points with which an action is nothing for the idea; above it only comes later."""

Rules = Callable[[str], "Applied | None"]
"""Gives the rules of an action, by its id, in the call aimed at; None where none are known."""


# --- what comes out -----------------------------------------------------------------------------


class Standing(Kind):
    """How an action stands to the idea."""

    FITS = "fits", "fits"
    NEAR = "near", "something is missing"
    NOT = "not", "does not fit"


@frozen
class Reason:
    """Why something speaks for an action or against it."""

    text: str
    question: str | None = None
    """The question whose answer says so."""


@frozen
class Fact:
    """What the rules say about an action, in words."""

    label: str
    text: str
    source: str
    place: str | None
    confirmed: bool


@frozen
class Ranked:
    """An action beside the idea."""

    route: Route
    action: str | None
    """What is entered as the action of a project; None for KA1."""
    standing: Standing
    points: int
    speaks_for: tuple[Reason, ...]
    against: tuple[Reason, ...]
    missing: tuple[str, ...]
    """What must be there before it fits."""
    unsaid: int
    """How much of that nobody was asked about yet, or could say."""
    checks: tuple[str, ...]
    """What is still to be looked at."""
    facts: tuple[Fact, ...]
    rules_year: int | None
    """The call year of those rules."""
    rules_said: str | None
    """Which rules those are, where they are of another call; none of them is confirmed then."""

    @property
    def name(self) -> str:
        """The name of the action in its call, with what it is: KA210-SCH Small-scale ..."""
        return f"{self.action or self.route.key_action} {self.route.title}"


@frozen
class Warned:
    """A typical mistake, and whether the answers come close to it."""

    mistake: Mistake
    near: bool


@frozen
class Verdict:
    """What the answers come to."""

    call_year: int
    ranked: tuple[Ranked, ...]
    """All routes, the best first."""
    best: Ranked | None
    """None before anything was answered that tells."""
    rivals: tuple[Ranked, ...]
    """Others that are as good, as far as the answers go."""
    mistakes: tuple[Warned, ...]
    """Those that the answers come close to first."""
    unanswered: tuple[Question, ...]
    """What was not answered."""
    clashes: tuple[str, ...] = ()
    """Sentences that each name two answers which exclude each other."""

    @property
    def sure(self) -> bool:
        """Whether one action is clearly the best."""
        return self.best is not None and not self.rivals and not self.clashes

    @property
    def others(self) -> tuple[Ranked, ...]:
        """What else could become of the idea, the best first."""
        return tuple(one for one in self.ranked[1:] if one.standing is not Standing.NOT)

    @property
    def turned_down(self) -> tuple[Ranked, ...]:
        """What is often thought of and does not fit."""
        return tuple(
            one for one in self.ranked if one.standing is Standing.NOT and one.route.common
        )

    @property
    def told(self) -> tuple[Ranked, ...]:
        """What is worth a word, the best first."""
        first = self.ranked[:1] if self.ranked[0].standing is not Standing.NOT else ()
        return (*first, *self.others, *self.turned_down)


def rules_in(known: Sequence[CallRules], call_year: int) -> Rules:
    """Find the rules of actions in a call, else in the nearest call that has the action.

    Args:
        known: As `rulebook.load` gives them.
        call_year: The call that is aimed at.
    """

    def rules(action: str) -> Applied | None:
        return rulebook.of(known, action, call_year)

    return rules


def judge(guidance: Guidance, said: Answers, rules: Rules, call_year: int) -> Verdict:
    """Weigh the answers for each route, and hold them against the rules.

    Args:
        guidance: Questions and routes.
        said: The answers; those to questions that make no sense beside others do not count.
        rules: Gives the rules of an action in that call.
        call_year: The year of the call that is aimed at.

    Source: two introductions to KA2, and the rules of the actions, as data/fit.toml names them.
    """
    asked = {one.id for one in guidance.asked(said)}
    said = {key: value for key, value in said.items() if key in asked}
    ranked = [_ranked(guidance, said, route, rules, call_year) for route in guidance.routes]
    order = {one.route.id: at for at, one in enumerate(ranked)}
    ranked.sort(
        key=lambda one: (
            one.standing is Standing.NOT,
            one.standing is Standing.NOT and not one.route.common,
            -_weight(one),
            order[one.route.id],
        )
    )
    tells = AIM in said or ranked[0].points > 0
    leads = tells and ranked[0].standing is not Standing.NOT
    best = ranked[0] if leads else None
    rivals: tuple[Ranked, ...] = ()
    if best is not None:
        close = _weight(best) - _CLOSE
        rivals = tuple(
            one
            for one in ranked[1:]
            if one.standing is not Standing.NOT
            and _weight(one) > close
            and one.unsaid <= best.unsaid
            and (one.standing is best.standing or AIM not in said)
        )
    warned = [Warned(one, one.near(said)) for one in guidance.mistakes]
    return Verdict(
        call_year=call_year,
        ranked=tuple(ranked),
        best=best,
        rivals=rivals,
        mistakes=tuple(sorted(warned, key=lambda one: not one.near)),
        unanswered=guidance.unanswered(said),
        clashes=tuple(clashes(guidance, said)),
    )


def clashes(guidance: Guidance, said: Answers) -> Iterator[str]:
    """Name answers that exclude each other, each pair in a sentence."""
    organisations, countries, elsewhere, lead = (
        guidance.answer(said, name) for name in (ORGANISATIONS, COUNTRIES, ELSEWHERE, LEAD)
    )

    def pair(one: Answer, other: Answer, why: str) -> str:
        names = (it.text if it.lead is not None else it.word for it in (one, other))
        return " and ".join(f"“{it}”" for it in names) + f" exclude each other: {why}."

    inside = lead is not None and lead.lead in (Lead.ESTABLISHED, Lead.YOUNG)
    outside = lead is not None and lead.lead is Lead.OUTSIDE
    alone = elsewhere is not None and not elsewhere.elsewhere
    span = countries.countries if countries is not None else None
    if countries is not None and span is not None and span.most == 0:
        if lead is not None and inside:
            yield pair(countries, lead, "who applies takes part too")
        if elsewhere is not None and alone:
            yield pair(countries, elsewhere, "they must come from somewhere")
    if lead is not None and elsewhere is not None and outside and alone:
        yield pair(elsewhere, lead, "who applies takes part too")
    most = organisations.organisations if organisations is not None else None
    # who is still alone may well know from where the others are to come
    if organisations is None or countries is None or not span or not most or most.most == 1:
        return
    if span.least > most.most:
        yield pair(organisations, countries, "each country needs an organisation")
    elif elsewhere is not None and elsewhere.elsewhere and span.least == most.most:
        why = f"all of them are from the {span.least} countries counted"
        yield pair(organisations, elsewhere, why)


def _weight(one: Ranked) -> int:
    return one.points - _MISSING * bool(one.missing) - _UNSAID * one.unsaid


def _ranked(
    guidance: Guidance, said: Answers, route: Route, rules: Rules, call_year: int
) -> Ranked:
    points = 0
    good: list[Reason] = []
    bad: list[Reason] = []
    for question in guidance.questions:
        answer = guidance.answer(said, question.id)
        for speak in () if answer is None else answer.speaks:
            if speak.about(route):
                points += speak.points
                (good if speak.points > 0 else bad).append(Reason(speak.why, question.id))
    name = route.rules_for(said)
    found = None if name is None else rules(name)
    out = [*_ruled_out(guidance, said, route, call_year)]
    missing = [*_lacking(guidance, said, route)]
    unsaid = len(missing)
    checks: list[str] = []
    if found is not None:
        lacks, looks = _held_against(guidance, said, route, found)
        missing += lacks
        checks += looks
    checks += route.checks
    checks += (
        one.text
        for one in guidance.looks
        if one.key_action == route.key_action and (not one.when or any_of(one.when, said))
    )
    standing = Standing.FITS
    if out or points <= _NOTHING:
        standing = Standing.NOT
    elif missing:
        standing = Standing.NEAR
    return Ranked(
        route=route,
        action=route.action(said),
        standing=standing,
        points=points,
        speaks_for=tuple(good),
        against=(*out, *bad),
        missing=tuple(missing),
        unsaid=unsaid,
        checks=tuple(dict.fromkeys(checks)),
        facts=() if found is None else tuple(facts(found)),
        rules_year=None if found is None else found.of_year,
        rules_said=None if found is None or not found.carried else found.says,
    )


def _ruled_out(guidance: Guidance, said: Answers, route: Route, call_year: int) -> Iterator[Reason]:
    """Say why it cannot be this route at all."""
    field = guidance.answer(said, FIELD)
    if field is not None and route.fields and field.id not in route.fields:
        yield Reason(f"There is none in {_lower(field.text)}.", FIELD)
    if route.from_call is not None and call_year < route.from_call:
        yield Reason(f"The first call that has it is {route.from_call}.")
    for need in route.needs:
        given = said.get(need.question)
        if given is not None and given not in need.answers:
            yield Reason(need.otherwise, need.question)


def _lacking(guidance: Guidance, said: Answers, route: Route) -> Iterator[str]:
    """Say what it asks for that nobody has answered yet."""
    asked = {one.id for one in guidance.asked(said)}
    for need in route.needs:
        if need.question in asked and need.question not in said:
            yield need.asks


def _held_against(
    guidance: Guidance, said: Answers, route: Route, rules: Applied
) -> tuple[list[str], list[str]]:
    """Hold the answers against the rules: what is missing, and what is to be looked at."""
    missing: list[str] = []
    looks: list[str] = []
    elsewhere = guidance.answer(said, ELSEWHERE)
    others = elsewhere is not None and elsewhere.elsewhere
    programme = _word(rules, "countries_from") != "any"

    organisations = guidance.answer(said, ORGANISATIONS)
    if organisations is not None and organisations.organisations is not None:
        span, least = organisations.organisations, _number(rules, "minimum_organisations")
        Held(span, least, "organisation", "organisations").tell(missing, looks)
    countries = guidance.answer(said, COUNTRIES)
    if countries is not None and countries.countries is not None:
        span, own = countries.countries, route.programme_countries
        least = _number(rules, "minimum_countries")
        if not programme:
            if not others:
                Held(span, least, "country", "countries").tell(missing, looks)
            least = 0
        kind = ("EU or associated country", "EU or associated countries")
        Held(span, max(least, own), *kind).tell(missing, looks)
    if others:
        rule = _word(rules, "partners_elsewhere")
        if rule == "no":
            missing.append("a consortium of EU and associated countries alone")
        elif rule == "added_value":
            looks.append(
                "Show what only the partners from other countries add, else they can be struck"
                " out at evaluation; and read from which countries they may come."
            )
    lead = guidance.answer(said, LEAD)
    years = _number(rules, "coordinator_years_min")
    if lead is None or lead.lead is None:
        pass
    elif lead.lead is Lead.OUTSIDE and _applies_from(rules) != "any":
        missing.append("an organisation in the EU or an associated country that applies")
    elif lead.lead is Lead.YOUNG and years:
        missing.append(
            f"an organisation that applies and was founded at least {years} years"
            " before the closing date"
        )
    also = _word(rules, "minimum_also")
    if also:
        looks.append(f"The minimum asks for more than numbers: {also}.")
    return missing, looks


@frozen
class Held:
    """A rough number beside the least that is asked for."""

    span: Span
    least: int
    one: str
    many: str

    def tell(self, missing: list[str], looks: list[str]) -> None:
        """Say what is missing for certain, or what is to be looked at."""
        asked = f"at least {self.least}"
        if self.span.most < self.least:
            more = self.least - self.span.most
            missing.append(f"{more} more {self.one if more == 1 else self.many}: {asked}")
        elif self.span.least < self.least:
            named = self.one if self.least == 1 else self.many
            looks.append(f"Count the {named}: {asked}.")


# --- the rules in words -------------------------------------------------------------------------


def facts(rules: Applied) -> Iterator[Fact]:
    """Say what the rules ask and give, in the words of a newcomer."""

    def said(label: str, key: str, words: str) -> Iterator[Fact]:
        value = rules.get(key)
        if value is not None:
            yield Fact(label, words, value.source, value.place, value.confirmed)

    orgs, lands = (_number(rules, f"minimum_{it}") for it in ("organisations", "countries"))
    yield from said("organisations", "minimum_organisations", f"at least {orgs}")
    kind = "" if _word(rules, "countries_from") == "any" else " EU or associated"
    named = "country" if lands == 1 else "countries"
    yield from said("countries", "minimum_countries", f"at least {lands}{kind} {named}")
    yield from _length(rules)
    yield from _grant(rules)
    most = _number(rules, "work_packages_advised_max")
    yield from said("work packages", "work_packages_advised_max", f"{most} at most are advised")
    percent = _number(rules, "management_share_max_percent")
    yield from said(
        "management", "management_share_max_percent", f"at most {percent} % of the grant"
    )
    most = _number(rules, "applications_per_oid_max")
    yield from said(
        "applications", "applications_per_oid_max", f"one organisation in at most {most}"
        " at one deadline",
    )  # fmt: skip
    most = _number(rules, "applications_as_coordinator_max")
    yield from said(
        "as coordinator", "applications_as_coordinator_max", f"of at most {most} of them"
    )


def _length(rules: Applied) -> Iterator[Fact]:
    listed = rules.get("months")
    least, most = rules.get("months_min"), rules.get("months_max")
    stands = listed or least or most
    if stands is None:
        return
    if listed is not None:
        words = " or ".join(map(str, listed.value))
    elif least is None or most is None:
        words = f"at least {least.value}" if least is not None else f"at most {stands.value}"
    elif least.value == most.value:
        words = str(least.value)
    else:
        words = f"{least.value} to {most.value}"
    known = [one for one in (listed, least, most) if one is not None]
    sure = all(one.confirmed for one in known)
    yield Fact("months", words, stands.source, stands.place, sure)


def _grant(rules: Applied) -> Iterator[Fact]:
    sums = rules.get("lump_sums_eur")
    least, most = rules.get("grant_min_eur"), rules.get("grant_max_eur")
    note = rules.get("grant_note")
    stands = sums or most or least
    if stands is None:
        return
    if sums is not None:
        words = _either([_euros(one) for one in sums.value])
    elif note is not None:
        words = str(note.value)
    elif least is not None and most is not None:
        words = f"{_digits(least.value)} to {_euros(most.value)}"
    else:
        words = f"up to {_euros(stands.value)}"
    known = [one for one in (sums, least, most) if one is not None]
    sure = all(one.confirmed for one in known)
    yield Fact("grant", words, stands.source, stands.place, sure)


def _either(words: Sequence[str]) -> str:
    *front, last = words
    return f"{', '.join(front)} or {last}" if front else last


def _digits(euros: int) -> str:
    return f"{euros:,}".replace(",", " ")


def _euros(euros: int) -> str:
    return f"€ {_digits(euros)}"


def _number(rules: Applied, key: str) -> int:
    return rules.number(key) or 0


def _word(rules: Applied, key: str) -> str:
    return rules.word(key) or ""


def _applies_from(rules: Applied) -> str:
    """Tell from which countries the coordinator comes: those that count, where nothing is said."""
    return _word(rules, "coordinator_from") or _word(rules, "countries_from")


def _lower(said: str) -> str:
    return said[:1].lower() + said[1:]


def next_call(today: date) -> int:
    """Give the year of the call that somebody with an idea aims at.

    The last round of a year closes on 1 October, where an agency opens one; after it the next
    call is meant.
    """
    return today.year + (today > date(today.year, 10, 1))
