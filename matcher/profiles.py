"""What the matcher looks for, by entry: who its sides are, and which words are its own."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from crawlers import text
from crawlers.codes import country_of
from matcher import concepts, frequencies, words
from matcher.catalogue import Catalogue
from matcher.entries import Entry, Kind, Party
from matcher.parties import Parties
from matcher.places import Organisation, Place
from matcher.stems import stem
from matcher.vocabulary import Vocabulary

# Groups of matcher/words/words.yml that show what a text tells, by the kind of entry.
SUBJECT = {
    Kind.TREATY: ("agreement",), Kind.AGREEMENT: ("agreement",), Kind.MEDIA: ("memorandum", "agreement"),
    Kind.PLAN: ("plan",), Kind.PROGRAMME: ("agreement", "plan"), Kind.TWINNING: ("twinning",),
    Kind.JOINT_VENTURE: ("venture",), Kind.ASSEMBLY: ("assembly",), Kind.DEALERSHIP: ("trade",),
    Kind.CONTRACT: ("contract",), Kind.INSTITUTION: ("study",), Kind.PROJECT: ("production", "cooperation"),
    Kind.ROUTE: ("production", "cooperation"), Kind.COMMISSION: ("cooperation",), Kind.FORUM: ("cooperation",),
}  # fmt: skip

MOST_BITS = 9.0
"""No single word counts for more: a rare word is as often a slip as a proof."""

_NUMBER, _YEAR = re.compile(r"(?<![\w.,])\d{2,}(?![\w])"), re.compile(r"(?:19|20)\d\d")
_LEVELS = {"union": 0, "country": 0, "region": 1, "city": 2, "district": 2}
_FIRM = 3


@dataclass(frozen=True, slots=True)
class Side:
    """One side of an entry, the Belarusian or the other."""

    parties: tuple[Party, ...]
    codes: frozenset[str]
    """ISO codes of the regions or countries of its parties."""
    homes: frozenset[str]
    """Codes of the entry's pairs on this side, which may be more precise or less."""
    level: int
    """How precisely it is named: 0 country, 1 region, 2 town or district, 3 organisation."""


@dataclass(frozen=True, slots=True)
class Profile:
    """One entry, ready to be looked for."""

    entry: Entry
    sides: tuple[Side, Side]
    stems: dict[str, float]
    """Own words of its title and names as stems, with their information in bits."""
    titles: tuple[frozenset[str], ...]
    """Own words of its title alone, as stems, by language."""
    concepts: dict[str, float]
    """What it is about, by name in the vocabulary, in bits."""
    years: frozenset[str]
    numbers: frozenset[str]
    """Numbers of its title and names that are no years: «102 троллейбуса»."""
    groups: tuple[str, ...]


