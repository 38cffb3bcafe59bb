"""What tab offers in a captured line."""

from __future__ import annotations

import pytest

from ka2tui.domain.quickadd_names import Name, Names
from ka2tui.domain.quickadd_offers import MOST, offers

NAMES = Names(
    partners=(Name("partner", 1, "OU", "Open University"), Name("partner", 2, "ULODZ", "Łódź")),
    contacts=(Name("contact", 1, "Maria Lopez", "OU"), Name("contact", 2, "Omar", "ULODZ")),
    work_units=(
        Name("work_unit", 1, "WP1", "Management"),
        Name("work_unit", 2, "WP2", "Handbook"),
        Name("work_unit", 3, "A1.2", "Survey"),
    ),
    tasks=tuple(Name("task", n, f"T{n}", f"Draft {n}") for n in range(1, 100)),
    tags=("tpm", "money"),
)


@pytest.mark.parametrize(
    ("line", "texts"),
    [
        ("Ask @", ["@OU", "@ULODZ", '@"Maria Lopez"', "@Omar"]),
        ("Ask @o", ["@OU", "@Omar", '@"Maria Lopez"']),
        ("Ask @lop", ['@"Maria Lopez"']),
        ('Ask @"maria l', ['@"Maria Lopez"']),
        ("Ask @lodz", ["@ULODZ"]),
        ("Ask @OU", ['@"Maria Lopez"']),
        ("Do wp:", ["wp:WP1", "wp:WP2", "wp:A1.2"]),
        ("Do wp:2", ["wp:WP2"]),
        ("Do in:1.2", ["in:A1.2"]),
        ("Do wp:hand", ["wp:WP2"]),
        ("Do #", ["#tpm", "#money"]),
        ("Do #m", ["#money"]),
        ("Do !", ["!high", "!low", "!normal"]),
        ("Do phase:e", ["phase:evaluation"]),
        ("Do due:to", ["due:today", "due:tomorrow"]),
        ("Do repeat:q", ["repeat:quarterly"]),
        ("Do needs:t42", ["needs:T42"]),
        ("Do needs:draft", [f"needs:T{n}" for n in range(1, MOST + 1)]),
        ("Do it", []),
        ("a@b", []),
        ("Ask @zz", []),
    ],
)
def test_the_word_before_the_cursor_can_be_completed(line: str, texts: list[str]) -> None:
    assert [offer.text for offer in offers(line, len(line), NAMES).offers] == texts


def test_an_offer_takes_the_place_of_the_word_and_of_nothing_else() -> None:
    line = "Ask @mar about it"
    found = offers(line, 8, NAMES)
    assert found.put(line, found.offers[0]) == ('Ask @"Maria Lopez" about it', 18)
    end = offers("Ask @ul", 7, NAMES)
    assert end.put("Ask @ul", end.offers[0]) == ("Ask @ULODZ ", 11)


def test_where_one_stands_is_offered_between_words_until_it_is_there() -> None:
    assert [it.text for it in offers("", 0, NAMES, here="wp:WP2 @OU").offers] == ["wp:WP2", "@OU"]
    assert [it.text for it in offers("Do @OU ", 7, NAMES, here="wp:WP2 @OU").offers] == ["wp:WP2"]
    assert offers("Do", 2, NAMES, here="wp:WP2").offers == ()
