"""Which action an idea fits: a few answers are weighed, and held against the rules of the call."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from ka2tui import datafiles
from ka2tui.domain import rulebook
from ka2tui.domain.entries import Malformed, once, placed, rows, table, text, texts, whole, wrong
from ka2tui.domain.kinds import Kind
from ka2tui.domain.refusal import Misread
from ka2tui.domain.text import quoted

if TYPE_CHECKING:
    from pathlib import Path

    from ka2tui.domain.call_rules import CallRules
    from ka2tui.domain.rulebook import Applied

_FILE = "fit.toml"

AIM, FIELD, ORGANISATIONS, COUNTRIES, ELSEWHERE, MAKEUP, LEAD = (
    *("aim", "field", "organisations", "countries", "elsewhere", "makeup", "lead"),
)
"""The questions whose answers are held against the rules."""

KA1, KA2 = "KA1", "KA2"

FIRST_CALL = 2021
"""The first call of the programme whose actions these are."""

_MOST = 1_000
"""Stands for "no matter how many"."""

_CLOSE = 2
"""Points by which the best must be ahead to be clearly the best."""

_MISSING = 3
"""Points that something missing takes away, so that a fitting action may come first."""

_UNSAID = 3
"""Points that it takes away when nobody has said yet whether the idea is of this special kind."""

_NOTHING = -3
"""Points with which an action is nothing for the idea; above it only comes later."""

_MOST_QUESTIONS = 8

Answers = Mapping[str, str]
"""What was said: the answer of each question by its id."""


Rules = Callable[[str], "Applied | None"]
"""Gives the rules of an action, by its id, in the call aimed at; None where none are known."""


class Lead(Kind):
    """Who would apply."""

    ESTABLISHED = "established"
    YOUNG = "young"
    OUTSIDE = "outside"
    INFORMAL = "informal"


@dataclass(frozen=True, slots=True)
class Span:
    """A number that is known roughly."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Speak:
    """What an answer says about some routes."""

    routes: frozenset[str]
    """Ids of routes, kinds of them, KA1 or KA2."""
    points: int
    why: str

    def about(self, route: Route) -> bool:
        """Tell whether it is about a route."""
        return not self.routes.isdisjoint((route.id, route.key_action, route.kind))


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer that can be chosen."""

    id: str
    text: str
    word: str
    """The same in two or three words."""
    fields: frozenset[str]
    """The fields in which it is offered; empty: all."""
    organisations: Span | None
    countries: Span | None
    elsewhere: bool
    """Whether partners from other countries take part."""
    lead: Lead | None
    speaks: tuple[Speak, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One question with its answers."""

    id: str
    text: str
    why: str
    unless: Mapping[str, frozenset[str]]
    """Answers to other questions after which it is not asked."""
    answers: tuple[Answer, ...]

    def get(self, answer: str | None) -> Answer | None:
        """Find an answer by its id."""
        return next((one for one in self.answers if one.id == answer), None)

    def offered(self, said: Answers) -> tuple[Answer, ...]:
        """Give the answers that make sense beside those given already."""
        field = said.get(FIELD)
        return tuple(
            one for one in self.answers if not one.fields or not field or field in one.fields
        )


@dataclass(frozen=True, slots=True)
class Need:
    """An answer without which a route is nothing for the idea."""

    question: str
    answers: frozenset[str]
    asks: str
    """What must be there, to follow "it asks for"."""
    otherwise: str
    """Why it is nothing where something else was answered: a sentence."""


