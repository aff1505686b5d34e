"""Text that others wrote is one harmless line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.tidy import file_name, one_line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("two\r\nBcc: all@example.org", "two Bcc: all@example.org"),
        ("\u202egnp.exe\u202c", "gnp.exe"),
        ("a\u2028b\x00c\x7f", "a b c"),
        ("«Мост» \u200fчерез  Днепр", "«Мост» через Днепр"),
        ("half \ud800 a letter", "half ? a letter"),
    ],
)
def test_one_line(text: str, line: str) -> None:
    assert one_line(text) == line


def test_it_is_cut_at_a_word() -> None:
    assert one_line("Соглашение о сотрудничестве, областей", 28) == "Соглашение о сотрудничестве…"
    assert one_line("x" * 50, 20) == "x" * 19 + "…"


@given(st.text(), st.integers(2, 60))
def test_any_text_is_one_line_and_no_longer(text: str, most: int) -> None:
    line = one_line(text, most)
    assert len(line) <= most
    assert line.splitlines() in ([line], [])
    assert one_line(line, most) == line


@given(st.text())
def test_any_text_is_a_file_name(text: str) -> None:
    name = file_name(text)
    assert name
    assert not set(name) & set("/\\\n\0 ")
    assert not name.startswith(".")
