"""The mail itself: within its limits for everybody, harmless whatever the titles hold, in one language."""

import email
import email.policy
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest

from reports import letter_mail
from reports.letter import Letter
from reports.letter_claims import History
from tests.reports.made_up import PRESS, ago, entry, outlet, snapshot, task, text, view

HOSTILE = "</td><script>alert(\"1\")</script> «A» & 'b'\r\nBcc: all@example.org \u202egnp.exe"
LANGUAGES = ("ru", "be", "en")


def mail(of: Any, history: History | None = None, **reader: Any) -> tuple[Any, Letter]:
    """The mail as it arrives, with the letter that it shows."""
    language = reader.setdefault("language", "en")
    made, letter = letter_mail.message(
        view(of, language),
        task(history, **reader),
        "Mediagap <news@example.org>",
        "desk@example.org",
        "0123abcd",
    )
    return email.message_from_bytes(made.as_bytes(), policy=email.policy.default), letter


def part(arrived: Any, kind: str) -> str:
    return str(arrived.get_body((kind,)).get_content())


def everything() -> Any:
    """Long titles and many of them, in 300 lines, most of them with something to tell."""
    long = "Соглашение о торгово-экономическом, научно-техническом и культурном сотрудничестве " * 4
    title = dict.fromkeys(LANGUAGES, long)
    entries = [entry(f"deal-{n}", title=title, ends=f"2026-12-{1 + n % 28:02}") for n in range(100)]
    entries += [entry(f"event-{n}", title=title) for n in range(100)]
    entries += [entry(f"old-{n}", title=title) for n in range(100)]
    texts = [text(n, f"event-{n}", ago(20 + n % 60), "volga", title=long) for n in range(100)]
    texts += [text(100 + n, f"deal-{n}", ago(3), "dnepr", title=long) for n in range(50)]
    press = [*PRESS, *(outlet(f"press-{n}", "RU-KOS", title=long) for n in range(30))]
    return snapshot(entries, texts, press=press, failing={f"press-{n}": "timeout" for n in range(30)})


@pytest.fixture(scope="module")
def large() -> Any:
    return everything()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_subscriber_to_everything_gets_a_short_letter(large: Any, language: str) -> None:
    arrived, letter = mail(large, topics=("all",), language=language, outlet="dnepr")
    told, page = part(arrived, "plain"), part(arrived, "html")
    assert len(page.encode()) <= 90 * 1024
    assert len(told.split()) <= 350
    assert page.count("<a ") <= 12
    more = {"en": "more in the report", "ru": "в отчёте", "be": "у справаздачы"}[language]
    assert more in told
    assert more in page
    assert len(letter.named) <= 6


def test_what_is_left_out_is_not_remembered_as_told(large: Any) -> None:
    arrived, letter = mail(large, topics=("all",))
    told = part(arrived, "plain")
    assert len([one for one in letter.named if one.kind == "event"]) == told.count(
        "Open: https://volga.example"
    )
    assert len(letter.gaps) == 150


