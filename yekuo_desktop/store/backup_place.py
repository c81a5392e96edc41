"""The second place of backups: another disk, a stick or a share. It may be gone at any time, and then it may
hang: whoever looks at it does so in a process of its own, with a limit of time."""

import os
from datetime import datetime
from pathlib import Path

import msgspec

from yekuo_desktop.office.backup_ports import Kept
from yekuo_desktop.office.ports import Identity, StoreTrouble
from yekuo_desktop.runtime import own_process
from yekuo_desktop.store import backup, backup_files
from yekuo_desktop.store.backup_files import BLOBS, words_of

PLACE = "backup.place"  # setting: the folder somebody has chosen, "" for none
NOTICE = "readme.txt"
NOTICE_WORDS = "业扩报装的加密备份。请勿改名、移动或删除;恢复时用程序里的 系统 → 备份与恢复。\n"
PATIENCE, PACE = 60.0, 1024 * 1024  # seconds at least, bytes a second at least
GONE = "第二备份位置不在(共享断开、U 盘未插或磁盘换过):{}。本机备份照常,接好后自动补上"
SLOW = "第二备份位置没有在限定时间内写完(网络慢或已断开):{}。本机备份照常,下次接着写"


def corner(place: Path, whose: Identity) -> Path:
    """The folder of one machine in a place that many use."""
    return place / f"{whose.terminal}-{whose.device.replace('-', '')[-8:]}"


def prepare(place: Path, whose: Identity, data: Path) -> str:
    """Make the folder of this machine in a place somebody chose; what to be warned of, "" for nothing.
    Later a place without that folder counts as gone: an empty mount point must not fill the own disk."""
    if not place.is_dir():
        raise StoreTrouble(f"没有这个文件夹:{place}")
    inside = place.resolve()
    if inside == data.resolve() or data.resolve() in inside.parents:
        raise StoreTrouble("第二备份位置不能在数据文件夹里面,请选另一块盘、U 盘或共享文件夹")
    mine = corner(place, whose)
    try:
        mine.mkdir(exist_ok=True)
        (mine / NOTICE).write_text(NOTICE_WORDS, encoding="utf-8")
    except OSError as error:
        raise StoreTrouble(words_of(error, f"这个位置不能用({place})")) from error
    same = os.stat(mine).st_dev == os.stat(data).st_dev
    return "这个位置与数据在同一块盘上:盘坏时两份都会没有,最好换成另一块盘或共享文件夹" if same else ""


def send(path: Path, root: Path, mine: Path, now: datetime) -> None:
    """Bring a backup and the attachments to the second place; the older ones there are thinned out. Raises
    ``StoreTrouble``. To be called in a process of its own: it may hang."""
    if not mine.is_dir():
        raise StoreTrouble(GONE.format(mine.parent))
    try:
        for left_over in mine.glob(f"*{backup_files.SUFFIX}.new"):
            left_over.unlink(missing_ok=True)
        backup_files.add_blobs(root / BLOBS, mine / BLOBS, link=False)
        if not (mine / path.name).exists():
            backup_files.copy_durably(path, mine / path.name)
        backup_files.check(mine / path.name)
    except OSError as error:
        raise StoreTrouble(words_of(error, f"第二备份位置写不进去({mine.parent})")) from error
    backup.thin_out(mine, now)


def send_patiently(
    path: Path, root: Path, place: Path, whose: Identity, now: datetime, patience: float = PATIENCE
) -> Kept:
    """The same in a process of its own that is given up when it takes too long; how it went is noted."""
    mine = corner(place, whose)
    words = ["backup", "--send", str(path), "--to", str(mine)]
    child = own_process.begin(words)
    limit = patience + (path.stat().st_size + _bytes_of(root / BLOBS)) / PACE
    said = own_process.said_within(child, limit)
    trouble = SLOW.format(place) if said is None else "" if child.returncode == 0 else said.strip()
    if trouble == "" and child.returncode != 0:
        trouble = GONE.format(place)
    state = msgspec.structs.replace(backup.read_state(root), place=str(place), place_trouble=trouble)
    if not trouble:
        state = msgspec.structs.replace(state, copied=now)
    backup.note_state(root, state)
    return state


def _bytes_of(blobs: Path) -> int:
    return sum(path.stat().st_size for path in backup_files.blob_files(blobs))
