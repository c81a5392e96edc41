"""The window at the largest text size: what must fit on a small screen must fit there, too."""

from PySide6.QtCore import Qt

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.vocabulary import STAGES
from yekuo_desktop.office import tasks
from yekuo_desktop.office.filters import Filter
from yekuo_desktop.office.practice.way import sit_down
from yekuo_desktop.ui.case.tasks.standing import next_task
from yekuo_desktop.ui.settings import read_settings, save_settings
from yekuo_desktop.ui.theme import install
from yekuo_desktop.ui.tour.album import Album
from yekuo_desktop.ui.tour.counter import CLERK
from yekuo_desktop.ui.tour.hands import Stuck
from yekuo_desktop.ui.tour.seat import Seat

LARGE, USUAL = 150, 100  # percent
LOOKED_AT = ("survey", "completion")


def look_closely(seat: Seat, album: Album) -> None:
    """Two stages at the largest size: the tasks of a case that waits there, and the form of the next one."""
    _sized(seat, LARGE)
    try:
        for stage in LOOKED_AT:
            case = _waiting(seat, stage)
            seat.sit_down(_manager(seat, case))
            seat.find(case)
            album.picture(f"{stage}-{LARGE}%-事项", seat.window)
            seat.hands.press(Qt.Key.Key_F9)
            album.picture(f"{stage}-{LARGE}%-登记", seat.window)
            album.step(f"{STAGES[stage]},字号 {LARGE}%", case.number, ok=seat.view.tasks.form is not None)
            seat.hands.press(Qt.Key.Key_Escape)
    finally:
        _sized(seat, USUAL)


def _sized(seat: Seat, percent: int) -> None:
    """As after the next sign-in with that size set."""
    store = seat.desk.store
    save_settings(store, read_settings(store)._replace(scale=percent))
    install(seat.app, scale=percent / 100)
    seat.sit_down(CLERK, anew=True)


def _waiting(seat: Seat, stage: str) -> Case:
    """A case in that stage whose project manager does what comes next."""
    rows = seat.desk.store.queue(Filter(stage=stage, states=("open",)), seat.desk.clock(), limit=50)
    for row in rows:
        case = seat.case(row.case.id)
        session = sit_down(seat.desk, _manager(seat, case))
        following = next_task(tasks.tasks(seat.desk, session, case, stage), stage)
        if following is not None and following.possible:
            return case
    raise Stuck(f"“{STAGES[stage]}”没有项目经理在办的业务")


def _manager(seat: Seat, case: Case) -> str:
    return seat.desk.store.organisation().people[case.project_manager].login
