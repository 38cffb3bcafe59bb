"""The progress report: choose a period, read it, hand it out as a file."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from ka2tui.datafiles import DataFault
from ka2tui.domain import days, periods
from ka2tui.domain.periods import Period, Span
from ka2tui.domain.refusal import Refused
from ka2tui.frozen import frozen
from ka2tui.settings import path_of
from ka2tui.tui import documents, plain
from ka2tui.tui.lazy import lazily
from ka2tui.tui.page import Page
from ka2tui.tui.widgets.document_view import DocumentView
from ka2tui.tui.widgets.record_table import Column, RecordTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from textual.widget import Widget

    from ka2tui.queries import progress, progress_figures, projects
    from ka2tui.queries.progress import Progress
    from ka2tui.queries.progress_figures import Traced
    from ka2tui.reports.document import Document
    from ka2tui.tui.dialogs.form import Filled
else:
    progress = lazily("ka2tui.queries.progress")
    progress_figures = lazily("ka2tui.queries.progress_figures")
    projects = lazily("ka2tui.queries.projects")

OTHER = len(Span)
"""The choice after the named periods."""


@frozen
class Part:
    """A part of the report in the list beside it."""

    id: int
    title: str


class Seen(NamedTuple):
    """What was read and built; a sentence where it could not be."""

    start: date | None
    period: Period
    read: Progress | None
    """What it was built of, to be built again with the rows behind its figures."""
    shown: Document | None
    """As it stands here: on a projector without money."""
    said: str = ""


class ReportsPage(Page):
    """The progress report of a period, as it would be handed out."""

    SHOWS = frozenset(
        {
            *("project", "priority", "phase", "partner", "contact", "work_unit", "task"),
            *("deliverable", "milestone", "meeting", "attendance", "head_count", "outcome"),
            *("assessment", "answer"),
        }
    )
    NAME = "Reports"
    FIGURES = ("every",)
    HELP = (
        "The consortium's own report on a period: not the form of the agency. Choose the period, "
        "read it here once, then save it as a page to send and print, or as Markdown to work on."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "period", "period", id="report.period",
                tooltip="Choose the days the report tells of"),
        Binding("e", "save", "save as file", id="report.save",
                tooltip="Save the report as a page (HTML) or as Markdown"),
        Binding("w", "rows", "rows in the file", id="report.rows",
                tooltip="The file with or without the rows behind its figures"),
        Binding("n", "part(1)", "next part", id="report.next", tooltip="Next part"),
        Binding("b", "part(-1)", "part before", id="report.before", tooltip="Part before"),
        Binding("s", "parts", "go to part", id="report.parts", tooltip="Choose a part to go to"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    ReportsPage #panes { height: 1fr; }
    ReportsPage #parts { width: 34; display: none; }
    ReportsPage DocumentView { width: 1fr; }
    ReportsPage.-wide #parts, ReportsPage.-very-wide #parts { display: block; }
    """

    AUTO_FOCUS = "DocumentView"

    def __init__(self) -> None:
        super().__init__()
        self.rows = True
        """Whether the file ends with the rows behind its figures."""
        self.span: Span | None = Span.THREE_MONTHS
        """The named period chosen; None: other dates."""
        self._dates: Period | None = None
        self._start: date | None = None
        self._period: Period | None = None
        self._read: Progress | None = None

    def content(self) -> Iterable[Widget]:
        """Give the parts, and beside them the report."""
        self.parts: RecordTable[Part] = RecordTable(
            [Column("", 10, share=1)], lambda part: (part.title,), title="Parts",
            hint="enter read", headings=False, id="parts",
        )  # fmt: skip
        self.view = DocumentView("Progress report")
        yield Horizontal(self.parts, self.view, id="panes")

    # -- reading and building -------------------------------------------------------------------

    async def load(self) -> Seen:
        """Read in the portfolio's thread, briefly; build in another one."""
        self.view.set_hint("reading …")
        start = await self.app.ask(projects.start_of, self.project)
        named = Span.THREE_MONTHS if self.span is None else self.span
        period = self._dates if self.span is None and self._dates else None
        period = period or periods.choose(named, start, self.app.today)
        own = self.app.settings.data
        read = await self.app.ask(
            progress.progress_of, self.project, period, today=self.app.today, own=own
        )
        self.view.set_hint("writing …")
        shown = _without_money(read) if self.app.projector else read
        try:
            document = await asyncio.to_thread(_build, shown, self.app.settings.data)
        except (Refused, DataFault) as fault:
            return Seen(start, period, None, None, str(fault))
        return Seen(start, period, read, document)

    def show(self, seen: Seen) -> None:
        """Show the report; the place in it stays."""
        self._start, self._period, self._read = seen.start, seen.period, seen.read
        self.view.set_title(f"Progress report · {periods.say(seen.period, seen.start, self._end)}")
        if seen.shown is None:
            self.view.say(seen.said)
            self.view.set_hint("")
            self.parts.set_rows([])
        else:
            self.view.show(seen.shown)
            self.parts.set_rows(
                [Part(n, one.text) for n, one in enumerate(seen.shown.headings) if one.level == 1]
            )
            self._say_place()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer nothing to do with a report that is not there."""
        if action in {"save", "rows", "part", "parts"} and self.loaded:
            return self.view.document is not None
        return True

    def _say_place(self) -> None:
        """Say in the border how long it is."""
        file = "e save as file" if self.rows else "e save as file, without rows"
        self.view.set_hint(plain.join([plain.count(self.view.length, "line"), file]))

    # -- parts ----------------------------------------------------------------------------------

    def action_part(self, step: int) -> None:
        """Go to the next part, or to the one before."""
        self.view.go_by(step)

    @on(RecordTable.Highlighted)
    def highlighted(self) -> None:
        """Follow the cursor of the list of parts."""
        if self.parts.has_focus and self.parts.cursor_key is not None:
            self.view.go_to(self.parts.cursor_key)

    @on(RecordTable.Opened)
    def opened(self) -> None:
        """Read the part under the cursor."""
        if self.parts.cursor_key is not None:
            self.view.go_to(self.parts.cursor_key)
        self.view.focus()

    @on(DocumentView.Moved)
    def moved(self) -> None:
        """Let the list of parts follow what is read."""
        if not self.parts.has_focus:
            self.parts.move_to(self.view.part)

    @work
    async def action_parts(self) -> None:
        """Choose a part to go to."""
        from ka2tui.tui.dialogs.choose import Choose, Item

        document = self.view.document
        if document is None:
            return
        items = [Item(n, one.text) for n, one in enumerate(document.headings)]
        chosen = await self.app.push_screen_wait(Choose("Go to", items, at=self.view.part))
        if chosen is not None:
            self.view.go_to(chosen)

    # -- period ---------------------------------------------------------------------------------

    @property
    def _end(self) -> date | None:
        """The project's last day, where it is known."""
        return None if self._read is None else self._read.project.end

    @work
    async def action_period(self) -> None:
        """Choose the days the report tells of."""
        from ka2tui.tui.dialogs.choose import Choose, Item

        today, start = self.app.today, self._start
        items = [
            Item(n, span.word, periods.say(periods.choose(span, start, today), start, self._end))
            for n, span in enumerate(Span)
        ]
        items.append(Item(OTHER, "other dates", "from a day or month to another"))
        at = OTHER if self.span is None else list(Span).index(self.span)
        chosen = await self.app.push_screen_wait(Choose("Period", items, at=at))
        if chosen is None:
            return
        if chosen == OTHER:
            dates = await self._ask_dates()
            if dates is None:
                return
            self.span, self._dates = None, dates
        else:
            self.span, self._dates = list(Span)[chosen], None
        self.view.scroll_home(animate=False)
        self.reload()

    async def _ask_dates(self) -> Period | None:
        """Ask for a period in words; None where it was left."""
        from ka2tui.tui.dialogs.line import Line

        value = ""
        if self._period is not None:
            value = " to ".join(days.say_brief(day) for day in self._period)
        line = Line(
            "Period",
            value=value,
            placeholder="M12-M13, Q3 2026, or 1 Sep 2026 to 22 Nov 2026",
            read=lambda text: periods.say(self._read_period(text), self._start, self._end),
            anew=True,
        )
        text = await self.app.push_screen_wait(line)
        return None if text is None else self._read_period(text)

    def _read_period(self, text: str) -> Period:
        """Read a period as it is typed.

        Raises:
            Refused: It is none.
        """
        return periods.read(text, self._start, self.app.today)

    # -- handing out ----------------------------------------------------------------------------

    def action_rows(self) -> None:
        """Leave the rows behind the figures out of the file, or put them into it."""
        self.rows = not self.rows
        self._say_place()
        ends = "ends with" if self.rows else "leaves out"
        self.app.tell(f"The file {ends} the rows behind its figures")

    @work
    async def action_save(self) -> None:
        """Save the report as a file."""
        from ka2tui.tui.dialogs.form import Field, Form, Option

        read, period = self._read, self._period
        if read is None or period is None:
            return
        folder, name = str(await documents.folder()), _proposed(self._acronym(), period)
        form = Form(
            "Save the report",
            [
                Field("format", "Format", "choice", "html", options=[
                    Option("html", "page to send and print (HTML)"),
                    Option("md", "text to work on (Markdown)"),
                ]),
                Field("folder", "Folder", value=folder, required=True),
                Field("name", "Name", value=name, required=True),
            ],
            save=lambda filled: self._save(read, filled),
            about="It holds names and plans as you entered them: think of who will read it. "
            + ("It ends with the rows behind its figures." if self.rows
               else "The rows behind its figures are left out."),
        )  # fmt: skip
        filled = await self.app.push_screen_wait(form)
        if filled is not None:
            self.view.set_hint(f"saved as {filled.saved.name}")
            self.app.tell(f"Saved as {filled.saved}", timeout=10)

    async def _save(self, read: Progress, filled: Filled) -> Path:
        """Write the file, with the rows behind its figures where they are wanted.

        It goes over another only where that was said.

        Raises:
            Refused: It cannot be written, or shall not be.
        """
        values, own = filled.values, self.app.settings.data
        words = (str(values["folder"]), str(values["name"]), str(values["format"]))
        traced = progress_figures.traced
        rows = await self.app.ask(traced, read.project.id, read, own=own) if self.rows else None

        def write(*, replace: bool) -> Path:
            return _write(_build(read, own, rows), own, words, replace=replace)

        return await documents.put(self.app, write)

    def _acronym(self) -> str:
        return self.app.standing.acronym if self.app.standing else ""


