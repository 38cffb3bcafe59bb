"""The help of every command: each option explained, in words that need no programmer."""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING

import click
import pytest

from ka2tui.cli.main import COMMANDS
from ka2tui.cli.options import Whole, WholeOrNone

if TYPE_CHECKING:
    from collections.abc import Iterator


def below(name: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        for verb, one in command.commands.items():
            yield from below(f"{name} {verb}", one)


def everything() -> list[tuple[str, click.Command]]:
    nouns = ((name, *place.partition(":")[::2]) for name, (place, _) in COMMANDS.items())
    return [
        one
        for name, module, attribute in nouns
        for one in below(name, getattr(import_module(module), attribute))
    ]


def test_every_command_and_every_option_is_explained() -> None:
    for name, command in everything():
        assert command.help, name
        for parameter in command.params:
            if isinstance(parameter, click.Option) and not parameter.hidden:
                assert parameter.help, f"{name} {parameter.opts[0]}"


def test_no_help_speaks_to_a_programmer() -> None:
    for name, command in everything():
        with click.Context(command, info_name=f"ka2tui {name}") as context:
            said = command.get_help(context)
        found = re.search(
            r"INTEGER|RANGE|<=|\bstdin\b|standard input|\bboolean\b|\bstring\b|\$[A-Z]", said
        )
        assert found is None, f"{name}: {found}"


@pytest.mark.parametrize("given", ["0", "13", "1.5", "x", "", "\x1b[31m"])
def test_a_number_that_cannot_be_is_refused_with_both_ends(given: str) -> None:
    with pytest.raises(click.BadParameter, match="is no whole number from 1 to 12"):
        Whole(1, 12).convert(given, None, None)


def test_a_number_is_read() -> None:
    assert [Whole(1, 12).convert(it, None, None) for it in ("1", " 12 ", 3)] == [1, 12, 3]


def test_a_number_that_a_field_can_do_without_may_be_left_empty() -> None:
    number = WholeOrNone(0, 12)
    assert [number.convert(it, None, None) for it in ("", " ", "0", 12)] == ["", "", 0, 12]
    with pytest.raises(click.BadParameter, match="from 0 to 12"):
        number.convert("13", None, None)
