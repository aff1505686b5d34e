"""The mailbox to which readers answer: opened here and nowhere else, with imap-tools.

Nothing is moved or removed, and reading marks nothing.
"""

import imaplib
import ssl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date

from imap_tools import (
    AND,
    BaseMailBox,
    MailBox,
    MailboxFetchError,
    MailboxLoginError,
    MailBoxStartTls,
    MailBoxUnencrypted,
    MailMessageFlags,
)
from imap_tools.errors import ImapToolsError
from imap_tools.utils import check_command_status

from crawlers.errors import DataError, MediagapError
from reports.config import ImapSection
from reports.send import trust

LARGEST = 5 * 1024 * 1024
"""Bytes of a message that is read at all."""
PORTS = {"tls": 993, "starttls": 143, "none": 143}
SEEN, FLAGGED = MailMessageFlags.SEEN, MailMessageFlags.FLAGGED
_GONE = (ImapToolsError, imaplib.IMAP4.error, OSError)


class MailboxAway(MediagapError):
    """The mailbox cannot be reached just now."""


class Folder:
    """The open folder of answers."""

    def __init__(self, box: BaseMailBox, settings: ImapSection) -> None:
        self._box = box
        self.name = f"{settings.user}@{settings.host}/{settings.folder}"
        self.validity = int(box.folder.status(settings.folder, ["UIDVALIDITY"])["UIDVALIDITY"])

    def since(self, day: date) -> list[int]:
        """UIDs of the messages that arrived from a day on, in their order."""
        return sorted(int(one) for one in self._box.uids(AND(date_gte=day), charset=None))

    def too_large(self, day: date) -> frozenset[int]:
        """Those of them that are larger than LARGEST."""
        return frozenset(map(int, self._box.uids(AND(date_gte=day, size_gt=LARGEST), charset=None)))

    def message(self, uid: int) -> bytes | None:
        """One message as it came; None where it is gone by now."""
        answer = self._box.client.uid("FETCH", str(uid), "(BODY.PEEK[])")
        check_command_status(answer, MailboxFetchError)
        return next((bytes(part[1]) for part in answer[1] if isinstance(part, tuple)), None)

    def mark(self, uids: Iterable[int], flag: str) -> None:
        if wanted := [str(one) for one in uids]:
            self._box.flag(wanted, flag, True)


@contextmanager
def opened(settings: ImapSection) -> Iterator[Folder]:
    """The folder of answers, with the security that the settings ask for, never with less.

    Raises MailboxAway for what may pass, also while the body works on it, and DataError for what somebody has to mend.
    """
    port = settings.port or PORTS[settings.security]
    where = f"{settings.host}:{port}"
    try:
        box = _connect(settings, port)
        try:
            box.login(settings.user, settings.password, settings.folder)
            yield Folder(box, settings)
        finally:
            with suppress(*_GONE):
                box.logout()
    except MailboxLoginError as error:
        raise DataError(where, "imap", str(error), "a server that takes these settings", "see [imap]") from None
    except ssl.SSLCertVerificationError as error:
        raise DataError(where, "imap", str(error), "a certificate that is trusted", "see [imap]") from None
    except _GONE as error:
        raise MailboxAway(f"{where}: {error}") from None


def _connect(settings: ImapSection, port: int) -> BaseMailBox:
    host, timeout = settings.host, settings.timeout
    if settings.security == "none":
        return MailBoxUnencrypted(host, port, timeout=timeout)
    kind = MailBox if settings.security == "tls" else MailBoxStartTls
    return kind(host, port, timeout=timeout, ssl_context=trust(settings.ca_file))
