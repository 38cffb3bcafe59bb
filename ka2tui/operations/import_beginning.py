"""A project that an import begins: what it is called, and where its phases stand."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from ka2tui.domain.intake import Finding, Item
from ka2tui.domain.kinds import PartnerRole
from ka2tui.domain.text import fold
from ka2tui.store.records import Phase, Project

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from ka2tui.operations.import_taking import Taking

_SHORT = 30


def values_of(taking: Taking, item: Item) -> dict[str, Any]:
    """Give the values of a new project, with a name where the files give none."""
    values = {name: value for name, value in item.defaults.items() if not name.startswith("_")}
    values |= item.values
    if not values.get("acronym"):
        derived = item.defaults.get("_acronym") or _short_name(values)
        values["acronym"] = _free(taking.session, derived)
        reason = f"no acronym is given; the project is called {values['acronym']}"
        taking.result.doubtful.append(Finding(item.file, item.row, None, None, reason))
    taking.result.doubtful += item.defaults.get("_when_new", ())
    return values


def let_phases_stand(taking: Taking, item: Item, project: Project) -> None:
    """Let the phases stand where the files say that the project is."""
    states = item.defaults.get("_phases", {})
    if states:
        taking.session.flush()
        for phase in taking.session.scalars(select(Phase).where(Phase.project_id == project.id)):
            phase.state = states.get(phase.kind, phase.state)


def keep_coordinator(taking: Taking, item: Item, values: dict[str, Any]) -> None:
    """Let a new partner be no second coordinator where one is stored."""
    if values.get("role") is not PartnerRole.COORDINATOR:
        return
    for other in taking.known["partner"]:
        if other.role is PartnerRole.COORDINATOR and id(other) not in taking.fresh:
            values["role"] = PartnerRole.BENEFICIARY
            reason = f"{other.acronym or other.name} is stored as coordinator, which is kept"
            taking.result.doubtful.append(item.at("role", f"{reason}; this one becomes a partner"))
            return


def _short_name(values: dict[str, Any]) -> str:
    title = values.get("title") or ""
    return (
        title if 0 < len(title) <= _SHORT else values.get("agreement") or title[:_SHORT]
    ) or "PROJECT"


def _free(session: Session, name: str) -> str:
    """Give a name that no project has yet, with a number behind it where need be."""
    taken = {fold(acronym) for acronym in session.scalars(select(Project.acronym))}
    if fold(name) not in taken:
        return name
    return next(f"{name} {number}" for number in count(2) if fold(f"{name} {number}") not in taken)
