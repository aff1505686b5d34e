"""Mail leaves the program here and nowhere else."""

import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path
from typing import Literal

from crawlers.errors import DataError
from reports.config import SmtpSection

Outcome = Literal["sent", "refused", "deferred", "uncertain"]
_PORTS = {"starttls": 587, "tls": 465, "none": 25}


class Unreachable(Exception):
    """The server cannot be reached just now, or has gone before any text went out."""


@dataclass(frozen=True)
class Answer:
    """How a letter fared, and what the server said."""

    outcome: Outcome
    text: str


class Server:
    """An open connection. After an Unreachable it is closed."""

    def __init__(self, smtp: smtplib.SMTP) -> None:
        self._smtp = smtp

    def send(self, mail: EmailMessage, may_begin: Callable[[], bool]) -> Answer | None:
        """Hands one letter over. `may_begin` is called when the server has taken sender and recipient and
        nothing of the text has gone out; None: it said no. Raises Unreachable if the server went before that.
        """
        try:
            with suppress(smtplib.SMTPResponseException):
                self._smtp.rset()
            code, said = self._smtp.mail(parseaddr(str(mail["From"]))[1])
            if 500 <= code < 600:  # no reader is to blame
                raise DataError(
                    "settings", "sender", str(mail["From"]), "a sender that the server takes", _text(said)
                )
            if code == 250:
                code, said = self._smtp.rcpt(parseaddr(str(mail["To"]))[1])
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            raise Unreachable(str(error)) from None
        if code not in (250, 251):
            return _judged(code, said)
        if not may_begin():
            return None
        try:
            return _judged(*self._smtp.data(mail.as_bytes()))
        except smtplib.SMTPDataError as error:  # refused before any text
            return _judged(error.smtp_code, error.smtp_error)
        except (smtplib.SMTPException, OSError) as error:
            # the text may have arrived whole: only its receipt is missing
            self._smtp.close()
            return Answer("uncertain", f"the connection broke while sending: {error}")


@contextmanager
def connected(settings: SmtpSection) -> Iterator[Server]:
    """A connection with the security that the settings ask for, never with less.

    Raises Unreachable for what may pass, DataError for what somebody has to mend.
    """
    where = f"{settings.host}:{settings.port or _PORTS[settings.security]}"
    try:
        smtp = _open(settings)
    except (
        smtplib.SMTPAuthenticationError,
        smtplib.SMTPNotSupportedError,
        ssl.SSLCertVerificationError,
    ) as error:
        passing = isinstance(error, smtplib.SMTPAuthenticationError) and 400 <= error.smtp_code < 500
        if passing:
            raise Unreachable(str(error)) from None
        raise DataError(
            where, "smtp", _reason(error), "a server that takes these settings", "see [smtp]"
        ) from None
    except (smtplib.SMTPException, OSError) as error:
        raise Unreachable(f"{where}: {_reason(error)}") from None
    try:
        yield Server(smtp)
    finally:
        with suppress(smtplib.SMTPException, OSError):
            smtp.quit()
        smtp.close()


def _open(settings: SmtpSection) -> smtplib.SMTP:
    port = settings.port or _PORTS[settings.security]
    context = trust(settings.ca_file)
    smtp: smtplib.SMTP
    if settings.security == "tls":
        smtp = smtplib.SMTP_SSL(settings.host, port, timeout=settings.timeout, context=context)
    else:
        smtp = smtplib.SMTP(settings.host, port, timeout=settings.timeout)
    try:
        if settings.security == "starttls":
            smtp.starttls(context=context)
        if settings.user:
            smtp.login(settings.user, settings.password)
        smtp.ehlo_or_helo_if_needed()
    except BaseException:
        smtp.close()
        raise
    return smtp


def trust(ca_file: Path | None) -> ssl.SSLContext:
    """What certificates are held against; raises DataError for a file that has none."""
    try:
        return ssl.create_default_context(cafile=str(ca_file) if ca_file else None)
    except OSError as error:  # ssl.SSLError is one
        raise DataError("settings", "ca_file", str(ca_file), "a file of certificates", str(error)) from None


def _judged(code: int, said: bytes | str) -> Answer:
    text = f"{code} {_text(said)}"
    if 200 <= code < 300:
        return Answer("sent", text)
    return Answer("refused" if 500 <= code < 600 else "deferred", text)


def _reason(error: Exception) -> str:
    said = getattr(error, "smtp_error", None)
    return _text(said) if isinstance(said, bytes) else str(error)


def _text(said: bytes | str) -> str:
    return said if isinstance(said, str) else said.decode("utf-8", "replace")
