"""Payments and lines of the budget as tables tell them."""

from __future__ import annotations

from ka2tui.domain import costs, money
from ka2tui.domain.kinds import CostKind, PaymentKind
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import clean
from ka2tui.exchange import cells, measures, words

_LONGEST_NUMBER = 4
"""Digits of the number of an instalment."""


def payment(record: cells.Record) -> None:
    """Understand a payment, planned or made."""
    values, columns = record.item.values, record.item.columns
    cells.link(record, "partner", "partner", "partner_id", otherwise="notes")
    title = record.take("title")
    _payment_kind(record, title or "")
    if title is None:
        title = record.take("kind") or values["kind"].word.capitalize()
    said = clean(title)
    bare = said.removesuffix(".0").rstrip(".")
    if bare.isdecimal() and len(bare) <= _LONGEST_NUMBER and "title" in record.cells:
        said = f"{clean(record.cells['title'][0]).capitalize()} {int(bare)}"
        record.item.defaults["position"] = int(bare)
    values["title"] = said
    columns.setdefault("title", record.cells.get("title", ("", said)))
    record.item.name = said
    cells.due(record)
    cells.amount(record, "amount_cents")
    _paid(record)
    cells.amount(record, "paid_cents")
    cells.lines(record, "condition")
    if text := record.take("percent"):
        record.notes.append(f"{record.cells['percent'][0]}: {text}")
    cells.lines(record, "notes")
    record.intake.items.append(record.item)


def _payment_kind(record: cells.Record, title: str) -> None:
    """Read who pays whom; where it is not said, a partner is paid, or else the agency pays."""
    values = record.item.values
    text = record.take("kind")
    found = (words.choose(PaymentKind, text) or words.within(PaymentKind, text)) if text else None
    if found is not None:
        values["kind"] = found
        return
    if text:
        record.notes.append(f"{record.cells['kind'][0]}: {text}")
    found = words.within(PaymentKind, title)
    named = "partner_id" in record.item.links
    values["kind"] = found or (PaymentKind.TO_PARTNER if named else PaymentKind.FROM_AGENCY)
    if found is None:
        name = "partner" if named else "title" if "title" in record.cells else "amount_cents"
        record.doubt(name, f"read as paid {values['kind'].word}")


def _paid(record: cells.Record) -> None:
    """Read when it was paid; an amount in its place is what was paid."""
    text = record.take("paid_on")
    if text is None:
        return
    try:
        record.dated(text, months=False)
    except Refused:
        if "paid_cents" not in record.cells and _is_amount(text):
            record.cells["paid_cents"] = record.cells["paid_on"]
            del record.item.columns["paid_on"]
        else:
            record.keep_as_note("paid_on", "this is no date")
        return
    cells.day(record, "paid_on")


def _is_amount(text: str) -> bool:
    try:
        money.read_amount(text)
    except Refused:
        return False
    return True


def cost(record: cells.Record) -> None:
    """Understand a line of the budget: what is planned and used, by kind, partner and quarter."""
    values = record.item.values
    if not _category(record):
        return
    cells.text(record, "title")
    cells.work_unit(record)
    cells.link(record, "partner", "partner", "partner_id", otherwise="notes")
    cells.link(record, "meeting", "meeting", "meeting_id", otherwise="notes")
    _staff(record)
    measures.quarter(record, "quarter")
    measures.hundredths(record, "planned_days", "planned_hundredths")
    measures.hundredths(record, "used_days", "used_hundredths")
    for name in ("rate_cents", "planned_cents", "used_cents"):
        cells.amount(record, name)
    _check(record)
    cells.lines(record, "notes")
    link = record.item.links.get("partner_id") or record.item.links.get("work_unit_id")
    parts = (values["kind"].word, values.get("title"), link.said if link else None)
    record.item.name = ", ".join(filter(None, parts))
    record.intake.items.append(record.item)


def _category(record: cells.Record) -> bool:
    """Read what kind of cost it is; a word that is not known is kept beside other costs."""
    values = record.item.values
    text = record.take("category")
    said = text or record.cells.get("title", ("", ""))[1]
    found = (words.choose(CostKind, said) or words.within(CostKind, said)) if said else None
    if found is None and record.cells.get("staff_category", ("", ""))[1]:
        found = CostKind.STAFF
    values["kind"] = found or CostKind.OTHER
    record.item.columns["kind"] = record.cells.get("category", ("", ""))
    if not said and found is None:
        if not any(record.cells.get(name, ("", ""))[1] for name in ("planned_cents", "used_cents")):
            record.doubt("planned_cents", "no category and no amount; the row was left out")
            return False
        record.doubt("planned_cents", "no category; kept as other costs")
    elif text and words.choose(CostKind, text) is None:
        if not record.cells.get("title", ("", ""))[1]:
            record.cells["title"] = record.cells["category"]
        else:
            record.notes.append(f"{record.cells['category'][0]}: {text}")
        record.doubt("category", f"read as {values['kind'].word}")
    return True


def _staff(record: cells.Record) -> None:
    """Read the category of staff; a word that is not known is kept in the notes."""
    text = record.take("staff_category")
    if text is None:
        return
    found = words.meant("staff_category", text)
    if found is None:
        record.keep_as_note("staff_category", "this category of staff is not known here")
    else:
        record.item.values["staff_category"] = found


def _check(record: cells.Record) -> None:
    """Hold an amount against days and rate, and what is left against both."""
    values: dict[str, int | None] = record.item.values
    days, rate = values.get("planned_hundredths"), values.get("rate_cents")
    planned, used = values.get("planned_cents"), values.get("used_cents")
    product = None if days is None or rate is None else days * rate
    if product is not None and planned is not None and abs(product - planned * 100) > 100:
        should = money.say_amount(costs.days_money(days or 0, rate or 0))
        record.doubt("planned_cents", f"{costs.say_days(days)} times the rate is {should}")
    text = record.take("remaining")
    if text is None:
        return
    try:
        left = money.read_amount(text)
    except Refused:
        record.notes.append(f"{record.cells['remaining'][0]}: {text}")
        return
    if planned is not None and used is not None:
        if planned - used != left:
            record.doubt("remaining", f"planned less used is {money.say_amount(planned - used)}")
    else:
        record.notes.append(f"{record.cells['remaining'][0]}: {text}")


def journey(record: cells.Record) -> None:
    """Understand a journey of some people to a meeting."""
    values = record.item.values
    cells.text(record, "title")
    cells.link(record, "meeting", "meeting", "meeting_id", otherwise="notes")
    cells.link(record, "partner", "partner", "partner_id", otherwise="notes")
    if "title" not in values and "meeting_id" not in record.item.links:
        record.doubt("amount_cents", "no journey and no meeting; the row was left out")
        return
    cells.day(record, "day")
    if cells.number(record, "people") == 0:
        del values["people"]
        record.keep_as_note("people", "nobody travels")
    cells.number(record, "distance_km")
    measures.yes_no(record, "green")
    for name in ("amount_cents", "used_cents"):
        cells.amount(record, name)
    cells.lines(record, "notes")
    link = record.item.links.get("meeting_id")
    record.item.name = values.get("title") or (link.said if link else "")
    record.intake.items.append(record.item)
