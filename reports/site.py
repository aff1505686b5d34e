"""The report as a folder of static pages: no network, no script, the same files for the same snapshot."""

import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from babel import Locale
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from crawlers.codes import Pair
from crawlers.errors import DataError
from crawlers.urls import is_web
from matcher.evidence import AGAINST, FOR
from reports import brief, cadence, measures, refute, rollups
from reports.coverage import index
from reports.i18n import Reader
from reports.measured import measured
from reports.observed import ENOUGH, FAMILIES, LONGEST_HOLE
from reports.view import View, distinct
from reports.weekly import weekly

MARK = ".mediagap-report"
"""File that tells a folder of ours from a folder that must not be replaced."""


def environment() -> Environment:
    """Templates escape by default and fail on an undefined name."""
    env = Environment(
        loader=PackageLoader("reports"), autoescape=select_autoescape(default_for_string=True), undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    env.filters["web"] = lambda url: url if url and is_web(url) else ""
    env.filters["distinct"] = distinct
    # the blank lines of a page are taken out, those of a text that is to be copied must stay
    env.filters["pre"] = lambda text: Markup(str(escape(text)).replace("\n", "&#10;"))
    return env


def pair_file(pair: Pair) -> str:
    return f"pair-{pair.belarus}-{pair.partner}.html".lower()


def region_file(region: str) -> str:
    return f"region-{region}.html".lower()


def write(view: View, folder: Path) -> list[Path]:
    """Writes all pages into `folder`, which appears whole or not at all; returns the files.

    Raises DataError for a folder that holds anything but an earlier report.
    """
    if folder.exists() and not folder.is_dir():
        raise DataError(folder, "", "a file", "a folder for the report", "name another with --out")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARK).is_file():
        raise DataError(folder, "", "a folder with other files in it", "a new, empty or earlier report folder")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise DataError(folder, "", error.strerror or str(error), "a folder that you can write") from None
    try:
        for name, content in _pages(view).items():
            (draft / name).write_text(content, encoding="utf-8")
        (draft / MARK).write_text(f"{view.snapshot.version}\n", encoding="utf-8")
        draft.chmod(0o755)
        if folder.is_dir():
            shutil.rmtree(folder)
        draft.replace(folder)
    except OSError as error:
        raise DataError(folder, "", error.strerror or str(error), "a folder with free space") from None
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return sorted(folder.glob("*.html"))


def language_names(reader: Reader) -> Callable[[str], str]:
    """What a language is called in the reader's own, by its code."""
    languages = Locale(reader.language).languages
    return lambda code: languages.get(code.partition("-")[0], code)


def method_values() -> dict[str, Any]:
    """What the page of the method shows: the rules in force."""
    return {
        "cadences": cadence, "reasons_for": FOR, "reasons_against": AGAINST, "measured": measured(),
        "rule": {"share": ENOUGH, "families": FAMILIES, "hole": LONGEST_HOLE},
    }  # fmt: skip


def _pages(view: View) -> dict[str, str]:
    env = environment()
    env.globals.update(
        view=view, r=view.reader, t=view.reader.t, n=view.reader.n, pair_file=pair_file, now=view.snapshot.now,
        base="base.html", entry_link=lambda line: f"entry-{line}.html",
    )  # fmt: skip
    env.globals.update(refute=refute, index_of=index, weekly=weekly, brief=brief, region_file=region_file)
    env.globals["language"] = language_names(view.reader)
    pages: dict[str, str] = {}

    def page(name: str, template: str, **values: Any) -> None:
        pages[name] = re.sub(r"\n\s*\n+", "\n", env.get_template(template).render(page=name, **values))

    page("index.html", "index.html")
    for pair in view.pairs:
        page(pair_file(pair), "pair.html", pair=pair)
    for line in dict.fromkeys(one.line for one in view.lines):
        sides = view.of_line(line)
        page(f"entry-{line}.html", "entry.html", sides=sides, members=view.snapshot.catalogue.lines[line])
    for region in dict.fromkeys(region for region, _ in view.matrix):
        page(region_file(region), "region.html", region=region)
    page("leads.html", "leads.html")
    page("plans.html", "plans.html", tables=measures.tables(view))
    page("figures.html", "figures.html", groups=_groups(view))
    page("sources.html", "sources.html")
    page("archive.html", "archive.html")
    page("method.html", "method.html", **method_values())
    pages["style.css"] = env.get_template("style.css").render()
    return pages


def _groups(view: View) -> dict[str, dict[str, rollups.Rollup]]:
    """The roll-ups of the page of figures, by what they are made of; without those that expect nothing."""
    found = {
        "region": rollups.by_region(view.lines), "partner": rollups.by_partner(view.lines),
        "sector": rollups.by_sector(view.lines), "language": rollups.by_language(view.snapshot),
    }  # fmt: skip
    return {name: {key: one for key, one in group.items() if one.expected} for name, group in found.items()}
