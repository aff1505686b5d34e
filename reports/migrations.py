"""Tables of the reports: who keeps the schedule, that it is alive, and what was run."""

from sqlite_utils import Database, Migrations

migrations = Migrations("reports")


@migrations()
def m001_schedule(db: Database) -> None:
    db.conn.execute("""
        CREATE TABLE leases (
            name TEXT PRIMARY KEY,
            holder TEXT NOT NULL,            -- host:pid:token
            since TEXT NOT NULL              -- UTC
        )""")
    db.conn.execute("""
        CREATE TABLE heartbeats (            -- outlives its lease: when somebody was last there
            lease TEXT PRIMARY KEY,
            holder TEXT NOT NULL,
            beat TEXT NOT NULL               -- UTC
        )""")
    db.conn.execute("""
        CREATE TABLE job_runs (
            id INTEGER PRIMARY KEY,
            job TEXT NOT NULL,
            due TEXT NOT NULL,               -- UTC: the moment that it was run for
            started TEXT,                    -- null: it was missed
            ended TEXT,                      -- null while it runs
            outcome TEXT NOT NULL,           -- reports.jobs.Result
            detail TEXT NOT NULL DEFAULT ''
        )""")
    db.conn.execute("CREATE INDEX job_runs_of_job ON job_runs (job, id)")
