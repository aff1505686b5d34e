"""Who gets the letter: kept in the database, paused and forgotten when asked."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.program import mediagap


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    return {"MEDIAGAP_DB": str(tmp_path / "news.db")}


def add(env: dict[str, str], *arguments: str, address: str = "anna@example.org") -> dict[str, Any]:
    done = mediagap("subscribers", "add", address, "--consent", "2026-11-20", "--json", *arguments, env=env)
    assert done.returncode == 0, done.stderr
    (found,) = json.loads(done.stdout)
    return dict(found)


def listed(env: dict[str, str], *arguments: str) -> list[dict[str, Any]]:
    done = mediagap("subscribers", "list", "--json", *arguments, env=env)
    assert done.returncode == 0, done.stderr
    return list(json.loads(done.stdout))


def test_what_is_added_is_listed(env: dict[str, str]) -> None:
    added = add(
        env, "--region", "KZ-PAV", "--pair", "BY-MA:RU-KOS", "--name", "Анна\nСергеевна", "--lang", "be", "--profile", "by"
    )  # fmt: skip
    assert listed(env) == [added]
    token = added.pop("token")
    assert len(token) == 20
    assert added == {
        "address": "anna@example.org", "name": "Анна Сергеевна", "topics": ["KZ-55", "BY-MA:RU-KOS"], "language": "be",
        "profile": "BY", "outlet": None, "consent": "2026-11-20", "paused": False, "stored": True,
    }  # fmt: skip


def test_the_strictest_profile_is_the_default(env: dict[str, str]) -> None:
    assert add(env, "--all")["profile"] == "strictest"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["no-address", "--region", "BY-MA"], "no-address"),
        (["a@b.org>,c@d.org", "--region", "BY-MA"], "address"),
        (["a@b.org\nBcc: c@d.org", "--region", "BY-MA"], "address"),
        (["a@b.org"], "--region, --pair or --all"),
        (["a@b.org", "--region", "BY-XX"], "BY-XX"),
        (["a@b.org", "--pair", "RU-KOS:BY-MA"], "Belarusian side"),
        (["a@b.org", "--all", "--lang", "de"], "ru or be or en"),
        (["a@b.org", "--all", "--outlet", "nobodys-paper"], "nobodys-paper"),
        (["a@b.org", "--all", "--profile", "Belarus"], "BY"),
    ],
)
def test_what_is_wrong_is_refused_in_one_line(env: dict[str, str], arguments: list[str], says: str) -> None:
    done = mediagap("subscribers", "add", *arguments, "--consent", "2026-11-20", env=env)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_a_national_domain_is_kept_as_mail_servers_take_it(env: dict[str, str]) -> None:
    assert add(env, "--all", address="news@пример.бел")["address"] == "news@xn--e1afmkfd.xn--90ais"


def test_an_address_stands_once_whatever_its_case(env: dict[str, str]) -> None:
    add(env, "--all")
    done = mediagap("subscribers", "add", "Anna@Example.org", "--all", "--consent", "2026-11-20", env=env)
    assert done.returncode == 2
    assert "not subscribed yet" in done.stderr


def test_a_token_pauses_and_removes(env: dict[str, str]) -> None:
    token = add(env, "--all")["token"]
    assert mediagap("subscribers", "pause", token, env=env).returncode == 0
    assert [one["paused"] for one in listed(env)] == [True]
    assert mediagap("subscribers", "pause", token, "--resume", env=env).returncode == 0
    assert [one["paused"] for one in listed(env)] == [False]
    assert mediagap("subscribers", "remove", token, env=env).returncode == 0
    assert listed(env) == []
    assert "anna" not in Path(env["MEDIAGAP_DB"]).read_bytes().decode("latin-1")


def test_a_token_is_of_one_database_only(env: dict[str, str], tmp_path: Path) -> None:
    first = add(env, "--all")["token"]
    other = env | {"MEDIAGAP_DB": str(tmp_path / "other.db")}
    assert add(other, "--all")["token"] != first
    done = mediagap("subscribers", "remove", first, env=other)
    assert done.returncode == 2


def test_those_of_the_settings_file_can_be_paused_but_not_removed(env: dict[str, str], tmp_path: Path) -> None:
    add(env, "--all", address="z@example.org")
    settings = tmp_path / "mediagap.toml"
    person = '[[recipients]]\naddress = "boris@example.org"\nregion = "{}"\n'
    settings.write_text(person.format("BY-MA") + person.format("BY-HO"), encoding="utf-8")
    config = ("--config", str(settings))
    boris, _ = listed(env, *config)
    assert (boris["topics"], boris["stored"]) == (["BY-MA", "BY-HO"], False)
    done = mediagap("subscribers", "remove", "boris@example.org", *config, env=env)
    assert done.returncode == 2
    assert "settings file" in done.stderr
    assert mediagap("subscribers", "pause", "boris@example.org", *config, env=env).returncode == 0
    assert [one["paused"] for one in listed(env, *config)] == [True, False]


def test_a_database_of_before_gets_the_tables(env: dict[str, str]) -> None:
    add(env, "--all")
    with closing(sqlite3.connect(env["MEDIAGAP_DB"])) as db:
        names = db.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = 'reports'").fetchall()
    assert {name for (name,) in names} >= {"letter_subscribers", "letter_deliveries", "letter_issues"}
