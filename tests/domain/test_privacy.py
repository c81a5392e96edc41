"""Who sees what of a customer whole: the table of the tree by role, kind and case; and the entry of looking.

Source: 个人信息保护法 art. 6 and 51; 红线: 泄露客户申请资料 (regulations.md 5.2). The ranges are our own.
"""

import re
from random import Random

import pytest
from msgspec.structs import replace

from tests.domain.apart import ACCEPTED, entry, ruled
from tests.domain.told import opened, then
from tests.domain.trade import ORGANISATION, Trade, reference
from yekuo_desktop.domain.act import Refused
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.display import value_text
from yekuo_desktop.domain.field import Field, Kind, Private
from yekuo_desktop.domain.masking import mask_text
from yekuo_desktop.domain.office_ruling import Origin, rule_office
from yekuo_desktop.domain.path import TASKS
from yekuo_desktop.domain.people import Role
from yekuo_desktop.domain.privacy import EVERYTHING, NOTHING, Sight, sight_of
from yekuo_desktop.domain.privacy_entries import EXPORTED, UNMASKED, Exported, Unmasked
from yekuo_desktop.domain.privacy_rules import PrivacyError, parse_privacy
from yekuo_desktop.domain.stages import ALL_FORMS
from yekuo_desktop.domain.stages.acceptance.fields import BY_KEY, FIELDS
from yekuo_desktop.office.practice.applications import credit_code

SURVEY = opened("lv_nonresident")  # at 河口, in the hands of liming
CONSTRUCTION = replace(SURVEY, stage="construction")
ARCHIVE = replace(SURVEY, stage="archive")
ELSEWHERE = replace(SURVEY, station="QL")
ENDED = replace(CONSTRUCTION, state="terminated")
NUMBERS = "identity phone account papers"


def whole(case: Case, login: str) -> str:
    """The kinds this person sees whole."""
    found = sight_of(case, ORGANISATION.people[login], reference().privacy)
    return " ".join(kind for kind in Private if kind in found.whole)


@pytest.mark.parametrize(
    ("case", "login", "kinds"),
    [
        (SURVEY, "wangli", NUMBERS),
        (ELSEWHERE, "wangli", ""),
        (replace(ELSEWHERE, accepted_by="wangli"), "wangli", NUMBERS),
        (SURVEY, "zhaojun", NUMBERS),
        (SURVEY, "liming", "phone papers"),
        (SURVEY, "zhoufang", ""),
        (then(SURVEY, "survey.done", "2026-03-03", by="zhoufang"), "zhoufang", "phone papers"),
        (SURVEY, "sunhao", "phone papers"),  # a reviewer too: the survey is joint
        (CONSTRUCTION, "heping", "phone papers"),
        (SURVEY, "xuemei", ""),
        (CONSTRUCTION, "xuemei", NUMBERS),
        (ENDED, "xuemei", ""),
        (ARCHIVE, "xuemei", "identity papers"),
        (SURVEY, "qianyong", "papers"),
        (replace(SURVEY, stage="energization"), "qianyong", ""),
        (SURVEY, "maqiang", ""),
        (SURVEY, "luoxin", ""),
        (SURVEY, "admin", ""),
    ],
)
def test_role_by_case(case: Case, login: str, kinds: str) -> None:
    assert whole(case, login) == kinds


@pytest.mark.parametrize(
    ("kind", "value", "masked"),
    [
        (Kind.IDENTITY, "410122196603121029", "4101**********1029"),
        (Kind.MOBILE, "13803710001", "138****0001"),
        (Kind.LANDLINE, "0371-65550100", "037******0100"),
        (Kind.EMAIL, "zhangxy@example.com", "z***@example.com"),
        (Kind.BANK_ACCOUNT, "6228480412345678901", "6228***********8901"),
        (Kind.NAME, "张秀英", "张秀英"),
        (Kind.CREDIT_CODE, "91410122MA40000000", "91410122MA40000000"),
    ],
)
def test_kind_by_sight(kind: Kind, value: str, masked: str) -> None:
    field = Field(key="x", label="x", kind=kind)
    texts = [
        value_text(field, value, reference(), masked=sight.masks(field)) for sight in (NOTHING, EVERYTHING)
    ]
    assert texts == [masked, value]


