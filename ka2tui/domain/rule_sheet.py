"""The rules of one project as a list: each value with its source, and how sure it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ka2tui.domain import rule_keys
from ka2tui.domain.deadline_rules import derived, own_of
from ka2tui.domain.rulebook import AGREEMENT
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ka2tui.domain.call_rules import CallRules, Value
    from ka2tui.domain.rulebook import Applied, OwnValue

GROUPS = (
    *("Partnership", "Duration", "Money", "Application"),
    *("Award criteria", "Dates of the agreement"),
)
"""What values are about, in the order in which they are shown."""

_CRITERIA = {
    "relevance": "Relevance",
    "design": "Design and implementation",
    "partnership": "Partnership",
    "impact": "Impact",
}


@frozen
class RuleRow:
    """One value of the rules."""

    key: str
    """Its name in the files; of what has several parts with a number: "deadline.1"."""
    title: str
    group: str
    value: Any
    """As JSON would have it."""
    text: str
    source_id: str | None
    """A key of the sources; None where it is the own agreement."""
    source: str
    """Its title, or the user's words about their own agreement."""
    place: str | None
    confirmed: bool
    own: bool
    """Whether the project's own agreement says so."""
    guide: str | None
    """What the rules of the call say where the own agreement says otherwise."""
    note: str | None
    can_set: bool
    """Whether an own value can stand in its place."""
    of_call: int | None = None
    """The call for which it is confirmed and whose rules are gone by, where it is another."""

    @property
    def unconfirmed(self) -> bool:
        """Whether no text was read for it."""
        return not self.confirmed

    @property
    def sure(self) -> str:
        """Say how sure it is, in a word or two."""
        if self.own:
            return "your agreement"
        if self.of_call is not None:
            return f"of call {self.of_call}"
        return "" if self.confirmed else "not confirmed"


def listed(
    rules: Applied,
    own: Mapping[str, OwnValue],
    known: Sequence[CallRules],
    sources: Mapping[str, Mapping[str, Any]],
) -> tuple[RuleRow, ...]:
    """List everything the rules say of an action, in the order of their groups.

    Args:
        rules: As the call has them, without the own agreement.
        own: What the own agreement says otherwise.
        known: The rules of all calls, for the dates that are counted from others.
        sources: All there are, by their key.
    """
    made = _Maker(sources)
    rows = [*_values(rules, own, made), *_deadlines(rules, made), *_award(rules, made)]
    rows += _dates(rules, own, known, made)
    return tuple(sorted(rows, key=lambda row: GROUPS.index(row.group)))


@frozen
class _Maker:
    sources: Mapping[str, Mapping[str, Any]]

    def row(
        self, key: str, title: str, group: str, said: Any, *, value: object, text: str, **more: Any
    ) -> RuleRow:
        """Make a row of something that says its source, its place and how sure it is."""
        given = {"own": False, "guide": None, "note": None, "can_set": False} | more
        source = self.sources.get(said.source, {}).get("title", said.source)
        return RuleRow(
            key=key,
            title=title,
            group=group,
            value=value,
            text=text,
            source_id=None if given["own"] else said.source,
            source=str(source),
            place=said.place,
            confirmed=said.confirmed,
            **given,
        )


def _values(rules: Applied, own: Mapping[str, OwnValue], made: _Maker) -> Iterator[RuleRow]:
    both = rules.with_agreement(own)
    for key in rule_keys.KEYS.values():
        said = both.get(key.name)
        if said is None or key.own_only:
            continue
        yield made.row(
            *(key.name, key.title, key.group, said),
            value=_plain(said),
            text=rule_keys.say(key, said.value),
            own=said.own,
            guide=_guide(key, rules.get(key.name)) if said.own else None,
            note=said.note,
            can_set=True,
            of_call=said.carried if said.lasts else None,
        )
    for at, part in enumerate(rules.rules.composition, start=1):
        value = {
            "sorts": [*part.sorts],
            "organisations": part.organisations,
            "where": part.where,
            "countries": part.countries,
        }
        head = (f"composition.{at}", "Among them", "Partnership", part)
        yield made.row(*head, value=value, text=part.text)


