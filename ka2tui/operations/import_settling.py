"""What an import settles between rows: who coordinates, who leads, what is part of what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ka2tui.domain import work_plan
from ka2tui.domain.intake import Item
from ka2tui.domain.kinds import PartnerRole
from ka2tui.domain.refusal import Refused
from ka2tui.operations import import_links
from ka2tui.operations.import_names import called, key_of, names_given
from ka2tui.operations.import_tables import within

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ka2tui.operations.import_taking import Taking


def settle_coordinator(taking: Taking) -> None:
    """Let the partner coordinate whom the project's facts name."""
    said = [item for item in taking.items["partner"] if item.defaults.get("_coordinator")]
    taking.items["partner"] = [i for i in taking.items["partner"] if i not in said]
    for item in said:
        taking.load("partner")
        name = item.values["name"]
        named = [i for i in taking.items["partner"] if names_given(i) & {key_of(name)}]
        stored = taking.named("partner", name)
        if named:
            _let_coordinate(taking, item, named[0])
        elif stored is not None:
            if stored.role is not PartnerRole.COORDINATOR:
                reason = f"{called(stored)} is stored as {stored.role.word}, which is kept"
                taking.result.doubtful.append(item.at("name", reason))
        elif not taking.known["partner"] and all(
            (other.file, other.row) == (item.file, item.row) for other in taking.items["partner"]
        ):
            del item.defaults["_coordinator"]
            taking.items["partner"].insert(0, item)
        else:
            reason = f"there is no partner {name}; the coordinator is not set by it"
            taking.result.doubtful.append(item.at("name", reason))


def _let_coordinate(taking: Taking, said: Item, partner: Item) -> None:
    role = partner.values.get("role")
    if role is None:
        partner.values["role"] = PartnerRole.COORDINATOR
        partner.columns["role"] = said.columns["name"]
    elif role is not PartnerRole.COORDINATOR:
        reason = f"{partner.file} says that {partner.name} is {role.word}, which is kept"
        taking.result.doubtful.append(said.at("name", reason))


def settle_leads(taking: Taking) -> None:
    """Set who leads work packages, and who with them, as the partners' table says it."""
    taking.flush()
    for item in taking.items["_lead"]:
        partner = taking.made.get(id(item.values["partner"]))
        link = item.links["work_unit_id"]
        unit = import_links.loosely(taking, item, "work_unit_id", link)
        if unit is None:
            taking.error(item, "work_unit_id", import_links.unknown(taking, link))
        elif partner is not None and item.values["role"] is None:
            _set_lead(taking, item, unit, partner, new=id(unit) in taking.fresh)
        elif partner is not None:
            share = Item("share", item.file, item.row, f"{unit.code}, {called(partner)}")
            share.columns = {"role": item.columns["work_unit_id"]}
            share.values = {
                "role": "co-lead",
                "work_unit_id": unit.id,
                "partner_id": partner.id,
            }
            taking.items["share"].append(share)


def _set_lead(taking: Taking, item: Item, unit: Any, partner: Any, *, new: bool) -> None:
    if unit.lead_id == partner.id:
        return
    if unit.lead_id is None and (new or taking.update):
        unit.lead_id = partner.id
        if not new:
            reason = f"work package {unit.code}: had no lead"
            taking.result.changed.append(item.at("work_unit_id", reason))
        return
    stored = taking.words(unit, "lead_id")
    reason = f"{unit.code} is led by {stored}, which is kept"
    taking.result.doubtful.append(item.at("work_unit_id", reason))


def settle_parents(taking: Taking, kind: str, later: Iterable[tuple[Item, Any]]) -> None:
    """Set what is part of what, or follows what, once every row of the table is there."""
    name = within(kind)
    if taking.result.errors or name is None:
        return
    taking.flush()
    for item, record in later:
        link = item.links[name]
        parent = (
            taking.uids[kind].get(link.said)
            if link.by_uid
            else import_links.loosely(taking, item, name, link)
        )
        if parent is None or parent is record:
            reason = "it cannot be part of itself" if parent else import_links.unknown(taking, link)
            taking.error(item, name, reason)
            continue
        _set_parent(taking, item, name, record, parent)
    _refuse_circles(taking, kind, name, later)


def _set_parent(taking: Taking, item: Item, name: str, record: Any, parent: Any) -> None:
    if getattr(record, name) == parent.id:
        return
    if item.kind == "work_unit":
        try:
            work_plan.check_nesting(record.kind, parent.kind)
        except Refused as refused:
            taking.error(item, name, str(refused))
            return
    new = id(record) in taking.fresh
    if new or taking.update:
        if not new:
            taking.result.changed.append(
                item.at(name, f"{item.name}: was {taking.words(record, name)}")
            )
        setattr(record, name, parent.id)
        return
    stored = taking.words(record, name)
    reason = f"{item.name} is stored with {stored}, which is kept; --update changes it"
    taking.result.doubtful.append(item.at(name, reason))


def _refuse_circles(
    taking: Taking, kind: str, name: str, later: Iterable[tuple[Item, Any]]
) -> None:
    up = {record.id: getattr(record, name) for record in taking.known[kind]}
    for item, record in later:
        seen, at = set(), record.id
        while at is not None and at not in seen:
            seen.add(at)
            at = up.get(at)
        if at is not None:
            taking.error(item, name, f"{item.name} would be part of itself, by way of others")
            return
