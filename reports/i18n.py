"""The reader's language: messages, dates, numbers and names. English is the language of the messages' keys."""

import gettext
import io
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from crawlers.errors import DataError
from matcher.catalogue import Catalogue
from matcher.entries import Entry
from matcher.partialdate import PartialDate

LOCALE = Path(__file__).parent / "locale"
LANGUAGES = ("ru", "be", "en")


@dataclass(frozen=True)
class Reader:
    """Says things in one language."""

    language: str
    messages: gettext.NullTranslations

    def t(self, message: str, **values: object) -> str:
        """The message in the reader's language, with its {fields} filled in."""
        return self.messages.gettext(message).format(**values)

    def n(self, singular: str, plural: str, number: int, **values: object) -> str:
        """A message that depends on a number, which is its field {n}."""
        return self.messages.ngettext(singular, plural, number).format(n=number, **values)

    def day(self, day: date) -> str:
        return _written(day, "d MMMM y", self.language)

    def near_day(self, day: date) -> str:
        return _written(day, "d MMMM", self.language)

    def short_day(self, day: date) -> str:
        return _written(day, "d MMM", self.language)

    def month(self, month: str) -> str:
        """A month such as 2026-11, with its year."""
        return _written(date.fromisoformat(f"{month}-01"), "LLLL y", self.language)

    def short_month(self, first: date) -> str:
        return _written(first, "LLL y", self.language)

    def partial(self, when: PartialDate) -> str:
        form = {"day": "d MMMM y", "month": "LLLL y", "year": "y"}[when.precision]
        return _written(when.first, form, self.language)

    def title(self, entry: Entry) -> str:
        return entry.title.get(self.language) or entry.title["en"]

    def place(self, catalogue: Catalogue, code: str) -> str:
        known = catalogue.gazetteer.places.get(code)
        names = known.names if known else {}
        return next(iter(names.get(self.language) or names.get("ru") or (code,)))

    def percent(self, share: float) -> str:
        # downwards: 79.9 % of the days is not the 80 % that a gap needs
        return f"{int(share * 100 + 1e-9)} %"


@lru_cache(maxsize=4096)  # a report has the same days on a thousand pages
def _written(day: date, form: str, language: str) -> str:
    from babel.dates import format_date  # late: not every command writes days in words

    return format_date(day, form, locale=language)


@cache
def reader(language: str) -> Reader:
    """The reader for one of LANGUAGES; raises DataError for another."""
    if language not in LANGUAGES:
        raise DataError("language", "", language, " or ".join(LANGUAGES))
    if language == "en":
        return Reader("en", gettext.NullTranslations())
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with (LOCALE / f"{language}.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Reader(language, gettext.GNUTranslations(compiled))
