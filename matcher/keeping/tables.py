"""The catalogue as a table: CSV that spreadsheets open rightly, and XLSX."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

COLUMNS = (
    "id", "kind", "title_ru", "title_be", "title_en", "parties", "pairs", "signed", "starts", "ends", "status",
    "status_as_of", "succeeds", "part_of", "size", "media_clause", "sector", "chapters", "footnotes", "urls",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LONGEST_CELL = 32_767  # Excel refuses a file with a longer one


def rows(records: Iterable[dict[str, Any]]) -> list[dict[str, str]]:
    """One flat row per record of `Catalogue.export`, in the order of COLUMNS; lists are joined by "; "."""
    found = []
    for record in records:
        flat = {
            **{f"title_{language}": record["title"].get(language) for language in ("ru", "be", "en")},
            **{key: record.get(key) for key in COLUMNS if not key.startswith("title_")},
            **{key: record["book"].get(key) for key in ("chapters", "footnotes", "urls")},
            "parties": [party["id"] for party in record["parties"]],
        }
        found.append({key: _cell(flat.get(key)) for key in COLUMNS})
    return found


def as_csv(table: list[dict[str, str]], columns: Sequence[str] = COLUMNS) -> bytes:
    """UTF-8 with a byte order mark: without it Excel reads Cyrillic as garbage.

    What a spreadsheet would take for a formula begins with an apostrophe.
    """
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns)
    writer.writeheader()
    writer.writerows(
        {key: f"'{value}" if value.startswith(_FORMULA) else value for key, value in row.items()}
        for row in table
    )
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def as_xlsx(
    table: list[dict[str, str]], columns: Sequence[str] = COLUMNS, sheet_name: str = "catalogue"
) -> bytes:
    """One sheet; every cell is text, so that nothing is taken for a formula, a number or a date."""
    import xlsxwriter  # only who wants a sheet waits for it

    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet(sheet_name)
        bold = book.add_format({"bold": True})
        for column, name in enumerate(columns):
            sheet.write_string(0, column, name, bold)
        for number, row in enumerate(table, start=1):
            for column, name in enumerate(columns):
                sheet.write_string(number, column, row[name][:_LONGEST_CELL])
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, len(table), len(columns) - 1)
    return file.getvalue()


def _cell(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return "; ".join(map(str, value))
    if value in (None, False):
        return ""
    return "yes" if value is True else str(value)
