"""How partners are said on a page: what they owe, their papers, their people, their silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain import chase, silence
from ka2tui.domain.due import say_due
from ka2tui.domain.kinds import PaperState
from ka2tui.domain.papers import say_missing
from ka2tui.tui import plain
from ka2tui.tui.pages import history_words
from ka2tui.tui.widgets.details import Fact, Head, Line, Parts, Private, Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from ka2tui.domain.chase import Owed
    from ka2tui.domain.papers import Standing
    from ka2tui.queries.messages import MessageRow
    from ka2tui.queries.partner_register import RegisterDetails, RegisterRow
    from ka2tui.tui.plain import Piece, Tone
    from ka2tui.tui.widgets.details import Item, Shown

MOST = 20
"""Things that are owed, as far as they are listed."""

SIGNS: dict[PaperState, Piece] = {
    PaperState.NONE: (plain.OPEN, ""),
    PaperState.ASKED: (plain.WAITING, ""),
    PaperState.RECEIVED: (plain.DOING, "good"),
    PaperState.CHECKED: (plain.DONE, "done"),
    PaperState.NOT_NEEDED: ("–", "quiet"),
}
"""How the state of a paper is drawn."""


_SEEN = {True: "yes", False: "no", None: ""}


def sign(row: RegisterRow, *, silence_shown: bool = True) -> Piece:
    """Give the sign for how things stand with a partner."""
    if row.left_on is not None:
        return (plain.CANCELLED, "quiet")
    if row.late:
        return (plain.LATE, "late")
    if silence_shown and is_quiet(row):
        return (plain.WAITING, "soon")
    if row.coming:
        return (plain.SOON, "soon")
    return (plain.OPEN, "")


def is_quiet(row: RegisterRow) -> bool:
    """Say whether a partner was not heard from for long."""
    if not row.expected:
        return False
    return row.heard is None or (row.silent_days or 0) >= silence.QUIET


def heard(row: RegisterRow, today: date) -> Piece:
    """Say in short when a partner was last heard from."""
    if row.left_on is not None:
        word = "left" if row.left_on < today else "leaves"
        return (f"{word} {silence.say_short(row.left_on, today)}", "quiet")
    if not row.expected:
        return ""
    long = row.silent_days is not None and row.silent_days >= silence.LONG
    tone: Tone = "late" if long else "soon" if is_quiet(row) else "quiet"
    return (silence.say_brief(row.heard, today), tone)


def papers(row: RegisterRow) -> Piece:
    """Say in short how many papers are missing."""
    if not row.papers:
        return ""
    if not row.papers_missing:
        return (plain.DONE, "done")
    return (f"{row.papers_missing} missing", "late" if row.papers_late else "soon")


def clock(zone: str | None, now: datetime) -> str:
    """Give the time at a partner's."""
    from ka2tui.domain import instants

    return "" if zone is None else f"{instants.local(now, zone):%H:%M}"


def paper_sign(standing: Standing | None, today: date) -> Piece:
    """Give the sign for how far a paper is; one that is missing after its day is late."""
    if standing is None:
        return ""
    if standing.late(today):
        glyph = plain.LATE if standing.state is PaperState.NONE else SIGNS[standing.state][0]
        return (glyph, "late")
    if standing.missing and standing.state is PaperState.RECEIVED:
        return (plain.SOON, "soon")
    return SIGNS[standing.state]


def paper_state(standing: Standing, today: date) -> str:
    """Say how far a paper is, since when, and until when it is due."""
    said = standing.state.word
    if standing.since is not None:
        said += f" {silence.say_short(standing.since, today)}"
    if standing.missing and standing.due is not None:
        due = silence.say_short(standing.due, today)
        said += f", was due {due}" if standing.late(today) else f", due {due}"
    return said


def about(found: RegisterDetails, today: date, now: datetime, sort: str) -> Iterator[Item]:
    """Tell all that matters of a partner; `sort` says in words what it is."""
    row, details = found.row, found.details
    if row.called != row.name:
        yield Words(row.name, "strong")
    yield from _how_it_stands(found, today)
    yield from _owed("Late", found.late, today)
    yield from _owed("Coming", found.coming, today)
    if found.papers:
        yield Head("Papers", say_missing(row.papers_missing, row.papers))
        missing = [one for one in found.papers if one.missing]
        for one in missing:
            state = paper_state(one, today)
            yield Line([paper_sign(one, today), f" {one.paper.title}", (f"  {state}", "quiet")])
    yield Head("People", "" if details.contacts else "A adds the first")
    for person in details.contacts:
        yield Line(person.name)
        yield Parts([person.role, person.email, person.phone], "quiet")
    yield Private([*_messages(found.messages, today)])
    yield from _facts(found, now, sort)
    if details.notes:
        yield Private([Head("Notes"), Words(details.notes)])
    yield Private([*_history(found, today)])


