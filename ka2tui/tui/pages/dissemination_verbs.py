"""What can be done with dissemination, in a line and in forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ka2tui.domain.refusal import Refused
from ka2tui.tui import plain
from ka2tui.tui.lazy import lazily

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ka2tui.domain.dissemination import Line as ReadLine
    from ka2tui.domain.dissemination import Sorts
    from ka2tui.operations import dissemination
    from ka2tui.queries import deliverables as result_views
    from ka2tui.queries import dissemination as views
    from ka2tui.queries import tasks as task_views
    from ka2tui.queries.dissemination import ActDetails, ActRow
    from ka2tui.queries.tasks import Choice, Choices
    from ka2tui.tui.desk import Desk
    from ka2tui.tui.dialogs.form import Field, Filled, Option
else:
    dissemination = lazily("ka2tui.operations.dissemination")
    result_views = lazily("ka2tui.queries.deliverables")
    views = lazily("ka2tui.queries.dissemination")
    task_views = lazily("ka2tui.queries.tasks")


async def add(desk: Desk, project: int, known: Sorts) -> int | None:
    """Log something in a line; give its id."""
    from ka2tui.domain import dissemination as rules
    from ka2tui.tui.dialogs.line import Line

    choices = await desk.ask(task_views.choices, project)
    results = await _results(desk, project)

    def read(text: str) -> tuple[ReadLine, dict[str, Any]]:
        line = rules.read_line(text, known, today=desk.today, start=choices.start)
        return line, {
            "partner_id": _named(line.partner, choices.partners, "partner"),
            "work_unit_id": _named(line.work_unit, choices.work_units, "work package or activity"),
            "deliverable_id": _named(line.deliverable, results, "deliverable"),
        }

    about = "@partner wp:WP5 for:D2.1 reach:250 lang:EN at:place to:audience on:day, link."
    text = await desk.push_screen_wait(
        Line("Log dissemination", about=about, read=lambda said: _said(read(said)[0], known, desk),
             placeholder="Newsletter 3 yesterday @KMOP 250 readers https://...")
    )  # fmt: skip
    if text is None:
        return None
    line, links = read(text)
    values = {
        **links,
        **{name: getattr(line, name) for name in _LINE},
        "day_month": line.month,
    }
    done = await desk.do(dissemination.add, project, line.title, values=values)
    return None if done is None else int(done.value)


_LINE = (*("state", "sort", "day", "precision", "reach", "language", "place", "audience", "link"),)


def _said(line: ReadLine, known: Sorts, desk: Desk) -> str:
    """Say what a line means."""
    from ka2tui.domain.days import say_day
    from ka2tui.domain.timeline import say_month

    when = say_day(line.day, desk.today, line.precision) if line.day else ""
    month = "" if line.month is None else say_month(line.month)
    reach = "" if line.reach is None else f"reach {plain.number(line.reach)}"
    parts = (
        f"{line.state.word} {when} {month}".strip(),
        *(line.title, known.title(line.sort), line.partner, line.work_unit, line.deliverable),
        *(line.audience, line.language, line.place, reach, line.link),
    )
    return plain.join([it for it in parts if it])


def _named(said: str | None, choices: Sequence[Choice | Result], word: str) -> int | None:
    """Give the id of what a line names.

    Raises:
        Refused: There is none of that name, or several begin like it.
    """
    from ka2tui.domain.text import fold, quoted

    if said is None:
        return None
    wanted = fold(said)
    exact = [it.id for it in choices if fold(it.word) == wanted]
    found = exact or [it.id for it in choices if fold(it.word).startswith(wanted)]
    if len(found) != 1:
        how = "There is no" if not found else "There is more than one"
        raise Refused(f"{how} {word} {quoted(said)}.")
    return found[0]


class Result(NamedTuple):
    """A deliverable that can be told of."""

    id: int
    word: str
    note: str


async def _results(desk: Desk, project: int) -> Sequence[Result]:
    """Give the deliverables that can be told of."""
    rows = await desk.ask(result_views.listed, project, today=desk.today)
    return [Result(row.id, row.code, row.title) for row in rows]


async def plan(desk: Desk, project: int, known: Sorts) -> int | None:
    """Plan something for partners and months in a form; give the id of the first."""
    from ka2tui.domain import dissemination as rules
    from ka2tui.tui.dialogs.form import Field, Form, options_of

    choices = await desk.ask(task_views.choices, project)

    def who(said: str) -> tuple[int, ...]:
        if said.strip().casefold() in {"all", "everybody"}:
            return tuple(it.id for it in choices.partners)
        names = [it for it in said.replace(",", " ").replace("@", " ").split() if it]
        return tuple(
            each for name in names
            if (each := _named(name, choices.partners, "partner")) is not None
        )  # fmt: skip

    names = {it.id: it.word for it in choices.partners}

    def months_said(months: tuple[int, ...]) -> str:
        return " ".join(f"M{month}" for month in months)

    fields = [
        Field("title", "What", required=True, hint="post of the month"),
        Field("months", "Months", required=True, hint="M3, M6-M12, M3-M24/3",
              read=rules.read_months, write=months_said, say=months_said),
        Field("partners", "Partners", hint="all, or KMOP UAM; empty: nobody in particular",
              read=who, write=lambda ids: " ".join(names.get(it, "") for it in ids),
              say=lambda ids: plain.join([names.get(it, "") for it in ids], ", ")),
        Field("sort", "Kind", "choice", None, options=_sorts(known)),
        Field("work_unit_id", "Belongs to", "choice", None, more=True,
              options=options_of(choices.work_units, "none")),
        Field("audience", "Audience", more=True, hint="teachers, parents, ministries"),
    ]  # fmt: skip

    async def save(filled: Filled) -> Any:
        values = {name: it for name, it in filled.values.items() if it is not None}
        title, months = values.pop("title"), values.pop("months")
        partners = values.pop("partners", ())
        return await desk.attempt(
            dissemination.plan, project, title, partners, months, values=values
        )

    filled = await desk.push_screen_wait(Form("Plan ahead", fields, save=save))
    return None if filled is None else int(filled.saved.value[0])


async def edit(desk: Desk, project: int, act: int, known: Sorts) -> bool:
    """Edit an entry in a form; what somebody else changed meanwhile is asked."""
    from ka2tui.tui.dialogs.form import Form

    try:
        found = await desk.ask(views.one, act, today=desk.today)
    except Refused as gone:
        desk.tell(str(gone), severity="warning")
        return False
    choices = await desk.ask(task_views.choices, project)
    results = await _results(desk, project)

    async def save(filled: Filled) -> Any:
        if not filled.changed:
            return None
        changed, before = _values(filled.changed), _values(filled.based_on)
        return await desk.attempt(dissemination.edit, act, changed, before)

    title = f"Edit {plain.cut(plain.line(found.row.title), 56)}"
    form = Form(title, _fields(desk, choices, results, known, found), save=save)
    filled = await desk.push_screen_wait(form)
    return filled is not None and filled.saved is not None


async def drop(desk: Desk, rows: Sequence[ActRow]) -> bool:
    """Note that some will not be done, and why."""
    from ka2tui.tui.dialogs.ask import AskReason

    if not rows:
        return False
    one = f"“{plain.cut(plain.line(rows[0].title), 40)}”"
    what = one if len(rows) == 1 else plain.count(len(rows), "entry", "entries")
    about = "It stays in the list and counts nowhere. The reason goes into its notes."
    why = await desk.push_screen_wait(AskReason(f"Drop {what}?", about=about))
    if why is None:
        return False
    return await desk.do(dissemination.drop, [row.id for row in rows], why=why) is not None


def _values(filled: Mapping[str, Any]) -> dict[str, Any]:
    """Give the values of a form as the operations take them."""
    from ka2tui.domain.dissemination import When

    values = dict(filled)
    if "when" in values:
        when = values.pop("when") or When(None)
        values |= {
            "day": when.day,
            "day_month": when.month,
            "precision": when.precision,
            "end_day": when.end,
        }
    return values


def _fields(
    desk: Desk, choices: Choices, results: Sequence[Result], known: Sorts, seen: ActDetails
) -> list[Field]:
    from ka2tui.domain import dissemination as rules
    from ka2tui.domain.dissemination import When
    from ka2tui.domain.kinds import DisseminationState
    from ka2tui.tui.dialogs.form import Field, Option, options_of
    from ka2tui.tui.pages.dissemination_words import when as said

    row = seen.row
    start = choices.start
    stands = When(row.day, row.month, row.precision, row.end_day)
    looked = [Option(None, "not looked at"), Option(True, "yes"), Option(False, "no")]

    def say(value: Any) -> str:
        return "" if value is None else str(value)

    return [
        Field("title", "What", value=row.title, required=True),
        Field("state", "State", "choice", row.state,
              options=[Option(it, it.word) for it in DisseminationState]),
        Field("when", "When", value=None if row.day is None and row.month is None else stands,
              hint="3 Nov, 3-5 Nov, Feb 2027, M18",
              read=lambda text: rules.read_when(text, today=desk.today, start=start),
              write=write_when, say=lambda it: said(_with(row, it), desk.today),
              parts={"day": say, "day_month": say, "precision": say, "end_day": say}),
        Field("sort", "Kind", "choice", row.sort, options=_sorts(known)),
        Field("partner_id", "Partner", "choice", row.partner_id,
              options=options_of(choices.offered(row.partner_id), "none")),
        Field("reach", "Reach", value=row.reach, hint="250, 1 200", read=rules.read_reach,
              write=str, say=plain.number),
        Field("link", "Link", value=row.link, hint="where it can be seen"),
        Field("emblem", "EU emblem", "choice", row.emblem, options=looked),
        Field("disclaimer", "Disclaimer", "choice", row.disclaimer, options=looked),
        Field("audience", "Audience", value=row.audience, hint="teachers, parents, ministries"),
        Field("deliverable_id", "Tells of", "choice", seen.deliverable_id,
              options=options_of(results, "none")),
        Field("work_unit_id", "Belongs to", "choice", seen.work_unit_id, more=True,
              options=options_of(choices.work_units, "none")),
        Field("language", "Language", value=row.language, more=True),
        Field("place", "Place", value=row.place, more=True),
        Field("notes", "Notes", "long", seen.notes, more=not seen.notes),
    ]  # fmt: skip


def _with(row: ActRow, when: Any) -> ActRow:
    from dataclasses import replace

    return replace(row, day=when.day, month=when.month, precision=when.precision, end_day=when.end)


def write_when(when: Any) -> str:
    """Write when something is so that reading it gives the same."""
    from ka2tui.domain.due import Due, write_due

    first = write_due(Due(when.day, when.month, when.precision))
    return first if when.end is None else f"{first} - {write_due(Due(when.end))}"


def _sorts(known: Sorts) -> list[Option]:
    from ka2tui.tui.dialogs.form import Option

    return [Option(None, "not said"), *(Option(it.id, it.title) for it in known.sorts)]
