"""Writing and sending the letters of a week: each reader gets at most one, whatever happens on the way."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

from sqlite_utils import Database

from crawlers import registry
from crawlers.errors import Busy, DataError, MediagapError
from crawlers.lock import alone
from matcher import catalogue, learned
from matcher.catalogue import Catalogue
from reports import (
    beside,
    deliveries,
    gather,
    i18n,
    lead_work,
    letter_issues,
    letter_mail,
    send,
    subscribers,
    tidy,
)
from reports.config import Settings
from reports.deliveries import WAITING, Delivery, State
from reports.letter import Letter, Task
from reports.snapshot import Snapshot
from reports.subscribers import Subscriber
from reports.view import View
from reports.weeks import Week

Say = Callable[[str], object]
Sleep = Callable[[float], object]

BUSY = "another process is sending letters; try again later"


class NotSent(MediagapError):
    """Some letters of a run did not go out, or may not have."""


@dataclass
class Writer:
    """Writes letters from one snapshot, read once; each language and profile sees it in its own way."""

    settings: Settings
    db: Database
    snapshot: Snapshot

    def __post_init__(self) -> None:
        self._views: dict[tuple[str, str], View] = {}

    def write(self, reader: Subscriber) -> tuple[EmailMessage, Letter]:
        key = (reader.language, reader.profile)
        if key not in self._views:
            self._views[key] = View(self.snapshot, i18n.reader(reader.language), reader.profile)
            view = self._views[key]
            view.beside = beside.read(self.db, view.snapshot.now, view.hidden)
        one = self.settings
        token = subscribers.token(self.db, reader)
        return letter_mail.message(self._views[key], self.task(reader), one.sender, one.reply_to, token)

    def task(self, reader: Subscriber) -> Task:
        week = Week.before(self.snapshot.today)
        place = self.settings.public_url or str(self.settings.report / "index.html")
        history = letter_issues.history(self.db, week, reader.key)
        busy = lead_work.busy(self.db, self.snapshot.now)
        token = subscribers.letter_token(self.db, reader, week)
        public, answers_read = bool(self.settings.public_url), bool(self.settings.imap.host)
        return Task(reader, week, history, place, public, token, answers_read, busy)


def writer(
    settings: Settings, db: Database, now: datetime | None, week: Week | None = None,
    known: Catalogue | None = None,
) -> Writer:  # fmt: skip
    """A writer of the letters of a week; by default of the one that last ended."""
    moment = now or datetime.now(UTC)
    if week is not None:
        moment = week.moment(moment)
    known = known or catalogue.load(settings.catalogue)
    outlets, weights = registry.load(settings.sources), learned.weights(settings.learned)
    return Writer(settings, db, gather.snapshot(db, known, outlets, moment, weights=lambda: weights))


def readers(settings: Settings, db: Database, to: str | None) -> list[Subscriber]:
    """Who is to get a letter: all who are not paused, or the one asked for; raises DataError for nobody."""
    active = [one for one in subscribers.everybody(db, settings.recipients) if not one.paused]
    chosen = [one for one in active if to is None or one.address.casefold() == to.casefold()]
    if not chosen:
        known = ", ".join(one.address for one in active)
        allowed = known or "none is set, see `mediagap subscribers add` or [[recipients]]"
        raise DataError("recipients", "address", to or "nobody", allowed)
    return chosen


def preview(written: Writer, chosen: Sequence[Subscriber]) -> list[tuple[Path, EmailMessage]]:
    """Letters as files that are no deliveries: nothing is remembered, and nobody's letter is spent."""
    found = []
    for reader in chosen:
        mail, _ = written.write(reader)
        name = f"preview-{letter_mail.file_name(written.task(reader))}"
        found.append((letter_mail.to_outbox(mail, written.settings.outbox, name), mail))
    return found


def would_send(written: Writer, chosen: Sequence[Subscriber]) -> list[tuple[str, str]]:
    """Addresses and subjects of the letters that would go out now."""
    week = Week.before(written.snapshot.today)
    over = {one.reader for one in deliveries.listed(written.db, week) if one.state not in WAITING}
    return [(one.address, str(written.write(one)[0]["Subject"])) for one in chosen if one.key not in over]


def send_week(
    written: Writer, chosen: Sequence[Subscriber], say: Say, sleep: Sleep = time.sleep
) -> list[Delivery]:
    """Sends each of the chosen readers the week's letter, unless one was made already and waits no longer.

    Returns their deliveries. Raises Busy while another process sends from the same database.
    """
    db, week = written.db, Week.before(written.snapshot.today)
    with alone(written.settings.db, "letter", BUSY):
        recover(db, say)
        made = {one.reader for one in deliveries.listed(db, week)}
        for reader in chosen:
            if reader.key not in made:
                mail, letter = written.write(reader)
                deliveries.make(db, week, reader, mail, letter, written.snapshot.now)
        keys = {reader.key for reader in chosen}
        waiting = [one for one in deliveries.listed(db, week, WAITING) if one.reader in keys]
        _deliver(written.settings, db, waiting, say, sleep)
        return [one for one in deliveries.listed(db, week) if one.reader in keys]


