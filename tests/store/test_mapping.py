"""Records become tables as their annotations say, and a family at a time is made ready."""

from __future__ import annotations

import subprocess
import sys

import pytest
from sqlalchemy import Integer, inspect

from ka2tui.domain.kinds import TaskState
from ka2tui.store.columns import Code, Day, Instant, Words
from ka2tui.store.records import HISTORY, Meeting, Record, Share, Tag, Task, WorkUnit

READY = """
from sqlalchemy import inspect, select
from sqlalchemy.orm import configure_mappers
from ka2tui.store.records import Record, Tag, Task
assert not Task.__table__.foreign_keys, "who reads columns alone needs no references"
select(Task).where(Task.tags.any())
for name, record in sorted(Record.by_table.items()):
    if "__mapper__" in vars(record):
        assert record.__mapper__.configured
        print(name)
"""


def test_a_column_is_what_its_annotation_says() -> None:
    columns = Record.metadata.tables["task"].c
    assert isinstance(columns.title.type, Words)
    assert isinstance(columns.due.type, Day)
    assert isinstance(columns.effort_minutes.type, Integer)
    assert isinstance(Meeting.__table__.c.starts_at.type, Instant)
    state = columns.state.type
    assert isinstance(state, Code)
    assert state.kind is TaskState
    assert [columns[name].nullable for name in ("title", "state", "due", "code")] == [
        False,
        False,
        True,
        True,
    ]
    assert [each.target_fullname for each in columns.partner_id.foreign_keys] == ["partner.id"]


def test_what_all_records_have_stands_first() -> None:
    for name, record in Record.by_table.items():
        first = record.__table__.columns.keys()[:3]
        if record in HISTORY or name == "project":
            assert first[0] == "id"
        else:
            assert first == ["id", "uid", "project_id"]


def test_parts_know_their_whole_and_the_other_way_round() -> None:
    package = WorkUnit(code="WP1")
    share = Share(work_unit=package)
    assert package.shares == [share]
    assert inspect(Tag).relationships["task"].mapper.class_ is Task


def test_a_new_record_takes_no_value_it_has_no_column_for() -> None:
    with pytest.raises(TypeError, match="a Task has no titel"):
        Task(titel="Send")


@pytest.mark.parametrize(
    "use",
    ["select(Task)", "Task.project_id", "Task.tags", "Task()", "inspect(Task)", "select(Tag.id)"],
)
def test_a_family_is_mapped_however_it_is_first_used(use: str) -> None:
    said = READY.replace("select(Task).where(Task.tags.any())", f"{use}; configure_mappers()")
    ran = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["tag", "task", "task_link"]


def test_only_the_family_that_is_used_is_mapped_and_made_ready() -> None:
    ran = subprocess.run([sys.executable, "-c", READY], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["tag", "task", "task_link"]
