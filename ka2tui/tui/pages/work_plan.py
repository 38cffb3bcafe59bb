"""The work plan: its parts with what was promised in them, as a tree or by date, worked on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from ka2tui.domain.kinds import PlanKind, ProjectShape
from ka2tui.domain.plan_money import say_grant
from ka2tui.domain.text import capital
from ka2tui.domain.work_plan import next_code, plan_key
from ka2tui.tui import plain, projector
from ka2tui.tui.detail_page import DetailPage
from ka2tui.tui.lazy import lazily
from ka2tui.tui.list_page import SHOW_ALL
from ka2tui.tui.pages import work_plan_forms, work_plan_rows, work_plan_verbs
from ka2tui.tui.pages.work_plan_rows import AS_ARRANGED, BY_DATE, ORDERS, Order, WorkPlanRows
from ka2tui.tui.widgets.details import Details
from ka2tui.tui.widgets.record_table import RecordTable, Section

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from ka2tui.operations import work_plan
    from ka2tui.queries import work_plan as views
    from ka2tui.queries import work_plan_about as about_views
    from ka2tui.queries.work_plan import PlanRow, WorkPlan
    from ka2tui.tui.widgets.details import Item
else:
    work_plan = lazily("ka2tui.operations.work_plan")
    views = lazily("ka2tui.queries.work_plan")
    about_views = lazily("ka2tui.queries.work_plan_about")

_NEEDS_ROW = frozenset(
    {"advance", "state", "edit", "date", "postpone", "lead", "shares", "percent", "belong"}
    | {"inward", "outward", "shift", "remove", "review", "tasks"}
)

_WORDS = {
    ProjectShape.WORK_PACKAGES: "work package",
    ProjectShape.ACTIVITIES: "activity",
    ProjectShape.HEADINGS: "budget heading",
}


class WorkPlanPage(DetailPage):
    """What the project promised to do, and how far it is."""

    SHOWS = frozenset(
        {"work_unit", "deliverable", "milestone", "share", "partner", "task", "project"}
    )
    NAME = "Work plan"
    FIGURES = ("plan",)
    LIST = "plan"
    HELP = (
        "What the project promised: work packages with their activities, and below them "
        "deliverables and milestones. Bars show how far work is, with a mark for today. A verb "
        "works on the row under the cursor, or on all that are marked with v or *, as one step "
        "that u takes back. t lists deliverables by date; / filters: is:late, @OU, wp:2, "
        "state:review, due<+30d, is:behind."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "advance", "next state", id="plan.advance",
                tooltip="Next state: planned, draft, in review, approved, published; under way, "
                        "done; reached"),
        Binding("n", "add", "new", id="plan.add",
                tooltip="Add a part of the work, a deliverable or a milestone"),
        Binding("e", "edit", "edit", id="plan.edit", tooltip="Edit this row in a form"),
        Binding("d", "date", "date", id="plan.date",
                tooltip="Set the date or month, or the months of work"),
        Binding("p", "postpone", "postpone", id="plan.postpone",
                tooltip="Put off by a day, a week, a month, or to a date"),
        Binding("at", "lead", "lead", key_display="@", show=False, id="plan.lead",
                tooltip="Choose which partner leads"),
        Binding("t", "by_date", "by date", id="plan.by_date",
                tooltip="Deliverables and milestones by date, or the whole plan as a tree"),
        Binding("s", "sort", "sort", show=False, id="plan.sort", tooltip="Choose the order"),
        Binding("S", "state", "state", show=False, id="plan.state",
                tooltip="Choose a state, also an earlier one"),
        Binding("R", "review", "review by", show=False, id="plan.review",
                tooltip="Say by when reviewers of a deliverable answer"),
        Binding("dollar_sign", "shares", "shares", key_display="$", show=False, id="plan.shares",
                tooltip="Divide the money of this part among the partners"),
        Binding("percent_sign", "percent", "per cent", key_display="%", show=False,
                id="plan.percent", tooltip="Keep how far work is as its lead says"),
        Binding("T", "tasks", "its tasks", show=False, id="plan.tasks",
                tooltip="Show the tasks of this part in the list of tasks"),
        Binding("M", "belong", "move", show=False, id="plan.belong",
                tooltip="Move below another work package or activity"),
        Binding("greater_than_sign", "inward", "below above", key_display=">", show=False,
                id="plan.inward", tooltip="Move below the part above"),
        Binding("less_than_sign", "outward", "one level up", key_display="<", show=False,
                id="plan.outward", tooltip="Move one level up"),
        Binding("K,shift+up", "shift(-1)", "up", key_display="K", show=False, id="plan.up",
                tooltip="Move this part of the plan up"),
        Binding("J,shift+down", "shift(1)", "down", key_display="J", show=False, id="plan.down",
                tooltip="Move this part of the plan down"),
        Binding("x,delete", "remove", "remove", key_display="x", show=False, id="plan.remove",
                tooltip="Remove; u brings it back"),
        SHOW_ALL,
        Binding("escape", "close", "back to the list", show=False, id="plan.close",
                tooltip="Back from the details to the list"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    WorkPlanPage {
        & #panes { height: 1fr; }
        & RecordTable { width: 5fr; }
        & Details { width: 3fr; display: none; }
        &.-wide RecordTable { width: 1fr; }
        &.-wide Details { width: 37; }
        &.-wide Details, &.-very-wide Details { display: block; }
        &.-very-wide RecordTable { width: 1fr; }
        &.-very-wide Details { width: 48; }
        &.-reading RecordTable { display: none; }
        &.-reading Details { display: block; width: 1fr; }
        &.-wide.-reading RecordTable, &.-very-wide.-reading RecordTable { display: block; }
        &.-wide.-reading Details { width: 37; }
        &.-very-wide.-reading Details { width: 48; }
    }
    """

    def __init__(self) -> None:
        """Begin with the tree as it is arranged."""
        super().__init__()
        self.dated = False
        """Whether deliverables and milestones are listed by date; else the plan is a tree."""
        self._orders: dict[bool, Order] = {False: AS_ARRANGED, True: BY_DATE}
        self._plan: WorkPlan | None = None
        self._rows: Sequence[PlanRow] = ()
        self._promised: Sequence[PlanRow] = ()
        self._wanted: int | None = None
        self._added = False
        self._fitted: tuple[Sequence[PlanRow], bool] | None = None
        """The rows that the columns were made for, and whether they stand by date."""

    def content(self) -> Iterable[Widget]:
        """Give the plan, and the details beside it."""
        self.cells = WorkPlanRows(self.app.today)
        self.table: RecordTable[PlanRow] = RecordTable(
            self.cells.fit((), tree=True),
            self.cells.cells,
            key=lambda row: row.key,
            depth=self.cells.level,
            tone=self.cells.tone,
            title="Work plan",
        )
        self.details = Details("Details", hint=self.READ)
        yield Horizontal(self.table, self.details, id="panes")

    @property
    def order(self) -> Order:
        """The order of what stands beside each other."""
        chosen = self._orders[self.dated]
        if chosen.private and self.app.projector:
            return BY_DATE if self.dated else AS_ARRANGED
        return chosen

    @property
    def currency(self) -> str:
        """The currency of the project."""
        return "EUR" if self._plan is None else self._plan.currency

    # -- reading --------------------------------------------------------------------------------

    async def load(self) -> WorkPlan:
        """Read the whole plan."""
        return await self.app.ask(views.read, self.project, today=self.app.today)

    def show(self, seen: WorkPlan) -> None:
        """Show the plan, and stand on what was asked for."""
        self._step_off(seen.rows)
        self._plan, self._rows = seen, seen.rows
        self._promised = tuple(row for row in seen.rows if not row.is_unit)
        self.cells.currency = seen.currency
        self._fill()
        self._stand()
        self.refresh_bindings()
        self.read_details()

    def _step_off(self, rows: Sequence[PlanRow]) -> None:
        """Go on to the next row where the one under the cursor is about to go under “accepted”."""
        row = self.table.cursor_row
        if row is None or row.closed or not self.dated or self.order is not BY_DATE:
            return
        closed = {each.key for each in rows if each.closed}
        if row.key not in closed:
            return
        keys = self.table.keys
        at = keys.index(row.key)
        beside = [key for key in (*keys[at + 1 :], *reversed(keys[:at])) if key not in closed]
        if beside:
            self.table.move_to(beside[0])

    def _stand(self) -> None:
        """Put the cursor where somebody wants to see it."""
        if self._wanted is None:
            return
        known = next((row for row in self._rows if row.key == self._wanted), None)
        if known is not None and known.is_unit and self.dated:
            self.dated = False
            self._fill()
        if self.table.move_to(self._wanted):
            self._wanted = None
        elif self._added and self.filtering and known is not None:
            self.app.tell("Added, but hidden by the filter. escape shows all.")
        else:
            return
        self._added = False

    def on_screen_resume(self) -> None:
        """Stand on the row that another page wants to show."""
        words = self.app.wanted_words.pop("work_plan", None)
        if words is not None:
            self.line.put(words, self.table)
        wanted = self.app.wanted_records.pop("work_plan", None)
        if wanted is not None:
            self._wanted = wanted
            self.line.clear()
            self._stand()

    def refill(self) -> None:
        """Show what fits the filter as far as it is typed."""
        self._fill()
        self._stand()
        self.read_details()

    def _fill(self) -> None:
        """Arrange, filter and show what was read."""
        rows = self._promised if self.dated else self._rows
        picked = self.filtered(rows)
        shown: Sequence[PlanRow | Section]
        if self.dated:
            self.cells.depth = {}
            key = self.order.key
            some = sorted(picked, key=key) if key is not None else list(picked)
            by_date = self.order is BY_DATE
            shown = work_plan_rows.by_date(some, self.app.today) if by_date else some
        else:
            kept = {row.key for row in picked} if self.filtering else None
            arranged, depth = work_plan_rows.as_tree(self._rows, kept, self.order)
            self.cells.depth = depth
            shown = work_plan_rows.with_loose(arranged, self._word)
        known = self._fitted
        if known is None or known[0] is not rows or known[1] is not self.dated:
            self._fitted = (rows, self.dated)
            self.table.set_columns(self.cells.fit(rows, tree=not self.dated))
        count = sum(not isinstance(row, Section) for row in shown)
        self.table.set_empty(self._invitation())
        self.table.set_title(self._title())
        self.call_key("plan.by_date", "tree" if self.dated else "by date")
        self.table.set_rows(shown, hidden=len(rows) - count, among=self._rows)
        self.table.set_hint("v mark" if shown else "")
        self.say_filtered(len(picked), len(rows), above=count - len(picked))

    @property
    def _word(self) -> str:
        """What the parts of this project are called."""
        return _WORDS[ProjectShape.WORK_PACKAGES if self._plan is None else self._plan.shape]

    def _invitation(self) -> str:
        if self.filtering:
            return "Nothing in the plan fits this filter. escape shows all."
        if self.dated:
            return "No deliverables or milestones yet. Press n to add the first."
        return f"The work plan is empty. Press n to add the first {self._word}."

    def _title(self) -> str:
        """Say what stands there; above the tree also how its money stands."""
        order = "" if self.order is AS_ARRANGED else f" {self.order.said}"
        if self.dated:
            return f"Deliverables and milestones{order}"
        plan = self._plan
        money = ""
        if plan is not None and plan.rows and (plan.money.parts or plan.money.whole):
            money = "" if self.app.projector else say_grant(plan.money, plan.currency)
        return plain.join([f"Work plan{order}", money])

    # -- details --------------------------------------------------------------------------------

    async def about(self, key: int) -> tuple[Iterable[Item], str] | None:
        """Read what is known of a part of the plan."""
        from ka2tui.tui.pages import work_plan_facts

        row, plan = self.table.row_of(key), self._plan
        if row is None or plan is None:
            return None
        seen = await self.app.ask(about_views.about, row.kind, row.id, today=self.app.today)
        title = capital(row.kind.word)
        return work_plan_facts.of_part(row, seen, plan, self.app.today), title

    @on(Details.Jumped)
    def go_along(self, event: Details.Jumped) -> None:
        """Stand on another row of the plan; everything else the app knows how to find."""
        kind, key = event.target
        if kind == "work_plan":
            event.stop()
            self._wanted = key
            self.line.clear()
            self._stand()
            self.action_close()

    # -- verbs ----------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer a verb where there is something it can be done with."""
        if not self.app.opened.is_set() or projector.hides(self.app, action):
            return False
        if self.line.typing:
            return super().check_action(action, parameters)
        if action in _NEEDS_ROW and not self.table.count:
            return False
        if action in ("sort", "by_date") and not self._rows:
            return False
        return super().check_action(action, parameters)

    @work
    async def action_advance(self) -> None:
        """Take to the next state."""
        self.let_go(await work_plan_verbs.advance(self.app, self.chosen()))

    @work
    async def action_state(self) -> None:
        """Choose a state."""
        self.let_go(await work_plan_verbs.choose_state(self.app, self.chosen()))

    @work
    async def action_review(self) -> None:
        """Say by when reviewers answer."""
        self.let_go(await work_plan_verbs.review(self.app, self.chosen()))

    @work
    async def action_edit(self) -> None:
        """Edit the row under the cursor."""
        row = self.table.cursor_row
        if row is not None:
            await work_plan_forms.edit(
                self.app, self.project, row.kind, row.id, currency=self.currency
            )

    @work
    async def action_date(self) -> None:
        """Set the date or the months."""
        self.let_go(await work_plan_verbs.set_date(self.app, self.project, self.chosen()))

    @work
    async def action_postpone(self) -> None:
        """Put off."""
        self.let_go(await work_plan_verbs.postpone(self.app, self.project, self.chosen()))

    @work
    async def action_lead(self) -> None:
        """Choose who leads."""
        self.let_go(await work_plan_verbs.lead(self.app, self.project, self.chosen()))

    @work
    async def action_shares(self) -> None:
        """Divide the money among the partners."""
        row = self.table.cursor_row
        if row is not None:
            await work_plan_verbs.shares(self.app, self.project, row, self.currency)

    @work
    async def action_percent(self) -> None:
        """Keep how far work is."""
        self.let_go(await work_plan_verbs.percent(self.app, self.chosen()))

    @work
    async def action_belong(self) -> None:
        """Move below another part."""
        self.let_go(await work_plan_verbs.belong(self.app, self.project, self.chosen()))

    @work
    async def action_remove(self) -> None:
        """Remove."""
        self.let_go(await work_plan_verbs.remove(self.app, self.chosen()))

    def action_tasks(self) -> None:
        """Show the tasks of this part in the list of tasks."""
        row = self.table.cursor_row
        if row is None:
            return
        if row.where is None:
            self.app.tell("It belongs to no work package, so no tasks belong to it.")
            return
        code = f'"{row.where}"' if " " in row.where else row.where
        self.app.open_words("tasks", f"wp:{code}")

    def record_at_cursor(self) -> tuple[str, int, str] | None:
        """Give what the cursor stands on, for its history."""
        row = self.table.cursor_row
        if row is None:
            return None
        kind = "work_unit" if row.is_unit else str(row.kind)
        return kind, row.id, plain.join([row.code, row.title], " ")

    # -- adding ---------------------------------------------------------------------------------

    @work
    async def action_add(self) -> None:
        """Ask what is added, and add it in a form."""
        from ka2tui.tui.dialogs.choose import Choose, Item

        offers = self._offers()
        items = [Item(at, said, code) for at, (_, _, code, said) in enumerate(offers)]
        chosen = await self.app.push_screen_wait(
            Choose("Add to the work plan", items, at=self._proposed(offers))
        )
        if chosen is None:
            return
        kind, above, code, _ = offers[chosen]
        lead = None if above is None else above.lead_id
        made = await work_plan_forms.add(
            self.app,
            self.project,
            kind,
            code=code,
            above=None if above is None else above.id,
            lead=lead,
            currency=self.currency,
        )
        if made is not None:
            self._wanted, self._added = plan_key(kind, made), True
            self._stand()

    def _offers(self) -> list[tuple[PlanKind, PlanRow | None, str, str]]:
        """List what can be added here: what it is, what it belongs to, its code, in words."""
        codes = [row.code for row in self._rows]
        unit = self._unit_here()
        top = unit
        if unit is not None and unit.parent is not None:
            top = next((row for row in self._rows if row.key == unit.parent), unit)
        shape = ProjectShape.WORK_PACKAGES if self._plan is None else self._plan.shape
        wanted: list[tuple[PlanKind, PlanRow | None]] = []
        if shape is ProjectShape.WORK_PACKAGES:
            wanted.append((PlanKind.WORK_PACKAGE, None))
        if top is not None and top.kind is PlanKind.WORK_PACKAGE:
            wanted.append((PlanKind.ACTIVITY, top))
        elif shape is ProjectShape.ACTIVITIES:
            wanted.append((PlanKind.ACTIVITY, None))
        if shape is ProjectShape.HEADINGS:
            wanted.append((PlanKind.HEADING, None))
        wanted += [(PlanKind.DELIVERABLE, unit), (PlanKind.MILESTONE, unit)]
        return [
            (
                kind,
                above,
                next_code(kind, codes, None if above is None else above.code),
                kind.word if above is None else f"{kind.word} in {above.code}",
            )
            for kind, above in wanted
        ]

    def _proposed(self, offers: Sequence[tuple[PlanKind, Any, str, str]]) -> int:
        """Give the place of what is most likely meant: more of what the cursor stands on."""
        row = self.table.cursor_row
        kind = None if row is None else row.kind
        return next((at for at, offer in enumerate(offers) if offer[0] is kind), 0)

    def _unit_here(self) -> PlanRow | None:
        """Give the part of the plan that the cursor stands on or in."""
        row = self.table.cursor_row
        if row is None or row.is_unit:
            return row
        return next((each for each in self._rows if each.key == row.parent), None)

    @property
    def signs(self) -> str:
        """Give where a new task would belong."""
        row = self.table.cursor_row
        where = "" if row is None else row.where or ""
        return f"wp:{where}" if where and " " not in where else ""

    # -- moving ---------------------------------------------------------------------------------

    @property
    def _standing(self) -> list[PlanRow]:
        """The rows that stand there, in their order."""
        return self.table.rows_of(self.table.keys)

    @work
    async def action_inward(self) -> None:
        """Move the chosen rows below the part above the first of them."""
        rows = self.chosen()
        shown = self._standing
        at = next(place for place, row in enumerate(shown) if row.key == rows[0].key)
        given = {row.key for row in rows}
        own = rows[0].parent
        into_package = any(row.is_unit for row in rows)
        above = next(
            (
                row
                for row in reversed(shown[:at])
                if row.is_unit
                and row.key not in given
                and row.key != own
                and (row.kind is PlanKind.WORK_PACKAGE or not into_package)
            ),
            None,
        )
        if above is None:
            self.app.tell("There is nothing above that it could stand below.")
            return
        self.let_go(await work_plan_verbs.move_below(self.app, rows, above.id))

    @work
    async def action_outward(self) -> None:
        """Move the chosen rows one level up."""
        rows = self.chosen()
        if rows[0].parent is None:
            self.app.tell("It stands at the top level already.")
            return
        above = next((row for row in self._rows if row.key == rows[0].parent), None)
        to = None if above is None else above.work_unit_id
        self.let_go(await work_plan_verbs.move_below(self.app, rows, to))

    @work
    async def action_shift(self, step: int) -> None:
        """Move parts of the plan up or down beside each other."""
        rows = self.chosen()
        if self.dated or not all(row.is_unit for row in rows):
            self.app.tell(
                "Deliverables and milestones stand by their dates: K and J move work packages "
                "and activities, in the tree."
            )
            return
        if self.order is not AS_ARRANGED:
            self._orders[False] = AS_ARRANGED
            self._fill()
            self.app.tell("Now in the order you arranged: K and J move up and down in it.")
            return
        beside = self._beside(rows, step)
        if beside is None:
            where = "first" if step < 0 else "last"
            self.app.tell(f"{'It is' if len(rows) == 1 else 'They are'} {where} there already.")
            return
        ids = [row.id for row in rows]
        if step < 0:
            await self.app.do(work_plan.place, ids, before=beside.id)
        else:
            await self.app.do(work_plan.place, ids, after=beside.id)

    def _beside(self, rows: Sequence[PlanRow], step: int) -> PlanRow | None:
        """Give the part that chosen ones move past: the next of the same level."""
        first = rows[0] if step < 0 else rows[-1]
        given = {row.key for row in rows}
        same = [row for row in self._rows if row.is_unit and row.parent == first.parent]
        at = next(place for place, row in enumerate(same) if row.key == first.key) + step
        while 0 <= at < len(same):
            if same[at].key not in given:
                return same[at]
            at += step
        return None

    # -- what is shown --------------------------------------------------------------------------

    def action_by_date(self) -> None:
        """Show deliverables and milestones by date, or the plan as a tree."""
        self.dated = not self.dated
        self._fill()
        self.table.focus()
        self.refresh_bindings()
        self.read_details()

    @work
    async def action_sort(self) -> None:
        """Choose the order."""
        from ka2tui.tui.dialogs.choose import Choose, Item

        offered = [
            order
            for order in ORDERS
            if not (self.dated and order is AS_ARRANGED)
            and not (order.private and self.app.projector)
        ]
        items = [Item(at, order.said) for at, order in enumerate(offered)]
        chosen = await self.app.push_screen_wait(
            Choose("Order", items, at=offered.index(self.order))
        )
        if chosen is not None:
            self._orders[self.dated] = offered[chosen]
            self._fill()
