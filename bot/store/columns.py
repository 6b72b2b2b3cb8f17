"""Column types that keep the promises of the house."""

from datetime import UTC, datetime

import sqlalchemy
from sqlalchemy import DateTime
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware on the way in, UTC in the database, UTC-aware on the way out."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 (signature is SQLAlchemy's)
        """Turn an aware instant into naive UTC.

        Raises:
            ValueError: the datetime is naive.
        """
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime is no instant; give it a zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 (signature is SQLAlchemy's)
        """Give the stored instant its zone back."""
        return None if value is None else value.replace(tzinfo=UTC)


class String(TypeDecorator[str]):
    """Text without NUL, which PostgreSQL cannot keep; nobody who types misses it."""

    impl = sqlalchemy.String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 (signature is SQLAlchemy's)
        """Leave NUL out."""
        return None if value is None else value.replace("\0", "")


class Text(String):
    """The same for texts of any length."""

    impl = sqlalchemy.Text
    cache_ok = True
