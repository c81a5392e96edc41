"""Programs beside the user's data: bounded unpacking, and the end of a trial."""

import zipfile
from pathlib import Path

import pytest

from yekuo_desktop import __version__
from yekuo_desktop.bootstrap import Opener
from yekuo_desktop.domain.act import Refused
from yekuo_desktop.domain.releases import Part
from yekuo_desktop.runtime import launching
from yekuo_desktop.runtime.launching import Pointer
from yekuo_desktop.store import programs


def test_no_more_is_written_of_a_file_than_it_is_said_to_be(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb", "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("program/yekuo", bytes(50_000_000))
    with zipfile.ZipFile(tmp_path / "bomb") as package, pytest.raises(Refused, match="不一致"):
        programs._unpack_one(package, "yekuo", Part(10, "0" * 64), tmp_path / "yekuo")
    assert (tmp_path / "yekuo").stat().st_size <= 10


def test_a_window_that_stands_ends_the_trial_of_its_own_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    home = tmp_path / "yekuo" / "program"
    home.mkdir(parents=True)
    opener = Opener(tmp_path / "store", fixed=True)
    for version, good in (("9.0.0", False), (__version__, True)):
        launching.write(home, Pointer(version, tries=1))
        opener.stood()
        assert launching.read(home).good is good
