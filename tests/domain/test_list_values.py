"""What single cells of a list mean: values by kind of field, and addresses in one piece."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.list_samples import cell
from yekuo_desktop.domain.codes import parse_codes
from yekuo_desktop.domain.lists.addresses import Places, split
from yekuo_desktop.domain.lists.kinds import KINDS
from yekuo_desktop.domain.lists.values import LOST_IDENTITY, Unreadable, reader_of
from yekuo_desktop.domain.stages.acceptance.fields import BY_KEY

CODES = Path(__file__).parents[2] / "resources" / "codes"
TABLES = {
    name: parse_codes((CODES / f"{name}.toml").read_text("utf-8"))
    for name in ("businesses", "categories", "classes", "documents", "supply_modes")
}
TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("key", "given_", "value"),
    [
        ("customer_name", "张　三", "张三"),
        ("customer_name", "某某（河南）有限公司", "某某（河南）有限公司"),
        ("identity_number", "４１０１２２ 19800101 123x", "41012219800101123X"),
        ("identity_number", "身份证:41012219800101123x", "41012219800101123X"),
        ("mobile", "138-0000 1111", "13800001111"),
        ("mobile", 13800001111, "13800001111"),
        ("mobile", "+86 13800001111", "13800001111"),
        ("mobile", "0371—6234567", "0371-6234567"),
        ("postcode", 10010, "010010"),
        ("capacity", "8kW", "8"),
        ("capacity", "８", "8"),
        ("capacity", "8.0", "8"),
        ("capacity", 8.0, "8"),
        ("capacity", 0.1 + 0.2, "0.3"),
        ("capacity", "8 千瓦", "8"),
        ("capacity", "315kVA", "315"),
        ("capacity", "8000W", "8"),
        ("capacity", "1,250", "1250"),
        ("household_count", "24户", "24"),
        ("fee_amount", "¥1,234.50元", "1234.5"),
        ("wished_date", date(2026, 12, 1), "2026-12-01"),
        ("wished_date", "2026年12月1日", "2026-12-01"),
        ("wished_date", "2026.12.1", "2026-12-01"),
        ("wished_date", "2026/12/1 00:00:00", "2026-12-01"),
        ("wished_date", 46357, "2026-12-01"),
        ("wished_date", 20261201, "2026-12-01"),
        ("identity_kind", "身份证", "identity_card"),
        ("identity_kind", "居民身份证", "identity_card"),
        ("identity_kind", "identity_card", "identity_card"),
        ("identity_kind", "统一社会信用代码", "business_licence"),
        ("klass", "低压居民", "lv_resident"),
        ("klass", "居民", "lv_resident"),
        ("klass", "低压非居民客户", "lv_nonresident"),
        ("business", "新装", "new"),
        ("business", "低压居民新装", "new"),
        ("business", "低压批量新装", "batch"),
        ("category", "居民生活用电", "200"),
        ("category", 200, "200"),
        ("supply_mode", "单相", "single_phase"),
        ("authorised", "√", True),
        ("authorised", "无", False),
        ("authorised", True, True),
    ],
)
def test_a_cell_becomes_a_value(key: str, given_: Any, value: Any) -> None:
    field = BY_KEY[key]
    assert reader_of(field, field.label, TABLES, TODAY)(cell(given_)) == value


@pytest.mark.parametrize(
    ("key", "given_", "reason"),
    [
        ("identity_number", 410122198001011234, LOST_IDENTITY),
        ("identity_number", "4.10122E+17", LOST_IDENTITY),
        ("vat_account", 6222021234567890123, "Excel 把银行账号当数字存,末几位已丢失"),
        ("account_no", 3201240001111111, "Excel 把户号当数字存,末几位已丢失"),
        ("address_door", date(2026, 3, 5), "Excel 把门牌及说明当成了日期"),
        ("capacity", "约八", "申请容量“约八”不是数字"),
        ("capacity", "8-10", "申请容量“8-10”不是数字"),
        ("wished_date", "尽快", "期望送电日期“尽快”不是日期"),
        ("wished_date", 8, "不是日期"),
        ("klass", "高压", "客户类别没有“高压”这一项,可填:低压居民、"),
        ("authorised", "待定", "应填“是”或“否”"),
        ("capacity", "#DIV/0!", "公式错误值"),
        ("mobile", "13800001111、13900002222", "有 2 个号码"),
    ],
)
def test_a_cell_that_cannot_be_read_says_why(key: str, given_: Any, reason: str) -> None:
    field = BY_KEY[key]
    with pytest.raises(Unreadable, match=re.escape(reason)):
        reader_of(field, field.label, TABLES, TODAY)(cell(given_))


# ---- addresses -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("示例县柳树镇李庄村三组5号", ("示例县", "柳树镇", "李庄村", "三组", "5号")),
        ("河南省郑州市登封市大金店镇三里庄村12号", ("登封市", "大金店镇", "三里庄村", "", "12号")),
        ("郑州市二七区建中街街道办事处幸福社区8号", ("二七区", "建中街街道办事处", "幸福社区", "", "8号")),
        ("镇平县石佛寺镇", ("镇平县", "石佛寺镇", "", "", "")),
        ("柳树镇镇区人民路5号", ("", "柳树镇", "", "", "镇区人民路5号")),
        ("中村乡李庄行政村王家", ("", "中村乡", "李庄行政村", "", "王家")),
        ("示例县新村镇张村村委会5号", ("示例县", "新村镇", "张村村委会", "", "5号")),
        ("柳树镇村头路3号", ("", "柳树镇", "", "", "村头路3号")),
        ("柳树镇农贸市场", ("", "柳树镇", "", "", "农贸市场")),
        ("幸福小区3号楼", ("", "", "", "", "幸福小区3号楼")),
        ("示例县产业集聚区经三路", ("示例县", "", "", "", "产业集聚区经三路")),
        ("乡宁县昌宁镇下县村", ("乡宁县", "昌宁镇", "下县村", "", "")),
    ],
)
def test_an_address_is_taken_apart_as_far_as_it_is_certain(text: str, parts: tuple[str, ...]) -> None:
    found = split(text, {})
    order = ("address_county", "address_town", "address_village", "address_group", "address_door")
    assert tuple(found.get(key, "") for key in order) == parts


def test_known_places_win_over_endings() -> None:
    places = Places(counties=("通道侗族自治县",), towns=("镇区",), villages=("东庄",))
    found = split("通道侗族自治县镇区东庄5号", {}, places)
    assert found == {
        "address_county": "通道侗族自治县",
        "address_town": "镇区",
        "address_village": "东庄",
        "address_door": "5号",
    }


@given(st.text(max_size=40))
def test_no_character_of_an_address_is_lost(text: str) -> None:
    found = split(text, {})
    order = ("address_county", "address_town", "address_village", "address_group", "address_door")
    assert text.endswith("".join(found.get(key, "") for key in order))


FIELDS_OF_LISTS = {field.key: field for kind in KINDS.values() for field in kind.fields}
MORE = {
    name: parse_codes((CODES / f"{name}.toml").read_text("utf-8"))
    for name in ("meter_registers", "load_nature", "seal_places")
}


@pytest.mark.parametrize(
    ("key", "given_", "value"),
    [
        ("handed_down", "2026-03-09 09:12", "2026-03-09T09:12:00+08:00"),
        ("handed_down", "2026/3/9 9:12:45", "2026-03-09T09:12:00+08:00"),
        ("handed_down", "2026年3月9日 21:05", "2026-03-09T21:05:00+08:00"),
        ("handed_down", 46090.5, "2026-03-09T12:00:00+08:00"),
        ("reading", 0, "0"),
        ("reading", "1,024.50", "1024.5"),
        ("register", "峰", "peak"),
        ("register", "正向有功", "total"),
        ("load_grade", "三级", "3"),
    ],
)
def test_cells_of_other_lists(key: str, given_: Any, value: str) -> None:
    read_ = reader_of(FIELDS_OF_LISTS[key], FIELDS_OF_LISTS[key].label, MORE, TODAY)
    assert read_(cell(given_)) == value


@pytest.mark.parametrize("text", ["2026-03-09", "9:12", "昨天", "2026-03-09 25:00", "2026-13-09 09:12"])
def test_what_names_no_moment_is_not_made_one(text: str) -> None:
    field = FIELDS_OF_LISTS["handed_down"]
    with pytest.raises(Unreadable, match="不是时间"):
        reader_of(field, field.label, MORE, TODAY)(cell(text))
