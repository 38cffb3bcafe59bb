"""The clipboard: rows as a spreadsheet copies and pastes them, read and written."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ka2tui.domain import days, kinds
from ka2tui.domain.intake import Finding, Intake
from ka2tui.domain.known_names import Known
from ka2tui.domain.refusal import Misread, Refused
from ka2tui.domain.text import clean, fold
from ka2tui.exchange import cells, dates, headings, own_lists, tables, understanding, words
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ka2tui.exchange.cells import Frame

FILE = "the rows"
"""What pasted rows are called where a file would have its name."""

KINDS = (
    *("task", "meeting", "partner", "contact", "work_unit", "deliverable", "milestone"),
    *("participant", "indicator", "risk", "log_entry", "dissemination", "letter", "payment"),
)
"""The kinds of record that can be pasted."""

TAB, SEMICOLON, COMMA, NOTHING = "\t", ";", ",", ""
SIGNS = {TAB: "tabs", SEMICOLON: "semicolons", COMMA: "commas", NOTHING: "nothing"}
"""What can stand between two cells, in words."""

LARGEST = 5_000_000
"""Letters in one paste."""

_SAMPLE = 200
_MOSTLY = 0.6
"""Cells of a column that must look like something for the column to be taken for it."""

_SURE = 3
"""Headings that are known in a first row that is no row of data."""

_SERIAL = 5
"""Digits of the number that a spreadsheet keeps for a day; fewer are no date."""

_FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
_QUOTED = re.compile(r'"((?:[^"]|"")*+)"(?=\t|\n|\Z)')


class Unreadable(Refused):
    """This cannot be pasted."""


# --- out -----------------------------------------------------------------------------------------


def write(titles: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Write rows as a spreadsheet takes them: tabs between cells, headings in the first row.

    Days and instants become ISO dates, texts are quoted where they need it, and no text is a
    formula: one that begins like it gets an apostrophe, which is taken off again by `read`.
    """
    lines = ["\t".join(map(_cell, titles))]
    lines += ["\t".join(map(_cell, row)) for row in rows]
    return "\n".join(lines) + "\n"


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float, Decimal)):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, kinds.Kind):
        return value.word
    if isinstance(value, (tuple, list, set, frozenset)):
        return _text(" ".join(map(str, value)))
    return _text(str(value))


def guarded(text: str) -> str:
    """Clean a text, and keep a spreadsheet from running it as a formula."""
    safe = clean(text, lines=True)
    return f"'{safe}" if _FORMULA.match(safe) else safe


def _text(text: str) -> str:
    safe = guarded(text)
    if "\n" in safe or "\t" in safe or safe.startswith('"'):
        return '"' + safe.replace('"', '""') + '"'
    return safe


# --- in ------------------------------------------------------------------------------------------


@frozen
class Pasted:
    """Rows as they were pasted, and what their columns are taken for."""

    text: str
    sign: str
    """What stands between two cells."""
    rows: tuple[tuple[str, ...], ...]
    """Every row that holds something, with the headings if there are any."""
    kind: str
    """The table that the rows belong in."""
    headed: bool
    """Whether the first row is headings."""
    fields: tuple[str, ...]
    """What each column means; nothing where it is left out."""

    @property
    def body(self) -> tuple[tuple[str, ...], ...]:
        """The rows without the headings."""
        return self.rows[1:] if self.headed else self.rows

    @property
    def titles(self) -> tuple[str, ...]:
        """What the columns are called."""
        given = self.rows[0] if self.headed and self.rows else ()
        more = range(len(given), len(self.fields))
        return (*(it or f"column {n}" for n, it in enumerate(given, 1)),
                *(f"column {n + 1}" for n in more))  # fmt: skip


def read(text: str, kind: str | Sequence[str], known: Known, *, today: date) -> Pasted:
    """Read what was pasted: where its cells are, whether it has headings, what they mean.

    Args:
        text: As the terminal or the clipboard gave it.
        kind: The table it is for; of several the one that the headings fit best, else the first.
        known: The names of the project, by which columns without headings are known.
        today: What dates without a year are after.

    Raises:
        Unreadable: There is nothing in it, or far too much.
    """
    sign = _sign(text)
    rows = _rows(text, sign)
    chosen = _fitting(kind, rows) if not isinstance(kind, str) else kind
    headed = _is_headed(chosen, rows) or _stands_out(chosen, rows, known, today)
    return _with_columns(Pasted(text, sign, rows, chosen, headed, ()), known, today)


