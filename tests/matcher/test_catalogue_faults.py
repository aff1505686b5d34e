"""The loader is the validator: for each rule one broken catalogue, and a message that names the fault."""

from typing import NamedTuple

import pytest

from crawlers.errors import DataError
from tests.matcher.tiny_catalogue import Tiny


class Fault(NamedTuple):
    """One passage of the tiny catalogue made wrong, and what the message must say."""

    old: str
    new: str
    entry: str
    field: str
    found: str
    allowed: str


AGREEMENT, PLAN, SHOP = "tiny-agreement", "tiny-plan", "tiny-shop"


# fmt: off
FAULTS = [
    pytest.param(Fault("kind: agreement", "kind: agreement\n    colour: red", AGREEMENT, "colour", "unknown key", "media_clause"), id="unknown_key"),
    pytest.param(Fault('signed: "2006"\n    status: signed\n    status_as_of: "2017"\n    sector: [general]\n    book: {chapters: [10]}', "status: signed\n    status_as_of: 2017\n    sector: [general]\n    book: {chapters: [10], page: 87}", AGREEMENT, "book.page", "unknown key", "documented keys"), id="unknown_key_within_book"),
    pytest.param(Fault("- id: tiny-plan", "- id: tiny-agreement", AGREEMENT, "id", "tiny-agreement", "tiny.yml does not use"), id="duplicate_id"),
    pytest.param(Fault("- id: tiny-plan", "- id: Tiny Plan", "Tiny Plan", "id", "Tiny Plan", "pattern"), id="malformed_id"),
    pytest.param(Fault("- id: tiny-plan\n    kind", "- kind", "an entry without id", "id", "nothing", "required"), id="missing_id"),
    pytest.param(Fault("kind: plan", "kind: scheme", PLAN, "kind", "scheme", "'twinning'"), id="unknown_kind"),
    pytest.param(Fault("status: in_force", "status: alive", PLAN, "status", "alive", "'under_consideration'"), id="unknown_status"),
    pytest.param(Fault("    status: in_force\n", "", PLAN, "status", "nothing", "required"), id="status_missing"),
    pytest.param(Fault('    starts: "2017"\n', '    starts: "2017-13"\n', PLAN, "starts", "2017-13", "2017-02-07"), id="bad_date"),
    pytest.param(Fault('    starts: "2017"\n', "    starts: spring\n", PLAN, "starts", "spring", "2017-02-07"), id="date_in_words"),
    pytest.param(Fault('ends: "2019"', 'ends: "2016"', PLAN, "ends", "2016", "not before 2017"), id="ends_before_starts"),
    pytest.param(Fault('signed: "2006"', 'signed: "2006-05"\n    ends: "2006-04"', AGREEMENT, "ends", "2006-04", "not before 2006-05"), id="ends_before_signed"),
    pytest.param(Fault("be: План абласцей, ", "", PLAN, "title.be", "nothing", "ru, be and en"), id="title_language_missing"),
    pytest.param(Fault("en: Plan of the regions", 'en: " "', PLAN, "title.en", "nothing", "ru, be and en"), id="title_blank"),
    pytest.param(Fault("en: Plan of the regions", "en: Plan of the regions, xx: Plan", PLAN, "title", "xx", "uz-Cyrl"), id="title_in_unknown_language"),
    pytest.param(Fault("part_of: tiny-agreement", "part_of: tiny-agreement\n    names: {tlh: [nab]}", PLAN, "names", "tlh", "uz-Cyrl"), id="names_in_unknown_language"),
    pytest.param(Fault("part_of: tiny-agreement", "part_of: tiny-agreement\n    anchors: {ru: План}", PLAN, "anchors.ru", "План", "tuple"), id="text_for_a_list"),
    pytest.param(Fault("ru: План областей", "ru: Соглашение областей", PLAN, "title", "Соглашение областей", "tiny-agreement"), id="title_shared"),
    pytest.param(Fault("{organisation: linen-mill}", "{place: by-atlantis}", SHOP, "parties.place", "by-atlantis", "id of a place"), id="unknown_place"),
    pytest.param(Fault("{organisation: linen-mill}", "{organisation: flax-mill}", SHOP, "parties.organisation", "flax-mill", "id of an organisation"), id="unknown_organisation"),
    pytest.param(Fault("{organisation: linen-mill}", "{place: BY-MA, organisation: linen-mill}", SHOP, "parties", "BY-MA", "either a place or an organisation"), id="party_is_both"),
    pytest.param(Fault("[{organisation: linen-mill}, {place: RU-KOS}]", "[{organisation: linen-mill}]", SHOP, "parties", "linen-mill", "2"), id="one_party"),
    pytest.param(Fault('pairs: ["BY-MA:RU-KOS"]\n    signed', 'pairs: ["RU-KOS:BY-MA"]\n    signed', AGREEMENT, "pairs", "RU-KOS:BY-MA", "Belarusian side, then"), id="pair_the_other_way_round"),
    pytest.param(Fault('pairs: ["BY-MA:RU-KOS"]\n    signed', 'pairs: ["RU-KOS:RU-TUL"]\n    signed', AGREEMENT, "pairs", "RU-KOS:RU-TUL", "Belarusian side, then"), id="pair_without_belarus"),
    pytest.param(Fault('pairs: ["BY-MA:RU-KOS"]\n    signed', 'pairs: ["BY-MA:BY-BR"]\n    signed', AGREEMENT, "pairs", "BY-MA:BY-BR", "Belarusian side, then"), id="pair_within_belarus"),
    pytest.param(Fault('pairs: ["BY-MA:RU-KOS"]\n    signed', "pairs: [BY-MA]\n    signed", AGREEMENT, "pairs", "BY-MA", "joined by a colon"), id="half_a_pair"),
    pytest.param(Fault('pairs: ["BY-MA:RU-KOS"]\n    signed', "pairs: []\n    signed", AGREEMENT, "pairs", "[]", "1"), id="no_pair"),
    pytest.param(Fault('pairs: ["BY-MA:RU-KOS"]\n    signed', 'pairs: ["BY-BR:RU-KOS"]\n    signed', AGREEMENT, "pairs", "BY-BR:RU-KOS", "BY-MA, RU-KOS"), id="pair_in_which_no_party_lies"),
    pytest.param(Fault('pairs: ["BY-MA:RU-KOS"]\n    signed', 'pairs: ["BY-MG:RU-KOS"]\n    signed', AGREEMENT, "pairs", "BY-MG", "ISO 3166-2"), id="wrong_code"),
    pytest.param(Fault('pairs: ["BY-MA:RU-KOS"]\n    signed', 'pairs: ["BY-MA:FR-75C"]\n    signed', AGREEMENT, "pairs", "FR-75C", "ISO 3166-2"), id="code_of_a_country_that_is_not_watched"),
    pytest.param(Fault("    size: C\n    size_reason: one shop\n", "", SHOP, "size", "None", "A, B or C"), id="size_missing"),
    pytest.param(Fault("status: in_force", "names: {ru: [соглашение Областей]}\n    status: in_force", PLAN, "names", "соглашение Областей", "tiny-agreement does not have, or anchors"), id="name_of_another_entry"),
    pytest.param(Fault("size: C", "size: D", SHOP, "size", "D", "'A', 'B' or 'C'"), id="size_unknown"),
    pytest.param(Fault("kind: plan", "kind: plan\n    size: A\n    size_reason: large", PLAN, "size", "A", "ventures, plants, dealers and projects only"), id="size_superfluous"),
    pytest.param(Fault("    size_reason: one shop\n", "", SHOP, "size_reason", "nothing", "why"), id="size_without_reason"),
    pytest.param(Fault("size_reason: one shop", 'size_reason: " "', SHOP, "size_reason", "nothing", "why"), id="size_reason_blank"),
    pytest.param(Fault("part_of: tiny-agreement", "part_of: tiny-treaty", PLAN, "part_of", "tiny-treaty", "id of an entry"), id="dangling_part_of"),
    pytest.param(Fault("part_of: tiny-agreement", "succeeds: [tiny-treaty]", PLAN, "succeeds", "tiny-treaty", "id of an entry"), id="dangling_succeeds"),
    pytest.param(Fault("part_of: tiny-agreement", "part_of: tiny-plan", PLAN, "part_of", "tiny-plan", "circle"), id="part_of_itself"),
    pytest.param(Fault('signed: "2006"', "part_of: tiny-plan", PLAN, "part_of", "tiny-agreement", "circle"), id="circle_in_part_of"),
    pytest.param(Fault('signed: "2006"', "succeeds: [tiny-plan]", PLAN, "part_of", "tiny-agreement", "circle"), id="circle_of_part_of_and_succeeds"),
    pytest.param(Fault("part_of: tiny-plan", "part_of: tiny-shop", SHOP, "part_of", "tiny-shop", "circle"), id="project_part_of_itself"),
    pytest.param(Fault("part_of: tiny-agreement", "succeeds: [tiny-agreement, tiny-plan]", PLAN, "succeeds", "tiny-plan", "circle"), id="second_of_succeeds_is_itself"),
    pytest.param(Fault("    book: {chapters: [10]}\n  - id: tiny-plan", "  - id: tiny-plan", AGREEMENT, "book", "nothing", "required"), id="book_missing"),
    pytest.param(Fault('signed: "2006"', "media_clause: perhaps", AGREEMENT, "media_clause", "perhaps", "boolean"), id="neither_yes_nor_no"),
]
# fmt: on


