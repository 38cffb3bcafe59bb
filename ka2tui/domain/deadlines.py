"""Deadlines: the application's, by the clock, and the dates that the agreement's follow from."""

from __future__ import annotations

import re
from dataclasses import field
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, NamedTuple

from ka2tui.domain import days, deadline_rules, instants, timeline
from ka2tui.domain.deadline_rules import HOURS, rounds
from ka2tui.domain.identifiers import Scheme, read_agreement
from ka2tui.domain.kinds import Kind, Precision, ProposalOutcome
from ka2tui.domain.refusal import Misread
from ka2tui.domain.text import clean, quoted
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ka2tui.domain.call_rules import CallRules, Derived, Round

BRUSSELS = "Europe/Brussels"
"""The zone in which the programme states its deadlines. Source: Programme Guide 2025, p. 458."""

_STATED = re.compile(
    r"(.+?)[, ]+(?:at )?(\d{1,2}[:.h]\d{2}(?::\d{2})?|\d{1,2} ?[ap]m)(?:[, ]+(?:in )?(\D.*))?"
)
"""A day, an hour, and perhaps a zone or its city."""

REPORTS = ("progress", "interim", "final")

SMALL_GRANT = 60_000_00
"""Cents up to which papers are kept for a shorter time. Source: Programme Guide 2025, p. 463."""


_GRANTED = frozenset({Scheme.AGENCY_2014, Scheme.AGENCY_2021, Scheme.EACEA_2014, Scheme.EACEA_2021})
"""Numbers that only follow a decision."""


def approved(agreement: str | None) -> bool:
    """Tell whether an agreement number is one that only follows a decision."""
    return agreement is not None and read_agreement(agreement).scheme in _GRANTED


class Origin(Kind):
    """Where a date comes from."""

    ENTERED = "entered", "as you entered it"
    AGREEMENT = "agreement", "from the agreement"
    RULES = "rules", "from the rules of the call"
    DERIVED = "derived"
    GUESSED = "guessed", "not confirmed"


@frozen
class Facts:
    """What is known of a project, as far as its deadlines go."""

    action: str | None = None
    managed_by: str | None = None
    """NA or EACEA."""
    call_year: int | None = None
    start: date | None = None
    end: date | None = None
    months: int | None = None
    grant_cents: int | None = None
    progress_report_due: date | None = None
    interim_report_due: date | None = None
    final_report_due: date | None = None
    application_deadline: datetime | None = None
    application_zone: str | None = None
    submitted_on: date | None = None
    outcome: ProposalOutcome | None = None
    approved: bool = False
    """Whether it has an agreement number, which only follows a decision."""
    final_paid: date | None = None
    """When the last payment came, where nothing is to come any more."""
    proposal_done: bool = False
    """Whether the phase of the proposal is over."""
    own: Mapping[str, int] = field(default_factory=dict)
    """What its agreement says otherwise of dates, by the names of values of the rules."""

    @property
    def applying(self) -> bool:
        """Whether the application is still to be handed in."""
        over = self.approved or self.proposal_done or self.submitted_on or self.outcome
        return not (over or self._has_data_sheet)

    @property
    def running(self) -> bool:
        """Whether reports are owed, or will be."""
        if self.outcome is not None:
            return self.outcome is ProposalOutcome.FUNDED
        return self.approved or self.proposal_done or self._has_data_sheet

    @property
    def _has_data_sheet(self) -> bool:
        """Whether somebody entered a date that only the agreement's data sheet says."""
        dates = (self.progress_report_due, self.interim_report_due, self.final_report_due)
        return any(day is not None for day in dates)


@frozen
class Application:
    """The instant by which an application must be in."""

    at: datetime
    """In UTC."""
    zone: str
    """The zone the call states it in."""
    origin: Origin
    round: str = ""
    """Which deadline of the call it is."""
    rules: int | None = None
    """The call year whose rules say so; None where it was entered."""
    missed: date | None = None
    """The day of an earlier round of the same call, where that has passed."""

    @property
    def confirmed(self) -> bool:
        """Whether somebody entered it, or the rules of this very call say it."""
        return self.origin is not Origin.GUESSED

    @property
    def day(self) -> date:
        """The day it is on, where it is stated."""
        return instants.local(self.at, self.zone).date()

    @property
    def why(self) -> str:
        """Say where it comes from."""
        missed = ""
        if self.missed is not None:
            missed = f"; the round of {days.say_brief(self.missed)} has passed"
        match self.origin:
            case Origin.RULES:
                return f"from the rules of call {self.rules}{missed}"
            case Origin.GUESSED:
                return f"as in call {self.rules}, not confirmed{missed}"
        return self.origin.word

    def passed(self, now: datetime) -> bool:
        """Tell whether it is over; it is never moved to another call by itself."""
        return now > self.at


