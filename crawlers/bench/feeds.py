"""Recorded and hand-made feeds over HTTP: an outcome for each, and what was read beside what is expected."""

import argparse
import re
import sys
import tarfile
import tempfile
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from crawlers import parse, urls
from crawlers.bench._expected import Entry, entries, is_document
from crawlers.bench._press import Answer, host, serving, write_outlets
from crawlers.dates import stamp
from crawlers.document import NotAFeed
from crawlers.encoding import Undecodable
from crawlers.extract import plain_text
from crawlers.items import Attempt
from crawlers.outcome import READ, Outcome
from crawlers.run import CrawlSettings, crawl

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
# as some of feedparser's cases state the headers that they are meant to come with
_HEADER = re.compile(rb"^Header:\s+Content-type:\s*([^\r\n]+)", re.MULTILINE | re.IGNORECASE)
Read = list[tuple[str, str | None, str | None, str | None]]
"""Title, address, moment and date as stated, of each entry of a document."""


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m crawlers.bench feeds", description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True, help="folder with feeds/*.tar.gz")
    parser.add_argument("--show", type=int, default=0, help="so many differences of each kind")
    told = parser.parse_args(arguments)
    files: dict[str, bytes] = {}
    for path in sorted((told.corpora / "feeds").glob("*.tar.gz")):
        with tarfile.open(path) as packed:
            for member in packed:
                if member.isfile() and (content := packed.extractfile(member)):
                    files[f"{path.name.split('.')[0]}/{member.name}"] = content.read()
    names = [name for name in files if is_document(name)]

    def say(number: int, path: str, headers: dict[str, str]) -> Answer:  # noqa: ARG001
        if path != "/rss" or number >= len(names):
            return Answer(b"", 404)
        body = files[names[number]]
        kind = _HEADER.search(body[:1000])
        return Answer(body, headers=f"Content-Type: {kind[1].decode('latin-1')}\r\n" if kind else "")

    with tempfile.TemporaryDirectory() as name, serving(say) as port:
        db, sources = Path(name) / "a.db", Path(name) / "sources"
        write_outlets(sources, [[{"kind": "feed", "url": "/rss", "content": "full"}]] * len(names), port)
        found = crawl(CrawlSettings(db, sources, delay=0, retries=0, loopback_ports=(port,), now=NOW))
        log = db.with_name("a.db.crawl.log").read_text(encoding="utf-8")
    attempts = {one.outlet: one for one in found}
    cut = sum(one.message == "a document that is cut off" for one in found)
    sys.stdout.write(f"{len(names)} documents: {dict(Counter(one.outcome for one in found).most_common())}, ")
    sys.stdout.write(f"{cut} of them cut off, {log.count('Traceback')} tracebacks\n")
    _compare(names, files, attempts, port, told.show)
    return 0


def _read(body: bytes, url: str) -> Read:
    """What is read of a document, apart from the archive, in which two documents may show one article."""
    kind = _HEADER.search(body[:1000])
    headers = {"content-type": kind[1].decode("latin-1")} if kind else {}
    try:
        items = parse.feed(body, url, headers, ZoneInfo("Europe/Minsk"), NOW, True).items
    except (NotAFeed, Undecodable):
        return []
    return [(one.title, one.url, stamp(one.published.moment), one.published.raw) for one in items]


def _compare(
    names: list[str], files: Mapping[str, bytes], attempts: dict[str, Attempt], port: int, show: int,
) -> None:  # fmt: skip
    counts: Counter[tuple[str, str]] = Counter()
    for number, name in enumerate(names):
        attempt, base = attempts[f"outlet-{number}"], f"http://{host(number)}:{port}/rss"
        expected = entries(name, files[name], files)
        read = _read(files[name], base) if expected else []
        for entry in expected:
            for field, verdict in _judged(entry, attempt, read, base).items():
                counts[field, verdict] += 1
                if verdict != "agrees" and counts[field, verdict] <= show:
                    sys.stdout.write(f"  {name}: {field}: {verdict}: {entry} / {read[:2]} {attempt.message}\n")
    for field in ("title", "link", "date"):
        mine = {verdict: count for (one, verdict), count in counts.most_common() if one == field}
        rest = ", ".join(f"{count} {verdict}" for verdict, count in mine.items() if verdict != "agrees")
        sys.stdout.write(
            f"{field}s: {mine.get('agrees', 0)} of {sum(mine.values())} agree{rest and '; ' + rest}\n"
        )


def _judged(entry: Entry, attempt: Attempt, read: Read, base: str) -> dict[str, str]:
    """For each field that is expected: that it agrees, or why not."""
    expected = {field: value for field, value in entry._asdict().items() if value is not None}
    if attempt.outcome not in (*READ, Outcome.EMPTY):
        return dict.fromkeys(expected, f"in a document of outcome {attempt.outcome}")
    if not read:
        return dict.fromkeys(expected, "of an entry without title and text")
    verdicts = {}
    if entry.title is not None:
        title = plain_text(entry.title).replace("\n", " ")
        verdicts["title"] = _title(title, [plain_text(one[0]) for one in read])
    if entry.link is not None:
        verdicts["link"] = _link(entry.link, [one[1] for one in read], base)
    if entry.date is not None:
        verdicts["date"] = _date(entry.date, read)
    return verdicts


def _title(title: str, read: list[str]) -> str:
    if not title:
        return "empty"
    if title in read:
        return "agrees"
    bare = re.sub(r"\W+", "", title)
    return "differ in spaces or signs" if bare in [re.sub(r"\W+", "", one) for one in read] else "other"


def _link(link: str, read: list[str | None], base: str) -> str:
    address = urls.join(base, link)
    if address is None:
        return "no web address"
    known = {urls.canonical(one) for one in read if one}
    if urls.canonical(address) in known:
        return "agrees"
    return "relative in the expectation" if "://" not in link else "missing" if not known else "another address"


def _date(date: str, read: Read) -> str:
    try:
        moment = datetime.fromisoformat(date)
    except ValueError:
        return "expectation is no date"
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    if moment > NOW or moment.year < 1990:
        return "in the future or before the web"
    shifts = [abs(datetime.fromisoformat(one[2]) - moment) for one in read if one[2]]
    nearest = min(shifts, default=timedelta.max)
    if nearest <= timedelta(seconds=1):
        return "agrees"
    if nearest <= timedelta(hours=14):
        return "same day: no time or no offset is stated"
    return "no date that is understood is stated" if all(one[3] is None for one in read) else "other"
