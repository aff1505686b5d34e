"""Letters over a real SMTP server: with and without its good will, and each at most once."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.program import COMMAND, mediagap
from tests.reports.mail_server import PASSWORD, USER, Mailbox, Served, serving
from tests.reports.newsstand import CATALOGUE as ONE_ENTRY

# the server has no way to tell that the connection is encrypted from its first byte
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH:UserWarning")

WEEK = "2026-W46"
NAMES = [f"r{n}@example.org" for n in range(5)]


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the tables and no news, beside a catalogue of one entry: every letter is a short one."""
    path = tmp_path_factory.mktemp("empty") / "news.db"
    listed = path.parent / "catalogue" / "xx" / "one.yml"
    listed.parent.mkdir(parents=True)
    listed.write_text(ONE_ENTRY, encoding="utf-8")
    env = {"MEDIAGAP_CATALOGUE": str(path.parent / "catalogue")}
    assert mediagap("match", "--db", str(path), env=env).returncode == 0
    return path


@pytest.fixture
def settings(tmp_path: Path, empty: Path) -> Callable[..., Path]:
    """Writes a settings file for five readers."""
    (tmp_path / "news.db").write_bytes(empty.read_bytes())

    def write(served: Served | None, **smtp: object) -> Path:
        path = tmp_path / "mediagap.toml"
        people = "".join(
            f'[[recipients]]\naddress = "{name}"\nregion = "BY-MA"\nlanguage = "be"\n' for name in NAMES
        )
        top = f'catalogue = "{empty.parent / "catalogue"}"\n'
        top += f'db = "{tmp_path / "news.db"}"\noutbox = "{tmp_path / "outbox"}"\nsender = "Mediagap <news@example.org>"\n'
        top += 'reply_to = "desk@example.org"\n'
        path.write_text(top + people + (served.toml(**smtp) if served else ""), encoding="utf-8")
        return path

    return write


def send(config: Path, *arguments: str, week: str = WEEK) -> subprocess.CompletedProcess[str]:
    return mediagap("letter", "send", "--week", week, "--json", "--config", str(config), *arguments)


def status(config: Path) -> dict[str, dict[str, Any]]:
    done = mediagap("letter", "status", "--json", "--config", str(config))
    assert done.returncode == 0, done.stderr
    return {one["address"]: one for one in json.loads(done.stdout)}


def states(config: Path) -> dict[str, str]:
    return {address: one["state"] for address, one in status(config).items()}


def test_each_reader_gets_it_once_however_often_it_is_sent(settings: Callable[..., Path]) -> None:
    mailbox = Mailbox()
    with serving(mailbox) as served:
        config = settings(served)
        for _ in range(2):
            done = send(config)
            assert done.returncode == 0, done.stderr
    assert mailbox.addresses == NAMES
    assert set(states(config).values()) == {"sent"}
    address, mail = mailbox.taken[0]
    assert address == mail["To"] == NAMES[0]
    assert mail["From"] == "Mediagap <news@example.org>"
    assert mail["Reply-To"] == "desk@example.org"
    assert mail["Date"].datetime.date().isoformat() == "2026-11-16"
    assert mail["List-Unsubscribe"].startswith("<mailto:desk@example.org?subject=unsubscribe%20")
    assert len({str(one["Message-ID"]) for _, one in mailbox.taken}) == len(NAMES)
    assert all(str(one["Message-ID"]).startswith(f"<{WEEK}.") for _, one in mailbox.taken)


def test_another_week_is_another_letter(settings: Callable[..., Path]) -> None:
    mailbox = Mailbox()
    with serving(mailbox) as served:
        config = settings(served)
        send(config, "--to", NAMES[0])
        send(config, "--to", NAMES[0], week="2026-W45")
    assert mailbox.addresses == [NAMES[0]] * 2
    assert len({str(mail["Message-ID"]) for _, mail in mailbox.taken}) == 2


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_with_encryption_and_login(settings: Callable[..., Path], tmp_path: Path, security: str) -> None:
    mailbox = Mailbox()
    with serving(mailbox, security, tmp_path) as served:
        config = settings(served, user=USER, password=PASSWORD)
        done = send(config)
    assert done.returncode == 0, done.stderr
    assert mailbox.addresses == NAMES


