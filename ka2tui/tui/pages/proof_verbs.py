"""What is done about proof wherever it is shown: add, attach, open, check, do without."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ka2tui.domain import proof_sorts
from ka2tui.domain.kinds import ProofKind, ProofState
from ka2tui.domain.refusal import Refused
from ka2tui.tui import plain
from ka2tui.tui.lazy import lazily

if TYPE_CHECKING:
    from ka2tui.domain.proof_sorts import ProofList
    from ka2tui.exchange.proof_files import Print, Seen
    from ka2tui.operations import proofs
    from ka2tui.operations.proofs import About
    from ka2tui.queries import behind as behind_views
    from ka2tui.queries import partners as partner_views
    from ka2tui.queries import proof_records as record_views
    from ka2tui.queries import proofs as views
    from ka2tui.queries.proof_asked import AskedOf
    from ka2tui.queries.proofs import ProofDetails, ProofRow
    from ka2tui.tui.desk import Desk
    from ka2tui.tui.dialogs.form import Field, Filled
else:
    proofs = lazily("ka2tui.operations.proofs")
    behind_views = lazily("ka2tui.queries.behind")
    partner_views = lazily("ka2tui.queries.partners")
    record_views = lazily("ka2tui.queries.proof_records")
    views = lazily("ka2tui.queries.proofs")

_FILE, _LINK, _PAPER, _FILED = range(4)


def root(desk: Desk) -> Path:
    """Give the proof folder."""
    from ka2tui.exchange import proof_files

    return proof_files.folder(desk.settings, desk.place)


async def known(desk: Desk) -> ProofList:
    """Give what is asked; a broken list of the user's own is told, and ours stands for it."""
    found, fault = await asyncio.to_thread(proof_sorts.load_safely, desk.settings.data)
    if fault:
        desk.tell(f"{fault} Our own list is used instead.", severity="warning")
    return found


# --- adding ---------------------------------------------------------------------------------------


async def add(
    desk: Desk, project: int, about: Sequence[About], called: str, sort: str | None = None
) -> bool:
    """Ask what kind of proof it is, and add it; True where something was.

    Args:
        desk: Where it is asked.
        project: Whose.
        about: What it proves; nothing is possible.
        called: What that is called.
        sort: What it most likely is.
    """
    from ka2tui.tui.dialogs.choose import Choose, Item

    items = [
        Item(_FILE, "File", "on this computer"),
        Item(_LINK, "Link", "a page on the web"),
        Item(_PAPER, "Paper", "that somebody keeps"),
    ]
    if about:
        items.append(Item(_FILED, "One in the list already", "attach it here too"))
    of = f" of {called}" if called else ""
    kind = await desk.push_screen_wait(Choose(plain.cut(f"Proof{of}", 60), items))
    if kind is None:
        return False
    if kind == _FILED:
        return await _attach_filed(desk, project, about)
    sorts = await known(desk)
    form = {_FILE: _file_form, _LINK: _link_form, _PAPER: _paper_form}[kind]
    return await form(desk, project, about, _common(sorts, sort), of) is not None


def _common(sorts: ProofList, sort: str | None) -> list[Field]:
    from ka2tui.tui.dialogs.form import Field, Option

    options = [Option(None, "not said"), *(Option(it.id, it.title) for it in sorts.sorts)]
    return [
        Field("sort", "What it is", "choice", sort, options=options),
        Field("title", "Title", hint="else as its file is called"),
        Field("day", "Day", "date", hint="the day it is about", more=True),
        Field("notes", "Notes", "long", more=True),
    ]


async def _file_form(
    desk: Desk, project: int, about: Sequence[About], common: list[Field], of: str
) -> Any:
    from ka2tui.tui.dialogs.form import Field, Form

    folder = root(desk)

    async def save(filled: Filled) -> Any:
        values = {name: it for name, it in filled.values.items() if it is not None}
        said = values.pop("file")
        path = await _taken_up(desk, folder, said)
        seen = await _fingerprint(desk, folder, path)
        title = values.pop("title", None) or Path(said).stem
        same = await desk.ask(views.same_content, project, seen.sha256)
        done = await desk.attempt(
            *(proofs.add, project, ProofKind.FILE, title),
            about=list(about),
            values={**values, "path": path, "sha256": seen.sha256, "size_bytes": seen.size},
        )
        if same is not None and same != title:
            desk.tell(f"It has the same content as {same}.")
        return done

    suggest = _Suggest(folder)
    fields = [
        Field("file", "File", required=True, hint="its path; → takes what is proposed",
              suggest=suggest),
        *common,
    ]  # fmt: skip
    form = Form(
        plain.cut(f"File as proof{of}", 60),
        fields,
        save=save,
        about=f"A path begins in {folder}; a file from elsewhere is copied there if you like.",
    )
    return await desk.push_screen_wait(form)


