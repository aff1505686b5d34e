"""A made-up press and catalogue: a snapshot in one line, without a database."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from crawlers.items import Attempt
from crawlers.outlet_days import Day, DayState
from crawlers.registry import Outlet
from matcher import catalogue
from matcher.catalogue import Catalogue
from matcher.entries import Entry
from reports.i18n import reader
from reports.letter import Task
from reports.letter_claims import History
from reports.snapshot import Publication, Snapshot
from reports.subscribers import Subscriber
from reports.view import View
from reports.weeks import Week

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
"""A Monday: the letter is that of 2026-W47."""
TODAY = NOW.date()
HERE, THERE = "BY-MA", "RU-KOS"
TOKEN = "2026-W47.0123456789abcdef0123"


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def entry(name: str, **fields: Any) -> Entry:
    """An agreement of Mogilev and Kostroma Regions, unless told otherwise."""
    data: dict[str, Any] = {
        "id": name, "kind": "agreement", "title": {language: f"{language} {name}" for language in ("ru", "be", "en")},
        "parties": [{"place": HERE}, {"place": THERE}], "pairs": [f"{HERE}:{THERE}"], "status": "signed",
        "status_as_of": "2017", "sector": ["trade"], "book": {"chapters": [10]},
    }  # fmt: skip
    return Entry.model_validate(data | fields)


def outlet(name: str, place: str = HERE, **fields: Any) -> Outlet:
    country, _, region = place.partition("-")
    data: dict[str, Any] = {
        "id": name, "title": name.title(), "family": name, "homepage": f"https://{name}.example",
        "country": country, "region": place if region else None, "level": "regional" if region else "national",
        "type": "press", "control": "unknown", "languages": ["ru"], "time_zone": "Europe/Minsk",
        "sources": [{"kind": "feed", "url": f"https://{name}.example/feed"}], "verified": None,
    }  # fmt: skip
    return Outlet.model_validate(data | fields)


def text(article: int, about: str, day: date, by: str, **fields: Any) -> Publication:
    """An own piece about an entry, unless told otherwise; `passage`: a sentence of it, `words`: found in it."""
    told = {"passage": fields.pop("passage", ""), "evidence": [{"words": fields.pop("words", ())}]}
    data: dict[str, Any] = {
        "article": article, "entry": about, "grade": "about", "score": 0.9,
        "url": f"https://{by}.example/{article}", "title": f"Headline {article}", "day": day, "outlet": by,
        "source": f"{by}/feed", "tier": None, "evidence": json.dumps(told), "own": True, "origin": None,
        "story": article, "confirmed": False,
    }  # fmt: skip
    return Publication(**(data | fields))


PRESS = (outlet("dnepr"), outlet("drut"), outlet("volga", THERE), outlet("kostroma", THERE))
"""Two outlets a side: fewer could prove no silence."""


def snapshot(
    entries: Iterable[Entry], texts: Iterable[Publication] = (), near: Iterable[Publication] = (),
    press: Iterable[Outlet] = PRESS, failing: Mapping[str, str] = {}, unread: Iterable[tuple[str, date]] = (),
) -> Snapshot:  # fmt: skip
    """All of the press observed on each of 400 days, but for `unread`; `failing`: outcomes of today's fetches."""
    listed = list(press)
    missed = set(unread)
    days = {
        one.id: {
            ago(n): Day(DayState.UNOBSERVED, "timeout") if (one.id, ago(n)) in missed else Day(DayState.OBSERVED, "")
            for n in range(1, 401)
        }
        for one in listed
    }  # fmt: skip
    attempts = {
        f"{one.id}/feed": Attempt(f"{one.id}/feed", one.id, NOW, failing.get(one.id, "new")) for one in listed
    }
    return Snapshot(
        NOW, Catalogue({one.id: one for one in entries}, _gazetteer(), "made-up"), {one.id: one for one in listed},
        _by_entry(texts), _by_entry(near), days, attempts, {}, ago(400), lambda: "made-up",
    )  # fmt: skip


def view(of: Snapshot, language: str = "en", profile: str = "strictest") -> View:
    return View(of, reader(language), profile)


def task(
    history: History | None = None, busy: frozenset[tuple[str, str, str]] = frozenset(), **fields: Any
) -> Task:
    one = Subscriber(**({"address": "editor@example.org", "topics": (HERE,)} | fields))
    return Task(one, Week.before(TODAY), history or History(), "report/index.html", False, TOKEN, busy=busy)


def _by_entry(texts: Iterable[Publication]) -> dict[str, tuple[Publication, ...]]:
    found: dict[str, list[Publication]] = {}
    for one in sorted(texts, key=lambda one: one.sort_key):
        found.setdefault(one.entry, []).append(one)
    return {name: tuple(listed) for name, listed in found.items()}


@cache
def _gazetteer() -> Any:
    return catalogue.load().gazetteer