def _build(read: Progress, own: Path | None, rows: Mapping[str, Traced] | None = None) -> Document:
    """Build the report; the first time takes a while, as everything it needs is loaded."""
    from ka2tui.reports import progress as report

    return report.build(read, own, rows)


def _without_money(read: Progress) -> Progress:
    """Leave out what a projector does not show."""
    changes = [
        replace(row, items=tuple(item for item in row.items if item.spot.field != "money"))
        for row in read.evidence.changes
    ]
    evidence = replace(read.evidence, changes=tuple(row for row in changes if row.items))
    project = replace(read.project, grant_cents=None)
    return replace(read, project=project, evidence=evidence, money=None)


def _proposed(acronym: str, period: Period) -> str:
    """Propose a name, without the ending."""
    from ka2tui.reports import saving

    return saving.file_name(acronym, "progress", period.last.isoformat(), ending="")[:-1]


def _write(
    document: Document, own: Path | None, words: tuple[str, str, str], *, replace: bool = False
) -> Path:
    """Write the file, in a thread of its own.

    Args:
        words: Folder, name, and html or md.
    """
    from ka2tui.reports import saving

    folder, name, form = words
    stem = name.removesuffix(f".{form}")
    path = path_of(folder) / saving.file_name(stem, ending=form)
    if form == "html":
        from ka2tui.reports.formats import html

        text = html.render(document, own)
    else:
        from ka2tui.reports.formats import markdown

        text = markdown.render(document)
    return saving.save(path, text, replace=replace)
