"""One source being visited in a run."""

import time
from dataclasses import dataclass, field

from crawlers import registry
from crawlers.document import Document
from crawlers.sitemap import Part


@dataclass
class Visit:
    """One source being visited in this run, which may take several requests."""

    id: str
    outlet: registry.Outlet
    source: registry.Source
    started: float = field(default_factory=time.monotonic)
    single: bool = True
    """Whether one answer is the whole visit. Only then do its validators vouch for the listing."""
    gathered: list[Document] = field(default_factory=list)
    """Parts of the listing that were read so far, where it has several."""
    left: list[Part] = field(default_factory=list)
    """Parts still to read; the first is being asked for."""
    seen: list[str] = field(default_factory=list)
    """Addresses of the pages that were read, where one names the next."""
    unread: list[Part] = field(default_factory=list)
    """Parts that were left out or could not be read: what they hold is not known."""
    notes: list[str] = field(default_factory=list)
    """For the ledger: what was not read, and why."""
