"""The pages of a report: the matrix, what changed, time lines, leads and how right the matcher is."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from crawlers.errors import DataError
from reports import plain, site
from reports.i18n import reader
from reports.measured import Measured, measured
from reports.suspensions import Suspension
from reports.view import View
from tests.reports.made_up import HERE, PRESS, THERE, ago, entry, outlet, snapshot, text

UKRAINE = Suspension.model_validate(
    {"partner": "UA", "since": "2022-02-24", "source": "https://example.org", "seen": "2026"}
)


def full(language: str = "en") -> View:
    """Twelve lines of one cell, one that cannot be seen, a suspended one, a chain of reprints, a week before."""
    entries = [entry(f"deal-{n}", ends="2027-12-31", sector=["machinery"]) for n in range(12)]
    entries += [
        entry("blind-one", ends="2026-12-31", pairs=["BY-VI:KZ-19"]), entry("old-one"),
        entry("stopped-one", ends="2027-12-31", pairs=["BY-HO:UA-74"]), entry("round-one", signed="2016-12-01", ends="2030"),
    ]  # fmt: skip
    texts = [text(n, f"deal-{n}", ago(20 + n * 9), "dnepr", own=n < 4) for n in range(5)]
    texts += [
        text(20, "deal-0", ago(3), "volga", title="A «title» <b>of the week</b>", passage="It was signed.")
    ]
    texts += [text(30 + n, "deal-0", ago(2), "kostroma", own=False, origin="volga", story=20) for n in range(2)]
    texts += [text(40, "deal-9", ago(40), "volga")]
    near = [text(50, "deal-8", ago(9), "drut", grade="near")]
    press = [*PRESS, outlet("dvina", "BY-VI"), outlet("zvon", languages=["be"])]
    unread = [(one, ago(n)) for one in ("dnepr", "drut", "zvon") for n in range(60, 72)]
    of = replace(snapshot(entries, texts, near, press, unread=unread), suspensions=(UKRAINE,))
    then = replace(of, publications={k: v for k, v in of.publications.items() if k != "deal-1"})
    before = View(then, reader(language), "strictest").standing
    values = {key: value for key, value in before.values.items() if "deal-7" not in key}
    return View(of, reader(language), "strictest", replace(before, week="2026-W46", values=values))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("site") / "report"
    return {path.name: path.read_text(encoding="utf-8") for path in site.write(full(), folder)}


def cell(page: str, region: str, partner: str) -> str:
    (found,) = re.findall(rf'<td[^>]*><a[^>]*href="region-{region}\.html#{partner}"[^>]*>.*?</td>', page, re.S)
    return str(found)


def test_the_same_snapshot_gives_the_same_bytes(tmp_path: Path, pages: dict[str, str]) -> None:
    again = {p.name: p.read_bytes() for p in site.write(full(), tmp_path / "report")}
    assert again == {name: page.encode() for name, page in pages.items()}


def test_the_matrix_colours_from_ten_lines_on(pages: dict[str, str]) -> None:
    assert '<td class="m1">' in cell(pages["index.html"], "by-ma", "ru")
    assert "4 of 13" in cell(pages["index.html"], "by-ma", "ru")
    assert '<td class="unobserved">' in cell(pages["index.html"], "by-vi", "kz")
    suspended = cell(pages["index.html"], "by-ho", "ua")
    assert "Not computed: cooperation was suspended or ended." in suspended
    assert "class=" not in suspended.split(">")[0]


def test_every_link_between_pages_has_its_end(pages: dict[str, str]) -> None:
    for name, page in pages.items():
        for target, anchor in re.findall(r'href="([\w-]+\.html)?(?:#([\w-]+))?"', page):
            assert (target or name) in pages, name
            assert not anchor or f'id="{anchor}"' in pages[target or name], (name, target, anchor)


def test_what_changed_is_listed_and_what_stays_is_counted(pages: dict[str, str]) -> None:
    page = pages["index.html"]
    assert "What changed since the report of week 2026-W46" in page
    assert re.search(r'Found, and not found before: Mogilev Region: <a href="entry-deal-1.html">', page)
    assert "Not found, and not told before (listed below): 2" in page
    before, _, after = page.partition("more, as in the report before")
    assert "entry-deal-6.html" not in before
    assert "entry-deal-6.html" in after


def test_a_region_opens_what_its_cells_count(pages: dict[str, str]) -> None:
    section = pages["region-by-ma.html"].partition('id="ru"')[2].partition("</section>")[0]
    assert section.count('<td data-l="Mogilev Region">') == 13


def test_a_time_line_says_the_same_in_words(pages: dict[str, str]) -> None:
    page = pages["entry-deal-0.html"]
    (ours, _) = re.findall(r"<desc[^>]*>(.*?)</desc>", page, re.S)
    assert ours.startswith(
        "1 week with texts: 2 November 2026 (1); 49 weeks observed without a text; 2 weeks not"
    )
    assert page.count("<svg") == 2
    assert len(re.findall(r'<rect class="(?:own|other)"', page)) == 2
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_a_reprint_stands_under_its_text(pages: dict[str, str]) -> None:
    page = pages["entry-deal-0.html"]
    assert "2 more prints of this text" in page
    assert page.index("A «title» &lt;b&gt;") < page.index("2 more prints")


def test_a_brief_keeps_its_blank_lines(pages: dict[str, str]) -> None:
    assert "# en deal-0&#10;&#10;agreement" in pages["entry-deal-0.html"]


def test_leads_stand_in_their_order(pages: dict[str, str]) -> None:
    page = pages["leads.html"]
    first, last = page.index("entry-deal-9.html"), page.index("entry-round-one.html")
    assert first < last
    assert "entry-stopped-one.html" not in page


def test_figures_by_region_partner_sector_and_language(pages: dict[str, str]) -> None:
    page = pages["figures.html"]
    for head in (
        "By Belarusian region",
        "By partner",
        "By sector",
        "By language of the press",
        "machinery",
        "Belarusian",
    ):
        assert f">{head}</" in page


def test_how_right_the_matcher_is_comes_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / "floors.yml"
    assert measured(path) == {}
    path.write_text("ru: {cases: 120, precision: 0.94, recall: 0.58, pairs: 3}\n", encoding="utf-8")
    assert measured(path) == {"ru": Measured(cases=120, precision=0.94, recall=0.58)}
    path.write_text("ru: {cases: 120, precision: much}\n", encoding="utf-8")
    with pytest.raises(DataError, match="precision"):
        measured(path)


def test_without_the_file_it_says_not_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site, "measured", dict)
    site.write(full(), tmp_path / "report")
    assert "Not measured." in (tmp_path / "report" / "method.html").read_text(encoding="utf-8")
    monkeypatch.setattr(site, "measured", lambda: {"ru": Measured(cases=120, precision=0.9, recall=0.5)})
    site.write(full(), tmp_path / "report")
    assert '<td class="num">90 %</td>' in (tmp_path / "report" / "method.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["ru", "be"])
def test_pages_in_other_languages(language: str, tmp_path: Path) -> None:
    pages = {p.name: p.read_text(encoding="utf-8") for p in site.write(full(language), tmp_path / "report")}
    shown = re.sub(r"<[^>]+>", " ", pages["figures.html"] + pages["region-by-ma.html"] + pages["index.html"])
    assert set(re.findall(r"\b(?!en\b)[a-z]{4,}\b", shown)) <= {
        "mediagap",
        "made",
        "catalogue",
        "deal",
        "blind",
        "stopped",
        "round",
    }


def test_both_sides_of_a_pair_stand_beside_each_other(pages: dict[str, str]) -> None:
    page = pages[f"pair-{HERE}-{THERE}.html".lower()]
    assert "Trend of 13 entries and 3 outlets that were there all the time:" in page
    assert page.count('<section class="card"') == 2


def test_numbers_open_to_what_they_count(pages: dict[str, str]) -> None:
    pair = pages["pair-by-ma-ru-kos.html"]
    (now,) = re.findall(r"<summary>23 November: (\d+)</summary><ul class=\"plain\">(.*?)</ul>", pair)[:1]
    assert int(now[0]) == now[1].count("<li>") > 0
    (everything,) = re.findall(r"<summary>All of them</summary><ul class=\"plain\">(.*?)</ul>", pair)[:1]
    assert everything.count("<li>") >= 10
    figures = pages["figures.html"]
    told = re.findall(
        r"<summary>Reported anywhere: (\d+) of \d+</summary><ul class=\"plain\">(.*?)</ul>", figures
    )
    assert told
    assert all(int(number) == listed.count("<li>") for number, listed in told)
    (dnepr,) = re.findall(
        r"<summary>(\d+) / 400</summary><p><small>Not observed: 13 Sep – 24 Sep<", pages["sources.html"]
    )[:1]
    assert dnepr == "388"


def test_what_may_refute_stands_beside_its_command(pages: dict[str, str]) -> None:
    page = pages["entry-deal-8.html"]
    assert "It does cover it: <code>mediagap articles decide 50 deal-8 yes</code>" in re.sub(r"\s+", " ", page)
    assert "mediagap articles add ADDRESS --entry deal-8" in page
    seen = full()
    gap = next(one for one in seen.lines if one.line == "deal-8" and one.side == HERE)
    data = plain.gap(seen, gap)
    assert [(one["article"], one["covers"]) for one in data["nearest"]] == [
        (50, "mediagap articles decide 50 deal-8 yes")
    ]
    assert data["add"] == "mediagap articles add ADDRESS --entry deal-8"
