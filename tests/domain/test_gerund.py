"""What was done is named as a deed."""

from __future__ import annotations

import pytest

from ka2tui.domain.gerund import doing


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("Postpone 42 tasks by 1 week", "postponing 42 tasks by 1 week"),
        ("Import green_finance from a.csv", "importing green_finance from a.csv"),
        ("Set the date of 30 tasks", "setting the date of 30 tasks"),
        ("Tag 30 tasks with #x", "tagging 30 tasks with #x"),
        ("Reopen 30 tasks", "reopening 30 tasks"),
        ("Go back to before ‘Import’", "going back to before ‘Import’"),
        ("Finish", "finishing"),
        ("Cancel 30 tasks", "cancelling 30 tasks"),
        ("Everybody expected was present, TPM3", "Everybody expected was present, TPM3"),
        ("", ""),
    ],
)
def test_a_sentence_becomes_a_deed(label: str, said: str) -> None:
    assert doing(label) == said
