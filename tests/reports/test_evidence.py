"""Adding a missed article by its address: only public pages of listed outlets, and evidence from then on."""

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from crawlers import process, registry
from crawlers.errors import DataError
from matcher import decisions
from matcher.decisions import Verdict
from reports import evidence, gather, work
from reports.config import CrawlSection, Settings
from tests.crawlers.local_press import PROSE, Answer, Site, page
from tests.program import mediagap
from tests.reports.newsstand import Newsstand

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
ABOUT = "Соглашение Гомельской и Брянской областей: что сделано"
TOLD = (
    "Соглашение о сотрудничестве Гомельской области и Брянской области действует. Правительства Гомельской области "
    "и Брянской области обсудили, как выполняется соглашение областей о торгово-экономическом сотрудничестве. " + PROSE
)  # fmt: skip


@pytest.fixture(scope="module")
def stand(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsstand]:
    one = Newsstand(tmp_path_factory.mktemp("stand"))
    one.outlet("paper", region="BY-HO")
    one.outlet("hidden", restrictions=[{"jurisdiction": "BY", "kind": "listed", "since": "2022",
                                        "source": "https://x.example", "as_of": "2026"}])  # fmt: skip
    one.site["/news/1"] = page(ABOUT, TOLD, "2026-11-10T10:00:00+03:00")
    one.site["/news/2"] = page("Погода", "Завтра ожидается дождь и сильный ветер, ночью до пяти градусов. " * 9)
    yield one
    one.site.close()


def by_command(stand: Newsstand, *arguments: str) -> dict[str, Any]:
    done = mediagap("article", "add", *arguments, "--config", str(stand.config), "--json", env=stand.env)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def snapshot(stand: Newsstand) -> Any:
    settings = Settings(db=stand.db, sources=stand.folder / "sources", catalogue=stand.folder / "catalogue")
    db = work.open_for(settings)
    now = datetime.now(UTC)
    return gather.snapshot(db, work.known(settings), registry.load(settings.sources), now)


def test_added_article_is_evidence(stand: Newsstand) -> None:
    added = by_command(stand, "http://paper.example.by/news/1")
    assert (added["outlet"], added["title"], added["day"]) == ("paper", ABOUT, "2026-11-10")
    assert [(one["entry"], one["grade"]) for one in added["matches"]] == [("gomel-bryansk", "about")]
    (one,) = snapshot(stand).publications["gomel-bryansk"]
    assert (one.outlet, str(one.day), one.own, one.confirmed) == ("paper", "2026-11-10", True, False)
    again = by_command(stand, "http://www.paper.example.by/news/1?utm_source=mail")
    assert (again["article"], again["new"]) == (added["article"], False)


