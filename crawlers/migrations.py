"""Tables of the crawlers: the fetch ledger, wanted pages, articles with their texts, imports."""

from sqlite_utils import Database, Migrations

from crawlers import search

migrations = Migrations("crawlers")


@migrations()
def m001_ledger(db: Database) -> None:
    db.conn.execute("""
        CREATE TABLE attempts (
            id INTEGER PRIMARY KEY,
            source TEXT NOT NULL,
            outlet TEXT NOT NULL,
            fetched TEXT NOT NULL,           -- UTC, seconds
            outcome TEXT NOT NULL,           -- crawlers.outcome.Outcome
            http_status INTEGER,
            bytes INTEGER NOT NULL DEFAULT 0,
            entries_seen INTEGER NOT NULL DEFAULT 0,
            entries_new INTEGER NOT NULL DEFAULT 0,
            overlap INTEGER,                 -- entries that the last good fetch had seen; null: none before
            reaches_back TEXT,               -- UTC: the document lists all that was published since then
            duration_ms INTEGER NOT NULL DEFAULT 0,
            message TEXT NOT NULL DEFAULT ''
        )""")
    db.conn.execute("CREATE INDEX attempts_of_outlet ON attempts (outlet, fetched)")
    db.conn.execute("CREATE INDEX attempts_of_source ON attempts (source, fetched)")
    db.conn.execute("""
        CREATE TABLE source_state (
            source TEXT PRIMARY KEY,
            etag TEXT,
            last_modified TEXT,
            body_hash TEXT,
            fetched TEXT NOT NULL            -- UTC: when the document that these validate was stored
        )""")
    db.conn.execute("""
        CREATE TABLE entries_seen (
            source TEXT NOT NULL,
            key TEXT NOT NULL,
            PRIMARY KEY (source, key)        -- keys of the last good document only
        ) WITHOUT ROWID""")


@migrations()
def m002_articles(db: Database) -> None:
    db.conn.execute("""
        CREATE TABLE articles (
            id INTEGER PRIMARY KEY,
            key TEXT NOT NULL UNIQUE,        -- crawlers.identity
            url TEXT,
            outlet TEXT,                     -- null: imported from an outlet that has no source file
            source TEXT NOT NULL,
            title TEXT NOT NULL,
            published TEXT,                  -- UTC, seconds
            published_day TEXT,              -- in the outlet's time zone
            published_raw TEXT,
            published_quality TEXT NOT NULL, -- crawlers.dates.Quality
            first_seen TEXT NOT NULL,
            language TEXT,                   -- BCP 47; null: unknown
            reading TEXT NOT NULL,           -- crawlers.items.Reading
            text_hash TEXT NOT NULL
        )""")
    db.conn.execute("CREATE INDEX articles_by_outlet_day ON articles (outlet, published_day)")
    db.conn.execute("""
        CREATE TABLE texts (
            article INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
            body BLOB NOT NULL               -- UTF-8, zlib
        )""")
    db.conn.execute("""
        CREATE TABLE revisions (
            article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
            seen TEXT NOT NULL,
            title TEXT NOT NULL,             -- as it stood before
            text_hash TEXT NOT NULL,
            PRIMARY KEY (article, seen)
        )""")
    db.conn.execute("""
        CREATE TABLE pages (
            url TEXT PRIMARY KEY,            -- canonical
            source TEXT NOT NULL,
            outlet TEXT NOT NULL,
            state TEXT NOT NULL,             -- pending, read, gone, given_up
            tries INTEGER NOT NULL DEFAULT 0,
            outcome TEXT,                    -- of the last try
            wanted TEXT NOT NULL,
            day TEXT                         -- publication day as the listing gives it
        )""")
    db.conn.execute("CREATE INDEX pages_by_outlet ON pages (outlet, state)")


@migrations()
def m003_imports(db: Database) -> None:
    db.conn.execute("""
        CREATE TABLE imports (
            id INTEGER PRIMARY KEY,
            file TEXT NOT NULL,
            sha256 TEXT NOT NULL,
            finished TEXT NOT NULL,
            records INTEGER NOT NULL,
            added INTEGER NOT NULL,
            known INTEGER NOT NULL,
            broken INTEGER NOT NULL
        )""")
    db.conn.execute("""
        CREATE TABLE complete_spans (
            outlet TEXT NOT NULL,
            first_day TEXT NOT NULL,
            last_day TEXT NOT NULL,
            declared TEXT NOT NULL,          -- when, by an import with --complete
            PRIMARY KEY (outlet, first_day, last_day)
        )""")


@migrations()
def m004_listed_address_and_moment(db: Database) -> None:
    # The key is no address to fetch: a site may answer at http or with www. only. And the moment is kept
    # because a day is one of the outlet's zone: noon of it in UTC is the next day in Kamchatka.
    db.conn.execute("ALTER TABLE pages ADD COLUMN address TEXT")  # as the listing gives it
    db.conn.execute("ALTER TABLE pages ADD COLUMN published TEXT")  # UTC, seconds; as the listing gives it
    db.conn.execute("UPDATE pages SET published = day || 'T06:00:00Z'")  # that day from Lisbon to Kamchatka


