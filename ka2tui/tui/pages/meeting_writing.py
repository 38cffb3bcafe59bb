"""Papers of a meeting written into files: agenda, list to sign, minutes, as HTML or Markdown."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from textual import on

from ka2tui.domain.refusal import Refused
from ka2tui.settings import path_of
from ka2tui.tui import documents
from ka2tui.tui.dialogs.form import Entry, Field, Form, Option, Pick
from ka2tui.tui.lazy import lazily

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from pathlib import Path

    from ka2tui.queries import meetings as views
    from ka2tui.queries.meetings import MeetingDetails
    from ka2tui.reports.document import Document
    from ka2tui.tui.desk import Desk
    from ka2tui.tui.dialogs.form import Filled
else:
    views = lazily("ka2tui.queries.meetings")

AGENDA, SIGNATURES, MINUTES = "agenda", "signatures", "minutes"

_PAPERS = (
    Option(AGENDA, "agenda, to send before"),
    Option(SIGNATURES, "list to sign, a table for each day"),
    Option(MINUTES, "minutes, with what each partner has to do"),
)
_FORMATS = (
    Option("html", "page to send and print (HTML)"),
    Option("md", "text to work on (Markdown)"),
)


class WriteForm(Form):
    """Which paper, as what, and where; the name follows the paper until it is typed over."""

    def __init__(
        self,
        fields: Sequence[Field],
        name: Callable[[str], str],
        *,
        save: Callable[[Filled], Awaitable[Any]],
    ) -> None:
        """Make the form; `name` proposes the name of the file of a paper."""
        super().__init__("Write out", fields, save=save)
        self._called = name

    @on(Pick.Changed)
    def paper_chosen(self) -> None:
        """Propose a name for another paper."""
        entries = {entry.field.name: entry for entry in self.query(Entry)}
        entries["name"].propose(self._called(str(entries["paper"].read())))


async def write_out(desk: Desk, meeting: int) -> None:
    """Save a paper of a meeting as a file, to be sent or printed."""
    try:
        details = await desk.ask(views.one, meeting, today=desk.today)
    except Refused as gone:
        desk.tell(str(gone), severity="warning")
        return
    folder = str(await documents.folder())
    paper = MINUTES if details.outcomes or details.row.past else AGENDA
    own = desk.settings.data

    def proposed(paper: str) -> str:
        from ka2tui.reports import saving

        day = [] if details.row.day is None else [details.row.day.isoformat()]
        return saving.file_name(details.project, paper, details.row.title, *day, ending="")[:-1]

    async def save(filled: Filled) -> Path:
        values = filled.values
        said = (str(values["folder"]), str(values["name"]), str(values["format"]))
        return await documents.put(desk, partial(_write, details, values["paper"], own, said))

    fields = [
        Field("paper", "What", "choice", paper, required=True, options=_PAPERS),
        Field("format", "As", "choice", "html", required=True, options=_FORMATS),
        Field("folder", "Folder", value=folder, required=True),
        Field("name", "Name", value=proposed(paper), required=True),
    ]
    filled = await desk.push_screen_wait(WriteForm(fields, proposed, save=save))
    if filled is not None:
        minutes_wait = filled.values["paper"] == MINUTES and not details.row.minutes_sent_on
        more = " s notes that they were sent." if minutes_wait else ""
        desk.tell(f"Saved as {filled.saved}.{more}", timeout=10)


def _document(details: MeetingDetails, paper: str) -> Document:
    from ka2tui.reports import meeting_papers, minutes

    if paper == AGENDA:
        return meeting_papers.agenda(details)
    return meeting_papers.signatures(details) if paper == SIGNATURES else minutes.document(details)


def _write(
    details: MeetingDetails,
    paper: str,
    own: Path | None,
    words: tuple[str, str, str],
    *,
    replace: bool,
) -> Path:
    """Write the file, in a thread of its own.

    Args:
        details: The meeting.
        paper: Which of its papers.
        own: The user's folder of words.
        words: Folder, name, and html or md.
        replace: Whether it may take the place of another file.
    """
    from ka2tui.reports import saving

    folder, name, form = words
    path = path_of(folder) / saving.file_name(name.removesuffix(f".{form}"), ending=form)
    document = _document(details, paper)
    if form == "html":
        from ka2tui.reports.formats import html

        text = html.render(document, own)
    else:
        from ka2tui.reports.formats import markdown

        text = markdown.render(document)
    return saving.save(path, text, replace=replace)
