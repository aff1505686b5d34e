"""The weekly letter as a reader's mail program gets it."""

import email
import email.policy
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path

import pytest

LARGEST = 90 * 1024  # mail programs cut at 102 KB
MOST_WORDS, MOST_LINKS = 350, 12


@pytest.fixture(scope="module")
def mail(demo: Path) -> EmailMessage:
    (path,) = (demo / "outbox").glob("*.eml")
    return email.message_from_bytes(path.read_bytes(), policy=email.policy.default)


def part(mail: EmailMessage, kind: str) -> str:
    found = mail.get_body((kind,))
    assert found is not None
    return str(found.get_content())


class Tags(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.text += "\n"

    def handle_data(self, data: str) -> None:
        if self.tags[-1:] and self.tags[-1][0] != "style":
            self.text += data


def test_partners_stand_in_the_subject_and_no_number_of_gaps(mail: EmailMessage) -> None:
    assert str(mail["Subject"]).startswith("Mogilev Region, week ")
    assert "gap" not in str(mail["Subject"])


def test_it_is_short(mail: EmailMessage) -> None:
    page = part(mail, "html")
    assert len(page.encode()) <= LARGEST
    assert len(part(mail, "plain").split()) <= MOST_WORDS
    assert sum(tag == "a" for tag, _ in Tags(page).tags) <= MOST_LINKS


def test_it_needs_nothing_from_outside_and_nothing_that_runs(mail: EmailMessage) -> None:
    for tag, attributes in Tags(part(mail, "html")).tags:
        assert tag not in ("script", "img", "link", "iframe", "object", "form")
        assert not [name for name in attributes if name.startswith("on") or name == "src"]


def test_text_part_says_what_the_page_says(mail: EmailMessage) -> None:
    told = " ".join(part(mail, "plain").split()).lower()
    page = Tags(part(mail, "html"))
    for phrase in page.text.split("\n"):
        words = " ".join(phrase.split()).lower()
        if words not in ("", "open", str(mail["Subject"]).lower()):
            assert words in told
    for tag, attributes in page.tags:
        if tag == "a":
            assert str(attributes["href"]) in part(mail, "plain")


def test_who_could_not_be_read_comes_first(mail: EmailMessage) -> None:
    assert "outlets were read" in part(mail, "plain").split("\n")[0]
