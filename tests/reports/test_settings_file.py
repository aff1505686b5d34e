"""The settings file that documents itself, the variables, and what `init` does with them."""

import json
import os
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from crawlers.errors import DataError
from reports import config, settings_file
from reports.config import Settings
from tests.program import mediagap

DOCUMENTED = Path(config.__file__).with_name("deploy") / "mediagap.toml"
KEYS = dict(config.each_key())


def uncommented(text: str) -> dict[str, Any]:
    """The file as if every default in it had been chosen."""
    lines = text[: text.index("# [[recipients]]")].splitlines()
    return tomllib.loads("\n".join(line.removeprefix("# ") if " = " in line else line for line in lines))


def at(data: Any, key: config.Key) -> Any:
    for name in key:
        data = data[name] if isinstance(data, dict) else getattr(data, name)
    return data


def test_the_documented_file_is_the_one_that_is_written() -> None:
    assert DOCUMENTED.read_text(encoding="utf-8") == settings_file.text({})


def test_it_changes_nothing_as_it_stands() -> None:
    assert config.load(DOCUMENTED) == Settings()


@pytest.mark.parametrize("key", KEYS, ids=".".join)
def test_each_key_is_explained_and_shows_its_default(key: config.Key) -> None:
    assert settings_file.meaning(key)
    shown, default = at(uncommented(DOCUMENTED.read_text(encoding="utf-8")), key), at(Settings(), key)
    plain = (
        str(default) if isinstance(default, Path) else list(default) if isinstance(default, tuple) else default
    )
    assert shown in (plain, "")
    assert shown != "" or default in (None, "", ()) or key in (("sources",), ("catalogue",))


def test_each_key_of_a_recipient_is_explained() -> None:
    text = DOCUMENTED.read_text(encoding="utf-8")
    for name in config.Recipient.model_fields:
        assert re.search(f"^# {name} = .*  # [A-Z]", text, re.M)


@pytest.mark.parametrize("key", KEYS, ids=".".join)
def test_each_key_has_a_variable(key: config.Key, monkeypatch: pytest.MonkeyPatch) -> None:
    examples = {"port": "2525", "zone": "UTC", "weekday": "friday", "security": "none", "sender": "a@b.org"}
    examples |= {"reply_to": "a@b.org", "public_url": "https://a.org", "log": "json", "hour": "9", "user": "u"}
    examples |= {"address": "https://a.org", "open_reading": "True", "country": "BY"}
    default = at(Settings(), key)
    value = examples.get(key[-1], str(default + 1) if isinstance(default, int | float) else "x")
    monkeypatch.setenv(config.variable(key), value)
    found = at(config.load(None), key)
    assert found != default
    assert (",".join(found) if isinstance(found, tuple) else str(found)) == value


def test_variables_stand_above_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "mediagap.toml"
    path.write_text("[schedule]\nhour = 9\nzone = 'UTC'", encoding="utf-8")
    monkeypatch.setenv("MEDIAGAP_SCHEDULE_HOUR", "11")
    assert (config.load(path).schedule.hour, config.load(path).schedule.zone) == (11, "UTC")


def test_a_misspelt_secret_is_not_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDIAGAP_SMTP_PASSWROD", "hunter2")
    with pytest.raises(DataError, match="MEDIAGAP_SMTP_PASSWROD") as caught:
        config.load(None)
    assert "hunter2" not in str(caught.value)


def test_wrong_choice_writes_nothing(tmp_path: Path) -> None:
    done = mediagap("init", "--zone", "Minsk", "--config", str(tmp_path / "m.toml"))
    assert (done.returncode, "Europe/Minsk" in done.stderr) == (2, True)
    assert list(tmp_path.iterdir()) == []


def test_init_writes_checks_and_makes_the_database_and_never_overwrites(tmp_path: Path) -> None:
    path, db = tmp_path / "m.toml", tmp_path / "news.db"
    command = ("init", "--contact", "desk@example.org", "--db", str(db), "--config", str(path), "--json")
    env = {f"MEDIAGAP_{name}": str(tmp_path / name) for name in ("OUTBOX", "REPORT", "BACKUPS")}
    done = mediagap(*command, env=env)
    assert done.returncode == 0, done.stderr
    found = {one["what"]: one["level"] for one in json.loads(done.stdout)}
    assert {found.pop(name) for name in ("clock", "time zone", "disk", "contact", "database")} == {"ok"}
    assert found == {"mail": "look"}
    assert path.stat().st_mode & 0o77 == 0
    assert mediagap("status", "--config", str(path)).returncode == 0
    path.write_text(path.read_text("utf-8").replace("# hour = 7", "hour = 8"), "utf-8")
    before = path.read_bytes()
    assert mediagap(*command, env=env).returncode == 0
    assert path.read_bytes() == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_folder_that_cannot_be_written_is_wrong(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    done = mediagap("doctor", env={"MEDIAGAP_DB": str(tmp_path / "a.db")})
    assert (done.returncode, "cannot be written" in done.stdout) == (2, True)


def test_mail_server_that_is_away_is_wrong(tmp_path: Path) -> None:
    env = {"MEDIAGAP_SMTP_HOST": "127.0.0.1", "MEDIAGAP_SMTP_PORT": "9", "MEDIAGAP_DB": str(tmp_path / "a.db")}
    done = mediagap("init", "--config", str(tmp_path / "m.toml"), "--json", env=env)
    assert done.returncode == 2
    (mail,) = [one for one in json.loads(done.stdout) if one["what"] == "mail"]
    assert (mail["level"], "127.0.0.1:9" in mail["found"]) == ("wrong", True)
