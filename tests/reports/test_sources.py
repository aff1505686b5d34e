"""`mediagap sources`: what is known is listed, what cannot be observed is said, what is restricted is not named."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from crawlers import opml, registry, retired, store
from crawlers.errors import DataError
from reports.work import TABLES
from tests.crawlers.local_press import Answer, Press, Site, at, entry, page, rss
from tests.program import mediagap

UNREAD = {"jurisdiction": "BY", "kind": "to_verify", "as_of": None}
NOW = at("2026-11-24T12:00")


@pytest.fixture
def press(tmp_path: Path) -> Iterator[Press]:
    local = Press(tmp_path)
    yield local
    local.close()


@pytest.fixture
def env(press: Press) -> dict[str, str]:
    return {"MEDIAGAP_SOURCES": str(press.sources), "MEDIAGAP_DB": str(press.db_path)}


def feed(site: Site, *days: int) -> bytes:
    return rss(*(entry(f"{site.url}/n/{d}", f"Новость {d}", at(f"2026-11-{d:02}T08:00")) for d in days))


def home(*links: str) -> Answer:
    heads = "".join(
        f'<link rel="alternate" type="application/rss+xml" title="Новости" href="{one}">' for one in links
    )
    text = f'<!doctype html><html><head><meta charset="utf-8"><title>Наша газета</title>{heads}</head><body>Дом</body></html>'
    return Answer(text, headers={"Content-Type": "text/html; charset=utf-8"})


def checked(press: Press, env: dict[str, str], *names: str) -> dict[str, dict[str, Any]]:
    done = mediagap("sources", "check", *names, "--json", *ports(press), env=env)
    assert done.returncode == 0, done.stderr
    return {one["id"]: one for one in json.loads(done.stdout)}


def ports(press: Press) -> list[str]:
    return [
        part for site in (*press.sites.values(), *press.hidden) for part in ("--allow-port", str(site.port))
    ]


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        ([], ["gazeta", "radio", "sayt"]),
        (["--country", "BY"], ["gazeta", "radio", "sayt"]),
        (["--country", "RU"], []),
        (["--region", "BY-MA"], ["radio"]),
        (["--type", "broadcaster"], ["radio"]),
        (["--kind", "none"], ["sayt"]),
        (["--kind", "feed", "--region", "BY-HO"], ["gazeta"]),
    ],
)
def test_list_filters(press: Press, env: dict[str, str], filters: list[str], ids: list[str]) -> None:
    press.outlet("gazeta")
    press.outlet("radio", type="broadcaster", region="BY-MA")
    path = press.sources / "by" / "sayt.yml"
    path.write_text(
        (press.sources / "by" / "gazeta.yml").read_text("utf-8").replace("id: gazeta", "id: sayt"), "utf-8"
    )
    text = path.read_text("utf-8")
    path.write_text(
        text[: text.index("sources:")]
        + "sources: []\ntime_zone: Europe/Minsk\ntitle: Сайт\ntype: press\nverified: null\n",
        "utf-8",
    )
    assert [
        one["id"] for one in json.loads(mediagap("sources", "list", "--json", *filters, env=env).stdout)
    ] == ids
    shown = mediagap("sources", "list", *filters, env=env).stdout
    assert [name for name in ("gazeta", "radio", "sayt") if name in shown] == ids


@pytest.mark.parametrize(
    ("option", "value"),
    [("--kind", "telegram"), ("--type", "paper"), ("--region", "BY-XX"), ("--country", "XX")],
)
def test_list_refuses_unknown_values(option: str, value: str) -> None:
    done = mediagap("sources", "list", option, value)
    assert done.returncode == 2
    assert f"{option}: found '{value}'" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "command",
    [
        ["list"],
        ["list", "--json"],
        ["stats"],
        ["export"],
        ["export", "--json"],
        ["health", "--all"],
        ["health", "--json"],
    ],
)
def test_restricted_outlet_is_named_nowhere(press: Press, env: dict[str, str], command: list[str]) -> None:
    press.outlet("gazeta")["/rss"] = rss()
    hidden = press.outlet("zakryta", restrictions=[UNREAD])
    press.crawl(NOW)
    store.open_database(press.db_path, TABLES).conn.close()
    done = mediagap("sources", *command, env=env)
    assert done.returncode == 0, done.stderr
    for word in ("zakryta", str(hidden.port)):
        assert word not in done.stdout + done.stderr


def test_restricted_outlet_is_neither_shown_nor_checked(press: Press, env: dict[str, str]) -> None:
    hidden = press.outlet("zakryta", restrictions=[UNREAD])
    for command in (["show", "zakryta"], ["check", "zakryta", *ports(press)]):
        assert mediagap("sources", *command, env=env).returncode == 2
    assert not hidden.asked
    assert json.loads(
        mediagap("sources", "show", "zakryta", "--json", env=env | {"MEDIAGAP_PROFILE": "RU"}).stdout
    )


def test_show_tells_all(press: Press, env: dict[str, str]) -> None:
    site = press.outlet("gazeta", title="Газета")
    shown = mediagap("sources", "show", "gazeta", env=env).stdout
    assert "title: Газета" in shown
    assert f"source gazeta/feed: {site.url}/rss" in shown


def test_stats_of_the_real_outlets_count_sides_and_name_the_blind(tmp_path: Path) -> None:
    data = json.loads(mediagap("sources", "stats", "--json").stdout)
    sides = {side: counts for pair in data["pairs"] for side, counts in pair["sides"].items()}
    assert sides["RU-KOS"] == {"known": 5, "observable": 5, "families": 5}
    assert data["not_observable"] == [side for side in sorted(sides) if not sides[side]["observable"]]
    told = mediagap("sources", "stats", env={"MEDIAGAP_SOURCES": str(tmp_path)}).stdout
    assert f"Sides of which no outlet can be observed: {', '.join(sorted(sides))}\n" in told


def test_check_tells_what_it_read(press: Press, env: dict[str, str]) -> None:
    site = press.outlet("gazeta")
    site["/rss"] = feed(site, 23, 20)
    found = checked(press, env)["gazeta/feed"]
    assert (found["outcome"], found["entries"], found["newest"]) == ("new", 2, "2026-11-23T08:00:00Z")
    assert found["proposals"] == []
    assert not press.db_path.exists()


def test_check_proposes_the_feed_that_the_homepage_announces(press: Press, env: dict[str, str]) -> None:
    site = press.outlet("gazeta")
    site["/"], site["/new.xml"] = home("/comments/feed", "/broken", "/new.xml"), feed(site, 23)
    found = checked(press, env)["gazeta/feed"]
    assert (found["outcome"], found["status"]) == ("gone", 404)
    assert [(p["kind"], p["url"], p["entries"]) for p in found["proposals"]] == [
        ("feed", f"{site.url}/new.xml", 1)
    ]
    assert site.count("/comments/feed") == 0


@pytest.mark.parametrize(("status", "moved"), [(301, True), (308, True), (302, False)])
def test_check_tells_a_move_from_a_redirect(
    press: Press, env: dict[str, str], status: int, moved: bool
) -> None:
    site = press.outlet("gazeta")
    site["/rss"] = Answer("", status, {"Location": "/rss2"})
    site["/rss2"] = feed(site, 23)
    found = checked(press, env)["gazeta/feed"]
    assert (found["outcome"], found["final_url"]) == ("new", f"{site.url}/rss2")
    assert [p["url"] for p in found["proposals"]] == ([f"{site.url}/rss2"] if moved else [])


def test_check_proposes_what_crawls_remember_of_a_move(press: Press, env: dict[str, str]) -> None:
    """The one does not answer now, the other has come back; the third says it itself."""
    sites = {name: press.outlet(name) for name in ("away", "back", "same")}
    for site in sites.values():
        site["/rss"], site["/rss2"] = Answer("", 301, {"Location": "/rss2"}), feed(site, 23)
    press.crawl(NOW, most_pages=0)
    sites["away"]["/rss"], sites["back"]["/rss"] = Answer("", 503), feed(sites["back"], 23)
    assert {
        name: [tuple(p.values()) for p in one["proposals"]] for name, one in checked(press, env).items()
    } == {
        "away/feed": [
            (
                "feed",
                f"{sites['away'].url}/rss2",
                None,
                "crawls were led there for good, 2026-11-24 to 2026-11-24",
            )
        ],
        "back/feed": [],
        "same/feed": [("feed", f"{sites['same'].url}/rss2", 1, "moved permanently")],
    }
    told = mediagap("sources", "check", "away", *ports(press), env=env).stdout
    assert f"propose feed {sites['away'].url}/rss2 (crawls were led there for good, 2026" in told


def test_check_of_a_page_in_place_of_a_feed(press: Press, env: dict[str, str]) -> None:
    site = press.outlet("gazeta")
    site["/rss"] = site["/"] = home()
    found = checked(press, env)["gazeta/feed"]
    assert (found["outcome"], found["message"], found["proposals"]) == ("not_a_feed", "an HTML page", [])


def test_check_finds_wordpress(press: Press, env: dict[str, str]) -> None:
    site = press.outlet("gazeta")
    site["/"] = (
        f'<html><head><link rel="https://api.w.org/" href="{site.url}/wp-json/"></head><body>x</body></html>'
    )
    site["/wp-json/wp/v2/posts"] = (
        '[{"id": 1, "link": "https://a.by/1", "title": {"rendered": "А"}, "content": {"rendered": "Б"}}]'
    )
    (proposal,) = checked(press, env)["gazeta/feed"]["proposals"]
    assert (proposal["kind"], proposal["url"]) == ("wordpress", f"{site.url}/wp-json/wp/v2/posts")


def test_check_obeys_robots(press: Press, env: dict[str, str]) -> None:
    site = press.outlet("gazeta")
    site["/robots.txt"] = "User-agent: *\nDisallow: /\n"
    found = checked(press, env)["gazeta/feed"]
    assert (found["outcome"], found["reached"]) == ("forbidden", True)
    assert [one.path for one in site.asked] == ["/robots.txt"]


def test_check_without_a_network_says_so_for_each_and_ends_with_3(press: Press, env: dict[str, str]) -> None:
    for name in ("one", "two"):
        press.outlet(name)
    # the ports are not allowed: for the guard these are private addresses, which is as good as no network
    done = mediagap("sources", "check", env=env)
    assert done.returncode == 3
    lines = done.stdout.splitlines()
    assert sorted(line.split(":")[0] for line in lines) == ["one/feed", "two/feed"]
    assert all("not reached" in line for line in lines)
    assert done.stderr.splitlines()[-1] == "mediagap: none of 2 sources could be reached; is there a network?"


OPTIONS = ["--country", "BY", "--region", "BY-HO", "--language", "ru", "--time-zone", "Europe/Minsk"]


def test_add_discovers_the_feed_and_writes_a_file_that_loads(press: Press, env: dict[str, str]) -> None:
    press.outlet("gazeta")
    site = press.hidden_site()
    site["/"], site["/new.xml"] = home("/new.xml"), feed(site, 23)
    arguments = ["sources", "add", f"{site.url}/", *OPTIONS, "--id", "by-nasha", *ports(press)]
    done = mediagap(*arguments, env=env)
    assert done.returncode == 0, done.stderr
    outlet = registry.load(press.sources)["by-nasha"]
    assert (outlet.title, outlet.region, outlet.sources[0].url) == (
        "Наша газета",
        "BY-HO",
        f"{site.url}/new.xml",
    )
    assert (outlet.control, outlet.restrictions) == ("unknown", ())
    before = len(site.asked)
    again = mediagap(*arguments, env=env)
    assert (again.returncode, len(site.asked)) == (2, before)
    assert "an id that no outlet has" in again.stderr


def test_add_takes_a_feed_itself(press: Press, env: dict[str, str]) -> None:
    press.outlet("gazeta")
    site = press.hidden_site()
    site["/all.xml"] = feed(site, 23)
    done = mediagap(
        "sources", "add", f"{site.url}/all.xml", *OPTIONS, "--id", "by-x", "--json", *ports(press), env=env
    )
    assert json.loads(done.stdout)["files"] == [str(press.sources / "by" / "by-x.yml")]


def test_add_refuses_an_address_that_another_outlet_has(press: Press, env: dict[str, str]) -> None:
    site = press.outlet("gazeta")
    site["/"], site["/rss"] = home("/rss"), feed(site, 23)
    done = mediagap("sources", "add", f"{site.url}/", *OPTIONS, "--id", "by-other", *ports(press), env=env)
    assert done.returncode == 2
    assert "an address that gazeta does not have" in done.stderr
    assert not (press.sources / "by" / "by-other.yml").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["ftp://a.by", *OPTIONS], 2, "an http or https address"),
        (["https://a.by", *OPTIONS, "--type", "paper"], 2, "type: found 'paper'"),
        (["http://127.0.0.1:9/", *OPTIONS], 3, "not reached"),
        (["https://a.by", "--country", "BY", "--language", "ru", "--region", "RU-KOS"], 2, "--time-zone"),
    ],
)
def test_add_ends_in_one_line(
    press: Press, env: dict[str, str], arguments: list[str], code: int, says: str
) -> None:
    press.sources.mkdir()
    done = mediagap("sources", "add", *arguments, env=env)
    assert done.returncode == code
    assert says in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr


def test_add_without_a_feed_writes_nothing(press: Press, env: dict[str, str]) -> None:
    press.outlet("gazeta")
    site = press.hidden_site()
    site["/"] = home()
    done = mediagap("sources", "add", f"{site.url}/", *OPTIONS, "--id", "by-x", *ports(press), env=env)
    assert done.returncode == 2
    assert "a page that announces one" in done.stderr
    assert not (press.sources / "by" / "by-x.yml").exists()


def test_export_and_import_of_feeds(press: Press, env: dict[str, str], tmp_path: Path) -> None:
    press.outlet("gazeta", title="Газета «Новая» & Ко")
    listed = tmp_path / "feeds.opml"
    listed.write_text(mediagap("sources", "export", env=env).stdout, "utf-8")
    (one,) = opml.read(listed)
    assert one.title == "Газета «Новая» & Ко"
    other = env | {"MEDIAGAP_SOURCES": str(tmp_path / "new")}
    (tmp_path / "new").mkdir()
    first, second = (
        json.loads(mediagap("sources", "import", str(listed), *OPTIONS, "--json", env=other).stdout or "{}")
        for _ in range(2)
    )
    assert len(first["files"]) == 1
    (outlet,) = registry.load(tmp_path / "new").values()
    assert (outlet.title, outlet.verified, outlet.sources[0].url) == (one.title, None, one.url)
    assert second["files"] == []
    assert "an id that no outlet has" in second["left_out"][0]


# As Plenary exports it: folders in folders, no homepages, letters that are declared; the second has a bare quote.
PLENARY = """<?xml version='1.0' encoding='windows-1251' ?>
<opml version="1.0"><head><title>Export from Plenary</title><url>https://play.google.com/</url></head><body>
<outline text="Russia" title="Russia"><outline text="Все">
<outline text="Вести.Ru" title="Вести.Ru" description="Новости &amp; видео" xmlUrl="https://www.vesti.ru/vesti.rss" type="rss" />
<outline text="Газета %sКоммерсантъ%s" xmlUrl="https://www.kommersant.ru/RSS/main.xml" type="rss" />
</outline></outline></body></opml>"""


def test_list_as_a_reader_exports_it(tmp_path: Path) -> None:
    path = tmp_path / "feeds.opml"
    path.write_text(PLENARY % ("«", "»"), "windows-1251")
    assert opml.read(path) == [
        ("Вести.Ru", "https://www.vesti.ru/vesti.rss", None),
        ("Газета «Коммерсантъ»", "https://www.kommersant.ru/RSS/main.xml", None),
    ]
    path.write_text(PLENARY % ('"', '"'), "windows-1251")
    with pytest.raises(DataError, match=r"feeds\.opml: found 'not well-formed .*line 5.*; mend it there"):
        opml.read(path)


@pytest.mark.parametrize("content", ["", "<html/>", '<opml version="2.0"><head/><body/></opml>', '<!DOCTYPE a [<!ENTITY b "c">]><opml version="2.0"><head/><body><outline text="&b;"/></body></opml>'])  # fmt: skip
def test_import_of_something_else(tmp_path: Path, content: str) -> None:
    path = tmp_path / "feeds.opml"
    path.write_text(content, "utf-8")
    done = mediagap("sources", "import", str(path), *OPTIONS, env={"MEDIAGAP_SOURCES": str(tmp_path)})
    assert done.returncode == 2
    assert "allowed: an OPML file" in done.stderr


def test_health_tells_failing_since_quiet_and_lost(press: Press, env: dict[str, str]) -> None:
    fails, quiet, lost = (press.outlet(name) for name in ("fails", "quiet", "lost"))
    path = press.sources / "by" / "quiet.yml"
    path.write_text(
        path.read_text("utf-8").replace(
            "- kind: feed", "- kind: feed\n  expected: {entries: 5, newest_hours: 24}"
        ),
        "utf-8",
    )
    for site in (fails, quiet, lost):
        site["/rss"] = feed(site, 10, 9, 8)
        for day in range(1, 25):
            site[f"/n/{day}"] = page(f"Новость {day}")
    press.crawl(at("2026-11-11T12:00"))
    fails["/rss"] = Answer("no", 403)
    press.crawl(at("2026-11-12T12:00"))
    lost["/rss"] = feed(lost, 23, 22, 21)
    press.outlet("fresh")
    press.crawl(NOW, "fails", "quiet", "lost", country="BY")
    store.open_database(press.db_path, TABLES).conn.close()
    done = mediagap("sources", "health", "--json", "--now", "2026-11-24T13:00:00", env=env)
    found = {one["source"]: one for one in json.loads(done.stdout)}
    assert (found["fails/feed"]["state"], found["fails/feed"]["failing_since"][:10]) == ("fails", "2026-11-12")
    assert (found["quiet/feed"]["quiet"], found["quiet/feed"]["too_old"]) == (True, True)
    assert (found["lost/feed"]["quiet"], found["lost/feed"]["days_lost"] > 5) == (None, True)
    assert (found["fresh/feed"]["state"], found["fresh/feed"]["quiet"]) == ("not tried", None)
    for one in found.values():
        assert one["days_observed"] + one["days_lost"] + one["days_not_observed"] == one["days"]
    told = mediagap("sources", "health", "--now", "2026-11-24T13:00:00", env=env).stdout
    assert "fails/feed: fails since 2026-11-12 (blocked: HTTP 403), last read 2026-11-11" in told
    assert "fresh/feed" not in told
    assert "Read from: a country that [crawl] country did not state, BY" in told
    assert {one["observed_from"] for one in found.values()} == {"BY", None}
    assert "Whether 1 of those read are quieter than expected is unknown" in told


def test_retiring_is_told_by_whom_and_why_and_ends_with_restoring(press: Press, env: dict[str, str]) -> None:
    press.outlet("gazeta")["/rss"] = rss()
    store.open_database(press.db_path, TABLES).conn.close()
    done = mediagap("sources", "retire", "gazeta", "--by", "Anna", "--why", "closed in May", env=env)
    assert (done.returncode, "gazeta: retired on" in done.stdout) == (0, True)
    (one,) = json.loads(mediagap("sources", "retired", "--json", env=env).stdout)
    assert (one["subject"], one["by"], one["why"]) == ("gazeta", "Anna", "closed in May")
    (ill,) = json.loads(mediagap("sources", "health", "--json", env=env).stdout)
    assert (ill["state"], ill["retired"]["by"]) == ("retired", "Anna")
    assert "closed in May (Anna)" in mediagap("sources", "health", env=env).stdout
    again = mediagap("sources", "retire", "gazeta", "--by", "Anna", "--why", "still closed", env=env)
    assert (again.returncode, again.stderr.count("\n")) == (2, 1)
    assert mediagap("sources", "restore", "gazeta", "--by", "Ivan", "--why", "back", env=env).returncode == 0
    assert mediagap("sources", "retired", env=env).stdout == "0 retired\n"


def test_retired_outlet_is_not_counted_as_observable(press: Press, env: dict[str, str]) -> None:
    press.outlet("gazeta", {"kind": "feed", "url": "/rss"}, {"kind": "sitemap", "url": "/map.xml"})
    store.open_database(press.db_path, TABLES).conn.close()

    def observable() -> set[int]:
        found = json.loads(mediagap("sources", "stats", "--json", env=env).stdout)["pairs"]
        return {pair["sides"]["BY-HO"]["observable"] for pair in found if "BY-HO" in pair["sides"]}

    counted = []
    for subject in ("gazeta/feed", "gazeta/sitemap"):
        counted.append(observable())
        assert mediagap("sources", "retire", subject, "--why", "closed", env=env).returncode == 0
    assert [*counted, observable()] == [{1}, {1}, {0}]


def test_restricted_outlet_can_not_be_retired_by_name(press: Press, env: dict[str, str]) -> None:
    press.outlet("zakryta", restrictions=[UNREAD])
    with closing(store.open_database(press.db_path, TABLES).conn) as connection:
        retired.retire(Database(connection), registry.load(press.sources), "zakryta", "Anna", "closed", NOW)
    assert mediagap("sources", "retire", "zakryta", "--why", "closed", env=env).returncode == 2
    assert "zakryta" not in mediagap("sources", "retired", env=env).stdout
