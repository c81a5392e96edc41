"""Imports that are put off: nothing runs before it is asked for, and then once."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

import yekuo_desktop
from yekuo_desktop.runtime.later import later, read, unread

BODY = """
import sys
sys.modules["yekuo_desktop"].read_so_often += 1
from yekuo_desktop import tried_second
class Thing:
    same = sys.modules[__name__]
VALUE = tried_second.VALUE + 1
"""


@pytest.fixture
def modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Two modules of ours, the first of which uses the second."""
    (tmp_path / "tried_first.py").write_text(BODY, encoding="utf-8")
    (tmp_path / "tried_second.py").write_text("VALUE = 1\n", encoding="utf-8")
    (tmp_path / "tried_broken.py").write_text("1 / 0\n", encoding="utf-8")
    monkeypatch.setattr(yekuo_desktop, "__path__", [*yekuo_desktop.__path__, str(tmp_path)])
    monkeypatch.setattr(yekuo_desktop, "read_so_often", 0, raising=False)
    yield
    for name in ("tried_first", "tried_second", "tried_broken"):
        sys.modules.pop(f"yekuo_desktop.{name}", None)
        vars(yekuo_desktop).pop(name, None)


def put_off(name: str) -> object:
    with later():
        return import_module(f"yekuo_desktop.{name}")


@pytest.mark.usefixtures("modules")
def test_the_code_runs_when_something_is_asked_for() -> None:
    first = put_off("tried_first")
    assert yekuo_desktop.read_so_often == 0
    assert import_module("yekuo_desktop.tried_first") is first
    assert yekuo_desktop.read_so_often == 0
    assert first.VALUE == 2
    assert first.Thing.same is first
    assert (first.VALUE, yekuo_desktop.read_so_often) == (2, 1)


@pytest.mark.usefixtures("modules")
def test_many_threads_read_it_once_and_whole() -> None:
    first = put_off("tried_first")
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _: first.VALUE, range(64)))
    assert (found, yekuo_desktop.read_so_often) == ({2}, 1)


@pytest.mark.usefixtures("modules")
def test_a_broken_module_says_so_every_time() -> None:
    broken = put_off("tried_broken")
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            _ = broken.VALUE


@pytest.mark.usefixtures("modules")
def test_outside_the_block_an_import_is_an_import() -> None:
    put_off("tried_second")
    import_module("yekuo_desktop.tried_first")
    assert yekuo_desktop.read_so_often == 1


@pytest.mark.usefixtures("modules")
def test_what_was_put_off_can_be_read_in_quiet() -> None:
    put_off("tried_second")
    assert unread("yekuo_desktop.tried_") == ("yekuo_desktop.tried_second",)
    read("yekuo_desktop.tried_second")
    read("yekuo_desktop.tried_second")
    assert unread("yekuo_desktop.tried_") == ()
    assert type(sys.modules["yekuo_desktop.tried_second"]) is ModuleType


def test_other_packages_are_not_put_off() -> None:
    code = (
        "import sys; from yekuo_desktop.runtime.later import later\n"
        "with later():\n    import colorsys\nprint(type(sys.modules['colorsys']).__name__)"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "module"
