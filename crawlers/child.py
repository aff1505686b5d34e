"""The crawling process: `python -m crawlers.child '{"MEDIAGAP_DB": ...}'`.

A reactor starts once per process, so every crawl has a process of its own.
"""

import json
import logging
import sys
from collections.abc import Generator
from typing import Any

from scrapy import Spider
from scrapy.crawler import CrawlerProcess
from scrapy.settings import Settings
from scrapy.utils.log import failure_to_exc_info
from twisted.internet.defer import Deferred, inlineCallbacks
from twisted.python.failure import Failure

from crawlers.spiders.feed import FeedSpider
from crawlers.spiders.listing import ListingSpider
from crawlers.spiders.probe import ProbeSpider
from crawlers.spiders.sitemap import SitemapSpider
from crawlers.spiders.wordpress import WordpressSpider

SOURCE_SPIDERS: list[type[Spider]] = [FeedSpider, SitemapSpider, WordpressSpider, ListingSpider]


def main(argument: str) -> int:
    settings = Settings()
    settings.setmodule("crawlers.settings", priority="project")
    settings.setdict(json.loads(argument), priority="cmdline")
    process = CrawlerProcess(settings)
    spiders: list[type[Spider]] = [ProbeSpider] if settings["MEDIAGAP_PROBES"] else SOURCE_SPIDERS

    @inlineCallbacks
    def one_after_the_other() -> Generator[Deferred[Any], Any, None]:
        # side by side, an outlet with a feed and a sitemap would be asked for two things at a time
        for spider in spiders:
            yield process.crawl(spider)

    one_after_the_other().addErrback(_tell)
    process.start()
    return 1 if process.bootstrap_failed else 0


def _tell(failure: Failure) -> None:
    logging.getLogger(__name__).error("a spider did not start", exc_info=failure_to_exc_info(failure))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
