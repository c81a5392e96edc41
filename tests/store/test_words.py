"""What somebody types at the search box finds the case, and nothing else."""

from random import Random

import pytest

from tests.store import county
from yekuo_desktop.domain.stages.acceptance.acts import Application
from yekuo_desktop.office.ports import Filter
from yekuo_desktop.store.store import LocalStore
from yekuo_desktop.store.words import index_words, query_words, sounds

CUSTOMER = {
    "klass": "lv_resident",
    "business": "new",
    "customer_name": "单小红",
    "identity_number": "41012219660312102X",
    "mobile": "13803710001",
    "account_no": "4100123456",
    "address_county": "示例县",
    "address_town": "河口镇",
    "address_village": "柳湾村",
    "address_door": "12号",
}


@pytest.fixture
def store(bare: LocalStore) -> LocalStore:
    county.populate(bare, 30)
    names = {"a": "单小红", "b": "𬱖晓明", "c": "岳阔县恒达置业有限公司", "d": "李·白"}
    with bare.unit() as unit:
        for at, (case_id, name) in enumerate(names.items()):
            mobile = CUSTOMER["mobile"] if case_id == "a" else f"1390000{at:04}"
            given = {**CUSTOMER, "customer_name": name, "mobile": mobile}
            county.say(unit, f"case:{case_id}", "case.registered", Application(values=given))
    return bare


def found(store: LocalStore, typed: str) -> set[str]:
    rows = [row.id for row in store.search(typed, limit=100)]
    assert len(rows) == len(set(rows))
    assert {row.case.id for row in store.queue(Filter(text=typed), county.START)} == set(rows)
    return set(rows) & set("abcd")


@pytest.mark.parametrize(
    "typed",
    [
        "单小红",
        "单小",
        "小红",
        "红",
        "shan",
        "danxiaohong",
        "SHANXIAO",
        "sxh",
        "dxh",
        "xh",
        "xiaoh",
        "138037",
        "0371",
        "13803710001",
    ],
)
def test_name_pinyin_initials_and_phone(store: LocalStore, typed: str) -> None:
    assert "a" in found(store, typed)
    assert "b" not in found(store, typed)


@pytest.mark.parametrize("typed", ["41012219660312102x", "410122", "102X", "４１０１２２", "410-122"])
def test_identity_number_whole_part_and_end(store: LocalStore, typed: str) -> None:
    assert {"a", "b"} <= found(store, typed)


@pytest.mark.parametrize("typed", ["hengda", "hdzy", "恒达", "yk", "置业有限", "恒达 13900"])
def test_companies_from_any_syllable_on(store: LocalStore, typed: str) -> None:
    assert found(store, typed) == {"c"}


def test_characters_younger_than_unicode_6_are_found(store: LocalStore) -> None:
    assert found(store, "𬱖晓") == {"b"}
    assert found(store, "𬱖") == {"b"}


def test_words_are_joined_by_and(store: LocalStore) -> None:
    assert found(store, "单小红 柳湾") == {"a"}
    assert found(store, "单小红 不存在") == set()


@pytest.mark.parametrize(
    "typed", ["", "  ", ",。", '"', "*", "a OR b", "单*", "NEAR(", "'; DROP TABLE cases; --", "-" * 500]
)
def test_nothing_typed_breaks_the_query(store: LocalStore, typed: str) -> None:
    store.search(typed)
    store.count(Filter(text=typed), county.START)


def test_the_end_of_a_number_is_enough(store: LocalStore) -> None:
    rows = store.search("007")
    assert county.number_of(6) in {row.number for row in rows}


def test_a_number_typed_whole_comes_first(store: LocalStore) -> None:
    assert store.search(county.number_of(3))[0].number == county.number_of(3)
    assert store.search(f"{county.number_of(3)}-1")[0].number == county.number_of(3)


def test_a_corrected_name_is_found_and_the_old_one_no_more(bare: LocalStore) -> None:
    county.populate(bare, 1)
    case = bare.find(county.number_of(0))
    assert case is not None
    change = county.renamed(case, "欧阳丽丽")
    with bare.unit() as unit:
        county.say(unit, f"case:{case.id}", "case.changed", change)
    assert [row.id for row in bare.search("欧阳丽")] == [case.id]
    assert bare.search(case.values["customer_name"]) == []
    assert list(bare.verify()) == []


@pytest.mark.parametrize(
    ("name", "sound"),
    [
        ("单明", "shanming"),
        ("仇明", "qiuming"),
        ("解明", "xieming"),
        ("查明", "zhaming"),
        ("曾明", "zengming"),
        ("区明", "ouming"),
        ("朴明", "piaoming"),
        ("任明", "renming"),
        ("乐明", "yueming"),
        ("冼明", "xianming"),
        ("尉迟恭", "yuchigong"),
        ("万俟卨", "moqi"),
        ("吕布", "lvbu"),
    ],
)
def test_surnames_of_several_readings(name: str, sound: str) -> None:
    assert sound in sounds(name)


def test_every_part_of_a_number_is_found() -> None:
    draw = Random(3)
    for _ in range(50):
        given = county.values(draw)
        words = set(index_words([given["identity_number"], given["mobile"]]).split())
        start = draw.randrange(12)
        part = given["identity_number"][start : start + draw.randrange(4, 7)]
        assert set(query_words(part).strip("()").replace('"', "").split(" AND ")) <= words
