"""lighter weeks, holidays, the interview's week, stories, buddies, milestones, votes, the Home"""

import sqlalchemy as sa
from alembic import op

from bot.store.columns import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "home_pages",
        sa.Column("workspace_id", sa.String(length=255), nullable=False),
        sa.Column("user_id", sa.String(length=255), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("drawn", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=255), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=True),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("workspace_id", "user_id", name=op.f("pk_home_pages")),
    )
    op.create_table(
        "proposals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("week_of", sa.Date(), nullable=False),
        sa.Column("area", sa.String(length=255), nullable=False),
        sa.Column("factor", sa.Double(), nullable=False),
        sa.Column("first_week", sa.Date(), nullable=False),
        sa.Column("last_week", sa.Date(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=255), nullable=False),
        sa.Column("closes_at", UtcDateTime(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_proposals_group_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
        sa.UniqueConstraint("group_id", "week_of", name=op.f("uq_proposals_group_id_week_of")),
    )
    op.create_table(
        "buddies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("buddy_id", sa.Integer(), nullable=False),
        sa.Column("week_of", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=255), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["buddy_id"], ["memberships.id"], name=op.f("fk_buddies_buddy_id")),
        sa.ForeignKeyConstraint(["membership_id"], ["memberships.id"], name=op.f("fk_buddies_membership_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_buddies")),
        sa.UniqueConstraint(
            "membership_id", "week_of", "buddy_id", name=op.f("uq_buddies_membership_id_week_of_buddy_id")
        ),
    )
    op.create_table(
        "holiday_asks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("week_of", sa.Date(), nullable=False),
        sa.Column("holidays", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=255), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["memberships.id"], name=op.f("fk_holiday_asks_membership_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holiday_asks")),
        sa.UniqueConstraint("membership_id", "week_of", name=op.f("uq_holiday_asks_membership_id_week_of")),
    )
    op.create_table(
        "interview_ticks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("interview_on", sa.Date(), nullable=False),
        sa.Column("item", sa.String(length=255), nullable=False),
        sa.Column("ticked_at", UtcDateTime(), nullable=True),
        sa.Column("marked_ts", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["memberships.id"], name=op.f("fk_interview_ticks_membership_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_ticks")),
        sa.UniqueConstraint(
            "membership_id",
            "interview_on",
            "item",
            name=op.f("uq_interview_ticks_membership_id_interview_on_item"),
        ),
    )
    op.create_table(
        "milestones",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("week_of", sa.Date(), nullable=False),
        sa.Column("in_channel", sa.Boolean(), nullable=False),
        sa.Column("reached_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["memberships.id"], name=op.f("fk_milestones_membership_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestones")),
        sa.UniqueConstraint("membership_id", "name", name=op.f("uq_milestones_membership_id_name")),
    )
    op.create_table(
        "periods",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("mode", sa.String(length=255), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("keeps", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["membership_id"], ["memberships.id"], name=op.f("fk_periods_membership_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_periods")),
    )
    with op.batch_alter_table("periods", schema=None) as batch_op:
        batch_op.create_index(
            "ix_periods_membership_days", ["membership_id", "starts_on", "ends_on"], unique=False
        )
    op.create_table(
        "stories",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=255), nullable=False),
        sa.Column("situation", sa.Text(), nullable=False),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("principles", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(length=255), nullable=False),
        sa.Column("quality", sa.Integer(), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("deleted_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["membership_id"], ["memberships.id"], name=op.f("fk_stories_membership_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stories")),
    )
    with op.batch_alter_table("stories", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stories_membership_id"), ["membership_id"], unique=False)
    op.create_table(
        "votes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("choice", sa.String(length=255), nullable=False),
        sa.Column("voted_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["membership_id"], ["memberships.id"], name=op.f("fk_votes_membership_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposals.id"], name=op.f("fk_votes_proposal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_votes")),
        sa.UniqueConstraint("proposal_id", "membership_id", name=op.f("uq_votes_proposal_id_membership_id")),
    )
    with op.batch_alter_table("votes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_votes_membership_id"), ["membership_id"], unique=False)
    with op.batch_alter_table("suggestions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("before", sa.JSON(), nullable=True))
    with op.batch_alter_table("groups", schema=None) as batch_op:
        batch_op.add_column(sa.Column("has_ranking", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(
            sa.Column("has_milestones", sa.Boolean(), nullable=False, server_default=sa.true())
        )
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.add_column(sa.Column("country", sa.String(length=255), nullable=True))
        batch_op.add_column(
            sa.Column("may_be_asked", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(
            sa.Column("may_be_nudged", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("groups", schema=None) as batch_op:
        batch_op.alter_column("has_ranking", server_default=None)
        batch_op.alter_column("has_milestones", server_default=None)
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.alter_column("may_be_asked", server_default=None)
        batch_op.alter_column("may_be_nudged", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.drop_column("may_be_nudged")
        batch_op.drop_column("may_be_asked")
        batch_op.drop_column("country")
    with op.batch_alter_table("groups", schema=None) as batch_op:
        batch_op.drop_column("has_milestones")
        batch_op.drop_column("has_ranking")
    with op.batch_alter_table("suggestions", schema=None) as batch_op:
        batch_op.drop_column("before")
    with op.batch_alter_table("votes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_votes_membership_id"))
    op.drop_table("votes")
    with op.batch_alter_table("stories", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stories_membership_id"))
    op.drop_table("stories")
    with op.batch_alter_table("periods", schema=None) as batch_op:
        batch_op.drop_index("ix_periods_membership_days")
    op.drop_table("periods")
    op.drop_table("milestones")
    op.drop_table("interview_ticks")
    op.drop_table("holiday_asks")
    op.drop_table("buddies")
    op.drop_table("proposals")
    op.drop_table("home_pages")
