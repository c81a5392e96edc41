"""The papers of stage 7 read back: ticks, dates, signatures, page ranges, the shelf."""

from collections.abc import Callable
from functools import cache

from msgspec.structs import replace

from tests.domain.filed import at_the_shelf, in_order
from tests.domain.trade import Trade
from tests.domain.walk import walk
from tests.paper.reading import text_of
from tests.paper.samples import sheet_of
from tests.paper.samples_archive import DAY, closed, longest
from yekuo_desktop.office.practice.archive import answers
from yekuo_desktop.paper.compose import compose
from yekuo_desktop.paper.fonts import Faces
from yekuo_desktop.paper.form import Form
from yekuo_desktop.paper.items import Tick

Printed = Callable[..., bytes]
FormOf = Callable[[str], Form]


@cache
def long_case() -> Trade:
    return longest()


def read(printed: Printed, form: str, trade: Trade) -> list[str]:
    return text_of(printed(sheet_of(form, trade)))


def test_every_paper_in_the_file_is_on_the_list_and_none_that_is_not(
    printed: Printed, form_of: FormOf, faces: Faces
) -> None:
    trade = closed()
    text = "".join(read(printed, "archive_list", trade))
    kept = [row for row in in_order(trade) if row["held"] != "unneeded"]
    assert all(row["name"].replace(" ", "") in text for row in kept)
    assert "村（居）委会证明" not in text
    pages = compose(form_of("archive_list"), sheet_of("archive_list", trade), faces)
    ticks = [item.ticked for page in pages for item in page.items if isinstance(item, Tick)]
    assert ticks == [True, False] + [True] * len(kept)  # 资料完整, then 在卷 of each
    assert f"移交件数{len(kept)}件共{2 * len(kept)}页" in text


def test_a_paper_of_two_rounds_is_in_the_catalogue_with_both_its_numbers(printed: Printed) -> None:
    trade = closed()
    slip = next(sheet for sheet in trade.case.papers if sheet.form == "meter_slip")
    more = (replace(slip, sheet_no=f"{trade.case.number}-{at}") for at in (31, 42))
    trade.case = replace(trade.case, papers=(*trade.case.papers, *more))
    text = "".join(read(printed, "archive_catalogue", trade))
    assert f"{slip.sheet_no}、-31、-42" in text


def test_the_list_says_whether_it_is_whole(printed: Printed) -> None:
    """归档 042: 是否完整 (regulations.md 2.12)."""
    trade = closed()
    assert sheet_of("archive_list", trade).values["archive_whole"] == "是"
    kept = tuple(record for record in trade.case.records if record.kind != "contract.signed")
    trade.case = replace(trade.case, records=kept)
    assert sheet_of("archive_list", trade).values["archive_whole"] == "否"
    assert "资料完整是否" in "".join(read(printed, "archive_list", trade))


def test_the_list_is_signed_by_three(printed: Printed) -> None:
    text = read(printed, "archive_list", closed())[-1]
    assert "移交人（项目经理）：李明" in text
    assert "核收人（营业员）：" in text
    assert "接收人（资料员）：" in text
    assert "不得以领导同意为由归档" in text


def test_a_written_answer_stands_on_the_list(printed: Printed) -> None:
    trade = at_the_shelf()
    matter = "R5 低压现场勘查单:应为系统日期 2026-03-11,现为纸面日期 2026-03-12"
    answer = {"matter": matter, "explanation": "勘查次日填写，以系统为准", "answered_by": "孙浩"}
    rows = in_order(trade, survey_sheet={"day": "2026-03-12"})
    trade.do("archive.checked", "liming", archive_items=rows, archive_answers=[answer])
    text = "".join(read(printed, "archive_list", trade))
    assert "不符之处的书面说明" in text
    assert matter.replace(" ", "") in text
    assert "勘查次日填写，以系统为准孙浩" in text
    assert "不符之处" not in "".join(read(printed, "archive_list", closed()))


def test_the_longest_list_goes_on_with_its_head(printed: Printed) -> None:
    for form in ("archive_list", "archive_catalogue"):
        pages = read(printed, form, long_case())
        assert len(pages) == 2
        assert all("资料名称" in page and "序" in page for page in pages)
        assert "计量装拆单" in pages[1]
        assert "供电方案答复单" in pages[0]


def test_the_catalogue_counts_its_leaves(printed: Printed) -> None:
    text = "".join(read(printed, "archive_catalogue", closed()))
    assert "低压居民生活用电登记表YK4101-HK01-260310-0001-12026-03-101—2" in text
    assert "3—4" in text
    assert "DA-YK4101-HK01-260310-0001" in text
    assert "低压区2柜3列4层低压档案袋0412" in text
    assert "归档人薛梅归档日期2026年3月21日" in text


def test_one_leaf_has_one_number(printed: Printed) -> None:
    trade = at_the_shelf()
    first = {"application_form": {"pages": "1"}, "property_title": {"pages": "12"}}
    trade.do("archive.checked", "liming", archive_items=in_order(trade, **first))
    rows = sheet_of("archive_catalogue", trade).values["catalogue"]
    assert [row["leaf_range"] for row in rows[:3]] == ["1", "2—3", "4—15"]


def test_the_cover_says_whose_file_and_where(printed: Printed) -> None:
    (page,) = read(printed, "archive_cover", closed())
    for words in (
        "电力客户档案",
        "档案号DA-YK4101-HK01-260310-0001",
        "户名张秀英",
        "户号4101220001",
        "低压居民低压居民新装",
        "保管期限永久",
        "存放位置低压区2柜3列4层低压档案袋0412",
        "侧面标签户号4101220001",
    ):
        assert words in page, words


def test_a_long_name_with_a_rare_character_is_not_cut(printed: Printed) -> None:
    name = "示例县河口镇柳湾村第三村民小组农民用水合作与粮油加工专业合作社联合社𬱖"
    trade = walk(
        at_the_shelf("hv_single", customer_name=name), answers("hv_single", DAY), "archive.reviewed", 2
    )
    for form in ("archive_list", "archive_catalogue", "archive_cover"):
        assert name in "".join(read(printed, form, trade)), form


def test_an_empty_file_still_prints(printed: Printed) -> None:
    """Before anything was checked, shelved or numbered: blanks to be filled by hand."""
    trade = at_the_shelf()
    trade.case = replace(trade.case, values={"klass": "lv_resident", "business": "new"})
    for form, words in (
        ("archive_list", "归档资料清单"),
        ("archive_catalogue", "档案目录"),
        ("archive_cover", "电力客户档案"),
    ):
        assert words in "".join(read(printed, form, trade))