@pytest.mark.parametrize("security", ["starttls", "tls"])
@pytest.mark.parametrize("fault", ["password", "certificate", "plain"])
def test_never_with_less_than_was_asked_for(
    settings: Callable[..., Path], tmp_path: Path, security: str, fault: str
) -> None:
    mailbox = Mailbox()
    if fault == "plain" and security == "tls":
        pytest.skip("a plain server does not answer a TLS greeting; it cannot be reached")
    with serving(mailbox, "none" if fault == "plain" else security, tmp_path) as served:
        served.security = security
        if fault == "certificate":
            served.ca_file = None
        config = settings(served, user=USER, password="wrong" if fault == "password" else PASSWORD)
        done = send(config)
    assert done.returncode == 2
    assert "[smtp]" in done.stderr
    assert PASSWORD not in done.stderr
    assert "Traceback" not in done.stderr
    assert mailbox.taken == []
    assert set(states(config).values()) == {"due"}


def test_a_password_may_come_from_the_environment(settings: Callable[..., Path], tmp_path: Path) -> None:
    mailbox = Mailbox()
    with serving(mailbox, "starttls", tmp_path) as served:
        config = settings(served, user=USER)
        done = mediagap(
            "letter", "send", "--week", WEEK, "--config", str(config), env={"MEDIAGAP_SMTP_PASSWORD": PASSWORD}
        )
    assert done.returncode == 0, done.stderr


def test_a_refused_recipient_costs_nobody_else_the_letter(settings: Callable[..., Path]) -> None:
    mailbox = Mailbox(at_recipient=lambda address: "550 no such user" if address == NAMES[1] else None)
    with serving(mailbox) as served:
        config = settings(served, retries=2)
        done = send(config)
        assert done.returncode == 2
        assert "1 of 5 letters were not sent: r1@example.org refused (550 no such user)" in done.stderr
        send(config)
    assert mailbox.addresses == [name for name in NAMES if name != NAMES[1]]
    assert mailbox.asked.count(NAMES[1]) == 1
    assert status(config)[NAMES[1]]["state"] == "refused"


def test_greylisting_is_waited_for_within_the_run(settings: Callable[..., Path]) -> None:
    seen: set[str] = set()

    def first_time_later(address: str) -> str | None:
        known = address in seen
        seen.add(address)
        return None if known else "451 come again"

    mailbox = Mailbox(at_recipient=first_time_later)
    with serving(mailbox) as served:
        config = settings(served, retries=1)
        done = send(config)
    assert done.returncode == 0, done.stderr
    assert mailbox.addresses == NAMES


def test_what_stays_deferred_is_tried_by_the_next_run(settings: Callable[..., Path]) -> None:
    mailbox = Mailbox(at_recipient=lambda address: "451 come again" if address == NAMES[2] else None)
    with serving(mailbox) as served:
        config = settings(served, retries=1)
        assert send(config).returncode == 2
        assert states(config)[NAMES[2]] == "deferred"
        mailbox.at_recipient = lambda _: None
        assert send(config).returncode == 0
    assert mailbox.addresses == NAMES


def test_a_server_that_is_away_defers_all(settings: Callable[..., Path]) -> None:
    with serving(Mailbox()) as served:
        pass
    config = settings(served, retries=1)
    done = send(config)
    assert done.returncode == 2
    assert set(states(config).values()) == {"deferred"}


def test_a_connection_lost_before_the_text_is_made_again(settings: Callable[..., Path]) -> None:
    dropped: list[str] = []

    def once(address: str) -> str | None:
        if address == NAMES[2] and not dropped:
            dropped.append(address)
            return "drop"
        return None

    mailbox = Mailbox(at_recipient=once)
    with serving(mailbox) as served:
        config = settings(served, retries=1)
        done = send(config)
    assert done.returncode == 0, done.stderr
    assert mailbox.addresses == NAMES


def test_a_connection_lost_in_mid_message_leaves_it_uncertain(settings: Callable[..., Path]) -> None:
    mailbox = Mailbox(after_text=lambda address: "drop" if address == NAMES[2] else None)
    with serving(mailbox) as served:
        config = settings(served, retries=2)
        done = send(config)
        assert done.returncode == 2
        assert "r2@example.org uncertain" in done.stderr
        mailbox.after_text = lambda _: None
        send(config)
        assert states(config)[NAMES[2]] == "uncertain"
        assert NAMES[2] not in mailbox.addresses
        first = status(config)[NAMES[2]]["message_id"]
        again = mediagap("letter", "resend", "--to", NAMES[2], "--week", WEEK, "--config", str(config))
        assert again.returncode == 0, again.stderr
    assert mailbox.addresses == NAMES
    assert str(next(mail for address, mail in mailbox.taken if address == NAMES[2])["Message-ID"]) == first


