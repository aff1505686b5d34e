"""`mediagap articles`: found, filtered, shown whole, and never for whom the outlet is withheld."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.program import mediagap

RESTRICTED = "demo-volzhsky-vestnik"


def search(env: dict[str, str], *arguments: str) -> list[dict[str, Any]]:
    done = mediagap("articles", "search", *arguments, "--json", env=env)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("words", ["Кострома", "костромой", "КОСТРОМСКАЯ"])
def test_search_finds_inflections_newest_first(on_demo: dict[str, str], words: str) -> None:
    found = search(on_demo, words)
    assert len(found) == 20
    assert [one["day"] for one in found] == sorted((one["day"] for one in found), reverse=True)


def test_filters(on_demo: dict[str, str]) -> None:
    everything = search(on_demo, "Кострома", "--limit", "1000")
    outlet, day = everything[5]["outlet"], everything[5]["day"]
    assert {one["outlet"] for one in search(on_demo, "Кострома", "--outlet", outlet)} == {outlet}
    assert min(one["day"] for one in search(on_demo, "Кострома", "--since", day)) >= day
    on_pair = search(on_demo, "Кострома", "--pair", "BY-MA:RU-KOS", "--limit", "1000")
    assert 0 < len(on_pair) < len(everything)
    assert len(search(on_demo, "Кострома", "--limit", "3")) == 3


def test_show_gives_story_matches_and_text(on_demo: dict[str, str]) -> None:
    number = search(on_demo, "Костромичи съездили гости побратимам")[0]["id"]
    shown = json.loads(mediagap("articles", "show", str(number), "--json", env=on_demo).stdout)
    assert shown["story"]["kind"] == "same"
    assert [one["outlet"] for one in shown["story"]["others"]] == [shown["story"]["origin"]]
    assert {one["entry"] for one in shown["matches"]} == {"bobruisk-kostroma-twinning-2012"}
    assert "2 more" not in mediagap("articles", "show", str(number), env=on_demo).stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["search", "!!!"], "at least one word"),
        (["search", "лён", "--since", "today"], "a day such as"),
        (["search", "лён", "--pair", "BY"], "two codes"),
        (["show", "999999"], "the id of an article"),
    ],
)
def test_what_is_asked_wrongly(on_demo: dict[str, str], arguments: list[str], says: str) -> None:
    done = mediagap("articles", *arguments, env=on_demo)
    assert done.returncode == 2
    assert says in done.stderr


@pytest.fixture
def restricted(demo: Path, tmp_path: Path, on_demo: dict[str, str]) -> dict[str, str]:
    folder = tmp_path / "sources"
    shutil.copytree(demo / "sources", folder)
    path = folder / "ru" / f"{RESTRICTED}.yml"
    line = "restrictions: [{jurisdiction: BY, kind: listed, since: 2022, source: 'https://example.org', as_of: 2026}]\n"
    path.write_text(path.read_text(encoding="utf-8") + line, encoding="utf-8")
    return on_demo | {"MEDIAGAP_SOURCES": str(folder)}


@pytest.mark.parametrize(("profile", "seen"), [("strictest", False), ("BY", False), ("RU", True)])
def test_no_restricted_outlet_is_shown(
    on_demo: dict[str, str], restricted: dict[str, str], profile: str, seen: bool
) -> None:
    env = restricted | {"MEDIAGAP_PROFILE": profile}
    number = str(search(on_demo, "Могилёв Кострома", "--outlet", RESTRICTED)[0]["id"])
    assert bool(search(env, "Могилёв Кострома", "--outlet", RESTRICTED)) is seen
    assert (RESTRICTED in json.dumps(search(env, "Кострома", "--limit", "1000"))) is seen
    done = mediagap("articles", "show", number, env=env)
    assert (done.returncode == 0) is seen
    if not seen:
        assert "the id of an article" in done.stderr
        assert RESTRICTED not in done.stdout + done.stderr
