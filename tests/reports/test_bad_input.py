"""What users and disks do wrong ends in one line, exit code 2, and nothing half-written."""

import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from matcher.catalogue import CATALOGUE
from tests.program import COMMAND, mediagap
from tests.reports.newsstand import CATALOGUE as ONE_ENTRY


def refused(done: subprocess.CompletedProcess[str], *says: str, code: int = 2) -> None:
    assert done.returncode == code, done.stderr
    lines = [line for line in done.stderr.splitlines() if line.startswith("mediagap: ")]
    assert len(lines) == 1
    for part in says:
        assert part in lines[0]
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("databas = 'x'", ["databas", "unknown key", "db"]),
        ("[crawl]\ntimeout = 'long'", ["crawl.timeout", "'long'"]),
        ("[crawl]\ntimeout = -1", ["crawl.timeout", "-1"]),
        ("db = ", ["valid TOML"]),
        ("[schedule]\nweekday = 0", ["schedule.weekday", "found 0", "'monday'"]),
        ("[schedule]\nweekday = 'Monday'", ["schedule.weekday", "'Monday'", "'monday'"]),
        ("[schedule]\nhour = 24", ["schedule.hour", "24"]),
        ("[schedule]\nzone = 'Minsk'", ["schedule.zone", "'Minsk'", "Europe/Minsk"]),
        ("[schedule]\ngrace_hours = 168", ["schedule.grace_hours", "168"]),
        ("[schedule]\ngrace = 3", ["schedule.grace", "unknown key"]),
        ("[schedule]\nshortest_minutes = 1", ["schedule.shortest_minutes", "1"]),
        ("[schedule]\nlongest_hours = 3", ["schedule.crawl_hours.local", "found 6.0", "to longest_hours (3)"]),
        ("[schedule.crawl_hours]\nnational = 0.25", ["schedule.crawl_hours.national", "0.25", "(30)"]),
        ("[schedule.crawl_hours]\nregion = 3", ["schedule.crawl_hours.region", "unknown key"]),
        ("[[recipients]]\naddress = 'nobody'\nregion = 'BY-MA'", ["recipients.0.address", "nobody"]),
        ("[[recipients]]\naddress = 'a@b.org'\nregion = 'BY-XX'", ["recipients.0.region", "BY-XX"]),
    ],
)
def test_settings(tmp_path: Path, content: str, says: list[str]) -> None:
    path = tmp_path / "mediagap.toml"
    path.write_text(content, encoding="utf-8")
    refused(mediagap("gaps", "--config", str(path)), str(path), *says)


def test_missing_settings_file(tmp_path: Path) -> None:
    refused(mediagap("gaps", "--config", str(tmp_path / "no.toml")), "no.toml", "No such file")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("signed: 2017-13", ["signed", "2017-13", "2017-02-07"]),
        ('pairs: ["BY:RU-XXX"]', ["pairs", "RU-XXX", "ISO 3166-2"]),
        ("parties: [{place: atlantis}, {place: RU-KOS}]", ["parties.place", "atlantis"]),
        ("colour: red", ["colour", "unknown key"]),
    ],
)
def test_catalogue_file(tmp_path: Path, line: str, says: list[str]) -> None:
    shutil.copytree(CATALOGUE, tmp_path / "catalogue")
    path = tmp_path / "catalogue" / "ru" / "kostroma.yml"
    lines = path.read_text(encoding="utf-8").split("\n")
    own = [n for n, text in enumerate(lines) if text.startswith(f"    {line.split(':')[0]}:")]
    first = next(n for n, text in enumerate(lines) if text.startswith("  - id:"))
    lines[own[0] if own else first] = f"    {line}" if own else f"{lines[first]}\n    {line}"
    path.write_text("\n".join(lines), encoding="utf-8")
    refused(
        mediagap("catalogue", "check", env={"MEDIAGAP_CATALOGUE": str(tmp_path / "catalogue")}),
        "kostroma.yml",
        *says,
    )


