"""Imports: what files say, held against what is stored, and taken in as one change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from ka2tui.domain import work_plan
from ka2tui.domain.intake import Finding, Intake, Item, Taken, meets
from ka2tui.domain.refusal import Refused
from ka2tui.operations import (
    import_beginning,
    import_claims,
    import_faults,
    import_links,
    import_past,
    import_settling,
    projects,
)
from ka2tui.operations.import_names import equal, key_of, say_value
from ka2tui.operations.import_tables import MERGING, ORDER, TABLES, within, word_for
from ka2tui.operations.import_taking import Taking
from ka2tui.store.operation import operation, say
from ka2tui.store.records import Project

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session


UPDATE = "; --update changes it"
"""How a sentence ends that says what is stored and kept."""


NAMED_BY = ("code", "acronym", "title", "name")
"""The fields by which other rows name a record."""


class Faulty(Refused):
    """Nothing was imported: the files have errors."""

    def __init__(self, taken: Taken) -> None:
        errors = taken.errors
        first = errors[0]
        place = f"{first.file}, row {first.row}" if first.row is not None else first.file
        more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        super().__init__(f"Nothing was imported: {place}: {first.reason}{more}.")
        self.taken = taken


@operation("Import", point=True)
def take(
    session: Session,
    intake: Intake,
    *,
    project: int | None = None,
    update: bool = False,
    copied: bool = False,
    today: date,
) -> Taken:
    """Take in everything, or nothing at all.

    What is stored already and says the same is left alone; where it differs it is kept and
    reported, unless `update`.

    Args:
        project: Where the records go, for files that do not say it.
        update: Let the files win over what is stored.
        copied: These are rows of a list: a day that is stored as its month stays one.
        today: What is before it is over, see `import_past`.

    Raises:
        Faulty: There is an error in a file, or in how it fits; it carries the whole result.
    """
    taking = Taking(session, intake, update=update, today=today, copied=copied)
    with session.no_autoflush:
        _find_project(taking, project)
        if taking.project is not None:
            _take_all(taking, taking.project)
    if taking.result.errors:
        raise Faulty(taking.result)
    session.flush()
    files = list(dict.fromkeys(item.file.partition(",")[0] for item in intake.items))
    source = files[0] if len(files) == 1 else f"{len(files)} files"
    say(session, "Import {project} from {source}", project=taking.result.acronym, source=source)
    return taking.result


def _find_project(taking: Taking, named: int | None) -> None:
    """Find the project that everything belongs to, or begin it."""
    item = next(iter(taking.items["project"]), None)
    stored = taking.session.get(Project, named) if named is not None else None
    if item is None:
        if stored is None:
            reason = (
                "no table says which project this is: add one with field and value, or make "
                "the project with 'ka2tui project new' and name it with --project"
            )
            file = taking.intake.items[0].file if taking.intake.items else "the files"
            taking.result.errors.append(Finding(file, None, None, None, reason))
            return
        taking.use(stored)
        return
    like = find_like(taking.session, item)
    if stored is not None and like is not stored:
        reason = (
            f"this is about {item.name}, but {stored.acronym} is selected: leave out --project "
            "(and KA2TUI_PROJECT) to import it as a project of its own"
        )
        taking.result.errors.append(Finding(item.file, item.row, None, item.name, reason))
        return
    if like is not None:
        taking.use(like)
        _compare_project(taking, item, like)
    else:
        _begin(taking, item)


def _begin(taking: Taking, item: Item) -> None:
    values = import_beginning.values_of(taking, item)
    uid = None if item.uid is None or taking.uid_taken("project", item.uid) else item.uid
    try:
        if taking.items["phase"]:
            project = Project(**values, **({"uid": uid} if uid else {}))
            known = len(taking.result.errors)
            import_faults.refuse_impossible(taking, item, project, "project")
            if len(taking.result.errors) > known:
                return
            taking.session.add(project)
            taking.session.flush()
        else:
            made = projects.add(taking.session, **values, uid=uid, today=taking.today)
            project = taking.session.get_one(Project, made)
            import_beginning.let_phases_stand(taking, item, project)
    except Refused as refused:
        taking.error(item, None, str(refused))
        return
    taking.new_project = True
    taking.use(project)
    taking.tell(taking.result.added, item, "project")


def _compare_project(taking: Taking, item: Item, project: Project) -> None:
    changes = _compare(taking, item, project, item.values)
    if changes and taking.update:
        try:
            projects.edit(taking.session, project.id, changes, today=taking.today)
        except Refused as refused:
            taking.error(item, None, str(refused))


def _take_all(taking: Taking, project: Project) -> None:
    """Take in the tables, each after those it refers to."""
    taking.home = project
    import_settling.settle_coordinator(taking)
    for kind in ORDER:
        if not taking.items[kind]:
            continue
        taking.load(kind)
        _take_kind(taking, kind)
        if kind == "work_unit":
            import_settling.settle_leads(taking)
        import_faults.refuse_twins(taking, kind)
        taking.flush()
    if not taking.intake.whole:
        import_past.settle(taking)


def _take_kind(taking: Taking, kind: str) -> None:
    import_claims.claim(taking, kind)
    unused = taking.index(kind)
    later: list[tuple[Item, Any]] = []
    fresh: dict[tuple[Any, ...], Any] = {}
    for item in taking.items[kind]:
        values = import_links.whole(taking, item)
        if values is None:
            taking.refused[kind] |= {key_of(item.values[n]) for n in NAMED_BY if n in item.values}
            continue
        import_claims.number(taking, item, values)
        found = taking.match(item, values, unused)
        merging = kind in MERGING and item.uid is None
        key = next(taking.keys(kind, values.get), None) if merging else None
        if found is None and key in fresh:
            _fill(taking, item, fresh[key], values)
            continue
        if found is None:
            found = _add(taking, item, values)
            if key is not None:
                fresh[key] = found
        else:
            if taking.copied:
                import_claims.keep(item, found, values)
            _edit(taking, item, found, values)
        taking.made[id(item)] = found
        if item.uid is not None:
            taking.uids[kind].setdefault(item.uid, found)
        if within(kind) in item.links:
            later.append((item, found))
    if later:
        import_settling.settle_parents(taking, kind, later)


def _add(taking: Taking, item: Item, values: dict[str, Any]) -> Any:
    defaults = {k: v for k, v in item.defaults.items() if not k.startswith("_")}
    whole = {**defaults, **values}
    if not taking.intake.whole:
        _fill_in(taking, item, whole)
    made = TABLES[item.kind](project_id=taking.home.id, **whole)
    if item.uid is not None:
        if taking.uid_taken(item.kind, item.uid):
            reason = "its uid belongs to a record of another project; it was given a new one"
            taking.result.doubtful.append(Finding(item.file, item.row, "uid", item.uid, reason))
        else:
            made.uid = item.uid
        taking.uids[item.kind][item.uid] = made
    import_faults.refuse_impossible(taking, item, made, item.kind)
    taking.session.add(made)
    taking.known[item.kind].append(made)
    taking.fresh.add(id(made))
    taking.learn(item.kind, made)
    taking.tell(taking.result.added, item, item.kind)
    return made


def _fill_in(taking: Taking, item: Item, values: dict[str, Any]) -> None:
    """Set what follows from the rest, where the file does not say it."""
    if item.kind == "work_unit":
        nested = "parent_id" in item.links
        values.setdefault(
            "kind", work_plan.kind_for(values["code"], taking.home.shape, nested=nested)
        )
        values.setdefault("position", len(taking.known["work_unit"]) + 1)
    if item.kind == "partner":
        import_beginning.keep_coordinator(taking, item, values)
    if item.kind == "task":
        values.setdefault("position", len(taking.known["task"]) + 1)
    if item.kind == "meeting":
        _host(taking, item, values)


def _host(taking: Taking, item: Item, values: dict[str, Any]) -> None:
    """Let the partner host where the place of a meeting is one."""
    place = item.defaults.get("_place")
    if not place or values.get("host_id") is not None:
        return
    for part in (place, place.partition(",")[0]):
        partner = taking.named("partner", part)
        if partner is not None:
            values["host_id"] = partner.id
            return


def _edit(taking: Taking, item: Item, record: Any, values: dict[str, Any]) -> None:
    changes = _compare(taking, item, record, values)
    if taking.update and changes:
        for name, value in changes.items():
            setattr(record, name, value)
        import_faults.refuse_impossible(taking, item, record, item.kind)
        taking.learn(item.kind, record)


def _fill(taking: Taking, item: Item, record: Any, values: dict[str, Any]) -> None:
    """Add to a record of this import what another row says of it."""
    for name, value in values.items():
        if getattr(record, name) is None:
            setattr(record, name, value)
        elif not equal(getattr(record, name), value):
            taking.result.doubtful.append(
                item.at(
                    name,
                    f"another row says {say_value(getattr(record, name), name)}, which is kept",
                )
            )
    taking.made[id(item)] = record


def _compare(taking: Taking, item: Item, record: Any, values: dict[str, Any]) -> dict[str, Any]:
    """Find what differs from what is stored, and say it once for every cell."""
    differs = {n: v for n, v in values.items() if not equal(getattr(record, n), v)}
    told: set[tuple[str, str]] = set()
    for name, value in differs.items():
        cell = item.columns.get(name, (name, say_value(value, name)))
        if cell in told:
            continue
        told.add(cell)
        stored = taking.words(record, name)
        found = Finding(item.file, item.row, cell[0] or name, cell[1], "")
        if taking.update:
            reason = f"{word_for(item.kind)} {item.name}: was {stored}"
            taking.result.changed.append(found._replace(reason=reason))
        else:
            reason = f"{item.name} is stored with {stored}, which is kept{UPDATE}"
            taking.result.doubtful.append(found._replace(reason=reason))
    if not differs:
        taking.tell(taking.result.same, item, item.kind)
    return differs


def find_like(session: Session, item: Item) -> Project | None:
    """Find the stored project that files are about: by uid, agreement number or acronym."""
    ranked = [
        (rank, project)
        for project in session.scalars(select(Project).order_by(Project.id))
        if (rank := meets(item, project.uid, project.agreement, project.acronym))
    ]
    return max(ranked, key=lambda pair: pair[0])[1] if ranked else None
