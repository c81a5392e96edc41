"""``yekuo backup``, ``backups``, ``restore``: what a person or a script sees, and the exit codes."""

import json
from pathlib import Path

import pytest

from yekuo_desktop.cli import BROKEN, OK, REFUSED, USAGE, main
from yekuo_desktop.runtime.claim import Claim


def said(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_backup_backups_and_restore(
    practice: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    assert main(["backups", "--data", practice]) == REFUSED
    assert "还没有备份" in capsys.readouterr().out
    assert main(["backup", "--data", practice, "--to", str(stick), "--json"]) == OK
    made = said(capsys)
    assert (made["good"], made["place"]) == (True, str(stick))
    (sent,) = stick.rglob("*.yekuo-backup")
    assert sent.read_bytes() == Path(str(made["path"])).read_bytes()
    assert main(["backups", "--data", practice, "--json"]) == OK
    assert [each["path"] for each in json.loads(capsys.readouterr().out)] == [made["path"]]
    assert main(["backups", "--in", str(sent.parent)]) == OK
    assert "完好" in capsys.readouterr().out
    monkeypatch.setenv("YEKUO_PASSWORD", "yekuo-2026")
    monkeypatch.setenv("YEKUO_NEW_PASSWORD", "yekuo-2027")
    added = ["people", "--data", practice, "--as", "admin", "--add", "zhao:赵六", "--role", "clerk"]
    assert main(added) == OK
    capsys.readouterr()
    assert main(["restore", str(sent), "--data", practice, "--preview"]) == REFUSED
    assert "1 条只在本机" in capsys.readouterr().out
    assert main(["restore", str(sent), "--data", practice, "--preview", "--json"]) == REFUSED
    assert said(capsys)["lost"] == 1
    window = Claim(practice)
    assert window.take()
    assert main(["restore", str(sent.parent), "--data", practice, "--yes"]) == USAGE
    assert "先关闭窗口" in capsys.readouterr().err
    window.release()
    assert main(["restore", str(sent.parent), "--data", practice, "--yes", "--json"]) == OK
    restored = said(capsys)
    assert restored["faults"] == []
    assert (Path(str(restored["set_aside"])) / "yekuo.db").exists()
    assert main(["verify", "--data", practice]) == OK
    assert main(["restore", str(tmp_path / "none"), "--data", practice, "--preview"]) == BROKEN
    assert "读不出" in capsys.readouterr().err
