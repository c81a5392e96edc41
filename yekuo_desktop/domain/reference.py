"""Everything data that decisions and displays look up: rules, calendar, hours, code tables."""

from datetime import date, datetime

import msgspec

from yekuo_desktop.domain.archive_room import ArchiveRoom
from yekuo_desktop.domain.codes import CodeTable, OwedPapers
from yekuo_desktop.domain.engineering import Engineering
from yekuo_desktop.domain.engineering import Engineering
from yekuo_desktop.domain.rulesets import RuleSet, choose
from yekuo_desktop.domain.workdays import Calendar, OfficeHours


class Reference(msgspec.Struct, frozen=True, kw_only=True):
    """Read once at start from ``resources/``; later pushed by the centre."""

    rulesets: dict[str, RuleSet]
    calendar: Calendar
    hours: OfficeHours
    codes: dict[str, CodeTable]
    owed: OwedPapers
    engineering: Engineering
    engineering: Engineering
    archive: ArchiveRoom

    def rules_on(self, day: date | datetime, preferred: str = "") -> RuleSet:
        """The rule set a case accepted on ``day`` keeps for good."""
        on = day.date() if isinstance(day, datetime) else day
        return choose(tuple(self.rulesets.values()), on, preferred)

    def owed_until(self, day: date) -> date:
        """The day proposed for papers that are owed from ``day`` on; the clerk may name another."""
        return self.calendar.add_workdays(day, self.owed.workdays)

    def code_label(self, table: str, code: str) -> str:
        """The words of a code; the code itself where the table does not know it."""
        found = self.codes.get(table)
        item = found.item(code) if found else None
        return item.label if item else code
