"""The story bank."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.columns import Text
from bot.store.tables.table import Table


class Story(Table):
    """A story of the member's bank, in its four parts; private unless shared for a session."""

    __tablename__ = "stories"

    id: Mapped[int] = mapped_column(primary_key=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"), index=True)
    title: Mapped[str]
    situation: Mapped[str] = mapped_column(Text, default="")
    task: Mapped[str] = mapped_column(Text, default="")
    action: Mapped[str] = mapped_column(Text, default="")
    result: Mapped[str] = mapped_column(Text, default="")
    principles: Mapped[list[int]]  # Leadership Principles by number, 1 to 16
    status: Mapped[str] = mapped_column(default="draft")  # draft, refined, polished
    quality: Mapped[int | None]  # 1 to 5
    made_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]