async def _taken_up(desk: Desk, folder: Path, said: str) -> str:
    """Give the path of a file from the folder on; one from elsewhere is copied, if wanted.

    Raises:
        Refused: It is not there, or is not to be copied.
    """
    from ka2tui.exchange import proof_files
    from ka2tui.tui.dialogs import reading
    from ka2tui.tui.dialogs.ask import Ask

    try:
        return await asyncio.to_thread(proof_files.name_in, folder, said)
    except proof_files.Outside as outside:
        question = Ask("Copy it into the proof folder?", about=str(outside), yes="copy",
                       proposed=True)  # fmt: skip
        if not await desk.push_screen_wait(question):
            raise
    file = await asyncio.to_thread(proof_files.existing, folder, said)
    return await reading.read(
        desk, "Copying", lambda watch: proof_files.copy_in(file, folder, "", watch)
    )


async def _fingerprint(desk: Desk, folder: Path, path: str) -> Print:
    from ka2tui.exchange import proof_files
    from ka2tui.tui.dialogs import reading

    return await reading.read(
        desk,
        "Reading",
        lambda watch: proof_files.fingerprint(proof_files.whole(folder, path), watch),
    )


async def _link_form(
    desk: Desk, project: int, about: Sequence[About], common: list[Field], of: str
) -> Any:
    from ka2tui.tui.dialogs.form import Field, Form

    async def save(filled: Filled) -> Any:
        values = {name: it for name, it in filled.values.items() if it is not None}
        title = values.pop("title", None) or values["url"]
        return await desk.attempt(
            proofs.add, project, ProofKind.LINK, title, about=list(about), values=values
        )

    fields = [Field("url", "Link", required=True, hint="https://"), *common]
    return await desk.push_screen_wait(Form(plain.cut(f"Link as proof{of}", 60), fields,
                                            save=save))  # fmt: skip


async def _paper_form(
    desk: Desk, project: int, about: Sequence[About], common: list[Field], of: str
) -> Any:
    from ka2tui.tui.dialogs.form import Field, Form, Option

    partners = await desk.ask(partner_views.listed, project, today=desk.today)
    options = [Option(None, "not said"), *(Option(it.id, it.called) for it in partners)]

    async def save(filled: Filled) -> Any:
        values = {name: it for name, it in filled.values.items() if it is not None}
        title = values.pop("title", None) or "Paper"
        return await desk.attempt(
            proofs.add, project, ProofKind.PAPER, title, about=list(about), values=values
        )

    fields = [
        Field("holder_id", "Partner", "choice", None, options=options),
        Field("holder_text", "or who has it"),
        Field("place", "Place", hint="binder, office, safe"),
        *common,
    ]
    return await desk.push_screen_wait(Form(plain.cut(f"Paper as proof{of}", 60), fields,
                                            save=save))  # fmt: skip


async def _attach_filed(desk: Desk, project: int, about: Sequence[About]) -> bool:
    from ka2tui.tui.dialogs.choose import Choose, Item

    rows = await desk.ask(views.listed, project, today=desk.today)
    items = [Item(row.id, row.title, row.where) for row in reversed(rows)]
    if not items:
        desk.tell("There is no proof in the list yet.")
        return False
    chosen = await desk.push_screen_wait(Choose("Attach which proof", items))
    if chosen is None:
        return False
    return await desk.do(proofs.attach, [chosen], list(about)) is not None


