"""One customer of a class from the counter to the shelf, through the real window with real keys.

The household is driven by `yekuo tour` itself (test_tour.py). What a case has done once with keys is done by
the office when it comes again: the second opinion is typed like the first. Stages that are the same for both
kinds of high voltage are typed for one of them, so that the two together type all seven.
"""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from tests.practice_store import MOMENT, copied
from yekuo_desktop import bootstrap
from yekuo_desktop.cli.tour import bind
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.filing import evidence, filed_items
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.ui.tour.album import Album
from yekuo_desktop.ui.tour.drive import Drive
from yekuo_desktop.ui.tour.watch import Watch

FEWEST_SHEETS = 10  # of ours that the archive list of any class demands
EXPECTED: dict[str, dict[str, Any]] = {
    "lv_nonresident": {
        "left": (),
        "missed": [],
        "steps": ["更正记录,原值新值和原因都留下"],
        "twice": ["plan.drafted", "design.concluded", "completion.delivered"],
    },
    "hv_single": {
        "left": ("archive",),
        "missed": ["plan_reply"],
        "steps": [
            "拟定人不能审批自己的方案",
            "时限已过,说明原因后照常办理",
            "暂停办理,客户原因不计时",
            "恢复办理",
        ],
        "twice": ["devices.certified", "intermediate.inspected", "meter.checked"],
    },
    "hv_dual": {
        "left": ("design", "completion"),
        "missed": [],
        "steps": ["退回重办,原记录划去保留"],
        "twice": ["plan.drafted", "contractor.checked", "archive.checked"],
    },
}


@pytest.mark.parametrize("klass", EXPECTED)
def test_from_the_counter_to_the_shelf(
    klass: str, practice_made: Path, tmp_path: Path, qapp: QApplication
) -> None:
    store, out = copied(practice_made, tmp_path / "store"), tmp_path / "out"
    out.mkdir()
    watch = Watch(MOMENT + timedelta(minutes=30), bootstrap.load_reference())
    album = Album(out, bootstrap.write_file, lambda _line: None, pictures=False)
    drive = Drive(
        bootstrap.Opener(store, fixed=True), album, watch, bind, briefly=True, left=EXPECTED[klass]["left"]
    )
    summary = drive.run((klass,))
    steps = [step["name"] for step in summary["steps"]]
    assert summary["ok"], [step for step in summary["steps"] if not step["ok"]]
    assert set(EXPECTED[klass]["steps"]) <= set(steps)
    (told,) = summary["cases"]
    assert [limit["id"] for limit in told["limits"] if limit["missed"]] == EXPECTED[klass]["missed"]
    assert all(limit["reason"] for limit in told["limits"] if limit["missed"])
    assert all((out / paper["file"]).stat().st_size > 5_000 for paper in told["papers"])
    buttons = [step["button"] for step in summary["steps"] if "button" in step]
    assert set(buttons) == {"登记  F9", "登记并打印  F9"}
    desk = bootstrap.open_desk(str(store))
    try:
        look_at(desk, desk.store.find(told["number"]), EXPECTED[klass]["twice"])
    finally:
        desk.store.close()


def look_at(desk: Desk, case: Case | None, twice: list[str]) -> None:
    """The case on its shelf: the journal is whole, every paper of the archive list is there."""
    assert case is not None
    assert (case.state, case.stage) == ("archived", "archive")
    assert list(desk.store.verify()) == []
    kinds = [record.kind for record in case.records]
    assert all(kinds.count(kind) >= 2 for kind in twice), kinds
    listed = filed_items(case, desk.reference)
    required = [item for item in listed if item.required and item.form and not item.material]
    assert len(required) >= FEWEST_SHEETS
    issued = {paper.form for paper in case.papers}
    assert [item.label for item in required if item.form not in issued] == []
    assert [i.label for i in listed if i.required and not evidence(case, i, desk.reference).known] == []
