"""``yekuo server`` as an operator meets it: the first start, codes, devices, what waits, the end."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.server.test_held import note, register
from yekuo_desktop.cli import main

LISTENS = re.compile(r"running on (https?://\S+)")


@contextmanager
def running(folder: Path, *words: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A process of the centre, on a port the system chose."""
    command = [sys.executable, "-m", "yekuo_desktop", "server", "--data", str(folder)]
    process = subprocess.Popen(
        [*command, "--host", "127.0.0.1", "--port", "0", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert process.stderr is not None
    try:
        for line in process.stderr:
            if found := LISTENS.search(line):
                break
        else:
            pytest.fail(process.communicate()[0])
        yield found[1], process
    finally:
        process.kill()
        process.communicate()


@pytest.fixture
def say(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """A command of the operator: what it prints as JSON, or what it complains of."""

    def ask(*words: str, expect: int = 0) -> Any:
        capsys.readouterr()
        code = main(["server", *words, "--data", str(tmp_path / "centre"), "--json"])
        out, err = capsys.readouterr()
        assert code == expect, err
        return json.loads(out) if out else err

    return ask


def test_the_first_start_says_what_comes_next_and_a_signal_ends_it(tmp_path: Path, say: Any) -> None:
    folder = tmp_path / "centre"
    with running(folder, "--county", "示例县供电公司", "--station", "HK:河口供电所") as (address, process):
        assert httpx.get(f"{address}/health", trust_env=False).json() == {"ok": True}
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=30)
    assert process.returncode == 0, err
    assert re.search(r"[A-Z2-7]{8}(-[A-Z2-9]{5}){4}\n", out)
    assert "下一步" in out
    assert out.endswith("中心已停止。\n")
    assert (folder / "centre.key").stat().st_mode & 0o077 == 0
    assert say("verify") == {"ok": True, "faults": []}
    with running(folder) as (_, process):
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=30)
    assert "登记码" not in out


def test_an_operator_needs_a_centre_first(say: Any) -> None:
    assert "请先运行一次 yekuo server" in say("code", "--station", "HK", expect=3)


def test_codes_stations_and_devices(tmp_path: Path, say: Any) -> None:
    with running(tmp_path / "centre", "--station", "HK:河口供电所") as (_, process):
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)
    assert "没有供电所 LW" in say("code", "--station", "LW", expect=3)
    assert say("station", "LW:柳湾供电所") == {"code": "LW", "name": "柳湾供电所"}
    assert say("code", "--station", "LW", "--person", "admin")["code"].count("-") == 4
    assert "没有人员" in say("code", "--station", "LW", "--person", "nobody", expect=3)
    assert say("code", "--adopt")["code"].startswith("NEW-")
    assert say("devices") == []
    assert "没有设备 x" in say("devices", "x", "--revoke", expect=3)
    assert say("held") == []
    assert "理由" in say("held", "x", "--release", expect=3)
    assert "没有暂存" in say("held", "x", "--release", "--reason", "核实", expect=3)
    assert say("epoch", "--reason", "由昨天的备份恢复")["epoch"]
    assert say("rebuild") == {"cases": 0}
    assert say("verify")["ok"]


def test_a_database_that_is_away_is_named_without_its_password(say: Any) -> None:
    said = say("verify", "--database", "postgresql://me:secret@127.0.0.1:1/x", expect=3)
    assert "打不开数据库 postgresql://…@127.0.0.1:1/x" in said
    assert "secret" not in said


def test_an_operator_decides_what_waits(tmp_path: Path, say: Any, site_in: Any) -> None:
    site = site_in(tmp_path / "centre")
    one = site.machine()
    case_id = register(one)
    note(one, case_id, by="nobody")
    one.push()
    (waiting,) = say("held")
    assert (waiting["code"], waiting["n"]) == ("person", "2")
    assert say("held", waiting["id"], "--refuse", "--reason", "查无此人") == []
    one.contact()
    assert [row.verdict for row, _ in one.of(f"case:{case_id}")] == ["applied", "held", "refused"]
    (line,) = say("devices", one.device, "--revoke")
    assert (line["state"], line["station"]) == ("revoked", "HK")
    assert one.hello().state == "revoked"
    say("devices", one.device, "--restore", "--scope", "all")
    assert set(one.hello().streams) == {"office", "station:HK", "station:LW"}
    site.close()
