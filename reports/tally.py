"""What a number of texts amounts to: how many outlets and publishers, how many different texts, and whose."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from crawlers.registry import Outlet
from reports.snapshot import Publication


@dataclass(frozen=True)
class Tally:
    """Counts of the texts that are about a line; mentions do not count."""

    articles: int = 0
    outlets: int = 0
    families: int = 0
    """Publishers; an outlet without a source file is one of its own."""
    distinct: int = 0
    """Different texts: a text and its reprints are one."""
    own: int = 0
    """Articles that are own work."""
    reprints: int = 0
    """Articles after an earlier text. The rest of the articles were not compared with others yet."""
    origins: tuple[tuple[str, int], ...] = ()
    """Reprints by the outlet or agency that they come from, the most frequent first; "": not known, or not
    to be named to this reader.
    """


def tally(texts: Iterable[Publication], outlets: Mapping[str, Outlet]) -> Tally:
    """Counts the `about` texts among the given ones, each article once."""
    about = list({p.article: p for p in texts if p.grade == "about"}.values())
    names = {p.outlet or p.source for p in about}
    reprints = [p for p in about if p.own is False]
    origins = Counter(p.origin or "" for p in reprints)
    return Tally(
        len(about), len(names), len({outlets[name].family if name in outlets else name for name in names}),
        len({p.story for p in about}), sum(p.own is True for p in about), len(reprints),
        tuple(sorted(origins.items(), key=lambda one: (-one[1], one[0]))),
    )  # fmt: skip
