"""查看全号: what is masked of a case is shown once its reason was given, and who looked is on record."""

from collections.abc import Callable

from yekuo_desktop.domain.privacy import kind_words
from yekuo_desktop.domain.privacy_entries import UNMASKED
from yekuo_desktop.office import privacy
from yekuo_desktop.ui.case.pages.asking import Asking
from yekuo_desktop.ui.case.pages.facts import CaseFacts
from yekuo_desktop.ui.dialogs.case_reason import ReasonDialog

TOLD = "查看原因已登记,本次登录期间可查看这件业务的全号和资料"
CONSEQUENCE = "这件业务的{}对您打星。查看的人、时间和原因写入本业务的历史,稽查可见。"


class Unmasking(Asking):
    """Asks once a case and sitting; what waited for the answer is done afterwards."""

    def show_whole(self, facts: CaseFacts, after: Callable[[], None] | None = None) -> None:
        """The reason, unless everything is seen whole already."""
        masked = facts.sight.masked
        if not masked:
            self._go_on(after)
            return
        usual = self._counter.desk.reference.privacy.unmasking.reasons
        consequence = CONSEQUENCE.format(kind_words(masked))
        dialog = ReasonDialog(self._window, "查看全号", consequence, "查看", usual=usual)
        dialog.answered.connect(lambda reason: self._look(dialog, facts, str(reason), after))
        dialog.open()

    def papers(self, facts: CaseFacts, after: Callable[[], None]) -> None:
        """Before a scan or a sheet with whole numbers is opened."""
        if facts.sight.papers:
            after()
        else:
            self.show_whole(facts, after)

    def _look(
        self, dialog: ReasonDialog, facts: CaseFacts, reason: str, after: Callable[[], None] | None
    ) -> None:
        desk, session = self._counter.desk, self._counter.session

        def seen(_case: object) -> None:
            self.finish(dialog, TOLD)
            if after is not None:
                after()

        self.do(
            UNMASKED,
            lambda: privacy.unmask(desk, session, facts.case, reason),
            seen,
            lambda error: self.refuse(dialog, error),
        )

    def _go_on(self, after: Callable[[], None] | None) -> None:
        if after is not None:
            after()
        else:
            self.done.emit("这件业务没有打星的内容")
