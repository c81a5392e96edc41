"""Customers' numbers by role and place: whole or masked on screen, in the history, in lists, on paper, on the
command line; looking and taking out are on record, and the rule of the audit sees them (R24)."""

import logging
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from tests.conftest import FixedClock
from tests.office.conftest import RESIDENT
from yekuo_desktop.domain.act import Refused
from yekuo_desktop.domain.case import Case, Conflict
from yekuo_desktop.domain.casework import NoteText
from yekuo_desktop.domain.field import Private
from yekuo_desktop.domain.masking import mask_text
from yekuo_desktop.domain.privacy import EVERYTHING, NOTHING
from yekuo_desktop.domain.privacy_entries import Exported
from yekuo_desktop.domain.stages.acceptance.acts import Change
from yekuo_desktop.domain.stages.acceptance.fields import BY_KEY
from yekuo_desktop.office import attaching, daybook, history, oversight, printing, privacy
from yekuo_desktop.office.accepting import Accepted
from yekuo_desktop.office.desk import Desk, Session, act
from yekuo_desktop.office.oversight import Scope
from yekuo_desktop.office.practice.way import sit_down
from yekuo_desktop.office.privacy_document import document
from yekuo_desktop.office.syncing_disputes import value_words
from yekuo_desktop.runtime import log

IDENTITY, PHONE = str(RESIDENT["identity_number"]), str(RESIDENT["mobile"])
NEW_PHONE = "13903710002"
ROLES = {
    "wangli": "whole",
    "zhaojun": "whole",
    "liming": "phone",
    "qianyong": "masked",
    "duwei": "masked",
    "maqiang": "masked",
    "luoxin": "masked",
    "admin": "masked",
}


@pytest.fixture
def case(desk: Desk, accepted: Accepted) -> Case:
    """An accepted household whose phone was corrected, and somebody wrote both numbers into a note."""
    clerk = sit_down(desk, "wangli")
    act(desk, clerk, accepted.case.id, "case.changed", Change({"mobile": (PHONE, NEW_PHONE)}, "号码已换"))
    return act(desk, clerk, accepted.case.id, "case.noted", NoteText(f"原电话 {PHONE},证件 {IDENTITY}"))


def places(desk: Desk, session: Session, case: Case) -> dict[str, str]:
    """What this person reads, by place."""
    sight = privacy.sight(desk, session, case)
    lines = history.history(desk, case.id, sight)
    changed = next(line for line in lines if line.changes)
    shown = {key: not sight.masks(BY_KEY[key]) for key in ("identity_number", "mobile")}
    return {
        "field": f"{IDENTITY if shown['identity_number'] else '*'} {NEW_PHONE if shown['mobile'] else '*'}",
        "history": str(changed.changes),
        "note": lines[-1].words,
        "document": str(document(case, sight)["values"]),
    }


@pytest.mark.parametrize("login", ROLES)
def test_what_a_role_reads(desk: Desk, case: Case, login: str) -> None:
    read = places(desk, sit_down(desk, login), case)
    identity, phone = ROLES[login] == "whole", ROLES[login] in ("whole", "phone")
    assert (IDENTITY in read["field"], NEW_PHONE in read["field"]) == (identity, phone)
    assert (PHONE in read["history"], NEW_PHONE in read["history"]) == (phone, phone)
    assert (IDENTITY in read["document"], NEW_PHONE in read["document"]) == (identity, phone)
    assert (IDENTITY in read["note"], PHONE in read["note"]) == (identity, phone)


def test_nobody_named_reads_masks(desk: Desk, case: Case) -> None:
    assert PHONE not in str(history.history(desk, case.id))


def test_no_line_of_a_log_carries_a_number() -> None:
    """Not even that of an error nobody expected, with everything it was about."""
    error = ValueError(f"{IDENTITY} {PHONE} zhang@example.com")
    about = (type(error), error, None)
    record = logging.LogRecord("yekuo", logging.ERROR, "", 0, "cannot read %s", (PHONE,), about)
    line = log.Masked(mask_text).format(record)
    assert "cannot read 138****0001" in line and "4101**********1029 138****0001 z***@example.com" in line
    assert not any(number in line for number in (IDENTITY, PHONE, "zhang"))


def test_the_log_of_the_counter_and_a_conflict_are_masked(desk: Desk, case: Case) -> None:
    told = [line.words for line in daybook.lines(desk, desk.clock().date())]
    assert "备注:原电话 138****0001,证件 4101**********1029" in told
    conflict = Conflict(
        id="e:mobile", record="", field="mobile", seen=PHONE, wanted=NEW_PHONE, stands=PHONE,
        by="wangli", stated=desk.clock(),
    )  # fmt: skip
    read = [value_words(desk.reference, case, conflict, NEW_PHONE, sight) for sight in (NOTHING, EVERYTHING)]
    assert read == ["139****0002", NEW_PHONE]


@pytest.mark.parametrize(
    ("form", "identity", "phone"),
    [
        ("work_order", False, False),
        ("acceptance_receipt", False, False),
        ("registration_resident", True, True),
    ],
)
def test_papers_say_what_the_table_says_whoever_issues_them(
    desk: Desk, accepted: Accepted, form: str, identity: bool, phone: bool
) -> None:
    organisation, clerk = desk.store.organisation(), sit_down(desk, "wangli")
    sheet = printing.snapshot(desk, organisation, clerk, accepted.case, form, "x")
    assert (IDENTITY in str(sheet.values), PHONE in str(sheet.values)) == (identity, phone)
    assert desk.reference.privacy.carries_numbers(form) == (identity or phone)


