"""The benchmarks run: what they measure is in crawlers/README.md, nothing is timed here."""

import gzip
import io
import json
import tarfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from crawlers.bench import __main__ as bench
from crawlers.bench import feeds, kills, memory, pages, polls
from crawlers.run import CrawlSettings, crawl
from tests.crawlers.local_press import PROSE, entry, page, rss


def archive(path: Path, files: dict[str, bytes]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(path, "w:gz") as packed:
        for name, body in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(body)
            packed.addfile(member, io.BytesIO(body))


@pytest.mark.parametrize("arguments", [[], ["none"], ["_press"]])
def test_unknown_subject_lists_the_known_ones(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.main(arguments) == 2
    assert "feeds,kills,language,large,memory,pages,polls,stories" in capsys.readouterr().err


def test_stories(capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.main(["stories"]) == 0
    assert "of them reprints: F1 " in capsys.readouterr().out


def test_language(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "one").mkdir()
    record = {"language": "ru", "title": "Новость", "text": PROSE}
    with gzip.open(tmp_path / "one" / "ru.jsonl.gz", "wt", encoding="utf-8") as lines:
        lines.write(json.dumps(record) + "\n")
    assert bench.main(["language", "--corpora", str(tmp_path)]) == 0
    assert "ru: 100.00% of 1" in capsys.readouterr().out


def test_polls(capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.main(["polls", "--feeds", "20", "--timeout", "60"]) == 0
    assert polls.__doc__
    first, second = capsys.readouterr().out.splitlines()
    assert "{'new': 20}, 1200 new entries" in first
    assert "{'unchanged': 20}, 0 new entries" in second


EXPECTED = {
    "items": [{"title": "Гомель", "link": "http://example.org/a", "publishedParsed": "2026-11-20T07:00:00Z"}]
}


def test_feeds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    body = rss(entry("http://example.org/a", "Гомель", "2026-11-20T10:00:00+03:00", "Текст"))
    archive(
        tmp_path / "feeds" / "some.tar.gz",
        {
            "a.xml": body, "a_expected.json": json.dumps(EXPECTED).encode(), "b.html": b"<html>no feed</html>",
            "c.xml": b"<!--\nExpect: entries[0]['title'] == 'Other'\n-->" + body[38:],
        },
    )  # fmt: skip
    assert feeds.main(["--corpora", str(tmp_path), "--show", "1"]) == 0
    told = capsys.readouterr().out
    assert "3 documents: {'new': 1, 'not_a_feed': 1, 'unchanged': 1}, 0 of them cut off, 0 tracebacks" in told
    assert "titles: 1 of 2 agree; 1 other" in told
    assert "links: 1 of 1 agree" in told
    assert "dates: 1 of 1 agree" in told


def test_pages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    html = page("Заголовок", PROSE * 3).encode()
    archive(
        tmp_path / "html" / "article-extraction-benchmark.tar.gz",
        {"ground-truth.json": json.dumps({"a": {"articleBody": PROSE * 3}}).encode(), "html/a.html.gz": gzip.compress(html)},
    )  # fmt: skip
    truth = {"x": {"file": "a.html", "with": [PROSE[:40]], "without": ["Меню"]}}
    archive(
        tmp_path / "html" / "trafilatura-eval.tar.gz",
        {"ground-truth.json": json.dumps(truth).encode(), "pages/a.html": html},
    )
    assert pages.main(["--corpora", str(tmp_path)]) == 0
    ours, alone = capsys.readouterr().out.splitlines()
    assert ours.startswith("mediagap: ")
    assert "trafilatura's set F1 1.000 (precision 1.000, recall 1.000)" in alone


def test_memory(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "OUTLETS", 2)
    monkeypatch.setattr(memory, "EVERY", 5)
    assert memory.main(["--pages", "40"]) == 0
    assert "40 pages in" in capsys.readouterr().out


def test_large(capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.main(["large", "--entries", "500"]) == 0
    assert "new, 500 new, " in (told := capsys.readouterr().out)
    assert "new, 1 new, " in told


def test_kills(capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.main(["kills", "--moments", "2", "--outlets", "4", "--entries", "3"]) == 0
    assert "2 of 2 archives as undisturbed: 12 articles, 6 pages" in capsys.readouterr().out


def test_archive_that_differs_after_a_kill_is_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def forgetful(settings: CrawlSettings, victim: str, after: float, whole: int) -> str:
        crawl(replace(settings, outlets=("outlet-0",)))
        return f"{victim} {after} {whole}"

    monkeypatch.setattr(kills, "_killed", forgetful)
    assert kills.main(["--moments", "1", "--outlets", "2", "--entries", "1"]) == 1
    assert "0 of 1 archives as undisturbed" in capsys.readouterr().out


def words(text: str) -> Callable[[bytes], str]:
    return lambda _: text


@pytest.mark.parametrize(
    ("found", "expected"),
    [("а б в г д", (1.0, 1.0, 1.0)), ("а б в г д е ж", (2 / 3, 0.5, 1.0)), ("а б в г", (2 / 3, 1.0, 0.5))],
)
def test_measure_of_runs_of_words(found: str, expected: tuple[float, float, float]) -> None:
    files = {"ground-truth.json": json.dumps({"a": {"articleBody": "а б в г д"}}).encode(),
             "html/a.html.gz": gzip.compress(b"")}  # fmt: skip
    assert pages.by_shingles(files, words(found)) == pytest.approx(expected)
