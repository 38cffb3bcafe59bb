"""Cells of tasks as other programs export them: how far, which group, labels, what comes before."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from ka2tui.domain.intake import Item, Link
from ka2tui.domain.kinds import LinkKind, TaskState
from ka2tui.domain.text import clean, is_blank
from ka2tui.exchange import cells, headings, words

if TYPE_CHECKING:
    from ka2tui.domain.intake import Intake
    from ka2tui.exchange.headings import Table

_SHARE = re.compile(r"(\d{1,3}(?:[.,]\d+)?)\s*(%?)")
_ALL = 100
_COLOUR = re.compile(
    r"\s*\((?:green|yellow|orange|red|purple|blue|sky|lime|pink|black)(?:_\w+)?\)", re.IGNORECASE
)
_NEEDS = re.compile(
    r"(.+?)(FS|SS|FF|SF)(?:\s*([+-])\s*(\d{1,4})\s*(d|days?|w|weeks?|wks?)?)?", re.IGNORECASE
)
_BESIDE_NAMES = re.compile(r"\s*\(https?://[^()\s]*\)|\[\d{1,3} ?%\]")
_WEEK = 7


def state(record: cells.Record) -> None:
    """Read how far a task is, from words, per cent, or both where they agree."""
    values = record.item.values
    share = _share(record)
    cells.choice(TaskState)(record, "state")
    if share is None:
        return
    meant = TaskState.DONE if share == _ALL else TaskState.OPEN if share == 0 else TaskState.DOING
    heading, said = record.cells["percent"]
    if 0 < share < _ALL:
        record.notes.append(f"{heading}: {round(share, 1):g} %")
    if "state" not in values:
        values["state"] = meant
        record.item.columns["state"] = record.cells["percent"]
        if meant is TaskState.DOING:
            record.doubt("percent", f"read as {meant.word}; kept in the notes")
    elif (values["state"] is TaskState.DONE) is not (share == _ALL):
        kept = record.cells["state"]
        record.doubt("percent", f"{kept[0]} says {kept[1]}, which is kept" if said else "")


def _share(record: cells.Record) -> float | None:
    """Give how many per cent are done; a word in their place is read as the state."""
    text = record.take("percent")
    if text is None:
        return None
    text = _without_fraction(text.strip())
    found = _SHARE.fullmatch(text)
    if found is None and words.yes_no(text) is False:
        return None
    if found is None or float(found[1].replace(",", ".")) > _ALL:
        if re.search(r"\d", text):
            record.keep_as_note("percent", "this is no share from 0 to 100 %")
        elif is_blank(record.cells.get("state", ("", ""))[1]):
            record.cells["state"] = record.cells["percent"]
        elif words.choose(TaskState, text) is None:
            record.keep_as_note("percent", "this is no percentage")
        return None
    share = float(found[1].replace(",", "."))
    of_one = share < 1 or (share == 1 and not (record.frame.in_hundreds and text == "1"))
    return share * _ALL if not found[2] and of_one else share


def _without_fraction(text: str) -> str:
    """Write ½ and 3/4 as decimals."""
    if len(text) == 1 and not text.isdecimal():
        number = unicodedata.numeric(text, -1)
        return f"{number:.4f}" if 0 < number <= 1 else text
    found = re.fullmatch(r"(\d)\s*/\s*([1-9])", text)
    share = int(found[1]) / int(found[2]) if found else 2
    return f"{share:.4f}" if share <= 1 else text


def entry(record: cells.Record) -> None:
    """Keep what sort of task it is said to be, where the word says more than "task"."""
    text = record.take("entry")
    if text is not None and words.exactly("entry", text) is None:
        record.notes.append(f"{record.cells['entry'][0]}: {clean(text)}")


def group(record: cells.Record) -> None:
    """Read the list that a task stands in on a board: its state, its work package, or a note."""
    text = record.take("group")
    if text is None:
        return
    said = clean(text)
    meant = words.choose(TaskState, said)
    part = headings.SECTION.match(said)
    if meant is not None:
        if record.item.values.setdefault("state", meant) is not meant:
            record.keep_as_note("group", "another state is given")
        else:
            record.item.columns.setdefault("state", record.cells["group"])
    elif part is not None and "work_unit_id" not in record.item.links:
        record.item.links["work_unit_id"] = Link("work_unit", part[1], otherwise="notes")
        record.item.columns["work_unit_id"] = record.cells["group"]
    else:
        record.notes.append(f"{record.cells['group'][0]}: {said}")


def tags(record: cells.Record, this: Link) -> None:
    """Read labels: parted by commas, else by blanks."""
    text = record.take("tags")
    if text is None:
        return
    bare = _COLOUR.sub("", text).strip("[] ")
    by_comma = re.search(r"[,;\n]", bare) is not None
    parts = re.split(r"[,;#\n]+" if by_comma else r"[\s#]+", bare)
    for tag in dict.fromkeys("-".join(clean(part).split()) for part in parts):
        if tag:
            made = Item("tag", record.item.file, record.item.row, tag, values={"name": tag})
            made.columns = {"name": record.cells["tags"]}
            made.links = {"task_id": this}
            made.defaults = {"_task": record.item}
            record.intake.items.append(made)


def needs(record: cells.Record, this: Link) -> None:
    """Read what a task comes after: "3", "T1.2", "3FS+10 days", "4SS"."""
    text = record.take("needs")
    if text is None:
        return
    for part in filter(None, re.split(r"\s*[,;\n]\s*|\s+and\s+", text)):
        found = _NEEDS.fullmatch(part)
        made = Item(
            "task_link", record.item.file, record.item.row, f"{record.item.name} after {part}"
        )
        made.columns = {"needs_id": (record.cells["needs"][0], part)}
        said = clean(found[1] if found else part)
        made.links = {"task_id": this, "needs_id": Link("task", said)}
        made.defaults = {"_task": record.item, "kind": LinkKind.FS}
        if found:
            made.values["kind"] = LinkKind(found[2].upper())
            made.columns["kind"] = made.columns["needs_id"]
        if found and found[4]:
            days = int(found[4]) * (_WEEK if (found[5] or "d").lower().startswith("w") else 1)
            made.values["lag_days"] = -days if found[3] == "-" else days
            made.columns["lag_days"] = made.columns["needs_id"]
        record.intake.items.append(made)


def by_row_number(intake: Intake, table: Table) -> None:
    """Find the tasks that others come after by the number of their row, where none has a code."""
    if table.kind != "task" or any(column.field == "code" for column in table.columns):
        return
    named = [item.name for item in intake.of("task") if item.file == table.file]
    for item in intake.of("task_link"):
        needed = item.links["needs_id"].said
        if item.file == table.file and needed.isdecimal() and 1 <= int(needed) <= len(named):
            item.links["needs_id"] = Link("task", named[int(needed) - 1])


def without_brackets(record: cells.Record, *names: str) -> None:
    """Take off what programs put around names: [Ana, Ben], NGO[50%], WP2 (https://...)."""
    for name in names:
        heading, text = record.cells.get(name, ("", ""))
        bare = _BESIDE_NAMES.sub("", text).strip()
        bare = bare[1:-1].strip() if bare.startswith("[") and bare.endswith("]") else bare
        if bare != text:
            record.cells[name] = (heading, bare)
