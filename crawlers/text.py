"""Text as it is compared: the one place where letters, quotes and dashes are made alike."""

import hashlib
import re
import unicodedata

# Soft hyphens, zero-width and bidirectional marks carry no meaning and split words.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00]")
_HALF = re.compile("[\ud800-\udfff]")
_SPACES = re.compile(r" [^\S\n]+|[^\S\n ][^\S\n]*")  # but a single space, which is most of them
_BLANK_LINES = re.compile(r" ?\n\s*")

# One character for one character, so that a position in the folded text is one in the clean text.
# ў is kept apart from у: it tells Belarusian words from Russian ones.
_ALIKE = {
    "ё": "е",
    "’": "'", "ʼ": "'", "‘": "'", "`": "'", "´": "'", "ʹ": "'",
    "–": "-", "—": "-", "−": "-", "‑": "-", "‐": "-",
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
}  # fmt: skip

_SENTENCE_END = re.compile(r"(?<=[.!?…])[»\"”']?(\s+)(?=[«\"“„(]?[^\W\da-zа-яёіўїєґ_])|\n+")
# Full stops of initials and of what stands before a name; «г.» after a number is a year, which may end a sentence.
_ABBREVIATED = re.compile(
    r"(?:(?<!\w)[^\W\d_a-zа-яёіўїєґ]|(?<![\w])(?<!\d )(?:г|гг|д|с|о|р)|(?<!\w)(?:им|ім|ул|вул|пл|пр|просп|пер|пос|дер|обл|св"
    r"|проф|акад|доц|ген|инж|зам|нам|пом|гл|гр|тов|см|напр|т\. ?е|т\. ?н|mr|mrs|ms|dr|st|prof|gen))\.$",
)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def clean(text: str) -> str:
    """NFC, no invisible characters, single spaces, single line breaks. What is stored and shown."""
    # the invisible first: a soft hyphen may stand between a letter and its mark
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", whole(text)))
    text = _SPACES.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _BLANK_LINES.sub("\n", text).strip()


def whole(text: str) -> str:
    """The text with U+FFFD for half characters, which JSON may hold and neither UTF-8 nor SQLite can."""
    return text if text.isascii() else _HALF.sub("\ufffd", text)


def fold(text: str) -> str:
    """Lower case, one kind of quote, dash and apostrophe, е for ё. Keeps the length of `text`."""
    lowered = text.lower()
    if len(lowered) != len(text):  # "İ" and a few others grow when lowered
        lowered = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    for char, alike in _ALIKE.items():  # a chain of replace is some sixty times faster than str.translate
        if char in lowered:
            lowered = lowered.replace(char, alike)
    return lowered


def words(text: str) -> list[str]:
    """Words of a text; a hyphen or an apostrophe inside a word belongs to it."""
    return _WORD.findall(text)


def word_spans(text: str) -> list[tuple[int, int]]:
    """(start, end) of each word."""
    return [found.span() for found in _WORD.finditer(text)]


def digest(text: str) -> str:
    """A short fingerprint of exactly this text."""
    return hashlib.blake2b(text.encode(errors="replace"), digest_size=6).hexdigest()


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """(start, end) of each sentence or line of `text`, without the space between them."""
    spans, start = [], 0
    for gap in _SENTENCE_END.finditer(text):
        end = gap.start(1) if gap.start(1) >= 0 else gap.start()
        if gap.start(1) >= 0 and _ABBREVIATED.search(text, max(start, end - 12), end):
            continue
        if end > start:
            spans.append((start, end))
        start = gap.end()
    if start < len(text):
        spans.append((start, len(text)))
    return spans
