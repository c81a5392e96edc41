"""Form files: the official fields are all there, and a wrong file says where and why."""

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pytest

from tests.paper.samples import ROOT, sampled
from yekuo_desktop.domain.stages import ALL_FORMS as FORMS
from yekuo_desktop.domain.stages import LABELS
from yekuo_desktop.domain.stages.acceptance.fields import FIELDS
from yekuo_desktop.paper.form import Cell, Form
from yekuo_desktop.paper.form_reader import FormError, freeze_labels, parse_form
from yekuo_desktop.paper.template import fill, keys_of, places

STAGED = sorted(
    path.parent.name
    for path in (ROOT / "yekuo_desktop" / "domain" / "stages").glob("*/papers.py")
    if Path(__file__).with_name(f"samples_{path.parent.name}.py").exists()
)
FILES = sorted(path.stem for path in (ROOT / "forms").glob("*.toml"))

# regulations.md 2.1–2.8, all [V]: fields in the order and grouping of the official templates.
OFFICIAL = {
    "registration_resident": """
        客户基本信息 customer_name identity_number address mail_address postcode email landline mobile
        经办人信息 agent_name agent_identity agent_landline agent_mobile 服务确认 business account_no
        customer_name supply_mode capacity tariff added_service fee_name fee_amount other_notes
        特别说明 经办人签名： 供电企业填写 accepted_by number accepted_day
    """,
    "registration_nonresident": """
        客户基本信息 customer_name account_no identity_kind identity_number address mail_address
        postcode email legal_person legal_person_identity landline mobile 经办人信息 agent_name
        agent_identity agent_landline agent_mobile 申请事项 business capacity supply_mode vat_wanted
        vat_name vat_address vat_phone vat_number vat_bank vat_account 告知事项 服务确认
        经办人签名（单位盖章）： 供电企业填写 accepted_by number accepted_day
    """,
    "registration_batch": """
        客户基本信息 customer_name account_no address address_county address_town address_village
        address_road address_estate address_group category household_count household_capacity
        batch_capacity 经办单位信息 agency_name agency_address mail_address postcode email fax
        agent_name agent_identity agent_landline agent_mobile 告知事项 经办人签名（单位盖章）：
        供电企业（盖章） accepted_by number accepted_day
    """,
    "household_list": """
        agency_name number building unit room name capacity identity mobile 经办人签名（单位盖章）：
    """,
    "registration_high_voltage": """
        客户基本信息 customer_name account_no identity_kind identity_number industry important address
        address_county address_town address_village address_road address_estate address_group
        mail_address postcode email legal_person legal_person_identity landline mobile 经办人信息
        agent_name agent_identity agent_landline agent_mobile 用电需求信息 business category
        first_source_load existing_capacity capacity second_source_load second_existing_capacity
        second_capacity own_supply own_supply_capacity vat_wanted nonlinear_load
        经办人签名（单位盖章）： 供电企业（盖章） accepted_by number accepted_day
    """,
    "equipment_list": """
        account_no number customer_name name model quantity total_capacity load_grade equipment_count
        demand_load 经办人签名（单位盖章）：
    """,
    "survey_low_voltage": """
        account_no number customer_name contact_name contact_phone address remarks 现场勘查人员核定
        category survey_category_same survey_category industry survey_industry_same survey_industry
        applied_voltage survey_voltage applied_capacity verified_capacity 接入点信息 survey_source
        survey_route survey_access_equipment 受电点信息 survey_facility survey_main_equipment
        计量点信息 survey_metering_place survey_other 主要用电设备名称 name model quantity total_capacity
        note survey_sketch survey_signers survey_day
    """,
    "survey_high_voltage": """
        account_no number customer_name contact_name contact_phone address remarks wished_date
        现场勘查人员核定 category survey_category_same survey_category industry survey_industry_same
        survey_industry survey_voltage applied_capacity verified_capacity 接入点信息 survey_source
        survey_route survey_access_equipment 受电点信息 survey_transformer_capacity survey_works
        survey_site_kind survey_transformer 计量点信息 survey_metering_place survey_other survey_remarks
        survey_sketch survey_signers survey_day
    """,
    "plan_reply_low_voltage": """
        客户基本信息 account_no number customer_name address plan_category plan_industry supply_voltage
        plan_capacity contact_name contact_phone 营业费用 费用名称 单价 数量（容量） 应收金额（元） 收费依据
        name unit_price quantity amount basis 供电方案 role voltage capacity area pole boundary laying
        group_no category share meter_accuracy meter ct_accuracy ct
        备注 meter_box_place customer_duties plan_notes 说明 plan_valid_words
        客户签名（单位盖章）： 供电企业（盖章）
    """,
    "plan_reply_high_voltage": """
        客户基本信息 account_no number customer_name address plan_category plan_industry supply_voltage
        plan_capacity importance contact_name contact_phone 营业费用 费用名称 单价 数量（容量）
        应收金额（元） 收费依据 name unit_price quantity amount basis 告知事项 supply_conclusion
        supply_refusal plan_valid_words 客户签名（单位盖章）： 供电企业（盖章）
    """,
    "supply_plan": """
        estate_area estate_buildings estate_housing_area estate_households estate_commercial_area
        estate_public_area estate_switching_stations estate_substations estate_tie_cabinets estate_range
        calculated_load plan_capacity first_class_load second_class_load source_type role voltage
        substation line conductor capacity receiving_count receiving_total
        transformer transformers unit_capacity incoming metering pt_cabinets feeders capacitors
        other_cabinets main_wiring control_device plan_own_supply operation_mode protection harmonics
        ownership_boundary category place mode wiring meter pt ct
        tariff_system plan_tariff power_factor_standard reactive_capacity fees_total name amount
    """,
}
WITHOUT_CODE_BOX = {
    "registration_batch",
    "registration_high_voltage",
    "household_list",
    "equipment_list",
    *("business_log", "case_list", "dossier_contents", "monthly_report", "seal_register"),
}  # regulations.md 2.0 and 2.12: their code stands in the upper margin; lists of no case have none
SEALED = {
    "work_order",
    "design_opinion",
    "plan_reply_high_voltage",
    "plan_reply_low_voltage",
    "registration_batch",
    "registration_high_voltage",
}  # regulations.md 6.1


