"""The main job through the real window, as `yekuo tour` drives it, in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path

import pypdf

ROOT = Path(__file__).resolve().parents[2]


def test_an_application_reaches_its_project_manager(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "yekuo_desktop", "tour", "--out", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    summary = json.loads((tmp_path / "summary.json").read_text(encoding="utf-8"))
    assert summary["ok"]
    assert len(summary["steps"]) >= 9
    for picture in summary["screenshots"]:
        assert (tmp_path / picture).stat().st_size > 5_000
    order = pypdf.PdfReader(tmp_path / "work-order.pdf").pages[0].extract_text()
    assert summary["number"] in order
    assert "张秀英" in order
    assert "410122196603121029" not in order  # the project manager's sheet shows it masked
    log = "".join(page.extract_text() for page in pypdf.PdfReader(tmp_path / "business-log.pdf").pages)
    assert summary["number"] in log
