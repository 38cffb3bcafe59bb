"""Imports: what files say, held against what is stored, and taken in as one change."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import UniqueConstraint, select

from ka2tui.domain import countries, work_plan
from ka2tui.domain.intake import Finding, Intake, Item, Link, Taken, meets
from ka2tui.domain.kinds import Kind, MeetingState, PartnerRole
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import clean, fold
from ka2tui.operations import projects
from ka2tui.store import records
from ka2tui.store.operation import operation, say
from ka2tui.store.records import Project, Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from sqlalchemy.orm import Session

ORDER = (
    *("priority", "phase", "phase_step", "partner", "contact", "work_unit", "share"),
    *("deliverable", "milestone", "meeting", "agenda_item", "head_count", "attendance", "outcome"),
    *("assessment", "answer", "task", "tag", "task_link"),
)
"""The tables of a project, each after those it refers to."""

TABLES: dict[str, type[Any]] = {
    mapper.class_.__tablename__: mapper.class_
    for mapper in Record.registry.mappers
    if mapper.class_.__tablename__ in {*ORDER, "project"}
}
_KEYS: dict[str, tuple[tuple[str, ...], ...]] = {
    "priority": (("name",),),
    "phase": (("kind",),),
    "phase_step": (("phase_id", "code"), ("phase_id", "title")),
    "partner": (("acronym",), ("oid",), ("pic",), ("name",)),
    "contact": (("partner_id", "email"), ("partner_id", "name"), ("name",)),
    "work_unit": (("code",),),
    "share": (("work_unit_id", "partner_id"),),
    "deliverable": (("code",),),
    "milestone": (("code",),),
    "meeting": (("code",), ("title", "day"), ("title", "month")),
    "agenda_item": (("meeting_id", "position"), ("meeting_id", "title")),
    "head_count": (("meeting_id", "partner_id", "organisation", "country", "profile"),),
    "attendance": (("meeting_id", "contact_id", "day"),),
    "outcome": (("meeting_id", "kind", "text"),),
    "assessment": (("checklist", "assessor", "day"),),
    "answer": (("assessment_id", "code"),),
    "task": (("code",), ("title", "work_unit_id")),
    "tag": (("task_id", "name"),),
    "task_link": (("task_id", "needs_id"),),
}
_WITH_GAPS = {"head_count", "attendance", "task", "contact"}
"""Kinds whose key may hold nothing in a place."""
_MERGING = {"share", "tag", "task_link", "contact", "attendance", "priority"}
"""Kinds that several rows may name; together they make one record."""
_PAIRS = {
    "project": (("start", "end"),),
    "phase": (("planned_start", "planned_end"), ("actual_start", "actual_end")),
    "work_unit": (("start_month", "end_month"), ("start", "end")),
    "meeting": (("day", "end_day"),),
}
_RANGES: dict[str, dict[str, tuple[int, int | None]]] = {
    "project": {"months": (1, 120), "grant_cents": (0, None)},
    "partner": {"day_start_minute": (0, 1440), "day_end_minute": (0, 1440)},
    "work_unit": {
        "start_month": (1, 120),
        "end_month": (1, 120),
        "amount_cents": (0, None),
        "percent": (0, 100),
        "expected_participants": (0, None),
    },
    "share": {"amount_cents": (0, None)},
    "task": {"effort_minutes": (0, None), "due_month": (1, 120)},
    "deliverable": {"due_month": (1, 120)},
    "milestone": {"due_month": (1, 120)},
    "meeting": {"minutes_long": (1, None), "participants": (0, None), "month": (1, 120)},
    "agenda_item": {"minutes_planned": (0, None)},
    "head_count": {"people": (0, None)},
    "answer": {"score": (0, 4), "weight": (1, 3)},
}
_WORDS = {
    "work_unit": "work package or activity",
    "agenda_item": "agenda item",
    "head_count": "head count",
    "phase_step": "step",
    "task_link": "dependency",
    "_lead": "lead",
}
_PARTS = re.compile(r"\s*[;,/+&\n|]\s*|\s+(?:and|und|et|y|ve|i|e|[-–—])\s+")
_UNIT_NUMBER = re.compile(
    r"(?:(?P<wp>wp|work ?package|arbeitspaket|ap|lot(?: de travail)?|pt|is paketi|ip"
    r"|pakiet(?: roboczy)?)"
    r"|(?P<io>io|o|output|intellectual output|pr|project result)|(?P<a>a|act\.?|activity)"
    r"|(?P<h>h|heading))?[ .:_-]*(?:no\.?|nr\.?)? ?0*(?P<number>\d{1,2}(?:\.\d{1,2})?)"
)
_UNIT_WORD = re.compile(r"^(?:wp|work ?package|activity|heading|arbeitspaket)\b")
_COORDINATOR = {
    *("coordinator", "coordinating", "leadpartner", "applicant", "projectcoordinator"),
    *("coordinatingorganisation", "coordinatingpartner", "koordinator", "koordynator"),
    *("coordinateur", "coordinador", "coordinatore", "coordenador", "coordonator", "koordinatör"),
    *("συντονιστης", "projektkoordinator", "lider"),
}


class Faulty(Refused):
    """Nothing was imported: the files have errors."""

    def __init__(self, taken: Taken) -> None:
        errors = taken.errors
        first = errors[0]
        place = f"{first.file}, row {first.row}" if first.row is not None else first.file
        more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        super().__init__(f"Nothing was imported: {place}: {first.reason}{more}.")
        self.taken = taken


@operation("Import")
def take(
    session: Session,
    intake: Intake,
    *,
    project: int | None = None,
    update: bool = False,
    today: date,
) -> Taken:
    """Take in everything, or nothing at all.

    What is stored already and says the same is left alone; where it differs it is kept and
    reported, unless `update`.

    Args:
        project: Where the records go, for files that do not say it.
        update: Let the files win over what is stored.
        today: Meetings before it count as held.

    Raises:
        Faulty: There is an error in a file, or in how it fits; it carries the whole result.
    """
    taking = _Taking(session, intake, update=update, today=today)
    with session.no_autoflush:
        taking.find_project(project)
        if taking.project is not None:
            taking.take_all(taking.project)
    if taking.result.errors:
        raise Faulty(taking.result)
    session.flush()
    files = list(dict.fromkeys(item.file.partition(",")[0] for item in intake.items))
    source = files[0] if len(files) == 1 else f"{len(files)} files"
    say(session, "Import {project} from {source}", project=taking.result.acronym, source=source)
    return taking.result


class _Taking:
    """One import on its way."""

    def __init__(self, session: Session, intake: Intake, *, update: bool, today: date) -> None:
        self.session = session
        self.intake = intake
        self.update = update
        self.today = today
        self.result = Taken(
            doubtful=list(intake.doubtful),
            dropped=list(intake.dropped),
            errors=list(intake.errors),
        )
        self.items: dict[str, list[Item]] = defaultdict(list)
        for item in intake.items:
            self.items[item.kind].append(item)
        self.known: dict[str, list[Any]] = {}
        self.names: dict[str, dict[str, Any]] = {}
        self.uids: dict[str, dict[str, Any]] = {}
        self.made: dict[int, Any] = {}
        """By the identity of an item the record it became."""
        self.project: Project | None = None
        self.new_project = False
        self._fresh: set[int] = set()
        """By the identity of a record, those added here; `known` keeps them alive."""
        self._used: set[int] = set()
        self._others: dict[str, bool] = {}

    # -- the project

    def find_project(self, named: int | None) -> None:
        """Find the project that everything belongs to, or begin it."""
        item = next(iter(self.items["project"]), None)
        stored = self.session.get(Project, named) if named is not None else None
        if item is None:
            if stored is None:
                reason = (
                    "no table says which project this is: add one with field and value, or make "
                    "the project with 'ka2tui project new' and name it with --project"
                )
                file = self.intake.items[0].file if self.intake.items else "the files"
                self.result.errors.append(Finding(file, None, None, None, reason))
                return
            self._use(stored)
            return
        like = find_like(self.session, item)
        if stored is not None and like is not stored:
            reason = (
                f"this is about {item.name}, but {stored.acronym} is selected: leave out --project "
                "(and KA2TUI_PROJECT) to import it as a project of its own"
            )
            self.result.errors.append(Finding(item.file, item.row, None, item.name, reason))
            return
        if like is not None:
            self._use(like)
            self._compare_project(item, like)
        else:
            self._begin(item)

    def _use(self, project: Project) -> None:
        self.project = project
        self.result.project, self.result.acronym = project.id, project.acronym

    def _begin(self, item: Item) -> None:
        values = dict(item.values)
        if not values.get("acronym"):
            values["acronym"] = _short_name(values)
            reason = f"no acronym is given; the project is called {values['acronym']}"
            self.result.doubtful.append(Finding(item.file, item.row, None, None, reason))
        uid = None if item.uid is None or self._uid_taken("project", item.uid) else item.uid
        try:
            if self.items["phase"]:
                project = Project(**values, **({"uid": uid} if uid else {}))
                self._check(item, project, "project")
                self.session.add(project)
                self.session.flush()
            else:
                made = projects.add(self.session, **values, uid=uid, today=self.today)
                project = self.session.get_one(Project, made)
        except Refused as refused:
            self._error(item, None, str(refused))
            return
        self.new_project = True
        self._use(project)
        self._tell(self.result.added, item, "project")

    def _compare_project(self, item: Item, project: Project) -> None:
        changes = self._compare(item, project, item.values)
        if changes and self.update:
            try:
                projects.edit(self.session, project.id, changes, today=self.today)
            except Refused as refused:
                self._error(item, None, str(refused))

    # -- everything else

    def take_all(self, project: Project) -> None:
        """Take in the tables, each after those it refers to."""
        self.home = project
        self._settle_coordinator()
        for kind in ORDER:
            if not self.items[kind]:
                continue
            self._load(kind)
            self._take_kind(kind)
            if kind == "work_unit":
                self._settle_leads()
            self._refuse_twins(kind)
            self._flush()

    def _flush(self) -> None:
        """Give the new records their ids; with an error nothing is written, only looked on."""
        if not self.result.errors:
            self.session.flush()

    def _take_kind(self, kind: str) -> None:
        unused = self._index(kind)
        later: list[tuple[Item, Any]] = []
        fresh: dict[tuple[Any, ...], Any] = {}
        for item in self.items[kind]:
            values = self._whole(item)
            if values is None:
                continue
            found = self._match(item, values, unused)
            key = next(self._keys(kind, values.get), None) if kind in _MERGING else None
            if found is None and key in fresh:
                self._fill(item, fresh[key], values)
                continue
            if found is None:
                found = self._add(item, values)
                if key is not None:
                    fresh[key] = found
            else:
                self._edit(item, found, values)
            self.made[id(item)] = found
            if "parent_id" in item.links:
                later.append((item, found))
        if later:
            self._settle_parents(kind, later)

    def _add(self, item: Item, values: dict[str, Any]) -> Any:
        defaults = {k: v for k, v in item.defaults.items() if not k.startswith("_")}
        whole = {**defaults, **values}
        if not self.intake.whole:
            self._fill_in(item, whole)
        made = TABLES[item.kind](project_id=self.home.id, **whole)
        if item.uid is not None:
            if self._uid_taken(item.kind, item.uid):
                reason = "its uid belongs to a record of another project; it was given a new one"
                self.result.doubtful.append(Finding(item.file, item.row, "uid", item.uid, reason))
            else:
                made.uid = item.uid
            self.uids[item.kind][item.uid] = made
        self._check(item, made, item.kind)
        self.session.add(made)
        self.known[item.kind].append(made)
        self._fresh.add(id(made))
        self._learn(item.kind, made)
        self._tell(self.result.added, item, item.kind)
        return made

    def _fill_in(self, item: Item, values: dict[str, Any]) -> None:
        """Set what follows from the rest, where the file does not say it."""
        if item.kind == "work_unit":
            nested = "parent_id" in item.links
            values.setdefault(
                "kind", work_plan.kind_for(values["code"], self.home.shape, nested=nested)
            )
            values.setdefault("position", len(self.known["work_unit"]) + 1)
        if item.kind == "task":
            values.setdefault("position", len(self.known["task"]) + 1)
        if item.kind == "meeting" and "state" not in values:
            last = values.get("end_day") or values.get("day")
            if last is not None and last < self.today:
                values["state"] = MeetingState.HELD
            self._host(item, values)

    def _host(self, item: Item, values: dict[str, Any]) -> None:
        """Let the partner host where the place of a meeting is one."""
        place = item.defaults.get("_place")
        if not place or values.get("host_id") is not None:
            return
        for part in (place, place.partition(",")[0]):
            partner = self._named("partner", part)
            if partner is not None:
                values["host_id"] = partner.id
                return

    def _edit(self, item: Item, record: Any, values: dict[str, Any]) -> None:
        changes = self._compare(item, record, values)
        if self.update and changes:
            for name, value in changes.items():
                setattr(record, name, value)
            self._check(item, record, item.kind)
            self._learn(item.kind, record)

    def _fill(self, item: Item, record: Any, values: dict[str, Any]) -> None:
        """Add to a record of this import what another row says of it."""
        for name, value in values.items():
            if getattr(record, name) is None:
                setattr(record, name, value)
            elif not _equal(getattr(record, name), value):
                self.result.doubtful.append(
                    item.at(name, f"another row says {_said(getattr(record, name))}, which is kept")
                )
        self.made[id(item)] = record

    def _compare(self, item: Item, record: Any, values: dict[str, Any]) -> dict[str, Any]:
        """Find what differs from what is stored, and say it once for every cell."""
        differs = {n: v for n, v in values.items() if not _equal(getattr(record, n), v)}
        told: set[tuple[str, str]] = set()
        for name, value in differs.items():
            cell = item.columns.get(name, (name, _said(value)))
            if cell in told:
                continue
            told.add(cell)
            stored = self._words(record, name)
            found = Finding(item.file, item.row, cell[0] or name, cell[1], "")
            if self.update:
                reason = f"{_word(item.kind)} {item.name}: was {stored}"
                self.result.changed.append(found._replace(reason=reason))
            else:
                reason = f"{item.name} is stored with {stored}, which is kept; --update changes it"
                self.result.doubtful.append(found._replace(reason=reason))
        if not differs:
            self._tell(self.result.same, item, item.kind)
        return differs

    def _words(self, record: Any, name: str) -> str:
        value = getattr(record, name)
        if name.endswith("_id") and value is not None:
            for column in record.__table__.c[name].foreign_keys:
                table = TABLES[column.column.table.name]
                other = self.session.get(table, value)
                for field in ("code", "acronym", "name", "title"):
                    if other is not None and getattr(other, field, None):
                        return f"“{getattr(other, field)}”"
        return _said(value)

    # -- what a row refers to

    def _whole(self, item: Item) -> dict[str, Any] | None:
        """Give the values of an item with its references as ids; None where one is unknown."""
        values = dict(item.values)
        task = item.defaults.get("_task")
        if task is not None:
            owner = self.made.get(id(task))
            if owner is None:
                return None
            values["task_id"] = owner.id
        whole = True
        for name, link in item.links.items():
            if name != "parent_id" and name not in values:
                whole = self._resolve(item, name, link, values) and whole
        return values if whole else None

    def _resolve(self, item: Item, name: str, link: Link, values: dict[str, Any]) -> bool:
        self._load(link.kind)
        if link.by_uid:
            found = self.uids[link.kind].get(link.said)
        else:
            found = self.names[link.kind].get(_key(link.said))
        if found is None and not link.by_uid:
            several, strangers = self._several(link)
            if several and (len(several) > 1 or strangers):
                return self._note_others(item, name, (several, strangers), values)
            found = several[0] if several else self._loosely(item, name, link)
        if found is not None:
            values[name] = found.id
            return True
        if link.by_uid or link.otherwise is None:
            self._error(item, name, self._unknown(link))
            return False
        return self._otherwise(item, name, link, values)

    def _otherwise(self, item: Item, name: str, link: Link, values: dict[str, Any]) -> bool:
        """Keep as words what names nobody known, as far as there is a place for it."""
        match link.otherwise:
            case "contact_id":
                return self._person(item, name, link, values)
            case "+":
                values[name] = self._new_contact(item, link)
                return True
            case "?":
                self.result.doubtful.append(item.at(name, f"{self._unknown(link)}; left out"))
                return False
            case "notes":
                self._note(item, name, values)
                self.result.doubtful.append(
                    item.at(name, f"{self._unknown(link)}; kept in the notes")
                )
                return True
            case other:
                values[str(other)] = link.said
                item.columns.setdefault(str(other), item.columns.get(name, ("", link.said)))
                self.result.doubtful.append(item.at(name, f"{self._unknown(link)}; kept as text"))
                return True

    def _person(self, item: Item, name: str, link: Link, values: dict[str, Any]) -> bool:
        """Take an assignee for a person; words that name nobody stay in the notes."""
        self._load("contact")
        contact = self._named("contact", link.said)
        if contact is not None:
            values["contact_id"] = contact.id
            item.columns["contact_id"] = item.columns[name]
            if contact.partner_id is not None:
                values["partner_id"] = contact.partner_id
            return True
        if len(link.said.split()) < 2:
            self._error(item, name, self._unknown(link))
            return False
        self._note(item, name, values)
        self.result.doubtful.append(item.at(name, f"{self._unknown(link)}; kept in the notes"))
        return True

    def _several(self, link: Link) -> tuple[list[Any], list[str]]:
        """Give the records where words name several, and the parts that name nobody known."""
        found: list[Any] = []
        strangers = []
        parts = [part for part in _PARTS.split(link.said) if part]
        if len(parts) < 2:
            return [], []
        for part in parts:
            record = self._named(link.kind, part)
            if record is None:
                strangers.append(part)
            elif record not in found:
                found.append(record)
        if link.kind != "partner":
            return ([], []) if strangers else (found, [])
        known = {_key(word) for record in found for word in _beside(record)}
        return found, [part for part in strangers if _key(part) not in known]

    def _note_others(
        self,
        item: Item,
        name: str,
        named: tuple[list[Any], list[str]],
        values: dict[str, Any],
    ) -> bool:
        """Keep the first of several in its field and all in the notes; a strange code is wrong."""
        link, (several, strangers) = item.links[name], named
        people = [self._named("contact", part) for part in strangers]
        for part, person in zip(strangers, people, strict=True):
            if person is None and _is_code(part) and link.otherwise in {None, "contact_id"}:
                self._error(item, name, self._unknown(Link(link.kind, part)))
                return False
        values[name] = several[0].id
        person = next((one for one in people if one is not None), None)
        if link.otherwise == "contact_id" and person is not None:
            values["contact_id"] = person.id
            item.columns["contact_id"] = item.columns[name]
        if "notes" in TABLES[item.kind].__table__.c:
            self._note(item, name, values)
        reason = f"{_called(several[0])} is kept"
        if len(several) > 1:
            reason = f"several are named; {reason}"
        unknown = [p for p, one in zip(strangers, people, strict=True) if one is None]
        if unknown:
            reason += f"; there is no {_word(link.kind)} {' and no '.join(unknown)}"
        self.result.doubtful.append(item.at(name, reason, link.said))
        return True

    def _loosely(self, item: Item, name: str, link: Link) -> Any:
        """Find what words name in another form; say what they were read as where it is no rule."""
        found = self._named(link.kind, link.said)
        if found is not None:
            if link.kind == "partner" and not _is_all_of(link.said, found):
                self.result.doubtful.append(item.at(name, f"read as {_called(found)}", link.said))
            return found
        if link.kind == "work_unit":
            found = self._numbered(link.said)
        elif link.kind == "partner" and _key(link.said) in _COORDINATOR:
            known = [one for one in self.known["partner"] if one.role is PartnerRole.COORDINATOR]
            found = known[0] if len(known) == 1 else None
        if found is not None:
            self.result.doubtful.append(item.at(name, f"read as {_called(found)}", link.said))
        return found

    def _numbered(self, said: str) -> Any:
        """Find the one work package whose number or title words mean."""
        self._load("work_unit")
        known = self.known["work_unit"]
        wanted = _unit_number(said)
        if wanted is not None:
            meant = [one for one in known if _same_number(wanted, _unit_number(one.code))]
        else:
            bare = _UNIT_WORD.sub("", fold(said)).strip(" :.-–")
            titles = {_key(said), _key(bare)}
            meant = [one for one in known if one.title and _key(one.title) in titles]
        return meant[0] if len(meant) == 1 else None

    @staticmethod
    def _note(item: Item, name: str, values: dict[str, Any]) -> None:
        heading, text = item.columns.get(name, (name, ""))
        values["notes"] = "\n".join(filter(None, [values.get("notes"), f"{heading}: {text}"]))
        item.columns.setdefault("notes", ("", values["notes"]))

    def _new_contact(self, item: Item, link: Link) -> int:
        """Enter a person who stands in a list of attendance only."""
        partner = self._named("partner", item.defaults.get("_partner", ""))
        made = records.Contact(project_id=self.home.id, name=link.said)
        made.partner_id = partner.id if partner is not None else None
        self.session.add(made)
        self._flush()
        self.known["contact"].append(made)
        self._fresh.add(id(made))
        self._learn("contact", made)
        self.result.added.append(Finding(item.file, item.row, None, link.said, "contact"))
        return made.id

    def _unknown(self, link: Link) -> str:
        if link.by_uid:
            return f"there is no {_word(link.kind)} with this uid"
        known = [_called(one) for one in self.known.get(link.kind, [])]
        from difflib import get_close_matches  # 6 ms, and only on the way to a complaint

        near = get_close_matches(link.said, [name for name in known if name], 1, 0.6)
        hint = f" (nearest: {near[0]})" if near else ""
        return f"there is no {_word(link.kind)} {link.said}{hint}"

    # -- settled at the end

    def _settle_coordinator(self) -> None:
        """Let the partner coordinate whom the project's facts name."""
        said = [item for item in self.items["partner"] if item.defaults.get("_coordinator")]
        self.items["partner"] = [i for i in self.items["partner"] if i not in said]
        for item in said:
            self._load("partner")
            name = item.values["name"]
            named = [i for i in self.items["partner"] if _names(i) & {_key(name)}]
            stored = self._named("partner", name)
            if named:
                self._let_coordinate(item, named[0])
            elif stored is not None:
                if stored.role is not PartnerRole.COORDINATOR:
                    reason = f"{_called(stored)} is stored as {stored.role.word}, which is kept"
                    self.result.doubtful.append(item.at("name", reason))
            elif not self.known["partner"] and all(
                (other.file, other.row) == (item.file, item.row) for other in self.items["partner"]
            ):
                del item.defaults["_coordinator"]
                self.items["partner"].insert(0, item)
            else:
                reason = f"there is no partner {name}; the coordinator is not set by it"
                self.result.doubtful.append(item.at("name", reason))

    def _let_coordinate(self, said: Item, partner: Item) -> None:
        role = partner.values.get("role")
        if role is None:
            partner.values["role"] = PartnerRole.COORDINATOR
            partner.columns["role"] = said.columns["name"]
        elif role is not PartnerRole.COORDINATOR:
            reason = f"{partner.file} says that {partner.name} is {role.word}, which is kept"
            self.result.doubtful.append(said.at("name", reason))

    def _settle_leads(self) -> None:
        """Set who leads work packages, and who with them, as the partners' table says it."""
        self._flush()
        for item in self.items["_lead"]:
            partner = self.made.get(id(item.values["partner"]))
            link = item.links["work_unit_id"]
            unit = self._loosely(item, "work_unit_id", link)
            if unit is None:
                self._error(item, "work_unit_id", self._unknown(link))
            elif partner is not None and item.values["role"] is None:
                self._set_lead(item, unit, partner, new=id(unit) in self._fresh)
            elif partner is not None:
                share = Item("share", item.file, item.row, f"{unit.code}, {_called(partner)}")
                share.columns = {"role": item.columns["work_unit_id"]}
                share.values = {
                    "role": "co-lead",
                    "work_unit_id": unit.id,
                    "partner_id": partner.id,
                }
                self.items["share"].append(share)

    def _set_lead(self, item: Item, unit: Any, partner: Any, *, new: bool) -> None:
        if unit.lead_id == partner.id:
            return
        if unit.lead_id is None and (new or self.update):
            unit.lead_id = partner.id
            if not new:
                reason = f"work package {unit.code}: had no lead"
                self.result.changed.append(item.at("work_unit_id", reason))
            return
        stored = self._words(unit, "lead_id")
        reason = f"{unit.code} is led by {stored}, which is kept"
        self.result.doubtful.append(item.at("work_unit_id", reason))

    def _settle_parents(self, kind: str, later: Iterable[tuple[Item, Any]]) -> None:
        if self.result.errors:
            return
        self._flush()
        for item, record in later:
            link = item.links["parent_id"]
            parent = (
                self.uids[kind].get(link.said)
                if link.by_uid
                else self._loosely(item, "parent_id", link)
            )
            if parent is None or parent is record:
                reason = "it cannot be part of itself" if parent else self._unknown(link)
                self._error(item, "parent_id", reason)
                continue
            self._set_parent(item, record, parent)
        self._refuse_circles(kind, "parent_id", later)

    def _set_parent(self, item: Item, record: Any, parent: Any) -> None:
        if record.parent_id == parent.id:
            return
        if item.kind == "work_unit":
            try:
                work_plan.check_nesting(record.kind, parent.kind)
            except Refused as refused:
                self._error(item, "parent_id", str(refused))
                return
        new = id(record) in self._fresh
        if new or self.update:
            if not new:
                self.result.changed.append(
                    item.at("parent_id", f"{item.name}: was {self._words(record, 'parent_id')}")
                )
            record.parent_id = parent.id
            return
        stored = self._words(record, "parent_id")
        reason = f"{item.name} is stored with {stored}, which is kept; --update changes it"
        self.result.doubtful.append(item.at("parent_id", reason))

    def _refuse_circles(self, kind: str, name: str, later: Iterable[tuple[Item, Any]]) -> None:
        up = {record.id: getattr(record, name) for record in self.known[kind]}
        for item, record in later:
            seen, at = set(), record.id
            while at is not None and at not in seen:
                seen.add(at)
                at = up.get(at)
            if at is not None:
                self._error(item, name, f"{item.name} would be part of itself, by way of others")
                return

    # -- known records

    def _load(self, kind: str) -> None:
        if kind in self.known:
            return
        table = TABLES[kind]
        self.known[kind], self.names[kind], self.uids[kind] = [], {}, {}
        if not self.new_project or kind in {"phase", "phase_step", "priority"}:
            mine = select(table).where(table.project_id == self.home.id).order_by(table.id)
            self.known[kind] = list(self.session.scalars(mine))
        for record in self.known[kind]:
            self.uids[kind][record.uid] = record
            self._learn(kind, record)

    def _learn(self, kind: str, record: Any) -> None:
        names = self.names[kind]
        for name in _names_of(kind, record):
            names.setdefault(name, record)

    def _named(self, kind: str, said: str) -> Any:
        """Find what words name: a code, an acronym, a name, with or without more behind it."""
        self._load(kind)
        names = self.names[kind]
        for form in _forms(kind, said):
            if form in names:
                return names[form]
        return None

    def _keys(self, kind: str, get: Callable[[str], Any]) -> Iterator[tuple[Any, ...]]:
        for fields in _KEYS[kind]:
            values = tuple(_plain(get(name)) for name in fields)
            gaps = kind in _WITH_GAPS and (len(fields) > 1 and any(v is not None for v in values))
            if gaps or None not in values:
                yield (fields, *values)

    def _index(self, kind: str) -> dict[tuple[Any, ...], list[Any]]:
        found: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
        for record in self.known[kind]:
            for key in self._keys(kind, lambda name, of=record: getattr(of, name)):  # type: ignore[misc]
                found[key].append(record)
        return found

    def _match(
        self, item: Item, values: dict[str, Any], unused: dict[tuple[Any, ...], list[Any]]
    ) -> Any:
        """Find the stored record an item means: by uid, else by its natural key; each once."""
        if item.uid is not None and item.uid in self.uids[item.kind]:
            found = self.uids[item.kind][item.uid]
            if id(found) in self._used:
                self._error(item, "uid", "this uid stands there twice")
            self._used.add(id(found))
            return found
        if not unused:
            return None
        whole = {**item.defaults, **values}
        for key in self._keys(item.kind, whole.get):
            for record in unused.get(key, ()):
                if id(record) not in self._used and not self._means_other(item, record, key):
                    self._used.add(id(record))
                    return record
        return None

    @staticmethod
    def _means_other(item: Item, record: Any, key: tuple[Any, ...]) -> bool:
        """Tell whether a weaker key fits although a stronger one says otherwise."""
        if item.kind == "partner" and key[0] == ("name",):
            both = item.values.get("acronym"), record.acronym
            return None not in both and _key(str(both[0])) != _key(str(both[1]))
        if item.kind in {"task", "meeting"} and key[0] != ("code",):
            both = item.values.get("code"), record.code
            return None not in both and _key(str(both[0])) != _key(str(both[1]))
        if item.kind == "contact" and key[0] == ("name",):
            return "partner_id" in item.links and record.partner_id is not None
        return False

    def _uid_taken(self, kind: str, uid: str) -> bool:
        table = TABLES[kind]
        if kind != "project" and self.new_project and not self._uids_elsewhere(kind):
            return False
        return self.session.scalar(select(table.id).where(table.uid == uid)) is not None

    def _uids_elsewhere(self, kind: str) -> bool:
        if kind not in self._others:
            table = TABLES[kind]
            other = select(table.id).where(table.project_id != self.home.id).limit(1)
            self._others[kind] = self.session.scalar(other) is not None
        return self._others[kind]

    # -- faults

    def _check(self, item: Item, record: Any, kind: str) -> None:
        """Refuse what the tables would not hold."""
        for first, last in _PAIRS.get(kind, ()):
            low, high = getattr(record, first), getattr(record, last)
            if low is not None and high is not None and high < low:
                self._error(item, last, f"it ends ({high}) before it begins ({low})")
        for name, (least, most) in _RANGES.get(kind, {}).items():
            number = getattr(record, name)
            if number is not None and (number < least or (most is not None and number > most)):
                limit = f"{least} or more" if most is None else f"between {least} and {most}"
                self._error(item, name, f"{number} is not {limit}")
        for column in _required(kind):
            # without ids, after an error elsewhere, references are empty for no fault of their own
            if getattr(record, column) is None and not (
                self.result.errors and column.endswith("_id")
            ):
                self._error(item, column, f"a {_word(kind)} needs {column.removesuffix('_id')}")

    def _refuse_twins(self, kind: str) -> None:
        """Refuse two records where the tables hold one."""
        for fields in _unique(kind):
            seen: dict[tuple[Any, ...], Any] = {}
            for record in self.known[kind]:
                key = tuple(_folded(name, getattr(record, name)) for name in fields)
                if None in key:
                    continue
                if key in seen:
                    item = self._item_of(record) or self._item_of(seen[key])
                    if item is not None and not self._told_twin(item):
                        name = fields[-1]
                        self._error(item, name, f"there are two of {_word(kind)} {item.name}")
                seen[key] = record

    def _told_twin(self, item: Item) -> bool:
        """Tell whether reading its table has shown already that a row stands there twice."""
        place = (item.file, item.row)
        return any(
            (one.file, one.row) == place and one.reason.endswith("already")
            for one in self.intake.errors
        )

    def _item_of(self, record: Any) -> Item | None:
        found = {id(made): key for key, made in self.made.items()}.get(id(record))
        return next((item for item in self.intake.items if id(item) == found), None)

    def _error(self, item: Item, name: str | None, reason: str) -> None:
        finding = (
            item.at(name, reason) if name else Finding(item.file, item.row, None, None, reason)
        )
        if finding not in self.result.errors:
            self.result.errors.append(finding)

    def _tell(self, where: list[Finding], item: Item, kind: str) -> None:
        where.append(Finding(item.file, item.row, None, item.name, _word(kind)))


