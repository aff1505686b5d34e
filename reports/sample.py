"""One text to be explained: out of the archive or out of a file."""

import json
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from crawlers import archive, extract, registry, urls
from crawlers.errors import DataError
from matcher.records import Text, text_of
from matcher.store import as_text
from reports import work
from reports.config import Settings
from reports.restricted import Withheld

_MARKUP = (".html", ".htm", ".xhtml")


def read(settings: Settings, name: str) -> Text:
    """The text at an address or of a number in the archive, or of a file: HTML, a JSON record, or plain text whose
    first line is the headline. Nothing is fetched.

    Raises DataError where there is none, also for an article withheld from the profile in force.
    """
    if name.isdecimal() or urls.is_web(name):
        return _archived(settings, name)
    path = Path(name)
    try:
        content = path.read_bytes()
    except OSError as error:
        allowed = "an article's address or number, or a file"
        raise DataError(name, "", error.strerror or str(error), allowed) from None
    if path.suffix.lower() in _MARKUP:
        page = extract.page(content, "", ZoneInfo("UTC"), datetime.now(UTC))
        if page is None:
            raise DataError(name, "", "no article text in the page", "a page with an article")
        return Text(name, page.title, page.text)
    body = content.decode("utf-8", errors="replace")
    if path.suffix.lower() in (".json", ".jsonl"):
        try:
            record = json.loads(body.splitlines()[0] if path.suffix.lower() == ".jsonl" else body)
        except (ValueError, IndexError, RecursionError) as error:
            raise DataError(name, "", str(error), "one JSON object with a title or a text") from None
        return text_of(record, name, "1")
    headline, _, rest = body.strip().partition("\n")
    return Text(name, headline, rest)


def _archived(settings: Settings, name: str) -> Text:
    outlets = registry.load(settings.sources)
    withheld = Withheld(outlets, settings.profile, datetime.now(UTC).date())
    column, key = ("id", int(name)) if name.isdecimal() else ("key", urls.canonical(name))
    with closing((db := work.open_for(settings, write=False)).conn):
        article = next(archive.articles(db, f"a.{column} = ?", (key,)), None)
    if article is None or not withheld.may_show(article.outlet, article.url):
        repair = "crawl or import it first, or name a file with its text"
        raise DataError(
            "match explain", "article", name, "the address or number of an article of the archive", repair
        )
    return as_text(article, outlets)
