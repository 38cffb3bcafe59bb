"""Forms of money: a row split, payments and their plan, costs, journeys."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from ka2tui.domain.kinds import CostKind, PaymentKind
from ka2tui.domain.refusal import Refused
from ka2tui.tui import plain
from ka2tui.tui.lazy import lazily
from ka2tui.tui.pages.work_plan_forms import as_values, due_field

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from fractions import Fraction

    from ka2tui.domain.grant_matrix import Matrix, UnitLine
    from ka2tui.domain.payments import PaymentPlan
    from ka2tui.domain.rates import Bands
    from ka2tui.operations import costs, journeys, payments
    from ka2tui.queries import costs as cost_views
    from ka2tui.queries import meetings as meeting_views
    from ka2tui.queries import money as views
    from ka2tui.queries import payments as payment_views
    from ka2tui.queries import tasks as task_views
    from ka2tui.queries.costs import CostRow
    from ka2tui.queries.journeys import JourneyRow
    from ka2tui.queries.payments import Accounts, PaymentRow
    from ka2tui.queries.tasks import Choices
    from ka2tui.tui.desk import Desk
    from ka2tui.tui.dialogs.form import Field, Filled
else:
    costs = lazily("ka2tui.operations.costs")
    journeys = lazily("ka2tui.operations.journeys")
    payments = lazily("ka2tui.operations.payments")
    cost_views = lazily("ka2tui.queries.costs")
    meeting_views = lazily("ka2tui.queries.meetings")
    views = lazily("ka2tui.queries.money")
    payment_views = lazily("ka2tui.queries.payments")
    task_views = lazily("ka2tui.queries.tasks")

_EVENLY, _THOSE, _PERCENT = 1, 2, 3
_AGENCY, _PARTNERS = 1, 2


# -- the grant


async def split(desk: Desk, matrix: Matrix, unit: UnitLine) -> dict[int, int | None] | None:
    """Split the money of a row among partners; give the share of each, in cents."""
    from ka2tui.domain.grant_matrix import evenly
    from ka2tui.domain.money import say_amount
    from ka2tui.tui.dialogs.choose import Choose, Item

    whole = matrix.whole(unit.id)
    if whole is None:
        desk.tell(f"{unit.code} has no amount yet: type it into the column Amount first.")
        return None
    here = [it for it in matrix.partners if not it.left]
    having = [it for it in here if matrix.share(unit.id, it.id) is not None]
    items = [Item(_EVENLY, f"Evenly among all {plain.count(len(here), 'partner')}")]
    if having and len(having) < len(here):
        names = ", ".join(it.called for it in having)
        items.append(Item(_THOSE, "Evenly among those with a share", names))
    items.append(Item(_PERCENT, "By percentage"))
    title = f"Split {say_amount(whole, matrix.currency)} of {unit.code}"
    chosen = await desk.push_screen_wait(Choose(title, items))
    if chosen is None or not here:
        return None
    none: dict[int, int | None] = {it.id: None for it in matrix.partners}
    if chosen != _PERCENT:
        among = here if chosen == _EVENLY else having
        parts = evenly(whole, len(among))
        return none | {it.id: cents for it, cents in zip(among, parts, strict=True)}
    from ka2tui.tui.dialogs.percents import Percents

    filled = await desk.push_screen_wait(
        Percents(title, [(it.id, it.called, None) for it in here], whole, matrix.currency)
    )
    return None if filled is None else none | filled.saved


# -- payments


async def add_payment(desk: Desk, project: int) -> int | None:
    """Add a payment through a form; give its id."""
    return await _payment(desk, project, None)


async def edit_payment(desk: Desk, project: int, payment: int) -> bool:
    """Edit a payment in a form."""
    try:
        seen = await desk.ask(payment_views.one, payment, today=desk.today)
    except Refused as gone:
        desk.tell(str(gone), severity="warning")
        return False
    return await _payment(desk, project, seen.row) is not None


async def _payment(desk: Desk, project: int, row: PaymentRow | None) -> int | None:
    from ka2tui.tui.dialogs.form import Field, Form, Option, options_of

    choices = await desk.ask(task_views.choices, project)
    currency = (await desk.ask(views.setting, project)).currency
    kind = PaymentKind.TO_PARTNER if row is None else row.kind
    fields = [
        Field("kind", "What", "choice", kind, options=[Option(it, it.word) for it in PaymentKind]),
        Field("partner_id", "Partner", "choice", row and row.partner_id,
              options=options_of(choices.offered(row.partner_id if row else None))),
        Field("title", "Called", value=row.title if row else None,
              hint="First instalment, Pre-financing, Recovery"),
        Field("amount_cents", "Amount", "amount", row and row.amount_cents, currency=currency),
        due_field(row, desk.today, choices.start),
        Field("condition", "Condition", value=row and row.condition,
              hint="after the interim report"),
        Field("paid_on", "Paid on", "date", row and row.paid_on, more=row is None),
        Field("paid_cents", "Paid", "amount", row and row.paid_cents, currency=currency,
              more=row is None),
        Field("notes", "Notes", "long", row and row.notes, more=not (row and row.notes)),
    ]  # fmt: skip

    async def save(filled: Filled) -> Any:
        if row is not None:
            changed, before = as_values(filled.changed), as_values(filled.based_on)
            if not changed:
                return None
            return await desk.attempt(payments.edit, row.id, changed, before)
        values = as_values({name: it for name, it in filled.values.items() if it is not None})
        head = values.pop("kind"), values.pop("title", "")
        return await desk.attempt(payments.add, project, *head, values=values)

    return await _filled(
        desk, Form(_title("payment", row.title if row else None), fields, save=save)
    )


async def pay(desk: Desk, rows: Sequence[PaymentRow], currency: str) -> bool:
    """Note that payments were made: when, and of a single one how much; parts add up."""
    from ka2tui.tui.dialogs.form import Field, Form

    fields = [Field("on", "Paid on", "date", desk.today, required=True)]
    if len(rows) == 1:
        left = rows[0].left_cents or None
        fields.append(Field("cents", "Amount", "amount", left, required=True, currency=currency))
    ids = [row.id for row in rows]

    async def save(filled: Filled) -> Any:
        said = filled.values
        return await desk.attempt(payments.pay, ids, on=said["on"], cents=said.get("cents"))

    what = rows[0].title if len(rows) == 1 else plain.count(len(rows), "payment")
    about = "Parts add up." if len(rows) == 1 else "Each with all that was left to pay."
    form = Form(f"Paid: {plain.cut(plain.line(what), 50)}", fields, save=save, about=about)
    return await desk.push_screen_wait(form) is not None


async def plan_payments(desk: Desk, project: int) -> list[int]:
    """Plan instalments by percentage; give the ids of those planned."""
    from ka2tui.domain import payments as rules
    from ka2tui.domain.money import say_amount
    from ka2tui.tui.dialogs.choose import Choose, Item

    accounts = await desk.ask(payment_views.accounts, project, today=desk.today)
    shared = [row for row in accounts.rows if not row.coordinator and row.account.share]
    items = []
    if accounts.grant:
        note = say_amount(accounts.grant, accounts.currency)
        items.append(Item(_AGENCY, "The grant, as the agency pays it", note))
    if shared:
        of_all = sum(row.account.share for row in shared)
        note = say_amount(of_all, accounts.currency)
        items.append(Item(_PARTNERS, f"The shares of {plain.count(len(shared), 'partner')}", note))
        items += [
            Item(10 + row.id, f"The share of {row.called}",
                 say_amount(row.account.share, accounts.currency))
            for row in shared
        ]  # fmt: skip
    if not items:
        desk.tell("There is no grant and no share to pay in parts yet: enter them first.")
        return []
    whom = await desk.push_screen_wait(Choose("What is paid in parts?", items))
    if whom is None:
        return []
    kind = PaymentKind.FROM_AGENCY if whom == _AGENCY else PaymentKind.TO_PARTNER
    plans = await asyncio.to_thread(rules.plans, desk.settings.data)
    ways = [Item(at, it.name, it.note) for at, it in enumerate(plans)]
    ways.append(Item(len(plans), "Other percentages", "as your agreement says"))
    way = await desk.push_screen_wait(Choose("In which parts? Check your agreement", ways))
    if way is None:
        return []
    chosen = plans[way] if way < len(plans) else None
    wholes = _wholes(accounts, whom)
    done = await _plan(desk, project, kind, wholes, chosen)
    return [] if done is None else done


def _wholes(accounts: Accounts, whom: int) -> dict[int | None, int]:
    if whom == _AGENCY:
        return {None: accounts.grant or 0}
    return {
        row.id: row.account.share
        for row in accounts.rows
        if row.account.share and (not row.coordinator if whom == _PARTNERS else row.id == whom - 10)
    }


async def _plan(
    desk: Desk,
    project: int,
    kind: PaymentKind,
    wholes: dict[int | None, int],
    chosen: PaymentPlan | None,
) -> list[int] | None:
    """Let percentages and dates be changed, and plan the payments."""
    from dataclasses import replace

    from ka2tui.domain import payments as rules
    from ka2tui.tui.dialogs.form import Field, Form

    start = (await desk.ask(views.setting, project)).start
    percents = chosen.percents if chosen is not None else ()
    due = due_field(None, desk.today, start)
    parts = len(percents) or 3
    fields = [
        Field("parts", "Per cent", value=percents or None, required=True, hint="40/40/20",
              read=rules.read_percents, write=lambda it: "/".join(rules.say_parts(it)),
              say=_say_parts),
        *(replace(due, name=f"due{at}", label=f"Part {at + 1} due") for at in range(parts)),
    ]  # fmt: skip

    async def save(filled: Filled) -> Any:
        given: tuple[Fraction, ...] = filled.values["parts"]
        same = chosen is not None and given == chosen.percents
        return await desk.attempt(
            payments.plan, project, kind, wholes, given,
            titles=chosen.titles(kind) if same and chosen is not None else (),
            dues=[filled.values.get(f"due{at}") for at in range(parts)],
        )  # fmt: skip

    about = f"No rule: {rules.CHECK}. The parts add up to the cent."
    filled = await desk.push_screen_wait(Form("Plan instalments", fields, save=save, about=about))
    return None if filled is None else list(filled.saved.value)


def _say_parts(percents: Sequence[Fraction]) -> str:
    return plain.count(len(percents), "part")


# -- costs


async def cost(desk: Desk, project: int, row: CostRow | None) -> int | None:
    """Add a line of cost through a form, or edit one; give its id."""
    from ka2tui.domain import costs as rules
    from ka2tui.domain.rates import StaffCategory
    from ka2tui.tui.dialogs.form import Field, Form, Option, options_of

    choices = await desk.ask(task_views.choices, project)
    currency = (await desk.ask(views.setting, project)).currency
    staff = [Option(None, "–"), *(Option(it.value, it.word) for it in StaffCategory)]
    kind = CostKind.STAFF if row is None else row.kind

    def days(name: str, label: str) -> Field:
        return Field(name, label, value=getattr(row, name, None), hint="12.5",
                     read=rules.read_days, write=rules.say_days)  # fmt: skip

    def money(name: str, label: str, hint: str = "") -> Field:
        return Field(name, label, "amount", getattr(row, name, None), currency=currency, hint=hint)

    fields = [
        Field("kind", "Kind", "choice", kind, options=[Option(it, it.word) for it in CostKind]),
        Field("title", "For", value=row and row.title),
        Field("partner_id", "Partner", "choice", row and row.partner_id,
              options=options_of(choices.offered(row.partner_id if row else None))),
        Field("work_unit_id", "Heading", "choice", row and row.work_unit_id,
              options=options_of(choices.work_units)),
        Field("quarter", "Quarter", value=row and row.quarter, hint="Q3 2026",
              read=rules.read_quarter, write=rules.say_quarter, say=rules.say_quarter),
        Field("staff_category", "Staff", "choice", row and row.staff_category, options=staff),
        days("planned_hundredths", "Days planned"),
        days("used_hundredths", "Days used"),
        money("rate_cents", "A day costs", "of staff: else the unit rate of the country"),
        money("planned_cents", "Planned", "else days times rate"),
        money("used_cents", "Used", "else days times rate"),
        Field("notes", "Notes", "long", row and row.notes, more=not (row and row.notes)),
    ]  # fmt: skip

    async def save(filled: Filled) -> Any:
        if row is not None:
            if not filled.changed:
                return None
            return await desk.attempt(costs.edit, row.id, filled.changed, filled.based_on)
        values = {name: it for name, it in filled.values.items() if it is not None}
        if "rate_cents" not in values and {"staff_category", "partner_id"} <= values.keys():
            who, category = values["partner_id"], values["staff_category"]
            rate = await desk.ask(cost_views.usual_rate, who, category, desk.settings.data)
            values["rate_cents"] = rate
        return await desk.attempt(costs.add, project, values.pop("kind"), values=values)

    return await _filled(desk, Form(_title("cost", row.called if row else None), fields, save=save))


# -- journeys


async def journey(
    desk: Desk, project: int, row: JourneyRow | None, bands: Bands | None
) -> int | None:
    """Add a journey through a form, or edit one; give its id."""
    from ka2tui.tui.dialogs.form import Field, Form, Option, options_of

    choices: Choices = await desk.ask(task_views.choices, project)
    currency = (await desk.ask(views.setting, project)).currency
    meetings = await desk.ask(meeting_views.listed, project, today=desk.today)
    places = [Option(it.id, it.code or it.title, it.title) for it in meetings]
    by_band = "else by distance" if bands is not None else ""
    fields = [
        Field("title", "From - to", value=row and row.title, hint="Athens - Kraków"),
        Field("meeting_id", "Meeting", "choice", row and row.meeting_id,
              options=[Option(None, "–"), *places]),
        Field("partner_id", "Partner", "choice", row and row.partner_id,
              options=options_of(choices.offered(row.partner_id if row else None))),
        Field("people", "People", "integer", row.people if row else 1,
              check=_between(1, 9_999, needed=True)),
        Field("distance_km", "Kilometres", "integer", row and row.distance_km,
              hint="one way, in a straight line", check=_between(0, 41_000)),
        Field("green", "Green", "choice", row.green if row else False,
              options=[Option(False, "no"), Option(True, "yes", "train, bus, bicycle")]),
        Field("amount_cents", "Planned", "amount", row and row.amount_cents, currency=currency,
              hint=by_band),
        Field("used_cents", "Used", "amount", row and row.used_cents, currency=currency),
        Field("day", "Day", "date", row and row.own_day, start=choices.start, more=True,
              hint="else that of the meeting"),
        Field("notes", "Notes", "long", row and row.notes, more=not (row and row.notes)),
    ]  # fmt: skip

    async def save(filled: Filled) -> Any:
        if row is not None:
            if not filled.changed:
                return None
            changed, before = filled.changed, filled.based_on
            return await desk.attempt(journeys.edit, row.id, changed, before, bands=bands)
        values = {name: it for name, it in filled.values.items() if it is not None}
        return await desk.attempt(journeys.add, project, values, bands=bands)

    about = f"Amounts by distance: {bands.about.said}." if bands is not None else ""
    form = Form(_title("journey", row.called if row else None), fields, save=save, about=about)
    return await _filled(desk, form)


def _between(least: int, most: int, *, needed: bool = False) -> Callable[[Any], str | None]:
    def check(value: Any) -> str | None:
        fits = not needed if value is None else least <= value <= most
        return None if fits else f"A number from {least} to {most}."

    return check


# -- what they share


def _title(word: str, called: str | None) -> str:
    return f"Add a {word}" if called is None else f"Edit {plain.cut(plain.line(called), 50)}"


async def _filled(desk: Desk, form: Any) -> int | None:
    """Let a form be filled in; give the id of what was added, 0 where one was edited."""
    filled = await desk.push_screen_wait(form)
    if filled is None or filled.saved is None:
        return None
    value = filled.saved.value
    return value if isinstance(value, int) else 0
