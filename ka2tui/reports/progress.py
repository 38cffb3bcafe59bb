"""The progress report: the consortium's own account of a period, for partners and for itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain import days
from ka2tui.domain.periods import say
from ka2tui.domain.text import capital
from ka2tui.reports import (
    progress_evidence,
    progress_meetings,
    progress_money,
    progress_outlook,
    progress_results,
    progress_sharing,
    progress_standing,
    progress_summary,
    progress_tasks,
    wording,
)
from ka2tui.reports.behind import Cites
from ka2tui.reports.document import Block, Document, Heading, Note, Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from ka2tui.queries.progress import Progress
    from ka2tui.queries.progress_figures import Traced
    from ka2tui.reports.wording import Wording


WORDS = "reports/progress.toml"


def build(
    seen: Progress,
    own: Path | None = None,
    traced: Mapping[str, Traced] | None = None,
) -> Document:
    """Write the report.

    Args:
        seen: What was read.
        own: The user's folder, whose wording wins.
        traced: The figures with the rows behind them, to be listed at its end.

    Raises:
        Malformed: The user's own wording cannot be used.
    """
    words = wording.load(WORDS, own)
    parts = (
        progress_summary.build,
        progress_summary.project,
        progress_standing.standing,
        progress_standing.work,
        progress_tasks.build,
        progress_results.build,
        progress_meetings.build,
        progress_evidence.people,
        progress_evidence.indicators,
        progress_sharing.dissemination,
        progress_evidence.proof,
        progress_evidence.changes,
        progress_sharing.risks,
        progress_sharing.logs,
        progress_sharing.letters,
        progress_money.build,
        progress_outlook.estimates,
        progress_outlook.ahead,
    )
    cites = Cites(traced)
    blocks: list[Block] = [Note(words("document.note"))]
    today = days.say_long(seen.today)
    if seen.later:
        blocks.append(Note(words("document.earlier", seen.later, today=today)))
    for part in parts:
        blocks += part(seen, words, cites)
    blocks = [*cites.settled(blocks), *_behind(cites, words, blocks)]
    return Document(
        title=words("document.title", project=seen.project.acronym),
        subtitle=capital(say(seen.period, seen.project.start, seen.project.end)),
        about=words("document.about_earlier" if seen.later else "document.about", today=today),
        blocks=tuple(blocks),
        leads=True,
    )


def _behind(cites: Cites, words: Wording, blocks: Sequence[Block]) -> Iterator[Block]:
    """List the rows behind every figure that was cited."""
    notes = cites.listed(words, blocks)
    if notes is not None:
        yield Heading(words("behind.title"), annex=True)
        yield Paragraph(words("behind.about"), "quiet")
        yield notes
