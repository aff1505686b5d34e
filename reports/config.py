"""Settings: one TOML file and MEDIAGAP_* variables, read here and nowhere else."""

import os
import tomllib
from pathlib import Path

from pydantic import Field

from crawlers import codes, registry
from crawlers.datafile import Strict, build
from crawlers.errors import DataError
from matcher import catalogue

FILE = Path("mediagap.toml")


class Recipient(Strict):
    """Who gets the weekly letter, on which regions, in which language."""

    address: str = Field(pattern=r"^[^@\s]+@[^@\s]+$")
    name: str = ""
    region: str
    language: str = "en"
    profile: str = "strictest"
    """Country whose restrictions hold for this reader, or `strictest`: all of them."""


class CrawlSection(Strict):
    contact: str = ""
    timeout: float = Field(default=30.0, gt=0)
    delay: float = Field(default=0.5, ge=0)
    retries: int = Field(default=1, ge=0)
    most_pages: int = Field(default=200, gt=0)


class Settings(Strict):
    """All settings with their defaults."""

    db: Path = Path("mediagap.db")
    sources: Path = registry.SOURCES
    catalogue: Path = catalogue.CATALOGUE
    outbox: Path = Path("outbox")
    report: Path = Path("report")
    language: str = "en"
    profile: str = "strictest"
    sender: str = "mediagap@localhost"
    crawl: CrawlSection = CrawlSection()
    recipients: tuple[Recipient, ...] = ()


def load(path: Path | None) -> Settings:
    """Settings of a file, overridden by MEDIAGAP_DB, MEDIAGAP_SOURCES and so on.

    Without `path` the file is ./mediagap.toml if there is one. Raises DataError for an unknown key or value.
    """
    chosen = path or FILE
    data: dict[str, object] = {}
    if path is not None or chosen.is_file():
        try:
            data = tomllib.loads(chosen.read_text(encoding="utf-8"))
        except OSError as error:
            raise DataError(chosen, "", error.strerror or "unreadable", "a settings file in TOML") from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise DataError(chosen, "", str(error), "valid TOML") from None
    where = str(chosen) if data else "settings"
    for name, value in sorted(os.environ.items()):
        key = name.removeprefix("MEDIAGAP_").lower()
        if name.startswith("MEDIAGAP_") and key != "corpora":
            if key not in Settings.model_fields or key in ("crawl", "recipients"):
                known = ", ".join(f"MEDIAGAP_{k.upper()}" for k in Settings.model_fields)
                raise DataError("environment", name, value, known)
            data[key] = value
    settings = build(Settings, data, where)
    for number, one in enumerate(settings.recipients):
        codes.region(one.region, where, f"recipients.{number}.region")
    return settings
