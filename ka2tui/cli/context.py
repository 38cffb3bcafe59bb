"""The context of one command: which database, which project, which day, for whom."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

import click

from ka2tui.cli import foreseen, garbage, output

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sqlalchemy.orm import Session

    from ka2tui.domain.days import ReadDay
    from ka2tui.settings import Settings
    from ka2tui.store.operation import Operation
    from ka2tui.store.portfolio import Outcome, Portfolio

P = ParamSpec("P")
R = TypeVar("R")


def is_terminal() -> bool:
    """Say whether somebody sits before a terminal who can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


@dataclass
class Context:
    """What the global options say, and what is opened because of them."""

    db: str | None = None
    code: str | None = None
    """The project as it was named."""
    on: date | None = None
    json: bool = False
    tsv: bool = False
    """Whether the answer is rows for a spreadsheet."""
    form: str = ""
    """The one option that says how to answer, where one was given: json, tsv or plain."""
    plain: bool = field(default_factory=lambda: bool(os.environ.get("KA2TUI_PLAIN")))
    """Whether the answer is to be read aloud: one thing a line, words for signs."""
    who: str | None = None
    yes: bool = False
    """Whether nothing is asked."""
    changed: bool = False
    """Whether the command has changed anything, once the database is let go of."""
    theme: str = ""
    """The colours of the app as they were named; those of the settings where they were not."""
    _portfolio: Portfolio | None = field(default=None, repr=False)
    _project: int | None = field(default=None, repr=False)
    _settings: Settings | None = field(default=None, repr=False)

    @property
    def settings(self) -> Settings:
        """The user's settings; a fault in their file is told once and stops nothing."""
        if self._settings is None:
            from ka2tui import settings

            self._settings = settings.load()
            for notice in self._settings.notices:
                click.echo(notice, err=True)
        return self._settings

    @property
    def place(self) -> str:
        """The database: --db, else KA2TUI_DB, else the one in the settings or the default one."""
        named = self.db or os.environ.get("KA2TUI_DB")
        if named:
            return named
        from ka2tui import settings

        return str(self.settings.database or settings.default_database())

    @property
    def actor(self) -> str:
        """Who the history shall say did it."""
        named = self.who or os.environ.get("KA2TUI_ACTOR")
        return named or self.settings.who

    @property
    def today(self) -> date:
        """The day the answers are for."""
        return self.on or date.today()  # noqa: DTZ011 - the door at which the local day enters

    @property
    def portfolio(self) -> Portfolio:
        """The open database."""
        return self.open(create=False)

    def open(self, *, create: bool, for_app: bool = False) -> Portfolio:
        """Open the database, once.

        Raises:
            Unavailable: It cannot be used, or is missing and shall not be made.
        """
        if self._portfolio is None:
            from ka2tui.store.portfolio import Portfolio

            self._portfolio = Portfolio.open(self.place, actor=self.actor, create=create)
            garbage.begin(often=for_app)
        return self._portfolio

    def close(self) -> None:
        """Let go of the database."""
        if self._portfolio is not None:
            self.changed |= self._portfolio.changed
            self._portfolio.close()
            self._portfolio = None

    @property
    def named_project(self) -> str | None:
        """The project as it was named: --project, else KA2TUI_PROJECT."""
        return os.environ.get("KA2TUI_PROJECT") or None if self.code is None else self.code

    @property
    def project(self) -> int:
        """The id of the project that is meant.

        Raises:
            UsageError: Several could be meant, or there is none of that name.
        """
        if self._project is None:
            self._project = self._find_project()
        return self._project

    @property
    def project_or_all(self) -> int | None:
        """The project whose history is meant; None: the whole database, unless it holds several.

        One that was named may be gone: its history is what brings it back.
        """
        from ka2tui.queries import history, projects

        named = self.named_project
        if named is None:
            return self.project if self.ask(projects.count) > 1 else None
        try:
            return self.project
        except click.UsageError:
            gone = self.ask(history.project_named, named)
            if gone is None:
                raise
            return gone

    @property
    def start(self) -> date | None:
        """The first day of the project, where it is known."""
        from ka2tui.queries import projects

        return self.ask(projects.start_of, self.project)

    def ask(
        self, query: Callable[Concatenate[Session, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Answer a query."""
        return self.portfolio.ask(query, *args, **kwargs)

    def do(self, operation: Operation[P, R], *args: P.args, **kwargs: P.kwargs) -> Outcome[R]:
        """Run an operation; at a terminal, one that changes many records is shown before.

        Raises:
            Refused: A rule says no, or it was thought better of.
        """
        from ka2tui.domain.bulk import is_many, lists_of_ids

        lists = lists_of_ids(args, kwargs)
        if is_many(sum(map(len, lists))) and self.asks:
            from ka2tui.queries import changes

            def told(session: Session, images: list[Any]) -> changes.Foreseen:
                return changes.foreseen(session, images, lists[0], limit=5)

            seen = self.portfolio.foresee(told, operation, *args, **kwargs)
            self.be_sure(f"{seen.label}?\n{foreseen.told(seen.seen)}")
        return self.portfolio.do(operation, *args, **kwargs)

    @property
    def asks(self) -> bool:
        """Whether somebody can be asked, and did not say --yes."""
        return not self.yes and is_terminal()

    def be_sure(self, about: str) -> None:
        """Ask whether to go on with what many records would become.

        Raises:
            Refused: No.
        """
        from ka2tui.domain.refusal import Refused
        from ka2tui.domain.text import clean

        click.echo(clean(about, lines=True), err=True)
        if not click.confirm("Go on?", err=True):
            raise Refused("Nothing was changed.")

    def id(self, kind: str, said: str) -> int:
        """Give the id of a record named by id, code or name (see `queries/references.py`)."""
        from ka2tui.queries import references

        return self.ask(references.find, kind, self.project, said)

    def ids(self, kind: str, said: Iterable[str]) -> list[int]:
        """Give the ids of several records."""
        from ka2tui.queries import references

        return self.ask(references.find_all, kind, self.project, list(said))

    def day(self, said: str) -> ReadDay:
        """Read a date in any of its forms; project months count from the project's start.

        Raises:
            UsageError: It is no date.
        """
        from ka2tui.domain import days
        from ka2tui.domain.refusal import Misread

        try:
            return days.read_day(said, today=self.today, start=self.start, allow_month=False)
        except Misread as misread:
            raise click.UsageError(str(misread)) from None

    def answer(
        self, value: object, text: str | Callable[[], str], *, aloud: str | None = None
    ) -> None:
        """Answer on stdout: the JSON value or rows where asked for, else the text, if any.

        Args:
            value: For programs.
            text: For people.
            aloud: What is read aloud in place of the text, which says itself otherwise.
        """
        if self.tsv and not self.json:
            click.echo(output.as_rows(value), nl=False)
            return
        if self.json:
            click.echo(output.as_json(value))
            return
        if self.plain and aloud is not None:
            click.echo(aloud)
            return
        shown = text if isinstance(text, str) else text()
        if self.plain:
            from ka2tui.domain import spoken

            shown = spoken.text(shown)
        if shown:
            click.echo(shown)

    def _find_project(self) -> int:
        from ka2tui.queries import references

        try:
            return self.ask(references.find_project, self.named_project)
        except references.Ambiguous as ambiguous:
            raise click.UsageError(str(ambiguous)) from None
        except references.Unknown as unknown:
            if self.named_project is None:
                raise
            raise click.UsageError(str(unknown)) from None
