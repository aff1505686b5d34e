"""The crawling process: `python -m crawlers.child '{"MEDIAGAP_DB": ...}'`.

A reactor starts once per process, so every crawl has a process of its own.
"""

import json
import logging
import sys
from collections import Counter
from collections.abc import Generator
from pathlib import Path
from typing import Any

from scrapy import Spider
from scrapy.crawler import CrawlerProcess
from scrapy.settings import Settings
from scrapy.utils.log import failure_to_exc_info
from twisted.internet.defer import Deferred, inlineCallbacks
from twisted.python.failure import Failure

from crawlers import registry
from crawlers.spiders.feed import FeedSpider
from crawlers.spiders.listing import ListingSpider
from crawlers.spiders.probe import ProbeSpider
from crawlers.spiders.single import SingleSpider
from crawlers.spiders.sitemap import SitemapSpider
from crawlers.spiders.wordpress import WordpressSpider
from crawlers.workers import Workers

SOURCE_SPIDERS: list[type[Spider]] = [FeedSpider, SitemapSpider, WordpressSpider, ListingSpider]


def main(argument: str) -> int:
    settings = Settings()
    settings.setmodule("crawlers.settings", priority="project")
    settings.setdict(json.loads(argument), priority="cmdline")
    process = CrawlerProcess(settings)
    looks: list[type[Spider]] = [ProbeSpider] if settings["MEDIAGAP_PROBES"] else []
    looks += [SingleSpider] if settings["MEDIAGAP_SINGLE"] else []
    spiders = looks or SOURCE_SPIDERS
    workers = Workers()
    shared: dict[str, Any] = {"workers": workers}
    if not looks:
        outlets = registry.load(Path(settings["MEDIAGAP_SOURCES"] or registry.SOURCES))
        shared |= {"outlets": outlets, "pages_asked": Counter()}

    @inlineCallbacks
    def one_after_the_other() -> Generator[Deferred[Any], Any, None]:
        # side by side, an outlet with a feed and a sitemap would be asked for two things at a time
        try:
            for spider in spiders:
                yield process.crawl(spider, **shared)
        finally:
            workers.close()

    one_after_the_other().addErrback(_tell)
    try:
        process.start()
    finally:
        workers.close()  # a crawl that is ended at once comes to no end of its own
    return 1 if process.bootstrap_failed else 0


def _tell(failure: Failure) -> None:
    logging.getLogger(__name__).error("a spider did not start", exc_info=failure_to_exc_info(failure))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
