"""The hot queries of the weekly report look up, and never walk through, the tables that grow with the years."""

from datetime import UTC, datetime

import pytest
from sqlite_utils import Database

from crawlers import registry
from matcher import catalogue
from reports import gather

NOW = datetime(2026, 11, 23, tzinfo=UTC)
LARGE = ("articles", "texts", "attempts", "pages", "matched", "stories")


@pytest.mark.parametrize("narrow", [False, True])
def test_snapshot_walks_through_no_large_table(db: Database, narrow: bool) -> None:
    known, outlets = catalogue.load(), registry.load()
    part = known.of_line(next(iter(known.lines))) if narrow else known
    asked: list[str] = []
    db.conn.set_trace_callback(asked.append)
    gather.snapshot(db, part, outlets, NOW, narrow)
    db.conn.set_trace_callback(None)
    plans = {sql: [row[3] for row in db.conn.execute(f"EXPLAIN QUERY PLAN {sql}")] for sql in set(asked)}
    assert len(plans) > 5
    for sql, plan in plans.items():
        if len(sql) > 20_000:  # the same question of a longer list
            sql = sql[:200]
        for step in plan:
            assert not step.startswith("SCAN") or not _of_large(step, sql), f"{step}: {sql}"


def _of_large(step: str, sql: str) -> bool:
    """Whether a step of a plan walks through a whole table that is large; a partial index is not whole."""
    name = step.split()[1]
    table = {"a": "articles", "s": "stories", "p": "pages"}.get(name, name)
    return table in LARGE and f"FROM {table}" in sql and "pages_unread" not in step
