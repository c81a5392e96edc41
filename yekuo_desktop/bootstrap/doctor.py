"""Looking at a store that need not be open, and setting right what can be: behind ``yekuo doctor`` and the
error box of a start."""

import os
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from msgspec.structs import replace

from yekuo_desktop.bootstrap import examiner, keeper
from yekuo_desktop.bootstrap.desks import keyring_for, load_reference, new_id
from yekuo_desktop.domain.deadlines.workdays import CHINA
from yekuo_desktop.office.backup_ports import Backup, Gap, Mended, Preview, Restored
from yekuo_desktop.office.ports import StoreTrouble
from yekuo_desktop.office.self_test import findings
from yekuo_desktop.office.self_test_ports import Ailment, Facts, Finding
from yekuo_desktop.runtime import clock
from yekuo_desktop.runtime.paths import machine_id
from yekuo_desktop.store import backup_files, repair, repair_wal
from yekuo_desktop.store.errors import SUSPECT
from yekuo_desktop.store.marker import DATABASE
from yekuo_desktop.store.store import LocalStore


class Doctor:
    """Of one folder. ``whole``: also verify every entry."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._machine = machine_id(os.environ)

    def facts(self, *, whole: bool = True) -> Facts:
        """Everything that can be found out without a window."""
        facts = examiner.facts_of_machine(self.folder, clock.now, load_reference().calendar.years)
        unfinished = repair_wal.read_log(self.folder / f"{DATABASE}-wal").unfinished
        found = repair.examine(self.folder, self._machine)
        if found is not None:
            return replace(facts, ailments=(found,))
        try:
            store = self._store()
        except StoreTrouble as trouble:
            return replace(facts, ailments=(repair.ailment(trouble),))
        try:
            facts = examiner.facts_of_store(facts, store)
            faults = tuple(fault.reason for fault in store.verify()) if whole else None
            return replace(facts, faults=faults, unfinished=unfinished or facts.unfinished)
        finally:
            store.close()

    def look(self, *, whole: bool = True) -> tuple[Finding, ...]:
        """What that means."""
        return findings(self.facts(whole=whole))

    def ailment(self, error: Exception) -> Ailment:
        """What an error of a start is, and the way out of it."""
        found = repair.examine(self.folder, self._machine)
        if found is not None:
            return found
        if isinstance(error, StoreTrouble):
            return repair.ailment(error)
        return Ailment(kind="unknown", words=str(error), way="support")

    def clear_suspicion(self) -> None:
        """Damage was met in the store: raises ``StoreTrouble`` unless all of it is sound now."""
        found = repair.examine(self.folder, self._machine)
        if found is not None:
            raise StoreTrouble(found.words)
        (self.folder / SUSPECT).unlink(missing_ok=True)

    def bundle(self, path: str) -> None:
        """What support needs. Raises ``StoreTrouble``."""
        examiner.bundle(self.folder, self.look(whole=False), Path(path))

    def backups(self) -> Sequence[Backup]:
        """Those beside the store."""
        return backup_files.backups(self.folder / backup_files.FOLDER)

    def preview(self, path: str, code: str = "") -> Preview:
        """What going back to a backup would cost."""
        return keeper.preview(self.folder, path, self._machine, code)

    def restore(self, path: str, code: str = "") -> Restored:
        """Go back to it."""
        restored = keeper.prepare(self.folder, path, self._machine, new_id, code)
        LocalStore.settle(self.folder)
        return restored

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
        count = sum(gap.last - gap.first + 1 for gap in found.lost)
        where = "、".join(map(_gap_words, found.lost))
        parts.append(f"找不回的是本机流水第 {where} 条,共 {count} 条,请对照纸质单据补录")
    else:
        parts.append("本机登记的没有缺少")
    return f"{';'.join(parts)}。原文件保留在 {found.set_aside}"


def _gap_words(gap: Gap) -> str:
    """The places, and when that was."""
    places = str(gap.first) if gap.first == gap.last else f"{gap.first}–{gap.last}"
    after, before = (f"{at.astimezone(CHINA):%m-%d %H:%M}" if at else "" for at in (gap.after, gap.before))
    if after and before:
        return f"{places}({after} 至 {before})"
    return f"{places}({after} 之后)" if after else f"{places}({before} 之前)" if before else places
