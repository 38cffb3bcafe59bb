"""Garbage is not looked for while the libraries load, and among what is new afterwards."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest

from ka2tui.cli import garbage

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    usual = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*usual)


@pytest.mark.parametrize("often", [False, True])
def test_what_is_loaded_is_left_alone_and_what_is_new_is_not(*, often: bool) -> None:
    garbage.wait()
    waited = gc.get_threshold()[0]
    garbage.begin(often=often)
    assert gc.get_freeze_count() > 0
    assert gc.get_threshold()[0] < waited
    assert gc.isenabled()


def test_a_process_that_somebody_else_runs_is_left_as_it_is() -> None:
    usual, frozen = gc.get_threshold(), gc.get_freeze_count()
    garbage.begin()
    assert gc.get_threshold() == usual
    assert gc.get_freeze_count() == frozen