def _history(found: RegisterDetails, today: date) -> Iterator[Shown]:
    """Tell what was changed last; who was written to stands there too."""
    yield from history_words.lines_of(found.history, today)


def _how_it_stands(found: RegisterDetails, today: date) -> Iterator[Item]:
    """Say first what one looks for."""
    from ka2tui.domain.countries import say_country

    row = found.row
    place = plain.join([row.city, say_country(row.country) if row.country else None], ", ")
    yield Fact("Role", row.role.word)
    yield Fact("Place", place)
    if row.left_on is not None:
        word = "Left" if row.left_on < today else "Leaves"
        yield Fact(word, silence.say_short(row.left_on, today))
        yield Fact("Why", found.details.leave_reason)
        yield Fact("Successor", found.details.successor)
    if row.expected:
        yield Private([*_silence(row, today)])


def _silence(row: RegisterRow, today: date) -> Iterator[Shown]:
    """Say when a partner was last heard from, and last chased."""
    tone: Tone = "soon" if is_quiet(row) else ""
    yield Fact("Heard", (silence.say(row.heard, today), tone))
    if row.heard is not None and row.heard.about:
        yield Fact("", (row.heard.about, "quiet"))
    last = next(iter(row.chased), None)
    yield Fact("Chased", (chase.say_chased(last, today), "" if last else "quiet"))


def _owed(title: str, items: Sequence[Owed], today: date) -> Iterator[Item]:
    if items:
        yield Head(title, str(len(items)))
    for item in items[:MOST]:
        tone: Tone = "late" if item.late(today) else "soon"
        glyph = plain.LATE if item.late(today) else plain.SOON
        kind = f"{plain.DELIVERABLE} " if item.kind == "deliverable" else ""
        what = plain.join([item.code, item.title], " ")
        yield Line([(f"{glyph} ", tone), (kind, "accent"), what], (say_due(item.due, today), tone))
    if len(items) > MOST:
        yield Line([(f"and {plain.number(len(items) - MOST)} more", "quiet")])


def _messages(rows: Sequence[MessageRow], today: date) -> Iterator[Shown]:
    if rows:
        yield Head("Messages", "newest first")
    days = [silence.say_short(row.day, today) for row in rows]
    room = plain.longest(days)
    for row, day in zip(rows, days, strict=True):
        way = "→" if row.direction == "out" else "←"
        what = f"reminder, {row.tone.word}" if row.chase and row.tone else row.channel.word
        said = " ".join((row.text or "").split()) if not row.chase else ""
        yield Line([(f"{plain.pad(day, room, 'right')} {way} {what}", "quiet"),
                    f"  {plain.join([row.contact, said], ': ')}"])  # fmt: skip


def _facts(found: RegisterDetails, now: datetime, sort: str) -> Iterator[Item]:
    row, details = found.row, found.details
    begin, end = details.day_start_minute, details.day_end_minute
    hours = f"{begin // 60:02}:{begin % 60:02}-{end // 60:02}:{end % 60:02}"
    there = clock(row.zone, now)
    yield Head("Facts")
    yield Fact("There now", plain.join([there, row.zone and row.zone.split("/")[-1]]))
    yield Fact("Works", hours)
    yield Fact("Agreement", row.agreement_state.word)
    yield Fact("Sort", sort)
    if row.established_on is not None:
        yield Fact("Exists since", f"{row.established_on:%d %b %Y}")
    yield Fact("ECHE", _SEEN[row.eche])
    yield Fact("Newcomer", _SEEN[row.newcomer])
    if row.applications is not None:
        yield Fact("Applications", f"{row.applications} at this deadline")
    yield Fact("OID", details.oid)
    yield Fact("PIC", details.pic)
    yield Fact("Number", row.nr)
    yield Fact("Website", details.website)
    if row.leads:
        yield Fact("Leads", ", ".join(row.leads))
    if details.joined_on:
        yield Fact("Joined", f"{details.joined_on:%d %b %Y}")
