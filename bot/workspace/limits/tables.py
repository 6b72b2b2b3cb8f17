"""The limits of tables and charts."""

from __future__ import annotations

from typing import Any

from bot.workspace.limits.check import PLAIN, Check
from bot.workspace.limits.rich_text import check_rich_text
from bot.workspace.state.models import Json

TABLES = ("table", "data_table")


def check_table(check: Check, block: Json, at: str) -> None:
    """Check a table."""
    check.fields(block, at, "rows", "block_id column_settings")
    for setting, place in check.items(block, "column_settings", at, 20):
        if setting is None:
            continue
        if not isinstance(setting, dict):
            check.fail(place, "must be an object")
            continue
        check.fields(setting, place, "", "align is_wrapped")
        check.one_of(setting, "align", place, ("left", "center", "right"))
        check.flag(setting, "is_wrapped", place)
    for row, place in check.items(block, "rows", at, 100):
        _row(check, row, place)


def _row(check: Check, row: Any, at: str) -> None:
    holder, _, name = at.rpartition("/")
    for cell, place in check.objects({name: row}, name, holder, 20):
        _cell(check, cell, place)


def _cell(check: Check, cell: Json, at: str) -> None:
    match cell.get("type"):
        case "raw_text":
            check.fields(cell, at, "text")
            check.string(cell, "text", at, 10_000)
        case "raw_number":
            check.fields(cell, at, "value", "text")
        case "rich_text":
            check_rich_text(check, cell, at)
        case kind:
            check.fail(f"{at}/type", f"unsupported type: {kind}")


def check_data_table(check: Check, block: Json, at: str) -> None:
    """Check a data table: a header and 1 to 200 rows of equal length."""
    check.fields(block, at, "caption rows", "block_id page_size column_settings row_header_column_index")
    check.whole(block, "page_size", at, 1, 100)
    rows = check.items(block, "rows", at, 201, least=2)
    for row, place in rows:
        _row(check, row, place)
    if len({len(row) for row, _ in rows if isinstance(row, list)}) > 1:
        check.fail(f"{at}/rows", "all rows must have the same number of cells")
    if rows and isinstance(rows[0][0], list):
        for index, cell in enumerate(rows[0][0]):
            if isinstance(cell, dict) and cell.get("type") == "rich_text":
                check.fail(f"{at}/rows/0/{index}/type", "unsupported type: rich_text")


def check_chart(check: Check, block: Json, at: str) -> None:
    """Check a chart."""
    check.fields(block, at, "title chart", "block_id")
    if isinstance(block.get("title"), str):
        check.string(block, "title", at, 50)
    else:
        check.text(block, "title", at, 50, PLAIN)
    chart = block.get("chart")
    if not isinstance(chart, dict):
        return
    at = f"{at}/chart"
    for segment, place in check.objects(chart, "segments", at, 12):
        check.string(segment, "label", place, 20)
        if not isinstance(segment.get("value"), int | float) or segment["value"] <= 0:
            check.fail(f"{place}/value", "must be more than 0")
    series = check.objects(chart, "series", at, 12)
    if len({str(one.get("name")) for one, _ in series}) < len(series):
        check.fail(f"{at}/series", "names must be unique")
    for one, place in series:
        check.string(one, "name", place, 20)
        check.items(one, "data", place, 20)


def check_sizes(check: Check, blocks: list[Json]) -> None:
    """Check what counts over a whole message: one table, the characters in it, charts."""
    tables = [block for block in blocks if block.get("type") in TABLES]
    if len(tables) > 1:
        check.fail(
            "/blocks", "only_one_table_allowed", "invalid_attachments" if check.surface == "message" else ""
        )
    for table in tables:
        most = 10_000 if table["type"] == "table" else 20_000
        if characters(table.get("rows")) > most:
            check.fail("/blocks", f"a table must hold no more than {most} characters")
    if sum(block.get("type") == "data_visualization" for block in blocks) > 2:
        check.fail("/blocks", "no more than 2 data_visualization blocks allowed")


def characters(node: Any) -> int:
    """Count the characters that readers see anywhere inside a node."""
    if isinstance(node, list):
        return sum(characters(item) for item in node)
    if isinstance(node, dict):
        text = node.get("text")
        own = len(text) if isinstance(text, str) else 0
        return own + sum(characters(value) for value in node.values() if isinstance(value, dict | list))
    return 0
