"""What a row of an import refers to, by uid, by name, or by words that come near."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ka2tui.domain import codes
from ka2tui.domain.intake import Finding, Item, Link
from ka2tui.domain.kinds import PartnerRole
from ka2tui.domain.text import fold
from ka2tui.operations.import_names import (
    COORDINATOR,
    PARTS,
    UNIT_WORD,
    beside,
    called,
    is_all_of,
    is_code,
    key_of,
)
from ka2tui.operations.import_people import meant, people, person_beside
from ka2tui.operations.import_tables import TABLES, within, word_for
from ka2tui.store import records

if TYPE_CHECKING:
    from ka2tui.operations.import_taking import Taking


def whole(taking: Taking, item: Item) -> dict[str, Any] | None:
    """Give the values of an item with its references as ids; None where one is unknown."""
    values = dict(item.values)
    task = item.defaults.get("_task")
    if task is not None:
        owner = taking.made.get(id(task))
        if owner is None:
            return None
        values["task_id"] = owner.id
    known = True
    for name, link in item.links.items():
        if name != within(item.kind) and name not in values:
            known = _resolve(taking, item, name, link, values) and known
    if "about_uid" in values:
        values["about_uid"] = _stored_uid(taking, values.get("about", ""), values["about_uid"])
    if item.kind == "approved_fact" and values.get("field") in ("lead", "host"):
        # who was promised is a partner, named by its uid too
        values["value"] = _stored_uid(taking, "partner", values.get("value") or "") or None
    return values if known else None


def _stored_uid(taking: Taking, kind: str, uid: str) -> str:
    """Give the uid under which what a file names by table and uid is stored here."""
    if kind == "project":
        return str(taking.home.uid) if any(uid == i.uid for i in taking.items[kind]) else uid
    if kind not in TABLES:
        return uid
    taking.load(kind)
    found = taking.uids[kind].get(uid)
    return uid if found is None else str(found.uid)


def _resolve(taking: Taking, item: Item, name: str, link: Link, values: dict[str, Any]) -> bool:
    taking.load(link.kind)
    if link.by_uid:
        found = taking.uids[link.kind].get(link.said)
    else:
        found = taking.names[link.kind].get(key_of(link.said))
    if found is None and not link.by_uid:
        several, strangers = _several(taking, link)
        if several and (len(several) > 1 or strangers):
            return _note_others(taking, item, name, (several, strangers), values)
        found = several[0] if several else loosely(taking, item, name, link)
        if found is None and len(choices := meant(taking, link)) > 1:
            return _not_guessed(taking, item, name, [one for one, _ in choices], values)
    if found is not None:
        values[name] = found.id
        if link.otherwise == "contact_id" and (person := person_beside(taking, link.said, found)):
            values["contact_id"] = person.id
            item.columns["contact_id"] = item.columns[name]
        return True
    if key_of(link.said) in taking.refused[link.kind]:
        return False  # what is wrong with the row that it names is told there
    if link.by_uid or link.otherwise is None:
        taking.error(item, name, unknown(taking, link))
        return False
    return _otherwise(taking, item, name, link, values)


def _not_guessed(
    taking: Taking, item: Item, name: str, choices: list[Any], values: dict[str, Any]
) -> bool:
    """Leave open which of several is meant by a first name or a country."""
    link = item.links[name]
    reason = f"{link.said} could be {' or '.join(dict.fromkeys(map(called, choices)))}"
    if link.otherwise == "?" or "notes" not in TABLES[item.kind].__table__.c:
        taking.result.doubtful.append(item.at(name, f"{reason}; left out"))
        return link.otherwise != "?"
    _note(item, name, values)
    taking.result.doubtful.append(item.at(name, f"{reason}; kept in the notes"))
    return True


def _otherwise(taking: Taking, item: Item, name: str, link: Link, values: dict[str, Any]) -> bool:
    """Keep as words what names nobody known, as far as there is a place for it."""
    match link.otherwise:
        case "contact_id":
            return _person(taking, item, name, link, values)
        case "who":
            if _one_called(taking, link.said) is not None:
                return _person(taking, item, name, link, values)
            _note(item, name, values)
            reason = f"{unknown(taking, link)}; kept in the notes"
            taking.result.doubtful.append(item.at(name, reason))
            return True
        case "+":
            values[name] = _new_contact(taking, item, link)
            return True
        case "?":
            taking.result.doubtful.append(item.at(name, f"{unknown(taking, link)}; left out"))
            return False
        case "notes":
            _note(item, name, values)
            taking.result.doubtful.append(
                item.at(name, f"{unknown(taking, link)}; kept in the notes")
            )
            return True
        case other:
            values[str(other)] = link.said
            item.columns.setdefault(str(other), item.columns.get(name, ("", link.said)))
            taking.result.doubtful.append(item.at(name, f"{unknown(taking, link)}; kept as text"))
            return True


def _person(taking: Taking, item: Item, name: str, link: Link, values: dict[str, Any]) -> bool:
    """Take an assignee for a person; words that name nobody stay in the notes."""
    contact = taking.named("contact", link.said)
    alike = people(taking, link.said) if contact is None else []
    if len(alike) > 1:
        return _not_guessed(taking, item, name, alike, values)
    if alike:
        contact = alike[0]
        taking.result.doubtful.append(item.at(name, f"read as {called(contact)}", link.said))
    if contact is None:
        known = (_one_called(taking, part) for part in PARTS.split(link.said) if part)
        contact = next((one for one in known if one is not None), None)
        if contact is not None:
            _note(item, name, values)
            reason = f"{called(contact)} is kept, all of them in the notes"
            taking.result.doubtful.append(item.at(name, reason, link.said))
    if contact is not None:
        values["contact_id"] = contact.id
        item.columns["contact_id"] = item.columns[name]
        if contact.partner_id is not None:
            values["partner_id"] = contact.partner_id
        return True
    if len(link.said.split()) < 2 and (is_code(link.said) or _nearest(taking, link)):
        taking.error(item, name, unknown(taking, link))
        return False
    _note(item, name, values)
    taking.result.doubtful.append(item.at(name, f"{unknown(taking, link)}; kept in the notes"))
    return True


def _one_called(taking: Taking, said: str) -> Any:
    """Give the one contact whom a name, or a part of it, means."""
    found = taking.named("contact", said)
    alike = people(taking, said) if found is None else []
    return alike[0] if len(alike) == 1 else found


def _several(taking: Taking, link: Link) -> tuple[list[Any], list[str]]:
    """Give the records where words name several, and the parts that name nobody known."""
    found: list[Any] = []
    strangers = []
    parts = [part for part in PARTS.split(link.said) if part]
    if len(parts) < 2:
        return [], []
    for part in parts:
        record = taking.named(link.kind, part)
        if record is None:
            strangers.append(part)
        elif record not in found:
            found.append(record)
    if link.kind != "partner":
        return ([], []) if strangers else (found, [])
    known = {key_of(word) for record in found for word in beside(record)}
    return found, [part for part in strangers if key_of(part) not in known]


def _note_others(
    taking: Taking,
    item: Item,
    name: str,
    named: tuple[list[Any], list[str]],
    values: dict[str, Any],
) -> bool:
    """Keep the first of several in its field and all in the notes; a strange code is wrong."""
    link, (several, strangers) = item.links[name], named
    persons = [_one_called(taking, part) for part in strangers]
    for part, person in zip(strangers, persons, strict=True):
        if person is None and is_code(part) and link.otherwise in {None, "contact_id"}:
            taking.error(item, name, unknown(taking, Link(link.kind, part)))
            return False
    values[name] = several[0].id
    person = next((one for one in persons if one is not None), None)
    if link.otherwise == "contact_id" and person is not None:
        values["contact_id"] = person.id
        item.columns["contact_id"] = item.columns[name]
    if "notes" in TABLES[item.kind].__table__.c:
        _note(item, name, values)
    reason = f"{called(several[0])} is kept"
    if len(several) > 1:
        reason = f"several are named; {reason}"
    strange = [p for p, one in zip(strangers, persons, strict=True) if one is None]
    if strange:
        reason += f"; there is no {word_for(link.kind)} {' and no '.join(strange)}"
    taking.result.doubtful.append(item.at(name, reason, link.said))
    return True


def loosely(taking: Taking, item: Item, name: str, link: Link) -> Any:
    """Find what words name in another form; say what they were read as where it is no rule."""
    found = taking.named(link.kind, link.said)
    if found is not None:
        if link.kind == "partner" and not is_all_of(link.said, found):
            taking.result.doubtful.append(item.at(name, f"read as {called(found)}", link.said))
        return found
    if link.kind == "work_unit":
        found = _numbered(taking, link.said)
    elif link.kind == "partner" and key_of(link.said) in COORDINATOR:
        known = [one for one in taking.known["partner"] if one.role is PartnerRole.COORDINATOR]
        found = known[0] if len(known) == 1 else None
    elif len(choices := meant(taking, link)) == 1:
        found, reason = choices[0]
        taking.result.doubtful.append(item.at(name, reason, link.said))
        return found
    if found is not None:
        taking.result.doubtful.append(item.at(name, f"read as {called(found)}", link.said))
    return found


def _numbered(taking: Taking, said: str) -> Any:
    """Find the one work package whose number or title words mean."""
    taking.load("work_unit")
    known = taking.known["work_unit"]
    if codes.unit_number(said) is not None:
        named = set(codes.units_meant(said, (one.code for one in known)))
        meant = [one for one in known if one.code in named]
    else:
        bare = UNIT_WORD.sub("", fold(said)).strip(" :.-–")
        titles = {key_of(said), key_of(bare)}
        meant = [one for one in known if one.title and key_of(one.title) in titles]
    return meant[0] if len(meant) == 1 else None


def _note(item: Item, name: str, values: dict[str, Any]) -> None:
    heading, text = item.columns.get(name, (name, ""))
    values["notes"] = "\n".join(filter(None, [values.get("notes"), f"{heading}: {text}"]))
    item.columns.setdefault("notes", ("", values["notes"]))


def _new_contact(taking: Taking, item: Item, link: Link) -> int:
    """Enter a person who stands in a list of attendance only."""
    partner = taking.named("partner", item.defaults.get("_partner", ""))
    made = records.Contact(project_id=taking.home.id, name=link.said)
    made.partner_id = partner.id if partner is not None else None
    taking.session.add(made)
    taking.flush()
    taking.known["contact"].append(made)
    taking.fresh.add(id(made))
    taking.learn("contact", made)
    taking.result.added.append(Finding(item.file, item.row, None, link.said, "contact"))
    return made.id


def unknown(taking: Taking, link: Link) -> str:
    """Say that words name nothing known, and what comes nearest."""
    if link.by_uid:
        return f"there is no {word_for(link.kind)} with this uid"
    near = _nearest(taking, link)
    hint = f" (nearest: {near})" if near else ""
    if link.kind == "partner" and not taking.known.get("partner"):
        hint = ", for no table of partners was read"
    return f"there is no {word_for(link.kind)} {link.said}{hint}"


def _nearest(taking: Taking, link: Link) -> str | None:
    """Give what the nearest record to some words is called."""
    from difflib import get_close_matches  # 6 ms, and only on the way to a complaint

    known = [called(one) for one in taking.known.get(link.kind, [])]
    return next(iter(get_close_matches(link.said, filter(None, known), 1, 0.6)), None)
