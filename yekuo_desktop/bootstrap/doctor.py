"""Looking at a store and its machine, and setting right what can be: behind ``yekuo doctor``, the self-test
page and the error box of a start."""

import json
import os
import platform
import shutil
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from msgspec.structs import replace

from yekuo_desktop import __version__
from yekuo_desktop.bootstrap.desks import keyring_for, load_reference, new_id
from yekuo_desktop.office.backup_ports import Kept, Mended
from yekuo_desktop.office.ports import StoreTrouble
from yekuo_desktop.office.print_ports import Spooler, SpoolerTrouble
from yekuo_desktop.office.repairing import covered_findings, covered_log
from yekuo_desktop.office.self_test import Facts, Finding, findings
from yekuo_desktop.runtime import clock
from yekuo_desktop.runtime.paths import RESOURCES, machine_id
from yekuo_desktop.store import backup, backup_files, backup_place, repair, tables
from yekuo_desktop.store.backup_files import FOLDER
from yekuo_desktop.store.marker import written_durably
from yekuo_desktop.store.store import LocalStore

FONTS = (
    *("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf"),
    *("NotoSerifSC-Regular.ttf", "YekuoRare-Regular.ttf"),
)
TRUETYPE = (b"\x00\x01\x00\x00", b"true")
LIBRARIES = (("Qt", "PySide6-Essentials"), ("SQLCipher", "sqlcipher3"), ("reportlab", "reportlab"))
Steps = Callable[[str], object]


def facts_of_machine(folder: Path) -> Facts:
    """What can be said without the store."""
    there = folder if folder.is_dir() else folder.parent
    return Facts(
        now=clock.now(),
        backup=backup.read_state(folder / FOLDER),
        years=load_reference().calendar.years,
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
        unfinished=bool(store.setting(repair_note())),
        drift=contact.drift if contact and contact.met else None,
        met=contact.met if contact else None,
    )


def repair_note() -> str:
    """Setting: the last save before the last start was cut off."""
    return "store.unfinished"


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


def bundle(folder: Path, found: tuple[Finding, ...], path: Path) -> None:
    """What support needs, in one archive: how things are, versions, shape and counts of the store, which
    settings there are, the covered logs. Nothing about anybody. Raises ``StoreTrouble``."""
    parts = {
        "self_test.json": json.dumps(covered_findings(found), ensure_ascii=False, indent=1),
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
        key = keyring_for(folder).key()
        return repair.shape(folder, key)
    except StoreTrouble as trouble:
        return {"trouble": type(trouble).__name__}


class Doctor:
    """Of one folder. ``whole``: also verify every entry."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._machine = machine_id(os.environ)

    def facts(self, *, whole: bool = True) -> Facts:
        """Everything that can be found out without a window."""
        facts = facts_of_machine(self.folder)
        unfinished = repair.unfinished(self.folder)
        found = repair.examine(self.folder, self._machine)
        if found is not None:
            return replace(facts, ailments=(found,))
        try:
            store = self._store()
        except StoreTrouble as trouble:
            return replace(facts, ailments=(repair.ailment(trouble),))
        try:
            facts = facts_of_store(facts, store)
            faults = tuple(fault.reason for fault in store.verify()) if whole else None
            return replace(facts, faults=faults, unfinished=unfinished or facts.unfinished)
        finally:
            store.close()

    def look(self, *, whole: bool = True) -> tuple[Finding, ...]:
        """What that means."""
        return findings(self.facts(whole=whole))

    def mend(self, code: str = "") -> Iterator[str]:
        """Set right what can be, one thing after the other; each in words. Raises ``StoreTrouble``."""
        for _ in range(len(WAYS) + 1):
            found = repair.examine(self.folder, self._machine)
            if found is None:
                break
            if found.way not in WAYS:
                raise StoreTrouble(found.words)
            yield WAYS[found.way](self.folder, self._machine, code, clock.now())
        yield from self._mend_inside()

    def _mend_inside(self) -> Iterator[str]:
        store = self._store()
        try:
            faults = [fault.reason for fault in store.verify()]
            if any("的附件 " in fault for fault in faults):
                came, asked, nowhere = repair.bring_attachments(store, clock.now())
                yield f"附件:从备份取回 {came} 个,等中心送来 {asked} 个,找不到 {nowhere} 个"
            if any("yekuo rebuild" in fault for fault in faults):
                yield f"已从 {store.rebuild()} 条流水重新整理业务数据"
        finally:
            store.close()

    def _store(self) -> LocalStore:
        return LocalStore.open(self.folder, keyring_for(self.folder).key(), load_reference(), new_id)


def _marker(folder: Path, machine: str, _code: str, now: datetime) -> str:
    repair.write_marker_anew(folder, machine, now)
    return "已由数据本身重新写出标记文件"


def _key(folder: Path, machine: str, code: str, now: datetime) -> str:
    repair.bring_key(folder, machine, code, now)
    return "密钥已取回,本机以后可以直接打开数据"


def _anew(folder: Path, machine: str, _code: str, now: datetime) -> str:
    return mended_words(repair.make_anew(folder, machine, new_id, now))


WAYS: dict[str, Callable[[Path, str, str, datetime], str]] = {
    "marker": _marker,
    "key": _key,
    "code": _key,
    "mend": _anew,
}


def mended_words(found: Mended) -> str:
    """What a mended store is made of, and exactly what is missing."""
    parts = [f"数据已重新拼好,流水 {found.entries} 条(备份 {found.from_backup},原文件 {found.from_file})"]
    if found.returning:
        parts.append(f"{found.returning} 条只在中心,同步后取回")
    if found.lost:
        parts.append(
            f"找不回的是本机流水第 {_ranges(found.lost)} 条,共 {len(found.lost)} 条,请对照纸质单据补录"
        )
    else:
        parts.append("本机登记的没有缺少")
    return f"{';'.join(parts)}。原文件保留在 {found.set_aside}"


def _ranges(places: Sequence[int]) -> str:
    spans: list[list[int]] = []
    for place in places:
        if spans and place == spans[-1][1] + 1:
            spans[-1][1] = place
        else:
            spans.append([place, place])
    return "、".join(str(a) if a == b else f"{a}–{b}" for a, b in spans)