@frozen
class Deadline:
    """A date that the agreement sets, or that follows from one."""

    id: str
    """final_report, final_report_own, final_report_data, amendment, keep_papers ..."""
    title: str
    day: date
    origin: Origin
    formula: str = ""
    """How it is derived: end + 60 days."""
    note: str = ""
    official: bool = True
    """False: an own date, so that the official one can be met."""
    not_before: bool = False
    """Whether the true date is not known and can only be later."""
    confirmed: bool = True

    @property
    def why(self) -> str:
        """Say where it comes from: from the agreement; derived: end + 60 days."""
        if self.origin is not Origin.DERIVED:
            return self.origin.word
        return f"derived: {self.formula}{'' if self.confirmed else ', not confirmed'}"


# --- the application ----------------------------------------------------------------------------


def application(facts: Facts, known: Sequence[CallRules], *, today: date) -> Application | None:
    """Tell by when an application must be in: as entered, else as the rules of the call say.

    A deadline belongs to one call and stays there: where neither the call year nor the first day
    says which call it is, there is none, and one that has passed is not replaced by that of the
    next year.

    Args:
        facts: Of the project.
        known: What is known of the calls.
        today: Of several rounds of the call the one that is still to come on this day is taken.

    Returns:
        None where nothing was entered, and where call or action are not known.
    """
    if facts.application_deadline is not None:
        zone = facts.application_zone or BRUSSELS
        return Application(facts.application_deadline, zone, Origin.ENTERED)
    chosen, missed = _chosen(facts, known, today)
    if chosen is None:
        return None
    origin = Origin.RULES if chosen.confirmed else Origin.GUESSED
    return Application(chosen.at, chosen.zone, origin, chosen.title, chosen.rules, missed)


def _chosen(
    facts: Facts, known: Sequence[CallRules], today: date
) -> tuple[Round | None, date | None]:
    """Choose the round of a call: the one its first day fits to, else the next, else the last.

    Beside it stands the day of the round before, where that has passed.
    """
    start, year = facts.start, facts.call_year
    if year is not None:
        years = [year]
    elif start is not None:
        years = [start.year - 1, start.year]
    else:
        return None, None
    found = [one for each in years for one in rounds(known, facts.action, each, facts.managed_by)]
    fitting = [one for one in found if start is not None and one.fits(start)]
    if fitting:
        return fitting[-1], None
    coming = [one for one in found if one.on >= today]
    over = [one for one in found if one.on < today]
    if coming:
        return coming[0], over[-1].on if over and year is not None else None
    return (over[-1], None) if over else (None, None)


def hour_of(managed_by: str | None) -> time:
    """Give the hour at which a day of deadline ends in Brussels; the agencies' where unknown."""
    return HOURS.get(managed_by or "", HOURS["NA"])


class Stated(NamedTuple):
    """An instant as a call states it."""

    at: datetime
    """In UTC."""
    zone: str


def read_stated(
    text: str, *, today: date, managed_by: str | None = None, zone: str | None = None
) -> Stated:
    """Read the deadline of a call: 5 Mar 2027 12:00, 2027-03-05 17:00 Brussels, 5 Mar 2027.

    Args:
        text: Not blank.
        today: The day from which a day without a year is the next one.
        managed_by: Whose hour is meant where none is written: NA noon, EACEA 17:00.
        zone: Where none is written; Brussels where this is None.

    Raises:
        Misread: There is no such day, hour or zone.
    """
    found = _STATED.fullmatch(clean(text))
    day, hour, place = found.groups() if found is not None else (text, None, None)
    read = days.read_day(day, today=today, allow_month=False)
    if read.day is None or read.precision is Precision.MONTH or read.last != read.day:
        raise Misread(f"{quoted(day)} is no single day: write it like 5 Mar 2027 12:00.")
    at = hour_of(managed_by) if hour is None else instants.read_time(hour)
    where = instants.read_zone(place) if place else zone or BRUSSELS
    return Stated(instants.instant(read.day, at, where), where)


def write_stated(stated: Stated) -> str:
    """Write the deadline of a call so that reading it gives the same: 5 Mar 2027 12:00 Brussels."""
    local = instants.local(stated.at, stated.zone)
    zone = instants.city(stated.zone) if stated.zone == BRUSSELS else stated.zone
    return f"{days.say_brief(local.date())} {local:%H:%M} {zone}"


def say_application(
    deadline: Application, now: datetime, here: str | None = None
) -> tuple[str, str]:
    """Write a deadline by the clocks, and how far away it is.

    Args:
        deadline: When it is.
        now: The present instant.
        here: The zone of whoever reads it.

    Returns:
        "5 Mar 2027 12:00 Brussels · 13:00 Athens" and "in 103 days 4 h".
    """
    zones = [deadline.zone, *([here] if here else [])]
    day = days.say_brief(deadline.day)
    clocks = instants.say_clocks(deadline.at, zones)
    return f"{day} {clocks}", say_left(deadline.at, now, deadline.zone)


def say_left(at: datetime, now: datetime, zone: str = BRUSSELS) -> str:
    """Write how far away an instant is: in 103 days 4 h, in 5 h 12 min, passed 2 days 3 h ago.

    Days are those of the calendar, so that noon is a whole day from noon also when summer time
    begins in between; within a day the hours and minutes are those that pass.
    """
    if at == now:
        return "now"
    first, last = sorted((at, now))
    whole, rest = _days_between(first, last, zone)
    hours, minutes = divmod(rest, 60)
    if whole:
        said = f"{whole} {'day' if whole == 1 else 'days'}" + (f" {hours} h" if hours else "")
    elif hours:
        said = f"{hours} h" + (f" {minutes} min" if minutes else "")
    else:
        said = f"{minutes} min" if minutes else "less than a minute"
    return f"in {said}" if at > now else f"passed {said} ago"


