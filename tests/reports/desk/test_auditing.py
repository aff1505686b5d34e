"""The monthly sample: drawn once by an editor, answered, taken back."""

import re
from collections.abc import Iterator
from contextlib import closing

import pytest
from starlette.testclient import TestClient

from reports import audit, work
from reports.audit import Item
from reports.audit_rates import Claim
from reports.config import Settings
from tests.reports.desk.browsing import send, sign_in


@pytest.fixture
def editor(settings: Settings, client: TestClient) -> Iterator[TestClient]:
    sign_in(client)
    yield client
    with closing((db := work.open_for(settings)).conn):
        db.conn.execute("DELETE FROM audit_items")


def drawn(settings: Settings, kind: Claim) -> Item:
    """The first of the sample of one kind."""
    with closing((db := work.open_for(settings)).conn):
        return next(one for one in audit.items(db) if one.kind is kind)


def test_the_sample_is_drawn_by_an_editor_not_by_looking(settings: Settings, editor: TestClient) -> None:
    assert "Draw the sample" in editor.get("/audit").text
    with closing((db := work.open_for(settings)).conn):
        assert audit.items(db) == []
    assert send(editor, "/audit/draw").headers["location"] == "/audit"
    page = editor.get("/audit").text
    assert "Draw the sample" not in page
    assert drawn(settings, Claim.GAP).entry in page
    assert "Search there:" in page


def test_an_answer_counts_and_is_taken_back(settings: Settings, editor: TestClient) -> None:
    send(editor, "/audit/draw")
    item = str(drawn(settings, Claim.MATCH).id)
    assert send(editor, "/audit", item=item, answer="wrong").status_code == 303
    one = drawn(settings, Claim.MATCH)
    assert (one.answer, one.author) == ("wrong", "Anna")
    assert re.search(r"1 of 1 matches wrong \(.* with 95 % certainty\)", editor.get("/audit").text)
    assert send(editor, "/audit/undo", item=item).status_code == 303
    assert drawn(settings, Claim.MATCH).answer is None
    assert send(editor, "/audit/undo", item=item).status_code == 400


def test_a_refuted_gap_names_the_text_and_leads_to_adding_it(settings: Settings, editor: TestClient) -> None:
    send(editor, "/audit/draw")
    gap = drawn(settings, Claim.GAP)
    assert "Name the address" in send(editor, "/audit", item=str(gap.id), answer="wrong").text
    send(editor, "/audit", item=str(gap.id), answer="wrong", note="https://example.by/news/17")
    link = f"/add?entry={gap.entry}&amp;url=https%3A%2F%2Fexample.by%2Fnews%2F17"
    assert link in editor.get("/audit").text
    assert 'value="https://example.by/news/17"' in editor.get(link.replace("&amp;", "&")).text


@pytest.mark.parametrize(
    "fields",
    [{"item": "999999", "answer": "right"}, {"item": "x", "answer": "right"}, {"item": "1", "answer": "maybe"}],
)
def test_what_is_no_answer(editor: TestClient, fields: dict[str, str]) -> None:
    assert send(editor, "/audit", **fields).status_code == 400


def test_readers_see_the_rates_and_answer_nothing(editor: TestClient) -> None:
    sign_in(editor, "Ryhor")
    assert "has not been drawn yet" in editor.get("/audit").text
    assert send(editor, "/audit/draw").status_code == 403
