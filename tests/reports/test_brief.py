"""A brief is at most a page, says what is known of both sides, and is read as it stands."""

from reports.brief import brief
from reports.i18n import reader
from reports.view import View
from tests.reports.made_up import HERE, THERE, ago, entry, snapshot, text, view

DEAL = entry("deal-one", signed="2016-12-01", ends="2026-12-31")


def test_it_tells_what_whom_and_why_now() -> None:
    theirs = text(1, "deal-one", ago(30), "volga", title="Partners met")
    reprint = text(2, "deal-one", ago(29), "kostroma", own=False, origin="volga", story=1)
    near = text(3, "deal-one", ago(9), "drut", grade="near", title="A like text")
    told = brief(view(snapshot([DEAL], [theirs, reprint], [near])), "deal-one")
    assert told.startswith("# en deal-one\n\nagreement · Signed: 1 December 2016 · Until: 31 December 2026")
    assert "Parties: Mogilev Region; Kostroma Region." in told
    assert "- Mogilev Region: 10 years since it was signed (1 December 2026)." in told
    assert "- Mogilev Region: Its term ends on 31 December 2026, 38 days left." in told
    assert "## Mogilev Region\n\nTo be checked: a text nearly matches and nobody has decided on it;" in told
    assert (
        "Nearly matching, to be checked:\n- 14 November 2026, Drut: [A like text](<https://drut.example/3>)"
        in told
    )
    assert "- 24 October 2026, Volga: [Partners met](<https://volga.example/1>) (own work)" in told
    assert "[Headline 2]" not in told  # its reprint is the same text


def test_foreign_text_is_no_markdown() -> None:
    odd = text(
        1, "deal-one", ago(3), "volga", title="<b>[x](javascript:1)</b> *a*\n# b", url="https://v.example/a>b"
    )
    told = brief(view(snapshot([DEAL], [odd])), "deal-one")
    assert r"[\<b\>\[x\](javascript:1)\</b\> \*a\* \# b](<https://v.example/a%3Eb>)" in told
    bad = text(1, "deal-one", ago(3), "volga", url="javascript:alert(1)")
    assert "javascript" not in brief(view(snapshot([DEAL], [bad])), "deal-one")


def test_ten_thousand_matches_are_still_one_page() -> None:
    long = "Соглашение о торгово-экономическом, научно-техническом и культурном сотрудничестве " * 9
    texts = [text(n, "deal-one", ago(n % 300), ("dnepr", "volga")[n % 2], title=long) for n in range(10_000)]
    near = [text(20_000 + n, "deal-one", ago(n % 90), "drut", grade="near", title=long) for n in range(500)]
    pairs = [f"{HERE}:{THERE}", f"{HERE}:RU-BRY", f"{HERE}:RU-SMO"]
    parties = [{"place": HERE}, {"place": THERE}, *({"place": "RU-BRY"} for _ in range(30))]
    deal = DEAL.model_copy(
        update={"pairs": entry("x-y", pairs=pairs).pairs, "parties": entry("x-y", parties=parties).parties}
    )
    told = brief(View(snapshot([deal], texts, near), reader("ru"), "open"), "deal-one")
    assert len(told.splitlines()) <= 50
    assert len(told) <= 4_500
    assert "и ещё 4996" in told