def cells(form: Form) -> Iterator[Cell]:
    for block in form.blocks:
        rows = [*block.rows, *([block.table.head, block.table.body] if block.table else [])]
        for row in rows:
            yield from row.cells


def marks(form: Form) -> list[str]:
    """What the cells name, in order."""
    return [cell.key or cell.text for cell in cells(form) if cell.key or cell.text]


@pytest.mark.parametrize("form", OFFICIAL)
def test_the_official_fields_stand_in_their_order(form_of: Callable[[str], Form], form: str) -> None:
    found = iter(marks(form_of(form)))
    for wanted in OFFICIAL[form].split():
        assert any(wanted in mark.split() or wanted in places(mark) for mark in found), wanted


@pytest.mark.parametrize("form", OFFICIAL)
def test_each_label_has_its_value(form_of: Callable[[str], Form], form: str) -> None:
    """A field that is named is also filled in; address stands for its parts."""
    read = form_of(form)
    shown = {key for cell in cells(read) if cell.kind != "label" for key in keys_of(cell)}
    shown |= {"address"} if "address_county" in shown else set()
    shown |= {field.key for field in FIELDS if field.columns}
    labels = {cell.key for cell in cells(read) if cell.kind == "label" and cell.key}
    assert labels <= shown


def test_there_is_a_file_for_every_paper() -> None:
    assert set(FILES) == set(FORMS)


@pytest.mark.parametrize("stage", STAGED)
def test_there_is_a_sample_of_every_paper(stage: str) -> None:
    """Only what has a sample is read back by the tests that go over all forms."""
    named = import_module(f"yekuo_desktop.domain.stages.{stage}.papers").FORMS
    assert set(named) <= set(sampled())


@pytest.mark.parametrize("name", FILES)
def test_the_file_says_what_it_is(form_of: Callable[[str], Form], name: str) -> None:
    form = form_of(name)
    assert form.id == name
    assert form.title in (FORMS[name].title, "用电业务一次性告知书")
    assert any(cell.kind == "seal" for cell in cells(form)) == (name in SEALED) == FORMS[name].sealed
    assert bool(form.head.qr) == (name not in WITHOUT_CODE_BOX)
    assert min(form.left, form.right, form.top, form.bottom) >= 15
    assert form.left > form.right  # the binding edge


