"""New agreements: what articles report as signed between two sides and no entry of the catalogue is."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlite_utils import Database

from crawlers import archive, codes, store, text
from crawlers.codes import Pair
from crawlers.errors import DataError
from crawlers.items import Article
from matcher import words
from matcher.catalogue import Catalogue
from matcher.entries import Kind
from matcher.reading import LEAD

# The most telling first: a memorandum on a joint venture is about the venture.
_DOCUMENTS = ((Kind.JOINT_VENTURE, "venture"), (Kind.TWINNING, "twinning"), (Kind.AGREEMENT, "memorandum"),
              (Kind.AGREEMENT, "agreement"), (Kind.PLAN, "plan"))  # fmt: skip
_PROGRAMME = re.compile(r"(?<!\w)(?:программ|праграм|програм|programm|бағдарлама|proqram|dastur)\w*")
_SIGNED = re.compile(
    r"(?<!\w)(?:подписа|заключи|скрепи|учреди|создали|побратимами стали|стали побратимами|породнил"
    r"|падпіса|заключы|сталі пабрацімамі|signed|conclud|established|became twin|were twinned|підписа|уклал"
    r"|қол қой|semnat|semnează|ხელი მოაწერ|ხელმოწერ|ստորագր|кол кой|имзо|imzola)"
)
_TITLES = {
    Kind.JOINT_VENTURE: ("Совместное предприятие: {}", "Сумеснае прадпрыемства: {}", "Joint venture: {}"),
    Kind.TWINNING: ("Соглашение о побратимских связях: {}", "Пагадненне аб пабрацімскіх сувязях: {}", "Twinning: {}"),
    Kind.AGREEMENT: ("Соглашение о сотрудничестве: {}", "Пагадненне аб супрацоўніцтве: {}", "Cooperation agreement: {}"),
    Kind.PLAN: ("План мероприятий: {}", "План мерапрыемстваў: {}", "Plan of measures: {}"),
    Kind.PROGRAMME: ("Программа сотрудничества: {}", "Праграма супрацоўніцтва: {}", "Programme of cooperation: {}"),
}  # fmt: skip


@dataclass(frozen=True)
class Proposal:
    """One document of a pair that articles of a month report."""

    number: int
    """0: it has not got one yet."""
    key: str
    """Pair, kind and month: what makes it one proposal, before it has a number."""
    pair: Pair
    kind: Kind
    articles: tuple[Article, ...]
    """The evidence, in the order of publication."""
    record: dict[str, Any]
    """The entry as the catalogue's files would hold it; a person is to complete it."""

    def plain(self) -> dict[str, Any]:
        return {
            "number": self.number, "pair": str(self.pair), "kind": self.kind.value, "entry": self.record,
            "articles": [
                {"id": a.id, "day": str(a.day), "outlet": a.outlet, "url": a.url, "title": a.title}
                for a in self.articles
            ],
        }  # fmt: skip


