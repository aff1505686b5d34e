"""Whatever a text is, the matcher answers, gives the same answer again, and another process gives the same."""

import json
import pickle

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawlers import text
from matcher.match import Matcher
from matcher.reading import MOST
from matcher.records import Grade, Result, Text

ANY = settings(
    max_examples=150,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

# fmt: off
WORDS = st.sampled_from([
    "Кострома", "Костромской области", "Костромская область", "Могилёвская", "Могилёвской области", "Бобруйск", "Беларусь", "Россия", "Мининформ",
    "МТЗ", "«Цвет»", "Нафтан", "соглашение", "план мероприятий", "побратимы", "дилер", "поставка", "меморандум", "IV Форум регионов",
    "Белорусские товары", "матч", "гол", "Владимир", "Тула", "Kostroma Region", "Mogilev Region", "agreement", "Кастрамская вобласць", "пагадненне",
    ".", "!", "…", "\n", "\n\n", " ", ", ", " и ", "2006", "2017–2019",
])
# fmt: on
NEWS = st.lists(WORDS, max_size=40).map(" ".join)
NOISE = st.text(max_size=200)
RAW = st.text(
    st.characters(categories=["Cc", "Cf", "Cn", "Co", "Mn", "Zs", "Zl", "Zp", "Lt", "Lo"]), max_size=80
)
"""Control characters, marks and unassigned characters."""
HTML = st.lists(
    st.one_of(
        WORDS, st.sampled_from(["<p>", "</p>", "<br/>", "&nbsp;", "&#x41;", "<script>", "]]>", "<!--"]), NOISE
    ),
    max_size=20,
).map("".join)
MIRRORED = st.lists(
    st.one_of(WORDS, st.sampled_from(["\u202e", "\u200f", "שלום", "مرحبا", "\u0660\u0661"])), max_size=20
).map("".join)
ANY_TEXT = st.one_of(NEWS, NOISE, RAW, HTML, MIRRORED)


def check(matcher: Matcher, article: Text, result: Result) -> None:
    """What must be true of every answer."""
    assert {match.grade for match in result.matches} <= {Grade.ABOUT, Grade.MENTION}
    assert {match.grade for match in result.near_misses} <= {Grade.NEAR}
    found = [match.entry for match in (*result.matches, *result.near_misses)]
    assert len(found) == len(set(found))
    assert set(found) <= set(matcher.catalogue.entries)
    assert list(result.pairs) == sorted(set(result.pairs))
    scores = [match.score for match in result.matches]
    assert scores == sorted(scores, reverse=True)
    stands = [" ".join(text.clean(one).split()) for one in (article.title, article.text)]
    for match in (*result.matches, *result.near_misses):
        assert 0 <= match.score <= 1
        assert match.passage
        begins = " ".join(match.passage.split())[:12].strip()
        assert any(begins in one for one in stands)
        assert all(0 < evidence.value <= 1 for evidence in match.evidence)
        json.dumps(match.plain())


@ANY
@given(title=ANY_TEXT, body=ANY_TEXT)
def test_any_text_gives_a_sound_result(matcher: Matcher, title: str, body: str) -> None:
    article = Text("1", title, body)
    result = matcher.match(article)
    check(matcher, article, result)
    assert matcher.match(article) == result


@ANY
@given(body=NEWS)
def test_what_is_not_text_does_not_count(matcher: Matcher, body: str) -> None:
    plain = matcher.match(Text("1", "Новости", body))
    told = matcher.match(Text("other", "Новости", body, "en"))
    assert told == plain


@ANY
@given(body=NEWS)
def test_invisible_characters_do_not_count(matcher: Matcher, body: str) -> None:
    hyphenated = body.replace("о", "о\u00ad").replace(" ", " \u200b")
    assert matcher.match(Text("1", "", hyphenated)) == matcher.match(Text("1", "", body))


@pytest.fixture(scope="module")
def thawed(matcher: Matcher) -> Matcher:
    return pickle.loads(pickle.dumps(matcher))


@ANY
@given(title=NEWS, body=NEWS)
def test_pickled_matcher_says_the_same(matcher: Matcher, thawed: Matcher, title: str, body: str) -> None:
    article = Text("1", title, body)
    assert thawed.match(article) == matcher.match(article)


def test_pickled_matcher_is_of_the_same_version(matcher: Matcher, thawed: Matcher) -> None:
    assert thawed.version == matcher.version
    assert thawed is not matcher


def test_result_can_cross_a_process(matcher: Matcher) -> None:
    result = matcher.match(Text("1", "Кострома и Бобруйск стали побратимами", ""))
    assert result.matches
    assert pickle.loads(pickle.dumps(result)) == result


TELLING = "Костромская область и Могилёвская область подписали соглашение о сотрудничестве. "


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("", id="empty"),
        pytest.param("\x00" * 1000, id="nuls"),
        pytest.param("\u202e" * 1000, id="marks"),
        pytest.param("я" * 200_000, id="one_letter"),
        pytest.param("Ё" * 200_000, id="one_capital"),
        pytest.param("İ" * 200_000, id="a_letter_that_grows"),
        pytest.param(" " * 200_000, id="spaces"),
        pytest.param("\n" * 200_000, id="lines"),
        pytest.param(" \n" * 100_000, id="spaced_lines"),
        pytest.param("«" * 200_000, id="quotes"),
        pytest.param(". " * 100_000, id="full_stops"),
        pytest.param("-" * 200_000, id="dashes"),
        pytest.param("0123456789" * 20_000, id="digits"),
        pytest.param("\u0301" * 50_000, id="accents"),
        pytest.param("🚜" * 100_000, id="emoji"),
        pytest.param("<div><p>" * 25_000, id="tags"),
        pytest.param("&nbsp;" * 33_000, id="entities"),
        pytest.param("\ud800" * 1000, id="half_a_character"),
        pytest.param("соглашение " * 18_000, id="one_word"),
        pytest.param("Кострома " * 22_000, id="one_name"),
        pytest.param("Новая школа открыта сегодня утром. " * 150_000, id="five_megabytes"),
        pytest.param(" ".join(f"Слово{n}" for n in range(1_000_000)), id="a_million_capitals"),
        pytest.param("\u202eשלום عليكم\u200f " * 20_000, id="right_to_left"),
        pytest.param("\u200b\u200d\ufeff" * 100_000, id="zero_width"),
        pytest.param("ꦲꦏ꧀ꦱꦫ ᠮᠣᠩᠭᠣᠯ ⵜⴰⵎⴰⵣⵉⵖⵜ " * 20_000, id="languages_that_it_does_not_know"),
    ],
)
def test_extreme_text_tells_nothing(matcher: Matcher, body: str) -> None:
    assert matcher.match(Text("1", "", body)).matches == ()


