"""The dossier of a case with 60 sheets and 40 scans of 2 MB: seconds, and peak memory in its own process.

The yardstick is the same pictures put on pages by Pillow alone, one PDF page a picture.
"""

import json
import subprocess
import sys
import tempfile
import time
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from tests.office.conftest import RESIDENT, seen
from yekuo_desktop import bootstrap
from yekuo_desktop.office import accepting, attaching, printing
from yekuo_desktop.office.practice_way import sit_down

ROOT = Path(__file__).resolve().parents[2]
SHEETS, SCANS = 60, 40
MEGABYTES = 2
FORM = "acceptance_receipt"
CHILD = """
import json, resource, sys, time
from pathlib import Path
from yekuo_desktop import bootstrap
from yekuo_desktop.office.dossier import build
from yekuo_desktop.office.practice_way import sit_down
from yekuo_desktop.paper.dossier import Bindery
desk = bootstrap.open_desk(sys.argv[1])
case = desk.store.find(sys.argv[2])
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
began = time.perf_counter()
clerk, bindery = sit_down(desk, "wangli"), Bindery(bootstrap.RESOURCES)
with Path(sys.argv[3]).open("wb") as out:
    bound = build(desk, clerk, bindery, case.id, out, lambda done, total, text="": None)
seconds = time.perf_counter() - began
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
found = {"pages": bound.pages, "warnings": bound.warnings, "before": before, "peak": peak, "seconds": seconds}
print(json.dumps(found))
"""


def scan(kind: str) -> bytes:
    """A scan of about two megabytes: A4 at 200 dpi full of grain, as a cheap scanner makes it."""
    grain = Image.effect_noise((1654, 2339) if kind == "JPEG" else (1300, 1600), 60)
    out = BytesIO()
    grain.convert("RGB" if kind == "JPEG" else "L").save(out, kind, quality=88)
    return out.getvalue()


def fill(folder: Path, sheets: int, scans: int) -> str:
    """A practice store with one case of so many sheets and files; its number."""
    bootstrap.create_practice(folder)
    desk = bootstrap.open_desk(str(folder))
    try:
        clerk = sit_down(desk, "wangli")
        manager = next(p.id for p in desk.store.organisation().people.values() if p.login == "liming")
        case = accepting.accept(desk, clerk, RESIDENT, seen(desk, RESIDENT), manager, papers=True).case
        for _ in range(sheets - len(case.papers)):
            printing.issue(desk, clerk, case.id, FORM)
        for at in range(scans):
            kind = "PNG" if at % 4 == 3 else "JPEG"
            name = f"扫描件{at + 1:02}.{kind.lower()}"
            attaching.attach(desk, clerk, case.id, name, scan(kind), f"image/{kind.lower()}")
        return case.number
    finally:
        desk.store.close()


def measure(folder: Path, number: str) -> dict[str, Any]:
    """One dossier built in a process of its own: pages, warnings, seconds, peak in MB."""
    command = [sys.executable, "-c", CHILD, str(folder), number, str(folder / "dossier.pdf")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def bare(scans: int) -> float:
    """Seconds Pillow takes for the same pictures."""
    pictures = [scan("JPEG") for _ in range(scans)]
    began = time.perf_counter()
    for content in pictures:
        Image.open(BytesIO(content)).save(BytesIO(), "PDF")
    return time.perf_counter() - began


def run() -> list[dict[str, Any]]:
    """Seconds and megabytes."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "store"
        number = fill(folder, SHEETS, SCANS)
        found, size = measure(folder, number), (folder / "dossier.pdf").stat().st_size
        floor = bare(SCANS)
    what = f"dossier of {SHEETS} sheets and {SCANS} scans of {MEGABYTES} MB ({size / 2**20:.0f} MB)"
    return [
        {
            "what": what,
            "value": found["seconds"],
            "unit": "s",
            "yardstick": f"Pillow alone: {floor:.3g} s",
            "ratio": found["seconds"] / floor,
            "must": "",
            "stretch": "",
        },
        {
            "what": f"{what}, peak memory",
            "value": found["peak"],
            "unit": "MB",
            "yardstick": "",
            "ratio": "",
            "must": "≤ 300 MB",
            "stretch": "",
        },
    ]
