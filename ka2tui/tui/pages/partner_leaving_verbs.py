"""Letting a partner leave in the app: asked step by step, done in one change; and its return."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ka2tui.domain.leaving import Take
from ka2tui.domain.refusal import Refused
from ka2tui.tui import plain
from ka2tui.tui.lazy import lazily

if TYPE_CHECKING:
    from datetime import date

    from ka2tui.domain.leaving import Holding, Key, Preview
    from ka2tui.operations import partner_leaving
    from ka2tui.queries import partner_leaving as views
    from ka2tui.queries.partners import PartnerRow
    from ka2tui.tui.desk import Desk
else:
    partner_leaving = lazily("ka2tui.operations.partner_leaving")
    views = lazily("ka2tui.queries.partner_leaving")

NOBODY = 0
"""Stands for nobody among successors."""


async def leave(desk: Desk, row: PartnerRow) -> bool:
    """Let a partner leave: the day, what it means, who takes over; then it is done, or not."""
    if row.left_on is not None:
        seen = await _preview(desk, row.id, row.left_on)
        rest = [it for it in seen.holdings if not it.take.stays] if seen else []
        hands_over = await _hands_over(desk, row, len(rest)) if rest else False
        if seen is None or hands_over is None:
            return False
        if not hands_over:
            return await back(desk, row)
        on, reason = row.left_on, None
    else:
        said = await _when(desk, row)
        if said is None:
            return False
        on, reason = said
        seen = await _preview(desk, row.id, on)
        if seen is None:
            return False
    from ka2tui.tui.dialogs.leave import LeavingTold

    bright = desk.projector
    if await desk.push_screen_wait(LeavingTold(seen, bright=bright)) is not True:
        return False
    given = await _given(desk, seen)
    if given is None:
        return False
    if given and await desk.push_screen_wait(LeavingTold(seen, given, bright=bright)) is not True:
        return False
    recover = await _recover(desk, seen)
    outcome = await desk.do_agreed(
        partner_leaving.leave,
        row.id,
        on=on,
        today=desk.today,
        given=given,
        reason=reason,
        recover=recover,
    )
    if outcome is not None:
        desk.tell(outcome.label)
    return outcome is not None


async def _preview(desk: Desk, partner: int, on: date) -> Preview | None:
    """Read what it would mean; where the partner is gone, say so."""
    try:
        return await desk.ask(
            views.preview, partner, on=on, today=desk.today, own=desk.settings.data
        )
    except Refused as gone:
        desk.tell(str(gone), severity="warning")
        return None


async def _hands_over(desk: Desk, row: PartnerRow, things: int) -> bool | None:
    """Ask whether a partner that left hands over what is in its name, or comes back; or neither."""
    from ka2tui.tui.dialogs.choose import Choose, Item

    said = plain.count(things, "thing")
    items = [
        Item(1, "hand over what is left", f"{said} in its name"),
        Item(2, "take part again", "with what it handed over"),
    ]
    title = f"{plain.cut(plain.line(row.called), 40)} has left"
    chosen: int | None = await desk.push_screen_wait(Choose(title, items))
    return None if chosen is None else chosen == 1


async def back(desk: Desk, row: PartnerRow) -> bool:
    """Let a partner that left take part again."""
    from ka2tui.tui.dialogs.ask import Ask

    question = f"{plain.cut(plain.line(row.called), 40)} takes part again?"
    about = "It has again what it handed over, as far as nobody changed it since."
    if await desk.push_screen_wait(Ask(question, about=about, yes="take part again")) is not True:
        return False
    outcome = await desk.do(partner_leaving.back, row.id)
    if outcome is None:
        return False
    if outcome.value:
        some = ", ".join(outcome.value[:6]) + (", …" if len(outcome.value) > 6 else "")
        desk.tell(f"Changed since, and left as it is: {some}")
    return True


async def _when(desk: Desk, row: PartnerRow) -> tuple[date, str | None] | None:
    from ka2tui.tui.dialogs.form import Field, Form

    fields = [
        Field("on", "Last day", "date", desk.today, required=True, hint="may be still to come"),
        Field("reason", "Why", hint="merged with another, no staff left"),
    ]
    about = "What it means is shown first; nothing is changed before you agree."
    title = f"{plain.cut(plain.line(row.called), 40)} leaves"
    filled = await desk.push_screen_wait(Form(title, fields, about=about))
    if filled is None:
        return None
    return filled.values["on"] or desk.today, filled.values["reason"]


async def _given(desk: Desk, seen: Preview) -> dict[Key, int] | None:
    """Ask who takes over what, until nothing is left or nobody takes the rest; None: given up."""
    from ka2tui.tui.dialogs.choose import Choose, Item
    from ka2tui.tui.dialogs.leave import Leave

    given: dict[Key, int] = {}
    heirs = {heir.id: heir for heir in seen.heirs}
    while rest := [it for it in seen.holdings if it.key not in given]:
        items = [Item(it.id, it.called, it.name if it.name != it.called else it.role.word)
                 for it in seen.heirs]  # fmt: skip
        if not _owed(rest):
            items.append(Item(NOBODY, "nobody", "it has no owner then; money and proof stay"))
        things = plain.count(len(rest), "thing")
        title = f"Who takes over {'the rest, ' if given else ''}{things}?"
        heir: int | None = await desk.push_screen_wait(Choose(title, items))
        if heir is None:
            return None
        if heir == NOBODY:
            break
        dialog = Leave(heirs[heir].called, rest, bright=desk.projector)
        ticked: frozenset[Key] | None = await desk.push_screen_wait(dialog)
        if ticked is None:
            return None
        given |= dict.fromkeys(ticked, heir)
        heirs_left = [it for it in seen.heirs if it.id not in given.values()]
        if not heirs_left:
            break
    return given


def _owed(rest: list[Holding]) -> bool:
    """Tell whether something has to be taken over by somebody."""
    return any(it.take is Take.COORDINATION for it in rest)


async def _recover(desk: Desk, seen: Preview) -> int | None:
    """Offer a payment back of what the partner has and did not work for."""
    from ka2tui.domain.money import say_amount
    from ka2tui.tui.dialogs.ask import Ask

    cents = seen.account.recover
    if not cents or desk.projector:
        return None
    question = f"Plan a payment back of {say_amount(cents, seen.currency)}?"
    about = "It was paid this much more than its share of the work done, by your own reckoning."
    answer: Any = await desk.push_screen_wait(Ask(question, about=about, yes="plan it"))
    return cents if answer is True else None