@pytest.mark.parametrize("name", FILES)
def test_frozen_labels_need_no_catalogue(form_of: Callable[[str], Form], name: str) -> None:
    text = (ROOT / "forms" / f"{name}.toml").read_text(encoding="utf-8")
    frozen = parse_form(freeze_labels(text, LABELS), name, None)
    assert frozen == form_of(name)


def test_the_customer_may_be_named_as_the_form_does(form_of: Callable[[str], Form]) -> None:
    labels = [c.text for c in cells(form_of("registration_resident")) if c.key == "customer_name"]
    assert labels == ["客户名称", "户名"]


def test_digits_have_boxes(form_of: Callable[[str], Form]) -> None:
    boxes = {c.key: c.count for c in cells(form_of("registration_resident")) if c.kind == "boxes"}
    assert boxes == {
        "identity_number": 18,
        "postcode": 6,
        "mobile": 11,
        "agent_identity": 18,
        "agent_mobile": 11,
    }


def test_rows_a_page(form_of: Callable[[str], Form]) -> None:
    tables = {name: [b.table for b in form_of(name).blocks if b.table] for name in FILES}
    assert [t.per_page for t in tables["equipment_list"]] == [17]
    assert [t.per_page for t in tables["household_list"]] == [23]


def test_an_amount_may_be_written_in_capital_figures() -> None:
    form = parse_form(GOOD.replace('"{customer_name}"', '"{fees_total:cn}"'), "work_order.toml", LABELS)
    assert fill("{fees_total:cn}", {"fees_total": "1,280.50"}) == "壹仟贰佰捌拾元伍角整"
    assert fill("{fees_total:cn}", {}) == ""
    assert keys_of([*cells(form)][1]) == {"fees_total"}


GOOD = """form = "work_order"
title = "工单"

[[block]]
columns = [68, 100]
rows = [
  ["@customer_name", "{customer_name}"],
]
"""


def test_the_smallest_form_is_read() -> None:
    form = parse_form(GOOD, "work_order.toml", LABELS)
    assert [cell.text for cell in cells(form)] == ["户名", "{customer_name}"]


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("[68, 100]", "[68, 90]", 5, "合计 158 毫米,应为 168 毫米"),
        ('"@customer_name"', '"@custmer_name"', 7, "没有叫 custmer_name 的项目，是不是 customer_name？"),
        ('"{customer_name}"', '"{custmer}"', 7, "没有叫 custmer 的项目"),
        ('"{customer_name}"]', '"{customer_name}", "x"]', 7, "占了 3 列"),
        ('"{customer_name}"]', '{ txt = "x" }]', 7, "这一格要写"),
        ('"{customer_name}"]', '{ text = "x", algn = "left" }]', 7, "不认识 algn"),
        ('"{customer_name}"]', '{ text = "x", align = "middle" }]', 7, "align 只能是"),
        ('"{customer_name}"]', '{ boxes = "mobile", count = 99 }]', 7, "count 应在 1 到 40"),
        ('"{customer_name}"]', '{ ticks = "business" }]', 7, "要有 choices"),
        ('"{customer_name}"]', '"{customer_name}"', 9, "写法不对"),
        ('title = "工单"', "", 1, "缺少 title"),
        ('title = "工单"', 'title = "工单"\ncolour = "red"', 3, "不认识 colour"),
        ('title = "工单"', 'title = "工单"\n[page]\nleft = 10', 4, "不能小于 15 毫米"),
        ("[68, 100]", '[68, "a"]', 5, "columns 里的每一项应是数字"),
        ("[68, 100]", "[268, -100]", 5, "应大于 0"),
        ("rows = [", "gap = -1\nrows = [", 6, "gap 应是不小于 0"),
    ],
)
def test_a_wrong_file_says_where_and_why(old: str, new: str, line: int, reason: str) -> None:
    with pytest.raises(FormError) as error:
        parse_form(GOOD.replace(old, new), "work_order.toml", LABELS)
    assert reason in error.value.reason
    assert error.value.line == line
    assert str(error.value).startswith(f"work_order.toml 第 {line} 行:")
