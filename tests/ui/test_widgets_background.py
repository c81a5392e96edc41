"""Work behind the window: order, owners, errors, cancelling, and what shutting down finishes."""

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from yekuo_desktop.ui.background import Background, Cancelled, Progress

MINUTE = 60_000


@pytest.fixture
def lanes(qtbot: QtBot) -> Iterator[Background]:
    """Fresh lanes, shut down afterwards."""
    made = Background()
    yield made
    made.shutdown()


def test_the_store_lane_keeps_the_order_in_one_thread(qtbot: QtBot, lanes: Background) -> None:
    seen: list[tuple[int, int]] = []
    for at in range(50):
        lanes.run(lambda n=at: (n, threading.get_ident()), seen.append)
    with qtbot.waitSignal(lanes.settled, timeout=MINUTE):
        pass
    assert [n for n, _ in seen] == list(range(50))
    assert len({thread for _, thread in seen}) == 1
    assert seen[0][1] != threading.get_ident()


def test_callbacks_run_in_the_thread_of_the_window(qtbot: QtBot, lanes: Background) -> None:
    threads: list[int] = []
    lanes.files(lambda: None, lambda _done: threads.append(threading.get_ident()))
    qtbot.waitUntil(lambda: bool(threads), timeout=MINUTE)
    assert threads == [threading.get_ident()]


def test_a_dead_owner_gets_nothing_but_its_commit_is_announced(qtbot: QtBot, lanes: Background) -> None:
    owner, go, got = QObject(), threading.Event(), []

    def work() -> str:
        go.wait(60)
        return "case-1"

    lanes.run(work, got.append, None, owner, changed=lambda case: (("case.noted",), (case,)))
    owner.deleteLater()
    with qtbot.waitSignal(owner.destroyed, timeout=MINUTE):
        pass
    with qtbot.waitSignal(lanes.committed, timeout=MINUTE) as told:
        go.set()
    assert told.args == [("case.noted",), ("case-1",)]
    assert got == []


def test_an_error_goes_to_who_asked(qtbot: QtBot, lanes: Background) -> None:
    errors: list[Exception] = []

    def work() -> None:
        raise OSError("disk full")

    lanes.run(work, None, errors.append)
    qtbot.waitUntil(lambda: bool(errors), timeout=MINUTE)
    assert str(errors[0]) == "disk full"


def test_an_error_nobody_takes_is_reported(qtbot: QtBot, lanes: Background) -> None:
    def work() -> None:
        raise OSError("disk full")

    with qtbot.waitSignal(lanes.crashed, timeout=MINUTE) as told:
        lanes.run(work)
    assert isinstance(told.args[0], OSError)


def test_long_work_tells_how_far_it_is(qtbot: QtBot, lanes: Background) -> None:
    steps: list[tuple[int, int]] = []
    lanes.progressed.connect(lambda _job, done, total, _words: steps.append((done, total)))

    def work(progress: Progress) -> str:
        for at in range(3):
            progress(at, 3)
        return "done"

    results: list[str] = []
    with qtbot.waitSignals([lanes.started, lanes.ended], timeout=MINUTE):
        lanes.job("导出", work, results.append)
    assert results == ["done"]
    assert steps == [(0, 3), (1, 3), (2, 3)]


def test_long_work_can_be_stopped(qtbot: QtBot, lanes: Background) -> None:
    under_way, errors = threading.Event(), []

    def work(progress: Progress) -> None:
        while True:
            progress(0, 0)
            under_way.set()

    job = lanes.job("导出", work, None, errors.append)
    assert under_way.wait(60)
    lanes.cancel(job.number)
    qtbot.waitUntil(lambda: bool(errors), timeout=MINUTE)
    assert isinstance(errors[0], Cancelled)


def test_queued_writes_finish_when_the_window_closes(qtbot: QtBot) -> None:
    lanes, go, written = Background(), threading.Event(), []
    lanes.run(lambda: go.wait(60))
    for at in range(10):
        lanes.run(lambda n=at: written.append(n))
    go.set()
    lanes.shutdown()
    assert written == list(range(10))
    lanes.run(lambda: written.append(99))  # too late: nothing happens
    assert written == list(range(10))
    assert not lanes.busy


def test_garbage_is_collected_in_the_thread_of_the_window_only(qtbot: QtBot, lanes: Background) -> None:
    swept: list[int] = []

    def note(_phase: str, _info: object) -> None:
        swept.append(threading.get_ident())

    def litter() -> None:
        for _ in range(20_000):
            ring: list[object] = []
            ring.append(ring)

    gc.callbacks.append(note)
    try:
        for where in (lanes.run, lanes.files):
            with qtbot.waitSignal(lanes.settled, timeout=MINUTE):
                where(litter)
        qtbot.waitUntil(lambda: bool(swept), timeout=MINUTE)
    finally:
        gc.callbacks.remove(note)
    assert set(swept) == {threading.get_ident()}
    lanes.shutdown()
    assert gc.isenabled()


def test_what_work_holds_is_let_go_by_the_window(qtbot: QtBot, lanes: Background) -> None:
    gone: list[int] = []

    class Held:
        def __del__(self) -> None:
            gone.append(threading.get_ident())

    held = Held()
    lanes.run(lambda kept=held: None)
    del held
    qtbot.waitUntil(lambda: bool(gone), timeout=MINUTE)
    assert gone == [threading.get_ident()]


def test_the_collector_rests_until_the_last_window_is_gone(qtbot: QtBot) -> None:
    first, second = Background(), Background()
    first.shutdown()
    assert not gc.isenabled()
    gc.enable()  # as work does that had put it to rest before the window came
    second._sweeper.sweep()
    assert not gc.isenabled()
    second.shutdown()
    second.shutdown()
    assert gc.isenabled()
