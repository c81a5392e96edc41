"""Realistic cases and sheets for the tests of the paper: one for each form, and extreme ones."""

from datetime import date, datetime
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from tests.domain.trade import Trade, reference
from tests.paper.counter_lists import COUNTER, LISTS
from yekuo_desktop.domain.case import Case, Delivery, Event, Material
from yekuo_desktop.domain.deadlines.workdays import CHINA
from yekuo_desktop.domain.organisation import Organisation, Station
from yekuo_desktop.domain.papers import Facts, Print, Snapshot
from yekuo_desktop.domain.people import Person, Role
from yekuo_desktop.domain.qr import sheet_code
from yekuo_desktop.domain.stages import ALL_FORMS as FORMS
from yekuo_desktop.domain.stages.acceptance.papers import snapshot_values

ROOT = Path(__file__).resolve().parents[2]
ACCEPTED = datetime(2026, 11, 20, 15, 42, tzinfo=CHINA)
NUMBER = "YK4101-HK01-261120-0012"
SHEET_NO = f"{NUMBER}-1"
PRINTING = Print(at=datetime(2026, 11, 20, 15, 43, tzinfo=CHINA), by="王丽")
ORGANISATION = Organisation(
    county="示例县供电公司",
    contact="0371-65550100",
    stations=(Station("HK", "河口供电所"),),
    people={
        "clerk": Person(id="clerk", login="wangli", name="王丽", roles=(Role.CLERK,)),
        "manager": Person(
            id="manager",
            login="liming",
            name="李明",
            roles=(Role.PROJECT_MANAGER,),
            areas=("河口镇",),
            phone="13800001234",
        ),
    },
)
PLACE = {
    "address_county": "示例县",
    "address_town": "河口镇",
    "address_village": "柳湾村",
    "address_group": "三组",
    "address_door": "1 号（村委会东侧砖混房，门前有一棵老槐树）",
    "mobile": "13800001000",
    "landline": "0371-65550123",
    "mail_address": "示例县河口镇柳湾村三组 1 号",
    "postcode": "452300",
    "email": "zhangxy@example.com",
    "channel": "station",
    "wished_date": "2026-12-01",
    "agent_name": "王海",
    "agent_identity": "410122198503151234",
    "agent_mobile": "13900002000",
    "agent_landline": "0371-65550124",
    "authorised": True,
}
RESIDENT = PLACE | {
    "klass": "lv_resident",
    "business": "new",
    "customer_name": "陈𬱖英",
    "identity_kind": "identity_card",
    "identity_number": "410122196005121029",
    "category": "201",
    "capacity": "8",
    "supply_mode": "single_phase",
    "tariff": "居民生活电价",
    "added_service": "短信提醒",
    "fee_name": "无",
    "fee_amount": "0",
    "other_notes": "表箱装在东墙",
    "account_no": "4101220000001",
}
UNIT = PLACE | {
    "customer_name": "示例县河口镇柳湾粮油加工有限责任公司",
    "identity_kind": "business_licence",
    "identity_number": "91410122MA3X4K5T2P",
    "legal_person": "赵国强",
    "legal_person_identity": "41012219700101151X",
    "account_no": "4101220012345",
    "category": "403",
    "industry": "13",
    "supply_mode": "three_phase",
    "vat_wanted": True,
    "vat_name": "示例县河口镇柳湾粮油加工有限责任公司",
    "vat_address": "示例县河口镇柳湾村工业路 8 号",
    "vat_phone": "0371-65550125",
    "vat_number": "91410122MA3X4K5T2P",
    "vat_bank": "中国农业银行示例县河口支行",
    "vat_account": "6228480412345678901",
    "remarks": "客户希望 12 月上旬前送电，赶在年前开工。变压器台区请勘查时核实余量。",
}
NONRESIDENT = UNIT | {
    "klass": "lv_nonresident",
    "business": "increase",
    "capacity": "80",
    "existing_capacity": "40",
}
MACHINES = ("榨油机", "精炼泵", "提升机", "冷却风机", "灌装线", "空压机", "引风机")
HIGH_VOLTAGE = UNIT | {
    "klass": "hv_dual",
    "business": "new",
    "capacity": "630",
    "existing_capacity": "100",
    "first_source_load": "500",
    "second_source_load": "300",
    "second_existing_capacity": "50",
    "second_capacity": "400",
    "importance": "level_2",
    "load_nature": "2",
    "nonlinear_load": False,
    "own_supply": True,
    "own_supply_capacity": "200",
    "demand_load": "480",
    "equipment": [
        {
            "name": name,
            "model": f"Y2-{at}",
            "quantity": str(at % 4 + 1),
            "total_capacity": "7.5",
            "load_grade": "2",
        }
        for at, name in enumerate(MACHINES * 3)
    ],
}
BATCH = PLACE | {
    "klass": "lv_resident",
    "business": "batch",
    "customer_name": "示例县丽景置业有限公司（柳湾新村一期）",
    "category": "202",
    "household_count": "60",
    "household_capacity": "8",
    "batch_capacity": "480",
    "agency_name": "示例县丽景置业有限公司",
    "agency_address": "示例县城关镇人民路 100 号丽景大厦 6 层",
    "fax": "0371-65550999",
    "account_no": "4101220099999",
    "address_road": "滨河路",
    "address_estate": "柳湾新村",
    "address_group": "一期",
    "households": [
        {
            "building": str(1 + at // 30),
            "unit": "2",
            "room": f"{at % 30 // 2 + 1}0{at % 2 + 1}",
            "name": ("李国强", "王翠花", "陈𬱖", "欧阳志远")[at % 4],
            "capacity": "8",
            "identity": f"410122198{at:03}151234",
            "mobile": f"1380000{at:04}",
        }
        for at in range(60)
    ],
}
MATERIALS = {
    "subject_identity": Material(original_seen=True, copies=1),
    "property_title": Material(owed_until=date(2026, 11, 30)),
    "application_form": Material(scanned=True),
    "letter_of_authority": Material(original_seen=True, copies=1),
    "agent_identity": Material(held_from="YK4101-HK01-260105-0003"),
}


def case_of(values: dict[str, Any]) -> Case:
    """An accepted case with those values."""
    return Case(
        id="01990000-0000-7000-8000-000000000001",
        org="o",
        station="HK",
        number=NUMBER,
        klass=values["klass"],
        business=values["business"],
        state="open",
        rules="supply_rules_2024",
        values=values,
        materials=MATERIALS,
        events=(Event("accepted", ACCEPTED, ACCEPTED, "e"),),
        project_manager="manager",
        delivery=Delivery(SHEET_NO, "manager"),
        accepted_by="clerk",
    )


def values_of(form: str, values: dict[str, Any]) -> dict[str, Any]:
    """What a form's sheet says for those values."""
    return snapshot_values(form, case_of(values), ORGANISATION, reference(), station="HK", now=ACCEPTED)


def sheet(form: str, values: dict[str, Any], **changes: Any) -> Snapshot:
    """A sheet of a form with the given words."""
    paper = FORMS[form]
    parts: dict[str, Any] = {
        "form": form,
        "title": paper.title,
        "layout": "",
        "sheet_no": SHEET_NO,
        "number": NUMBER if paper.of_case else "",
        "values": values,
        "qr": sheet_code(SHEET_NO, NUMBER) if paper.of_case or form == "handover_list" else "",
        "seal_name": paper.seal,
        "seal_unit": ORGANISATION.county if paper.seal else "",
        "seal_diameter_mm": 40.0 if paper.seal else 0.0,
        "copies_note": paper.copies_note,
        "issued": ACCEPTED,
        "issued_by": "王丽",
    }
    return Snapshot(**parts | changes)


CASES: dict[str, dict[str, Any]] = {
    "work_order": RESIDENT,
    "registration_resident": RESIDENT,
    "registration_nonresident": NONRESIDENT,
    "registration_batch": BATCH,
    "household_list": BATCH,
    "registration_high_voltage": HIGH_VOLTAGE,
    "equipment_list": HIGH_VOLTAGE,
    "acceptance_receipt": RESIDENT,
    "one_time_notice": RESIDENT,
    "commitment": RESIDENT,
}


def sheet_of(form: str, trade: Trade) -> Snapshot:
    """The sheet that a walked case gives now."""
    own = replace(trade.organisation, stations=ORGANISATION.stations, contact=ORGANISATION.contact)
    facts = Facts(case=trade.case, organisation=own, reference=reference(), station="HK", now=trade.now)
    return sheet(form, FORMS[form].values(facts))


@cache
def staged() -> dict[str, Snapshot]:
    """Sheets of the later stages: the ``SAMPLES`` of every module ``samples_<stage>`` beside this one."""
    modules = sorted(path.stem for path in Path(__file__).parent.glob("samples_*.py"))
    return {form: s for name in modules for form, s in import_module(f"tests.paper.{name}").SAMPLES.items()}


def sampled() -> list[str]:
    """The forms there is a sample of, for tests that go over all of them."""
    return sorted({*LISTS, *CASES, *staged()})


def sample(form: str) -> Snapshot:
    """A typical sheet of each form."""
    if form in staged():
        return staged()[form]
    values = COUNTER | {"rows": LISTS[form]} if form in LISTS else values_of(form, CASES[form])
    return sheet(form, values)
