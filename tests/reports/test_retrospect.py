"""The archive's own report: what was printed on entries that are not known to work, and none that is live."""

from datetime import date
from pathlib import Path

import pytest

from reports import plain, site, terminal
from reports.liveness import State
from tests.reports.made_up import HERE, THERE, ago, entry, snapshot, text, view


def test_archive_tells_what_was_printed_and_when(capsys: pytest.CaptureFixture[str]) -> None:
    entries = [entry("silent-line"), entry("ended-line", ends="2020"), entry("live-line", ends="2030")]
    texts = [
        text(1, "ended-line", ago(300), "dnepr"), text(2, "ended-line", ago(200), "volga"),
        text(3, "ended-line", ago(100), "dnepr", grade="mention"), text(4, "live-line", ago(5), "dnepr"),
    ]  # fmt: skip
    seen = view(snapshot(entries, texts))
    ended, silent = seen.past
    assert (ended.entry.id, ended.life.state) == ("ended-line", State.ENDED)
    assert {side: [p.article for p in listed] for side, listed in ended.texts.items()} == {
        HERE: [1],
        THERE: [2],
    }
    assert (silent.entry.id, silent.life.state) == ("silent-line", State.UNVERIFIED)
    assert silent.texts == {HERE: (), THERE: ()}
    assert plain.past(ended)["texts"][HERE][0]["outlet"] == "dnepr"
    terminal.archive(seen, [ended, silent])
    told = capsys.readouterr().out
    assert "1 of 2 entries of the archive have texts" in told
    assert "Headline 1" in told
    assert "silent-line" not in told


@pytest.mark.parametrize("language", ["ru", "be", "en"])
def test_archive_is_a_page_too(tmp_path: Path, language: str) -> None:
    entries = [entry("silent-line"), entry("ended-line", ends="2020-03-01")]
    texts = [
        text(1, "ended-line", ago(300), "dnepr"),
        text(2, "ended-line", ago(20), "dnepr", title="<b>Late</b>"),
    ]
    seen = view(snapshot(entries, texts), language)
    page = next(one for one in site.write(seen, tmp_path / "r") if one.name == "archive.html").read_text(
        "utf-8"
    )
    before, questions = page.split('href="entry-silent-line.html"')
    assert 'href="entry-ended-line.html"' in before
    assert "ended-line" not in questions
    assert f"{seen.reader.day(ago(300))} – {seen.reader.day(ago(20))}</summary>" in before
    assert seen.reader.day(date(2020, 3, 1)) in before
    assert "&lt;b&gt;Late" in before
