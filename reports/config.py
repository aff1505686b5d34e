"""Settings: one TOML file and MEDIAGAP_* variables, read here and nowhere else.

What stands below a key is printed above it by `mediagap init` and in deploy/mediagap.toml.
"""

import os
import re
import tomllib
from collections.abc import Iterator
from datetime import timedelta
from email.utils import parseaddr
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, model_validator
from pydantic.fields import FieldInfo

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


class Section(Strict):
    """A part of the settings file; the text below a key documents it: `settings_file.meaning`."""


def _nation(code: str) -> str:
    if not re.fullmatch("([A-Z]{2})?", code):  # a rented server may stand anywhere
        raise DataError("", "", code, "a country such as BY, in capital letters")
    return code


def _site(url: str) -> str:
    found = _public(url)
    parts = urlsplit(found)
    if found and (parts.path or parts.query or parts.fragment or "@" in parts.netloc):
        raise DataError("", "", url, "an address without a path, such as https://desk.example.org")
    return found.lower()


class Recipient(Section):
    """Who gets the weekly letter, on which regions, in which language."""

    address: Annotated[str, AfterValidator(mail_address)]
    """Such as editor@example.org."""
    name: str = ""
    """As it stands in the mail's To."""
    region: str
    """Such as BY-HO: that side of all its pairs."""
    language: str = "en"
    """Of the letter: en, ru or be."""
    profile: str = "strictest"
    """Country whose restrictions hold for this reader, or `strictest`: all of them."""
    outlet: str = ""
    """Id of the reader's own paper."""


class SmtpSection(Section):
    """The server that takes the letters. Without a host they are written to the outbox."""

    host: str = ""
    """Such as mail.example.org."""
    port: int | None = Field(default=None, gt=0, lt=65536)
    """By default 587 for `starttls`, 465 for `tls`, 25 for `none`."""
    security: Literal["starttls", "tls", "none"] = "starttls"
    """starttls, tls or none; without encryption there is no login."""
    user: str = ""
    """Login; without it there is none."""
    password: str = Field(default="", repr=False)
    """Better in MEDIAGAP_SMTP_PASSWORD than in a file."""
    ca_file: Path | None = None
    """Certificates to trust in place of the system's."""
    timeout: float = Field(default=60.0, gt=0)
    """Seconds to wait for an answer of the server."""
    retries: int = Field(default=3, ge=0, le=10)
    """Further tries within a run for a letter that the server does not take now."""
    backoff: float = Field(default=10.0, ge=0)
    """Seconds before the first retry; each further one waits twice as long."""

    @model_validator(mode="after")
    def _no_open_password(self) -> Self:
        if self.user and self.security == "none":
            raise DataError(
                "", "smtp.security", "none", "starttls or tls where there is a user: nothing hides the password"
            )
        return self


class ImapSection(Section):
    """The mailbox to which readers answer. Without a host nothing is read: answers wait for a person."""

    host: str = ""
    """Such as mail.example.org."""
    port: int | None = Field(default=None, gt=0, lt=65536)
    """By default 993 for `tls`, 143 for `starttls` and `none`."""
    security: Literal["tls", "starttls", "none"] = "tls"
    """tls, starttls or none; none is for a server on this machine."""
    user: str = ""
    """Login."""
    password: str = Field(default="", repr=False)
    """Better in MEDIAGAP_IMAP_PASSWORD than in a file."""
    ca_file: Path | None = None
    """Certificates to trust in place of the system's."""
    timeout: float = Field(default=60.0, gt=0)
    """Seconds to wait for an answer of the server."""
    folder: str = "INBOX"
    """Where answers arrive. What was understood is marked as seen there, what was not is flagged; nothing is moved."""
    minutes: float = Field(default=15.0, ge=1, le=24 * 60)
    """How often `mediagap schedule` looks there, and before each week's letters."""

    @model_validator(mode="after")
    def _no_open_password(self) -> Self:
        if self.security == "none" and self.host not in ("", "localhost", "127.0.0.1", "::1"):
            raise DataError("", "imap.security", "none", "tls or starttls for a server on another machine")
        return self

    @property
    def interval(self) -> timedelta | None:
        """How often the mailbox is read; None: there is none."""
        return timedelta(minutes=self.minutes) if self.host else None


class CrawlSection(Section):
    """How sites are asked."""

    contact: str = ""
    """Address or page at which the owner of a site reaches you; it stands in each request."""
    timeout: float = Field(default=30.0, gt=0)
    """Seconds to wait for a site."""
    delay: float = Field(default=0.5, ge=0)
    """Seconds between two requests to one site."""
    retries: int = Field(default=1, ge=0)
    """Further tries of a request that got no answer."""
    most_pages: int = Field(default=200, gt=0)
    """Article pages read of one outlet in one run; the rest waits for the next."""
    country: Annotated[str, AfterValidator(_nation)] = ""
    """From which sites see the crawl come, such as BY; kept with each fetch, since a site may answer only there."""


class CrawlHours(Section):
    """Hours between two fetches of a source, by the tier of its outlet: where it begins, before it teaches
    how often it publishes.
    """

    local: float = Field(default=6.0, gt=0)
    """Papers of a town or district."""
    regional: float = Field(default=4.0, gt=0)
    """Papers of a region."""
    national: float = Field(default=2.0, gt=0)
    """Papers and agencies of a country."""
    official: float = Field(default=6.0, gt=0)
    """Sites of authorities."""
    union: float = Field(default=6.0, gt=0)
    """Bodies and media of several countries."""


