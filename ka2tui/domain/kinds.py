"""The kinds and states a record can have, and the plain words for them."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Kind(StrEnum):
    """A code that is stored and exchanged, with the word a person reads."""

    word: str

    def __new__(cls, code: str, word: str | None = None) -> Self:
        """Make a member from its code and its word (the code itself, where it is a word)."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.word = code.replace("_", " ") if word is None else word
        return member


class ProjectShape(Kind):
    """How a project divides its work and its money."""

    WORK_PACKAGES = "work_packages", "work packages"
    ACTIVITIES = "activities"
    HEADINGS = "headings", "budget headings"


class PhaseKind(Kind):
    """The six phases of the way; they overlap."""

    PARTNERSHIP = "partnership", "Partnership"
    GOAL = "goal", "Goal"
    PROPOSAL = "proposal", "Proposal"
    FUNDING = "funding", "Funding"
    IMPLEMENTATION = "implementation", "Implementation"
    EVALUATION = "evaluation", "Evaluation and dissemination"


class PhaseState(Kind):
    """Where a phase stands."""

    AHEAD = "ahead", "still ahead"
    UNDER_WAY = "under_way", "under way"
    DONE = "done"


class PartnerRole(Kind):
    """What an organisation is in the consortium."""

    COORDINATOR = "coordinator"
    BENEFICIARY = "beneficiary", "partner"
    ASSOCIATED = "associated", "associated partner"


class AgreementState(Kind):
    """How far the partnership agreement with one partner is."""

    NONE = "none", "not sent"
    SENT = "sent", "sent"
    SIGNED = "signed"


class WorkUnitKind(Kind):
    """What a part of the work plan is called."""

    WORK_PACKAGE = "work_package", "work package"
    ACTIVITY = "activity"
    HEADING = "heading", "budget heading"


class WorkUnitState(Kind):
    """How far a work package, activity or heading is, as its lead says."""

    PLANNED = "planned"
    UNDER_WAY = "under_way", "under way"
    DONE = "done"
    CANCELLED = "cancelled"

    @property
    def closed(self) -> bool:
        """Whether nothing is left to do."""
        return self in (WorkUnitState.DONE, WorkUnitState.CANCELLED)


CLOSED_WORK = tuple(state for state in WorkUnitState if state.closed)
"""The states of a part of the work with which nothing is left to do."""


class TaskState(Kind):
    """Where a task stands."""

    OPEN = "open"
    DOING = "doing", "in work"
    WAITING = "waiting"
    DONE = "done"
    CANCELLED = "cancelled"

    @property
    def closed(self) -> bool:
        """Whether nothing is left to do."""
        return self in (TaskState.DONE, TaskState.CANCELLED)


CLOSED_TASKS = tuple(state for state in TaskState if state.closed)
"""The states of a task with which nothing is left to do: not listed unless they are asked for."""


class Priority(Kind):
    """How much a task matters beside the others."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


class LinkKind(Kind):
    """How two tasks depend on each other (the four types of the precedence diagram method)."""

    FS = "FS", "starts after the end of"
    SS = "SS", "starts after the start of"
    FF = "FF", "ends after the end of"
    SF = "SF", "ends after the start of"


class DeliverableState(Kind):
    """How far a deliverable is."""

    PLANNED = "planned"
    DRAFT = "draft"
    REVIEW = "review", "in review"
    APPROVED = "approved"
    PUBLISHED = "published"

    @property
    def done(self) -> bool:
        """Whether the consortium has accepted it."""
        return self in (DeliverableState.APPROVED, DeliverableState.PUBLISHED)


ACCEPTED_RESULTS = tuple(state for state in DeliverableState if state.done)
"""The states of a deliverable that the consortium has accepted."""


class MilestoneState(Kind):
    """Whether a milestone was reached."""

    PLANNED = "planned"
    REACHED = "reached"


class PlanKind(Kind):
    """What a row of the work plan is."""

    WORK_PACKAGE = "work_package", "work package"
    ACTIVITY = "activity"
    HEADING = "heading", "budget heading"
    DELIVERABLE = "deliverable"
    MILESTONE = "milestone"

    @property
    def is_unit(self) -> bool:
        """Whether work and money belong to it, so that other rows can stand below it."""
        return self not in (PlanKind.DELIVERABLE, PlanKind.MILESTONE)


class MeetingKind(Kind):
    """What a meeting is for."""

    KICK_OFF = "kick_off", "kick-off"
    TPM = "tpm", "project meeting"
    ONLINE = "online", "online meeting"
    LEARNING = "learning_activity", "learning activity"
    TRAINING = "training"
    MULTIPLIER = "multiplier_event", "multiplier event"
    MONITORING = "monitoring_visit", "monitoring visit"
    OTHER = "other", "meeting"


class MeetingMode(Kind):
    """How people attend."""

    IN_PERSON = "in_person", "in person"
    ONLINE = "online"
    HYBRID = "hybrid", "in person and online"


class MeetingState(Kind):
    """Whether a meeting is still to come."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class Precision(Kind):
    """How exactly a date is known."""

    TIME = "time"
    DAY = "day"
    MONTH = "month"


