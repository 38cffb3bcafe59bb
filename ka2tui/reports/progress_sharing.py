"""Sharing and steering in the progress report: dissemination, risks, logs and letters."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ka2tui.domain import days
from ka2tui.domain.kinds import Direction, LogKind, RiskState
from ka2tui.domain.periods import say
from ka2tui.domain.risks import Band
from ka2tui.reports.document import Block, Cell, Heading, Paragraph, Toned
from ka2tui.reports.progress_words import make_table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ka2tui.queries.progress import Progress
    from ka2tui.queries.progress_sharing import LetterLine, LogLine, RiskLine, Shared
    from ka2tui.reports.behind import Cites
    from ka2tui.reports.wording import Wording


def dissemination(seen: Progress, words: Wording, cites: Cites) -> Iterator[Block]:
    """Tell what was done to share the project, by partner, and where its results are."""
    yield Heading(words("sharing.title"))
    shared = seen.sharing.shared
    if shared:
        yield make_table(
            words,
            words("sharing.table"),
            (
                *(("partner", "text"), ("finished", "number"), ("done_all", "number")),
                *(("reach", "number"), ("planned", "number"), ("late", "number")),
            ),
            (_shared(one, words, cites) for one in shared),
        )
        yield Paragraph(words("sharing.about"), "quiet")
    else:
        yield Paragraph(words("sharing.none"), "quiet")
    platform = seen.sharing.platform
    if not platform:
        yield Paragraph(words("sharing.no_platform"), "quiet")
        return
    yield make_table(
        words,
        words("sharing.platform"),
        (
            *(("code", "code"), ("title", "text"), ("state", "text"), ("since", "date")),
            ("where", "text"),
        ),
        (
            (row.code, row.title, row.state.word, _day(row.since), row.link or "")
            for row in platform
        ),
    )


def _shared(one: Shared, words: Wording, cites: Cites) -> tuple[Cell, ...]:
    name = f"report.shared.{one.partner or 'nobody'}"
    return (
        one.partner or words("sharing.nobody"),
        cites.cell(len(one.in_period), f"{name}.in_period"),
        cites.cell(len(one.done), f"{name}.done"),
        f"{one.reach:,}".replace(",", " ") if one.reach else "",
        cites.cell(len(one.planned), f"{name}.planned"),
        cites.cell(len(one.late), f"{name}.late", tone="late" if one.late else ""),
    )


def logs(seen: Progress, words: Wording, _cites: Cites) -> Iterator[Block]:
    """List issues, decisions and changes that are open or were dealt with in the period."""
    yield Heading(words("logs.title"))
    for kind in LogKind:
        rows = [row for row in seen.sharing.logs if row.kind is kind]
        if not rows:
            yield Paragraph(words(f"logs.no_{kind.value}", period=say(seen.period)), "quiet")
            continue
        yield make_table(
            words,
            words(f"logs.{kind.value}"),
            (
                *(("code", "code"), ("title", "text"), ("who", "text"), ("state", "text")),
                *(("since", "date"), ("due", "date"), ("reason", "text")),
            ),
            (_log(row, seen.today) for row in rows),
        )


def _log(row: LogLine, today: date) -> tuple[Cell, ...]:
    state: Cell = row.state.word
    if row.over and row.closed_on is not None:
        state = f"{row.state.word} {days.say_brief(row.closed_on)}"
    elif not row.over and row.due is not None and row.due < today:
        state = Toned(f"{row.state.word}, late", "late")
    return (
        row.code or "",
        row.title,
        row.owner or "",
        state,
        _day(row.opened_on),
        "" if row.over else _day(row.due),
        row.reason or "",
    )


def letters(seen: Progress, words: Wording, _cites: Cites) -> Iterator[Block]:
    """List what was written with the agency, and what waits for an answer."""
    yield Heading(words("letters.title"))
    rows = seen.sharing.letters
    if not rows:
        yield Paragraph(words("letters.none", period=say(seen.period)), "quiet")
        return
    yield make_table(
        words,
        words("letters.table"),
        (("when", "date"), ("direction", "code"), ("subject", "text"), ("answer", "text")),
        (_letter(row, words, seen.today) for row in rows),
    )


def _letter(row: LetterLine, words: Wording, today: date) -> tuple[Cell, ...]:
    answer: Cell = ""
    if row.answered_on is not None:
        answer = f"answered {days.say_brief(row.answered_on)}"
    elif row.answer_by is not None:
        said = f"due {days.say_brief(row.answer_by)}"
        answer = Toned(f"{said}, late", "late") if row.answer_by < today else said
    way = words("letters.from" if row.direction is Direction.IN else "letters.to")
    return (days.say_brief(row.day), way, row.subject, answer)


def _day(day: date | None) -> str:
    return "" if day is None else days.say_brief(day)


def risks(seen: Progress, words: Wording, cites: Cites) -> Iterator[Block]:
    """Count the risks by band, and list those that are watched or happened, the gravest first."""
    yield Heading(words("risks.title"))
    rows = seen.sharing.risks
    if not rows:
        yield Paragraph(words("risks.none"), "quiet")
        return
    watched = [row for row in rows if row.state is RiskState.OPEN]
    counts = Counter(row.band for row in watched)
    happened = sum(row.state is RiskState.HAPPENED for row in rows)
    yield words.cited(
        "risks.standing",
        len(watched),
        n=cites.cell(len(watched), "risk.open"),
        high=cites.cell(counts[Band.RED], "risk.open.red"),
        medium=cites.cell(counts[Band.YELLOW], "risk.open.yellow"),
        low=cites.cell(counts[Band.GREEN], "risk.open.green"),
        happened=cites.cell(happened, "risk.happened"),
    )
    yield make_table(
        words,
        words("risks.table"),
        (
            *(("code", "code"), ("risk", "text"), ("band", "code"), ("action", "text")),
            *(("who", "text"), ("state", "text")),
        ),
        (_risk(row) for row in rows),
    )
    yield Paragraph(words("risks.how"), "quiet")


def _risk(row: RiskLine) -> tuple[Cell, ...]:
    band = "" if row.band is None else f"{row.band.word} ({row.likelihood} x {row.impact})"
    state: Cell = row.state.word
    if row.state is RiskState.HAPPENED:
        state = Toned("happened", "late")
    elif row.review_on is not None:
        state = f"look again {_day(row.review_on)}"
    high = row.band is Band.RED
    return (
        row.code or "",
        row.title,
        Toned(band, "late") if high else band,
        row.action or "",
        row.owner or "",
        state,
    )
