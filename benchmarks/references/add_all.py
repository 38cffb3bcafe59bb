"""Write the tasks of one database into a new one with the ORM alone: no rules, no history.

Its arguments are the database to read and the one to write, which gets all but the tasks first.
"""

from __future__ import annotations

import sys
from pathlib import Path

from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from ka2tui.store.records import Record, Task

BESIDES = {"task", "tag", "task_link", "history_entry", "history_change"}

source, target = sys.argv[1:]
Path(target).unlink(missing_ok=True)
read, write = (create_engine(f"sqlite:///{place}") for place in (source, target))
Record.metadata.create_all(write)
with read.connect() as there, write.begin() as here:
    for table in Record.metadata.sorted_tables:
        rows = [dict(row) for row in there.execute(select(table)).mappings()]
        if table.name == "task":
            tasks = [{name: row[name] for name in row if name != "id"} for row in rows]
        elif rows and table.name not in BESIDES:
            here.execute(table.insert(), rows)
with Session(write) as session:
    session.add_all([Task(**values) for values in tasks])
    session.commit()
