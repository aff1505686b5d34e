"""Proposals for the catalogue as a reader of a profile may see them."""

from dataclasses import replace
from datetime import date

from sqlite_utils import Database

from matcher import proposals
from matcher.catalogue import Catalogue
from matcher.proposals import Proposal
from reports.restricted import Withheld


def shown(
    db: Database, catalogue: Catalogue, withheld: Withheld, numbered: bool = True, since: date = date.min
) -> list[Proposal]:
    """Open proposals of a month and later, without the articles of withheld outlets; those that rest on such articles alone are left out."""
    return [
        replace(one, articles=articles)
        for one in proposals.find(db, catalogue, numbered, since)
        if (articles := tuple(a for a in one.articles if withheld.may_show(a.outlet, a.url)))
    ]
