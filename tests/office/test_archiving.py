"""A file closed at the desk after its whole way, kept, lent, changed with approval, taken as a dossier."""

from collections import Counter
from datetime import timedelta
from io import BytesIO

import pytest

from tests.conftest import FixedClock
from tests.domain.test_archive_shelf import ASKED, BACK, LOAN, MADE
from tests.office.closed import closed
from tests.paper.reading import text_of
from yekuo_desktop.domain.act import Refused
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.path import Correction
from yekuo_desktop.office import archiving, attaching, dossier, tasks
from yekuo_desktop.office.desk import Desk, Session, act
from yekuo_desktop.office.filters import Filter
from yekuo_desktop.office.practice.archive import account as account_of
from yekuo_desktop.office.practice.way import picture, sit_down
from yekuo_desktop.paper.dossier import Bindery
from yekuo_desktop.runtime.paths import RESOURCES


@pytest.fixture
def shelved(desk: Desk, clerk: Session, clock: FixedClock) -> Case:
    """A household's file on its shelf."""
    return closed(desk, clerk, clock, "lv_resident", "supply_rules_2024")


@pytest.fixture
def archivist(desk: Desk) -> Session:
    """薛梅."""
    return sit_down(desk, "xuemei")


def lend(desk: Desk, archivist: Session, case: Case, **changes: str) -> Case:
    return tasks.record(desk, archivist, case.id, "archive.lent", LOAN | changes).case


def test_the_papers_of_the_archive_come_with_its_acts(desk: Desk, shelved: Case) -> None:
    """One list for each hand-over, one cover and one catalogue when the file is taken."""
    forms = Counter(p.form for p in shelved.papers if p.form.startswith("archive_"))
    assert forms == {"archive_list": 2, "archive_cover": 1, "archive_catalogue": 1}
    assert shelved.state == "archived"
    assert desk.store.count(Filter(states=("archived",)), desk.clock()) == 1
    assert list(desk.store.verify()) == []


def test_the_dossier_of_a_whole_way_is_complete(desk: Desk, clerk: Session, clock: FixedClock) -> None:
    case = closed(desk, clerk, clock, "hv_dual", "seed")
    out = BytesIO()
    bound = dossier.build(desk, clerk, Bindery(RESOURCES), case.id, out, lambda *_: None)
    pages = text_of(out.getvalue())
    assert bound.warnings == ()
    assert bound.pages == len(pages)
    assert "电力客户档案" in pages[0]
    assert f"DA-{case.number}" in pages[0]
    account = account_of(case, desk.reference)
    assert f"户号{account}" in pages[0]
    assert f"户号{account}" in pages[1]
    contents = "".join(page for page in pages[1:6] if "卷宗目录" in page)
    for paper in case.papers:
        if paper.form != "archive_cover":
            assert paper.sheet_no in contents, paper.title
    named = ("合同扫描件", "资质证书复印件", "现场照片", "双方签字的纪要扫描件")
    assert all(f"{label}：扫描件.png" in contents for label in named)
    assert all(f"第{at}页共{len(pages)}页" in page for at, page in enumerate(pages, start=1))


def test_a_lent_file_is_on_the_list_until_it_is_back(
    desk: Desk, archivist: Session, shelved: Case, clock: FixedClock
) -> None:
    assert archiving.lent_files(desk) == ()
    until = (clock().date() + timedelta(days=3)).isoformat()
    lend(desk, archivist, shelved, loan_until=until)
    (line,) = archiving.lent_files(desk)
    assert (line.borrower, line.unit, line.approver) == ("孙浩", "营销部", "钱勇")
    assert (line.file_number, line.until.isoformat()) == (f"DA-{shelved.number}", until)
    assert not line.overdue
    clock.advance(days=4)
    (late,) = archiving.lent_files(desk)
    assert late.overdue
    overdue = desk.store.queue(Filter(light="overdue"), clock())
    assert [row.case.id for row in overdue] == [shelved.id]
    assert [row.limit.label for row in overdue if row.limit] == ["档案借阅归还"]
    asked = tasks.missed(desk, archivist, desk.store.case(shelved.id) or shelved, "archive.loan_returned", {})
    assert [each.label for each in asked] == ["档案借阅归还"]  # an overdue loan asks for its reason
    tasks.record(desk, archivist, shelved.id, "archive.loan_returned", BACK, overdue="借阅人出差")
    assert archiving.lent_files(desk) == ()
    assert desk.store.count(Filter(light="overdue"), clock()) == 0


def test_the_register_holds_every_loan_of_a_period(
    desk: Desk, archivist: Session, shelved: Case, clock: FixedClock
) -> None:
    begin = clock()
    for borrower in ("孙浩", "周芳"):
        until = (clock().date() + timedelta(days=5)).isoformat()
        clock.advance(minutes=10)
        lend(desk, archivist, shelved, loan_borrower=borrower, loan_until=until)
        clock.advance(days=1)
        tasks.record(desk, archivist, shelved.id, "archive.loan_returned", BACK)
    lines = archiving.loan_register(desk, begin, clock() + timedelta(minutes=1))
    assert [(line.borrower, line.back is not None, line.overdue) for line in lines] == [
        ("孙浩", True, False),
        ("周芳", True, False),
    ]
    assert archiving.loan_register(desk, begin - timedelta(days=2), begin) == ()
    assert [line.borrower for line in archiving.loan_register(desk, begin, begin + timedelta(days=1))] == [
        "孙浩"
    ]


def test_new_and_old_stay_together(desk: Desk, archivist: Session, shelved: Case, clock: FixedClock) -> None:
    """档案管理规定: 内容、时间、修改人 logged, new and old kept."""
    review = next(r for r in reversed(shelved.records) if r.kind == "archive.reviewed")
    wrong = Correction(review.id, {"archive_box": (review.values["archive_box"], "0413")}, "盒号写错")
    with pytest.raises(Refused, match="补充或更正须先申请"):
        act(desk, archivist, shelved.id, "record.corrected", wrong)
    with pytest.raises(Refused, match="补充或更正须先申请"):
        attaching.attach(desk, archivist, shelved.id, "补签.png", picture(), "image/png")
    tasks.record(desk, archivist, shelved.id, "archive.change_requested", ASKED)
    decided = {"change_decision": "agreed"}
    tasks.record(desk, sit_down(desk, "qianyong"), shelved.id, "archive.change_decided", decided)
    case = attaching.attach(desk, archivist, shelved.id, "补签.png", picture(), "image/png")
    case = act(desk, archivist, shelved.id, "record.corrected", wrong)
    clock.advance(minutes=5)
    made = {**MADE, "change_at": clock().isoformat(), "change_file": case.attachments[-1].id}
    case = tasks.record(desk, archivist, shelved.id, "archive.change_made", made).case
    cover = case.standing("archive_cover")[-1]
    assert cover.sheet_no == shelved.standing("archive_cover")[-1].sheet_no  # the sheet stays as it was
    corrected = next(r for r in case.records if r.id == review.id)
    assert (corrected.values["archive_box"], corrected.corrections) == ("0413", 1)
    with pytest.raises(Refused, match="补充或更正须先申请"):
        act(desk, archivist, shelved.id, "record.corrected", wrong)
    assert list(desk.store.verify()) == []
