"""What to make of a lead, and whom to ask: genres and roles, never names of people."""

from matcher.entries import Kind
from reports.i18n import Reader
from reports.leads import Lead


def move(r: Reader, lead: Lead) -> str:
    """A piece that the occasion carries, with its genre and length."""
    t = r.t
    kind = lead.side.entry.kind
    if lead.kind == "ended":
        return t("Move: an interview on what takes its place, 2,500 characters.")
    if lead.kind == "term":
        return t("Move: a report on what has been done of it, 3,000 to 4,000 characters.")
    if kind in (Kind.TWINNING, Kind.INSTITUTION):
        return t("Move: portraits of people whom it brought together, 2,500 characters and photographs.")
    if kind in (Kind.JOINT_VENTURE, Kind.ASSEMBLY, Kind.DEALERSHIP, Kind.PROJECT, Kind.CONTRACT):
        return t("Move: a report from the shop floor, 3,000 characters and photographs.")
    return t("Move: an interview on what it has brought, 3,000 characters.")


def ask(r: Reader, lead: Lead) -> str:
    """Whom to ask, by role."""
    t = r.t
    kind = lead.side.entry.kind
    if kind in (Kind.JOINT_VENTURE, Kind.ASSEMBLY, Kind.DEALERSHIP, Kind.PROJECT, Kind.CONTRACT):
        return t("Ask: the enterprise's press service; its partner on the other side.")
    if kind is Kind.TWINNING:
        return t("Ask: the town authorities' department of outside relations; the partner town's newspaper.")
    if kind is Kind.INSTITUTION:
        return t("Ask: the university's international office.")
    if kind is Kind.MEDIA:
        return t("Ask: the partner newsroom's chief editor.")
    if kind is Kind.ROUTE:
        return t("Ask: the carrier's press service.")
    if kind in (Kind.FORUM, Kind.COMMISSION):
        return t("Ask: the organising committee.")
    return t("Ask: the economy committee of the authorities that signed it; a newsroom on the partner's side.")
