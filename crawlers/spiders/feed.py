"""RSS, RDF and Atom feeds."""

from collections.abc import Iterator

import scrapy
from scrapy.http import Response

from crawlers import parse
from crawlers.spiders.base import SourceSpider, Visit


class FeedSpider(SourceSpider):
    name = kind = "feed"

    def read_listing(self, response: Response, visit: Visit) -> Iterator[scrapy.Request]:
        if self.unchanged(response, visit):
            return
        headers = {k.decode("latin-1").lower(): v[-1].decode("latin-1") for k, v in response.headers.items()}
        kept: dict[str, str] = {
            name: headers[name] for name in ("content-type", "content-language") if name in headers
        }
        whole = visit.source.content == "full"
        document = parse.feed(response.body, response.url, kept, visit.outlet.zone, self.now, whole)
        yield from self.store_listing(document, response, visit)
