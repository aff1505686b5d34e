"""Every message that pages and letters use has its Russian words."""

import re
from pathlib import Path

import pytest

import reports
from reports.i18n import reader

ROOT = Path(reports.__file__).parent
_CALL = re.compile(
    r"""(?<![\w.])(?:view\.reader\.|self\.reader\.|r\.)?([tn])\(\s*((?:"(?:[^"\\]|\\.)*"\s*,?\s*)+)"""
)


def messages() -> set[tuple[str, ...]]:
    found = set()
    for path in [*ROOT.glob("*.py"), *(ROOT / "templates").glob("*.html"), *(ROOT / "templates").glob("*.txt")]:
        for kind, arguments in _CALL.findall(path.read_text(encoding="utf-8")):
            parts = re.findall(r'("(?:[^"\\]|\\.)*")\s*(,?)', arguments)
            texts, current = [], ""
            for literal, comma in parts:
                current += literal[1:-1].replace('\\"', '"')
                if comma:
                    texts.append(current)
                    current = ""
            if current:
                texts.append(current)
            found.add(tuple(texts[: 1 if kind == "t" else 2]))
    return found


@pytest.mark.parametrize("message", sorted(messages()), ids=lambda m: m[0][:40])
def test_message_is_translated(message: tuple[str, ...]) -> None:
    russian = reader("ru").messages
    if len(message) == 1:
        assert russian.gettext(message[0]) != message[0]
    else:
        assert russian.ngettext(message[0], message[1], 5) != message[1]
