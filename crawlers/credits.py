"""Credit lines: what a text says of where it is from. The wordings stand in credits.yml, by language."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from crawlers import text
from crawlers.datafile import Strict, build, read_yaml
from crawlers.registry import Outlet

FILE = Path(__file__).with_name("credits.yml")

_HEAD, _TAIL = 700, 400
"""Characters at both ends in which a credit is one of the text; further in it credits a quotation."""
_SHOWN = 80  # characters of a credit that names no known agency


class Agency(Strict):
    """A news agency and the names under which it is credited."""

    name: str
    hosts: tuple[str, ...] = ()
    names: tuple[str, ...]


class Wordings(Strict):
    """How one language credits; what each list is for stands in credits.yml."""

    before: tuple[str, ...]
    told: tuple[str, ...]
    after: tuple[str, ...]
    bodies: tuple[str, ...]
    line: tuple[str, ...]


class _File(Strict):
    agencies: tuple[Agency, ...]
    languages: dict[str, Wordings]


class Credit(NamedTuple):
    """Whom a text credits."""

    name: str
    """The agency, or the credit as printed."""
    agency: bool


class Credits:
    """Finds credits. Built once per run: the file's agencies, and the outlets that are agencies."""

    def __init__(self, outlets: Iterable[Outlet] = (), path: Path = FILE) -> None:
        """Raises DataError for a file that is wrong."""
        read = build(_File, read_yaml(path), path)
        listed = [
            Agency(name=o.title, hosts=tuple(sorted(o.own_hosts)), names=(text.fold(o.title),))
            for o in outlets
            if o.type == "agency"
        ]
        self.agencies = (*read.agencies, *listed)
        self.version = text.digest(repr((self.agencies, read.languages)))
        self._names = [(re.compile(_any(one.names)), one) for one in self.agencies]
        agency = _any(name for one in self.agencies for name in one.names)
        words = tuple(read.languages.values())
        before, after, told, bodies, line = (
            _any(word for one in words for word in getattr(one, field))
            for field in ("before", "after", "told", "bodies", "line")
        )
        between = r"[\s\"(,:]+(?:[\w.-]+[\s\"(]+){0,3}?"
        self._agency = re.compile(agency)
        self._of_agency = re.compile(
            rf"(?:{before}|{told}){between}{agency}|{agency}[\s\")/,-]{{1,4}}{after}"
            rf"|^[^\n]{{0,40}}[/(\[]\s*{agency}\s*[/)\]]|^[^.\n]{{3,45}}[-/.]\s*{agency}\s*[-.:/,]"
            rf"|^\W*(?:{line}\s*:?\s*)?{agency}\W*$|[/(]\s*{agency}\s*[)/]",
            re.MULTILINE,
        )
        self._of_body = re.compile(rf"{before}[\s\"]+{bodies}|^\W*{line}\s*:\s*\S+", re.MULTILINE)

    def find(self, body: str, host: str = "", outlet_title: str = "") -> Credit | None:
        """The credited agency, else whoever else is credited; None where the text credits nobody.

        `host`, `outlet_title`: of the text itself; an agency that names itself credits nobody.
        """
        folded = text.fold(body)
        parts = [(0, len(folded))] if len(folded) <= _HEAD + _TAIL else [
            (0, _HEAD), (len(folded) - _TAIL, len(folded)),
        ]  # fmt: skip
        own = text.fold(outlet_title)
        for start, end in parts:
            part = folded[start:end]
            if self._agency.search(part):
                for found in self._of_agency.finditer(part):
                    agency = self._named(found[0])
                    if agency and not _is_own(agency, host, own):
                        return Credit(agency.name, True)
        for start, end in parts:
            if found_body := self._of_body.search(folded[start:end]):
                shown = body[start + found_body.start() : start + found_body.start() + _SHOWN]
                return Credit(re.split(r"[\n,.;]", shown)[0].strip(), False)
        return None

    def _named(self, credit: str) -> Agency | None:
        """The agency of a credit: the last one named, since others stand before it only by chance."""
        found = [(max(m.end() for m in hits), one) for p, one in self._names if (hits := [*p.finditer(credit)])]
        return max(found, key=lambda one: one[0])[1] if found else None


def _is_own(agency: Agency, host: str, folded_title: str) -> bool:
    by_host = any(host == one or host.endswith("." + one) for one in agency.hosts)
    return by_host or any(re.search(_any((name,)), folded_title) for name in agency.names)


def _any(words: Iterable[str] | Sequence[str]) -> str:
    """A pattern for any of the words, whole, in the order from the longest."""
    parts = sorted({text.fold(word) for word in words}, key=lambda word: (-len(word), word))
    listed = "|".join(re.escape(part).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for part in parts)
    return rf"(?<![\w-])(?:{listed})(?![\w])"
