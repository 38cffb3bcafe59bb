"""Papers that partners bring: which of them owes which, until when, and how far each is."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from ka2tui.domain import own_files
from ka2tui.domain.entries import Malformed, every, once, table, text, texts, whole
from ka2tui.domain.identifiers import OrganisationNumber, read_oid, read_pic
from ka2tui.domain.kinds import AgreementState, Kind, PaperState, PartnerRole
from ka2tui.domain.text import fold
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

_FILE = "papers.toml"
_YEARS = (2000, 2100)
_DAYS = (-2000, 2000)


class Truth(Kind):
    """Where the state of a paper is kept."""

    RECORD = "record", "kept by hand"
    OID = "oid", "the partner's OID"
    PIC = "pic", "the partner's PIC"
    NUMBER = "number", "the partner's OID or PIC"
    AGREEMENT = "agreement", "the state of the partnership agreement"


NUMBERS = frozenset({Truth.OID, Truth.PIC, Truth.NUMBER})
"""What is read from a number of the partner's."""


class Anchor(Kind):
    """What the day a paper is due is counted from."""

    APPLICATION = "application"
    START = "start"


@frozen
class Calls:
    """Projects that ask for a paper."""

    managed_by: str | None
    """NA, EACEA or unknown; None: all."""
    first: int | None
    last: int | None


@frozen
class Paper:
    """One paper, as the list in the data folder has it."""

    id: str
    title: str
    short: str
    """The heading of its column."""
    words: str
    """What a letter asks for: "the accession form, signed"."""
    about: str
    truth: Truth
    roles: frozenset[PartnerRole]
    projects: tuple[Calls, ...]
    higher_education: bool
    before_start: bool
    """Whether nobody asks for it any more once the project runs."""
    anchor: Anchor | None
    days: int
    due_words: str
    source: str
    """A key of data/sources.toml."""
    place: str | None
    confirmed: bool


@frozen
class PaperList:
    """All papers, and the names by which higher education is known."""

    papers: tuple[Paper, ...]
    higher_education: tuple[str, ...]
    """Parts of names, folded."""

    def get(self, paper: str) -> Paper | None:
        """Find a paper by its id."""
        return next((each for each in self.papers if each.id == paper), None)


@frozen
class Setting:
    """What of a project decides which papers it asks for, and when."""

    managed_by: str | None = None
    call_year: int | None = None
    application: date | None = None
    """The day the application has to be in."""
    start: date | None = None
    today: date | None = None

    @property
    def begun(self) -> bool:
        """Whether the project runs, or is over."""
        return self.start is not None and self.today is not None and self.start <= self.today


@frozen
class Holder:
    """What of a partner decides which papers it owes, and how far they are."""

    name: str
    role: PartnerRole
    oid: str | None = None
    pic: str | None = None
    agreement: AgreementState = AgreementState.NONE


@frozen
class Entry:
    """What was noted of one paper of one partner."""

    state: PaperState = PaperState.NONE
    asked_on: date | None = None
    received_on: date | None = None
    checked_on: date | None = None
    note: str | None = None


@frozen
class Standing:
    """How far one paper of one partner is."""

    paper: Paper
    state: PaperState
    asked_on: date | None
    received_on: date | None
    checked_on: date | None
    note: str | None
    due: date | None
    why: str
    """Where the state comes from, where nobody set it by hand."""

    @property
    def missing(self) -> bool:
        """Whether it is still to come; a number that looks wrong does not count as there."""
        odd = self.state is PaperState.RECEIVED and self.paper.truth in NUMBERS
        return odd or not self.state.settled

    @property
    def counted(self) -> bool:
        """Whether it is one of those that the partner needs."""
        return self.state is not PaperState.NOT_NEEDED

    @property
    def ours(self) -> bool:
        """Whether the next step is the coordinator's: the agreement has not been sent."""
        return self.paper.truth is Truth.AGREEMENT and self.state is PaperState.NONE

    def late(self, today: date) -> bool:
        """Tell whether it is missing and its day is over."""
        return self.missing and self.due is not None and self.due < today

    @property
    def since(self) -> date | None:
        """The day on which it came to be as it is, where that is known."""
        days = {
            PaperState.ASKED: self.asked_on,
            PaperState.RECEIVED: self.received_on,
            PaperState.CHECKED: self.checked_on or self.received_on,
        }
        return days.get(self.state)


