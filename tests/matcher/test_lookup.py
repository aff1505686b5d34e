"""Finding an entry by what a user types."""

import pytest

from matcher import lookup
from matcher.catalogue import Catalogue


@pytest.mark.parametrize(
    ("query", "entry"),
    [
        ("bobruisk-kostroma-twinning-2012", "bobruisk-kostroma-twinning-2012"),
        ("Бобруйск Кострома побратим", "bobruisk-kostroma-twinning-2012"),
        ("бобруск кострома", "bobruisk-kostroma-twinning-2012"),
        ("Kologriv", "smorgon-kologriv-friendship-2009"),
        ("кологрив", "smorgon-kologriv-friendship-2009"),
        ("Гомсельмаш Кострома", "dealer-gomselmash-kostroma"),
        ("gomselmash kostroma", "dealer-gomselmash-kostroma"),
        ("электробус кострома", "kostroma-electric-buses"),
        ("Десна-Полесье", "bryanskselmash-joint-venture"),
        ("аэропорт Платов", "rostov-airport-complex"),
        ("электробус Витовт", "sakhalin-belkommunmash-electric-buses-2016"),
        ("Чёрный гранит электровоз", "belarusian-railway-2es7-locomotives"),
        ("Форум регионов в Сочи", "forum-of-regions-2"),
        ("Островецкая АЭС", "belarusian-nuclear-power-plant"),
    ],
)
def test_first_found(real: Catalogue, query: str, entry: str) -> None:
    assert lookup.find(real, query)[0].entry.id == entry


@pytest.mark.parametrize("query", ["", "   ", "«»", "Владивосток", "бобруйск владивосток"])
def test_nothing_found(real: Catalogue, query: str) -> None:
    assert lookup.find(real, query) == []


def test_id_is_found_alone_and_surely(real: Catalogue) -> None:
    assert [(found.entry.id, found.score) for found in lookup.find(real, "tsvet-naftan")] == [
        ("tsvet-naftan", 100.0)
    ]


def test_nearest_are_offered(real: Catalogue) -> None:
    near = [entry.id for entry in lookup.nearest(real, "электробусов для Владивостока")]
    assert len(near) == 3
    assert "kostroma-electric-buses" in near
