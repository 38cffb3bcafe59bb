"""Invitation: the message that asks an organisation to join; its words lie in the data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain import chase as rules
from ka2tui.domain import days
from ka2tui.domain.chase import Person
from ka2tui.domain.kinds import CandidateState, Tone
from ka2tui.domain.text import clean
from ka2tui.reports import wording
from ka2tui.reports.chase import Letter, signature
from ka2tui.reports.naming import say_action

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from ka2tui.queries.candidates import Asking
    from ka2tui.reports.wording import Wording

FILE = "messages/invitation.toml"

WHAT = "invitation"
"""What the names of its files begin with."""


def write(case: Asking, *, today: date, own: Path | None = None) -> Letter:
    """Write the message that asks one organisation to join.

    What is not known of the project is left out; notes never go into it.

    Args:
        case: What it is made of.
        today: The day it is written.
        own: The user's folder, whose words win over ours.

    Raises:
        DataFault: A file of words cannot be read.
        Malformed: The user's file says something that no invitation has.
    """
    say = wording.load(FILE, own)
    row = case.row
    asked_on = row.asked_on if row.state is CandidateState.ASKED else None
    again = asked_on is not None and asked_on < today
    by = rules.answer_by(today, say.number("answer.days"))
    if case.deadline is not None and by >= case.deadline > today:
        by = today + (case.deadline - today) / 2
    person = Person(row.id, row.person or row.called, email=row.email, phone=row.phone)
    to = person if row.person or row.email else None
    greeting = (
        say("greeting.person", name=row.person)
        if row.person
        else say("greeting.nobody", candidate=row.name)
    )
    opening = say("opening.first")
    if again and asked_on is not None:
        opening = say("opening.again", day=days.say_long(asked_on))
    parts = [
        greeting,
        opening,
        *_project(say, case),
        "\n".join([say("asked.text", by=days.say_in_full(by)), *_questions(say, case)]),
        say("closing.words"),
        "\n".join(signature(case.sender, case.coordinator, case.project, case.title)),
    ]
    subject = say("subject.again" if again else "subject.first", project=case.project)
    return Letter(
        row.id,
        row.called,
        Tone.FRIENDLY,
        to,
        case.sender,
        clean(subject),
        clean("\n\n".join(part for part in parts if part), lines=True),
    )


def _project(say: Wording, case: Asking) -> Iterator[str]:
    """Tell what the project is, as far as it is known."""
    facts = []
    if case.title and case.title != case.project:
        facts.append(say("project.called", title=f"{case.project}, {case.title}"))
    if case.action:
        facts.append(say("project.action", action=say_action(case.action, case.field)))
    if case.start and case.months:
        facts.append(say("project.time", start=days.say_long(case.start), months=case.months))
    elif case.start:
        facts.append(say("project.begins", start=days.say_long(case.start)))
    elif case.months:
        facts.append(say("project.lasts", months=case.months))
    if case.deadline is not None:
        facts.append(say("project.deadline", deadline=days.say_in_full(case.deadline)))
    yield " ".join(facts)
    goal = case.goal or case.summary
    if goal:
        yield f"{say('project.goal')}\n{goal}"
    if case.priorities:
        yield _list(say("project.priorities", len(case.priorities)), case.priorities)
    if case.row.brings:
        yield say("project.brings", brings=case.row.brings)
    if case.partners:  # who writes stands below the message
        yield _list(say("project.partners", len(case.partners)), case.partners)


def _questions(say: Wording, case: Asking) -> Iterator[str]:
    number = {"NA": "oid", "EACEA": "pic"}.get(case.managed_by or "", "number")
    known = case.row.oid if number == "oid" else case.row.pic
    for name in ("does", "need", "who", *(() if known and number == "pic" else (number,))):
        yield f"- {say(f'question.{name}')}"


def _list(heading: str, items: list[str] | tuple[str, ...]) -> str:
    return "\n".join([heading, *(f"- {' '.join(item.split())}" for item in items)])
