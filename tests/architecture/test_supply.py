"""What ka2tui is built from is pinned, checked by hash, and said to come from nowhere special."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING

from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path


def wanted() -> list[str]:
    """Give every requirement of ka2tui and of its development."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    extras = project["project"]["optional-dependencies"].values()
    groups = project["dependency-groups"].values()
    lists = [project["project"]["dependencies"], *extras, *groups]
    return [requirement for each in lists for requirement in each]


def locked() -> dict[str, str]:
    """Give what the lock says of each package, by its name."""
    text = (ROOT / "requirements.lock").read_text("utf-8")
    entries = re.split(r"\n(?=\S)", text.strip())
    return {re.split(r"[=\[ ;]", entry)[0]: entry for entry in entries}


def test_everything_wanted_is_locked() -> None:
    names = {re.split(r"[=<>~\[ ;]", requirement)[0].lower() for requirement in wanted()}
    assert names <= locked().keys()


def test_every_package_is_pinned_and_checked_by_hash() -> None:
    for name, entry in locked().items():
        assert re.match(rf"{re.escape(name)}==\S+", entry)
        assert "--hash=sha256:" in entry


def test_the_lock_names_no_hosts() -> None:
    assert not re.search(r"://|@|--(extra-)?index-url|--find-links|\.(com|org|io)\b", str(locked()))


def test_textual_is_pinned_exactly() -> None:
    assert any(re.fullmatch(r"textual==[\d.]+", requirement) for requirement in wanted())


def test_modules_and_settings_of_somebody_else_do_not_reach_what_was_installed(
    tmp_path: Path,
) -> None:
    (tmp_path / "click.py").write_text("raise RuntimeError('somebody else')", "utf-8")
    known = f"dev.set_up = lambda: None; dev.PYTHON = {sys.executable!r}"
    said = subprocess.run(
        [sys.executable, "-c", f"import dev; {known}; dev.main()", "run", "--version"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(tmp_path), "PYTHONOPTIMIZE": "2"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.stdout.startswith("ka2tui, version"), said.stderr
