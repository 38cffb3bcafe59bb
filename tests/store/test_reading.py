"""What only reads does without the half of the library that keeps records."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from ka2tui.exchange.demo import build
from ka2tui.operations import partners, projects, tasks
from ka2tui.store.portfolio import Portfolio
from ka2tui.store.records import Partner, Phase, Project, Task

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

TODAY = date(2026, 11, 22)

COMMANDS = """
today --json
agenda --json
task list --json
task show T2.1
wp list --json
deliverable list --json
meeting list --json
money matrix --json
money status --json
payment list --json
risk list --json
log list --json
application show
proof list --json
indicator list --json
dissemination list --json
partner list --json
project list --json
project show --json
search minutes
history
restore-point list
"""

# says of each command what it answered without records, and what once they are wanted
ASK = """
import contextlib, io, json, sys
from ka2tui.cli.main import execute

def answer(words):
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        code = execute([*sys.argv[1:], *words.split()])
    return [code, said.getvalue()]

commands = [line for line in sys.stdin.read().splitlines() if line]
without = {}
for words in commands:
    without[words] = [*answer(words), "sqlalchemy.orm" in sys.modules]
import sqlalchemy.orm
print(json.dumps({words: [*without[words], *answer(words)] for words in commands}))
"""


def test_what_only_reads_answers_without_records_as_with_them(tmp_path: Path) -> None:
    db = tmp_path / "demo.db"
    build(db, TODAY)
    ran = subprocess.run(
        [sys.executable, "-c", ASK, f"--db={db}", f"--today={TODAY}"],
        input=COMMANDS,
        capture_output=True,
        text=True,
        check=True,
    )
    for words, answers in json.loads(ran.stdout).items():
        code, said, wanted, code_later, said_later = answers
        assert not wanted, f"{words} loads what keeps records"
        assert (code, said) == (0, said_later), words
        assert said, words
        assert code_later == 0


SEEN = """
import json, sys
from ka2tui.store.portfolio import Portfolio
from ka2tui.store.records import Task
from sqlalchemy import func, select

def read(session):
    count = session.scalar(select(func.count(Task.id)))
    first = session.scalars(select(Task).order_by(Task.id)).first()
    again = session.scalar(select(func.count(Task.id)))
    return count, again, first.title, [tag.name for tag in first.tags]

print(json.dumps(Portfolio.open(sys.argv[1], actor="Ana").ask(read)))
"""


def test_a_query_may_still_ask_for_records(portfolio: Portfolio) -> None:
    def read(session: Session) -> tuple[str, str, int, int]:
        found = session.get_one(Project, 1)
        first = session.scalars(select(Partner).order_by(Partner.id)).first()
        assert first is not None
        phases = session.scalars(select(Phase).options(selectinload(Phase.steps))).all()
        steps = sum(len(phase.steps) for phase in phases)
        count = session.scalar(select(func.count(Task.id)))
        return found.acronym, first.name, steps, count or 0

    portfolio.do(projects.add, acronym="SOLAR", title="Solar schools", today=TODAY)
    portfolio.do(partners.add, 1, name="School of Volos")
    acronym, name, steps, count = portfolio.ask(read)
    assert (acronym, name, count) == ("SOLAR", "School of Volos", 0)
    assert steps > 6


def test_records_may_be_asked_for_in_the_midst_of_reading(tmp_path: Path) -> None:
    db = tmp_path / "small.db"
    small = Portfolio.open(db, actor="Ana")
    project = small.do(projects.add, acronym="SOLAR", today=TODAY).value
    small.do(tasks.add, project, "Send the minutes", tags=["minutes"])
    small.close()
    ran = subprocess.run(
        [sys.executable, "-c", SEEN, str(db)], capture_output=True, text=True, check=True
    )
    assert json.loads(ran.stdout) == [1, 1, "Send the minutes", ["minutes"]]


@pytest.mark.parametrize("ask", ["Task.nothing", "Task.__mapper__"])
def test_a_class_has_no_more_than_its_columns_before_it_is_mapped(ask: str) -> None:
    said = f"from ka2tui.store.records import Task\n{ask}"
    ran = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=False)
    assert "AttributeError: Task has no" in ran.stderr
