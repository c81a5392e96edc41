"""单据 of a case: a sheet whose record was corrected afterwards says so, on screen and when it is scanned."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QApplication, QLabel

from tests.office.test_dossier import built, titles
from tests.ui.at_task import AtTask, delivered
from tests.ui.conftest import AtWindow
from yekuo_desktop.domain.brought_papers import RECEIVED
from yekuo_desktop.domain.lacking import DESIGN
from yekuo_desktop.domain.qr import read_code, sheet_code
from yekuo_desktop.office import custody, printing, tasks
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.practice import design as practice_design
from yekuo_desktop.office.practice.way import perform, sit_down

REASON = "份数点错"


def words(at: AtTask) -> str:
    at.view.pages.setCurrentWidget(at.view.papers)
    QApplication.processEvents()
    return " ".join(found.text() for found in at.view.papers.findChildren(QLabel))


def test_a_sheet_that_a_correction_has_overtaken_says_so(
    sit: Callable[[str], AtWindow], desk: Desk, clock: Any
) -> None:
    case = delivered(desk, clock)
    for answer in practice_design.answers(case.klass, clock().date())[:2]:
        clock.advance(minutes=20)
        case = perform(desk, case.id, answer)
    record, sheet = case.records[-1], case.papers[-1]
    assert sheet.form == "design_submission"
    manager = sit_down(desk, "liming")
    at = AtTask(sit("liming"), desk, case.id)
    assert REASON not in words(at)
    before = record.values["design_papers"]
    after = [{**before[0], "copies": "3"}, *before[1:]]
    tasks.correct(desk, manager, case.id, record.id, {"design_papers": (before, after)}, REASON)
    at.person.window.refresh()
    at.settle()
    assert f"出具后登记有更正:{REASON}" in words(at)
    code = read_code(sheet_code(sheet.sheet_no, case.number))
    assert code is not None
    verdict = custody.examine(desk, code).verdict
    assert (verdict.state, verdict.good) == ("superseded", False)
    assert REASON in verdict.words
    printing.void(desk, manager, case.id, sheet.sheet_no, REASON)
    at.person.window.refresh()
    at.settle()
    assert "出具后登记有更正" not in words(at)
    assert custody.examine(desk, code).verdict.state == "void"


def test_what_is_lacking_is_printed_and_filed_with_its_stage(desk: Desk, clock: Any) -> None:
    case = delivered(desk, clock)
    clock.advance(minutes=20)
    case = perform(desk, case.id, practice_design.answers(case.klass, clock().date())[0])
    manager = sit_down(desk, "liming")
    rows = tasks.prefilled(desk, manager, case, DESIGN)["lacking_papers"]
    values = {
        "lacking_from": "韩雪",
        "lacking_papers": [rows[0], *({**r, "state": RECEIVED} for r in rows[1:])],
    }
    clock.advance(minutes=20)
    done = tasks.record(desk, manager, case.id, DESIGN, values)
    (sheet,) = done.sheets
    assert (sheet.title, sheet.values["lacking_occasion"]) == ("补充资料一次性告知书", "受电工程设计审查")
    assert [row["name"] for row in sheet.values["lacking_wanted"]] == [rows[0]["name"]]
    pdf, _bound = built(desk, manager, done.case)
    stages = titles(pdf)
    assert sheet.title in stages[stages.index("设计审查") + 1]
