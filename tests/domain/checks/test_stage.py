"""Where a project stands, told from what is known of it."""

from __future__ import annotations

from datetime import date

import pytest

from ka2tui.domain.checks.stage import Stage, Standing, stage_of
from ka2tui.domain.kinds import ProposalOutcome

TODAY = date(2026, 11, 22)
NUMBER = "2026-1-PL01-KA220-ADU-000123456"


@pytest.mark.parametrize(
    ("known", "stage"),
    [
        (Standing(), Stage.APPLYING),
        (Standing(call_year=2026, start=date(2027, 9, 1)), Stage.APPLYING),
        (Standing(agreement="KA220-ADU-5B5F9374", start=date(2027, 9, 1)), Stage.APPLYING),
        (Standing(submitted_on=date(2026, 10, 1)), Stage.WAITING),
        (Standing(submitted_on=date(2026, 12, 1)), Stage.APPLYING),
        (Standing(submitted_on=date(2026, 10, 1), agreement="101237817"), Stage.WAITING),
        (
            Standing(submitted_on=date(2026, 3, 5), outcome=ProposalOutcome.RESERVE),
            Stage.WAITING,
        ),
        (Standing(outcome=ProposalOutcome.FUNDED, start=date(2027, 1, 1)), Stage.PREPARING),
        (
            Standing(
                submitted_on=date(2026, 10, 1),
                outcome=ProposalOutcome.FUNDED,
                outcome_on=date(2027, 2, 1),
            ),
            Stage.WAITING,
        ),
        (Standing(outcome=ProposalOutcome.REJECTED), Stage.CLOSED),
        (Standing(outcome=ProposalOutcome.WITHDRAWN, start=date(2027, 1, 1)), Stage.CLOSED),
        (Standing(agreement=NUMBER, start=date(2027, 1, 1)), Stage.PREPARING),
        (Standing(agreement="101237817", start=date(2027, 1, 1)), Stage.PREPARING),
        (Standing(agreement=NUMBER, start=date(2026, 11, 22)), Stage.RUNNING),
        (Standing(start=date(2025, 12, 1), end=date(2028, 11, 30)), Stage.RUNNING),
        (Standing(start=date(2024, 12, 1), end=date(2027, 2, 23)), Stage.RUNNING),
        (Standing(start=date(2024, 12, 1), end=date(2027, 2, 21)), Stage.CLOSING),
        (Standing(start=date(2024, 12, 1), end=date(2026, 11, 21)), Stage.CLOSING),
        (
            Standing(start=date(2024, 9, 1), end=date(2026, 8, 31), final_report_sent=True),
            Stage.CLOSED,
        ),
        (Standing(start=date(2022, 9, 1), end=date(2024, 8, 31)), Stage.CLOSED),
        (Standing(agreement="2014-1-LI01-KA200-000005", call_year=2014), Stage.CLOSED),
        (Standing(agreement="2025-1-LI01-KA220-SCH-000000005", call_year=2025), Stage.RUNNING),
        (Standing(agreement=NUMBER, call_year=2026), Stage.PREPARING),
        (Standing(agreement="2026-1-PLO1-KA220-ADU-000123456", call_year=2026), Stage.PREPARING),
        (Standing(call_year=2016), Stage.CLOSED),
        (Standing(last_day=date(2019, 2, 20)), Stage.CLOSED),
        (Standing(last_day=date(2027, 2, 20)), Stage.APPLYING),
    ],
)
def test_the_stage_is_told_from_what_is_known(known: Standing, stage: Stage) -> None:
    assert stage_of(known, TODAY) is stage


def test_a_project_goes_through_its_stages() -> None:
    known = Standing(
        agreement=None,
        submitted_on=date(2025, 3, 4),
        outcome=ProposalOutcome.FUNDED,
        outcome_on=date(2025, 8, 1),
        start=date(2025, 11, 1),
        end=date(2027, 10, 31),
    )
    days = {
        date(2025, 3, 3): Stage.APPLYING,
        date(2025, 3, 4): Stage.WAITING,
        date(2025, 8, 1): Stage.PREPARING,
        date(2025, 11, 1): Stage.RUNNING,
        date(2027, 7, 31): Stage.RUNNING,
        date(2027, 8, 1): Stage.CLOSING,
        date(2027, 12, 30): Stage.CLOSING,
        date(2028, 11, 1): Stage.CLOSED,
    }
    assert {day: stage_of(known, day) for day in days} == days


def test_the_last_day_of_the_calendar_breaks_nothing() -> None:
    assert stage_of(Standing(start=date(2025, 1, 1), end=date.max), TODAY) is Stage.RUNNING
    assert stage_of(Standing(start=date(1, 1, 1), end=date(1, 2, 1)), TODAY) is Stage.CLOSED