class _Suggest:
    """Proposes how a path goes on: from the proof folder, or from where it begins."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, typed: str) -> str | None:
        """Give the whole text that is proposed; None where there is nothing, or all is there."""
        if not typed or "\0" in typed or typed.startswith(("//", "\\\\")):
            return None
        before, slash, begun = typed.rpartition("/")
        try:
            place = self.folder / Path(f"{before}{slash}").expanduser()
            names = sorted(
                (it.name, it.is_dir())
                for it in place.iterdir()
                if it.name.startswith(begun) and (begun or not it.name.startswith("."))
            )
        except (OSError, RuntimeError, ValueError):
            return None
        for name, is_folder in names:
            if name != begun or is_folder:
                return f"{before}{slash}{name}{'/' if is_folder else ''}"
        return None


# --- on proofs that are there ---------------------------------------------------------------------


async def edit(desk: Desk, project: int, proof: int) -> bool:
    """Edit what is said of a proof."""
    from ka2tui.tui.dialogs.form import Field, Form, Option

    try:
        found: ProofDetails = await desk.ask(views.one, proof, today=desk.today)
    except Refused as refusal:
        desk.tell(str(refusal), severity="warning")
        return False
    sorts = await known(desk)
    row = found.row
    options = [Option(None, "not said"), *(Option(it.id, it.title) for it in sorts.sorts)]
    fields = [
        Field("title", "Title", value=row.title, required=True),
        Field("sort", "What it is", "choice", row.sort, options=options),
        Field("day", "Day", "date", row.day),
    ]
    if row.kind is ProofKind.FILE:
        hint = "where it lies now, from the proof folder on"
        fields.insert(1, Field("path", "File", value=row.path, required=True, hint=hint,
                               suggest=_Suggest(root(desk))))  # fmt: skip
    elif row.kind is ProofKind.LINK:
        fields.insert(1, Field("url", "Link", value=row.url, required=True))
    else:
        partners = await desk.ask(partner_views.listed, project, today=desk.today)
        holders = [Option(None, "not said"), *(Option(it.id, it.called) for it in partners)]
        fields += [
            Field("holder_id", "Partner", "choice", found.holder_id, options=holders),
            Field("holder_text", "or who has it", value=found.holder_text),
            Field("place", "Place", value=row.place),
        ]
    fields.append(Field("notes", "Notes", "long", found.notes, more=True))
    form = Form("Edit proof", fields, save=lambda filled: desk.attempt(
        proofs.edit, proof, filled.changed, filled.based_on))  # fmt: skip
    return await desk.push_screen_wait(form) is not None


async def attach(desk: Desk, project: int, ids: Sequence[int]) -> bool:
    """Choose one more record that proofs are about."""
    from ka2tui.tui.dialogs.choose import Choose, Item
    from ka2tui.tui.pages.proof_words import called

    found = await desk.ask(record_views.every, project, desk.today)
    items = [Item(at, called(it), it.word) for at, it in enumerate(found)]
    chosen = await desk.push_screen_wait(Choose("Attach to", items))
    if chosen is None:
        return False
    about = (found[chosen].table, found[chosen].id)
    return await desk.do(proofs.attach, list(ids), [about]) is not None


async def detach(desk: Desk, rows: Sequence[ProofRow]) -> bool:
    """Choose a record that proofs are not about after all."""
    from ka2tui.tui.dialogs.choose import Choose, Item
    from ka2tui.tui.pages.proof_words import called

    found = list({(it.table, it.id): it for row in rows for it in row.about}.values())
    if not found:
        desk.tell("This is attached to nothing.")
        return False
    items = [Item(at, called(it), it.word) for at, it in enumerate(found)]
    chosen = await desk.push_screen_wait(Choose("Detach from", items))
    if chosen is None:
        return False
    about = (found[chosen].table, found[chosen].id)
    ids = [row.id for row in rows if any((it.table, it.id) == about for it in row.about)]
    return await desk.do(proofs.detach, ids, [about]) is not None


async def remove(desk: Desk, rows: Sequence[ProofRow]) -> bool:
    """Take proofs off the list; their files stay."""
    from ka2tui.tui.dialogs.ask import Ask

    what = rows[0].title if len(rows) == 1 else plain.count(len(rows), "proof")
    question = Ask(
        plain.cut(f"Remove {plain.line(what)}?", 60),
        about="It leaves the list; no file is touched. u brings it back.",
        yes="remove",
    )
    if not await desk.push_screen_wait(question):
        return False
    return await desk.do(proofs.remove, [row.id for row in rows]) is not None


async def open_one(desk: Desk, row: ProofRow) -> None:
    """Open the file or the link of a proof with the system's own program."""
    from ka2tui.exchange import proof_files
    from ka2tui.tui import opener

    def opened() -> str:
        if row.url:
            return opener.open_link(row.url)
        if row.path:
            return opener.open_file(str(proof_files.whole(root(desk), row.path)), ())
        return f"A paper: {row.where}"

    try:
        desk.tell(await asyncio.to_thread(opened))
    except Refused as refusal:
        desk.tell(str(refusal), severity="warning")


async def open_some(desk: Desk, rows: Sequence[ProofRow]) -> None:
    """Open a proof; ask which where there are several."""
    from ka2tui.tui.dialogs.choose import Choose, Item

    if not rows:
        desk.tell("There is no proof here yet. n adds one.")
        return
    row: ProofRow | None = rows[0]
    if len(rows) > 1:
        items = [Item(it.id, it.title, it.where) for it in rows]
        chosen = await desk.push_screen_wait(Choose("Open which proof", items))
        row = next((it for it in rows if it.id == chosen), None)
    if row is not None:
        await open_one(desk, row)


