"""What a command loads decides how long a person waits for it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

HEAVY = {"textual", "sqlalchemy", "alembic", "pendulum", "jinja2", "xlsxwriter"}

# runs a command in this very process
COMMAND = """
from ka2tui.cli.main import execute
try:
    code = execute(sys.argv[1:])
except SystemExit as end:
    code = end.code
assert not code, code
"""
IMPORT = """
from importlib import import_module
for name in sys.argv[1:]:
    import_module(name)
"""
# says which libraries, and which modules of ours, are there now, on standard error
TELL = """
ours = {name for name in sys.modules if name.startswith("ka2tui.")}
print(*ours, *{name.partition(".")[0] for name in sys.modules}, file=sys.stderr)
"""


def loaded_by(script: str, *args: str, **env: str) -> set[str]:
    """Run a script in a new Python and give what it has loaded, libraries by their names."""
    ended = subprocess.run(
        [sys.executable, "-c", f"import sys\n{script}\n{TELL}", *args],
        env={**os.environ, **env},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return set(ended.stderr.splitlines()[-1].split())


@pytest.mark.parametrize("words", ["--help", "--version", "task --help", "task add --help"])
def test_help_loads_neither_database_nor_terminal_app(words: str) -> None:
    assert not loaded_by(COMMAND, *words.split()) & HEAVY


def test_completion_loads_neither_database_nor_terminal_app() -> None:
    env = {"_KA2TUI_COMPLETE": "bash_complete", "COMP_WORDS": "ka2tui task ", "COMP_CWORD": "2"}
    assert not loaded_by(COMMAND, **env) & HEAVY


def test_a_data_command_never_loads_the_terminal_app(tmp_path: Path) -> None:
    db = f"--db={tmp_path / 'ka2tui.db'}"
    project = ["project", "new", "SOLAR", "--title=Solar schools", "--start=2026-01-01"]
    commands = [[*project, "--months=24"], ["task", "add", "Send"], ["task", "list"], ["today"]]
    for words in commands:
        loaded = loaded_by(COMMAND, db, *words)
        assert "sqlalchemy" in loaded
        assert "textual" not in loaded


def test_a_stored_file_that_is_up_to_date_needs_no_migrations(tmp_path: Path) -> None:
    db = f"--db={tmp_path / 'ka2tui.db'}"
    loaded_by(COMMAND, db, "project", "new", "SOLAR", "--start=2026-01-01", "--months=24")
    assert "alembic" not in loaded_by(COMMAND, db, "task", "list")


def test_the_first_frame_does_not_wait_for_the_database_library() -> None:
    pages = sorted((ROOT / "ka2tui" / "tui" / "pages").glob("[a-z]*.py"))
    names = [f"ka2tui.tui.pages.{page.stem}" for page in pages]
    loaded = loaded_by(IMPORT, "ka2tui.tui.app", *names)
    assert "textual" in loaded
    assert not loaded & {"sqlalchemy", "alembic", "pendulum"}


def test_a_page_loads_no_operation_no_query_and_no_page_of_another_noun() -> None:
    loaded = loaded_by(IMPORT, "ka2tui.tui.app", "ka2tui.tui.pages.tasks")
    folders = ("ka2tui.operations.", "ka2tui.cli.", "ka2tui.reports.", "ka2tui.exchange.")
    assert not {name for name in loaded if name.startswith(folders)}
    assert (
        not {f"ka2tui.tui.pages.{name}" for name in ("meetings", "partners", "work_plan")} & loaded
    )


def test_a_command_loads_its_own_noun_alone() -> None:
    loaded = loaded_by(COMMAND, "task", "--help")
    assert "ka2tui.cli.tasks" in loaded
    assert not {f"ka2tui.cli.{name}" for name in ("meetings", "partners", "reports")} & loaded
    assert not {name for name in loaded if name.startswith(("ka2tui.tui.", "ka2tui.queries."))}


UNASKED = """
from ka2tui.cli import later
later.wait()
from ka2tui.store.portfolio import Portfolio
assert not {"email", "zipfile"} & set(sys.modules)
from importlib import metadata
assert metadata.version("sqlalchemy").startswith("2.")
assert not hasattr(metadata, "unheard")
later.wait()
import importlib.metadata
assert importlib.metadata.version is metadata.version
"""


def test_what_no_database_asks_for_is_loaded_when_somebody_does() -> None:
    assert "email" in loaded_by(UNASKED)
