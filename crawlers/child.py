"""The crawling process: `python -m crawlers.child '{"MEDIAGAP_DB": ...}'`.

A reactor starts once per process, so every crawl has a process of its own.
"""

import json
import sys

from scrapy.crawler import CrawlerProcess
from scrapy.settings import Settings

from crawlers.spiders.feed import FeedSpider
from crawlers.spiders.sitemap import SitemapSpider
from crawlers.spiders.wordpress import WordpressSpider


def main(argument: str) -> int:
    settings = Settings()
    settings.setmodule("crawlers.settings", priority="project")
    settings.setdict(json.loads(argument), priority="cmdline")
    process = CrawlerProcess(settings)
    for spider in (FeedSpider, SitemapSpider, WordpressSpider):
        process.crawl(spider)
    process.start()
    return 1 if process.bootstrap_failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
