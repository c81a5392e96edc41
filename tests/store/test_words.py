"""What somebody types at the search box finds the case, and nothing else."""

from random import Random
from string import ascii_lowercase
from typing import Any

import pytest

from tests.store import county
from yekuo_desktop.domain.case import Case, Record
from yekuo_desktop.domain.case_columns import case_row
from yekuo_desktop.domain.case_rows import Searched
from yekuo_desktop.domain.stages.acceptance.acts import Application
from yekuo_desktop.office.filters import Filter
from yekuo_desktop.store.marking import marks
from yekuo_desktop.store.store import LocalStore
from yekuo_desktop.store.words import LONGEST_SOUND, index_words, query_words, sounds

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


def test_who_is_called_so_comes_before_who_lives_there(bare: LocalStore) -> None:
    people = {
        "a": ("李国强", "柳湾村"),
        "b": ("王建设", "柳湾村"),
        "c": ("建设", "王家庄"),
        "d": ("赵敏", "建设村"),
    }
    with bare.unit() as unit:
        for case_id, (name, village) in people.items():
            given = {**CUSTOMER, "customer_name": name, "address_village": village}
            county.say(unit, f"case:{case_id}", "case.registered", Application(values=given))
    assert [row.id for row in bare.search("建设")] == ["c", "b", "d"]
    assert [row.id for row in bare.search("建设", 2)] == ["c", "b"]
    assert [row.id for row in bare.search("建设村")] == ["d"]
    assert [row.id for row in bare.search(CUSTOMER["identity_number"].lower(), 1)] == ["d"]


def test_meters_seals_and_contracts_are_found() -> None:
    rows = [{"asset_no": "4130001200034567", "seal_no": "HK0098761"}, {"asset_no": "4130001200034568"}]
    swapped = [{"old_asset": "4130001200034567", "new_asset": "4130001200034599"}]
    made = Case(
        id="a",
        org="o",
        station="HK",
        values=CUSTOMER,
        records=(
            recorded("1", {"meters": rows, "note": "HK0000001"}),
            recorded("2", {"swaps": swapped, "contract_number": "HT-2025-0031"}),
        ),
    )
    texts = case_row(made).searched
    assert {text for text in texts if text.key in ("asset_no", "seal_no", "contract_number")} == {
        ("asset_no", "4130001200034567"),
        ("asset_no", "4130001200034568"),
        ("asset_no", "4130001200034599"),
        ("seal_no", "HK0098761"),
        ("contract_number", "HT-2025-0031"),
    }
    assert len(texts) == len(set(texts))
    words = set(index_words(text for _, text in texts).split())
    for typed in ("34599", "0098761", "hk0098761", "HT-2025-0031", "0031", "567"):
        assert query_words(typed).strip("()").replace('"', "").split(" AND ")[0] in words
    assert "0000" not in words


def recorded(id_: str, values: dict[str, Any]) -> Record:
    return Record(id=id_, kind="any", values=values, by="a", stated=county.START, recorded=county.START)


@pytest.mark.parametrize(
    ("text", "typed", "marked"),
    [
        ("单小红", "小红", "小红"),
        ("单小红", "sxh", "单小红"),
        ("单小红", "xh", "小红"),
        ("单小红", "shanx", "单小"),
        ("单小红", "danxiaoho", "单小红"),
        ("单小红", "shanghai", ""),
        ("万俟卨", "moqi", "万俟"),
        ("𬱖晓明", "晓明", "晓明"),
        ("李·白", "李白", "李·白"),
        ("李·白", "lb", ""),
        ("YK4101-HK01-260310-0001", "10-0001", "10-0001"),
        ("YK4101-HK01-260310-0001", "yk4101hk", "YK4101-HK"),
        ("13803710001", "0001", "0001"),
        ("13803710013", "001", ""),
        ("41012219660312102X", "02x", "02X"),
        ("河口镇柳湾村12号", "12", "12"),
        ("河口镇柳湾村12号", "柳湾 12", "柳湾,12"),
        ("岳阔县恒达置业有限公司", "hengda", "恒达"),
        ("ＡＢ公司", "ab", "ＡＢ"),
        ("单小红", '"; --', ""),
    ],
)
def test_what_was_found_is_marked(text: str, typed: str, marked: str) -> None:
    found = marks((Searched("any", text),), typed)
    assert ",".join(text[start:end] for mark in found for start, end in mark.spans) == marked


def test_a_hit_says_in_which_texts_it_was_found(store: LocalStore) -> None:
    (hit,) = (each for each in store.hits("单小 柳湾", 100) if each.case.id == "a")
    assert [mark.key for mark in hit.marks] == ["customer_name", "address"]
    assert {hit.case.id for hit in store.hits("sxh", 100)} == {row.id for row in store.search("sxh", 100)}


RARER = """缪miao 盖ge 宓mi 宓fu 令狐linghu 长孙zhangsun 澹台tantai 单于chanyu 员yun 折she 逄pang
种chong 秘bi 繁po 覃qin 覃tan 洗xian 燕yan 翟zhai 翟di 乜nie 祭zhai
黑he 郇xun 郇huan 召shao 句gou 占zhan 葛ge 哈ha 那na 宁ning 盛sheng
宿su 隗wei 隗kui 相xiang 叶ye 应ying 於yu 么yao 牟mu 佴nai 撒sa
阚kan 皇甫huangfu 鲜于xianyu 谌chen 谌shen 乐le 都du 过guo 华hua 曲qu 车che
卜bu 臧zang 藏zang 揭jie 郗xi 郗chi 莘shen 莘xin 费fei 费bi 俱ju
柏bai 柏bo 邸di 呙guo 仉zhang 眭sui 訾zi 昝zan 拓跋tuoba 子车ziju 夹谷jiagu
重chong 行xing 薄bo 仝tong 粘nian 强qiang 强jiang 尉wei 尉yu 呼延huyan 亓官qiguan
禚zhuo 郄qie 适kuo 卑bei 番pan"""


def test_rarer_surnames_of_several_readings() -> None:
    said = [
        (each.rstrip(ascii_lowercase), each.lstrip(each.rstrip(ascii_lowercase))) for each in RARER.split()
    ]
    unheard = [each for each in said if f"{each[1]}ming"[:LONGEST_SOUND] not in sounds(f"{each[0]}明")]
    assert unheard == []
