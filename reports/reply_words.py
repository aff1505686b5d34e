"""What a reader's answer to a letter says: numbers of rows and words in Russian, Belarusian or English.

Only a whole line counts, and of a line that begins as an answer and goes on otherwise nothing is guessed: the
answer is then not understood. So neither a quoted letter nor a signature is taken for one.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import get_month_names

from reports.i18n import LANGUAGES
from reports.lead_work import DATED, Work

DAYS = 28
"""For which a lead is taken or put off where the reader names no day."""
LATEST = timedelta(days=366)
MOST_LINES = 200
"""Of an answer: what stands below is not read."""

_WORDS: Mapping[Work, str] = {
    Work.TAKEN: r"(?:мы )?(?:беру|берем|возьму|возьмем|бяру|бяр[эо]м|вазьму|возьмем)|(?:(?:i|we) )?take(?: it)?",
    Work.PUT_OFF: r"отложить|отложим|откладыва(?:ю|ем)|позже|адкласці|адкладзем|адклада(?:ю|ем)|пазней|put off|later",
    Work.DECLINED: r"не наш[аеы]?(?: тема| тэма)?|(?:it is )?not ours|not our topic",
    Work.WRITTEN: r"(?:мы )?(?:уже |[уў]жо )?(?:на)?(?:писали|пісалі)|(?:we )?(?:have )?(?:wrote|written)(?: this| it)?",
}
_NUMBERS = r"(?:№ ?)?(?P<numbers>\d{1,2}(?: ?(?:,|и|і|and|&) ?\d{1,2})*)(?: ?[.):–—-])? "
_ANSWER = re.compile(
    rf"(?:{_NUMBERS})?(?:{'|'.join(f'(?P<{work.name}>{words})' for work, words in _WORDS.items())})(?!\w)(?P<rest>.*)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(_NUMBERS)
_QUOTED_ROW = re.compile(r"[> ]*(\d{1,2})\. ")
_ORIGINAL = re.compile(r"(-{3,}|_{5,}|(from|sent|от|отправлено|ад|адпраўлена): )", re.IGNORECASE)
"""Begins the quoted letter where a mail program marks no lines."""
_MONTHS = {
    name.casefold(): number
    for language in LANGUAGES
    for number, name in get_month_names("wide", locale=language).items()
}
_DAY = re.compile(
    r"(?P<day>\d{1,2})(?:\.(?P<month>\d{1,2})(?:\.(?P<year>\d{4})?)?| (?P<name>[^\W\d]+)(?: (?P<y>\d{4}))?)"
)
_FOLDED = str.maketrans("ёЁ", "еЕ")
_LOOSE = " ,:;–—-"
_CITES = (":", "–", "—", "-", "«", '"', "“")
"""Before the citation of what was printed or sent; without one of them a sentence may go on otherwise."""
_BEFORE_DAY = re.compile(r"^(?:до|на|да|until|till|by|to) ", re.IGNORECASE)


class Unclear(ValueError):
    """The answer cannot be understood; the text says which line, or that there is none."""


@dataclass(frozen=True)
class Said:
    """One answer."""

    number: int
    work: Work
    until: date | None
    note: str


def read(text: str, rows: Collection[int], today: date) -> list[Said]:
    """The answers of a mail's text to the numbered `rows` of a letter; raises Unclear where it has none or one
    that cannot be understood, so that of several either all count or none.
    """
    found: list[Said] = []
    row: int | None = None
    lines = iter(_lines(text))
    for line in lines:
        if line.startswith(">"):
            quoted = _QUOTED_ROW.match(line)
            # an answer below a quoted row needs no number; a blank line ends the rows of a part
            row = int(quoted[1]) if quoted else None if line.strip("> ") == "" else row
            continue
        answer = _ANSWER.fullmatch(line.translate(_FOLDED))
        if answer is None:
            begun = _NUMBERED.match(line)
            if begun and _listed(begun)[0] in rows:
                raise Unclear(f'"{line}"')
            continue
        (work,) = (one for one in _WORDS if answer[one.name] is not None)
        rest = line[answer.start("rest") :]
        if work is Work.WRITTEN and not rest.strip(_LOOSE):  # a long address is on a line of its own
            rest = next(lines, "")
        until, note = _told(work, rest, line, today)
        numbers = _listed(answer) or [_only(row, rows, line)]
        if unknown := [one for one in numbers if one not in rows]:
            raise Unclear(f"the letter has no row {unknown[0]}")
        found += [Said(number, work, until, note) for number in numbers]
    if not found:
        raise Unclear("no answer in it")
    if len({one.number for one in found}) < len(found):
        raise Unclear("two answers to one row")
    return found


def _listed(found: re.Match[str]) -> list[int]:
    return [int(one) for one in re.findall(r"\d+", found["numbers"] or "")]


def _lines(text: str) -> Iterator[str]:
    """What the reader wrote and the lines that are marked as quoted, blanks made one."""
    for line in text.splitlines()[:MOST_LINES]:
        shown = " ".join(line.split())
        if line.rstrip("\r\n") == "-- " or _ORIGINAL.match(shown):
            return
        if shown:
            yield shown


def _only(row: int | None, rows: Collection[int], line: str) -> int:
    if row is None and len(rows) == 1:
        (row,) = rows
    if row is None:
        raise Unclear(f'no number in "{line}"')
    return row


def _told(work: Work, rest: str, line: str, today: date) -> tuple[date | None, str]:
    """The day and the note of an answer."""
    note = rest.strip(_LOOSE)
    if work in DATED:
        plain = _BEFORE_DAY.sub("", note.rstrip("!."))
        return (_day(plain, line, today) if plain else today + timedelta(days=DAYS)), ""
    cited = "://" in note or rest.lstrip()[:1] in _CITES
    if work is Work.WRITTEN and (not note.strip('>"«') or not cited):
        raise Unclear(f'no link or citation in "{line}"')
    if work is Work.DECLINED and note.strip("!.") and rest.lstrip()[0] not in _LOOSE + ".(":
        raise Unclear(f'"{line}"')  # such as "not ours alone"
    return None, note if note.strip("!.") else ""


def _day(text: str, line: str, today: date) -> date:
    """`2026-12-01`, `1.12.2026`, `1.12` or `1 December`; without a year the next one. Raises Unclear."""
    try:
        found = _parsed(text, today)
    except ValueError:
        found = None
    if found is None or not today <= found <= today + LATEST:
        raise Unclear(f'no day from today to a year ahead in "{line}"')
    return found


def _parsed(text: str, today: date) -> date | None:
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return date.fromisoformat(text)
    plain = re.sub(r"(?: г| года| г\.)$", "", text)
    match = _DAY.fullmatch(re.sub(r"^([^\W\d]+) (\d{1,2}),?", r"\2 \1", plain))  # December 1, 2026
    if match is None:
        return None
    month = int(match["month"]) if match["month"] else _MONTHS.get(match["name"].casefold())
    year = match["year"] or match["y"]
    if month is None:
        return None
    if year:
        return date(int(year), month, int(match["day"]))
    found = date(today.year, month, int(match["day"]))
    return found if found >= today else date(today.year + 1, month, int(match["day"]))
