"""A noun of the command line: its records are read again, answered with and removed alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ka2tui.cli.context import Context


@frozen
class Noun:
    """Which records a noun has, and where they are read and changed."""

    kind: str
    """Of its records: log_entry, risk, cost ..."""
    plain: Callable[[Any], dict[str, Any]]
    """Gives a record as JSON lists it."""
    floors: Callable[[], tuple[Any, Any]]
    """Loads its queries and its operations: once a command runs, not before."""
    dated: bool = True
    """Whether what is told of a record depends on the day."""

    def rows(self, ctx: Context, ids: Sequence[int]) -> list[dict[str, Any]]:
        """Give records as they are now, as JSON lists them."""
        queries, _ = self.floors()
        day = {"today": ctx.today} if self.dated else {}
        return [self.plain(row) for row in ctx.ask(queries.some, ids, **day)]

    def answer(self, ctx: Context, ids: Sequence[int], label: str) -> None:
        """Answer with records as they are now: one by itself, several as a list."""
        _answer(ctx, self.rows(ctx, ids), label)

    def change(self, ctx: Context, record: int, values: dict[str, Any]) -> None:
        """Change fields of a record, and answer."""
        _, operations = self.floors()
        self.answer(ctx, [record], ctx.do(operations.edit, record, values).label)

    def give_remove(self, group: click.Group, help_: str) -> None:
        """Give the noun the verb that removes records and answers with what they were.

        Args:
            group: Of the noun.
            help_: What the verb says of itself.
        """

        @group.command(help=help_)
        @click.argument("codes", metavar="ID...", nargs=-1, required=True)
        @click.pass_obj
        def remove(ctx: Context, codes: tuple[str, ...]) -> None:
            ids = ctx.ids(self.kind, codes)
            rows = self.rows(ctx, ids)
            _, operations = self.floors()
            _answer(ctx, rows, ctx.do(operations.remove, ids).label)


def _answer(ctx: Context, rows: list[dict[str, Any]], label: str) -> None:
    ctx.answer(rows[0] if len(rows) == 1 else rows, label)
