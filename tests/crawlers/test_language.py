"""The language of whole texts and of bare headlines; unknown rather than wrong, and never a download."""

import subprocess
import sys
from pathlib import Path

import pytest

from crawlers import importer, store
from crawlers.language import detect
from crawlers.migrations import migrations
from tests.crawlers.local_press import at

OFFLINE = """
import socket

def refuse(*arguments, **more):
    raise AssertionError("the network was asked")

socket.socket.connect = socket.getaddrinfo = socket.create_connection = refuse
from crawlers.language import detect
print(detect("Губернатор и посол обсудили поставки льна и работу совместных предприятий"))
"""


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Магілёў і Кастрама", "be"),
        ("Сустрэча ў аблвыканкаме", "be"),
        ("Дні культуры Беларусі", "be"),
        ("Пагадненне падпісана ў Гомелі", "be"),
        ("Київ і Мінськ підписали угоду", "uk"),
        ("Зустріч у Києві", "uk"),
        ("Завод запустил линию", "ru"),
        ("Договор о дружбе городов", "ru"),
        ("Губернатор подписал соглашение", "ru"),
        ("Қазақстан мен Беларусь ынтымақтастығы", "kk"),
        ("Кыргызстан менен Беларустун кызматташтыгы кеңейүүдө", "ky"),
        ("Ҳамкории Тоҷикистон ва Беларус густариш меёбад", "tg"),
        ("Тошкентда ўзбек ва тожик ҳамкорлиги", "uz"),
        ("Умумхалқ ҳаракатида ёшларимиз ҳам фаол иштирок этмоқда", "uz"),
        ("Oʻzbekiston bilan hamkorlik kengaymoqda", "uz"),
        ("O‘zbekiston va Belarus o‘rtasida bitim imzolandi", "uz"),
        ("საქართველო და ბელარუსი", "ka"),
        ("Հայաստան և Բելառուս", "hy"),
        ("Azərbaycan və Belarus əməkdaşlığı", "az"),
        ("Cooperarea dintre Moldova și Belarus", "ro"),
        ("Minsk and Kostroma sign an agreement", "en"),
    ],
)
def test_headline(text: str, language: str) -> None:
    assert detect(text) == language


@pytest.mark.parametrize("text", ["ТЕКСТ", "Магілёў І КАСТРАМА", "Сустрэча\nў\nаблвыканкаме"])
def test_case_and_line_breaks_change_nothing(text: str) -> None:
    assert detect(text) == detect(" ".join(text.lower().split()))


@pytest.mark.parametrize(
    ("text", "outlet", "language"),
    [
        pytest.param("12:30", (), None, id="no letters"),
        pytest.param("12:30", ("be", "ru"), None, id="no letters, two languages"),
        pytest.param("12:30", ("be",), "be", id="no letters, one language"),
        pytest.param("Новы дзень", (), None, id="too little"),
        pytest.param("Новы дзень", ("be",), "be", id="too little, but the outlet prints it"),
        pytest.param("Зустріч у Києві", ("ru",), "uk", id="letters against the outlet"),
        pytest.param("Кастрама і Магілёў", ("ru",), "be", id="the same in Belarusian"),
        pytest.param("中職 曼尼恐要失望", ("ru",), None, id="a script that the outlet does not print"),
        pytest.param("", ("ru",), "ru", id="nothing"),
    ],
)
def test_outlet_is_a_prior_and_unknown_a_value(
    text: str, outlet: tuple[str, ...], language: str | None
) -> None:
    assert detect(text, outlet) == language


@pytest.mark.parametrize(
    ("stated", "kept"), [("ru", "be"), (None, "be"), ("uk", "be"), ("be", "be"), ("xx-nonsense", "be")]
)
def test_what_a_collection_states_is_no_more_than_a_hint(stated: str | None, kept: str) -> None:
    assert detect("У Віцебску прайшла сустрэча, у якой удзельнічалі госці", (), stated) == kept


def test_imported_articles_get_their_language(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(
        '{"title": "Оқушыларды онлайн оқытуға қарсымыз", "language": "ru"}\n'
        '{"title": "Встреча в администрации Костромы", "language": null}\n',
        encoding="utf-8",
    )
    db = store.open_database(tmp_path / "a.db", [migrations])
    importer.import_file(db, path, {}, at("2026-11-24T12:00"))
    rows = store.query(db, "SELECT language FROM articles ORDER BY id")
    assert [row["language"] for row in rows] == ["kk", "ru"]
    db.conn.close()


def test_the_model_comes_with_the_package() -> None:
    done = subprocess.run([sys.executable, "-c", OFFLINE], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "ru"
