"""Codes of countries and regions (ISO 3166-1 and 3166-2) and of the pairs they form."""

import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pycountry

from crawlers.errors import DataError

COUNTRIES = frozenset({"BY", "RU", "UA", "MD", "KZ", "GE", "AM", "KG", "TJ", "UZ", "AZ", "TM", "LT"})
"""Countries of parties and outlets. LT: newsrooms that publish from there about Belarus."""

UNIONS = frozenset({"CIS", "EAEU"})
"""Partners of documents that many states signed and that name none of them."""

# Kazakhstan's letters were replaced by numbers in ISO 3166-2 on 29 November 2022. Older lists still use
# them, so they are read everywhere and written nowhere.
_KZ_BEFORE_2022 = {
    "AKM": "11", "AKT": "15", "ALM": "19", "ATY": "23", "ZAP": "27", "ZHA": "31", "KAR": "35",
    "KUS": "39", "KZY": "43", "MAN": "47", "PAV": "55", "SEV": "59", "YUZ": "61", "VOS": "63",
    "AST": "71", "ALA": "75", "SHY": "79",
}  # fmt: skip
ALIASES = {f"KZ-{old}": f"KZ-{new}" for old, new in _KZ_BEFORE_2022.items()}


class Pair(NamedTuple):
    """Two sides whose cooperation is watched, the Belarusian one first."""

    belarus: str
    partner: str

    def __str__(self) -> str:
        return f"{self.belarus}:{self.partner}"

    def side_of(self, place: str) -> str | None:
        """The side that equals or contains the region or country `place`, if one does."""
        return next((side for side in self if place == side or country_of(place) == side), None)


def region(code: str, where: object = "argument", field: str = "region") -> str:
    """The canonical form of a region or country code; raises DataError for one that does not exist."""
    found = code.strip().upper()
    found = ALIASES.get(found, found)
    if not _exists(found):
        raise DataError(
            where,
            field,
            code,
            "an ISO 3166-2 region such as BY-HO or RU-KOS, a country such as GE, CIS or EAEU",
        )
    return found


def pair(text: str, where: object = "argument", field: str = "pair") -> Pair:
    """Reads `BY-HO:RU-BRY`; raises DataError unless the first side, and only it, is Belarusian."""
    sides = text.split(":")
    if len(sides) != 2:
        raise DataError(where, field, text, "two codes joined by a colon, such as BY-MA:RU-KOS")
    first, second = (region(side, where, field) for side in sides)
    if country_of(first) != "BY" or country_of(second) == "BY":
        raise DataError(where, field, text, "a Belarusian side, then a partner's, such as BY-MA:RU-KOS")
    return Pair(first, second)


def country_of(code: str) -> str:
    """The country in which a region lies; a country or union of states itself."""
    return code.partition("-")[0]


def is_country(code: str) -> bool:
    """Whether the side is as wide as a country; so is a union of states."""
    return "-" not in code


@cache
def _subdivisions() -> frozenset[str]:
    # `pycountry.subdivisions` makes a record of each with its names and parents: four times as slow
    listed = json.loads(Path(pycountry.DATABASE_DIR, "iso3166-2.json").read_bytes())
    return frozenset(one["code"] for one in listed["3166-2"])


def _exists(code: str) -> bool:
    if "-" in code:
        return code[:2] in COUNTRIES and code in _subdivisions()
    return code in COUNTRIES or code in UNIONS
