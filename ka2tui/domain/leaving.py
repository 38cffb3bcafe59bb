"""A partner leaves: what it holds, who takes that over, and what the money comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ka2tui.domain.kinds import Kind, PartnerRole
from ka2tui.domain.refusal import Misread, Refused
from ka2tui.domain.text import coded, fold, quoted
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date

    from ka2tui.domain.problem import Problem


class Take(Kind):
    """What somebody can take over from a partner."""

    COORDINATION = "coordination"
    LEADS = "leads", "work packages and activities it leads"
    DELIVERABLES = "deliverables", "deliverables it leads"
    SHARES = "shares", "shares of the work that is not done"
    TASKS = "tasks", "open tasks"
    MEETINGS = "meetings", "meetings it was to host"
    INDICATORS = "indicators", "indicators it collects"
    RISKS = "risks", "risks it watches"
    LOGS = "logs", "open lines of the logs"
    DISSEMINATION = "dissemination", "dissemination that is planned"
    PAYMENTS = "payments", "instalments not paid yet"
    COSTS = "costs", "costs that are planned"
    JOURNEYS = "journeys", "journeys to come"
    PROOFS = "proofs", "proof it keeps"

    @property
    def stays(self) -> bool:
        """Whether it stays with the partner where nobody takes it over."""
        return self in {Take.PAYMENTS, Take.PROOFS}

    @property
    def otherwise(self) -> str:
        """What becomes of it where nobody takes it over."""
        if self is Take.COORDINATION:
            return "has to be taken over"
        if self is Take.SHARES:
            return "is nobody's then"
        return "stays with it" if self.stays else "is without an owner then"


Key = tuple[Take, int]
"""What is taken over, and the id of the record."""


class Holding(NamedTuple):
    """One thing that is in a partner's name and could be somebody else's."""

    take: Take
    id: int
    code: str | None
    title: str
    note: str = ""
    """What else is to be known: when it is due, how much it is."""
    cents: int | None = None
    """What of it would go over."""

    @property
    def key(self) -> Key:
        """What names it."""
        return (self.take, self.id)

    @property
    def called(self) -> str:
        """Its code and title."""
        return coded(self.code, self.title)


class Account(NamedTuple):
    """What a partner was given against what it did, in cents."""

    share: int
    earned: int
    """Of its share, for work that is done: an own reckoning."""
    paid: int
    returned: int

    @property
    def recover(self) -> int:
        """What it has and did not work for."""
        return max(self.paid - self.returned - self.earned, 0)

    @property
    def owed(self) -> int:
        """What it worked for and was not paid."""
        return max(self.earned - self.paid + self.returned, 0)


HOW = (
    "Work done is each share times per cent done, rounded down to the cent: an own reckoning. What "
    "is recovered is settled by the partnership agreement."
)
"""How the account is reckoned, beside it."""


class Heir(NamedTuple):
    """A partner that could take over."""

    id: int
    called: str
    name: str
    role: PartnerRole


@frozen
class Preview:
    """What it would mean that a partner leaves on a day."""

    partner: int
    called: str
    name: str
    role: PartnerRole
    on: date
    ahead: bool
    """Whether the day is still to come: what ends before it stays in its name."""
    holdings: tuple[Holding, ...]
    history: tuple[str, ...]
    """What stays as it is: done tasks, attendance, minutes."""
    expected_at: tuple[str, ...]
    """Meetings to come at which its people are expected; they are taken off these lists."""
    contacts: int
    papers: int
    """Papers it never brought; nobody asks for them any more."""
    account: Account
    currency: str
    heirs: tuple[Heir, ...]
    problems: tuple[Problem, ...]
    """What the minimum of the action says without it; nothing here stops anybody."""


def covered(holdings: Iterable[Holding]) -> dict[Take, list[Holding]]:
    """Put holdings together by what they are, in the order they are told."""
    found: dict[Take, list[Holding]] = {}
    for each in holdings:
        found.setdefault(each.take, []).append(each)
    return {take: found[take] for take in Take if take in found}


def read_takes(text: str, holdings: Sequence[Holding]) -> list[Key]:
    """Read what somebody takes over: tasks,leads,shares or single codes: T2.3,WP4.

    Raises:
        Misread: One of them is neither.
    """
    found: list[Key] = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        wanted = fold(part)
        if wanted == "all":
            found += [it.key for it in holdings]
            continue
        kinds = [take for take in Take if wanted == take.value]
        mine = [it.key for it in holdings if it.take in kinds]
        if not kinds:
            mine = [it.key for it in holdings if wanted == fold(it.code or "")]
        if not kinds and not mine:
            words = ", ".join(take.value for take in Take)
            raise Misread(
                f"{quoted(part)} is nothing that can be taken over: name {words} or a code of it."
            )
        found += mine
    return list(dict.fromkeys(found))


def check(
    holdings: Iterable[Holding],
    given: Mapping[Key, int],
    heirs: Collection[int],
) -> None:
    """Refuse what cannot be handed over.

    Args:
        holdings: All there is.
        given: Who takes what.
        heirs: Partners that stay.

    Raises:
        Refused: Nobody coordinates, or somebody takes what is not there or has left as well.
    """
    keys = {it.key for it in holdings}
    if not set(given.values()) <= set(heirs):
        raise Refused("Only a partner that stays in the project can take over.")
    if not given.keys() <= keys:
        raise Refused("Something that should be taken over is not in this partner's name any more.")
    if any(take is Take.COORDINATION and (take, key) not in given for take, key in keys):
        raise Refused(
            "The coordinator leaves only when another partner takes over the coordination: name "
            "a successor for it."
        )


def earned_of(cents: int | None, done: int | None) -> int:
    """Give the part of a share that is for work done, in cents, rounded down."""
    return (cents or 0) * (done or 0) // 100
