"""The command line: reads the words, loads one noun, and turns what happened into an exit code."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, Any, NoReturn

import click

from ka2tui import __version__
from ka2tui.cli import garbage, later, streams
from ka2tui.cli.context import Context
from ka2tui.datafiles import DataFault
from ka2tui.domain.refusal import Refused, Unavailable

if TYPE_CHECKING:
    from collections.abc import Sequence

DONE, REFUSED, USAGE, UNAVAILABLE, INTERRUPTED = 0, 1, 2, 3, 130
LONGEST_PATH = 200
"""Letters of a file's path that are said when it cannot be used."""

COMMANDS = {
    "demo": ("ka2tui.cli.app:demo", "Open the example project."),
    "add": ("ka2tui.cli.add:add", "Add a task in one line: Send minutes @OU due:fri wp:2."),
    "today": ("ka2tui.cli.today:today", "What is late, what is due, and who you are waiting for."),
    "agenda": ("ka2tui.cli.agenda:agenda", "Everything due, day by day, of one project or all."),
    "project": ("ka2tui.cli.projects:group", "Projects: new, list, show, edit, outcome, resubmit."),
    "fit": ("ka2tui.cli.fit:fit", "Which action fits an idea: KA1 or KA2, and which of KA2."),
    "phase": ("ka2tui.cli.phases:group", "The six phases: list, show, start, step, go-on."),
    "partner": ("ka2tui.cli.partners:group", "Partners: list, show, add, edit, remove."),
    "candidate": (
        "ka2tui.cli.candidates:group",
        "Finding partners: list, add, ask, answer, take, lacking, search.",
    ),
    "contact": ("ka2tui.cli.contacts:group", "People: list, add, edit, remove, forget."),
    "aim": (
        "ka2tui.cli.aims:group",
        "Needs and objectives: list, add, link, chain, priorities.",
    ),
    "wp": (
        "ka2tui.cli.work_units:group",
        "The work plan: plan, list, add, postpone, shares and more.",
    ),
    "task": ("ka2tui.cli.tasks:group", "Tasks: list, add, edit, finish, postpone and more."),
    "deliverable": (
        "ka2tui.cli.deliverables:group",
        "Deliverables: list, draft, review, publish and more.",
    ),
    "milestone": ("ka2tui.cli.milestones:group", "Milestones: list, show, add, edit, reach."),
    "meeting": ("ka2tui.cli.meetings:group", "Meetings: list, show, add, edit, minutes."),
    "participant": (
        "ka2tui.cli.participants:group",
        "Participants of events: list, add, totals, twins.",
    ),
    "checklist": ("ka2tui.cli.checklists:group", "Checklists: list, start, answer, show."),
    "money": ("ka2tui.cli.money:group", "Money: matrix, split, status, costs, travel, export."),
    "payment": ("ka2tui.cli.payments:group", "Payments: list, plan, add, edit, pay, remove."),
    "cost": ("ka2tui.cli.costs:group", "Costs by quarter: list, add, edit, remove, rates."),
    "journey": ("ka2tui.cli.journeys:group", "Journeys: list, add, edit, remove, bands."),
    "risk": ("ka2tui.cli.risks:group", "Risks: list, add, review, happened, close, grid, export."),
    "log": (
        "ka2tui.cli.logs:group",
        "Issues, decisions, changes: list, add, decide, settle.",
    ),
    "letter": ("ka2tui.cli.letters:group", "Letters: list, show, add, answer, remove, export."),
    "application": (
        "ka2tui.cli.application:group",
        "Promised and now: freeze, show, changes, handle, accept.",
    ),
    "proof": ("ka2tui.cli.proofs:group", "Proof of the work: add, check, what is missing."),
    "indicator": (
        "ka2tui.cli.indicators:group",
        "Indicators: list, show, add, edit, measure, remove.",
    ),
    "dissemination": (
        "ka2tui.cli.dissemination:group",
        "Dissemination: list, add, plan, done, matrix, export.",
    ),
    "search": ("ka2tui.cli.search:search", "Search everything: tasks, minutes, people, plans."),
    "filter": ("ka2tui.cli.filters:group", "Filters of lists: explain, save, list, remove."),
    "figure": ("ka2tui.cli.figures:group", "Figures with the rows behind them: list, show."),
    "check": (
        "ka2tui.cli.check:group",
        "Problems of the project: what is wrong, why, and where that is written.",
    ),
    "rule": (
        "ka2tui.cli.rules:group",
        "Rules of the call, and what your agreement says: list, show, set, years, check.",
    ),
    "score": (
        "ka2tui.cli.score:group",
        "Score and payment, own estimate: simulate, show, set, improve, award, table.",
    ),
    "report": ("ka2tui.cli.reports:group", "Reports: the progress of a period."),
    "import": (
        "ka2tui.cli.exchange:import_",
        "Import a project: CSV files, an Excel workbook, TOML.",
    ),
    "paste": ("ka2tui.cli.paste:paste", "Import rows from a spreadsheet: paste tasks < rows."),
    "export": ("ka2tui.cli.exchange:export", "Write a project out as a TOML file."),
    "undo": ("ka2tui.cli.history:undo", "Take back your last change, or all since a time."),
    "redo": ("ka2tui.cli.history:redo", "Bring back what you last took back."),
    "history": ("ka2tui.cli.history:history", "Who changed what, and when."),
    "restore-point": ("ka2tui.cli.history:points", "Places to go back to: list, add, remove."),
    "settings": ("ka2tui.cli.settings:group", "Settings: show, set, path."),
    "keys": ("ka2tui.cli.settings:keys", "Every key, and what it does."),
    "guide": ("ka2tui.cli.guide:guide", "The guide: its pages, and a search in them."),
    "doctor": (
        "ka2tui.cli.doctor:doctor",
        "Check-up of the database, its history and this computer.",
    ),
}
"""Each noun: where it lives, and what the help says without loading it."""


