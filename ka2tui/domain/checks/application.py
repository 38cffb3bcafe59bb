"""The application: its number, its shape, its dates, and what the form asks for."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from ka2tui.domain import countries, identifiers, priorities, rulebook
from ka2tui.domain.checks import spans
from ka2tui.domain.checks.weigh import by, of_call
from ka2tui.domain.days import say_brief, say_until
from ka2tui.domain.instants import city, local
from ka2tui.domain.kinds import PartnerRole, ProjectShape, WorkUnitKind
from ka2tui.domain.problem import Found, Severity
from ka2tui.domain.refusal import Misread
from ka2tui.domain.text import counted, is_blank, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime, time

    from ka2tui.domain.call_rules import Round
    from ka2tui.domain.checks.subject import Project, Subject
    from ka2tui.domain.rulebook import Applied

_BRUSSELS = "Europe/Brussels"
_NEAR = timedelta(days=14)
_FIELDS = {"HE": "HED"}
_KNOWN_FIELD = re.compile(r"SCH|VET|HED?|ADU|YOU|SPO(?:RT)?")
_OF_ANOTHER_ACTION = re.compile(r"\d{4}-\d-[A-Z]{2}0\d-KA[13]\d{2}-", re.ASCII)
"""A number of mobility or policy support, whose grammar is not looked at here."""
_CODE = re.compile(r"KA2\d{2}")


def found(subject: Subject, rules: Applied | None) -> Iterator[Found]:
    """Look at the application of a project.

    Args:
        subject: The project.
        rules: Those of its action and call; without them only what needs none is looked at.
    """
    yield from _number(subject)
    yield from _known(subject.project, rules)
    if rules is not None:
        yield from _field(subject.project, rules)
        yield from _shape(subject, rules)
        yield from _duration(subject, rules)
        yield from _start(subject.project, rules)
        yield from _priorities(subject, rules)
    yield from _words(subject.project)
    yield from _deadline(subject, rules)


# --- the number ---------------------------------------------------------------------------------


def _number(subject: Subject) -> Iterator[Found]:
    project = subject.project
    if is_blank(project.agreement):
        return
    try:
        read = identifiers.read_agreement(project.agreement or "")
    except Misread:
        return
    if _OF_ANOTHER_ACTION.match(read.number):
        return
    if read.wrong is not None:
        severity = Severity.WARNING if read.suggestion is None else Severity.ERROR
        yield Found(201, severity, "project", _sentence(read.wrong))
    if read.scheme is None:
        return
    yield from _against(read, subject)


def _sentence(text: str) -> str:
    return text if text.endswith("?") else f"{text}."


def _against(read: identifiers.Agreement, subject: Subject) -> Iterator[Found]:
    """Hold what the number tells against what is entered."""
    project = subject.project
    apart = []
    entered = _CODE.search((project.action or "").upper())
    if read.action is not None and entered is not None and entered[0] != read.action:
        apart.append(f"action {read.action}, entered is {project.action}")
    if read.call_year is not None and project.call_year not in (None, read.call_year):
        apart.append(f"call {read.call_year}, entered is {project.call_year}")
    if read.field is not None:
        field = _FIELDS.get(read.field, read.field)
        said = ((_coded_field(project.field), project.field),
                (_suffix_field(project.action), project.action))  # fmt: skip
        other = next((text for code, text in said if code not in (None, field)), None)
        if other is not None:
            apart.append(f"field {read.field}, entered is {other}")
    lead = next((one for one in subject.members if one.role is PartnerRole.COORDINATOR), None)
    if read.country is not None and lead is not None and lead.country is not None:
        home = countries.country(lead.country)
        if home is not None and read.country not in (home.code, home.counts_as):
            agency, seat = countries.say_country(read.country), home.name
            apart.append(f"{agency}, but the coordinator is from {seat}")
    if apart:
        text = f"The number {read.number} says {'; '.join(apart)}."
        yield Found(214, Severity.WARNING, "project", text)


def _known(project: Project, rules: Applied | None) -> Iterator[Found]:
    codes = (project.action, project.call)
    of_code = rulebook.call_of(None, codes, None)
    if None not in (of_code, project.call_year) and of_code != project.call_year:
        code = next(it for it in codes if it and rulebook.call_of(None, (it,), None) == of_code)
        text = f"{code} is of call {of_code}, entered is call {project.call_year}."
        yield Found(214, Severity.WARNING, "project", text)
    if rules is None or not rules.call.actions:
        year = rulebook.call_of(project.call_year, (*codes, project.agreement), project.start)
        absent = rulebook.absent(rulebook.load(), project.action, year)
        if absent is not None:
            text = f"{absent}. Look at the call year first: most often it is the slip."
            yield Found(213, Severity.WARNING, "project", text)
            return
    if rules is None and not is_blank(project.action):
        text = f"No rules are known here for {quoted(project.action or '')}."
        yield Found(213, Severity.HINT, "project", text)
    elif rules is not None and rules.carried:
        yield Found(213, Severity.HINT, "project", f"{rules.says}.")


# --- field, shape, time -------------------------------------------------------------------------


def _field_of(project: Project) -> str | None:
    """Give the field of a project as the programme writes it; None where it is another word."""
    if (project.field or "").strip():
        return _coded_field(project.field)
    return _suffix_field(project.action)


def _coded_field(written: str | None) -> str | None:
    said = (written or "").strip().upper()
    return _FIELDS.get(said, said) if _KNOWN_FIELD.fullmatch(said) else None


def _suffix_field(action: str | None) -> str | None:
    """Give the field that the code of an action ends with: KA220-SCH."""
    return _coded_field((action or "").rpartition("-")[2])


def _field(project: Project, rules: Applied) -> Iterator[Found]:
    field, fields = _field_of(project), rules.rules.fields
    if field is None or not fields or field in fields:
        return
    value = rules.get("minimum_organisations")
    text = f"{rules.rules.id} does not exist in {_said_field(field)}; it does in {_list(fields)}."
    sure = value is not None and value.firm
    severity = Severity.ERROR if sure else Severity.WARNING
    place = rules.rules.place
    source = value.source if value is not None else None
    text = text if value is None else of_call(text, value)
    yield Found(202, severity, "project", text, source=source, place=place)


_FIELD_NAMES = {
    "HED": "higher education",
    "SCH": "school education",
    "VET": "vocational education and training",
    "ADU": "adult education",
    "YOU": "youth",
}


def _said_field(field: str) -> str:
    return f"{_FIELD_NAMES[field]} ({field})" if field in _FIELD_NAMES else field


def _shape(subject: Subject, rules: Applied) -> Iterator[Found]:
    asked = rules.get("divided_into")
    live = [unit for unit in subject.units if unit.live]
    packages = [unit for unit in live if unit.kind is WorkUnitKind.WORK_PACKAGE]
    if asked is None:
        return
    if asked.value == ProjectShape.ACTIVITIES and packages:
        codes = ", ".join(unit.code for unit in packages)
        text = f"{rules.rules.id} has activities and no work packages; entered as such: {codes}."
        yield by(203, asked, text)
    elif asked.value == ProjectShape.WORK_PACKAGES and not packages:
        if live:
            kinds = "activities" if live[0].kind is WorkUnitKind.ACTIVITY else "budget headings"
            yield by(204, asked, f"{rules.rules.id} has work packages; entered are {kinds}.")
        else:
            text = "No work package is entered yet."
            yield by(204, asked, text, at_most=Severity.WARNING)


def _duration(subject: Subject, rules: Applied) -> Iterator[Found]:
    project = subject.project
    months = project.months
    if months is None and project.start is not None and project.end is not None:
        months = spans.length(project)
    if months is None:
        return
    allowed = rules.several("months")
    least, most = rules.number("months_min"), rules.number("months_max")
    value = rules.get("months") or rules.get("months_max") or rules.get("months_min")
    if value is None:
        return
    lowest, highest = (min(allowed), max(allowed)) if allowed else (least, most)
    if subject.stage.before_decision:
        good = months in allowed if allowed else _within(months, lowest, highest)
    else:  # a granted project can have been prolonged
        longest = rules.number("months_extended_max")
        good = _within(months, lowest, longest and max(longest, highest or 0))
    if not good:
        usual = _range(allowed, least, most)
        text = f"It lasts {_months(months)}. {rules.rules.name}: {usual}."
        yield by(205, value, text)


def _within(months: int, least: int | None, most: int | None) -> bool:
    return (least is None or months >= least) and (most is None or months <= most)


def _start(project: Project, rules: Applied) -> Iterator[Found]:
    rounds = _meant(project, rules)
    if project.start is None or not rounds:
        return
    if any(one.fits(project.start) for one in rounds):
        return
    ends = [one for one in rounds if one.starts is not None]
    if ends:
        when = " or ".join(f"{_say_starts(one)} ({one.title})" for one in ends)
        text = f"It begins on {say_brief(project.start)}; projects of this call begin {when}."
    else:
        when = say_brief(max(one.on for one in rounds))
        text = f"It begins on {say_brief(project.start)}, before the call closes on {when}."
    sure = all(one.confirmed for one in rounds) and not rules.carried
    severity = Severity.ERROR if sure else Severity.WARNING
    source, place = rounds[0].source or None, rounds[0].place
    yield Found(207, severity, "project", text, source=source, place=place)


def _meant(project: Project, rules: Applied) -> tuple[Round, ...]:
    """Give the rounds that can be meant: the one of the deadline that is entered, else all."""
    if rules.carried:
        return ()
    rounds = rules.rules.rounds
    if project.application_deadline is not None:
        day = local(project.application_deadline, _BRUSSELS).date()
        same = tuple(one for one in rounds if one.on == day)
        return same or rounds
    return rounds


def _say_starts(one: Round) -> str:
    """Say when projects of a round begin: from September to December 2025."""
    names = (
        *("January", "February", "March", "April", "May", "June", "July", "August"),
        *("September", "October", "November", "December"),
    )
    first, last = one.starts or (1, 12)
    years, month = divmod(last - 1, 12)
    return f"from {names[(first - 1) % 12]} to {names[month]} {one.year + years}"


# --- what the form asks for ---------------------------------------------------------------------


def _priorities(subject: Subject, rules: Applied) -> Iterator[Found]:
    entered_, offered = subject.project.priorities, subject.offered
    least, most = rules.get("priorities_min"), rules.get("priorities_max")
    count = len(entered_)
    entered = "No EU priority is"
    if count:
        entered = f"{count} EU priority is" if count == 1 else f"{count} EU priorities are"
    if most is not None and count > most.value:
        exactly = least is not None and least.value == most.value
        asked = f"exactly {most.value} is asked for" if exactly else f"{most.value} at most"
        yield by(209, most, f"{entered} entered; {asked}.")
    elif least is not None and count < least.value:
        yield by(208, least, f"{entered} entered; at least {least.value} is asked for.")
    elif least is not None and offered and not any(priorities.like(it, offered) for it in entered_):
        what = ", ".join(quoted(each) for each in entered_)
        text = f"Entered is {what}: none of the {subject.offered_in}."
        yield Found(208, Severity.HINT, "project", text)


def _words(project: Project) -> Iterator[Found]:
    if is_blank(project.goal) and is_blank(project.summary):
        yield Found(210, Severity.HINT, "project", "The goal is not written down.")


def _deadline(subject: Subject, rules: Applied | None) -> Iterator[Found]:
    project = subject.project
    rounds = _meant(project, rules) if rules is not None else ()
    if project.application_deadline is not None:
        yield from _hour(project.application_deadline, project, rules)
        closes = local(project.application_deadline, project.application_zone or _BRUSSELS)
        yield from _closing(*_read(closes), subject, certain=True)
        return
    if rules is not None and rules.year and not rounds:
        text = f"The deadline of call {rules.year} is not known here, and none is entered."
        yield Found(215, Severity.HINT, "project", text)
    ahead = [one for one in rounds if one.on >= subject.today]
    fitting = [one for one in rounds if project.start is not None and one.fits(project.start)]
    one = next(iter(fitting or ahead), None)
    if one is not None:
        # its own clock says it: the rules of zones take a while to load
        yield from _closing(one.on, one.hour, one.zone, subject, certain=one.confirmed)
    elif rounds:
        last = local(max(one.at for one in rounds), _BRUSSELS)
        certain = all(one.confirmed for one in rounds)
        yield from _closing(*_read(last), subject, certain=certain)


def _read(clock: datetime) -> tuple[date, time, str]:
    """Give what a clock shows: its day, its time, and where it hangs."""
    return clock.date(), clock.time(), str(clock.tzinfo)


def _closing(
    day: date, hour: time, zone: str, subject: Subject, *, certain: bool
) -> Iterator[Found]:
    """Tell of a deadline that is near or has passed, unless the application is handed in."""
    today = subject.today
    if subject.project.submitted_on is not None and subject.project.submitted_on <= today:
        return
    at = f"{say_brief(day)}, {hour:%H:%M} {city(zone)}"
    doubt = "" if certain else " (not confirmed)"
    if day < today:
        text = f"The deadline was on {at}{doubt}; nothing says that it was handed in."
        yield Found(211, Severity.WARNING, "project", text)
    elif day - today <= _NEAR:
        text = f"The application closes {say_until(day, today)}: {at}{doubt}."
        yield Found(211, Severity.WARNING, "project", text)


def _hour(at: datetime, project: Project, rules: Applied | None) -> Iterator[Found]:
    """Tell where the hour that is entered is not the one at which the action closes."""
    there = local(at, _BRUSSELS)
    if rules is None:
        return
    for one in rules.rules.rounds:
        same = (one.month, one.day) == (there.month, there.day)
        usual = local(one.at, _BRUSSELS)
        if not same or (usual.hour, usual.minute) == (there.hour, there.minute):
            continue
        zone = project.application_zone or _BRUSSELS
        here = local(at, zone)
        entered = f"{here:%H:%M} {city(zone)}"
        if zone != _BRUSSELS:
            entered += f", which is {there:%H:%M} in Brussels"
        text = f"Entered is {entered}; it closes at {usual:%H:%M} Brussels time."
        sure = one.confirmed and not rules.carried and there.year == one.year
        severity = Severity.ERROR if sure else Severity.WARNING
        yield Found(212, severity, "project", text, source=one.source or None, place=one.place)
        return


# --- words --------------------------------------------------------------------------------------


def _months(count: int) -> str:
    return counted(count, "month")


def _range(allowed: tuple[int, ...], least: int | None, most: int | None) -> str:
    """Say how long projects last: 24 or 36 months, 12 to 36 months."""
    if allowed:
        *first, last = allowed
        return f"{', '.join(map(str, first))} or {last} months" if first else _months(last)
    if most is None or least == most:
        return f"{'' if most else 'at least '}{_months(least or 0)}"
    return f"at most {_months(most)}" if least is None else f"{least} to {_months(most)}"


def _list(words: tuple[str, ...]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last
