"""Candidates: organisations that may become partners, and what the consortium still lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ka2tui.domain import consortium
from ka2tui.domain.countries import Country, country, say_country
from ka2tui.domain.days import say_brief
from ka2tui.domain.kinds import CandidateState, PartnerRole
from ka2tui.domain.text import counted, fold
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    from ka2tui.domain.consortium import Countries

QUIET = 14
"""Days after which a question without an answer is worth a second one. Source: good practice."""


class Member(NamedTuple):
    """A partner, or somebody who may become one, as far as the minimum is concerned."""

    country: str | None
    """ISO 3166 alpha-2."""
    role: PartnerRole = PartnerRole.BENEFICIARY
    oid: str | None = None
    pic: str | None = None


@frozen
class Minimum:
    """How many organisations from how many countries an action asks for at least."""

    action: str
    """Its name: Cooperation Partnerships."""
    says: str
    """Which rules these are: "Cooperation Partnerships, call 2025"."""
    organisations: int
    countries: int
    also: str | None
    """What it asks besides, in words."""
    anywhere: bool
    """Whether every country counts, not only the EU and those associated."""
    excluded: frozenset[str]
    """ISO codes of countries that cannot take part."""
    elsewhere: str
    """Partners from other countries: "no", "added_value" or "yes"."""
    source: str
    place: str | None
    confirmed: bool
    """Whether a text was read for it, and for this very call."""
    homes: Mapping[str, bool] | None = None
    """By ISO code whether a country takes part like a Member State in this call, where the rules
    of the call say it."""

    def home(self, code: str | None) -> Country | None:
        """Look up a country; None where it is not known."""
        return country(code) if code else None

    def counts_as(self, code: str | None) -> str | None:
        """Give the country under which one counts for the minimum; None where it does not."""
        found = self.home(code)
        if found is None or found.code in self.excluded:
            return None
        if not self.anywhere and not self._in_programme(found):
            return None
        return found.counts_as or found.code

    def _in_programme(self, found: Country) -> bool:
        if self.homes is None:
            return found.in_programme
        return self.homes.get(found.code, found.in_programme)


@frozen
class Reach:
    """How far a consortium has come to the minimum."""

    minimum: Minimum
    organisations: int
    """That count for it."""
    there: Countries
    """Those they are from."""

    @property
    def countries(self) -> tuple[str, ...]:
        """Give their ISO codes, in the order of their names."""
        return tuple(sorted(self.there.certain.union(*self.there.either), key=say_country))

    @property
    def lacks_organisations(self) -> int:
        """How many organisations are missing."""
        return max(self.minimum.organisations - self.organisations, 0)

    @property
    def lacks_countries(self) -> int:
        """How many more countries are needed."""
        return max(self.minimum.countries - self.there.reached, 0)

    @property
    def met(self) -> bool:
        """Whether the numbers are reached; what the minimum asks besides is told apart."""
        return not (self.lacks_organisations or self.lacks_countries)

    @property
    def said(self) -> str:
        """Say what is lacking: 1 organisation and 2 more countries."""
        parts = []
        if self.lacks_organisations:
            parts.append(counted(self.lacks_organisations, "organisation"))
        if self.lacks_countries:
            more = "more " if self.there.reached else ""
            parts.append(counted(self.lacks_countries, f"{more}country", f"{more}countries"))
        return " and ".join(parts) or "nothing"

    @property
    def has(self) -> str:
        """Say what is there: 2 of 3 organisations, 1 of 3 countries (Spain)."""
        names = ", ".join(self.there.names)
        return (
            f"{self.organisations} of {counted(self.minimum.organisations, 'organisation')}, "
            f"{self.there.reached} of {counted(self.minimum.countries, 'country', 'countries')}"
            f"{f' ({names})' if names else ''}"
        )


def reach(minimum: Minimum, members: Iterable[Member]) -> Reach:
    """Count what counts for the minimum of an action; associated partners do not.

    Source: the source that the minimum names.
    """
    counting = [
        one
        for one in members
        if one.role is not PartnerRole.ASSOCIATED and minimum.counts_as(one.country)
    ]
    there = consortium.organisations(counting)
    found = consortium.countries(
        {under for one in same if (under := minimum.counts_as(one.country))} for same in there
    )
    return Reach(minimum, len(there), found)


class Adds(NamedTuple):
    """What one more organisation would add to a consortium."""

    word: str
    helps: bool
    """Whether it brings the minimum nearer."""
    doubt: bool = False
    """Whether it may not be able to take part, or not count."""


def adds(reached: Reach, code: str | None) -> Adds:
    """Tell what an organisation from a country would add to what has been reached."""
    minimum = reached.minimum
    found = minimum.home(code)
    if found is None:
        return Adds("country not known", helps=False, doubt=True)
    if found.code in minimum.excluded:
        return Adds(f"{found.name} is excluded", helps=False, doubt=True)
    under = minimum.counts_as(code)
    if under is None:
        if minimum.elsewhere == "no":
            said = "does not count: neither EU nor associated"
        else:
            said = "does not count: show what it adds"
        return Adds(said, helps=False, doubt=True)
    if under not in reached.countries:
        return Adds("a new country", helps=reached.lacks_countries > 0 or not reached.met)
    return Adds("a known country", helps=reached.lacks_organisations > 0)


def waits(state: CandidateState, asked_on: date | None, today: date) -> int | None:
    """Count the days since a question that has no answer yet; None where none is open."""
    if state is not CandidateState.ASKED or asked_on is None or asked_on > today:
        return None
    return (today - asked_on).days


def say_state(
    state: CandidateState, asked_on: date | None, answered_on: date | None, today: date
) -> str:
    """Say how far one is: asked 12 days ago, no answer; agreed on 3 Nov."""
    waited = waits(state, asked_on, today)
    if waited is not None:
        when = {0: "today", 1: "yesterday"}.get(waited, f"{waited} days ago")
        return f"asked {when}{', no answer' if waited >= QUIET else ''}"
    if answered_on is not None and state not in (CandidateState.TO_ASK, CandidateState.ASKED):
        return f"{state.word} on {say_brief(answered_on)}"
    return state.word


def after_answer(state: CandidateState) -> bool:
    """Tell whether a state says what somebody answered."""
    return state in (CandidateState.INTERESTED, CandidateState.AGREED, CandidateState.DECLINED)


def twins(name: str, taken: Collection[str]) -> str | None:
    """Find a name that is the same but for case, accents and signs; None where there is none."""
    wanted = _bare(fold(name))
    return next((each for each in taken if _bare(fold(each)) == wanted), None)


def _bare(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())
