"""Deliverables: add, edit, remove, and take through draft, review and approval."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain.days import say_brief
from ka2tui.domain.kinds import DeliverableState, PlatformState
from ka2tui.operations import promises
from ka2tui.operations.fields import FieldConflict, Values, change, read_text
from ka2tui.operations.given import existing, several
from ka2tui.store.operation import operation, say
from ka2tui.store.records import Deliverable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session

EDITABLE = frozenset(
    {"code", "title", "work_unit_id", "lead_id", "lead_text", "due", "due_month"}
    | {"due_precision", "state", "review_due", "delivered_on", "languages", "licence"}
    | {"visibility_checked_on", "published_at", "notes"}
    | {"platform_state", "platform_on", "platform_link"}
)
_DID = {
    DeliverableState.PLANNED: "Plan {what} again",
    DeliverableState.DRAFT: "Start the draft of {what}",
    DeliverableState.REVIEW: "Send {what} to review",
    DeliverableState.APPROVED: "Approve {what}",
    DeliverableState.PUBLISHED: "Publish {what}",
}


@operation("Add deliverable")
def add(
    session: Session, project: int, code: str, title: str = "", *, values: Values | None = None
) -> int:
    """Add something the project promises to hand over.

    Returns:
        Its id.

    Raises:
        Refused: The code is taken, or a value cannot be.
    """
    made = Deliverable(project_id=project, code="", title="")
    more = {"title": title, **(values or {}), "code": code}
    return promises.add(session, made, more, allowed=EDITABLE)


@operation("Edit deliverable")
def edit(
    session: Session, deliverable: int, values: Values, based_on: Values | None = None
) -> tuple[FieldConflict, ...]:
    """Change fields of a deliverable.

    Returns:
        The fields that somebody else changed meanwhile, left alone.

    Raises:
        Refused: The code is taken, or a value cannot be.
    """
    record = find(session, deliverable)
    return promises.edit(session, record, values, based_on, allowed=EDITABLE)


@operation("Change the state of deliverables")
def move(
    session: Session, deliverables: Sequence[int], state: DeliverableState, *, today: date
) -> None:
    """Take deliverables to a state; the day of approval is kept as the day of delivery.

    Args:
        today: The day of delivery, where none was entered.
    """
    records = several(session, Deliverable, deliverables, "deliverable")
    for record in records:
        record.state = state
        if not state.done:
            record.delivered_on = None
        elif record.delivered_on is None:
            record.delivered_on = today
    say(session, _DID[state], what=promises.counted(records))


@operation("Send deliverables to review")
def review(session: Session, deliverables: Sequence[int], *, by: date | None, today: date) -> None:
    """Send deliverables to review, and say by when reviewers answer; None: nobody knows."""
    move(session, deliverables, DeliverableState.REVIEW, today=today)
    what = _answer_by(session, deliverables, by)
    if by is None:
        say(session, "Send {what} to review", what=what)
    else:
        say(session, "Send {what} to review until {day}", what=what, day=say_brief(by))


@operation("Set when reviews end")
def review_until(session: Session, deliverables: Sequence[int], by: date | None) -> None:
    """Say by when reviewers answer; `None`: nobody knows."""
    what = _answer_by(session, deliverables, by)
    if by is None:
        say(session, "Take the date of the review off {what}", what=what)
    else:
        say(session, "Have {what} reviewed until {day}", what=what, day=say_brief(by))


def _answer_by(session: Session, deliverables: Sequence[int], by: date | None) -> str:
    """Keep by when reviewers answer; name what they answer on."""
    records = several(session, Deliverable, deliverables, "deliverable")
    for record in records:
        record.review_due = by
    return promises.counted(records)


@operation("Publish deliverable")
def publish(
    session: Session,
    deliverable: int,
    values: Values,
    based_on: Values | None = None,
    *,
    today: date,
) -> tuple[FieldConflict, ...]:
    """Note that a deliverable is published, with where and what was looked at before.

    Args:
        deliverable: Which one.
        values: `published_at`, `languages`, `licence`, `visibility_checked_on`.
        based_on: What the editor saw before.
        today: The day of delivery, where none was entered.

    Returns:
        The fields that somebody else changed meanwhile, left alone.
    """
    record = find(session, deliverable)
    conflicts = change(record, values, based_on, allowed=_PUBLISHING)
    move(session, [deliverable], DeliverableState.PUBLISHED, today=today)
    return conflicts


_PUBLISHING = frozenset({"published_at", "languages", "licence", "visibility_checked_on"})


@operation("Set how far results are on the platform")
def put_on_platform(
    session: Session,
    deliverables: Sequence[int],
    state: PlatformState,
    *,
    on: date | None,
    link: str | None = None,
) -> None:
    """Note how far results are on the programme's platform of results.

    Args:
        deliverables: Which ones.
        state: Drafted, sent for review, published, or not there.
        on: Since when; of what is not there nothing is kept.
        link: Where it stands there; None leaves what is known.
    """
    records = several(session, Deliverable, deliverables, "deliverable")
    for record in records:
        record.platform_state = state
        record.platform_on = on
        if state is PlatformState.NONE:
            record.platform_on = record.platform_link = None
        elif link is not None:
            record.platform_link = read_text(link)
    said = _ON_PLATFORM[state]
    say(session, said, what=promises.counted(records))


_ON_PLATFORM = {
    PlatformState.NONE: "Take {what} off the results platform",
    PlatformState.DRAFTED: "Draft {what} on the results platform",
    PlatformState.SENT: "Send {what} for review on the results platform",
    PlatformState.PUBLISHED: "Publish {what} on the results platform",
}


@operation("Remove deliverables")
def remove(session: Session, deliverables: Sequence[int]) -> None:
    """Remove deliverables."""
    promises.remove(session, Deliverable, deliverables)


def find(session: Session, deliverable: int) -> Deliverable:
    """Give the record of a deliverable.

    Raises:
        Refused: There is none.
    """
    return existing(session, Deliverable, deliverable, "deliverable")