def test_missing_catalogue(tmp_path: Path) -> None:
    env = {"MEDIAGAP_CATALOGUE": str(tmp_path / "none")}
    refused(mediagap("catalogue", "check", env=env), "none", "no file")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment in which a matcher is there at once: its catalogue has one entry."""
    folder = tmp_path_factory.mktemp("catalogue")
    (folder / "xx").mkdir()
    (folder / "xx" / "one.yml").write_text(ONE_ENTRY, encoding="utf-8")
    return {"MEDIAGAP_CATALOGUE": str(folder), "MEDIAGAP_DB": str(folder / "news.db")}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "one JSON object a line"),
        ("[]", "an object with a title or a text"),
        ('{"title": ""}', "an object with a title or a text"),
        ('{"title": 7}', "title: found 7, allowed: text or null"),
    ],
)
def test_articles_on_standard_input(small: dict[str, str], line: str, says: str) -> None:
    done = mediagap("match", "--stdin", env=small, stdin=f'{{"title": "x"}}\n{line}\n')
    refused(done, "standard input:2", says)


@pytest.mark.parametrize("published", ["2026-13-45", "yesterday"])
def test_wrong_date_on_standard_input(small: dict[str, str], published: str) -> None:
    line = json.dumps({"title": "x", "published": published})
    refused(mediagap("match", "--stdin", env=small, stdin=line), "standard input:1", "published", published)


@pytest.mark.parametrize(
    "published", ["2018", "2018-09", "2018-09-14T10:00:00+03:00", "Fri, 14 Sep 2018 10:00:00 +0300"]
)
def test_dates_that_news_give_are_read(small: dict[str, str], published: str) -> None:
    line = json.dumps({"title": "x", "published": published})
    assert mediagap("match", "--stdin", env=small, stdin=line).returncode == 0


def test_archive_without_one_record(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_bytes(os.urandom(4000))
    refused(
        mediagap("import", str(path), "--db", str(tmp_path / "a.db")), "news.jsonl", "no line that is a record"
    )


def test_full_output_is_one_line() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*COMMAND, "catalogue", "export"], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    refused(done, "no space left on the disk")


def test_export_never_half_replaces_a_file(small_disk: Path) -> None:
    out = small_disk / "entries.jsonl"
    out.write_text("earlier", encoding="utf-8")
    left = os.statvfs(small_disk)
    (small_disk / "ballast").write_bytes(b"x" * (left.f_bavail * left.f_frsize - 8192))
    refused(mediagap("catalogue", "export", "--out", str(out)), "No space left")
    assert out.read_text(encoding="utf-8") == "earlier"


def test_wrong_sources_leave_no_database_behind(tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    refused(
        mediagap("run", "--db", str(db), env={"MEDIAGAP_SOURCES": str(tmp_path / "none")}),
        "none",
        "no such folder",
    )
    assert not db.exists()


def test_unknown_language_is_refused_before_anything_is_done(tmp_path: Path) -> None:
    refused(mediagap("demo", "--lang", "de", "--out", str(tmp_path / "demo")), "language", "'de'")
    assert not (tmp_path / "demo").exists()


def test_wrong_day_names_its_option() -> None:
    refused(mediagap("crawl", "--back-to", "2026-99-01"), "--back-to", "2026-99-01")


def test_unknown_outlet(on_demo: dict[str, str], tmp_path: Path) -> None:
    refused(mediagap("crawl", "nobody", env=on_demo | {"MEDIAGAP_DB": str(tmp_path / "a.db")}), "nobody")


def test_archive_that_is_no_archive(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl.gz"
    path.write_bytes(b"\x1f\x8b no gzip at all")
    refused(mediagap("import", str(path), "--db", str(tmp_path / "a.db")), "news.jsonl.gz", "gzip")


def test_report_never_replaces_a_folder_that_is_not_its_own(on_demo: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    refused(mediagap("report", "--out", str(tmp_path), env=on_demo), str(tmp_path))
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "mine"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 8 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("a small file system can only be mounted by root")
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", folder], check=False)
    if mounted.returncode:
        pytest.skip("this machine mounts no tmpfs")
    yield folder
    subprocess.run(["umount", folder], check=True)


def archive(path: Path, records: int) -> None:
    with path.open("w", encoding="utf-8") as file:
        for number in range(records):
            body = os.urandom(1500).hex()  # does not compress
            file.write(
                json.dumps({"url": f"https://example.org/{number}", "title": f"T {number}", "text": body})
                + "\n"
            )


def test_full_disk_while_importing_keeps_what_was_there(small_disk: Path, tmp_path: Path) -> None:
    few, many = tmp_path / "few.jsonl", tmp_path / "many.jsonl"
    archive(few, 5)
    archive(many, 8000)
    db = small_disk / "a.db"
    assert mediagap("import", str(few), "--db", str(db)).returncode == 0
    refused(mediagap("import", str(many), "--db", str(db)), "no space left on the disk")
    with closing(sqlite3.connect(db)) as connection:
        assert connection.execute("SELECT count(*) FROM articles").fetchone() == (5,)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_full_disk_while_reporting_keeps_the_earlier_report(small_disk: Path, on_demo: dict[str, str]) -> None:
    out = small_disk / "report"
    assert mediagap("report", "--out", str(out), env=on_demo).returncode == 0
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    left = os.statvfs(small_disk)
    (small_disk / "ballast").write_bytes(b"x" * (left.f_bavail * left.f_frsize - 8192))
    refused(mediagap("report", "--out", str(out), env=on_demo), "No space left")
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    assert sorted(path.name for path in small_disk.iterdir()) == ["ballast", "report"]
