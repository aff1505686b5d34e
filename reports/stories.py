"""Who wrote it first: texts on one entry that repeat each other are one story with an origin."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from crawlers import text

_SHINGLE = 4  # words
SAME, DERIVED = 0.8, 0.3
"""Containment from which a text is the same as an earlier one, and from which it derives from it."""
WITHIN = timedelta(days=10)

# A credit line names where the text is from; "our reporter was told" is none.
_CREDIT = re.compile(
    r"(?:по сообщени\w+|по информации|по материалам|сообща\w+|передает|пишет|со ссылкой на|источник:"
    r"|паводле|паведамля\w+|перадае|піша|са спасылкай на|крыніца:"
    r"|according to|as reported by|reports|source:)\s+"
    r"(?:агентств\w+|агенцтв\w+|пресс-служб\w+|прэс-служб\w+|портал\w*|сайт\w*|the press service"
    r"|белт\w+|belta|тасс|sputnik|риа новости|интерфакс\w*|администраци\w+|адміністрацы\w+)",
)


@dataclass(frozen=True)
class Source:
    """A text whose place in a story is asked for."""

    article: int
    outlet: str
    day: date
    text: str


@dataclass(frozen=True)
class Place:
    """Where a text stands in its story."""

    story: int
    """Article that the story begins with."""
    own: bool
    origin: str | None
    """Outlet of the text that it repeats, or its credit line."""


def group(sources: Sequence[Source], agencies: frozenset[str] = frozenset()) -> dict[int, Place]:
    """The place of each text, by article; the order of `sources` does not matter.

    `agencies`: folded names of outlets that, when credited, make a text a report of theirs.
    """
    places: dict[int, Place] = {}
    earlier: list[tuple[Source, frozenset[int]]] = []
    for source in sorted(sources, key=lambda one: (one.day, one.article)):
        shingles = _shingles(source.text)
        near = [
            (_containment(shingles, other), before)
            for before, other in earlier
            if source.day - before.day <= WITHIN and before.outlet != source.outlet
        ]
        share, closest = max(near, key=lambda one: one[0], default=(0.0, None))
        credit = _credit(source.text, agencies)
        if closest is not None and share >= DERIVED:
            story = places[closest.article].story if share >= SAME else source.article
            places[source.article] = Place(story, False, closest.outlet)
        else:
            places[source.article] = Place(source.article, credit is None, credit)
        earlier.append((source, shingles))
    return places


def _credit(body: str, agencies: frozenset[str]) -> str | None:
    folded = text.fold(body)
    found = _CREDIT.search(folded)
    if found:
        return body[found.start() : found.end()]
    return next(
        (
            n
            for n in sorted(agencies)
            if re.search(rf"(?:сообща|паведамля|информ|reports)\w*[\s\"]+{re.escape(n)}", folded)
        ),
        None,
    )


def _shingles(body: str) -> frozenset[int]:
    listed = text.words(text.fold(body))
    return frozenset(hash(tuple(listed[i : i + _SHINGLE])) for i in range(max(1, len(listed) - _SHINGLE + 1)))


def _containment(one: frozenset[int], other: frozenset[int]) -> float:
    return len(one & other) / (min(len(one), len(other)) or 1)