@pytest.mark.parametrize("fault", FAULTS)
def test_broken_entry_is_named_in_one_line(tiny: Tiny, fault: Fault) -> None:
    tiny.change(fault.old, fault.new)
    with pytest.raises(DataError) as caught:
        tiny.load()
    message = str(caught.value)
    assert "\n" not in message
    where, said = message.split(": found ", 1)
    found, allowed = said.split(", allowed: ", 1)
    assert where.startswith(str(tiny.entries))
    assert where.removeprefix(f"{tiny.entries}: ").startswith(f"{fault.entry}: ")
    assert fault.field in where
    assert fault.found in found
    assert fault.allowed in allowed


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("part_of: tiny-agreement", "part_of: tiny-plan", id="itself"),
        pytest.param('signed: "2006"', "part_of: tiny-plan", id="two_entries"),
        pytest.param('signed: "2006"', "succeeds: [tiny-plan]", id="part_of_and_succeeds"),
    ],
)
def test_circle_of_documents_is_refused(tiny: Tiny, old: str, new: str) -> None:
    tiny.change(old, new)
    with pytest.raises(DataError, match=r"tiny-plan: succeeds or part_of: found .*no circle"):
        tiny.load()


@pytest.mark.parametrize(
    ("content", "field", "found", "allowed"),
    [
        pytest.param(b"", "", "nothing", "names_checked", id="empty"),
        pytest.param(b"# nothing yet\n", "", "nothing", "names_checked", id="only_a_comment"),
        pytest.param(b"- id: a-b\n- id: c-d\n", "", "a-b", "dictionary", id="a_list"),
        pytest.param(b"names_checked: null\nentries: []\n", "entries", "[]", "1", id="no_entries"),
        pytest.param(b"names_checked: null\n", "entries", "nothing", "required", id="without_entries"),
        pytest.param(b"entries: [{}]\n", "id", "nothing", "required", id="an_empty_entry"),
        pytest.param(
            b"names_checked: null\nentries: [a-b]\n",
            "an entry",
            "a-b",
            "dictionary",
            id="an_entry_that_is_a_word",
        ),
        pytest.param(
            "names_checked: null # Кострома".encode("cp1251"), "byte 22", "invalid", "UTF-8", id="not_utf_8"
        ),
        pytest.param(b"names_checked: [", "line 2", "expected", "valid YAML", id="not_yaml"),
        pytest.param(
            b"names_checked: null\nentries: []\nentries: []\n",
            "line 3",
            "entries (also on line 2)",
            "once",
            id="duplicate_key",
        ),
        pytest.param(
            b"names_checked: null\nentries:\n  - id: a-b\n    kind: plan\n    kind: plan\n",
            "line 5",
            "kind (also on line 4)",
            "once",
            id="duplicate_key_in_an_entry",
        ),
        pytest.param(
            b"? {a: 1}\n: 2\n",
            "line 1",
            "",
            "",
            id="a_key_that_is_a_mapping",
        ),
    ],
)
def test_broken_file_is_named_in_one_line(
    tiny: Tiny, content: bytes, field: str, found: str, allowed: str
) -> None:
    tiny.entries.write_bytes(content)
    with pytest.raises(DataError) as caught:
        tiny.load()
    message = str(caught.value)
    assert "\n" not in message
    where, said = message.split("found ", 1)
    assert where.startswith(f"{tiny.entries}: ")
    assert field in where
    assert found in said.split(", allowed: ")[0]
    assert allowed in said.split(", allowed: ")[1]


