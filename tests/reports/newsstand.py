"""Outlets of the public web for the real command: it fetches them by a proxy, which is a local site."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from tests.crawlers.local_press import PROSE, Site, entry, outlet_data, page, rss

# One entry: what the commands do takes as long with it as with hundreds, but for reading and writing them.
CATALOGUE = """\
names_checked: "2026-01-31"
entries:
  - id: gomel-bryansk
    kind: agreement
    title: {ru: Соглашение областей, be: Пагадненне абласцей, en: Agreement of the regions}
    parties: [{place: BY-HO}, {place: RU-BRY}]
    pairs: ["BY-HO:RU-BRY"]
    signed: "2006"
    status: signed
    status_as_of: "2017"
    sector: [general]
    book: {chapters: [10]}
"""
YESTERDAY = datetime.now(UTC) - timedelta(days=1)


class Newsstand:
    """A settings file, source files, and the one site that answers for all hosts.

    The command refuses to fetch from this machine, as it should. It follows the usual `http_proxy` though, so
    that nothing in it has to be replaced.
    """

    def __init__(self, folder: Path) -> None:
        self.folder, self.site = folder, Site()
        self.db = folder / "mediagap.db"
        self.config = folder / "mediagap.toml"
        self.settings()

    def settings(self, more: str = "") -> None:
        listed = self.folder / "catalogue" / "xx" / "one.yml"
        listed.parent.mkdir(parents=True, exist_ok=True)
        listed.write_text(CATALOGUE, encoding="utf-8")
        names = ("sources", "catalogue", "outbox", "report")
        places = "".join(f"{name} = '{self.folder / name}'\n" for name in names)
        text = f"db = '{self.db}'\n{places}{more}\n[crawl]\ndelay = 0\nretries = 0\ntimeout = 20\n"
        self.config.write_text(text, encoding="utf-8")

    @property
    def env(self) -> dict[str, str]:
        return {"http_proxy": self.site.url, "MEDIAGAP_DB": str(self.db)}

    def outlet(self, name: str, articles: int = 0, **more: Any) -> None:
        """An outlet whose feed lists so many articles, each of which has to be read on its page."""
        home = f"http://{name}.example.by"
        listed = [{"kind": "feed", "url": f"{home}/{name}/rss"}]
        data = outlet_data(name, homepage=f"{home}/", sources=listed, **more)
        path = self.folder / "sources" / data["country"].lower() / f"{name}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(data), encoding="utf-8")
        entries = []
        for number in range(1, articles + 1):
            entries.append(entry(f"{home}/{name}/{number}", f"Статья {number}", YESTERDAY))
            self.site[f"/{name}/{number}"] = page(f"Статья {number}", f"{PROSE} Номер {number}.")
        self.site[f"/{name}/rss"] = rss(*entries)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.db)) as connection:
            return connection.execute(sql).fetchall()


@contextmanager
def opened(folder: Path) -> Iterator[Newsstand]:
    stand = Newsstand(folder)
    try:
        yield stand
    finally:
        stand.site.close()
