"""How strongly a name found in a text stands for a party of an entry."""

from collections.abc import Iterable

from crawlers import text
from matcher.catalogue import Catalogue
from matcher.entries import Party
from matcher.forms import forms
from matcher.terms import Hit, Term

# A name of the very place says more than the adjective, which its town and its region share.
_SENSE = {"name": 1.0, "adjective": 0.85, "demonym": 1.0}
_WITHIN = 0.6
_WITHIN_DISTRICT = 0.85
"""Its chief town stands for a district, whose guests it receives."""
"""A town stands for its region, less surely than the region's own name."""
_COUNTRY_BY_TOWN = 0.25
"""A town says little about an agreement of its country."""
_REGION_ADJECTIVE = 0.6
"""«костромской» may mean the city as well as the region."""
_AMBIGUOUS = 0.55
_FIRM_BY_REGION, _FIRM_BY_COUNTRY = 0.54, 0.52


class Parties:
    """Strengths of terms for parties, worked out once per pair of them."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._gazetteer = catalogue.gazetteer
        self._look_alikes = {one.means: one.within for one in catalogue.gazetteer.look_alikes}
        self._in_anchors = _named_in_anchors(catalogue)
        self._entries_of: dict[str, set[str]] = {}
        for entry in catalogue.entries.values():
            for party in entry.parties:
                if party.organisation:
                    self._entries_of.setdefault(party.organisation, set()).add(entry.id)
        self._known: dict[tuple[Party, str, str], float] = {}

    def strength(self, party: Party, hit: Hit) -> float:
        """From 0 (says nothing of the party) to 1 (names it)."""
        key = (party, *hit.term)
        if key not in self._known:
            self._known[key] = self._strength(party, hit)
        return self._known[key]

    def side(self, party: Party) -> str:
        """ISO code of the region or country that the party stands for."""
        if party.place is not None:
            return self._gazetteer.code(party.place)
        return self._gazetteer.code(self._gazetteer.organisations[party.organisation or ""].seat)

    def is_ambiguous(self, hit: Hit) -> bool:
        """Whether it is a place's name that is also a common word, and counts beside another of its region."""
        return hit.term.sense == "name" and self._gazetteer.places[hit.term.id].ambiguous

    def is_beside(self, ambiguous: Hit, others: Iterable[Hit]) -> bool:
        region = self._gazetteer.code(ambiguous.term.id)
        return any(self.region_of(other) == region for other in others)

    def region_of(self, hit: Hit) -> str | None:
        """ISO code of the region or country in which the named place or organisation lies.

        None where that is not sure: an ambiguous name says nothing alone.
        """
        if hit.term.sense in ("name", "adjective", "demonym"):
            return None if self.is_ambiguous(hit) else self._gazetteer.code(hit.term.id)
        if hit.term.sense == "anchor":
            return self._in_anchors.get(hit.term.id)
        if hit.term.sense == "look_alike" and (within := self._look_alikes.get(hit.term.id)):
            return self._gazetteer.code(within)
        if hit.term.sense == "organisation":
            return self._gazetteer.code(self._gazetteer.organisations[hit.term.id].seat)
        return None

    def _strength(self, party: Party, hit: Hit) -> float:
        found, sense = hit.term
        if sense in ("anchor", "look_alike"):
            return 0.0
        if sense == "organisation":
            return self._of_organisation(party, found)
        if party.organisation is not None:
            return self._for_organisation(party.organisation, found)
        assert party.place is not None
        wanted = self._gazetteer.places[party.place]
        if found == party.place:
            return _SENSE[sense]
        if party.place in self._gazetteer.chain(found):
            return {"country": _COUNTRY_BY_TOWN, "district": _WITHIN_DISTRICT}.get(wanted.kind, _WITHIN)
        if sense == "adjective" and found == wanted.within and wanted.kind == "city":
            return _REGION_ADJECTIVE
        return 0.0

    def _for_organisation(self, organisation: str, place: str) -> float:
        """A firm's region or country stands for it where news calls it «белорусские троллейбусы»."""
        seat = self._gazetteer.chain(self._gazetteer.organisations[organisation].seat)
        if place in seat and self._gazetteer.places[place].kind == "country":
            return _FIRM_BY_COUNTRY
        return _FIRM_BY_REGION if self._gazetteer.code(place) == self._gazetteer.code(seat[0]) else 0.0

    def sole_entry(self, term: Term) -> str | None:
        """The entry of which an organisation is a party, if there is one only and the name is its own."""
        if term.sense != "organisation" or self._gazetteer.organisations[term.id].ambiguous:
            return None
        entries = self._entries_of.get(term.id, set())
        return next(iter(entries)) if len(entries) == 1 else None

    def _of_organisation(self, party: Party, found: str) -> float:
        organisation = self._gazetteer.organisations[found]
        if found == party.organisation:
            return _AMBIGUOUS if organisation.ambiguous else 1.0
        if party.place is not None and party.place in self._gazetteer.chain(organisation.seat):
            country = self._gazetteer.places[party.place].kind == "country"
            return _COUNTRY_BY_TOWN if country else _WITHIN
        return 0.0


def _named_in_anchors(catalogue: Catalogue) -> dict[str, str]:
    """The party that an entry's anchors name themselves: Belarus in «Товары из Беларуси»."""
    found = {}
    for entry in catalogue.entries.values():
        anchors = " ".join(f" {text.fold(one)} " for listed in entry.anchors.values() for one in listed)
        for party in entry.parties:
            place = catalogue.gazetteer.places.get(party.place or "")
            names = place.names.items() if place else ()
            if any(
                f" {form} " in anchors
                for language, listed in names
                for n in listed
                for form in forms(n, language)
            ):
                found[entry.id] = catalogue.gazetteer.code(party.place or "")
    return found