@dataclass(frozen=True, slots=True)
class Route:
    """Where an idea can go: KA1, or an action of KA2."""

    id: str
    title: str
    key_action: str
    about: str
    kind: str
    rules: str | None
    """The action in the rules."""
    rules_in: Mapping[str, str]
    code: str | None
    code_in: Mapping[str, str]
    fields: frozenset[str]
    from_call: int | None
    needs: tuple[Need, ...]
    programme_countries: int
    common: bool
    """Whether it is told of even where it does not fit."""
    checks: tuple[str, ...]
    source: str | None
    """None where only the rules know one."""
    place: str | None

    def rules_for(self, said: Answers) -> str | None:
        """Give the action whose rules it has."""
        return self.rules_in.get(said.get(FIELD, ""), self.rules)

    def action(self, said: Answers) -> str | None:
        """Give what is entered as the action of a project."""
        return self.code_in.get(said.get(FIELD, ""), self.code)


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake that is made often."""

    id: str
    title: str
    text: str
    near_at: Mapping[str, frozenset[str]]
    source: str

    def near(self, said: Answers) -> bool:
        """Tell whether the answers come close to it."""
        return _any_of(self.near_at, said)


@dataclass(frozen=True, slots=True)
class Look:
    """Something to be looked at besides."""

    text: str
    key_action: str
    when: Mapping[str, frozenset[str]]
    source: str
    place: str | None


@dataclass(frozen=True, slots=True)
class Guidance:
    """All that data/fit.toml says."""

    questions: tuple[Question, ...]
    routes: tuple[Route, ...]
    mistakes: tuple[Mistake, ...]
    looks: tuple[Look, ...]

    def question(self, name: str) -> Question | None:
        """Find a question by its id."""
        return next((one for one in self.questions if one.id == name), None)

    def answer(self, said: Answers, question: str) -> Answer | None:
        """Give what was answered to a question; None where nothing was."""
        found = self.question(question)
        return None if found is None else found.get(said.get(question))

    def asked(self, said: Answers) -> tuple[Question, ...]:
        """Give the questions that make sense beside the answers given already."""
        return tuple(
            one
            for one in self.questions
            if not _any_of(one.unless, said) and len(one.offered(said)) > 1
        )

    def unanswered(self, said: Answers) -> tuple[Question, ...]:
        """Give those of them that have no answer yet."""
        return tuple(one for one in self.asked(said) if one.id not in said)


# --- what comes out -----------------------------------------------------------------------------


class Standing(Kind):
    """How an action stands to the idea."""

    FITS = "fits", "fits"
    NEAR = "near", "fits once something is there"
    NOT = "not", "does not fit"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something speaks for an action or against it."""

    text: str
    question: str | None = None
    """The question whose answer says so."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What the rules say about an action, in words."""

    label: str
    text: str
    source: str
    place: str | None
    confirmed: bool


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Warned:
    """A typical mistake, and whether the answers come close to it."""

    mistake: Mistake
    near: bool


@dataclass(frozen=True, slots=True)
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

    @property
    def sure(self) -> bool:
        """Whether one action is clearly the best."""
        return self.best is not None and not self.rivals

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
    )


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
        if one.key_action == route.key_action and (not one.when or _any_of(one.when, said))
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
        rules_year=None if found is None else found.call.year,
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


@dataclass(frozen=True, slots=True)
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


# --- what was answered --------------------------------------------------------------------------


def read_answers(guidance: Guidance, pairs: Sequence[str]) -> dict[str, str]:
    """Read answers as they are typed: field=school.

    Raises:
        Misread: There is no such question or answer, or a question is answered twice.
    """
    said: dict[str, str] = {}
    for pair in pairs:
        key, sign, value = (part.strip() for part in pair.partition("="))
        if not sign:
            raise Misread(f"An answer is written as QUESTION=ANSWER, not {quoted(pair)}.")
        question = guidance.question(key)
        if question is None:
            names = [one.id for one in guidance.questions]
            raise Misread(f"There is no question {quoted(key)}: {_near(key, names)}")
        if question.id in said:
            raise Misread(f"{question.id} is answered twice.")
        if question.get(value) is None:
            names = [one.id for one in question.answers]
            raise Misread(f"{question.id} is not {quoted(value)}: {_near(value, names)}")
        said[question.id] = value
    for name, value in said.items():
        _refuse_elsewhere(guidance, said, name, value)
    return said


def _refuse_elsewhere(guidance: Guidance, said: Answers, name: str, value: str) -> None:
    """Refuse an answer that is not offered in the field that was given."""
    question = guidance.question(name)
    if question is not None and value not in {one.id for one in question.offered(said)}:
        raise Misread(f"{name}={value} is not for the field {said[FIELD]}.")


