"""How the work plan stands in a list: as a tree or by date, its columns and its cells."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from ka2tui.domain import progress
from ka2tui.domain.days import say_brief
from ka2tui.domain.due import Due, say_due
from ka2tui.domain.kinds import PlanKind, WorkUnitState
from ka2tui.domain.money import say_amount
from ka2tui.domain.spans import say_calendar, say_months
from ka2tui.domain.text import fold
from ka2tui.frozen import frozen
from ka2tui.tui import plain
from ka2tui.tui.pages.task_orders import natural
from ka2tui.tui.widgets.record_table import Column, Section

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from ka2tui.queries.work_plan import PlanRow
    from ka2tui.tui.plain import Cell, Piece, Tone

AHEAD = 30
"""Days that count as next in the list by date."""

_OF_WORK = ("months", "runs", "percent", "tasks", "results", "people", "place", "money")
"""Columns that only work has something in."""

_BEHIND = {"behind": 0, "on_time": 1, "ahead": 2, None: 3}


@frozen
class Order:
    """One order of what stands beside each other."""

    said: str
    key: Callable[[PlanRow], Any] | None = None
    """None: as they are read."""
    private: bool = False
    """Whether a projector does not show it."""


def _by_date(row: PlanRow) -> Any:
    return row.due is None, row.due or date.max, natural(row.code)


AS_ARRANGED = Order("as arranged")
BY_DATE = Order("by date", _by_date)

ORDERS: tuple[Order, ...] = (
    AS_ARRANGED,
    BY_DATE,
    Order("by code", lambda row: natural(row.code)),
    Order("by lead", lambda row: (row.lead is None, fold(row.lead or ""), natural(row.code))),
    Order("by what is behind", lambda row: (not row.late, _BEHIND[row.standing], _by_date(row))),
    Order("by money", lambda row: (-(row.amount_cents or 0), natural(row.code)), private=True),
    Order("by title", lambda row: fold(row.title)),
)


def as_tree(
    rows: Sequence[PlanRow], kept: Collection[int] | None, order: Order
) -> tuple[list[PlanRow], dict[int, int]]:
    """Put everything below what it belongs to, and give how deep each stands.

    Args:
        rows: All there are.
        kept: The keys that are shown, with what they stand below; None: all.
        order: Of those below the same.
    """
    known = {row.key: row for row in rows}
    shown = set(known) if kept is None else set()
    for key in kept or ():
        each: int | None = key
        while each is not None and each in known and each not in shown:
            shown.add(each)
            each = known[each].parent
    parts: dict[int | None, list[PlanRow]] = defaultdict(list)
    for row in rows:
        if row.key in shown:
            parts[row.parent if row.parent in known else None].append(row)
    arranged: list[PlanRow] = []
    depth: dict[int, int] = {}

    def put(above: int | None, level: int) -> None:
        below = parts[above]
        if order.key is not None:
            below = sorted(below, key=order.key)
            below.sort(key=lambda row: not row.is_unit)
        for row in below:
            arranged.append(row)
            depth[row.key] = level
            put(row.key, level + 1)

    put(None, 0)
    return arranged, depth


def with_loose(arranged: Sequence[PlanRow], word: str) -> list[PlanRow | Section]:
    """Put a heading over what belongs to no part of the plan."""
    loose = [row for row in arranged if row.parent is None and not row.is_unit]
    if not loose or len(loose) == len(arranged):
        return list(arranged)
    gone = {row.key for row in loose}
    rows: list[PlanRow | Section] = [row for row in arranged if row.key not in gone]
    return [*rows, Section(f"In no {word}"), *loose]


def by_date(rows: Sequence[PlanRow], today: date) -> list[PlanRow | Section]:
    """Put deliverables and milestones under headings that say how near they are."""
    near = today + timedelta(days=AHEAD)
    groups: dict[str, list[PlanRow]] = {
        title: []
        for title in ("Late", f"Next {AHEAD} days", "Later", "No date", "Accepted or reached")
    }
    late, soon, later, never, closed = groups.values()
    for row in rows:
        if row.closed:
            closed.append(row)
        elif row.late:
            late.append(row)
        elif row.due is None:
            never.append(row)
        else:
            (soon if row.due <= near else later).append(row)
    shown: list[PlanRow | Section] = []
    for title, some in groups.items():
        if some:
            shown += [Section(title, str(len(some))), *some]
    return shown


_WHOLE = 72
"""Cells that a title with its code takes at most."""


class WorkPlanRows:
    """The columns and cells of the work plan."""

    def __init__(self, today: date) -> None:
        """Begin without rows.

        Args:
            today: The day they are seen from.
        """
        self.today = today
        self.currency = "EUR"
        self.depth: dict[int, int] = {}
        """How deep each stands; empty where they are listed by date."""
        self._names: list[str] = []
        self._tree = True

    def level(self, row: PlanRow) -> int:
        """Give how deep a row stands."""
        return self.depth.get(row.key, 0)

    def fit(self, rows: Sequence[PlanRow], *, tree: bool) -> list[Column]:
        """Give the columns for these rows."""
        titles = [plain.width(f"{row.code} {row.title}") for row in rows]
        self._tree = tree
        wish = min(max([*titles, 24]) + (8 if tree else 2), _WHOLE)
        columns = {
            "state": Column("", 1, importance=9),
            "title": Column(
                *("Work plan" if tree else "Deliverable, milestone", 24),
                share=9,
                importance=9,
                wish=wish,
                tree=tree,
            ),
            "where": Column("Where", _fitting([r.work_unit for r in rows], 5, 8), importance=5),
            "lead": Column("Lead", _fitting([row.lead for row in rows], 4, 12), importance=7),
            "months": Column("Months", _fitting([*map(self._when, rows)], 6, 9), importance=4),
            "runs": Column("Runs", 17, align="right", importance=2),
            "due": Column(
                "Due", _fitting([*map(self._said, rows)], 8, 14), align="right", importance=9
            ),
            "progress": Column("Progress", 10, importance=8),
            "percent": Column("", 6, align="right", importance=4),
            "review": Column("Review by", 10, align="right", importance=6),
            "came": Column("Came", 11, align="right", importance=3),
            "tasks": Column("Tasks", 7, align="right", importance=6),
            "results": Column("Deliv.", 6, align="right", importance=3),
            "people": Column("People", 6, align="right", importance=2),
            "place": Column("Place", _fitting([r.place for r in rows], 5, 14), importance=3),
            "money": Column(
                "Money", self._money_room(rows), align="right", importance=4, private=True
            ),
        }
        left_out = {"where", "review", "came"} if tree else {*_OF_WORK}
        for name, known in (
            ("place", [row.place for row in rows]),
            ("people", [row.participants for row in rows]),
            ("money", [row.amount_cents for row in rows]),
            ("review", [row.review_due for row in rows]),
        ):
            if all(one is None for one in known):
                left_out.add(name)
        self._names = [name for name in columns if name not in left_out]
        return [columns[name] for name in self._names]

    def _money_room(self, rows: Sequence[PlanRow]) -> int:
        return _fitting([self._money(row) for row in rows], 7, 16)

    def tone(self, row: PlanRow) -> Tone:
        """Give the meaning of a whole row."""
        return "done" if row.closed else ""

    def cells(self, row: PlanRow) -> Sequence[Cell]:
        """Show a row."""
        return [getattr(self, f"_{name}")(row) for name in self._names]

    def _state(self, row: PlanRow) -> Cell:
        return state_of(row, self.today)[:2]

    def _title(self, row: PlanRow) -> Cell:
        pieces: list[Piece] = []
        if row.kind is PlanKind.DELIVERABLE:
            pieces.append((f"{plain.DELIVERABLE} ", "accent"))
        elif row.kind is PlanKind.MILESTONE:
            pieces.append((f"{plain.MILESTONE} ", "accent"))
        code: Tone = "strong" if row.is_unit and not row.closed and row.parent is None else "quiet"
        return [*pieces, (row.code, code), f" {row.title}"]

    def _where(self, row: PlanRow) -> Cell:
        return (row.work_unit or "", "quiet")

    def _lead(self, row: PlanRow) -> Cell:
        return row.lead or ""

    def _when(self, row: PlanRow) -> str:
        if row.is_unit:
            return say_months(row.start_month, row.end_month)
        return "" if row.due_month is None else f"M{row.due_month}"

    def _months(self, row: PlanRow) -> Cell:
        return (self._when(row), "quiet")

    def _runs(self, row: PlanRow) -> Cell:
        return (say_calendar(row.first, row.due) if row.is_unit else "", "quiet")

    def _due(self, row: PlanRow) -> Cell:
        _, tone, _ = state_of(row, self.today)
        said = self._said(row)
        return (said, "quiet" if row.closed or tone not in ("late", "soon") else tone)

    def _said(self, row: PlanRow) -> str:
        """Say when something is due: of work when it ends."""
        # beside the months of the tree the day alone is enough
        month = None if self._tree and row.due is not None else row.due_month
        due = Due(row.due, month, row.due_precision)
        if not row.closed:
            return say_due(due, self.today)
        return "" if due == Due() else str(Due(row.due, None, row.due_precision))

    def _progress(self, row: PlanRow) -> Cell:
        if not row.is_unit or row.state is WorkUnitState.CANCELLED:
            return (row.state.word, "quiet")
        if row.closed:
            return (row.state.word, "quiet")
        if row.done is None:
            return ("░" * 10 if row.elapsed is None else _mark(row.elapsed), "quiet")
        drawn = progress.bar(row.done, mark=row.elapsed)
        return plain.shaded(drawn, "late" if row.standing == "behind" else "accent")

    def _percent(self, row: PlanRow) -> Cell:
        if row.done is None or not row.is_unit or row.closed:
            return ""
        sign = "~" if row.stated is not None else ""
        return (f"{sign}{row.done} %", "late" if row.standing == "behind" else "quiet")

    def _tasks(self, row: PlanRow) -> Cell:
        if row.counts.tasks_late:
            return (f"{row.counts.tasks_late} late", "late")
        left = row.counts.tasks - row.counts.tasks_done
        return (f"{left} open" if left else "", "quiet")

    def _results(self, row: PlanRow) -> Cell:
        counts = row.counts
        if not counts.deliverables:
            return ""
        tone: Tone = "late" if counts.deliverables_late else "quiet"
        return (f"{counts.deliverables_done}/{counts.deliverables}", tone)

    def _people(self, row: PlanRow) -> Cell:
        return ("" if row.participants is None else plain.number(row.participants), "quiet")

    def _place(self, row: PlanRow) -> Cell:
        return (row.place or "", "quiet")

    def _money(self, row: PlanRow) -> Any:
        if row.amount_cents is None:
            return ""
        said = say_amount(row.amount_cents, self.currency)
        return said if row.adds_up else f"! {said}"

    def _review(self, row: PlanRow) -> Cell:
        if row.review_due is None or row.closed:
            return ""
        tone: Tone = "late" if row.review_due < self.today else "quiet"
        return (say_due(Due(row.review_due), self.today), tone)

    def _came(self, row: PlanRow) -> Cell:
        return ("" if row.done_on is None else say_brief(row.done_on), "quiet")


def state_of(row: PlanRow, today: date) -> tuple[str, Tone, str]:
    """Give the glyph, tone and word of how a row stands."""
    if row.state is WorkUnitState.CANCELLED:
        return plain.STATES["cancelled"]
    if row.closed:
        return plain.STATES["done"]
    if row.late:
        return plain.STATES["late"]
    if row.state == "under_way":
        return plain.STATES["doing"]
    if row.is_unit:
        return plain.STATES["open"]
    return plain.state_of("open", row.due, today)


def _mark(elapsed: int) -> str:
    """Draw an empty bar with a mark for today."""
    return progress.bar(0, mark=elapsed)


def _fitting(texts: Sequence[Any], least: int, most: int) -> int:
    known = [text for text in texts if text]
    return plain.longest(known, least, most) if known else least
