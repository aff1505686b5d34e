"""One address for one article, and hosts that no stranger's link may reach."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers import urls


@pytest.mark.parametrize(
    ("address", "key"),
    [
        pytest.param("http://example.by/a", "https://example.by/a", id="scheme"),
        pytest.param("HTTP://EXAMPLE.by/A", "https://example.by/A", id="case of host only"),
        pytest.param("https://example.by/a/", "https://example.by/a", id="trailing slash"),
        pytest.param("https://example.by/", "https://example.by", id="root"),
        pytest.param("https://example.by./a", "https://example.by/a", id="dot of the root zone"),
        pytest.param("https://www.example.by/a", "https://example.by/a", id="www"),
        pytest.param("https://m.example.by/a", "https://example.by/a", id="mobile"),
        pytest.param("https://amp.example.by/a", "https://example.by/a", id="amp"),
        pytest.param("https://www.m.example.by/a", "https://example.by/a", id="www and mobile"),
        pytest.param("https://m.by/a", "https://m.by/a", id="a host named m"),
        pytest.param("https://www.by/a", "https://www.by/a", id="a host named www"),
        pytest.param("https://news.example.by/a", "https://news.example.by/a", id="another subdomain"),
        pytest.param("http://example.by:80/a", "https://example.by/a", id="port 80"),
        pytest.param("https://example.by:443/a", "https://example.by/a", id="port 443"),
        pytest.param("http://example.by:8080/a", "https://example.by:8080/a", id="another port"),
        pytest.param("http://127.0.0.1:8000/a", "https://127.0.0.1:8000/a", id="number"),
        pytest.param("https://user:word@example.by/a", "https://example.by/a", id="password"),
        pytest.param("https://example.by/a#part", "https://example.by/a", id="fragment"),
        pytest.param("https://example.by/?id=7", "https://example.by?id=7", id="query is kept"),
        pytest.param("https://example.by/a?b=2&a=1", "https://example.by/a?b=2&a=1", id="order is kept"),
        pytest.param("https://example.by/a?b=&a", "https://example.by/a?b=&a=", id="blank values are kept"),
        pytest.param("https://пример.рф/а", "https://xn--e1afmkfd.xn--p1ai/%D0%B0", id="Cyrillic"),
        pytest.param("https://ПРИМЕР.РФ/%D0%B0", "https://xn--e1afmkfd.xn--p1ai/%D0%B0", id="Cyrillic, quoted"),
        pytest.param("https://www.пример.рф", "https://xn--e1afmkfd.xn--p1ai", id="Cyrillic with www"),
        pytest.param("https://a_б..by/a", "https://a_б..by/a", id="no name that IDNA knows"),
        pytest.param("  https://example.by/a \n", "https://example.by/a", id="spaces around"),
        pytest.param("https://example.by/100%", "https://example.by/100%", id="a lone per cent sign"),
        pytest.param("https://example.by/%E0%E1", "https://example.by/%E0%E1", id="path in windows-1251"),
    ],
)
def test_canonical(address: str, key: str) -> None:
    assert urls.canonical(address) == key
    assert urls.canonical(key) == key


@pytest.mark.parametrize(
    "tail",
    ["utm_source=vk", "utm_anything=1", "fbclid=a", "gclid=a", "yclid=a", "ysclid=a", "mc_cid=a", "mc_eid=a",
     "_openstat=a", "utm_source=vk&utm_medium=b"],
)  # fmt: skip
def test_tracking_makes_no_other_article(tail: str) -> None:
    assert urls.canonical(f"https://example.by/a?id=7&{tail}") == "https://example.by/a?id=7"


@pytest.mark.parametrize("kept", ["id=7", "page=2", "source=vk", "utm=1"])
def test_other_parameters_do(kept: str) -> None:
    assert urls.canonical(f"https://example.by/a?{kept}") == f"https://example.by/a?{kept}"


@pytest.mark.parametrize(
    "address",
    [
        "", "/a", "//example.by/a", "example.by/a", "mailto:a@example.by", "javascript:alert(1)",
        "ftp://example.by/a", "http://", "https:///a", "http://example.by:99999/", "http://example.by:x/",
        "http://[::1", "data:text/html,a",
    ],
)  # fmt: skip
def test_what_is_no_address_has_no_key(address: str) -> None:
    assert urls.canonical(address) is None


@pytest.mark.parametrize("address", ["https://example.by/?q=\ud83d", "https://example.by/\ud83d"])
def test_half_a_character_breaks_nothing(address: str) -> None:
    urls.canonical(address)


@pytest.mark.parametrize("query", ["%E0", "%E1", "%D0%B0", "a%26b"])
def test_words_of_a_query_in_any_encoding_are_told_apart(query: str) -> None:
    assert urls.canonical(f"https://example.by/?tag={query}") == f"https://example.by?tag={query}"


@settings(deadline=None)
@given(st.text(alphabet="%2345aA/?=&+дё\udcd0 ."))
def test_key_of_any_key_is_the_key(tail: str) -> None:
    key = urls.canonical(f"https://example.by/{tail}")
    assert key is not None
    assert urls.canonical(key) == key


@pytest.mark.parametrize("address", ["https://example.by/%2541", "http://[2001:db8::1]:8080/a"])
def test_key_of_a_key_is_the_key(address: str) -> None:
    key = urls.canonical(address)
    assert key is not None
    assert urls.canonical(key) == key


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("/a", "https://example.by/a"),
        ("b.html", "https://example.by/news/b.html"),
        ("//other.by/a", "https://other.by/a"),
        ("https://other.by/a/?utm_source=b", "https://other.by/a/?utm_source=b"),
        (" /a ", "https://example.by/a"),
        ("javascript:alert(1)", None),
        ("mailto:a@example.by", None),
        ("http://[::1", None),
    ],
)
def test_join_gives_the_address_to_fetch(link: str, expected: str | None) -> None:
    assert urls.join("https://example.by/news/", link) == expected


@pytest.mark.parametrize(
    ("link", "key"), [("/a/", "https://example.by/a"), ("../b", "https://example.by/b"), ("ftp://x/a", None)]
)
def test_canonical_of_a_relative_link(link: str, key: str | None) -> None:
    assert urls.canonical(link, "http://www.example.by/news/") == key


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://www.example.by/a", "example.by"),
        ("http://example.by:8080/a", "example.by:8080"),
        ("http://пример.рф/", "xn--e1afmkfd.xn--p1ai"),
        ("nothing", ""),
    ],
)
def test_host_of(address: str, host: str) -> None:
    assert urls.host_of(address) == host


@pytest.mark.parametrize(
    ("address", "expected"),
    [("https://example.by", True), ("http://example.by/a", True), ("https://", False), ("ftp://example.by", False),
     ("javascript:alert(1)", False), ("/a", False), ("http://[::1", False)],
)  # fmt: skip
def test_is_web(address: str, expected: bool) -> None:
    assert urls.is_web(address) is expected


def test_what_may_be_followed_has_a_key() -> None:
    assert not urls.is_web("http://example.by:99999/")


@pytest.mark.parametrize(
    "host",
    ["", "localhost", "a.localhost", "printer.local", "db.internal", "127.0.0.1", "127.9.9.9", "10.1.2.3",
     "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "::1", "[::1]", "fe80::1",
     "fd00::1", "::ffff:127.0.0.1"],
)  # fmt: skip
def test_private_host(host: str) -> None:
    assert urls.is_private(host)


@pytest.mark.parametrize(
    "host",
    ["localhost.", "127.0.0.1.", "127.1", "2130706433", "0x7f000001", "0177.1", "１２７.0.0.1", "[::1]."],
)
def test_other_spellings_of_a_private_host(host: str) -> None:
    assert urls.is_private(host)


@pytest.mark.parametrize(
    "host", ["example.by", "8.8.8.8", "2001:4860:4860::8888", "local", "localhost.by", "10.example.by"]
)
def test_public_host(host: str) -> None:
    assert not urls.is_private(host)
