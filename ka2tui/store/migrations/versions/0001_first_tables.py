"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ka2tui.store import columns

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "history_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("actor", columns.Words(), nullable=False),
        sa.Column("kind", columns.Code(), nullable=False),
        sa.Column("label", columns.Code(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("project", sa.Integer(), nullable=True),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.Column("revision", columns.Code(), nullable=False),
        sa.Column("salts", sa.JSON(), nullable=False),
        sa.Column("digest", columns.Code(), nullable=False),
        sa.ForeignKeyConstraint(
            ["undoes"],
            ["history_entry.id"],
            name=op.f("fk_history_entry_undoes"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history_entry")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_history_entry_actor", "history_entry", ["actor", "project"], unique=False)
    op.create_index(op.f("ix_history_entry_project"), "history_entry", ["project"], unique=False)
    op.create_index(op.f("ix_history_entry_undoes"), "history_entry", ["undoes"], unique=False)
    op.create_table(
        "project",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", columns.Code(), nullable=False),
        sa.Column("acronym", columns.Words(), nullable=False),
        sa.Column("title", columns.Words(), nullable=False),
        sa.Column("agreement", columns.Words(), nullable=True),
        sa.Column("action", columns.Words(), nullable=True),
        sa.Column("field", columns.Words(), nullable=True),
        sa.Column("call", columns.Words(), nullable=True),
        sa.Column("call_year", sa.Integer(), nullable=True),
        sa.Column("shape", columns.Code(), nullable=False),
        sa.Column("managed_by", columns.Words(), nullable=True),
        sa.Column("agency", columns.Words(), nullable=True),
        sa.Column("start", columns.Day(), nullable=True),
        sa.Column("end", columns.Day(), nullable=True),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("grant_cents", sa.Integer(), nullable=True),
        sa.Column("currency", columns.Code(), nullable=False),
        sa.Column("language", columns.Words(), nullable=True),
        sa.Column("website", columns.Words(), nullable=True),
        sa.Column("goal", columns.Words(), nullable=True),
        sa.Column("summary", columns.Words(), nullable=True),
        sa.Column("notes", columns.Words(), nullable=True),
        sa.Column("progress_report_due", columns.Day(), nullable=True),
        sa.Column("interim_report_due", columns.Day(), nullable=True),
        sa.Column("final_report_due", columns.Day(), nullable=True),
        sa.CheckConstraint('"end" >= "start"', name=op.f("ck_project_start_to_end")),
        sa.CheckConstraint("grant_cents >= 0", name=op.f("ck_project_grant")),
        sa.CheckConstraint("months BETWEEN 1 AND 120", name=op.f("ck_project_months")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project")),
        sa.UniqueConstraint("uid", name=op.f("uq_project_uid")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", columns.Code(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("checklist", columns.Code(), nullable=False),
        sa.Column("version", columns.Words(), nullable=True),
        sa.Column("title", columns.Words(), nullable=False),
        sa.Column("phase", columns.Code(), nullable=True),
        sa.Column("assessor", columns.Words(), nullable=False),
        sa.Column("day", columns.Day(), nullable=False),
        sa.Column("state", columns.Code(), nullable=False),
        sa.Column("notes", columns.Words(), nullable=True),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_assessment_project_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
        sa.UniqueConstraint("uid", name=op.f("uq_assessment_uid")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_assessment_project_id"), "assessment", ["project_id"], unique=False)
    op.create_table(
        "history_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("table_name", columns.Code(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("salts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["history_entry.id"],
            name=op.f("fk_history_change_entry_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history_change")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_history_change_entry_id"), "history_change", ["entry_id"], unique=False
    )
    op.create_index(
        "ix_history_change_row", "history_change", ["table_name", "row_id"], unique=False
    )
    op.create_table(
        "partner",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", columns.Code(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("nr", columns.Words(), nullable=True),
        sa.Column("acronym", columns.Words(), nullable=True),
        sa.Column("name", columns.Words(), nullable=False),
        sa.Column("role", columns.Code(), nullable=False),
        sa.Column("oid", columns.Words(), nullable=True),
        sa.Column("pic", columns.Words(), nullable=True),
        sa.Column("country", columns.Code(), nullable=True),
        sa.Column("city", columns.Words(), nullable=True),
        sa.Column("zone", columns.Code(), nullable=True),
        sa.Column("working_days", columns.Code(), nullable=False),
        sa.Column("day_start_minute", sa.Integer(), nullable=False),
        sa.Column("day_end_minute", sa.Integer(), nullable=False),
        sa.Column("agreement_state", columns.Code(), nullable=False),
        sa.Column("joined_on", columns.Day(), nullable=True),
        sa.Column("left_on", columns.Day(), nullable=True),
        sa.Column("website", columns.Words(), nullable=True),
        sa.Column("notes", columns.Words(), nullable=True),
        sa.CheckConstraint("day_end_minute BETWEEN 0 AND 1440", name=op.f("ck_partner_day_end")),
        sa.CheckConstraint(
            "day_start_minute BETWEEN 0 AND 1440", name=op.f("ck_partner_day_start")
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_partner_project_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner")),
        sa.UniqueConstraint("project_id", "acronym", name=op.f("uq_partner_project_id_acronym")),
        sa.UniqueConstraint("uid", name=op.f("uq_partner_uid")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_partner_project_id"), "partner", ["project_id"], unique=False)
    op.create_table(
        "phase",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", columns.Code(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("kind", columns.Code(), nullable=False),
        sa.Column("state", columns.Code(), nullable=False),
        sa.Column("planned_start", columns.Day(), nullable=True),
        sa.Column("planned_end", columns.Day(), nullable=True),
        sa.Column("actual_start", columns.Day(), nullable=True),
        sa.Column("actual_end", columns.Day(), nullable=True),
        sa.Column("gate_minimum", sa.Integer(), nullable=True),
        sa.Column("override_reason", columns.Words(), nullable=True),
        sa.Column("override_open", columns.Words(), nullable=True),
        sa.Column("notes", columns.Words(), nullable=True),
        sa.CheckConstraint(
            '"actual_end" >= "actual_start"', name=op.f("ck_phase_actual_start_to_actual_end")
        ),
        sa.CheckConstraint(
            '"planned_end" >= "planned_start"', name=op.f("ck_phase_planned_start_to_planned_end")
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_phase_project_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phase")),
        sa.UniqueConstraint("project_id", "kind", name=op.f("uq_phase_project_id_kind")),
        sa.UniqueConstraint("uid", name=op.f("uq_phase_uid")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_phase_project_id"), "phase", ["project_id"], unique=False)
    op.create_table(
        "priority",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", columns.Code(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", columns.Words(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_priority_project_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_priority")),
        sa.UniqueConstraint("uid", name=op.f("uq_priority_uid")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_priority_project_id"), "priority", ["project_id"], unique=False)
    op.create_table(
        "answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", columns.Code(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", columns.Words(), nullable=False),
        sa.Column("criterion", columns.Words(), nullable=False),
        sa.Column("criterion_title", columns.Words(), nullable=False),
        sa.Column("text", columns.Words(), nullable=False),
        sa.Column("proof", columns.Words(), nullable=True),
        sa.Column("source", columns.Words(), nullable=True),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("applies", sa.Boolean(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("note", columns.Words(), nullable=True),
        sa.CheckConstraint("score BETWEEN 0 AND 4", name=op.f("ck_answer_score")),
        sa.CheckConstraint("weight BETWEEN 1 AND 3", name=op.f("ck_answer_weight")),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_answer_assessment_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_answer_project_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint("assessment_id", "code", name=op.f("uq_answer_assessment_id_code")),
        sa.UniqueConstraint("uid", name=op.f("uq_answer_uid")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_answer_assessment_id"), "answer", ["assessment_id"], unique=False)
    op.create_index(op.f("ix_answer_project_id"), "answer", ["project_id"], unique=False)
    op.create_table(
        "contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", columns.Code(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=True),
        sa.Column("name", columns.Words(), nullable=False),
        sa.Column("role", columns.Words(), nullable=True),
        sa.Column("email", columns.Words(), nullable=True),
        sa.Column("phone", columns.Words(), nullable=True),
        sa.Column("language", columns.Words(), nullable=True),
        sa.Column("notes", columns.Words(), nullable=True),
        sa.ForeignKeyConstraint(
            ["partner_id"],
            ["partner.id"],
            name=op.f("fk_contact_partner_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_contact_project_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        sa.UniqueConstraint("uid", name=op.f("uq_contact_uid")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_contact_partner_id"), "contact", ["partner_id"], unique=False)
    op.create_index(op.f("ix_contact_project_id"), "contact", ["project_id"], unique=False)
    op.create_table(
        "phase_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", columns.Code(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("phase_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", columns.Code(), nullable=True),
        sa.Column("title", columns.Words(), nullable=False),
        sa.Column("hint", columns.Words(), nullable=True),
        sa.Column("done_on", columns.Day(), nullable=True),
        sa.ForeignKeyConstraint(
            ["phase_id"],
            ["phase.id"],
            name=op.f("fk_phase_step_phase_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_phase_step_project_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phase_step")),
        sa.UniqueConstraint("uid", name=op.f("uq_phase_step_uid")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_phase_step_phase_id"), "phase_step", ["phase_id"], unique=False)
    op.create_index(op.f("ix_phase_step_project_id"), "phase_step", ["project_id"], unique=False)
    op.create_table(
        "work_unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", columns.Code(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("kind", columns.Code(), nullable=False),
        sa.Column("code", columns.Words(), nullable=False),
        sa.Column("title", columns.Words(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("category", columns.Words(), nullable=True),
        sa.Column("lead_id", sa.Integer(), nullable=True),
        sa.Column("start_month", sa.Integer(), nullable=True),
        sa.Column("end_month", sa.Integer(), nullable=True),
        sa.Column("start", columns.Day(), nullable=True),
        sa.Column("end", columns.Day(), nullable=True),
        sa.Column("place", columns.Words(), nullable=True),
        sa.Column("amount_cents", sa.Integer(), nullable=True),
        sa.Column("objectives", columns.Words(), nullable=True),
        sa.Column("expected_results", columns.Words(), nullable=True),
        sa.Column("expected_participants", sa.Integer(), nullable=True),
        sa.Column("state", columns.Code(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("notes", columns.Words(), nullable=True),
        sa.CheckConstraint('"end" >= "start"', name=op.f("ck_work_unit_start_to_end")),
        sa.CheckConstraint(
            '"end_month" >= "start_month"', name=op.f("ck_work_unit_start_month_to_end_month")
        ),
        sa.CheckConstraint("amount_cents >= 0", name=op.f("ck_work_unit_amount")),
        sa.CheckConstraint("parent_id <> id", name=op.f("ck_work_unit_parent")),
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name=op.f("ck_work_unit_percent")),
        sa.CheckConstraint("start_month >= 1", name=op.f("ck_work_unit_start_month")),
        sa.ForeignKeyConstraint(
            ["lead_id"],
            ["partner.id"],
            name=op.f("fk_work_unit_lead_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["work_unit.id"],
            name=op.f("fk_work_unit_parent_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_work_unit_project_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_unit")),
        sa.UniqueConstraint("project_id", "code", name=op.f("uq_work_unit_project_id_code")),
        sa.UniqueConstraint("uid", name=op.f("uq_work_unit_uid")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_work_unit_lead_id"), "work_unit", ["lead_id"], unique=False)
    op.create_index(op.f("ix_work_unit_parent_id"), "work_unit", ["parent_id"], unique=False)
    op.create_index(op.f("ix_work_unit_project_id"), "work_unit", ["project_id"], unique=False)
    op.create_table(
        "deliverable",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", columns.Code(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("code", columns.Words(), nullable=False),
        sa.Column("title", columns.Words(), nullable=False),
        sa.Column("work_unit_id", sa.Integer(), nullable=True),
        sa.Column("lead_id", sa.Integer(), nullable=True),
        sa.Column("lead_text", columns.Words(), nullable=True),
        sa.Column("due", columns.Day(), nullable=True),
        sa.Column("due_month", sa.Integer(), nullable=True),
        sa.Column("due_precision", columns.Code(), nullable=False),
        sa.Column("state", columns.Code(), nullable=False),
        sa.Column("review_due", columns.Day(), nullable=True),
        sa.Column("delivered_on", columns.Day(), nullable=True),
        sa.Column("languages", columns.Words(), nullable=True),
        sa.Column("licence", columns.Words(), nullable=True),
        sa.Column("visibility_checked_on", columns.Day(), nullable=True),
        sa.Column("published_at", columns.Words(), nullable=True),
        sa.Column("notes", columns.Words(), nullable=True),
        sa.ForeignKeyConstraint(
            ["lead_id"],
            ["partner.id"],
            name=op.f("fk_deliverable_lead_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_deliverable_project_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["work_unit_id"],
            ["work_unit.id"],
            name=op.f("fk_deliverable_work_unit_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliverable")),
        sa.UniqueConstraint("project_id", "code", name=op.f("uq_deliverable_project_id_code")),
        sa.UniqueConstraint("uid", name=op.f("uq_deliverable_uid")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_deliverable_lead_id"), "deliverable", ["lead_id"], unique=False)
    op.create_index(op.f("ix_deliverable_project_id"), "deliverable", ["project_id"], unique=False)
    op.create_index(
        op.f("ix_deliverable_work_unit_id"), "deliverable", ["work_unit_id"], unique=False
    )
    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", columns.Code(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("code", columns.Words(), nullable=True),
        sa.Column("title", columns.Words(), nullable=False),
        sa.Column("kind", columns.Code(), nullable=False),
        sa.Column("mode", columns.Code(), nullable=True),
        sa.Column("state", columns.Code(), nullable=False),
        sa.Column("day", columns.Day(), nullable=True),
        sa.Column("end_day", columns.Day(), nullable=True),
        sa.Column("month", sa.Integer(), nullable=True),
        sa.Column("precision", columns.Code(), nullable=False),
        sa.Column("starts_at", columns.Instant(), nullable=True),
        sa.Column("zone", columns.Code(), nullable=True),
        sa.Column("minutes_long", sa.Integer(), nullable=True),
        sa.Column("place", columns.Words(), nullable=True),
        sa.Column("city", columns.Words(), nullable=True),
        sa.Column("country", columns.Code(), nullable=True),
        sa.Column("link", columns.Words(), nullable=True),
        sa.Column("host_id", sa.Integer(), nullable=True),
        sa.Column("work_unit_id", sa.Integer(), nullable=True),
        sa.Column("participants", sa.Integer(), nullable=True),
        sa.Column("remote_participants", sa.Integer(), nullable=True),
        sa.Column("summary", columns.Words(), nullable=True),
        sa.Column("minutes_sent_on", columns.Day(), nullable=True),
        sa.Column("notes", columns.Words(), nullable=True),
        sa.CheckConstraint('"end_day" >= "day"', name=op.f("ck_meeting_day_to_end_day")),
        sa.CheckConstraint("minutes_long > 0", name=op.f("ck_meeting_length")),
        sa.CheckConstraint("participants >= 0", name=op.f("ck_meeting_participants")),
        sa.ForeignKeyConstraint(
            ["host_id"],
            ["partner.id"],
            name=op.f("fk_meeting_host_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_meeting_project_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["work_unit_id"],
            ["work_unit.id"],
            name=op.f("fk_meeting_work_unit_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("uid", name=op.f("uq_meeting_uid")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_meeting_host_id"), "meeting", ["host_id"], unique=False)
    op.create_index(op.f("ix_meeting_project_id"), "meeting", ["project_id"], unique=False)
    op.create_index(op.f("ix_meeting_work_unit_id"), "meeting", ["work_unit_id"], unique=False)
    op.create_table(
        "milestone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", columns.Code(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("code", columns.Words(), nullable=False),
        sa.Column("title", columns.Words(), nullable=False),
        sa.Column("work_unit_id", sa.Integer(), nullable=True),
        sa.Column("due", columns.Day(), nullable=True),
        sa.Column("due_month", sa.Integer(), nullable=True),
        sa.Column("due_precision", columns.Code(), nullable=False),
        sa.Column("reached_on", columns.Day(), nullable=True),
        sa.Column("verification", columns.Words(), nullable=True),
        sa.Column("notes", columns.Words(), nullable=True),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_milestone_project_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["work_unit_id"],
            ["work_unit.id"],
            name=op.f("fk_milestone_work_unit_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone")),
        sa.UniqueConstraint("project_id", "code", name=op.f("uq_milestone_project_id_code")),
        sa.UniqueConstraint("uid", name=op.f("uq_milestone_uid")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_milestone_project_id"), "milestone", ["project_id"], unique=False)
    op.create_index(op.f("ix_milestone_work_unit_id"), "milestone", ["work_unit_id"], unique=False)
    op.create_table(
        "share",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", columns.Code(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("work_unit_id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("role", columns.Words(), nullable=True),
        sa.Column("amount_cents", sa.Integer(), nullable=True),
        sa.CheckConstraint("amount_cents >= 0", name=op.f("ck_share_amount")),
        sa.ForeignKeyConstraint(
            ["partner_id"],
            ["partner.id"],
            name=op.f("fk_share_partner_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_share_project_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["work_unit_id"],
            ["work_unit.id"],
            name=op.f("fk_share_work_unit_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share")),
        sa.UniqueConstraint("uid", name=op.f("uq_share_uid")),
        sa.UniqueConstraint(
            "work_unit_id", "partner_id", name=op.f("uq_share_work_unit_id_partner_id")
        ),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_share_partner_id"), "share", ["partner_id"], unique=False)
    op.create_index(op.f("ix_share_project_id"), "share", ["project_id"], unique=False)
    op.create_index(op.f("ix_share_work_unit_id"), "share", ["work_unit_id"], unique=False)
    op.create_table(
        "agenda_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", columns.Code(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", columns.Words(), nullable=False),
        sa.Column("presenter", columns.Words(), nullable=True),
        sa.Column("minutes_planned", sa.Integer(), nullable=True),
        sa.Column("notes", columns.Words(), nullable=True),
        sa.CheckConstraint("minutes_planned >= 0", name=op.f("ck_agenda_item_minutes")),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_agenda_item_meeting_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_agenda_item_project_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
        sa.UniqueConstraint("uid", name=op.f("uq_agenda_item_uid")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_agenda_item_meeting_id"), "agenda_item", ["meeting_id"], unique=False)
    op.create_index(op.f("ix_agenda_item_project_id"), "agenda_item", ["project_id"], unique=False)
    op.create_table(
        "attendance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", columns.Code(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("day", columns.Day(), nullable=True),
        sa.Column("presence", columns.Code(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact.id"],
            name=op.f("fk_attendance_contact_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_attendance_meeting_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_attendance_project_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint(
            "meeting_id", "contact_id", "day", name=op.f("uq_attendance_meeting_id_contact_id_day")
        ),
        sa.UniqueConstraint("uid", name=op.f("uq_attendance_uid")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_attendance_contact_id"), "attendance", ["contact_id"], unique=False)
    op.create_index(op.f("ix_attendance_meeting_id"), "attendance", ["meeting_id"], unique=False)
    op.create_index(op.f("ix_attendance_project_id"), "attendance", ["project_id"], unique=False)
    op.create_table(
        "head_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", columns.Code(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=True),
        sa.Column("organisation", columns.Words(), nullable=True),
        sa.Column("country", columns.Code(), nullable=True),
        sa.Column("profile", columns.Words(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("online", sa.Integer(), nullable=False),
        sa.CheckConstraint("people >= 0", name=op.f("ck_head_count_people")),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_head_count_meeting_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["partner_id"],
            ["partner.id"],
            name=op.f("fk_head_count_partner_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_head_count_project_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_head_count")),
        sa.UniqueConstraint("uid", name=op.f("uq_head_count_uid")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_head_count_meeting_id"), "head_count", ["meeting_id"], unique=False)
    op.create_index(op.f("ix_head_count_partner_id"), "head_count", ["partner_id"], unique=False)
    op.create_index(op.f("ix_head_count_project_id"), "head_count", ["project_id"], unique=False)
    op.create_table(
        "outcome",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", columns.Code(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("agenda_item_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", columns.Code(), nullable=False),
        sa.Column("text", columns.Words(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agenda_item_id"],
            ["agenda_item.id"],
            name=op.f("fk_outcome_agenda_item_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_outcome_meeting_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_outcome_project_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome")),
        sa.UniqueConstraint("uid", name=op.f("uq_outcome_uid")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_outcome_agenda_item_id"), "outcome", ["agenda_item_id"], unique=False)
    op.create_index(op.f("ix_outcome_meeting_id"), "outcome", ["meeting_id"], unique=False)
    op.create_index(op.f("ix_outcome_project_id"), "outcome", ["project_id"], unique=False)
    op.create_table(
        "task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", columns.Code(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("code", columns.Words(), nullable=True),
        sa.Column("title", columns.Words(), nullable=False),
        sa.Column("work_unit_id", sa.Integer(), nullable=True),
        sa.Column("phase", columns.Code(), nullable=True),
        sa.Column("partner_id", sa.Integer(), nullable=True),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("start", columns.Day(), nullable=True),
        sa.Column("due", columns.Day(), nullable=True),
        sa.Column("due_month", sa.Integer(), nullable=True),
        sa.Column("due_precision", columns.Code(), nullable=False),
        sa.Column("state", columns.Code(), nullable=False),
        sa.Column("waiting_since", columns.Day(), nullable=True),
        sa.Column("finished_on", columns.Day(), nullable=True),
        sa.Column("priority", columns.Code(), nullable=False),
        sa.Column("effort_minutes", sa.Integer(), nullable=True),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("recurrence", columns.Code(), nullable=True),
        sa.Column("notes", columns.Words(), nullable=True),
        sa.Column("outcome_id", sa.Integer(), nullable=True),
        sa.Column("answer_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("effort_minutes >= 0", name=op.f("ck_task_effort")),
        sa.CheckConstraint("parent_id <> id", name=op.f("ck_task_parent")),
        sa.ForeignKeyConstraint(
            ["answer_id"],
            ["answer.id"],
            name=op.f("fk_task_answer_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact.id"],
            name=op.f("fk_task_contact_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["outcome_id"],
            ["outcome.id"],
            name=op.f("fk_task_outcome_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["task.id"],
            name=op.f("fk_task_parent_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["partner_id"],
            ["partner.id"],
            name=op.f("fk_task_partner_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_task_project_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["work_unit_id"],
            ["work_unit.id"],
            name=op.f("fk_task_work_unit_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        sa.UniqueConstraint("project_id", "code", name=op.f("uq_task_project_id_code")),
        sa.UniqueConstraint("uid", name=op.f("uq_task_uid")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_task_answer_id"), "task", ["answer_id"], unique=False)
    op.create_index(op.f("ix_task_contact_id"), "task", ["contact_id"], unique=False)
    op.create_index(op.f("ix_task_outcome_id"), "task", ["outcome_id"], unique=False)
    op.create_index(op.f("ix_task_parent_id"), "task", ["parent_id"], unique=False)
    op.create_index(op.f("ix_task_partner_id"), "task", ["partner_id"], unique=False)
    op.create_index(op.f("ix_task_project_id"), "task", ["project_id"], unique=False)
    op.create_index("ix_task_project_id_due", "task", ["project_id", "due"], unique=False)
    op.create_index(op.f("ix_task_work_unit_id"), "task", ["work_unit_id"], unique=False)
    op.create_table(
        "tag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", columns.Code(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("name", columns.Words(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_tag_project_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["task_id"],
            ["task.id"],
            name=op.f("fk_tag_task_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tag")),
        sa.UniqueConstraint("task_id", "name", name=op.f("uq_tag_task_id_name")),
        sa.UniqueConstraint("uid", name=op.f("uq_tag_uid")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_tag_project_id"), "tag", ["project_id"], unique=False)
    op.create_index(op.f("ix_tag_task_id"), "tag", ["task_id"], unique=False)
    op.create_table(
        "task_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", columns.Code(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("needs_id", sa.Integer(), nullable=False),
        sa.Column("kind", columns.Code(), nullable=False),
        sa.Column("lag_days", sa.Integer(), nullable=False),
        sa.CheckConstraint("needs_id <> task_id", name=op.f("ck_task_link_needs")),
        sa.ForeignKeyConstraint(
            ["needs_id"],
            ["task.id"],
            name=op.f("fk_task_link_needs_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_task_link_project_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["task_id"],
            ["task.id"],
            name=op.f("fk_task_link_task_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_link")),
        sa.UniqueConstraint("task_id", "needs_id", name=op.f("uq_task_link_task_id_needs_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_task_link_uid")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_task_link_needs_id"), "task_link", ["needs_id"], unique=False)
    op.create_index(op.f("ix_task_link_project_id"), "task_link", ["project_id"], unique=False)
    op.create_index(op.f("ix_task_link_task_id"), "task_link", ["task_id"], unique=False)
