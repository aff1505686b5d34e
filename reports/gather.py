"""Reading a snapshot out of the database. The only place where reports ask the tables of the others."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlite_utils import Database

from crawlers import dates, ledger, pages, stories
from crawlers.codes import country_of
from crawlers.dates import stamp
from crawlers.items import Attempt, Reading
from crawlers.outlet_days import GOOD_TEXTS, Day, Texts, judge_spans
from crawlers.registry import Outlet
from crawlers.store import query
from matcher import decisions
from matcher.catalogue import Catalogue
from matcher.decisions import Decision, Verdict
from matcher.model import Model
from reports import suspensions
from reports.snapshot import Publication, Snapshot

_OF_ARTICLE = "a.id AS article, a.url, a.title, a.outlet, a.source, a.language, a.published_day AS day"
_PUBLISHED = "a.published_day IS NOT NULL AND a.published <= :until AND a.first_seen <= :until"

LOOK_BACK = 400
"""Days for which observation is judged: the longest interval and a month."""


def snapshot(
    db: Database, catalogue: Catalogue, outlets: Mapping[str, Outlet], now: datetime, narrow: bool = False,
    counts: bool = True, weights: Callable[[], Model | None] = lambda: None, passages: bool = True,
) -> Snapshot:  # fmt: skip
    """The state of the database at `now`; what was stored later is left out.

    `narrow`: only what the entries of a part of the catalogue need is read: the days of their sides' outlets, and
    no counts of texts. `counts`: whether the texts of outlets and pairs are counted, which lines do not rest on.
    `weights`: gives those that the matches were made by, where they were learned here. `passages`: whether what was
    found in the texts is read too, to be quoted.
    """
    counts = counts and not narrow
    now = now.astimezone(UTC)
    rows = _rows(db, catalogue, now, narrow, passages)
    decided = decisions.in_force(db, now)
    rows += _unmatched(db, decided, rows, now)
    articles = json.dumps(sorted({row["article"] for row in rows}))
    places = stories.places(db, "s.article IN (SELECT value FROM json_each(?))", (articles,))
    published: dict[str, list[Publication]] = {}
    nearly: dict[str, list[Publication]] = {}
    for row in rows:
        if row["entry"] not in catalogue.entries:
            continue  # of an older catalogue; the next run of the matcher removes it
        decision = decided.get((row["article"], row["entry"]))
        verdict = decision.verdict if decision else None
        if verdict is Verdict.NO:
            continue
        grade = "about" if verdict is Verdict.YES else row["grade"]
        one = _publication(row, grade, verdict is Verdict.YES, places.get(row["article"]), outlets)
        (nearly if grade == "near" else published).setdefault(row["entry"], []).append(one)
    attempts = ledger.last_attempts(db, _sources(outlets), now)
    sides = {code for pair in catalogue.pairs() for side in pair for code in (side, country_of(side))}
    watched = {name: one for name, one in outlets.items() if not narrow or one.place in sides}
    days = judged_days(db, watched, attempts, now)
    return Snapshot(
        now, catalogue, outlets, _sorted(published), _sorted(nearly), days,
        attempts,
        _texts_read(db, now) if counts else {}, _first_observed(days), lambda: _version(catalogue, weights()),
        _pair_articles(db, now) if counts else {},
        suspensions.load(),
    )  # fmt: skip


def _version(catalogue: Catalogue, weights: Model | None) -> str:
    from matcher.match import version_of  # late: who only looks needs no other part of the matcher

    return version_of(catalogue, weights)


def _rows(
    db: Database, catalogue: Catalogue, now: datetime, narrow: bool, passages: bool
) -> list[dict[str, Any]]:
    # of the whole catalogue the matches are gone through as they stand: by entry, each article would be looked up
    # far from the one before
    wanted = " AND m.entry IN (SELECT value FROM json_each(:entries))" if narrow else ""
    found = []
    for table in ("matches", "near_misses"):
        found += query(
            db,
            f"SELECT {_OF_ARTICLE}, m.entry, m.grade, m.score, {'m.evidence' if passages else 'NULL AS evidence'}"
            f" FROM {table} m CROSS JOIN articles a ON a.id = m.article WHERE {_PUBLISHED}{wanted}",
            {"until": stamp(now), "entries": json.dumps(list(catalogue.entries)) if narrow else ""},
        )
    return found


def _unmatched(
    db: Database, decided: Mapping[tuple[int, str], Decision], rows: list[dict[str, Any]], now: datetime
) -> list[dict[str, Any]]:
    """Articles that somebody said are about an entry though the matcher found nothing of it in them."""
    known = {(row["article"], row["entry"]) for row in rows}
    wanted = [[*key] for key, one in decided.items() if one.verdict is Verdict.YES and key not in known]
    return query(
        db,
        f"SELECT {_OF_ARTICLE}, json_extract(w.value, '$[1]') AS entry, 'about' AS grade, 1.0 AS score,"
        ' \'{"evidence": [], "passage": ""}\' AS evidence FROM json_each(:wanted) w'
        f" JOIN articles a ON a.id = json_extract(w.value, '$[0]') WHERE {_PUBLISHED} ORDER BY a.published_day, a.id",
        {"wanted": json.dumps(wanted), "until": stamp(now)},
    )


def _publication(
    row: dict[str, Any], grade: str, confirmed: bool, place: stories.Place | None, outlets: Mapping[str, Outlet]
) -> Publication:
    outlet = outlets.get(row["outlet"] or "")
    return Publication(
        row["article"], row["entry"], grade, row["score"], row["url"], row["title"],
        date.fromisoformat(row["day"]), row["outlet"], row["source"], outlet.tier if outlet else None,
        row["evidence"], place.own if place else None,
        place.origin if place else None, place.story if place else row["article"], confirmed,
        row["language"],
    )  # fmt: skip


def _sorted(found: dict[str, list[Publication]]) -> dict[str, tuple[Publication, ...]]:
    return {entry: tuple(sorted(listed, key=lambda p: p.sort_key)) for entry, listed in sorted(found.items())}


def judged_days(
    db: Database, outlets: Mapping[str, Outlet], attempts: Mapping[str, Attempt], now: datetime
) -> dict[str, dict[date, Day]]:
    """Judged days of every outlet: from LOOK_BACK days ago to yesterday, today being unfinished.

    `attempts`: the last one of each source.
    """
    last = now.date() - timedelta(days=1)
    first = last - timedelta(days=LOOK_BACK - 1)
    good = (Reading.FULL.value, Reading.PAGE.value)
    listed: dict[str, dict[date, Texts]] = {}
    backlog = pages.backlog(db)
    # a day that was read well is judged as one of which nothing is known: of a year's days these are nearly all
    for row in query(
        db,
        "SELECT outlet, published_day AS day, count(*) AS n, sum(reading IN (?, ?)) AS good FROM articles"
        " WHERE outlet IN (SELECT value FROM json_each(?)) AND published_day BETWEEN ? AND ?"
        " GROUP BY outlet, published_day HAVING good < ? * n OR (outlet, published_day) IN"
        " (SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?))",
        (*good, json.dumps(list(outlets)), str(first), str(last), GOOD_TEXTS,
         json.dumps([(one.outlet, str(one.day)) for one in backlog])),
    ):  # fmt: skip
        listed.setdefault(row["outlet"], {})[date.fromisoformat(row["day"])] = Texts(row["n"], row["good"])
    for missing in backlog:
        known = listed.setdefault(missing.outlet, {}).get(missing.day, Texts(0, 0))
        listed[missing.outlet][missing.day] = Texts(known.listed + missing.pages, known.read)
    spans: dict[str, list[tuple[date, date]]] = {}
    for row in query(db, "SELECT outlet, first_day, last_day FROM complete_spans"):
        span = date.fromisoformat(row["first_day"]), date.fromisoformat(row["last_day"])
        spans.setdefault(row["outlet"], []).append(span)
    usual = [o.source_id(one) for o in outlets.values() for one in o.sources if one.empty_is_usual]
    since = datetime.combine(first, time(), UTC) - timedelta(days=2)  # the day begins earlier in the east
    read = ledger.spans(db, _sources(outlets), usual, since, now)
    result = {}
    for outlet in outlets.values():
        primary = [outlet.source_id(one) for one in outlet.sources if one.primary]
        shown = [span for source in primary for span in read.get(source, [])]
        tried = [attempts[source] for source in primary if source in attempts]
        newest = max(reversed(tried), key=lambda one: one.fetched, default=None)
        texts, declared = listed.get(outlet.id, {}), spans.get(outlet.id, [])
        result[outlet.id] = judge_spans(
            first, last, outlet.zone, shown, newest, texts, declared, outlet.weekdays
        )
    return result


def _sources(outlets: Mapping[str, Outlet]) -> list[str]:
    return [outlet.source_id(source) for outlet in outlets.values() for source in outlet.sources]


def newest_of_sources(db: Database, now: datetime) -> dict[str, datetime]:
    """Publication of the newest article of each source that has one, as far as `now` knows."""
    rows = query(
        db,
        "SELECT source, max(published) AS newest FROM articles WHERE published IS NOT NULL AND first_seen <= ?"
        " GROUP BY source",
        (now.strftime("%Y-%m-%dT%H:%M:%SZ"),),
    )
    return {row["source"]: dates.moment(row["newest"]) for row in rows}


def _texts_read(db: Database, now: datetime) -> dict[str, int]:
    since = now.date() - timedelta(days=LOOK_BACK)
    rows = query(
        db,
        "SELECT outlet, count(*) AS n FROM articles WHERE outlet IS NOT NULL AND published_day >= ?"
        " AND first_seen <= ? GROUP BY outlet",
        (str(since), now.strftime("%Y-%m-%dT%H:%M:%SZ")),
    )
    return {row["outlet"]: row["n"] for row in rows}


def _pair_articles(db: Database, now: datetime) -> dict[str, int]:
    rows = query(
        db,
        "SELECT p.pair, count(*) AS n FROM pair_matches p JOIN articles a ON a.id = p.article"
        " WHERE a.published <= ? AND NOT EXISTS"
        " (SELECT 1 FROM matches m WHERE m.article = p.article AND m.grade = 'about') GROUP BY p.pair",
        (now.strftime("%Y-%m-%dT%H:%M:%SZ"),),
    )
    return {row["pair"]: row["n"] for row in rows}


def _first_observed(days: Mapping[str, Mapping[date, Day]]) -> date | None:
    firsts = (
        next((d for d, day in listed.items() if day.state == "observed"), None) for listed in days.values()
    )
    return min((one for one in firsts if one), default=None)
