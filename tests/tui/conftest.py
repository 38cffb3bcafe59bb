"""What tests of the app are given; how they wait and read the screen stands in driving.py."""

from __future__ import annotations

from pathlib import Path

import pytest

from ka2tui.settings import Settings
from ka2tui.tui.app import Ka2tui
from tests.tui.driving import (
    errands,
    make,
    screen_text,
    settled,
    still,
    until,
    widget_lines,
)

__all__ = ["screen_text", "settings", "settled", "until", "widget_lines"]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of nobody, kept in a file of the test's own."""
    return Settings(actor="me", path=tmp_path / "settings.toml")


@pytest.fixture
def app(file: str, settings: Settings) -> Ka2tui:
    """The app of Ana on the first project of a test's `file`."""
    return make(file, settings)


@pytest.fixture(autouse=True)
def _waits_are_short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a pilot wait for the app alone, not for the processor to be idle."""
    errands.follow(monkeypatch)
    monkeypatch.setattr("textual.app.wait_for_idle", still)
    monkeypatch.setattr("textual.pilot.wait_for_idle", still)
