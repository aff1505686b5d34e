"""Decisions become cases, cases become weights of an installation, and a floor is not lowered silently."""

import pickle
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlite_utils import Database

from crawlers import archive, store
from crawlers.errors import DataError
from crawlers.items import Item, Reading
from matcher import decisions, labelled, learned
from matcher.catalogue import Catalogue
from matcher.decisions import Verdict
from matcher.labelled import Case
from matcher.learn import Line, background, in_force, learn
from matcher.match import VERSION, Matcher, version_of
from matcher.model import Model
from matcher.records import Text
from matcher.standing import waiting
from matcher.store import match_archive
from reports.work import TABLES
from tests.matcher.tiny_catalogue import Tiny

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
TITLES = (
    "Могилёв и Костромская область: план областей", "Погода", "Костромская область и Могилёв открыли магазин льна",
)  # fmt: skip
MODEL = Model(-2.0, {"subject": 1.5}, "learned-1")


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    opened = store.open_database(tmp_path / "a.db", TABLES)
    with store.writing(opened) as connection:
        for number, title in enumerate(TITLES):
            item = Item(f"https://paper.example/{number}", title, "Текст", reading=Reading.FULL, language="ru")
            archive.save(connection, item, "paper", "paper/feed", ZoneInfo("UTC"), NOW)
    yield opened
    opened.conn.close()


def decide(db: Database, known: Catalogue, article: int, entry: str, verdict: Verdict) -> None:
    decisions.decide(db, known.entries, article, entry, verdict, "anna", NOW)


def ignored(_what: str, _done: int, _total: int) -> None:
    pass


def test_decisions_are_cases_that_say_nothing_of_other_entries(
    db: Database, tiny: Tiny, tmp_path: Path
) -> None:
    known = tiny.load()
    decide(db, known, 1, "tiny-plan", Verdict.YES)
    decide(db, known, 1, "tiny-agreement", Verdict.NO)
    decide(db, known, 2, "tiny-shop", Verdict.UNSURE)
    found, decided = learned.cases(db, known, {}, NOW)
    (case,) = found
    assert (case.about, case.decided) == ({"tiny-plan"}, {"tiny-plan", "tiny-agreement"})
    kin = frozenset({"tiny-plan", "tiny-agreement"})
    assert [case.judges(one, kin) for one in known.entries] == [True, True, False]
    assert decided == {1, 2}
    learned.write(tmp_path / "learned", MODEL, found)
    assert labelled.load(tmp_path / "learned") == {"ru": [case]}
    gone = replace(known, entries={"tiny-shop": known.entries["tiny-shop"]})
    assert learned.cases(db, gone, {}, NOW) == ([], {1, 2})


def test_learned_weights_answer_and_the_archive_is_matched_again(
    db: Database, tiny: Tiny, tmp_path: Path
) -> None:
    known = tiny.load()
    assert learned.weights(tmp_path) is None
    before = match_archive(db, Matcher(known), {}).about
    learned.write(tmp_path, Model(20.0, {}), [])
    weights = learned.weights(tmp_path)
    matcher = Matcher(known, weights)
    assert matcher.version == version_of(known, weights) != version_of(known)
    assert waiting(db, matcher.version) == 3
    run = match_archive(db, matcher, {})
    assert run.articles == 3
    assert run.about > before
    assert pickle.loads(pickle.dumps(matcher)).version == matcher.version
    learned.write(tmp_path, Model(19.0, {}), [])
    assert Matcher(known, learned.weights(tmp_path)).version != matcher.version


def test_weights_of_another_matcher_are_not_used(tmp_path: Path) -> None:
    path = learned.write(tmp_path, MODEL, [])
    path.write_text(path.read_text("utf-8").replace(f'"program": "{VERSION}"', '"program": "0"'), "utf-8")
    found = learned.stored(tmp_path)
    assert found is not None
    assert (found.outdated, learned.weights(tmp_path)) == (True, None)
    path.write_text("{}", "utf-8")
    with pytest.raises(DataError, match=r"weights\.json.*run it again"):
        learned.weights(tmp_path)


def test_background_leaves_out_what_is_decided_and_what_may_be_right(db: Database, tiny: Tiny) -> None:
    known = tiny.load()
    matcher = Matcher(known)
    decided = [Case("d", Text("1", "", ""), frozenset({"tiny-plan"}), frozenset(), None, "")]
    (case,) = background(db, matcher, {}, decided, {1}, ignored)
    assert (case.id, case.about) == ("archive-3", frozenset())
    assert case.mention == {"tiny-plan", "tiny-shop"}


def test_only_a_fall_below_the_floor_is_one() -> None:
    before, after = {"precision": 0.95, "recall": 0.80}, {"precision": 0.90, "recall": 0.80}
    line = Line("be", False, 30, before, after, {"precision": 0.93, "recall": 0.85, "pairs_recall": 0.9})
    assert line.lowered == {"precision": 0.90}
    assert replace(line, floor={"precision": 0.90}).lowered == {}
    assert replace(line, floor={}).lowered == {}


def test_accepted_floors_stay_with_their_reason(tmp_path: Path) -> None:
    learned.lower(tmp_path, {"be": {"precision": 0.9}}, "names have changed", "anna", NOW)
    learned.lower(tmp_path, {"ru": {"recall": 0.8}}, "another reason", "anna", NOW)
    written = (tmp_path / learned.FLOORS).read_text(encoding="utf-8")
    assert all(said in written for said in ("names have changed", "another reason", "anna", "2026-11-23"))
    program = {"be": {"precision": 0.93, "recall": 0.85}}
    assert in_force(learned.floors(tmp_path), program) == {
        "be": {"precision": 0.9, "recall": 0.85}, "ru": {"recall": 0.8},
    }  # fmt: skip


def test_decisions_change_the_figures_after_and_not_those_before(matcher: Matcher) -> None:
    pinned = labelled.load()["en"]
    told = [case for case in pinned if case.about]
    denied = [
        replace(case, id=f"decided-{case.id}", about=frozenset(), pairs=None, decided=case.about)
        for case in told
    ]
    floors = {"en": {"recall": 0.5, "pairs_recall": 0.1}}
    found = learn(matcher, pinned, denied, (), floors, ignored)
    alike = [replace(case, id=f"decided-{case.id}", pairs=None, decided=case.about) for case in told]
    other = learn(matcher, pinned, alike, (), floors, ignored)
    line, same = found.lines[0], other.lines[0]
    assert (line.language, line.decided, line.cases) == ("en", False, len(pinned))
    assert line.after["recall"] < 0.5 < line.before["recall"]
    assert set(line.after) == set(learned.FIGURES)
    assert "recall" in found.lowered["en"]
    assert same.after["recall"] > line.after["recall"]
    assert other.lowered == {}
