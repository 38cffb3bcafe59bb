"""Headings: what a table is and what its columns mean, in the words coordinators use."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ka2tui import datafiles
from ka2tui.domain.intake import Finding
from ka2tui.domain.text import fold
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ka2tui.exchange.tables import Grid

FACTS = "project"
SECTION = re.compile(r"(WP ?\d{1,2})\b", re.IGNORECASE)
"""A line between the rows that names the work package of those below it."""
WIDE = re.compile(r"(partner \d{1,3}|coordinator s) (name|country|website)")
"""Partners beside their project in one row, as the public lists of projects have them."""
_STRONG, _WEAK, _NAMED, _CODED, _MOST_UNKNOWN = 4.0, 1.0, 4.0, 3.0, 3
_LOOK_FOR_HEADINGS = 15
_BESIDE = {"the", "of", "for", "a", "an", "full", "official"}
_NUMBER = dict.fromkeys(("no", "nr", "num", "nb"), "number")
_WITH_CODES = {"work_unit", "task", "deliverable", "milestone"}
_MOSTLY = 0.8
_PERCENT = re.compile(r"\d{1,3}(?:[.,]\d+)?\s*%")
_SOME_ROWS = 200
_LAST = 100
_LONGEST_HEADING = 500
"""Letters of a cell that are held against headings; looking for its brackets takes time."""
_LONGEST_TITLE = 4
"""Words of a line above a table that says what it is."""
_FEWEST_TURNED, _WIDEST_TURNED = 3, 60
_SURE = 8
"""Names of a title further right than this are as often its description."""
_ELSEWHERE = {"parent", "date_label"}
"""What a heading means only where it means nothing else."""


@frozen
class Column:
    """One column of a table."""

    at: int
    heading: str
    field: str
    """What it means."""
    extra: bool = False
    """Another column says the same; this one fills its gaps and is held against it."""


@dataclass(slots=True)
class Table:
    """Rows whose headings were understood."""

    file: str
    kind: str
    heading_row: int
    columns: tuple[Column, ...]
    rows: list[tuple[int, tuple[str, ...]]]
    headings: tuple[str, ...] = ()
    vertical: bool = False
    """Every row is a fact: its name, then its value."""
    event: str | None = None
    """The event that a list of participants is said to be of, above its headings."""
    chart: bool = False
    """Read from a chart: what lists say of the same work goes before it."""
    turned: bool = False
    """Its columns were read as rows, and the numbers of its rows are those of columns."""
    section: str | None = None
    """The work package that its first rows belong to, named right above its headings."""


@frozen
class _Kind:
    name: str
    words: str
    names: tuple[str, ...]
    codes: re.Pattern[str] | None
    fields: dict[str, list[tuple[int, str, bool]]]
    """Of each heading the fields it can mean: how well it fits, the field, whether it is strong."""
    nouns: frozenset[str]
    """Headings that are the code of such a record, or its title where something else is."""
    room: bool
    most: float
    """The highest weight of its headings: a chart of months is mostly months."""
    loose: dict[frozenset[str], list[tuple[int, str, bool]]]
    """The same by the words of a heading, whatever their order."""

    def meanings(self, heading: str) -> Sequence[tuple[int, str, bool]]:
        """Give what a heading can mean: as it is known, else by its words in any order."""
        known = self.fields.get(heading)
        if known is None and " " in heading:
            known = self.loose.get(_words_of(heading))
        return known or ()


@frozen
class _Guess:
    kind: _Kind
    columns: tuple[Column, ...]
    score: float


def words_of(kind: str) -> str:
    """Give the plural a person uses for a kind of table."""
    return next(known.words for known in _kinds() if known.name == kind)


def fields_of(kind: str) -> tuple[str, ...]:
    """List what a column of a kind of table can mean."""
    row = datafiles.read_toml("headings.toml")[kind]
    return tuple(row["columns"])


def columns_of(kind: str, cells: Sequence[str]) -> tuple[Column, ...]:
    """Say what headings mean in a table of a kind that is known; the others are left out."""
    meant = _kind_of(kind)
    return _assign(meant, [plain(cell) if cell else "" for cell in cells], cells)


def looks_like_code(kind: str, text: str) -> bool:
    """Tell whether a text looks like the code of such a record."""
    codes = _kind_of(kind).codes
    return codes is not None and codes.fullmatch(text) is not None


def begins_with_code(kind: str, text: str) -> bool:
    """Tell whether a text begins with what looks like the code of such a record."""
    codes = _kind_of(kind).codes
    if codes is None:
        return False
    return re.match(rf"(?:{codes.pattern})(?!\w)", text, re.IGNORECASE) is not None


def _kind_of(name: str) -> _Kind:
    return next(known for known in _kinds() if known.name == name)


def plain(heading: str) -> str:
    """Reduce a heading to what is compared: no case, accents, brackets or signs."""
    heading = heading[:_LONGEST_HEADING]
    said = re.sub(r"\([^)]*\)|\[[^]]*\]", " ", heading).replace("%", " percent ")
    bare = re.sub(r"[\W_]+", " ", fold(said).strip())
    bare = re.sub(r" (?:as published|as written)$", "", bare.strip())
    return bare or re.sub(r"[\W_]+", " ", fold(heading)).strip() or heading.strip()


def find(grid: Grid) -> tuple[list[Table], list[Finding]]:
    """Find the tables of a sheet or file.

    Returns:
        The tables, and what could not be taken, each with its reason.
    """
    tables: list[Table] = []
    aside: list[Finding] = []
    if not grid.rows:
        aside.append(Finding(grid.file, None, None, None, "not taken: there is nothing in it"))
    for block in [side for whole in _blocks(grid) for side in _sides(grid, whole)]:
        facts = _facts(grid, block)
        if facts is not None:
            tables.append(facts)
            continue
        at = _heading_row(grid, block)
        if at is None:
            turned = _turned(grid, block)
            if turned is None:
                aside.append(_not_understood(grid, block))
            else:
                tables.append(turned)
            continue
        whole = _with_both_headings(block, at)
        table, reason = _table(grid, whole, at)
        above = block[: at - (whole is not block)]
        if table is not None:
            tables.append(table)
            table.event = _event_above(above) if table.kind == "participant" else None
            table.section = _section_above(above, table.heading_row)
        if reason:
            aside.append(Finding(grid.file, block[at][0], None, None, reason))
        aside += _above(grid, above)
    return tables, aside


def unknown_columns(table: Table) -> Iterator[Finding]:
    """Name the columns that nothing is taken from, although they hold something."""
    known = {column.at for column in table.columns}
    widest = max((len(cells) for _, cells in table.rows), default=0)
    for at in range(widest):
        held = [cells[at] for _, cells in table.rows if at < len(cells) and cells[at]]
        if at in known or not held:
            continue
        heading = table.headings[at] if at < len(table.headings) else ""
        reason = "not taken: no place for this column" if heading else "not taken: no heading"
        yield Finding(
            table.file,
            table.heading_row,
            heading or None,
            held[0],
            f"{reason} ({_cells(len(held))})",
        )


def _cells(count: int) -> str:
    return "1 cell" if count == 1 else f"{count} cells"


# --- the table -----------------------------------------------------------------------------------


Row = tuple[int, tuple[str, ...]]


def _blocks(grid: Grid) -> list[list[Row]]:
    """Part a sheet at its empty rows where a new heading row follows."""
    blocks: list[list[Row]] = []
    seen: set[tuple[str, ...]] = set()
    last = None
    for row, after in zip(grid.rows, [*grid.rows[1:], (0, ())], strict=True):
        titled = after[0] == row[0] + 1 and sum(map(bool, row[1])) == 1
        gap = last is None or row[0] > last + 1
        called = _titled(grid, row, after) if titled else grid
        other = called is not grid and _begins(called, after) and after[1] not in seen
        seen.add(row[1])
        new = (
            last is None
            or other
            or (gap and (_begins(grid, row) or (titled and _begins(grid, after))))
        )
        if (
            new
            and blocks
            and last is not None
            and len(blocks[-1]) == 1
            and not _begins(grid, blocks[-1][0])
        ):
            new = False
        if new:
            blocks.append([])
        blocks[-1].append(row)
        last = row[0]
    return blocks


def _titled(grid: Grid, above: Row | None, row: Row) -> Grid:
    """Let a table be called by the line right above its headings: "MULTIPLIER EVENTS"."""
    filled = [cell for cell in above[1] if cell] if above and above[0] == row[0] - 1 else []
    if len(filled) != 1 or len(filled[0].split()) > _LONGEST_TITLE or SECTION.match(filled[0]):
        return grid
    return replace(grid, name=f"{grid.name} {filled[0]}")


def _sides(grid: Grid, block: list[Row]) -> list[list[Row]]:
    """Part tables that stand beside each other, with an empty column between them."""
    filled = {at for _, cells in block for at, cell in enumerate(cells) if cell}
    gaps = [at for at in range(max(filled)) if at not in filled and at > min(filled)]
    sides: list[list[Row]] = []
    for left, right in pairwise([-1, *gaps, max(filled) + 1]):
        side = [
            (number, tuple(cell if left < at < right else "" for at, cell in enumerate(cells)))
            for number, cells in block
        ]
        if side := [row for row in side if any(row[1])]:
            sides.append(side)
    whole = all(_is_whole(grid, side) for side in sides)
    return sides if len(sides) > 1 and whole else [block]


def _is_whole(grid: Grid, rows: list[Row]) -> bool:
    """Tell whether rows are a table of their own."""
    at = _heading_row(grid, rows)
    if at is None:
        return _facts(grid, rows) is not None
    return any(len(guess.columns) > 1 for guess in _guesses(grid, rows[at][1], rows[at + 1 :]))


def _turned(grid: Grid, block: list[Row]) -> Table | None:
    """Take a table whose headings stand in its first column, one record in each other column."""
    widest = max(len(cells) for _, cells in block)
    columns: list[Row] = [
        (at + 1, tuple(cells[at] if at < len(cells) else "" for _, cells in block))
        for at in range(widest)
    ]
    columns = [column for column in columns if any(column[1])]
    if len(columns) < 2 or widest > _WIDEST_TURNED:
        return None
    number, heads = columns[0]
    columns[0] = (number, (heads[0] or "Title", *heads[1:]))
    table, _ = _table(grid, columns, 0)
    named = sum(map(bool, columns[0][1]))
    if table is None or len(table.columns) < _FEWEST_TURNED or 2 * len(table.columns) < named:
        return None
    table.file = f"{grid.file}, by columns"
    table.turned = True
    return table


def _begins(grid: Grid, row: Row) -> bool:
    """Tell whether a row is a heading row: most of its cells are headings of one table."""
    cells = [cell for cell in row[1] if cell]
    if len(cells) < 2:
        return False
    known = max((len(guess.columns) for guess in _guesses(grid, row[1], ())), default=0)
    return known >= 2 and known >= 0.6 * len(cells)


def _heading_row(grid: Grid, rows: Sequence[Row]) -> int | None:
    """Find the heading row: the first that names two columns and is mostly names."""
    best: tuple[float, int] | None = None
    for at, (_, cells) in enumerate(rows[:_LOOK_FOR_HEADINGS]):
        named = sum(map(bool, cells))
        called = _titled(grid, rows[at - 1] if at else None, rows[at])
        guesses = _guesses(called, cells, rows[at + 1 :])
        if not guesses or not named:
            continue
        top = max(guesses, key=lambda guess: guess.score)
        if not top.kind.room and (at + 1 == len(rows) or not (top.columns or at == 0)):
            continue
        share = len(top.columns) / named if top.kind.room else 1
        if at == 0 and top.score >= _STRONG and _tells(top.kind, top.columns):
            share = 1  # a wide table of another program, most of whose columns are not known here
        if (len(top.columns) >= 2 or named == 1 or not top.kind.room) and share >= 0.3:
            rank = len(top.columns) if top.kind.room else top.score
            if best is None or rank > best[0] + 1:
                best = (rank, at)
    return best[1] if best is not None else None


def _with_both_headings(rows: list[Row], at: int) -> list[Row]:
    """Tell columns of one heading apart by the merged heading above them: "Used" over "Days"."""
    number, cells = rows[at]
    plainly = [plain(cell) if cell else "" for cell in cells]
    twice = {one for one in plainly if one and plainly.count(one) > 1}
    if not twice or at == 0 or rows[at - 1][0] != number - 1:
        return rows
    above, over = "", []
    for place in range(len(cells)):
        above = (rows[at - 1][1][place] if place < len(rows[at - 1][1]) else "") or above
        over.append(above)
    both = tuple(
        f"{group} {cell}" if one in twice and group and plain(group) != one else cell
        for group, cell, one in zip(over, cells, plainly, strict=True)
    )
    return [*rows[:at], (number, both), *rows[at + 1 :]]


def _table(grid: Grid, rows: Sequence[Row], at: int) -> tuple[Table | None, str | None]:
    number, cells = rows[at]
    below = list(rows[at + 1 :])
    called = _titled(grid, rows[at - 1] if at else None, rows[at])
    guesses = sorted(
        _guesses(called, cells, below), key=lambda guess: (-guess.score, not guess.kind.room)
    )
    if not guesses:
        said = f"not taken: none of the known tables has these headings ({_rows(len(below))})"
        return None, said
    best = guesses[0]
    rivals = [g for g in guesses[1:] if g.kind.room and best.score - g.score < 0.5]
    if not best.kind.room and best.score <= max(
        (g.score for g in guesses[1:] if g.kind.room), default=-9
    ):
        best = next(g for g in guesses if g.kind.room)
        rivals = []
    if not best.kind.room:
        return None, f"not taken: {best.kind.words} have no place here yet ({_rows(len(below))})"
    if rivals:
        names = " or ".join([best.kind.words, *(rival.kind.words for rival in rivals)])
        said = f"not taken: this could be {names}; name the file or sheet after what it holds"
        return None, f"{said} ({_rows(len(below))})"
    if best.score < 1.5:
        said = "not taken: its headings do not say what it is; name the file or sheet after it"
        return None, f"{said} ({_rows(len(below))})"
    columns = _of_parts(best, below) if best.kind.name == "work_unit" else best.columns
    columns = _with_codes(best.kind, columns, cells, below)
    if best.kind.name == "task":
        columns = _with_people(_with_shares(columns, below), below)
    return Table(grid.file, best.kind.name, number, columns, below, cells), None


def _of_parts(guess: _Guess, below: Sequence[Row]) -> tuple[Column, ...]:
    """Take "WP | Activity" for what belongs to a work package where its code comes again."""
    at = {column.field: column for column in guess.columns if not column.extra}
    code, title = at.get("code"), at.get("title")
    if code is None or title is None or "parent" in at:
        return guess.columns
    codes = [cells[code.at] for _, cells in below if code.at < len(cells) and cells[code.at]]
    if len(set(codes)) == len(codes) or plain(title.heading) not in guess.kind.nouns:
        return guess.columns
    new = {code.at: "parent", title.at: "code"}
    return tuple(replace(one, field=new.get(one.at, one.field)) for one in guess.columns)


def _with_codes(
    kind: _Kind, columns: tuple[Column, ...], cells: Sequence[str], below: Sequence[Row]
) -> tuple[Column, ...]:
    """Take a column for the codes that nothing but its cells tells: no heading, or an odd one."""
    known = next((one for one in columns if one.field == "code" and not one.extra), None)
    if kind.codes is None or kind.name not in _WITH_CODES:
        return columns
    if known is not None and _share_of_codes(kind, known.at, below) >= _MOSTLY:
        return columns
    titled = any(one.field == "title" for one in columns)
    taken = {one.at for one in columns}
    widest = max((len(row) for _, row in below), default=0)
    free = (at for at in range(widest) if at not in taken)
    found = next((at for at in free if _share_of_codes(kind, at, below) >= _MOSTLY), None)
    if found is None or (known is not None and titled):
        return columns
    code = Column(found, cells[found] if found < len(cells) else "", "code")
    others = [replace(one, field="title") if one is known else one for one in columns]
    return tuple(sorted((code, *others), key=lambda one: one.at))


def _with_shares(columns: tuple[Column, ...], below: Sequence[Row]) -> tuple[Column, ...]:
    """Take a state that is said in per cent for how much is done: "Done" above 50 %."""
    if any(one.field == "percent" for one in columns):
        return columns
    found = None
    for one in columns:
        said = [row[one.at] for _, row in below[:_SOME_ROWS] if one.at < len(row) and row[one.at]]
        shares = sum(bool(_PERCENT.fullmatch(cell)) for cell in said)
        if one.field == "state" and said and shares >= _MOSTLY * len(said):
            found = one
    new = found and replace(found, field="percent", extra=False)
    return tuple(new if new and one is found else one for one in columns)


def _with_people(columns: tuple[Column, ...], below: Sequence[Row]) -> tuple[Column, ...]:
    """Take "By" for who does it where it holds no date, and another column says when."""
    dated = [one for one in columns if one.field == "due"]
    first = next((one for one in dated if not one.extra), None)
    other = next((one for one in dated if one.extra and _has_digits(one, below)), None)
    if first is None or other is None or _has_digits(first, below):
        return columns
    someone = any(one.field == "assignee" for one in columns)
    new = {
        first.at: replace(first, field="assignee", extra=someone),
        other.at: replace(other, extra=False),
    }
    return tuple(new.get(one.at, one) for one in columns)


def _has_digits(column: Column, below: Sequence[Row]) -> bool:
    said = (row[column.at] for _, row in below[:_SOME_ROWS] if column.at < len(row))
    return any(map(str.isdecimal, "".join(said)))


def _share_of_codes(kind: _Kind, at: int, below: Sequence[Row]) -> float:
    """Tell how many cells of a column are codes; none where one comes again."""
    said = [row[at] for _, row in below[:_SOME_ROWS] if at < len(row) and row[at]]
    codes = [one for one in said if kind.codes is not None and kind.codes.fullmatch(one)]
    return len(codes) / len(said) if len(said) > 1 and len(set(codes)) == len(codes) else 0


def _facts(grid: Grid, rows: Sequence[Row]) -> Table | None:
    """Take rows of "name, value" as the facts of a project."""
    if any(sum(map(bool, cells)) > 4 for _, cells in rows):
        return None
    first = next((at for at, cell in enumerate(rows[0][1]) if cell), 0)
    head = [plain(cell) for cell in rows[0][1][first : first + 2]]
    names, values = _heads_of_facts()
    named = len(head) == 2 and head[0] in names and head[1] in values
    body = list(rows[1:] if named else rows)
    fields = next(kind for kind in _kinds() if kind.name == FACTS).fields
    known = [
        cells[first]
        for _, cells in body
        if first < len(cells) and plain(cells[first].rstrip(":")) in fields
    ]
    distinct = {plain(cell) for cell in known}
    enough = len(distinct) >= 1 if named else len(distinct) >= 3 and 2 * len(known) >= len(body)
    pairs = 4 * len(known) >= 3 * len(body) and all(sum(map(bool, it)) <= 2 for _, it in body)
    if not enough or (not named and not pairs and _begins(grid, rows[0])):
        return None
    heading = rows[0][0] if named else max(rows[0][0] - 1, 1)
    columns = (
        Column(first, rows[0][1][first] if named else "", "field"),
        Column(first + 1, rows[0][1][first + 1] if named else "", "value"),
    )
    return Table(
        grid.file, FACTS, heading, columns, body, rows[0][1] if named else (), vertical=True
    )


def fact(name: str) -> str | None:
    """Tell which fact of a project a name means."""
    facts = _kind_of(FACTS)
    found = facts.meanings(plain(name.rstrip(":")))
    return min(found)[1] if found else None


def _guesses(grid: Grid, cells: Sequence[str], below: Sequence[Row]) -> list[_Guess]:
    """Hold headings against every kind of table that they could belong to."""
    headings = [plain(cell) if cell else "" for cell in cells]
    called = _called(f" {plain(grid.name)} ")
    found = []
    for kind in _kinds():
        named = kind.name in called
        columns = _assign(kind, headings, cells)
        if kind.name == "participant" and _counts_people(headings, columns):
            continue
        if not _can_be(kind, columns, below, named=named):
            continue
        main = {column.field for column in columns if not column.extra}
        weights = (_weight(kind, headings[c.at], c.field) for c in columns if not c.extra)
        score = min(sum(weights), kind.most)
        unknown = sum(map(bool, headings)) - len(columns)
        if kind.room or columns:
            score -= min(unknown, _MOST_UNKNOWN)
        if "code" in main and "title" not in main:
            score -= _WEAK
        score += _NAMED * named + _CODED * _coded(kind, columns, below)
        if named and kind.name == "participant" and "last_name" in main:
            score += _STRONG  # its headings are those of any list of people, its name is not
        if main or (named and kind.room):
            found.append(_Guess(kind, columns, score))
    return found


@lru_cache(maxsize=500)
def _called(name: str) -> frozenset[str]:
    """Give the kinds that a name says, the longer word for the shorter: "intellectual outputs"."""
    found = {(kind.name, one) for kind in _kinds() for one in kind.names if f" {one} " in name}
    return frozenset(
        kind
        for kind, one in found
        if not any(f" {one} " in f" {other} " and other != one for _, other in found)
    )


def _assign(kind: _Kind, headings: Sequence[str], cells: Sequence[str]) -> tuple[Column, ...]:
    """Give each column the field it fits best; a field goes to the name further left."""
    options = sorted(
        (rank, at, field)
        for at, heading in enumerate(headings)
        for rank, field, _ in _options(kind, headings, heading)
    )
    fields: set[str] = set()
    taken: dict[int, Column] = {}
    for _, at, field in options:
        if at not in taken and field not in fields:
            taken[at] = Column(at, cells[at], field)
            fields.add(field)
    for _, at, field in options:
        if at not in taken:
            taken[at] = Column(at, cells[at], field, extra=True)
    if kind.name == "difference":
        for at, heading in enumerate(headings):
            if at not in taken and heading:
                taken[at] = Column(at, cells[at], heading)
    if kind.name == FACTS:
        for at, heading in enumerate(headings):
            if at not in taken and WIDE.fullmatch(heading):
                taken[at] = Column(at, cells[at], heading)
    return tuple(taken[at] for at in sorted(taken))


def _options(kind: _Kind, headings: Sequence[str], heading: str) -> Sequence[tuple[int, str, bool]]:
    """Give what a heading can mean; "Task" beside a code is the title, else it is the code."""
    meant = kind.meanings(heading)
    if heading not in kind.nouns:
        return meant
    others = [kind.meanings(other) for other in headings if other not in kind.nouns]
    titled = any(field == "title" and rank < _SURE for one in others for rank, field, _ in one)
    meanings = ({field for _, field, _ in one} for one in others)
    if any("code" in one and not (titled and "parent" in one) for one in meanings):
        return [(-1, "title", True), *(one for one in meant if one[1] not in {"code", "title"})]
    return [(-1, "code", True), *(one for one in meant if one[1] != "code")]


def _weight(kind: _Kind, heading: str, field: str) -> float:
    meant = kind.meanings(heading)
    if not meant:
        return 0
    strong = any(strong for _, name, strong in meant if name == field)
    if heading in kind.nouns:
        return _STRONG if field == "code" else _WEAK
    return _STRONG if strong else _WEAK


def _can_be(kind: _Kind, columns: Iterable[Column], below: Sequence[Row], *, named: bool) -> bool:
    """Tell whether a table of this kind would say enough to be one."""
    has = {column.field for column in columns}
    match kind.name:
        case "project":
            return (
                bool(has & {"acronym", "title", "agreement"}) and len(has) >= 3 and len(below) <= 1
            )
        case "partner":
            return bool(has & {"name", "acronym"})
        case "contact":
            return bool(has & {"name", "last_name"}) and bool(
                has & {"email", "phone", "partner", "role"}
            )
        case "share":
            return {"work_unit", "partner"} <= has and bool(has & {"amount_cents", "role"})
        case "work_unit" | "deliverable" | "milestone" | "task":
            return ("title" in has and (len(has) >= 2 or named)) or (
                "code" in has and len(has) >= 2
            )
        case "meeting":
            when, where = has & {"day", "month", "date_label"}, has & {"place", "city"}
            if has & {"title", "code"}:
                return bool(when or where or named)
            return named and bool(when and where)
        case "agenda_item":
            return {"meeting", "title"} <= has
        case "head_count":
            return {"meeting", "people"} <= has and bool(
                has & {"organisation", "country", "profile"}
            )
        case "attendance":
            return {"meeting", "contact"} <= has
        case name if name in _CAN_BE:
            return _CAN_BE[name](has) and (named or name in _WEAKLY or _tells(kind, columns))
        case _:
            return named or _tells(kind, columns)


def _counts_people(headings: Sequence[str], columns: Iterable[Column]) -> bool:
    """Tell whether a table without names says how many there were: a log of events, no list."""
    if {column.field for column in columns} & {"name", "last_name"}:
        return False
    counted = _kind_of("mobility")
    return any(field == "participants" for one in headings for _, field, _ in counted.meanings(one))


def _tells(kind: _Kind, columns: Iterable[Column]) -> bool:
    """Tell whether one of the headings says by itself what the table is."""
    return any(
        strong
        for column in columns
        for _, field, strong in kind.meanings(plain(column.heading))
        if field == column.field
    )


def _has(*choices: str) -> Callable[[set[str]], bool]:
    """Make a test of the fields of a table: one of each of "title|code", "date|month"."""
    wanted = [set(choice.split("|")) for choice in choices]
    return lambda has: all(has & choice for choice in wanted)


_NAMED_SOMEHOW = "title|code|description"
_CAN_BE: dict[str, Callable[[set[str]], bool]] = {
    "participant": lambda has: (
        bool(has & {"name", "last_name"})
        or ("meeting" in has and bool(has & {"profile", "fewer_opportunities"}))
    ),
    "mobility": _has("title|code", "day|month|date_label|participants"),
    "indicator": _has("title|code", "target|baseline|actual|unit|source"),
    "measurement": _has("indicator", "day", "value"),
    "risk": _has(_NAMED_SOMEHOW, "likelihood|impact|action|strategy|owner|level|state"),
    "log_entry": _has(
        _NAMED_SOMEHOW, "state|opened_on|owner|due|reason|raised_by|decided_by|decided_on|impact"
    ),
    "dissemination": _has("title|sort", "day|date_label|audience|reach|partner"),
    "letter": _has("subject", "day"),
    "candidate": _has("name"),
    "payment": _has(
        "title|partner|kind", "amount_cents|paid_cents", "due|paid_on|date_label|title"
    ),
    "journey": _has("title|meeting", "people|distance_km|green|amount_cents|used_cents"),
    "cost": _has(
        "category|staff_category|quarter|used_cents|rate_cents",
        "planned_cents|used_cents|planned_days|used_days",
    ),
}
"""What a table of a kind must say at least."""
_WEAKLY = frozenset({"cost"})
"""Kinds that what a table must say tells by itself, without its name or a heading of its own."""


def _coded(kind: _Kind, columns: Iterable[Column], below: Sequence[Row]) -> bool:
    """Tell whether the codes in a table look like those of its kind."""
    if kind.codes is None:
        return False
    at = next((column.at for column in columns if column.field in {"code", "nr"}), None)
    if at is None:
        return False
    codes = [cells[at] for _, cells in below[:200] if at < len(cells) and cells[at]]
    fitting = sum(bool(kind.codes.fullmatch(code)) for code in codes)
    return bool(codes) and fitting > 0.6 * len(codes)


def _not_understood(grid: Grid, rows: Sequence[Row]) -> Finding:
    reason = f"not taken: no headings of a known table ({_rows(len(rows))})"
    return Finding(grid.file, rows[0][0], None, rows[0][1][0] or None, reason)


def _above(grid: Grid, rows: Sequence[Row]) -> list[Finding]:
    """Name what stands above the headings."""
    return [
        Finding(
            grid.file, number, None, " ".join(filter(None, cells)), "not taken: above the headings"
        )
        for number, cells in rows
    ]


def _event_above(rows: Sequence[Row]) -> str | None:
    """Read the event above a list: "Event: LTT1 Lyon" in one cell, or in two beside each other."""
    known = _kind_of("participant").fields
    for _, cells in rows:
        filled = [cell for cell in cells if cell]
        first, colon, said = (filled[0] if filled else "").partition(":")
        said = said.strip() or (filled[1] if len(filled) == 2 else "")
        means = {field for _, field, _ in known.get(plain(first), ())} if first else set()
        if said and "meeting" in means and (colon or len(filled) == 2):
            return said
    return None


def _section_above(rows: Sequence[Row], heading_row: int) -> str | None:
    """Read the work package in the line right above the headings of its tasks."""
    number, cells = rows[-1] if rows else (0, ())
    filled = [cell for cell in cells if cell]
    if number != heading_row - 1 or len(filled) != 1:
        return None
    found = SECTION.match(filled[0])
    return found[1] if found else None


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count} rows"


@cache
def _heads_of_facts() -> tuple[frozenset[str], frozenset[str]]:
    """Give what may stand above the names of facts, and above what they are."""
    row = datafiles.read_toml("headings.toml")["facts"]
    return frozenset(map(plain, row["names"])), frozenset(map(plain, row["values"]))


@cache
def _kinds() -> tuple[_Kind, ...]:
    data: dict[str, Any] = datafiles.read_toml("headings.toml")
    without = data.pop("no_room")
    del data["facts"]
    kinds = [_kind(name, row, row["columns"], room=True) for name, row in data.items()]
    for name, row in without.items():
        columns = {f"_{at}": [heading] for at, heading in enumerate(row["columns"])}
        kinds.append(_kind(name, row, columns, room=False))
    return tuple(kinds)


def _kind(name: str, row: dict[str, Any], columns: dict[str, list[str]], *, room: bool) -> _Kind:
    fields: dict[str, list[tuple[int, str, bool]]] = defaultdict(list)
    for field, headings in columns.items():
        for rank, heading in enumerate(headings, start=_LAST if field in _ELSEWHERE else 0):
            strong = heading.startswith(("!", "*"))
            fields[plain(heading.lstrip("!*"))].append((rank, field, strong))
    codes = re.compile(row["codes"], re.IGNORECASE) if "codes" in row else None
    names = tuple(plain(one) for one in row["names"])
    most = row.get("most", float("inf"))
    nouns = frozenset(plain(one) for one in columns.get("code", ()) if one.startswith("*"))
    loose: dict[frozenset[str], list[tuple[int, str, bool]]] = {}
    for heading, meant in fields.items() if room else ():
        loose.setdefault(_words_of(heading), meant)
    return _Kind(name, row["words"], names, codes, dict(fields), nouns, room, most, loose)


@cache
def _words_of(heading: str) -> frozenset[str]:
    """Reduce a heading to its words: "Partner responsible" and "Responsible partner" are one."""
    said = re.sub(r" in (?:the |this )?project$", "", heading.replace("e mail", "email"))
    words = {_NUMBER.get(word, word) for word in said.split() if word not in _BESIDE}
    if "number" in words:
        return frozenset(words)  # the number of partners is no number of a partner
    return frozenset(word.removesuffix("s") if len(word) > 3 else word for word in words)
