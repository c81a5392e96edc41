"""`yekuo tour` in a process of its own: a household from the counter to the shelf, and what is left of it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pypdf
import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of one drive."""
    folder = tmp_path_factory.mktemp("tour")
    words = ["tour", "--out", str(folder), "--case", "lv_resident"]
    command = [sys.executable, "-m", "yekuo_desktop", *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=500, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "✓ 正式受理并出工单" in done.stdout
    return folder


@pytest.fixture
def summary(out: Path) -> Any:
    return json.loads((out / "summary.json").read_text(encoding="utf-8"))


def text(path: Path) -> str:
    return "".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


def test_every_step_is_told(summary: Any) -> None:
    assert summary["ok"]
    assert [case["state"] for case in summary["cases"]] == ["archived"]
    told = [step["name"] for step in summary["steps"]]
    for name in ("身份证号错一位,栏旁指出", "稽查人员只看不办", "出具审查意见书", "竣工复验", "流水核对"):
        assert name in told


def test_every_picture_and_paper_is_there(out: Path, summary: Any) -> None:
    for picture in summary["screenshots"]:
        assert (out / picture).stat().st_size > 5_000
    papers = [out / paper["file"] for case in summary["cases"] for paper in case["papers"]]
    assert len(papers) > 20
    assert all(summary["number"] in text(paper) for paper in papers)


def test_the_work_order_shows_no_whole_identity_number(out: Path, summary: Any) -> None:
    order = pypdf.PdfReader(out / "work-order.pdf").pages[0].extract_text()
    assert summary["number"] in order
    assert "张秀英" in order
    assert "410122196603121029" not in order  # the project manager's sheet shows it masked


def test_the_whole_file_and_the_log(out: Path, summary: Any) -> None:
    dossier = pypdf.PdfReader(out / "lv_resident" / "卷宗.pdf")
    assert len(dossier.pages) == summary["cases"][0]["dossier_pages"]
    assert str(dossier.outline[0].title) == "封面"  # type: ignore[union-attr]
    assert "张秀英" in text(out / "business-log.pdf")