class Profiles:
    """The profiles of a catalogue with the vocabulary that finds their words."""

    def __init__(self, catalogue: Catalogue, parties: Parties) -> None:
        self._gazetteer, self._parties = catalogue.gazetteer, parties
        self._table = frequencies.load()
        self._further: set[tuple[str, str]] = set()
        self._named: dict[str, set[str]] = {}
        self.by_entry = {entry.id: self._profile(entry) for entry in catalogue.entries.values()}
        self.by_stem: dict[str, list[tuple[str, float]]] = {}
        """Entries one of whose own words has the stem, with its bits."""
        self.by_concept: dict[str, list[tuple[str, float]]] = {}
        for one, profile in self.by_entry.items():
            for word, bits in profile.stems.items():
                self.by_stem.setdefault(word, []).append((one, bits))
            for concept, bits in profile.concepts.items():
                self.by_concept.setdefault(concept, []).append((one, bits))

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Names: a group as it stands, "concept:" and a concept, "topic:" and a beginning."""
        return Vocabulary([*_listed(), *sorted(self._further)])

    def _profile(self, entry: Entry) -> Profile:
        belarus = tuple(p for p in entry.parties if country_of(self._parties.side(p)) == "BY")
        partner = tuple(p for p in entry.parties if p not in belarus)
        sides = (belarus or entry.parties[:1], partner or entry.parties[1:])
        years = {str(date.first.year) for date in (entry.signed, entry.starts, entry.ends) if date}
        stems, titles = self._stems(entry)
        first, second = (self._side(entry, number, side) for number, side in enumerate(sides))
        return Profile(
            entry, (first, second), stems, titles, self._concepts(entry), frozenset(years), _numbers(entry),
            SUBJECT[entry.kind],
        )  # fmt: skip

    def _side(self, entry: Entry, number: int, parties: tuple[Party, ...]) -> Side:
        codes = frozenset(self._parties.side(party) for party in parties)
        homes = frozenset(pair[number] for pair in entry.pairs)
        return Side(parties, codes, homes, max(map(self._level, parties), default=0))

    def _level(self, party: Party) -> int:
        if party.place is None:
            return _FIRM
        return _LEVELS[self._gazetteer.places[party.place].kind]

    def _stems(self, entry: Entry) -> tuple[dict[str, float], tuple[frozenset[str], ...]]:
        names = [name for listed in entry.names.values() for name in listed]
        parties = self._stems_of_parties(entry)
        titles = tuple(frozenset(_own_stems([title]) - parties) for title in entry.title.values())
        every = (_own_stems(names) - parties).union(*titles)
        return {one: min(MOST_BITS, self._table.bits(one)) for one in every}, titles

    def _stems_of_parties(self, entry: Entry) -> set[str]:
        """Stems of the names of the parties and of all that they lie in: these say who, not what."""
        found: set[str] = set()
        for party in entry.parties:
            organisation = self._gazetteer.organisations.get(party.organisation or "")
            seat = organisation.seat if organisation else party.place or ""
            named = [*self._gazetteer.chain(seat), *((organisation.id,) if organisation else ())]
            for one in named:
                if one not in self._named:  # hundreds of entries have the same
                    record = self._gazetteer.places.get(one) or self._gazetteer.organisations[one]
                    self._named[one] = _stems_of_names(record)
                found |= self._named[one]
        return found

    def _concepts(self, entry: Entry) -> dict[str, float]:
        sure = concepts.of_entry(entry)
        found = {f"concept:{name}": share * concepts.bits(name) for name, share in sure.items()}
        known = tuple(word for name in sure for word in concepts.folded(name))
        begun = "\n" + "\n".join(known)  # a beginning after a line's is one of a word
        for topic in (topic for listed in entry.topics.values() for topic in listed):
            one = text.fold(topic.removeprefix("="))
            if not (one.startswith(known) or f"\n{one}" in begun):
                self._further.add((f"topic:{one}", topic))
                found[f"topic:{one}"] = self._table.bits_of_beginning(one)
        return {name: min(MOST_BITS, bits) for name, bits in found.items()}


def _listed() -> Iterator[tuple[str, str]]:
    for name, beginnings in words.groups().items():
        yield from ((name, one) for one in beginnings)
    for concept, by_language in concepts.load().items():
        yield from ((f"concept:{concept}", one) for listed in by_language.values() for one in listed)


def _own_stems(names: Iterable[str]) -> set[str]:
    words = (word for name in names for word in text.words(text.fold(name)))
    parts = (part for word in words for part in (word, *word.split("-")))
    return {stem(part) for part in parts if len(part) > 3 and not part.isdigit()}


def _numbers(entry: Entry) -> frozenset[str]:
    names = [*entry.title.values(), *(name for listed in entry.names.values() for name in listed)]
    return frozenset(n for name in names for n in _NUMBER.findall(name) if not _YEAR.fullmatch(n))


def _stems_of_names(record: Place | Organisation) -> set[str]:
    names = [record.names]
    names += [record.adjectives, record.demonyms] if isinstance(record, Place) else []
    return {
        stem(word)
        for by_language in names
        for listed in by_language.values()
        for name in listed
        for word in text.words(text.fold(name))
    }
