"""A list of lines by side as a table: one for the command line and the desk."""

from crawlers.urls import is_web
from matcher.keeping import tables
from reports.coverage import LineSide
from reports.snapshot import Publication
from reports.tidy import one_line
from reports.view import View

COLUMNS = (
    "title", "side", "side_name", "pair", "value", "gap", "reason", "last_text", "last_url", "silence_days", "interval_days",
    "window_from", "window_to", "observed_percent", "outlets_seen", "outlets", "event_day", "event_outlet",
    "event_title", "event_url", "kind", "sector", "status_in_book", "line", "as_of", "version",
)  # fmt: skip


def rows(view: View, lines: list[LineSide]) -> list[dict[str, str]]:
    """One flat row for each, texts of others on one line."""
    return [{key: str(value) for key, value in zip(COLUMNS, _cells(view, one), strict=True)} for one in lines]


def _cells(view: View, one: LineSide) -> tuple[object, ...]:
    event, last = one.event, one.last_report
    return (
        view.reader.title(one.entry), one.side, view.name(one.side), one.pair, one.value, one.gap or "", one.reason,
        last.day if last else "", _web(last), "" if one.silence is None else one.silence, one.interval or "", one.first, one.last,
        int(one.observed.share * 100 + 1e-9), len(one.observed.seen), len(one.observed.outlets),
        event.day if event else "", one_line(view.outlet_name(event)) if event else "",
        one_line(event.title) if event else "", _web(event),
        one.entry.kind, "; ".join(one.entry.sector), one.entry.status, one.line, view.snapshot.today,
        view.snapshot.version,
    )  # fmt: skip


def _web(text: Publication | None) -> str:
    return text.url if text and text.url and is_web(text.url) else ""


def as_csv(view: View, lines: list[LineSide]) -> bytes:
    """For spreadsheets; a cell that one would calculate is quoted."""
    return tables.as_csv(rows(view, lines), COLUMNS)


def as_xlsx(view: View, lines: list[LineSide]) -> bytes:
    return tables.as_xlsx(rows(view, lines), COLUMNS, "mediagap")
