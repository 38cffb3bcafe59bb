from __future__ import annotations

import pytest

from ka2tui.domain.meeting_zone import choose_zone

MADRID, ATHENS, WARSAW = "Europe/Madrid", "Europe/Athens", "Europe/Warsaw"


@pytest.mark.parametrize(
    ("given", "country", "host", "coordinator", "expected"),
    [
        (WARSAW, "GR", ATHENS, MADRID, (WARSAW, "given")),
        (None, "PL", ATHENS, MADRID, (WARSAW, "country")),
        (None, "ES", ATHENS, MADRID, (ATHENS, "host")),  # the Canaries have another clock
        (None, None, ATHENS, MADRID, (ATHENS, "host")),
        (None, None, None, MADRID, (MADRID, "coordinator")),
        (None, None, None, None, None),
    ],
)
def test_the_zone_of_a_meeting_is_taken_from_what_says_most(
    given: str | None,
    country: str | None,
    host: str | None,
    coordinator: str | None,
    expected: tuple[str, str] | None,
) -> None:
    assert choose_zone(given, country=country, host=host, coordinator=coordinator) == expected
