"""Making one harmless line of text that others wrote: titles, names, answers of servers."""

import re
import unicodedata

# Marks that turn the direction of writing would turn the rest of the line, the subject or a file name too.
_DIRECTION = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def one_line(text: str, most: int | None = None) -> str:
    """The text on one line, without control characters and marks of direction; cut at a word with "…"."""
    shown = text
    if not text.isprintable():  # as nearly all are: then there is nothing of this in it
        shown = _DIRECTION.sub("", text)
        shown = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in shown)
        shown = shown.encode("utf-8", "replace").decode("utf-8")
    shown = " ".join(shown.split())
    if most is None or len(shown) <= most:
        return shown
    head = shown[: most - 1]
    cut = head.rsplit(" ", 1)[0] if " " in head[most // 2 :] else head
    return cut.rstrip(" ,;:-–—«(") + "…"


def file_name(text: str) -> str:
    """The text as part of a file name: letters and digits of ASCII, points, dashes and underscores only."""
    return "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "-" for c in text).strip(".-") or "-"
