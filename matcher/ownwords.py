"""The words that are an entry's own: what its title, names and topics say beside the names of its parties."""

from crawlers import text
from crawlers.codes import is_country
from matcher import frequencies
from matcher.catalogue import Catalogue
from matcher.entries import Entry, Kind
from matcher.parties import Parties
from matcher.said import Said
from matcher.stems import stem

_WIDE_BOTH, _WIDE_ONE, _UNNAMED = 24.0, 12.0, 18.0
_DOCUMENTS_OF_REGIONS = frozenset({Kind.TREATY, Kind.AGREEMENT, Kind.PLAN, Kind.TWINNING})
_MOST_BITS = 9.0
"""No single word counts for more: a rare word is as often a slip as a proof."""


class OwnWords:
    """Own words of every entry with their information in bits, and how many bits an entry needs.

    Two countries are named together in a thousand texts a week; that a text names them says nothing of one
    treaty or contract between them. What such an entry is told by must be its own words.
    """

    def __init__(self, catalogue: Catalogue, parties: Parties) -> None:
        self._table = frequencies.load()
        self._words = {entry.id: self._own(entry, catalogue) for entry in catalogue.entries.values()}
        self._beginnings = {entry.id: self._topics(entry) for entry in catalogue.entries.values()}
        self.needed = {entry.id: self._needed(entry, parties) for entry in catalogue.entries.values()}

    def are_in(self, entry: Entry, said: Said, unnamed: bool = False) -> bool:
        """Whether a stretch of text has as much of the entry's own words as it needs.

        `unnamed`: a party is a firm that the text does not name.
        """
        needed = max(self.needed[entry.id], _UNNAMED if unnamed else 0.0)
        if not needed:
            return True
        own = self._words[entry.id]
        shared = own.keys() & said.stems
        found = sum(own[one] for one in shared)
        for beginning, bits in self._beginnings[entry.id].items():
            if found >= needed:
                break
            if said.begins(beginning) and not any(one.startswith(beginning[:5]) for one in shared):
                found += bits
        return found >= needed

    def _own(self, entry: Entry, catalogue: Catalogue) -> dict[str, float]:
        names = [*entry.title.values(), *(name for listed in entry.names.values() for name in listed)]
        found = {
            stem(part): min(_MOST_BITS, self._table.bits(stem(part)))
            for name in names
            for word in text.words(text.fold(name))
            for part in (word, *word.split("-"))
            if len(part) > 3 and not part.isdigit()
        }
        parties = _stems_of_parties(entry, catalogue)
        return {one: bits for one, bits in found.items() if one not in parties}

    def _topics(self, entry: Entry) -> dict[str, float]:
        beginnings = [text.fold(word).lstrip("=") for words in entry.topics.values() for word in words]
        return {one: min(_MOST_BITS, self._table.bits_of_beginning(one)) for one in beginnings}

    def _needed(self, entry: Entry, parties: Parties) -> float:
        if entry.anchors:
            return 0.0
        belarus = [p for p in entry.parties if parties.side(p)[:2] == "BY"]
        partner = [p for p in entry.parties if p not in belarus]
        wide = [any(is_country(p.place or "-") for p in side) for side in (belarus, partner)]
        if all(wide):
            return _WIDE_BOTH
        return _WIDE_ONE if any(wide) and entry.kind not in _DOCUMENTS_OF_REGIONS else 0.0


def _stems_of_parties(entry: Entry, catalogue: Catalogue) -> set[str]:
    """Stems of the names of the parties and of all that they lie in: these say who, not what."""
    gazetteer = catalogue.gazetteer
    found = set()
    for party in entry.parties:
        organisation = gazetteer.organisations.get(party.organisation or "")
        seat = organisation.seat if organisation else party.place or ""
        places = [gazetteer.places[code] for code in gazetteer.chain(seat)]
        listed = [names for place in places for names in (place.names, place.adjectives, place.demonyms)]
        listed += [organisation.names] if organisation else []
        found |= {
            stem(word)
            for names in listed
            for language, each in names.items()
            if language in ("ru", "be", "en")  # those of the titles
            for name in each
            for word in text.words(text.fold(name))
        }
    return found
