"""Which outlets a crawl asks: the only place that decides it, for the command and for each spider."""

from collections.abc import Collection, Mapping
from datetime import date

from crawlers.errors import DataError
from crawlers.registry import Outlet


def to_fetch(
    outlets: Mapping[str, Outlet], named: Collection[str], profile: str, today: date
) -> tuple[str, ...]:
    """Ids of the outlets to ask: those named, or all but those that are fetched on request only.

    What is restricted for the profile is never asked. Raises DataError for an id that does not exist or that
    is restricted, without saying more of it.
    """
    for name in named:
        if name not in outlets:
            raise DataError("outlet", "", name, "the id of an outlet", "see `mediagap sources list`")
        if outlets[name].withheld(profile, today):
            raise DataError("outlet", "", name, f"an outlet that is not restricted for the profile {profile}")
    chosen = named or [name for name, outlet in outlets.items() if not outlet.on_request]
    return tuple(name for name in chosen if not outlets[name].withheld(profile, today))
