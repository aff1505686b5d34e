"""Who works on a lead, said by plain forms on the start page."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from starlette.testclient import TestClient

from reports import lead_work
from reports.desk.guard import Guard
from reports.lead_work import Work
from tests.reports.desk.browsing import send, sign_in

TODAY = datetime.now(UTC).date()
SOON = str(TODAY + timedelta(days=3))
ALL = "/?region=BY-MA"


@pytest.fixture
def lead(desk: Guard) -> dict[str, str]:
    one = next(o for o in desk.app.state.desk.board.view("en").leads if o.side.side == "BY-MA")
    return {"entry": one.side.entry.id, "kind": one.kind, "side": one.side.side, "next": ALL}


@pytest.fixture
def editor(client: TestClient) -> TestClient:
    sign_in(client)
    return client


def test_a_taken_lead_says_by_whom_and_until_when(
    desk: Guard, editor: TestClient, lead: dict[str, str]
) -> None:
    before = editor.get(ALL).text.count('value="taken"')
    assert before
    assert send(editor, "/lead", work="taken", until=SOON, **lead).headers["location"] == ALL
    page = TestClient(desk, base_url=str(editor.base_url)).get(ALL, headers={"accept-language": "en"}).text
    assert re.search(r"taken</span> Anna, until [A-Z]?[\w ]+", page)  # neighbouring desks see it as well
    assert 'action="/lead' not in page
    assert editor.get(ALL).text.count('value="taken"') == before  # it can still be written or put off
    assert send(editor, "/lead", work="open", **lead).status_code == 303
    assert "taken</span>" not in editor.get(ALL).text


@pytest.mark.parametrize("work", ["put_off", "declined", "written"])
def test_what_is_not_to_be_written_stands_apart(editor: TestClient, lead: dict[str, str], work: str) -> None:
    before = editor.get(ALL).text
    assert "Put off, not ours, written" not in before
    until = {"until": SOON} if work == "put_off" else {}
    send(editor, "/lead", work=work, note="javascript:alert(1)", **until, **lead)
    page = editor.get(ALL).text
    assert page.count('class="work"') == before.count('class="work"') - 1
    assert "Put off, not ours, written: 1" in re.sub("<[^>]+>", "", page)
    assert 'href="javascript' not in page
    send(editor, "/lead", work="open", **lead)
    assert editor.get(ALL).text.count('class="work"') == before.count('class="work"')


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"work": "taken"}, "Name the last day"), ({"work": "put_off", "until": "2020-01-01"}, "Name the last day"),
        ({"work": "written"}, "Say where it was published"), ({"work": "declined", "note": "a\nb"}, "one line"),
    ],
)  # fmt: skip
def test_what_is_missing_is_told(
    editor: TestClient, lead: dict[str, str], fields: dict[str, str], told: str
) -> None:
    answer = send(editor, "/lead", **lead, **fields)
    assert answer.status_code == 400
    assert told in answer.text


@pytest.mark.parametrize(
    "odd",
    [
        {"work": "mine"}, {"kind": "gossip", "work": "declined"}, {"side": "BY-HR", "work": "declined"},
        {"entry": "no-such-entry", "work": "declined"},
    ],
)  # fmt: skip
def test_odd_leads_are_refused(
    desk: Guard, editor: TestClient, lead: dict[str, str], odd: dict[str, str]
) -> None:
    assert send(editor, "/lead", **(lead | odd)).status_code == 400
    with desk.app.state.desk.board.reading() as db:
        said = lead_work.states(db, datetime.now(UTC))
    assert all(one.work is Work.OPEN for one in said.values())


def test_readers_say_nothing(client: TestClient, lead: dict[str, str]) -> None:
    sign_in(client, "Ryhor")
    assert 'action="/lead' not in client.get("/").text
    assert send(client, "/lead", work="declined", **lead).status_code == 403
