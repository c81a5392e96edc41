"""A list that fills a table of a form: by key or whole, errors beside their rows, the same again changes
nothing."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from yekuo_desktop.bootstrap import load_reference
from yekuo_desktop.domain.act import Refused
from yekuo_desktop.domain.field import Problem
from yekuo_desktop.domain.lists.cells import Grid
from yekuo_desktop.domain.lists.headings import Header
from yekuo_desktop.domain.lists.kinds import KINDS
from yekuo_desktop.domain.lists.reading import ListRow, ListTable
from yekuo_desktop.office.list_filling import MOST, Filling, Form, Row, fill, result_of

REFERENCE, TODAY = load_reference(), date(2026, 11, 25)
ONE = {"building": "1", "unit": "1", "room": "101", "name": "赵德柱", "capacity": "8"}
TWO = {**ONE, "room": "102", "name": "钱秀兰"}
PUMP = {"name": "水泵", "quantity": "1", "total_capacity": "7.5"}


def nothing(_rows: list[Row]) -> Sequence[Problem]:
    return ()


def filled(
    kind: str, standing: Sequence[Row], *rows: dict[str, Any], judge: Any = nothing, given: Row | None = None
) -> Filling:
    table = ListTable(
        grid=Grid("清单", ()),
        header=Header(0, 0, ()),
        rows=tuple(ListRow(at, at + 1, row) for at, row in enumerate(rows, start=1)),
    )
    form = Form(
        kind=KINDS[kind], field=kind, standing=tuple(standing), judge=judge, reference=REFERENCE, today=TODAY
    )
    return fill(form, table, given or {}, lambda *_: None)


def standing_of(filling: Filling) -> list[str]:
    return [
        "wrong" if c.errors else "known" if c.known else "again" if c.again else "new" for c in filling.checks
    ]


def test_a_keyed_list_adds_and_brings_up_to_date_and_again_changes_nothing() -> None:
    first = filled("households", [ONE], {**ONE, "capacity": "10"}, TWO, TWO)
    assert standing_of(first) == ["new", "new", "again"]
    assert [row["capacity"] for row in first.rows] == ["10", "8"]
    again = filled("households", first.rows, {**ONE, "capacity": "10"}, TWO)
    assert (standing_of(again), again.rows) == (["known", "known"], first.rows)


def test_a_list_without_a_key_is_the_whole_table() -> None:
    first = filled("equipment", [{**PUMP, "name": "旧"}], PUMP, PUMP)
    assert (standing_of(first), len(first.rows)) == (["new", "new"], 2)
    again = filled("equipment", first.rows, PUMP, PUMP)
    assert (standing_of(again), again.rows) == (["known", "known"], first.rows)


def test_rows_prepared_by_the_form_take_their_meters() -> None:
    prepared = [
        {"place": "配电室", "meter": "三相 1.5(6)A", "ct": "150/5"},
        {"place": "箱变", "meter": "三相 1.5(6)A"},
    ]
    rows = [
        {"place": "箱变", "asset_no": "B2"},
        {"asset_no": "A1", "ct": "150/5"},
        {"asset_no": "C3", "place": "屋顶"},
    ]
    made = filled("installed_meters", prepared, *rows, given={"installer": "高翔", "day": "2026-11-24"})
    assert [(row.get("place"), row["asset_no"], row.get("ct")) for row in made.rows] == [
        ("配电室", "A1", "150/5"),
        ("箱变", "B2", None),
        ("屋顶", "C3", None),
    ]
    assert standing_of(made) == ["new", "new", "wrong"]
    assert made.checks[2].errors == ("请填写电能表规格及精度",)
    assert made.rows[0]["installer"] == "高翔"


def test_one_key_with_two_contents_is_asked_about() -> None:
    made = filled(
        "meter_readings", [], *({"asset_no": "A1", "register": "total", "reading": r} for r in "12")
    )
    assert made.checks[1].errors == ("电能表资产编号、示数类型与第 2 行相同,其他内容不同",)


def test_what_the_form_says_of_a_row_stands_beside_it_and_of_the_whole_below() -> None:
    def judge(rows: list[Row]) -> Sequence[Problem]:
        far = (at for at, row in enumerate(rows, start=1) if row["name"] == "钱秀兰")
        wrong = [Problem("households", f"第 {at} 行没有这一户") for at in far]
        return [*wrong, Problem("household_count", f"清单有 {len(rows)} 户,与申请户数不一致")]

    made = filled("households", [], ONE, TWO, judge=judge)
    assert [check.errors for check in made.checks] == [(), ("没有这一户",)]
    assert made.remarks == ("清单有 2 户,与申请户数不一致",)
    ends = result_of(made, KINDS["households"]).rows
    assert [row.reasons for row in ends] == [("清单里有 1 行有问题,整张没有写入",), ("没有这一户",)]


def test_a_list_too_long_for_a_form_is_refused() -> None:
    with pytest.raises(Refused, match="最多写入"):
        filled("equipment", [], *[PUMP] * (MOST + 1))