def find_like(session: Session, item: Item) -> Project | None:
    """Find the stored project that files are about: by uid, agreement number or acronym."""
    ranked = [
        (rank, project)
        for project in session.scalars(select(Project).order_by(Project.id))
        if (rank := meets(item, project.uid, project.agreement, project.acronym))
    ]
    return max(ranked, key=lambda pair: pair[0])[1] if ranked else None


def _short_name(values: dict[str, Any]) -> str:
    title = values.get("title") or ""
    return title if 0 < len(title) <= 30 else values.get("agreement") or title[:30] or "PROJECT"


def _names(item: Item) -> set[str]:
    return {_key(item.values[name]) for name in ("acronym", "name") if item.values.get(name)}


def _names_of(kind: str, record: Any) -> Iterator[str]:
    """Give everything that a record is called, as compared."""
    fields: tuple[str, ...]
    match kind:
        case "partner":
            fields = ("acronym", "name", "oid", "pic", "nr")
        case "contact":
            fields = ("name", "email")
        case "meeting" | "task":
            fields = ("code", "title")
        case _:
            fields = ("code",)
    for field in fields:
        said = getattr(record, field, None)
        if said:
            yield _key(said)
    if kind == "meeting" and (number := _tpm(record.title)):
        yield f"tpm{number}"


