"""Asking an editor for the fields of a new entry, one at a time, each judged before the next."""

from collections.abc import Callable
from typing import Any

import typer

from crawlers import codes
from crawlers.errors import DataError
from matcher import partialdate
from matcher.catalogue import Catalogue
from matcher.entries import SIZED, Kind, Status
from matcher.places import Gazetteer

Judge = Callable[[str], Any]


def entry(known: Catalogue) -> dict[str, Any]:
    """The record of a new entry as the catalogue's files hold it; asks again for what cannot be."""
    gazetteer = known.gazetteer
    record: dict[str, Any] = {"id": _ask("Id, such as gomel-bryansk-agreement-2016", _new_id(known))}
    record["kind"] = kind = _ask("Kind: " + " ".join(Kind), lambda text: Kind(text).value)
    record["title"] = {language: _ask(f"Title in {language}", _some) for language in ("ru", "be", "en")}
    record["parties"] = _ask(
        "Parties, ids of places or organisations, Belarusian first, apart by commas",
        lambda text: [_party(one.strip(), gazetteer) for one in text.split(",")],
    )
    record["pairs"] = _ask(
        "Home pairs, such as BY-HO:RU-BRY, apart by commas",
        lambda text: [str(codes.pair(one.strip(), "", "pairs")) for one in text.split(",")],
    )
    for field in ("signed", "starts", "ends"):
        record[field] = _ask(f"{field.capitalize()}: 2017, 2017-02 or 2017-02-07; empty: unknown", _date, "")
    record["status"] = _ask("Status: " + " ".join(Status), lambda text: Status(text).value)
    record["status_as_of"] = _ask(
        "Status as of: 2017, 2017-02 or 2017-02-07", lambda t: str(partialdate.parse(t))
    )
    if Kind(kind) in SIZED:
        record["size"] = _ask("Size: A B C", _one_of("A", "B", "C"))
        record["size_reason"] = _ask("Why this size", _some)
    record["sector"] = _ask("Sectors, apart by commas", _list)
    record["anchors"] = _named("Distinctive names that an article about it must contain")
    record["topics"] = _named("Beginnings of words of its subject")
    book: dict[str, Any] = {"chapters": _ask("Chapters of the book, apart by commas", _numbers)}
    book["footnotes"] = _ask("Footnotes, apart by commas; empty: none", _numbers, "")
    book["urls"] = _ask("Addresses that document it, apart by commas; empty: none", _list, "")
    record["book"] = book
    return record


def _ask(question: str, judge: Judge, default: str | None = None) -> Any:
    def judged(text: str) -> Any:
        try:
            return judge(text.strip())
        except DataError as error:
            raise typer.BadParameter(f"found {error.found!r}, allowed: {error.allowed}") from None
        except ValueError as error:
            raise typer.BadParameter(str(error)) from None

    return typer.prompt(question, default=default, value_proc=judged, show_default=False, err=True)


def _named(question: str) -> dict[str, list[str]]:
    found = {
        language: _ask(f"{question} in {language}, apart by commas; empty: none", _list, "")
        for language in ("ru", "be", "en")
    }
    return {language: words for language, words in found.items() if words}


def _new_id(known: Catalogue) -> Judge:
    def judged(text: str) -> str:
        if text in known.entries:
            raise DataError("", "id", text, "an id that no other entry has")
        return _some(text)

    return judged


def _party(text: str, gazetteer: Gazetteer) -> dict[str, str]:
    if text in gazetteer.places:
        return {"place": text}
    if text in gazetteer.organisations:
        return {"organisation": text}
    raise DataError("", "parties", text, "the id of a place or organisation under matcher/places")


def _some(text: str) -> str:
    if not text:
        raise DataError("", "", "nothing", "some text")
    return text


def _one_of(*allowed: str) -> Judge:
    def judged(text: str) -> str:
        if text not in allowed:
            raise DataError("", "", text, " ".join(allowed))
        return text

    return judged


def _date(text: str) -> str | None:
    return str(partialdate.parse(text)) if text else None


def _list(text: str) -> list[str]:
    return [one.strip() for one in text.split(",") if one.strip()]


def _numbers(text: str) -> list[str]:
    return [str(int(one)) for one in _list(text)]
