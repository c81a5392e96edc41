"""What an administrator looks after: people, the public list of firms, seals."""

from yekuo_desktop.runtime.later import later
from yekuo_desktop.ui.desks.desk import OfficeDesk

with later():
    from yekuo_desktop.ui.dialogs import calendar, firms, people, seals, unit


class Administration(OfficeDesk):
    """Everybody may look, those who may change are told by the dialogs."""

    def people(self) -> None:
        """Who works here."""
        self._open(people.PeopleDialog(self._desk, self._session, self._background, self._window))

    def firms(self) -> None:
        """The public list of design, building and testing units."""
        self._open(firms.FirmsDialog(self._desk, self._session, self._background, self._window))

    def unit(self) -> None:
        """The unit itself: names, numbers, stations."""
        self._open(unit.UnitDialog(self._desk, self._session, self._background, self._window))

    def calendar(self) -> None:
        """The days off, year by year."""
        self._open(calendar.CalendarDialog(self._desk, self._session, self._background, self._window))

    def seals(self) -> None:
        """The enterprise's seals."""
        self._open(
            seals.SealsDialog(self._desk, self._session, self._background, self._tools.files, self._window)
        )