def test_person_says_what_the_matcher_does_not_see(stand: Newsstand) -> None:
    added = by_command(
        stand,
        "http://paper.example.by/news/2",
        "--day",
        "2026-11-09",
        "--entry",
        "gomel-bryansk",
        "--by",
        "anna",
    )
    assert added["matches"] == []
    mine = [p for p in snapshot(stand).publications["gomel-bryansk"] if p.article == added["article"]]
    assert [(one.grade, one.confirmed, str(one.day)) for one in mine] == [("about", True, "2026-11-09")]
    done = mediagap(
        "articles", "decide", "http://paper.example.by/news/2", "gomel-bryansk", "no", "--reason", "the weather",
        "--config", str(stand.config), env=stand.env,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "the weather" in done.stdout
    assert added["article"] not in {p.article for p in snapshot(stand).publications["gomel-bryansk"]}


class Local:
    """One outlet on this machine, whose port may be asked."""

    def __init__(self, folder: Path, host: str = "127.0.0.1") -> None:
        self.site = Site()
        stand = Newsstand(folder)
        stand.site.close()
        self.home = f"http://{host}:{self.site.port}"
        stand.outlet("local", region="BY-HO")
        path = folder / "sources" / "by" / "local.yml"
        path.write_text(path.read_text().replace("http://local.example.by", self.home))
        self.settings = Settings(
            db=folder / "a.db", sources=folder / "sources", catalogue=folder / "catalogue", profile="open",
            crawl=CrawlSection(timeout=5, retries=0),
        )  # fmt: skip
        self.db: Database = work.open_for(self.settings)

    def add(self, path: str, *ports: int) -> None:
        evidence.add(self.settings, self.db, f"{self.home}{path}", now=NOW, ports=ports or (self.site.port,))


@pytest.fixture
def local(tmp_path: Path) -> Iterator[Local]:
    one = Local(tmp_path)
    yield one
    one.site.close()


def test_nothing_is_stored_of_what_cannot_be_an_article(local: Local) -> None:
    hidden = Site()
    hidden["/secret"] = page(ABOUT, TOLD)
    local.site["/gone"] = Answer("", 404)
    local.site["/away"] = Answer(status=302, headers={"Location": f"{hidden.url}/secret"})
    local.site["/file"] = Answer(status=302, headers={"Location": "file:///etc/passwd"})
    local.site["/front"] = Answer(status=302, headers={"Location": "/"})
    local.site["/"] = page(ABOUT, TOLD)
    local.site["/bare"] = "<html></html>"
    local.site["/large"] = Answer(b"x", headers={"Content-Length": str(30_000_000)})
    try:
        for path, says in {
            "/gone": "HTTP 404", "/away": "private address", "/file": "nothing to read", "/front": "front page",
            "/bare": "no text of an article", "/large": "nothing to read",
        }.items():  # fmt: skip
            with pytest.raises(DataError, match=says):
                local.add(path)
        assert hidden.asked == []
    finally:
        hidden.close()
    assert local.db.execute("SELECT count(*) FROM articles").fetchone() == (0,)


def test_robots_are_obeyed(local: Local) -> None:
    local.site["/robots.txt"] = "User-agent: *\nDisallow: /"
    local.site["/a"] = page(ABOUT, TOLD)
    with pytest.raises(DataError, match=r"robots\.txt forbids"):
        local.add("/a")
    assert local.site.count("/a") == 0


def test_name_of_a_private_address_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    resolving = "import socket; socket.gethostbyname = lambda name: '127.0.0.1'\n"
    monkeypatch.setattr(process, "_CHILD", resolving + process._CHILD)
    named = Local(tmp_path, "paper.here")
    try:
        with pytest.raises(DataError, match=r"paper\.here is at 127\.0\.0\.1, a private address"):
            named.add("/a", 1)
        assert named.site.asked == []
    finally:
        named.site.close()


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("file:///etc/passwd", "an http or https address"),
        ("http://elsewhere.example/1", "an outlet that is listed"),
        ("http://hidden.example.by/1", "an outlet that is listed"),
    ],
)
def test_addresses_that_are_not_asked(stand: Newsstand, address: str, says: str) -> None:
    asked = len(stand.site.asked)
    settings = Settings(db=stand.db, sources=stand.folder / "sources", catalogue=stand.folder / "catalogue")
    with pytest.raises(DataError, match=says):
        evidence.add(settings, work.open_for(settings), address, now=NOW)
    assert len(stand.site.asked) == asked


def test_gap_tells_how_to_refute_it_and_then_is_none(demo: Path, tmp_path: Path) -> None:
    db = tmp_path / "mediagap.db"
    shutil.copy(demo / "mediagap.db", db)
    env = {"MEDIAGAP_SOURCES": str(demo / "sources"), "MEDIAGAP_DB": str(db)}
    shown = mediagap("gaps", env=env)
    gap = json.loads(mediagap("gaps", "--json", env=env).stdout)[0]
    assert f"mediagap articles add ADDRESS --entry {gap['entry']}" in shown.stdout
    settings = Settings(db=db, sources=demo / "sources")
    opened, now = work.open_for(settings), datetime.now(UTC)
    (article,) = opened.execute(
        "SELECT id FROM articles WHERE outlet = ? ORDER BY published_day DESC LIMIT 1",
        (_paper_of(settings, gap["side"]),),
    ).fetchone()  # fmt: skip
    decisions.decide(opened, work.known(settings).entries, article, gap["entry"], Verdict.YES, "anna", now)
    left = json.loads(mediagap("gaps", "--json", env=env).stdout)
    assert (gap["entry"], gap["side"]) not in {(one["entry"], one["side"]) for one in left}


def _paper_of(settings: Settings, side: str) -> str:
    outlets = registry.load(settings.sources).values()
    return next(one.id for one in outlets if one.place == side and one.is_press and one.control != "exile")
