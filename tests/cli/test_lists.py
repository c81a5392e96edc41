"""``yekuo lists`` as a script would use it: templates, work orders of 95598, the tables of a case."""

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from yekuo_desktop.cli import main
from yekuo_desktop.domain.lists.kinds import KINDS
from yekuo_desktop.office.practice.county import PASSWORD

ORDER = ("工单编号", "受理时间", "客户姓名", "联系电话", "用电地址", "受理内容")
ORDERS = (
    ("95003881", "2026-03-09 09:12", "赵德柱", "13803710001", "示例县河口镇柳湾村12号", "新建住房 8kW"),
    ("95003882", "2026-03-09 10:40", "钱秀兰", "1380371000", "示例县河口镇柳湾村", "三相"),
    ("95003883", "2026-03-19 10:40", "孙大伟", "13803710003", "示例县河口镇柳湾村", "三相"),
)


@pytest.fixture(autouse=True)
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YEKUO_PASSWORD", PASSWORD)


@pytest.fixture
def answer(capsys: pytest.CaptureFixture[str], practice: str) -> Any:
    """The JSON a command prints."""

    def ask(*words: str) -> Any:
        capsys.readouterr()
        main([*words, "--json", "--data", practice])
        return json.loads(capsys.readouterr().out)

    return ask


def book(path: Path, *rows: tuple[Any, ...]) -> str:
    made = openpyxl.Workbook(write_only=True)
    sheet = made.create_sheet()
    for row in rows:
        sheet.append(row)
    made.save(path)
    return str(path)


def results(path: Path) -> list[tuple[Any, ...]]:
    rows = list(openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True))
    at = rows[0].index("结果")
    return [row[at : at + 3] for row in rows[1:]]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_an_empty_list_that_reads_as_one(kind: str, tmp_path: Path) -> None:
    assert main(["lists", kind, "--template", str(tmp_path / "空白.xlsx")]) == 0
    sheet = openpyxl.load_workbook(tmp_path / "空白.xlsx").worksheets[0]
    heads = [str(cell.value).rstrip("*") for cell in sheet[2]]
    assert [head.partition("(k")[0] for head in heads] == [field.label for field in KINDS[kind].offered]
    assert sheet.freeze_panes == "B3"


def test_orders_are_registered_once_with_their_number_and_time(answer: Any, tmp_path: Path) -> None:
    source = book(tmp_path / "95598.xlsx", ORDER, *ORDERS)
    first = answer("lists", "orders", "--from", source, "--as", "wangli")
    assert [(row["taken"], row["repeated"]) for row in first["rows"]] == [
        (True, False),
        (False, False),
        (False, False),
    ]
    assert first["rows"][1]["reasons"] == ["手机号应为 11 位，现在是 10 位"]
    assert first["rows"][2]["reasons"] == ["95598 受理时间晚于现在,不能预先登记"]
    assert results(tmp_path / "95598-登记结果.xlsx")[0] == ("已登记", None, None)
    again = answer("lists", "orders", "--from", source, "--as", "wangli")
    assert [row["repeated"] for row in again["rows"]] == [True, False, False]
    (case,) = [c for c in answer("cases") if c["customer"] == "赵德柱"]
    whole = answer("show", case["id"])
    assert (case["state"], case["number"]) == ("registered", None)
    assert whole["values"]["channel"] == "95598"
    assert whole["values"]["channel_reference"] == "95003881"
    assert whole["journal"][0]["stated"].startswith("2026-03-09T09:12")


@pytest.fixture
def cases(answer: Any) -> Any:
    """High-voltage cases of the practice county, whole."""
    found = (c["number"] for c in answer("cases", "--class", "hv_single") if c["number"])
    return [answer("show", number) for number in found]


def test_the_equipment_of_a_case_is_written_whole_or_not(answer: Any, cases: Any, tmp_path: Path) -> None:
    case = next(c for c in cases if c["values"].get("equipment") and c["stage"] == "survey")
    number, before = case["number"], case["values"]["equipment"]
    heads = ("设备名称", "型号", "数量", "总容量", "负荷等级")
    keys = ("name", "model", "quantity", "total_capacity", "load_grade")
    rows = [tuple(row.get(key) for key in keys) for row in before]
    one = ("lists", "equipment", "--case", number, "--as", "wangli", "--reason", "按铭牌更正", "--from")
    new = ("风机", "4-72", 1, 5.5, "三级")
    said = answer(*one, book(tmp_path / "错.xlsx", heads, *rows, new, ("水泵", "", 1, "五", "")))
    assert said["refused"] == 2
    assert "整张没有写入" in said["rows"][-2]["reasons"][0]
    assert "不是数字" in said["rows"][-1]["reasons"][0]
    assert answer("show", number)["values"]["equipment"] == before
    for repeated in (False, True):
        said = answer(*one, book(tmp_path / f"对{repeated}.xlsx", heads, *rows, new))
        assert (said["refused"], said["rows"][-1]["repeated"]) == (0, repeated)
        kept = answer("show", number)
        assert [row["name"] for row in kept["values"]["equipment"]] == [*(row[0] for row in rows), "风机"]
    corrections = [line for line in kept["journal"] if "按铭牌更正" in line["words"]]
    assert len(corrections) == 1


def test_a_list_of_meters_is_compared_with_what_was_fitted(answer: Any, cases: Any, tmp_path: Path) -> None:
    tables = [(c["number"], r["values"].get("installed_meters")) for c in cases for r in c["records"]]
    number, meters = next((number, rows) for number, rows in tables if rows)
    heads = ("表号", "安装地点", "规格型号", "装表人", "装表日期")
    keys = ("asset_no", "place", "meter", "installer", "day")
    rows = [tuple(row.get(key) for key in keys) for row in meters]
    one = ("lists", "installed_meters", "--case", number, "--from")
    same = answer(*one, book(tmp_path / "同.xlsx", heads, *rows))
    assert ([row["repeated"] for row in same["rows"]], same["remarks"]) == ([True] * len(rows), [])
    other = answer(*one, book(tmp_path / "异.xlsx", heads, ("99", *rows[0][1:])))
    assert other["remarks"] == [
        f"清单里没有:{'、'.join(row[0] for row in rows)}",
        "与登记不一致或没有登记:99",
    ]
