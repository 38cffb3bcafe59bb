"""How heavy a finding weighs that comes from a value of the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain.problem import Found, Severity

if TYPE_CHECKING:
    from ka2tui.domain.call_rules import Part, Value

OWN = "Your own value counts here; what a guide says otherwise does not."
"""Why a finding matters that comes from a value of one's own: the list speaks of the guides."""

Where = tuple[str, str, int | None]
"""What a finding is about: as the user wrote it, and table and id of the record."""

PROJECT: Where = ("project", "project", None)


def by(
    number: int,
    value: Value,
    text: str,
    where: Where = PROJECT,
    *,
    why: str | None = None,
    sure: bool = True,
    at_most: Severity = Severity.ERROR,
) -> Found:
    """Make a finding as heavy as the rule behind it is sure.

    Args:
        number: Of the check.
        value: The value of the rules, which brings its source.
        text: What is the case.
        where: What it is about.
        why: Why it matters, where it is not what the list says; of an own value that never is.
        sure: Whether what it is held against is known for certain.
        at_most: No heavier than this, however sure the rule is.
    """
    weight = Severity.ERROR if value.firm and sure else Severity.WARNING
    severity = max(weight, at_most, key=lambda one: one.weight)
    called, about, record = where
    text = of_call(text, value)
    if value.own and why is None:
        why = OWN
    return Found(number, severity, called, text, about, record, why, value.source, value.place)


def of_call(text: str, value: Value | Part) -> str:
    """Add to what is the case of which call the rule behind it is, where it is of another."""
    if value.carried is None:
        return text
    return f"{text.removesuffix('.')} (rule of call {value.carried})."
