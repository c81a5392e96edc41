"""Who may use which seal, and the register of every use."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from msgspec.structs import replace

from tests.conftest import FixedClock
from tests.office.conftest import RESIDENT, ROOT, seen
from tests.office.spooler import Printer
from tests.office.test_print_queue import run
from tests.paper.reading import text_of
from yekuo_desktop import bootstrap
from yekuo_desktop.domain.act import Refused
from yekuo_desktop.domain.organisation import Seal
from yekuo_desktop.domain.people import Person, Role
from yekuo_desktop.domain.seals import parse_seals
from yekuo_desktop.domain.stages import ALL_FORMS
from yekuo_desktop.office import accepting, printing, seal_register
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.practice.way import sit_down
from yekuo_desktop.office.preflight import sheet_findings
from yekuo_desktop.office.print_queue import Wish, ask
from yekuo_desktop.office.sealing import save_seal

PICTURE = (ROOT / "resources" / "seals" / "practice.png").read_bytes()
RULES = parse_seals((ROOT / "resources" / "seals" / "kinds.toml").read_text(encoding="utf-8"))
BUSINESS, OFFICIAL = "供电业务专用章", "公章"


def person(*roles: Role) -> Person:
    return Person(id="x", login="x", name="某人", roles=roles)


def test_every_seal_a_form_asks_for_is_in_the_table_with_its_source() -> None:
    assert {form.seal for form in ALL_FORMS.values() if form.seal} <= set(RULES.kinds)
    assert set(RULES.uses) <= {id_ for id_, form in ALL_FORMS.items() if form.seal}
    for rule in (*RULES.kinds.values(), *RULES.uses.values()):
        assert rule.citation
        assert rule.confidence in ("V", "V2", "M")


@pytest.mark.parametrize(
    ("seal", "form", "roles", "may"),
    [
        (BUSINESS, "work_order", (Role.CLERK,), True),
        (BUSINESS, "work_order", (Role.METERING,), False),
        (OFFICIAL, "design_opinion", (Role.REVIEWER,), True),
        (OFFICIAL, "design_opinion", (Role.SUPERVISOR,), False),  # stricter than the kind
        (OFFICIAL, "work_order", (Role.SUPERVISOR,), True),
        (OFFICIAL, "design_opinion", (Role.CLERK, Role.APPROVER), True),
        ("收费专用章", "work_order", (Role.CLERK,), True),  # nobody said anything
    ],
)
def test_the_table_says_who_may(seal: str, form: str, roles: tuple[Role, ...], may: bool) -> None:
    assert RULES.may_use(Seal(id="1", name=seal, unit=""), form, person(*roles)) is may


def test_those_named_at_registration_stand_before_the_table() -> None:
    own = Seal(id="1", name=OFFICIAL, unit="", users=(Role.CLERK,))
    assert RULES.may_use(own, "design_opinion", person(Role.CLERK))
    assert not RULES.may_use(own, "design_opinion", person(Role.REVIEWER))


def registered(desk: Desk, *users: Role) -> None:
    admin = sit_down(desk, "admin")
    own = next(s for s in desk.store.organisation().seals.values() if s.name == BUSINESS)
    save_seal(desk, admin, replace(own, users=users), PICTURE)


def order(desk: Desk, clerk: Session, door: str = "1号") -> accepting.Accepted:
    values = RESIDENT | {"address_door": door}
    return accepting.accept(desk, clerk, values, seen(desk, values), "liming")


def test_who_may_not_use_the_picture_gets_the_ring_and_is_told_who_may(desk: Desk, clerk: Session) -> None:
    registered(desk)
    assert order(desk, clerk).sheets[0].seal_picture
    registered(desk, Role.SUPERVISOR)
    made = order(desk, clerk, "2号")
    (sheet,) = made.sheets
    assert (sheet.seal_name, sheet.seal_picture) == (BUSINESS, "")
    drawn = printing.pdf(desk, clerk, made.case, (sheet.sheet_no,))
    assert "直径40mm" in "".join(text_of(drawn.pdf))
    assert sheet_findings(desk, drawn.parts) == [
        "出具人王丽无权使用“供电业务专用章”,印空圈,请由班长加盖手工章"
    ]


def test_a_contract_seal_may_be_larger(desk: Desk) -> None:
    admin = sit_down(desk, "admin")
    save_seal(desk, admin, Seal(id="", name="供用电合同专用章", unit="甲", diameter_mm=58))
    with pytest.raises(Refused, match="30–45 毫米"):
        save_seal(desk, admin, Seal(id="", name=OFFICIAL, unit="甲", diameter_mm=58))


def test_every_use_is_in_the_register(desk: Desk, clerk: Session, clock: FixedClock, tmp_path: Path) -> None:
    room = replace(desk, spooler=Printer())
    registered(desk)
    first, second = order(desk, clerk), order(desk, clerk, "2号")
    printing.issue(desk, clerk, first.case.id, "acceptance_receipt")  # carries no seal
    drawn = printing.pdf(desk, clerk, first.case, (first.sheets[0].sheet_no,))
    run(room, room.spooler, ask(room, clerk, drawn, Wish(printer="柜台", copies=2)))  # type: ignore[arg-type]
    clock.advance(hours=1)
    printing.reprint(desk, clerk, first.case.id, first.sheets[0].sheet_no, "途中淋湿")
    printing.void(desk, clerk, second.case.id, second.sheets[0].sheet_no, "户名写错")
    clock.advance(days=1)
    printing.reprint(desk, clerk, first.case.id, first.sheets[0].sheet_no, "又一份")
    today = datetime(2026, 3, 10).date()
    found = seal_register.uses(desk, today, today)
    assert [(use.act, use.sheet_no[-6:], use.how, use.copies, use.reason) for use in found] == [
        ("出具", "0001-1", "图片", 2, ""),
        ("出具", "0002-1", "图片", 0, ""),
        ("补打", "0001-1", "图片", 0, "途中淋湿"),
        ("作废", "0002-1", "图片", 0, "户名写错"),
    ]
    assert {(use.by, use.seal, use.customer) for use in found} == {("王丽", BUSINESS, "张秀英")}
    assert seal_register.uses(desk, today, today, OFFICIAL) == []
    path = tmp_path / "用印.xlsx"
    assert seal_register.to_excel(desk, bootstrap.write_table, today, today, str(path)) == 4
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    cells = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert "途中淋湿" in [value for line in cells for value in line]


def test_the_register_on_paper(desk: Desk, clerk: Session, clock: Callable[[], datetime]) -> None:
    made = order(desk, clerk)
    printing.reprint(desk, clerk, made.case.id, made.sheets[0].sheet_no, "途中淋湿")
    day = clock().date()
    text = "".join(text_of(seal_register.drawn(desk, clerk, day, day).pdf))
    for words in ("用印登记簿", "全部印章", made.sheets[0].sheet_no, "补打", "途中淋湿", "手工章", "王丽"):
        assert words in text