FORMS = ("json", "tsv", "plain")
"""How an answer can be written: by one of them."""


def _refuse_two_forms(context: Context, name: str) -> None:
    """Refuse a second way to write the answer: one of the two would be dropped unsaid."""
    if context.form not in ("", name):
        raise click.UsageError(f"--{context.form} and --{name} are two answers: give one of them.")
    context.form = name


class _Day(click.ParamType[date]):
    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read an ISO date, of the years that are read everywhere: days are reckoned around it."""
        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no date: write it as 2026-12-31.", param, ctx)
        from ka2tui.domain.timeline import YEARS

        if day.year not in YEARS:
            first, last = date(YEARS[0], 1, 1), date(YEARS[-1], 12, 31)
            self.fail(f"{value} is no day to answer for: give one from {first} to {last}.",
                      param, ctx)  # fmt: skip
        return day


def _global_options() -> list[click.Option]:
    """Make the options that every command takes, before its name or after it."""

    def keep(name: str) -> Any:
        def callback(ctx: click.Context, _param: click.Parameter, value: object) -> None:
            if value is not None and value is not False:
                context = ctx.ensure_object(Context)
                if name in FORMS:
                    _refuse_two_forms(context, name)
                setattr(context, name, value)

        return callback

    def option(names: str, attribute: str, text: str, **more: Any) -> click.Option:
        return click.Option(
            [names], callback=keep(attribute), expose_value=False, help=text, **more
        )

    return [
        option("--db", "db", "The database: a file, or a PostgreSQL address.", metavar="PATH|URL"),
        option("--project", "code", "The project: acronym, number or id.", metavar="CODE"),
        option("--today", "on", "Answer as if it were this day.", type=_Day()),
        option("--json", "json", "Answer for a program, as one JSON value.", is_flag=True),
        option("--tsv", "tsv", "Answer with tab-separated rows, for a spreadsheet.", is_flag=True),
        option("--plain", "plain", "Answer line by line in words, to be read aloud.", is_flag=True),
        option(
            "--actor", "who", "The name that the history shows for your changes.", metavar="NAME"
        ),
        option("--theme", "theme", "The colours of the app, this time only.", metavar="NAME"),
        option("--yes", "yes", "Do not ask before many records are changed.", is_flag=True),
    ]


def _with_global_options(command: click.Command) -> click.Command:
    """Give a command, and all below it, the global options as well."""
    if isinstance(command, click.Group):
        for below in command.commands.values():
            _with_global_options(below)
    present = {name for parameter in command.params for name in parameter.opts}
    for option in _global_options():
        if not present & {*option.opts}:
            option.hidden = True
            command.params.append(option)
    return command


class _Nouns(click.Group):
    """A group that loads a noun when it is called, not to list it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List every noun, in the order of a day's work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one noun."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return _with_global_options(command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Say what there is without loading it."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Name the nearest command where there is none of this name."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from ka2tui.domain import alike

            hint = alike.hint(args[0], COMMANDS, 2)
            raise click.UsageError(f"{error.message}{hint}", ctx) from None


