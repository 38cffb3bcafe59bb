"""Cross-checks: the tables of one project, held against each other."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

from ka2tui.domain import money, work_plan
from ka2tui.domain.intake import Finding, Intake, Item, Link
from ka2tui.domain.text import fold, is_blank
from ka2tui.exchange import cells, facts

_WP_OF_CODE = re.compile(r"[A-Z]{1,2}\s?(\d{1,2})\.\d+(?:\.\d+)?")


SECTIONED = {"task", "deliverable", "milestone"}


CODED = {"work_unit", "task", "deliverable", "milestone", "meeting"}


def hold_together(intake: Intake) -> None:
    """Hold the tables against each other."""
    _count_alike(intake)
    _join_charts(intake)
    _leave_running_numbers(intake)
    _join(intake)
    _work_units_by_code(intake)
    _check_due(intake)
    _check_counts(intake)
    _check_money(intake)


def _count_alike(intake: Intake) -> None:
    """Put people without a name together by event, organisation, country and profile."""
    first: dict[object, Item] = {}
    kept = []
    for item in intake.items:
        like = item.defaults.get("_like")
        before = first.get(like) if like is not None else None
        if before is None:
            kept.append(item)
        if like is not None and before is None:
            first[like] = item
            reason = "people without a name are counted, by organisation, country and profile"
            intake.doubtful.append(item.at("meeting_id", reason))
        elif before is not None:
            for name in ("people", "online", "fewer_opportunities"):
                if name in item.values:
                    before.values[name] = before.values.get(name, 0) + item.values[name]
    intake.items = kept


def _join_charts(intake: Intake) -> None:
    """Put what charts say to the records of lists, by code, else by title; lists go before them."""
    listed: dict[tuple[str, str], Item] = {}
    kinds = set()
    for item in intake.items:
        if item.defaults.get("_chart"):
            continue
        kinds.add(item.kind)
        for name in ("title", "code"):
            if item.values.get(name):
                listed[item.kind, cells.key_of(item.values[name])] = item
    kept = []
    for item in intake.items:
        if not item.defaults.get("_chart"):
            kept.append(item)
            continue
        code = None if item.defaults.get("_made_up") else item.values.get("code")
        said = (code, item.values.get("title"))
        keys = [(item.kind, cells.key_of(name)) for name in said if name]
        first = next((listed[key] for key in keys if key in listed), None)
        if first is not None:
            _join_chart(intake, first, item)
        elif code is None and item.kind in kinds:
            words = item.kind.replace("work_unit", "work package").replace("_", " ")
            reason = f"not taken: no {words} of the lists is called so"
            title = item.values.get("title")
            intake.dropped.append(Finding(item.file, item.row, None, title, reason))
        else:
            kept.append(item)
    intake.items = kept


_TIMES = (("start", "start_month"), ("end", "end_month"), ("due", "due_month"))


def _join_chart(intake: Intake, first: Item, chart: Item) -> None:
    """Fill in the time that a list does not say; tell where the chart has another month."""
    for names in _TIMES:
        known = [name for name in names if name in first.values]
        drawn = [name for name in names if name in chart.values]
        if drawn and not known:
            for name in (*drawn, "due_precision"):
                if name in chart.values:
                    first.values[name] = chart.values[name]
                    first.columns[name] = chart.columns.get(name, ("", ""))
        elif drawn and not any(
            _month_of(first.values[name]) == _month_of(chart.values[name])
            for name in set(known) & set(drawn)
        ):
            intake.doubtful.append(facts.disagreement(first, chart, drawn[0]))
    for name, link in chart.links.items():
        if first.links.setdefault(name, link) is link:
            first.columns.setdefault(name, chart.columns.get(name, ("", "")))


def _month_of(value: object) -> object:
    return (value.year, value.month) if isinstance(value, date) else value


def _leave_running_numbers(intake: Intake) -> None:
    """Take numbers that begin anew in each list of tasks for what they are: no codes."""
    lists: dict[str, dict[str, Item]] = {}
    for item in intake.of("task"):
        if "code" in item.values:
            lists.setdefault(item.file, {}).setdefault(item.values["code"], item)
    numbered = {file: tasks for file, tasks in lists.items() if all(map(str.isdecimal, tasks))}
    clashing = {
        file
        for file, tasks in numbered.items()
        for other, others in numbered.items()
        if other != file and _differ(tasks, others)
    }
    for file in sorted(clashing):
        tasks = numbered[file]
        heading, said = next(iter(tasks.values())).columns.get("code", ("", ""))
        reason = "running numbers, which another table gives to other tasks; left out as codes"
        intake.doubtful.append(Finding(file, None, heading or None, said, reason))
        for link in (it.links for it in intake.of("task_link") if it.file == file):
            if "needs_id" in link and (meant := tasks.get(link["needs_id"].said)):
                link["needs_id"] = Link("task", meant.values["title"])
    for item in intake.of("task"):
        if item.file in clashing and item.values.pop("code", None):
            item.columns.pop("code", None)
            item.name = item.values["title"]


def _differ(tasks: dict[str, Item], others: dict[str, Item]) -> bool:
    return any(
        fold(task.values["title"]) != fold(others[code].values["title"])
        for code, task in tasks.items()
        if code in others
    )


def _join(intake: Intake) -> None:
    """Make one record of rows of several tables that name the same; the first wins."""
    first: dict[tuple[str, str], Item] = {}
    kept = []
    for item in intake.items:
        key = _key(item)
        before = first.get(key) if key is not None else None
        if key is None or before is None or (before.file, before.kind) == (item.file, "task"):
            if key is not None:
                first[key] = item
            kept.append(item)
        elif before.file != item.file:
            _join_two(intake, before, item)
        else:
            kept.append(item)
    intake.items = kept


def _key(item: Item) -> tuple[str, str] | None:
    if item.kind in CODED and item.values.get("code"):
        return item.kind, cells.key_of(item.values["code"])
    if item.kind == "partner" and not item.defaults.get("_coordinator"):
        return item.kind, cells.key_of(item.values.get("acronym") or f"={item.values['name']}")
    return None


def _join_two(intake: Intake, first: Item, second: Item) -> None:
    said: set[tuple[str, str] | None] = set()
    for name, value in second.values.items():
        if name not in first.values:
            first.values[name] = value
            first.columns[name] = second.columns.get(name, ("", ""))
        elif not _alike(first.values[name], value) and second.columns.get(name) not in said:
            said.add(second.columns.get(name))
            intake.doubtful.append(facts.disagreement(first, second, name))
    for name, link in second.links.items():
        if name not in first.links:
            first.links[name] = link
            first.columns[name] = second.columns.get(name, ("", ""))
        elif fold(first.links[name].said) != fold(link.said):
            intake.doubtful.append(facts.disagreement(first, second, name))


def _alike(one: object, other: object) -> bool:
    """Tell whether two lists say the same; letter case is no disagreement."""
    if type(one) is str and type(other) is str:
        return fold(one) == fold(other)
    return one == other


def _work_units_by_code(intake: Intake) -> None:
    """Read the work package from codes such as D2.1 where no column names it."""
    units = {cells.key_of(item.values["code"]) for item in intake.of("work_unit")}
    told: set[tuple[str, str]] = set()
    for item in intake.items:
        if item.kind not in SECTIONED | {"work_unit"} or item.defaults.get("_made_up"):
            continue
        target = "parent_id" if item.kind == "work_unit" else "work_unit_id"
        found = _WP_OF_CODE.fullmatch(item.values.get("code") or "")
        if (
            target in item.links
            or not found
            or _says_something(item, "work_unit")
            or _says_something(item, "parent")
        ):
            continue
        code = f"WP{int(found[1])}"
        if cells.key_of(code) not in units:
            continue
        item.links[target] = Link("work_unit", code)
        if (item.file, item.kind) not in told:
            told.add((item.file, item.kind))
            beside = "the column of" if "work_unit" in item.columns else "no column names"
            said = " says nothing" if "work_unit" in item.columns else ""
            reason = f"{beside} the work package{said}; it was read from the code ({code})"
            intake.doubtful.append(item.at("code", reason))


def _says_something(item: Item, name: str) -> bool:
    return not is_blank(item.columns.get(name, ("", ""))[1])


def _check_due(intake: Intake) -> None:
    """Doubt what is due before its work package begins."""
    units = {cells.key_of(item.values["code"]): item for item in intake.of("work_unit")}
    for item in (*intake.of("deliverable"), *intake.of("milestone")):
        link = item.links.get("work_unit_id")
        unit = units.get(cells.key_of(link.said)) if link else None
        if unit is None:
            continue
        early = work_plan.before_work_begins(
            item.values.get("due_month"), unit.values.get("start_month"), unit.values["code"]
        )
        if early:
            intake.doubtful.append(item.at("due", early))


def _check_counts(intake: Intake) -> None:
    """Hold the number of participants against the head counts, and agendas against their number."""
    people: Counter[str] = Counter()
    points: Counter[str] = Counter()
    for item in intake.of("head_count"):
        people[_meeting_key(item)] += item.values["people"]
    for item in intake.of("agenda_item"):
        points[_meeting_key(item)] += 1
    listed_people = Counter(_meeting_key(item) for item in intake.of("participant"))
    for item in intake.of("meeting"):
        names = {cells.key_of(item.values["title"]), cells.key_of(item.values.get("code") or "")}
        names |= {name.removeprefix("tpm") for name in names}
        counted = sum(people[name] for name in names if name)
        stated = item.values.get("participants")
        if counted and stated is not None and counted != stated:
            intake.doubtful.append(item.at("participants", f"the head counts add up to {counted}"))
        named = sum(listed_people[name] for name in names if name)
        if named and stated is not None and named != stated:
            reason = f"the list of participants has {named} names"
            intake.doubtful.append(item.at("participants", reason))
        listed = sum(points[name] for name in names if name)
        agenda = item.defaults.get("_agenda_items")
        if listed and agenda is not None and listed != agenda:
            reason = f"the agenda has {listed} items"
            intake.doubtful.append(item.at("agenda_items", reason, str(agenda)))


def _meeting_key(item: Item) -> str:
    return cells.key_of(item.links["meeting_id"].said).removeprefix("tpm")


def _check_money(intake: Intake) -> None:
    """Hold the grant against the sum of the work packages."""
    project = facts.project_of(intake)
    grant = project.values.get("grant_cents") if project else None
    top = [item for item in intake.of("work_unit") if "parent_id" not in item.links]
    amounts = [item.values["amount_cents"] for item in top if "amount_cents" in item.values]
    if project is None or grant is None or len(amounts) < len(top) or not amounts:
        return
    if sum(amounts) != grant:
        reason = f"the work packages add up to {money.say_amount(sum(amounts))}"
        intake.doubtful.append(project.at("grant_cents", reason))
