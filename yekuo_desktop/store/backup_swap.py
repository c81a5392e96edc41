"""A finished store takes the place of another, which is set aside and never deleted.

The finished one lies in ``.restored`` from one moment on (the renaming of its folder). From then on it is
the store: whoever opens the folder next brings it to its place, whatever was interrupted before.
"""

import os
import shutil
from datetime import datetime
from pathlib import Path

from yekuo_desktop.domain.deadlines.workdays import CHINA
from yekuo_desktop.office.ports import StoreTrouble
from yekuo_desktop.store.backup_files import DATABASE, KEY, MARKER, words_of
from yekuo_desktop.store.marker import RESTORED, sync_folder, write_durably

WORK, REPLACED, NAME = ".restoring", "replaced", "aside"
LOGS = (f"{DATABASE}-wal", f"{DATABASE}-shm", f"{DATABASE}-journal")
PARTS = (DATABASE, *LOGS, MARKER, KEY)
NEW = (MARKER, KEY, DATABASE)  # the database last: a folder without it holds no store


def aside_for(folder: Path, now: datetime) -> Path:
    """Where what lies in a folder goes; nothing lies there yet."""
    base = folder / REPLACED / f"{now.astimezone(CHINA):%Y%m%d-%H%M%S}"
    return next(
        place
        for at in range(1, 1000)
        if not (place := base if at == 1 else base.with_name(f"{base.name}-{at}")).exists()
    )


def commit(work: Path, folder: Path, aside: Path) -> None:
    """The store in ``work`` is complete: it is the store of ``folder`` from here on."""
    for part in NEW:
        if (work / part).exists():
            _to_disk(work / part)
    write_durably(work / NAME, aside.name.encode())
    work.rename(folder / RESTORED)
    sync_folder(folder)


def finish(folder: Path) -> str:
    """Bring a finished store to its place; where the one before lies now, "" when there was none. Can be
    interrupted and done again at any point."""
    ready = folder / RESTORED
    if not ready.is_dir():
        return ""
    aside = folder
    try:
        if (ready / DATABASE).exists():  # nothing of the new one has its place yet, or not all
            aside = folder / REPLACED / (ready / NAME).read_text(encoding="ascii")
            _set_aside(folder, aside, ready)
            for part in NEW:
                if (ready / part).exists():
                    (ready / part).replace(folder / part)
            sync_folder(folder)
        shutil.rmtree(ready)
        sync_folder(folder)
    except OSError as error:
        raise StoreTrouble(
            words_of(error, f"恢复好的数据还没有就位,请关闭其他窗口后重试({folder})")
        ) from error
    return str(aside) if aside != folder and aside.exists() else ""


def _set_aside(folder: Path, aside: Path, ready: Path) -> None:
    """The old one leaves part by part; what the new one has brought to its place already stays."""
    for part in PARTS:
        arrived = part in NEW and not (ready / part).exists()
        if (folder / part).exists() and not arrived:
            aside.mkdir(parents=True, exist_ok=True)
            (folder / part).rename(aside / part)
    if aside.exists():
        sync_folder(aside)
    sync_folder(folder)


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
