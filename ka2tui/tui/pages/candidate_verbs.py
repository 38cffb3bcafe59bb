"""What can be done with possible partners: noted, edited, asked, answered, taken, removed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ka2tui.domain.kinds import CandidateState, PartnerRole
from ka2tui.tui import plain
from ka2tui.tui.lazy import lazily
from ka2tui.tui.pages import sort_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ka2tui.operations import candidates
    from ka2tui.queries import candidates as views
    from ka2tui.queries.candidates import CandidateRow, Search
    from ka2tui.tui.desk import Desk
    from ka2tui.tui.dialogs.form import Field, Filled, Option
    from ka2tui.tui.widgets.details import Item
else:
    candidates = lazily("ka2tui.operations.candidates")
    views = lazily("ka2tui.queries.candidates")


async def add(desk: Desk, project: int) -> int | None:
    """Note a possible partner in a form; give its id."""
    from ka2tui.tui.dialogs.form import Form

    async def save(filled: Filled) -> Any:
        values = {name: it for name, it in filled.values.items() if it is not None}
        return await desk.attempt(candidates.add, project, values.pop("name"), values=values)

    sorts = await sort_words.to_choose(desk, None, "not said")
    form = Form("New possible partner", _fields(None, sorts), save=save)
    filled = await desk.push_screen_wait(form)
    return None if filled is None else int(filled.saved.value)


async def edit(desk: Desk, row: CandidateRow) -> bool:
    """Edit one in a form; what somebody else changed meanwhile is asked."""
    from ka2tui.tui.dialogs.form import Form

    async def save(filled: Filled) -> Any:
        if not filled.changed:
            return None
        return await desk.attempt(candidates.edit, row.id, filled.changed, filled.based_on)

    title = f"Edit {plain.cut(plain.line(row.called), 56)}"
    sorts = await sort_words.to_choose(desk, row.sort, "not said")
    filled = await desk.push_screen_wait(Form(title, _fields(row, sorts), save=save))
    return filled is not None and filled.saved is not None


async def ask(desk: Desk, rows: Sequence[CandidateRow]) -> bool:
    """Show the message to each before it goes; those that are partners are left out."""
    from ka2tui.tui.dialogs.invite import Invite

    open_ = [row.id for row in rows if row.partner_id is None]
    if not open_:
        desk.tell("Partners are not asked any more.")
        return False
    own = desk.settings.data
    today = desk.today
    cases = await desk.ask(views.asking, open_, today=today, sender=desk.actor, own=own)
    return await Invite(cases).sent(desk)


async def answered(desk: Desk, rows: Sequence[CandidateRow]) -> bool:
    """Choose what they answered, today."""
    from ka2tui.tui.dialogs.choose import Choose, Item

    if not rows:
        return False
    states = [CandidateState.AGREED, CandidateState.INTERESTED, CandidateState.DECLINED]
    notes = ["counts towards the minimum", "wants to know more", "stays on the list, crossed out"]
    items = [
        Item(at, state.word, note)
        for at, (state, note) in enumerate(zip(states, notes, strict=True))
    ]
    one = plain.cut(plain.line(rows[0].called), 40)
    who = one if len(rows) == 1 else plain.count(len(rows), "organisation")
    chosen = await desk.push_screen_wait(Choose(f"{who} is or has", items))
    if chosen is None:
        return False
    ids = [row.id for row in rows]
    today = desk.today
    done = await desk.do(candidates.answer, ids, states[chosen], day=today, today=today)
    return done is not None


async def take(desk: Desk, rows: Sequence[CandidateRow]) -> bool:
    """Make partners of them in one step; one that never agreed is asked about."""
    from ka2tui.tui.dialogs.ask import Ask

    open_ = [row for row in rows if row.partner_id is None]
    if not open_:
        desk.tell("It is a partner already.")
        return False
    unsure = [row for row in open_ if row.state is not CandidateState.AGREED]
    one = plain.cut(plain.line(open_[0].called), 40)
    what = one if len(open_) == 1 else plain.count(len(open_), "organisation")
    if unsure:
        said = unsure[0].said if len(open_) == 1 else plain.count(len(unsure), "has", "have")
        about = f"{said if len(open_) == 1 else f'{said} not agreed yet'}; u takes it back."
        question = Ask(f"Take {what} as partner?", about=about, yes="take")
        if await desk.push_screen_wait(question) is not True:
            return False
    ids = [row.id for row in open_]
    role = PartnerRole.BENEFICIARY
    outcome = await desk.do(candidates.take, ids, today=desk.today, role=role)
    if outcome is not None:
        desk.tell(f"{what}: now among the partners, g p shows them.")
    return outcome is not None


async def remove(desk: Desk, rows: Sequence[CandidateRow]) -> bool:
    """Take them off the list; ask first where somebody was asked or more."""
    from ka2tui.tui.dialogs.ask import Ask

    if not rows:
        return False
    if any(row.state is not CandidateState.TO_ASK for row in rows) or len(rows) > 1:
        one = plain.cut(plain.line(rows[0].called), 40)
        what = one if len(rows) == 1 else plain.count(len(rows), "organisation")
        about = "A partner that one became stays. u brings them back."
        asked = Ask(f"Take {what} off the list?", about=about, yes="remove")
        if await desk.push_screen_wait(asked) is not True:
            return False
    return await desk.do(candidates.remove, [row.id for row in rows]) is not None


async def where(desk: Desk, seen: Search) -> None:
    """Tell what to look for in a partner, and where to look."""
    from ka2tui.tui.dialogs.told import Told

    await desk.push_screen_wait(Told[None]("Finding partners", [*advice(seen)]))


def advice(seen: Search) -> Iterator[Item]:
    """Say what to look for, and where."""
    from ka2tui.tui.widgets.details import Head, Line, Passage, Words

    yield Head("What to look for")
    for one in seen.search.look:
        yield Words(one.title, "strong")
        yield Passage([("  ", ""), (one.text, "")], 2)
        yield Passage([("  ", ""), (f"Why: {one.why}", "quiet")], 2)
    yield Head("Where to look")
    for one in seen.search.where:
        yield Words(one.title, "strong")
        yield Passage([("  ", ""), (one.text, "")], 2)
        if one.address:
            yield Line([("  ", ""), (one.address, "accent")])
        if not one.confirmed:
            yield Line([("  not confirmed: ask your agency", "soon")])


def _fields(row: CandidateRow | None, sorts: Sequence[Option]) -> list[Field]:
    """Give the lines of the form; `sorts` are what an organisation can be."""
    from ka2tui.domain import countries, identifiers
    from ka2tui.domain.mail_address import read_mail
    from ka2tui.tui.dialogs.form import Field, Option

    states = [Option(it, it.word) for it in CandidateState]

    def number(name: str, label: str, hint: str) -> Field:
        read = {"oid": identifiers.read_oid, "pic": identifiers.read_pic}[name]
        return Field(
            name, label, value=row and getattr(row, name), hint=hint, more=True,
            read=lambda said: read(said).number, write=str,
            say=lambda it: read(it).doubt or "well formed",
        )  # fmt: skip

    return [
        Field("name", "Name", value=row and row.name, required=True),
        Field("acronym", "Short", value=row and row.acronym, hint="how you call it"),
        Field("country", "Country", value=row and row.country, hint="PL, EL, Türkiye",
              read=countries.read_country, write=str, say=countries.say_country),
        Field("brings", "Brings", "long", row and row.brings),
        Field("found_at", "Found at", value=row and row.found_at,
              hint="results platform, a network, somebody's word"),
        Field("person", "Person", value=row and row.person, hint="whom you write to"),
        Field("email", "Mail", value=row and row.email, hint="name@example.org",
              read=read_mail, write=str, say=str),
        Field("sort", "It is", "choice", row and row.sort, options=sorts, more=True),
        Field("city", "City", value=row and row.city, more=True),
        number("oid", "OID", "E1 and seven digits"),
        number("pic", "PIC", "nine digits"),
        Field("website", "Website", value=row and row.website, more=True),
        Field("phone", "Phone", value=row and row.phone, more=True),
        Field("state", "State", "choice", row.state if row else CandidateState.TO_ASK,
              options=states, more=True),
        Field("asked_on", "Asked on", "date", row and row.asked_on, more=True),
        Field("answered_on", "Answered on", "date", row and row.answered_on, more=True),
        Field("notes", "Notes", "long", row and row.notes, more=not (row and row.notes)),
    ]  # fmt: skip
