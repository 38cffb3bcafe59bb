"""Proof: add, attach, edit, remove; note what became of files, and what is not needed.

No file is opened here: what was read of one is given, by `exchange/proof_files.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from ka2tui.domain import proof as rules
from ka2tui.domain import proof_sorts
from ka2tui.domain.kinds import ProofKind, ProofState
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import clean, quoted
from ka2tui.frozen import frozen
from ka2tui.operations.fields import FieldConflict, Values, change, read_lines, read_text
from ka2tui.operations.given import existing, several
from ka2tui.store.operation import operation, say
from ka2tui.store.records import Partner, Project, Proof, ProofUse, ProofWaiver, Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence, Sized
    from datetime import date

    from sqlalchemy.orm import Session

About = tuple[str, int]
"""Table and id of a record that something proves."""

EDITABLE = frozenset(
    {"sort", "title", "day", "path", "url", "holder_id", "holder_text", "place", "notes"}
)
_OF_FILE = frozenset({"sha256", "size_bytes"})
_LINES = frozenset({"notes"})
_LONGEST_SORT = 60


@operation("Add proof")
def add(
    session: Session,
    project: int,
    kind: ProofKind,
    title: str,
    *,
    about: Sequence[About] = (),
    values: Values | None = None,
) -> int:
    """Add a proof and attach it; a file that is filed already is only attached.

    Args:
        session: Of the database.
        project: Whose.
        kind: A file, a link, a paper.
        title: What it is called.
        about: The records it is about.
        values: Of a file `path`, `sha256` and `size_bytes`, of a link `url`, of a paper
            `holder_id` or `holder_text`, and `place`; of each `sort`, `day`, `notes`.

    Returns:
        Its id.

    Raises:
        Refused: It says not where it is, leads out of the folder, or is filed and attached so
            already.
    """
    if session.get(Project, project) is None:
        raise Refused("There is no such project.")
    wanted = _read(session, project, {**(values or {}), "title": title})
    same = _same(session, project, wanted)
    if same is not None:
        if not _attach(session, [same], about):
            raise Refused(f"{same.title} is filed already{', and attached so' if about else ''}.")
        say(session, "Attach {title} to {what}", title=same.title, what=_say(session, about))
        return same.id
    made = Proof(project_id=project, kind=kind, title="")
    change(made, wanted, allowed=EDITABLE | _OF_FILE)
    _check(made)
    if made.sha256 is not None:
        made.state = ProofState.THERE
    session.add(made)
    session.flush()
    _attach(session, [made], about)
    if about:
        say(session, "Add proof {title} of {what}", title=made.title, what=_say(session, about))
    else:
        say(session, "Add proof {title}", title=made.title)
    return made.id


@frozen
class New:
    """A proof to be added with others."""

    kind: ProofKind
    title: str
    values: Values


@operation("Add proofs")
def add_several(
    session: Session, project: int, new: Sequence[New], about: Sequence[About] = ()
) -> list[int]:
    """Add several proofs of the same records as one step; give their ids.

    Raises:
        Refused: One of them cannot be; none is added then.
    """
    ids = [add(session, project, it.kind, it.title, about=about, values=it.values) for it in new]
    if len(ids) > 1:
        if about:
            say(session, "Add {many} proofs of {what}", many=len(ids), what=_say(session, about))
        else:
            say(session, "Add {many} proofs", many=len(ids))
    return ids


@operation("Edit proof")
def edit(
    session: Session, proof: int, values: Values, based_on: Values | None = None
) -> tuple[FieldConflict, ...]:
    """Change fields of a proof; a file under another path is checked anew.

    Returns:
        The fields that somebody else changed meanwhile, left alone.
    """
    record = find(session, proof)
    before = record.path
    wanted = _read(session, record.project_id, values)
    same = _same(session, record.project_id, wanted)
    if same is not None and same is not record:
        raise Refused(f"{same.title} is filed there already.")
    conflicts = change(record, wanted, based_on, allowed=EDITABLE)
    _check(record)
    if record.path != before:
        record.state, record.checked_on = ProofState.UNCHECKED, None
    say(session, "Edit proof {title}", title=record.title)
    return conflicts


@operation("Attach proof")
def attach(session: Session, proofs: Sequence[int], about: Sequence[About]) -> int:
    """Attach proofs to records; give how many that was new to.

    Raises:
        Refused: All of it is attached so already.
    """
    found = several(session, Proof, proofs, "proof")
    new = _attach(session, found, about)
    if not new:
        raise Refused("That is attached already.")
    say(session, "Attach {what} to {whom}", what=_counted(found), whom=_say(session, about))
    return new


@operation("Detach proof")
def detach(session: Session, proofs: Sequence[int], about: Sequence[About]) -> int:
    """Take proofs off records; give from how many. The proofs stay.

    Raises:
        Refused: None of it was attached.
    """
    found = several(session, Proof, proofs, "proof")
    wanted = {(table, _uid(session, table, key)) for table, key in about}
    gone = 0
    for record in found:
        for use in [use for use in record.uses if (use.about, use.about_uid) in wanted]:
            record.uses.remove(use)
            gone += 1
    if not gone:
        raise Refused("That is not attached.")
    say(session, "Detach {what} from {whom}", what=_counted(found), whom=_say(session, about))
    return gone


@operation("Remove proof")
def remove(session: Session, proofs: Sequence[int]) -> None:
    """Remove proofs from the list; no file is touched."""
    found = several(session, Proof, proofs, "proof")
    for record in found:
        session.delete(record)
    stays = "the file stays" if len(found) == 1 else "the files stay"
    say(session, "Remove {what} from the list; {stays}", what=_counted(found), stays=stays)


@operation("Say that a proof is not needed")
def waive(session: Session, about: Sequence[About], sort: str, why: str) -> None:
    """Keep that a sort of proof does not apply to records, and why.

    Raises:
        Refused: No reason is given.
    """
    reason = clean(why)
    if not reason:
        raise Refused("Say why it does not apply: an auditor will ask.")
    for table, key in about:
        owner, uid = _owner(session, table, key)
        record = _waiver(session, owner.project_id, (table, uid), sort)
        if record is None:
            record = ProofWaiver(
                project_id=owner.project_id, about=table, about_uid=uid, sort=_sort(sort), why=""
            )
            session.add(record)
        record.why = reason
    say(
        session,
        "{what}: {sort} not needed, {why}",
        what=_say(session, about),
        sort=sort.replace("_", " "),
        why=reason,
    )


@operation("Ask for a proof again")
def unwaive(session: Session, about: Sequence[About], sort: str) -> None:
    """Ask again for a sort of proof that was said not to apply.

    Raises:
        Refused: Nobody said so.
    """
    gone = 0
    for table, key in about:
        owner, uid = _owner(session, table, key)
        record = _waiver(session, owner.project_id, (table, uid), sort)
        if record is not None:
            session.delete(record)
            gone += 1
    if not gone:
        raise Refused("Nobody said that this is not needed.")
    what = _say(session, about)
    say(session, "Ask for {sort} of {what} again", sort=sort.replace("_", " "), what=what)


@operation("Check proof")
def note(session: Session, states: Mapping[int, ProofState], *, today: date) -> int:
    """Note what became of files; give how many are not as they were last known.

    Args:
        session: Of the database.
        states: By the id of the proof; one that is gone by now is passed over.
        today: The day they were looked at.
    """
    other, counts = 0, dict.fromkeys(ProofState, 0)
    for key, state in states.items():
        record = session.get(Proof, key)
        if record is None:
            continue
        counts[state] += 1
        other += record.state is not state
        record.state, record.checked_on = state, today
    told = [f"{counts[state]} {state.word}" for state in _TOLD if counts[state]]
    say(session, "Check proof: {told}", told=", ".join(told) or "nothing to check")
    return other


_TOLD = (ProofState.THERE, ProofState.CHANGED, ProofState.MISSING, ProofState.UNCHECKED)


@operation("Check proof")
def settle(
    session: Session,
    states: Mapping[int, ProofState],
    *,
    places: Mapping[int, str],
    prints: Mapping[int, tuple[str, int]],
    today: date,
) -> None:
    """Note what became of files and take over moved and changed ones, all as one step.

    Args:
        session: Of the database.
        states: Before anything is taken over, as for `note`.
        places: Moved files, as for `move`; there may be none.
        prints: Changed files, as for `renew`; there may be none.
        today: The day they were looked at.
    """
    taken = dict.fromkeys([*places, *prints], ProofState.THERE)
    note(session, {**states, **taken}, today=today)
    told = f"Check proof: {len(states)} looked at"
    words: dict[str, str] = {}
    if places:
        move(session, places)
        told += ". Take over where {moved} {lies} now"
        words |= {"moved": _counted([find(session, key) for key in places]), "lies": _lies(places)}
    if prints:
        renew(session, prints, today=today)
        told += ". Take over {changed} as {it} now"
        words |= {"changed": _counted([find(session, key) for key in prints]), "it": _it(prints)}
    say(session, told, **words)


@operation("Take over where files lie now")
def move(session: Session, places: Mapping[int, str]) -> None:
    """Take over where files were found again, as one step.

    Args:
        session: Of the database.
        places: By the id of the proof: its path from the folder on.
    """
    found = []
    for key, path in places.items():
        record = find(session, key)
        record.path = rules.relative(path)
        record.state = ProofState.THERE
        found.append(record)
    if not found:
        raise Refused("Nothing was moved.")
    say(session, "Take over where {what} {lies} now", what=_counted(found), lies=_lies(found))


@operation("Take over files as they are now")
def renew(session: Session, prints: Mapping[int, tuple[str, int]], *, today: date) -> None:
    """Take over files that were changed on purpose: what lies there now is the proof.

    Args:
        session: Of the database.
        prints: By the id of the proof: fingerprint and size.
        today: The day they were looked at.
    """
    found = []
    for key, (sha256, size) in prints.items():
        record = find(session, key)
        record.sha256, record.size_bytes = sha256, size
        record.state, record.checked_on = ProofState.THERE, today
        found.append(record)
    if not found:
        raise Refused("No file was changed.")
    say(session, "Take over {what} as {it} now", what=_counted(found), it=_it(found))


def find(session: Session, proof: int) -> Proof:
    """Give the record of a proof.

    Raises:
        Refused: There is none.
    """
    return existing(session, Proof, proof, "proof")


# --- reading and checking -------------------------------------------------------------------------


def _read(session: Session, project: int, values: Values) -> dict[str, Any]:
    wanted: dict[str, Any] = {}
    for field, value in values.items():
        wanted[field] = read_lines(value) if field in _LINES else read_text(value)
    if wanted.get("path") is not None:
        wanted["path"] = rules.relative(str(values["path"]))
    if wanted.get("url") is not None:
        place = rules.read_place(wanted["url"])
        if not isinstance(place, rules.Link):
            raise Refused(f"{quoted(wanted['url'])} is no link to the web.")
        wanted["url"] = place.address
    if wanted.get("sort") is not None:
        wanted["sort"] = _sort(wanted["sort"])
    holder = wanted.get("holder_id")
    if holder is not None:
        partner = existing(session, Partner, holder, "partner")
        if partner.project_id != project:
            raise Refused("That partner is of another project.")
    return wanted


def _sort(said: str) -> str:
    if len(said) > _LONGEST_SORT or not said.replace("_", "a").isalnum():
        raise Refused(f"{quoted(said)} is no sort of proof: an id has letters, digits and _ only.")
    return said


def _check(record: Proof) -> None:
    if not record.title:
        raise Refused("A proof has a title.")
    if record.kind is ProofKind.FILE and not record.path:
        raise Refused("Say which file it is.")
    if record.kind is ProofKind.LINK and not record.url:
        raise Refused("Say which link it is.")
    if record.kind is ProofKind.PAPER and not (
        record.holder_id or record.holder_text or record.place
    ):
        raise Refused("Say who has the paper, or where it is.")


def _same(session: Session, project: int, wanted: Values) -> Proof | None:
    """Give the proof that is filed at the same place already."""
    for column, field in ((Proof.path, "path"), (Proof.url, "url")):
        if wanted.get(field):
            query = select(Proof).where(Proof.project_id == project, column == wanted[field])
            if (found := session.scalars(query).first()) is not None:
                return found
    return None


def _attach(session: Session, proofs: Iterable[Proof], about: Sequence[About]) -> int:
    new = 0
    for table, key in about:
        owner, uid = _owner(session, table, key)
        for record in proofs:
            if owner.project_id != record.project_id:
                raise Refused("A proof is attached to records of its own project.")
            if all((use.about, use.about_uid) != (table, uid) for use in record.uses):
                record.uses.append(
                    ProofUse(project_id=record.project_id, about=table, about_uid=uid)
                )
                new += 1
    session.flush()
    return new


def _owner(session: Session, table: str, key: int) -> tuple[Any, str]:
    """Give a record that can have proof, and its uid."""
    if table not in proof_sorts.ABOUT:
        raise Refused(f"Proof cannot be attached to a {table.replace('_', ' ')}.")
    owner: Any = existing(session, Record.by_table[table], key, table.replace("_", " "))
    return owner, owner.uid


def _uid(session: Session, table: str, key: int) -> str:
    return _owner(session, table, key)[1]


def _waiver(
    session: Session, project: int, about: tuple[str, str], sort: str
) -> ProofWaiver | None:
    table, uid = about
    return session.scalars(
        select(ProofWaiver).where(
            ProofWaiver.project_id == project,
            ProofWaiver.about == table,
            ProofWaiver.about_uid == uid,
            ProofWaiver.sort == sort,
        )
    ).first()


# --- words ----------------------------------------------------------------------------------------


def _counted(found: Sequence[Proof]) -> str:
    return found[0].title if len(found) == 1 else f"{len(found)} proofs"


def _lies(found: Sized) -> str:
    return "lies" if len(found) == 1 else "lie"


def _it(found: Sized) -> str:
    return "it is" if len(found) == 1 else "they are"


def _say(session: Session, about: Sequence[About]) -> str:
    """Say what proof is about: one record by its name, several by their number."""
    if len(about) != 1:
        return f"{len(about)} records"
    owner, _ = _owner(session, *about[0])
    named = ("code", "acronym", "name", "title", "subject", "text")
    called = next((str(it) for name in named if (it := getattr(owner, name, None))), None)
    return called or about[0][0].replace("_", " ")