def _days_between(first: datetime, last: datetime, zone: str) -> tuple[int, int]:
    """Count whole days of the calendar in a zone, and the minutes that are left over."""
    begin, end = instants.local(first, zone), instants.local(last, zone)
    whole = (end.date() - begin.date()).days
    while True:
        day = date.fromordinal(begin.date().toordinal() + whole)
        reached = instants.instant(day, begin.time(), zone) if whole else first.astimezone(UTC)
        if reached <= last or whole == 0:
            return whole, max(int((last - reached).total_seconds() // 60), 0)
        whole -= 1


# --- the agreement ------------------------------------------------------------------------------


def of_agreement(facts: Facts, known: Sequence[CallRules]) -> tuple[Deadline, ...]:
    """List the dates of reports and what hangs on them, entered or derived, the earliest first.

    Args:
        facts: Of the project; one that was not granted owes nothing.
        known: What is known of the calls; what is usual is taken from the nearest one.
    """
    if not facts.running:
        return ()
    derived = _derived(facts, known)
    found = [*_reports(facts, derived), *_ends(facts, derived)]
    return tuple(sorted(found, key=lambda one: (one.day, not one.official, one.id)))


def _derived(facts: Facts, known: Sequence[CallRules]) -> Mapping[str, Derived]:
    year = facts.call_year
    if year is None:
        year = facts.start.year if facts.start is not None else 9999
    return deadline_rules.with_agreement(deadline_rules.derived(known, year), facts.own)


def _reports(facts: Facts, derived: Mapping[str, Derived]) -> Iterator[Deadline]:
    """Give each report with the own date before it, and when partners owe what goes into it."""
    for name in REPORTS:
        report = _report(facts, derived, name)
        if report is None:
            continue
        yield report
        for rule, suffix, title in (
            ("partner_data", "data", f"What partners owe to the {name} report"),
            ("report_own", "own", f"Own date for the {name} report"),
        ):
            usual = derived.get(rule)
            day = usual.day(report.day) if usual is not None else None
            if usual is None or day is None:
                continue
            formula = usual.formula.replace("report due", f"{name} report")
            yield Deadline(
                *(f"{report.id}_{suffix}", title, day, Origin.DERIVED, formula, usual.note),
                official=False,
            )


def _report(facts: Facts, derived: Mapping[str, Derived], name: str) -> Deadline | None:
    title = f"{name.capitalize()} report"
    entered: date | None = getattr(facts, f"{name}_report_due")
    if entered is not None:
        return Deadline(f"{name}_report", title, entered, Origin.AGREEMENT)
    usual = derived.get(f"{name}_report_due")
    anchor = {"project_start": facts.start, "project_end": end_of(facts)}.get(
        usual.anchor if usual is not None else ""
    )
    if usual is None or anchor is None:
        return None
    long_enough = not usual.longer_than or (facts.months or 0) > usual.longer_than
    day = usual.day(anchor) if long_enough else None
    if day is None:
        return None
    more = f" (more than {usual.longer_than} months)" if usual.longer_than else ""
    return Deadline(
        *(f"{name}_report", title, day, Origin.DERIVED, usual.formula + more, usual.note),
        confirmed=usual.confirmed,
    )


def _ends(facts: Facts, derived: Mapping[str, Derived]) -> Iterator[Deadline]:
    """Give the last day to ask for a change, and from when on papers may go at the earliest."""
    end = end_of(facts)
    if end is None:
        return
    usual = derived.get("amendment_latest")
    day = usual.day(end) if usual is not None else None
    if usual is not None and day is not None:
        yield Deadline("amendment", usual.title, day, Origin.DERIVED, usual.formula, usual.note)
    small = facts.grant_cents is not None and facts.grant_cents <= SMALL_GRANT
    usual = derived.get("keep_papers_small" if small else "keep_papers")
    # where the final payment is not known: it cannot come before the end
    day = usual.day(facts.final_paid or end) if usual is not None else None
    if usual is not None and day is not None:
        yield Deadline(
            *("keep_papers", "Keep papers", day, Origin.DERIVED, usual.formula, usual.note),
            not_before=facts.final_paid is None,
        )


def final_payment(paid: Sequence[date | None], end: date | None) -> date | None:
    """Tell when the last payment of a project came; None while it is not known.

    Args:
        paid: The days of all payments between agency and project; None: still to come.
        end: The project's last day: the final payment comes after it.
    """
    days = [day for day in paid if day is not None]
    if not days or len(days) < len(paid) or end is None or max(days) < end:
        return None
    return max(days)


def end_of(facts: Facts) -> date | None:
    """Give the last day of a project: as entered, else counted from its start."""
    if facts.end is not None or facts.start is None or facts.months is None:
        return facts.end
    return timeline.project_end(facts.start, facts.months)
