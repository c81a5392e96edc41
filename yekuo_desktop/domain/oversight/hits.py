"""A hit: a rule, the two values compared, the rule set they were measured by, and who answers."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

import msgspec

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.deadlines.workdays import CHINA
from yekuo_desktop.domain.entries import Entry
from yekuo_desktop.domain.organisation import Organisation
from yekuo_desktop.domain.oversight_rules import OversightRule, Phase
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.vocabulary import LIVE_STATES


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """One finding. ``key`` names it for good: rule and fact, never the moment it was looked at. ``at``: when
    it happened; None for what is still so."""

    rule: str
    key: str
    subject: str
    wanted: str
    found: str
    who: str = ""  # id of the person who answers
    stage: str = ""
    rules: str = ""
    at: datetime | None = None


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """What the checks of one case may look at. ``others``: further cases of the same identity number or
    address; ``entries`` reads the history, for the few rules that need it."""

    case: Case
    now: datetime
    reference: Reference
    organisation: Organisation
    others: Sequence[Case] = ()
    entries: Callable[[], Sequence[Entry]] = tuple

    def rule(self, id_: str) -> OversightRule | None:
        """The rule as the county keeps it; None where it does not."""
        return self.reference.oversight.rule(id_)

    def figure(self, id_: str, name: str) -> int | None:
        """A threshold; None where there is none, and then nothing is found."""
        found = self.rule(id_)
        return found.figures.get(name) if found else None

    def hit(
        self,
        rule: str,
        fact: str,
        subject: str,
        wanted: str,
        found: str,
        *,
        stage: str,
        who: str = "",
        at: datetime | None = None,
    ) -> Hit:
        """A hit of this case. ``who`` "": whoever answers for the stage."""
        return Hit(
            rule=rule,
            key=f"{rule}:{fact}",
            subject=subject,
            wanted=wanted,
            found=found,
            who=who or answers(self.case, stage),
            stage=stage,
            rules=self.case.rules,
            at=at,
        )


def answers(case: Case, stage: str) -> str:
    """Who answers for a stage where nobody else did the thing: acceptance is the clerk's, the rest the
    project manager's (谁办理、谁负责)."""
    first = case.accepted_by or case.registered_by
    return first if stage == "acceptance" or not case.project_manager else case.project_manager


def phase(case: Case, rule: OversightRule) -> Phase:
    """A warning while the case is on its way; not handled by then, a matter for the audit afterwards."""
    during = case.state in LIVE_STATES and "during" in rule.phases
    return "during" if during else "after"


def day(moment: datetime) -> date:
    """The day in Beijing."""
    return moment.astimezone(CHINA).date()
