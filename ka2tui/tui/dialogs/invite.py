"""Invite: the message that asks an organisation to join, before it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.tui.dialogs.remind import Messages
from ka2tui.tui.lazy import lazily
from ka2tui.tui.widgets.details import Fact

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from ka2tui.operations import candidates
    from ka2tui.queries.candidates import Asking
    from ka2tui.reports.chase import Letter
    from ka2tui.tui.widgets.details import Item
else:
    candidates = lazily("ka2tui.operations.candidates")


class Invite(Messages):
    """Shows invitations; sending one notes that the organisation was asked."""

    VERB = "Ask"
    FILES = "invitation"

    def __init__(self, cases: Sequence[Asking]) -> None:
        """Make the messages to one or several organisations."""
        super().__init__()
        self.cases = list(cases)

    def written(self, today: date, own: Path | None) -> list[Letter]:
        """Write the invitations."""
        from ka2tui.reports import invitation

        return [invitation.write(case, today=today, own=own) for case in self.cases]

    def heads(self) -> Iterator[Item]:
        """Give how far it is, and what the message lacks."""
        from ka2tui.reports import chase as report

        case = self.cases[self.at]
        yield Fact("So far", case.row.said)
        yield from self.told(
            "It says nothing of what the project is for: enter the goal on the page Goal."
            if not (case.goal or case.summary)
            else None,
            "It says nothing of why you ask them: enter what only they would bring."
            if not case.row.brings
            else None,
            "A draft needs an address: enter one at this organisation."
            if not report.reachable(self.letter)
            else None,
        )

    async def noted(self) -> bool:
        """Note that all of them were asked, as one step."""
        ids = [case.row.id for case in self.cases]
        today = self.app.today
        return await self.app.do(candidates.ask, ids, day=today, today=today) is not None