_NEXT = {
    PaperState.NONE: PaperState.ASKED,
    PaperState.ASKED: PaperState.RECEIVED,
    PaperState.RECEIVED: PaperState.CHECKED,
    PaperState.CHECKED: PaperState.NOT_NEEDED,
    PaperState.NOT_NEEDED: PaperState.NONE,
}

_AGREED = {
    AgreementState.NONE: PaperState.NONE,
    AgreementState.SENT: PaperState.ASKED,
    AgreementState.SIGNED: PaperState.CHECKED,
}


def following(state: PaperState, truth: Truth = Truth.RECORD) -> PaperState:
    """Give the state that comes after another when one walks through them.

    An agreement is not sent, sent or signed; a number is asked for or not.
    """
    if truth is Truth.AGREEMENT:
        steps = {PaperState.NONE: PaperState.ASKED, PaperState.ASKED: PaperState.CHECKED}
        return steps.get(state, PaperState.NONE)
    if truth in NUMBERS:
        steps = {PaperState.NONE: PaperState.ASKED, PaperState.RECEIVED: PaperState.CHECKED}
        return steps.get(state, PaperState.NONE)
    return _NEXT[state]


def agreement_of(state: PaperState) -> AgreementState | None:
    """Give the state of the agreement that a state of its paper stands for; None: there is none."""
    match state:
        case PaperState.NONE:
            return AgreementState.NONE
        case PaperState.ASKED:
            return AgreementState.SENT
        case PaperState.RECEIVED | PaperState.CHECKED:
            return AgreementState.SIGNED
    return None


def asked_in(papers: PaperList, setting: Setting) -> tuple[Paper, ...]:
    """Give the papers that a project asks for.

    Where the call year is not known, those of today are meant.
    """
    return tuple(paper for paper in papers.papers if _in_project(paper, setting))


def standing(
    papers: PaperList, paper: Paper, setting: Setting, holder: Holder, entry: Entry | None
) -> Standing | None:
    """Tell how far a paper of a partner is; None where this partner does not owe it.

    What somebody noted by hand counts although the partner's role does not ask for it.
    """
    noted = entry or Entry()
    if holder.role not in paper.roles and noted.state is PaperState.NONE:
        return None
    state, why = _state(papers, paper, holder, noted, known=entry is not None)
    if paper.before_start and entry is None and setting.begun:
        state, why = PaperState.NOT_NEEDED, "the project has begun"
    return Standing(
        paper,
        state,
        noted.asked_on,
        noted.received_on if state in (PaperState.RECEIVED, PaperState.CHECKED) else None,
        noted.checked_on if state is PaperState.CHECKED else None,
        noted.note,
        _due(paper, setting),
        why,
    )


def missing(standings: Iterable[Standing]) -> tuple[int, int]:
    """Count how many papers are missing, and of how many."""
    counted = [each for each in standings if each.counted]
    return sum(each.missing for each in counted), len(counted)


def say_missing(missing: int, total: int) -> str:
    """Say how many papers are missing: 3 of 9 missing, all 9 there."""
    if not total:
        return "none needed"
    return f"{missing} of {total} missing" if missing else f"all {total} there"


def is_higher_education(papers: PaperList, name: str) -> bool:
    """Tell whether a name says that it is a university or the like."""
    folded = fold(name)
    return any(part in folded for part in papers.higher_education)


def _in_project(paper: Paper, setting: Setting) -> bool:
    if not paper.projects:
        return True
    year = setting.call_year or _YEARS[1]
    manager = setting.managed_by if setting.managed_by in ("NA", "EACEA") else "unknown"
    return any(
        calls.managed_by in (None, manager)
        and (calls.first is None or year >= calls.first)
        and (calls.last is None or year <= calls.last)
        for calls in paper.projects
    )


def _state(
    papers: PaperList, paper: Paper, holder: Holder, noted: Entry, *, known: bool
) -> tuple[PaperState, str]:
    """Tell a state, and where it comes from."""
    if paper.truth is Truth.AGREEMENT:
        return _AGREED[holder.agreement], "as the partner's agreement says"
    if paper.truth in NUMBERS:
        return _number(paper.truth, holder, noted)
    if paper.higher_education and not known and not is_higher_education(papers, holder.name):
        return PaperState.NOT_NEEDED, "its name does not say higher education; ask for it if it is"
    return noted.state, ""


