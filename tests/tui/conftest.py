"""What tests of the app are given; how they wait and read the screen stands in driving.py."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ka2tui.queries import looks
from ka2tui.settings import Settings
from ka2tui.tui.app import Ka2tui
from tests.tui import styling
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
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Settings of nobody, kept in a file of the test's own.

    Where a module is about one page it says so in FIRST_PAGE, and its tests need not begin on
    Today.
    """
    first = getattr(request.module, "FIRST_PAGE", "today")
    return Settings(actor="me", first_page=first, path=tmp_path / "settings.toml")


@pytest.fixture
def app(file: str, settings: Settings) -> Ka2tui:
    """The app of Ana on the first project of a test's `file`."""
    return make(file, settings)


@pytest.fixture(scope="session", autouse=True)
def _styles_are_read_once() -> Iterator[None]:
    """Read the style sheets once for all apps of a process."""
    with pytest.MonkeyPatch.context() as patch:
        styling.follow(patch)
        yield


@pytest.fixture(autouse=True)
def _checks_on_request(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pages leave out what the checks find, but for tests that are marked `checks`.

    Every app begins with Today, and each check of a whole project costs as much as opening it.
    """
    if request.node.get_closest_marker("checks"):
        return
    monkeypatch.setattr("ka2tui.tui.page.AT_REST", 3600)
    nothing = looks.Looks(rows=(), problems=())
    monkeypatch.setattr(looks, "looks", lambda *args, **kwargs: nothing)


@pytest.fixture(autouse=True)
def _waits_are_short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a pilot wait for the app alone, not for the processor to be idle."""
    errands.follow(monkeypatch)
    monkeypatch.setattr("textual.app.wait_for_idle", still)
    monkeypatch.setattr("textual.pilot.wait_for_idle", still)
