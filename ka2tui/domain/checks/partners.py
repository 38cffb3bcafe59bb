"""Checks of partners at work: heard from, signed, with their papers, and gone in good order."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from ka2tui.domain import timeline
from ka2tui.domain.checks.running import named
from ka2tui.domain.checks.stage import Stage
from ka2tui.domain.days import say_brief
from ka2tui.domain.kinds import AgreementState, PartnerRole
from ka2tui.domain.problem import Found, Severity
from ka2tui.domain.silence import LONG
from ka2tui.domain.text import capital

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ka2tui.domain.checks.running import Running

WORRY = 60
"""Days of silence after which a partner's part is in doubt."""

SETTLED_BY = 6
"""Months after the first day by which partnership agreements are signed everywhere we know of."""

SENT_BY = 3
"""Months after the first day by which they are at least sent."""


def found(seen: Running) -> Iterator[Found]:
    """Check the partners of a project that was granted, and their papers."""
    yield from _silence(seen)
    yield from _agreements(seen)
    yield from _paid(seen)
    yield from _papers(seen)
    for one in seen.left:
        text = f"It left on {say_brief(one.on)} and still has {', '.join(one.has)}"
        yield Found(623, Severity.WARNING, one.called, f"{text}.", "partner", one.id)


def _silence(seen: Running) -> Iterator[Found]:
    """Find partners that were not heard from for long, where it is noted at all."""
    others = [one for one in seen.partners if one.role is PartnerRole.BENEFICIARY]
    kept = any(one.silent is not None for one in others)
    for one in others:
        days = one.silent
        if days is None:
            since = max(filter(None, (seen.start, one.joined)), default=None)
            waited = None if since is None else (seen.today - since).days
            if not kept or waited is None or waited < WORRY:
                continue
            text = f"It was never heard from, {waited} days into the project"
            yield Found(606, Severity.HINT, one.called, f"{text}.", "partner", one.id)
        elif days >= LONG:
            severity = Severity.WARNING if days >= WORRY else Severity.HINT
            text = capital(one.heard)
            yield Found(606, severity, one.called, f"{text}.", "partner", one.id)


def _agreements(seen: Running) -> Iterator[Found]:
    """Name the partners without a signed agreement once the project runs."""
    if seen.start is None or seen.start > seen.today:
        return
    month = seen.month or 1
    others = [one for one in seen.partners if one.role is PartnerRole.BENEFICIARY]
    kept = any(one.agreement is not AgreementState.NONE for one in others)
    late = Severity.WARNING if month > SETTLED_BY else Severity.HINT
    for one in others:
        if one.joined is not None and (seen.today - one.joined).days < WORRY:
            continue
        if one.agreement is AgreementState.SENT:
            text = "The agreement is sent and not signed"
        elif one.agreement is AgreementState.NONE and kept and month > SENT_BY:
            text = "The agreement is not sent yet"
        else:
            continue
        text += f", in {timeline.say_month(month)}"
        yield Found(608, late, one.called, f"{text}.", "partner", one.id)


def _paid(seen: Running) -> Iterator[Found]:
    """Name the partners that were sent money before the agreement with them was signed."""
    kept = any(one.agreement is not AgreementState.NONE for one in seen.partners)
    for one in seen.partners:
        signed = one.agreement is AgreementState.SIGNED
        if kept and not signed and one.paid_on is not None and one.paid_on <= seen.today:
            text = f"Money was sent on {say_brief(one.paid_on)}, and the agreement is not signed"
            yield Found(631, Severity.WARNING, one.called, f"{text}.", "partner", one.id)


def _papers(seen: Running) -> Iterator[Found]:
    """Name the papers of each partner whose day is over."""
    owed = sorted(seen.papers, key=lambda paper: (paper.partner, paper.due))
    for partner, group in groupby(owed, key=lambda paper: paper.partner):
        papers = list(group)
        called, due = papers[0].called, say_brief(papers[0].due)
        if len(papers) == 1:
            text = f"A paper is missing: {papers[0].title}; it was due on {due}"
        else:
            titles = named([paper.title for paper in papers])
            text = f"{len(papers)} papers are missing: {titles}; the first was due on {due}"
        sure = any(paper.confirmed for paper in papers)
        severity = Severity.WARNING if sure else Severity.HINT
        if seen.stage is Stage.CLOSING:
            severity = Severity.HINT
        yield Found(609, severity, called, f"{text}.", "partner", partner)
