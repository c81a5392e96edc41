"""``yekuo dossier`` on a case that somebody has just accepted."""

import json
from pathlib import Path

import pypdf
import pytest

from tests.bench.bench_dossier import fill
from yekuo_desktop.cli import main
from yekuo_desktop.office.practice.county import PASSWORD


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """A store with one case of five sheets and two scans, and its number."""
    monkeypatch.setenv("YEKUO_PASSWORD", PASSWORD)
    return str(tmp_path / "store"), fill(tmp_path / "store", sheets=5, scans=2)


def test_one_command_gives_the_whole_file(
    store: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, number = store
    out = tmp_path / "卷宗.pdf"
    words = ["dossier", number, "--out", str(out), "--as", "wangli", "--data", folder]
    assert main(words) == 0
    assert capsys.readouterr().out == f"卷宗 {number},9 页 → {out}\n"
    assert len(pypdf.PdfReader(out).pages) == 9
    assert main([*words, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["pages"] == 9


@pytest.mark.parametrize(
    ("number", "login", "said"),
    [("没有", "wangli", "没有编号"), ("", "duwei", "合订卷宗由营业员")],
)
def test_what_cannot_be_taken_leaves_no_file(
    store: tuple[str, str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    number: str,
    login: str,
    said: str,
) -> None:
    folder, known = store
    out = tmp_path / "卷宗.pdf"
    out.write_bytes(b"what was there before")
    assert main(["dossier", number or known, "--out", str(out), "--as", login, "--data", folder]) == 1
    assert said in capsys.readouterr().err
    assert out.read_bytes() == b"what was there before"
    assert list(tmp_path.glob("*.new")) == []
