"""The dossier of a case: what is in it and in which order, who may take it, that it is logged."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pytest
from msgspec.structs import replace

from tests.bench.bench_dossier import fill, measure
from tests.office.conftest import RESIDENT, seen
from tests.paper.reading import codes_of, text_of
from yekuo_desktop.domain.act import Refused
from yekuo_desktop.domain.case import Case
from yekuo_desktop.office import accepting, attaching, dossier, printing
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.dossier_ports import Bound, Stopped
from yekuo_desktop.office.practice.way import picture, sit_down
from yekuo_desktop.paper.dossier import Bindery
from yekuo_desktop.runtime.paths import RESOURCES

BINDERY = Bindery(RESOURCES)


@pytest.fixture
def case(desk: Desk, clerk: Session) -> Case:
    """Accepted with all its papers, one scan of a material and one of nobody knows what."""
    accepted = accepting.accept(desk, clerk, RESIDENT, seen(desk, RESIDENT), "liming", papers=True).case
    attach(desk, clerk, accepted.id, "身份证.png", "subject_identity", picture(300, 200))
    return attach(desk, clerk, accepted.id, "现场.png")


def attach(
    desk: Desk, clerk: Session, case_id: str, name: str, material: str = "", content: bytes = b""
) -> Case:
    return attaching.attach(desk, clerk, case_id, name, content or picture(), "image/png", material)


def quiet(_done: int, _total: int, _text: str = "") -> None:
    """Nobody watches."""


def built(desk: Desk, session: Session, case: Case, **more: Any) -> tuple[bytes, Bound]:
    out = BytesIO()
    bound = dossier.build(desk, session, BINDERY, case.id, out, quiet, **more)
    return out.getvalue(), bound


def titles(pdf: bytes) -> list[Any]:
    def named(items: Any) -> list[Any]:
        return [named(item) if isinstance(item, list) else str(item.title) for item in items]

    return named(pypdf.PdfReader(BytesIO(pdf)).outline)


def test_sheets_and_scans_stand_stage_by_stage(desk: Desk, clerk: Session, case: Case) -> None:
    pdf, bound = built(desk, clerk, case)
    assert titles(pdf) == [
        "封面",
        "卷宗目录",
        "业务受理",
        [
            "业扩报装工单",
            "低压居民生活用电登记表",
            "用电申请受理回执",
            "居民有效身份证件（用电主体资格证明）：身份证.png",
        ],
        "其他附件",
        ["现场.png"],
    ]
    pages = text_of(pdf)
    assert bound.pages == len(pages) == 7
    assert bound.warnings == ()
    assert "张秀英" in pages[0]
    assert case.papers[1].sheet_no in pages[1]
    assert all(f"卷内第{at}页共7页" in page for at, page in enumerate(pages, start=1))
    assert "第1份打印2026-03-1009:30王丽" in pages[2]  # as it was printed first, by whom it was issued


def test_the_codes_on_its_sheets_can_be_proved(desk: Desk, clerk: Session, case: Case) -> None:
    """A sheet in the dossier is the sheet: its code opens the case and says that it is genuine."""
    pdf, _ = built(desk, clerk, case)
    printed = printing.pdf(desk, clerk, case, (case.papers[0].sheet_no,)).pdf
    assert codes_of(pdf, 2) == codes_of(printed) != []


def test_an_archived_file_has_its_own_cover(desk: Desk, clerk: Session, case: Case) -> None:
    pdf, _ = built(desk, clerk, case)
    assert f"单据号{case.number}-卷宗" in text_of(pdf)[0]


def test_a_void_sheet_is_left_out_unless_it_is_asked_for(desk: Desk, clerk: Session, case: Case) -> None:
    receipt = next(p for p in case.papers if p.form == "acceptance_receipt")
    case = printing.void(desk, clerk, case.id, receipt.sheet_no, "户名写错")
    assert "用电申请受理回执" not in titles(built(desk, clerk, case)[0])[3]
    pdf, _ = built(desk, clerk, case, voided=True)
    assert "用电申请受理回执（已作废）" in titles(pdf)[3]
    assert any("本单已作废：户名写错" in page for page in text_of(pdf))


def test_of_several_sheets_of_one_form_it_is_said_which(desk: Desk, clerk: Session, case: Case) -> None:
    printing.issue(desk, clerk, case.id, "acceptance_receipt")
    found = titles(built(desk, clerk, case)[0])[3]
    assert "用电申请受理回执（第 1 份）" in found
    assert "用电申请受理回执（第 2 份）" in found
    assert "业扩报装工单" in found


def test_a_file_that_was_withdrawn_is_left_out(desk: Desk, clerk: Session, case: Case) -> None:
    case = attaching.detach(desk, clerk, case.id, case.attachments[1].id, "拍错了")
    assert "其他附件" not in titles(built(desk, clerk, case)[0])


def test_taking_it_out_is_logged(desk: Desk, clerk: Session, case: Case) -> None:
    """R24: customer papers viewed or exported are logged."""
    before = len(desk.store.history(f"case:{case.id}"))
    built(desk, clerk, case)
    entries = desk.store.history(f"case:{case.id}")
    assert len(entries) == before + 1
    assert (entries[-1].kind, entries[-1].actor) == ("case.dossier_taken", clerk.person.id)
    found = desk.store.case(case.id)
    assert found is not None
    assert replace(found, rev=case.rev) == case  # it changes nothing


@pytest.mark.parametrize(
    ("login", "may"),
    [("luoxin", True), ("xuemei", True), ("liming", True), ("duwei", False), ("admin", False)],
)
def test_who_may_take_it(desk: Desk, case: Case, login: str, may: bool) -> None:
    session = sit_down(desk, login)
    assert (dossier.why_not_take(session, case) == "") is may
    if may:
        assert built(desk, session, case)[1].pages == 7
        return
    with pytest.raises(
        Refused, match="合订卷宗由营业员、班长、客户项目经理、方案审批人、资料员、营销稽查办理"
    ):
        built(desk, session, case)


@pytest.mark.parametrize("after", [0, 3])
def test_a_cancelled_dossier_leaves_no_trace(desk: Desk, clerk: Session, case: Case, after: int) -> None:
    before = len(desk.store.history(f"case:{case.id}"))
    answers = iter([False] * after + [True] * 99)
    with pytest.raises(Stopped):
        built(desk, clerk, case, cancelled=lambda: next(answers))
    assert len(desk.store.history(f"case:{case.id}")) == before


def test_a_lost_file_is_said_and_nothing_else_is_lost(desk: Desk, clerk: Session, case: Case) -> None:
    gone = case.attachments[0].sha256
    lame = replace(desk, store=Forgetful(desk.store, gone))
    pdf, bound = built(lame, clerk, case)
    assert bound.pages == 7
    assert ["文件内容丢失或已损坏" in warning for warning in bound.warnings] == [True]
    assert "此附件没有合入卷宗" in "".join(text_of(pdf))


class Forgetful:
    """A store that has lost one file."""

    def __init__(self, store: Any, gone: str) -> None:
        self._store, self._gone = store, gone

    def __getattr__(self, name: str) -> Callable[..., Any]:
        return getattr(self._store, name)

    def blob(self, sha256: str) -> bytes | None:
        return None if sha256 == self._gone else self._store.blob(sha256)


def test_memory_does_not_grow_with_the_number_of_scans(tmp_path: Path) -> None:
    """A third of the measured case of tests/bench/bench_dossier.py, in a process of its own."""
    number = fill(tmp_path / "store", sheets=20, scans=13)
    found = measure(tmp_path / "store", number)
    assert found["warnings"] == []
    assert found["peak"] < 300
    assert found["peak"] - found["before"] < 160  # fonts and libraries; 13 scans alone are 28 MB
