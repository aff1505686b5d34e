"""Adding an article that the crawlers missed, by its address: fetched, stored, matched, and evidence from then on."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum

from sqlite_utils import Database

from crawlers import archive, pages, registry, run, single, store, stories, text, urls
from crawlers.dates import Published, Quality
from crawlers.errors import DataError
from crawlers.items import Item, Reading
from crawlers.language import detect
from crawlers.outcome import Outcome
from crawlers.registry import Outlet
from matcher.records import Result
from matcher.store import match_one
from reports import work
from reports.config import Settings
from reports.restricted import Withheld

LABEL = "added"
"""Source of an article that somebody named by its address."""


class Refusal(StrEnum):
    """Why nothing was added."""

    NO_ADDRESS = "no_address"
    UNLISTED = "unlisted"
    FUTURE = "future"
    UNREAD = "unread"
    FRONT = "front"


class Refused(DataError):
    """Nothing was added: told in full for the command line, by kind for who says it in another language."""

    def __init__(
        self, kind: Refusal, where: object, found: str, allowed: str, repair: str = "", outcome: str = ""
    ) -> None:
        super().__init__(where, "", found, allowed, repair)
        self.kind = kind
        self.outcome = outcome
        """Of the attempt to read the page."""


@dataclass(frozen=True)
class Added:
    """An article that was added by its address, and what it matched."""

    article: int
    new: bool
    """False: the archive had it already; it may have a better text or date now."""
    outlet: Outlet
    title: str
    url: str
    day: date | None
    """None: the page names no date. An undated article is evidence in no window."""
    result: Result


def add(
    settings: Settings, db: Database, url: str, day: date | None = None, now: datetime | None = None,
    ports: tuple[int, ...] = (),
) -> Added:  # fmt: skip
    """Fetches an article, stores it for its outlet, joins it to its story and matches it.

    The page is asked for with the manners and guards of a crawl: http and https only, no private address
    (also behind a name or a redirect) but the loopback `ports`, robots.txt, at most DOWNLOAD_MAXSIZE bytes.
    `day`: of publication, where the person knows it better than the page. Raises DataError, and stores
    nothing (Refused), for an address that is none, of no outlet or of one that is restricted for the machine's
    profile, for a page that could not be read, and for a day in the future.
    """
    moment = now or datetime.now(UTC)
    outlets = registry.load(settings.sources)
    withheld = Withheld(outlets, settings.profile, moment.date())
    outlet = _outlet(outlets, withheld, url)
    if day and day > moment.date():
        raise Refused(Refusal.FUTURE, "--day", str(day), "a day that is not in the future")
    crawl = settings.crawl
    fetched = single.fetch(
        run.CrawlSettings(
            settings.db, settings.sources, contact=crawl.contact, timeout=crawl.timeout, delay=0,
            retries=crawl.retries, loopback_ports=ports, profile=settings.profile,
        ),
        url, outlet.time_zone,
    )  # fmt: skip
    if fetched.outcome != Outcome.NEW:
        raise Refused(
            Refusal.UNREAD, url, f"nothing to read: {fetched.message}", "an article's page that can be read",
            outcome=fetched.outcome,
        )  # fmt: skip
    if urls.canonical(fetched.url) != urls.canonical(url):
        outlet = _outlet(outlets, withheld, fetched.url)
    if _is_front(fetched.url):
        raise Refused(Refusal.FRONT, url, fetched.url, "the page of one article", "it leads to the front page")
    published = fetched.published
    if day:
        noon = datetime.combine(day, time(12), outlet.zone)
        published = Published(noon.astimezone(UTC), str(day), Quality.DAY)
    elif published.moment is None:
        published = published._replace(quality=Quality.IMPORTED)  # it did not come out when it was added
    item = Item(
        fetched.url, text.clean(fetched.title).replace("\n", " ") or fetched.text.split("\n")[0][:120], fetched.text,
        published, None, detect(f"{fetched.title}\n{fetched.text}", outlet.languages), Reading.PAGE,
    )  # fmt: skip
    with store.writing(db) as connection:
        number, new = archive.save(connection, item, outlet.id, LABEL, outlet.zone, moment)
        pages.read(connection, fetched.url)
    stories.group(db, outlets)
    result = match_one(db, work.matcher(settings), outlets, number)
    (stored,) = archive.articles(db, "a.id = ?", (number,))
    return Added(number, new, outlet, stored.title, fetched.url, stored.day, result)


def _outlet(outlets: dict[str, Outlet], withheld: Withheld, url: str) -> Outlet:
    if not urls.is_web(url):
        raise Refused(Refusal.NO_ADDRESS, "address", url, "an http or https address")
    host = urls.host_of(url)
    found = next((one for one in outlets.values() if host in one.own_hosts), None)
    if found is None or not withheld.may_show(found.id, url):
        # that a restricted outlet is known is not told either
        raise Refused(
            Refusal.UNLISTED, "address", url, "an address of an outlet that is listed and may be read here",
            "see `mediagap sources list`, or list its outlet with `mediagap sources add`",
        )  # fmt: skip
    return found


def _is_front(url: str) -> bool:
    return not url.split("//", 1)[-1].partition("/")[2].strip("/")
