"""Where a project stands, so that a check speaks up only when it matters."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from ka2tui.domain import identifiers, timeline
from ka2tui.domain.identifiers import Scheme
from ka2tui.domain.kinds import Kind, ProposalOutcome
from ka2tui.domain.refusal import Misread, Refused
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from datetime import date

CLOSING_MONTHS = 3
"""The last months of a project, in which what it leaves behind has to be ready."""

_FORGOTTEN = timedelta(days=365)
"""So long after its last day a project counts as closed, whatever was or was not entered."""

_CALL_PAST = 6
"""Years after its call by which even the longest project has ended."""

_NUMBER = re.compile(r"\d{4}-?\d?-?[A-Z]{2}[0O]\d", re.ASCII)
"""How a number of a national agency begins, typing slips included."""


class Stage(Kind):
    """Where a project stands."""

    APPLYING = "applying", "the application is being written"
    WAITING = "waiting", "handed in, no decision yet"
    PREPARING = "preparing", "granted, before the first day"
    RUNNING = "running", "under way"
    CLOSING = "closing", "the last months, until the final report is in"
    CLOSED = "closed", "over"

    @property
    def before_decision(self) -> bool:
        """Whether nobody has decided on the application yet."""
        return self in (Stage.APPLYING, Stage.WAITING)


@frozen
class Standing:
    """What tells the stage of a project, as far as it is known."""

    agreement: str | None = None
    submitted_on: date | None = None
    outcome: ProposalOutcome | None = None
    outcome_on: date | None = None
    start: date | None = None
    end: date | None = None
    call_year: int | None = None
    final_report_due: date | None = None
    final_report_sent: bool = False
    last_day: date | None = None
    """The latest day of anything in it, for a project without dates of its own."""


def stage_of(known: Standing, today: date) -> Stage:
    """Tell where a project stands on a day, from what is known of it.

    What is to come after that day does not count: an application of next week is not handed in.
    """
    outcome = known.outcome
    if known.outcome_on is not None and known.outcome_on > today:
        outcome = None
    if outcome is not None and outcome.closes:
        return Stage.CLOSED
    if _granted(known, outcome, today):
        return _granted_stage(known, today)
    if _long_past(known, today):
        return Stage.CLOSED
    if known.submitted_on is not None and known.submitted_on <= today:
        return Stage.WAITING
    return Stage.APPLYING


def _granted(known: Standing, outcome: ProposalOutcome | None, today: date) -> bool:
    """Tell whether there is money for it: decided so, numbered as a project, or begun."""
    if outcome is not None:
        return outcome is ProposalOutcome.FUNDED
    if known.start is not None and known.start <= today:
        return True
    scheme = _numbered(known.agreement)
    if scheme is Scheme.EACEA_2021:  # a proposal has its number from the day it is handed in
        return known.submitted_on is None
    return scheme is not None


def _numbered(agreement: str | None) -> Scheme | None:
    """Tell what kind of project number this is; None for that of a form, or anything else."""
    try:
        read = identifiers.read_agreement(agreement or "")
    except Misread:
        return None
    if read.scheme is None and _NUMBER.match(read.number):
        return Scheme.AGENCY_2021
    return None if read.scheme is Scheme.FORM else read.scheme


def _granted_stage(known: Standing, today: date) -> Stage:
    if known.start is None and known.end is None:
        if _long_past(known, today):
            return Stage.CLOSED
        began = known.call_year is None or known.call_year < today.year
        return Stage.RUNNING if began else Stage.PREPARING
    if known.start is not None and today < known.start:
        return Stage.PREPARING
    if known.end is None:
        return Stage.CLOSED if _long_past(known, today) else Stage.RUNNING
    if today > known.end:
        reported = known.final_report_sent
        return Stage.CLOSED if reported or today > _let_go(known) else Stage.CLOSING
    try:
        closing = timeline.add_months(known.end, -CLOSING_MONTHS)
    except Refused:
        return Stage.RUNNING
    return Stage.CLOSING if today > closing else Stage.RUNNING


def _let_go(known: Standing) -> date:
    """Give the day after which nobody expects a final report any more."""
    end = max(filter(None, (known.end, known.final_report_due)))
    try:
        return end + _FORGOTTEN
    except OverflowError:
        return end


def _long_past(known: Standing, today: date) -> bool:
    """Tell whether a project without dates must be over."""
    if known.start is not None or known.end is not None:
        day = known.end or known.last_day
        return day is not None and today - day > _FORGOTTEN
    if known.call_year is not None:
        return today.year - known.call_year > _CALL_PAST
    return known.last_day is not None and today - known.last_day > _FORGOTTEN
