"""Tables of the reports: who keeps the schedule and what was run; who gets the letter, what was sent and claimed."""

import secrets

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


@migrations()
def letter_subscribers(db: Database) -> None:
    db.conn.execute("""
        CREATE TABLE subscribers (
            address TEXT PRIMARY KEY COLLATE NOCASE,
            name TEXT NOT NULL,
            topics TEXT NOT NULL,            -- regions and pairs, joined by blanks; or "all"
            language TEXT NOT NULL,
            profile TEXT NOT NULL,           -- whose restrictions hold; "strictest": all of them
            outlet TEXT,                     -- id of the reader's own paper
            consent TEXT,                    -- day on which the reader agreed; null: listed in the settings file
            paused INTEGER NOT NULL
        )""")
    # Signs the tokens by which readers leave: nobody else can make one for an address.
    db.conn.execute("CREATE TABLE letter_secret (value TEXT NOT NULL)")
    db.conn.execute("INSERT INTO letter_secret VALUES (?)", (secrets.token_hex(32),))


@migrations()
def letter_deliveries(db: Database) -> None:
    db.conn.execute("""
        CREATE TABLE deliveries (
            week TEXT NOT NULL,              -- ISO week that the letter tells of
            reader TEXT NOT NULL,            -- subscribers.Subscriber.key, a hash of the address
            address TEXT NOT NULL,           -- "" once the subscriber is removed
            state TEXT NOT NULL,             -- deliveries.State
            tries INTEGER NOT NULL DEFAULT 0,
            updated TEXT NOT NULL,           -- UTC
            message_id TEXT NOT NULL,
            answer TEXT NOT NULL DEFAULT '', -- what the server said last
            mail BLOB,                       -- the letter while it is not known to be sent, then null
            PRIMARY KEY (week, reader)       -- at most one letter a week
        )""")
    db.conn.execute("CREATE INDEX deliveries_by_reader ON deliveries (reader, week)")


@migrations()
def letter_issues(db: Database) -> None:
    db.conn.execute("""
        CREATE TABLE letter_issues (
            week TEXT NOT NULL,
            reader TEXT NOT NULL,
            gaps TEXT NOT NULL,              -- JSON: keys of all that was counted as not found
            PRIMARY KEY (week, reader),
            FOREIGN KEY (week, reader) REFERENCES deliveries (week, reader)
        )""")
    db.conn.execute("""
        CREATE TABLE letter_named (
            week TEXT NOT NULL,
            reader TEXT NOT NULL,
            kind TEXT NOT NULL,              -- event, term, anniversary; correction: of what an earlier week named
            line TEXT NOT NULL,
            pair TEXT NOT NULL,
            side TEXT NOT NULL,
            day TEXT,                        -- of the event or the date that was the occasion
            article INTEGER,                 -- that told of the event
            outlet TEXT,
            first TEXT, last TEXT,           -- days for which "not found" was claimed; null: it was not
            FOREIGN KEY (week, reader) REFERENCES deliveries (week, reader)
        )""")
    db.conn.execute("CREATE INDEX letter_named_by_reader ON letter_named (reader, week)")


@migrations()
def coverage_weeks(db: Database) -> None:
    db.conn.execute("""
        CREATE TABLE coverage_weeks (
            week TEXT NOT NULL,              -- ISO week that the report told of
            profile TEXT NOT NULL,           -- for whose readers: another one leaves out other outlets
            made TEXT NOT NULL,              -- UTC
            version TEXT NOT NULL,           -- of catalogue and matcher
            "values" TEXT NOT NULL,          -- JSON: coverage.Value by changes.key, live lines only
            outlets TEXT NOT NULL,           -- JSON: whether an outlet was read on six days of the week
            PRIMARY KEY (profile, week)
        )""")


@migrations()
def lead_work(db: Database) -> None:
    db.conn.execute("""
        CREATE TABLE lead_work (
            id INTEGER PRIMARY KEY,
            entry TEXT NOT NULL,
            kind TEXT NOT NULL,              -- of lead, reports.leads
            side TEXT NOT NULL,
            work TEXT NOT NULL,              -- reports.lead_work.Work
            author TEXT NOT NULL,
            said TEXT NOT NULL,              -- UTC
            until TEXT,                      -- last day on which it holds
            note TEXT NOT NULL
        )""")
    db.conn.execute("CREATE INDEX lead_work_of_lead ON lead_work (entry, kind, side, id)")


