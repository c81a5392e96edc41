"""Who keeps the backups of an open store: beside it, in the second place, and back again."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from yekuo_desktop.domain.deadlines.workdays import CHINA
from yekuo_desktop.office.backup_ports import Backup, Kept, Preview, Progress, Restored, Why
from yekuo_desktop.office.ports import Clock, Ids, StoreTrouble
from yekuo_desktop.runtime import clock, own_process
from yekuo_desktop.store import backup, backup_files, backup_place, backup_restoring
from yekuo_desktop.store.backup_files import FOLDER
from yekuo_desktop.store.store import LocalStore

FRESH = timedelta(hours=4)  # a start makes none when the last is younger
AGAIN = timedelta(minutes=30)  # after one that failed
NIGHT = 21  # hour from which the backup of the night is due
BROKE_OFF = "备份没有做完就中断了"
LONGEST = 4 * 3600.0  # seconds a backup may take
LOOK = 0.5  # seconds between two looks whether somebody has stopped it


class StationKeeper:
    """Used by any thread; one backup at a time."""

    def __init__(self, store: LocalStore, folder: Path, now: Clock, new_id: Ids, machine: str) -> None:
        self._store, self._folder, self._now = store, folder, now
        self._new_id, self._machine = new_id, machine

    @property
    def _root(self) -> Path:
        return self._folder / FOLDER

    def standing(self) -> Kept:
        """How the backups stand."""
        return msgspec.structs.replace(backup.read_state(self._root), place=self.place())

    def due(self, started: bool) -> Why | None:
        """None for practice: nobody needs it back."""
        if self._store.identity.practice:
            return None
        state = self.standing()
        if not any(each.good and self._of_this_life(each) for each in self.backups()):
            state = msgspec.structs.replace(state, good=None)
        return due(state, self._now(), started=started)

    def _of_this_life(self, each: Backup) -> bool:
        """A backup of the life before a restoration is not one to mend this store with."""
        life = self._store.identity.incarnation
        return each.manifest is not None and each.manifest.incarnation == life

    def backups(self) -> Sequence[Backup]:
        """Those on this machine."""
        return backup_files.backups(self._root)

    def back_up(self, why: Why, progress: Progress = lambda done, total, text: None) -> Backup:
        """In this process."""
        return backup.back_up(self._store.backing, why, self._now(), progress)

    def back_up_apart(self, why: Why, stopped: Callable[[], bool]) -> Kept:
        """In a process of its own: the window has this one's whole attention."""
        before = self.standing().tried
        child = own_process.begin(["backup", "--data", str(self._folder), "--why", why, "--json"])
        waited = 0.0
        while own_process.ended(child, LOOK) is None:
            waited += LOOK
            if stopped() or waited > LONGEST:
                own_process.give_up(child)
                break
        state = self.standing()
        if state.tried != before or stopped():
            return state
        failed = msgspec.structs.replace(state, tried=self._now(), trouble=BROKE_OFF)
        backup.note_state(self._root, failed)
        return failed

    def send_on(self, made: Backup, place: str = "") -> Kept:
        """To the second place."""
        whose, chosen = self._store.identity, place or self.place()
        if not chosen:
            return self.standing()
        where = Path(chosen).expanduser()
        if place:
            backup_place.prepare(where, whose, self._folder)
        return backup_place.send_patiently(Path(made.path), self._root, where, whose, self._now())

    def place(self) -> str:
        """The second place."""
        return self._store.setting(backup_place.PLACE)

    def choose_place(self, place: str) -> str:
        """Only where one can write."""
        warning = ""
        if place:
            where = Path(place).expanduser().resolve()
            warning = backup_place.prepare(where, self._store.identity, self._folder)
            place = str(where)
        self._store.save_setting(backup_place.PLACE, place)
        state = msgspec.structs.replace(backup.read_state(self._root), copied=None, place_trouble="")
        backup.note_state(self._root, state)
        return warning

    def preview(self, path: str, code: str = "") -> Preview:
        """What it would cost."""
        return backup_restoring.preview(file_of(path), self._folder, self._machine, code)

    def prepare(self, path: str, code: str = "") -> Restored:
        """Ready for the next opening."""
        return backup_restoring.prepare(
            file_of(path), self._folder, self._machine, self._new_id, self._now(), code
        )


def due(state: Kept, now: datetime, *, started: bool) -> Why | None:
    """The reason to make a backup now. A clock that was put back makes one due, never keeps one away."""
    if state.tried is not None and state.trouble and timedelta(0) <= now - state.tried < AGAIN:
        return None
    good = state.good
    if good is None or good > now or (started and now - good >= FRESH):
        return "start" if started else "nightly"
    local = now.astimezone(CHINA)
    night = local.replace(hour=NIGHT, minute=0, second=0, microsecond=0)
    last_night = night if local >= night else night - timedelta(days=1)
    return "nightly" if good < last_night else None


def file_of(path: str) -> Path:
    """A backup as somebody named it: the file, or a folder of which the newest good one is meant."""
    named = Path(path).expanduser().resolve()
    if not named.is_dir():
        return named
    for each in backup_files.backups(named):
        if each.good and _whole(Path(each.path)):
            return Path(each.path)
    raise StoreTrouble(f"{named} 里没有完好的备份")


def _whole(path: Path) -> bool:
    try:
        backup_files.check(path)
    except StoreTrouble:
        return False
    return True


def backups(folder: Path, place: Path | None) -> Sequence[Backup]:
    """The backups of the store in ``folder``, or those in a place; also where there is no store any more."""
    return backup_files.backups(place or folder / FOLDER)


def send(path: Path, mine: Path) -> None:
    """What the process does that may hang."""
    backup_place.send(path, path.parent, mine, clock.now())


def preview(folder: Path, path: str, machine: str, code: str) -> Preview:
    """For a folder whose store need not be there, nor open."""
    return backup_restoring.preview(file_of(path), folder, machine, code)


def prepare(folder: Path, path: str, machine: str, new_id: Ids, code: str) -> Restored:
    """The same; the store takes its place with the next opening."""
    folder.mkdir(parents=True, exist_ok=True)
    return backup_restoring.prepare(file_of(path), folder, machine, new_id, clock.now(), code)
