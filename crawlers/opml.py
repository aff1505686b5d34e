"""Lists of feeds as readers exchange them."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from opyml import OPML, Body, Head, Outline

from crawlers import urls
from crawlers.errors import DataError
from crawlers.registry import Outlet


class Feed(NamedTuple):
    """One entry of a list."""

    title: str
    url: str
    homepage: str | None


def read(path: Path) -> list[Feed]:
    """The feeds of an OPML file, in its order, whatever folders they stand in; raises DataError for any other file."""
    try:
        # bytes, which it hands on as they are: the document itself declares its letters
        document = OPML.from_xml(path.read_bytes())
    except OSError as error:
        raise DataError(path, "", error.strerror or str(error), "an OPML file") from None
    except (ParseError, ValueError, DefusedXmlException) as error:
        raise DataError(
            path, "", str(error), "an OPML file", "mend it there or export the list again"
        ) from None
    return list(_feeds(document.body.outlines))


def write(outlets: Iterable[Outlet]) -> str:
    """The feeds of outlets as OPML, one folder a country."""
    folders: dict[str, list[Outline]] = {}
    for outlet in outlets:
        for source in outlet.sources:
            if source.kind == "feed":
                line = Outline(
                    outlet.title, type="rss", xml_url=source.url, html_url=outlet.homepage, title=outlet.title
                )
                folders.setdefault(outlet.country, []).append(line)
    listed = [Outline(country, outlines=lines) for country, lines in folders.items()]
    document = OPML(head=Head(title="mediagap"), body=Body(listed))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{document.to_xml()}\n'


def _feeds(outlines: Iterable[Outline]) -> Iterator[Feed]:
    for one in outlines:
        if one.xml_url and urls.is_web(one.xml_url):
            home = one.html_url if one.html_url and urls.is_web(one.html_url) else None
            yield Feed(one.title or one.text or "", one.xml_url, home)
        yield from _feeds(one.outlines or [])
