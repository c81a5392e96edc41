"""What keeps the data whole: the verification of the journal."""

from yekuo_desktop.domain.entries import Fault
from yekuo_desktop.ui.background import Progress
from yekuo_desktop.ui.desks.desk import OfficeDesk


class Keeping(OfficeDesk):
    """Work on the store itself, behind the window."""

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
