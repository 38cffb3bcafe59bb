"""Assessments are put beside each other: the chosen ones, or the newest round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain.refusal import Refused
from ka2tui.tui.lazy import lazily

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ka2tui.domain.comparing import Round
    from ka2tui.queries import comparing as views
    from ka2tui.tui.desk import Desk
else:
    views = lazily("ka2tui.queries.comparing")


async def compare(
    desk: Desk, assessments: Sequence[int], code: str | None = None, older: Sequence[int] = ()
) -> None:
    """Open the comparison of assessments, once it is known that they can be compared."""
    try:
        await desk.ask(views.compare, assessments)
    except Refused as refusal:
        desk.tell(str(refusal), severity="warning")
        return
    await desk.open_comparison(assessments, code, older)


async def compare_newest(desk: Desk, project: int, checklist: str) -> None:
    """Open the comparison of the newest assessment of each assessor within one round."""
    try:
        found: Round = await desk.ask(views.newest, project, checklist)
    except Refused as refusal:
        desk.tell(str(refusal))
        return
    await compare(desk, found.chosen, older=found.older)