def test_what_was_sent_is_not_sent_again_on_request(settings: Callable[..., Path]) -> None:
    mailbox = Mailbox()
    with serving(mailbox) as served:
        config = settings(served)
        send(config)
        done = mediagap("letter", "resend", "--to", NAMES[0], "--week", WEEK, "--config", str(config))
    assert done.returncode == 2
    assert mailbox.addresses == NAMES


def test_a_rehearsal_sends_and_remembers_nothing(settings: Callable[..., Path]) -> None:
    mailbox = Mailbox()
    with serving(mailbox) as served:
        config = settings(served)
        done = send(config, "--dry-run")
    assert done.returncode == 0, done.stderr
    assert [one["address"] for one in json.loads(done.stdout)] == NAMES
    assert (mailbox.asked, states(config)) == ([], {})


def test_who_is_paused_gets_nothing(settings: Callable[..., Path]) -> None:
    mailbox = Mailbox()
    with serving(mailbox) as served:
        config = settings(served)
        assert mediagap("subscribers", "pause", NAMES[3], "--config", str(config)).returncode == 0
        assert send(config).returncode == 0
    assert mailbox.addresses == [name for name in NAMES if name != NAMES[3]]


def test_without_a_server_letters_go_to_the_outbox_once(settings: Callable[..., Path], tmp_path: Path) -> None:
    config = settings(None)
    assert send(config).returncode == 0
    files = sorted((tmp_path / "outbox").iterdir())
    before = [path.read_bytes() for path in files]
    assert len(files) == len(NAMES)
    assert all(path.name.startswith(f"{WEEK}.r") for path in files)
    assert send(config).returncode == 0
    mediagap("letter", "preview", "--week", WEEK, "--config", str(config))
    assert [path.read_bytes() for path in files] == before
    assert set(states(config).values()) == {"sent"}


@pytest.mark.parametrize("when", ["text here, not answered", "answered", "recipient named"])
@pytest.mark.parametrize("victim", [0, 2])
def test_killed_while_sending_nothing_is_doubled_and_every_uncertain_listed(
    settings: Callable[..., Path], when: str, victim: int
) -> None:
    """The real program is killed at the worst moments; then it is run again until it has nothing to do."""
    running: list[subprocess.Popen[bytes]] = []

    def kill(address: str) -> str | None:
        if running and address == NAMES[victim]:
            os.kill(running.pop().pid, signal.SIGKILL)
            time.sleep(0.1)  # the dead take nothing more
        return None

    mailbox = Mailbox()
    if when == "text here, not answered":
        mailbox.before_answer = kill
    elif when == "recipient named":
        mailbox.at_recipient = kill
    else:
        mailbox.at_recipient = lambda address: kill(NAMES[victim]) if address == NAMES[victim + 1] else None
    with serving(mailbox) as served:
        config = settings(served)
        process = subprocess.Popen(
            [*COMMAND, "letter", "send", "--week", WEEK, "--config", str(config)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "PYTHONUTF8": "1"},
        )  # fmt: skip
        running.append(process)
        assert process.wait(60) == -signal.SIGKILL
        at_once = list(states(config).values())  # without waiting for another run
        done = send(config)
        send(config)
    assert len(mailbox.addresses) == len(set(mailbox.addresses)), "doubled"
    found = states(config)
    uncertain = [address for address, state in found.items() if state == "uncertain"]
    assert set(NAMES) - set(mailbox.addresses) <= set(uncertain), "lost without a word"
    assert {address for address, state in found.items() if state == "sent"} >= set(NAMES) - set(uncertain)
    if when == "text here, not answered":
        assert uncertain == [NAMES[victim]]
        assert at_once.count("uncertain") == 1
        assert "may have arrived" in done.stderr
        assert done.returncode == 2
    else:
        assert uncertain == []


def test_two_at_once_send_one_each(settings: Callable[..., Path]) -> None:
    mailbox = Mailbox(before_answer=lambda _: time.sleep(0.3))
    with serving(mailbox) as served:
        config = settings(served)
        command = [*COMMAND, "letter", "send", "--week", WEEK, "--config", str(config)]
        both = [
            subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for _ in range(2)
        ]
        codes = sorted(process.wait(60) for process in both)
    assert codes in ([0, 4], [0, 0])
    assert mailbox.addresses == NAMES
