"""Checks of reports and changes: in time, in order, and nothing the agency does not know."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from ka2tui.domain import application
from ka2tui.domain.application import Standing
from ka2tui.domain.checks.stage import Stage
from ka2tui.domain.days import say_brief, say_until
from ka2tui.domain.deadlines import REPORTS, Origin
from ka2tui.domain.problem import Found, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ka2tui.domain.checks.running import Departure, Running
    from ka2tui.domain.deadlines import Deadline

AHEAD = 30
"""Days ahead from which a report to the agency is told."""

PASSED = 30
"""Days for which a report is told whose day has passed and of which nothing went out."""

WRITTEN = 60
"""Days before its day in which a report that goes out is this one."""

USUAL = 60
"""Days after the last day by which the final report is usually due. Source: BIBB."""

FAR = 31
"""Days more or less by which an entered date is told as far from that."""

CHANGES_AHEAD = 45
"""Days ahead from which the last day to ask for a change is told."""

_ENDS = {
    True: "The step 'Send the final report' of the way ends this.",
    False: "A letter to the agency that names the report in its subject ends this.",
}
"""What says that a report is in: the final one, or one on the way."""


def found(seen: Running) -> Iterator[Found]:
    """Check the dates of reports, and what departs from the application."""
    if seen.stage is Stage.CLOSED:
        yield from _papers(seen)
        return
    yield from _entered(seen)
    if seen.stage in (Stage.RUNNING, Stage.CLOSING):
        yield from _reports(seen)
    yield from _changes(seen)


# -- reports ---------------------------------------------------------------------------------------


def _reports(seen: Running) -> Iterator[Found]:
    """Remind of reports that are due before long, or were due and did not go out."""
    for due in seen.reports.dates:
        name = due.id.removesuffix("_report")
        if due.id not in {f"{report}_report" for report in REPORTS}:
            continue
        away = (due.day - seen.today).days
        sure = due.origin is not Origin.DERIVED or due.confirmed
        severity = Severity.WARNING if sure else Severity.HINT
        why = _why(due)
        if _sent(seen, due.day):
            continue
        if 0 <= away <= AHEAD:
            text = f"The {name} report is due {say_until(due.day, seen.today)}"
            text += f", on {say_brief(due.day)}" if away > 1 else ""
        elif away < 0 and (name == "final" or (sure and -away <= PASSED)):
            ago = say_until(due.day, seen.today)
            text = f"The {name} report was due on {say_brief(due.day)}, {ago}"
            why = f"{why} {_ENDS[name == 'final']}"
        else:
            continue
        if name == "final":
            yield Found(808, severity, "project", f"{text}.", why=why)
        else:
            yield Found(801, severity, "project", f"{text}.", why=why)


def _sent(seen: Running, due: date) -> bool:
    """Tell whether a report went out near its day, by a letter or a step of the way."""
    first = due - timedelta(days=WRITTEN)
    return any(first <= day <= seen.today for day in seen.reports.sent)


def _why(due: Deadline) -> str:
    if due.origin is Origin.DERIVED:
        return f"It is {due.why}; a date on your data sheet wins."
    return "This date is from the agreement's data sheet."


def _entered(seen: Running) -> Iterator[Found]:
    """Check what was entered of the agreement's data sheet."""
    reports = seen.reports
    entered = [
        (name, day)
        for name, day in zip(
            REPORTS, (reports.progress, reports.interim, reports.final), strict=True
        )
        if day is not None
    ]
    begun = seen.start is not None and seen.start <= seen.today
    if begun and not seen.over and reports.final is None:
        text = "No date of a report is entered from the agreement's data sheet"
        if entered:
            text = "The final report's date is not entered from the agreement's data sheet"
        yield Found(802, Severity.HINT, "project", f"{text}.")
    yield from _in_order(seen, entered)
    final = reports.final
    if final is None or seen.end is None or final <= seen.end:
        return
    usual = seen.end + timedelta(days=USUAL)
    apart = abs((final - usual).days)
    if apart > FAR:
        text = (
            f"The final report is entered for {say_brief(final)}, {(final - seen.end).days} days "
            f"after the last day"
        )
        yield Found(803, Severity.HINT, "project", f"{text}.")


