"""The letters of a document: what encoding its bytes are in, whatever it says.

Text in wrong letters matches nothing, and would be counted as read: a gap without a cause. So what cannot be
told is refused.
"""

import codecs
import re

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_UNMARKED = ((b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be"))
_STATED = re.compile(rb"""(?:encoding|charset)\s*=\s*["']?\s*([A-Za-z0-9._:-]+)""", re.IGNORECASE)
_FOREIGN = re.compile(r"[^\x00-\x7f]")
# No language writes four such letters in a row, and half of its foreign letters so; Cyrillic that is read in
# a Western encoding does.
_WESTERN_RUNS = re.compile("[\u00c0-\u017f]{4,}")
_SMALL, _CAPITAL = re.compile("[а-яё]"), re.compile("[А-ЯЁ]")
_MARK_OF_LOSS = "\ufffd".encode()  # as sites print it that lost letters themselves
_LOST = 0.05
"""Share of letters that may be broken, by an editor's tool or a cut, before an encoding is not believed."""


class Undecodable(Exception):
    """The bytes are in no encoding that could be found out: letters would be lost."""


def decode(body: bytes, content_type: str = "") -> str:
    """The text of a document: UTF-8 where it is that, else as the document or the header states.

    Where neither can be true it is windows-1251, or, if that makes no words, Undecodable.
    """
    for start, name in (*_MARKS, *_UNMARKED):
        if body.startswith(start):
            return body.decode(name, "replace")
    stated = [*_STATED.findall(body[:2048]), *_STATED.findall(content_type.encode("latin-1", "replace"))]
    for name in ("utf-8", *(found.decode("ascii") for found in stated)):
        text = _in(body, name)
        if text is not None:
            return text
    text = _in(body, "windows-1251")
    # koi8-r read as windows-1251 is Cyrillic too, but with capitals for small letters
    if text is None or len(_SMALL.findall(text)) <= len(_CAPITAL.findall(text)):
        raise Undecodable(f"bytes that are no {' or '.join(['utf-8', *(s.decode() for s in stated)])}")
    return text


def _in(body: bytes, name: str) -> str | None:
    """The text in an encoding, or None where it is hardly in that one."""
    try:
        text = body.decode(name, "replace")
    except LookupError:  # no encoding that we know, or none of text
        return None
    lost = text.count("\ufffd") - body.count(_MARK_OF_LOSS)
    foreign = len(_FOREIGN.findall(text))
    western = sum(map(len, _WESTERN_RUNS.findall(text)))
    return text if lost <= _LOST * foreign and western * 2 <= foreign else None