@migrations()
def audit_items(db: Database) -> None:
    db.conn.execute("""
        CREATE TABLE audit_items (
            id INTEGER PRIMARY KEY,
            month TEXT NOT NULL,             -- 2026-11
            kind TEXT NOT NULL,              -- reports.audit.Claim
            entry TEXT NOT NULL,
            pair TEXT NOT NULL DEFAULT '',   -- of a gap
            side TEXT NOT NULL DEFAULT '',
            article INTEGER,                 -- of a match
            answer TEXT,                     -- right, wrong; null: not checked yet
            author TEXT,
            answered TEXT,                   -- UTC
            note TEXT NOT NULL DEFAULT '',
            UNIQUE (month, kind, entry, pair, side, article)
        )""")


@migrations()
def desk_people(db: Database) -> None:
    db.conn.execute("""
        CREATE TABLE editors (
            name TEXT PRIMARY KEY COLLATE NOCASE,
            role TEXT NOT NULL,              -- editors.Role
            regions TEXT NOT NULL,           -- codes of "my regions", joined by blanks
            password TEXT NOT NULL,          -- argon2id
            disabled INTEGER NOT NULL DEFAULT 0
        )""")
    db.conn.execute("""
        CREATE TABLE sessions (
            key TEXT PRIMARY KEY,            -- SHA-256 of the cookie: who reads the file cannot use it
            editor TEXT NOT NULL REFERENCES editors (name) ON DELETE CASCADE,
            until TEXT NOT NULL              -- UTC
        )""")
    db.conn.execute("""
        CREATE TABLE sign_in_failures (
            who TEXT NOT NULL,               -- "name NAME" or "from 192.0.2.1"
            at TEXT NOT NULL                 -- UTC
        )""")
    db.conn.execute("CREATE INDEX sign_in_failures_of ON sign_in_failures (who, at)")


@migrations()
def desk_inventory(db: Database) -> None:
    db.conn.execute("""
        CREATE TABLE inventory_answers (
            id INTEGER PRIMARY KEY,
            entry TEXT NOT NULL,
            answer TEXT NOT NULL,            -- key of matcher.keeping.change.STATUS_NOW; empty: cannot tell
            since TEXT NOT NULL,             -- date of the fact that was written to the catalogue
            source TEXT NOT NULL,
            author TEXT NOT NULL,
            said TEXT NOT NULL,              -- UTC
            undone INTEGER NOT NULL DEFAULT 0
        )""")


@migrations()
def desk_tokens(db: Database) -> None:
    db.conn.execute("""
        CREATE TABLE tokens (
            key TEXT PRIMARY KEY,            -- SHA-256 of the token: who reads the file cannot use it
            editor TEXT NOT NULL REFERENCES editors (name) ON DELETE CASCADE,
            name TEXT NOT NULL,              -- what it is for
            made TEXT NOT NULL,              -- UTC
            until TEXT NOT NULL,             -- UTC
            used TEXT,                       -- last day
            UNIQUE (editor, name)
        )""")


@migrations()
def letter_replies(db: Database) -> None:
    db.conn.execute("ALTER TABLE letter_named ADD COLUMN entry TEXT NOT NULL DEFAULT ''")
    # by which readers name it in their answer; null: letters of before had no numbers
    db.conn.execute("ALTER TABLE letter_named ADD COLUMN number INTEGER")
    db.conn.execute("""
        CREATE TABLE letter_replies (        -- each message of the mailbox that was looked at
            id INTEGER PRIMARY KEY,
            mailbox TEXT NOT NULL,           -- user, host and folder
            validity INTEGER NOT NULL,       -- UIDVALIDITY: under another one the server numbers anew
            uid INTEGER NOT NULL,
            digest TEXT NOT NULL,            -- SHA-256 of its Message-ID: the same message under another UID
            outcome TEXT NOT NULL,           -- replies.Outcome
            detail TEXT NOT NULL,            -- nothing of a message that is no answer
            handled TEXT NOT NULL,           -- UTC
            marked INTEGER NOT NULL,         -- whether it bears in the mailbox the mark of its outcome
            UNIQUE (mailbox, validity, uid)
        )""")
    db.conn.execute("CREATE INDEX letter_replies_by_digest ON letter_replies (digest)")


@migrations()
def coverage_weeks_proposal(db: Database) -> None:
    # the highest number of a proposal for the catalogue by then: those above it are new
    db.conn.execute("ALTER TABLE coverage_weeks ADD COLUMN proposal INTEGER NOT NULL DEFAULT 0")
