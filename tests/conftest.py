"""What every test gets: no display, its own home, a clock that stands still, no thread or timer left over."""

import gc
import os
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import hypothesis
import keyring
import pytest
from keyring.backends.null import Keyring as NoKeyStore

from tests.practice_store import made_once, staff

# Before the first import of Qt: a plain `pytest` in a desktop session must not open windows there.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
# Fixtures of a whole module run before those of a test: no key store of this machine from here on.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
keyring.set_keyring(NoKeyStore())
# libcups remembers it from its first question on: nothing is printed on a printer of this machine.
os.environ["CUPS_SERVER"] = "/nowhere/cups.sock"

# How long an example takes says how busy the machine is, nothing else.
hypothesis.settings.register_profile(
    "patient", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("patient")

ROOT = Path(__file__).resolve().parent.parent
SOFT_LIMIT = 300
CHINA = timezone(timedelta(hours=8))
OPENED = datetime(2026, 3, 10, 9, 30, tzinfo=CHINA)
_left: set[str] = set()


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home, no key store: a test neither sees nor changes what belongs to whoever runs it."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(folder))
    for name in [name for name in os.environ if name.startswith(("XDG_", "YEKUO_"))]:
        monkeypatch.delenv(name)
    # For child processes, and for this one: keyring chose its backend when it was imported.
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    keyring.set_keyring(NoKeyStore())
    return folder


@pytest.fixture(scope="session")
def practice_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The practice county, made once a run; to be copied, not to be written into."""
    base = tmp_path_factory.getbasetemp()
    return made_once(base.parent if "PYTEST_XDIST_WORKER" in os.environ else base)


@pytest.fixture(scope="session")
def staffed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the practice county's people and no case; to be copied: a key takes long to make."""
    folder = tmp_path_factory.mktemp("staffed") / "store"
    staff(folder, lambda: OPENED)
    return folder


@dataclass
class FixedClock:
    """Callable like the real clock; moves only when told to."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **span: float) -> datetime:
        self.now += timedelta(**span)
        return self.now


@pytest.fixture
def clock() -> FixedClock:
    """A Tuesday morning in opening hours, without a holiday near."""
    return FixedClock(OPENED)


@pytest.fixture(autouse=True, scope="module")
def nothing_old_is_searched() -> None:
    """What was there before a module of tests (code, tables, examples) is put aside: the collector and
    ``_running_in_qt`` went through a gigabyte of it after every test, which took half of the time of all."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def no_widgets_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """The first test without a window takes apart, in this thread, what windows before it have left:
    the collector would do it where it happens to run next, perhaps in a thread of the centre, and that
    crashes."""
    if "qapp" in request.fixturenames:
        _left.add("widgets")
    elif _left:
        _left.clear()
        gc.collect()
    yield


@pytest.fixture(autouse=True)
def nothing_left_running(request: pytest.FixtureRequest) -> Iterator[None]:
    """What outlives its test fails it: in the program it would outlive its window."""
    threads = set(threading.enumerate())
    # Only a test of the window pays for the search; pytest-qt has closed its widgets when we look again.
    qt = "qapp" in request.fixturenames
    known = set(map(id, _running_in_qt())) if qt else set()
    yield
    left = [repr(thread) for thread in threading.enumerate() if thread not in threads and thread.is_alive()]
    if qt:
        left += [repr(thing) for thing in _running_in_qt() if id(thing) not in known]
    if left:
        pytest.fail(f"still running after the test: {', '.join(left)}")


def _running_in_qt() -> list[Any]:
    """Active timers and running threads that Python knows of."""
    core = sys.modules["PySide6.QtCore"]
    is_valid = sys.modules["shiboken6"].isValid
    # pytest-qt has closed the widgets of the test; this carries out their deletion, and that of their timers.
    core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete.value)
    kinds = (core.QTimer, core.QThread)
    found = [thing for thing in gc.get_objects() if issubclass(type(thing), kinds) and is_valid(thing)]
    main = core.QCoreApplication.instance().thread()
    return [
        thing
        for thing in found
        if (thing.isActive() if isinstance(thing, core.QTimer) else thing is not main and thing.isRunning())
    ]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Names what grows: soft limits are reported, hard ones fail in test_architecture.py."""
    lengths = {
        path: len(path.read_text(encoding="utf-8").splitlines())
        for folder in ("yekuo_desktop", "tests", "installer")
        for path in (ROOT / folder).rglob("*.py")
    }
    for path, length in sorted(lengths.items(), key=lambda item: -item[1]):
        if length > SOFT_LIMIT:
            terminalreporter.write_line(f"over {SOFT_LIMIT} lines: {path.relative_to(ROOT)} ({length})")
