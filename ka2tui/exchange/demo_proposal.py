"""What the example project was before it began: partners found, a goal, and its own estimate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui import datafiles
from ka2tui.domain.kinds import AimKind, CandidateState, PartnerRole
from ka2tui.exchange.demo_story import DAY, Called
from ka2tui.operations import aims, candidates, contacts, partners, problems, scores
from ka2tui.queries import scores as known_scores
from ka2tui.queries.references import find, find_all
from ka2tui.store.operation import operation, say
from ka2tui.store.records import Partner

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from ka2tui.exchange.demo_story import Row, Story

_KNOWN = ("name", "acronym", "country", "city", "sort", "oid", "website")
"""What is known of an organisation before it is a partner."""


def tell(story: Story) -> None:
    """Note everything that happens in these chapters, but for partners that are taken."""
    _set_goal(story)
    _estimate(story)


# -- finding partners ----------------------------------------------------------------------------


def look_for_partners(story: Story) -> None:
    """Tell who was noted, who was asked, and what they answered."""
    rows = [_candidate(row) for row in story.people["partner"] if "found" in row]
    rows += story.people["declined"]
    for when, some in _by_day(rows, "noted").items():
        story.at(when, _note, story.project, some)
    for when, some in _by_day(rows, "asked").items():
        story.at(when, _ask, story.project, [row["acronym"] for row in some], DAY)
    for row in rows:
        called = Called("candidate", row["acronym"])
        steps = {
            CandidateState.INTERESTED: row.get("interested"),
            CandidateState.AGREED: row.get("agreed"),
            CandidateState.DECLINED: row.get("answered"),
        }
        for state, on in steps.items():
            if on:
                story.at(on, candidates.answer, [called], state, day=DAY, today=DAY)


def _candidate(row: Row) -> Row:
    """Give what was known of a partner when it was none yet; the first of its people was asked."""
    person = row["contact"][0]
    known = {name: row[name] for name in _KNOWN if name in row}
    return {**known, **row["found"], "person": person["name"], "email": person["email"]}


def _by_day(rows: Sequence[Row], step: str) -> dict[str, list[Row]]:
    """Give by day what a step was done with."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row[step], []).append(row)
    return found


@operation("Add candidate")
def _note(session: Session, project: int, rows: Sequence[Row]) -> None:
    fields = candidates.EDITABLE - {"name", "state", "asked_on", "answered_on"}
    for row in rows:
        values = {name: row[name] for name in fields if name in row}
        candidates.add(session, project, row["name"], values=values)
    if len(rows) > 1:
        say(session, "Note {count} possible partners", count=len(rows))


@operation("Ask candidates")
def _ask(session: Session, project: int, names: Sequence[str], day: date) -> None:
    found = find_all(session, "candidate", project, names)
    candidates.ask(session, found, day=day, today=day)


@operation("Take as partner")
def take(session: Session, project: int, row: Row, role: PartnerRole, day: date) -> None:
    """Make a partner of who agreed, and add what is known of it by now."""
    candidate = find(session, "candidate", project, row["acronym"])
    (partner,) = candidates.take(session, [candidate], today=day, role=role)
    so_far = session.get_one(Partner, partner).notes
    later = ("nr", "zone", "established_on", "newcomer", "applications")
    values = {name: row[name] for name in later if name in row}
    values["notes"] = "\n".join(filter(None, [so_far, row.get("notes")]))
    partners.edit(session, partner, values)
    person = row["contact"][0]
    contact = find(session, "contact", project, person["name"])
    contacts.edit(session, contact, {"role": person["role"], "language": person["language"]})
    say(session, "Take {who} as partner", who=row["acronym"])


# -- the goal ------------------------------------------------------------------------------------


def _set_goal(story: Story) -> None:
    data = datafiles.read_toml("demo/goal.toml")
    story.at(data["needs"], _enter_needs, story.project, data["need"])
    story.at(data["objectives"], _enter_objectives, story.project, data["objective"])
    story.at(data["planned"], _link, story.project, data["objective"], "work plan")
    story.at(data["measured"], _link, story.project, data["objective"], "indicators")


@operation("Enter needs")
def _enter_needs(session: Session, project: int, rows: Sequence[Row]) -> None:
    for row in rows:
        values = {name: row[name] for name in ("code", "target_group", "source")}
        aims.add(session, project, AimKind.NEED, row["text"], values=values)
    say(session, "Enter {count} needs", count=len(rows))


@operation("Enter objectives")
def _enter_objectives(session: Session, project: int, rows: Sequence[Row]) -> None:
    for row in rows:
        values = {"code": row["code"], "parent_id": find(session, "aim", project, row["need"])}
        aims.add(session, project, AimKind.OBJECTIVE, row["text"], values=values)
    say(session, "Enter {count} objectives", count=len(rows))


@operation("Link objectives")
def _link(session: Session, project: int, rows: Sequence[Row], what: str) -> None:
    """Let objectives be served by the work plan; by indicators only when there are any."""
    for row in rows:
        served = [
            (table, find(session, table, project, code))
            for table, code in row["served"]
            if what == "indicators" or table != "indicator"
        ]
        aims.link(session, find(session, "aim", project, row["code"]), served)
    say(session, f"Link {{count}} objectives with the {what}", count=len(rows))


# -- what it thinks of itself --------------------------------------------------------------------


def _estimate(story: Story) -> None:
    data = datafiles.read_toml("demo/estimate.toml")
    for row, change in ((data["award"], _judge_application), (data["report"], _judge_report)):
        story.at(row["on"], change, story.project, row, actor=row["by"])
    for row in data["aside"]:
        story.at(row["on"], _set_aside, story.project, row, actor=row["by"])


@operation("Score criteria")
def _judge_application(session: Session, project: int, row: Row) -> None:
    asked, _ = known_scores.criteria(session, project)
    most = {criterion.id: criterion.most for criterion in asked.criteria}
    scores.score_criteria(session, project, row["points"], most=most, notes=row["notes"])


@operation("Score parts of the work plan")
def _judge_report(session: Session, project: int, row: Row) -> None:
    ids = {code: find(session, "work_unit", project, code) for code in row["scores"]}
    given = {ids[code]: score for code, score in row["scores"].items()}
    notes = {ids[code]: note for code, note in row["notes"].items()}
    scores.score_parts(session, project, given, notes=notes)


@operation("Set finding aside")
def _set_aside(session: Session, project: int, row: Row) -> None:
    record = find(session, row["about"], project, row["called"])
    problems.set_aside(session, project, [(row["number"], row["about"], record)], row["why"])
