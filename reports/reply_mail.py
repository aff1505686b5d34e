"""A message of the mailbox: who sent it, which letters it names, what its writer wrote. Nothing here is believed yet."""

import hashlib
import re
from email.message import Message
from email.utils import getaddresses

import lxml.etree
import lxml.html
from imap_tools import MailMessage

from crawlers.extract import plain_text

_TOKEN = re.compile(r"\b(\d{4}-W\d{2}\.[0-9a-f]{20})\b")
_BY_MACHINE = re.compile(r"bulk|junk|list|auto_reply", re.IGNORECASE)


def automatic(message: Message) -> bool:
    """Whether a machine sent it: out of office, a bounce, a mailing list. RFC 3834, and what came before it."""
    auto = str(message.get("Auto-Submitted", "no")).split(";")[0].strip().casefold()
    named = any(name in message for name in ("X-Autoreply", "X-Autorespond", "List-Id", "X-Loop"))
    empty = str(message.get("Return-Path", "")).strip() == "<>"
    report = message.get_content_type() == "multipart/report"
    listed = _BY_MACHINE.fullmatch(str(message.get("Precedence", "")).strip()) is not None
    return auto != "no" or named or empty or report or listed


def tokens(message: MailMessage) -> list[str]:
    """Of the letters that it names: in its headers first, else where it quotes them."""
    headers = (str(one) for name in ("In-Reply-To", "References") for one in message.obj.get_all(name, ()))
    return _TOKEN.findall("\n".join([*headers, message.text, message.html]))


def sender(message: Message) -> str:
    """The one address that it is from, in small letters; "" where there are none or several."""
    headers = [str(one) for one in message.get_all("From", ())]
    found = [address for _, address in getaddresses(headers)]
    return found[0].casefold() if len(headers) == len(found) == 1 else ""


def disowned(message: Message) -> bool:
    """Whether the server that took it says that the sender's domain has not sent it."""
    return any("dmarc=fail" in str(one).casefold() for one in message.get_all("Authentication-Results", ()))


def text(message: MailMessage) -> str:
    """Its plain text, or that of its HTML without what it quotes."""
    return message.text if message.text.strip() else _without_quotes(message.html)


def digest(message: MailMessage) -> str:
    """By which a message is known again under another UID: SHA-256 of its Message-ID, or of all of it."""
    own = str(message.obj.get("Message-ID", "")).strip()
    return hashlib.sha256(own.encode("utf-8", "replace") or message.obj.as_bytes()).hexdigest()


def _without_quotes(markup: str) -> str:
    try:
        root = lxml.html.document_fromstring(markup)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError, ValueError):
        return ""
    lxml.etree.strip_elements(root, "blockquote", with_tail=False)
    return plain_text(lxml.html.tostring(root, encoding="unicode"))
