"""What is due, what is owed, what is shown, and what came in."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.table import Table


class Timer(Table):
    """When something recurring is due next, and for which local date. A tick asks for what is due."""

    __tablename__ = "timers"
    __table_args__ = (UniqueConstraint("kind", "whom"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    whom: Mapped[str]
    period: Mapped[date]
    next_due_at: Mapped[datetime] = mapped_column(index=True)


class Delivery(Table):
    """One message that the bot owes somebody: made once, sent once, redrawn when it changes."""

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("kind", "whom", "period"),
        Index("ix_deliveries_state_due", "state", "due_at"),
        Index("ix_deliveries_place", "channel", "ts"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[str]
    kind: Mapped[str]
    whom: Mapped[str]  # "m12" a membership, "g3" a group, "cC01" a channel, "s45" a session, "l6" a full loop
    period: Mapped[str]
    # planned, sending, sent, unknown, held, failed, skipped
    state: Mapped[str] = mapped_column(default="planned")
    due_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    not_before: Mapped[datetime]
    attempt: Mapped[int] = mapped_column(default=0)
    owner: Mapped[str | None]
    claimed_at: Mapped[datetime | None]
    lease_until: Mapped[datetime | None]
    readbacks: Mapped[int] = mapped_column(default=0)
    nonce: Mapped[str]
    reason: Mapped[str | None]
    channel: Mapped[str | None]
    ts: Mapped[str | None]
    file_id: Mapped[str | None]  # Slack's, of the file that it brings along; known before anybody sees it
    pictures: Mapped[dict[str, Any]] = mapped_column(default=dict)  # uploaded for it: file ids and digests
    revision: Mapped[int] = mapped_column(default=0)  # of its stateful blocks
    wanted: Mapped[int] = mapped_column(default=0)  # drawings asked for
    drawn: Mapped[int] = mapped_column(default=0)  # drawings made


class HomePage(Table):
    """A person's App Home: whether it may have changed, and what was published last."""

    __tablename__ = "home_pages"

    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(primary_key=True)
    wanted: Mapped[int] = mapped_column(default=0)  # looks asked for
    drawn: Mapped[int] = mapped_column(default=0)  # looks taken
    digest: Mapped[str] = mapped_column(default="")  # of what was published
    membership_id: Mapped[int | None]  # whose page somebody in several groups wants to see
    opened_at: Mapped[datetime]
    published_at: Mapped[datetime | None]


class Received(Table):
    """What Slack has delivered already: a second delivery changes nothing. Kept for a week."""

    __tablename__ = "inbox"

    key: Mapped[str] = mapped_column(primary_key=True)
    received_at: Mapped[datetime] = mapped_column(index=True)
