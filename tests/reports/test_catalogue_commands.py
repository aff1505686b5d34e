"""`mediagap catalogue` as the people who keep it use it."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from crawlers import archive, store
from crawlers.dates import Published, Quality
from crawlers.items import Item
from matcher.catalogue import CATALOGUE
from reports.work import TABLES
from tests.program import mediagap

ANSWERS = [
    "mogilev-kostroma-bus-line", "route", "Автобус Могилёв — Кострома", "Аўтобус Магілёў — Кастрама",
    "Bus line Mogilev-Kostroma", "by-mahiliou, ru-kostroma", "BY-MA:RU-KOS", "", "", "", "planned", "2018",
    "transport", "", "", "", "автобус", "аўтобус", "bus", "10", "", "",
]  # fmt: skip


@pytest.fixture
def own(tmp_path: Path) -> dict[str, str]:
    """A copy of the catalogue that a test may change."""
    shutil.copytree(CATALOGUE, tmp_path / "catalogue")
    return {"MEDIAGAP_CATALOGUE": str(tmp_path / "catalogue")}


def test_add_asks_validates_and_appends(own: dict[str, str]) -> None:
    done = mediagap("catalogue", "add", "--json", env=own, stdin="\n".join(ANSWERS) + "\n")
    assert done.returncode == 0, done.stderr
    path = Path(json.loads(done.stdout)["file"])
    assert path.name == "kostroma.yml"
    shown = json.loads(mediagap("catalogue", "show", ANSWERS[0], "--json", env=own).stdout)
    assert shown["title"]["ru"] == "Автобус Могилёв — Кострома"
    assert shown["pairs"] == ["BY-MA:RU-KOS"]


def test_add_asks_again_for_what_cannot_be(own: dict[str, str]) -> None:
    answers = [ANSWERS[0], "railway", *ANSWERS[1:6], "BY-MA:RU-XXX", *ANSWERS[6:]]
    done = mediagap("catalogue", "add", "--json", env=own, stdin="\n".join(answers) + "\n")
    assert done.returncode == 0, done.stderr
    assert "RU-XXX" in done.stderr
    assert "railway" in done.stderr


def test_show_finds_an_entry_by_its_name() -> None:
    done = mediagap("catalogue", "show", "Бобруйск Кострома")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("bobruisk-kostroma-twinning-2012: twinning")


@pytest.mark.parametrize("form", ["jsonl", "csv", "xlsx"])
def test_export_to_a_file(tmp_path: Path, form: str) -> None:
    path = tmp_path / f"catalogue.{form}"
    done = mediagap("catalogue", "export", "--format", form, "--out", str(path))
    assert done.returncode == 0, done.stderr
    assert path.stat().st_size > 10_000


def test_diff_of_two_exports(own: dict[str, str], tmp_path: Path) -> None:
    for name in ("old.jsonl", "new.jsonl"):
        assert mediagap("catalogue", "export", "--out", str(tmp_path / name), env=own).returncode == 0
        mediagap("catalogue", "add", env=own, stdin="\n".join(ANSWERS) + "\n")
    done = mediagap("catalogue", "diff", str(tmp_path / "old.jsonl"), str(tmp_path / "new.jsonl"), "--json")
    assert [(one["id"], one["what"]) for one in json.loads(done.stdout)] == [(ANSWERS[0], "added")]


def test_proposals_are_listed_accepted_and_rejected(own: dict[str, str], tmp_path: Path) -> None:
    db = store.open_database(tmp_path / "mediagap.db", TABLES)
    now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    with store.writing(db) as connection:
        for title, pair in (
            ("Гродно и Псков подписали соглашение о сотрудничестве", "BY-HR:RU-PSK"),
            ("Гомель и Курск учредили совместное предприятие", "BY-HO:RU-KRS"),
        ):
            item = Item(f"https://example.by/{pair}", title, "", Published(now, None, Quality.FEED))
            article, _ = archive.save(
                connection, item, "example", "example.feed", ZoneInfo("Europe/Minsk"), now
            )
            connection.execute("INSERT INTO pair_matches VALUES (?, ?)", (article, pair))
    db.close()
    env = {**own, "MEDIAGAP_DB": str(tmp_path / "mediagap.db")}
    listed = json.loads(mediagap("catalogue", "proposals", "--json", env=env).stdout)
    assert [(one["pair"], one["kind"]) for one in listed] == [
        ("BY-HR:RU-PSK", "agreement"), ("BY-HO:RU-KRS", "joint_venture"),
    ]  # fmt: skip
    accepted = mediagap("catalogue", "proposals", "accept", str(listed[0]["number"]), "--json", env=env)
    assert accepted.returncode == 0, accepted.stderr
    entry = json.loads(accepted.stdout)["id"]
    assert mediagap("catalogue", "show", entry, env=env).returncode == 0
    assert mediagap("catalogue", "proposals", "reject", str(listed[1]["number"]), env=env).returncode == 0
    assert json.loads(mediagap("catalogue", "proposals", "--json", env=env).stdout) == []
