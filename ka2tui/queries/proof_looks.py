"""What is worth a look about proof: events whose proof is not complete, files that changed."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from ka2tui.domain import proof_sorts
from ka2tui.domain.problem import Severity
from ka2tui.queries import proof_asked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from sqlalchemy.orm import Session

    from ka2tui.queries.due_items import Kind, Owners
    from ka2tui.queries.proof_asked import Owing

Found = tuple[Severity, str, str, "Kind", int, int]
"""How much it matters, what is seen, why, the kind and id of the record, and whose it is."""

APART = 2
"""Events up to which each is told by itself."""

_NAMED = 3


def proof_looks(
    session: Session, whose: Owners, day: date, own: Path | None = None
) -> Iterator[Found]:
    """Find events over for two weeks without all their proof, and files not as they were.

    Args:
        session: Of the database.
        whose: Of which projects.
        day: Today.
        own: The user's folder of words and numbers: a list there says what is asked.
    """
    known, _ = proof_sorts.load_safely(own)
    projects = [whose.project] if whose.project is not None else [*whose.acronyms]
    late: dict[int, list[Owing]] = defaultdict(list)
    for each in proof_asked.owing(session, projects, known, today=day):
        late[each.project_id].append(each)
    for project, found in late.items():
        yield from _events(project, found)
    for project, broken in proof_asked.broken(session, projects).items():
        said = [
            f"{len(ids)} {word}"
            for ids, word in ((broken.changed, "changed"), (broken.missing, "missing"))
            if ids
        ]
        files = "file" if len(broken.ids) == 1 else "files"
        text = f"{len(broken.ids)} {files} of proof not as filed: {', '.join(said)}"
        why = "What was filed must be shown as it was; a moved file is found again by a check."
        yield Severity.WARNING, text, why, "proof", broken.ids[0], project


def _events(project: int, found: Sequence[Owing]) -> Iterator[Found]:
    why = f"{proof_sorts.PATIENCE} days after an event its proof is still easy to get."
    if len(found) > APART:
        named = ", ".join(each.title for each in found[:_NAMED])
        more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
        text = f"Proof of {len(found)} events is missing: {named}{more}"
        yield Severity.HINT, text, why, "asked", found[0].id, project
        return
    for each in found:
        text = f"{each.title}: {each.count.missing} of {each.count.asked} proofs missing"
        yield Severity.HINT, text, f"{', '.join(each.missing)}. {why}", "asked", each.id, project
