"""mock interviews"""

import sqlalchemy as sa
from alembic import op

from bot.store.columns import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mock_rounds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("week_of", sa.Date(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("closes_at", UtcDateTime(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_mock_rounds_group_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mock_rounds")),
        sa.UniqueConstraint("group_id", "week_of", name=op.f("uq_mock_rounds_group_id_week_of")),
    )
    op.create_table(
        "mock_asks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=255), nullable=False),
        sa.Column("state", sa.String(length=255), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_mock_asks_group_id")),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["memberships.id"], name=op.f("fk_mock_asks_membership_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mock_asks")),
    )
    with op.batch_alter_table("mock_asks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mock_asks_membership_id"), ["membership_id"], unique=False)

    op.create_table(
        "mock_blocks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.String(length=255), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["memberships.id"], name=op.f("fk_mock_blocks_membership_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mock_blocks")),
        sa.UniqueConstraint("membership_id", "user_id", name=op.f("uq_mock_blocks_membership_id_user_id")),
    )
    op.create_table(
        "mock_loops",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("bar_raiser_id", sa.Integer(), nullable=True),
        sa.Column("planned_by", sa.Integer(), nullable=False),
        sa.Column("format", sa.String(length=255), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(length=255), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("debriefed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["bar_raiser_id"], ["memberships.id"], name=op.f("fk_mock_loops_bar_raiser_id")
        ),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["memberships.id"], name=op.f("fk_mock_loops_candidate_id")
        ),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_mock_loops_group_id")),
        sa.ForeignKeyConstraint(["planned_by"], ["memberships.id"], name=op.f("fk_mock_loops_planned_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mock_loops")),
    )
    op.create_table(
        "mock_profiles",
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("wish", sa.String(length=255), nullable=True),
        sa.Column("same_level_only", sa.Boolean(), nullable=False),
        sa.Column("hours", sa.JSON(), nullable=False),
        sa.Column("always", sa.Boolean(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("thanked_in", sa.Integer(), nullable=True),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["memberships.id"], name=op.f("fk_mock_profiles_membership_id")
        ),
        sa.PrimaryKeyConstraint("membership_id", name=op.f("pk_mock_profiles")),
    )
    op.create_table(
        "mock_signups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=255), nullable=False),
        sa.Column("by_default", sa.Boolean(), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=True),
        sa.Column("hours", sa.JSON(), nullable=True),
        sa.Column("left_out", sa.Text(), nullable=True),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["memberships.id"], name=op.f("fk_mock_signups_membership_id")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["mock_rounds.id"], name=op.f("fk_mock_signups_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mock_signups")),
        sa.UniqueConstraint("round_id", "membership_id", name=op.f("uq_mock_signups_round_id_membership_id")),
    )
    with op.batch_alter_table("mock_signups", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mock_signups_membership_id"), ["membership_id"], unique=False)

    op.create_table(
        "loop_panelists",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("loop_id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=255), nullable=False),
        sa.Column("vote", sa.String(length=255), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("voted_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["loop_id"], ["mock_loops.id"], name=op.f("fk_loop_panelists_loop_id")),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["memberships.id"], name=op.f("fk_loop_panelists_membership_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loop_panelists")),
        sa.UniqueConstraint("loop_id", "membership_id", name=op.f("uq_loop_panelists_loop_id_membership_id")),
    )
    with op.batch_alter_table("loop_panelists", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_loop_panelists_membership_id"), ["membership_id"], unique=False)

    op.create_table(
        "mock_sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("ask_id", sa.Integer(), nullable=True),
        sa.Column("loop_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=255), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("swaps", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=255), nullable=False),
        sa.Column("slots", sa.JSON(), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["ask_id"], ["mock_asks.id"], name=op.f("fk_mock_sessions_ask_id")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_mock_sessions_group_id")),
        sa.ForeignKeyConstraint(["loop_id"], ["mock_loops.id"], name=op.f("fk_mock_sessions_loop_id")),
        sa.ForeignKeyConstraint(["round_id"], ["mock_rounds.id"], name=op.f("fk_mock_sessions_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mock_sessions")),
    )
    with op.batch_alter_table("mock_sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mock_sessions_group_id"), ["group_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mock_sessions_loop_id"), ["loop_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mock_sessions_round_id"), ["round_id"], unique=False)

    op.create_table(
        "mock_feedback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("about_id", sa.Integer(), nullable=False),
        sa.Column("ratings", sa.JSON(), nullable=False),
        sa.Column("improvements", sa.JSON(), nullable=False),
        sa.Column("strength", sa.Text(), nullable=False),
        sa.Column("given_at", UtcDateTime(), nullable=False),
        sa.Column("goal_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["about_id"], ["memberships.id"], name=op.f("fk_mock_feedback_about_id")),
        sa.ForeignKeyConstraint(["author_id"], ["memberships.id"], name=op.f("fk_mock_feedback_author_id")),
        sa.ForeignKeyConstraint(["goal_id"], ["goals.id"], name=op.f("fk_mock_feedback_goal_id")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["mock_sessions.id"], name=op.f("fk_mock_feedback_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mock_feedback")),
        sa.UniqueConstraint(
            "session_id", "author_id", "about_id", name=op.f("uq_mock_feedback_session_id_author_id_about_id")
        ),
    )
    with op.batch_alter_table("mock_feedback", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mock_feedback_about_id"), ["about_id"], unique=False)

    op.create_table(
        "mock_questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["mock_sessions.id"], name=op.f("fk_mock_questions_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mock_questions")),
        sa.UniqueConstraint(
            "session_id", "turn", "question", name=op.f("uq_mock_questions_session_id_turn_question")
        ),
    )
    with op.batch_alter_table("mock_questions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mock_questions_question"), ["question"], unique=False)

    op.create_table(
        "mock_seats",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=255), nullable=False),
        sa.Column("style", sa.String(length=255), nullable=True),
        sa.Column("state", sa.String(length=255), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("picks", sa.JSON(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("confirmed_at", UtcDateTime(), nullable=True),
        sa.Column("answered", sa.String(length=255), nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("goal_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["goal_id"], ["goals.id"], name=op.f("fk_mock_seats_goal_id")),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["memberships.id"], name=op.f("fk_mock_seats_membership_id")
        ),
        sa.ForeignKeyConstraint(["session_id"], ["mock_sessions.id"], name=op.f("fk_mock_seats_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mock_seats")),
        sa.UniqueConstraint(
            "session_id", "membership_id", name=op.f("uq_mock_seats_session_id_membership_id")
        ),
    )
    with op.batch_alter_table("mock_seats", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mock_seats_membership_id"), ["membership_id"], unique=False)

    with op.batch_alter_table("entries", schema=None) as batch_op:
        batch_op.add_column(sa.Column("mock_id", sa.Integer(), nullable=True))
        batch_op.create_index("uq_entries_membership_mock", ["membership_id", "mock_id"], unique=True)

    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.add_column(sa.Column("file_id", sa.String(length=255), nullable=True))

    with op.batch_alter_table("groups", schema=None) as batch_op:
        batch_op.add_column(sa.Column("has_mocks", sa.Boolean(), nullable=False, server_default=sa.true()))
        batch_op.add_column(sa.Column("call_weekday", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(
            sa.Column("call_time", sa.Time(), nullable=False, server_default="12:00:00.000000")
        )
        batch_op.add_column(sa.Column("matching_weekday", sa.Integer(), nullable=False, server_default="2"))
        batch_op.add_column(
            sa.Column("matching_time", sa.Time(), nullable=False, server_default="18:00:00.000000")
        )

    # Groups that live already get their first call, too; a call of long ago only sets the next one.
    op.execute(
        "INSERT INTO timers (kind, whom, period, next_due_at) "
        "SELECT 'call', 'g' || id, '1970-01-05', '1970-01-05 12:00:00.000000' "
        "FROM groups WHERE status = 'active'"
    )


def downgrade() -> None:
    op.execute("DELETE FROM timers WHERE kind = 'call'")
    with op.batch_alter_table("groups", schema=None) as batch_op:
        batch_op.drop_column("matching_time")
        batch_op.drop_column("matching_weekday")
        batch_op.drop_column("call_time")
        batch_op.drop_column("call_weekday")
        batch_op.drop_column("has_mocks")

    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.drop_column("file_id")

    with op.batch_alter_table("entries", schema=None) as batch_op:
        batch_op.drop_index("uq_entries_membership_mock")
        batch_op.drop_column("mock_id")

    with op.batch_alter_table("mock_seats", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mock_seats_membership_id"))

    op.drop_table("mock_seats")
    with op.batch_alter_table("mock_questions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mock_questions_question"))

    op.drop_table("mock_questions")
    with op.batch_alter_table("mock_feedback", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mock_feedback_about_id"))

    op.drop_table("mock_feedback")
    with op.batch_alter_table("mock_sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mock_sessions_round_id"))
        batch_op.drop_index(batch_op.f("ix_mock_sessions_loop_id"))
        batch_op.drop_index(batch_op.f("ix_mock_sessions_group_id"))

    op.drop_table("mock_sessions")
    with op.batch_alter_table("loop_panelists", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_loop_panelists_membership_id"))

    op.drop_table("loop_panelists")
    with op.batch_alter_table("mock_signups", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mock_signups_membership_id"))

    op.drop_table("mock_signups")
    op.drop_table("mock_profiles")
    op.drop_table("mock_loops")
    op.drop_table("mock_blocks")
    with op.batch_alter_table("mock_asks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mock_asks_membership_id"))

    op.drop_table("mock_asks")
    op.drop_table("mock_rounds")