def resend(
    settings: Settings, db: Database, week: Week, address: str, say: Say, sleep: Sleep = time.sleep
) -> Delivery:
    """Sends a letter once more that was refused or is uncertain: the same letter with the same Message-ID."""
    with alone(settings.db, "letter", BUSY):
        recover(db, say)
        found = [one for one in deliveries.listed(db, week) if one.address.casefold() == address.casefold()]
        if not found:
            raise DataError(
                "letter resend", "--to", address, f"an address with a letter of {week}", "see `letter status`"
            )
        deliveries.again(db, found[0], datetime.now(UTC))
        _deliver(settings, db, found, say, sleep)
        return next(one for one in deliveries.listed(db, week) if one.reader == found[0].reader)


def standing(settings: Settings, db: Database, week: Week | None) -> list[Delivery]:
    """What became of each letter. One that nobody is sending any more is uncertain, before the next run says so."""
    found = deliveries.listed(db, week)
    try:
        with alone(settings.db, "letter", BUSY):
            dead = True
    except (Busy, OSError):
        dead = False
    return [
        replace(one, state=State.UNCERTAIN) if dead and one.state is State.SENDING else one for one in found
    ]


def recover(db: Database, say: Say) -> None:
    for one in deliveries.after_crash(db, datetime.now(UTC)):
        say(
            f"{one.address}: the letter of {one.week} may have arrived and is not sent again; see `letter status`"
        )


def complain(found: Sequence[Delivery]) -> None:
    """Raises NotSent if a letter did not go out."""
    failed = [one for one in found if one.state is not State.SENT]
    if failed:
        told = "; ".join(f"{one.address} {one.state} ({one.answer})" for one in failed[:3])
        raise NotSent(
            f"{len(failed)} of {len(found)} letters were not sent: {told}; see `mediagap letter status`"
        )


def _deliver(settings: Settings, db: Database, waiting: list[Delivery], say: Say, sleep: Sleep) -> None:
    # a power cut, too, must not forget that a letter was being sent
    db.conn.execute("PRAGMA synchronous=FULL")
    if not settings.smtp.host:
        for one in waiting:
            _to_outbox(settings, db, one)
        return
    for attempt in range(settings.smtp.retries + 1):
        if attempt:
            pause = settings.smtp.backoff * 2 ** (attempt - 1)
            say(f"{len(waiting)} letters deferred, next try in {pause:g} s")
            sleep(pause)
        waiting = _round(settings, db, waiting, say)
        if not waiting:
            return


def _round(settings: Settings, db: Database, waiting: list[Delivery], say: Say) -> list[Delivery]:
    """One try of each letter; returns those that may be tried again."""
    deferred: list[Delivery] = []
    left = list(waiting)
    while left:
        before = len(left)
        try:
            with send.connected(settings.smtp) as server:
                while left:
                    if _hand_over(db, server, left[0], say) is State.DEFERRED:
                        deferred.append(left[0])
                    left.pop(0)
        except send.Unreachable as error:
            deliveries.end(db, left[0], State.DEFERRED, str(error), datetime.now(UTC))
            deferred.append(left.pop(0))
            if len(left) == before - 1:  # not one went out on this connection: the server is away
                for one in left:
                    deliveries.end(db, one, State.DEFERRED, str(error), datetime.now(UTC))
                return deferred + left
    return deferred


def _hand_over(db: Database, server: send.Server, one: Delivery, say: Say) -> State:
    mail = deliveries.mail_of(db, one)
    answer = server.send(mail, lambda: deliveries.begin(db, one, datetime.now(UTC)))
    if answer is None:  # removed meanwhile
        return State.REFUSED
    state = State(answer.outcome)
    deliveries.end(db, one, state, answer.text, datetime.now(UTC))
    say(f"{one.address}: {state} ({tidy.one_line(answer.text, 200)})")
    return state


def _to_outbox(settings: Settings, db: Database, one: Delivery) -> None:
    mail = deliveries.mail_of(db, one)
    if deliveries.begin(db, one, datetime.now(UTC)):
        name = f"{one.week}.{tidy.file_name(one.address)[:60]}.{one.reader[:6]}"
        path = letter_mail.to_outbox(mail, settings.outbox, name)
        deliveries.end(db, one, State.SENT, f"written to {path}", datetime.now(UTC))