def test_folder_without_entries_is_refused(tiny: Tiny) -> None:
    tiny.entries.unlink()
    with pytest.raises(DataError, match="found no file, allowed: a folder of entries"):
        tiny.load()


def test_id_used_in_another_file_is_refused(tiny: Tiny) -> None:
    copy = tiny.entries.with_name("twin.yml")
    copy.write_bytes(tiny.entries.read_bytes())
    with pytest.raises(DataError) as caught:
        tiny.load()
    assert str(caught.value).startswith(f"{copy}: tiny-agreement: id: ")
    assert "an id that tiny.yml does not use" in str(caught.value)


def test_title_used_in_another_language_of_another_entry_is_refused(tiny: Tiny) -> None:
    tiny.change("be: Крама лёну", "be: Соглашение областей")
    with pytest.raises(
        DataError, match=r"tiny-shop: title: found .Соглашение областей., allowed: .* tiny-agreement"
    ):
        tiny.load()


def test_end_before_a_start_that_follows_the_signing_is_refused(tiny: Tiny) -> None:
    tiny.change('starts: "2017"', 'signed: "2006"\n    starts: "2020"')
    with pytest.raises(DataError, match="tiny-plan: ends: found '2019', allowed: a date not before 2020"):
        tiny.load()


def test_dates_of_one_year_may_lie_in_any_order_within_it(tiny: Tiny) -> None:
    tiny.change('starts: "2017"\n    ends: "2019"', 'starts: "2017-08"\n    ends: "2017"')
    assert str(tiny.load().entries["tiny-plan"].ends) == "2017"


@pytest.mark.parametrize("null", ["null", "~", ""])
def test_null_is_the_same_as_nothing(tiny: Tiny, null: str) -> None:
    tiny.change('signed: "2006"', f"signed: {null}")
    assert tiny.load().entries["tiny-agreement"].signed is None


def test_unquoted_values_stay_text(tiny: Tiny) -> None:
    tiny.change("ru: Магазин льна", "ru: 012")
    tiny.change('ends: "2019"', "ends: 2019-10")
    found = tiny.load()
    assert found.entries["tiny-shop"].title["ru"] == "012"
    assert str(found.entries["tiny-plan"].ends) == "2019-10"
