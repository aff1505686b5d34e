"""The matcher's one table: what counts for a match, what against it, and how much."""

from typing import NamedTuple


class Feature(NamedTuple):
    weight: float
    explanation: str
    """For editors: what it means when the feature is there."""


# Set by hand on the cases in tests and on the demo's press. They add up to 1 for a text that has it all.
FEATURES = {
    "parties": Feature(0.30, "names both parties"),
    "near": Feature(0.15, "names them in one sentence or in two that follow each other"),
    "subject": Feature(0.30, "has the words of this kind of document or project beside them"),
    "topic": Feature(0.10, "speaks of the entry's subject"),
    "prominent": Feature(0.10, "does so in the headline or the lead"),
    "year": Feature(0.05, "gives the year of the document"),
    "wording": Feature(0.10, "uses the words of the entry's title"),
}

# Qualifiers only ever lower the score.
QUALIFIERS = {
    "other_region": Feature(0.35, "is rather about another region of the partner's country"),
    "other_kind": Feature(0.40, "is on sport or crime, or half as surely on history"),
    "listing": Feature(0.35, "only lists many places"),
    "country_by_region": Feature(0.30, "is about one region rather than the country"),
}

ABOUT = 0.72
"""Score from which an article is said to be about an entry, or to mention it."""

NEAR = 0.50
"""Score from which it is kept as a near miss."""