def parted(pasted: Pasted, sign: str, known: Known, *, today: date) -> Pasted:
    """Part the same text at another sign."""
    rows = _rows(pasted.text, sign)
    headed = _is_headed(pasted.kind, rows)
    return _with_columns(replace(pasted, sign=sign, rows=rows, headed=headed), known, today)


def as_kind(pasted: Pasted, kind: str, known: Known, *, today: date) -> Pasted:
    """Take the same rows for another kind of record."""
    headed = pasted.headed or _is_headed(kind, pasted.rows)
    return _with_columns(replace(pasted, kind=kind, headed=headed), known, today)


def with_headings(pasted: Pasted, headed: bool, known: Known, *, today: date) -> Pasted:  # noqa: FBT001
    """Take the first row for headings, or for a row like all others."""
    return _with_columns(replace(pasted, headed=headed), known, today)


def with_field(pasted: Pasted, at: int, field: str) -> Pasted:
    """Say what a column means; the column that meant it so far is left out."""
    fields = ["" if known == field else known for known in pasted.fields]
    fields[at] = field
    return replace(pasted, fields=tuple(fields))


def understand(pasted: Pasted, frame: Frame) -> Intake:
    """Understand the rows cell by cell, as an import understands a table."""
    first = 2 if pasted.headed else 1
    titles = pasted.rows[0] if pasted.headed else ()
    whole = Intake()
    rows = []
    for number, row in enumerate(pasted.body, first):
        if own_lists.of_minutes(pasted.kind, titles, pasted.fields, row):
            reason = "a line of minutes, which stands there"
            whole.dropped.append(Finding(FILE, number, None, None, reason))
        else:
            rows.append((number, row))
    for kind, fields, part in own_lists.parted(pasted.kind, pasted.titles, pasted.fields, rows):
        columns = tuple(
            headings.Column(at, title, field)
            for at, (title, field) in enumerate(zip(pasted.titles, fields, strict=True))
            if field and field != own_lists.ID
        )
        table = headings.Table(FILE, kind, first - 1, columns, part, titles)
        intake = understanding.of_table(table, frame)
        if own_lists.ID in fields:
            at = fields.index(own_lists.ID)
            ids = {number: row[at] for number, row in part if own_lists.is_id(row, at)}
            for item in intake.of(kind):
                item.own_id = int(ids[item.row]) if item.row in ids else None
        _add(whole, intake)
    return whole


def _add(whole: Intake, part: Intake) -> None:
    """Put what was understood of one table to what was of another."""
    for name in ("items", "read", "doubtful", "dropped", "errors"):
        getattr(whole, name).extend(getattr(part, name))
    for file, counts in part.counts.items():
        whole.counts.setdefault(file, {}).update(counts)


def without(intake: Intake, rows: AbstractSet[int | None] | AbstractSet[int]) -> Intake:
    """Leave out some rows with all that was said of them."""
    return replace(
        intake,
        items=[it for it in intake.items if it.row not in rows],
        doubtful=[it for it in intake.doubtful if it.row not in rows],
        dropped=[it for it in intake.dropped if it.row not in rows],
        errors=[it for it in intake.errors if it.row not in rows],
    )


def field_called(kind: str, said: str) -> str:
    """Find the field that a word means: its name, its word or a heading; nothing: none."""
    wanted = fold(said)
    for name, word in choices(kind):
        if wanted in {fold(name), word}:
            return name
    found = headings.columns_of(kind, (said,))
    return found[0].field if found and said.strip() else ""


def choices(kind: str) -> list[tuple[str, str]]:
    """List what a column can mean: its name, and the word for it."""
    more = [(own_lists.ID, own_lists.ID)]
    return more + [(name, word_of(name)) for name in headings.fields_of(kind) if name != "uid"]


