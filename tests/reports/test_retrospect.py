"""The archive's own report: what was printed on entries that are not known to work, and none that is live."""

import pytest

from reports import plain, terminal
from reports.liveness import State
from reports.retrospect import retrospect
from tests.reports.made_up import HERE, THERE, ago, entry, snapshot, text, view


def test_archive_tells_what_was_printed_and_when(capsys: pytest.CaptureFixture[str]) -> None:
    entries = [entry("silent-line"), entry("ended-line", ends="2020"), entry("live-line", ends="2030")]
    texts = [
        text(1, "ended-line", ago(300), "dnepr"), text(2, "ended-line", ago(200), "volga"),
        text(3, "ended-line", ago(100), "dnepr", grade="mention"), text(4, "live-line", ago(5), "dnepr"),
    ]  # fmt: skip
    seen = view(snapshot(entries, texts))
    ended, silent = retrospect(seen)
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
