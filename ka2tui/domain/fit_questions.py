"""What is asked to tell which action an idea fits, and where its answers can lead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ka2tui.domain import alike, own_files
from ka2tui.domain.entries import Malformed, every, once, table, text, texts, whole, wrong
from ka2tui.domain.kinds import Kind
from ka2tui.domain.refusal import Misread
from ka2tui.domain.text import quoted
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from pathlib import Path

_FILE = "fit.toml"

AIM, FIELD, ORGANISATIONS, COUNTRIES, ELSEWHERE, MAKEUP, LEAD = (
    *("aim", "field", "organisations", "countries", "elsewhere", "makeup", "lead"),
)
"""The questions whose answers are held against the rules."""

KA1, KA2 = "KA1", "KA2"

_MOST = 1_000
"""Stands for "no matter how many"."""

_MOST_QUESTIONS = 8

Answers = Mapping[str, str]
"""What was said: the answer of each question by its id."""


class Lead(Kind):
    """Who would apply."""

    ESTABLISHED = "established"
    YOUNG = "young"
    OUTSIDE = "outside"
    INFORMAL = "informal"


@frozen
class Span:
    """A number that is known roughly."""

    least: int
    most: int


@frozen
class Speak:
    """What an answer says about some routes."""

    routes: frozenset[str]
    """Ids of routes, kinds of them, KA1 or KA2."""
    points: int
    why: str

    def about(self, route: Route) -> bool:
        """Tell whether it is about a route."""
        return not self.routes.isdisjoint((route.id, route.key_action, route.kind))


@frozen
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


@frozen
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


@frozen
class Need:
    """An answer without which a route is nothing for the idea."""

    question: str
    answers: frozenset[str]
    asks: str
    """What must be there, to follow "it asks for"."""
    otherwise: str
    """Why it is nothing where something else was answered: a sentence."""


@frozen
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


@frozen
class Mistake:
    """A mistake that is made often."""

    id: str
    title: str
    text: str
    near_at: Mapping[str, frozenset[str]]
    source: str

    def near(self, said: Answers) -> bool:
        """Tell whether the answers come close to it."""
        return any_of(self.near_at, said)


@frozen
class Look:
    """Something to be looked at besides."""

    text: str
    key_action: str
    when: Mapping[str, frozenset[str]]
    source: str
    place: str | None


@frozen
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
            if not any_of(one.unless, said) and len(one.offered(said)) > 1
        )

    def unanswered(self, said: Answers) -> tuple[Question, ...]:
        """Give those of them that have no answer yet."""
        return tuple(one for one in self.asked(said) if one.id not in said)


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
            raise Misread(f"There is no question {quoted(key)}:{_near(key, names)}")
        if question.id in said:
            raise Misread(f"{question.id} is answered twice.")
        if question.get(value) is None:
            names = [one.id for one in question.answers]
            raise Misread(f"{question.id} is not {quoted(value)}:{_near(value, names)}")
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
    return alike.hint(said, names, 2, start=" did") or f" it is one of {', '.join(names)}."


# --- reading the file ---------------------------------------------------------------------------


def load(own: Path | None = None) -> Guidance:
    """Read questions and routes, the user's own file in place of ours.

    Raises:
        DataFault: The file cannot be read.
        Malformed: Something in it is missing or cannot be; the message names file and line.
    """
    return own_files.one(_FILE, read, own)


def read(data: Mapping[str, Any], file: str = _FILE) -> Guidance:
    """Make questions and routes of a parsed file.

    Raises:
        Malformed: Something is missing or cannot be.
    """
    questions = every(data, "question", file, _question)
    once((one.id for one in questions), f"{file}: the question")
    if len(questions) > _MOST_QUESTIONS:
        raise Malformed(f"{file}: more than {_MOST_QUESTIONS} questions tire a newcomer.")
    routes = every(data, "route", file, _route)
    once((one.id for one in routes), f"{file}: the route")
    mistakes = every(data, "mistake", file, _mistake)
    known = Guidance(questions, routes, mistakes, every(data, "check", file, _look))
    _refuse_strangers(known, file)
    return known


def _question(row: Mapping[str, Any], place: str) -> Question:
    name = text(row, "id", place)
    place = f"{place} ({name})"
    unless = _answers(row, "unless", place)
    answers = every(row, "answer", place, _answer)
    once((one.id for one in answers), f"{place}: the answer")
    return Question(name, text(row, "text", place), text(row, "why", place), unless, answers)


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


def any_of(wanted: Mapping[str, frozenset[str]], said: Answers) -> bool:
    """Tell whether one of some answers was given."""
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
