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

from tests.office.conftest import CHEAP, RESIDENT, seen
from yekuo_desktop import bootstrap
from yekuo_desktop.domain.people import Person
from yekuo_desktop.office import accepting, attaching, printing
from yekuo_desktop.office.ports import Identity
from yekuo_desktop.office.practice.county import FOUNDING, PASSWORD, STAFF
from yekuo_desktop.office.practice.way import sit_down
from yekuo_desktop.office.setting_up import found
from yekuo_desktop.runtime import clock

ROOT = Path(__file__).resolve().parents[2]
SHEETS, SCANS = 60, 40
MEGABYTES = 2
FORM = "acceptance_receipt"
CHILD = """
import json, re, sys, time
from pathlib import Path
from yekuo_desktop import bootstrap
from yekuo_desktop.office.dossier import build
from yekuo_desktop.office.practice.way import sit_down
from yekuo_desktop.paper.dossier import Bindery
from yekuo_desktop.runtime.paths import RESOURCES
def high():
    # not getrusage: that keeps the peak of the process that started this one
    return int(re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024
desk = bootstrap.open_desk(sys.argv[1])
case = desk.store.find(sys.argv[2])
before = high()
began = time.perf_counter()
clerk, bindery = sit_down(desk, "wangli"), Bindery(RESOURCES)
with Path(sys.argv[3]).open("wb") as out:
    bound = build(desk, clerk, bindery, case.id, out, lambda done, total, text="": None)
seconds = time.perf_counter() - began
warnings = list(bound.warnings)
found = {"pages": bound.pages, "warnings": warnings, "before": before, "peak": high(), "seconds": seconds}
print(json.dumps(found))
"""


def scan(kind: str) -> bytes:
    """A scan of about two megabytes: A4 at 200 dpi full of grain, as a cheap scanner makes it."""
    grain = Image.effect_noise((1654, 2339) if kind == "JPEG" else (1300, 1600), 60)
    out = BytesIO()
    grain.convert("RGB" if kind == "JPEG" else "L").save(out, kind, quality=88)
    return out.getvalue()


def fill(folder: Path, sheets: int, scans: int) -> str:
    """A store with one case of so many sheets and files; its number."""
    who = Identity(org="org", station="HK", terminal="HK01", device="d", incarnation="life", practice=True)
    desk = bootstrap.new_desk(folder, who, clock.now, CHEAP)
    try:
        people = (
            (Person(id=login, login=login, name=name, roles=roles, station="HK", areas=areas), PASSWORD)
            for login, name, roles, areas in STAFF
        )
        found(desk, FOUNDING, tuple(people))
        clerk = sit_down(desk, "wangli")
        case = accepting.accept(desk, clerk, RESIDENT, seen(desk, RESIDENT), "liming", papers=True).case
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
    measured: dict[str, Any] = json.loads(done.stdout)
    return measured


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
        result, size = measure(folder, number), (folder / "dossier.pdf").stat().st_size
        floor = bare(SCANS)
    what = f"dossier of {SHEETS} sheets and {SCANS} scans of {MEGABYTES} MB ({size / 2**20:.0f} MB)"
    return [
        {
            "what": what,
            "value": result["seconds"],
            "unit": "s",
            "yardstick": f"Pillow alone: {floor:.3g} s",
            "ratio": result["seconds"] / floor,
            "must": "",
            "stretch": "",
        },
        {
            "what": f"{what}, peak memory",
            "value": result["peak"],
            "unit": "MB",
            "yardstick": "",
            "ratio": "",
            "must": "≤ 300 MB",
            "stretch": "",
        },
    ]
