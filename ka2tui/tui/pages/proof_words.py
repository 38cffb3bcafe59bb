"""How proof is said on a page: signs, what is asked of a record, what is known of one proof."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain.days import say_brief
from ka2tui.domain.kinds import ProofKind, ProofState
from ka2tui.domain.proof_sorts import Held
from ka2tui.tui import plain
from ka2tui.tui.widgets.details import Fact, Head, Jump, Line, Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ka2tui.domain.proof_sorts import ProofList, Standing
    from ka2tui.queries.proof_asked import AskedOf
    from ka2tui.queries.proof_records import About
    from ka2tui.queries.proofs import ProofDetails, ProofRow
    from ka2tui.tui.plain import Piece
    from ka2tui.tui.widgets.details import Item

HELD: dict[Held, Piece] = {
    Held.THERE: (plain.DONE, "done"),
    Held.MISSING: (plain.LATE, "late"),
    Held.TO_COME: (plain.OPEN, ""),
    Held.NOT_NEEDED: ("–", "quiet"),
}
"""How it stands with what is asked, as a sign."""

STATES: dict[ProofState, Piece] = {
    ProofState.UNCHECKED: (plain.OPEN, ""),
    ProofState.THERE: (plain.DONE, "done"),
    ProofState.CHANGED: (plain.LATE, "late"),
    ProofState.MISSING: (plain.LATE, "late"),
}
"""What became of a file, as a sign."""

_SIZES = ((1 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "KB"))


def sign(row: AskedOf) -> Piece:
    """Give the sign for how it stands with a record."""
    if row.count.missing or row.broken:
        return HELD[Held.MISSING]
    return HELD[Held.THERE if row.count.asked else Held.TO_COME]


def state(row: ProofRow) -> Piece:
    """Say what became of a file; of a link or a paper what it is."""
    if row.kind is not ProofKind.FILE:
        return (row.kind.word, "quiet")
    late = row.state in (ProofState.CHANGED, ProofState.MISSING)
    return (row.state.word, "late" if late else "quiet")


def size(number: int | None) -> str:
    """Say how large a file is."""
    if number is None:
        return ""
    for least, word in _SIZES:
        if number >= least:
            tenths = number * 10 // least
            return f"{tenths // 10}.{tenths % 10} {word}"
    return plain.count(number, "byte")


def missing(row: AskedOf, known: ProofList) -> str:
    """Say what is missing of a record, and which of its files are not as they were."""
    said = [known.title(each.ask.sort) for each in row.missing]
    if row.broken:
        said.insert(0, f"{plain.count(len(row.broken), 'file')} changed or gone")
    return ", ".join(said)


def called(about: About) -> str:
    """Call a record in a line."""
    from ka2tui.domain.text import coded

    return coded(about.code, about.title)


def asked(row: AskedOf, known: ProofList, proofs: Mapping[int, ProofRow]) -> Iterator[Item]:
    """Tell what is asked of a record, with the reason, and what is there."""
    about = row.about
    if about.code:
        yield Words(about.title, "strong")
    yield Fact("What", about.word)
    yield Fact("When", say_brief(about.day) if about.day else None)
    yield Jump("go there", ("record", row.key), label="Record")
    if row.standings:
        yield Head("Asked", row.count.said or ("nothing yet" if not about.over else ""))
    for each in row.standings:
        yield from _standing(each, known, proofs)
    if row.others:
        yield Head("Also here")
        yield from _proofs(row.others, proofs)
    if not about.over and row.standings:
        yield Words("It is not over: nothing is missing yet.", "quiet")


def _standing(each: Standing, known: ProofList, proofs: Mapping[int, ProofRow]) -> Iterator[Item]:
    yield Line([HELD[each.held], " ", known.title(each.ask.sort)], (each.held.word, "quiet"))
    yield from _proofs(each.proofs, proofs)
    if each.held is Held.NOT_NEEDED:
        yield Words(f"  {each.reason}", "quiet")
    elif not each.proofs:
        hedge = "" if each.ask.confirmed else " (not confirmed: ask your agency)"
        yield Words(f"  {each.ask.why}{hedge}", "quiet")


def _proofs(ids: tuple[int, ...], proofs: Mapping[int, ProofRow]) -> Iterator[Item]:
    for row in (proofs[one] for one in ids if one in proofs):
        yield Jump(["  ", row.title], ("proof", row.id), tail=state(row))


def about_proof(found: ProofDetails, known: ProofList) -> Iterator[Item]:
    """Tell all that is known of a proof."""
    row = found.row
    yield Fact("What it is", known.title(row.sort))
    yield Fact("Day", say_brief(row.day) if row.day else None)
    yield Fact("File", row.path)
    yield Fact("Link", row.url)
    yield Fact("Kept by", row.holder)
    yield Fact("Place", row.place)
    if row.kind is ProofKind.FILE:
        when = f"looked at {say_brief(row.checked_on)}" if row.checked_on else ""
        said, tone = plain.pieces(state(row))[0]
        yield Fact("State", (plain.join([said, when], ", "), tone))
        yield Fact("Size", size(row.size_bytes))
        yield Fact("Fingerprint", (found.sha256[:16], "quiet") if found.sha256 else None)
    yield Head("Proves", "" if row.about else "nothing yet; m attaches it")
    for each in row.about:
        yield Jump(called(each), (each.table, each.id), tail=(each.word, "quiet"))
    if found.gone:
        yield Words(f"and {plain.count(found.gone, 'record')} that are gone", "quiet")
    if found.notes:
        yield Head("Notes")
        yield Words(found.notes)