def find(db: Database, catalogue: Catalogue, numbered: bool = True, since: date = date.min) -> list[Proposal]:
    """Open proposals, by number; new ones, which come last, get theirs here unless nothing is to be written.

    Articles about an entry, or naming one, are no evidence. `since`: the first day of a month; only what articles of
    that month and later report, which is found sooner.
    """
    grouped: dict[tuple[Pair, Kind, date], list[Article]] = {}
    unmatched = (
        "a.published_day IS NOT NULL AND a.url IS NOT NULL AND a.id IN (SELECT article FROM pair_matches)"
        " AND a.id NOT IN (SELECT article FROM matches) AND a.published_day >= ?"
    )
    pairs: dict[int, list[Pair]] = {}
    for number, pair in db.conn.execute("SELECT article, pair FROM pair_matches"):
        pairs.setdefault(number, []).append(codes.pair(pair))
    for article in archive.articles(db, unmatched, (since.isoformat(),)):
        kind = document(article.title, article.text)
        if kind is None or article.day is None or len(pairs[article.id]) != 1:
            continue  # of several pairs a text does not tell whose document it is
        grouped.setdefault((pairs[article.id][0], kind, article.day.replace(day=1)), []).append(article)
    keys = {f"{pair} {kind.value} {month:%Y-%m}": group for (pair, kind, month), group in grouped.items()}
    if numbered:
        with store.writing(db) as connection:
            rows = ((key, "open") for key in keys)
            connection.executemany("INSERT OR IGNORE INTO proposals (key, state) VALUES (?, ?)", rows)
    known = {
        key: (n, state) for n, key, state in db.conn.execute("SELECT id, key, state FROM proposals ORDER BY id")
    }
    new = [(key, (0, "open")) for key in keys if key not in known]
    found = []
    for key, (number, state) in [*known.items(), *new]:
        if key not in keys or state != "open":
            continue
        pair, kind = codes.pair(key.split()[0]), Kind(key.split()[1])
        listed = tuple(sorted(keys[key], key=lambda one: (one.day or date.max, one.id)))
        found.append(Proposal(number, key, pair, kind, listed, _record(pair, kind, listed, catalogue)))
    return found


def document(title: str, body: str) -> Kind | None:
    """What kind of document a text reports as signed, in one sentence of its headline or lead; None for none."""
    lead = text.clean(body[:3000])
    spans = [lead[start:end] for start, end in text.sentence_spans(lead)[:LEAD]]
    for sentence in (text.fold(title), *map(text.fold, spans)):
        if _SIGNED.search(sentence):
            for kind, group in _DOCUMENTS:
                if _pattern(group).search(sentence):
                    return kind
            if _PROGRAMME.search(sentence):
                return Kind.PROGRAMME
    return None


@cache
def _pattern(group: str) -> re.Pattern[str]:
    """Finds the words of a group of matcher/words/words.yml in folded text."""
    parts = [
        re.escape(text.fold(one).removeprefix("=")) + (r"(?!\w)" if one.startswith("=") else "")
        for one in words.groups()[group]
    ]
    return re.compile(r"(?<!\w)(?:" + "|".join(parts) + ")")


def one(db: Database, catalogue: Catalogue, number: int) -> Proposal:
    """The open proposal of a number; raises DataError where there is none."""
    for proposal in find(db, catalogue):
        if proposal.number == number:
            return proposal
    raise DataError("proposals", "number", number, "an open proposal", "see `mediagap catalogue proposals`")


def settle(db: Database, number: int, accepted: bool) -> None:
    """Takes a proposal off the list for good."""
    state = "accepted" if accepted else "rejected"
    with store.writing(db) as connection:
        connection.execute("UPDATE proposals SET state = ? WHERE id = ?", (state, number))


def _record(pair: Pair, kind: Kind, articles: tuple[Article, ...], catalogue: Catalogue) -> dict[str, Any]:
    first = articles[0].day
    assert first is not None
    places = [catalogue.gazetteer.places[code] for code in pair]
    titles = {}
    for language, title in zip(("ru", "be", "en"), _TITLES[kind], strict=True):
        names = [place.names.get(language, (place.id,))[0] for place in places]
        titles[language] = f"{title.format(' — '.join(names))}, {first:%Y-%m}"
    slug = "-".join(code.lower() for code in pair)
    venture = kind is Kind.JOINT_VENTURE
    return {
        "id": f"{slug}-{kind.value.replace('_', '-')}-{first:%Y-%m}", "kind": kind.value, "title": titles,
        "parties": [{"place": code} for code in pair], "pairs": [str(pair)],
        # news tells the month for sure; the day of a report is not that of the signing
        "signed": f"{first:%Y-%m}", "status": "signed", "status_as_of": f"{first:%Y-%m}",
        "size": "B" if venture else None,
        "size_reason": "not known yet: proposed from news" if venture else None,
        "sector": ["general"], "book": {"urls": [article.url for article in articles[:5]]},
    }  # fmt: skip
