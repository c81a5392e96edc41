"""The inner pages of a case: every line has the room it needs, also where it is added while one looks."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from tests.ui.at_task import AtTask, delivered
from tests.ui.conftest import AtWindow
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.practice import design as practice_design
from yekuo_desktop.office.practice.way import perform

PAGES = ("limits", "papers", "history", "attachments")


def squeezed(page: QWidget) -> list[tuple[int, int]]:
    """Height and least height of the lines that have less room than they need."""
    lines: Any = page.findChildren(QFrame)
    seen = [line for line in lines if line.property("role") == "entry" and line.isVisible()]
    assert seen
    pairs = [(line.height(), line.minimumSizeHint().height()) for line in seen]
    return [pair for pair in pairs if pair[0] < pair[1]]


@pytest.mark.parametrize("name", PAGES)
def test_no_line_is_squeezed(sit: Callable[[str], AtWindow], desk: Desk, clock: Any, name: str) -> None:
    case = delivered(desk, clock)
    for answer in practice_design.answers(case.klass, clock().date())[:5]:
        clock.advance(minutes=20)
        perform(desk, case.id, answer)
    at = AtTask(sit("liming"), desk, case.id)
    page = getattr(at.view, name)
    at.view.pages.setCurrentWidget(page)
    QApplication.processEvents()
    assert squeezed(page) == []
    page.show_facts(at.view.facts())  # something was committed while one looks at it
    QApplication.processEvents()  # not a turn later: that would be a flicker
    assert squeezed(page) == []
