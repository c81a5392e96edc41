"""合订卷宗 from the window: one button, a file, progress that can be stopped, what it says at the end."""

from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest
from PySide6.QtWidgets import QFileDialog, QPushButton

from tests.ui.conftest import AtWindow
from tests.ui.test_case_acts import AtCase
from yekuo_desktop.office import accepting, attaching
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.practice.way import picture, sit_down

Sit = Callable[[str], AtWindow]


@pytest.fixture
def case_id(desk: Desk, accepted: accepting.Accepted) -> str:
    """An accepted case with a scan and a file nobody can draw."""
    clerk, case_id = sit_down(desk, "wangli"), accepted.case.id
    attaching.attach(desk, clerk, case_id, "身份证.png", picture(), "image/png", "subject_identity")
    attaching.attach(desk, clerk, case_id, "说明.docx", b"PK\x03\x04", "application/msword")
    return case_id


def whole(at: AtCase) -> QPushButton:
    """The button, on its page."""
    at.turn_to(at.view.papers)
    (button,) = at.buttons("合订卷宗 PDF")
    return button


def heard(at: AtCase) -> list[str]:
    """What the window says from now on."""
    said: list[str] = []
    at.view.said.connect(said.append)
    return said


def test_one_button_writes_the_whole_file(
    sit: Sit, desk: Desk, case_id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = AtCase(sit("wangli"), desk, case_id)
    asked: list[str] = []
    said = heard(at)

    def name(*words: object) -> tuple[str, str]:
        asked.append(str(words[2]))
        return str(tmp_path / "张秀英"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", name)
    whole(at).click()
    at.person.until((tmp_path / "张秀英.pdf").exists)
    at.person.settle()
    assert asked == [f"卷宗-{at.case.number}-张秀英.pdf"]
    assert len(pypdf.PdfReader(tmp_path / "张秀英.pdf").pages) == 5
    assert said == ["卷宗 5 页,已存为 张秀英.pdf;有 1 处没有合入,页上写明了原因"]
    facts = at.view.facts()
    assert facts is not None
    assert any("合订卷宗 PDF 5 页" in line.words for line in facts.history)


def test_nobody_chose_a_file(
    sit: Sit, desk: Desk, case_id: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    at = AtCase(sit("wangli"), desk, case_id)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    whole(at).click()
    at.person.settle()
    assert list(tmp_path.glob("*.pdf")) == []


def test_it_can_be_stopped_and_leaves_nothing(sit: Sit, desk: Desk, case_id: str, tmp_path: Path) -> None:
    at = AtCase(sit("wangli"), desk, case_id)
    facts = at.view.facts()
    assert facts is not None
    begun = len(desk.store.history(f"case:{case_id}"))
    background, said = at.person.window.background, heard(at)
    background.started.connect(background.cancel)  # whoever presses 停止 at once
    at.view.dossier.write_to(facts, str(tmp_path / "卷宗.pdf"))
    at.person.settle()
    assert said == ["已停止,没有留下文件"]
    assert list(tmp_path.glob("卷宗*")) == []
    assert len(desk.store.history(f"case:{case_id}")) == begun


def test_who_may_not_is_told_why(sit: Sit, desk: Desk, case_id: str) -> None:
    button = whole(AtCase(sit("duwei"), desk, case_id))
    assert not button.isEnabled()
    assert button.toolTip().startswith("合订卷宗由营业员、班长")
    auditor = whole(AtCase(sit("luoxin"), desk, case_id))
    assert auditor.isEnabled()
    assert "记入历史" in auditor.toolTip()
