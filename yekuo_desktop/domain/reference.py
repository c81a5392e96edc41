"""Everything data that decisions and displays look up: rules, calendar, hours, code tables."""

from collections.abc import Callable, Hashable, Mapping
from datetime import date, datetime
from typing import TypeVar

import msgspec

from yekuo_desktop.domain.codes import CodeTable, OwedPapers
from yekuo_desktop.domain.deadlines.workdays import Calendar, OfficeHours
from yekuo_desktop.runtime.later import later

with later():  # a start asks for none of them
    from yekuo_desktop.domain import (
        archive_room,
        engineering,
        escalation_rules,
        oversight_rules,
        privacy_rules,
    )
    from yekuo_desktop.domain import rulesets as rules
    from yekuo_desktop.domain import seals as seal_rules

MOST_REMEMBERED = 1_000
Found = TypeVar("Found")


class Reference(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """Read from ``resources/``, each part when it is first asked for; later pushed by the centre."""

    rulesets: "Mapping[str, rules.RuleSet]"
    calendar: Calendar
    hours: OfficeHours
    codes: Mapping[str, CodeTable]
    owed: OwedPapers
    read_engineering: "Callable[[], engineering.Engineering]"
    read_archive: "Callable[[], archive_room.ArchiveRoom]"
    read_seals: "Callable[[], seal_rules.SealRules]"
    read_oversight: "Callable[[], oversight_rules.OversightRules]"
    read_escalation: "Callable[[], escalation_rules.EscalationRules]"
    read_privacy: "Callable[[], privacy_rules.PrivacyRules]"

    @property
    def engineering(self) -> "engineering.Engineering":
        """The figures of technical rules."""
        return self.read_engineering()

    @property
    def archive(self) -> "archive_room.ArchiveRoom":
        """How files are numbered."""
        return self.read_archive()

    @property
    def seals(self) -> "seal_rules.SealRules":
        """Kinds of seals and who may use them."""
        return self.read_seals()

    @property
    def oversight(self) -> "oversight_rules.OversightRules":
        """What 营销稽查 checks."""
        return self.read_oversight()

    @property
    def escalation(self) -> "escalation_rules.EscalationRules":
        """Who has to know of an overdue limit."""
        return self.read_escalation()

    @property
    def privacy(self) -> "privacy_rules.PrivacyRules":
        """Who sees what of a customer whole."""
        return self.read_privacy()

    def rules_on(self, day: date | datetime, preferred: str = "") -> "rules.RuleSet":
        """The rule set a case accepted on ``day`` keeps for good."""
        on = day.date() if isinstance(day, datetime) else day
        asked = ("rules", on, preferred)
        return self.once(asked, lambda: rules.choose(tuple(self.rulesets.values()), on, preferred))

    def once(self, asked: Hashable, work: Callable[[], Found]) -> Found:
        """What was asked before is known: much is the same for all rows of a list."""
        known: dict[Hashable, Found] = self.__dict__.setdefault("known", {})
        if asked not in known:
            if len(known) >= MOST_REMEMBERED:
                known.clear()
            known[asked] = work()
        return known[asked]

    def owed_until(self, day: date) -> date:
        """The day proposed for papers that are owed from ``day`` on; the clerk may name another."""
        return self.calendar.add_workdays(day, self.owed.workdays)

    def code_label(self, table: str, code: str) -> str:
        """The words of a code; the code itself where the table does not know it."""
        found = self.codes.get(table)
        item = found.item(code) if found else None
        return item.label if item else code