def _tpm(title: str) -> str | None:
    found = re.search(r"(\d+)(?:st|nd|rd|th)? ?tpm|tpm ?(\d+)", fold(title))
    return (found[1] or found[2]) if found else None


def _forms(kind: str, said: str) -> Iterator[str]:
    """Give the forms in which words may name a record, the surest first."""
    yield _key(said)
    bare = re.sub(r"\s*\([^)]*\)", "", said).strip()
    yield _key(bare)
    match kind:
        case "work_unit":
            found = re.match(r"((?:WP|IO|PR|[A-Z])? ?\d{1,2}(?:\.\d{1,2})?)\b", bare, re.IGNORECASE)
            if found:
                yield _key(found[1])
            numbered = re.match(
                r"(?:work ?package|arbeitspaket|ap|lot|ip|no\.?|nr\.?)? ?(\d{1,2})\b(?!\.\d)",
                fold(bare),
            )
            if numbered:
                yield f"wp{int(numbered[1])}"
        case "meeting":
            if bare.isdigit():
                yield f"tpm{int(bare)}"
            elif number := _tpm(bare):
                yield f"tpm{number}"
        case "partner":
            for part in re.split(r"\s+[-–—|/]\s+|\s*[,:(]\s*", said):
                yield _key(part)
            yield _key(bare.partition(" ")[0])
            if found := re.fullmatch(r"p(?:artner)? ?(\d{1,2})", fold(bare)):
                yield found[1]
        case "task":
            yield _key(bare.partition(" ")[0])