def _number(truth: Truth, holder: Holder, noted: Entry) -> tuple[PaperState, str]:
    """Tell how far a number is: there and well formed, there and odd, asked for, or not."""
    found: OrganisationNumber | None = None
    word = "OID"
    if truth in (Truth.OID, Truth.NUMBER) and holder.oid:
        found = read_oid(holder.oid)
    if truth in (Truth.PIC, Truth.NUMBER) and holder.pic and (found is None or found.doubt):
        found, word = read_pic(holder.pic), "PIC"
    if found is None:
        asked = noted.state in (PaperState.ASKED, PaperState.NOT_NEEDED)
        return (noted.state if asked else PaperState.NONE), "no number is entered"
    if found.doubt and noted.state is PaperState.CHECKED:
        return PaperState.CHECKED, f"{found.doubt}, checked by hand"
    if found.doubt:
        return PaperState.RECEIVED, found.doubt
    return PaperState.CHECKED, f"{word} {found.number} is well formed"


def _due(paper: Paper, setting: Setting) -> date | None:
    base = setting.application if paper.anchor is Anchor.APPLICATION else setting.start
    if paper.anchor is None or base is None:
        return None
    return base + timedelta(days=paper.days)


# --- reading the list ---------------------------------------------------------------------------


def load(own: Path | None = None) -> PaperList:
    """Give the papers as they are shipped, or as the user's own folder has them.

    Raises:
        DataFault: The file is missing or no TOML.
        Malformed: Something in it is missing or cannot be.
    """
    return own_files.one(_FILE, read_papers, own)


def read_papers(data: Mapping[str, Any], file: str = _FILE) -> PaperList:
    """Read the papers as a TOML file gives them.

    Raises:
        Malformed: Something is missing or cannot be; the message names file and place.
    """
    found = every(data, "paper", file, _paper)
    once([paper.id for paper in found], f"{file}: the paper")
    names = texts(data, "higher_education_names", file)
    return PaperList(found, tuple(fold(name) for name in names))


def _paper(row: Mapping[str, Any], place: str) -> Paper:
    code = text(row, "id", place)
    place = f"{place} ({code})"
    roles = texts(row, "roles", place)
    confirmed = row.get("confirmed")
    if not isinstance(confirmed, bool):
        raise Malformed(f"{place}: confirmed is true or false.")
    if not roles or not set(roles) <= set(PartnerRole):
        raise Malformed(f"{place}: roles are some of {', '.join(PartnerRole)}.")
    due = table(row.get("due", {}), f"{place}: due")
    anchor = _word(due, "from", Anchor, f"{place}: due") if due else None
    return Paper(
        id=code,
        title=text(row, "title", place),
        short=text(row, "short", place),
        words=text(row, "words", place),
        about=text(row, "about", place, ""),
        truth=Truth(_word(row, "state", Truth, place)),
        roles=frozenset(PartnerRole(role) for role in roles),
        projects=_projects(row.get("projects", []), place),
        higher_education=row.get("higher_education") is True,
        before_start=row.get("before_start") is True,
        anchor=Anchor(anchor) if anchor else None,
        days=whole(due, "days", place, least=_DAYS[0], most=_DAYS[1], default=0),
        due_words=text(due, "words", place, ""),
        source=text(row, "source", place),
        place=text(row, "place", place, "") or None,
        confirmed=confirmed,
    )


def _word(row: Mapping[str, Any], key: str, kind: type[Kind], place: str) -> str:
    """Take a word that is one of a few."""
    word = text(row, key, place)
    if word not in set(kind):
        raise Malformed(f"{place}: {key} is one of {', '.join(kind)}, not {word!r}.")
    return word


def _projects(value: object, place: str) -> tuple[Calls, ...]:
    if not isinstance(value, list):
        raise Malformed(f"{place}: projects is a list of tables.")
    return tuple(_calls(table(one, f"{place}: projects"), place) for one in value)


def _calls(row: Mapping[str, Any], place: str) -> Calls:
    manager = text(row, "managed_by", place, "") or None
    if manager not in (None, "NA", "EACEA", "unknown"):
        raise Malformed(f"{place}: managed_by is NA, EACEA or unknown, not {manager!r}.")
    least, most = _YEARS

    def year(key: str) -> int | None:
        return whole(row, key, place, least=least, most=most) if key in row else None

    return Calls(manager, year("calls_from"), year("calls_to"))


def named(papers: Sequence[Paper], said: str) -> Paper | None:
    """Find the paper a person means by its id, its short name or its title."""
    wanted = fold(said)
    names = [(fold(paper.id), fold(paper.short), fold(paper.title)) for paper in papers]
    for place in range(3):
        for paper, called in zip(papers, names, strict=True):
            if called[place] == wanted:
                return paper
    return None
