"""Rows as values that JSON knows, and back: what is kept so that it can be put back."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date
from sqlalchemy.types import TypeEngine

from bot.store.columns import UtcDateTime
from bot.store.tables import Table


def plain(row: Table, columns: Collection[str] | None = None) -> dict[str, Any]:
    """The values of a row by column, of these columns or of all; days and instants as ISO 8601."""
    wanted = row.__table__.columns.keys() if columns is None else columns
    found = {name: getattr(row, name) for name in wanted}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in found.items()}


def values(table: type[Table], row: Mapping[str, Any]) -> dict[str, Any]:
    """What `plain` made of a row, as the columns of its table want it."""
    return {column.name: _read(column.type, row[column.name]) for column in table.__table__.columns}


def _read(kind: TypeEngine[Any], value: Any) -> Any:
    """A value of a column of this kind, out of JSON."""
    if value is None:
        return None
    if isinstance(kind, UtcDateTime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(kind, Date) else value