def word_of(field: str) -> str:
    """Say what a column means."""
    bare = field.removesuffix("_cents").removesuffix("_minutes").replace("_", " ")
    return {"work unit": "work package", "nr": "number", "date label": "date in words"}.get(
        bare, bare
    )


# --- cells ---------------------------------------------------------------------------------------


def _rows(text: str, sign: str) -> tuple[tuple[str, ...], ...]:
    if len(text) > LARGEST:
        raise Unreadable(
            "This is too much to paste: save it as a file, and take it in with ka2tui import."
        )
    even = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip("\n")
    if sign == TAB:
        found = _tabbed(even)
    elif sign == NOTHING:
        found = [[line] for line in even.split("\n")]
    else:
        try:
            found = list(csv.reader(io.StringIO(even, newline=""), delimiter=sign))
        except csv.Error:
            found = [line.split(sign) for line in even.split("\n")]
    rows = [tuple(map(tables.plain_cell, row)) for row in found]
    kept = tuple(_short(row) for row in rows if any(row))
    if not kept:
        raise Unreadable("There is nothing to paste: copy some rows first.")
    if len(kept) > tables.MOST_ROWS or max(map(len, kept)) > tables.MOST_COLUMNS:
        raise Unreadable(
            f"This is too large a table: at most {tables.MOST_ROWS} rows and "
            f"{tables.MOST_COLUMNS} columns."
        )
    return kept


def _short(row: tuple[str, ...]) -> tuple[str, ...]:
    end = len(row)
    while end and not row[end - 1]:
        end -= 1
    return row[:end]


def _tabbed(text: str) -> list[list[str]]:
    """Part at tabs and line ends, except in cells that are quoted as spreadsheets do."""
    if '"' not in text:
        return [line.split("\t") for line in text.split("\n")]
    rows: list[list[str]] = [[]]
    at = 0
    while at <= len(text):
        quoted = _QUOTED.match(text, at) if text.startswith('"', at) else None
        if quoted is not None:
            rows[-1].append(quoted[1].replace('""', '"'))
            at = quoted.end()
        else:
            ends = [end for end in (text.find("\t", at), text.find("\n", at)) if end >= 0]
            end = min(ends, default=len(text))
            rows[-1].append(text[at:end])
            at = end
        if text.startswith("\n", at):
            rows.append([])
        at += 1
    return rows


def _sign(text: str) -> str:
    """Find what stands between the cells; a comma only where it surely does."""
    if "\t" in text:
        return TAB
    lines = [line for line in text.splitlines() if line.strip()][:_SAMPLE]
    for sign, least in ((SEMICOLON, 2), (COMMA, 3)):
        try:
            rows = [row for row in csv.reader(lines, delimiter=sign) if row]
        except csv.Error:
            continue
        if not rows:
            continue
        named = max(len(headings.columns_of(kind, rows[0])) for kind in KINDS)
        if len(rows[0]) > 1 and named >= 2 and 2 * named >= len(rows[0]):
            return sign
        width, count = Counter(map(len, rows)).most_common(1)[0]
        if len(rows) > 1 and width >= least and count > 0.9 * len(rows):
            return sign
    return NOTHING


# --- columns -------------------------------------------------------------------------------------


