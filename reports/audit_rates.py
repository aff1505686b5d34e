"""What people found when they checked the tool's claims by hand: rates with their n and month."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from math import sqrt
from typing import Any

from sqlite_utils import Database

from crawlers import store
from reports.i18n import Reader

_Z = 1.96


class Claim(StrEnum):
    GAP = "gap"
    """That no text was found on a line. Wrong: a search by hand, outside this tool, finds one."""
    MATCH = "match"
    """That a text is about an entry. Wrong: who reads it says that it is not."""


@dataclass(frozen=True)
class Rate:
    """Of the checked claims of one kind and month, how many were wrong."""

    month: str
    kind: Claim
    wrong: int
    checked: int
    drawn: int

    @property
    def interval(self) -> tuple[float, float]:
        """95 % interval of the share that is wrong (Wilson 1927: drawn at random from many, unlike an index)."""
        n, p = self.checked, self.wrong / self.checked
        centre, half = p + _Z**2 / (2 * n), _Z * sqrt(p * (1 - p) / n + _Z**2 / (4 * n**2))
        return max(0.0, (centre - half) / (1 + _Z**2 / n)), min(1.0, (centre + half) / (1 + _Z**2 / n))

    @property
    def line(self) -> str:
        """The rate as commands print it."""
        low, high = self.interval
        what = "gaps refuted" if self.kind is Claim.GAP else "matches wrong"
        told = f"{self.month}: {self.wrong} of {self.checked} {what} ({low:.0%} to {high:.0%} with 95 %)"
        return f"{told}, {self.drawn} drawn"

    def told(self, r: Reader) -> str:
        """The rate in a sentence, in the reader's language."""
        low, high = (r.percent(one) for one in self.interval)
        values = {
            "n": self.checked,
            "month": r.month(self.month),
            "wrong": self.wrong,
            "low": low,
            "high": high,
        }
        if self.kind is Claim.GAP:
            return r.t(
                "Of {n} answers \"no texts found\" checked by hand in {month}, {wrong} were wrong ({low} to {high} with"
                " 95 %).", **values,
            )  # fmt: skip
        return r.t(
            "Of {n} texts taken for reports and checked by hand in {month}, {wrong} were none ({low} to {high} with 95"
            " %).", **values,
        )  # fmt: skip

    def plain(self) -> dict[str, Any]:
        return asdict(self) | {"interval": self.interval}


def rates(db: Database) -> list[Rate]:
    """Wrong of checked by month and kind, the latest first; a month of which nothing was checked has no rate."""
    rows = store.query(
        db,
        "SELECT month, kind, sum(answer = 'wrong') AS wrong, count(answer) AS checked, count(*) AS drawn"
        " FROM audit_items GROUP BY month, kind HAVING checked > 0 ORDER BY month DESC, kind",
    )
    return [Rate(**{**row, "kind": Claim(row["kind"])}) for row in rows]


def latest(found: list[Rate]) -> list[Rate]:
    """The last rate of each kind."""
    return [
        next(one for one in found if one.kind is kind)
        for kind in Claim
        if any(one.kind is kind for one in found)
    ]
