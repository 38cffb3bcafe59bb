"""The goal: needs without objectives, objectives that end in the air, needs that nothing shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain.aims import Aim, Chain, Gap
from ka2tui.domain.kinds import AimKind
from ka2tui.domain.problem import Found, Severity
from ka2tui.domain.text import quoted
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ABOUT = "aim"


@frozen
class Aimed:
    """What a project says it is for, as far as the checks look at it."""

    aims: Sequence[Aim]
    chain: Chain
    judged: bool = True
    """Whether the analysis of needs is judged: small-scale partnerships are not asked for one.
    Source: Programme Guide 2025, award criteria of KA220 and KA210."""


def found(seen: Aimed, _rules: object = None) -> Iterator[Found]:
    """Look at the way from needs to indicators."""
    needs = [aim for aim in seen.aims if aim.kind is AimKind.NEED]
    if seen.judged:
        yield from _why(seen, needs)
    told: set[int] = set()
    for row in seen.chain.rows:
        if row.objective is None:
            if row.need is not None and row.need.id not in told:
                told.add(row.need.id)
                yield _about(505, Severity.WARNING, row.need, "No objective answers this need")
            continue
        if Gap.NEED in row.gaps and needs:
            yield _about(506, Severity.WARNING, row.objective, "It answers none of the needs")
        result, indicator = (gap in row.gaps for gap in (Gap.RESULT, Gap.INDICATOR))
        if result and indicator:
            said = "It leads to no result, and no indicator measures it"
            yield _about(507, Severity.WARNING, row.objective, said)
        elif result or indicator:
            said = "It leads to no result" if result else "No indicator measures it"
            yield _about(507, Severity.HINT, row.objective, said)


def _why(seen: Aimed, needs: Sequence[Aim]) -> Iterator[Found]:
    """Tell where nothing shows that the project is needed; where nobody began, nothing is told."""
    many = sum(aim.kind is AimKind.OBJECTIVE for aim in seen.aims)
    if many and not needs:
        objectives = "an objective is" if many == 1 else f"{many} objectives are"
        yield Found(508, Severity.WARNING, "project", f"No need is entered, though {objectives}.")
    for need in needs:
        if not need.source:
            yield _about(508, Severity.HINT, need, "Nothing says where this need is shown")


def _about(number: int, severity: Severity, aim: Aim, said: str) -> Found:
    text = f"{said}: {quoted(aim.text)}." if aim.code else f"{said}."
    return Found(number, severity, aim.code or quoted(aim.text), text, _ABOUT, aim.id)
