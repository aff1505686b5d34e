"""How a source file says where a listing page keeps its items."""

from datetime import UTC, datetime
from typing import Annotated

from cssselect import SelectorError
from pydantic import AfterValidator, ValidationInfo

from crawlers.datafile import Strict
from crawlers.errors import DataError

CHECKED = {"checked": True}
"""Context of data that came out of these models before: to look at a selector imports a parser of pages."""


def _css(selector: str, info: ValidationInfo) -> str:
    if info.context == CHECKED:
        return selector
    from parsel.csstranslator import HTMLTranslator  # few sources have a selector

    try:
        HTMLTranslator().css_to_xpath(selector)
    except SelectorError:
        raise DataError("", "", selector, "a CSS selector, with ::text or ::attr(name) if need be") from None
    return selector


def _date_format(form: str) -> str:
    known = datetime(2026, 11, 24, tzinfo=UTC)
    try:
        read = datetime.strptime(known.strftime(form), form)
    except ValueError:
        read = None
    if read is None or (read.year, read.month, read.day) != (2026, 11, 24):
        raise DataError("", "", form, "a strptime format with year, month and day, such as %d.%m.%Y %H:%M")
    return form


Css = Annotated[str, AfterValidator(_css)]


class Selectors(Strict):
    """Where a listing page keeps its items and what belongs to each."""

    items: Css
    """One element for each item; the others are looked for inside it."""
    link: Css = "a"
    title: Css | None = None
    """Without it, the words of the link."""
    date: Css | None = None
    """Its `datetime` attribute where it has one, else its words."""
    date_format: Annotated[str, AfterValidator(_date_format)] | None = None
    """How a date that is not ISO 8601 is written. Without an offset it is in the outlet's time zone."""
    next: Css | None = None
    """The link to the page with older items."""
