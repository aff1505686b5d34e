"""Lists of names or words by language, as the data files hold them."""

from typing import Annotated

from pydantic import AfterValidator

from crawlers.errors import DataError

LANGUAGES = frozenset({"ru", "be", "en", "uk", "kk", "ro", "ka", "hy", "ky", "tg", "uz", "uz-Cyrl", "az"})


def check_language(language: str) -> None:
    if language not in LANGUAGES:
        raise DataError("", "", language, "one of " + " ".join(sorted(LANGUAGES)))


def _checked(listed: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    for language, texts in listed.items():
        check_language(language)
        if not all(text.strip() for text in texts):
            raise DataError("", "", "nothing", f"no blank among the texts in {language}")
    return listed


def _some(listed: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    if not any(listed.values()):
        raise DataError("", "", "nothing", "at least one text")
    return listed


Texts = Annotated[dict[str, tuple[str, ...]], AfterValidator(_checked)]
SomeTexts = Annotated[Texts, AfterValidator(_some)]