def _guide(key: rule_keys.Key, said: Value | None) -> str | None:
    return None if said is None else rule_keys.say(key, said.value)


def _plain(said: Value) -> Any:
    return [*said.value] if isinstance(said.value, tuple) else said.value


def _deadlines(rules: Applied, made: _Maker) -> Iterator[RuleRow]:
    for at, one in enumerate(rules.rules.rounds, start=1):
        city = one.zone.rpartition("/")[2].replace("_", " ")
        year = f" {one.year}" if not rules.carried else ""
        day = f"{one.day} {one.on:%B}{year}"
        value = {
            "title": one.title,
            "day": one.on if not rules.carried else None,
            "hour": f"{one.hour:%H:%M:%S}",
            "zone": one.zone,
        }
        text = f"{day}, {one.hour:%H:%M:%S} {city} ({one.title})"
        head = (f"deadline.{at}", "Deadline", "Application", one)
        yield made.row(*head, value=value, text=text)


def _award(rules: Applied, made: _Maker) -> Iterator[RuleRow]:
    award = rules.rules.award
    group = "Award criteria"
    if award is not None:
        text = f"{award.threshold} of 100 points"
        head = ("award.threshold", "Threshold", group, award)
        yield made.row(*head, value=award.threshold, text=text)
        for one in award.criteria:
            value = {"max": one.most, "min": one.least}
            text = f"{one.most} points, at least {one.least}"
            head = (f"award.{one.id}", _CRITERIA.get(one.id, one.id), group, award)
            yield made.row(*head, value=value, text=text)
    table = rules.rules.reductions
    if table is not None:
        bands = [{"below": it.below, "percent": it.percent} for it in table.bands]
        text = ", ".join(f"below {it.below}: {it.percent} %" for it in table.bands)
        yield made.row("reductions", "Reductions", "Money", table, value=bands, text=text)


def _dates(
    rules: Applied, own: Mapping[str, OwnValue], known: Sequence[CallRules], made: _Maker
) -> Iterator[RuleRow]:
    group = "Dates of the agreement"
    year = rules.year if rules.year is not None else rules.call.year
    for name, one in derived(known, year).items():
        key = None if name.endswith("_small") else own_of(name)
        if own_of(name) in own and key is None:
            continue
        given = own.get(key) if key is not None else None
        if key is None or given is None:
            text = one.formula if one.usual else f"{one.formula} (good practice)"
            yield made.row(
                *(key or f"dates.{name}", one.title, group, one),
                value=one.formula,
                text=text,
                note=one.note or None,
                can_set=key is not None,
            )
            continue
        source = f"{AGREEMENT}: {given.source}" if given.source else AGREEMENT
        yield RuleRow(
            key=key,
            title=one.title,
            group=group,
            value=given.value,
            text=rule_keys.say(rule_keys.KEYS[key], given.value),
            source_id=None,
            source=source,
            place=None,
            confirmed=True,
            own=True,
            guide=one.formula,
            note=None,
            can_set=True,
        )
    for manager, usual in _decisions(rules, known):
        text = (
            f"letter after about {usual.letter_months} months, "
            f"signature after about {usual.signature_months}"
        )
        value = {"letter_months": usual.letter_months, "signature_months": usual.signature_months}
        head = (f"decision.{manager}", "Result and signature", group, usual)
        yield made.row(*head, value=value, text=text)


def _decisions(rules: Applied, known: Sequence[CallRules]) -> Iterator[tuple[str, Any]]:
    manager = rules.rules.managed_by
    calls = sorted(known, key=lambda it: it.distance(rules.year or rules.call.year))
    for call in calls:
        if manager in call.decision:
            yield manager, call.decision[manager]
            return