def _beside(partner: Any) -> Iterator[str]:
    """Give what people write beside the name of a partner: its other name, city and country."""
    for word in (partner.acronym, partner.name, partner.city, partner.country, partner.nr):
        if word:
            yield word
    if partner.country:
        yield countries.say_country(partner.country)


def _is_all_of(said: str, partner: Any) -> bool:
    """Tell whether words say nothing but who a partner is."""
    known = {word for one in _beside(partner) for word in re.findall(r"[^\W_]+", fold(one))}
    bare = re.findall(r"[^\W_]+", fold(said))
    return bool({"".join(bare)} & {_key(one) for one in _beside(partner)}) or not (
        {word for word in bare if word not in {"p", "partner"} and not re.fullmatch(r"p\d+", word)}
        - known
    )


def _is_code(part: str) -> bool:
    """Tell whether words are an acronym or a code rather than a name."""
    return len(part.split()) == 1 and len(part) <= 12 and part == part.upper()


def _unit_number(said: str) -> tuple[str, str] | None:
    """Part WP02, Arbeitspaket 2, IO 1 into the letter of their kind and their number."""
    found = _UNIT_NUMBER.fullmatch(fold(said).strip(" .:"))
    if not found:
        return None
    letter = next((name for name in ("wp", "io", "a", "h") if found[name] is not None), "")
    return letter, ".".join(str(int(part)) for part in found["number"].split("."))


