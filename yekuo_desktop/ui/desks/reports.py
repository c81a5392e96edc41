"""What is counted and what is looked into: the audit's list."""

from yekuo_desktop.runtime.later import later
from yekuo_desktop.ui.desks.desk import OfficeDesk

with later():
    from yekuo_desktop.ui.dialogs import escalations, looks, oversight


class Reports(OfficeDesk):
    """What a supervisor and an auditor open."""

    def oversight(self) -> None:
        """What the audit's rules find."""
        self._open(
            oversight.OversightDialog(
                self._desk, self._session, self._background, self._tools.write_table, self._window
            )
        )

    def escalations(self) -> None:
        """Overdue limits, and who has to know of them."""
        self._open(
            escalations.EscalationsDialog(
                self._desk, self._session, self._background, self._tools.write_table, self._window
            )
        )

    def looks(self) -> None:
        """Who looked at customers' numbers, and who took lists out."""
        self._open(
            looks.LooksDialog(
                self._desk, self._session, self._background, self._tools.write_table, self._window
            )
        )