def test_a_county_may_print_the_phone_on_its_work_order(desk: Desk, accepted: Accepted) -> None:
    rules = desk.reference.privacy
    order = replace(rules.masked_papers[0], kinds=(Private.IDENTITY,))
    own = replace(
        desk, reference=replace(desk.reference, read_privacy=lambda: replace(rules, masked_papers=(order,)))
    )
    organisation, clerk = desk.store.organisation(), sit_down(desk, "wangli")
    sheet = printing.snapshot(own, organisation, clerk, accepted.case, "work_order", "x")
    assert (IDENTITY in str(sheet.values), PHONE in str(sheet.values)) == (False, True)


def test_looking_is_asked_once_a_case_and_sitting(desk: Desk, case: Case) -> None:
    auditor = sit_down(desk, "luoxin")
    with pytest.raises(Refused, match="查看原因"):
        privacy.unmask(desk, auditor, case, " ")
    assert not privacy.sight(desk, auditor, case).whole
    before = len(desk.store.history(f"case:{case.id}"))
    seen = privacy.unmask(desk, auditor, case, "核实投诉")
    assert privacy.sight(desk, auditor, seen).masked == ()
    privacy.unmask(desk, auditor, seen, "再看一次")
    privacy.demand_papers(desk, auditor, seen)
    lines = history.history(desk, case.id)
    assert len(lines) == before + 1
    told = daybook.lines(desk, desk.clock().date())  # no business of the counter
    assert "personal.unmasked" not in {line.kind for line in told}
    bounds = desk.clock() - timedelta(hours=9), desk.clock() + timedelta(hours=9)
    assert desk.store.day_count(*bounds) == len(told)
    assert lines[-1].words == "查看完整的证件号码、电话、银行账号、申请资料:核实投诉"
    assert lines[-1].actor == "罗欣"
    another = sit_down(desk, "luoxin")
    assert not privacy.sight(desk, another, case).whole
    with pytest.raises(Refused, match="写明原因"):
        privacy.demand_papers(desk, another, case)
    clerk = sit_down(desk, "wangli")
    privacy.unmask(desk, clerk, case, "")  # nothing is hidden from her: nothing is asked, nothing written
    assert len(desk.store.history(f"case:{case.id}")) == before + 1


def export(desk: Desk, session: Session, rows: int, reason: str = "上报统计") -> None:
    """A list is taken out."""
    taken = Exported(title="在途业务", rows=rows, file="在途.xlsx", columns=("customer",), reason=reason)
    privacy.exported(desk, session, taken)


def test_a_list_is_one_entry_and_needs_a_reason(desk: Desk, case: Case, clock: FixedClock) -> None:
    auditor = sit_down(desk, "luoxin")
    privacy.unmask(desk, auditor, case, "核实投诉")
    clock.now += timedelta(minutes=1)
    with pytest.raises(Refused, match="请写明导出或打印的原因"):
        export(desk, auditor, 5000, " ")
    export(desk, auditor, 5000)
    day = clock.now - timedelta(days=1), clock.now + timedelta(days=1)
    taken, looked = privacy.looks(desk, *day)
    assert (taken.person, taken.done, taken.rows, taken.number) == ("罗欣", "导出", 5000, "")
    assert taken.words == "导出《在途业务》5000 行到 在途.xlsx:上报统计"
    assert (looked.done, looked.number, looked.customer) == ("查看", case.number, "张秀英")
    assert privacy.looks(desk, *day, person="wangli") == []
    assert privacy.is_personal(desk, ("number", "identity"))
    assert not privacy.is_personal(desk, ("number", "customer", "capacity"))


def curious(desk: Desk) -> list[tuple[str, str]]:
    """Whom R24 names."""
    lines: Any = oversight.survey(desk, Scope())
    return [(line.who, line.hit.found) for line in lines if line.hit.rule == "R24"]


def test_a_file_that_leaves_the_program_is_on_record(desk: Desk, case: Case) -> None:
    clerk = sit_down(desk, "wangli")
    holding = attaching.attach(desk, clerk, case.id, "身份证.png", b"scan", "image/png", "")
    (file,) = holding.attachments
    assert privacy.take_file(desk, clerk, holding, file.sha256) == b"scan"
    with pytest.raises(Refused, match="不在本机"):
        privacy.take_file(desk, clerk, holding, "0" * 64)
    (look,) = privacy.looks(desk, desk.clock() - timedelta(days=1), desk.clock() + timedelta(days=1))
    assert (look.person, look.done, look.words) == ("王丽", "另存", "另存附件 身份证.png")


def test_the_audit_sees_who_takes_too_much(desk: Desk, case: Case) -> None:
    auditor = sit_down(desk, "luoxin")
    privacy.unmask(desk, auditor, case, "核实投诉")
    export(desk, auditor, 5000)
    assert curious(desk) == []
    export(desk, auditor, 1)
    assert curious(desk) == [("罗欣", "3 次,导出 5001 行")]