class ScheduleSection(Section):
    """When `mediagap schedule` does what."""

    weekday: Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] = "monday"
    """On which the letters go out, by its English name."""
    hour: int = Field(default=7, ge=0, le=23)
    """Full hour in `zone`."""
    zone: Annotated[str, AfterValidator(registry.time_zone)] = "Europe/Minsk"
    """Name of the IANA time zone data."""
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


class RetentionSection(Section):
    """What `mediagap prune` takes away. Texts, matches, attempts and deliveries are evidence and always stay."""

    job_days: int = Field(default=400, ge=60)
    """Days for which runs of the schedule are kept; the last of each kind of run stays."""
    outbox_days: int = Field(default=400, ge=30)
    """Days for which letters written as files are kept."""
    backups: int = Field(default=14, ge=1)
    """Backups that are kept in the folder of `backups`, the newest."""


def _several(value: object) -> object:
    return tuple(part.strip() for part in value.split(",")) if isinstance(value, str) else value


class DeskSection(Section):
    """The pages on which editors browse and decide."""

    address: Annotated[str, AfterValidator(_site)] = ""
    """What editors open, such as https://desk.example.org; without it the desk serves this machine only."""
    proxies: Annotated[tuple[str, ...], BeforeValidator(_several)] = ()
    """Addresses of proxies that are believed when they say for whom they ask; any other is not. A variable has commas."""
    open_reading: bool | None = None
    """Whether pages are read without signing in; by default only where the desk serves this machine alone."""
    session_hours: float = Field(default=12.0, gt=0, le=24 * 31)
    """Hours after which an editor signs in again."""


class Settings(Section):
    """All settings with their defaults."""

    db: Path = Path("mediagap.db")
    """The database; all that was read, matched, decided and sent."""
    sources: Path = registry.SOURCES
    """Folder of the source files; without it those that come with the program."""
    catalogue: Path = catalogue.CATALOGUE
    """Folder of the catalogue; without it the one that comes with the program."""
    learned: Path = Path("learned")
    """Folder of what `mediagap match learn` made of editors' decisions: texts, weights and floors."""
    outbox: Path = Path("outbox")
    """Folder for letters that no server takes."""
    report: Path = Path("report")
    """Folder for the report's pages."""
    backups: Path = Path("backups")
    """Folder for `mediagap backup`, best on another disk."""
    log: Literal["plain", "json"] = "plain"
    """How `mediagap schedule` tells what it does: plain lines, or a JSON object a line."""
    language: str = "en"
    """Of the report: en, ru or be."""
    profile: str = "strictest"
    """Country whose restrictions hold for the report and the crawl, or `strictest`: all of them."""
    sender: Annotated[str, AfterValidator(_mailbox)] = "mediagap@localhost"
    """From whom letters are: an address, or `Name <address>`."""
    reply_to: Annotated[str, AfterValidator(lambda text: _mailbox(text) if text else "")] = ""
    """Where readers' answers go, if not to `sender`."""
    public_url: Annotated[str, AfterValidator(_public)] = ""
    """Where the report's pages can be opened by readers; without it the letter names their folder."""
    smtp: SmtpSection = SmtpSection()
    imap: ImapSection = ImapSection()
    crawl: CrawlSection = CrawlSection()
    schedule: ScheduleSection = ScheduleSection()
    retention: RetentionSection = RetentionSection()
    desk: DeskSection = DeskSection()
    recipients: tuple[Recipient, ...] = ()


Key = tuple[str, ...]


def each_key(model: type[BaseModel] = Settings, above: Key = ()) -> Iterator[tuple[Key, FieldInfo]]:
    """Each single setting with the names of the sections that it stands in; `recipients` is none.

    Sections come after the single settings beside them, as TOML wants it.
    """
    sections = []
    for name, field in model.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            sections.append((name, kind))
        elif name != "recipients":
            yield (*above, name), field
    for name, kind in sections:
        yield from each_key(kind, (*above, name))


def variable(key: Key) -> str:
    """The variable of the environment that overrides a setting, such as MEDIAGAP_SCHEDULE_HOUR."""
    return "MEDIAGAP_" + "_".join(key).upper()


def load(path: Path | None) -> Settings:
    """Settings of a file, overridden by MEDIAGAP_DB, MEDIAGAP_SMTP_PASSWORD and so on.

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
    variables = {variable(key): key for key, _ in each_key()}
    for name, value in sorted(os.environ.items()):
        if not name.startswith("MEDIAGAP_") or name == "MEDIAGAP_CORPORA":
            continue
        if name not in variables:
            raise DataError("environment", "", name, ", ".join(variables))  # its value may be a secret
        _override(data, variables[name], value)
    settings = build(Settings, data, where)
    for number, one in enumerate(settings.recipients):
        codes.region(one.region, where, f"recipients.{number}.region")
    return settings


def _override(data: dict[str, object], key: Key, value: str) -> None:
    first, *rest = key
    if not rest:
        data[first] = value
        return
    section = data.setdefault(first, {})
    if isinstance(section, dict):  # anything else is refused with the file
        _override(section, tuple(rest), value)
