"""Does a source still answer, and where: a look at it that stores nothing."""

import json
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from crawlers.outcome import Outcome
from crawlers.process import Event, run_child
from crawlers.registry import Outlet, Source
from crawlers.run import CrawlSettings


@dataclass(frozen=True)
class Target:
    """What to look at: a source, or with kind `page` a page that may announce one."""

    id: str
    kind: str
    url: str
    homepage: str
    zone: str
    content: str = "summary"
    selectors: dict[str, Any] | None = None


@dataclass
class Proposal:
    """A correction. `url` was fetched and could be read as `kind`."""

    kind: str
    url: str
    entries: int | None
    """None where a crawl has read it, earlier."""
    reason: str


@dataclass
class Finding:
    """What was seen of a target."""

    id: str
    url: str
    outcome: str = Outcome.NOT_TRIED
    status: int | None = None
    message: str = ""
    final_url: str = ""
    entries: int | None = None
    newest: str | None = None
    title: str = ""
    reached: bool = False
    """Whether anything answered at all."""
    proposals: list[Proposal] = field(default_factory=list)


def target(outlet: Outlet, source: Source | None) -> Target:
    """The target of a source, or of an outlet without one."""
    if source is None:
        return Target(outlet.id, "page", outlet.homepage, outlet.homepage, outlet.time_zone)
    selectors = source.selectors.model_dump() if source.selectors else None
    name = outlet.source_id(source)
    return Target(name, source.kind, source.url, outlet.homepage, outlet.time_zone, source.content, selectors)


def probe(
    settings: CrawlSettings, targets: Sequence[Target], on_finding: Callable[[Finding], object] = str
) -> list[Finding]:
    """Looks at each target once, with the manners and guards of a crawl; findings in the order of targets."""
    found: dict[str, Finding] = {}

    def told(event: Event) -> None:
        event.pop("event")
        one = Finding(**{**event, "proposals": [Proposal(**p) for p in event["proposals"]]})
        found[one.id] = one
        on_finding(one)

    arguments = {**settings.scrapy(), "MEDIAGAP_PROBES": json.dumps([asdict(one) for one in targets])}
    with tempfile.TemporaryFile("w+", encoding="utf-8") as errors:
        code = run_child(arguments, errors, told) if targets else 0
    why = f"the checking process ended with code {code}" if code else "left out by the checking process"
    return [found.get(one.id) or Finding(one.id, one.url, message=why) for one in targets]
