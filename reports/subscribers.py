"""Who gets the weekly letter: those in the database, and the [[recipients]] of the settings file."""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlite_utils import Database

from crawlers import codes
from crawlers.errors import DataError
from crawlers.store import query, writing
from reports.config import Recipient
from reports.weeks import Week

ALL = "all"
"""Topic of a reader who follows every pair of the catalogue."""
FIELDS = ("address", "name", "topics", "language", "profile", "outlet", "consent", "paused")


@dataclass(frozen=True)
class Subscriber:
    """One reader of the letter."""

    address: str
    name: str = ""
    topics: tuple[str, ...] = (ALL,)
    """Codes of regions and pairs, or ALL."""
    language: str = "en"
    profile: str = "strictest"
    outlet: str | None = None
    """Id of the reader's own paper."""
    consent: date | None = None
    paused: bool = False
    stored: bool = False
    """Whether the database holds the reader, rather than the settings file."""

    @property
    def key(self) -> str:
        """Name of the reader in what is kept of letters: it does not tell the address."""
        return hashlib.sha256(self.address.casefold().encode()).hexdigest()[:16]


def topic(text: str) -> str:
    """A region, a pair or ALL in its canonical form; raises DataError for anything else."""
    if text == ALL:
        return ALL
    return str(codes.pair(text, "topic", "")) if ":" in text else codes.region(text, "topic", "")


def everybody(db: Database, recipients: Sequence[Recipient]) -> list[Subscriber]:
    """All readers by address, one for each; what the database says of an address holds.

    So a reader who is paused there gets nothing, though the settings file lists the address still.
    """
    found: dict[str, Subscriber] = {}
    for one in map(_listed, recipients):
        known = found.setdefault(one.key, one)
        if one.topics[0] not in known.topics:  # an address that is listed for several regions: one letter
            found[one.key] = replace(known, topics=(*known.topics, *one.topics))
    for row in query(db, f"SELECT {', '.join(FIELDS)} FROM subscribers"):
        stored = Subscriber(
            row["address"], row["name"], tuple(row["topics"].split()), row["language"], row["profile"],
            row["outlet"], date.fromisoformat(row["consent"]) if row["consent"] else None,
            bool(row["paused"]), stored=True,
        )  # fmt: skip
        found[stored.key] = stored
    return sorted(found.values(), key=lambda one: one.address)


def add(db: Database, one: Subscriber) -> None:
    """Keeps a reader; raises DataError for an address that is there already."""
    with writing(db) as connection:
        if connection.execute("SELECT 1 FROM subscribers WHERE address = ?", (one.address,)).fetchone():
            raise DataError("subscribers", "address", one.address, "an address that is not subscribed yet")
        connection.execute(f"INSERT INTO subscribers VALUES ({','.join('?' * len(FIELDS))})", _row(one))


def remove(db: Database, one: Subscriber) -> None:
    """Forgets a reader. What is known of the letters stays without the address, so that none goes twice."""
    if not one.stored:
        repair = "take it out of the settings file, or pause it"
        raise DataError("subscribers", "address", one.address, "a subscriber in the database", repair)
    db.conn.execute("PRAGMA secure_delete=ON")  # else the address stays readable in the file
    with writing(db) as connection:
        connection.execute("DELETE FROM subscribers WHERE address = ?", (one.address,))
        connection.execute(
            "UPDATE deliveries SET address = '', mail = NULL, answer = '' WHERE reader = ?", (one.key,)
        )


def pause(db: Database, one: Subscriber, paused: bool) -> None:
    """Stops or resumes the letters to a reader, one of the settings file too."""
    with writing(db) as connection:
        connection.execute(
            f"INSERT INTO subscribers VALUES ({','.join('?' * len(FIELDS))})"
            " ON CONFLICT (address) DO UPDATE SET paused = excluded.paused",
            _row(replace(one, paused=paused)),
        )


def find(db: Database, recipients: Sequence[Recipient], asked: str) -> Subscriber:
    """The reader with an address or a token; raises DataError for nobody, without telling who there is."""
    for one in everybody(db, recipients):
        if asked.casefold() == one.address.casefold() or hmac.compare_digest(
            token(db, one).encode(), asked.encode()
        ):
            return one
    raise DataError("subscribers", "address", asked, "an address or token that `subscribers list` shows")


def token(db: Database, one: Subscriber) -> str:
    """By which the reader may leave: only this database can make it."""
    return _signed(db, one.key)


def letter_token(db: Database, one: Subscriber, week: Week) -> str:
    """By which an answer names the letter of a week, such as 2026-W47.3f0c...: only this database can make it."""
    return f"{week}.{_signed(db, f'{week} {one.key}')}"


def _signed(db: Database, text: str) -> str:
    (secret,) = db.conn.execute("SELECT value FROM letter_secret").fetchone()
    return hmac.new(str(secret).encode(), text.encode(), "sha256").hexdigest()[:20]


def _listed(recipient: Recipient) -> Subscriber:
    return Subscriber(
        recipient.address, recipient.name, (codes.region(recipient.region),), recipient.language,
        recipient.profile, recipient.outlet or None,
    )  # fmt: skip


def _row(one: Subscriber) -> tuple[object, ...]:
    consent = one.consent.isoformat() if one.consent else None
    return (
        one.address, one.name, " ".join(one.topics), one.language, one.profile, one.outlet, consent, int(one.paused),
    )  # fmt: skip
