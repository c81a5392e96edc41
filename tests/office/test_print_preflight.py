"""What is said before a sheet is printed."""

import pytest
from msgspec.structs import replace

from tests.office.conftest import RESIDENT, seen
from tests.office.spooler import Printer
from tests.paper.samples import ROOT
from yekuo_desktop.office import accepting, printing
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.ports import Part
from yekuo_desktop.office.preflight import missing_keys, printer_findings, sheet_findings
from yekuo_desktop.office.print_ports import SpoolerTrouble
from yekuo_desktop.office.sealing import register_seal

RING = "“供电业务专用章”没有登记图片,印同样大小的空圈,请加盖手工章"
PICTURE = (ROOT / "resources" / "seals" / "practice.png").read_bytes()


def parts(desk: Desk, clerk: Session, form: str = "work_order", **changes: str) -> tuple[Part, ...]:
    """One accepted household and a sheet of it."""
    values = RESIDENT | changes
    made = accepting.accept(desk, clerk, values, seen(desk, values), "liming")
    sheet = made.sheets[0] if form == "work_order" else printing.issue(desk, clerk, made.case.id, form)
    return printing.pdf(desk, clerk, desk.store.case(made.case.id) or made.case, (sheet.sheet_no,)).parts


def test_an_ordinary_order_without_a_seal_picture(desk: Desk, clerk: Session) -> None:
    admin = replace(clerk, person=desk.store.organisation().people["admin"])
    register_seal(desk, admin, "供电业务专用章", 40.0, None)
    assert sheet_findings(desk, parts(desk, clerk)) == [RING]
    register_seal(desk, admin, "供电业务专用章", 40.0, PICTURE)
    assert sheet_findings(desk, parts(desk, clerk, address_door="2号")) == []


def test_characters_no_font_has_are_named(desk: Desk, clerk: Session) -> None:
    found = sheet_findings(desk, parts(desk, clerk, customer_name="张\U000f0000"))
    assert found[0] == "《业扩报装工单》有 1 个字没有字形,将印成 〓,请手写补上:\U000f0000"


def test_a_demanded_value_that_is_not_there_is_named(desk: Desk, clerk: Session) -> None:
    (part,) = parts(desk, clerk, "registration_resident")
    case = desk.store.case(part.case_id)
    assert case is not None
    values = {**case.values, "customer_name": "", "identity_number": ""}
    blank = replace(case, values=values)
    sheet = printing.snapshot(desk, desk.store.organisation(), clerk, blank, "registration_resident", "1-2")
    assert set(missing_keys(desk, blank, sheet)) == {"customer_name", "identity_number"}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, []),
        ({"trouble": "缺纸"}, ["打印机 柜台 缺纸;单据会留在打印队列里,恢复后自动接着打"]),
        ({"papers": frozenset({"A3"})}, ["打印机 柜台 没有 A4 纸,单据按 A4 排版,会缩小或截去边缘"]),
        ({"papers": frozenset()}, []),
        ({"name": "别的"}, ["打印机 柜台 已不在,请另选一台"]),
    ],
)
def test_the_printer_is_asked(desk: Desk, change: dict[str, object], words: list[str]) -> None:
    printer = Printer()
    printer.facts = replace(printer.facts, **change)
    assert list(printer_findings(replace(desk, spooler=printer), "柜台")) == words


def test_a_print_system_that_does_not_answer_is_said(desk: Desk) -> None:
    class Silent(Printer):
        def printers(self) -> list[object]:
            raise SpoolerTrouble("打印系统没有回应")

    found = printer_findings(replace(desk, spooler=Silent()), "柜台")
    assert found == ("打印系统没有回应;单据会留在打印队列里",)
    assert printer_findings(desk, "柜台") == ()


def test_it_is_said_once_for_many_sheets(desk: Desk, clerk: Session) -> None:
    admin = replace(clerk, person=desk.store.organisation().people["admin"])
    register_seal(desk, admin, "供电业务专用章", 40.0, None)
    many = (*parts(desk, clerk), *parts(desk, clerk, address_door="2号"))
    assert sheet_findings(desk, many) == [f"{RING}(2 张)"]
