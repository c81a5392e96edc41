"""The end of a case: its pages looked at, every paper and the whole file kept, its limits told."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.vocabulary import STATES
from yekuo_desktop.office import history, printing
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.dossier_ports import Bound
from yekuo_desktop.office.practice.way import sit_down
from yekuo_desktop.ui.tour.album import Album
from yekuo_desktop.ui.tour.seat import Seat

Bind = Callable[[Desk, Session, str, Path], Bound]
"""Writes the whole file of a case as one PDF."""
TAKER = "xuemei"  # the archivist
MISSED = ("red", "missed")


def close(seat: Seat, album: Album, bind: Bind, case_id: str) -> dict[str, Any]:
    """Keep everything of a case; what the summary says of it."""
    case = seat.case(case_id)
    _pages(seat, album, case)
    papers = [_paper(seat, album, case, at) for at in range(len(case.papers))]
    album.step("单据逐张存成 PDF", f"{len(papers)} 张")
    bound = bind(seat.desk, sit_down(seat.desk, TAKER), case_id, album.path("卷宗.pdf"))
    album.papers.append(f"{album.section}/卷宗.pdf")
    album.step(
        "整卷合订为一个 PDF", f"{bound.pages} 页", ok=not bound.warnings, warnings=list(bound.warnings)
    )
    limits = _limits(seat.desk, case)
    missed = [f"{each['label']}({each['reason'] or '未说明原因'})" for each in limits if each["missed"]]
    album.step("时限", f"{len(limits)} 项" + (f",超时:{'、'.join(missed)}" if missed else ",全部按时"))
    album.step("业务状态", STATES[case.state], ok=case.state == "archived")
    return {
        "class": case.klass,
        "number": case.number,
        "state": case.state,
        "rules": case.rules,
        "records": len(case.records),
        "papers": papers,
        "dossier_pages": bound.pages,
        "limits": limits,
    }


def _pages(seat: Seat, album: Album, case: Case) -> None:
    """The inner pages of the finished case, one after the other."""
    seat.find(case)
    view = seat.view
    pages: dict[str, QWidget] = {
        "办理": view.tasks,
        "登记": view.record,
        "资料": view.materials,
        "附件": view.attachments,
        "单据": view.papers,
        "时限": view.limits,
        "历史": view.history,
    }
    for name, page in pages.items():
        view.pages.setCurrentWidget(page)
        seat.hands.settle()
        album.picture(f"whole-{name}", seat.window)


def _paper(seat: Seat, album: Album, case: Case, at: int) -> dict[str, Any]:
    paper = case.papers[at]
    drawn = printing.pdf(seat.desk, seat.window.session, case, [paper.sheet_no])
    file = album.paper(f"单据-{at + 1:02}-{paper.title}.pdf", drawn.pdf)
    return {"sheet": paper.sheet_no, "form": paper.form, "title": paper.title, "file": file}


def _limits(desk: Desk, case: Case) -> list[dict[str, Any]]:
    return [
        {
            "id": view.running.limit,
            "label": view.running.label,
            "due": view.running.due,
            "stopped": view.running.stopped,
            "missed": view.light in MISSED,
            "reason": view.overdue_reason,
        }
        for view in history.limits(desk, case)
    ]
