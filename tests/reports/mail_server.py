"""A real SMTP server in this process that can be told to misbehave."""

import asyncio
import email
import email.policy
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "mediagap", "correct horse"
Reply = Callable[[str], str | None]


@dataclass
class Mailbox:
    """What the server took, and what it does to a recipient: the hooks return an answer or None for a yes."""

    taken: list[tuple[str, EmailMessage]] = field(default_factory=list)
    at_recipient: Reply = lambda _: None
    before_answer: Callable[[str], object] = lambda _: None
    """Called when the whole text is here and not answered yet."""
    after_text: Reply = lambda _: None
    asked: list[str] = field(default_factory=list)
    """Every recipient that was named, taken or not."""

    async def handle_RCPT(
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        self.asked.append(address)
        answer = self.at_recipient(address)
        if answer == "drop":
            assert server.transport is not None
            server.transport.abort()
            return "421 gone"
        if answer is None:
            envelope.rcpt_tos.append(address)
        return answer or "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:
        (address,) = envelope.rcpt_tos
        assert isinstance(envelope.content, bytes)
        answer = self.after_text(address)
        if answer == "drop":
            assert server.transport is not None
            server.transport.abort()
            return "421 gone"
        if answer is None:
            mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
            assert isinstance(mail, EmailMessage)
            self.taken.append((address, mail))
        await asyncio.get_running_loop().run_in_executor(None, self.before_answer, address)
        return answer or "250 taken"

    @property
    def addresses(self) -> list[str]:
        return sorted(address for address, _ in self.taken)


@dataclass
class Served:
    """Where a mailbox is served, as settings."""

    port: int
    security: str
    ca_file: Path | None = None

    def toml(self, **more: object) -> str:
        lines = ["[smtp]", 'host = "127.0.0.1"', f"port = {self.port}", f'security = "{self.security}"']
        lines += [f'ca_file = "{self.ca_file}"'] if self.ca_file else []
        values = {"timeout": 10, "retries": 0, "backoff": 0} | more
        lines += [
            f"{key} = {value!r}" if not isinstance(value, str) else f'{key} = "{value}"'
            for key, value in values.items()
        ]
        return "\n".join(lines) + "\n"


@contextmanager
def serving(
    mailbox: Mailbox, security: str = "none", folder: Path | None = None, port: int | None = None
) -> Iterator[Served]:
    """Serves a mailbox, with a certificate made for it unless `security` is none. With one it asks for a login."""
    options: dict[str, Any] = {}
    ca_file = None
    if security != "none":
        assert folder is not None
        authority = trustme.CA()
        ca_file = folder / "ca.pem"
        authority.cert_pem.write_to_path(ca_file)
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        authority.issue_cert("127.0.0.1").configure_cert(context)
        options = {"auth_required": True, "authenticator": _known}
        options |= (
            {"tls_context": context, "require_starttls": True}
            if security == "starttls"
            else {"auth_require_tls": False}
        )
        if security == "tls":
            options["ssl_context"] = context
    controller = Controller(mailbox, hostname="127.0.0.1", port=0, **options)
    controller.port = port or _free_port()
    controller.start()
    try:
        yield Served(controller.port, security, ca_file)
    finally:
        controller.stop(no_assert=True)


def _known(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: Any) -> AuthResult:
    good = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=good, handled=False)


def _free_port() -> int:

    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
