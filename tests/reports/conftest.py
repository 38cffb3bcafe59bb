"""The believable project, and how a report on it is read and built."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from ka2tui.domain import periods
from ka2tui.queries import progress as read
from ka2tui.queries.progress import Progress
from tests.reports import believable

if TYPE_CHECKING:
    from ka2tui.store.portfolio import Portfolio

Reader = Callable[..., Progress]


@pytest.fixture
def seen(portfolio: Portfolio) -> Reader:
    """Enter the believable project and read its progress of the last three months."""

    def reader(mark: str = "", span: periods.Span = periods.Span.THREE_MONTHS) -> Progress:
        project = portfolio.do(believable.enter, 0, mark).value
        period = periods.choose(span, believable.START, believable.TODAY)
        return portfolio.ask(read.progress_of, project, period, today=believable.TODAY)

    return reader
