"""`mediagap match explain`: one text with everything that the matcher sees in it."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from matcher.evidence import AGAINST, FOR
from matcher.explain import Explainer, Explanation
from matcher.match import Matcher
from matcher.records import Grade, Text
from reports import told
from reports.i18n import reader
from tests.program import mediagap

TITLE = "Кострома и Бобруйск отметили годовщину побратимства"
BODY = "Делегация приехала в Кострому. Договор о побратимстве подписан в 2012 году."
TWINS = "bobruisk-kostroma-twinning-2012"


@pytest.fixture(scope="module")
def explainer() -> Explainer:
    from matcher import catalogue

    return Explainer(Matcher(catalogue.load()))


@pytest.fixture(scope="module")
def table(explainer: Explainer) -> Explanation:
    return explainer.explain(Text("1", TITLE, BODY))


def test_graded_entry_stands_first_with_its_words_where_they_are(table: Explanation) -> None:
    first = table.candidates[0]
    assert first.entry == TWINS
    assert first.found is not None
    assert first.found.grade is Grade.ABOUT
    spots = [n.spot for n in first.named] + [spot for reason in first.reasons for spot in reason.spots]
    assert all(table.text[spot.start : spot.end] == spot.word for spot in spots)
    sides = {(n.side, n.spot.word) for n in first.named}
    assert {("belarus", "Бобруйск"), ("partner", "Кострома"), ("partner", "Кострому")} <= sides


def test_the_answer_is_that_of_the_matcher(table: Explanation) -> None:
    plain = table.plain()
    assert plain["pairs"] == [["BY-MA", "RU-KOS"]]
    first = plain["candidates"][0]
    assert first["probability"] == first["score"]
    assert {one["feature"] for one in first["evidence"]} <= FOR.keys() | AGAINST.keys()
    assert {name for one in first["contributions"] for name in one.split("*")} <= first["features"].keys()
    json.dumps(plain)


@pytest.mark.parametrize(
    ("title", "says"),
    [
        ("Погода на завтра", "не названа ни одна сторона"),
        ("Бобруйск отметил день города", "названа только белорусская сторона"),
        ("Кострома отметила день города", "назван только партнёр"),
    ],
)
def test_entry_that_is_asked_about_is_told_of_whatever_the_text(
    explainer: Explainer, title: str, says: str
) -> None:
    (one,) = explainer.explain(Text("1", title, ""), TWINS).candidates
    assert told.sentence(reader("ru"), one) == says


@pytest.mark.parametrize("language", ["ru", "be"])
def test_every_feature_is_said_in_the_readers_language(language: str) -> None:
    known = (*FOR.values(), *AGAINST.values())
    assert [one for one in known if reader(language).t(one) == one] == []


def test_file_of_plain_text(tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_text(f"{TITLE}\n{BODY}", encoding="utf-8")
    done = mediagap("match", "explain", str(path), "--lang", "ru")
    assert done.returncode == 0, done.stderr
    assert f"{TWINS}: about" in done.stdout
    assert "названы обе стороны («Бобруйск», «Кострома»)" in done.stdout
    assert "«Бобруйск» 11–19" in done.stdout


def test_article_of_the_archive_by_its_number(on_demo: Mapping[str, str]) -> None:
    found = mediagap("articles", "search", "побратимства", "--json", env=on_demo)
    listed: list[dict[str, Any]] = json.loads(found.stdout)
    done = mediagap("match", "explain", str(listed[0]["id"]), "--json", "--entry", TWINS, env=on_demo)
    assert done.returncode == 0, done.stderr
    (one,) = json.loads(done.stdout)["candidates"]
    assert one["entry"] == TWINS
    assert one["sentence"]


def test_what_is_not_there_is_one_line() -> None:
    done = mediagap("match", "explain", "no-such-file.txt")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "no-such-file.txt" in done.stderr
