"""营销稽查 at the window: the auditor finds and orders, the owner answers, the auditor closes."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import FixedClock
from tests.ui.conftest import AtWindow
from yekuo_desktop.office.accepting import Accepted
from yekuo_desktop.ui.dialogs.oversight import OversightDialog
from yekuo_desktop.ui.dialogs.oversight_act import ActDialog
from yekuo_desktop.ui.dialogs.oversight_draw import DrawDialog
from yekuo_desktop.ui.dialogs.oversight_hit import HitDialog
from yekuo_desktop.ui.dialogs.print_preview import PrintPreview

Sit = Callable[[str], AtWindow]


@pytest.fixture
def late(accepted: Accepted, clock: FixedClock) -> Accepted:
    """A household whose work order was not delivered in its working day."""
    clock.advance(days=3)
    return accepted


def opened(person: AtWindow) -> OversightDialog:
    """The list, from its menu, once everything was looked at."""
    person.window.actions_by_words["稽查清单…"].trigger()
    dialog = person.dialog()
    assert isinstance(dialog, OversightDialog)
    person.until(lambda: "检查，共" in dialog._looked.text())
    person.settle()
    return dialog


def shown(dialog: OversightDialog) -> list[tuple[str, str]]:
    """Rule and standing of every line."""
    return [(line.rule.id, line.standing) for line in dialog.table.model.rows()]


def hit(person: AtWindow, dialog: OversightDialog) -> HitDialog:
    """The first line, opened."""
    dialog.table.choose(0)
    dialog._handle.click()
    found = person.dialog()
    assert isinstance(found, HitDialog)
    return found


def asked(person: AtWindow, found: HitDialog, name: str) -> ActDialog:
    """An act of a hit."""
    found.act(name)
    dialog = person.dialog()
    assert isinstance(dialog, ActDialog)
    return dialog


def done(person: AtWindow, dialog: ActDialog, words: str, **values: str) -> None:
    """Fill in what is left, confirm, and wait until it is done."""
    for key, value in values.items():
        dialog.editors[key].set_value(value)
    dialog.confirm.click()
    person.until(lambda: words in person.window.toast.words())
    person.settle()


def test_an_order_from_the_list_to_its_end(sit: Sit, late: Accepted) -> None:
    auditor = sit("luoxin")
    dialog = opened(auditor)
    assert ("R6", "new") in shown(dialog)
    dialog.rule.setCurrentIndex(dialog.rule.findData("R6"))
    assert shown(dialog) == [("R6", "new")]
    order = asked(auditor, hit(auditor, dialog), "opened")
    assert order.editors["owner"].value() == "wangli"  # who accepted it answers for it
    done(auditor, order, "已派发预警工单", demand="说明原因")
    auditor.until(lambda: not dialog.table.model.total)
    dialog.pills.choose("open")
    assert shown(dialog) == [("R6", "open")]
    dialog.reject()
    auditor.window.close()

    owner = sit("wangli")
    mine = opened(owner)
    assert shown(mine) == [("R6", "open")]
    assert mine.station.isHidden()
    done(owner, asked(owner, hit(owner, mine), "answered"), "已答复", text="已送达", evidence="签收单")
    mine.reject()
    owner.window.close()

    again = sit("luoxin")
    dialog = opened(again)
    dialog.pills.choose("answered")
    done(again, asked(again, hit(again, dialog), "closed"), "已办结", reason="核实属实")
    again.until(lambda: not dialog.table.model.total)
    dialog.pills.choose("closed")
    assert ("R6", "closed") in shown(dialog)


def test_what_is_missing_is_asked_for_and_nothing_typed_is_lost(sit: Sit, late: Accepted) -> None:
    auditor = sit("luoxin")
    dialog = opened(auditor)
    act = asked(auditor, hit(auditor, dialog), "exempted")
    act.confirm.click()
    assert "请填写理由、核实情况、佐证" in act._problem.text()
    act.editors["ground"].set_value("confirmed_normal")
    act.editors["reason"].set_value("客户要求")
    act.editors["evidence"].set_value("核查单 1 号")
    act.editors["until"].set_value("2027-03-10")
    act.confirm.click()
    auditor.until(lambda: "白名单最长 6 个月" in act._problem.text())
    assert act.editors["reason"].value() == "客户要求"
    done(auditor, act, "已列入白名单", until="2026-06-01")
    dialog.pills.choose("exempt")
    assert len(shown(dialog)) == 1


def test_others_see_only_what_is_theirs(sit: Sit, late: Accepted) -> None:
    clerk = sit("chenjing")
    dialog = opened(clerk)
    assert dialog.table.model.total == 0
    assert dialog.table.empty.isVisible()
    assert not dialog._excel.isEnabled()
    dialog.reject()


def test_the_list_leaves_the_window_and_opens_cases(sit: Sit, late: Accepted, tmp_path: Path) -> None:
    auditor = sit("luoxin")
    dialog = opened(auditor)
    dialog.out.export_to(str(tmp_path / "hits.xlsx"))
    auditor.until(lambda: "已导出" in auditor.window.toast.words())
    dialog.out.print()
    preview = auditor.dialog()
    assert isinstance(preview, PrintPreview)
    preview.reject()
    dialog.table.choose(0)
    dialog._case.click()
    auditor.until(lambda: auditor.window.deck.shown == "acceptance")


def test_a_draw_shows_its_seed_and_its_cases(sit: Sit, late: Accepted) -> None:
    auditor = sit("luoxin")
    dialog = opened(auditor)
    dialog._draw()
    drawing = auditor.dialog()
    assert isinstance(drawing, DrawDialog)
    drawing.draw()
    auditor.until(lambda: drawing.table.model.total == 1)
    assert "1 件中抽 1 件，种子 " in drawing._words.text()
    assert drawing.earlier.count() == 1
    drawing.reject()
    dialog.reject()
