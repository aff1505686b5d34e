"""Readers answer the letter by mail, to a real IMAP server: what they say is recorded once, whatever arrives."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlite_utils import Database

from crawlers.errors import DataError, Interrupted
from reports import deliveries, doctor, lead_work, letter_mail, replies, reply_record, subscribers
from reports.config import ImapSection, Settings
from reports.lead_work import Work
from reports.mailbox import Folder, MailboxAway
from reports.reply_record import Handled, Outcome
from reports.subscribers import Subscriber
from tests.program import mediagap
from tests.reports import imap_server
from tests.reports.imap_server import Served
from tests.reports.made_up import HERE, NOW, THERE, TODAY, ago, entry, snapshot, task, text, view

ANNA = Subscriber("Anna@example.org", "Anna", (HERE,))
SENDER = "Mediagap <news@example.org>"
ENTRIES = ("one-ending", "new-event")


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    with imap_server.serving() as one:
        yield one


@dataclass
class Desk:
    """Anna has her letter: 1 is a term that ends, with an event at the partner; 2 another event there."""

    settings: Settings
    db: Database
    served: Served
    letter: EmailMessage

    def collect(self, now: datetime = NOW) -> list[Handled]:
        return replies.collect(self.settings, self.db, ENTRIES, now)

    def outcomes(self) -> list[Outcome]:
        return [one.outcome for one in self.collect()]

    @property
    def work(self) -> dict[tuple[str, str], tuple[Work, date | None, str, str]]:
        return {
            (one.entry, one.kind): (one.work, one.until, one.note, one.author)
            for one in lead_work.states(self.db, NOW + timedelta(days=1)).values()
        }

    @property
    def said(self) -> int:
        return int(self.db["lead_work"].count)

    def answer(self, body: str, **headers: str) -> EmailMessage:
        mail = EmailMessage()
        given = {"From": "Anna <anna@example.org>", "To": SENDER, "In-Reply-To": str(self.letter["Message-ID"]),
                 "Message-ID": f"<{len(body)}.{hash(body)}@mua.example.org>"}  # fmt: skip
        for name, value in (given | {key.replace("_", "-"): value for key, value in headers.items()}).items():
            if value:
                mail[name] = value
        mail.set_content(body)
        return mail


@pytest.fixture
def desk(db: Database, tmp_path: Path, server: Served) -> Desk:
    served = Served(server.port)
    with served.open():
        pass  # makes the folder
    imap = ImapSection.model_validate(
        {"host": "127.0.0.1", "port": served.port, "security": "none", "user": imap_server.USER,
         "password": imap_server.PASSWORD, "folder": served.folder}
    )  # fmt: skip
    settings = Settings(db=tmp_path / "mediagap.db", imap=imap)
    subscribers.add(db, ANNA)
    return Desk(settings, db, served, _letter(db))


def _letter(db: Database) -> EmailMessage:
    lines = [entry("one-ending", ends=str(TODAY + timedelta(days=30))), entry("new-event")]
    seen = view(
        snapshot(lines, [text(1, "one-ending", ago(20), "volga"), text(2, "new-event", ago(21), "kostroma")]),
        "ru",
    )
    asked = task()
    token = subscribers.letter_token(db, ANNA, asked.week)
    asked = replace(asked, reader=ANNA, token=token, answers_read=True)
    mail, letter = letter_mail.message(seen, asked, SENDER, "", "leave")
    deliveries.make(db, asked.week, ANNA, mail, letter, NOW)
    told = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "\n1. " in told
    assert "\n2. " in told
    assert (
        f"«1 берём до 2026-12-07», «1 отложить», «1 не наша тема», «1 мы писали ССЫЛКА». Письмо {token}."
        in told
    )
    return mail


def test_answer_is_recorded_once_and_marked_as_seen(desk: Desk) -> None:
    desk.served.put(desk.answer("1 беру до 1 декабря\n2 мы написали https://dnepr.example/2\n"))
    (done,) = desk.collect()
    assert done.outcome is Outcome.RECORDED
    december = date(2026, 12, 1)
    assert desk.work == {
        ("one-ending", "term"): (Work.TAKEN, december, "", "Anna"),
        ("one-ending", "partner"): (Work.TAKEN, december, "", "Anna"),  # it was told in the same row
        ("new-event", "partner"): (Work.WRITTEN, None, "https://dnepr.example/2", "Anna"),
    }
    assert {one.side for one in lead_work.states(desk.db, NOW).values()} == {HERE}
    assert desk.served.flags() == [{"\\Seen"}]
    assert desk.collect() == []
    assert desk.said == 3


def test_last_answer_holds(desk: Desk) -> None:
    desk.served.put(desk.answer("2 не наше"))
    desk.collect()
    desk.served.put(desk.answer("2 отложить"))
    assert desk.outcomes() == [Outcome.RECORDED]
    assert desk.work["new-event", "partner"][0] is Work.PUT_OFF


def _quoted(letter: EmailMessage) -> str:
    part = letter.get_body(("plain",))
    assert part is not None
    return "\n".join(f"> {line}" for line in part.get_content().splitlines())


def test_letter_is_known_by_what_is_quoted_of_it(desk: Desk) -> None:
    """Some servers give letters a Message-ID of their own."""
    desk.served.put(desk.answer(f"2 не наше\n\n{_quoted(desk.letter)}\n", In_Reply_To="<other@example.org>"))
    assert desk.outcomes() == [Outcome.RECORDED]
    assert set(desk.work) == {("new-event", "partner")}


def test_html_alone_is_read_without_what_it_quotes(desk: Desk) -> None:
    mail = desk.answer("")
    page = "<div>Добрый день!</div><div>2&nbsp;отложить до 1.12<br></div><blockquote><div>1 не наше</div></blockquote>"
    mail.set_content(page, subtype="html")
    desk.served.put(mail)
    assert desk.outcomes() == [Outcome.RECORDED]
    assert list(desk.work) == [("new-event", "partner")]


def test_unclear_answer_waits_for_a_person(desk: Desk) -> None:
    desk.served.put(desk.answer("1 беру до 1.12\n2 подумаем"))
    (done,) = desk.collect()
    assert (done.outcome, done.said) == (Outcome.UNCLEAR, ())
    assert '"2 подумаем"' in done.detail
    assert desk.work == {}  # of one answer nothing is recorded by halves
    assert desk.served.flags() == [{"\\Flagged"}]
    assert reply_record.unclear(desk.db, NOW) == 1
    assert desk.collect() == []


@pytest.mark.parametrize(
    "headers",
    [
        {"From": "Eve <eve@example.org>"},
        {"From": "anna@example.org, eve@example.org"},
        {"From": ""},
        {"From": '"anna@example.org" <eve@example.org>'},
        {"Authentication_Results": "mx.example.org; spf=fail; dmarc=fail header.from=example.org"},
    ],
)
def test_another_sender_is_refused(desk: Desk, headers: dict[str, str]) -> None:
    desk.served.put(desk.answer("1 не наше", **headers))
    assert desk.outcomes() == [Outcome.REFUSED]
    assert desk.served.flags() == [{"\\Flagged"}]
    assert desk.work == {}


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"Return_Path": "<>"},
        {"List_Id": "<editors.example.org>"},
        {"X_Autoreply": "yes"},
        {"In_Reply_To": ""},
        {"In_Reply_To": "<2026-W47.0123456789abcdef0123@example.org>"},
        {"In_Reply_To": "<2026-W47.%@example.org>"},
    ],
)
def test_machines_and_other_mail_are_left_alone(desk: Desk, headers: dict[str, str]) -> None:
    desk.served.put(desk.answer("1 не наше", **headers))
    (done,) = desk.collect()
    assert done == Handled(1 if done.uid == 1 else done.uid, Outcome.IGNORED)
    assert desk.served.flags() == [set()]
    assert desk.work == {}
    assert reply_record.unclear(desk.db, NOW) == 0


def test_hostile_mail_stops_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.mailbox.LARGEST", 200_000)
    token = str(desk.letter["Message-ID"]).encode()
    head = b"From: anna@example.org\r\nIn-Reply-To: " + token + b"\r\n"
    desk.served.put(
        head + b"Content-Type: text/plain; charset=no-such\r\n\r\n\xff\xfe\x00 1\r\n",
        head + b"Content-Type: text/html\r\n\r\n" + b"<div>" * 20_000 + b"1 take" + b"<!--",
        head + b"Content-Type: text/plain\r\n\r\n" + b"1 take\r\n" * 40_000,  # larger than is read
        head + b"Content-Type: text/plain\r\n\r\n" + b"9" * 150_000 + b" take",
        b"\x00\xff" * 1000,
        b"From: =?utf-8?b?=?=\r\nFrom: (((\r\nIn-Reply-To: " + token + b"\r\n\r\n1 take",
        desk.answer("2 later"),
    )
    found = desk.collect()
    assert len(found) == 7
    assert {one.outcome for one in found[:-1]} <= {Outcome.UNCLEAR, Outcome.REFUSED, Outcome.IGNORED}
    assert found[2].detail.startswith("larger than")
    assert found[-1].outcome is Outcome.RECORDED
    assert desk.said == 1


def test_message_that_cannot_be_parsed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts within parts, deeper than Python's parser goes; pymap itself would not take it."""
    nested = b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(3000)
    )
    desk.served.put(desk.answer("1 later"), desk.answer("2 later"))
    message = Folder.message
    monkeypatch.setattr(Folder, "message", lambda folder, uid: nested if uid % 2 else message(folder, uid))
    assert sorted(desk.outcomes()) == [Outcome.RECORDED, Outcome.UNCLEAR]