@migrations()
def m005_retry_after(db: Database) -> None:
    db.conn.execute("ALTER TABLE attempts ADD COLUMN retry_after TEXT")  # UTC: not to be asked before


@migrations()
def m006_stories(db: Database) -> None:
    db.conn.execute("""
        CREATE TABLE stories (
            article INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
            text_hash TEXT NOT NULL,         -- of the text that was compared: a changed one is compared anew
            version TEXT NOT NULL,           -- of the grouping
            position TEXT NOT NULL,          -- day, rank, moment, id: sorts as the texts came out
            voice TEXT NOT NULL,             -- who printed it: outlet, host or source
            shingles INTEGER NOT NULL,
            sketch BLOB NOT NULL,            -- crawlers.shingles.pack: its keys in story_keys
            agency TEXT,                     -- that it credits
            credit TEXT,                     -- of anybody else, as printed
            story INTEGER NOT NULL,          -- article that the story begins with
            kind TEXT NOT NULL,              -- crawlers.stories.Kind
            source INTEGER,                  -- earlier article that it repeats
            containment REAL NOT NULL        -- share of the shorter of the two that is in the other
        )""")
    db.conn.execute("CREATE INDEX stories_by_story ON stories (story)")
    db.conn.execute("""
        CREATE TABLE story_keys (
            key INTEGER NOT NULL,            -- one value of a sketch, with its place in it
            day INTEGER NOT NULL,            -- proleptic ordinal of the publishing day
            article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
            PRIMARY KEY (key, day, article)
        ) WITHOUT ROWID""")
    db.conn.execute("""
        CREATE TABLE story_links (
            article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
            other INTEGER NOT NULL,
            containment REAL NOT NULL,
            PRIMARY KEY (article, other)     -- both ways round
        ) WITHOUT ROWID""")


@migrations()
def m007_search(db: Database) -> None:
    search.create(db.conn)


@migrations()
def m008_manners(db: Database) -> None:
    db.conn.execute("""
        CREATE TABLE robots (
            site TEXT PRIMARY KEY,           -- scheme, host and port
            fetched TEXT NOT NULL,           -- UTC
            status INTEGER NOT NULL,
            rules TEXT NOT NULL              -- "" where the site has none
        )""")
    db.conn.execute("""
        CREATE TABLE waits (
            host TEXT PRIMARY KEY,           -- host and port
            until TEXT NOT NULL              -- UTC: it asked not to be asked before
        )""")
    db.conn.execute("""
        CREATE TABLE moves (                 -- permanent redirects: proposals for the source files
            source TEXT PRIMARY KEY,
            old TEXT NOT NULL,
            new TEXT NOT NULL,
            first_seen TEXT NOT NULL,
            last_seen TEXT NOT NULL
        )""")


@migrations()
def m009_stub_checks(db: Database) -> None:
    # A feed is declared to carry whole texts by somebody who has looked at it once.
    db.conn.execute("""
        CREATE TABLE stub_checks (
            source TEXT PRIMARY KEY,
            checked TEXT NOT NULL,           -- UTC: when an entry was compared with its page
            stub INTEGER NOT NULL,           -- 1: the page had much more
            entry_letters INTEGER NOT NULL,
            page_letters INTEGER NOT NULL
        )""")


@migrations()
def archive_of_a_million(db: Database) -> None:
    # Each answers a question of the weekly report from the index alone.
    db.conn.execute("""
        CREATE INDEX attempts_spans ON attempts (
            source, fetched, id, outcome, overlap, entries_seen, reaches_back
        )""")
    db.conn.execute("DROP INDEX attempts_of_source")
    db.conn.execute("CREATE INDEX attempts_by_outcome ON attempts (source, outcome, fetched)")
    db.conn.execute("""
        CREATE INDEX articles_by_day ON articles (outlet, published_day, reading, first_seen)""")
    db.conn.execute("DROP INDEX articles_by_outlet_day")
    db.conn.execute("CREATE INDEX pages_unread ON pages (outlet, day, url) WHERE state <> 'read'")


@migrations()
def crawlers_observed_from(db: Database) -> None:
    # Many sites answer only from inside their country or only from outside: what was seen is what was seen from there.
    db.conn.execute("ALTER TABLE attempts ADD COLUMN country TEXT")  # where the crawl ran; null: not stated


@migrations()
def crawlers_retirements(db: Database) -> None:
    db.conn.execute("""
        CREATE TABLE retirements (           -- the last row of a subject holds
            id INTEGER PRIMARY KEY,
            subject TEXT NOT NULL,           -- an outlet, or outlet/kind: one of its sources
            retired INTEGER NOT NULL,        -- 0: restored
            at TEXT NOT NULL,                -- UTC, seconds
            by TEXT NOT NULL,
            why TEXT NOT NULL
        )""")