class Presence(Kind):
    """Whether somebody was there on one day of a meeting."""

    EXPECTED = "expected"
    PRESENT = "present"
    ONLINE = "online", "present online"
    EXCUSED = "excused"
    ABSENT = "absent"

    @property
    def there(self) -> bool:
        """Whether the person counts as having attended."""
        return self in (Presence.PRESENT, Presence.ONLINE)


class OutcomeKind(Kind):
    """What a line of minutes is."""

    INFORMATION = "information"
    DECISION = "decision"
    ACTION = "action"


class AssessmentState(Kind):
    """Whether an assessment is still being filled in."""

    OPEN = "open", "being filled in"
    CLOSED = "closed"


class PaperState(Kind):
    """How far one paper of one partner is."""

    NONE = "none", "not asked"
    ASKED = "asked"
    RECEIVED = "received"
    CHECKED = "checked"
    NOT_NEEDED = "not_needed", "not needed"

    @property
    def settled(self) -> bool:
        """Whether the partner owes nothing here any more."""
        return self in (PaperState.RECEIVED, PaperState.CHECKED, PaperState.NOT_NEEDED)


class Direction(Kind):
    """Which way a message went."""

    IN = "in", "from them"
    OUT = "out", "to them"


class Channel(Kind):
    """How somebody was heard from or written to."""

    MAIL = "mail"
    CALL = "call"
    CHAT = "chat"
    LETTER = "letter"


class Tone(Kind):
    """How a reminder sounds."""

    FRIENDLY = "friendly"
    CLEAR = "clear"
    FORMAL = "formal"


class ProposalOutcome(Kind):
    """What became of an application."""

    FUNDED = "funded"
    RESERVE = "reserve", "on the reserve list"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"

    @property
    def closes(self) -> bool:
        """Whether nothing more comes of the application."""
        return self in (ProposalOutcome.REJECTED, ProposalOutcome.WITHDRAWN)


class ProofKind(Kind):
    """What a proof is, and so how it can be looked at."""

    FILE = "file"
    LINK = "link"
    PAPER = "paper"


class ProofState(Kind):
    """What became of a proof when it was last looked at."""

    UNCHECKED = "unchecked", "not looked at"
    THERE = "there"
    CHANGED = "changed"
    MISSING = "missing"


class Term(Kind):
    """How soon an indicator is to move: a result or a longer-lasting effect."""

    SHORT = "short", "short term"
    LONG = "long", "long term"


class RiskStrategy(Kind):
    """What is done about a risk."""

    AVOID = "avoid"
    REDUCE = "reduce"
    TRANSFER = "transfer"
    ACCEPT = "accept"


class RiskState(Kind):
    """Whether a risk can still happen."""

    OPEN = "open"
    HAPPENED = "happened"
    CLOSED = "closed"


class LogKind(Kind):
    """What a line of the log of the project's management is."""

    ISSUE = "issue"
    DECISION = "decision"
    CHANGE = "change"


class LogState(Kind):
    """How far an issue, a decision or a change is."""

    OPEN = "open"
    GOING_ON = "going_on", "in work"
    DECIDED = "decided"
    DONE = "done"
    REJECTED = "rejected"

    @property
    def closed(self) -> bool:
        """Whether nothing is left to do."""
        return self in (LogState.DONE, LogState.REJECTED)


CLOSED_LINES = tuple(state for state in LogState if state.closed)
"""The states of a line of the log with which nothing is left to do."""


class DisseminationState(Kind):
    """Whether something to spread the word was done."""

    PLANNED = "planned"
    DONE = "done"
    DROPPED = "dropped"


class PlatformState(Kind):
    """How far a result is on the programme's platform of results."""

    NONE = "none", "not there"
    DRAFTED = "drafted", "draft"
    SENT = "sent", "sent for review"
    PUBLISHED = "published"


class Handling(Kind):
    """What has to be done about a departure from the application."""

    NONE_NEEDED = "none_needed", "nothing needed"
    AGENCY_TOLD = "agency_told", "agency told"
    AMENDMENT = "amendment", "amendment asked for"


class AgencyAnswer(Kind):
    """What the agency said to a departure."""

    ACCEPTED = "accepted"
    REFUSED = "refused"


class PaymentKind(Kind):
    """Who pays whom."""

    FROM_AGENCY = "from_agency", "from the agency"
    TO_PARTNER = "to_partner", "to a partner"
    FROM_PARTNER = "from_partner", "back from a partner"
    TO_AGENCY = "to_agency", "back to the agency"


class CostKind(Kind):
    """What money or time is planned and used for."""

    STAFF = "staff"
    TRAVEL = "travel"
    SUBSISTENCE = "subsistence"
    EQUIPMENT = "equipment"
    SUBCONTRACTING = "subcontracting"
    OTHER = "other", "other costs"


class AimKind(Kind):
    """Whether an aim says what is wrong, or what the project wants to reach."""

    NEED = "need"
    OBJECTIVE = "objective"


class CandidateState(Kind):
    """How far an organisation is that may become a partner."""

    TO_ASK = "to_ask", "to be asked"
    ASKED = "asked"
    INTERESTED = "interested"
    AGREED = "agreed"
    DECLINED = "declined"

    @property
    def settled(self) -> bool:
        """Whether it said yes or no."""
        return self in (CandidateState.AGREED, CandidateState.DECLINED)
