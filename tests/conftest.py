"""What every test may ask for: a home of its own, a day, a portfolio, the shared examples."""

from __future__ import annotations

import gc
import os
import shutil
import sqlite3
import sys
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

from tests import server as postgresql

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Dialect, Engine

    from ka2tui.store.portfolio import Portfolio

ROOT = Path(__file__).parent.parent
SETTINGS_OF_OTHERS = ("KA2TUI_", "TEXTUAL", "XDG_", "NO_COLOR", "COLUMNS", "LINES", "CLICOLOR")

# the same examples every time, so that red stays red; no deadline on machines that are shared
hypothesis.settings.register_profile("fast", deadline=None, derandomize=True, max_examples=50)
hypothesis.settings.register_profile("deep", deadline=None, max_examples=1000)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--deep", action="store_true", help="also run the tests that take minutes")


def pytest_configure(config: pytest.Config) -> None:
    gc.set_threshold(100_000, 20, 10)  # looking for garbage took a tenth of all tests
    hypothesis.settings.load_profile("deep" if config.getoption("--deep") else "fast")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--deep"):
        for item in items:
            if item.get_closest_marker("deep"):
                item.add_marker(pytest.mark.skip(reason="takes minutes: pytest --deep"))


def pytest_collection_finish(session: pytest.Session) -> None:
    gc.collect()
    gc.freeze()  # what all tests share is never looked through again


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run the tests of the store, and those marked so, on both kinds of database."""
    both = "store" in metafunc.definition.path.relative_to(ROOT / "tests").parts
    both |= metafunc.definition.get_closest_marker("both_databases") is not None
    if both and "database" in metafunc.fixturenames:
        metafunc.parametrize("database", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of the test's own; nobody's settings reach it, and it reaches nobody's."""
    folder = tmp_path_factory.mktemp("home")
    for name in list(os.environ):
        if name.startswith(SETTINGS_OF_OTHERS):
            monkeypatch.delenv(name)
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(folder))
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(folder / name.lower()))
    for name in ("APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(folder / name.lower()))
    return folder


@pytest.fixture(scope="session", autouse=True)
def new_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A database without records, made once by the migrations: copying it is 200 ms quicker."""
    from ka2tui.store import engine, migrations

    made = tmp_path_factory.mktemp("new") / "ka2tui.db"
    engine.create(made, migrations.upgrade)
    upgrade = migrations.upgrade

    def copy(place: str) -> None:
        if engine.is_server(place) or _has_tables(place):
            upgrade(place)
        else:
            shutil.copyfile(made, place)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrations, "upgrade", copy)
        yield made


@pytest.fixture(scope="session", autouse=True)
def _statements_are_compiled_once() -> Iterator[None]:
    """Let all databases of a kind share their compiled statements; that was half of a command.

    They lie with an engine, under its dialect, and every test has an engine of its own.
    """
    import sqlalchemy
    from sqlalchemy import util

    dialects: dict[str, Dialect] = {}
    compiled = util.LRUCache[Any, Any](5000)

    def create_engine(*args: Any, **kwargs: Any) -> Engine:
        made = sqlalchemy.create_engine(*args, **kwargs)
        known = dialects.setdefault(made.dialect.name, made.dialect)
        if known.server_version_info is None:  # it never got as far as to a database
            dialects[made.dialect.name] = made.dialect
        else:
            made.dialect = made.pool._dialect = known
            made._compiled_cache = compiled
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ka2tui.store.engine.create_engine", create_engine)
        yield


@pytest.fixture(scope="session", autouse=True)
def tell_example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Tell the story of the example once for each day: everybody else gets a copy of its file.

    What would tell it anew is given to tests that want just this.
    """
    demo: Any = sys.modules.get("ka2tui.exchange.demo")
    if demo is None:  # no test that was collected makes it
        yield None
        return
    tell = demo._Story.tell
    run = tmp_path_factory.getbasetemp()
    told = (run.parent if "PYTEST_XDIST_WORKER" in os.environ else run) / "told"
    told.mkdir(exist_ok=True)

    def tell_once(story: Any) -> None:
        kept, place = told / f"{story.calendar.today}.db", story.portfolio.place
        if kept.exists():
            story.portfolio.close()
            shutil.copyfile(kept, place)
            return
        tell(story)
        made = told / f"{os.getpid()}.db"
        shutil.copyfile(place, made)
        made.replace(kept)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(demo._Story, "tell", tell_once)
        yield tell


def _has_tables(file: str) -> bool:
    with closing(sqlite3.connect(file)) as raw:
        return raw.execute("SELECT 1 FROM sqlite_master").fetchone() is not None


@pytest.fixture
def shared() -> Path:
    """The folder of example projects beside the checkout."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the shared example projects are not beside this checkout")
    return folder


@pytest.fixture
def today() -> date:
    """The day on which every test takes place."""
    return date(2026, 11, 22)


@pytest.fixture(scope="session")
def server() -> Iterator[postgresql.Server]:
    """A PostgreSQL server for this process; `server.create()` gives an empty database."""
    reason = postgresql.missing()
    if reason:
        pytest.skip(reason)
    with postgresql.Server() as running:
        yield running


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The place of a database of the test's own: a new file, or one on the server.

    In tests/store, and under the marker both_databases, a test runs once on each.
    """
    if getattr(request, "param", "sqlite") == "sqlite":
        yield str(tmp_path / "ka2tui.db")
        return
    running: postgresql.Server = request.getfixturevalue("server")
    url = running.create(template=_fill)
    yield url
    running.drop(url)


def _fill(url: str) -> None:
    from ka2tui.store.portfolio import Portfolio

    Portfolio.open(url, actor="Ana").close()


@pytest.fixture
def portfolio(database: str) -> Iterator[Portfolio]:
    """An empty portfolio that Ana works in."""
    from ka2tui.store.portfolio import Portfolio

    opened = Portfolio.open(database, actor="Ana")
    yield opened
    opened.close()