def test_death_before_the_record_and_before_the_mark(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.served.put(desk.answer("2 не наше"), desk.answer("1 отложить"))

    def die(*_: object) -> None:
        raise Interrupted(15)

    for name in ("reports.reply_record.keep", "reports.mailbox.Folder.mark"):
        with monkeypatch.context() as patched:
            patched.setattr(name, die)
            with pytest.raises(Interrupted):
                desk.collect()
    assert desk.said == 1  # the first is recorded, and not marked
    assert desk.served.flags() == [set(), set()]
    assert desk.outcomes() == [Outcome.RECORDED]
    assert desk.said == 3
    assert desk.served.flags() == [{"\\Seen"}, {"\\Seen"}]


def test_same_message_under_another_number_is_not_said_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Delivered twice, or numbered anew by a server that was set up again."""
    mail = desk.answer("2 не наше")
    desk.served.put(mail, mail)
    assert desk.outcomes() == [Outcome.RECORDED, Outcome.IGNORED]
    init = Folder.__init__

    def renumbered(self: Folder, *arguments: object) -> None:
        init(self, *arguments)  # type: ignore[arg-type]
        self.validity += 1

    monkeypatch.setattr(Folder, "__init__", renumbered)
    assert desk.outcomes() == [Outcome.IGNORED, Outcome.IGNORED]
    assert desk.said == 1


def test_readers_who_left_and_notes_that_cannot_be_kept(desk: Desk) -> None:
    desk.served.put(desk.answer(f"2 мы написали: {'x' * 600}"))
    assert desk.outcomes() == [Outcome.UNCLEAR]
    subscribers.remove(desk.db, replace(ANNA, stored=True))
    desk.served.put(desk.answer("2 не наше"))
    assert desk.outcomes() == [Outcome.REFUSED]


@pytest.fixture
def secured(desk: Desk, tmp_path: Path) -> Iterator[Callable[..., Settings]]:
    with imap_server.serving(tmp_path) as served:
        served.put(desk.answer("2 не наше"))

        def settings(**more: object) -> Settings:
            given = {
                "port": served.port,
                "security": "starttls",
                "folder": served.folder,
                "ca_file": served.ca_file,
            }
            return desk.settings.model_copy(update={"imap": desk.settings.imap.model_copy(update=given | more)})

        yield settings


# imap-tools leaves a socket whose encryption did not come about to the collector
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_with_encryption_and_never_without(desk: Desk, secured: Callable[..., Settings]) -> None:
    for wrong, says in (({"password": "x"}, "takes these settings"), ({"ca_file": None}, "is trusted")):
        with pytest.raises(DataError, match=says):
            replies.collect(secured(**wrong), desk.db, ENTRIES, NOW)
        assert "imap" in str(
            [one.repair for one in doctor.place(secured(**wrong), NOW) if one.what == "answers"]
        )
    with pytest.raises(MailboxAway):
        replies.collect(secured(folder="none"), desk.db, ENTRIES, NOW)
    plain = desk.settings.model_copy(
        update={"imap": desk.settings.imap.model_copy(update={"security": "starttls"})}
    )
    with pytest.raises(MailboxAway):  # a server that offers no encryption
        replies.collect(plain, desk.db, ENTRIES, NOW)
    assert [one.outcome for one in replies.collect(secured(), desk.db, ENTRIES, NOW)] == [Outcome.RECORDED]


def test_command(desk: Desk, tmp_path: Path) -> None:
    desk.served.put(desk.answer("2 не наше"), desk.answer("завтра"))
    file = tmp_path / "mediagap.toml"
    file.write_text(f'db = "{desk.settings.db}"\n{desk.served.toml()}', encoding="utf-8")
    done = mediagap("letter", "replies", "--json", "--config", str(file))
    assert done.returncode == 0, done.stderr
    # the program knows its own catalogue only, in which the entry is not
    assert [one["outcome"] for one in json.loads(done.stdout)] == ["unclear", "unclear"]
    assert "allowed: the id of an entry" in json.loads(done.stdout)[0]["detail"]
    shown = mediagap("status", "--config", str(file))
    assert "2 answers of 60 days were not understood" in shown.stdout, shown.stderr
    file.write_text(f'db = "{desk.settings.db}"\n', encoding="utf-8")
    refused = mediagap("letter", "replies", "--config", str(file))
    assert refused.returncode == 2
    assert "imap.host" in refused.stderr
    assert THERE not in refused.stderr
