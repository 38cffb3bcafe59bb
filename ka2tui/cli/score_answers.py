"""What the command line answers about scores: for programs, and for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ka2tui.cli import output

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ka2tui.domain.award import Judgement
    from ka2tui.domain.improving import Improvement
    from ka2tui.domain.reductions import Table
    from ka2tui.domain.score import Line
    from ka2tui.queries.scores import PartView, Standing


def plain(seen: Standing) -> dict[str, Any]:
    """Give how a project would be scored, for programs."""
    from ka2tui.domain.score import HOW, LABEL, say_exact

    now = seen.reckoning
    return {
        "label": LABEL,
        "total": now.total,
        "exact": None if now.exact is None else say_exact(now.exact),
        "threshold": now.threshold,
        "reached": now.reached,
        "reduction_percent": now.percent,
        "at_risk_cents": now.at_risk,
        "at_risk_outside_cents": now.outside,
        "more_may_be_at_risk": now.may_be_more,
        "currency": seen.currency,
        "table_confirmed": seen.table.confirmed,
        "table_source": seen.table.source,
        "table_origin": seen.table.origin,
        "weighed_by": "money" if now.by_money else "equally",
        "by_unit": [
            _unit(part, percent)
            for part, percent in zip(seen.parts, now.percents, strict=True)
            if part.line.part.is_scored
        ],
        "not_scored": [_managing(part.line) for part in seen.parts if not part.line.part.is_scored],
        "unscored": [part.code for part in now.unscored],
        "by_criterion": plain_criteria(seen.judgement),
        "award": plain_award(seen),
        "report_criteria": [
            {
                "criterion": one.id,
                "title": one.title,
                "score": one.score,
                "from": one.whence,
                "answered": one.so_far or None,
            }
            for one in seen.report
        ],
        "remarks": [*seen.remarks],
        "how": HOW,
    }


def _unit(view: PartView, percent: int) -> dict[str, Any]:
    line, part = view.line, view.line.part
    return {
        "unit": part.code,
        "title": part.title,
        "score": part.score,
        "from": part.whence,
        "amount_cents": part.cents,
        "weighed": line.weighed,
        "weight_percent": percent,
        "below": line.below,
        "refused_percent": part.refused,
        "at_risk_cents": line.at_risk,
        "note": view.note,
    }


def _managing(line: Line) -> dict[str, Any]:
    return {
        "unit": line.part.code,
        "title": line.part.title,
        "amount_cents": line.part.cents,
        "at_risk_cents": line.at_risk,
        "why": "management",
    }


def plain_award(seen: Standing) -> dict[str, Any]:
    """Give the award criteria and what the points come to, for programs."""
    found = seen.judgement
    return {
        "rules": seen.rules,
        "known": found is not None,
        "confirmed": seen.confirmed,
        "source": seen.source,
        "total": None if found is None else found.total,
        "points": None if found is None else found.sum,
        "threshold": None if found is None else found.award.threshold,
        "fundable": None if found is None else found.fundable,
        "reasons": [] if found is None else [*found.reasons],
        "tie_break": [] if found is None else [*found.award.tie_break],
    }


def plain_criteria(found: Judgement | None) -> list[dict[str, Any]]:
    """Give the award criteria with the points of each, for programs."""
    if found is None:
        return []
    return [
        {
            "criterion": mark.criterion.id,
            "title": mark.title,
            "score": mark.points,
            "max": mark.criterion.most,
            "min": mark.criterion.least,
            "below": mark.below,
            "word": mark.word,
            "note": mark.note,
        }
        for mark in found.marks
    ]


def plain_table(table: Table) -> dict[str, Any]:
    """Give a table of reductions for programs."""
    return {
        "table_origin": table.origin,
        "table_confirmed": table.confirmed,
        "confirmed_on": table.confirmed_on,
        "table_source": table.source,
        "threshold": table.full_from,
        "bands": [{"below": band.below, "percent": band.percent} for band in table.bands],
        "note": table.note,
    }


def plain_improvement(one: Improvement) -> dict[str, Any]:
    """Give a way to a better score for programs."""
    return {
        "unit": one.part.code,
        "way": one.way,
        "points": one.points,
        "steps": [
            {"unit": it.part.code, "from": it.part.score, "to": it.to, "points": it.points}
            for it in one.steps
        ],
        "total": one.total,
        "reduction_percent": one.percent,
        "saved_cents": one.saved,
        "text": one.said,
        "items": [
            {"item": it.code, "text": it.text, "answer": it.answer, "points_tenths": it.points}
            for it in one.hints
        ],
    }


# --- for people -----------------------------------------------------------------------------------


def text(seen: Standing) -> str:
    """Write out how a project would be scored."""
    now = seen.reckoning
    lines = [f"Final report, own estimate: {now.said}"]
    if seen.parts:
        lines += ["", _units(seen)]
    else:
        lines += ["", "There is no work package or activity yet: ka2tui wp add"]
    risk = _at_risk(seen)
    if risk:
        lines += ["", risk]
    lines += ["", f"Table of reductions: {table_line(seen.table)}"]
    lines += seen.remarks
    if any(one.score is not None for one in seen.report):
        rows = [
            (one.title, "–" if one.score is None else one.score, _from(one.whence), one.so_far)
            for one in seen.report
        ]
        lines += ["", output.table(("report looked at by", "of 100", "from", "answered"), rows)]
    found = seen.judgement
    if found is not None and any(mark.points is not None for mark in found.marks):
        lines += ["", award_text(seen)]
    return "\n".join(lines)


def _units(seen: Standing) -> str:
    from ka2tui.domain.money import say_amount

    def amount(cents: int | None) -> str:
        return "" if cents is None else say_amount(cents, seen.currency)

    rows = []
    for view, percent in zip(seen.parts, seen.reckoning.percents, strict=True):
        line, part = view.line, view.line.part
        says = [f"below {seen.reckoning.threshold}"] if line.below else []
        says += [f"{part.refused} % refused"] if part.refused else []
        says += [] if part.is_scored else ["management, not scored"]
        rows.append(
            (
                part.code,
                part.title,
                "–" if part.score is None else part.score,
                view.whence,
                amount(part.cents),
                f"{percent} %" if line.weighed else "",
                seen.reckoning.say_part_at_risk(line, seen.currency),
                ", ".join(says),
            )
        )
    titles = ("code", "title", "score", "from", "amount", "weight", "at risk", "")
    return output.table(titles, rows)


def _from(whence: Any) -> str:
    return "" if whence is None else str(whence.word)


def _at_risk(seen: Standing) -> str:
    """Say what is at risk in all, where the table is confirmed."""
    from ka2tui.domain.money import say_amount

    now = seen.reckoning
    if now.at_risk is None:
        return ""
    said = f"At risk by this estimate: {now.say_at_risk(seen.currency)}"
    if now.outside:
        said += f"; of it {say_amount(now.outside, seen.currency)} of money in no part"
    return said


def table_line(table: Table) -> str:
    """Say in a line what table it is, and how to confirm it."""
    if table.confirmed:
        return table.label
    return f"{table.label}. No euros are shown until you confirm it: ka2tui score table confirm"


def award_text(seen: Standing) -> str:
    """Write out the award criteria and what the points come to."""
    found = seen.judgement
    if found is None:
        return seen.rules
    rows = [
        (
            mark.title,
            "–" if mark.points is None else mark.points,
            mark.criterion.most,
            mark.criterion.least,
            "below its minimum" if mark.below else (mark.word or ""),
            mark.note or "",
        )
        for mark in found.marks
    ]
    titles = ("award criterion", "points", "of", "at least", "", "note")
    sure = "" if seen.confirmed or seen.carried else " (not confirmed for your call)"
    lines = [
        f"Application, own estimate: {found.said}",
        f"{seen.rules}{sure}; {seen.source}",
        "",
        output.table(titles, rows),
    ]
    return "\n".join([*lines, *found.reasons])


def table_text(table: Table) -> str:
    """Write out a table of reductions."""
    rows = [(scores, "paid in full" if not off else f"{off} % off") for scores, off in table.lines]
    lines = [table_line(table), "", output.table(("score", "reduction"), rows)]
    if table.fault:
        lines += ["", table.fault]
    if table.note:
        lines += ["", table.note]
    lines += (table.doubts or {}).values()
    return "\n".join(lines)


def improvements_text(seen: Standing, most: Sequence[Improvement]) -> str:
    """Write out the cheapest ways to a better score, and how they were found."""
    from ka2tui.domain.improving import HOW

    now = seen.reckoning
    lines = [f"Final report, own estimate: {now.said}", ""]
    for place, one in enumerate(most, start=1):
        saved = one.say_saved(seen.currency)
        lines.append(f"{place}. {one.said}{f'; {saved}' if saved else ''}")
        for hint in one.hints:
            gain = f"{hint.points // 10}.{hint.points % 10}"
            lines.append(f"   {hint.code} ({hint.answer}, up to {gain} points): {hint.text}")
        if not one.hints and one.steps:
            code = one.part.code
            lines.append(
                f"   Which items weigh most, its checklist tells: "
                f"ka2tui checklist start work_package --wp {code}"
            )
    if not most:
        lines.append(
            "Nothing to improve is found."
            if now.total is not None
            else "Score a part first: ka2tui score set --unit WP2=60"
        )
    if seen.further is not None:
        lines += ["", f"All the way to {now.threshold}: {seen.further.said}"]
    return "\n".join([*lines, "", HOW])