def _same_number(one: tuple[str, str], other: tuple[str, str] | None) -> bool:
    if other is None or one[1] != other[1]:
        return False
    return one[0] == other[0] or "" in {one[0], other[0]}


@lru_cache(maxsize=20_000)
def _key(text: str) -> str:
    """Reduce a name or code to what is compared: WP 1 is wp1, e.V. stays apart from eV."""
    folded = fold(text)
    return re.sub(r"[^\w.+&]|_", "", folded) or folded


def _plain(value: Any) -> Any:
    if isinstance(value, str) and not isinstance(value, Kind):
        return _key(value) or None
    return value


def _folded(name: str, value: Any) -> Any:
    """Compare codes and acronyms as people do; everything else as it is."""
    return fold(value) if name in {"code", "acronym"} and value is not None else value


def _equal(stored: object, value: object) -> bool:
    if isinstance(stored, str) and isinstance(value, str) and not isinstance(stored, Kind):
        return clean(stored, lines=True) == clean(value, lines=True)
    return stored == value


def _said(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, Kind):
        return value.word
    if isinstance(value, str):
        return f"“{value if len(value) <= 60 else value[:59] + '…'}”"
    return str(value)


def _called(record: Any) -> str:
    for field in ("code", "acronym", "name", "title"):
        if getattr(record, field, None):
            return str(getattr(record, field))
    return ""


def _word(kind: str) -> str:
    return _WORDS.get(kind, kind.replace("_", " "))


@cache
def _required(kind: str) -> tuple[str, ...]:
    """List what a table must hold and nothing else fills in."""
    return tuple(
        column.name
        for column in TABLES[kind].__table__.c
        if not column.nullable
        and column.default is None
        and column.name not in {"id", "project_id"}
    )


@cache
def _unique(kind: str) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(column.name for column in constraint.columns)
        for constraint in TABLES[kind].__table__.constraints
        if isinstance(constraint, UniqueConstraint)
    )
