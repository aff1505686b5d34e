"""Settings: one TOML file and MEDIAGAP_* variables, read here and nowhere else."""

import os
import re
import tomllib
from datetime import timedelta
from email.utils import parseaddr
from pathlib import Path
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, model_validator

from crawlers import codes, registry
from crawlers.datafile import Strict, build
from crawlers.errors import DataError
from crawlers.polling import Pace
from crawlers.registry import Tier
from crawlers.urls import is_web
from matcher import catalogue
from reports.timing import Weekly

FILE = Path("mediagap.toml")
_MAILBOX = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")


def mail_address(text: str, where: str = "", field: str = "") -> str:
    """An address as mail servers take it, a national domain in its ASCII form; raises DataError."""
    name, _, domain = text.rpartition("@")
    try:
        found = f"{name}@{domain.encode('idna').decode()}"
    except UnicodeError:
        found = ""
    if not _MAILBOX.fullmatch(found):
        raise DataError(where, field, text, "an address such as editor@example.org")
    return found


def _mailbox(text: str) -> str:
    """`a@b.org` or `Name <a@b.org>`."""
    name, address = parseaddr(text)
    if not text.isprintable() or text not in (address, f"{name} <{address}>", f'"{name}" <{address}>'):
        raise DataError("", "", text, "an address, or `Name <address>`")
    mail_address(address)
    return text


def _public(url: str) -> str:
    if url and not is_web(url):
        raise DataError("", "", url, "an http or https address")
    return url.rstrip("/")


class Recipient(Strict):
    """Who gets the weekly letter, on which regions, in which language."""

    address: Annotated[str, AfterValidator(mail_address)]
    name: str = ""
    region: str
    language: str = "en"
    profile: str = "strictest"
    """Country whose restrictions hold for this reader, or `strictest`: all of them."""
    outlet: str = ""
    """Id of the reader's own paper."""


class SmtpSection(Strict):
    """The server that takes the letters. Without a host they are written to the outbox."""

    host: str = ""
    port: int | None = Field(default=None, gt=0, lt=65536)
    """By default 587 for `starttls`, 465 for `tls`, 25 for `none`."""
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    password: str = Field(default="", repr=False)
    """Better in MEDIAGAP_SMTP_PASSWORD than in a file."""
    ca_file: Path | None = None
    """Certificates to trust in place of the system's."""
    timeout: float = Field(default=60.0, gt=0)
    retries: int = Field(default=3, ge=0, le=10)
    backoff: float = Field(default=10.0, ge=0)
    """Seconds before the first retry; each further one waits twice as long."""

    @model_validator(mode="after")
    def _no_open_password(self) -> Self:
        if self.user and self.security == "none":
            raise DataError(
                "", "smtp.security", "none", "starttls or tls where there is a user: nothing hides the password"
            )
        return self


class CrawlSection(Strict):
    contact: str = ""
    timeout: float = Field(default=30.0, gt=0)
    delay: float = Field(default=0.5, ge=0)
    retries: int = Field(default=1, ge=0)
    most_pages: int = Field(default=200, gt=0)


class CrawlHours(Strict):
    """Hours between two fetches of a source, by the tier of its outlet: where it begins, before it teaches
    how often it publishes.
    """

    local: float = Field(default=6.0, gt=0)
    regional: float = Field(default=4.0, gt=0)
    national: float = Field(default=2.0, gt=0)
    official: float = Field(default=6.0, gt=0)
    union: float = Field(default=6.0, gt=0)


class ScheduleSection(Strict):
    """When `mediagap schedule` does what."""

    weekday: Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] = "monday"
    hour: int = Field(default=7, ge=0, le=23)
    zone: Annotated[str, AfterValidator(registry.time_zone)] = "Europe/Minsk"
    grace_hours: float = Field(default=36.0, gt=0, lt=7 * 24)
    """How late after a downtime the letters of the week are still written."""
    crawl_hours: CrawlHours = CrawlHours()
    shortest_minutes: float = Field(default=30.0, ge=5)
    """No source is fetched more often, and no job that failed is repeated sooner."""
    longest_hours: float = Field(default=24.0, gt=0, le=30 * 24)
    """No source is fetched more rarely, however often it failed."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        for tier, hours in self.crawl_hours:
            if not self.shortest_minutes / 60 <= hours <= self.longest_hours:
                allowed = f"from shortest_minutes ({self.shortest_minutes:g}) to longest_hours ({self.longest_hours:g})"
                raise DataError("", f"schedule.crawl_hours.{tier}", hours, allowed)
        return self

    @property
    def letters(self) -> Weekly:
        return Weekly(self.weekday, self.hour, ZoneInfo(self.zone))

    @property
    def grace(self) -> timedelta:
        return timedelta(hours=self.grace_hours)

    @property
    def pause(self) -> timedelta:
        return timedelta(minutes=self.shortest_minutes)

    def pace(self, tier: Tier) -> Pace:
        interval = timedelta(hours=getattr(self.crawl_hours, tier.value))
        return Pace(interval, self.pause, timedelta(hours=self.longest_hours))


class Settings(Strict):
    """All settings with their defaults."""

    db: Path = Path("mediagap.db")
    sources: Path = registry.SOURCES
    catalogue: Path = catalogue.CATALOGUE
    outbox: Path = Path("outbox")
    report: Path = Path("report")
    language: str = "en"
    profile: str = "strictest"
    sender: Annotated[str, AfterValidator(_mailbox)] = "mediagap@localhost"
    reply_to: Annotated[str, AfterValidator(lambda text: _mailbox(text) if text else "")] = ""
    """Where readers' answers go, if not to `sender`."""
    public_url: Annotated[str, AfterValidator(_public)] = ""
    """Where the report's pages can be opened by readers; without it the letter names their folder."""
    smtp: SmtpSection = SmtpSection()
    crawl: CrawlSection = CrawlSection()
    schedule: ScheduleSection = ScheduleSection()
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
            if key == "smtp_password":
                smtp = data.get("smtp", {})
                data["smtp"] = {**smtp, "password": value} if isinstance(smtp, dict) else smtp
                continue
            if key not in Settings.model_fields or key in ("crawl", "schedule", "recipients", "smtp"):
                known = ", ".join(f"MEDIAGAP_{k.upper()}" for k in Settings.model_fields)
                raise DataError("environment", name, value, known)
            data[key] = value
    settings = build(Settings, data, where)
    for number, one in enumerate(settings.recipients):
        codes.region(one.region, where, f"recipients.{number}.region")
    return settings
