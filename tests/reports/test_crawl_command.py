"""`mediagap crawl`: whom it asks, and that it may be interrupted at any moment."""

import json
import signal

import pytest

from tests.crawlers.local_press import Answer
from tests.program import mediagap, started
from tests.reports.newsstand import Newsstand


def fill(stand: Newsstand) -> None:
    """Two sides, two countries, two levels."""
    stand.outlet("gomel", region="BY-HO")
    stand.outlet("gomel-district", region="BY-HO", level="district")
    stand.outlet("mogilev", region="BY-MA")
    stand.outlet("minsk", region=None, level="national")
    stand.outlet("bryansk", country="RU", region="RU-BRY")
    stand.outlet("kostroma", country="RU", region="RU-KOS")
    stand.outlet("moscow", country="RU", region=None, level="national")
    stand.outlet("astana", country="KZ", region=None, level="national")


def listed(stand: Newsstand, *arguments: str) -> list[str]:
    done = mediagap("crawl", "--dry-run", "--json", *arguments, "--config", str(stand.config))
    assert done.returncode == 0, done.stderr
    return [one["source"].removesuffix("/feed") for one in json.loads(done.stdout)]


def test_pair_leaves_both_sides_and_the_national_outlets_of_their_countries(stand: Newsstand) -> None:
    fill(stand)
    expected = ["gomel-district", "gomel", "minsk", "bryansk", "moscow"]
    assert listed(stand, "--pair", "BY-HO:RU-BRY") == expected
    assert listed(stand, "--pair", "by-ho:ru-bry", "--limit", "2") == expected[:2]
    assert listed(stand, "moscow", "mogilev", "--pair", "BY-HO:RU-BRY") == ["moscow"]


def test_shards_share_out_the_outlets(stand: Newsstand) -> None:
    fill(stand)
    parts = [listed(stand, "--shard", f"{number}/3") for number in (1, 2, 3)]
    assert sorted(name for part in parts for name in part) == sorted(listed(stand))


def test_dry_run_fetches_and_writes_nothing(stand: Newsstand) -> None:
    fill(stand)
    before = sorted(stand.folder.rglob("*"))
    done = mediagap("crawl", "--dry-run", "--limit", "1", "--config", str(stand.config), env=stand.env)
    assert done.stdout == "gomel-district/feed: http://gomel-district.example.by/gomel-district/rss\n"
    assert sorted(stand.folder.rglob("*")) == before
    assert stand.site.asked == []


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--pair", "BY-HO"], "two codes joined by a colon"),
        (["--pair", "BY-BR:RU-BRY", "gomel"], "no outlet for BY-BR:RU-BRY"),
        (["--shard", "4/3"], "found '4/3', allowed: a part of so many, such as 3/16"),
        (["nobody"], "outlet: found 'nobody'"),
    ],
)
def test_what_chooses_nothing_is_refused(stand: Newsstand, arguments: list[str], says: str) -> None:
    fill(stand)
    done = mediagap("crawl", *arguments, "--config", str(stand.config))
    assert done.returncode == 2
    assert says in done.stderr
    assert not stand.db.exists()


def test_empty_shard_is_no_crawl_of_everything(stand: Newsstand) -> None:
    stand.outlet("gomel", region="BY-HO")
    empty = next(n for n in (1, 2) if not listed(stand, "--shard", f"{n}/2"))
    done = mediagap("crawl", "--shard", f"{empty}/2", "--config", str(stand.config), env=stand.env)
    assert (done.returncode, done.stdout) == (0, "")
    assert stand.site.asked == []


ARTICLES = 6


@pytest.mark.parametrize(
    ("path", "number"),
    [
        ("/robots.txt", signal.SIGINT),
        ("/gomel/rss", signal.SIGINT),
        ("/gomel/3", signal.SIGINT),
        ("/gomel/3", signal.SIGTERM),
    ],
)
def test_interrupted_while(stand: Newsstand, path: str, number: signal.Signals) -> None:
    """One site hangs at `path`; whatever was stored by then is whole, and the next crawl does the rest."""
    stand.outlet("gomel", ARTICLES)
    good = stand.site.answers.get(path, Answer("", 404))
    stand.site[path] = Answer(hangs=True)
    command = started("crawl", "--config", str(stand.config), env=stand.env)
    assert stand.site.stuck.wait(60)
    command.send_signal(number)
    out, err = command.communicate(timeout=60)
    assert command.returncode == 128 + number
    lines = [line for line in err.splitlines() if not line.startswith("  ")]
    assert (out, lines) == (
        "", [f"mediagap: ended by {number.name}; what was stored is whole, and the next run goes on from there"],
    )  # fmt: skip
    assert stand.rows("PRAGMA integrity_check") == [("ok",)]
    read, pending = consistent(stand)
    assert read < ARTICLES
    assert read + pending == (ARTICLES if path == "/gomel/3" else 0)
    outcomes = [row[0] for row in stand.rows("SELECT outcome FROM attempts")]
    assert outcomes == ["new" if path == "/gomel/3" else "not_tried"]

    stand.site[path] = good
    stand.site.released.set()
    done = mediagap("crawl", "--config", str(stand.config), env=stand.env)
    assert done.returncode == 0, done.stderr
    assert consistent(stand) == (ARTICLES, 0)


def consistent(stand: Newsstand) -> tuple[int, int]:
    """Pages read and pending; every one that counts as read has an article with its whole text."""
    states = [row[0] for row in stand.rows("SELECT state FROM pages")]
    whole = stand.rows(
        "SELECT a.title FROM articles a JOIN texts t ON t.article = a.id WHERE a.reading = 'page'"
    )
    assert len(whole) == len(set(whole)) == states.count("read")
    return states.count("read"), states.count("pending")


def test_program_that_was_killed_still_holds_the_crawl(stand: Newsstand) -> None:
    """Its child lives on: a second crawl beside it would ask every site twice."""
    stand.outlet("gomel", ARTICLES)
    stand.site["/gomel/rss"] = Answer(hangs=True)
    command = started("crawl", "--config", str(stand.config), env=stand.env)
    assert stand.site.stuck.wait(60)
    command.kill()
    command.communicate()
    done = mediagap("crawl", "--config", str(stand.config), env=stand.env)
    assert done.returncode == 4
    assert "another crawl is running" in done.stderr
    stand.site.released.set()  # the child comes to its end