def _fitting(wanted: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Choose the kind that the headings fit best, else the first that codes look like."""
    named = {kind: len(headings.columns_of(kind, rows[0])) for kind in wanted}
    best = max(wanted, key=lambda kind: named[kind])
    if _is_headed(best, rows) and named[best] > named[wanted[0]]:
        return best
    some = [row[0] for row in rows[1:_SAMPLE] if row and row[0]]
    for kind in wanted:
        if some and sum(headings.looks_like_code(kind, it) for it in some) > _MOSTLY * len(some):
            return kind
    return wanted[0]


def _is_headed(kind: str, rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether the first row is headings: three of its cells, or half, are known as such."""
    named = [cell for cell in rows[0] if cell]
    known = len(headings.columns_of(kind, rows[0]))
    if len(rows) == 1 and len(named) < 2:
        return False
    return known >= _SURE or (known > 0 and 2 * known >= len(named))


def _stands_out(kind: str, rows: Sequence[Sequence[str]], known: Known, today: date) -> bool:
    """Tell whether the first row is no date, no partner where all others are: names of columns."""
    below = rows[1:_SAMPLE]
    for at, cell in enumerate(rows[0] if len(below) > 1 else ()):
        some = [row[at] for row in below if at < len(row) and row[at]]
        for names, test in _tests(kind, known, today):
            looks = names[0] in _TELLING and len(some) > 1 and all(map(test, some))
            if cell and looks and not test(cell):
                return True
    return False


_TELLING = {"due", "day", "work_unit", "assignee", "lead", "host", "email", "country", "pic", "oid"}
"""What all cells of a column are, if one is."""


def _with_columns(pasted: Pasted, known: Known, today: date) -> Pasted:
    width = max(map(len, pasted.rows))
    fields = [""] * width
    named = headings.columns_of(pasted.kind, pasted.rows[0]) if pasted.headed else ()
    for column in named:
        if not column.extra:
            fields[column.at] = column.field
    if not named:
        fields = _guessed(pasted, width, known, today)
    main = _MAIN[pasted.kind]
    if main == "title" and main not in fields and "code" in fields:
        at = fields.index("code")
        some = [row[at] for row in pasted.body[:_SAMPLE] if at < len(row) and row[at]]
        if sum(headings.looks_like_code(pasted.kind, it) for it in some) < _MOSTLY * len(some):
            fields[at] = main  # “Task” above what is to be done
    if main not in fields and "code" not in fields and "acronym" not in fields:
        body = pasted.body[:_SAMPLE]
        free = [at for at in range(width) if not fields[at]] or [0]
        longest = max(free, key=lambda at: sum(len(row[at]) for row in body if at < len(row)))
        fields[longest] = main
    if named:
        fields = [*own_lists.settled(pasted.kind, pasted.titles, fields, pasted.body)]
    return replace(pasted, fields=tuple(fields))


def _guessed(pasted: Pasted, width: int, known: Known, today: date) -> list[str]:
    """Guess what columns without headings mean by what stands in them."""
    fields = [""] * width
    tests = _tests(pasted.kind, known, today)
    texts: list[tuple[float, int]] = []
    for at in range(width):
        some = [row[at] for row in pasted.body[:_SAMPLE] if at < len(row) and row[at]]
        if not some:
            continue
        for names, test in tests:
            free = [name for name in names if name not in fields]
            if free and sum(map(test, some)) > _MOSTLY * len(some):
                fields[at] = free[0]
                break
        else:
            texts.append((sum(map(len, some)) / len(some), at))
    order = [name for name in (_MAIN[pasted.kind], "notes") if name not in fields]
    for (_, at), name in zip(sorted(texts, reverse=True), order, strict=False):
        fields[at] = name
    return fields


Test = Callable[[str], bool]


def _matching(pattern: str) -> Test:
    wanted = re.compile(pattern, re.IGNORECASE)
    return lambda text: wanted.fullmatch(text) is not None


def _one_of(members: type[Any]) -> Test:
    return lambda text: words.choose(members, text) is not None


def _is_country(text: str) -> bool:
    from ka2tui.domain import countries

    try:
        countries.read_country(text)
    except Misread:
        return False
    return True


_AN_AMOUNT = r"(?:€|EUR)? ?\d[\d .,']*(?: ?€| ?EUR)?"
_BY_LOOKS: dict[str, list[tuple[tuple[str, ...], Test]]] = {
    "task": [
        (("state",), _one_of(kinds.TaskState)),
        (("priority",), _one_of(kinds.Priority)),
        (("tags",), _matching(r"(?:#\S+\s*)+")),
        (("effort",), _matching(r"\d{1,4}(?:[.,]\d+)? ?(?:h|d|min|hours?|days?)")),
    ],
    "deliverable": [(("state",), _one_of(kinds.DeliverableState))],
    "milestone": [],
    "meeting": [(("kind",), _one_of(kinds.MeetingKind)), (("country",), _is_country)],
    "partner": [
        (("oid",), _matching(r"E\d{8}")),
        (("pic",), _matching(r"\d{9}")),
        (("contact_email",), _matching(r"\S+@\S+\.\S+")),
        (("country",), _is_country),
        (("role",), _one_of(kinds.PartnerRole)),
        (("acronym",), _matching(r"[\w.&-]{2,15}")),
    ],
    "contact": [
        (("email",), _matching(r"\S+@\S+\.\S+")),
        (("phone",), _matching(r"\+?[\d ()./-]{6,}")),
    ],
    "work_unit": [
        (("start_month", "end_month"), _matching(r"M? ?\d{1,2}")),
        (("amount_cents",), _matching(_AN_AMOUNT)),
    ],
    "participant": [(("country",), _is_country)],
    "indicator": [(("target", "baseline"), _matching(r"[≥>~]? ?\d[\d .,]*(?: ?%)?"))],
    "risk": [
        (("likelihood", "impact"), _matching(r"[1-5]|(?:very )?(?:low|high)|medium")),
        (("state",), _one_of(kinds.RiskState)),
    ],
    "log_entry": [
        (("kind",), _one_of(kinds.LogKind)),
        (("state",), _one_of(kinds.LogState)),
    ],
    "dissemination": [
        (("link",), _matching(r"(?:https?://|www\.)\S+")),
        (("state",), _one_of(kinds.DisseminationState)),
        (("reach",), _matching(r"\d[\d .,]*")),
    ],
    "letter": [
        (("direction",), _one_of(kinds.Direction)),
        (("channel",), _one_of(kinds.Channel)),
    ],
    "payment": [
        (("kind",), _one_of(kinds.PaymentKind)),
        (("amount_cents", "paid_cents"), _matching(_AN_AMOUNT)),
    ],
}
"""By what a column looks like, what it can mean; the surest first."""

_DATES = {
    "task": ("due", "start"),
    "deliverable": ("due",),
    "milestone": ("due", "reached_on"),
    "meeting": ("day", "end_day"),
    "participant": ("day",),
    "indicator": ("due",),
    "risk": ("opened_on", "review_on"),
    "log_entry": ("opened_on", "due"),
    "dissemination": ("day", "end_day"),
    "letter": ("day", "answer_by"),
    "payment": ("due", "paid_on"),
}
_WHO = {"task": "assignee", "deliverable": "lead", "meeting": "host", "work_unit": "lead"} | {
    "contact": "partner",
    "participant": "partner",
    "indicator": "lead",
    "risk": "owner",
    "log_entry": "owner",
    "dissemination": "partner",
    "payment": "partner",
}


def _tests(kind: str, known: Known, today: date) -> list[tuple[tuple[str, ...], Test]]:
    """Give what columns of a kind of table can be told by, the surest first."""
    who = {fold(it) for both in known.partners for it in both}
    if kind == "task":
        who |= {fold(it.name) for it in known.people}
    units = {cells.key_of(it.code) for it in known.units}
    is_wp = _matching(r"WP ?\d{1,2}")

    def is_date(text: str) -> bool:
        if text.isdecimal() and len(text) < _SERIAL:
            return False
        try:
            dates.read(text, start=known.start, allow_month=True, today=today)
        except days.NoSuchDay:
            return True
        except Misread:
            return False
        return True

    has = headings.fields_of(kind)
    unit = "code" if kind == "work_unit" else "work_unit"
    tests: list[tuple[tuple[str, ...], Test]] = []
    if unit in has:
        tests.append(((unit,), lambda text: cells.key_of(text) in units or is_wp(text)))
    if "code" in has:
        tests.append((("code",), lambda text: headings.looks_like_code(kind, text)))
    if kind in _DATES:
        tests.append((_DATES[kind], is_date))
    if kind in _WHO:
        tests.append(((_WHO[kind],), lambda text: fold(text) in who))
    return tests + _BY_LOOKS[kind]


_MAIN = {"partner": "name", "contact": "name", "participant": "name", "letter": "subject"} | {
    kind: "title" for kind in KINDS if kind not in {"partner", "contact", "participant", "letter"}
}
"""What a record cannot do without."""
