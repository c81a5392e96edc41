"""What keeps the data whole: the verification of the journal, backups and the way back, the self-test."""

from PySide6.QtCore import Signal

from yekuo_desktop.domain.entries import Fault
from yekuo_desktop.domain.people import Role
from yekuo_desktop.runtime.later import later
from yekuo_desktop.ui.background import Progress
from yekuo_desktop.ui.desks.desk import OfficeDesk

with later():
    from yekuo_desktop.ui.dialogs import backup, self_test, update

WHY_NOT = "恢复数据和选备份位置由系统管理员办理"
WHY_NO_UPDATE = "更新程序由系统管理员办理"


class Keeping(OfficeDesk):
    """Work on the store itself, behind the window."""

    restored = Signal()  # another store waits to be opened in the place of this one
    looked = Signal()  # somebody has seen to backup or self-test: what was wrong may be right now

    def backups(self) -> None:
        """What was kept, and the way back."""
        why_not = "" if Role.ADMINISTRATOR in self._session.person.roles else WHY_NOT
        dialog = backup.BackupDialog(self._desk, self._background, why_not, self._window)
        dialog.restored.connect(lambda _: self.restored.emit())
        dialog.rejected.connect(self.looked)
        self._open(dialog)

    def update(self) -> None:
        """Which program runs, and a newer one."""
        why_not = "" if Role.ADMINISTRATOR in self._session.person.roles else WHY_NO_UPDATE
        programs = self._tools.files.updates()
        self._open(update.UpdateDialog(programs, self._desk, self._background, why_not, self._window))

    def self_test(self) -> None:
        """Whether everything is as it must be."""
        dialog = self_test.SelfTest(self._desk, self._background, self._window)
        dialog.rejected.connect(self.looked)
        self._open(dialog)

    def verify(self) -> None:
        """Check the journal and everything derived from it."""
        store = self._desk.store

        def work(progress: Progress) -> list[Fault]:
            faults = []
            for fault in store.verify():
                faults.append(fault)
                progress(len(faults), 0, fault.reason)
            return faults

        self._background.job("校验数据", work, self._verified, self._failed, self)

    def _verified(self, faults: list[Fault]) -> None:
        if not faults:
            self.said.emit("校验通过：日志完整，业务数据与日志一致", "good")
            return
        first = faults[0]
        self.said.emit(f"校验发现 {len(faults)} 处问题，第一处：{first.reason}。请停用并联系管理员", "error")
