"""One process has a folder, and another one's claim on it fails for as long as it lives."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from yekuo_desktop.runtime.claim import Claim

HOLD = """
import sys
from yekuo_desktop.runtime.claim import Claim
claim = Claim(sys.argv[1])
print(claim.take(), flush=True)
sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def _aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    yield


def test_two_folders_are_two_claims_and_one_folder_is_one(tmp_path: Path) -> None:
    one, other, again = (Claim(str(tmp_path / name)) for name in ("a", "b", "a"))
    assert one.take()
    assert one.take()  # ours already
    assert other.take()
    assert one.name == again.name != other.name
    assert not again.take()
    one.release()
    assert again.take()
    again.release()
    other.release()


def test_a_process_that_is_killed_leaves_nothing_claimed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    folder = str(tmp_path / "store")
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "True\n"
        assert not Claim(folder).take()
        process.kill()
        process.wait()
    mine = Claim(folder)
    assert mine.take()
    mine.release()


def test_where_nothing_can_be_locked_nobody_is_kept_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    one, other = Claim("a"), Claim("a")
    assert one.take()
    assert other.take()
    one.release()
    other.release()
