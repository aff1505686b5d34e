"""Tables of the matcher: what was matched by which version and catalogue, matches, near misses, pairs, decisions."""

from sqlite_utils import Database, Migrations

migrations = Migrations("matcher")


@migrations()
def m001_matches(db: Database) -> None:
    db.conn.execute("""
        CREATE TABLE matched (
            article INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
            text_hash TEXT NOT NULL,
            version TEXT NOT NULL            -- of matcher and catalogue
        )""")
    for table in ("matches", "near_misses"):
        db.conn.execute(f"""
            CREATE TABLE {table} (
                article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
                entry TEXT NOT NULL,
                grade TEXT NOT NULL,         -- about, mention; near
                score REAL NOT NULL,
                evidence TEXT NOT NULL,      -- JSON: Match.plain()
                PRIMARY KEY (article, entry)
            )""")
        db.conn.execute(f"CREATE INDEX {table}_by_entry ON {table} (entry)")
    db.conn.execute("""
        CREATE TABLE pair_matches (
            article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
            pair TEXT NOT NULL,
            PRIMARY KEY (article, pair)
        )""")
    db.conn.execute("CREATE INDEX pair_matches_by_pair ON pair_matches (pair)")


@migrations()
def m002_decisions(db: Database) -> None:
    db.conn.execute("""
        CREATE TABLE decisions (
            id INTEGER PRIMARY KEY,
            article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
            entry TEXT NOT NULL,
            verdict TEXT NOT NULL,           -- yes, no, unsure
            author TEXT NOT NULL,
            decided TEXT NOT NULL,           -- UTC
            text_hash TEXT NOT NULL          -- of the text it was made on: a change reopens the question
        )""")
    db.conn.execute("CREATE INDEX decisions_by_entry ON decisions (entry, article)")


@migrations()
def decision_reasons(db: Database) -> None:
    db.conn.execute("ALTER TABLE decisions ADD COLUMN reason TEXT NOT NULL DEFAULT ''")  # in a person's words


@migrations()
def m003_matched_incrementally(db: Database) -> None:
    # what an answer depends on beside the text; null in rows of before, so that these are matched once more
    for column in ("outlet", "day", "language"):
        db.conn.execute(f"ALTER TABLE matched ADD COLUMN {column} TEXT")
    db.conn.execute("""
        CREATE TABLE matched_outlets (       -- where the outlets lay when their articles were matched
            outlet TEXT PRIMARY KEY,
            country TEXT,
            region TEXT
        )""")
    db.conn.execute("""
        CREATE TABLE matched_by (            -- at most one row: the version that the archive is matched by
            version TEXT NOT NULL,
            program TEXT NOT NULL            -- fingerprint of all but the catalogue: rules, words, weights
        )""")
    db.conn.execute("""
        CREATE TABLE matched_records (       -- that version's catalogue, to see what has changed since
            key TEXT PRIMARY KEY,            -- kind and id
            data TEXT NOT NULL               -- JSON
        )""")


@migrations()
def m004_proposals(db: Database) -> None:
    db.conn.execute("""
        CREATE TABLE proposals (
            id INTEGER PRIMARY KEY,          -- given once, so that a number means the same next week
            key TEXT NOT NULL UNIQUE,        -- pair, kind, month of the first article
            state TEXT NOT NULL              -- open, accepted, rejected
        )""")
