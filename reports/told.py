"""The evidence of a match as one sentence in the reader's language."""

from collections.abc import Iterable

from matcher.evidence import AGAINST, FOR
from matcher.explain import Candidate, Reason
from reports.i18n import Reader

SIDE_NAMES = {"belarus": "Belarusian side", "partner": "Partner's side"}
_MOST_WORDS = 4


def sentence(r: Reader, candidate: Candidate) -> str:
    """Why an entry got its grade, or what a text lacks that names its parties."""
    if candidate.found is not None:
        return reasons(r, candidate.reasons)
    if len(candidate.missing) == 2:
        return r.t("names neither party")
    if "belarus" in candidate.missing:
        return r.t("names the partner only")
    if "partner" in candidate.missing:
        return r.t("names the Belarusian side only")
    return r.t("names both sides, but nothing that is the entry's own")


def reasons(r: Reader, listed: Iterable[Reason]) -> str:
    """What speaks for it, then what speaks against."""
    pros: list[str] = []
    cons: list[str] = []
    for reason in listed:
        (cons if reason.feature in AGAINST else pros).append(_one(r, reason))
    told = "; ".join(pros)
    return f"{told}; {r.t('against it')}: {'; '.join(cons)}" if cons else told


def _one(r: Reader, reason: Reason) -> str:
    known = {**FOR, **AGAINST}.get(reason.feature)
    said = r.t(known) if known else reason.feature.replace("_", " ")
    words = ", ".join(f"«{word}»" for word in reason.words[:_MOST_WORDS])
    return f"{said} ({words})" if words else said
