"""The letter in a browser: a phone and a desk, by day and by night."""

import html
import json
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reports import letter_mail
from tests.reports.made_up import PRESS, ago, entry, outlet, snapshot, task, text, view

CHROMIUM = Path("/usr/bin/chromium")
pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="/usr/bin/chromium is not installed")

# The letter stands in a frame of the wanted width: a browser window has a least width of its own.
MEASURE = """<body style="margin:0"><iframe id="f" style="border:0;width:{width}px;height:2000px" srcdoc="{page}"></iframe>
<script>
const rgb = c => c.match(/[0-9.]+/g).map(Number);
const light = c => {{ const l = rgb(c).slice(0, 3).map(v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
  return .2126 * l[0] + .7152 * l[1] + .0722 * l[2]; }};
const behind = e => {{ for (; e; e = e.parentElement) {{ const b = e.ownerDocument.defaultView.getComputedStyle(e).backgroundColor;
  if (rgb(b)[3] !== 0) return b; }} return 'rgb(255,255,255)'; }};
f.onload = () => {{
  const d = f.contentDocument, w = f.contentWindow;
  const texts = [...d.body.querySelectorAll('td,span,a,b')].filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()));
  const contrast = e => {{ const [a, b] = [light(w.getComputedStyle(e).color), light(behind(e))];
    return (Math.max(a, b) + .05) / (Math.min(a, b) + .05); }};
  document.body.innerHTML = '<pre>' + JSON.stringify({{
    dark: w.matchMedia('(prefers-color-scheme: dark)').matches, width: w.innerWidth,
    overflow: d.documentElement.scrollWidth - w.innerWidth,
    outside: texts.filter(e => e.getBoundingClientRect().right > w.innerWidth + .5).length,
    contrast: Math.min(...texts.map(contrast)), size: Math.min(...texts.map(e => parseFloat(w.getComputedStyle(e).fontSize))),
    texts: texts.length }}) + '</pre>'; }};
</script></body>"""


@pytest.fixture(scope="module")
def page() -> str:
    """A full letter with what does not break by itself: long words, addresses and names."""
    word = "Государственно-общественно-экономический" * 3
    entries = [
        entry("deal-one", ends="2026-12-20", title={"ru": f"Соглашение {word}", "be": "x", "en": "x"}),
        entry("deal-two", signed="2016-11"), entry("deal-three"), entry("old-four"), entry("old-five", ends="2026-12-02"),
    ]  # fmt: skip
    texts = [text(1, "deal-three", ago(30), "volga", title=word), text(2, "deal-two", ago(6), "kostroma")]
    press = [*PRESS, outlet("long", "RU-KOS", title="Костромская-межрайонная-общественно-политическая-газета")]
    of = snapshot(entries, texts, press=press, failing={"long": "timeout"})
    one = task(name="Анна Сергеевна", language="ru")
    one = replace(one, report="/srv/" + "a-very-long-folder-name/" * 6 + "index.html", answers_read=True)
    made, _ = letter_mail.message(view(of, "ru"), one, "news@example.org", "", "0123456789abcdef0123")
    body = made.get_body(("html",))
    assert body is not None
    return str(body.get_content())


def measured(page: str, folder: Path, width: int, dark: bool) -> dict[str, Any]:
    (folder / "frame.html").write_text(
        "<!doctype html><meta charset=utf-8>" + MEASURE.format(width=width, page=html.escape(page)),
        encoding="utf-8",
    )
    done = subprocess.run(
        [
            str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
            "--virtual-time-budget=5000", f"--blink-settings=preferredColorScheme={0 if dark else 1}",
            f"--user-data-dir={folder / 'profile'}", "--window-size=1200,2200", "--dump-dom", (folder / "frame.html").as_uri(),
        ],
        capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    return dict(json.loads(done.stdout.split("<pre>")[1].split("</pre>")[0]))


@pytest.mark.parametrize("width", [360, 1000])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_it_fits_and_can_be_read(page: str, tmp_path: Path, width: int, dark: bool) -> None:
    found = measured(page, tmp_path, width, dark)
    assert (found["width"], found["dark"]) == (width, dark)
    assert found["texts"] > 20
    assert (found["overflow"], found["outside"]) == (0, 0)
    assert found["contrast"] >= 4.5
    assert found["size"] >= 13
