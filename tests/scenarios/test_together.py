"""The counter and the project manager's machine, with a real centre between them that goes and comes."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.practice_store import MOMENT, copied
from yekuo_desktop import bootstrap
from yekuo_desktop.cli.tour_centre import TourCentre
from yekuo_desktop.ui.tour.album import Album
from yekuo_desktop.ui.tour.together import Together
from yekuo_desktop.ui.tour.watch import Watch


def test_accepted_without_a_line_printed_there_changed_on_both_sides(
    practice_made: Path, tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    store, out = copied(practice_made, tmp_path / "store"), tmp_path / "out"
    out.mkdir()
    album = Album(out, bootstrap.write_file, lambda _line: None, pictures=False)
    watch = Watch(MOMENT + timedelta(minutes=30), bootstrap.load_reference())
    opener = bootstrap.Opener(store, fixed=True)
    together = Together(opener, TourCentre(tmp_path, store), album, watch)
    try:
        together.go()
    finally:
        together.stop()
    assert [step["name"] for step in album.steps if not step["ok"]] == []
    assert [step["name"] for step in album.steps][-5:] == [
        "项目经理处打印同一张工单",
        "异地签收,营业厅的时限停止",
        "断网时两处改了同一栏",
        "冲突写明理由后处理,两处一致",
        "营业厅、项目经理和中心的流水核对",
    ]
    assert album.steps[-2]["note"] in {"13803710021", "13803710022"}
