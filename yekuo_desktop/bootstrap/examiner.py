"""Looking at an open store and at its machine: what the self-test says is found here, and what may be sent to
support."""

import json
import os
import platform
import shutil
import zipfile
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from msgspec.structs import replace

from yekuo_desktop import __version__
from yekuo_desktop.office.backup_ports import Kept
from yekuo_desktop.office.ports import Clock, StoreTrouble
from yekuo_desktop.office.print_ports import Spooler, SpoolerTrouble
from yekuo_desktop.office.repairing import covered_findings, covered_log
from yekuo_desktop.office.self_test import signal_of
from yekuo_desktop.office.self_test_ports import Facts, Finding
from yekuo_desktop.runtime.paths import RESOURCES, machine_id
from yekuo_desktop.store import backup, backup_files, backup_place, repair, tables
from yekuo_desktop.store.backup_files import FOLDER
from yekuo_desktop.store.errors import suspect
from yekuo_desktop.store.keys import KeyRing
from yekuo_desktop.store.marker import written_durably
from yekuo_desktop.store.store import LocalStore

UNFINISHED = "store.unfinished"  # setting: the last save before the last start was cut off
FONTS = (
    *("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf"),
    *("NotoSerifSC-Regular.ttf", "YekuoRare-Regular.ttf"),
)
TRUETYPE = (b"\x00\x01\x00\x00", b"true")
LIBRARIES = (("Qt", "PySide6-Essentials"), ("SQLCipher", "sqlcipher3"), ("reportlab", "reportlab"))


def facts_of_machine(folder: Path, now: Clock, years: tuple[int, ...] = ()) -> Facts:
    """What can be said without the store; ``years``: of the calendar the program brings."""
    there = folder if folder.is_dir() else folder.parent
    return Facts(
        now=now(),
        backup=backup.read_state(folder / FOLDER),
        years=years,
        free=shutil.disk_usage(there).free if there.is_dir() else None,
        fonts_missing=missing_fonts(RESOURCES / "fonts"),
        versions=versions(),
    )


def facts_of_store(facts: Facts, store: LocalStore) -> Facts:
    """And what an open store says."""
    sight = store.sight()
    contact = store.centre.contact() if store.centre.centre() else None
    kept: Kept = replace(facts.backup, place=store.setting(backup_place.PLACE))
    return replace(
        facts,
        practice=store.identity.practice,
        entries=sight.entries,
        cases=sight.cases,
        last_written=sight.last_written,
        years=store.published.reference.calendar.years,
        backup=kept,
        unfinished=bool(store.setting(UNFINISHED)),
        drift=contact.drift if contact and contact.met else None,
        met=contact.met if contact else None,
    )


def facts_of_printers(facts: Facts, spooler: Spooler) -> Facts:
    """And the print system."""
    try:
        printers = spooler.printers() if spooler.present() else ()
        return replace(facts, printers=tuple(printer.name for printer in printers))
    except SpoolerTrouble as trouble:
        return replace(facts, printers=(), printer_trouble=str(trouble))


def missing_fonts(folder: Path) -> tuple[str, ...]:
    """Fonts of ours that are not there, or are none."""
    return tuple(name for name in FONTS if not _is_font(folder / name))


def _is_font(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(4) in TRUETYPE
    except OSError:
        return False


def versions() -> tuple[tuple[str, str], ...]:
    """Of the program, the shape of its store, and what it rests on."""
    return (
        ("业扩报装", __version__),
        ("数据格式", str(tables.VERSION)),
        *((name, found) for name, package in LIBRARIES if (found := _version(package))),
        ("Python", platform.python_version()),
        ("系统", f"{platform.system()} {platform.release()} {platform.machine()}"),
    )


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:  # bundled without its metadata
        return ""


def bundle(folder: Path, found: Sequence[Finding], path: Path) -> None:
    """What support needs, in one archive: how things are, versions, shape and counts of the store, which
    settings there are, the covered logs. Nothing about anybody. Raises ``StoreTrouble``."""
    parts = {
        "self_test.json": json.dumps(covered_findings(tuple(found)), ensure_ascii=False, indent=1),
        "versions.json": json.dumps(dict(versions()), ensure_ascii=False, indent=1),
        "files.json": json.dumps(_files(folder), indent=1),
        "store.json": json.dumps(_shape(folder), ensure_ascii=False, indent=1),
    }
    for log in sorted((folder / "log").glob("yekuo.log*")):
        parts[f"log/{log.name}"] = covered_log(log.read_text(encoding="utf-8", errors="replace"))
    try:
        with written_durably(path) as out, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in parts.items():
                archive.writestr(name, text)
    except OSError as error:
        raise StoreTrouble(f"资料包写不了({path}):{error.strerror}") from error


def _files(folder: Path) -> dict[str, int]:
    """Names of our own files and their sizes; how many attachments."""
    named = {path.name: path.stat().st_size for path in folder.glob("*") if path.is_file()}
    ours = {name: size for name, size in named.items() if name.startswith(("yekuo.", "store."))}
    blobs = list(backup_files.blob_files(folder / "blobs"))
    return ours | {"blobs": len(blobs), "backups": len(backup_files.backups(folder / FOLDER))}


def _shape(folder: Path) -> dict[str, object]:
    try:
        key = KeyRing(folder, machine_id(os.environ)).key()
        return repair.shape(folder, key)
    except StoreTrouble as trouble:
        return {"trouble": type(trouble).__name__}


class StationExaminer:
    """Of one open store."""

    def __init__(self, store: LocalStore, folder: Path, now: Clock, spooler: Spooler) -> None:
        self._store, self._folder, self._now, self._spooler = store, folder, now, spooler

    def facts(self, *, whole: bool) -> Facts:
        """Everything but what only a window can see."""
        facts = facts_of_store(facts_of_machine(self._folder, self._now), self._store)
        faults = tuple(fault.reason for fault in self._store.verify()) if whole else None
        if any("一页已损坏" in fault for fault in faults or ()):
            suspect(self._folder)
        return facts_of_printers(replace(facts, faults=faults), self._spooler)

    def mend(self, way: str) -> str:
        """While the store is open."""
        if way == "rebuild":
            return f"已从 {self._store.rebuild()} 条流水重新整理业务数据"
        came, asked, nowhere = repair.bring_attachments(self._store, self._now())
        return f"附件:从备份取回 {came} 个,等中心送来 {asked} 个,找不到 {nowhere} 个"

    def bundle(self, path: str, found: Sequence[Finding]) -> None:
        """For support."""
        bundle(self._folder, found, Path(path))

    def signal(self) -> str:
        """Said once of a save that was cut off, and as long as it is so of the backup."""
        facts = facts_of_store(facts_of_machine(self._folder, self._now), self._store)
        if facts.unfinished:
            self._store.save_setting(UNFINISHED, "")
        return signal_of(facts)
