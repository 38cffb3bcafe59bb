"""The rules that hold for a project: those of its call, and its own agreement's before them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from ka2tui.domain import rule_keys, rulebook
from ka2tui.domain.call_rules import ActionRules, CallRules
from ka2tui.domain.refusal import Misread
from ka2tui.domain.rulebook import Applied, OwnValue
from ka2tui.frozen import frozen
from ka2tui.store.records import Project, RuleValue

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sqlalchemy.orm import Session

    from ka2tui.domain.own_files import Broken
    from ka2tui.domain.rule_sheet import RuleRow


@frozen
class Sheet:
    """Everything the rules say of one project's action."""

    action: str | None
    """As entered."""
    call_year: int | None
    says: str
    """Which rules they are, or why there are none."""
    carried: bool
    """Whether they are those of another call."""
    rows: tuple[RuleRow, ...]
    broken: tuple[Broken, ...]
    """Files of the user's own that cannot be read."""


def own_values(session: Session, project: int) -> dict[str, OwnValue]:
    """Give what a project's own agreement says otherwise; what cannot be read is left out."""
    rows = session.execute(
        select(RuleValue.key, RuleValue.value, RuleValue.source)
        .where(RuleValue.project_id == project)
        .order_by(RuleValue.id)
    )
    found: dict[str, OwnValue] = {}
    for key, written, source in rows:
        value = _read(key, written)
        if value is not None:
            found[key] = OwnValue(value, source)
    return found


def applied(session: Session, project: int, *, own: Path | None = None) -> Applied | None:
    """Give the rules that hold for a project, its own agreement first.

    Args:
        project: Which one.
        own: The user's folder of words and numbers.

    Returns:
        None where nothing is known of its action, nor said by its agreement.
    """
    given = own_values(session, project)
    found = _of_call(session, project, rulebook.load(own), agreed=bool(given))
    return None if found is None else found.with_agreement(given)


def sheet(session: Session, project: int, *, own: Path | None = None) -> Sheet:
    """List what the rules say of a project, each value with its source; see `applied`."""
    home = session.get_one(Project, project)
    shelf = rulebook.shelf(own)
    given = own_values(session, project)
    found = _of_call(session, project, shelf.entries, agreed=bool(given))
    if found is None:
        known = _unknown(home.action, _year_of(home), shelf.entries)
        return Sheet(
            home.action, home.call_year, known, carried=False, rows=(), broken=shelf.broken
        )
    rows = _listed(found, given, shelf.entries, own)
    carried = found.carried
    return Sheet(home.action, home.call_year, found.says, carried, rows, shelf.broken)


def of_action(action: str, call_year: int | None, *, own: Path | None = None) -> Sheet:
    """List what the rules say of an action, whatever the projects; needs no database."""
    shelf = rulebook.shelf(own)
    found = rulebook.of(shelf.entries, action, call_year)
    if found is None:
        says = _unknown(action, call_year, shelf.entries)
        return Sheet(action, call_year, says, carried=False, rows=(), broken=shelf.broken)
    rows = _listed(found, {}, shelf.entries, own)
    return Sheet(action, call_year, found.says, found.carried, rows, shelf.broken)


def _listed(
    found: Applied, given: Mapping[str, OwnValue], known: tuple[CallRules, ...], own: Path | None
) -> tuple[RuleRow, ...]:
    from ka2tui.domain import rule_sheet  # for the page of rules alone, not for each check

    return rule_sheet.listed(found, given, known, rulebook.sources(own))


def _unknown(action: str | None, call_year: int | None, known: tuple[CallRules, ...]) -> str:
    if not action:
        return "no action is entered"
    return rulebook.absent(known, action, call_year) or f"no rules of {action} are known"


def own_dates(session: Session, project: int | None) -> dict[int, dict[str, int]]:
    """Give what agreements say otherwise of dates, by project; None for all projects."""
    names = [key.name for key in rule_keys.KEYS.values() if key.own_only]
    query = select(RuleValue.project_id, RuleValue.key, RuleValue.value).where(
        RuleValue.key.in_(names)
    )
    if project is not None:
        query = query.where(RuleValue.project_id == project)
    found: dict[int, dict[str, int]] = {}
    for of, key, written in session.execute(query):
        value = _read(key, written)
        if value is not None:
            found.setdefault(of, {})[key] = value
    return found


def _read(key: str, written: str) -> Any:
    """Read a value as it is kept; None for what no rule can be, as an import may bring it."""
    known = rule_keys.KEYS.get(key)
    try:
        return None if known is None else rule_keys.checked(known, json.loads(written))
    except (ValueError, Misread, RecursionError):
        return None


def _year_of(home: Any) -> int | None:
    """Tell of which call a project is, from what is entered of it."""
    return rulebook.call_of(home.call_year, (home.action, home.call, home.agreement), home.start)


def _of_call(
    session: Session, project: int, known: tuple[CallRules, ...], *, agreed: bool
) -> Applied | None:
    row = session.execute(
        select(
            *(Project.action, Project.call, Project.call_year, Project.managed_by),
            *(Project.agreement, Project.start),
        ).where(Project.id == project)
    ).one()
    year = _year_of(row)
    for code in (row.action, row.call):  # the topic of the call names the action as well
        found = rulebook.of(known, code, year)
        if found is not None:
            return found
    if not agreed:
        return None
    year = year or 0
    name = row.action or "This project"
    bare = ActionRules(name, name, year, (), row.managed_by or "", None, {})
    return Applied(bare, CallRules(year, year, "", ""), year)
