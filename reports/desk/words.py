"""What templates of the desk say and link: filters and functions beside those of the report."""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment

from crawlers.codes import Pair
from reports.tidy import one_line

MOST_SHOWN = 300
"""Characters of somebody's text for readers who have not signed in."""
_FOUND = 40


def extend(env: Environment) -> None:
    env.filters["line"] = one_line
    env.filters["words"] = lambda key: key.replace("_", " ")  # keys of data are their own English
    env.filters["clean"] = clean
    env.filters["marked"] = marked
    env.globals.update(entry_link=entry_link, pair_link=pair_link, with_query=with_query)


def entry_link(line: str) -> str:
    return f"/entry/{quote(line, safe='')}"


def pair_link(pair: Pair) -> str:
    return f"/pair/{quote(str(pair), safe=':')}"


def with_query(path: str, **values: Any) -> str:
    """An address with those of the values that are set."""
    query = urlencode([(key, value) for key, value in values.items() if value not in (None, "")])
    return f"{path}?{query}" if query else path


def clean(text: str) -> str:
    """A text with its lines and spaces, and without what turns the direction of writing or cannot be seen."""
    return "\n".join(
        _edges(line) + one_line(line) + _edges(line[::-1]) * bool(line.strip()) for line in text.split("\n")
    )


def _edges(line: str) -> str:
    return " " if line[:1].isspace() else ""


def marked(text: str, words: Iterable[str]) -> list[tuple[str, bool]]:
    """A text in pieces, each with whether it is one of the words: what a match rests on."""
    wanted = sorted({word for word in words if word}, key=len, reverse=True)[:_FOUND]
    if not wanted:
        return [(text, False)]
    pattern = re.compile(
        "(" + "|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in wanted) + ")", re.IGNORECASE
    )
    return [(piece, bool(n % 2)) for n, piece in enumerate(pattern.split(text)) if piece]
