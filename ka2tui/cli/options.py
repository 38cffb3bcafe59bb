"""Options: given to several commands at once, and what stands in them read."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ka2tui.cli.context import Context
    from ka2tui.domain.due import Due

    Command = Callable[..., None]

T = TypeVar("T")


class Whole(click.ParamType[int]):
    """A whole number from one to another, in the words of somebody who counts."""

    name = "number"

    def __init__(self, least: int, most: int) -> None:
        """Take both ends in."""
        self.least, self.most = least, most

    def convert(
        self, value: str | int, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """Read a number."""
        try:
            number = int(value)
        except ValueError:
            number = None
        if number is None or not self.least <= number <= self.most:
            self.fail(f"{value} is no whole number from {self.least} to {self.most}.", param, ctx)
        return number


class WholeOrNone(click.ParamType["int | str"]):
    """A whole number, or an empty text, which clears a field."""

    name = "number"

    def __init__(self, least: int, most: int) -> None:
        """Take both ends in."""
        self.least, self.most = least, most

    def convert(
        self, value: str | int, param: click.Parameter | None, ctx: click.Context | None
    ) -> int | str:
        """Read a number; what is empty stays empty."""
        if isinstance(value, str) and not value.strip():
            return ""
        return Whole(self.least, self.most).convert(value, param, ctx)


class OutFile(click.ParamType["Path | None"]):
    """A file that shall be written; `-` is the screen, for what is shown without a file too."""

    name = "file"

    def __init__(self, *, shown: bool = False) -> None:
        """Take in whether the answer is shown where no file is named."""
        self.shown = shown

    def convert(
        self, value: str | Path, param: click.Parameter | None, ctx: click.Context | None
    ) -> Path | None:
        """Give the path; None for the screen."""
        if str(value) != "-":
            return Path(value)
        if not self.shown:
            self.fail("- is not the name of a file, and this is only written into one.", param, ctx)
        return None


DOCUMENTS = {".md": "md", ".markdown": "md", ".txt": "md", ".html": "html", ".htm": "html"}
TABLES = {".csv": "csv", ".xlsx": "xlsx"}
"""The kinds of files by the endings of their names."""


def kind_of(file: Path, form: str | None, endings: Mapping[str, str], otherwise: str) -> str:
    """Give the kind of a file: what was asked for, else as its name ends.

    Args:
        file: That is to be written.
        form: What was asked for; None: nothing.
        endings: The kinds by the endings of names, the usual one of each first.
        otherwise: The kind of a file whose name has no ending.

    Raises:
        UsageError: The name ends like that of a file of another kind.
    """
    if form is not None:
        return form
    ending = file.suffix.lower()
    if ending in endings:
        return endings[ending]
    if not ending[1:] or ending[1:].isdecimal() or " " in ending:
        return otherwise
    usual: dict[str, str] = {}
    for name, kind in endings.items():
        usual.setdefault(kind, name)
    printed = ": a browser prints HTML as one" if ending == ".pdf" and "html" in usual else ""
    raise click.UsageError(
        f"No {ending} is written here{printed}. Let the name end in "
        f"{' or '.join(usual.values())}, or say with --format what it shall be."
    )


NEGATIVE = {"ignore_unknown_options": True}
"""Settings of a command that takes numbers below zero, which begin like an option."""


def no_option(context: click.Context, _: click.Parameter, said: str) -> str:
    """Take the first argument of such a command: what is written like an option is none of it.

    Raises:
        NoSuchOption: It begins with two dashes.
    """
    if said.startswith("--"):
        raise click.NoSuchOption(said, ctx=context)
    return said


def options(*given: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """Give a command several options; its help lists them in this order."""

    def give(command: Command) -> Command:
        for option in reversed(given):
            command = option(command)
        return command

    return give


def into_file(where: str) -> Callable[[Command], Command]:
    """Give a command the options of the file it writes, saying where that is."""
    return options(
        click.option(
            "-o", "--output", "target", metavar="FILE", type=OutFile(),
            required=True, help=where,
        ),
        click.option("--force", is_flag=True, help="Replace the file if there is one."),
    )  # fmt: skip


@contextmanager
def naming_force() -> Iterator[None]:
    """Say how a file that is there already is replaced.

    Raises:
        Refused: It is there, and was not touched.
    """
    from ka2tui.reports.saving import Exists

    try:
        yield
    except Exists as exists:
        raise Exists(f"{str(exists).removesuffix('.')}: add --force to replace it.") from None


def into_tables(*names: str) -> Callable[[Command], Command]:
    """Give a command the options of tables it writes; as CSV it is the first, if none is named."""
    return options(
        click.option(
            "--format", "form", type=click.Choice(["csv", "xlsx"]),
            help="One table as CSV, or all as the sheets of a workbook; without it as FILE ends.",
        ),
        click.option(
            "--table", "name", type=click.Choice(names),
            help=f"Only this one; of CSV: without it {names[0]}.",
        ),
        into_file("Where it is written."),
    )  # fmt: skip


def sensible(ctx: Context, due: Due, *, within: bool = True) -> Due:
    """Take a deadline as it is, and say what may be a slip in it.

    Args:
        ctx: Of the command.
        due: As it was read.
        within: Whether it is usual only before the project ends.
    """
    from ka2tui.domain.due import doubt
    from ka2tui.queries import projects

    end = ctx.ask(projects.span_of, ctx.project)[1] if within else None
    if told := doubt(due, ctx.today, end):
        click.echo(told, err=True)
    return due


def read(reader: Callable[[str], T], text: str) -> T:
    """Read what was given for an option.

    Raises:
        UsageError: It cannot be read.
    """
    from ka2tui.domain.refusal import Misread

    try:
        return reader(text)
    except Misread as misread:
        raise click.UsageError(str(misread)) from None