@pytest.mark.parametrize("noise", ["\x00", "<p>", "🚜", "\ufeff", "\u202e", "İ", "1" * 1000])
def test_noise_around_a_text_does_not_hide_it(matcher: Matcher, noise: str) -> None:
    found = matcher.match(Text("1", "", f"{noise} {TELLING} {noise}"))
    assert [match.entry for match in found.matches] == ["mogilev-kostroma-agreement-2006"]


def test_passage_is_not_longer_than_is_readable(matcher: Matcher) -> None:
    found = matcher.match(Text("1", "", TELLING.rstrip(" .") + " и" + " очень" * 500))
    assert {len(match.passage) for match in found.matches} == {600}


def test_whole_book_in_one_text_is_answered(matcher: Matcher) -> None:
    """Some 40 kB in 500 sentences, each of which names both sides."""
    found = matcher.match(Text("1", "", TELLING * 500))
    assert [match.grade for match in found.matches] == [Grade.ABOUT]


def test_text_longer_than_any_article_is_read_to_a_point(matcher: Matcher) -> None:
    """Bounded time: what a text says within the bound counts, and nothing behind it."""
    filler = "Новая школа открыта. " * (MOST // 21 + 1)
    assert matcher.match(Text("1", TELLING, filler)) != Result()
    assert matcher.match(Text("1", "", filler + TELLING)) == Result()
