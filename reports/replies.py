"""Answers of readers to the letter, out of the mailbox into the record of who works on which lead.

Each message is handled once: what it says is recorded together with the fact that it was looked at. Marks in the
mailbox are set after that, and by the next run where this one died: as seen what was recorded, flagged what a person
has to look at. Nothing is ever sent in return, so no loop can begin.
"""

import logging
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from imap_tools import MailMessage
from sqlite_utils import Database

from crawlers.errors import DataError
from crawlers.lock import alone
from crawlers.store import query
from reports import lead_work, letter_issues, mailbox, reply_mail, reply_record, reply_words, subscribers
from reports.config import Settings
from reports.lead_work import State
from reports.mailbox import FLAGGED, SEEN, Folder, opened
from reports.reply_record import Handled, Outcome, Place
from reports.subscribers import Subscriber
from reports.tidy import one_line

LOOK_BACK = timedelta(days=60)
"""How old a message may be when it is first looked at."""
BUSY = "another process is reading the mailbox; try again later"
_MARKS = {Outcome.RECORDED: SEEN, Outcome.UNCLEAR: FLAGGED, Outcome.REFUSED: FLAGGED}


class Rejected(Exception):
    """Why a message is no answer that can be recorded."""

    def __init__(self, outcome: Outcome, detail: str = "") -> None:
        super().__init__(detail)
        self.outcome, self.detail = outcome, detail


def collect(settings: Settings, db: Database, entries: Collection[str], now: datetime) -> list[Handled]:
    """Looks at each message that was not looked at, and returns what became of it.

    Raises Busy while another process does, MailboxAway where the server cannot be reached, and DataError for
    settings that it does not take. What was handled before such an end stays handled.
    """
    with alone(settings.db, "replies", BUSY), opened(settings.imap) as folder:
        place = Place(folder.name, folder.validity)
        _mark(db, folder, place)
        since, known = now.date() - LOOK_BACK, reply_record.known(db, place)
        new = [uid for uid in folder.since(since) if uid not in known]
        large = folder.too_large(since) if new else frozenset()
        people = {one.key: one for one in subscribers.everybody(db, settings.recipients)}
        found = []
        for uid in new:
            raw = None if uid in large else folder.message(uid)
            if raw is None and uid not in large:
                continue  # taken away meanwhile
            done, digest = _judged(db, uid, raw, entries, people, now)
            found.append(reply_record.keep(db, place, done, digest or f"{place.key} {uid}", now))
            _mark(db, folder, place)
        return found


def counted(found: Sequence[Handled]) -> str:
    """What a run did, in a line."""
    number = {outcome: sum(one.outcome is outcome for one in found) for outcome in Outcome}
    return ", ".join([f"{len(found)} messages", *(f"{n} {outcome}" for outcome, n in number.items() if n)])


def _mark(db: Database, folder: Folder, place: Place) -> None:
    """Sets the marks that are still to be set; to set one twice does no harm."""
    if waiting := reply_record.to_mark(db, place):
        for flag in (SEEN, FLAGGED):
            folder.mark([one.uid for one in waiting if _MARKS[one.outcome] == flag], flag)
        reply_record.marked(db, place)


def _judged(
    db: Database, uid: int, raw: bytes | None, entries: Collection[str], people: dict[str, Subscriber],
    now: datetime,
) -> tuple[Handled, str]:  # fmt: skip
    """What is to become of a message, and its digest. None: it is too large."""
    digest = ""
    try:
        if raw is None:
            raise Rejected(Outcome.UNCLEAR, f"larger than {mailbox.LARGEST // 2**20} MB")
        message = MailMessage.from_bytes(raw)
        digest = reply_mail.digest(message)
        said = _read(db, message, entries, people, now)
        return Handled(uid, Outcome.RECORDED, "; ".join(map(_told, said)), said), digest
    except Rejected as error:
        return Handled(uid, error.outcome, error.detail), digest
    except Exception as error:  # anybody may write to this address: no message is to stop those after it
        logging.getLogger("mediagap").exception("a message of the mailbox could not be read")
        return Handled(uid, Outcome.UNCLEAR, f"internal error: {type(error).__name__}"), digest


def _read(
    db: Database, message: MailMessage, entries: Collection[str], people: dict[str, Subscriber], now: datetime
) -> tuple[State, ...]:
    """What a message says of leads, all checked; raises Rejected."""
    tokens = [] if reply_mail.automatic(message.obj) else reply_mail.tokens(message)
    letter = next(filter(None, (_delivery(db, token) for token in tokens)), None)
    if letter is None:
        raise Rejected(Outcome.IGNORED)
    week, key = letter
    reader = people.get(key)
    if reader is None or reply_mail.sender(message.obj) != reader.address.casefold():
        raise Rejected(Outcome.REFUSED, f"letter of {week}: answered from another address than it went to")
    if reply_mail.disowned(message.obj):
        raise Rejected(Outcome.REFUSED, f"letter of {week}: the domain of its sender disowns the answer")
    rows = letter_issues.numbered(db, week, key)
    try:
        return tuple(
            lead_work.checked(
                entries,
                named.entry,
                named.lead,
                named.side,
                one.work,
                _author(reader),
                now,
                one.until,
                one.note,
            )
            for one in reply_words.read(reply_mail.text(message), rows, now.date())
            for named in rows[one.number]
        )
    except (reply_words.Unclear, DataError) as error:
        raise Rejected(Outcome.UNCLEAR, f"letter of {week}: {error}") from None


def _delivery(db: Database, token: str) -> tuple[str, str] | None:
    """Week and reader of the letter that bears a token."""
    bound = f"<{token}@"
    sql = "SELECT week, reader FROM deliveries WHERE week = ? AND substr(message_id, 1, ?) = ?"
    found = query(db, sql, (token.split(".")[0], len(bound), bound))
    return (found[0]["week"], found[0]["reader"]) if found else None


def _author(reader: Subscriber) -> str:
    """How others see who has taken a lead: never the address."""
    return one_line(reader.name, 60) or reader.outlet or f"reader {reader.key[:6]}"


def _told(one: State) -> str:
    return f"{one.entry} {one.kind} {one.side}: {one.work}{f' until {one.until}' if one.until else ''}"
