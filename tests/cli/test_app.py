"""Opening the app from the command line: in which colours."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from ka2tui.cli.main import execute
from ka2tui.tui import app as tui


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Give the settings of every app that is opened, as in a terminal; none is run."""
    seen: list[Any] = []

    def run_app(*_: Any, settings: Any, **__: Any) -> int:
        seen.append(settings)
        return 0

    monkeypatch.setattr(tui, "run_app", run_app)
    terminal = SimpleNamespace(isatty=lambda: True)
    streams = SimpleNamespace(stdin=terminal, stdout=terminal, stderr=terminal)
    monkeypatch.setattr("ka2tui.cli.app.sys", streams)
    return seen


@pytest.mark.parametrize("name", ["contrast", "ka2-contrast"])
def test_colours_are_chosen_for_once(opened: list[Any], name: str) -> None:
    assert execute(["--theme", name]) == 0
    assert execute([]) == 0
    assert [it.theme for it in opened] == ["ka2-contrast", "ka2-dark"]


def test_colours_that_are_not_there_are_told(
    capsys: pytest.CaptureFixture[str], opened: list[Any]
) -> None:
    assert execute(["--theme", "pink"]) == 2
    assert not opened
    assert "ka2-light" in capsys.readouterr().err


def test_colours_are_set_by_their_short_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert execute(["settings", "set", "theme", "light"]) == 0
    assert "ka2-light" in capsys.readouterr().out
    assert execute(["settings", "set", "density", "compact"]) == 0
    assert execute(["settings", "set", "density", "loose"]) == 2
