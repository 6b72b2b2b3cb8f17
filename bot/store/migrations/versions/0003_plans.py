"""plans to choose from, study windows, checkpoints, a group's own plans, pictures"""

import sqlalchemy as sa
from alembic import op

from bot.store.columns import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.add_column(sa.Column("windows", sa.String(length=255), nullable=False, server_default=""))
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.alter_column("windows", server_default=None)
    with op.batch_alter_table("enrolments", schema=None) as batch_op:
        batch_op.add_column(sa.Column("current_level", sa.String(length=255), nullable=True))
        batch_op.add_column(sa.Column("risk", sa.String(length=255), nullable=True))
    op.create_table(
        "group_plans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=255), nullable=False),
        sa.Column("title", sa.String(length=255), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("uploaded_by", sa.String(length=255), nullable=False),
        sa.Column("uploaded_at", UtcDateTime(), nullable=False),
        sa.Column("retired_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_group_plans_group_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_plans")),
    )
    with op.batch_alter_table("group_plans", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_group_plans_group_id"), ["group_id"], unique=False)
    op.create_table(
        "checkpoint_ticks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=255), nullable=False),
        sa.Column("ticked_at", UtcDateTime(), nullable=True),
        sa.Column("marked_ts", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["memberships.id"], name=op.f("fk_checkpoint_ticks_membership_id")
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolments.id"], name=op.f("fk_checkpoint_ticks_enrolment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checkpoint_ticks")),
        sa.UniqueConstraint(
            "enrolment_id", "week", "item", name=op.f("uq_checkpoint_ticks_enrolment_id_week_item")
        ),
    )
    with op.batch_alter_table("checkpoint_ticks", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_checkpoint_ticks_membership_id"), ["membership_id"], unique=False
        )
    op.create_table(
        "plan_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("asked_in", sa.String(length=255), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.String(length=255), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("undone_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["memberships.id"], name=op.f("fk_plan_changes_membership_id")
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolments.id"], name=op.f("fk_plan_changes_enrolment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_changes")),
        sa.UniqueConstraint("membership_id", "asked_in", name=op.f("uq_plan_changes_membership_id_asked_in")),
    )
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.add_column(sa.Column("pictures", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.alter_column("pictures", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.drop_column("pictures")
    op.drop_table("plan_changes")
    op.drop_table("checkpoint_ticks")
    op.drop_table("group_plans")
    with op.batch_alter_table("enrolments", schema=None) as batch_op:
        batch_op.drop_column("risk")
        batch_op.drop_column("current_level")
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.drop_column("windows")