async def waive(desk: Desk, row: AskedOf) -> None:
    """Say that something asked does not apply, and why; or ask for it again."""
    from ka2tui.domain.proof_sorts import Held
    from ka2tui.tui.dialogs.ask import AskReason
    from ka2tui.tui.dialogs.choose import Choose, Item
    from ka2tui.tui.pages.proof_words import called

    sorts = await known(desk)
    open_ = [it for it in row.standings if it.held is not Held.THERE]
    if not open_:
        desk.tell("Nothing is missing here.")
        return
    items = [
        Item(at, sorts.title(it.ask.sort), "ask for it again" if it.reason else it.held.word)
        for at, it in enumerate(open_)
    ]
    title = plain.cut(f"Does not apply to {called(row.about)}", 60)
    chosen = await desk.push_screen_wait(Choose(title, items))
    if chosen is None:
        return
    each, about = open_[chosen], [(row.about.table, row.about.id)]
    if each.held is Held.NOT_NEEDED:
        await desk.do(proofs.unwaive, about, each.ask.sort)
        return
    reason = await desk.push_screen_wait(
        AskReason(
            f"Why no {sorts.title(each.ask.sort)}?",
            about="The reason is kept with it: an auditor will ask.",
        )
    )
    if reason is not None:
        await desk.do(proofs.waive, about, each.ask.sort, reason)


def go_to(desk: Desk, table: str, key: int) -> None:
    """Go to a record that has proof."""
    desk.run_worker(_go_to(desk, table, key), group="go")


async def _go_to(desk: Desk, table: str, key: int) -> None:
    from ka2tui.domain.figure import Trace

    rows = await desk.ask(behind_views.rows, Trace.rows(table, [key]), today=desk.today)
    if rows:
        desk.go_to(rows[0].goes)


# --- files ----------------------------------------------------------------------------------------


async def check(desk: Desk, project: int, ids: Sequence[int] | None = None) -> bool:
    """Look whether files are there and unchanged; offer where moved ones lie now."""
    from ka2tui.exchange import proof_files
    from ka2tui.exchange.proof_files import Filed
    from ka2tui.tui.dialogs import reading

    files = await desk.ask(views.files, project, ids)
    if not files:
        desk.tell("There are no files to check yet.")
        return False
    filed = [Filed(it.id, it.path, it.sha256, it.size_bytes) for it in files]
    folder = root(desk)
    try:
        seen = await reading.read(
            desk,
            f"Checking {plain.count(len(files), 'file')}",
            lambda watch: proof_files.look(folder, filed, watch),
        )
    except Refused as refusal:
        desk.tell(str(refusal), severity="warning")
        return False
    noted = await desk.do(proofs.note, {it.id: it.state for it in seen}, today=desk.today)
    desk.tell(_told(seen), severity="information" if _all_there(seen) else "warning")
    titles = {it.id: it.title for it in files}
    await _offer_moved(desk, [it for it in seen if it.found is not None], titles)
    return noted is not None


def _all_there(seen: Sequence[Seen]) -> bool:
    return all(it.state is ProofState.THERE for it in seen)


def _told(seen: Sequence[Seen]) -> str:
    if _all_there(seen):
        return f"{plain.count(len(seen), 'file')}: all there, none changed."
    counts = [(sum(it.state is state for it in seen), state.word) for state in ProofState]
    said = [f"{many} {word}" for many, word in counts if many]
    why = [it.why for it in seen if it.why]
    return f"{plain.count(len(seen), 'file')}: {', '.join(said)}. {' '.join(why[:1])}".strip()


async def _offer_moved(desk: Desk, moved: Sequence[Seen], titles: dict[int, str]) -> None:
    """Ask whether to take over where files lie now that were found again."""
    from ka2tui.tui.dialogs.ask import Ask

    if not moved:
        return
    lines = [f"{titles[it.id]}: {it.found}" for it in moved[:5]]
    lines += [f"and {len(moved) - 5} more"] * (len(moved) > 5)
    question = Ask(
        f"{plain.count(len(moved), 'file')} found again elsewhere: take that over?",
        about="\n".join(lines),
        yes="take over",
        proposed=True,
    )
    if await desk.push_screen_wait(question):
        await desk.do(proofs.move, {it.id: it.found for it in moved if it.found is not None})


async def take_as_is(desk: Desk, rows: Sequence[ProofRow]) -> bool:
    """Take changed files as they are now, after asking."""
    from ka2tui.tui.dialogs.ask import Ask

    changed = [row for row in rows if row.state is ProofState.CHANGED and row.path]
    if not changed:
        desk.tell("No file here was changed since it was taken up.")
        return False
    what = changed[0].title if len(changed) == 1 else plain.count(len(changed), "file")
    question = Ask(
        plain.cut(f"Take {plain.line(what)} as it is now?", 60),
        about="Only where it was changed on purpose: what lies there now is the proof then.",
        yes="take",
    )
    if not await desk.push_screen_wait(question):
        return False
    prints: dict[int, tuple[str, int]] = {}
    try:
        for row in changed:
            seen = await _fingerprint(desk, root(desk), row.path or "")
            prints[row.id] = (seen.sha256, seen.size)
    except Refused as refusal:
        desk.tell(str(refusal), severity="warning")
        return False
    return await desk.do(proofs.renew, prints, today=desk.today) is not None
