"""What the checks found in the project that is shown, for every page to tell of its part."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Protocol

from ka2tui.datafiles import DataFault
from ka2tui.domain.refusal import Refused
from ka2tui.tui import plain, projector
from ka2tui.tui.lazy import lazily

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from ka2tui.domain.problem import Problem
    from ka2tui.queries import problems as views
    from ka2tui.settings import Settings
    from ka2tui.tui.plain import Tone
else:
    views = lazily("ka2tui.queries.problems")

LOOKED_AT = frozenset(
    {"project", "partner", "contact", "work_unit", "share", "deliverable", "milestone", "task"}
    | {"task_link", "meeting", "attendance", "head_count", "agenda_item", "outcome", "phase_step"}
    | {"participant", "indicator", "measurement", "risk", "log_entry", "letter", "message"}
    | {"dissemination", "proof", "proof_use", "proof_waiver", "payment", "cost", "partner_paper"}
    | {"approved_fact", "departure", "priority", "phase", "aim", "aim_link", "rule_value"}
    | {"set_aside", "candidate"}
)
"""The kinds of record that a check can look at."""

AT_REST = 0.8
"""Seconds after which a page asks for it: first come its rows, and whatever is done with them."""

TELL_THEMSELVES = frozenset({"problems", "today"})
"""Pages that tell it in words of their own."""

_CODES = 3


class Asking(Protocol):
    """Whoever shows a project, and asks of it."""

    today: date
    project: int | None

    @property
    def settings(self) -> Settings:
        """Where the user's own words and numbers lie."""

    async def ask(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        """Answer a query."""


class Found:
    """What was found, read when somebody asks and kept until something changes."""

    def __init__(self, desk: Asking) -> None:
        """Know nothing yet."""
        self._desk = desk
        self._stamp = 0
        self._read: tuple[object, ...] | None = None
        self._rows: Sequence[Problem] = ()
        self._about: dict[tuple[str, int | None], list[Problem]] = {}
        self._pages: dict[int, str] = {}

    def changed(self, touched: frozenset[str] | None) -> None:
        """Forget it where a check may look at what changed; None: at everything."""
        if touched is None or touched & LOOKED_AT:
            self._stamp += 1

    @property
    def _now(self) -> tuple[object, ...]:
        return (self._stamp, self._desk.project, self._desk.today)

    @property
    def fresh(self) -> bool:
        """Whether what is known is of now."""
        return self._read == self._now

    async def read(self) -> None:
        """Check the project, unless that was done since the last change."""
        desk = self._desk
        if self.fresh or desk.project is None:
            return
        from ka2tui.domain.checks import catalogue

        now = self._now
        try:
            found = await desk.ask(
                views.problems, desk.project, today=desk.today, own=desk.settings.data
            )
        except (Refused, DataFault):
            # removed meanwhile: whoever removed it lets every page look again; or a file of the
            # user's own cannot be read, which the page that needs it tells
            return
        checks = await asyncio.to_thread(catalogue.everything)
        self._pages = {number: check.page for number, check in checks.items()}
        self._rows, self._read = found.rows, now
        self._about = {}
        for it in found.rows:
            self._about.setdefault((it.about, it.id), []).append(it)

    # -- of what ---------------------------------------------------------------------------------

    def _shown(self, rows: Iterable[Problem]) -> list[Problem]:
        """Leave out what may not be shown; nothing is known before it was read."""
        if self._read is None or self._read[1] != self._desk.project:
            return []
        return [it for it in rows if not projector.hides_problem(self._desk, it.number, it.about)]

    def about(self, table: str, record: int) -> list[Problem]:
        """Give what was found about a record."""
        return self._shown(self._about.get((table, record), ()))

    def on_page(self, mode: str, table: str = "") -> list[Problem]:
        """Give what is mended on a page, or is about the records that it lists."""
        return self._shown(
            it
            for it in self._rows
            if self._pages.get(it.number) == mode or (table and it.about == table)
        )

    def against_rules(self) -> list[Problem]:
        """Give what is against a rule."""
        return self._shown(it for it in self._rows if it.severity == "error")


def counted(problems: Sequence[Problem]) -> str:
    """Count errors and warnings: "! 2 errors, 1 warning"; blank where there are none."""
    from ka2tui.domain.problem import Severity, say_how_many  # the first frame needs neither

    said = say_how_many(problems, Severity.ERROR, Severity.WARNING)
    return f"{plain.WARNING} {said}" if said else ""


def in_short(problems: Sequence[Problem]) -> str:
    """Name findings by their codes: "2 problems: KA2-W401, KA2-W406"."""
    codes = list(dict.fromkeys(each.code for each in problems))
    named = ", ".join(codes[:_CODES]) + ", …" * (len(codes) > _CODES)
    return f"{plain.count(len(problems), 'problem')}: {named}"


def tone_of(problems: Sequence[Problem]) -> Tone:
    """Give the tone of the heaviest."""
    tones: dict[str, Tone] = {"error": "late", "warning": "soon"}
    return next((tones[it.severity] for it in problems if it.severity in tones), "quiet")
