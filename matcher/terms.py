"""What is found in a text: a form of a name, and what the name stands for."""

from typing import Literal, NamedTuple

Sense = Literal["name", "adjective", "demonym", "organisation", "anchor", "look_alike"]


class Term(NamedTuple):
    """What a form stands for: the id of a place, organisation or entry, and in which way."""

    id: str
    sense: Sense


class Hit(NamedTuple):
    """One place in the text where a form of a term stands."""

    start: int
    end: int
    term: Term


class Form(NamedTuple):
    """A form of a name, as it is looked for."""

    term: Term
    proper: bool
    """Whether it is written with a capital; «костромичи» is not."""


class Span(NamedTuple):
    """A stretch of text that is a form, of whatever terms share it."""

    start: int
    end: int
    forms: list[Form]