def test_a_letter_that_could_not_be_short_enough_is_not_sent(
    large: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(letter_mail, "MOST_WORDS", 20)
    with pytest.raises(ValueError, match="words"):
        mail(large)


class Tags(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


def test_hostile_words_do_nothing() -> None:
    title = dict.fromkeys(LANGUAGES, HOSTILE)
    press = [PRESS[0], outlet("drut", title=HOSTILE), outlet("volga", "RU-KOS", title=HOSTILE), PRESS[3]]
    texts = [text(1, "deal-one", ago(30), "volga", title=HOSTILE, url='javascript:alert("1")')]
    entries = [
        entry("deal-one", title=title),
        entry("deal-two", title=title, ends="2026-12-31"),
        entry("old-three", title=title),
    ]
    of = snapshot(entries, texts, press=press, failing={"drut": "error"})
    arrived, _ = mail(of, name=HOSTILE)
    page, told = part(arrived, "html"), part(arrived, "plain")
    tags = Tags(page)
    assert "script" not in tags.names
    assert not [name for name, _ in tags.attributes if name.startswith("on") or name == "src"]
    assert not [value for _, value in tags.attributes if "javascript" in value]
    assert arrived["Bcc"] is None
    assert not re.search("^Bcc", told, re.M)
    for where in (page, told, str(arrived["To"]), str(arrived["Subject"])):
        assert "\u202e" not in where
    assert "&lt;script&gt;" in page
    assert "<script>" in told  # of the text part it is only text


def test_nothing_is_fetched_and_nothing_needed_from_outside() -> None:
    page = part(mail(snapshot([entry("deal-one")], [text(1, "deal-one", ago(30), "volga")]))[0], "html")
    assert set(Tags(page).names) <= {
        "html", "head", "meta", "title", "style", "body", "table", "tr", "td", "span", "b", "br", "a"
    }  # fmt: skip
    assert not re.search(r"url\(|@import|@font-face", page)


def test_header() -> None:
    arrived, _ = mail(snapshot([entry("deal-one")]), name="Анна, редактор")
    assert arrived["To"].addresses[0].display_name == "Анна, редактор"
    assert arrived["To"].addresses[0].addr_spec == "editor@example.org"
    assert arrived["Reply-To"] == "desk@example.org"
    assert arrived["List-Unsubscribe"] == "<mailto:desk@example.org?subject=unsubscribe%200123abcd>"
    assert str(arrived["Message-ID"]).startswith("<2026-W47.")
    assert "editor" not in str(arrived["Message-ID"])
    assert arrived["Date"].datetime.isoformat() == "2026-11-23T06:00:00+00:00"


def test_the_same_letter_is_the_same_bytes() -> None:
    of = snapshot([entry("deal-one")], [text(1, "deal-one", ago(30), "volga")])
    assert mail(of)[0].as_bytes() == mail(of)[0].as_bytes()


@pytest.mark.parametrize("public_url", ["", "https://gap.example/report"])
def test_the_report_is_linked_or_its_place_named(public_url: str) -> None:
    of = snapshot([entry("deal-one", ends="2026-12-31")])
    one = task()
    if public_url:
        one = replace(one, report=public_url, public=True, answers_read=True)
    made, _ = letter_mail.message(view(of), one, "news@example.org", "", "0123")
    told, page = (str(made.get_body((kind,)).get_content()) for kind in ("plain", "html"))  # type: ignore[union-attr]
    assert f"Report: {public_url or 'report/index.html'}" in told
    assert (f'href="{public_url}/entry-deal-one.html"' in page) == bool(public_url)


ALLOWED_LATIN = {"dnepr", "drut", "volga", "kostroma", "headline", "report", "index", "html", "mailto", "desk", "example",
                 "org", "subject", "unsubscribe", "https", "robots", "txt"}  # fmt: skip


@pytest.mark.parametrize("language", ["ru", "be"])
@pytest.mark.parametrize("fault", ["timeout", "blocked", "gone", "not_a_feed", "forbidden", "error"])
def test_no_english_is_left(language: str, fault: str) -> None:
    def name(one: str) -> dict[str, str]:
        return {"ru": f"Дело {one}", "be": f"Справа {one}", "en": f"Deal {one}"}

    entries = [
        entry("a-1", title=name("а"), ends="2026-12-20"), entry("a-2", title=name("б"), ends="2026-12-28", kind="plan"),
        entry("a-3", title=name("в"), signed="2016-11"), entry("a-4", title=name("г")), entry("a-5", title=name("д")),
        entry("a-6", title=name("е"), kind="forum", period_months=12, signed="2025-12-01"),
        entry("a-7", title=name("ж")),
    ]  # fmt: skip
    texts = [text(1, "a-4", ago(30), "volga"), text(2, "a-1", ago(2), "volga"), text(3, "a-5", ago(2), "dnepr"),
             text(4, "a-5", ago(1), "volga", own=False, origin="dnepr"), text(5, "a-6", ago(50), "drut"),
             text(6, "a-3", ago(50), "volga")]  # fmt: skip
    of = snapshot(
        entries, texts, failing={"kostroma": fault}, unread=[("kostroma", ago(n)) for n in range(1, 9)]
    )
    arrived, _ = mail(of, History((), frozenset({"x"})), language=language, outlet="dnepr")
    said = (
        str(arrived["Subject"])
        + part(arrived, "plain")
        + re.sub(r"<style.*?</style>|<[^>]+>", " ", part(arrived, "html"))
    )
    found = {word.lower() for word in re.findall(r"[A-Za-z]{2,}", said)}
    assert {word for word in found if not re.fullmatch(r"[0-9a-f]+", word)} <= ALLOWED_LATIN


OFFENDING = {
    "ru": r"пробел|молчит|не написал|перепечатк|независим|не освеща|отста|неадекватн|норм[аы]\b|должн|игнорир|замалч",
    "be": r"прабел|маўчыць|не напісал|перадрук|незалежн|не асвятля|адста|неадэкватн|норм[аы]\b|павінн|ігнар|замоўч",
    "en": r"\bgaps?\b|silent|silence|ignored|failed to|reprint|independent|one-sided|dead|must|should",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_offends(large: Any, language: str) -> None:
    arrived, _ = mail(large, topics=("all",), language=language)
    said = str(arrived["Subject"]) + part(arrived, "plain")
    assert not re.search(OFFENDING[language], said, re.I)