def _near(said: str, names: Sequence[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(said, names, 2)
    return f"did you mean {' or '.join(near)}?" if near else f"it is one of {', '.join(names)}."


# --- reading the file ---------------------------------------------------------------------------


@cache
def load(own: Path | None = None) -> Guidance:
    """Read questions and routes, the user's own file in place of ours.

    Raises:
        DataFault: The file cannot be read.
        Malformed: Something in it is missing or cannot be; the message names file and line.
    """
    written = datafiles.read_text(_FILE, own)
    path = datafiles.find(_FILE, own)
    name = _FILE if path == datafiles.find(_FILE) else str(path)
    return read(datafiles.read_toml(_FILE, own), name, written)


def read(data: Mapping[str, Any], file: str = _FILE, written: str = "") -> Guidance:
    """Make questions and routes of a parsed file.

    Raises:
        Malformed: Something is missing or cannot be.
    """
    questions: list[Question] = []
    answers = 0
    for number, (_, row) in enumerate(rows(data, "question", file), start=1):
        with placed(file, written, "question", number):
            head = _question(row, f"{file}, question {number}")
        read_: list[Answer] = []
        for _, below in rows(row, "answer", f"{file}, question {head.id}"):
            answers += 1
            with placed(file, written, "question.answer", answers):
                read_.append(_answer(below, f"{file}, answer to {head.id}"))
        once((one.id for one in read_), f"{file}: the answer to {head.id}")
        questions.append(Question(head.id, head.text, head.why, head.unless, tuple(read_)))
    once((one.id for one in questions), f"{file}: the question")
    if len(questions) > _MOST_QUESTIONS:
        raise Malformed(f"{file}: more than {_MOST_QUESTIONS} questions tire a newcomer.")
    routes: list[Route] = []
    for number, (_, row) in enumerate(rows(data, "route", file), start=1):
        with placed(file, written, "route", number):
            routes.append(_route(row, f"{file}, route {number}"))
    once((one.id for one in routes), f"{file}: the route")
    mistakes: list[Mistake] = []
    for number, (_, row) in enumerate(rows(data, "mistake", file), start=1):
        with placed(file, written, "mistake", number):
            mistakes.append(_mistake(row, f"{file}, mistake {number}"))
    looks: list[Look] = []
    for number, (_, row) in enumerate(rows(data, "check", file), start=1):
        with placed(file, written, "check", number):
            looks.append(_look(row, f"{file}, check {number}"))
    known = Guidance(tuple(questions), tuple(routes), tuple(mistakes), tuple(looks))
    _refuse_strangers(known, file)
    return known


def _question(row: Mapping[str, Any], place: str) -> Question:
    name = text(row, "id", place)
    place = f"{place} ({name})"
    unless = _answers(row, "unless", place)
    return Question(name, text(row, "text", place), text(row, "why", place), unless, ())


def _answer(row: Mapping[str, Any], place: str) -> Answer:
    name = text(row, "id", place)
    place = f"{place} ({name})"
    lead = row.get("lead")
    if lead is not None and lead not in {one.value for one in Lead}:
        names = ", ".join(one.value for one in Lead)
        raise wrong("lead", f"{place}: lead is one of {names}.")
    elsewhere = row.get("partners_elsewhere", False)
    if not isinstance(elsewhere, bool):
        raise wrong("partners_elsewhere", f"{place}: partners_elsewhere is true or false.")
    speaks = row.get("speaks", [])
    if not isinstance(speaks, list):
        raise wrong("speaks", f"{place}: speaks is a list of tables.")
    return Answer(
        id=name,
        text=text(row, "text", place),
        word=text(row, "word", place),
        fields=frozenset(texts(row, "fields", place)),
        organisations=_span(row, "organisations", place),
        countries=_span(row, "countries", place),
        elsewhere=elsewhere,
        lead=None if lead is None else Lead(lead),
        speaks=tuple(_speak(one, f"{place}: speaks {at}") for at, one in enumerate(speaks, 1)),
    )


def _speak(row: object, place: str) -> Speak:
    given = table(row, place)
    routes = texts(given, "routes", place)
    if not routes:
        raise wrong("speaks", f"{place} names no routes.")
    points = whole(given, "points", place, least=-20, most=20)
    return Speak(frozenset(routes), points, text(given, "why", place))


def _span(row: Mapping[str, Any], key: str, place: str) -> Span | None:
    if key not in row:
        return None
    pair = row[key]
    if not isinstance(pair, list) or [type(one) for one in pair] != [int, int]:
        raise wrong(key, f"{place}: {key} is [at least, at most].")
    least, most = pair
    if most == 0 and least > 0:
        most = _MOST
    if not 0 <= least <= most:
        raise wrong(key, f"{place}: {key} has more at least than at most.")
    return Span(least, most)


def _route(row: Mapping[str, Any], place: str) -> Route:
    name = text(row, "id", place)
    place = f"{place} ({name})"
    key_action = text(row, "key_action", place)
    if key_action not in (KA1, KA2):
        raise wrong("key_action", f"{place}: key_action is {KA1} or {KA2}.")
    needs = row.get("needs", [])
    if not isinstance(needs, list):
        raise wrong("needs", f"{place}: needs is a list of tables.")
    common = row.get("common", False)
    if not isinstance(common, bool):
        raise wrong("common", f"{place}: common is true or false.")
    from_call = None
    if "from_call" in row:
        from_call = whole(row, "from_call", place, least=2014, most=2100)
    return Route(
        id=name,
        title=text(row, "title", place),
        key_action=key_action,
        about=text(row, "about", place),
        kind=text(row, "kind", place, ""),
        rules=text(row, "rules", place, "") or None,
        rules_in=_words(row, "rules_in", place),
        code=text(row, "code", place, "") or None,
        code_in=_words(row, "code_in", place),
        fields=frozenset(texts(row, "fields", place)),
        from_call=from_call,
        needs=tuple(_need(one, f"{place}: needs {at}") for at, one in enumerate(needs, 1)),
        programme_countries=whole(row, "programme_countries", place, least=0, most=50, default=0),
        common=common,
        checks=texts(row, "checks", place),
        source=text(row, "source", place, "") or None,
        place=text(row, "place", place, "") or None,
    )


def _need(row: object, place: str) -> Need:
    given = table(row, place)
    answers = frozenset(texts(given, "answers", place))
    return Need(
        text(given, "question", place),
        answers,
        text(given, "asks", place),
        text(given, "otherwise", place),
    )


def _mistake(row: Mapping[str, Any], place: str) -> Mistake:
    return Mistake(
        text(row, "id", place),
        text(row, "title", place),
        text(row, "text", place),
        _answers(row, "near", place),
        text(row, "source", place),
    )


def _look(row: Mapping[str, Any], place: str) -> Look:
    return Look(
        text(row, "text", place),
        text(row, "key_action", place),
        _answers(row, "when", place),
        text(row, "source", place),
        text(row, "place", place, "") or None,
    )


def _words(row: Mapping[str, Any], key: str, place: str) -> Mapping[str, str]:
    given = table(row.get(key, {}), f"{place}: {key}")
    return {name: text(given, name, f"{place}: {key}") for name in given}


def _answers(row: Mapping[str, Any], key: str, place: str) -> Mapping[str, frozenset[str]]:
    """Take answers by their questions."""
    given = table(row.get(key, {}), f"{place}: {key}")
    return {name: frozenset(texts(given, name, f"{place}: {key}")) for name in given}


def _any_of(wanted: Mapping[str, frozenset[str]], said: Answers) -> bool:
    return any(said.get(name) in answers for name, answers in wanted.items())


def _refuse_strangers(known: Guidance, file: str) -> None:
    """Refuse names of questions, answers, fields and routes that the file does not have."""
    answers = {one.id: {it.id for it in one.answers} for one in known.questions}
    fields = answers.get(FIELD, set())
    routes = {name for one in known.routes for name in (one.id, one.key_action, one.kind)}

    def refuse(kind: str, place: str, named: set[str] | frozenset[str], there: set[str]) -> None:
        for name in sorted(named - there):
            raise Malformed(f"{file}, {place}: there is no {kind} {quoted(name)}.")

    def pairs(place: str, wanted: Mapping[str, frozenset[str]]) -> None:
        refuse("question", place, {*wanted}, {*answers})
        for name, given in wanted.items():
            refuse(f"answer to {name}", place, given, answers[name])

    for question in known.questions:
        pairs(f"question {question.id}", question.unless)
        for answer in question.answers:
            place = f"answer {answer.id} to {question.id}"
            refuse("field", place, answer.fields, fields)
            for speak in answer.speaks:
                refuse("route", place, speak.routes, routes)
    for route in known.routes:
        place = f"route {route.id}"
        refuse("field", place, {*route.fields, *route.rules_in, *route.code_in}, fields)
        for need in route.needs:
            pairs(place, {need.question: need.answers})
    for mistake in known.mistakes:
        pairs(f"mistake {mistake.id}", mistake.near_at)
    for at, look in enumerate(known.looks, start=1):
        pairs(f"check {at}", look.when)