def _in_order(seen: Running, entered: list[tuple[str, date]]) -> Iterator[Found]:
    """Find report dates that cannot all be right."""
    for (one, day), (other, after) in pairwise(entered):
        if day >= after:
            text = f"The {one} report ({say_brief(day)}) is not before the {other} report"
            text += f" ({say_brief(after)})"
            yield Found(805, Severity.WARNING, "project", f"{text}.")
    for name, day in entered:
        if seen.start is not None and day <= seen.start:
            text = f"The {name} report is entered for {say_brief(day)}, before the project begins"
            yield Found(805, Severity.WARNING, "project", f"{text}.")
        elif name == "final" and seen.end is not None and day <= seen.end:
            text = f"The final report is entered for {say_brief(day)}, before the project is over"
            yield Found(805, Severity.WARNING, "project", f"{text}.")


# -- changes ---------------------------------------------------------------------------------------


def _changes(seen: Running) -> Iterator[Found]:
    """Name what departs from the application and the agency was not told of."""
    near = f" {application.USUALLY}" if application.is_near_end(seen.end, seen.today) else ""
    for row in seen.departures:
        yield from _departure(row, seen.today, near)
    if not seen.kept and seen.stage in (Stage.PREPARING, Stage.RUNNING):
        text = "The application is not kept as approved, so that no change of it is seen"
        yield Found(630, Severity.GOOD_PRACTICE, "project", f"{text}.")
    open_ones = [row for row in seen.departures if row.standing.unexplained]
    to_ask = [row for row in seen.departures if row.standing is Standing.TO_ASK]
    for due in seen.reports.dates:
        away = (due.day - seen.today).days
        if due.id != "amendment" or not 0 <= away <= CHANGES_AHEAD:
            continue
        text = f"The last day to ask for a change is usually {say_until(due.day, seen.today)}"
        text += f", on {say_brief(due.day)}"
        waits = len(open_ones) + len(to_ask)
        if waits:
            still = "1 change is" if waits == 1 else f"{waits} changes are"
            text += f", and {still} still to be explained or asked for"
        severity = Severity.WARNING if waits else Severity.HINT
        yield Found(804, severity, "project", f"{text}.", why=f"It is {due.why}; ask your agency.")


def _departure(row: Departure, today: date, near: str) -> Iterator[Found]:
    key = (row.about, row.id)
    if row.standing.unexplained:
        again = " again" if row.standing is Standing.AGAIN else ""
        text = f"It departs{again} from the application, and nobody says why: {row.what}"
        why = f"The agency should not first read of it in the final report.{near}"
        yield Found(619, Severity.WARNING, row.said, f"{text}.", *key, why)
    elif row.standing is Standing.TO_ASK:
        text = f"The amendment is still to be asked for: {row.what}"
        yield Found(619, Severity.WARNING, row.said, f"{text}.", *key, application.USUALLY)
    elif row.standing is Standing.WAITING and row.asked_on is not None:
        text = f"The agency has not answered: {row.what}"
        why = f"It was asked on {say_brief(row.asked_on)}, {(today - row.asked_on).days} d ago."
        yield Found(621, Severity.HINT, row.said, f"{text}.", *key, why + near)
    elif row.standing is Standing.REFUSED:
        text = f"The agency refused it, and it is still so: {row.what}"
        yield Found(622, Severity.WARNING, row.said, f"{text}.", *key)


# -- afterwards ------------------------------------------------------------------------------------


def _papers(seen: Running) -> Iterator[Found]:
    """Say until when papers are kept, while that lies ahead."""
    for due in seen.reports.dates:
        if due.id == "keep_papers" and due.day >= seen.today:
            until = f"until {say_brief(due.day)}"
            if due.not_before:
                until = f"{until}, counted from the last day: the last payment is not noted"
            why = f"It is {due.why}. Checks and national law can make it longer."
            yield Found(
                807, Severity.HINT, "project", f"Keep all papers at least {until}.", why=why
            )
