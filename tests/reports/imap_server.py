"""A real IMAP server on this machine, pymap, in a process of its own."""

import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from itertools import count
from pathlib import Path

import trustme
from imap_tools import BaseMailBox, MailBoxStartTls, MailBoxUnencrypted

USER, PASSWORD = "desk", "correct horse"
_FOLDERS = count(1)


@dataclass
class Served:
    """Where mail is served. Each test takes a folder of its own."""

    port: int
    ca_file: Path | None = None
    folder: str = field(default_factory=lambda: f"Ответы {next(_FOLDERS)}")

    def toml(self, **more: object) -> str:
        values = {
            "host": "127.0.0.1", "port": self.port, "security": "starttls" if self.ca_file else "none", "user": USER,
            "password": PASSWORD, "folder": self.folder, "ca_file": str(self.ca_file or ""),
        } | more  # fmt: skip
        lines = [
            f'{key} = "{value}"' if isinstance(value, str) else f"{key} = {value}"
            for key, value in values.items()
        ]
        return "\n".join(["[imap]", *(line for line in lines if line != 'ca_file = ""')]) + "\n"

    @contextmanager
    def open(self) -> Iterator[BaseMailBox]:
        """The folder as a person's mail program sees it; made where it is not there."""
        if self.ca_file:
            trust = ssl.create_default_context(cafile=str(self.ca_file))
            box: BaseMailBox = MailBoxStartTls("127.0.0.1", self.port, ssl_context=trust)
        else:
            box = MailBoxUnencrypted("127.0.0.1", self.port)
        with box.login(USER, PASSWORD, None):
            if not box.folder.exists(self.folder):
                box.folder.create(self.folder)
            box.folder.set(self.folder)
            yield box

    def put(self, *mails: EmailMessage | bytes) -> None:
        with self.open() as box:
            for one in mails:
                box.append(one if isinstance(one, bytes) else one.as_bytes(), self.folder)

    def flags(self) -> list[set[str]]:
        """Of each message, in order; without those that the server sets by itself."""
        with self.open() as box:
            return [set(one.flags) - {"\\Recent"} for one in box.fetch(mark_seen=False)]


@contextmanager
def serving(folder: Path | None = None) -> Iterator[Served]:
    """Serves an empty mailbox; with STARTTLS and a certificate where there is a `folder` for it."""
    port = _free_port()
    options, ca_file = ["--no-tls"], None
    if folder is not None:
        authority = trustme.CA()
        ca_file = folder / "ca.pem"
        authority.cert_pem.write_to_path(ca_file)
        issued = authority.issue_cert("127.0.0.1")
        issued.cert_chain_pems[0].write_to_path(folder / "cert.pem")
        issued.private_key_pem.write_to_path(folder / "key.pem")
        options = ["--cert", str(folder / "cert.pem"), "--key", str(folder / "key.pem")]
    command = [
        sys.executable,
        "-c",
        "from pymap.main import main; main()",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        *options,
    ]
    server = subprocess.Popen(
        [*command, "dict", "--demo-user", USER, "--demo-password", PASSWORD],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait(port)
        yield Served(port, ca_file)
    finally:
        server.terminate()
        server.wait(10)


def _wait(port: int) -> None:
    until = time.monotonic() + 20
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
