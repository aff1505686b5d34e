"""What each week's report said, kept for the report after it: one standing per week and profile."""

import json
from datetime import UTC, datetime

from sqlite_utils import Database

from crawlers.store import query, writing
from reports.changes import Standing
from reports.coverage import Value
from reports.weeks import Week


def keep(db: Database, standing: Standing, profile: str, made: datetime) -> None:
    """Remembers what a report said; one made later in the same week takes the place of one made earlier."""
    values = json.dumps({key: value.value for key, value in standing.values.items()}, sort_keys=True)
    outlets = json.dumps(dict(standing.outlets), sort_keys=True)
    moment = made.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with writing(db) as connection:
        connection.execute(
            'INSERT INTO coverage_weeks (week, profile, made, version, "values", outlets, proposal) VALUES (?,?,?,?,?,?,?)'
            " ON CONFLICT (week, profile) DO UPDATE SET made = excluded.made, version = excluded.version,"
            ' "values" = excluded."values", outlets = excluded.outlets, proposal = excluded.proposal'
            " WHERE excluded.made >= made",
            (standing.week, profile, moment, standing.version, values, outlets, standing.proposal),
        )


def before(db: Database, week: Week, profile: str) -> Standing | None:
    """What the last report of an earlier week said to readers of a profile; None: there was none."""
    rows = query(
        db,
        "SELECT * FROM coverage_weeks WHERE profile = ? AND week < ? ORDER BY week DESC LIMIT 1",
        (profile, str(week)),
    )
    if not rows:
        return None
    row = rows[0]
    values = {key: Value(value) for key, value in json.loads(row["values"]).items()}
    return Standing(row["week"], row["version"], values, json.loads(row["outlets"]), row["proposal"])
