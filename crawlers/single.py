"""One article page that somebody names by its address: fetched with the manners and guards of a crawl."""

import json
import tempfile
from dataclasses import dataclass
from datetime import datetime

from crawlers import dates
from crawlers.dates import Published, Quality
from crawlers.outcome import Outcome
from crawlers.process import Event, run_child
from crawlers.run import CrawlSettings


@dataclass(frozen=True)
class Fetched:
    """What came of it. Only where the outcome is NEW is there an article."""

    outcome: str
    message: str
    """Why there is none, in a phrase."""
    url: str
    """Where the redirects ended."""
    title: str = ""
    text: str = ""
    published: Published = dates.UNKNOWN


def fetch(settings: CrawlSettings, url: str, zone: str) -> Fetched:
    """Fetches one page. Nothing is stored, and no private address is asked, by whatever name or redirect.

    `zone`: time zone in which the page's dates are written. Never raises for what a site answers.
    """
    told: list[Event] = []
    arguments = {**settings.scrapy(), "MEDIAGAP_SINGLE": json.dumps({"url": url, "zone": zone})}
    with tempfile.TemporaryFile("w+", encoding="utf-8") as errors:
        code = run_child(arguments, errors, told.append)
    if not told:
        return Fetched(Outcome.NOT_TRIED, f"the fetching process ended with code {code}", url)
    one = told[-1]
    moment: datetime | None = dates.moment(one["published"]) if one["published"] else None
    published = Published(moment, one["raw"], Quality(one["quality"]))
    return Fetched(one["outcome"], one["message"], one["url"], one["title"], one["text"], published)
