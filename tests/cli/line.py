"""The command line on a database of a test's own: what it says, and how it ends."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ka2tui.cli.main import execute

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


class Line:
    """Commands of Ana on 22 November 2026."""

    def __init__(self, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.file = file
        self.capsys = capsys
        self.err = ""
        """What the last command said beside its answer."""

    def code(self, *argv: str) -> int:
        """Run a command; give its exit code."""
        self.capsys.readouterr()
        return execute(["--db", str(self.file), "--actor", "Ana", "--today", "2026-11-22", *argv])

    def run(self, *argv: str, code: int = 0) -> tuple[str, str]:
        """Run a command that ends with this code; give what it said on both streams."""
        assert self.code(*argv) == code
        said = self.capsys.readouterr()
        self.err = said.err
        return said.out, said.err

    def text(self, *argv: str) -> str:
        """Give the answer in words."""
        return self.run(*argv)[0]

    def json(self, *argv: str) -> Any:
        """Give the answer as a program reads it."""
        return json.loads(self.text(*argv, "--json"))

    def error(self, *argv: str) -> tuple[int, str]:
        """Run a command that answers nothing; give its exit code and what it says."""
        code = self.code(*argv)
        said = self.capsys.readouterr()
        assert said.out == ""
        return code, said.err