@pytest.mark.parametrize(
    ("words", "masked"),
    [
        ("客户说打13803710001,身份证410122196603121029", "客户说打138****0001,身份证4101**********1029"),
        ("座机 0371-65550100", "座机 037******0100"),
        ("138 0371 0001", "138****0001"),
        ("表号 4101000012345678901234,封签 20260310001", "表号 4101000012345678901234,封签 20260310001"),
        ("YK4101-HK01-260310-0001", "YK4101-HK01-260310-0001"),
        ("410122199913121029", "410122199913121029"),  # no such month: no identity number
    ],
)
def test_running_text(words: str, masked: str) -> None:
    assert NOTHING.prose(words) == masked
    assert (
        EVERYTHING.prose(words) == Sight(frozenset({Private.IDENTITY, Private.PHONE})).prose(words) == words
    )


UNIT = credit_code(Random(3))


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        (UNIT, False),  # anybody finds it in the public register
        ("410122196603121029", True),
        ("41012219900101123X", True),
        (UNIT[:-1] + ("A" if UNIT[-1] != "A" else "B"), True),  # no code: rather too little than too much
        ("M12345678", True),
        ("", True),
    ],
)
def test_the_code_of_a_unit_is_public(number: str, masked: bool) -> None:
    field = BY_KEY["identity_number"]
    assert NOTHING.masks(field, number) == masked
    assert (field in NOTHING.open_fields([field], {field.key: number})) != masked


def test_every_number_of_a_person_is_marked_where_it_is_defined() -> None:
    """Source: the labels of the official forms; a permit or a taxpayer's number is no person's."""
    named = re.compile("电话|手机|证件号码|身份证|账号|邮箱|传真")
    tasks = (field for task in TASKS.values() for field in task.fields)
    fields = [each for field in (*FIELDS, *tasks) for each in (field, *field.columns)]
    found = {field.key: field.private for field in fields if named.search(field.label)}
    assert len(found) > 20
    assert [key for key, private in found.items() if private is None] == []


def test_the_log_masks_an_address_of_mail() -> None:
    assert mask_text("寄到 zhangxy@example.com 失败") == "寄到 z***@example.com 失败"
    assert mask_text("root@localhost") == "root@localhost"  # no address of a customer


def test_looking_needs_a_reason_and_changes_nothing() -> None:
    trade = Trade("lv_nonresident", "survey")
    before = trade.case
    with pytest.raises(Refused, match="查看原因"):
        trade.act(UNMASKED, Unmasked(kinds=(Private.PHONE,), reason=" "), "luoxin")
    with pytest.raises(Refused, match="没有需要查看"):
        trade.act(UNMASKED, Unmasked(kinds=(), reason="核实"), "luoxin")
    after = trade.act(UNMASKED, Unmasked(kinds=(Private.PHONE,), reason="核实"), "luoxin")
    assert replace(after, rev=before.rev) == before


@pytest.mark.parametrize("state", ["registered", "open", "archived", "withdrawn"])
def test_the_centre_takes_a_look_at_any_case(state: str) -> None:
    """It happened: what has become of the case meanwhile does not matter."""
    look = entry(UNMASKED, Unmasked(kinds=(Private.PHONE,), reason="核实"), "luoxin")
    assert ruled(look, replace(ACCEPTED, state=state)).verdict == "applied"


def test_the_centre_takes_an_export_from_everybody_who_works_here() -> None:
    taken = Exported(title="在途", rows=3, file="a.xlsx", columns=("customer",), reason="上报")
    for login in ("wangli", "luoxin", "admin"):
        assert rule_office(entry(EXPORTED, taken, login), ORGANISATION, Origin()).verdict == "applied"
    assert rule_office(entry(EXPORTED, taken, "stranger"), ORGANISATION, Origin()).verdict == "held"


def test_the_table_of_the_tree() -> None:
    rules = reference().privacy
    assert {grant.role for grant in rules.roles} == set(Role) - {
        Role.DISPATCHER,
        Role.AUDITOR,
        Role.ADMINISTRATOR,
    }
    assert {paper.form for paper in rules.masked_papers} <= set(ALL_FORMS)


TABLE = """
citation = "示例"
confidence = "M"
[exports]
columns = []
"""
CLERK = '[[roles]]\nrole = "clerk"\nwhole = ["phone"]\nwithin = "own"\nwhy = "x"\n'
PAPER = '[[masked_papers]]\nform = "x"\nkinds = ["phone"]\nwhy = "x"\n'


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (TABLE + CLERK + CLERK, "写了两次"),
        (TABLE + CLERK + PAPER + PAPER, "单据 x 写了两次"),
        (TABLE + CLERK.replace("phone", "name"), "个人信息规则有误"),
        (TABLE + CLERK.replace("own", "town"), "个人信息规则有误"),
    ],
)
def test_a_table_that_cannot_be_used(text: str, fault: str) -> None:
    assert parse_privacy(TABLE + CLERK + PAPER).roles[0].role is Role.CLERK
    with pytest.raises(PrivacyError, match=fault):
        parse_privacy(text)