@click.group(
    cls=_Nouns,
    invoke_without_command=True,
    params=_global_options(),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="ka2tui")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Run an Erasmus+ KA2 project from the keyboard; without a command, open the app.

    The options below may stand before or after a command. Each command has its own --help.
    """
    context = ctx.ensure_object(Context)
    ctx.call_on_close(context.close)
    if ctx.invoked_subcommand is None:
        from ka2tui.cli import app

        ctx.exit(app.open_app(context))


def run(argv: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    garbage.wait()
    later.wait()
    _leave(execute(argv))


def _leave(code: int) -> NoReturn:
    """Leave with this exit code once everything is said.

    Everything is closed by now. Taking apart what was loaded, object by object, would cost another
    40 ms; only where something cannot be said is Python left to end, and to report it.
    """
    try:
        sys.stdout.flush()
    except OSError:
        sys.exit(code)
    with suppress(OSError):
        sys.stderr.flush()
    os._exit(code)


def execute(argv: Sequence[str] | None = None) -> int:
    """Run the command line; give the exit code of the contract.

    0 done, 1 refused, 2 wrong usage, 3 the database cannot be used, 130 interrupted.
    """
    context = Context()
    streams.complete()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        code = main.main(
            args=None if argv is None else list(argv),
            prog_name="ka2tui",
            standalone_mode=False,
            obj=context,
        )
    except click.ClickException as error:
        return _told(error, USAGE)
    except (click.Abort, KeyboardInterrupt):
        done = "the change has been made" if context.changed else "what was under way was not done"
        return _said(f"Interrupted: {done}.", INTERRUPTED)
    except (Refused, DataFault) as refused:
        return _said(str(refused), REFUSED)
    except Unavailable as unavailable:
        return _said(str(unavailable), UNAVAILABLE)
    except OSError as error:
        if error.filename is not None:  # a file that was named, not the answer
            return _said(f"{_shortly(str(error.filename))}: {error.strerror}.", REFUSED)
        # What is left to be said has nowhere to go, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):  # the reader had enough
            return DONE
        told = f"The answer could not be written: {streams.why(error)}."
        if context.changed:  # a script that took this for a refusal would do it twice
            return _said(f"{told} The change has been made.", DONE)
        return _said(told, REFUSED)
    return code if isinstance(code, int) else DONE


def _shortly(path: str) -> str:
    return path if len(path) <= LONGEST_PATH else f"{path[:LONGEST_PATH]}…"


def _told(error: click.ClickException, code: int) -> int:
    context = getattr(error, "ctx", None)
    hint = f" Try '{context.command_path} --help'." if context is not None else ""
    return _said(f"{error.format_message()}{hint}", code)


def _said(sentence: str, code: int) -> int:
    from ka2tui.domain.text import clean

    with suppress(OSError):  # where nobody can be told, the code still says it
        click.echo(clean(sentence, lines=True), err=True)
    return code
