"""Chase: the message that reminds a partner, in one of three tones; its words lie in the data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain import chase as rules
from ka2tui.domain import days
from ka2tui.domain.kinds import Precision, Tone
from ka2tui.domain.text import clean
from ka2tui.frozen import frozen
from ka2tui.reports import wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from ka2tui.domain.chase import Case, Owed, Person
    from ka2tui.reports.wording import Wording

NOTHING = "Nothing is late or missing: this message asks for an update."
UNNOTED = "Papers are not named: nobody has noted yet which of them have come."

REMINDER = "reminder"
"""What the names of its files begin with."""

ENDINGS = {".eml": "eml", ".txt": "txt", ".md": "md", ".markdown": "md"}
"""Endings of files, and what is written into them."""


@frozen
class Letter:
    """A message that is ready to be sent."""

    partner: int
    called: str
    tone: Tone
    to: Person | None
    sender: Person | None
    subject: str
    text: str


def write(
    case: Case,
    tone: Tone,
    *,
    today: date,
    to: Person | None = None,
    own: Path | None = None,
) -> Letter:
    """Write the reminder to a partner.

    Args:
        case: What it is made of.
        tone: How it sounds.
        today: The day it is written.
        to: Whom it is for; the partner's first person without it.
        own: The user's folder, whose words win over ours.

    Raises:
        DataFault: A file of words cannot be read.
        Malformed: The user's file says something that no reminder has.
    """
    say = wording.load(f"messages/{tone}.toml", own)
    person = to or next(iter(case.people), None)
    coming = () if case.late or case.papers else case.coming
    by = days.say_in_full(rules.answer_by(today, say.number("answer.days"), coming))
    kind = "late" if case.late or case.papers else "update" if case.nothing else "coming"
    names = {"project": case.project, "partner": case.called, "by": by}
    subject = say("subject.update" if case.nothing else "subject.open", **names)
    greeting = (
        say("greeting.person", name=person.name)
        if person
        else say("greeting.nobody", partner=case.called)
    )
    opening = say(f"opening.{kind}", name_of_partner=case.name)
    # nobody is told off for not having answered within the day
    past = [it.day for it in case.chased if it.day < today and rules.unanswered([it], case.heard)]
    if past:
        opening += " " + say("opening.again", day=days.say_long(past[0]))
    parts = [
        greeting,
        opening,
        *_part(say, "late", case.late, today),
        *_part(say, "papers", case.papers, today),
        *_part(say, "coming", case.coming, today),
        *_part(say, "agreed", case.agreed, today),
        say(f"asked.{kind}", by=by),
        say("closing.words"),
        "\n".join(
            signature(
                case.sender, case.coordinator, case.project, case.project_title, case.agreement
            )
        ),
    ]
    text = "\n\n".join(part for part in parts if part)
    return Letter(
        case.partner,
        case.called,
        tone,
        person,
        case.sender,
        clean(subject),
        clean(text, lines=True),
    )


def plain(letter: Letter) -> str:
    """Write a message as a text file: whom it is for, what it is about, and the text."""
    to = _addressed(letter.to)
    heads = [f"To: {to}"] if to else []
    return "\n".join([*heads, f"Subject: {letter.subject}", "", letter.text]) + "\n"


def marked(letter: Letter) -> str:
    """Write a message in Markdown, in which everything typed shows as it is."""
    from ka2tui.reports.formats import markdown

    to = _addressed(letter.to)
    lines = [markdown.text(line) for line in letter.text.split("\n")]
    # the dash of an item is ours, and makes a list
    lines = [line.replace("\\- ", "- ", 1) if line.startswith("\\- ") else line for line in lines]
    heads = [f"# {markdown.text(letter.subject)}", *([markdown.text(f"To: {to}")] if to else [])]
    body = "\n".join(f"{line}\\" if _goes_on(lines, at) else line for at, line in enumerate(lines))
    return "\n\n".join([*heads, body]) + "\n"


def draft(letter: Letter, at: datetime) -> str:
    """Write a message as a draft for a mail program; `at` is the present instant."""
    from ka2tui.reports.formats import mail

    to, sender = letter.to, letter.sender
    return mail.draft(
        letter.subject,
        letter.text,
        at=at,
        to=None if to is None else (to.name, to.email),
        sender=None if sender is None else (sender.name, sender.email),
    )


def rendered(letter: Letter, ending: str, at: datetime) -> str:
    """Write a message as a file of one of `ENDINGS` holds it."""
    if ending == "eml":
        return draft(letter, at)
    return marked(letter) if ending == "md" else plain(letter)


def reachable(letter: Letter) -> bool:
    """Tell whether a mail can be addressed: a person with an address that can be one."""
    from ka2tui.reports.formats import mail

    return letter.to is not None and mail.address(letter.to.name, letter.to.email) is not None


def _goes_on(lines: Sequence[str], at: int) -> bool:
    """Whether a line is followed by one of the same paragraph that is no item."""
    after = lines[at + 1] if at + 1 < len(lines) else ""
    return bool(lines[at] and after) and not after.startswith("- ")


def _addressed(person: Person | None) -> str:
    if person is None:
        return ""
    return clean(f"{person.name} <{person.email}>" if person.email else person.name)


def _part(say: Wording, name: str, items: Sequence[Owed], today: date) -> Iterator[str]:
    """Write one list with its heading; nothing where there is nothing."""
    if items:
        lines = [f"- {_item(say, name, item, today)}" for item in items]
        yield "\n".join([say(f"part.{name}", len(items)), *lines])


def _item(say: Wording, name: str, item: Owed, today: date) -> str:
    what = " ".join(filter(None, [item.code, item.title]))
    what = " ".join(clean(what).split())
    if name == "papers":
        if item.asked_on is not None:
            return say("item.paper_asked", what=what, day=days.say_long(item.asked_on))
        return say("item.paper", what=what)
    if item.meeting is not None:
        return say("item.agreed", what=what, meeting=" ".join(clean(item.meeting).split()))
    day = item.due.day
    if day is None:
        return what
    late = (today - day).days
    words = {"what": what, "days": "1 day" if late == 1 else f"{late} days"}
    if item.due.precision is Precision.MONTH:
        month = f"{days.FULL_MONTH_NAMES[day.month - 1]} {day.year}"
        if item.due.month is not None:
            month += f" ({item.due})"
        return say(f"item.{name}_month", month=month, **words)
    return say(f"item.{name}", day=days.say_in_full(day), **words)


def signature(
    sender: Person | None,
    coordinator: str | None,
    project: str,
    title: str,
    agreement: str | None = None,
) -> Iterator[str]:
    """Write who sends it: person, organisation, how to answer, and the project."""
    if sender is not None:
        yield sender.name
        yield from filter(None, [sender.role])
    yield from filter(None, [coordinator])
    if sender is not None:
        yield from filter(None, [sender.email, sender.phone])
    yield f"{project}: {title}" if title and title != project else project
    if agreement:
        yield f"Grant agreement {agreement}"


def paths(
    letters: Sequence[Letter], folder: Path, ending: str, *, what: str = REMINDER
) -> list[Path]:
    """Give each message a file of its own in a folder, named after the partner.

    Args:
        letters: Of which each is for another one.
        folder: Where they go.
        ending: Of the files.
        what: What the names begin with; those of reminders end with their tone.
    """
    from ka2tui.reports import saving

    found: list[Path] = []
    taken: set[str] = set()
    for letter in letters:
        tone = [letter.tone] if what == REMINDER else []
        name = saving.file_name(what, letter.called, *tone, ending=ending)
        if name.lower() in taken:
            number = str(letter.partner)
            name = saving.file_name(what, letter.called, number, *tone, ending=ending)
        taken.add(name.lower())
        found.append(folder / name)
    return found
