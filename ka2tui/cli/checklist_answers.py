"""What the command line answers about checklists: for programs, and for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ka2tui.cli import output

if TYPE_CHECKING:
    from ka2tui.cli.context import Context
    from ka2tui.domain.checklist import Answer, Score
    from ka2tui.queries.checklists import (
        AssessmentRow,
        AssessmentView,
        ChecklistRow,
        ItemView,
        TaskOf,
    )


def one(ctx: Context, said: str) -> AssessmentView:
    """Give the assessment that is meant, with everything in it."""
    from ka2tui.queries import checklists

    row = ctx.ask(checklists.find_assessment, ctx.project, said, own=ctx.settings.data)
    return ctx.ask(checklists.assessment, row.id)


def item(found: AssessmentView, said: str) -> ItemView:
    """Give the item that is meant by its code."""
    from ka2tui.domain.refusal import Refused
    from ka2tui.domain.text import fold

    for each in found.items:
        if fold(each.code) == fold(said):
            return each
    codes = f"{found.items[0].code} to {found.items[-1].code}"
    raise Refused(f"“{found.head.title}” has no item {said}: they run from {codes}.")


# --- answering ----------------------------------------------------------------------------------


def answered(ctx: Context, assessment: int, label: str) -> None:
    """Answer with an assessment as it is now."""
    seen = one(ctx, str(assessment)).head
    ctx.answer(plain(seen), f"{label} · assessment {seen.id}")


def plain(row: AssessmentRow) -> dict[str, Any]:
    """Give an assessment for programs."""
    return {
        "id": row.id,
        "checklist": row.checklist,
        "title": row.title,
        "phase": row.phase,
        "assessor": row.assessor,
        "day": row.day,
        "state": row.state,
        "work_unit": row.work_unit,
        **plain_score(row.score),
    }


_COUNTS = ("points", "of", "items", "answered", "unanswered", "not_applicable")
"""What is counted of an own estimate, named as in the answer."""


def plain_score(score: Score) -> dict[str, Any]:
    """Give an own estimate for programs."""
    return {
        "score": score.total,
        "own_estimate": score.total,
        **{name: getattr(score, name) for name in _COUNTS},
    }


def plain_checklist(row: ChecklistRow) -> dict[str, Any]:
    """Give a checklist and how it stands, for programs."""
    return {
        "id": row.id,
        "title": row.title,
        "phase": row.phase,
        "items": row.items,
        "last": None if row.last is None else plain(row.last),
        "trend": row.trend,
        "assessments": [one.id for one in row.assessments],
    }


def _plain_answer(answer: Answer | None) -> dict[str, Any] | None:
    if answer is None:
        return None
    return {"score": answer.score, "applies": not answer.not_applicable}


def plain_item(item: ItemView) -> dict[str, Any]:
    """Give an item with its answer, for programs."""
    return {
        "item": item.code,
        "text": item.text,
        "proof": item.proof,
        "source": item.source,
        "weight": item.weight,
        "score": item.answer.score,
        "applies": not item.answer.not_applicable,
        "note": item.note,
        "last": _plain_answer(item.last),
        "found_at": item.found_at,
        "task": None if item.task is None else plain_task(item.task),
    }


def plain_task(task: TaskOf) -> dict[str, Any]:
    """Give the task of an item for programs."""
    return {
        "id": task.id,
        "code": task.code,
        "title": task.title,
        "state": task.state,
        "due": task.due,
    }


def whole(found: AssessmentView) -> dict[str, Any]:
    """Give an assessment with every item, for programs."""
    return plain(found.head) | {
        "earlier": None if found.earlier is None else plain(found.earlier),
        "others": [plain(row) for row in found.told],
        "notes": found.notes,
        "criteria": [
            {
                "id": criterion.id,
                "title": criterion.title,
                **plain_score(criterion.score),
                "item_list": [plain_item(each) for each in criterion.items],
            }
            for criterion in found.criteria
        ],
    }


def table(rows: tuple[ChecklistRow, ...]) -> str:
    """Give the checklists as a table."""
    headings = ("checklist", "title", "own estimate", "answered", "trend", "day", "by", "id")
    cells: list[tuple[object, ...]] = []
    for row in rows:
        last = row.last
        if last is None:
            cells.append((row.id, row.title, "–", f"0 of {row.items}", "", "never", "", ""))
            continue
        score = last.score
        estimate = "–" if score.total is None else f"{score.total} of 100"
        answered = f"{score.answered} of {score.items}"
        trend = "" if row.trend is None else f"{row.trend:+}"
        beside = trend, last.day, last.whose, last.id
        cells.append((row.id, row.title, estimate, answered, *beside))
    return output.table(headings, cells)


def text(found: AssessmentView) -> str:
    """Write an assessment out for people."""
    head = found.head
    lines = [
        f"{head.title} · {head.whose} · {head.day} · {head.state.word}",
        head.score.say.capitalize(),
    ]
    if found.earlier is not None and found.earlier.score.total is not None:
        who = "" if found.earlier.assessor == head.assessor else f" by {found.earlier.assessor}"
        lines.append(f"Last time, {found.earlier.day}{who}: {found.earlier.score.brief}")
    lines += [f"{row.assessor}, {row.day}: {row.score.say}" for row in found.told]
    for criterion in found.criteria:
        lines += ["", f"{criterion.title}: {_points(criterion.score)}"]
        for each in criterion.items:
            lines.append(f"  {each.code}  {each.answer.brief:<4} {each.text}")
            lines += [f"            {line}" for line in _below(each)]
    return "\n".join(lines)


def _points(score: Score) -> str:
    if not score.of:
        return score.say
    left = f", {score.so_far}" if score.unanswered else ""
    return f"{score.points} of {score.of}{left}"


def _below(found: ItemView) -> list[str]:
    """Give what stands below an item: its note, where its proof lies, and its task."""
    lines = found.note.split("\n") if found.note else []
    if found.found_at:
        lines.append(f"proof: {found.found_at}")
    if found.task is not None:
        lines.append(say_task(found.task))
    return lines


def say_task(task: TaskOf) -> str:
    """Name the task of an item, with how it stands."""
    due = "" if task.due is None else f", due {task.due}"
    return f"task {task.code or task.id}: {task.title} ({task.state.word}{due})"
