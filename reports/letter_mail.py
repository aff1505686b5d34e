"""The letter as a mail: a text part, an HTML part, and the limits that hold for every letter."""

import hashlib
import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from pathlib import Path
from urllib.parse import quote

from crawlers.errors import DataError
from reports import tidy
from reports.letter import Budget, Letter, Task, compose, smaller
from reports.site import environment
from reports.view import View

LARGEST = 90 * 1024
"""Bytes of the HTML part: mail programs cut at 102 KB."""
MOST_WORDS, MOST_LINKS = 350, 12
LONG_LINES = SMTP.clone(max_line_length=500)
"""For the header: of an address that does not fit into 78 letters the first line would be left empty."""
_LINK = re.compile(r"<a\s")


def message(view: View, task: Task, sender: str, reply_to: str, token: str) -> tuple[EmailMessage, Letter]:
    """The mail of a letter, and the letter it shows."""
    leave = f"mailto:{parseaddr(reply_to or sender)[1]}?subject={quote(f'unsubscribe {token}')}"
    letter, told, page = _within_limits(view, task, leave)
    mail = EmailMessage(SMTP)
    mail["Subject"] = tidy.one_line(letter.subject, 200)
    mail["From"] = sender
    mail["To"] = Address(tidy.one_line(task.reader.name, 100), addr_spec=task.reader.address)
    if reply_to:
        mail["Reply-To"] = reply_to
    mail["Date"] = format_datetime(view.snapshot.now)
    mail["Message-ID"] = message_id(task, sender)
    mail["List-Unsubscribe"] = f"<{leave}>"
    mail["Content-Language"] = task.reader.language
    # base64: quoted-printable makes Cyrillic a quarter longer, and 8 bits not every server takes
    mail.set_content(told, cte="base64")
    mail.add_alternative(page, subtype="html", cte="base64")
    # the same letter is the same bytes; left alone, the library would draw lots
    mail.set_boundary(f"=={hashlib.sha256(mail['Message-ID'].encode()).hexdigest()[:24]}==")
    mail.policy = LONG_LINES  # not before: base64 keeps to its 76 letters a line
    return mail, letter


def message_id(task: Task, sender: str) -> str:
    """The same for a reader and week, however often the letter is made; it does not tell the address."""
    domain = parseaddr(sender)[1].rpartition("@")[2]
    return f"<{task.token}@{domain}>"


def _within_limits(view: View, task: Task, leave: str) -> tuple[Letter, str, str]:
    """The longest letter within the limits; raises ValueError if the shortest is not, which is a fault of ours."""
    env, budget = environment(), Budget()
    while True:
        letter = compose(view, task, budget)
        values = {"letter": letter, "r": view.reader, "t": view.reader.t, "leave": leave, "public": task.public}
        told = re.sub(r"\n{3,}", "\n\n", env.get_template("letter.txt").render(**values)).strip() + "\n"
        page = re.sub(r"\n\s*\n+", "\n", env.get_template("letter.html").render(**values))
        if (
            len(told.split()) <= MOST_WORDS
            and len(_LINK.findall(page)) <= MOST_LINKS
            and len(page.encode()) <= LARGEST
        ):
            return letter, told, page
        if smaller(budget) == budget:
            raise ValueError(f"letter of {task.week}: {len(told.split())} words, {len(page.encode())} bytes")
        budget = smaller(budget)


def to_outbox(mail: EmailMessage, folder: Path, name: str) -> Path:
    """Writes a mail as an .eml file, whole or not at all; one of the same name is replaced."""
    path = folder / f"{name}.eml"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".part")
        draft.write_bytes(mail.as_bytes())
        draft.replace(path)
    except OSError as error:
        raise DataError(path, "", error.strerror or str(error), "a folder that you can write") from None
    return path


def file_name(task: Task) -> str:
    """Week and address, with a piece of the reader's key: `a+b@c.org` and `a-b@c.org` are two letters."""
    return f"{task.week}.{tidy.file_name(task.reader.address)[:60]}.{task.reader.key[:6]}"
